//! Values that are probably mistakes: days and years far away, and titles that occur twice.
//!
//! Takes the documents and the day of the build; gives warnings. Spellings that differ between files are in
//! [`super::spellings`].

use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::{
    model::{
        Documents,
        document::{CaseFile, Period, Source, Status},
    },
    problem::{FilePath, Problem, Spot, SpotPart, Step, message::doubtful as message},
};

/// The earliest year that a case study can be about.
const FIRST_YEAR: i16 = 1800;
/// The most cases of one title among which the original of a copy is searched.
const MAX_ORIGINALS: usize = 50;
/// Years further in the future are typing errors.
const YEARS_AHEAD: i16 = 10;

/// Adds a problem for each doubtful day of a case.
pub(super) fn of_case(case: &CaseFile, day: Date, problems: &mut Vec<Problem>) {
    let Some(front_matter) = &case.front_matter else { return };
    let is_far = |year: i16| year < FIRST_YEAR || year > day.year() + YEARS_AHEAD;
    for (place, year) in years(case).filter(|&(_, year)| is_far(year)) {
        problems.push(message::far_year(&front_matter.value(place.steps()), year, day.year() + YEARS_AHEAD));
    }
    if let Some(date) = case.date.filter(|date| *date > day && !is_far(date.year()) && case.status != Status::Draft) {
        problems.push(message::future_date(&front_matter.value([key("date")]), &case.title, date));
    }
}

/// The place of a year in front matter.
#[derive(Clone, Copy)]
enum YearPlace {
    /// In the date under this key.
    Key(&'static str),
    /// In `period`, under this key.
    Period(&'static str),
    /// In the date of the source that is this item of the list, or the only one.
    Source(Option<usize>),
    /// In the entry of `adopted` that is this item of the list, or the only one.
    Adopted(Option<usize>),
}

impl YearPlace {
    /// The path from the top of the front matter.
    fn steps(self) -> Vec<Step> {
        match self {
            YearPlace::Key(name) => vec![key(name)],
            YearPlace::Period(end) => vec![key("period"), key(end)],
            YearPlace::Adopted(item) => in_list("adopted", item, "from"),
            YearPlace::Source(item) => in_list("sources", item, "date"),
        }
    }
}

/// The path to the value of a key in an item of a list, or in the only entry.
fn in_list(list: &str, item: Option<usize>, name: &str) -> Vec<Step> {
    [key(list)].into_iter().chain(item.map(Step::Item)).chain([key(name)]).collect()
}

/// Every year of a case, with its place in the file.
fn years(case: &CaseFile) -> impl Iterator<Item = (YearPlace, i16)> {
    let review_by = case.review_by.as_ref().map(|day| day.value);
    let days = [("date", case.date), ("updated", case.updated), ("reviewed", case.reviewed), ("review_by", review_by)];
    let days = days.into_iter().filter_map(|(name, date)| Some((YearPlace::Key(name), date?.year())));
    let ends = |period: &Period| [("from", period.from), ("to", period.to), ("changed", period.changed)];
    let ends = case.period.iter().flat_map(ends);
    let ends = ends.filter_map(|(end, year)| Some((YearPlace::Period(end), year?)));
    let of_source = |source: &Source| Some((YearPlace::Source(source.item), source.date?.year()));
    let adopted = case.adopted.iter().filter_map(|one| Some((YearPlace::Adopted(one.item), one.from?)));
    days.chain(ends).chain(adopted).chain(case.sources.iter().filter_map(of_source))
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
        same.sort_by_key(|(_, case)| (looks_like_copy(&case.path), &case.path));
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
    // "an-archive-copy" may be the subject of a case; programs write spaces and brackets.
    let is_named_so = |case: &&Arc<CaseFile>| {
        case.path.stem().contains([' ', '(', '.'])
            && case.slug.spot.part == SpotPart::Whole
            && looks_like_copy(&case.path)
            && !reported.contains(&case.path)
    };
    let named_so = cases.par_iter().filter(is_named_so);
    problems.par_extend(named_so.map(|case| message::named_like_copy(&Spot::whole(&case.path), case.path.name())));
    problems
}

/// The path of a case from the folder of cases: a case with pictures is an `index.md` in a folder of its own.
fn below_cases(path: &FilePath) -> &str {
    path.as_str().strip_prefix("content/cases/").unwrap_or(path.as_str())
}

/// Is this a name that other programs give to copies?
pub(super) fn looks_like_copy(path: &FilePath) -> bool {
    let stem = path.stem().to_lowercase();
    let is_numbered = stem
        .strip_suffix(')')
        .and_then(|stem| stem.rsplit_once(" ("))
        .is_some_and(|(_, number)| number.parse::<u8>().is_ok());
    is_numbered
        || ["copy of ", "conflicted copy", "sync-conflict", "case conflict"].iter().any(|mark| stem.contains(mark))
        || [" - copy", " copy", "-copy", "_copy"].iter().any(|end| stem.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_have_names_of_their_own() {
        let check = |name: &str, expected: bool| {
            assert_eq!(looks_like_copy(&FilePath::new(format!("content/cases/{name}.md"))), expected, "{name}");
        };
        for name in [
            "torbay - Copy",
            "Copy of torbay",
            "torbay copy",
            "torbay (1)",
            "torbay (Jo's conflicted copy 2026-01-05)",
            "torbay.sync-conflict-20260105-101010-ABCDEF",
        ] {
            check(name, true);
        }
        for name in ["torbay", "photocopy", "copying", "one (two)"] {
            check(name, false);
        }
    }
}
