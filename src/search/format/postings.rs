//! Postings: the documents with a form, and its impact in each. A block in a file of words.
//!
//! Documents with the form in their title come first, then the rest; each part has levels of impact, from the highest.
//! In order: 32 × the number of levels of the first part + that of the second (a byte); the impact of each level (a
//! byte each); the number of documents of each level but the last (varints); then one stream of bits with, for each
//! level, the gaps between their numbers in Rice code. A gap counts from one past the number before.

use crate::{
    model::ids::Id,
    search::{
        bits::{BitReader, Bits, rice_k, unvarint, varint},
        order::DocumentNumber,
        weight::Posting,
    },
};

/// The most levels for titles, and for the rest.
const MAX_LEVELS: [usize; 2] = [7, 16];

/// Encodes the block of these postings, which must be in order. `all` is the number of documents.
pub fn encode(postings: &[Posting], all: usize) -> Vec<u8> {
    let scales = Scales::of(postings);
    let [titles, rest] = scales.0.map(|scale| scale.levels);
    let mut block = vec![(32 * titles + rest) as u8];
    block.extend((0..titles + rest).map(|step| scales.of_step(step) as u8));
    let steps: Vec<u8> = postings.iter().map(|posting| scales.step(*posting) as u8).collect();
    let mut ends = [0; MAX_LEVELS[0] + MAX_LEVELS[1]];
    steps.iter().for_each(|&step| ends[usize::from(step)] += 1);
    let ends = &mut ends[..scales.levels()];
    let mut sum = 0;
    for (step, end) in ends.iter_mut().enumerate() {
        if step + 1 < scales.levels() {
            varint(&mut block, *end);
        }
        sum += std::mem::replace(end, sum);
    }
    let mut sorted = vec![0; postings.len()];
    for (posting, step) in postings.iter().zip(steps) {
        let end = &mut ends[usize::from(step)];
        sorted[*end] = posting.document.number();
        *end += 1;
    }
    let mut bits = Bits::after(block);
    let mut start = 0;
    for &end in &*ends {
        let k = rice_k(all, end - start);
        let mut next = 0;
        for &number in &sorted[start..end] {
            bits.rice(number - next, k);
            next = number + 1;
        }
        start = end;
    }
    bits.finish()
}

/// Decodes a block of `count` postings. Calls `found` with each, with its rounded impact.
pub fn decode(block: &[u8], count: usize, all: usize, mut found: impl FnMut(Posting)) {
    let titles = usize::from(block[0] / 32);
    let (impacts, mut rest) = block[1..].split_at(titles + usize::from(block[0] % 32));
    let mut left = count;
    let mut counts: Vec<usize> = (1..impacts.len()).map(|_| unvarint(&mut rest)).collect();
    counts.iter().for_each(|count| left -= count);
    counts.push(left);
    let mut bits = BitReader::new(rest);
    for (step, count) in counts.into_iter().enumerate() {
        let k = rice_k(all, count);
        let (in_title, impact) = (step < titles, impacts[step]);
        let mut next = 0;
        for _ in 0..count {
            let number = next + bits.rice(k);
            found(Posting { document: DocumentNumber::from_number(number), impact, in_title });
            next = number + 1;
        }
    }
}

/// The levels to which impacts are rounded, for titles and for the rest.
#[derive(Clone, Copy, Debug)]
pub struct Scales([ImpactScale; 2]);

/// The levels between a lowest and a highest impact; none if there are no postings. Frequent forms have as many levels
/// as rare ones: with fewer, many cases of a large library have equal scores, and their dates must be loaded to sort
/// them.
#[derive(Clone, Copy, Debug)]
struct ImpactScale {
    lowest: usize,
    highest: usize,
    levels: usize,
}

impl Scales {
    /// The levels for these postings.
    pub fn of(postings: &[Posting]) -> Scales {
        let mut scales = [ImpactScale { lowest: 255, highest: 0, levels: 0 }; 2];
        for posting in postings {
            let scale = &mut scales[usize::from(!posting.in_title)];
            scale.lowest = scale.lowest.min(usize::from(posting.impact));
            scale.highest = scale.highest.max(usize::from(posting.impact));
            scale.levels += 1;
        }
        for (scale, most) in scales.iter_mut().zip(MAX_LEVELS) {
            let span = scale.highest.saturating_sub(scale.lowest);
            scale.levels = scale.levels.min(most).min(span + 1);
        }
        Scales(scales)
    }

    /// The impact after rounding.
    pub fn rounded(&self, posting: Posting) -> usize {
        self.of_step(self.step(posting))
    }

    fn levels(&self) -> usize {
        self.0[0].levels + self.0[1].levels
    }

    /// The level of a posting.
    fn step(&self, posting: Posting) -> usize {
        let scale = self.0[usize::from(!posting.in_title)];
        let before = if posting.in_title { 0 } else { self.0[0].levels };
        let (above, span, top) =
            (usize::from(posting.impact) - scale.lowest, scale.highest - scale.lowest, scale.levels - 1);
        before + top - if top == 0 { 0 } else { (2 * above * top + span) / (2 * span) }
    }

    /// The impact of a level.
    fn of_step(&self, step: usize) -> usize {
        let titles = self.0[0].levels;
        let (scale, step) = if step < titles { (self.0[0], step) } else { (self.0[1], step - titles) };
        let (span, top) = (scale.highest - scale.lowest, scale.levels - 1);
        scale.lowest + if top == 0 { 0 } else { (2 * span * (top - step) + top) / (2 * top) }
    }
}
