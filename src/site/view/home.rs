//! The first page: the editors' words, what is in the library, the newest cases, the ways in.

use serde::Serialize;

use crate::{
    model::{Address, CaseId, TermId, document::Extra, vocabulary::Vocabulary},
    problem::Problem,
    site::{
        Site,
        route::Route,
        theme::{Html, filled, in_sentence},
        view::{
            Counted, PageHead, Shared, TaxonomyLink,
            list::counted,
            map::{self, MapView},
            page::body,
            taxonomy::{in_tree_order, used_terms},
        },
    },
};

/// The first page: `home.html`.
#[derive(Debug, Serialize)]
pub struct HomeView<'a> {
    /// The page.
    pub page: PageHead,
    /// The summary of `content/index.md`.
    pub summary: Option<Html>,
    /// The words of `content/index.md`.
    pub body: Option<Html>,
    /// What is in the library, with counts.
    pub holdings: Vec<Counted>,
    /// The evidence map, or the part of it with the most cases, where the library has any.
    pub map: Option<MapView>,
    /// The page on contributing, where there is one: `content/pages/contribute.md`.
    pub contribute: Option<Contribute<'a>>,
    /// The newest cases, as `entry.html` shows each.
    pub newest: Vec<Html>,
    /// The link to all cases.
    pub all_cases: Counted,
    /// The ways in, one for each facet that has a term.
    pub ways: Vec<WayIn>,
    /// `extra` of `content/index.md`.
    pub extra: Option<&'a Extra>,
}

/// The page on contributing.
#[derive(Debug, Serialize)]
pub struct Contribute<'a> {
    /// Its title.
    pub text: &'a str,
    /// Where it is.
    pub href: String,
    /// Its summary.
    pub summary: Option<&'a str>,
}

/// A way in: the terms of a taxonomy.
#[derive(Debug, Serialize)]
pub struct WayIn {
    /// The taxonomy.
    pub taxonomy: Shared<TaxonomyLink>,
    /// `By sector`
    pub title: String,
    /// What it asks of a case.
    pub question: Option<String>,
    /// Its terms, or the most used of them, with how many cases each has.
    pub terms: Vec<Counted>,
    /// `All 40`, where not all terms stand here.
    pub see_all: Option<String>,
}

const NEWEST: usize = 5;

/// The first page.
pub fn home<'a>(site: &'a Site, address: &Address) -> Result<HomeView<'a>, Box<Problem>> {
    let (library, words) = (&site.library, site.words());
    let home = library.home.as_deref();
    let title = home.and_then(|home| home.title.clone()).unwrap_or_else(|| library.config.title.clone());
    let summary = home.and_then(|home| home.summary.as_deref());
    let written = home.filter(|home| !home.body.html.is_empty());
    let mut spelling = site.abbreviations().page();
    let map = library.map.zip(site.map()).filter(|(_, map)| map.total > 0);
    let newest: Vec<CaseId> = library.cases.ids().iter().copied().take(NEWEST).collect();
    let cases = library.cases.len();
    let cases_href = site.href(&Address::page(["cases"]));
    Ok(HomeView {
        page: PageHead::new(site, address, &Route::Home, title)?
            .described(summary.or(library.config.tagline.as_deref())),
        summary: summary.map(|summary| spelling.text(summary)),
        body: written.map(|home| spelling.html(&body(site, &home.path, &home.body))),
        map: map.map(|(axes, map)| map::view(site, map, axes, map::SMALL)),
        contribute: site.page_on("contribute").map(|page| Contribute {
            text: &page.file.title,
            href: site.href(&page.address),
            summary: page.file.summary.as_deref(),
        }),
        holdings: holdings(site),
        newest: site.entries(&newest, address, &mut spelling)?,
        all_cases: Counted::new(words, &words.count(&words.see_all_cases, cases), cases_href, cases),
        ways: library.vocabularies.facets().filter_map(|facet| way_in(site, facet)).collect(),
        extra: home.map(|home| &home.extra),
    })
}

/// Cases, places, and the terms in use of each taxonomy.
fn holdings(site: &Site) -> Vec<Counted> {
    let (library, words) = (&site.library, site.words());
    let places = site.plan.gazetteer.regions.iter().map(|region| region.places.len()).sum();
    let counted = |text: &str, part: &str, count| Counted::new(words, text, site.href(&Address::page([part])), count);
    let mut holdings =
        vec![counted(&words.all_cases, "cases", library.cases.len()), counted(&words.places, "places", places)];
    let vocabularies = library.vocabularies.iter();
    holdings.extend(vocabularies.map(|of| counted(&of.plural, &of.id, used_terms(library, of))));
    let gaps = site.map().map_or(0, map::gaps);
    if gaps > 0 {
        holdings.push(counted(&words.map_gap_count, "map", gaps));
    }
    holdings
}

/// All terms in their order where they are few; else the most used.
fn way_in(site: &Site, of: &Vocabulary) -> Option<WayIn> {
    const SHOWN: usize = 12;
    let carried = &site.library.carried;
    let mut terms: Vec<TermId> = in_tree_order(of).map(|(term, _)| term).collect();
    let all = terms.len();
    if all > SHOWN {
        terms.sort_by_key(|&term| std::cmp::Reverse(carried[term].len()));
        terms.truncate(SHOWN);
    }
    let words = site.words();
    (all > 0).then(|| WayIn {
        taxonomy: site.taxonomy(of.key).clone(),
        title: filled(&words.by_taxonomy, &[("taxonomy", &in_sentence(&of.label))]),
        question: of.question.clone(),
        terms: terms.into_iter().map(|term| counted(site, term)).collect(),
        see_all: (all > SHOWN).then(|| words.count(&words.see_all, all)),
    })
}
