//! A segment: the inverted index of some documents. It has, for each form, the documents that contain it, and its
//! positions there.
//!
//! A segment is small enough to be sorted within a processor's cache, and each word is one number, so that a large
//! library needs little memory.

use std::{num::NonZeroU8, ops::Range};

use crate::{
    model::ids::{Id, IdVec},
    search::{
        format::positions::MAX_FREQUENT,
        lexicon::FormId,
        order::DocumentNumber,
        reading::{DocumentWords, MAX_POSITIONS, WordOrEnd, with_positions},
    },
};

/// The most documents of a segment. The position of a document in its segment and a position in the document share 32
/// bits.
pub const SIZE: usize = (u32::MAX / MAX_POSITIONS) as usize + 1;

/// A frequent word, by its number among them, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrequentWord(NonZeroU8);

impl FrequentWord {
    /// The frequent word at a position of their list.
    pub fn at(position: usize) -> FrequentWord {
        let number = u8::try_from(position + 1).ok().filter(|&number| usize::from(number) <= MAX_FREQUENT);
        FrequentWord(number.and_then(NonZeroU8::new).expect("there are at most MAX_FREQUENT frequent words"))
    }

    /// Its number, from 1.
    pub fn number(self) -> u8 {
        self.0.get()
    }
}

/// The frequent words beside a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The word before.
    pub before: Option<FrequentWord>,
    /// The word after.
    pub after: Option<FrequentWord>,
}

/// Which forms are frequent words.
pub type FrequentForms = IdVec<FormId, Option<FrequentWord>>;

/// The inverted index of a segment.
#[derive(Debug)]
pub struct Segment {
    first: DocumentNumber,
    /// The forms of its documents, each with the start of its words in `words`; the last entry is the end.
    forms: Box<[(FormId, u32)]>,
    /// The words, sorted by form, document and position.
    words: Box<[u32]>,
    /// For each word, the frequent words beside it; empty if the library has no frequent words.
    neighbours: Box<[Neighbours]>,
}

impl Segment {
    /// Inverts documents, which are numbered from `first`.
    pub fn of(first: DocumentNumber, documents: &DocumentWords<FormId>, frequent: &FrequentForms) -> Segment {
        // For each form, the next free position of its words.
        let mut free = starts(documents, frequent.len());
        let size = free[frequent.len()];
        let occurs = |(_, ends): &(usize, &[u32])| ends[0] < ends[1];
        let occurring = free.windows(2).enumerate().filter(occurs);
        let mut forms: Vec<(FormId, u32)> = occurring.map(|(form, ends)| (FormId::at(form), ends[0])).collect();
        forms.push((FormId::from_number(u32::MAX), size));
        let mut sorted = vec![0; size as usize].into_boxed_slice();
        let has_frequent = frequent.values().iter().any(Option::is_some);
        let mut neighbours = vec![Neighbours::default(); if has_frequent { sorted.len() } else { 0 }];
        for (document, words) in (0..).zip(documents.each()) {
            for ((form, position), beside) in with_positions(words).zip(neighbours_of(words, frequent)) {
                let at = &mut free[form.position()];
                sorted[*at as usize] = document * MAX_POSITIONS + position;
                if has_frequent {
                    neighbours[*at as usize] = beside;
                }
                *at += 1;
            }
        }
        Segment { first, forms: forms.into(), words: sorted, neighbours: neighbours.into() }
    }

    /// The words of each form, from `form` on.
    pub fn from(&self, form: FormId) -> impl Iterator<Item = Occurrences<'_>> {
        let from = self.forms.partition_point(|&(known, _)| known < form);
        self.forms[from..].windows(2).map(|ends| {
            let [(form, start), (_, end)] = [ends[0], ends[1]];
            Occurrences { segment: self, form, words: start as usize..end as usize }
        })
    }
}

/// The words of one form in a segment.
#[derive(Clone, Debug)]
pub struct Occurrences<'a> {
    segment: &'a Segment,
    /// The form.
    pub form: FormId,
    words: Range<usize>,
}

impl Occurrences<'_> {
    /// The frequent words beside each word; none if the library has no frequent words.
    pub fn neighbours(&self) -> &[Neighbours] {
        self.segment.neighbours.get(self.words.clone()).unwrap_or(&[])
    }

    /// Calls `found` with each document of the words. Their positions in it are appended to `positions`.
    pub fn each_document(&self, positions: &mut Vec<u32>, mut found: impl FnMut(DocumentNumber, &[u32])) {
        let words = &self.segment.words[self.words.clone()];
        for of_one in words.chunk_by(|a, b| a / MAX_POSITIONS == b / MAX_POSITIONS) {
            let start = positions.len();
            positions.extend(of_one.iter().map(|word| word % MAX_POSITIONS));
            let number = self.segment.first.number() + of_one[0] / MAX_POSITIONS;
            found(DocumentNumber::from_number(number), &positions[start..]);
        }
    }
}

/// Where the words of each form start if words are sorted by form, and where the last end.
fn starts(documents: &DocumentWords<FormId>, forms: usize) -> Vec<u32> {
    let mut starts = vec![0; forms + 1];
    documents.each().flat_map(with_positions).for_each(|(form, _)| starts[form.position() + 1] += 1);
    for form in 0..forms {
        starts[form + 1] += starts[form];
    }
    starts
}

/// The frequent words beside each word of a document.
fn neighbours_of(words: &[WordOrEnd<FormId>], frequent: &FrequentForms) -> impl Iterator<Item = Neighbours> {
    let frequent = |at: Option<usize>| frequent[words.get(at?)?.form()?];
    let is_word = |&at: &usize| words[at].form().is_some();
    (0..words.len())
        .filter(is_word)
        .map(move |at| Neighbours { before: frequent(at.checked_sub(1)), after: frequent(Some(at + 1)) })
}
