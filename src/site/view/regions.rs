//! The regions of a library with their cases, for the tiles, the bundles of lifelines, and the share cards of a large
//! library.

use crate::{
    model::{Address, CaseId},
    site::{gazetteer, plan::region_address, view::overview::Overview},
};

/// A region with its cases.
#[derive(Clone, Debug)]
pub struct RegionCases<'a> {
    /// Its name.
    pub name: &'a str,
    /// The link to its cases.
    pub href: String,
    /// Its cases, newest first, each once.
    pub cases: &'a [CaseId],
    /// The number of different places.
    pub places: usize,
}

/// The regions that cases name, in order of their names.
pub fn regions<'a>(overview: Overview<'a>) -> Vec<RegionCases<'a>> {
    overview.gazetteer.regions.iter().filter_map(|region| self::region(overview, region)).collect()
}

fn region<'a>(overview: Overview<'a>, region: &'a gazetteer::Region) -> Option<RegionCases<'a>> {
    let name = region.name.as_deref()?;
    let cases = &region.cases;
    let href = match overview.has_region_pages {
        true => overview.href(&region_address(region)),
        false => format!("{}#{}", overview.href(&Address::page(["places"])), region.id_in_page()),
    };
    Some(RegionCases { name, href, cases, places: region.places.len() })
}
