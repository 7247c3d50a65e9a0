//! Where the forms of a range stand, for phrases.
//!
//! A file: the length of the forms' text (varint), the forms front-coded, the length of each block (varints), the
//! blocks. A block: `k` (a byte), then for each case that has the form, in order, how often less one, in Rice code of
//! 1, and the positions as gaps, in Rice code of `k`, in one stream of bits. A gap counts from one past the position
//! before.

use crate::search::{
    bits::{Bits, rice_k, varint},
    format::front_coded,
};

/// The block of a form that stands `times` in each of its cases, at these positions.
pub fn encode(times: &[u32], positions: &[u32]) -> Vec<u8> {
    let mut gaps = Vec::with_capacity(positions.len());
    let mut rest = positions;
    for &times in times {
        let (of_case, after) = rest.split_at(times as usize);
        let mut next = 0;
        for &position in of_case {
            gaps.push(position - next);
            next = position + 1;
        }
        rest = after;
    }
    let k = rice_k(gaps.iter().map(|&gap| gap as usize).sum(), gaps.len());
    let mut bits = Bits::default();
    let mut gaps = gaps.into_iter();
    for &times in times {
        bits.rice(times - 1, 1);
        gaps.by_ref().take(times as usize).for_each(|gap| bits.rice(gap, k));
    }
    let mut block = vec![k as u8];
    block.extend(bits.finish());
    block
}

/// A file of these forms and their blocks.
pub fn file(forms: &[(&str, &[u8])]) -> Vec<u8> {
    let text = front_coded(forms.iter().map(|(form, _)| *form));
    let mut file = Vec::new();
    varint(&mut file, text.len());
    file.extend(text.bytes());
    forms.iter().for_each(|(_, block)| varint(&mut file, block.len()));
    forms.iter().for_each(|(_, block)| file.extend(*block));
    file
}
