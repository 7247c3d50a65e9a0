//! The list of places, `content/places.yaml`: its entries, and what they add to the places of cases.

use std::{collections::HashMap, iter};

use crate::{model::document::Place, problem::Written};

/// A place of `content/places.yaml`.
#[derive(Clone, Debug)]
pub struct PlaceEntry {
    /// Its name, as cases have it.
    pub name: Written<String>,
    /// Other names, and smaller places in it.
    pub also: Vec<Written<String>>,
    /// The nation or region.
    pub region: Option<Written<String>>,
    /// Its official code.
    pub code: Option<String>,
    /// A larger place of the list, by its name.
    pub within: Option<Written<String>>,
}

/// The most places that lie in one another: a village in a parish, a district, a county, a region, a nation, and more.
/// Larger ones are ignored.
const MAX_LEVELS: usize = 32;

/// The places of a list, by each of their names.
#[derive(Debug)]
pub struct PlaceIndex<'a> {
    by_name: HashMap<String, &'a PlaceEntry>,
}

impl<'a> PlaceIndex<'a> {
    /// The index of a list.
    pub fn of(places: &'a [PlaceEntry]) -> PlaceIndex<'a> {
        let mut by_name = HashMap::new();
        // A place's own name takes precedence over the same name among the other names of another place.
        for place in places {
            by_name.insert(place.name.value.to_lowercase(), place);
        }
        for (place, name) in places.iter().flat_map(|place| place.also.iter().map(move |name| (place, name))) {
            by_name.entry(name.value.to_lowercase()).or_insert(place);
        }
        PlaceIndex { by_name }
    }

    /// The place with a name.
    pub fn find(&self, name: &str) -> Option<&'a PlaceEntry> {
        if self.by_name.is_empty() { None } else { self.by_name.get(&name.to_lowercase()).copied() }
    }

    /// The place with a name, and those that it lies in, from the smallest.
    pub fn with_ancestors(&self, name: &str) -> impl Iterator<Item = &'a PlaceEntry> {
        let larger = |place: &&'a PlaceEntry| self.find(&place.within.as_ref()?.value);
        iter::successors(self.find(name), larger).take(MAX_LEVELS)
    }

    /// The region of a place: its own, or that of the larger place that it lies in.
    pub fn region(&self, name: &str) -> Option<&'a str> {
        self.with_ancestors(name).find_map(|place| place.region.as_ref()).map(|region| region.value.as_str())
    }
}

/// The regions and codes of a list, by the names of its places in lower case.
#[derive(Clone, Debug, Default)]
pub struct ListedPlaces {
    regions: HashMap<String, String>,
    codes: HashMap<String, String>,
}

impl ListedPlaces {
    /// The regions and codes of a list.
    pub fn of(places: &[PlaceEntry]) -> ListedPlaces {
        let index = PlaceIndex::of(places);
        let region = |name: &String| Some((name.clone(), index.region(name)?.to_owned()));
        // Another name may be that of a smaller place, which has another code.
        let code = |place: &PlaceEntry| Some((place.name.value.to_lowercase(), place.code.clone()?));
        ListedPlaces {
            regions: index.by_name.keys().filter_map(region).collect(),
            codes: places.iter().filter_map(code).collect(),
        }
    }

    /// The region of a case's place: its own, or else that of the list.
    pub fn region<'a>(&'a self, place: &'a Place) -> Option<&'a str> {
        let own = place.region.as_deref().filter(|region| !region.is_empty());
        own.or_else(|| self.regions.get(&place.name.to_lowercase()).map(String::as_str))
    }

    /// The code of a case's place: its own, or else that of the list, if the case means the same place.
    pub fn code<'a>(&'a self, place: &'a Place) -> Option<&'a str> {
        let name = place.name.to_lowercase();
        let is_same = || self.regions.get(&name).map(String::as_str) == self.region(place);
        place.code.as_deref().or_else(|| self.codes.get(&name).filter(|_| is_same()).map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{FilePath, Spot};

    fn written(text: &str) -> Written<String> {
        Written { value: text.to_owned(), spot: Spot::whole(&FilePath::new("content/places.yaml")) }
    }

    fn place(name: &str, also: &[&str], region: Option<&str>, within: Option<&str>) -> PlaceEntry {
        let also = also.iter().map(|name| written(name)).collect();
        PlaceEntry { name: written(name), also, region: region.map(written), code: None, within: within.map(written) }
    }

    #[test]
    fn a_place_has_the_region_of_the_place_that_it_lies_in() {
        let places = [
            place("Torbay", &["Torquay"], None, Some("Devon")),
            place("Devon", &[], Some("South West"), None),
            place("Nowhere", &[], None, Some("Elsewhere")),
            place("Elsewhere", &[], None, Some("nowhere")),
        ];
        let index = PlaceIndex::of(&places);
        for (name, region) in
            [("Torbay", Some("South West")), ("torquay", Some("South West")), ("Nowhere", None), ("Leeds", None)]
        {
            assert_eq!(index.region(name), region, "{name}");
        }
        let names: Vec<&str> = index.with_ancestors("Torquay").map(|place| place.name.value.as_str()).collect();
        assert_eq!(names, ["Torbay", "Devon"]);
    }
    #[test]
    fn a_place_of_a_case_has_the_region_and_code_of_the_list_unless_it_is_another_place() {
        let coded = PlaceEntry {
            code: Some("E06000027".to_owned()),
            ..place("Torbay", &["Torquay"], Some("South West"), None)
        };
        let listed = ListedPlaces::of(&[coded]);
        let case_place =
            |name: &str, region: Option<&str>| Place::new(name.to_owned(), None, region.map(str::to_owned));
        let found = [("Torbay", None), ("Torquay", None), ("Torbay", Some("Newfoundland")), ("Leeds", None)]
            .map(|(name, region)| case_place(name, region))
            .map(|place| (listed.region(&place).map(str::to_owned), listed.code(&place).map(str::to_owned)));
        let text = |region: Option<&str>, code: Option<&str>| (region.map(str::to_owned), code.map(str::to_owned));
        let expected = [
            text(Some("South West"), Some("E06000027")),
            text(Some("South West"), None),
            text(Some("Newfoundland"), None),
            text(None, None),
        ];
        assert_eq!(found, expected);
    }
}
