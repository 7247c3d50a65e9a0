//! A range of forms, as they are spelt or backwards, to correct a mistyped second or first half of a word.
//!
//! A file: the length of the text (varint), the forms front-coded, then a byte for each: the binary logarithm of how
//! many cases have it.

use crate::search::{bits::varint, format::front_coded};

/// A file of these texts, sorted, each with how many cases have it.
pub fn file(texts: &[Box<str>], cases: &[usize]) -> Vec<u8> {
    let text = front_coded(texts.iter().map(|text| &**text));
    let mut file = Vec::new();
    varint(&mut file, text.len());
    file.extend(text.bytes());
    file.extend(cases.iter().map(|cases| cases.max(&1).ilog2() as u8));
    file
}
