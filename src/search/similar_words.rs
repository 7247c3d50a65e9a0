//! Tells whether a word is similar to a word of the library: within one edit of it, or two edits for long words.
//!
//! An edit inserts, deletes or replaces a letter, or swaps two neighbours. If two words are one edit apart, deleting a
//! letter from each can leave the same text, and so on for two edits (the symmetric delete method). So the hashes of
//! what deletions leave of each form of the lexicon are stored, and those of a word are looked up among them. The
//! answer is yes for every similar word, and sometimes for a word that is one edit further away.

use rustc_hash::FxHashSet;

/// A shorter word is similar to no other.
pub const MIN_TYPED_LETTERS: usize = 4;

/// A shorter word of the library is similar to no other.
const MIN_CORRECTION_LETTERS: usize = 3;

/// Words of at least so many letters may be two edits apart, as in `similarForms` of `browser/spelling.js`.
const LONG: usize = 8;

/// A longer word is similar to no other.
const LONGEST: usize = 64;

/// The base of the hashes: each is a polynomial of the bytes of a word.
const BASE: u32 = 0x0100_0193;

/// The powers of the base.
const POWERS: [u32; LONGEST + 1] = {
    let mut powers = [1u32; LONGEST + 1];
    let mut at = 1;
    while at <= LONGEST {
        powers[at] = BASE.wrapping_mul(powers[at - 1]);
        at += 1;
    }
    powers
};

/// The hashes of what deletions leave of the forms of a lexicon.
#[derive(Debug)]
pub struct SimilarWords {
    /// The hashes after at most one deletion.
    short: DeletionHashes,
    /// The hashes after at most two deletions, of each form that is long enough to be two edits from a long word.
    long: DeletionHashes,
}

/// A set of hashes. Most lookups find nothing, and the bits answer those without a lookup in the set.
#[derive(Debug)]
struct DeletionHashes {
    hashes: FxHashSet<u32>,
    /// One bit for each value of the lower part of a hash.
    bits: Vec<u64>,
}

impl DeletionHashes {
    fn of(hashes: FxHashSet<u32>) -> DeletionHashes {
        let words = hashes.len().next_power_of_two().min(1 << 21);
        let mut bits = vec![0; words];
        for &hash in &hashes {
            let (word, bit) = bit_of(hash, words);
            bits[word] |= bit;
        }
        DeletionHashes { hashes, bits }
    }

    fn has(&self, hash: u32) -> bool {
        let (word, bit) = bit_of(hash, self.bits.len());
        self.bits[word] & bit != 0 && self.hashes.contains(&hash)
    }
}

/// The bit of a hash among so many words of 64 bits: the index of its word, and its mask.
fn bit_of(hash: u32, words: usize) -> (usize, u64) {
    (hash as usize / 64 % words, 1 << (hash % 64))
}

impl SimilarWords {
    /// Computes the hashes of these forms.
    pub fn of<'a>(forms: impl Iterator<Item = &'a str>) -> SimilarWords {
        let (mut short, mut long) = (FxHashSet::default(), FxHashSet::default());
        for form in forms.map(str::as_bytes).filter(|form| (MIN_CORRECTION_LETTERS..=LONGEST).contains(&form.len())) {
            each_deletion(form, 1, |hash| {
                short.insert(hash);
                false
            });
            if form.len() + 2 >= LONG {
                each_deletion(form, 2, |hash| {
                    long.insert(hash);
                    false
                });
            }
        }
        SimilarWords { short: DeletionHashes::of(short), long: DeletionHashes::of(long) }
    }

    /// Is a word similar to one of the forms?
    pub fn has(&self, word: &str) -> bool {
        let word = word.as_bytes();
        let (known, max_edits) = if word.len() < LONG { (&self.short, 1) } else { (&self.long, 2) };
        (MIN_TYPED_LETTERS..=LONGEST).contains(&word.len()) && each_deletion(word, max_edits, |hash| known.has(hash))
    }
}

/// Calls `is_found` with the hash of a word, and of what each deletion of up to `max_deletions` letters (one or two)
/// leaves of it, until it returns true. Each hash is computed from those of the word's prefixes, so it takes the same
/// time for words of any length.
fn each_deletion(word: &[u8], max_deletions: usize, mut is_found: impl FnMut(u32) -> bool) -> bool {
    let whole = word.len();
    let mut prefixes = [0u32; LONGEST + 1];
    for (at, &byte) in word.iter().enumerate() {
        prefixes[at + 1] = append_byte(prefixes[at], byte);
    }
    let with_end = |head: u32, from: usize| {
        let end = prefixes[whole].wrapping_sub(prefixes[from].wrapping_mul(POWERS[whole - from]));
        head.wrapping_mul(POWERS[whole - from]).wrapping_add(end)
    };
    if is_found(prefixes[whole]) {
        return true;
    }
    for (first, &start) in prefixes[..whole].iter().enumerate() {
        if is_found(with_end(start, first + 1)) {
            return true;
        }
        let mut head = start;
        for (second, &byte) in word.iter().enumerate().skip(if max_deletions > 1 { first + 1 } else { whole }) {
            if is_found(with_end(head, second + 1)) {
                return true;
            }
            head = append_byte(head, byte);
        }
    }
    false
}

/// The hash of a text and one more byte.
fn append_byte(hash: u32, byte: u8) -> u32 {
    hash.wrapping_mul(BASE).wrapping_add(u32::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_matches_within_one_edit_and_a_long_word_within_two() {
        let near = SimilarWords::of(["change", "partnership", "eight"].into_iter());
        for word in ["charge", "tight", "chnage", "hange", "eighth", "change", "partnreshop", "prtnershp"] {
            assert!(near.has(word), "{word}");
        }
        for word in ["chargee", "tights", "ship", "partnerless", "money"] {
            assert!(!near.has(word), "{word}");
        }
    }
}
