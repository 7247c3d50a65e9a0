//! Single mistakes in Markdown, each with a message of its own: hashes that make no heading, code that is not closed,
//! and brackets that make no link, note or citation.
//!
//! Takes the text of a body and the position of a mark; gives a problem if it is such a mistake. A page with one can be
//! published, so each is a warning.

use std::ops::Range;

use super::text::BodyText;
use crate::problem::{
    Problem,
    message::{markdown, source},
};

/// A heading without the space after its hashes, or with too many of them. `is_alone` says that the line is a paragraph
/// of its own.
pub(super) fn not_a_heading(text: BodyText<'_>, at: usize, is_alone: bool) -> Option<Problem> {
    if !text.markdown[at..].starts_with('#') {
        return None;
    }
    let line = text.line_from(at).trim_end();
    let words = line.trim_start_matches('#');
    let hashes = line.len() - words.len();
    let spot = text.spot(at..at + hashes);
    match hashes {
        1 => {
            // A hashtag is one word, and one that begins a sentence is followed by its full stop.
            let is_heading = is_alone
                && words.starts_with(char::is_uppercase)
                && words.contains(' ')
                && !words.contains('#')
                && !words.ends_with(['.', '!', '?', ':', ';', ',', ']', ')', '”']);
            is_heading.then(|| markdown::one_hash(&spot))
        }
        2..=6 if words.starts_with('\u{a0}') => None,
        2..=6 => Some(markdown::not_a_heading(&spot, &line[..hashes], words.starts_with(char::is_alphabetic))),
        _ => words.starts_with(' ').then(|| markdown::too_many_hashes(&spot)),
    }
}

/// Code in a fence that is never closed.
pub(super) fn unclosed_code(text: BodyText<'_>, at: &Range<usize>) -> Option<Problem> {
    let code = text.markdown[at.clone()].trim_end();
    let mark = if code.starts_with('~') { '~' } else { '`' };
    let fence = &code[..code.len() - code.trim_start_matches(mark).len()];
    let closes = |line: &str| line.starts_with(fence) && line.trim_start_matches(mark).is_empty();
    let last = code.rsplit_once('\n').map(|(_, line)| line.trim_start_matches([' ', '\t', '>']));
    let is_closed = last.is_some_and(closes);
    (!is_closed).then(|| markdown::unclosed_code(&text.spot(at.start..at.start + fence.len()), fence))
}

/// A link with an invalid address in these brackets.
pub(super) fn not_a_link(text: BodyText<'_>, at: usize) -> Problem {
    let line = text.line_from(at);
    let end = closing_bracket(line).or_else(|| line.find(')'));
    let address = end.map_or(line, |end| &line[..=end]);
    markdown::not_a_link(&text.spot(at..at + address.len()), address)
}

/// The bracket that closes the round one at the start of a text, in which there may be more pairs.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut open = 0;
    let is_closed = |&(_, mark): &(usize, char)| {
        open += i32::from(mark == '(') - i32::from(mark == ')');
        open == 0
    };
    text.char_indices().find(is_closed).map(|(end, _)| end)
}

/// A reference to a footnote that does not exist.
pub(super) fn no_footnote(text: BodyText<'_>, at: usize) -> Option<Problem> {
    let line = text.line_from(at);
    let end = line.find(']')?;
    let name = &line[2..end];
    let is_name = !name.is_empty() && !name.contains(char::is_whitespace);
    is_name.then(|| markdown::no_footnote(&text.spot(at..at + end + 1), name))
}

/// Brackets that begin like a citation: never closed, or without a source.
pub(super) fn no_citation(text: BodyText<'_>, at: usize) -> Problem {
    let line = text.line_from(at);
    let end = line.find([' ', ']', ';', ',']).unwrap_or(line.len());
    let spot = text.spot(at..at + end + usize::from(line[end..].starts_with(']')));
    if line.contains(']') { source::not_a_citation(&spot) } else { source::unclosed(&spot) }
}
