//! The page of a case: text, facts, barriers and sources.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::{
    export::{json_ld, tags::tags},
    model::{
        Address, Library,
        document::{Extra, Status},
        ids::{CitationId, Id},
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
            pairs::{Pair, pairs, split_at_barriers},
            related::{RelatedView, related},
            sources::{SourceView, sources},
            theme_page::{ThemeOfCase, themes_of_case},
        },
    },
};

/// A case: `case.html`.
#[derive(Debug, Serialize)]
pub struct CaseView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// Its language, where it differs from the site's.
    pub language: Option<&'a str>,
    /// Whether the case is a draft.
    pub is_draft: bool,
    /// Its summary.
    pub summary: Html,
    /// Its place and years.
    pub docket: Docket<'a>,
    /// The picture of its head.
    pub image: Option<ImageView<'a>>,
    /// The facts, in a fixed order.
    pub facts: Facts<'a>,
    /// The headings of the body and the sections after it, for the list of contents.
    pub contents: Vec<SectionLink<'a>>,
    /// A short name, for places with room for a few words.
    pub name: String,
    /// The years, short.
    pub years: Option<String>,
    /// The outcome, when it was known, how strong the evidence is, and what others can learn.
    pub digest: Digest,
    /// The body, up to the table of barriers.
    pub body: Html,
    /// The barriers, each with the response to it.
    pub pairs: Vec<Pair>,
    /// The rest of the body, if the table of barriers does not follow all of it.
    pub body_after: Option<Html>,
    /// The corrections, the latest first.
    pub corrections: Vec<CorrectionView<'a>>,
    /// The adoptions by others.
    pub adopted: Vec<AdoptedView<'a>>,
    /// The sources that the page cites, in the order of their numbers.
    pub sources: Vec<SourceView<'a>>,
    /// The sources that the page does not cite. Their numbers continue the first list.
    pub uncited: Vec<SourceView<'a>>,
    /// `3 sources: 2 official records and 1 evaluation.`
    pub sources_by_kind: String,
    /// The link to the page on weighing sources (`content/pages/how-to-read-a-case.md`), if there is one.
    pub weigh_sources: Option<String>,
    /// The cases that the editors name as related, then the most similar ones.
    pub related: Vec<RelatedView<'a>>,
    /// The theme pages that link to the case.
    pub themes: Vec<ThemeOfCase<'a>>,
    /// The link to the comparison, with this case in it.
    pub compare: String,
    /// The link to the briefing, with this case in it.
    pub briefing: String,
    /// A `mailto:` link that sends the page to somebody, if the host is known.
    pub email: Option<String>,
    /// The heading of the section on sharing, citing and, with `report`, correcting.
    pub share: &'a str,
    /// A `mailto:` link that reports an error to the publisher, if the publisher gives an e-mail address.
    pub report: Option<String>,
    /// The full address of the page, for paper, if the host is known.
    pub own_address: Option<String>,
    /// How to cite it.
    pub cite: Cite,
    /// The `meta` elements for reference managers and scholarly search engines.
    pub tags: Vec<TagView>,
    /// The `extra` of the front matter.
    pub extra: &'a Extra,
}

/// A picture of a case.
#[derive(Debug, Serialize)]
pub struct ImageView<'a> {
    /// The file.
    #[serde(flatten)]
    pub picture: PictureView,
    /// The alternative text.
    pub alt: &'a str,
    /// The credit.
    pub credit: Option<&'a str>,
}

/// A section of the page, for the list of contents.
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

/// A case that was withdrawn: `withdrawn.html`.
#[derive(Debug, Serialize)]
pub struct WithdrawnView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// `Withdrawn on 3 March 2027`
    pub when: String,
    /// The reason.
    pub why: Option<&'a str>,
    /// Links to related pages: the terms of the case, and all cases.
    pub ways: Vec<Link>,
    /// Its language, where it differs from the site's.
    pub language: Option<&'a str>,
}

/// The parts of a site, beside the case itself, that the page of a case needs.
#[derive(Debug)]
pub struct CaseParts<'a> {
    /// The library, for the linked data of the page.
    pub library: &'a Library,
    /// The address of each link of the body, in order.
    pub hrefs: &'a [String],
    /// The address of each source, in order, if it is a file of the library.
    pub source_files: &'a [Option<String>],
    /// The picture at the top.
    pub image: Option<&'a Picture>,
    /// The most similar cases.
    pub relations: Vec<Relation>,
    /// The page on weighing sources.
    pub weigh_sources: Option<&'a Page>,
}

/// Makes the view of a case.
pub fn case<'a>(overview: Overview<'a>, case: &'a Case, parts: &CaseParts<'a>) -> CaseView<'a> {
    let (common, terms, file, words) = (overview.common, overview.terms, &case.file, overview.words());
    let mut spelling = common.abbreviations.page();
    // Spelled out in reading order, because only the first use of an acronym is spelled out.
    let summary = lede(&file.summary);
    let digest = digest(overview, case, &mut spelling);
    let facts = facts(overview, case, &mut spelling);
    let numbering = SourceNumbering::of(file);
    let cited = |id: CitationId| citation(words, &file.body.citations[id.position()], numbering.citation(id));
    let html = cited_body(words, parts.hrefs, &file.body, cited);
    let split = split_at_barriers(overview, case, &html);
    let body = spelling.html(split.map_or(html.as_str(), |(before, _)| before));
    let pairs = pairs(overview, case, &mut spelling);
    let body_after = split.map(|(_, after)| spelling.html(after));
    let adopted = adopted(words, terms, case, &numbering, &mut spelling);
    let (sources, uncited) = sources(words, case, &numbering, parts.source_files);
    let related = related(overview, &parts.relations, &mut spelling);
    let themes = themes_of_case(overview, case.id, &mut spelling);
    let name = name(common, case);
    let report = report(common, case);
    let share = if report.is_some() { &words.share } else { &words.share_and_cite };
    let title = if name == file.title { name.clone() } else { format!("{name}: {}", file.title) };
    CaseView {
        page: head(overview, case, parts, &title),
        language: file.language.as_deref(),
        is_draft: file.status == Status::Draft,
        summary,
        docket: docket(overview, case),
        image: image(parts.image, case),
        facts,
        contents: contents(words, case, share, !pairs.is_empty() && split.is_none(), !related.is_empty()),
        name,
        years: years(overview, case),
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
        email: email(common, case, &title),
        share,
        report,
        own_address: common.full_address(&case.address),
        cite: cite(words, parts.library, case),
        tags: tags(parts.library, case).into_iter().map(|(name, content)| TagView { name, content }).collect(),
        extra: &file.extra,
    }
}

/// The head of the page. Its picture is that of the case, or else its share card. `title` names the place too.
fn head(overview: Overview<'_>, case: &Case, parts: &CaseParts<'_>, title: &str) -> PageHead {
    let (common, words) = (overview.common, overview.words());
    let page = PageHead::new(common, &case.address, case.file.title.clone());
    let own = parts.image.and_then(|image| common.in_full(&image.href));
    let card = overview.published(&card_address(&case.address)).and_then(|href| common.in_full(&href));
    let picture_alt = match &own {
        Some(_) => None,
        None if card.is_some() => Some(alt(overview, case)),
        None => page.picture_alt.clone(),
    };
    let picture = own.or(card);
    let above =
        [(common.config.title.as_str(), Address::page([])), (words.all_cases.as_str(), Address::page(["cases"]))];
    let linked_data = json_ld::case(parts.library, case, picture.as_deref(), &above);
    let page = page.described(case.file.summary.as_str()).linked(&linked_data);
    PageHead {
        kind: "article",
        window_title: filled(&words.window_title, &[("page", title), ("site", &common.config.title)]),
        picture: picture.or(page.picture),
        picture_alt,
        ..page
    }
}

/// Makes the view of a withdrawn case. Nothing else of the case is in the view.
pub fn withdrawn<'a>(overview: Overview<'_>, case: &'a Case) -> WithdrawnView<'a> {
    /// The most terms that are linked.
    const MAX_TERMS: usize = 6;
    let (common, file) = (overview.common, &case.file);
    let terms =
        overview.terms.vocabularies.facets().flat_map(|facet| case.terms_of(facet.id)).map(|carried| carried.term);
    let linked = terms
        .filter(|&term| !overview.terms.cases_by_term[term].is_empty() && !is_everywhere(overview, term))
        .take(MAX_TERMS);
    let mut ways: Vec<Link> = linked
        .map(|term| Link { text: overview.terms.label(term).to_owned(), href: overview.terms.href(term) })
        .collect();
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

/// The link that reports an error to the publisher, with the title and the address of the case in the message.
fn report(common: Common<'_>, case: &Case) -> Option<String> {
    let email = common.config.publisher.as_ref()?.email.as_deref()?;
    let title = &case.file.title;
    let subject = filled(&common.words.report_subject, &[("title", title)]);
    let address = common.full_address(&case.address).unwrap_or_else(|| common.href(&case.address));
    let body = format!("{title}\r\n{address}\r\n\r\n");
    Some(format!("{}?subject={}&body={}", mailto(email), in_query(&subject), in_query(&body)))
}

/// The link to a page that takes cases in its address, with this case.
fn with_case(common: Common<'_>, page: &str, case: &Case) -> String {
    format!("{}?case={}", common.href(&Address::page([page])), in_query(&case.file.slug.value))
}

/// The link that sends the case to somebody, with its title and address in the message.
fn email(common: Common<'_>, case: &Case, title: &str) -> Option<String> {
    let address = common.full_address(&case.address)?;
    let body = format!("{}\r\n\r\n{address}\r\n", case.file.summary);
    Some(format!("mailto:?subject={}&body={}", in_query(title), in_query(&body)))
}

fn in_query(text: &str) -> String {
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(text, KEPT).to_string()
}

/// The headings of the body at the top level, and the sections that follow the body.
fn contents<'a>(
    words: &'a Words,
    case: &'a Case,
    share: &'a str,
    has_barriers: bool,
    has_related: bool,
) -> Vec<SectionLink<'a>> {
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
    section(true, share, "cb-cite");
    section(has_related, &words.related, "cb-related");
    contents
}
