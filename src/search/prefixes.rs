//! Prefixes with so many forms that a browser cannot load them all: each has a record of its own, as if it were a form.
//!
//! For a reader who has typed "co", a browser would need every file with forms that begin with "co". The record of the
//! prefix holds the documents of all these forms, each with their highest impact there.

use std::{collections::BTreeSet, ops::Range};

use rayon::prelude::*;

use crate::{
    model::ids::{Id, IdVec},
    search::{
        format::{catalogue::RecordList, postings},
        lexicon::{FormId, Lexicon, by_units},
        order::DocumentNumber,
        postings::LexiconEntry,
        weight::Posting,
    },
};

/// If the forms with a prefix are in more records than this, the prefix has a record of its own. The browser has the
/// same number.
const MAX_RECORDS: usize = 6;

/// A prefix with its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefix {
    /// The prefix.
    pub text: Box<str>,
    /// The number of cases with a form that has this prefix.
    pub cases: usize,
    /// The number of other documents with one.
    pub others: usize,
    /// Its postings: see [`postings`](mod@postings).
    pub postings: Vec<u8>,
}

/// How many documents an index has.
#[derive(Clone, Copy, Debug)]
pub struct DocumentCounts {
    /// The cases.
    pub cases: usize,
    /// The cases, pages and entries of the glossary.
    pub all: usize,
}

/// Every prefix that needs a record of its own, in order. `words` are the records of words.
pub fn prefixes(
    lexicon: &Lexicon,
    entries: &IdVec<FormId, LexiconEntry>,
    words: &RecordList,
    counts: DocumentCounts,
) -> Vec<Prefix> {
    let mut texts: Vec<&str> = wide(words).into_iter().collect();
    texts.sort_unstable_by(|a, b| by_units(a, b));
    let found =
        grouped_by_prefix(&texts).into_par_iter().map(|(text, below)| Union::of(lexicon, entries, text, below, counts));
    found.flat_map_iter(|union| union.prefixes).collect()
}

/// The prefixes whose forms are in more than `MAX_RECORDS` records. The browser computes the same.
pub fn wide(words: &RecordList) -> BTreeSet<&str> {
    let prefixes = words.from.iter().flat_map(|from| from.char_indices().map(|(at, c)| &from[..at + c.len_utf8()]));
    prefixes.filter(|text| span(words, text) > MAX_RECORDS).collect()
}

/// The number of records that may contain forms with this prefix.
pub fn span(words: &RecordList, text: &str) -> usize {
    let until = |text: &str| words.from.partition_point(|from| by_units(from, text).is_le());
    until(&format!("{text}\u{ffff}")) + 1 - until(text).max(1)
}

/// Groups sorted texts: each text that begins with no other text, with the texts that begin with it.
fn grouped_by_prefix<'a, 'b>(mut texts: &'a [&'b str]) -> Vec<(&'b str, &'a [&'b str])> {
    let mut groups = Vec::new();
    while let Some((text, after)) = texts.split_first() {
        let (below, others) = after.split_at(after.iter().take_while(|other| other.starts_with(text)).count());
        groups.push((*text, below));
        texts = others;
    }
    groups
}

/// The documents of all forms with a prefix.
struct Union {
    /// The forms.
    forms: Range<FormId>,
    /// For each document, twice the highest impact, plus one if the form is in the title; 0 if it has no such form.
    best: IdVec<DocumentNumber, u16>,
    /// The prefix itself, and the longer prefixes that begin with it, in order.
    prefixes: Vec<Prefix>,
}

impl Union {
    /// Computes the documents of a prefix. Longer prefixes (`below`) have records too, and their forms are read only
    /// there.
    fn of(
        lexicon: &Lexicon,
        entries: &IdVec<FormId, LexiconEntry>,
        text: &str,
        below: &[&str],
        counts: DocumentCounts,
    ) -> Union {
        let groups = grouped_by_prefix(below).into_par_iter();
        let unions = groups.map(|(text, below)| Union::of(lexicon, entries, text, below, counts)).collect::<Vec<_>>();
        let forms = lexicon.with_prefix(text);
        let mut best = IdVec::filled(0, counts.all);
        let mut next = forms.start;
        for union in &unions {
            add(&entries[next..union.forms.start], &mut best);
            let both = best.values_mut().iter_mut().zip(union.best.values());
            both.for_each(|(best, other)| *best = (*best).max(*other));
            next = union.forms.end;
        }
        add(&entries[next..forms.end], &mut best);
        let mut prefixes = vec![prefix(text, &best, counts.cases)];
        prefixes.extend(unions.into_iter().flat_map(|union| union.prefixes));
        Union { forms, best, prefixes }
    }
}

/// Adds the documents of entries, keeping the highest impact in each.
fn add(entries: &[LexiconEntry], best: &mut IdVec<DocumentNumber, u16>) {
    let all = best.len();
    for entry in entries {
        postings::decode(&entry.postings, entry.cases + entry.others, all, |posting| {
            let best = &mut best[posting.document];
            *best = (*best).max(2 * u16::from(posting.impact) + u16::from(posting.in_title));
        });
    }
}

fn prefix(text: &str, best: &IdVec<DocumentNumber, u16>, cases: usize) -> Prefix {
    let found = best.entries().filter(|(_, best)| **best > 0);
    let posting = |(document, &best)| Posting { document, impact: (best / 2) as u8, in_title: best % 2 == 1 };
    let found: Vec<Posting> = found.map(posting).collect();
    let of_cases = found.partition_point(|posting| posting.document.position() < cases);
    let postings = postings::encode(&found, best.len());
    Prefix { text: text.into(), cases: of_cases, others: found.len() - of_cases, postings }
}
