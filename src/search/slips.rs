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

/// What lies near to some forms.
#[derive(Debug, Default)]
pub struct Neighbourhood {
    /// What is left of each form without at most one letter.
    short: FxHashSet<u32>,
    /// What is left of each form that a long word may be taken for, without at most two letters.
    long: FxHashSet<u32>,
}

impl Neighbourhood {
    /// What lies near to these forms.
    pub fn of<'a>(forms: impl Iterator<Item = &'a str>) -> Neighbourhood {
        let mut near = Neighbourhood::default();
        for form in forms.map(str::as_bytes).filter(|form| form.len() >= SHORTEST) {
            each_rest(form, 1, |rest| {
                near.short.insert(rest);
            });
            if form.len() + 2 >= LONG {
                each_rest(form, 2, |rest| {
                    near.long.insert(rest);
                });
            }
        }
        near
    }

    /// Could a word be taken for one of the forms?
    pub fn has(&self, word: &str) -> bool {
        let word = word.as_bytes();
        let (known, slips) = if word.len() < LONG { (&self.short, 1) } else { (&self.long, 2) };
        let mut is_near = false;
        each_rest(word, slips, |rest| is_near |= known.contains(&rest));
        word.len() >= SHORTEST && is_near
    }
}

/// The hash of what is left of a word without any one of its letters, or any two, and of the word itself.
fn each_rest(word: &[u8], most: usize, mut found: impl FnMut(u32)) {
    let whole = word.len();
    found(hash(word, whole, whole));
    for first in 0..whole {
        found(hash(word, first, whole));
        for second in (first + 1..whole).filter(|_| most > 1) {
            found(hash(word, first, second));
        }
    }
}

/// FNV-1a over a word without the letters at two places.
fn hash(word: &[u8], first: usize, second: usize) -> u32 {
    let kept = word.iter().enumerate().filter(|&(at, _)| at != first && at != second);
    kept.fold(0x811c_9dc5, |hash, (_, &byte)| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
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
