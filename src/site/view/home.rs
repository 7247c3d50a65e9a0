//! The home page: the editors' text, an overview of the library, the newest cases, and ways in by vocabulary.

use serde::Serialize;

use crate::{
    model::{
        Address, PageNumber, TermId,
        document::{Extra, HomeFile},
        evidence_map::{EvidenceMap, MapAxes},
        vocabulary::Vocabulary,
    },
    site::{
        abbreviations::{SharedHtml, lede},
        theme::{Html, filled, in_sentence},
        view::{
            Counted, PageHead, Shared, VocabularyLink,
            description::of_list,
            finder::{FinderView, finder},
            lifelines::{self, LivesView},
            list::counted,
            map::{self, MapView},
            overview::Overview,
            page::body,
            theme_page::{ThemeLink, all_themes, theme_links},
            tiles::{TilesView, tiles},
            vocabulary::in_tree_order,
        },
    },
};

/// The home page: `home.html`.
#[derive(Debug, Serialize)]
pub struct HomeView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// The summary of `content/index.md`.
    pub summary: Option<Html>,
    /// The question, if the settings have one.
    pub finder: Option<FinderView<'a>>,
    /// The lifelines, if cases give their first years.
    pub lives: Option<LivesView>,
    /// The regions as tiles.
    pub tiles: Option<TilesView<'a>>,
    /// The link to all places.
    pub all_places: Counted,
    /// The theme pages.
    pub themes: Vec<ThemeLink<'a>>,
    /// The link to the page that lists theme pages.
    pub all_themes: Option<String>,
    /// The body of `content/index.md`.
    pub body: Option<Html>,
    /// The evidence map, or the part of it with the most cases, if no lifelines can be drawn.
    pub map: Option<MapView>,
    /// The page on contributing (`content/pages/contribute.md`), if there is one.
    pub contribute: Option<ContributeLink<'a>>,
    /// The newest cases, as `entry.html` shows each.
    pub newest: Vec<Html>,
    /// The link to all cases.
    pub all_cases: Counted,
    /// The link to the page of changes, if the site has one.
    pub changes: Option<String>,
    /// The ways in by vocabulary, one for each facet with a term, if there is no question.
    pub ways: Vec<WayIn>,
    /// The `extra` of `content/index.md`.
    pub extra: Option<&'a Extra>,
}

/// The page on contributing.
#[derive(Debug, Serialize)]
pub struct ContributeLink<'a> {
    /// Its title.
    pub text: &'a str,
    /// Its address.
    pub href: String,
    /// Its summary.
    pub summary: Option<&'a str>,
}

/// A way into the library, by the terms of one vocabulary.
#[derive(Debug, Serialize)]
pub struct WayIn {
    /// The vocabulary.
    pub vocabulary: Shared<VocabularyLink>,
    /// The heading: `By sector`.
    pub title: String,
    /// The question that the vocabulary answers.
    pub question: Option<String>,
    /// Its terms, or the most used of them, each with the number of its cases.
    pub terms: Vec<Counted>,
    /// `All 40`, if not all terms are listed.
    pub see_all: Option<String>,
}

/// The number of newest cases on the home page.
pub const NEWEST: usize = 4;

/// The parts of a site, beside the overview, that the home page needs.
#[derive(Debug)]
pub struct HomeParts<'a> {
    /// The editors' text.
    pub home: Option<&'a HomeFile>,
    /// The address of each link in the editors' text, in order.
    pub hrefs: &'a [String],
    /// The library's own evidence map.
    pub map: Option<(MapAxes, &'a EvidenceMap)>,
    /// The newest cases.
    pub newest: Vec<&'a SharedHtml>,
}

/// Makes the view of the home page.
pub fn home<'a>(overview: Overview<'a>, parts: &HomeParts<'a>) -> HomeView<'a> {
    let (common, config) = (overview.common, overview.common.config);
    let home = parts.home;
    let title = home.and_then(|home| home.title.clone()).unwrap_or_else(|| config.title.clone());
    let summary = home.and_then(|home| home.summary.as_deref());
    let written = home.filter(|home| !home.body.html.is_empty());
    let mut spelling = common.abbreviations.page();
    let counted = || of_list(common, &common.words.library_described, &title, overview.cases.len(), PageNumber::FIRST);
    let description = summary.or(config.tagline.as_deref()).map_or_else(counted, str::to_owned);
    let page = PageHead::new(common, &Address::page([]), title).described(description);
    let (finder, lives) = (finder(overview), lifelines::of_library(overview));
    let map = parts.map.filter(|(_, map)| map.total > 0 && lives.is_none());
    HomeView {
        page: PageHead { window_title: config.title.clone(), ..page },
        summary: summary.map(lede),
        map: map.map(|(axes, map)| map::view(common, overview.terms, map, axes, overview.contribute, map::SMALL)),
        ways: if finder.is_some() { Vec::new() } else { ways_in(overview) },
        finder,
        lives,
        tiles: tiles(overview),
        all_places: all_places(overview),
        themes: theme_links(overview),
        all_themes: all_themes(overview),
        newest: parts.newest.iter().map(|piece| spelling.shared_html(piece)).collect(),
        body: written.map(|home| spelling.html(&body(common.words, parts.hrefs, &home.body))),
        contribute: overview.contribute.map(|page| ContributeLink {
            text: &page.file.title,
            href: overview.href(&page.address),
            summary: page.file.summary.as_deref(),
        }),
        all_cases: all_cases(overview),
        changes: overview.published(&Address::page(["changes"])),
        extra: home.map(|home| &home.extra),
    }
}

fn all_cases(overview: Overview<'_>) -> Counted {
    let (words, cases) = (overview.words(), overview.cases.len());
    Counted::new(words, &words.count(&words.see_all_cases, cases), overview.href(&Address::page(["cases"])), cases)
}

fn all_places(overview: Overview<'_>) -> Counted {
    let words = overview.words();
    let places = overview.gazetteer.regions.iter().map(|region| region.places.len()).sum();
    Counted::new(words, &words.count(&words.all_places, places), overview.href(&Address::page(["places"])), places)
}

fn ways_in(overview: Overview<'_>) -> Vec<WayIn> {
    overview.terms.vocabularies.facets().filter_map(|facet| way_in(overview, facet)).collect()
}

/// All terms in their order if they are few, otherwise the most used.
fn way_in(overview: Overview<'_>, vocabulary: &Vocabulary) -> Option<WayIn> {
    const SHOWN: usize = 12;
    let mut shown: Vec<TermId> = in_tree_order(vocabulary).map(|(term, _)| term).collect();
    let count = shown.len();
    if count > SHOWN {
        shown.sort_by_key(|&term| std::cmp::Reverse(overview.terms.count(term)));
        shown.truncate(SHOWN);
    }
    let words = overview.words();
    (count > 0).then(|| WayIn {
        vocabulary: overview.vocabulary(vocabulary.id),
        title: filled(&words.by_vocabulary, &[("vocabulary", &in_sentence(&vocabulary.file.label))]),
        question: vocabulary.file.question.clone(),
        terms: shown.into_iter().map(|term| counted(overview.common, overview.terms, term)).collect(),
        see_all: (count > SHOWN).then(|| words.count(&words.see_all, count)),
    })
}
