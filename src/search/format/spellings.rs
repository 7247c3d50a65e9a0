//! A range of forms, sorted by spelling or by reversed spelling, to correct an error in the second or the first half of
//! a word.
//!
//! A file: the length of the text (varint), the forms front-coded, then a byte for each: the binary logarithm of the
//! number of its documents.

use crate::search::{bits::varint, format::front_coded};

/// Encodes a file of sorted texts. `documents` has the number of documents of each.
pub fn file(texts: &[Box<str>], documents: &[usize]) -> Vec<u8> {
    let text = front_coded(texts.iter().map(|text| &**text));
    let mut file = Vec::new();
    varint(&mut file, text.len());
    file.extend(text.bytes());
    file.extend(documents.iter().map(|count| count.max(&1).ilog2() as u8));
    file
}
