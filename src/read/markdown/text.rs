//! The Markdown of a body, and where its parts are in the file.

use std::ops::Range;

use crate::problem::{FilePath, Spot};

/// The text of a body. Positions in it are bytes of the Markdown.
#[derive(Clone, Copy)]
pub(super) struct BodyText<'a> {
    pub(super) markdown: &'a str,
    /// The text for the parser: the same bytes, except for some colons and braces.
    parsed: &'a str,
    file: &'a FilePath,
    /// The start of the body in its file.
    start: usize,
}

impl<'a> BodyText<'a> {
    /// The Markdown that begins at `start` of the file. `parsed` is the text for the parser.
    pub(super) fn new(file: &'a FilePath, markdown: &'a str, parsed: &'a str, start: usize) -> BodyText<'a> {
        BodyText { markdown, parsed, file, start }
    }

    /// The bytes of the file for some bytes of the body.
    pub(super) fn in_file(&self, at: Range<usize>) -> Range<usize> {
        self.start + at.start..self.start + at.end
    }

    /// The byte of the body for a byte of the file, if it is not before the body.
    pub(super) fn in_body(&self, at: usize) -> Option<usize> {
        at.checked_sub(self.start)
    }

    /// The spot of some bytes of the body.
    pub(super) fn spot(&self, at: Range<usize>) -> Spot {
        Spot::bytes(self.file, self.in_file(at))
    }

    /// The spot of a part of a construct, if the source has the same letters; otherwise that of the construct.
    pub(super) fn spot_of(&self, part: &str, construct: &Range<usize>) -> Spot {
        self.spot(self.trimmed(self.bytes_of(part, construct).unwrap_or_else(|| construct.clone())))
    }

    /// The bytes of a part of a construct, if the source has the same letters.
    pub(super) fn bytes_of(&self, part: &str, construct: &Range<usize>) -> Option<Range<usize>> {
        // A part without escapes is a slice of the body, so its offset follows from its pointer.
        let from = (part.as_ptr() as usize).wrapping_sub(self.parsed.as_ptr() as usize);
        let is_within = from >= construct.start && from < construct.end && part.len() <= construct.end - from;
        (is_within && !part.is_empty()).then(|| from..from + part.len())
    }

    /// These bytes without the white space at their end.
    pub(super) fn trimmed(&self, at: Range<usize>) -> Range<usize> {
        let length = self.markdown.get(at.clone()).map_or(0, |text| text.trim_end().len());
        at.start..at.start + length
    }

    /// The rest of the line.
    pub(super) fn line_from(&self, at: usize) -> &'a str {
        const REACH: usize = 200;
        let end = (at..=self.markdown.len()).skip(REACH).find(|&end| self.markdown.is_char_boundary(end));
        let rest = &self.markdown[at..end.unwrap_or(self.markdown.len())];
        rest.lines().next().unwrap_or_default()
    }
}
