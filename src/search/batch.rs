//! Some cases turned round: for each form, the cases that have it and where.
//!
//! A batch is small enough that sorting its words stays within a processor's cache, and each word of it is one number,
//! so that a large library is held in little room.

use std::ops::Range;

use crate::search::reading::{PLACES, placed};

/// How many cases a batch has: their numbers there and the places in a case are one number of 32 bits together.
pub const SIZE: usize = (u32::MAX / PLACES) as usize + 1;

/// Some cases, turned round.
#[derive(Debug)]
pub struct Batch {
    first: u32,
    /// The forms of its cases, and where the words of each begin; last, where all end.
    forms: Box<[(u32, u32)]>,
    /// The words by form, case and place.
    words: Box<[u32]>,
}

impl Batch {
    /// The batch of cases numbered from `first`, each a range of `words`. The forms' numbers are below `forms`.
    pub fn of(first: usize, cases: &[Range<usize>], words: &[u32], forms: usize) -> Batch {
        let mut starts = vec![0_u32; forms + 1];
        let placed = || cases.iter().map(|case| placed(&words[case.clone()]));
        placed().flatten().for_each(|(form, _)| starts[form as usize + 1] += 1);
        let is_there = |(form, times): (usize, &u32)| (*times > 0).then_some((form as u32, 0));
        let mut of_forms: Vec<(u32, u32)> = starts[1..].iter().enumerate().filter_map(is_there).collect();
        for form in 0..forms {
            starts[form + 1] += starts[form];
        }
        of_forms.iter_mut().for_each(|(form, start)| *start = starts[*form as usize]);
        of_forms.push((u32::MAX, starts[forms]));
        let mut sorted = vec![0; starts[forms] as usize].into_boxed_slice();
        for (case, words) in placed().enumerate() {
            words.for_each(|(form, place)| {
                let next = &mut starts[form as usize];
                sorted[*next as usize] = case as u32 * PLACES + place;
                *next += 1;
            });
        }
        Batch { first: first as u32, forms: of_forms.into(), words: sorted }
    }

    /// The words of forms from this one on, form by form.
    pub fn from(&self, form: usize) -> impl Iterator<Item = (usize, &[u32])> {
        let from = self.forms.partition_point(|&(there, _)| (there as usize) < form);
        let words = |ends: &[(u32, u32)]| (ends[0].0 as usize, &self.words[ends[0].1 as usize..ends[1].1 as usize]);
        self.forms[from..].windows(2).map(words)
    }

    /// Calls `found` with each case of words of one form, and their places there, which it adds to the others.
    pub fn cases(&self, words: &[u32], places: &mut Vec<u32>, mut found: impl FnMut(u32, &[u32])) {
        for of_case in words.chunk_by(|a, b| a / PLACES == b / PLACES) {
            let start = places.len();
            places.extend(of_case.iter().map(|word| word % PLACES));
            found(self.first + of_case[0] / PLACES, &places[start..]);
        }
    }
}
