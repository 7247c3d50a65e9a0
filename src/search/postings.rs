//! The segments of a collection → for each form, the documents that have it, its impact in each, and its positions.
//!
//! Ranges of forms are collected in parallel and encoded at once, so that the whole is never in memory decoded.

use std::ops::Range;

use rayon::prelude::*;

use crate::{
    model::ids::{Id, IdVec},
    search::{
        collection::Collection,
        format::{positions, postings},
        lexicon::FormId,
        segment::{Neighbours, Segment},
        weight::Posting,
    },
};

/// A form with the records of its documents.
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

/// The documents that have one form, in order.
#[derive(Clone, Debug, Default)]
struct FormPostings {
    /// The documents, with the impact of the form in each.
    postings: Vec<Posting>,
    /// The number of occurrences in each document.
    times: Vec<u32>,
    /// The positions, document by document.
    positions: Vec<u32>,
    /// The frequent words beside each position; empty if there are none, or if the form is frequent itself.
    neighbours: Vec<Neighbours>,
}

/// The entry of every form of the lexicon.
pub fn entries(collection: &Collection) -> IdVec<FormId, LexiconEntry> {
    let forms = collection.lexicon.forms.len();
    let size = forms.div_ceil(64).max(1);
    let ranges: Vec<_> = (0..forms).step_by(size).map(|from| from..(from + size).min(forms)).collect();
    let cases = collection.order.cases.len();
    let entry = |found: &FormPostings| {
        let of_cases = found.postings.partition_point(|posting| posting.document.position() < cases);
        LexiconEntry {
            cases: of_cases,
            others: found.postings.len() - of_cases,
            postings: postings::encode(&found.postings, collection.norms.len()),
            positions: positions::encode(&found.times, &found.positions, &found.neighbours),
        }
    };
    let encoded = ranges.into_par_iter().flat_map_iter(|range| {
        let mut entries = Vec::with_capacity(range.len());
        each(collection, FormId::range_at(range), |found| entries.push(entry(found)));
        entries
    });
    encoded.collect::<Vec<_>>().into()
}

/// Calls `look` with the documents of each form of a range.
fn each<'a>(collection: &'a Collection, range: Range<FormId>, mut look: impl FnMut(&FormPostings)) {
    let from = |segment: &'a Segment| segment.from(range.start).peekable();
    let mut segments: Vec<_> = collection.segments.iter().map(from).collect();
    let mut found = FormPostings::default();
    for form in FormId::each(range) {
        found.postings.clear();
        found.times.clear();
        found.positions.clear();
        found.neighbours.clear();
        let is_frequent = collection.frequent.contains(&form);
        for segment in &mut segments {
            let Some(occurrences) = segment.next_if(|words| words.form == form) else { continue };
            if !is_frequent {
                found.neighbours.extend(occurrences.neighbours());
            }
            occurrences.each_document(&mut found.positions, |document, positions| {
                found.postings.push(collection.norms[document].posting(document, positions));
                found.times.push(positions.len() as u32);
            });
        }
        look(&found);
    }
}
