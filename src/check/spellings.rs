//! Places and regions with two spellings, and places with two codes.
//!
//! A reader who looks for Torbay should find all of it. Two names are the same if they differ only in letter case,
//! spaces and hyphens. The spelling of `content/places.yaml` is taken for the right one, or else the one that most
//! cases have. A region or a code that differs from that file is reported too, and a region that differs from its name
//! on the map of regions.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    model::{
        Config, Documents,
        config::UNITED_KINGDOM,
        document::{CaseFile, FrontMatter, Place, Status},
        places_file::{PlaceEntry, PlaceIndex},
        spelling::name_hash,
    },
    problem::{Problem, Spot, Step, message::doubtful as message},
};

/// A place in a case.
#[derive(Clone, Copy)]
struct PlaceOfCase<'a> {
    place: &'a Place,
    is_draft: bool,
    front_matter: &'a FrontMatter,
}

/// A text of a place in a case.
struct PlaceUse<'a> {
    text: &'a str,
    of: PlaceOfCase<'a>,
}

/// A text of a place: its name, region or code.
struct PlaceText {
    /// Its key, if the place is a mapping.
    key: &'static str,
    /// Whether the map of regions has such texts too.
    is_on_map: bool,
    /// Gives the text.
    of: fn(&Place) -> Option<&str>,
    /// Gives the hash of the form by which it is compared.
    known_by: fn(&Place) -> Option<u64>,
    /// The same texts in `content/places.yaml`: pairs of the compared form and the text.
    listed: for<'a> fn(&'a PlaceEntry, &PlaceIndex<'a>) -> Vec<(&'a str, &'a str)>,
    /// Makes the problem of the rarer spelling, if cases are compared with each other.
    problem: Option<fn(&Spot, &str, &str) -> Problem>,
    /// Makes the problem of a spelling that as many cases have as the other, so that neither is certain.
    undecided: fn(&Spot, &str, &str) -> Problem,
    /// Makes the problem of a text that differs from `content/places.yaml`.
    unlisted: fn(&Spot, &str, &str) -> Problem,
}

const KINDS: [PlaceText; 4] = [
    PlaceText {
        key: "name",
        is_on_map: false,
        of: |place| Some(&place.name),
        known_by: |place| Some(place.name_hash),
        listed: |place, _| names(place).map(|name| (name, name)).collect(),
        problem: Some(message::two_spellings),
        undecided: message::two_spellings_as_often,
        unlisted: message::spelt_otherwise_in_list,
    },
    PlaceText {
        key: "region",
        is_on_map: true,
        of: |place| place.region.as_deref(),
        known_by: |place| place.region_hash,
        listed: |place, _| place.region.iter().map(|region| (region.value.as_str(), region.value.as_str())).collect(),
        problem: Some(message::two_spellings),
        undecided: message::two_spellings_as_often,
        unlisted: message::region_spelt_otherwise,
    },
    PlaceText {
        key: "region",
        is_on_map: false,
        of: |place| place.region.as_deref(),
        known_by: |place| Some(place.name_hash),
        listed: |place, list| {
            let region = list.region(&place.name.value);
            region.into_iter().flat_map(|region| names(place).map(move |name| (name, region))).collect()
        },
        problem: None,
        undecided: message::two_spellings_as_often,
        unlisted: |spot, text, listed| message::other_in_list(spot, "region", text, listed),
    },
    PlaceText {
        key: "code",
        is_on_map: false,
        of: |place| place.code.as_deref(),
        known_by: |place| Some(place.name_hash),
        listed: |place, _| place.code.iter().map(|code| (place.name.value.as_str(), code.as_str())).collect(),
        problem: Some(message::two_codes),
        undecided: message::two_codes,
        unlisted: |spot, text, listed| message::other_in_list(spot, "code", text, listed),
    },
];

/// Every name of a place in the list.
fn names(place: &PlaceEntry) -> impl Iterator<Item = &str> {
    [&place.name].into_iter().chain(&place.also).map(|name| name.value.as_str())
}

/// A problem for each place that the list or most cases spell in another way.
pub(super) fn spellings(documents: &Documents) -> Vec<Problem> {
    let places: Vec<PlaceOfCase<'_>> = documents.cases.values().par_iter().flat_map_iter(places_of).collect();
    let mapped = regions_on_map(&documents.config);
    KINDS.iter().flat_map(|kind| of_kind(kind, &places, &documents.places, &mapped)).collect()
}

/// The regions on the map: those of the settings, or those of the United Kingdom in a library of British English.
pub(super) fn regions_on_map(config: &Config) -> Vec<&str> {
    match config.regions.as_slice() {
        [] if config.language == "en-GB" => UNITED_KINGDOM.iter().map(|(name, ..)| *name).collect(),
        own => own.iter().map(|region| region.name.as_str()).collect(),
    }
}

fn places_of(case: &Arc<CaseFile>) -> impl Iterator<Item = PlaceOfCase<'_>> {
    let is_draft = case.status == Status::Draft;
    let places =
        case.front_matter.iter().flat_map(|front_matter| case.places.iter().map(move |place| (front_matter, place)));
    places.map(move |(front_matter, place)| PlaceOfCase { place, is_draft, front_matter })
}

fn of_kind(kind: &PlaceText, places: &[PlaceOfCase<'_>], list: &[PlaceEntry], mapped: &[&str]) -> Vec<Problem> {
    if kind.problem.is_none() && list.is_empty() {
        return Vec::new();
    }
    let index = PlaceIndex::of(list);
    let listed = list.iter().flat_map(|place| (kind.listed)(place, &index));
    // The spelling of the list comes later, so it wins.
    let mapped = mapped.iter().filter(|_| kind.is_on_map).map(|region| (*region, *region));
    let listed = mapped.chain(listed);
    let listed: FxHashMap<u64, &str> = listed.map(|(known_by, text)| (name_hash(known_by), text)).collect();
    let mut texts = listed.clone();
    let mut differing: FxHashSet<u64> = FxHashSet::default();
    for (known_by, place_use) in uses(kind, places) {
        if *texts.entry(known_by).or_insert(place_use.text) != place_use.text {
            differing.insert(known_by);
        }
    }
    if differing.is_empty() {
        return Vec::new();
    }
    let mut uses: Vec<_> = uses(kind, places).filter(|(known_by, _)| differing.contains(known_by)).collect();
    // A stable sort, so that uses of the same place stay in the order of the cases.
    uses.sort_by_key(|&(known_by, _)| known_by);
    let groups = uses.chunk_by(|(a, _), (b, _)| a == b);
    let problems = groups.flat_map(|group| match listed.get(&group[0].0) {
        Some(listed) => differing_from_list(kind, group, listed),
        None => differing_from_majority(kind, group),
    });
    problems.collect()
}

/// All texts of a kind, each with the hash by which it is compared.
fn uses<'a>(kind: &PlaceText, places: &[PlaceOfCase<'a>]) -> impl Iterator<Item = (u64, PlaceUse<'a>)> {
    let PlaceText { of, known_by, .. } = *kind;
    places.iter().filter_map(move |one| Some((known_by(one.place)?, PlaceUse { text: of(one.place)?, of: *one })))
}

/// A problem for each of some uses that differ from the list.
fn differing_from_list(kind: &PlaceText, group: &[(u64, PlaceUse<'_>)], listed: &str) -> Vec<Problem> {
    // A region in another spelling is reported as a spelling, and not as another region.
    let is_reported = |text: &str| kind.problem.is_some() || name_hash(text) != name_hash(listed);
    let others = group.iter().map(|(_, one)| one).filter(|one| one.text != listed && is_reported(one.text));
    others.map(|one| (kind.unlisted)(&spot(kind, one), one.text, listed)).collect()
}

/// A problem for each of some uses that most of them spell in another way. A draft decides only between drafts, since
/// nothing in it is a problem of a published case.
fn differing_from_majority(kind: &PlaceText, group: &[(u64, PlaceUse<'_>)]) -> Vec<Problem> {
    let Some(problem) = kind.problem else { return Vec::new() };
    let group = || group.iter().map(|(_, one)| one);
    let mut counts: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
    for one in group() {
        let (published, all) = counts.entry(one.text).or_default();
        *published += usize::from(!one.of.is_draft);
        *all += 1;
    }
    let begins_well = |text: &str| text.starts_with(char::is_uppercase);
    let rank = |one: &PlaceUse<'_>| (counts[one.text], begins_well(one.text));
    let Some(usual) = group().rev().max_by_key(|one| rank(one)) else {
        return Vec::new();
    };
    let of_other = |one: &PlaceUse<'_>| {
        let problem = if rank(one) == rank(usual) { kind.undecided } else { problem };
        problem(&spot(kind, one), one.text, usual.text)
    };
    group().filter(|one| one.text != usual.text).map(of_other).collect()
}

/// The place of the text in the file. If the place is only a name, it is the whole value.
fn spot(kind: &PlaceText, one: &PlaceUse<'_>) -> Spot {
    let PlaceOfCase { place, front_matter, .. } = one.of;
    let is_mapping = kind.key != "name" || place.code.is_some() || place.region.is_some();
    let key = |name: &str| Step::Key(name.to_owned());
    let inside = is_mapping.then(|| key(kind.key));
    front_matter.value([key("place")].into_iter().chain(place.item.map(Step::Item)).chain(inside))
}
