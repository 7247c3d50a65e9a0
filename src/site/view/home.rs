//! The first page: the editors' words, what is in the library, the newest cases, the ways in.

use serde::Serialize;

use crate::{
    model::{
        Address, TermId,
        document::{Extra, HomeFile},
        evidence_map::EvidenceMap,
        library::Page,
        vocabulary::Vocabulary,
    },
    site::{
        abbreviations::Piece,
        theme::{Html, filled, in_sentence},
        view::{
            Common, Counted, PageHead, Shared, TaxonomyLink, Terms,
            list::counted,
            map::{self, Axes, MapView},
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

/// How many of the newest cases it shows.
pub const NEWEST: usize = 5;

/// What the first page is made of.
#[derive(Debug)]
pub struct HomeParts<'a> {
    /// The editors' words.
    pub file: Option<&'a HomeFile>,
    /// Where each link in them leads.
    pub hrefs: &'a [String],
    /// The library's own evidence map.
    pub map: Option<(Axes, &'a EvidenceMap)>,
    /// The page on contributing.
    pub contribute: Option<&'a Page>,
    /// The newest cases.
    pub newest: Vec<&'a Piece>,
    /// How many cases there are.
    pub cases: usize,
    /// How many places they name.
    pub places: usize,
}

/// The first page.
pub fn home<'a>(common: Common<'_>, terms: Terms<'_>, parts: &HomeParts<'a>) -> HomeView<'a> {
    let (config, words, home) = (common.config, common.words, parts.file);
    let title = home.and_then(|home| home.title.clone()).unwrap_or_else(|| config.title.clone());
    let summary = home.and_then(|home| home.summary.as_deref());
    let written = home.filter(|home| !home.body.html.is_empty());
    let mut spelling = common.abbreviations.page();
    let map = parts.map.filter(|(_, map)| map.total > 0);
    let cases_href = common.href(&Address::page(["cases"]));
    let page = PageHead::new(common, &Address::page([]), title).described(summary.or(config.tagline.as_deref()));
    HomeView {
        page: PageHead { window_title: config.title.clone(), ..page },
        summary: summary.map(|summary| spelling.text(summary)),
        body: written.map(|home| spelling.html(&body(words, parts.hrefs, &home.body))),
        map: map.map(|(axes, map)| map::view(common, terms, map, axes, parts.contribute, map::SMALL)),
        contribute: parts.contribute.map(|page| Contribute {
            text: &page.file.title,
            href: common.href(&page.address),
            summary: page.file.summary.as_deref(),
        }),
        holdings: holdings(common, terms, parts),
        newest: parts.newest.iter().map(|piece| spelling.piece(piece)).collect(),
        all_cases: Counted::new(words, &words.count(&words.see_all_cases, parts.cases), cases_href, parts.cases),
        ways: terms.vocabularies.facets().filter_map(|facet| way_in(common, terms, facet)).collect(),
        extra: home.map(|home| &home.extra),
    }
}

/// Cases, places, and the terms in use of each vocabulary.
fn holdings(common: Common<'_>, terms: Terms<'_>, parts: &HomeParts<'_>) -> Vec<Counted> {
    let words = common.words;
    let counted = |text: &str, part: &str, count| Counted::new(words, text, common.href(&Address::page([part])), count);
    let mut holdings =
        vec![counted(&words.all_cases, "cases", parts.cases), counted(&words.places, "places", parts.places)];
    let vocabularies = terms.vocabularies.iter();
    holdings.extend(vocabularies.map(|of| counted(&of.plural, &of.id, used_terms(terms, of))));
    let gaps = parts.map.map_or(0, |(_, map)| map::gaps(map));
    if gaps > 0 {
        holdings.push(counted(&words.map_gap_count, "map", gaps));
    }
    holdings
}

/// All terms in their order where they are few; else the most used.
fn way_in(common: Common<'_>, terms: Terms<'_>, of: &Vocabulary) -> Option<WayIn> {
    const SHOWN: usize = 12;
    let mut shown: Vec<TermId> = in_tree_order(of).map(|(term, _)| term).collect();
    let all = shown.len();
    if all > SHOWN {
        shown.sort_by_key(|&term| std::cmp::Reverse(terms.count(term)));
        shown.truncate(SHOWN);
    }
    let words = common.words;
    (all > 0).then(|| WayIn {
        taxonomy: terms.vocabulary(of.key),
        title: filled(&words.by_taxonomy, &[("taxonomy", &in_sentence(&of.label))]),
        question: of.question.clone(),
        terms: shown.into_iter().map(|term| counted(common, terms, term)).collect(),
        see_all: (all > SHOWN).then(|| words.count(&words.see_all, all)),
    })
}
