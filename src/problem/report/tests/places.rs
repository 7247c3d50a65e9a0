//! The place of a key, a value or some bytes.

use super::*;

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
fn the_first_line_of_a_value_is_marked() {
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
fn columns_count_characters_without_the_byte_order_mark() {
    check_yaml("\u{feff}título: niño\r\nα: [β,  𝄞]\r\n", "título", Side::Value, (1, 9, "niño"));
    check_yaml("\u{feff}título: niño\r\nα: [β,  𝄞]\r\n", "α.1", Side::Value, (2, 9, "𝄞"));
    check_yaml("\u{feff}---\ntitle: a\n---\n", "title", Side::Key, (2, 1, "title"));
}

#[test]
fn the_later_of_two_equal_keys_is_marked() {
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
fn related_places_are_found_too() {
    let related = RelatedSpot { message: "the other".to_owned(), spot: Spot::bytes(&file(), 4..7) };
    let report =
        report_of(b"one\ntwo", vec![Problem { related: vec![related], ..problem(Code::BadValue, SpotPart::Whole) }]);
    let place = &report.problems[0].related[0].place;
    assert_eq!((place.line, place.column, place.end_column), (2, 1, 4));
}
