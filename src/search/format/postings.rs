//! The cases that have a form, and how much it counts in each: a block of a file of words.
//!
//! In order: the number of levels (a byte), the lowest and the highest impact (a byte each; the highest only where
//! there are several levels), the number of cases of each level from the highest (varints; not where there is one),
//! then for each level the gaps between its cases in Rice code, in one stream of bits. A gap counts from one past the
//! case before.

use crate::search::bits::{Bits, rice_k, varint};

/// The most levels that a block has.
const MOST_LEVELS: usize = 16;

/// The block of these cases of a library of `all`; they come in order.
pub fn encode(cases: &[(u32, u8)], all: usize) -> Vec<u8> {
    let scale = Scale::of(cases, all);
    let mut levels = vec![Vec::new(); scale.levels];
    cases.iter().for_each(|&(case, impact)| levels[scale.level(impact)].push(case));
    let mut block = vec![scale.levels as u8, scale.lowest];
    if scale.levels > 1 {
        block.push(scale.highest);
        levels.iter().rev().for_each(|cases| varint(&mut block, cases.len()));
    }
    let mut bits = Bits::default();
    for cases in levels.iter().rev() {
        let k = rice_k(all, cases.len());
        let mut next = 0;
        for &case in cases {
            bits.rice(case - next, k);
            next = case + 1;
        }
    }
    block.extend(bits.finish());
    block
}

/// The steps to which impacts are rounded: between the lowest and the highest of the form, the more the rarer it is.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    lowest: u8,
    highest: u8,
    levels: usize,
}

impl Scale {
    /// The scale of these cases of a library of `all`.
    pub fn of(cases: &[(u32, u8)], all: usize) -> Scale {
        let impacts = || cases.iter().map(|&(_, impact)| impact);
        let (lowest, highest) = (impacts().min().unwrap_or(1), impacts().max().unwrap_or(1));
        let rarity = (1.0 + (all as f64 - cases.len() as f64 + 0.5) / (cases.len() as f64 + 0.5)).ln();
        let wanted = ((rarity + 8.0).ceil() as usize).min(MOST_LEVELS);
        let levels = wanted.min(usize::from(highest - lowest) + 1).min(cases.len().max(1));
        Scale { lowest, highest, levels: if lowest == highest { 1 } else { levels.max(2) } }
    }

    fn level(self, impact: u8) -> usize {
        let (above, span, top) =
            (usize::from(impact - self.lowest), usize::from(self.highest - self.lowest), self.levels - 1);
        if top == 0 { 0 } else { (2 * above * top + span) / (2 * span) }
    }

    /// An impact as it is read again.
    pub fn rounded(self, impact: u8) -> usize {
        let (span, top) = (usize::from(self.highest - self.lowest), self.levels - 1);
        let above = if top == 0 { 0 } else { (2 * span * self.level(impact) + top) / (2 * top) };
        usize::from(self.lowest) + above
    }
}
