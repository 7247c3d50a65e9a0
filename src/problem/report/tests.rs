//! Tests of places and levels.

use std::collections::BTreeMap;

use proptest::prelude::*;

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
    Problem {
        code,
        severity: code.severity(),
        message: "wrong".to_owned(),
        help: None,
        spot: Spot { file: file(), part },
        related: Vec::new(),
        fixes: Vec::new(),
        is_unpublished: false,
    }
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

/// Finds a key or a value in YAML, and compares its line, column and text.
#[track_caller]
fn check_yaml(text: &str, steps: &str, side: Side, expected: (usize, usize, &str)) {
    let part = SpotPart::Yaml { block: block(text), path: path(steps), side };
    check_part(text.as_bytes(), part, expected);
}

#[track_caller]
fn check_part(bytes: &[u8], part: SpotPart, expected: (usize, usize, &str)) {
    let report = report_of(bytes, vec![problem(Code::BadValue, part)]);
    let place = &report.problems[0].place;
    let marked = place.excerpt.as_ref().map_or("", |excerpt| &excerpt.marked);
    assert_eq!((place.line, place.column, marked), expected);
    if place.line == place.end_line {
        assert_eq!(place.end_column - place.column, marked.chars().count());
    }
}

const CASE: &str = r#"---
title: "Joint working: a trial"   # quoted
summary:
sector: [helth, local-government]
tier:   unitary   # one of them
'barrier':
  - political
  - term: legislative
    what: >-
      The law did not
      allow it.
place: { name: Torbay, code: E06000027 }
sources:
  - { title: Minutes,
      url: nowhere }
  - url: elsewhere # with a comment
période: "années
  longues"
---
Body
"#;

#[test]
fn a_value_is_marked_without_the_comment_after_it() {
    check_yaml(CASE, "title", Side::Value, (2, 8, "\"Joint working: a trial\""));
    check_yaml(CASE, "sector.0", Side::Value, (4, 10, "helth"));
    check_yaml(CASE, "sector.1", Side::Value, (4, 17, "local-government"));
    check_yaml(CASE, "tier", Side::Value, (5, 9, "unitary"));
    check_yaml(CASE, "barrier.0", Side::Value, (7, 5, "political"));
    check_yaml(CASE, "place.code", Side::Value, (12, 30, "E06000027"));
}

#[test]
fn a_quoted_value_ends_at_its_own_quote() {
    let text = r#"a: "say \"x\" \\" # "b"
b: 'it''s' # 'c'
c: ""  # d
d: !!str "e" # "f"
"#;
    check_yaml(text, "a", Side::Value, (1, 4, r#""say \"x\" \\""#));
    check_yaml(text, "b", Side::Value, (2, 4, "'it''s'"));
    check_yaml(text, "c", Side::Value, (3, 4, "\"\""));
    check_yaml(text, "d", Side::Value, (4, 4, "!!str \"e\""));
    check_yaml("['a' , 'b']", "0", Side::Value, (1, 2, "'a'"));
}

#[test]
fn a_key_is_marked_with_its_quotes() {
    check_yaml(CASE, "tier", Side::Key, (5, 1, "tier"));
    check_yaml(CASE, "barrier", Side::Key, (6, 1, "'barrier'"));
    check_yaml(CASE, "barrier.1.term", Side::Key, (8, 5, "term"));
    check_yaml(CASE, "période", Side::Key, (17, 1, "période"));
}

#[test]
fn of_a_value_of_several_lines_the_first_is_marked() {
    check_yaml(CASE, "sector", Side::Value, (4, 9, "[helth, local-government]"));
    check_yaml(CASE, "barrier", Side::Value, (7, 3, "- political"));
    check_yaml(CASE, "barrier.1", Side::Value, (8, 5, "term: legislative"));
    check_yaml(CASE, "barrier.1.what", Side::Value, (10, 7, "The law did not"));
    check_yaml(CASE, "sources.0", Side::Value, (14, 5, "{ title: Minutes"));
    check_yaml(CASE, "sources.1", Side::Value, (16, 5, "url: elsewhere"));
    check_yaml(CASE, "période", Side::Value, (17, 10, "\"années"));
    check_yaml(CASE, "", Side::Value, (2, 1, "title: \"Joint working: a trial\""));
}

#[test]
fn a_missing_value_is_reported_at_the_nearest_key() {
    check_yaml(CASE, "summary", Side::Value, (3, 1, "summary"));
    check_yaml(CASE, "place.region", Side::Value, (12, 1, "place"));
    check_yaml(CASE, "place.region.deeper.0", Side::Key, (12, 1, "place"));
    check_yaml(CASE, "sources.1.title", Side::Value, (16, 5, "url: elsewhere"));
    check_yaml(CASE, "sources.9", Side::Value, (13, 1, "sources"));
    check_yaml(CASE, "tier.0", Side::Value, (5, 1, "tier"));
    check_yaml("a: |\nb: 1\n", "a", Side::Value, (1, 1, "a"));
    check_yaml("- a\n-\n- b\n", "1", Side::Value, (2, 2, ""));
}

#[test]
fn a_missing_top_level_key_is_reported_at_the_opening_line() {
    check_yaml(CASE, "date", Side::Value, (1, 1, "---"));
    check_yaml(CASE, "", Side::Key, (1, 1, "---"));
    check_yaml("---\n---\n", "title", Side::Value, (1, 1, "---"));
    check_yaml("\u{feff}---\r\n---\r\n", "title", Side::Value, (1, 1, ""));
    check_yaml("tagline: a\n", "title", Side::Value, (1, 1, ""));
    check_yaml("\u{feff}tagline: a\n", "title", Side::Value, (1, 1, ""));
    check_yaml("", "title", Side::Value, (1, 1, ""));
}

#[test]
fn columns_are_characters_and_a_byte_order_mark_is_none() {
    check_yaml("\u{feff}título: niño\r\nα: [β,  𝄞]\r\n", "título", Side::Value, (1, 9, "niño"));
    check_yaml("\u{feff}título: niño\r\nα: [β,  𝄞]\r\n", "α.1", Side::Value, (2, 9, "𝄞"));
    check_yaml("\u{feff}---\ntitle: a\n---\n", "title", Side::Key, (2, 1, "title"));
}

#[test]
fn of_two_equal_keys_the_later_is_marked() {
    check_yaml("a: 1\nb: 2\na: 3\n", "a", Side::Value, (3, 4, "3"));
}

#[test]
fn aliases_merges_and_collections_as_keys_are_located() {
    let text = "base: &b { x: 1 }\ncopy: *b\nmerged:\n  <<: *b\n  y: 2\n? [a, b]\n: c\n? k\n2013: z\n";
    check_yaml(text, "base", Side::Value, (1, 7, "&b { x: 1 }"));
    check_yaml(text, "copy", Side::Value, (2, 7, "*b"));
    check_yaml(text, "copy.x", Side::Value, (2, 1, "copy"));
    check_yaml(text, "merged.x", Side::Value, (3, 1, "merged"));
    check_yaml(text, "merged.y", Side::Value, (5, 6, "2"));
    check_yaml(text, "k", Side::Value, (8, 3, "k"));
}

#[test]
fn a_block_that_the_parser_refuses_has_its_top_level_keys() {
    let text = "title: a\nsummary: [b\ntier : c\n\tnested: d\n";
    check_yaml(text, "title", Side::Value, (1, 8, "a"));
    check_yaml(text, "tier", Side::Value, (3, 1, "tier"));
    check_yaml(text, "nested", Side::Value, (1, 1, ""));
    check_yaml("tab:\t\"x\n\u{0}: y", "tab.deeper", Side::Value, (1, 1, "tab"));
}

#[test]
fn bytes_are_marked_by_their_range() {
    check_part(CASE.as_bytes(), SpotPart::Bytes(4..9), (2, 1, "title"));
    check_part(b"one\r\ntwo\r\n", SpotPart::Bytes(5..10), (2, 1, "two"));
    check_part(b"one\r\ntwo\r\n", SpotPart::Bytes(1..8), (1, 2, "ne"));
    check_part(b"one\n", SpotPart::Bytes(4..4), (2, 1, ""));
    check_part(b"one\n", SpotPart::Bytes(Span { start: 900, end: 7 }), (2, 1, ""));
    check_part("aéz".as_bytes(), SpotPart::Bytes(2..4), (1, 2, "éz"));
}

#[test]
fn the_first_byte_that_is_not_utf8_is_found() {
    check_part(b"caf\xc3\xa9\nprice: \xa312", SpotPart::Bytes(13..14), (2, 8, "\u{fffd}"));
    let yaml = SpotPart::Yaml { block: 6..16, path: path("price"), side: Side::Value };
    check_part(b"caf\xc3\xa9\nprice: \xa312", yaml, (1, 1, "café"));
}

#[test]
fn a_file_that_is_not_known_is_shown_at_its_start() {
    let spot = Spot::bytes(&FilePath::new("gone.md"), 3..9);
    let report = report_of(b"", vec![Problem { spot, ..problem(Code::Template, SpotPart::Whole) }]);
    let place = &report.problems[0].place;
    assert_eq!((place.line, place.column, &place.excerpt), (1, 1, &None));
}

#[test]
fn a_long_line_is_cut_to_a_window() {
    let text = format!("{}HERE{}", "b".repeat(1000), "a".repeat(1000));
    let report = report_of(text.as_bytes(), vec![problem(Code::BadValue, SpotPart::Bytes(1000..1004))]);
    let place = &report.problems[0].place;
    let excerpt = place.excerpt.as_ref().expect("the file is known");
    assert_eq!((place.column, place.end_column), (1001, 1005));
    assert_eq!(excerpt.before, format!("…{}", "b".repeat(50)));
    assert_eq!(excerpt.marked, "HERE");
    assert_eq!(excerpt.after, format!("{}…", "a".repeat(86)));

    let report = report_of(text.as_bytes(), vec![problem(Code::TooLong, SpotPart::Bytes(0..2004))]);
    let excerpt = report.problems[0].place.excerpt.clone().expect("the file is known");
    assert_eq!((excerpt.before.as_str(), excerpt.marked.len(), excerpt.after.as_str()), ("", 90, "…"));

    let text = "é".repeat(140);
    let report = report_of(text.as_bytes(), vec![problem(Code::BadValue, SpotPart::Bytes(278..280))]);
    let excerpt = report.problems[0].place.excerpt.clone().expect("the file is known");
    assert_eq!((excerpt.before.chars().count(), excerpt.after.as_str()), (139, ""));
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

#[test]
fn related_places_are_found_too() {
    let related = RelatedSpot { message: "the other".to_owned(), spot: Spot::bytes(&file(), 4..7) };
    let report =
        report_of(b"one\ntwo", vec![Problem { related: vec![related], ..problem(Code::BadValue, SpotPart::Whole) }]);
    let place = &report.problems[0].related[0].place;
    assert_eq!((place.line, place.column, place.end_column), (2, 1, 4));
}

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
fn huge_and_deep_files_are_located() {
    let deep = format!("a: {}", "[".repeat(10_000));
    let steps = format!("- {}x", "- ".repeat(10_000));
    let long = format!("a: '{}", "é".repeat(1_000_000));
    for text in [deep, steps, long] {
        let part = SpotPart::Yaml { block: 0..text.len(), path: path("a.0"), side: Side::Value };
        let report = report_of(text.as_bytes(), vec![problem(Code::BadValue, part)]);
        assert_eq!(report.problems[0].place.line, 1);
    }
    let line = "word ".repeat(200_000);
    let many = (0..20_000).map(|at| problem(Code::HeadingOrder, SpotPart::Bytes(at * 50..at * 50 + 4))).collect();
    let report = report_of(line.as_bytes(), many);
    assert_eq!(report.problems[19_999].place.column, 999_951);
    assert!(human::render(&report, Colour::Plain).ends_with("^^^^\n\n"));
}

/// Texts with random structure, quotation marks, odd characters and line breaks.
fn scrambled() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("---\n"),
        Just("a: "),
        Just("b:\n  "),
        Just("- "),
        Just("\n"),
        Just("\r\n"),
        Just("\r"),
        Just("\t"),
        Just("["),
        Just("]"),
        Just("{"),
        Just("}"),
        Just(", "),
        Just("\""),
        Just("'"),
        Just("|\n"),
        Just(">-\n   "),
        Just("&x "),
        Just("*x"),
        Just("<<: "),
        Just("? "),
        Just(": "),
        Just("# c"),
        Just("!!str "),
        Just("é"),
        Just("𝄞"),
        Just("\u{feff}"),
        Just("\u{2028}"),
        Just("\u{85}"),
        Just("\0"),
        Just("%YAML 1.2\n"),
        Just("...\n"),
        Just("word "),
    ];
    prop_oneof![4 => prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat()), 1 => any::<String>()]
}

fn any_path() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![Just("a"), Just("b"), Just("word"), Just("")].prop_map(|key| Step::Key(key.to_owned()));
    prop::collection::vec(prop_oneof![step, (0..4_usize).prop_map(Step::Item)], 0..4)
}

proptest! {
    #[test]
    fn every_place_is_in_its_file(
        text in scrambled(), path in any_path(), on_key: bool, bytes: bool, start in 0..300_usize, end in 0..300_usize,
    ) {
        let side = if on_key { Side::Key } else { Side::Value };
        let part = match bytes {
            true => SpotPart::Bytes(Span { start, end }),
            false => SpotPart::Yaml { block: Span { start: start / 8, end }, path, side },
        };
        let report = report_of(text.as_bytes(), vec![problem(Code::BadValue, part)]);
        let place = &report.problems[0].place;
        let lines: Vec<&str> = text.strip_prefix('\u{feff}').unwrap_or(&text).split('\n').collect();
        let is_inside = |line: usize, column: usize| {
            line >= 1 && column >= 1 && lines.get(line - 1).is_some_and(|text| column <= text.chars().count() + 1)
        };
        prop_assert!(is_inside(place.line, place.column));
        prop_assert!(is_inside(place.end_line, place.end_column));
        prop_assert!((place.line, place.column) <= (place.end_line, place.end_column));
        human::render(&report, Colour::Plain);
    }

    #[test]
    fn bytes_that_are_not_text_have_places_too(bytes: Vec<u8>, start in 0..120_usize, length in 0..9_usize) {
        let report = report_of(&bytes, vec![problem(Code::NotUtf8, SpotPart::Bytes(start..start + length))]);
        let place = &report.problems[0].place;
        prop_assert!(place.line <= bytes.split(|&byte| byte == b'\n').count());
        prop_assert!((place.line, place.column) <= (place.end_line, place.end_column));
    }
}

#[test]
fn joined_reports_are_sorted_as_one() {
    let first = problem(Code::UnknownTerm, SpotPart::Bytes(2..3));
    let second = problem(Code::BadValue, SpotPart::Bytes(0..1));
    let of = |problems: &[&Problem]| report_of(b"one\ntwo\n", problems.iter().copied().cloned().collect());
    let joined = of(&[&first]).joined(of(&[&second, &first]));
    assert_eq!(joined.problems.len(), 2);
    assert_eq!(joined, of(&[&first, &second]));
}
