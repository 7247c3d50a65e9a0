//! Beginnings that too many forms share to fetch them all: each is a record of its own, as if it were a form.
//!
//! A reader who has typed "co" would need every file with forms that begin so. The record of such a beginning holds the
//! cases of them all, each with the highest impact that any of them has there.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::search::{
    format::{catalogue::Files, postings},
    lexicon::{Lexicon, by_units},
    postings::Entry,
    weight::Posting,
};

/// Over how many files of words a beginning may spread before it has a record of its own.
const WIDEST: usize = 3;

/// A beginning with the record of its cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// The beginning.
    pub text: Box<str>,
    /// How many cases have a form that begins so.
    pub cases: usize,
    /// Which, and how much it counts there: see [`postings`](mod@postings).
    pub postings: Vec<u8>,
}

/// Every wide beginning, in order, where the words stand in these files, of a library of `all`.
pub fn beginnings(lexicon: &Lexicon, entries: &[Entry], words: &Files, all: usize) -> Vec<Beginning> {
    let mut texts: Vec<&str> = wide(words).into_iter().collect();
    texts.sort_unstable_by(|a, b| by_units(a, b));
    texts.into_par_iter().map(|text| beginning(lexicon, entries, text, all)).collect()
}

/// The beginnings that spread over too many files: the browser's side works out the same.
pub fn wide(words: &Files) -> BTreeSet<&str> {
    let beginnings = words.from.iter().flat_map(|from| from.char_indices().map(|(at, c)| &from[..at + c.len_utf8()]));
    beginnings.filter(|text| span(words, text) > WIDEST).collect()
}

/// How many files may hold forms with this beginning.
pub fn span(words: &Files, text: &str) -> usize {
    let until = |text: &str| words.from.partition_point(|from| by_units(from, text).is_le());
    until(&format!("{text}\u{ffff}")) + 1 - until(text).max(1)
}

fn beginning(lexicon: &Lexicon, entries: &[Entry], text: &str, all: usize) -> Beginning {
    let mut best: Vec<Option<Posting>> = vec![None; all];
    for entry in &entries[lexicon.beginning(text)] {
        postings::decode(&entry.postings, entry.cases, all, |posting| {
            let best = &mut best[posting.case as usize];
            if best.is_none_or(|best| (posting.impact, posting.in_title) > (best.impact, best.in_title)) {
                *best = Some(posting);
            }
        });
    }
    let cases: Vec<Posting> = best.into_iter().flatten().collect();
    Beginning { text: text.into(), cases: cases.len(), postings: postings::encode(&cases, all) }
}
