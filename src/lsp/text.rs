//! Positions of the protocol ↔ bytes of a text, and edits of a text.
//!
//! A position counts lines from 0 and, within a line, bytes or UTF-16 units, as client and server have agreed. A
//! position beyond the end of its line or of the text means that end, so that no client can make the server panic.

use std::iter;

use lsp_types::{Position, Range, TextDocumentContentChangeEvent};

use crate::problem::Span;

/// The unit of columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 units, which every client supports.
    Utf16,
}

impl Encoding {
    fn width(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
        }
    }
}

/// The byte at a position.
pub fn offset(text: &str, position: Position, encoding: Encoding) -> usize {
    let mut start = 0;
    for _ in 0..position.line {
        match text[start..].find('\n') {
            Some(newline) => start += newline + 1,
            None => return text.len(),
        }
    }
    let line = line_at(text, start);
    let mut column = 0;
    for (at, c) in line.char_indices() {
        if column >= position.character as usize {
            return start + at;
        }
        column += encoding.width(c);
    }
    start + line.len()
}

/// A text with the starts of its lines, which are looked for once for any number of positions.
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'t> LineIndex<'t> {
    /// Finds the lines of a text.
    pub fn new(text: &'t str, encoding: Encoding) -> LineIndex<'t> {
        let starts = iter::once(0).chain(text.match_indices('\n').map(|(newline, _)| newline + 1)).collect();
        LineIndex { text, starts, encoding }
    }

    /// The position of a byte.
    pub fn position(&self, at: usize) -> Position {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= at) - 1;
        let column: usize = self.text[self.starts[line]..at].chars().map(|c| self.encoding.width(c)).sum();
        Position::new(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }

    /// The positions of some bytes.
    pub fn range(&self, span: &Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    /// The range of a place in a report: lines and columns from 1, columns in characters.
    pub fn range_of_place(&self, from: (usize, usize), to: (usize, usize)) -> Range {
        let at = |(line, column): (usize, usize)| {
            let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
            let marked = if start == 0 && self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            let rest = &self.text[start + marked..];
            let bytes = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
            self.position(start + marked + bytes)
        };
        Range::new(at(from), at(to))
    }
}

/// Applies a client's edits to a text, in order.
pub fn edited(mut text: String, changes: &[TextDocumentContentChangeEvent], encoding: Encoding) -> String {
    for change in changes {
        let Some(range) = change.range else {
            text.clone_from(&change.text);
            continue;
        };
        let start = offset(&text, range.start, encoding);
        let end = offset(&text, range.end, encoding).max(start);
        text.replace_range(start..end, &change.text);
    }
    text
}

/// The line that begins at a byte, without its line break.
pub fn line_at(text: &str, start: usize) -> &str {
    text[start..].lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_are_in_the_agreed_unit() {
        let text = "a\n𝄞é x\r\nlast";
        assert_eq!(offset(text, Position::new(1, 3), Encoding::Utf16), text.find(" x").unwrap());
        assert_eq!(offset(text, Position::new(1, 6), Encoding::Utf8), text.find(" x").unwrap());
        let [in_bytes, in_units] = [Encoding::Utf8, Encoding::Utf16].map(|unit| LineIndex::new(text, unit));
        assert_eq!(in_units.position(text.find(" x").unwrap()), Position::new(1, 3));
        assert_eq!(in_bytes.position(text.len() + 9), Position::new(2, 4));
        assert_eq!(offset(text, Position::new(1, 99), Encoding::Utf16), text.find('\r').unwrap());
        assert_eq!(offset(text, Position::new(99, 0), Encoding::Utf16), text.len());
        assert_eq!(LineIndex::new("é b\n", Encoding::Utf8).range_of_place((1, 3), (1, 4)).start, Position::new(0, 3));
    }

    proptest! {
        #[test]
        fn a_byte_becomes_a_position_and_back(text: String, at: usize) {
            let at = text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(at % (text.chars().count() + 1)).unwrap();
            let is_within_an_end = text[..at].ends_with('\r') && text[at..].starts_with('\n');
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                let back = offset(&text, LineIndex::new(&text, encoding).position(at), encoding);
                prop_assert_eq!(back, if is_within_an_end { at - 1 } else { at });
            }
        }

        #[test]
        fn an_edit_replaces_its_range_and_nothing_else(text: String, new: String, numbers: [u32; 4]) {
            let [a, b, c, d] = numbers;
            let range = Some(Range::new(Position::new(a % 4, b), Position::new(c % 4, d)));
            let change = TextDocumentContentChangeEvent { range, range_length: None, text: new };
            let at = |line, column| offset(&text, Position::new(line, column), Encoding::Utf16);
            let (start, end) = (at(a % 4, b), at(c % 4, d));
            let expected = [&text[..start], &change.text, &text[end.max(start)..]].concat();
            prop_assert_eq!(edited(text, &[change], Encoding::Utf16), expected);
        }
    }
}
