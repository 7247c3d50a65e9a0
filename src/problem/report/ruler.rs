//! The bytes of one file → lines, columns and excerpts.
//!
//! A ruler is made once for each file with problems, in one pass, and then answers in almost constant time, so that
//! many problems on one very long line stay cheap. A line ends with LF or CR LF. From the first byte that is not UTF-8
//! to the end of the file, each byte counts as a character. Any span is accepted, and fitted into the file.

use crate::problem::{Span, report::Excerpt};

/// The number of bytes between two counts of characters.
const STRIDE: usize = 64;
/// The most characters of a line in an excerpt.
const WINDOW: usize = 140;
/// The least number of characters before the place, if there are that many.
const LEAD: usize = 50;
/// The most bytes of a character.
const WIDEST: usize = 4;
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A file, prepared for measuring.
pub(super) struct Ruler<'a> {
    bytes: &'a [u8],
    /// The number of bytes from the start that are UTF-8.
    readable: usize,
    /// The number of characters that begin before byte `n * STRIDE`.
    strides: Vec<usize>,
    /// The first byte of each line.
    lines: Vec<usize>,
}

impl<'a> Ruler<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Ruler<'a> {
        let readable = match std::str::from_utf8(bytes) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let breaks = bytes.iter().enumerate().filter(|&(_, &byte)| byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(breaks).collect();
        let mut ruler = Ruler { bytes, readable, strides: Vec::new(), lines };
        let mut characters = 0;
        for from in (0..=bytes.len()).step_by(STRIDE) {
            ruler.strides.push(characters);
            characters += ruler.characters_in(from..bytes.len().min(from + STRIDE));
        }
        ruler
    }

    /// The bytes of a span as text, if they are text.
    pub(super) fn text(&self, span: &Span) -> Option<&'a str> {
        std::str::from_utf8(self.bytes.get(span.clone())?).ok()
    }

    /// The nearest span in the file, with whole characters and without a line break at its end.
    pub(super) fn fit(&self, span: &Span) -> Span {
        let start = self.floor(span.start);
        let span = &self.bytes[start..self.floor(span.end).max(start)];
        let line = span.strip_suffix(b"\n").map_or(span, |line| line.strip_suffix(b"\r").unwrap_or(line));
        start..start + line.len()
    }

    /// The line and the column of a byte.
    pub(super) fn line_and_column(&self, at: usize) -> (usize, usize) {
        let line = self.line_around(at);
        let column = self.characters_before(at.clamp(line.start, line.end)) - self.characters_before(line.start);
        (self.lines.partition_point(|&start| start <= at).max(1), column + 1)
    }

    /// The line of a byte, without its line break and byte-order mark.
    pub(super) fn line_around(&self, at: usize) -> Span {
        let next = self.lines.partition_point(|&start| start <= at);
        let mut start = next.checked_sub(1).map_or(0, |line| self.lines[line]);
        if start == 0 && self.bytes.starts_with(BYTE_ORDER_MARK) {
            start = BYTE_ORDER_MARK.len();
        }
        let Some(&end) = self.lines.get(next) else { return start..self.bytes.len() };
        let end = end - 1;
        start..if self.bytes[..end].ends_with(b"\r") { end - 1 } else { end }.max(start)
    }

    /// The number of characters that begin before a byte.
    pub(super) fn characters_before(&self, at: usize) -> usize {
        let at = at.min(self.bytes.len());
        self.strides[at / STRIDE] + self.characters_in(at / STRIDE * STRIDE..at)
    }

    /// The first byte of a character; the end of the file if there are fewer characters.
    pub(super) fn byte_of(&self, character: usize) -> usize {
        let stride = self.strides.partition_point(|&before| before <= character) - 1;
        let from = stride * STRIDE;
        (from..self.bytes.len())
            .filter(|&at| self.begins(at))
            .nth(character - self.strides[stride])
            .unwrap_or(self.bytes.len())
    }

    /// The source around a fitted span, as far as it is on its first line.
    pub(super) fn excerpt(&self, span: &Span) -> Excerpt {
        let line = self.line_around(span.start);
        let start = span.start.clamp(line.start, line.end);
        let end = span.end.clamp(start, line.end);
        // So many bytes contain more characters than the window, so a character cut here is never shown.
        let reach = (WINDOW + 1) * WIDEST;
        let before = String::from_utf8_lossy(&self.bytes[line.start.max(start.saturating_sub(reach))..start]);
        let marked = String::from_utf8_lossy(&self.bytes[start..end.min(start + reach)]);
        let after = String::from_utf8_lossy(&self.bytes[end..line.end.min(end + reach)]);

        let (marked, marked_length, marked_cut) = first(&marked, WINDOW - LEAD);
        let (_, after_length, _) = first(&after, WINDOW - marked_length);
        let (before, before_length, before_cut) = last(&before, LEAD.max(WINDOW - marked_length - after_length));
        let (after, _, after_cut) = first(&after, if marked_cut { 0 } else { WINDOW - marked_length - before_length });
        Excerpt {
            before: format!("{}{before}", if before_cut { "…" } else { "" }),
            marked: marked.to_owned(),
            after: format!("{after}{}", if after_cut || marked_cut { "…" } else { "" }),
        }
    }

    /// Does a character begin at this byte?
    fn begins(&self, at: usize) -> bool {
        at >= self.readable || self.bytes[at] & 0b1100_0000 != 0b1000_0000
    }

    fn characters_in(&self, span: Span) -> usize {
        span.filter(|&at| self.begins(at)).count()
    }

    fn floor(&self, at: usize) -> usize {
        let mut at = at.min(self.bytes.len());
        while at < self.bytes.len() && !self.begins(at) {
            at -= 1;
        }
        at
    }
}

/// The first characters of a text, their number, and whether the text was cut.
fn first(text: &str, most: usize) -> (&str, usize, bool) {
    match text.char_indices().nth(most) {
        Some((cut, _)) => (&text[..cut], most, true),
        None => (text, text.chars().count(), false),
    }
}

/// The last characters of a text, their number, and whether the text was cut.
fn last(text: &str, most: usize) -> (&str, usize, bool) {
    let length = text.chars().count();
    match length.checked_sub(most) {
        None | Some(0) => (text, length, false),
        Some(left_out) => {
            let cut = text.char_indices().nth(left_out).map_or(text.len(), |(at, _)| at);
            (&text[cut..], most, true)
        }
    }
}
