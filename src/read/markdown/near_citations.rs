//! What looks like a citation and is none: `[report]`, `(@report)`, `@report`, `[＠report, p. 3]`.
//!
//! Takes a run of text, which the parser did not recognise as a citation or a link; gives each word that may be the id
//! of a source. Only the case knows its sources, so the words are kept until these are read.

use std::ops::Range;

use super::text::BodyText;
use crate::{
    model::document::{NearCitation, is_in_source_id},
    problem::Written,
    read::bounded::{first_bytes, last_bytes},
};

/// No such mark is longer, in bytes.
const LONGEST: usize = 120;

/// The at sign of East Asian keyboards.
const WIDE_AT: char = '＠';

/// A word that may be the id of a source.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NearCitationInRun<'a> {
    /// The bytes of the whole mark in the run.
    pub(super) at: Range<usize>,
    pub(super) id: &'a str,
    /// The rest within the brackets: `, p. 3`.
    pub(super) rest: &'a str,
}

impl NearCitationInRun<'_> {
    /// The same, for a run that begins at this byte of a body.
    pub(super) fn in_body(&self, text: BodyText<'_>, start: usize) -> NearCitation {
        let spot = text.spot(start + self.at.start..start + self.at.end);
        NearCitation { id: Written { value: self.id.to_owned(), spot }, rest: self.rest.to_owned() }
    }
}

/// The words in a run of text that may be ids of sources.
pub(super) fn find(run: &str) -> Vec<NearCitationInRun<'_>> {
    let mut found: Vec<NearCitationInRun<'_>> = Vec::new();
    if !run.bytes().fold(false, |found, byte| found | (byte == b'[') | (byte == b'@') | (byte == 0xef)) {
        return found;
    }
    for (at, mark) in run.match_indices(['[', '@', WIDE_AT]) {
        if found.last().is_some_and(|last| at < last.at.end) {
            continue;
        }
        found.extend(if mark == "[" { in_brackets(run, at) } else { after_at_sign(run, at, mark.len()) });
    }
    found
}

/// `[report, p. 3]`, or `[report]` where a source is usually named: directly after a word, or before a mark.
fn in_brackets(run: &str, at: usize) -> Option<NearCitationInRun<'_>> {
    let inner = &first_bytes(&run[at..], LONGEST)[1..];
    let inner = &inner[..inner.find(']')?];
    let after = &run[at + inner.len() + 2..];
    let (id, rest) = id(inner.strip_prefix(WIDE_AT).unwrap_or(inner))?;
    let is_wide = inner.starts_with(WIDE_AT);
    let follows_word = run[..at].ends_with(|c: char| c.is_alphanumeric() || ".,;:!?”)".contains(c));
    let is_before_mark = after.is_empty() || after.starts_with(['.', ',', ';', ':', ')', '\n']);
    let is_place = rest.starts_with(',');
    let is_link = after.starts_with(['(', '[']) || run[..at].ends_with(']');
    let is_it = is_wide || is_place || rest.is_empty() && (follows_word || is_before_mark);
    (is_it && !is_link).then(|| NearCitationInRun { at: at..at + inner.len() + 2, id, rest })
}

/// `@report` or `(@report)`, but not an e-mail address and no citation that is not closed.
fn after_at_sign(run: &str, at: usize, length: usize) -> Option<NearCitationInRun<'_>> {
    let before = last_bytes(&run[..at], 4);
    let is_begun = before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"'));
    let (id, _) = id(first_bytes(&run[at + length..], LONGEST)).filter(|_| is_begun)?;
    let end = at + length + id.len();
    let is_in_brackets = before.ends_with('(') && run[end..].starts_with(')');
    let at = if is_in_brackets { at - 1..end + 1 } else { at..end };
    Some(NearCitationInRun { at, id, rest: "" })
}

/// The id at the start of a text, and what follows it.
fn id(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c| !is_in_source_id(c)).unwrap_or(text.len());
    let id = text[..end].trim_end_matches(['.', ':', '/', '+']);
    (!id.is_empty()).then(|| (id, &text[id.len()..]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(run: &str, expected: &[(&str, &str)]) {
        let found = find(run);
        let found: Vec<(&str, &str)> = found.iter().map(|near| (&run[near.at.clone()], near.id)).collect();
        assert_eq!(found, expected, "{run}");
    }

    #[test]
    fn what_looks_like_a_citation_is_found() {
        check("They closed.[report] And", &[("[report]", "report")]);
        check("They closed [report].", &[("[report]", "report")]);
        check("as [report, p. 3] says", &[("[report, p. 3]", "report")]);
        check("as (@report) and @report say", &[("(@report)", "report"), ("@report", "report")]);
        check("closed.[＠report]", &[("[＠report]", "report")]);
        check("See @kings-fund.", &[("@kings-fund", "kings-fund")]);
    }

    #[test]
    fn other_brackets_and_addresses_are_not() {
        check("the [report] said; jo@report.org; [a b]; [^1]; [@report", &[]);
        check("[report](x) and [report][x]", &[]);
    }

    proptest! {
        #[test]
        fn marks_are_in_order_and_within_the_text(run in "[\\[\\]()@＠., a-cé\n]{0,60}") {
            let mut end = 0;
            for near in find(&run) {
                prop_assert!(run.get(near.at.clone()).is_some());
                prop_assert!(near.at.start >= end);
                end = near.at.end;
            }
        }
    }
}
