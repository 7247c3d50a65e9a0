//! The level of a problem, and what a report counts.

use super::*;

#[track_caller]
fn check_level(checks: &[(Code, Option<Severity>)], problem: Problem, expected: Option<Severity>) {
    let checks: BTreeMap<_, _> = checks.iter().copied().collect();
    let report = locate(vec![problem], &checks, |_| None);
    assert_eq!(report.problems.first().map(|problem| problem.severity), expected);
}

#[test]
fn checks_decide_the_level() {
    use Severity::{Error, Warning};
    let plain = |code| problem(code, SpotPart::Whole);
    check_level(&[], plain(Code::MissingAlt), Some(Error));
    check_level(&[(Code::MissingAlt, Some(Warning))], plain(Code::MissingAlt), Some(Warning));
    check_level(&[(Code::HeadingOrder, None)], plain(Code::HeadingOrder), None);
    check_level(&[], plain(Code::LongSentence), None);
    check_level(&[(Code::LongSentence, Some(Warning))], plain(Code::LongSentence), Some(Warning));
    check_level(&[(Code::HeadingOrder, None)], plain(Code::MissingAlt), Some(Error));
    check_level(&[(Code::ReviewDue, Some(Error))], plain(Code::ReviewDue), Some(Error));
    // A draft may be unfinished, whatever the level of the code.
    check_level(&[], plain(Code::MissingField).as_warning(), Some(Warning));
    check_level(&[(Code::MissingField, Some(Error))], plain(Code::MissingField).as_warning(), Some(Warning));
    check_level(&[(Code::MissingAlt, None)], plain(Code::MissingAlt).as_warning(), None);
}

#[track_caller]
fn check_verdict(codes: &[Code], summary: &str, refused: [bool; 2]) {
    let problems = codes.iter().enumerate().map(|(at, &code)| problem(code, SpotPart::Bytes(at..at))).collect();
    let report = report_of(b"a line that is long enough", problems);
    assert_eq!(report.summary(), summary);
    assert_eq!([report.denied(false), report.denied(true)], refused);
    assert_eq!(report.has_errors(), refused[0]);
}

#[test]
fn a_report_counts_errors_and_warnings() {
    let (error, warning) = (Code::BadDate, Code::HeadingOrder);
    check_verdict(&[], "no problems", [false, false]);
    check_verdict(&[error], "1 error", [true, true]);
    check_verdict(&[warning, warning], "2 warnings", [false, true]);
    check_verdict(&[error, warning, error, error], "3 errors and 1 warning", [true, true]);
    check_verdict(&[Code::ReviewDue, Code::ReviewDue], "2 warnings", [false, false]);
    check_verdict(&[Code::ReviewDue, warning], "2 warnings", [false, true]);
}

#[test]
fn joined_reports_are_sorted_as_one() {
    let first = problem(Code::UnknownTerm, SpotPart::Bytes(2..3));
    let second = problem(Code::BadValue, SpotPart::Bytes(0..1));
    let report = |problems: &[&Problem]| report_of(b"one\ntwo\n", problems.iter().copied().cloned().collect());
    let joined = report(&[&first]).joined(report(&[&second, &first]));
    assert_eq!(joined.problems.len(), 2);
    assert_eq!(joined, report(&[&first, &second]));
}

#[test]
fn equal_problems_are_reported_once_but_apart_for_unpublished_files() {
    let unpublished = Reported { is_unpublished: true, ..misspelt() };
    let report = Report::of(vec![misspelt(), unpublished.clone(), misspelt(), unpublished]);
    assert_eq!(report.problems.len(), 2);
}

#[test]
fn problems_are_sorted_and_reported_once() {
    let at = |file: &str, code, span| Problem {
        spot: Spot::bytes(&FilePath::new(file), span),
        ..problem(code, SpotPart::Whole)
    };
    let problems = vec![
        at("b.md", Code::BadDate, 0..1),
        at("a.md", Code::BadValue, 6..7),
        at("a.md", Code::TooLong, 2..3),
        at("a.md", Code::BadValue, 2..3),
        at("a.md", Code::BadValue, 6..7),
    ];
    let report = locate(problems, &Checks::new(), |_| Some(b"one\ntwo\nthree".as_slice()));
    let places: Vec<_> = (report.problems.iter())
        .map(|problem| (problem.place.file.as_str(), problem.place.line, problem.place.column, problem.code))
        .collect();
    let expected = [
        ("a.md", 1, 3, Code::BadValue),
        ("a.md", 1, 3, Code::TooLong),
        ("a.md", 2, 3, Code::BadValue),
        ("b.md", 1, 1, Code::BadDate),
    ];
    assert_eq!(places, expected);
}
