//! Text that was meant as Markdown and is not, so that readers would see brackets and hashes.
//!
//! Only text is checked, so what the parser recognised, and what an author escaped, is not reported. A page with such a
//! mistake can be published, so each is a warning; conflict markers of git are an error.

use std::ops::Range;

use super::writer::Writer;
use crate::problem::message::{self, markdown};

impl Writer<'_> {
    /// Checks a paragraph for hashes that make no heading.
    pub(super) fn look_for_heading_slip(&mut self, at: usize) {
        if self.markdown[at..].starts_with("##") {
            self.not_a_heading(at);
        }
    }

    /// Checks for the conflict markers of git.
    pub(super) fn look_for_conflict(&mut self, at: usize) {
        if self.markdown[at..].starts_with("<<<<<<< ") {
            let spot = self.spot(at..at + self.line_from(at).len());
            self.problems.push(markdown::conflict(&spot));
            self.has_conflict = true;
        }
    }

    /// Checks for code in a fence that is never closed.
    pub(super) fn look_for_unclosed_code(&mut self, at: &Range<usize>) {
        let code = self.markdown[at.clone()].trim_end();
        let mark = if code.starts_with('~') { '~' } else { '`' };
        let fence = &code[..code.len() - code.trim_start_matches(mark).len()];
        let closes = |line: &str| line.starts_with(fence) && line.trim_start_matches(mark).is_empty();
        let last = code.rsplit_once('\n').map(|(_, line)| line.trim_start_matches([' ', '\t', '>']));
        if !last.is_some_and(closes) {
            let spot = self.spot(at.start..at.start + fence.len());
            self.problems.push(markdown::unclosed_code(&spot, fence));
        }
    }

    /// A link with an invalid address in these brackets.
    pub(super) fn not_a_link(&mut self, at: usize) {
        let line = self.line_from(at);
        let address = line.find(')').map_or(line, |end| &line[..=end]);
        let spot = self.spot(at..at + address.len());
        self.problems.push(markdown::not_a_link(&spot, address));
    }

    /// A reference to a footnote that does not exist.
    pub(super) fn no_footnote(&mut self, at: usize) {
        let line = self.line_from(at);
        let Some(end) = line.find(']') else { return };
        let name = &line[2..end];
        if !name.is_empty() && !name.contains(char::is_whitespace) {
            let spot = self.spot(at..at + end + 1);
            self.problems.push(markdown::no_footnote(&spot, name));
        }
    }

    /// Brackets that begin like a citation: never closed, or without a source.
    pub(super) fn no_citation(&mut self, at: usize) {
        let line = self.line_from(at);
        let is_closed = line.contains(']');
        let end = line.find([' ', ']', ';', ',']).unwrap_or(line.len());
        let spot = self.spot(at..at + end + usize::from(line[end..].starts_with(']')));
        self.problems.push(match is_closed {
            true => message::source::not_a_citation(&spot),
            false => message::source::unclosed(&spot),
        });
    }

    /// A heading without the space after its hashes.
    fn not_a_heading(&mut self, at: usize) {
        let line = self.line_from(at);
        let hashes = line.len() - line.trim_start_matches('#').len();
        if hashes <= 6 && !line[hashes..].starts_with('\u{a0}') {
            let spot = self.spot(at..at + hashes);
            self.problems.push(markdown::not_a_heading(&spot, &line[..hashes]));
        }
    }

    /// The rest of the line.
    fn line_from(&self, at: usize) -> &str {
        const REACH: usize = 200;
        let end = (at..=self.markdown.len()).skip(REACH).find(|&end| self.markdown.is_char_boundary(end));
        let rest = &self.markdown[at..end.unwrap_or(self.markdown.len())];
        rest.lines().next().unwrap_or_default()
    }
}
