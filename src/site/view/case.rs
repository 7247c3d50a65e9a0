//! A case: its words, its facts, what got in the way, and what its facts rest on.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::{
    export::{json_ld, tags::tags},
    model::{
        Address, Library,
        document::{Extra, Status},
        library::{Case, Page},
        numbering::Numbering,
        related::Relation,
    },
    site::{
        abbreviations::Spelling,
        gazetteer::Gazetteer,
        links::Picture,
        theme::{Html, Words, filled},
        view::{
            Common, Dated, PageHead, PictureView, Shared, TermLink, Terms,
            afterwards::{AdoptedView, CorrectionView, adopted, corrections},
            citations::citation,
            cite::{Cite, cite},
            entry::{Docket, docket},
            facts::{Facts, facts, mailto},
            page::cited_body,
            related::{RelatedView, related},
            sources::{SourceView, sources},
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
    pub contents: Vec<Section<'a>>,
    /// Its words.
    pub body: Html,
    /// What got in the way and what they did about it.
    pub barriers: Vec<Barrier>,
    /// What others can take from it, in one sentence.
    pub lesson: Option<Html>,
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
    /// Where to compare it with others.
    pub compare: String,
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
pub struct Section<'a> {
    /// Its heading.
    pub text: &'a str,
    /// Its id.
    pub id: &'a str,
}

/// A term with what happened.
#[derive(Debug, Serialize)]
pub struct Barrier {
    /// The term.
    pub term: Shared<TermLink>,
    /// What got in the way.
    pub what: Option<Html>,
    /// What they did about it.
    pub response: Option<Html>,
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
    /// The ids of places on their page.
    pub gazetteer: &'a Gazetteer,
    /// The cases that have most in common with it.
    pub relations: Vec<Relation>,
    /// The page that says how to weigh sources.
    pub weigh_sources: Option<&'a Page>,
}

/// A case.
pub fn case<'a>(common: Common<'a>, terms: Terms<'a>, case: &'a Case, parts: &CaseParts<'a>) -> CaseView<'a> {
    let (file, words) = (&case.file, common.words);
    let mut spelling = common.abbreviations.page();
    // In the order in which they are read, so that the first use is the one spelled out.
    let summary = spelling.text(&file.summary);
    let facts = facts(common, terms, parts.gazetteer, case, &mut spelling);
    let lesson = file.lesson.as_deref().map(|lesson| spelling.text(lesson));
    let numbering = Numbering::of(file);
    let cited = |n: usize| citation(words, &file.body.citations[n], &numbering.citations[n]);
    let body = spelling.html(&cited_body(words, parts.hrefs, &file.body, cited));
    let barriers = barriers(terms, case, &mut spelling);
    let adopted = adopted(words, terms, case, &numbering, &mut spelling);
    let (sources, uncited) = sources(words, case, &numbering, parts.source_files);
    let related = related(common, terms, &parts.library.cases, &parts.relations, &mut spelling);
    let page = PageHead::new(common, &case.address, file.title.clone());
    let picture = parts.image.and_then(|image| common.in_full(&image.href));
    let above =
        [(common.config.title.as_str(), Address::page([])), (words.all_cases.as_str(), Address::page(["cases"]))];
    let page =
        page.described(Some(&file.summary)).linked(&json_ld::case(parts.library, case, picture.as_deref(), &above));
    let page = PageHead { kind: "article", picture: picture.or(page.picture), ..page };
    CaseView {
        page,
        language: file.language.as_deref(),
        is_draft: file.status == Status::Draft,
        summary,
        docket: docket(common, case),
        image: image(parts.image, case),
        facts,
        contents: contents(words, case, !barriers.is_empty(), !related.is_empty()),
        lesson,
        corrections: corrections(words, case),
        adopted,
        body,
        barriers,
        sources,
        uncited,
        sources_by_kind: words.sources_by_kind(file.sources.iter().map(|source| source.kind)),
        weigh_sources: parts.weigh_sources.map(|page| common.href(&page.address)),
        related,
        compare: format!("{}?case={}", common.href(&Address::page(["compare"])), in_query(&file.slug.value)),
        report: report(common, case),
        own_address: common.full_address(&case.address),
        cite: cite(words, parts.library, case),
        tags: tags(parts.library, case).into_iter().map(|(name, content)| TagView { name, content }).collect(),
        extra: &file.extra,
    }
}

/// A case that was taken back. Nothing else of the case is in the view.
pub fn withdrawn<'a>(common: Common<'_>, case: &'a Case) -> WithdrawnView<'a> {
    let file = &case.file;
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

fn in_query(text: &str) -> String {
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(text, KEPT).to_string()
}

/// The headings of the body's top level, and the sections that follow it.
fn contents<'a>(words: &'a Words, case: &'a Case, has_barriers: bool, has_related: bool) -> Vec<Section<'a>> {
    let headings = case.file.body.outline.iter().filter(|heading| heading.level == 2);
    let mut contents: Vec<_> = headings.map(|heading| Section { text: &heading.text, id: &heading.id }).collect();
    let mut section = |is_there: bool, text: &'a str, id: &'a str| {
        contents.extend(is_there.then_some(Section { text, id }));
    };
    section(has_barriers, &words.barriers, "cb-barriers");
    section(!case.file.adopted.is_empty(), &words.adopted, "cb-adopted");
    section(!case.file.sources.is_empty(), &words.sources, "cb-sources");
    let corrections = case.file.corrections.len();
    section(corrections > 0, words.corrections.of(corrections), "cb-corrections");
    section(true, &words.cite, "cb-cite");
    section(has_related, &words.related, "cb-related");
    contents
}

/// The terms of which the case says what happened.
fn barriers(terms: Terms<'_>, case: &Case, spelling: &mut Spelling<'_>) -> Vec<Barrier> {
    let uses = case.terms.iter();
    uses.filter(|use_| use_.what.is_some() || use_.response.is_some())
        .map(|use_| Barrier {
            term: terms.term(use_.term),
            what: use_.what.as_deref().map(|what| spelling.text(what)),
            response: use_.response.as_deref().map(|response| spelling.text(response)),
        })
        .collect()
}
