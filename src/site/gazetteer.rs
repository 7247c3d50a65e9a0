//! Cases by region and place.
//!
//! Two places are the same if name and region agree. Codes are not compared, since many authors leave them out. Where a
//! case gives no region, that of `content/places.yaml` counts; and a place that a case names has the cases of the
//! smaller places that lie in it by that list, too. The other names of the list lead to the places that have cases.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::{
    CaseId, Library,
    address::{own_slug, slug, sort_key, unique},
    document::Place,
    ids::{Id, IdMap, ids},
    places_file::{PlaceEntry, PlaceIndex},
};

ids! {
    /// A region of a gazetteer.
    RegionId;
    /// Another name in a gazetteer.
    OtherNameId;
}

/// A place of a gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlaceId {
    region: RegionId,
    /// Its position among the places of the region.
    position: usize,
}

/// The cases of a library by region and place.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    /// The regions, by name; the places without a region come last.
    pub regions: IdMap<RegionId, Region>,
    /// The other names of places with cases, which no place has as its own.
    pub other_names: IdMap<OtherNameId, OtherName>,
    /// The cases that name no place.
    pub nowhere: Vec<CaseId>,
    ids: BTreeMap<(Option<String>, String), String>,
    /// The region of each listed place that a case names without one, by that name.
    listed: BTreeMap<String, String>,
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
    /// The cases of its places, newest first, each once.
    pub cases: Vec<CaseId>,
}

impl Region {
    /// Its id in the page of places, which no part of the page has.
    pub fn id_in_page(&self) -> String {
        format!("cb-region-{}", self.id)
    }
}

/// A place and its cases.
#[derive(Clone, Debug)]
pub struct PlaceCases {
    /// Its name.
    pub name: String,
    /// Its id in the page of places, which no other place and no part of the page has.
    pub id: String,
    /// Its cases, newest first.
    pub cases: Vec<CaseId>,
}

/// Another name of places.
#[derive(Clone, Debug)]
pub struct OtherName {
    /// The name.
    pub name: String,
    /// The places.
    pub places: Vec<PlaceId>,
}

/// The key by which names are sorted for readers; those without a name come last.
type NameKey = (bool, String, String);

fn key(name: Option<&str>) -> NameKey {
    let name = name.unwrap_or_default();
    (name.is_empty(), sort_key(name), name.to_owned())
}

impl Gazetteer {
    /// The gazetteer of a library.
    pub fn of(library: &Library) -> Gazetteer {
        let places = PlaceIndex::of(&library.places);
        let mut found: FxHashMap<(Option<&str>, &str), Vec<CaseId>> = FxHashMap::default();
        let (mut nowhere, mut listed) = (Vec::new(), BTreeMap::new());
        for case in &library.cases {
            for place in &case.file.places {
                let own = place.region.as_deref().filter(|region| !region.is_empty());
                let region = own.or_else(|| places.region(&place.name));
                if let (None, Some(region)) = (own, region) {
                    listed.insert(place.name.clone(), region.to_owned());
                }
                found.entry((region, place.name.as_str())).or_default().push(case.id);
            }
            if case.file.places.is_empty() {
                nowhere.push(case.id);
            }
        }
        add_smaller(&mut found, &places);
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort_by_cached_key(|((region, name), _)| (key(*region), key(Some(name))));
        let mut regions: Vec<Region> = Vec::new();
        let (mut taken, mut ids) = (BTreeMap::new(), BTreeMap::new());
        for ((region, name), mut cases) in found {
            let id = unique(&format!("cb-place-{}", slug(name)), &mut taken);
            ids.insert((region.map(str::to_owned), name.to_owned()), id.clone());
            cases.sort_unstable_by_key(|&case| library.cases.position(case));
            cases.dedup();
            add(&mut regions, region, PlaceCases { name: name.to_owned(), id, cases });
        }
        let mut taken = BTreeMap::new();
        for region in &mut regions {
            region.id = unique(&region_slug(region.name.as_deref()), &mut taken);
            region.cases = newest_first(library, region.places.iter().flat_map(|place| &place.cases));
        }
        let regions: IdMap<RegionId, Region> = by_position(regions);
        let other_names = by_position(other_names(&regions, &library.places));
        Gazetteer { regions, other_names, nowhere, ids, listed }
    }

    /// The places, by region.
    pub fn places(&self) -> impl Iterator<Item = (PlaceId, &PlaceCases)> {
        self.regions.entries().flat_map(|(id, region)| places_of(id, region))
    }

    /// A place.
    pub fn place(&self, PlaceId { region, position }: PlaceId) -> &PlaceCases {
        &self.regions[region].places[position]
    }

    /// The id of a place in the page of places.
    pub fn id(&self, place: &Place) -> Option<&str> {
        let own = place.region.clone().filter(|region| !region.is_empty());
        let region = own.or_else(|| self.listed.get(&place.name).cloned());
        self.ids.get(&(region, place.name.clone())).map(String::as_str)
    }
}

/// These things by ids of their positions.
fn by_position<I: Id, T>(things: Vec<T>) -> IdMap<I, T> {
    things.into_iter().enumerate().map(|(position, thing)| (I::at(position), thing)).collect()
}

fn places_of(id: RegionId, region: &Region) -> impl Iterator<Item = (PlaceId, &PlaceCases)> {
    region.places.iter().enumerate().map(move |(position, place)| (PlaceId { region: id, position }, place))
}

/// The other names that a list gives to places with cases.
fn other_names(regions: &IdMap<RegionId, Region>, list: &[PlaceEntry]) -> Vec<OtherName> {
    let mut own: FxHashMap<String, Vec<PlaceId>> = FxHashMap::default();
    if !list.is_empty() {
        for (id, place) in regions.entries().flat_map(|(id, region)| places_of(id, region)) {
            own.entry(place.name.to_lowercase()).or_default().push(id);
        }
    }
    let mut names: BTreeMap<&str, Vec<PlaceId>> = BTreeMap::new();
    for entry in list {
        let Some(places) = own.get(&entry.name.value.to_lowercase()) else { continue };
        for name in entry.also.iter().filter(|name| !own.contains_key(&name.value.to_lowercase())) {
            names.entry(&name.value).or_default().extend(places);
        }
    }
    names.into_iter().map(|(name, places)| OtherName { name: name.to_owned(), places }).collect()
}

/// The wished id of a region, which becomes a part of an address.
fn region_slug(name: Option<&str>) -> String {
    match name {
        Some(name) => own_slug(name).unwrap_or_else(|| "region".to_owned()),
        None => "not-given".to_owned(),
    }
}

/// Adds a place to its region: the last one, or a new one.
fn add(regions: &mut Vec<Region>, region: Option<&str>, place: PlaceCases) {
    match regions.last_mut() {
        Some(last) if last.name.as_deref() == region => last.places.push(place),
        _ => regions.push(Region {
            name: region.map(str::to_owned),
            id: String::new(),
            places: vec![place],
            cases: Vec::new(),
        }),
    }
}

/// Adds to each place that cases name the cases of the smaller places that lie in it.
fn add_smaller<'a>(found: &mut FxHashMap<(Option<&'a str>, &'a str), Vec<CaseId>>, places: &PlaceIndex<'a>) {
    let mut added = Vec::new();
    for (&(_, name), cases) in found.iter() {
        for larger in places.with_ancestors(name).skip(1) {
            let larger = larger.name.value.as_str();
            added.push(((places.region(larger), larger), cases.clone()));
        }
    }
    for (place, cases) in added {
        if let Some(own) = found.get_mut(&place) {
            own.extend(cases);
        }
    }
}

/// These cases, newest first, each once.
fn newest_first<'a>(library: &Library, cases: impl Iterator<Item = &'a CaseId>) -> Vec<CaseId> {
    let mut is_among = vec![false; library.cases.len()];
    for position in cases.filter_map(|&case| library.cases.position(case)) {
        is_among[position] = true;
    }
    library.cases.ids().iter().zip(is_among).filter_map(|(&case, is_among)| is_among.then_some(case)).collect()
}
