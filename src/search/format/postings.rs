//! Postings: the cases that have a form, and its impact in each. A block of a file of words.
//!
//! Cases with the form in their title come first, then the rest; each part has levels of impact, from the highest. In
//! order: 32 × the levels of the first part + those of the second (a byte); the impact of each level (a byte each); the
//! number of cases of each level but the last (varints); then for each level the gaps between its cases in Rice code,
//! in one stream of bits. A gap counts from one past the case before.

use crate::search::{
    bits::{BitReader, Bits, rice_k, unvarint, varint},
    weight::Posting,
};

/// The most levels of titles, and of the rest.
const MOST_LEVELS: [usize; 2] = [7, 16];

/// The block of these cases of a library of `all`; they come in order.
pub fn encode(cases: &[Posting], all: usize) -> Vec<u8> {
    let scales = Scales::of(cases, all);
    let [titles, rest] = scales.0.map(|scale| scale.levels);
    let mut block = vec![(32 * titles + rest) as u8];
    block.extend((0..titles + rest).map(|step| scales.of_step(step) as u8));
    let steps: Vec<u8> = cases.iter().map(|posting| scales.step(*posting) as u8).collect();
    let mut ends = [0; MOST_LEVELS[0] + MOST_LEVELS[1]];
    steps.iter().for_each(|&step| ends[usize::from(step)] += 1);
    let ends = &mut ends[..scales.levels()];
    let mut sum = 0;
    for (step, end) in ends.iter_mut().enumerate() {
        if step + 1 < scales.levels() {
            varint(&mut block, *end);
        }
        sum += std::mem::replace(end, sum);
    }
    let mut sorted = vec![0; cases.len()];
    for (posting, step) in cases.iter().zip(steps) {
        let end = &mut ends[usize::from(step)];
        sorted[*end] = posting.case;
        *end += 1;
    }
    let mut bits = Bits::after(block);
    let mut start = 0;
    for &end in &*ends {
        let k = rice_k(all, end - start);
        let mut next = 0;
        for &case in &sorted[start..end] {
            bits.rice(case - next, k);
            next = case + 1;
        }
        start = end;
    }
    bits.finish()
}

/// Reads the block of `count` cases of a library of `all`: calls `found` with each, its impact as it was rounded.
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
            let case = next + bits.rice(k);
            found(Posting { case, impact, in_title });
            next = case + 1;
        }
    }
}

/// The steps to which impacts are rounded, in titles and in the rest.
#[derive(Clone, Copy, Debug)]
pub struct Scales([ImpactScale; 2]);

/// The steps between a lowest and a highest impact, the more the rarer the form; none where there are no cases.
#[derive(Clone, Copy, Debug)]
struct ImpactScale {
    lowest: usize,
    highest: usize,
    levels: usize,
}

impl Scales {
    /// The scales of these cases of a library of `all`.
    pub fn of(cases: &[Posting], all: usize) -> Scales {
        let (all, with) = (all as f64, cases.len() as f64);
        let rarity = (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
        let wanted = (rarity + 8.0).ceil() as usize;
        let mut scales = [ImpactScale { lowest: 255, highest: 0, levels: 0 }; 2];
        for posting in cases {
            let scale = &mut scales[usize::from(!posting.in_title)];
            scale.lowest = scale.lowest.min(usize::from(posting.impact));
            scale.highest = scale.highest.max(usize::from(posting.impact));
            scale.levels += 1;
        }
        for (scale, most) in scales.iter_mut().zip(MOST_LEVELS) {
            let span = scale.highest.saturating_sub(scale.lowest);
            scale.levels = scale.levels.min(wanted).min(most).min(span + 1);
        }
        Scales(scales)
    }

    /// An impact as it is decoded.
    pub fn rounded(&self, posting: Posting) -> usize {
        self.of_step(self.step(posting))
    }

    fn levels(&self) -> usize {
        self.0[0].levels + self.0[1].levels
    }

    /// The level of the block that a case belongs to.
    fn step(&self, posting: Posting) -> usize {
        let scale = self.0[usize::from(!posting.in_title)];
        let before = if posting.in_title { 0 } else { self.0[0].levels };
        let (above, span, top) =
            (usize::from(posting.impact) - scale.lowest, scale.highest - scale.lowest, scale.levels - 1);
        before + top - if top == 0 { 0 } else { (2 * above * top + span) / (2 * span) }
    }

    /// The impact of a level of the block.
    fn of_step(&self, step: usize) -> usize {
        let titles = self.0[0].levels;
        let (scale, step) = if step < titles { (self.0[0], step) } else { (self.0[1], step - titles) };
        let (span, top) = (scale.highest - scale.lowest, scale.levels - 1);
        scale.lowest + if top == 0 { 0 } else { (2 * span * (top - step) + top) / (2 * top) }
    }
}
