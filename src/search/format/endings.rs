//! A range of forms spelt backwards, for a slip in the first half of a word.
//!
//! A file: the length of the text (varint), the forms front-coded, then a byte for each: the binary logarithm of how
//! many cases have it.

use crate::search::{bits::varint, format::front_coded};

/// A file of these forms, spelt backwards and sorted, each with how many cases have it.
pub fn file(forms: &[(String, usize)]) -> Vec<u8> {
    let text = front_coded(forms.iter().map(|(form, _)| form.as_str()));
    let mut file = Vec::new();
    varint(&mut file, text.len());
    file.extend(text.bytes());
    file.extend(forms.iter().map(|(_, cases)| cases.max(&1).ilog2() as u8));
    file
}
