//! Which words could be taken for a form of the lexicon: those that lie one slip away from one, or two where they are long.
//!
//! A slip is a letter too many, too few or another, or two letters that changed places. Two words lie at most so many slips
//! apart only if something is left of both that is the same, once as many letters are left out of each. So the hashes of what
//! is left of every form are kept, and what is left of a word is looked for among them. What is said to be near may now and
//! then be a slip further away; what is near is always said to be.

use rustc_hash::FxHashSet;

/// A word of fewer letters is never taken for another.
pub const SHORTEST: usize = 4;

/// From how many letters on a word is taken for one that is two slips away: as in `nearest` of `browser/spelling.js`.
const LONG: usize = 8;

/// A longer word is never taken for another either.
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

/// What lies near to some forms.
#[derive(Debug)]
pub struct Neighbourhood {
    /// What is left of each form without at most one letter.
    short: Rests,
    /// What is left of each form that a long word may be taken for, without at most two letters.
    long: Rests,
}

/// What is left of some forms, by hash. Nearly all of what is looked for is not there, and the bits tell so without a look at the set.
#[derive(Debug)]
struct Rests {
    hashes: FxHashSet<u32>,
    /// A bit for each value of the lower part of a hash.
    bits: Vec<u64>,
}

impl Rests {
    fn of(hashes: FxHashSet<u32>) -> Rests {
        let words = hashes.len().next_power_of_two().min(1 << 21);
        let mut bits = vec![0; words];
        for &hash in &hashes {
            let (word, bit) = place(hash, words);
            bits[word] |= bit;
        }
        Rests { hashes, bits }
    }

    fn has(&self, hash: u32) -> bool {
        let (word, bit) = place(hash, self.bits.len());
        self.bits[word] & bit != 0 && self.hashes.contains(&hash)
    }
}

/// Where the bit of a hash is among so many words of 64 bits.
fn place(hash: u32, words: usize) -> (usize, u64) {
    (hash as usize / 64 % words, 1 << (hash % 64))
}

impl Neighbourhood {
    /// What lies near to these forms.
    pub fn of<'a>(forms: impl Iterator<Item = &'a str>) -> Neighbourhood {
        let (mut short, mut long) = (FxHashSet::default(), FxHashSet::default());
        for form in forms.map(str::as_bytes).filter(|form| (SHORTEST..=LONGEST).contains(&form.len())) {
            each_rest(form, 1, |rest| {
                short.insert(rest);
                false
            });
            if form.len() + 2 >= LONG {
                each_rest(form, 2, |rest| {
                    long.insert(rest);
                    false
                });
            }
        }
        Neighbourhood { short: Rests::of(short), long: Rests::of(long) }
    }

    /// Could a word be taken for one of the forms?
    pub fn has(&self, word: &str) -> bool {
        let word = word.as_bytes();
        let (known, slips) = if word.len() < LONG { (&self.short, 1) } else { (&self.long, 2) };
        (SHORTEST..=LONGEST).contains(&word.len()) && each_rest(word, slips, |rest| known.has(rest))
    }
}

/// Calls `is_found` with the hash of a word, and of what is left of it without one of its letters, or two, until that is true.
/// The hash of a part is worked out from those of the beginnings, so each takes the same time however long the word is.
fn each_rest(word: &[u8], most: usize, mut is_found: impl FnMut(u32) -> bool) -> bool {
    let whole = word.len();
    let mut beginnings = [0u32; LONGEST + 1];
    for (at, &byte) in word.iter().enumerate() {
        beginnings[at + 1] = beginnings[at].wrapping_mul(BASE).wrapping_add(u32::from(byte));
    }
    let followed_by = |hash: u32, from: usize, to: usize| {
        let part = beginnings[to].wrapping_sub(beginnings[from].wrapping_mul(POWERS[to - from]));
        hash.wrapping_mul(POWERS[to - from]).wrapping_add(part)
    };
    is_found(beginnings[whole])
        || (0..whole).any(|first| {
            is_found(followed_by(beginnings[first], first + 1, whole))
                || (first + 1..whole).filter(|_| most > 1).any(|second| {
                    let head = followed_by(beginnings[first], first + 1, second);
                    is_found(followed_by(head, second + 1, whole))
                })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_near_by_one_slip_and_a_long_one_by_two() {
        let near = Neighbourhood::of(["change", "partnership", "eight"].into_iter());
        for word in ["charge", "tight", "chnage", "hange", "eighth", "change", "partnreshop", "prtnershp"] {
            assert!(near.has(word), "{word}");
        }
        for word in ["chargee", "tights", "ship", "partnerless", "money"] {
            assert!(!near.has(word), "{word}");
        }
    }
}
