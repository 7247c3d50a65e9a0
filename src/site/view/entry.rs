//! A case as lists show it: place and years first, then its title, summary and terms.

use serde::Serialize;

use crate::{
    model::{document::Status, library::Case, vocabulary::Vocabulary},
    site::view::{Common, Shared, TaxonomyLink, TermLink, Terms},
};

/// The template for it.
pub const TEMPLATE: &str = "entry.html";

/// A case in a list: `entry.html`.
#[derive(Debug, Serialize)]
pub struct EntryView<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its page.
    pub href: String,
    /// The last part of its address, by which it is chosen for comparing.
    pub slug: &'a str,
    /// Its language, where it differs from the site's.
    pub language: Option<&'a str>,
    /// Its place and years.
    pub docket: Docket<'a>,
    /// Its summary.
    pub summary: &'a str,
    /// Its terms, facet by facet.
    pub terms: Vec<TermLine>,
    /// It is not published yet.
    pub is_draft: bool,
    /// Somebody took it up elsewhere.
    pub is_used_elsewhere: bool,
}

/// The place and years of a case, as they stand in the margin.
#[derive(Debug, Serialize)]
pub struct Docket<'a> {
    /// The first places: two at most.
    pub places: Vec<&'a str>,
    /// `and 3 more`, where there are more places.
    pub more: Option<String>,
    /// The region, where all places lie in one.
    pub region: Option<&'a str>,
    /// `2006–2013`
    pub years: Option<String>,
}

/// The terms of a case that are of one taxonomy.
#[derive(Debug, Serialize)]
pub struct TermLine {
    /// The taxonomy.
    pub taxonomy: Shared<TaxonomyLink>,
    /// The terms, in the order written.
    pub terms: Vec<Shared<TermLink>>,
}

/// A case in a list.
pub fn entry<'a>(common: Common<'_>, terms: Terms<'_>, case: &'a Case) -> EntryView<'a> {
    EntryView {
        title: &case.file.title,
        href: common.href(&case.address),
        slug: &case.file.slug.value,
        language: case.file.language.as_deref(),
        docket: docket(common, case),
        summary: &case.file.summary,
        terms: terms.vocabularies.facets().filter_map(|facet| term_line(terms, case, facet)).collect(),
        is_draft: case.file.status == Status::Draft,
        is_used_elsewhere: !case.file.adopted.is_empty(),
    }
}

/// The place and years of a case.
pub fn docket<'a>(common: Common<'_>, case: &'a Case) -> Docket<'a> {
    const SHOWN: usize = 2;
    let places = &case.file.places;
    let more = places.len().saturating_sub(SHOWN);
    let region = places.first().and_then(|place| place.region.as_deref());
    let period = case.file.period.as_ref();
    Docket {
        places: places.iter().take(SHOWN).map(|place| place.name.as_str()).collect(),
        more: (more > 0).then(|| common.words.count(&common.words.more_places, more)),
        region: region.filter(|_| places.iter().all(|place| place.region.as_deref() == region)),
        years: period.and_then(|period| common.words.years_short(period.from, period.to)),
    }
}

/// The terms of a case that are of one taxonomy, where it has any.
pub fn term_line(terms: Terms<'_>, case: &Case, vocabulary: &Vocabulary) -> Option<TermLine> {
    let links = case.terms_of(vocabulary.key).iter().map(|carried| terms.term(carried.term));
    let links: Vec<_> = links.collect();
    (!links.is_empty()).then(|| TermLine { taxonomy: terms.vocabulary(vocabulary.key), terms: links })
}
