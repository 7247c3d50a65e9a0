//! Citations in the syntax of Pandoc: `[@kings-fund]`, `[@kings-fund, p. 12]`, `[@kings-fund; @audit]`. A comma before
//! another source counts as a semicolon.
//!
//! The parser calls back for every pair of brackets that is not a link, so brackets in code, in a link or after a
//! backslash are never citations. A citation becomes a slot, because the number of a source is known only for the whole
//! case. The text of a citation is not printed, so it is not in outlines or the search index.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, BrokenLinkCallback, CowStr, Event, LinkType, Parser, Tag};

use super::text::BodyText;
use crate::{
    model::document::{Cited, is_in_source_id},
    problem::{Problem, Written, message},
    read::invisible,
};

/// The target of a link that marks a citation while Markdown is parsed. Authors cannot write it.
const MARK: &str = "@";

/// A parser for Markdown in which brackets may be citations. `parsed` is the text for the parser, with the same bytes
/// except for some colons and braces.
pub(super) fn parser<'a>(markdown: &'a str, parsed: &'a str) -> Parser<'a, impl BrokenLinkCallback<'a>> {
    let meant = |link: BrokenLink<'a>| {
        let text = markdown.get(link.span)?;
        (!items(text)?.is_empty()).then_some((CowStr::Borrowed(MARK), CowStr::Borrowed("")))
    };
    Parser::new_with_broken_link_callback(parsed, super::options(), Some(meant))
}

/// Does a citation begin with this event?
pub(super) fn begins(event: &Event<'_>) -> bool {
    let is_unknown = |link: LinkType| {
        matches!(link, LinkType::ShortcutUnknown | LinkType::ReferenceUnknown | LinkType::CollapsedUnknown)
    };
    matches!(event, Event::Start(Tag::Link { link_type, dest_url, .. }) if is_unknown(*link_type) && **dest_url == *MARK)
}

/// A source in a citation.
#[derive(Debug, PartialEq, Eq)]
struct CitedSource<'a> {
    before: &'a str,
    /// The bytes of the `@` and the id in the citation.
    at: Range<usize>,
    /// The id, perhaps with characters that nobody sees.
    id: &'a str,
    after: &'a str,
}

/// The sources in brackets; `[@a][@b]` is two adjacent citations. None if the text is not a citation.
fn items(text: &str) -> Option<Vec<CitedSource<'_>>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let is_end = |&(at, mark): &(usize, char)| match mark {
        ',' => inner[at + 1..].trim_start().starts_with('@'),
        _ => matches!(mark, ';' | ']'),
    };
    let ends = inner.char_indices().filter(is_end).map(|(at, _)| at).chain([inner.len()]);
    let mut items = Vec::new();
    let mut from = 0;
    for end in ends {
        let part = &inner[from..end];
        // Adjacent citations have an opening bracket between them.
        let named = part.strip_prefix('[').unwrap_or(part);
        items.push(item(named, 1 + from + (part.len() - named.len()))?);
        from = end + 1;
    }
    Some(items)
}

/// The source in one part of a citation. `start` is its position in the citation.
fn item(part: &str, start: usize) -> Option<CitedSource<'_>> {
    let is_invisible = invisible::invisible_in(part);
    let is_invisible = |c: char| is_invisible(&c);
    let is_start = |&(at, _): &(usize, &str)| {
        let before = part[..at].trim_end_matches(is_invisible);
        let before = before.strip_suffix('-').unwrap_or(before);
        before.is_empty() || before.ends_with(char::is_whitespace)
    };
    let (at, _) = part.match_indices('@').find(is_start)?;
    let rest = &part[at + 1..];
    let ends_id = |c: char| !is_in_source_id(c) && !is_invisible(c);
    let id = rest.find(ends_id).map_or(rest, |end| &rest[..end]);
    let id = id.trim_end_matches(|c| ".:/+".contains(c) || is_invisible(c));
    let after = rest[id.len()..].trim_start();
    let after = after.strip_prefix([',', ':']).unwrap_or(after).trim();
    // Marks alone are no place in the source: the full stop of a sentence is often put into the brackets.
    let after = if after.chars().all(|c| ".,:/+".contains(c) || is_invisible(c)) { "" } else { after };
    let before = part[..at].trim_end_matches(|c| c == '-' || is_invisible(c)).trim();
    (!id.trim_start_matches(is_invisible).is_empty()).then(|| CitedSource {
        before,
        at: start + at..start + at + 1 + id.len(),
        id,
        after,
    })
}

/// The sources of a citation at these bytes of the body. None if the text is not a citation.
pub(super) fn sources(text: BodyText<'_>, at: &Range<usize>) -> Option<Vec<Cited>> {
    let cited = |item: CitedSource<'_>| Cited {
        before: words(&invisible::without(item.before)),
        id: Written {
            value: invisible::without(item.id),
            spot: text.spot(at.start + item.at.start..at.start + item.at.end),
        },
        place: words(&invisible::without(item.after)),
    };
    Some(items(&text.markdown[at.clone()])?.into_iter().map(cited).collect())
}

/// The problem of a character in a citation that nobody sees. It is left out.
pub(super) fn invisible_character(text: BodyText<'_>, at: &Range<usize>) -> Option<Problem> {
    let written = text.markdown.get(at.clone()).filter(|written| !written.is_ascii())?;
    let first = invisible::first(written)?;
    let without = invisible::without(written);
    Some(message::doubtful::invisible(&text.spot(at.clone()), "citation", written, &without, first))
}

/// The events of a citation's text, which is not printed: the number of its constructs that are open.
#[derive(Default)]
pub(super) struct CitationText {
    depth: usize,
}

impl CitationText {
    /// Takes the start of a citation.
    pub(super) fn start(&mut self) {
        self.depth = 1;
    }

    /// Takes the event if it belongs to a citation.
    pub(super) fn take(&mut self, event: &Event<'_>) -> bool {
        let is_in_citation = self.depth > 0;
        match event {
            Event::Start(_) if is_in_citation => self.depth += 1,
            Event::End(_) if is_in_citation => self.depth -= 1,
            _ => {}
        }
        is_in_citation
    }
}

/// A text of a citation as readers see it: on one line, and without the backslashes that escape marks.
fn words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut words = String::with_capacity(line.len());
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_escape = letter == '\\' && letters.peek().is_some_and(char::is_ascii_punctuation);
        words.extend(if is_escape { letters.next() } else { Some(letter) });
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The parts of a citation: the text before, the id, the text after.
    #[track_caller]
    fn check(text: &str, expected: &[[&str; 3]]) {
        let found: Vec<[&str; 3]> =
            items(text).unwrap_or_default().iter().map(|item| [item.before, item.id, item.after]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn citations_are_parsed_as_in_pandoc() {
        check("[@kings-fund]", &[["", "kings-fund", ""]]);
        check("[@kings-fund, p. 12]", &[["", "kings-fund", "p. 12"]]);
        check("[@a; @b]", &[["", "a", ""], ["", "b", ""]]);
        check("[see @a, pp. 3-5; also @b]", &[["see", "a", "pp. 3-5"], ["also", "b", ""]]);
        check("[@a, @b]", &[["", "a", ""], ["", "b", ""]]);
        check("[@a, p. 3,@b]", &[["", "a", "p. 3"], ["", "b", ""]]);
        check("[-@smith:2013]", &[["", "smith:2013", ""]]);
        check("[@a.]", &[["", "a", ""]]);
        check("[@a: 12]", &[["", "a", "12"]]);
        check("[@a, p. 12.]", &[["", "a", "p. 12."]]);
        check("[@a][@b, p. 2]", &[["", "a", ""], ["", "b", "p. 2"]]);
        check("[@é]", &[["", "é", ""]]);
    }

    #[test]
    fn other_brackets_are_left_alone() {
        for text in
            ["[ann@example.org]", "[write to ann@example.org]", "[@]", "[@ a]", "[a]", "[]", "[@a; b]", "[x][@a]"]
        {
            check(text, &[]);
        }
    }

    #[test]
    fn escaped_marks_are_shown_without_their_backslashes() {
        assert_eq!(words(r"p. 3\|4\* in C:\dir  \\"), r"p. 3|4* in C:\dir \");
    }

    proptest! {
        #[test]
        fn the_place_of_an_id_excludes_its_mark(inner in "[@a;,é \\]\\[-]{0,30}") {
            let text = format!("[{inner}]");
            for item in items(&text).unwrap_or_default() {
                prop_assert_eq!(&text[item.at], format!("@{}", item.id));
            }
        }
    }
}
