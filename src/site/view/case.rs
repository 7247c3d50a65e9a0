//! A case: its words, its facts, what got in the way, and what its facts rest on.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::{
    export::{json_ld, tags::tags},
    model::{
        Address, Library,
        document::{Extra, Status},
        library::{Case, Page},
        numbering::SourceNumbering,
        related::Relation,
    },
    site::{
        abbreviations::lede,
        links::Picture,
        plan::card_address,
        theme::{Html, Words, filled},
        view::{
            Common, Dated, Link, PageHead, PictureView,
            afterwards::{AdoptedView, CorrectionView, adopted, corrections},
            cards::alt,
            citations::citation,
            cite::{Cite, cite},
            digest::{Digest, digest},
            entry::{Docket, docket, is_everywhere, name, years},
            facts::{Facts, facts, mailto},
            overview::Overview,
            page::cited_body,
            pairs::{Pair, pairs, parted},
            related::{RelatedView, related},
            sources::{SourceView, sources},
            theme_page::{ThemeOfCase, themes_of_case},
        },
    },
};

/// A case: `case.html`.
#[derive(Debug, Serialize)]
pub struct CaseView<'a> {
    /// The page.
    pub page: PageHead,
    /// Its language, where it differs from the site's.
    pub language: Option<&'a str>,
    /// It is not published yet.
    pub is_draft: bool,
    /// Its summary.
    pub summary: Html,
    /// Its place and years.
    pub docket: Docket<'a>,
    /// The picture of its head.
    pub image: Option<ImageView<'a>>,
    /// The card of facts.
    pub facts: Facts<'a>,
    /// Its headings and sections.
    pub contents: Vec<SectionLink<'a>>,
    /// What it is called where there is room for a few words.
    pub name: String,
    /// Its years, short.
    pub years: Option<String>,
    /// What happened next, when, how sure it is, and what others can take from it.
    pub digest: Digest,
    /// Its words, as far as the pairs.
    pub body: Html,
    /// What got in the way and what they did about it.
    pub pairs: Vec<Pair>,
    /// Its words after the pairs; absent where the pairs follow all of them.
    pub body_after: Option<Html>,
    /// What was put right on its page, the latest first.
    pub corrections: Vec<CorrectionView<'a>>,
    /// Who took it up elsewhere.
    pub adopted: Vec<AdoptedView<'a>>,
    /// What its facts rest on: the sources that the page cites, in the order of their numbers.
    pub sources: Vec<SourceView<'a>>,
    /// The sources that it does not cite, numbered on.
    pub uncited: Vec<SourceView<'a>>,
    /// `3 sources: 2 official records and 1 evaluation.`
    pub sources_by_kind: String,
    /// How to weigh its sources, where the library says it: `content/pages/how-to-read-a-case.md`.
    pub weigh_sources: Option<String>,
    /// The cases that its editors name as related, then those that have most in common with it.
    pub related: Vec<RelatedView<'a>>,
    /// The theme pages that use it.
    pub themes: Vec<ThemeOfCase<'a>>,
    /// Where to compare it with others.
    pub compare: String,
    /// Where to make a briefing pack with it.
    pub briefing: String,
    /// Sends it to somebody, where the host is known.
    pub email: Option<String>,
    /// Writes to the publisher about it, where the publisher gives an e-mail address.
    pub report: Option<String>,
    /// Its full address for paper, where the host is known.
    pub own_address: Option<String>,
    /// How to cite it.
    pub cite: Cite,
    /// What reference managers and scholarly search engines read.
    pub tags: Vec<TagView>,
    /// `extra` of its front matter.
    pub extra: &'a Extra,
}

/// A picture of a case.
#[derive(Debug, Serialize)]
pub struct ImageView<'a> {
    /// The file.
    #[serde(flatten)]
    pub picture: PictureView,
    /// The picture in words.
    pub alt: &'a str,
    /// Whose it is.
    pub credit: Option<&'a str>,
}

/// A part of the page, for its list of contents.
#[derive(Debug, Serialize)]
pub struct SectionLink<'a> {
    /// Its heading.
    pub text: &'a str,
    /// Its id.
    pub id: &'a str,
}

/// A `meta` element.
#[derive(Debug, Serialize)]
pub struct TagView {
    /// Its name.
    pub name: &'static str,
    /// Its content.
    pub content: String,
}

/// A case that was taken back: `withdrawn.html`.
#[derive(Debug, Serialize)]
pub struct WithdrawnView<'a> {
    /// The page.
    pub page: PageHead,
    /// `Withdrawn on 3 March 2027`
    pub when: String,
    /// The reason.
    pub why: Option<&'a str>,
    /// Where to go on: the terms that it carried, and all cases.
    pub ways: Vec<Link>,
    /// Its language, where it differs from the site's.
    pub language: Option<&'a str>,
}

/// What the page of a case is made of, beside the case itself.
#[derive(Debug)]
pub struct CaseParts<'a> {
    /// The library, for what machines read in the page.
    pub library: &'a Library,
    /// Where each of the body's links leads.
    pub hrefs: &'a [String],
    /// Where each of its sources that is a file of the library can be read.
    pub source_files: &'a [Option<String>],
    /// The picture of its head.
    pub image: Option<&'a Picture>,
    /// The cases that have most in common with it.
    pub relations: Vec<Relation>,
    /// The page that says how to weigh sources.
    pub weigh_sources: Option<&'a Page>,
}

/// A case.
pub fn case<'a>(all: Overview<'a>, case: &'a Case, parts: &CaseParts<'a>) -> CaseView<'a> {
    let (common, terms, file, words) = (all.common, all.terms, &case.file, all.words());
    let mut spelling = common.abbreviations.page();
    // In the order in which they are read, so that the first use is the one spelled out.
    let summary = lede(&file.summary);
    let digest = digest(all, case, &mut spelling);
    let facts = facts(all, case, &mut spelling);
    let numbering = SourceNumbering::of(file);
    let cited = |n: usize| citation(words, &file.body.citations[n], &numbering.citations[n]);
    let html = cited_body(words, parts.hrefs, &file.body, cited);
    let parted = parted(all, case, &html);
    let body = spelling.html(parted.map_or(html.as_str(), |(before, _)| before));
    let pairs = pairs(all, case, &mut spelling);
    let body_after = parted.map(|(_, after)| spelling.html(after));
    let adopted = adopted(words, terms, case, &numbering, &mut spelling);
    let (sources, uncited) = sources(words, case, &numbering, parts.source_files);
    let related = related(all, &parts.relations, &mut spelling);
    let themes = themes_of_case(all, case.id, &mut spelling);
    let page = PageHead::new(common, &case.address, file.title.clone());
    let name = name(common, case);
    let window = if name == file.title { name.clone() } else { format!("{name}: {}", file.title) };
    let window_title = filled(&words.window_title, &[("page", &window), ("site", &common.config.title)]);
    let own = parts.image.and_then(|image| common.in_full(&image.href));
    let card = all.published(&card_address(&case.address)).and_then(|href| common.in_full(&href));
    let picture_alt = match &own {
        Some(_) => None,
        None if card.is_some() => Some(alt(all, case)),
        None => page.picture_alt.clone(),
    };
    let picture = own.or(card);
    let above =
        [(common.config.title.as_str(), Address::page([])), (words.all_cases.as_str(), Address::page(["cases"]))];
    let page =
        page.described(Some(&file.summary)).linked(&json_ld::case(parts.library, case, picture.as_deref(), &above));
    let picture = picture.or(page.picture);
    let page = PageHead { kind: "article", window_title, picture, picture_alt, ..page };
    CaseView {
        page,
        language: file.language.as_deref(),
        is_draft: file.status == Status::Draft,
        summary,
        docket: docket(common, case),
        image: image(parts.image, case),
        facts,
        contents: contents(words, case, !pairs.is_empty() && parted.is_none(), !related.is_empty()),
        name,
        years: years(common, case),
        digest,
        corrections: corrections(words, case),
        adopted,
        body,
        pairs,
        body_after,
        sources,
        uncited,
        sources_by_kind: words.sources_by_kind(file.sources.iter().map(|source| source.kind)),
        weigh_sources: parts.weigh_sources.map(|page| common.href(&page.address)),
        related,
        themes,
        compare: with_case(common, "compare", case),
        briefing: with_case(common, "briefing", case),
        email: email(common, case, &window),
        report: report(common, case),
        own_address: common.full_address(&case.address),
        cite: cite(words, parts.library, case),
        tags: tags(parts.library, case).into_iter().map(|(name, content)| TagView { name, content }).collect(),
        extra: &file.extra,
    }
}

/// A case that was taken back. Nothing else of the case is in the view.
pub fn withdrawn<'a>(all: Overview<'_>, case: &'a Case) -> WithdrawnView<'a> {
    /// So many terms are enough to go on with.
    const MOST: usize = 6;
    let (common, file) = (all.common, &case.file);
    let terms =
        all.library.vocabularies.facets().flat_map(|facet| case.terms_of(facet.key)).map(|carried| carried.term);
    let telling = terms.filter(|&term| !all.library.carried[term].is_empty() && !is_everywhere(all, term)).take(MOST);
    let mut ways: Vec<Link> =
        telling.map(|term| Link { text: all.terms.label(term).to_owned(), href: all.terms.href(term) }).collect();
    ways.push(Link { text: common.words.all_cases.clone(), href: common.href(&Address::page(["cases"])) });
    let withdrawal = file.withdrawn.as_ref();
    let words = common.words;
    let when = match withdrawal.and_then(|withdrawal| withdrawal.date) {
        Some(date) => filled(&words.withdrawn_on, &[("date", &Dated::new(words, date).text)]),
        None => words.withdrawn.clone(),
    };
    WithdrawnView {
        page: PageHead::new(common, &case.address, file.title.clone()).hidden(),
        when,
        why: withdrawal.and_then(|withdrawal| withdrawal.why.as_deref()),
        ways,
        language: file.language.as_deref(),
    }
}

fn image<'a>(picture: Option<&Picture>, case: &'a Case) -> Option<ImageView<'a>> {
    let image = case.file.image.as_ref()?;
    let picture = PictureView::of(picture?);
    Some(ImageView { picture, alt: &image.alt, credit: image.credit.as_deref() })
}

/// The link that writes to the publisher, with the title and the address of the case.
fn report(common: Common<'_>, case: &Case) -> Option<String> {
    let email = common.config.publisher.as_ref()?.email.as_deref()?;
    let title = &case.file.title;
    let subject = filled(&common.words.report_subject, &[("title", title)]);
    let address = common.full_address(&case.address).unwrap_or_else(|| common.href(&case.address));
    let body = format!("{title}\r\n{address}\r\n\r\n");
    Some(format!("{}?subject={}&body={}", mailto(email), in_query(&subject), in_query(&body)))
}

/// A page that takes cases, with this one.
fn with_case(common: Common<'_>, page: &str, case: &Case) -> String {
    format!("{}?case={}", common.href(&Address::page([page])), in_query(&case.file.slug.value))
}

/// The link that begins a message with the title and the address of the case.
fn email(common: Common<'_>, case: &Case, title: &str) -> Option<String> {
    let address = common.full_address(&case.address)?;
    let body = format!("{}\r\n\r\n{address}\r\n", case.file.summary);
    Some(format!("mailto:?subject={}&body={}", in_query(title), in_query(&body)))
}

fn in_query(text: &str) -> String {
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(text, KEPT).to_string()
}

/// The headings of the body's top level, and the sections that follow it.
fn contents<'a>(words: &'a Words, case: &'a Case, has_barriers: bool, has_related: bool) -> Vec<SectionLink<'a>> {
    let headings = case.file.body.outline.iter().filter(|heading| heading.level == 2);
    let mut contents: Vec<_> = headings.map(|heading| SectionLink { text: &heading.text, id: &heading.id }).collect();
    let mut section = |is_there: bool, text: &'a str, id: &'a str| {
        contents.extend(is_there.then_some(SectionLink { text, id }));
    };
    section(has_barriers, &words.barriers, "cb-barriers");
    section(!case.file.adopted.is_empty(), &words.adopted, "cb-adopted");
    section(!case.file.sources.is_empty(), &words.sources, "cb-sources");
    let corrections = case.file.corrections.len();
    section(corrections > 0, words.corrections.of(corrections), "cb-corrections");
    section(true, &words.share, "cb-cite");
    section(has_related, &words.related, "cb-related");
    contents
}
