//! A case as lists show it: place and years first, then its title, summary and terms.

use serde::Serialize;

use crate::{
    model::{CaseId, document::Status, library::Case, vocabulary::Vocabulary},
    site::{
        Site,
        view::{Shared, TaxonomyLink, TermLink},
    },
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
pub fn entry(site: &Site, case: CaseId) -> EntryView<'_> {
    let case = &site.library.cases[case];
    EntryView {
        title: &case.file.title,
        href: site.href(&case.address),
        slug: &case.file.slug.value,
        language: case.file.language.as_deref(),
        docket: docket(site, case),
        summary: &case.file.summary,
        terms: site.library.vocabularies.facets().filter_map(|facet| term_line(site, case, facet)).collect(),
        is_draft: case.file.status == Status::Draft,
        is_used_elsewhere: !case.file.adopted.is_empty(),
    }
}

/// The place and years of a case.
pub fn docket<'a>(site: &Site, case: &'a Case) -> Docket<'a> {
    const SHOWN: usize = 2;
    let places = &case.file.places;
    let more = places.len().saturating_sub(SHOWN);
    let region = places.first().and_then(|place| place.region.as_deref());
    let period = case.file.period.as_ref();
    Docket {
        places: places.iter().take(SHOWN).map(|place| place.name.as_str()).collect(),
        more: (more > 0).then(|| site.words().count(&site.words().more_places, more)),
        region: region.filter(|_| places.iter().all(|place| place.region.as_deref() == region)),
        years: period.and_then(|period| site.words().years_short(period.from, period.to)),
    }
}

/// The terms of a case that are of one taxonomy, where it has any.
pub fn term_line(site: &Site, case: &Case, vocabulary: &Vocabulary) -> Option<TermLine> {
    let terms = case.terms_of(vocabulary.key).iter().map(|carried| site.term(carried.term).clone());
    let terms: Vec<_> = terms.collect();
    (!terms.is_empty()).then(|| TermLine { taxonomy: site.taxonomy(vocabulary.key).clone(), terms })
}
