//! Notes as word processors paste them: `closed.[1]` in the text, and a line `[1] Report of the board` at its end; or
//! the same with `¹`.
//!
//! A number in brackets alone may be anything. Only a body that has both, the number in the text and the line that
//! begins with it, has such a note.

use std::{collections::BTreeSet, ops::Range};

use super::marks::within_mark;

/// The numbers found so far.
#[derive(Default)]
pub(super) struct TypedNotes {
    /// The numbers within the text, with their bytes in the body.
    in_text: Vec<(String, Range<usize>)>,
    /// The numbers at the start of a line.
    at_line_start: BTreeSet<String>,
}

impl TypedNotes {
    /// Searches the text at these bytes of the body.
    pub(super) fn search(&mut self, markdown: &str, at: &Range<usize>) {
        let run = &markdown[at.clone()];
        let start = at.start;
        if !may_hold_one(run.as_bytes()) {
            return;
        }
        let mut end = 0;
        for (at, _) in run.match_indices(|c| c == '[' || is_superscript(c)) {
            if at < end {
                continue;
            }
            let rest = &run[at..];
            let Some(mark) = mark(rest) else { continue };
            end = at + mark.len();
            let before = markdown[..start + at].trim_end_matches([' ', '\t', '>']);
            let after = &run[end..];
            let is_at_line_start = before.is_empty() || before.ends_with('\n');
            if is_at_line_start && after.starts_with([' ', '\t', '\u{a0}']) {
                self.at_line_start.insert(mark.to_owned());
            } else if !is_at_line_start && !after.starts_with(['(', ':']) {
                self.in_text.push((mark.to_owned(), start + at..start + end));
            }
        }
    }

    /// The numbers in the text that have a note.
    pub(super) fn found(self) -> impl Iterator<Item = Range<usize>> {
        let notes = self.at_line_start;
        self.in_text.into_iter().filter(move |(mark, _)| notes.contains(mark)).map(|(_, at)| at)
    }
}

/// The number at the start of a text: `[12]`, `¹²`.
fn mark(text: &str) -> Option<&str> {
    let Some(inner) = text.strip_prefix('[') else {
        return Some(&text[..text.find(|c| !is_superscript(c)).unwrap_or(text.len())]);
    };
    let length = within_mark(inner).find(']')?;
    let is_number = (1..=3).contains(&length) && inner[..length].bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| &text[..length + 2])
}

fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// Is there a byte with which such a number begins? The compiler compares many bytes at once.
fn may_hold_one(bytes: &[u8]) -> bool {
    let begins_one = |byte: u8, next: u8| {
        (byte == b'[') & next.is_ascii_digit()
            | (byte == 0xc2) & ((next == 0xb9) | (next == 0xb2) | (next == 0xb3))
            | (byte == 0xe2) & (next == 0x81)
    };
    let nexts = bytes.get(1..).unwrap_or_default();
    bytes.iter().zip(nexts).fold(false, |found, (&byte, &next)| found | begins_one(byte, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut notes = TypedNotes::default();
        notes.search(text, &(0..text.len()));
        assert_eq!(notes.found().map(|at| &text[at]).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn a_number_with_its_note_is_found() {
        check("They closed.[1] It ended.[2]\n[1] Report, 2013.\n[2] Audit.", &["[1]", "[2]"]);
        check("They closed.¹²\n¹² Report, 2013.", &["¹²"]);
    }

    #[test]
    fn a_number_alone_is_not() {
        check("As [1] says, and [2].", &[]);
        check("Some 40 m² of floor.\n[3] Report.", &[]);
        check("[1] One\n[2] Two [sic]", &[]);
    }
}
