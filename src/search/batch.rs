//! Inverts a batch of documents: for each form, the cases that contain it, and its positions there.
//!
//! A batch is small enough to be sorted within a processor's cache, and each word is one number, so that a large
//! library needs little memory.

use std::ops::Range;

use crate::search::reading::{END, MOST_POSITIONS, with_positions};

/// The most cases of a batch: the number of a case in its batch and a position in the case share 32 bits.
pub const SIZE: usize = (u32::MAX / MOST_POSITIONS) as usize + 1;

/// The frequent words before and after a word: the number of each, from 1, or 0.
pub type Neighbours = [u8; 2];

/// The inverted index of a batch.
#[derive(Debug)]
pub struct Batch {
    first: u32,
    /// The forms of its cases, each with the start of its words in `words`; the last entry is the end.
    forms: Box<[(u32, u32)]>,
    /// The words, sorted by form, case and position.
    words: Box<[u32]>,
    /// For each word, the frequent words beside it; empty if the library has no frequent words.
    neighbours: Box<[Neighbours]>,
}

impl Batch {
    /// Inverts the cases numbered from `first`, each a range of `words`. `frequent` has for each form its number among
    /// the frequent words, or 0.
    pub fn of(first: usize, cases: &[Range<usize>], words: &[u32], frequent: &[u8]) -> Batch {
        let forms = frequent.len();
        let mut starts = vec![0_u32; forms + 1];
        let words_of = |case: &Range<usize>| with_positions(&words[case.clone()]);
        cases.iter().flat_map(words_of).for_each(|(form, _)| starts[form as usize + 1] += 1);
        let is_there = |(form, times): (usize, &u32)| (*times > 0).then_some((form as u32, 0));
        let mut of_forms: Vec<(u32, u32)> = starts[1..].iter().enumerate().filter_map(is_there).collect();
        for form in 0..forms {
            starts[form + 1] += starts[form];
        }
        of_forms.iter_mut().for_each(|(form, start)| *start = starts[*form as usize]);
        of_forms.push((u32::MAX, starts[forms]));
        let size = starts[forms] as usize;
        let mut sorted = vec![0; size].into_boxed_slice();
        let has_frequent = frequent.iter().any(|&number| number > 0);
        let mut neighbours = vec![[0; 2]; if has_frequent { size } else { 0 }].into_boxed_slice();
        for (case, range) in cases.iter().enumerate() {
            let beside = neighbours_of(&words[range.clone()], frequent);
            for ((form, position), beside) in words_of(range).zip(beside) {
                let next = &mut starts[form as usize];
                sorted[*next as usize] = case as u32 * MOST_POSITIONS + position;
                if has_frequent {
                    neighbours[*next as usize] = beside;
                }
                *next += 1;
            }
        }
        Batch { first: first as u32, forms: of_forms.into(), words: sorted, neighbours }
    }

    /// The words of each form, from `form` on.
    pub fn from(&self, form: usize) -> impl Iterator<Item = (usize, Range<usize>)> {
        let from = self.forms.partition_point(|&(there, _)| (there as usize) < form);
        let words = |ends: &[(u32, u32)]| (ends[0].0 as usize, ends[0].1 as usize..ends[1].1 as usize);
        self.forms[from..].windows(2).map(words)
    }

    /// The frequent words beside each word of this range.
    pub fn neighbours(&self, words: Range<usize>) -> &[Neighbours] {
        self.neighbours.get(words).unwrap_or(&[])
    }

    /// Calls `found` with each case of the words of one form. Their positions in the case are appended to `positions`.
    pub fn cases(&self, words: Range<usize>, positions: &mut Vec<u32>, mut found: impl FnMut(u32, &[u32])) {
        for of_case in self.words[words].chunk_by(|a, b| a / MOST_POSITIONS == b / MOST_POSITIONS) {
            let start = positions.len();
            positions.extend(of_case.iter().map(|word| word % MOST_POSITIONS));
            found(self.first + of_case[0] / MOST_POSITIONS, &positions[start..]);
        }
    }
}

/// The frequent words beside each word of a case.
fn neighbours_of<'a>(words: &'a [u32], frequent: &'a [u8]) -> impl Iterator<Item = Neighbours> + 'a {
    let number = |form: Option<&u32>| form.filter(|&&form| form != END).map_or(0, |&form| frequent[form as usize]);
    (0..words.len())
        .filter(|&at| words[at] != END)
        .map(move |at| [number(at.checked_sub(1).and_then(|at| words.get(at))), number(words.get(at + 1))])
}
