//! The first page: the editors' words, what is in the library, the newest cases, the ways in.

use serde::Serialize;

use crate::{
    model::{Address, TermId, document::Extra, evidence_map::EvidenceMap, vocabulary::Vocabulary},
    site::{
        abbreviations::{Piece, lede},
        theme::{Html, filled, in_sentence},
        view::{
            Counted, PageHead, Shared, VocabularyLink,
            finder::{FinderView, finder},
            lifelines::{self, LivesView},
            list::counted,
            map::{self, Axes, MapView},
            overview::Overview,
            page::body,
            theme_page::{ThemeLink, all_themes, theme_links},
            tiles::{TilesView, tiles},
            vocabulary::in_tree_order,
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
    /// What the page asks, where the settings say so.
    pub finder: Option<FinderView<'a>>,
    /// The lives of the partnerships, where cases give their first years.
    pub lives: Option<LivesView>,
    /// The regions as tiles.
    pub tiles: Option<TilesView<'a>>,
    /// The link to all places.
    pub all_places: Counted,
    /// The pages that set cases side by side.
    pub themes: Vec<ThemeLink<'a>>,
    /// The page that lists them.
    pub all_themes: Option<String>,
    /// The words of `content/index.md`.
    pub body: Option<Html>,
    /// The evidence map, or the part of it with the most cases, where no lives can be drawn.
    pub map: Option<MapView>,
    /// The page on contributing, where there is one: `content/pages/contribute.md`.
    pub contribute: Option<ContributeLink<'a>>,
    /// The newest cases, as `entry.html` shows each.
    pub newest: Vec<Html>,
    /// The link to all cases.
    pub all_cases: Counted,
    /// Where changes are listed, where the site has such a page.
    pub changes: Option<String>,
    /// The ways in, one for each facet that has a term, where the page asks nothing.
    pub ways: Vec<WayIn>,
    /// `extra` of `content/index.md`.
    pub extra: Option<&'a Extra>,
}

/// The page on contributing.
#[derive(Debug, Serialize)]
pub struct ContributeLink<'a> {
    /// Its title.
    pub text: &'a str,
    /// Where it is.
    pub href: String,
    /// Its summary.
    pub summary: Option<&'a str>,
}

/// A way in: the terms of a vocabulary.
#[derive(Debug, Serialize)]
pub struct WayIn {
    /// The vocabulary.
    pub vocabulary: Shared<VocabularyLink>,
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
pub const NEWEST: usize = 4;

/// What the first page shows beside what the overview has.
#[derive(Debug)]
pub struct HomeParts<'a> {
    /// Where each link in the editors' words leads.
    pub hrefs: &'a [String],
    /// The library's own evidence map.
    pub map: Option<(Axes, &'a EvidenceMap)>,
    /// The newest cases.
    pub newest: Vec<&'a Piece>,
}

/// The first page.
pub fn home<'a>(all: Overview<'a>, parts: &HomeParts<'a>) -> HomeView<'a> {
    let (common, config) = (all.common, all.common.config);
    let home = all.library.home.as_deref();
    let title = home.and_then(|home| home.title.clone()).unwrap_or_else(|| config.title.clone());
    let summary = home.and_then(|home| home.summary.as_deref());
    let written = home.filter(|home| !home.body.html.is_empty());
    let mut spelling = common.abbreviations.page();
    let page = PageHead::new(common, &Address::page([]), title).described(summary.or(config.tagline.as_deref()));
    let (finder, lives) = (finder(all), lifelines::of_library(all));
    let map = parts.map.filter(|(_, map)| map.total > 0 && lives.is_none());
    HomeView {
        page: PageHead { window_title: config.title.clone(), ..page },
        summary: summary.map(lede),
        map: map.map(|(axes, map)| map::view(common, all.terms, map, axes, all.contribute, map::SMALL)),
        ways: if finder.is_some() { Vec::new() } else { ways_in(all) },
        finder,
        lives,
        tiles: tiles(all),
        all_places: all_places(all),
        themes: theme_links(all),
        all_themes: all_themes(all),
        newest: parts.newest.iter().map(|piece| spelling.piece(piece)).collect(),
        body: written.map(|home| spelling.html(&body(common.words, parts.hrefs, &home.body))),
        contribute: all.contribute.map(|page| ContributeLink {
            text: &page.file.title,
            href: all.href(&page.address),
            summary: page.file.summary.as_deref(),
        }),
        all_cases: all_cases(all),
        changes: all.published(&Address::page(["changes"])),
        extra: home.map(|home| &home.extra),
    }
}

fn all_cases(all: Overview<'_>) -> Counted {
    let (words, cases) = (all.words(), all.library.cases.len());
    Counted::new(words, &words.count(&words.see_all_cases, cases), all.href(&Address::page(["cases"])), cases)
}

fn all_places(all: Overview<'_>) -> Counted {
    let words = all.words();
    let places = all.plan.gazetteer.regions.iter().map(|region| region.places.len()).sum();
    Counted::new(words, &words.count(&words.all_places, places), all.href(&Address::page(["places"])), places)
}

fn ways_in(all: Overview<'_>) -> Vec<WayIn> {
    all.library.vocabularies.facets().filter_map(|facet| way_in(all, facet)).collect()
}

/// All terms in their order where they are few; else the most used.
fn way_in(all: Overview<'_>, of: &Vocabulary) -> Option<WayIn> {
    const SHOWN: usize = 12;
    let mut shown: Vec<TermId> = in_tree_order(of).map(|(term, _)| term).collect();
    let count = shown.len();
    if count > SHOWN {
        shown.sort_by_key(|&term| std::cmp::Reverse(all.terms.count(term)));
        shown.truncate(SHOWN);
    }
    let words = all.words();
    (count > 0).then(|| WayIn {
        vocabulary: all.vocabulary(of.key),
        title: filled(&words.by_vocabulary, &[("vocabulary", &in_sentence(&of.label))]),
        question: of.question.clone(),
        terms: shown.into_iter().map(|term| counted(all.common, all.terms, term)).collect(),
        see_all: (count > SHOWN).then(|| words.count(&words.see_all, count)),
    })
}
