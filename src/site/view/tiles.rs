//! The regions as tiles on a rough map: the number of cases and places of each, and an invitation to contribute where
//! there are none.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    model::config::{RegionTile, UNITED_KINGDOM},
    site::{
        theme::Html,
        view::{
            map::{shade, steps},
            overview::Overview,
            regions::{RegionCases, regions},
        },
    },
};

/// The regions as tiles.
#[derive(Debug, Serialize)]
pub struct TilesView<'a> {
    /// The tiles, from the top left.
    pub tiles: Vec<TileView<'a>>,
    /// The link to the page on contributing.
    pub call: Option<String>,
    /// The meaning of the shades, from the lightest.
    pub key: Vec<super::map::Shade>,
}

/// A region as a tile.
#[derive(Debug, Serialize)]
pub struct TileView<'a> {
    /// The region.
    pub name: &'a str,
    /// Its column, as the number of a class.
    pub column: u8,
    /// Its row, as the number of a class.
    pub row: u8,
    /// The link to its cases; absent if it has none.
    pub href: Option<String>,
    /// The number of its cases.
    pub count: Option<String>,
    /// The numbers in words: `7 cases from 10 places`.
    pub spoken: String,
    /// The number of its places, in words, if they are too many for one square each.
    pub places: Option<String>,
    /// One small square for each place.
    pub squares: Option<Html>,
    /// Its shade: 0 for a gap, then 1 to 5.
    pub shade: usize,
}

impl<'a> TilesView<'a> {
    /// The names of the regions without a case.
    pub fn empty_regions(&self) -> impl Iterator<Item = &'a str> {
        self.tiles.iter().filter(|tile| tile.count.is_none()).map(|tile| tile.name)
    }
}

/// The tiles of the settings, or the nations and regions of the United Kingdom if most regions that cases name are
/// among them. None if no case is in any of them.
pub fn tiles<'a>(overview: Overview<'a>) -> Option<TilesView<'a>> {
    let regions = regions(overview);
    let grid = grid(overview, &regions);
    let largest = regions.iter().map(|region| region.cases.len()).max()?;
    let steps = steps(largest);
    let mut tiles: Vec<TileView<'_>> = grid.into_iter().map(|place| tile(overview, &regions, &steps, place)).collect();
    tiles.sort_by_key(|tile| (tile.row, tile.column));
    let has_cases = tiles.iter().any(|tile| tile.count.is_some());
    let call = overview.contribute.map(|page| overview.href(&page.address));
    has_cases.then(|| TilesView { tiles, call, key: super::map::key(overview.words(), &steps) })
}

fn grid<'a>(overview: Overview<'a>, regions: &[RegionCases<'_>]) -> Vec<(&'a str, u8, u8)> {
    let own = &overview.common.config.regions;
    if !own.is_empty() {
        return own.iter().map(|RegionTile { name, column, row }| (name.as_str(), *column, *row)).collect();
    }
    let known: BTreeSet<&str> = UNITED_KINGDOM.iter().map(|&(name, ..)| name).collect();
    let among = regions.iter().filter(|region| known.contains(region.name)).count();
    if among > 0 && among * 2 >= regions.len() { UNITED_KINGDOM.to_vec() } else { Vec::new() }
}

fn tile<'a>(
    overview: Overview<'_>,
    regions: &[RegionCases<'_>],
    steps: &[usize],
    (name, column, row): (&'a str, u8, u8),
) -> TileView<'a> {
    /// The most places that are drawn as squares; more are counted.
    const SQUARES: usize = 24;
    let words = overview.words();
    let Some(region) = regions.iter().find(|region| region.name == name) else {
        let (href, count, places, squares) = (None, None, None, None);
        return TileView { name, column, row, href, count, spoken: words.none_yet.clone(), places, squares, shade: 0 };
    };
    let [cases, places] =
        [words.count(&words.cases, region.cases.len()), words.count(&words.from_places, region.places)];
    TileView {
        name,
        column,
        row,
        href: Some(region.href.clone()),
        count: Some(words.number(region.cases.len())),
        spoken: format!("{cases} {places}"),
        squares: (region.places <= SQUARES).then(|| Html::new(&"<i></i>".repeat(region.places))),
        places: (region.places > SQUARES).then(|| words.count(&words.places_counted, region.places)),
        shade: shade(region.cases.len(), steps),
    }
}
