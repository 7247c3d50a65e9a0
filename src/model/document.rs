//! The content of one file, typed, before it is compared with the rest of the library.
//!
//! Made by `read`, one value per file, never changed afterwards, so that a preview can keep those that were not edited. A
//! file with mistakes is still a document: what could not be read is absent, and the title falls back to the name of the file.
//! What only the library as a whole can check (terms, addresses, links) keeps the place where it was written.

use std::{borrow::Cow, collections::BTreeMap, fmt, ops::Range, sync::Arc};

use jiff::civil::Date;

use crate::{
    model::{
        Address, Config, Ids,
        ids::{CaseId, IdMap, PageId},
        name::Name,
        other_names::{PlaceEntry, Synonyms},
        own_field::FieldValue,
        prose::prose,
        vocabulary::{EndMark, LineStyle},
    },
    problem::{FilePath, Side, Spot, SpotPart, Step, Written},
};

/// The most characters that a summary may have.
pub const LONGEST_SUMMARY: usize = 300;

/// The most characters that a lesson may have.
pub const LONGEST_LESSON: usize = 200;

/// Every document of a project, by kind; each list in the order of the paths.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// `casebook.yaml`.
    pub config: Arc<Config>,
    /// `content/vocabularies/*.yaml`.
    pub vocabularies: Vec<Arc<VocabularyFile>>,
    /// `content/glossary.yaml`; empty where there is none.
    pub glossary: Arc<Vec<GlossaryEntry>>,
    /// `content/places.yaml`; empty where there is none.
    pub places: Arc<Vec<PlaceEntry>>,
    /// `content/synonyms.yaml`; empty where there is none.
    pub synonyms: Arc<Vec<Synonyms>>,
    /// `content/index.md`.
    pub home: Option<Arc<HomeFile>>,
    /// `content/cases/**/*.md`.
    pub cases: IdMap<CaseId, Arc<CaseFile>>,
    /// `content/pages/**/*.md`.
    pub pages: IdMap<PageId, Arc<PageFile>>,
    /// The files under `content/` that are no pages and that a link may ask for, whatever their type.
    pub files: Vec<OtherFile>,
    /// The ids of all of these, and of earlier ones that were deleted.
    pub ids: Arc<Ids>,
}

/// A file that is not a document, such as a picture.
#[derive(Clone, Debug)]
pub struct OtherFile {
    /// Its path.
    pub path: FilePath,
    /// Its width and height in pixels, if it is a picture.
    pub size: Option<(u32, u32)>,
    /// How many bytes it has, if it is a picture.
    pub bytes: u64,
    /// It is a photograph that says where on earth it was taken.
    pub has_position: bool,
}

impl OtherFile {
    /// A file that is no picture.
    pub fn of_no_picture(path: FilePath) -> OtherFile {
        OtherFile { path, size: None, bytes: 0, has_position: false }
    }
}

/// A vocabulary as its file defines it.
#[derive(Clone, Debug)]
pub struct VocabularyFile {
    /// Its file.
    pub path: FilePath,
    /// The file's name without the ending: the vocabulary's id.
    pub id: String,
    /// `label`, or the id.
    pub label: String,
    /// `plural`, or the label.
    pub plural: String,
    /// `question`.
    pub question: Option<String>,
    /// `phrase`: how a title says that cases carry one of its terms.
    pub phrase: Option<String>,
    /// A case without it is an error.
    pub required: bool,
    /// A case may carry several.
    pub many: bool,
    /// The terms are ordered, for example from small to large.
    pub ordered: bool,
    /// The terms in the file's order.
    pub terms: Vec<TermFile>,
    /// The file could not be read, so a term that is missing here may exist.
    pub is_stub: bool,
}

/// A term as the file of its vocabulary defines it.
#[derive(Clone, Debug)]
pub struct TermFile {
    /// Its id.
    pub id: Written<String>,
    /// `label`, or the id; with the id's spot where it is absent.
    pub label: Written<String>,
    /// `definition`.
    pub definition: Option<String>,
    /// Other names.
    pub also: Vec<Written<String>>,
    /// The id of its parent term.
    pub broader: Option<Written<String>>,
    /// The id of the term that replaces it.
    pub replaced_by: Option<Written<String>>,
    /// `plain`: a few words for the finder.
    pub plain: Option<String>,
    /// `phrase`: how a title says that cases carry it.
    pub phrase: Option<String>,
    /// `ask`: a question for the briefing pack.
    pub ask: Option<String>,
    /// `mark`: how lifelines end.
    pub mark: Option<EndMark>,
    /// `line`: how lifelines are drawn.
    pub line: Option<LineStyle>,
}

/// An entry of the glossary.
#[derive(Clone, Debug)]
pub struct GlossaryEntry {
    /// The acronym or name.
    pub term: Written<String>,
    /// What it stands for.
    pub full: String,
    /// A sentence on what it was.
    pub note: Option<String>,
    /// The first year that it existed.
    pub from: Option<i16>,
    /// The last.
    pub to: Option<i16>,
    /// Other entries, by their `term`.
    pub see: Vec<Written<String>>,
    /// Every reader knows it, so that no page spells it out.
    pub is_well_known: bool,
}

/// `content/index.md`: words for the home page.
#[derive(Clone, Debug)]
pub struct HomeFile {
    /// Its file.
    pub path: FilePath,
    /// `title`, where given.
    pub title: Option<String>,
    /// `summary`, where given.
    pub summary: Option<String>,
    /// `extra`, for a theme.
    pub extra: Extra,
    /// The words.
    pub body: Body,
}

/// A plain page.
#[derive(Clone, Debug)]
pub struct PageFile {
    /// Its file.
    pub path: FilePath,
    /// `title`, or one made from the file's name.
    pub title: String,
    /// `title` is given.
    pub has_title: bool,
    /// `summary`.
    pub summary: Option<String>,
    /// Where it is published: from the path, or with `slug` as the last part.
    pub address: Written<Address>,
    /// Its position in the menu; absent if it is not in the menu.
    pub nav: Option<i64>,
    /// Whether the public sees it.
    pub status: Status,
    /// The day on which its facts were checked.
    pub reviewed: Option<Date>,
    /// Old addresses.
    pub aliases: Vec<Written<Address>>,
    /// `extra`, for a theme.
    pub extra: Extra,
    /// The words.
    pub body: Body,
}

/// A case study.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// Its file.
    pub path: FilePath,
    /// `title`, or one made from the file's name.
    pub title: String,
    /// `title` is given.
    pub has_title: bool,
    /// `summary`; empty only in a draft or beside a problem.
    pub summary: String,
    /// Its title [as it is put in order](super::address::sorted_as).
    pub title_key: Box<str>,
    /// The name of its first place as it is put in order; empty where it names none.
    pub place_key: Box<str>,
    /// Where it is published, if no other file has that address.
    pub address: Address,
    /// What it is about, for finding [related](super::related) cases: the longer words of title and summary, by their hashes.
    pub subject: Box<[u64]>,
    /// First published; absent only in a draft or beside a problem.
    pub date: Option<Date>,
    /// Last change of substance.
    pub updated: Option<Date>,
    /// The terms that it carries, by vocabulary, in the order written. An empty list stands for one that could not be read; a
    /// vocabulary of which the case says nothing is absent.
    pub terms: BTreeMap<String, Vec<TermUse>>,
    /// Where it happened.
    pub places: Vec<Place>,
    /// What lists call its places, where their names are too long.
    pub short_place: Option<String>,
    /// The years of the partnership.
    pub period: Option<Period>,
    /// Who took part.
    pub partners: Vec<String>,
    /// What others can learn from it, in one sentence.
    pub lesson: Option<String>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// The sources of its facts.
    pub sources: Vec<Source>,
    /// Corrections of its page.
    pub corrections: Vec<Correction>,
    /// Those who adopted it elsewhere, and the outcome.
    pub adopted: Vec<Adoption>,
    /// The values of keys that the library declares itself, by key.
    pub own_fields: BTreeMap<String, FieldValue>,
    /// Whether the public sees it.
    pub status: Status,
    /// When and why it was withdrawn, where it was.
    pub withdrawn: Option<Withdrawal>,
    /// The day on which the facts were really checked.
    pub reviewed: Option<Date>,
    /// The day by which they should be checked again.
    pub review_by: Option<Written<Date>>,
    /// The last part of its address: `slug`, or from the file's name.
    pub slug: Written<String>,
    /// Old addresses.
    pub aliases: Vec<Written<Address>>,
    /// Related cases named by hand: file names without the ending.
    pub related: Vec<Written<String>>,
    /// A picture for the head of the page.
    pub image: Option<Image>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// Where it differs from the library's.
    pub licence: Option<Licence>,
    /// Where it differs from the library's: a language tag.
    pub language: Option<String>,
    /// `extra`, for a theme.
    pub extra: Extra,
    /// The front matter, to report what is missing later; absent where it could not be read.
    pub front_matter: Option<FrontMatter>,
    /// The words.
    pub body: Body,
}

/// Front matter that could be read, as a place in a file.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    /// The top of it.
    pub spot: Spot,
}

impl FrontMatter {
    /// The place of a value, by its path of keys.
    pub fn value(&self, way: impl IntoIterator<Item = Step>) -> Spot {
        let mut spot = self.spot.clone();
        if let SpotPart::Yaml { path, side, .. } = &mut spot.part {
            path.extend(way);
            *side = Side::Value;
        }
        spot
    }

    /// The place of a top-level key, or where it would be.
    pub fn key(&self, key: &str) -> Spot {
        let mut spot = self.spot.clone();
        if let SpotPart::Yaml { path, side, .. } = &mut spot.part {
            path.push(Step::Key(key.to_owned()));
            *side = Side::Key;
        }
        spot
    }
}

/// A term that a case carries, with what happened.
#[derive(Clone, Debug)]
pub struct TermUse {
    /// The term as the author wrote it.
    pub term: Written<String>,
    /// What got in the way.
    pub what: Option<Arc<str>>,
    /// What they did about it.
    pub response: Option<Arc<str>>,
}

/// Whether the public sees a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// Only with `--drafts`.
    Draft,
    /// Seen.
    #[default]
    Published,
    /// A case that was withdrawn; its address says so.
    Withdrawn,
}

impl Status {
    /// The statuses of a case, each with the word that front matter uses.
    pub const OF_CASE: [(&'static str, Status); 3] =
        [("draft", Status::Draft), ("published", Status::Published), ("withdrawn", Status::Withdrawn)];

    /// The statuses of a page. A page cannot be withdrawn; it is deleted.
    pub const OF_PAGE: [(&'static str, Status); 2] = [Status::OF_CASE[0], Status::OF_CASE[1]];
}

/// A place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Its nine-character code, where given.
    pub code: Option<String>,
    /// The region that it lies in.
    pub region: Option<String>,
}

/// The years of a partnership.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first year.
    pub from: Option<i16>,
    /// The last; absent: no end recorded.
    pub to: Option<i16>,
    /// The year in which the partnership took another form.
    pub changed: Option<i16>,
    /// The last year that the sources report on.
    pub reported: Option<i16>,
    /// What a year cannot say.
    pub note: Option<String>,
}

/// Someone who wrote a case or a source.
#[derive(Clone, Debug)]
pub struct Author {
    /// Name.
    pub name: Name,
    /// The organisation that a person belongs to.
    pub organisation: Option<String>,
}

/// A source of facts.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The id by which the text cites it; unique in the case.
    pub id: Option<Written<String>>,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// Where it can be read.
    pub url: Option<SourceUrl>,
    /// The address of an archived copy: http or https.
    pub archived: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When, as exactly as is known.
    pub date: Option<PartialDate>,
    /// The day on which the author of the case read it.
    pub accessed: Option<Date>,
    /// What kind of source it is.
    pub kind: Option<SourceKind>,
}

/// Where a source can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceUrl {
    /// On the web: http or https.
    Web(String),
    /// In a file of the library: the path from the case, or from `content/` where it begins with `/`.
    File(Written<String>),
}

impl Source {
    /// Its address on the web.
    pub fn web(&self) -> Option<&str> {
        match &self.url {
            Some(SourceUrl::Web(url)) => Some(url),
            _ => None,
        }
    }

    /// The file of the library that it is.
    pub fn file(&self) -> Option<&Written<String>> {
        match &self.url {
            Some(SourceUrl::File(file)) => Some(file),
            _ => None,
        }
    }
}

/// A correction of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The day.
    pub date: Date,
    /// What was wrong, and what is right.
    pub what: String,
}

/// The adoption of a case by somebody elsewhere.
#[derive(Clone, Debug)]
pub struct Adoption {
    /// Who and where.
    pub place: String,
    /// The year in which they began.
    pub from: Option<i16>,
    /// How it went: a term of the vocabulary `outcome`, where the library has it.
    pub outcome: Option<Written<String>>,
    /// What happened.
    pub what: Option<String>,
    /// The id of the source that reports it.
    pub source: Option<Written<String>>,
}

/// A year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartialDate {
    /// `2013`
    Year(i16),
    /// `2013-03`
    Month(i16, i8),
    /// `2013-03-31`
    Day(Date),
}

impl fmt::Display for PartialDate {
    /// As exactly as it is known, in the form of ISO 8601.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartialDate::Year(year) => write!(f, "{year:04}"),
            PartialDate::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            PartialDate::Day(day) => write!(f, "{day}"),
        }
    }
}

/// The kind of a source, so that a reader can judge how reliable it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceKind {
    /// Evaluation, audit, inspection or peer-reviewed study.
    Evaluation,
    /// Minutes or another official record.
    Official,
    /// Journalism.
    Journalism,
    /// Written by somebody who took part.
    Party,
    /// A work of reference.
    Reference,
    /// Anything else.
    Other,
}

impl SourceKind {
    /// Every kind with the word that front matter uses.
    pub const ALL: [(&'static str, SourceKind); 6] = [
        ("evaluation", SourceKind::Evaluation),
        ("official", SourceKind::Official),
        ("journalism", SourceKind::Journalism),
        ("party", SourceKind::Party),
        ("reference", SourceKind::Reference),
        ("other", SourceKind::Other),
    ];

    /// The word that front matter uses.
    pub fn as_str(self) -> &'static str {
        SourceKind::ALL[self as usize].0
    }

    /// How much it proves, from 1 to 3.
    pub fn weight(self) -> u8 {
        match self {
            SourceKind::Evaluation => 3,
            SourceKind::Official | SourceKind::Journalism => 2,
            SourceKind::Party | SourceKind::Reference | SourceKind::Other => 1,
        }
    }
}

/// When and why a case was withdrawn.
#[derive(Clone, Debug)]
pub struct Withdrawal {
    /// The day.
    pub date: Option<Date>,
    /// The reason, for the public.
    pub why: Option<String>,
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Image {
    /// The file, relative to the case's.
    pub src: Written<String>,
    /// The picture in words.
    pub alt: String,
    /// Whose it is.
    pub credit: Option<String>,
}

/// Whom to ask.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// The terms of reuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// Its name.
    pub name: String,
    /// Where it can be read.
    pub url: Option<String>,
}

/// Values for a theme, which Casebook does not read.
pub type Extra = serde_json::Map<String, serde_json::Value>;

/// The body of a page: safe HTML, with slots for the addresses of links within the site.
///
/// An address depends on the whole library, so it is filled in when the page is made; everything else is fixed when the file
/// is read.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// Safe HTML without the addresses of the slots.
    pub html: String,
    /// The slots, each with its place in `html`; in ascending order.
    pub slots: Vec<(usize, Slot)>,
    /// The headings, in order.
    pub outline: Vec<Heading>,
    /// The links within this site: to files, to addresses that begin with `/`, and to anchors of this page.
    pub links: Vec<BodyLink>,
    /// The citations of sources, in the order of the page.
    pub citations: Vec<Citation>,
    /// Every id that a link may point at.
    pub anchors: Vec<String>,
    /// Where the body lies in the file.
    pub span: Range<usize>,
    /// How many words it has.
    pub words: usize,
    /// The facts for rules about prose.
    pub wording: Wording,
}

/// A sentence of more words than this is long: the most that the government's style guide allows.
pub const LONG_SENTENCE: usize = 25;

/// The facts for rules about prose. Places are bytes of the file.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// The long sentences, in order.
    pub sentences: Vec<Sentence>,
    /// The sentences with a figure and no source, in order.
    pub figures: Vec<Range<usize>>,
    /// The first use of each acronym that the body does not spell out, in order.
    pub acronyms: Vec<Acronym>,
    /// The headings without any text below them, in order.
    pub empty_sections: Vec<Section>,
    /// The headings under which an editor seems to list sources.
    pub own_sources: Vec<Section>,
    /// The paragraphs that are hints of a new library's example.
    pub hints: Vec<Range<usize>>,
}

/// A part of a body, by its heading.
#[derive(Clone, Debug)]
pub struct Section {
    /// The text of the heading.
    pub text: String,
    /// Where the heading is.
    pub at: Range<usize>,
}

/// A sentence.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Where it is.
    pub at: Range<usize>,
    /// How many words it has.
    pub words: usize,
}

/// An acronym, without the s for several.
#[derive(Clone, Debug)]
pub struct Acronym {
    /// Its letters.
    pub text: String,
    /// Where it is.
    pub at: Range<usize>,
}

/// A heading of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its id, unique in the page.
    pub id: String,
    /// Its text, plain.
    pub text: String,
    /// Where it is in the file.
    pub at: Range<usize>,
}

/// The content of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The address of a link: an index into [`Body::links`].
    Link(usize),
    /// The numbers of the sources that are cited: an index into [`Body::citations`].
    Citation(usize),
}

/// Where the text cites sources.
#[derive(Clone, Debug)]
pub struct Citation {
    /// The sources, in the order written; one at least.
    pub sources: Vec<Cited>,
    /// It is inside the text of a link, so it cannot be a link itself.
    pub is_in_link: bool,
}

/// A source as a citation names it.
#[derive(Clone, Debug)]
pub struct Cited {
    /// The words before it: `see`.
    pub before: String,
    /// The id of the source.
    pub id: Written<String>,
    /// Where in the source: `p. 12`.
    pub place: String,
}

/// A value that the site fills into a slot: an address, or a text of the interface.
#[derive(Clone, Debug)]
pub struct BodyLink {
    /// As written, percent signs and all: `../pages/about.md#who`.
    pub target: String,
    /// What it shows or links to.
    pub kind: LinkKind,
    /// Where it was written.
    pub spot: Spot,
}

/// What a link shows or leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// Another page, or a file to download.
    Link,
    /// A sound or a film in the page, or a picture of which the page says the size.
    Media,
    /// A picture of which the page does not say the size. The site puts that in after the address.
    Picture,
    /// A word of the interface: the label of an alert, by its kind.
    Label,
}

impl CaseFile {
    /// The address at which a file of the library is published that the case names by its path, where it lies in the library.
    pub fn address_of(&self, file: &str) -> Option<Address> {
        let decoded = percent_encoding::percent_decode_str(file).decode_utf8().ok()?;
        let folder = if decoded.starts_with('/') { "" } else { self.path.folder().strip_prefix("content")? };
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in decoded.split('/').filter(|part| !matches!(*part, "" | ".")) {
            match part {
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        Some(Address::file(&parts.join("/")))
    }
}

impl Body {
    /// Its plain words: a line for each paragraph, item or cell, and after an empty line those of its notes.
    pub fn prose(&self) -> String {
        prose(&self.html)
    }

    /// The HTML with the slots filled by `put`, whose values are escaped already. If it gives none for a link, the
    /// text of the link stays without a link, and a picture is replaced by its description.
    pub fn html_with<'a>(&self, put: impl Fn(Slot) -> Cow<'a, str>) -> String {
        let mut html = String::with_capacity(self.html.len() + self.slots.len() * 32);
        let mut from = 0;
        for &(at, slot) in &self.slots {
            // A picture that was left out may have held this slot too.
            let Some(before) = self.html.get(from..at) else { continue };
            html.push_str(before);
            let text = put(slot);
            html.push_str(&text);
            let is_left_out = text.is_empty() && matches!(slot, Slot::Link(_));
            from = if is_left_out { self.leave_out(at, &mut html) } else { at };
        }
        html.push_str(&self.html[from..]);
        html
    }

    /// Removes the attribute whose slot is at `at`, and with it the tag of a picture. Returns where the HTML goes on.
    fn leave_out(&self, at: usize, html: &mut String) -> usize {
        // Within a tag `<` and `>` are escaped, so these are its ends.
        let (Some(start), Some(length)) = (html.rfind('<'), self.html[at..].find('>')) else { return at };
        let rest = &self.html[at..at + length];
        if html[start..].starts_with("<img ") {
            let tag = [&html[start..], rest].concat();
            let alt = tag.split_once(" alt=\"").and_then(|(_, alt)| alt.split('"').next()).unwrap_or_default();
            html.truncate(start);
            html.push_str(alt);
            return at + length + 1;
        }
        html.truncate(html.rfind(' ').unwrap_or(start));
        at + usize::from(rest.starts_with('"'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_nowhere_keeps_its_words() {
        let html = "<p><a class=\"x\" href=\"\">a</a> <img src=\"\" alt=\"b &amp; c\" loading=\"lazy\"> <a href=\"\">d</a></p>";
        let slots = html.match_indices("=\"\"").map(|(at, _)| at + 2).zip((0..).map(Slot::Link)).collect();
        let body = Body { html: html.to_owned(), slots, ..Body::default() };
        assert_eq!(
            body.html_with(|link| if link == Slot::Link(2) { "/d/".into() } else { "".into() }),
            "<p><a class=\"x\">a</a> b &amp; c <a href=\"/d/\">d</a></p>"
        );
    }
}
