//! The batches of a collection → for each form, the cases that have it, its impact in each, and its positions.
//!
//! Ranges of forms are collected in parallel and encoded at once, so that the whole is never in memory decoded.

use std::ops::Range;

use rayon::prelude::*;

use crate::search::{
    batch::{Batch, Neighbours},
    collection::Collection,
    format::{positions, postings},
    weight::Posting,
};

/// A form with the records of its cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconEntry {
    /// The number of cases with it.
    pub cases: usize,
    /// The number of pages and entries of the glossary with it.
    pub others: usize,
    /// Its postings: see [`postings`](mod@postings).
    pub postings: Vec<u8>,
    /// Its positions: see [`positions`](mod@positions).
    pub positions: Vec<u8>,
}

/// The cases that have one form, in order.
#[derive(Clone, Debug, Default)]
struct FormPostings {
    /// The cases, with the impact of the form in each.
    cases: Vec<Posting>,
    /// The number of occurrences in each case.
    times: Vec<u32>,
    /// The positions, case by case.
    positions: Vec<u32>,
    /// The frequent words beside each position; empty if there are none, or if the form is frequent itself.
    neighbours: Vec<Neighbours>,
}

/// The entry of every form of the lexicon.
pub fn entries(collection: &Collection) -> Vec<LexiconEntry> {
    let forms = collection.lexicon.forms.len();
    let size = forms.div_ceil(64).max(1);
    let ranges: Vec<_> = (0..forms).step_by(size).map(|from| from..(from + size).min(forms)).collect();
    let cases = collection.order.cases.len();
    let entry = |found: &FormPostings| {
        let of_cases = found.cases.partition_point(|posting| (posting.case as usize) < cases);
        LexiconEntry {
            cases: of_cases,
            others: found.cases.len() - of_cases,
            postings: postings::encode(&found.cases, collection.norms.len()),
            positions: positions::encode(&found.times, &found.positions, &found.neighbours),
        }
    };
    let encoded = ranges.into_par_iter().flat_map_iter(|range| {
        let mut entries = Vec::with_capacity(range.len());
        each(collection, range, |found| entries.push(entry(found)));
        entries
    });
    encoded.collect()
}

/// Calls `look` with the cases of each form of a range.
fn each<'a>(collection: &'a Collection, range: Range<usize>, mut look: impl FnMut(&FormPostings)) {
    let from = |batch: &'a Batch| (batch, batch.from(range.start).peekable());
    let mut batches: Vec<_> = collection.batches.iter().map(from).collect();
    let mut found = FormPostings::default();
    for form in range {
        found.cases.clear();
        found.times.clear();
        found.positions.clear();
        found.neighbours.clear();
        let is_frequent = collection.frequent.contains(&form);
        for (batch, next) in &mut batches {
            let Some((_, words)) = next.next_if(|&(next, _)| next == form) else { continue };
            if !is_frequent {
                found.neighbours.extend(batch.neighbours(words.clone()));
            }
            batch.cases(words, &mut found.positions, |case, positions| {
                found.cases.push(collection.norms[case as usize].posting(case, positions));
                found.times.push(positions.len() as u32);
            });
        }
        look(&found);
    }
}
