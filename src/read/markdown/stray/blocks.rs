//! Blocks that the parser reads in another way than their author meant: a paragraph above a line of hyphens (a
//! heading), indented prose (code), a second front matter, a row with more cells than its table has columns.
//!
//! Takes the Markdown and the bytes of a block; gives the kind of mark and its bytes.

use std::ops::Range;

use super::{StrayKind, marks::within_mark};

/// The most characters of a heading; a longer one was meant as a paragraph.
const LONGEST_HEADING: usize = 120;

/// A block that was read in another way than meant.
pub(super) type StrayBlock = (StrayKind, Range<usize>);

/// Checks a heading that a line of hyphens or equals signs makes: it may have been meant as a paragraph, or as front
/// matter.
pub(super) fn heading_by_rule(markdown: &str, at: &Range<usize>) -> Option<StrayBlock> {
    let source = markdown[at.clone()].trim_end();
    let (words, rule) = source.rsplit_once('\n').filter(|_| !source.starts_with('#'))?;
    let rule = rule.trim_start_matches([' ', '\t', '>']);
    if !rule.starts_with(['-', '=']) {
        return None;
    }
    let above = markdown[..at.start].trim_end();
    if is_front_matter(words) && (above.is_empty() || above.ends_with("---")) {
        let first = at.start..at.start + words.lines().next().map_or(0, str::len);
        return Some((StrayKind::FrontMatter, first));
    }
    let is_sentence = without_references(words).ends_with(['.', ';', ':', ',', '”']) || words.len() > LONGEST_HEADING;
    let end = at.start + source.len();
    (is_sentence || words.trim_end().contains('\n')).then(|| (StrayKind::HeadingByRule, end - rule.len()..end))
}

/// Checks indented code: prose from a word processor is often indented.
pub(super) fn indented_prose(markdown: &str, at: &Range<usize>) -> Option<StrayBlock> {
    let source = &markdown[at.clone()];
    let first = source.lines().next().map_or(0, |line| line.trim_end().len());
    let is_meant = is_prose(source) || has_marks_of_prose(source);
    is_meant.then(|| (StrayKind::IndentedProse, at.start..at.start + first))
}

/// The text without the citations and the references to notes at its end, which follow the full stop.
pub(super) fn without_references(text: &str) -> &str {
    let mut text = text.trim_end();
    while let Some(open) = text.strip_suffix(']').and_then(|inner| inner.rfind('[')) {
        if !text[open + 1..].starts_with(['@', '^']) {
            break;
        }
        text = text[..open].trim_end();
    }
    text
}

/// Has the text a mark that only prose has: a citation, bold words, a heading, or a list of capitalised lines?
fn has_marks_of_prose(text: &str) -> bool {
    let is_code = |line: &str| line.contains(['{', '}', '<', '>', '$', '\\', '|', '=', '`']) || line.ends_with(';');
    if text.lines().any(is_code) {
        return false;
    }
    let begins_words = |rest: &str| rest.starts_with(|c: char| c.is_uppercase()) && rest.contains(' ');
    let is_heading = |line: &str| {
        let rest = line.trim_start_matches('#');
        let hashes = line.len() - rest.len();
        (2..=6).contains(&hashes) && rest.strip_prefix(' ').is_some_and(begins_words)
    };
    let item = |line: &'_ str| {
        line.trim_start()
            .strip_prefix("- ")
            .is_some_and(|rest| rest.starts_with(char::is_uppercase) && !rest.contains(':'))
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let is_list = text.lines().any(|line| !line.trim().is_empty()) && lines.all(item);
    let is_first_heading = text.lines().next().is_some_and(|line| is_heading(line.trim()));
    is_list || is_first_heading || text.contains(" [@") || has_bold_words(text) || has_citation(text)
}

/// Does a citation follow a word or a full stop?
fn has_citation(text: &str) -> bool {
    text.match_indices("[@").any(|(at, _)| {
        text[..at].ends_with(|c: char| c.is_alphanumeric() || ".,;:!?”)".contains(c))
            && within_mark(&text[at..]).contains(']')
    })
}

/// Are words in it between two pairs of asterisks, with no space inside?
fn has_bold_words(text: &str) -> bool {
    let Some((before, rest)) = text.split_once("**") else { return false };
    let Some((words, after)) = rest.split_once("**") else { return false };
    let is_apart = |c: char| c.is_whitespace() || ".,;:!?)”".contains(c);
    (before.is_empty() || before.ends_with([' ', '(', '“']))
        && words.starts_with(char::is_alphanumeric)
        && words.ends_with(|c: char| c.is_alphanumeric() || ".,:;!?".contains(c))
        && (after.is_empty() || after.starts_with(is_apart))
}

/// Checks the box of a task: it needs a space inside and one after it.
pub(super) fn task_box(markdown: &str, at: &Range<usize>) -> Option<StrayBlock> {
    let item = &markdown[at.clone()];
    let text = item.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['-', '*', '+', '.', ')']);
    let text = text.trim_start();
    let start = at.start + item.len() - text.len();
    let is_box = |mark: &&str| text.starts_with(*mark) && !text[mark.len()..].starts_with(['(', '[', ':']);
    let mark = ["[]", "[x]", "[X]", "[ ]"].into_iter().find(is_box)?;
    let rest = &text[mark.len()..];
    let blanks = rest.len() - rest.trim_start_matches(' ').len();
    let is_mistake = mark == "[]" || blanks == 0 && rest.starts_with(char::is_alphabetic);
    is_mistake.then(|| (StrayKind::TaskBox, start..start + mark.len() + blanks))
}

/// Checks struck-out text: single tildes are seldom meant as that.
pub(super) fn single_tilde(markdown: &str, at: &Range<usize>) -> Option<StrayBlock> {
    (!markdown[at.clone()].starts_with("~~")).then(|| (StrayKind::SingleTilde, at.clone()))
}

/// Checks a row of a table: cells beyond those of its head are not written.
pub(super) fn lost_cells(markdown: &str, at: &Range<usize>, columns: usize) -> Option<StrayBlock> {
    let row = markdown[at.clone()].trim_end();
    let lost = cells(row).get(columns).cloned()?;
    let text = row[lost.start..].trim_end().trim_end_matches('|').trim_end();
    let start = lost.start + (text.len() - text.trim_start().len());
    let is_empty = text.trim_matches(['|', ' ', '\t']).is_empty();
    (!is_empty).then(|| (StrayKind::LostCell, at.start + start..at.start + lost.start + text.len()))
}

/// Checks a row of a table: one without a pipe was meant as a line of text.
pub(super) fn text_in_table(markdown: &str, at: &Range<usize>, columns: usize) -> Option<StrayBlock> {
    let row = markdown[at.clone()].trim_end();
    let is_text = columns > 1 && !row.contains('|') && row.contains(' ');
    is_text.then(|| (StrayKind::TextInTable, at.start..at.start + row.len()))
}

/// Is every line a key with a value, or the continuation of one?
fn is_front_matter(text: &str) -> bool {
    let is_key = |line: &str| {
        let key = line.split_once(':').map(|(key, value)| (key, value.is_empty() || value.starts_with(' ')));
        key.is_some_and(|(key, is_whole)| {
            is_whole && !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
        })
    };
    let goes_on = |line: &str| line.starts_with([' ', '\t', '-']);
    let mut lines = text.lines();
    lines.next().is_some_and(is_key) && lines.all(|line| is_key(line) || goes_on(line))
}

/// Does the text have sentences, and no characters that only code has?
fn is_prose(text: &str) -> bool {
    let text = without_references(text).trim_start();
    let is_sentence = text.starts_with(|c: char| c.is_uppercase() || "“‘\"•".contains(c))
        && text.ends_with(['.', '!', '?', ':', '”', ';', ',']);
    let words = text
        .split_whitespace()
        .filter(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()).chars().all(char::is_alphabetic))
        .count();
    let all = text.split_whitespace().count();
    is_sentence && all >= 5 && words * 4 >= all * 3 && !text.contains(['{', '}', '=', '<', '>', '$', '\\', '_', '|'])
}

/// The cells of a row. A pipe in a code span ends a cell too; an escaped one does not.
fn cells(row: &str) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut start = row.len() - row.trim_start().strip_prefix('|').unwrap_or(row.trim_start()).len();
    let mut is_escaped = false;
    for (at, byte) in row.bytes().enumerate().skip(start) {
        if byte == b'|' && !is_escaped {
            cells.push(start..at);
            start = at + 1;
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    cells.push(start..row.len());
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_split_at_pipes() {
        let texts = |row: &'static str| cells(row).into_iter().map(|cell| &row[cell]).collect::<Vec<_>>();
        assert_eq!(texts("| a | b \\| c | d"), [" a ", " b \\| c ", " d"]);
        assert_eq!(texts("a|`b|c`|"), ["a", "`b", "c`", ""]);
    }

    #[test]
    fn prose_and_code_are_distinguished() {
        assert!(is_prose("    The board met every month, and agreed.\n"));
        assert!(!is_prose("    cargo run -- build\n"));
        assert!(!is_prose("    Total = a + b + c + d + e;\n"));
        assert!(!is_prose("    One two.\n"));
        assert!(is_prose("    The board met every month, and agreed.[@minutes, p. 3][^a]\n"));
        for prose in
            ["The **bold** and", "It ended.[@report]", "## What changed", "- One\n    - Two", "an end [@a; @b]"]
        {
            assert!(has_marks_of_prose(prose), "{prose}");
        }
        for code in
            ["f(**a, **b)", "2 ** 3 ** 4", "## todo", "- id: One", "- one\n- two", "ssh root[@host", "One two", ""]
        {
            assert!(!has_marks_of_prose(code), "{code}");
        }
    }

    #[test]
    fn front_matter_is_keys_and_values() {
        assert!(is_front_matter("title: One\ntags:\n  - a\ndate: 2010"));
        assert!(!is_front_matter("Note: this is prose\nthat goes on"));
    }
}
