//! The regions of a library with their cases: what the tiles of the places, the bundles of lifelines and the share cards of a large
//! library are made of.

use crate::{
    model::{Address, CaseId},
    site::{gazetteer, plan::region_address, view::overview::Overview},
};

/// A region with its cases.
#[derive(Clone, Debug)]
pub struct RegionCases<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where its cases are listed.
    pub href: String,
    /// Its cases, newest first, each once.
    pub cases: Vec<CaseId>,
    /// How many places its cases name.
    pub places: usize,
}

/// The regions that cases name, by name.
pub fn regions<'a>(all: Overview<'a>) -> Vec<RegionCases<'a>> {
    all.plan.gazetteer.regions.iter().filter_map(|region| self::region(all, region)).collect()
}

fn region<'a>(all: Overview<'a>, of: &'a gazetteer::Region) -> Option<RegionCases<'a>> {
    let name = of.name.as_deref()?;
    let cases = of.cases(all.library);
    let href = match all.plan.has_region_pages {
        true => all.href(&region_address(of)),
        false => format!("{}#cb--{}", all.href(&Address::page(["places"])), of.id),
    };
    Some(RegionCases { name, href, cases, places: of.places.len() })
}
