//! Edits of authors' files: the bytes of a file → the same bytes with a few words changed.
//!
//! An edit names a place, the text expected there and the new text. Nothing is parsed and serialised again, so
//! comments, quotation marks and line endings stay as they are; if the text differs from what was expected, nothing is
//! changed. The disk is not touched here.

pub mod new_terms;
pub mod terms;

use std::collections::BTreeMap;

use serde_yaml::Value;

use crate::{
    problem::{FilePath, Fix, FixedText, Problem, Span, Spot, SpotPart, Step, report::locate::spans},
    yaml_text::{Context, scalar},
};

/// A piece of a file, and its new text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextChange {
    /// The bytes; an empty range inserts.
    pub at: Span,
    /// The new text.
    pub now: String,
}

/// The changes of a library's files, sorted, none overlapping.
pub type Changes = BTreeMap<FilePath, Vec<TextChange>>;

/// The changes that fix these problems, as far as each has one certain fix.
pub fn fixes<'a>(problems: &[Problem], bytes: impl Fn(&FilePath) -> Option<&'a [u8]>) -> Changes {
    let fixes = problems.iter().flat_map(|problem| &problem.fixes).map(|(spot, fix)| (spot, fix));
    changes(&fixes.collect::<Vec<_>>(), bytes)
}

/// The changes that make these fixes. A fix is left out if its place does not hold the expected text.
pub fn changes<'a>(fixes: &[(&Spot, &Fix)], bytes: impl Fn(&FilePath) -> Option<&'a [u8]>) -> Changes {
    let mut changes = Changes::new();
    let mut removed_items: BTreeMap<&FilePath, Vec<Span>> = BTreeMap::new();
    let spots: Vec<&Spot> = fixes.iter().map(|(spot, _)| *spot).collect();
    for ((spot, fix), at) in fixes.iter().zip(spans(&spots, &bytes)) {
        let text = |at: &Span| std::str::from_utf8(bytes(&spot.file)?.get(at.clone())?).ok();
        let Some((at, found)) = at.and_then(|at| Some((at.clone(), text(&at)?))) else { continue };
        let is_yaml = matches!(spot.part, SpotPart::Yaml { .. });
        if !is_expected(found, &fix.was, is_yaml) {
            continue;
        }
        let now = match &fix.now {
            FixedText::Nothing if is_yaml => {
                if is_item(spot) {
                    removed_items.entry(&spot.file).or_default().push(at);
                }
                continue;
            }
            FixedText::Nothing => String::new(),
            FixedText::Text(now) if is_yaml => as_yaml(now, found),
            FixedText::Text(now) | FixedText::Yaml(now) => now.clone(),
        };
        changes.entry(spot.file.clone()).or_default().push(TextChange { at, now });
    }
    for (file, items) in removed_items {
        let text = bytes(file).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
        let without = join_adjacent(text, items).into_iter().filter_map(|items| without_items(text, &items));
        changes.entry(file.clone()).or_default().extend(without);
    }
    changes.retain(|_, of_file| !of_file.is_empty());
    changes.values_mut().for_each(sort_without_overlaps);
    changes
}

/// A file's bytes with its changes made.
pub fn changed(bytes: &[u8], changes: &[TextChange]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 64);
    let mut from = 0;
    for TextChange { at, now } in changes {
        out.extend_from_slice(&bytes[from..at.start]);
        out.extend_from_slice(now.as_bytes());
        from = at.end;
    }
    out.extend_from_slice(&bytes[from..]);
    out
}

/// Each change of a file as a line of text: the file and the line, the old text and the new one. The changes are in
/// the order of the file.
pub fn descriptions(file: &FilePath, bytes: &[u8], changes: &[TextChange]) -> Vec<String> {
    let (mut line, mut from) = (1, 0);
    let describe = |change: &TextChange| {
        line += bytes[from..change.at.start].iter().filter(|&&byte| byte == b'\n').count();
        from = change.at.start;
        described(file, bytes, change, line)
    };
    changes.iter().map(describe).collect()
}

fn described(file: &FilePath, bytes: &[u8], change: &TextChange, line: usize) -> String {
    let was = String::from_utf8_lossy(&bytes[change.at.clone()]);
    match change.now.as_str() {
        // The comma of an item goes with it.
        "" if !was.trim_matches([' ', ',']).is_empty() => {
            format!("{file}:{line}: removed {}", with_visible_blanks(was.trim_matches([' ', ','])))
        }
        "" => format!("{file}:{line}: removed {}", with_visible_blanks(&was)),
        now => format!("{file}:{line}: {} → {}", with_visible_blanks(&was), with_visible_blanks(now)),
    }
}

/// The text with its line breaks, and the blanks at its ends, as marks that can be seen.
fn with_visible_blanks(text: &str) -> String {
    let is_blank = |c: char| c.is_whitespace() && !matches!(c, '\n' | '\r');
    let words = text.trim_start_matches(is_blank);
    let before = text.len() - words.len();
    let words = words.trim_end_matches(is_blank);
    let blanks = |blanks: &str| "␣".repeat(blanks.chars().count());
    let (start, end) = (&text[..before], &text[before + words.len()..]);
    [blanks(start), words.replace(['\n', '\r'], "⏎"), blanks(end)].concat()
}

/// Is this an item of a list?
fn is_item(spot: &Spot) -> bool {
    matches!(&spot.part, SpotPart::Yaml { path, .. } if matches!(path.last(), Some(Step::Item(_))))
}

/// Sorts the spans of items, and joins those with only a comma between them: two removals would both take the comma.
fn join_adjacent(text: &str, mut items: Vec<Span>) -> Vec<Span> {
    items.sort_by_key(|item| item.start);
    let mut joined: Vec<Span> = Vec::new();
    for item in items {
        match joined.last_mut() {
            Some(last) if item.start < last.end || text[last.end..item.start].trim() == "," => last.end = item.end,
            _ => joined.push(item),
        }
    }
    joined
}

/// The change that removes adjacent items of a list with a comma, or an item with its line if nothing else is on it.
/// None if there is no comma and no such line.
fn without_items(text: &str, items: &Span) -> Option<TextChange> {
    let (before, after) = (&text[..items.start], &text[items.end..]);
    let gone = |at: Span| Some(TextChange { at, now: String::new() });
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let rest = after.find('\n').map_or(after, |end| &after[..=end]);
    if before[line..].trim() == "-" && rest.trim().is_empty() {
        return gone(line..items.end + rest.len());
    }
    if let Some(next) = after.trim_start().strip_prefix(',') {
        return gone(items.start..text.len() - next.trim_start().len());
    }
    let previous = before.trim_end().strip_suffix(',')?;
    gone(previous.len()..items.end)
}

/// Sorts changes, and of two that overlap keeps the first.
fn sort_without_overlaps(changes: &mut Vec<TextChange>) {
    changes.sort_by_key(|change| (change.at.start, change.at.end));
    let mut end = 0;
    changes.retain(|change| {
        let is_apart = change.at.start >= end;
        end = end.max(change.at.end);
        is_apart
    });
}

/// Is this the expected text? In YAML, a value with an anchor, an alias or a tag is never expected: an alias may refer
/// to the anchor, an alias has its text elsewhere, and a tag changes the type of the value.
fn is_expected(found: &str, expected: &str, is_yaml: bool) -> bool {
    if is_yaml && found.starts_with(['&', '!', '*']) {
        return false;
    }
    found == expected
        || is_yaml && matches!(serde_yaml::from_str(found), Ok(Value::String(text)) if text.trim() == expected)
}

/// The line end of a text.
fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// New lines with the line ends of the text that they become part of.
pub fn with_line_ends_of(text: &str, lines: &str) -> String {
    lines.replace('\n', line_end(text))
}

/// A text as YAML, with the same quotation marks as the value before, or with none if it needs none.
pub fn as_yaml(text: &str, before: &str) -> String {
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    match before.chars().next() {
        Some(quote @ ('"' | '\'')) if is_plain => format!("{quote}{text}{quote}"),
        _ => scalar(text, Context::Flow).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Side;

    const FILE: &str = "content/cases/a.md";

    #[track_caller]
    fn check(text: &str, path: &[Step], was: &str, now: &str, expected: Option<&str>) {
        check_fix(text, path, &Fix::of_text(was, now), expected);
    }

    #[track_caller]
    fn check_removal(text: &str, path: &[Step], was: &str, expected: Option<&str>) {
        check_fix(text, path, &Fix::removal_of(was), expected);
    }

    /// The file with one text of its YAML changed; none where the text is not found.
    #[track_caller]
    fn check_fix(text: &str, path: &[Step], fix: &Fix, expected: Option<&str>) {
        let file = FilePath::new(FILE);
        let part = SpotPart::Yaml { block: 0..text.len(), path: path.to_vec(), side: Side::Value };
        let spot = Spot { file: file.clone(), part };
        let changes = changes(&[(&spot, fix)], |_| Some(text.as_bytes()));
        let made = changes.get(&file).map(|changes| String::from_utf8(changed(text.as_bytes(), changes)).unwrap());
        assert_eq!(made.as_deref(), expected);
    }

    fn at(key: &str, item: usize) -> Vec<Step> {
        vec![Step::Key(key.to_owned()), Step::Item(item)]
    }

    #[test]
    fn only_the_expected_text_is_changed() {
        let text = "# é\r\nsector: [NHS,  'police' ] # why\r\n";
        check(text, &at("sector", 0), "NHS", "health", Some("# é\r\nsector: [health,  'police' ] # why\r\n"));
        check(text, &at("sector", 1), "police", "law", Some("# é\r\nsector: [NHS,  'law' ] # why\r\n"));
        check("a:\n  - NHS # x\n", &at("a", 0), "NHS", "2010", Some("a:\n  - \"2010\" # x\n"));
        check("a: [NHS]\n", &at("a", 0), "NHS", "Third sector", Some("a: [Third sector]\n"));
        check("a: [true]\n", &at("a", 0), "true", "true", Some("a: [\"true\"]\n"));
    }

    #[test]
    fn a_change_is_described_with_marks_for_blanks() {
        let check = |was: &str, now: &str, expected: &str| {
            let change = TextChange { at: 0..was.len(), now: now.to_owned() };
            assert_eq!(
                descriptions(&FilePath::new("a.md"), was.as_bytes(), &[change]),
                [format!("a.md:1: {expected}")]
            );
        };
        check("##", "## ", "## → ##␣");
        check("\u{a0}", " ", "␣ → ␣");
        check(", health", "", "removed health");
        check("  ", "", "removed ␣␣");
        check("a\nb", "a", "a⏎b → a");
    }

    #[test]
    fn an_item_is_removed_with_its_comma_or_line() {
        check_removal("a: [b, c, d]\n", &at("a", 1), "c", Some("a: [b, d]\n"));
        check_removal("a: [b,  c ]\n", &at("a", 1), "c", Some("a: [b ]\n"));
        check_removal("a:\n  - b\n  - c\nd: e\n", &at("a", 1), "c", Some("a:\n  - b\nd: e\n"));
        check_removal("a: NHS\n", &[Step::Key("a".to_owned())], "NHS", None);
    }

    /// A list with the items at these positions removed.
    fn without(text: &str, items: &[usize]) -> String {
        let file = FilePath::new(FILE);
        let spot = |item: &usize| {
            let part = SpotPart::Yaml { block: 0..text.len(), path: at("a", *item), side: Side::Value };
            Spot { file: file.clone(), part }
        };
        let fix = Fix::removal_of("c");
        let spots: Vec<Spot> = items.iter().map(spot).collect();
        let fixes: Vec<(&Spot, &Fix)> = spots.iter().map(|spot| (spot, &fix)).collect();
        let changes = changes(&fixes, |_| Some(text.as_bytes()));
        String::from_utf8(changed(text.as_bytes(), changes.get(&file).map_or(&[][..], |of_file| of_file))).unwrap()
    }

    #[test]
    fn adjacent_items_are_removed_together() {
        assert_eq!(without("a: [b, c, c]\n", &[1, 2]), "a: [b]\n");
        assert_eq!(without("a: [b, c, 'c' , c]\n", &[3, 1, 2]), "a: [b]\n");
        assert_eq!(without("a: [c, c, b]\n", &[0, 1, 1]), "a: [b]\n");
        assert_eq!(without("a: [c, b, c, c, d, c]\n", &[0, 2, 3, 5]), "a: [b, d]\n");
        assert_eq!(without("a: [\n  b,\n  c,\n  c,\n]\n", &[1, 2]), "a: [\n  b,\n  ]\n");
        assert_eq!(without("a:\r\n  - b\r\n  - c\r\n  - c", &[1, 2]), "a:\r\n  - b\r\n");
        assert_eq!(without("a: [c, c]\n", &[0, 1]), "a: [c, c]\n");
    }

    #[test]
    fn only_items_of_a_list_are_removed() {
        check_removal("a: { b: c, d: e }\n", &[Step::Key("a".to_owned()), Step::Key("b".to_owned())], "c", None);
        check_removal("a:\n  - c # why\n", &at("a", 0), "c", None);
        check_removal("a:\n  - b,\n  - c # why\n", &at("a", 1), "c", None);
    }

    #[test]
    fn unexpected_text_is_not_changed() {
        check("sector: [NHS]\n", &at("sector", 0), "PCT", "health", None);
        check("sector: [NHS]\n", &at("sector", 5), "NHS", "health", None);
        check("a: &x [NHS]\nb: *x\n", &at("b", 0), "NHS", "health", None);
        check("a: [&x NHS]\nb: *x\n", &at("a", 0), "NHS", "health", None);
        check("a:\n  - one\n    two\n", &at("a", 0), "one two", "health", None);
    }

    #[test]
    fn only_the_first_of_two_overlapping_changes_is_made() {
        let change = |at: Span, now: &str| TextChange { at, now: now.to_owned() };
        let mut all = vec![change(4..6, "d"), change(0..3, "a"), change(2..4, "b"), change(6..6, "e")];
        sort_without_overlaps(&mut all);
        assert_eq!(changed(b"012345678", &all), b"a3de678");
    }
}
