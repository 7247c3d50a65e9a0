//! Lists and quotations that the parser ended or began elsewhere than their author meant: a paragraph directly under
//! one, a list inside an item that is not indented enough, a year that begins a sentence.
//!
//! Takes the Markdown and the bytes of a list or a quotation; gives the kind of mark and its bytes.

use std::ops::Range;

use super::{
    StrayKind,
    blocks::{StrayBlock, without_references},
};

/// A line up to this width, in characters, was ended by its author, and not by a program that fills lines.
const SHORT_LINE: usize = 50;

/// The fewest words of a sentence of its own.
const WORDS: usize = 4;

/// Checks a list: a sentence directly below becomes part of its last item.
pub(super) fn text_under_list(markdown: &str, at: &Range<usize>) -> Option<StrayBlock> {
    sentence_after(markdown, at, |line| item_mark(line).is_some()).map(|at| (StrayKind::TextInList, at))
}

/// Checks a quotation: a sentence directly below becomes part of it.
pub(super) fn text_under_quote(markdown: &str, at: &Range<usize>) -> Option<StrayBlock> {
    sentence_after(markdown, at, |line| line.trim_start().starts_with('>')).map(|at| (StrayKind::TextInQuote, at))
}

/// The first line of a sentence that begins at the margin, after the last line of a block that has its mark.
fn sentence_after(markdown: &str, at: &Range<usize>, is_marked: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    if !is_at_line_start(markdown, at.start) || markdown[at.start..].starts_with([' ', '\t']) {
        return None;
    }
    let block = markdown[at.clone()].trim_end();
    let mut start = at.start;
    // The text after the last marked line that is not indented, and the line before it.
    let mut found: Option<(usize, &str)> = None;
    let mut before = "";
    for whole in block.split_inclusive('\n') {
        let line = whole.trim_end();
        let is_at_margin = line.starts_with(|c: char| !c.is_whitespace());
        if is_marked(line) {
            found = None;
        } else if is_at_margin && found.is_none() {
            found = Some((start, before));
        }
        start += whole.len();
        before = line;
    }
    let (start, before) = found?;
    let text = &markdown[start..at.start + block.len()];
    let ends_sentence = |text: &str| without_references(text).ends_with(['.', '!', '?', ':', '”']);
    let is_sentence =
        text.starts_with(char::is_uppercase) && ends_sentence(text) && text.split_whitespace().nth(WORDS - 1).is_some();
    let is_ended = ends_sentence(before) || before.chars().count() < SHORT_LINE;
    let first = text.lines().next().map_or(0, |line| line.trim_end().len());
    (is_sentence && is_ended && !before.trim().is_empty()).then(|| start..start + first)
}

/// May this number of an item be a year?
pub(super) fn is_year(number: u64) -> bool {
    (1000..=2999).contains(&number)
}

/// Checks a numbered list, or an item of one that does not count years: a year at the start of a sentence makes one.
pub(super) fn year_as_number(markdown: &str, at: &Range<usize>) -> Option<StrayBlock> {
    const LENGTH: usize = "2019.".len();
    let item = markdown[at.clone()].trim_end();
    let year = item.get(..LENGTH)?.strip_suffix('.')?;
    let is_alone = item.lines().skip(1).all(|line| item_mark(line).is_none());
    let is_one = year.parse().is_ok_and(is_year) && is_alone;
    is_one.then(|| (StrayKind::YearAsNumber, at.start..at.start + LENGTH))
}

/// A list that ends the numbered list above it, because it is not indented enough to be part of an item.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ShallowList {
    /// The bytes of its first mark.
    pub(super) at: Range<usize>,
    /// The white space at the start of each of its lines.
    pub(super) indents: Vec<Range<usize>>,
    /// The number of spaces that are lacking.
    pub(super) missing: usize,
    /// The number of spaces that the item needs.
    pub(super) needed: usize,
}

/// Checks the list at these bytes, which follows a numbered list at other bytes.
pub(super) fn shallow_list(markdown: &str, above: &Range<usize>, at: &Range<usize>) -> Option<ShallowList> {
    let is_directly_below = markdown.get(above.end..at.start)?.trim_matches([' ', '\t']).is_empty();
    let line_start = markdown[..at.start].rfind('\n').map_or(0, |end| end + 1);
    let blanks = at.start + (at.len() - markdown[at.clone()].trim_start_matches(' ').len());
    let indent = &markdown[line_start..blanks];
    let is_indented = !indent.is_empty() && indent.bytes().all(|byte| byte == b' ');
    if !is_directly_below || !is_indented || !is_at_line_start(markdown, above.start) {
        return None;
    }
    let needed = markdown[above.clone()].lines().rev().find_map(item_mark)?;
    let missing = needed.checked_sub(indent.len()).filter(|&missing| missing > 0)?;
    let mut start = line_start;
    let mut indents = Vec::new();
    for whole in markdown[line_start..at.end].split_inclusive('\n') {
        let length = whole.len() - whole.trim_start_matches(' ').len();
        if length >= indent.len() && length < whole.trim_end().len() {
            indents.push(start..start + length);
        }
        start += whole.len();
    }
    Some(ShallowList { at: blanks..blanks + 1, indents, missing, needed })
}

/// The length of a list mark at the start of a line, with the space after it: `- `, `10. `.
fn item_mark(line: &str) -> Option<usize> {
    let line = line.trim_start_matches([' ', '\t']);
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let ends: &[char] = if digits == 0 { &['-', '*', '+'] } else { &['.', ')'] };
    let rest = line[digits..].strip_prefix(ends)?;
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then_some(digits + 2)
}

fn is_at_line_start(markdown: &str, at: usize) -> bool {
    at == 0 || markdown[..at].ends_with('\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_list(list: &str, expected: Option<&str>) {
        let found = text_under_list(list, &(0..list.len()));
        assert_eq!(found.map(|(_, at)| &list[at]), expected, "{list}");
    }

    #[test]
    fn a_sentence_under_a_list_is_found() {
        check_list("- One\n- Two\nBoth desks were to close.[@report]\n", Some("Both desks were to close.[@report]"));
        check_list("1. One\n2. Two\nBoth desks were\nto close.", Some("Both desks were"));
        check_list("- One\n  goes on.\nBoth desks were to close.", Some("Both desks were to close."));
    }

    #[test]
    fn a_wrapped_item_is_left_alone() {
        check_list("- One\n- Two goes on\nin the next line.", None);
        check_list("- One\n- Two\n  Both desks were to close.", None);
        check_list(
            "- The council and the trust next to it agreed in the end that\nTorbay would lead for both of them.",
            None,
        );
        check_list("- One\n- Two, at\nTorbay Council.", None);
        check_list("- One\nBoth desks were to close.\n- Two", None);
    }

    #[test]
    fn a_sentence_under_a_quotation_is_found() {
        let check = |quote: &str, expected: Option<&str>| {
            assert_eq!(text_under_quote(quote, &(0..quote.len())).map(|(_, at)| &quote[at]), expected, "{quote}");
        };
        check("> Quote one\nBoth desks were to close.", Some("Both desks were to close."));
        check("> Quote one\ngoes on in this line.", None);
        check("> Quote one\n> Both desks were to close.", None);
    }

    #[test]
    fn a_year_at_the_start_of_a_sentence_is_found() {
        let check = |list: &str, expected: Option<&str>| {
            let found = year_as_number(list, &(0..list.len()));
            assert_eq!(found.map(|(_, at)| &list[at]), expected, "{list}");
        };
        check("2019. That was the year it began.", Some("2019."));
        check("2019. One.\n2020. Two.", None);
        check("1. One", None);
        check("2019) One", None);
    }

    #[test]
    fn a_list_needs_the_indent_of_its_item() {
        let check = |text: &str, above: Range<usize>, expected: Option<(usize, usize)>| {
            let start = above.end + text[above.end..].find('-').unwrap();
            let found = shallow_list(text, &above, &(start..text.len()));
            assert_eq!(found.map(|list| (list.missing, list.indents.len())), expected, "{text}");
        };
        check("1. One\n  - sub\n  - sub\n", 0..7, Some((1, 2)));
        check("10. One\n  - sub\n    - sub\n", 0..8, Some((2, 2)));
        check("1. One\n\n  - other\n", 0..7, None);
        check("1. One\n- other\n", 0..7, None);
    }
}
