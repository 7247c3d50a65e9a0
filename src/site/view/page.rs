//! Plain pages, the glossary, the page for unknown addresses, and redirects.

use std::{borrow::Cow, collections::BTreeMap};

use serde::Serialize;

use crate::{
    html,
    model::{
        Address, PageFile,
        address::glossary_ids,
        document::{self, Body, Extra, GlossaryEntry, LinkKind, Slot},
        ids::{CitationId, Id},
        library::Page,
    },
    site::{
        abbreviations::{is_spelled_out, lede},
        highlight::highlighted,
        theme::{Html, Words, filled},
        view::{Common, Dated, Link, PageHead, case::SectionLink, description::beginning},
    },
};

/// A plain page: `page.html`.
#[derive(Debug, Serialize)]
pub struct PageView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// Its summary.
    pub summary: Option<Html>,
    /// Its body.
    pub body: Html,
    /// Its sections, where it is so long that they help.
    pub contents: Vec<SectionLink<'a>>,
    /// The day on which its facts were checked.
    pub checked: Option<Dated>,
    /// Whether it is a draft.
    pub is_draft: bool,
    /// The `extra` of its front matter.
    pub extra: &'a Extra,
}

/// The glossary: `glossary.html`.
#[derive(Debug, Serialize)]
pub struct GlossaryView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// The first entry under each letter, if there are too many entries to look through.
    pub letters: Vec<Link>,
    /// Its entries, in order.
    pub entries: Vec<GlossaryItem<'a>>,
}

/// An entry of the glossary.
#[derive(Debug, Serialize)]
pub struct GlossaryItem<'a> {
    /// Its id in the page.
    pub id: String,
    /// The acronym or name.
    pub term: &'a str,
    /// The full name.
    pub full: &'a str,
    /// A sentence about it.
    pub note: Option<&'a str>,
    /// The years in which it existed: `2001–2013`.
    pub years: Option<String>,
    /// Whether pages spell it out: it is an acronym, and not so well known that none needs to.
    pub is_spelled_out: bool,
    /// Related entries.
    pub see: Vec<Link>,
}

/// The page for an unknown address: `not-found.html`.
#[derive(Debug, Serialize)]
pub struct NotFoundView {
    /// Title, description and trail.
    pub page: PageHead,
    /// Links to places to look instead.
    pub ways: Vec<Link>,
}

/// The redirect at an old address: `redirect.html`.
#[derive(Debug, Serialize)]
pub struct RedirectView {
    /// Title, description and trail.
    pub page: PageHead,
    /// The link to the new address.
    pub href: String,
    /// The full new address, if the host is known.
    pub full_href: String,
}

/// Makes the view of a plain page.
pub fn page<'a>(common: Common<'_>, page: &'a Page, hrefs: &[String]) -> PageView<'a> {
    let file = &page.file;
    let mut spelling = common.abbreviations.page();
    PageView {
        page: PageHead::new(common, &page.address, file.title.clone()).described(described(file)),
        summary: file.summary.as_deref().map(lede),
        body: spelling.html(&body(common.words, hrefs, &file.body)),
        contents: contents(&file.body),
        checked: file.reviewed.map(|day| Dated::new(common.words, day)),
        is_draft: file.status == crate::model::document::Status::Draft,
        extra: &file.extra,
    }
}

/// The description of a plain page: its summary, or how it begins.
pub fn described(file: &PageFile) -> String {
    file.summary.clone().unwrap_or_else(|| beginning(&file.body))
}

/// The sections of a page that has several.
fn contents(body: &Body) -> Vec<SectionLink<'_>> {
    const SEVERAL: usize = 3;
    let headings = body.outline.iter().filter(|heading| heading.level == 2);
    let links: Vec<_> = headings.map(|heading| SectionLink { text: &heading.text, id: &heading.id }).collect();
    if links.len() < SEVERAL { Vec::new() } else { links }
}

/// The HTML of a body, with addresses and texts of the interface filled in, code highlighted, and without citations.
/// For pages that have no list of sources.
pub fn body(words: &Words, hrefs: &[String], body: &Body) -> String {
    cited_body(words, hrefs, body, |_| String::new())
}

/// The same with citations: `cited` gives the HTML of each.
pub fn cited_body(words: &Words, hrefs: &[String], body: &Body, cited: impl Fn(CitationId) -> String) -> String {
    let html = body.html_with(|slot| match slot {
        Slot::Citation(id) => Cow::from(cited(id)),
        Slot::Link(id) => match &body.links[id.position()] {
            document::BodyLink { kind: LinkKind::Label, target, .. } => Cow::from(html::value(words.label(target))),
            _ => Cow::from(hrefs.get(id.position()).map_or("", String::as_str)),
        },
    });
    highlighted(html)
}

/// Makes the view of the glossary.
pub fn glossary<'a>(common: Common<'_>, address: &Address, entries: &'a [GlossaryEntry]) -> GlossaryView<'a> {
    /// The most entries without links to letters.
    const FEW: usize = 20;
    let ids = glossary_ids(entries.iter().map(|entry| &*entry.term.value));
    let by_term: BTreeMap<&str, &str> =
        entries.iter().zip(&ids).map(|(entry, id)| (entry.term.value.as_str(), id.as_str())).collect();
    let see = |entry: &GlossaryEntry| {
        let known = entry.see.iter().filter_map(|see| by_term.get_key_value(see.value.as_str()));
        known.map(|(term, id)| Link { text: (*term).to_owned(), href: format!("#{id}") }).collect()
    };
    let letter = |entry: &GlossaryEntry| entry.term.value.chars().take(1).flat_map(char::to_uppercase).collect();
    let mut letters: Vec<Link> =
        entries.iter().zip(&ids).map(|(entry, id)| Link { text: letter(entry), href: format!("#{id}") }).collect();
    letters.dedup_by(|link, before| link.text == before.text);
    letters.retain(|_| entries.len() > FEW);
    let items = entries.iter().zip(&ids).map(|(entry, id)| GlossaryItem {
        id: id.clone(),
        term: &entry.term.value,
        full: &entry.full,
        note: entry.note.as_deref(),
        years: common.words.years_short(entry.from, entry.to),
        is_spelled_out: is_spelled_out(entry),
        see: see(entry),
    });
    let description = filled(&common.words.glossary_described, &[("site", &common.config.title)]);
    let page = PageHead::new(common, address, common.words.glossary.clone()).described(description);
    GlossaryView { page, letters, entries: items.collect() }
}

/// Makes the view of the page for an unknown address.
pub fn not_found(common: Common<'_>, address: &Address, has_map: bool) -> NotFoundView {
    let words = common.words;
    let way = |text: &str, address: Address| Link { text: text.to_owned(), href: common.href(&address) };
    let mut ways = vec![way(&common.config.title, Address::page([])), way(&words.all_cases, Address::page(["cases"]))];
    ways.extend(has_map.then(|| way(&words.map, Address::page(["map"]))));
    ways.push(way(&words.places, Address::page(["places"])));
    ways.push(way(&words.a_to_z, Address::page(["a-z"])));
    NotFoundView { page: PageHead::new(common, address, words.not_found.clone()).hidden(), ways }
}

/// Makes the view of a redirect.
pub fn redirect(common: Common<'_>, address: &Address, to: &Address) -> RedirectView {
    let href = common.href(to);
    let full_href = common.full_address(to).unwrap_or_else(|| href.clone());
    let page = PageHead::new(common, address, common.words.moved.clone());
    RedirectView { page: page.hidden(), href, full_href }
}
