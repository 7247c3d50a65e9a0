//! Values that can hardly be meant: days and years far off, a case that names itself, partners and titles that stand twice.
//!
//! Takes the documents and the day of the build; gives warnings. What is written in two ways in different files is in
//! [`super::spellings`].

use std::collections::BTreeMap;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::{
    model::{
        Documents,
        document::{CaseFile, FrontMatter, PartialDate, Status},
    },
    problem::{FilePath, Problem, Spot, Step, message::doubtful as message},
};

/// Partnerships of earlier years are in no case study.
const FIRST_YEAR: i16 = 1800;
/// Years further ahead are slips.
const YEARS_AHEAD: i16 = 10;

/// Every doubtful value of these documents.
pub(super) fn doubtful(documents: &Documents, day: Date) -> Vec<Problem> {
    let mut problems = Vec::new();
    for case in &documents.cases {
        if let Some(front_matter) = &case.front_matter {
            of_case(case, front_matter, day, &mut problems);
        }
    }
    problems.extend(titles_twice(documents));
    problems
}

fn of_case(case: &CaseFile, front_matter: &FrontMatter, day: Date, problems: &mut Vec<Problem>) {
    let is_far = |year: i16| year < FIRST_YEAR || year > day.year() + YEARS_AHEAD;
    for (path, year) in years(case) {
        if is_far(year) {
            problems.push(message::far_year(&front_matter.value(path), year, day.year() + YEARS_AHEAD));
        }
    }
    if let Some(date) = case.date.filter(|date| *date > day && !is_far(date.year()) && case.status != Status::Draft) {
        problems.push(message::waits(&front_matter.value([key("date")]), &case.title, date));
    }
    let named = case.path.case_name().nfc().collect::<String>();
    for name in case.related.iter().filter(|name| name.value == named) {
        problems.push(message::related_to_itself(&name.spot));
    }
    let mut met: Vec<String> = Vec::new();
    for (n, partner) in case.partners.iter().enumerate() {
        let folded = folded(partner);
        if met.contains(&folded) {
            problems.push(message::partner_twice(&front_matter.value([key("partners"), Step::Item(n)]), partner));
        }
        met.push(folded);
    }
}

/// Every year of a case, and where it stands.
fn years(case: &CaseFile) -> impl Iterator<Item = (Vec<Step>, i16)> {
    let mut years: Vec<(Vec<Step>, i16)> = Vec::new();
    let days = [("date", case.date), ("updated", case.updated), ("reviewed", case.reviewed)];
    years.extend(days.into_iter().filter_map(|(name, date)| Some((vec![key(name)], date?.year()))));
    years.extend(case.review_by.iter().map(|day| (vec![key("review_by")], day.value.year())));
    let period = case.period.iter();
    let ends = period.flat_map(|period| [("from", period.from), ("to", period.to), ("changed", period.changed)]);
    years.extend(ends.filter_map(|(end, year)| Some((vec![key("period"), key(end)], year?))));
    let sources = case.sources.iter().enumerate();
    years.extend(sources.filter_map(|(n, source)| {
        let year = match source.date? {
            PartialDate::Year(year) | PartialDate::Month(year, _) => year,
            PartialDate::Day(day) => day.year(),
        };
        Some((vec![key("sources"), Step::Item(n), key("date")], year))
    }));
    years.into_iter()
}

fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}

/// A problem for each case whose title another has too.
fn titles_twice(documents: &Documents) -> Vec<Problem> {
    let mut by_title: BTreeMap<String, Vec<&CaseFile>> = BTreeMap::new();
    for case in documents.cases.iter().filter(|case| case.has_title && case.status != Status::Withdrawn) {
        by_title.entry(folded(&case.title)).or_default().push(case);
    }
    let mut problems = Vec::new();
    for mut cases in by_title.into_values().filter(|cases| cases.len() > 1) {
        cases.sort_by_key(|case| (looks_like_copy(&case.path), &case.path));
        let first = cases[0];
        for other in &cases[1..] {
            let spot = |case: &CaseFile| {
                case.front_matter
                    .as_ref()
                    .map_or_else(|| Spot::whole(&case.path), |front_matter| front_matter.value([key("title")]))
            };
            let problem = if looks_like_copy(&other.path) { message::copy_of_case } else { message::title_twice };
            problems.push(problem(&spot(other), &spot(first), first.path.name()));
        }
    }
    problems
}

/// Is the file named as other programs name copies?
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

/// A name as two of them are compared: without letter case, and with single spaces.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
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
