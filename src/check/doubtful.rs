//! Values that are probably mistakes: days and years far away, and titles that occur twice.
//!
//! Takes the documents and the day of the build; gives warnings. Spellings that differ between files are in
//! [`super::spellings`].

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::spellings::regions_on_map;
use crate::{
    model::{
        Config, Documents,
        copies::looks_like_copy,
        document::{CaseFile, GlossaryEntry, PartialDate, Period, Place, Source, Status},
        own_field::FieldValue,
    },
    problem::{FilePath, Problem, Spot, SpotPart, Step, message::doubtful as message},
};

/// The earliest year that a case study can be about.
const FIRST_YEAR: i16 = 1800;
/// The most cases of one title among which the original of a copy is searched.
const MAX_ORIGINALS: usize = 50;
/// Years further in the future are typing errors.
const YEARS_AHEAD: i16 = 10;

/// Nations and regions of the United Kingdom in which the whole of one may be the place of a case.
const ALSO_PLACES: [&str; 5] = ["London", "Northern Ireland", "Scotland", "Wales", "West Midlands"];

/// The regions of the library that are hardly the place of a case. All that a library sets itself are.
pub(super) fn regions_that_are_no_places(config: &Config) -> Vec<&str> {
    let mut regions = regions_on_map(config);
    if config.regions.is_empty() {
        regions.retain(|region| !ALSO_PLACES.contains(region));
    }
    regions
}

/// Adds a problem for each doubtful day of a case, and for a region of `regions` among its places.
pub(super) fn of_case(case: &CaseFile, day: Date, regions: &[&str], problems: &mut Vec<Problem>) {
    let Some(front_matter) = &case.front_matter else { return };
    // A day of publication ahead is reported as such, however far away it is.
    let waits_until = case.date.filter(|date| *date > day && case.status != Status::Draft);
    let is_reported = |place: YearPlace<'_>| waits_until.is_some() && matches!(place, YearPlace::Key("date"));
    for (place, year) in years(case).filter(|&(place, _)| !is_reported(place)) {
        problems.extend(far_year(year, day, || front_matter.value(place.steps())));
    }
    problems.extend(case.period.as_ref().and_then(unreported_year).map(|(end, year, reported)| {
        message::unreported_year(&front_matter.value([key("period"), key(end)]), end, year, reported)
    }));
    for corrected in &case.corrections {
        problems.extend(far_year(corrected.date.year(), day, || corrected.date_spot.clone()));
    }
    problems.extend(waits_until.map(|date| {
        message::future_date(&front_matter.value([key("date")]), &case.title, date, is_far(date.year(), day))
    }));
    let spot = |place: &Place| front_matter.value([key("place")].into_iter().chain(place.item.map(Step::Item)));
    let region = region_among_places(&case.places, regions);
    problems
        .extend(region.map(|(place, region)| message::region_among_places(&spot(region), &place.name, &region.name)));
}

/// The place and the region, if a list of two names a place and the region that it is in.
fn region_among_places<'a>(places: &'a [Place], regions: &[&str]) -> Option<(&'a Place, &'a Place)> {
    let [first, second] = places else { return None };
    let is_region = |place: &Place| place.region.is_none() && regions.contains(&place.name.as_str());
    match (is_region(first), is_region(second)) {
        (false, true) => Some((first, second)),
        (true, false) => Some((second, first)),
        _ => None,
    }
}

/// The problems of the years in the settings and in the glossary.
pub(super) fn years_of_library(documents: &Documents, day: Date) -> Vec<Problem> {
    let events = documents.config.events.iter().filter_map(|event| far_year(event.year, day, || event.spot.clone()));
    let of_entry = |entry: &GlossaryEntry| {
        let problem = |(key, year)| far_year(year?, day, || entry.term.spot.beside(key));
        [("from", entry.from), ("to", entry.to)].map(problem)
    };
    events.chain(documents.glossary.iter().flat_map(of_entry).flatten()).collect()
}

/// The year of an end or of a change of form that is later than the year to which the sources are said to follow the
/// partnership: its key, the year, and the year of the sources.
fn unreported_year(period: &Period) -> Option<(&'static str, i16, i16)> {
    // A year before the first is an error, and has been reported.
    let reported = period.reported.filter(|reported| period.from.is_none_or(|from| from <= *reported))?;
    let ends = [("to", period.to), ("changed", period.changed)];
    ends.into_iter().find_map(|(end, year)| Some((end, year.filter(|year| *year > reported)?, reported)))
}

/// Is this year so far away that it is probably a typing error?
pub(super) fn is_far(year: i16, day: Date) -> bool {
    year < FIRST_YEAR || year > day.year() + YEARS_AHEAD
}

fn far_year(year: i16, day: Date, spot: impl FnOnce() -> Spot) -> Option<Problem> {
    is_far(year, day).then(|| message::far_year(&spot(), year, day.year() + YEARS_AHEAD))
}

/// The place of a year in front matter.
#[derive(Clone, Copy)]
enum YearPlace<'a> {
    /// In the date under this key.
    Key(&'a str),
    /// In `period`, under this key.
    Period(&'static str),
    /// In the date under this key of the source that is this item of the list, or the only one.
    Source(Option<usize>, &'static str),
    /// In the day of the withdrawal.
    Withdrawn,
    /// In the entry of `adopted` that is this item of the list, or the only one.
    Adopted(Option<usize>),
}

impl YearPlace<'_> {
    /// The path from the top of the front matter.
    fn steps(self) -> Vec<Step> {
        match self {
            YearPlace::Key(name) => vec![key(name)],
            YearPlace::Period(end) => vec![key("period"), key(end)],
            YearPlace::Adopted(item) => in_list("adopted", item, "from"),
            YearPlace::Source(item, name) => in_list("sources", item, name),
            YearPlace::Withdrawn => vec![key("withdrawn"), key("date")],
        }
    }
}

/// The path to the value of a key in an item of a list, or in the only entry.
fn in_list(list: &str, item: Option<usize>, name: &str) -> Vec<Step> {
    [key(list)].into_iter().chain(item.map(Step::Item)).chain([key(name)]).collect()
}

/// Every year of a case, with its place in the file.
fn years(case: &CaseFile) -> impl Iterator<Item = (YearPlace<'_>, i16)> {
    let review_by = case.review_by.as_ref().map(|day| day.value);
    let days = [("date", case.date), ("updated", case.updated), ("reviewed", case.reviewed), ("review_by", review_by)];
    let days = days.into_iter().filter_map(|(name, date)| Some((YearPlace::Key(name), date?.year())));
    let ends = |period: &Period| {
        [("from", period.from), ("to", period.to), ("changed", period.changed), ("reported", period.reported)]
    };
    let ends = case.period.iter().flat_map(ends);
    let ends = ends.filter_map(|(end, year)| Some((YearPlace::Period(end), year?)));
    let of_source = |source: &Source| {
        let years = [("date", source.date.map(PartialDate::year)), ("accessed", source.accessed.map(Date::year))];
        let item = source.item;
        years.into_iter().filter_map(move |(name, year)| Some((YearPlace::Source(item, name), year?)))
    };
    let withdrawn =
        case.withdrawn.iter().filter_map(|withdrawal| Some((YearPlace::Withdrawn, withdrawal.date?.year())));
    let own = case.own_fields.iter().filter_map(|(name, value)| match value {
        FieldValue::Date(date) => Some((YearPlace::Key(name), date.year())),
        _ => None,
    });
    let adopted = case.adopted.iter().filter_map(|one| Some((YearPlace::Adopted(one.item), one.from?)));
    days.chain(ends).chain(adopted).chain(withdrawn).chain(own).chain(case.sources.iter().flat_map(of_source))
}

fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}

/// Reports equal titles, and files that are named like copies.
pub(super) fn titles_twice(documents: &Documents) -> Vec<Problem> {
    let cases = documents.cases.values();
    let titled = cases.par_iter().filter(|case| case.has_title && case.status != Status::Withdrawn);
    let mut by_title: Vec<(u64, &CaseFile)> = titled.map(|case| (case.title_hash, &**case)).collect();
    by_title.sort_unstable_by_key(|&(title, _)| title);
    let mut problems = Vec::new();
    let mut reported = FxHashSet::default();
    for same in by_title.chunk_by_mut(|(a, _), (b, _)| a == b).filter(|same| same.len() > 1) {
        // A draft is a copy of a published case, never the other way round.
        same.sort_by_key(|(_, case)| (case.status == Status::Draft, looks_like_copy(&case.path), &case.path));
        let (_, first) = same[0];
        let originals: Vec<(String, &CaseFile)> = same
            .iter()
            .map(|(_, case)| *case)
            .take_while(|case| !looks_like_copy(&case.path))
            .take(MAX_ORIGINALS)
            .map(|case| (case.path.stem().to_lowercase(), case))
            .collect();
        for (_, other) in &same[1..] {
            let spot = |case: &CaseFile| {
                case.front_matter
                    .as_ref()
                    .map_or_else(|| Spot::whole(&case.path), |front_matter| front_matter.value([key("title")]))
            };
            let is_copy = looks_like_copy(&other.path);
            let stem = other.path.stem().to_lowercase();
            let original = originals.iter().find(|(own, _)| is_copy && stem.contains(own.as_str()));
            let original = original.map_or(first, |(_, case)| case);
            let problem = if is_copy { message::copy_of_case } else { message::title_twice };
            problems.push(problem(&spot(other), &spot(original), below_cases(&original.path)));
            reported.insert(&other.path);
        }
    }
    let cases = cases.par_iter().map(|case| (&case.path, &case.slug.spot));
    let named_so = cases.filter(|&(path, address)| is_named_like_copy(path, address) && !reported.contains(path));
    problems.par_extend(named_so.map(|(path, _)| message::named_like_copy(&Spot::whole(path), path.name())));
    let pages = documents.pages.iter().map(|page| (&page.path, &page.address.spot));
    let named_so = pages.filter(|&(path, address)| is_named_like_copy(path, address));
    problems.extend(named_so.map(|(path, _)| message::named_like_copy(&Spot::whole(path), path.name())));
    problems
}

/// Does a file get its address from a name as programs give it to a copy? `address` is what determines the address.
fn is_named_like_copy(path: &FilePath, address: &Spot) -> bool {
    // "an-archive-copy" may be the subject of a case; programs write spaces and brackets.
    let is_of_program = path.stem().contains([' ', '(', '.']);
    is_of_program && address.part == SpotPart::Whole && looks_like_copy(path)
}

/// The path of a case from the folder of cases: a case with pictures is an `index.md` in a folder of its own.
fn below_cases(path: &FilePath) -> &str {
    path.as_str().strip_prefix("content/cases/").unwrap_or(path.as_str())
}
