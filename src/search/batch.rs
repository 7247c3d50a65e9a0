//! Some cases turned round: for each form, the cases that have it and where.
//!
//! A batch is small enough that sorting its words stays within a processor's cache, and its records are bytes, so that
//! a large library is never held as words. A record, in varints: how many cases; for each, its number less the one
//! before, how often it has the form, and the positions as gaps.

use std::ops::Range;

use crate::search::{
    bits::{unvarint, varint},
    reading::Word,
};

/// How many cases a batch has.
pub const SIZE: usize = 128;

/// Some cases, turned round.
#[derive(Debug)]
pub struct Batch {
    first: u32,
    /// The forms of its cases by number, and where the record of each begins.
    pub forms: Box<[(u32, u32)]>,
    records: Box<[u8]>,
}

impl Batch {
    /// The batch of cases numbered from `first`, of which each has a range of `words`. There are `forms` forms so far.
    pub fn of(first: usize, cases: &[Range<usize>], words: &[Word], forms: usize) -> Batch {
        let (sorted, starts) = sorted(cases, words, forms);
        let (mut of_forms, mut records) = (Vec::with_capacity(forms), Vec::with_capacity(4 * words.len()));
        for (form, ends) in starts.windows(2).enumerate().filter(|(_, ends)| ends[0] < ends[1]) {
            of_forms.push((form as u32, records.len() as u32));
            record(&sorted[ends[0] as usize..ends[1] as usize], &mut records);
        }
        // Copies, since there are many batches, and they are kept: these have no room to spare.
        Batch { first: first as u32, forms: of_forms.as_slice().into(), records: records.as_slice().into() }
    }

    /// Gives the forms other numbers, which stand in the place of their own, and puts their records in that order, in
    /// which they are read.
    pub fn renumber(&mut self, numbers: &[u32]) {
        let ends = self.forms.iter().skip(1).map(|&(_, at)| at).chain([self.records.len() as u32]);
        let numbered = self.forms.iter().zip(ends).map(|(&(form, at), end)| (numbers[form as usize], at, end));
        let mut sorted: Vec<(u32, u32, u32)> = numbered.collect();
        sorted.sort_unstable();
        let mut records = Vec::with_capacity(self.records.len());
        for ((number, start, end), form) in sorted.into_iter().zip(&mut self.forms) {
            *form = (number, records.len() as u32);
            records.extend_from_slice(&self.records[start as usize..end as usize]);
        }
        self.records = records.into();
    }

    /// Calls `found` with each case of the record at a place, and its positions, which it adds to the others.
    pub fn record(&self, at: u32, positions: &mut Vec<u32>, mut found: impl FnMut(u32, &[u32])) {
        let mut rest = &self.records[at as usize..];
        let mut case = self.first;
        for _ in 0..unvarint(&mut rest) {
            case += unvarint(&mut rest) as u32;
            let start = positions.len();
            let mut position = 0;
            for _ in 0..unvarint(&mut rest) {
                position += unvarint(&mut rest) as u32;
                positions.push(position);
            }
            found(case, &positions[start..]);
        }
    }
}

/// Writes the record of a form that stands at these places of cases.
fn record(places: &[(u32, u32)], records: &mut Vec<u8>) {
    let of_case = |a: &(u32, u32), b: &(u32, u32)| a.0 == b.0;
    varint(records, places.chunk_by(of_case).count());
    let mut before = 0;
    for places in places.chunk_by(of_case) {
        varint(records, (places[0].0 - before) as usize);
        varint(records, places.len());
        before = places[0].0;
        let mut next = 0;
        for &(_, position) in places {
            varint(records, (position - next) as usize);
            next = position;
        }
    }
}

/// Words as pairs of case and position, sorted by form, and where each form begins.
fn sorted(cases: &[Range<usize>], words: &[Word], forms: usize) -> (Vec<(u32, u32)>, Vec<u32>) {
    let mut starts = vec![0_u32; forms + 1];
    words.iter().for_each(|word| starts[word.form as usize + 1] += 1);
    for form in 0..forms {
        starts[form + 1] += starts[form];
    }
    let mut next = starts.clone();
    let mut sorted = vec![(0, 0); words.len()];
    for (case, range) in cases.iter().enumerate() {
        for word in &words[range.clone()] {
            let next = &mut next[word.form as usize];
            sorted[*next as usize] = (case as u32, word.position);
            *next += 1;
        }
    }
    (sorted, starts)
}
