//! The cases by place: regions as tiles, the cases of each region, and an index of all places.
//!
//! In a large library each region has pages of its own, and links to them take the place of the lists of cases; and the
//! index lists the newest cases of a place, with a search for the others.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::{
    model::{Address, CaseId, PageNumber},
    site::{
        gazetteer::{OtherName, PlaceCases, PlaceId, Region, RegionId},
        plan::region_address,
        theme::{Html, filled},
        view::{
            Counted, Link, PageHead,
            description::of_cases as described,
            entry::{place_names, years},
            lifelines::{LivesView, of_region, strip_of},
            list::{ListPage, ListView, list},
            marks::life_in_words,
            overview::Overview,
            tiles::{TilesView, tiles},
        },
    },
};

/// The cases by place: `places.html`.
#[derive(Debug, Serialize)]
pub struct PlacesView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// The number of places, in a sentence.
    pub lead: Option<String>,
    /// The regions as tiles.
    pub tiles: Option<TilesView<'a>>,
    /// The gaps: regions of the tiles without a case, and those with one.
    pub gaps: Vec<GapView>,
    /// The regions with their cases, those with the most cases first.
    pub regions: Vec<RegionView<'a>>,
    /// Links to the regions, if each has pages of its own.
    pub region_links: Vec<Counted>,
    /// Every place and every other name, in alphabetical order.
    pub names: Vec<NameView<'a>>,
    /// The first cases that name no place.
    pub nowhere: Vec<PlaceCase<'a>>,
    /// The link to the others, if there are more.
    pub other_cases: Option<Link>,
}

/// Regions with few cases or none.
#[derive(Debug, Serialize)]
pub struct GapView {
    /// Their names.
    pub names: String,
    /// A sentence on how few cases they have.
    pub sentence: String,
}

/// A region with its cases.
#[derive(Debug, Serialize)]
pub struct RegionView<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its id in the page.
    pub id: String,
    /// The number of its cases.
    pub count: String,
    /// Its cases, by first year.
    pub cases: Vec<PlaceCase<'a>>,
}

/// A case under a region.
#[derive(Debug, Serialize)]
pub struct PlaceCase<'a> {
    /// All its places.
    pub places: String,
    /// The years: `2006–2013`.
    pub years: Option<String>,
    /// Its title.
    pub title: &'a str,
    /// Its page.
    pub href: String,
    /// Its language, where it differs from the site's.
    pub language: Option<&'a str>,
    /// Its lifeline.
    pub strip: Option<Html>,
    /// The lifeline in words.
    pub spoken: String,
}

/// A place in the index, or another name of places.
#[derive(Debug, Serialize)]
pub struct NameView<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its id in the page, if it is a place.
    pub id: Option<&'a str>,
    /// The link to its case, if it has one.
    pub href: Option<String>,
    /// Its cases, if it has several; the places of another name.
    pub cases: Vec<Link>,
    /// A search for the name, if there are more cases than these.
    pub more: Option<Link>,
}

/// A region of a large library: `region.html`.
#[derive(Debug, Serialize)]
pub struct RegionPage {
    /// Title, description and trail.
    pub page: PageHead,
    /// The lifelines of its cases, on the first page only.
    pub lives: Option<LivesView>,
    /// Its cases, newest first.
    pub list: ListView,
}

/// The most cases without a place that are listed; the others are in the list of all cases.
const MAX_NOWHERE: usize = 100;

/// The most cases of a place that are listed in a large library.
const MAX_OF_PLACE: usize = 3;

/// Makes the view of the cases by place.
pub fn places<'a>(overview: Overview<'a>, address: &Address) -> PlacesView<'a> {
    let (gazetteer, words) = (overview.gazetteer, overview.words());
    let is_large = overview.has_region_pages;
    let regions =
        if is_large { Vec::new() } else { gazetteer.regions.iter().map(|each| region(overview, each)).collect() };
    let mut regions: Vec<RegionView<'_>> = regions;
    regions.sort_by_key(|region| std::cmp::Reverse(region.cases.len()));
    let link = |region: &Region| {
        let name = region.name.as_deref().unwrap_or(&words.no_region);
        Counted::new(words, name, overview.href(&region_address(region)), region.cases.len())
    };
    let mut names: Vec<NameView<'_>> = gazetteer.places().map(|(_, place)| self::name(overview, place)).collect();
    let count = names.len();
    names.extend(gazetteer.other_names.iter().map(|other| other_name(overview, other)));
    names.sort_by_cached_key(|place| crate::model::address::sort_key(place.name));
    let tiles = tiles(overview);
    let lead = if count == 0 { None } else { Some(lead(overview, count)) };
    let description = lead
        .clone()
        .unwrap_or_else(|| described(overview.common, &words.places, overview.cases.len(), PageNumber::FIRST));
    PlacesView {
        page: PageHead::new(overview.common, address, words.places.clone()).described(description),
        lead,
        gaps: tiles.as_ref().map(|tiles| gaps(overview, tiles)).unwrap_or_default(),
        tiles,
        regions,
        region_links: if is_large { gazetteer.regions.iter().map(link).collect() } else { Vec::new() },
        names,
        nowhere: gazetteer.nowhere.iter().take(MAX_NOWHERE).map(|&case| place_case(overview, case)).collect(),
        other_cases: (gazetteer.nowhere.len() > MAX_NOWHERE).then(|| Link {
            text: words.count(&words.see_all_cases, overview.cases.len()),
            href: overview.href(&Address::page(["cases"])),
        }),
    }
}

/// Makes the view of a page of a region.
pub fn region_page(overview: Overview<'_>, address: &Address, region: RegionId, shown: &ListPage<'_>) -> RegionPage {
    let region = &overview.gazetteer.regions[region];
    let words = overview.words();
    let cases = &region.cases;
    let title = region.name.clone().unwrap_or_else(|| words.no_region.clone());
    let above = Link { text: words.places.clone(), href: overview.href(&Address::page(["places"])) };
    let description = described(overview.common, &title, cases.len(), shown.number);
    let head = PageHead::new(overview.common, address, title).described(description).under(vec![above]);
    let start = region_address(region);
    RegionPage {
        page: head,
        lives: if shown.number == PageNumber::FIRST { of_region(overview, cases) } else { None },
        list: list(overview.common, &start, shown, &mut overview.common.abbreviations.page()),
    }
}

/// The tiles without a case, and those with one case.
fn gaps(overview: Overview<'_>, tiles: &TilesView<'_>) -> Vec<GapView> {
    let words = overview.words();
    let gap = |sentence: &str, names: Vec<String>| {
        (!names.is_empty()).then(|| GapView { names: words.list(&names), sentence: sentence.to_owned() })
    };
    let named = |cases: Option<&str>| {
        let alike = tiles.tiles.iter().filter(|tile| tile.count.as_deref() == cases);
        alike.map(|tile| tile.name.to_owned()).collect::<Vec<_>>()
    };
    let (none, one) = (named(None), named(Some("1")));
    let one_each = if one.len() == 1 { &words.gaps_one } else { &words.gaps_one_each };
    [gap(&words.gaps_none, none), gap(one_each, one)].into_iter().flatten().collect()
}

fn lead(overview: Overview<'_>, places: usize) -> String {
    let words = overview.words();
    let regions = overview.gazetteer.regions.iter().filter(|region| region.name.is_some()).count();
    let places = words.count(&words.places_counted, places);
    match regions {
        0 => filled(&words.places_lead, &[("places", &places)]),
        _ => {
            let regions = words.count(&words.regions_counted, regions);
            filled(&words.places_lead_regions, &[("places", &places), ("regions", &regions)])
        }
    }
}

fn region<'a>(overview: Overview<'a>, region: &'a Region) -> RegionView<'a> {
    let cases = &region.cases;
    // Cases with a lifeline come first, in the order of the drawings.
    let mut ordered: Vec<CaseId> = overview.lives.among(cases).into_iter().map(|(case, _)| case).collect();
    let others: Vec<CaseId> = cases.iter().copied().filter(|case| !ordered.contains(case)).collect();
    ordered.extend(others);
    RegionView {
        name: region.name.as_deref().unwrap_or(&overview.words().no_region),
        id: region.id_in_page(),
        count: overview.words().number(ordered.len()),
        cases: ordered.into_iter().map(|case| place_case(overview, case)).collect(),
    }
}

fn place_case(overview: Overview<'_>, id: CaseId) -> PlaceCase<'_> {
    let case = &overview.cases[id];
    PlaceCase {
        places: place_names(overview.common, case),
        years: years(overview, case),
        title: &case.file.title,
        href: overview.href(&case.address),
        language: case.file.language.as_deref(),
        strip: strip_of(overview, id),
        spoken: life_in_words(overview, case),
    }
}

fn name<'a>(overview: Overview<'_>, place: &'a PlaceCases) -> NameView<'a> {
    let link = |&case: &CaseId| {
        let case = &overview.cases[case];
        Link { text: case.file.title.clone(), href: overview.href(&case.address) }
    };
    let count = place.cases.len();
    let listed = if overview.has_region_pages { count.min(MAX_OF_PLACE) } else { count };
    let mut cases: Vec<Link> = place.cases[..listed].iter().map(link).collect();
    let href = if count == 1 { cases.pop().map(|case| case.href) } else { None };
    let query = utf8_percent_encode(&place.name, NON_ALPHANUMERIC);
    let more = (count > listed).then(|| Link {
        text: overview.words().count(&overview.words().more_cases, count - listed),
        href: format!("{}?q={query}", overview.href(&Address::page(["search"]))),
    });
    NameView { name: &place.name, id: Some(&place.id), href, cases, more }
}

fn other_name<'a>(overview: Overview<'_>, other: &'a OtherName) -> NameView<'a> {
    NameView { name: &other.name, id: None, href: None, cases: places_of(overview, other, ""), more: None }
}

/// Links to the places of another name. `page` is the address of the page of places.
pub fn places_of(overview: Overview<'_>, other: &OtherName, page: &str) -> Vec<Link> {
    let link = |&place: &PlaceId| {
        let PlaceCases { name, id, .. } = overview.gazetteer.place(place);
        Link { text: name.clone(), href: format!("{page}#{id}") }
    };
    other.places.iter().map(link).collect()
}
