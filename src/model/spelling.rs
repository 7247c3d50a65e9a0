//! Hashes by which names, titles and addresses are compared across a library. They are computed when a file is read.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::Address;

/// The hash of a name: letters and digits only, without letter case.
pub fn name_hash(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    if name.is_ascii() {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        letters.for_each(|letter| hasher.write_u32(letter.to_ascii_lowercase().into()));
    } else {
        let letters = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        letters.for_each(|letter| hasher.write_u32(letter.into()));
    }
    hasher.finish()
}

/// The hash of a title in the form [by which it is sorted](super::address::sort_key). White space between its words is
/// ignored.
pub fn title_hash(title_sort_key: &str) -> u64 {
    let mut hasher = FxHasher::default();
    for word in title_sort_key.split_ascii_whitespace() {
        hasher.write(word.as_bytes());
        hasher.write_u8(b' ');
    }
    hasher.finish()
}

/// The hash of an address in the form [by which it is compared](Address::folded).
pub fn address_hash(address: &Address) -> u64 {
    let mut hasher = FxHasher::default();
    // Most addresses are slugs, which do not change when folded.
    if address.as_str().bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        address.as_str().hash(&mut hasher);
    } else {
        address.folded().hash(&mut hasher);
    }
    hasher.finish()
}
