//! Beginnings that too many forms share to fetch them all: each is a record of its own, as if it were a form.
//!
//! A reader who has typed "co" would need every file with forms that begin so. The record of such a beginning holds the
//! cases of them all, each with the highest impact that any of them has there.

use std::{collections::BTreeSet, ops::Range};

use rayon::prelude::*;

use crate::search::{
    format::{catalogue::Files, postings},
    lexicon::{Lexicon, by_units},
    postings::LexiconEntry,
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
    /// How many other documents have one.
    pub others: usize,
    /// Which, and how much it counts there: see [`postings`](mod@postings).
    pub postings: Vec<u8>,
}

/// Every wide beginning, in order, where the words stand in these files, of a library of so many `cases` and `all`
/// documents.
pub fn beginnings(
    lexicon: &Lexicon,
    entries: &[LexiconEntry],
    words: &Files,
    [cases, all]: [usize; 2],
) -> Vec<Beginning> {
    let mut texts: Vec<&str> = wide(words).into_iter().collect();
    texts.sort_unstable_by(|a, b| by_units(a, b));
    let found =
        families(&texts).into_par_iter().map(|(text, below)| Union::of(lexicon, entries, text, below, [cases, all]));
    found.flat_map_iter(|union| union.beginnings).collect()
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

/// Each text that none of the others begins, with those that it begins; they are in order.
fn families<'a, 'b>(mut texts: &'a [&'b str]) -> Vec<(&'b str, &'a [&'b str])> {
    let mut families = Vec::new();
    while let Some((text, after)) = texts.split_first() {
        let (below, others) = after.split_at(after.iter().take_while(|other| other.starts_with(text)).count());
        families.push((*text, below));
        texts = others;
    }
    families
}

/// The cases that have a form with a certain beginning.
struct Union {
    /// The forms.
    forms: Range<usize>,
    /// For each case of the library, twice the highest impact, one more if it is in the title; 0 where there is none.
    best: Vec<u16>,
    /// The beginning itself, and those that begin so, in order.
    beginnings: Vec<Beginning>,
}

impl Union {
    /// The cases with a beginning, of which those `below` have records too: what is in these is read there once.
    fn of(lexicon: &Lexicon, entries: &[LexiconEntry], text: &str, below: &[&str], [cases, all]: [usize; 2]) -> Union {
        let families = families(below).into_par_iter();
        let unions =
            families.map(|(text, below)| Union::of(lexicon, entries, text, below, [cases, all])).collect::<Vec<_>>();
        let forms = lexicon.beginning(text);
        let mut best = vec![0; all];
        let mut next = forms.start;
        for union in &unions {
            add(&entries[next..union.forms.start], &mut best);
            best.iter_mut().zip(&union.best).for_each(|(best, other)| *best = (*best).max(*other));
            next = union.forms.end;
        }
        add(&entries[next..forms.end], &mut best);
        let mut beginnings = vec![beginning(text, &best, cases)];
        beginnings.extend(unions.into_iter().flat_map(|union| union.beginnings));
        Union { forms, best, beginnings }
    }
}

/// Adds the cases of entries to the best of others.
fn add(entries: &[LexiconEntry], best: &mut [u16]) {
    let all = best.len();
    for entry in entries {
        postings::decode(&entry.postings, entry.cases + entry.others, all, |posting| {
            let best = &mut best[posting.case as usize];
            *best = (*best).max(2 * u16::from(posting.impact) + u16::from(posting.in_title));
        });
    }
}

fn beginning(text: &str, best: &[u16], cases: usize) -> Beginning {
    let found = (0..).zip(best).filter(|(_, best)| **best > 0);
    let posting = |(case, &best): (u32, &u16)| Posting { case, impact: (best / 2) as u8, in_title: best % 2 == 1 };
    let found: Vec<Posting> = found.map(posting).collect();
    let of_cases = found.partition_point(|posting| (posting.case as usize) < cases);
    let postings = postings::encode(&found, best.len());
    Beginning { text: text.into(), cases: of_cases, others: found.len() - of_cases, postings }
}
