//! Cases by region and place.
//!
//! Two places are the same if name and region agree. Codes are not compared, since many authors leave them out.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::{
    CaseId, Library,
    address::{slug, sorted_as, unique},
    document::Place,
};

/// The cases of a library by region and place.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    /// The regions, by name; the places without a region come last.
    pub regions: Vec<Region>,
    /// The cases that name no place.
    pub nowhere: Vec<CaseId>,
    ids: BTreeMap<(Option<String>, String), String>,
}

/// A region.
#[derive(Clone, Debug)]
pub struct Region {
    /// Its name; absent for the places that give no region.
    pub name: Option<String>,
    /// An id that no other region has.
    pub id: String,
    /// Its places, by name.
    pub places: Vec<PlaceCases>,
}

/// A place and its cases.
#[derive(Clone, Debug)]
pub struct PlaceCases {
    /// Its name.
    pub name: String,
    /// An id that no other place has.
    pub id: String,
    /// Its cases, newest first.
    pub cases: Vec<CaseId>,
}

/// The key by which names are sorted for readers; those without a name come last.
type NameKey = (bool, String, String);

fn key(name: Option<&str>) -> NameKey {
    let name = name.unwrap_or_default();
    (name.is_empty(), sorted_as(name), name.to_owned())
}

impl Gazetteer {
    /// The gazetteer of a library.
    pub fn of(library: &Library) -> Gazetteer {
        let mut found: FxHashMap<_, (&Place, Vec<CaseId>)> = FxHashMap::default();
        let mut nowhere = Vec::new();
        for case in &library.cases {
            for place in &case.file.places {
                let region = place.region.as_deref().filter(|region| !region.is_empty());
                let (_, cases) = found.entry((region, place.name.as_str())).or_insert_with(|| (place, Vec::new()));
                if cases.last() != Some(&case.id) {
                    cases.push(case.id);
                }
            }
            if case.file.places.is_empty() {
                nowhere.push(case.id);
            }
        }
        let mut found: Vec<_> = found.into_values().collect();
        found.sort_by_cached_key(|(place, _)| (key(place.region.as_deref()), key(Some(&place.name))));
        let mut gazetteer = Gazetteer { nowhere, ..Gazetteer::default() };
        let (mut taken, mut ids) = (BTreeMap::new(), BTreeMap::new());
        for (place, cases) in found {
            let id = unique(&slug(&place.name), &mut taken);
            ids.insert((place.region.clone(), place.name.clone()), id.clone());
            gazetteer.add(place, PlaceCases { name: place.name.clone(), id, cases });
        }
        let mut taken = BTreeMap::new();
        for region in &mut gazetteer.regions {
            region.id = unique(&slug(region.name.as_deref().unwrap_or_default()), &mut taken);
        }
        Gazetteer { ids, ..gazetteer }
    }

    /// The id of a place.
    pub fn id(&self, place: &Place) -> Option<&str> {
        self.ids.get(&(place.region.clone(), place.name.clone())).map(String::as_str)
    }

    fn add(&mut self, place: &Place, listed: PlaceCases) {
        match self.regions.last_mut() {
            Some(region) if region.name == place.region => region.places.push(listed),
            _ => self.regions.push(Region { name: place.region.clone(), id: String::new(), places: vec![listed] }),
        }
    }
}

impl Region {
    /// The cases of its places, newest first, each once.
    pub fn cases(&self, library: &Library) -> Vec<CaseId> {
        let mut cases: Vec<CaseId> = self.places.iter().flat_map(|place| place.cases.iter().copied()).collect();
        cases.sort_unstable_by_key(|&case| library.cases.position(case));
        cases.dedup();
        cases
    }
}
