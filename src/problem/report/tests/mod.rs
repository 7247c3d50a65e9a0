//! Tests of places and levels, and the problems that the tests of the formats show.

mod any_file;
mod levels;
mod places;

use std::collections::BTreeMap;

use super::{
    Excerpt, RelatedPlace, Report, Reported, TextRange,
    human::{self, Colour},
    locate::{Checks, locate},
};
use crate::problem::{Code, FilePath, Problem, RelatedSpot, Severity, Side, Span, Spot, SpotPart, Step};

/// The place of the middle one of three parts of a line, for the tests of the formats.
pub(super) fn place(file: &str, line: usize, [before, marked, after]: [&str; 3]) -> TextRange {
    let column = before.chars().count() + 1;
    let end_column = column + marked.chars().count();
    let excerpt = Excerpt { before: before.to_owned(), marked: marked.to_owned(), after: after.to_owned() };
    TextRange { file: FilePath::new(file), line, column, end_line: line, end_column, excerpt: Some(excerpt) }
}

/// A problem for the tests of the formats.
pub(super) fn misspelt() -> Reported {
    Reported {
        code: Code::UnknownTerm,
        severity: Severity::Error,
        message: "\"helth\" is not a sector".to_owned(),
        help: Some("did you mean \"health\"?".to_owned()),
        place: place("content/cases/torbay.md", 6, ["sector: [", "helth", ", local-government]"]),
        is_unpublished: false,
        suggestion: Some("health".to_owned()),
        fix: None,
        related: Vec::new(),
    }
}

/// A related place for it.
pub(super) fn first_use() -> RelatedPlace {
    RelatedPlace {
        message: "the first use of this name".to_owned(),
        place: place("content/vocabularies/sector.yaml", 120, ["  - id: ", "health", ""]),
    }
}

fn file() -> FilePath {
    FilePath::new("content/cases/torbay.md")
}

fn problem(code: Code, part: SpotPart) -> Problem {
    Problem::new(code, &Spot { file: file(), part }, "wrong")
}

fn report_of(bytes: &[u8], problems: Vec<Problem>) -> Report {
    locate(problems, &Checks::new(), |path| (*path == file()).then_some(bytes))
}

/// Parses `sources.0.title`, where a number is an item.
fn path(text: &str) -> Vec<Step> {
    let step = |step: &str| step.parse().map_or_else(|_| Step::Key(step.to_owned()), Step::Item);
    text.split('.').filter(|step| !step.is_empty()).map(step).collect()
}

/// The front matter of a text, or all of it.
fn block(text: &str) -> Span {
    let start = text.find("---\n").map_or(0, |at| at + 4);
    let end = text[start..].find("---").map_or(text.len(), |at| start + at);
    start..end
}

#[test]
fn the_text_that_was_probably_meant_is_the_replacement_unless_a_correction_is_certain() {
    let wrong = || problem(Code::UnknownTerm, SpotPart::Whole);
    let replacement = |problem: Problem| {
        let reported = report_of(b"", vec![problem]).problems.remove(0);
        (reported.help, reported.suggestion, reported.fix)
    };
    let [health, asked] = ["health", "did you mean \"health\"?"].map(|text| Some(text.to_owned()));
    assert_eq!(replacement(wrong().did_you_mean(Some("health"))), (asked.clone(), health.clone(), health.clone()));
    assert_eq!(replacement(wrong().did_you_mean(Some("health")).help("write a term")).2, None);
    assert_eq!(replacement(wrong().did_you_mean(None)), (None, None, None));
    let certain = wrong().did_you_mean(Some("health")).fix("Health", "wellbeing");
    assert_eq!(replacement(certain), (asked, health, Some("wellbeing".to_owned())));
}
