//! The collection turned round: for each form of a word, the cases that have it, how much it counts there, and where.
//!
//! Ranges of forms are turned round in parallel and encoded at once, so that the whole is never held decoded.

use rayon::prelude::*;

use crate::search::{
    collection::{Collection, form_of, position_of},
    format::{places, postings},
};

/// A form with the records of its cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// How many cases have it.
    pub cases: usize,
    /// Which, and how much it counts there: see [`postings`](mod@postings).
    pub postings: Vec<u8>,
    /// Where it stands in them: see [`places`].
    pub places: Vec<u8>,
}

/// The cases that have one form, in order.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The cases, and how much the form counts in each.
    pub cases: Vec<(u32, u8)>,
    /// How often each has it.
    pub times: Vec<u32>,
    /// Where, case by case.
    pub positions: Vec<u32>,
}

/// The entry of every form of the lexicon.
pub fn entries(collection: &Collection) -> Vec<Entry> {
    let forms = collection.lexicon.forms.len();
    let size = forms.div_ceil(64).max(1);
    let ranges: Vec<_> = (0..forms).step_by(size).map(|from| from..(from + size).min(forms)).collect();
    let encoded = ranges.into_par_iter().flat_map_iter(|range| {
        found(collection, range).into_iter().map(|found| Entry {
            cases: found.cases.len(),
            postings: postings::encode(&found.cases, collection.documents.len()),
            places: places::encode(&found.times, &found.positions),
        })
    });
    encoded.collect()
}

/// Which cases have each form of a range.
pub fn found(collection: &Collection, range: std::ops::Range<usize>) -> Vec<Found> {
    let mut found = vec![Found::default(); range.len()];
    for (number, document) in collection.documents.iter().enumerate() {
        let words = &document.words;
        let from = words.partition_point(|&word| form_of(word) < range.start);
        let to = from + words[from..].partition_point(|&word| form_of(word) < range.end);
        for same in words[from..to].chunk_by(|&a, &b| form_of(a) == form_of(b)) {
            let found = &mut found[form_of(same[0]) - range.start];
            let positions = same.iter().map(|&word| position_of(word));
            found.cases.push((number as u32, collection.impact(document, positions.clone())));
            found.times.push(same.len() as u32);
            found.positions.extend(positions);
        }
    }
    found
}
