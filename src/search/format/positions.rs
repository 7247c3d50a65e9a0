//! The positions of a range of forms, for phrase queries.
//!
//! A file: the length of the forms' text (varint), the forms front-coded, the length of each block (varints), the
//! blocks. A block: `k` in a byte, plus 128 if neighbours are stored; then one stream of bits. It holds, for each
//! document with the form, in order, the number of occurrences less one in Rice code of 1, and the positions as gaps in
//! Rice code of `k`. A gap counts from one past the position before.
//!
//! The positions of a frequent word are so large that a phrase with one would cost more than the rest of a query. So
//! other words store which frequent word comes before them and which after: for each of the two a bit, and if it is set
//! the number of the word, from 1, in seven bits. Frequent words store no neighbours.

use crate::search::{
    bits::{Bits, rice_k, varint},
    format::front_coded,
    segment::Neighbours,
};

/// The most frequent words: their numbers have seven bits, and 0 is none.
pub const MAX_FREQUENT: usize = 127;

/// Encodes the block of a form. `times` has the number of its occurrences in each document.
pub fn encode(times: &[u32], positions: &[u32], neighbours: &[Neighbours]) -> Vec<u8> {
    let mut sum = 0;
    each_gap(times, positions, |_, gap| sum += gap as usize);
    let k = rice_k(sum, positions.len());
    let mut bits = Bits::default();
    bits.bits(if neighbours.is_empty() { k } else { k + 128 }, 8);
    let mut neighbours = neighbours.iter();
    each_gap(times, positions, |begun, gap| {
        if let Some(times) = begun {
            bits.rice(times - 1, 1);
        }
        bits.rice(gap, k);
        for beside in neighbours.next().into_iter().flat_map(|words| [words.before, words.after]) {
            match beside {
                Some(word) => bits.bits(128 + u32::from(word.number()), 8),
                None => bits.bits(0, 1),
            }
        }
    });
    bits.finish()
}

/// Calls `found` with each gap, and for the first gap of a document also with the number of its positions there.
fn each_gap(times: &[u32], positions: &[u32], mut found: impl FnMut(Option<u32>, u32)) {
    let mut rest = positions;
    for &times in times {
        let (of_one, after) = rest.split_at(times as usize);
        let mut next = 0;
        for (n, &position) in of_one.iter().enumerate() {
            found((n == 0).then_some(times), position - next);
            next = position + 1;
        }
        rest = after;
    }
}

/// Encodes the file of these forms and their blocks.
pub fn file(forms: &[(&str, &[u8])]) -> Vec<u8> {
    let text = front_coded(forms.iter().map(|(form, _)| *form));
    let mut file = Vec::new();
    varint(&mut file, text.len());
    file.extend(text.bytes());
    forms.iter().for_each(|(_, block)| varint(&mut file, block.len()));
    forms.iter().for_each(|(_, block)| file.extend(*block));
    file
}
