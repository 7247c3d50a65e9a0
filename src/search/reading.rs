//! The texts of a case → its words, as numbers of forms with their positions.
//!
//! Forms are numbered as they come. Whoever reads several cases with one [`Reader`] has one numbering for them; the
//! lexicon gives the numbers that last.

use std::collections::{BTreeMap, HashMap};

use rustc_hash::FxBuildHasher;

use crate::search::{
    fields::{FIELDS, Fields, NAMES},
    names::Names,
    words::each_word,
};

/// Between two pieces of text, so that no phrase runs from one into the other.
const GAP: u32 = 8;

/// A word of a case: a form, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The number of its form.
    pub form: u32,
    /// Its place among the words of its case.
    pub position: u32,
}

/// Where the fields of a case end, and how many words each has.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// The position after the last of each field.
    pub ends: [u32; FIELDS],
    /// The words of each field.
    pub lengths: [u32; FIELDS],
}

/// How many short forms an interner has at hand.
const AT_HAND: usize = 8192;

/// Numbers forms as they come.
#[derive(Debug)]
pub struct Interner {
    /// Short forms that came last, each at a place of its key's own: few words are most of a text, and these stay in a
    /// processor's cache, where those of all forms do not.
    at_hand: Box<[(u64, u32)]>,
    short: HashMap<u64, u32, FxBuildHasher>,
    long: HashMap<Box<str>, u32, FxBuildHasher>,
    /// The forms by number.
    pub forms: Vec<Box<str>>,
}

impl Interner {
    /// The number of a form.
    pub fn number(&mut self, form: &str) -> u32 {
        let Some(key) = inline(form) else { return self.long(form) };
        let place = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % AT_HAND;
        if self.at_hand[place].0 != key {
            self.at_hand[place] = (key, self.short(key, form));
        }
        self.at_hand[place].1
    }

    fn short(&mut self, key: u64, form: &str) -> u32 {
        let next = self.next();
        let number = *self.short.entry(key).or_insert(next);
        if number == next {
            self.forms.push(form.into());
        }
        number
    }

    fn long(&mut self, form: &str) -> u32 {
        if let Some(&number) = self.long.get(form) {
            return number;
        }
        let next = self.next();
        self.long.insert(form.into(), next);
        self.forms.push(form.into());
        next
    }

    fn next(&self) -> u32 {
        u32::try_from(self.forms.len()).expect("fewer forms than a 32-bit number counts")
    }
}

impl Default for Interner {
    fn default() -> Interner {
        let at_hand = vec![(0, 0); AT_HAND].into_boxed_slice();
        Interner { at_hand, short: HashMap::default(), long: HashMap::default(), forms: Vec::new() }
    }
}

/// A form of up to twelve plain letters and digits as a number, which is compared where it stands: looking a text up
/// elsewhere takes longer than the rest of reading a word.
fn inline(form: &str) -> Option<u64> {
    let digit = |byte: u8| match byte {
        b'a'..=b'z' => Some(byte - b'a' + 1),
        b'0'..=b'9' => Some(byte - b'0' + 27),
        _ => None,
    };
    let mut bytes = form.bytes();
    let number = |number: u64, byte: u8| Some(number * 37 + u64::from(digit(byte)?));
    if form.len() > 12 { None } else { bytes.try_fold(0, number) }
}

/// Reads cases.
#[derive(Debug)]
pub struct Reader<'a> {
    names: &'a Names,
    /// The forms that were read.
    pub interner: Interner,
    /// For each form, the names that begin with it.
    begins: Vec<&'a [usize]>,
}

impl<'a> Reader<'a> {
    /// A reader who knows the other names of things.
    pub fn new(names: &'a Names) -> Reader<'a> {
        Reader { names, interner: Interner::default(), begins: Vec::new() }
    }

    /// Adds the words of a case, in order, and says how far its fields extend.
    pub fn read(&mut self, fields: &Fields<'_>, words: &mut Vec<Word>) -> Extent {
        let mut extent = Extent { ends: [0; FIELDS], lengths: [0; FIELDS] };
        let (begin, mut at) = (words.len(), 0_u32);
        for (field, pieces) in fields.iter().enumerate() {
            let start = words.len();
            for piece in pieces {
                each_word(piece, |word| self.push(word, &mut at, words));
                at = at.saturating_add(GAP);
            }
            if field == NAMES {
                for (name, times) in self.called(&words[begin..start]) {
                    for _ in 0..self.names.times(name, times, fields.iter().flatten().copied()) {
                        for called in [self.names.words(name), self.names.other(name)] {
                            called.iter().for_each(|word| self.push(word, &mut at, words));
                            at = at.saturating_add(GAP);
                        }
                    }
                }
            }
            extent.lengths[field] = u32::try_from(words.len() - start).unwrap_or(u32::MAX);
            extent.ends[field] = at;
        }
        extent
    }

    fn push(&mut self, word: &str, at: &mut u32, words: &mut Vec<Word>) {
        let form = self.interner.number(word);
        if form as usize == self.begins.len() {
            self.begins.push(self.names.beginning(word));
        }
        words.push(Word { form, position: *at });
        *at = at.saturating_add(1);
    }

    /// The names whose words stand in a text, for one or several of a thing, and how often.
    fn called(&self, text: &[Word]) -> BTreeMap<usize, usize> {
        let mut called = BTreeMap::new();
        if self.names.is_empty() {
            return called;
        }
        for (at, first) in text.iter().enumerate() {
            for &name in self.begins[first.form as usize] {
                let words = self.names.words(name);
                let is_next = |(n, word): (usize, &String)| {
                    text.get(at + n).is_some_and(|there| {
                        let form = &*self.interner.forms[there.form as usize];
                        there.position as usize == first.position as usize + n
                            && (form == word || form.strip_suffix('s') == Some(word))
                    })
                };
                if words.iter().enumerate().all(is_next) {
                    *called.entry(name).or_default() += 1;
                }
            }
        }
        called
    }
}
