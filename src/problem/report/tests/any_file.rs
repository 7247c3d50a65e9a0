//! Any bytes and any path of keys: every problem has a place in its file.

use proptest::prelude::*;

use super::*;

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
