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
    let mut sum = 0;
    each_gap(times, positions, |_, gap| sum += gap as usize);
    let k = rice_k(sum, positions.len());
    let mut bits = Bits::default();
    bits.bits(k, 8);
    each_gap(times, positions, |begun, gap| {
        if let Some(times) = begun {
            bits.rice(times - 1, 1);
        }
        bits.rice(gap, k);
    });
    bits.finish()
}

/// Calls `found` with each gap; with the first of a case, also how many the case has.
fn each_gap(times: &[u32], positions: &[u32], mut found: impl FnMut(Option<u32>, u32)) {
    let mut rest = positions;
    for &times in times {
        let (of_case, after) = rest.split_at(times as usize);
        let mut next = 0;
        for (n, &position) in of_case.iter().enumerate() {
            found((n == 0).then_some(times), position - next);
            next = position + 1;
        }
        rest = after;
    }
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
