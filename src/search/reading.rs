//! The texts of a case → its words, as numbers of forms, with their positions.
//!
//! A run of several parts, such as "co-operation", is read as its parts, and after the end of its text also as one
//! word: a query for "cooperation" finds it, phrases still match, and the length of the field does not change. Names of
//! several words that the library knows are read in the same way.
//!
//! Forms are numbered as they occur. Cases that are read with one [`DocumentReader`] share its numbers; the lexicon
//! gives the final ones.

use std::collections::{BTreeSet, HashMap};

use rustc_hash::FxBuildHasher;

use crate::search::{
    fields::{FIELDS, Fields, TERMS},
    names::Phrases,
    tokenize::{Folded, Token, each_word},
};

/// The gap of positions between two texts, so that no phrase matches across them.
const GAP: u32 = 8;

/// Marks the end of a text among the words of a case.
pub const END: u32 = u32::MAX;

/// The most positions of a case: far more than a file has words. Words beyond are not read, so that positions always
/// fit into the numbers of other modules, however long the names in the file are.
pub const MOST_POSITIONS: u32 = 1 << 25;

/// The words of a case, from the output of a [`DocumentReader`]: the number of the form of each, and its position.
pub fn with_positions(words: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    let mut next = 0;
    words.iter().filter_map(move |&form| {
        let position = next;
        next += if form == END { GAP } else { 1 };
        (form != END).then_some((form, position))
    })
}

/// Replaces numbers of forms by others.
pub fn renumber(words: &mut [u32], numbers: &[u32]) {
    words.iter_mut().filter(|form| **form != END).for_each(|form| *form = numbers[*form as usize]);
}

/// The extent of the fields of a case.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// The position after the last word of each field.
    pub ends: [u32; FIELDS],
    /// The number of words of each field.
    pub lengths: [u32; FIELDS],
}

/// The number of short forms in the cache of an interner.
const CACHED_FORMS: usize = 8192;

/// Numbers forms as they occur.
#[derive(Debug)]
pub struct Interner {
    /// A direct-mapped cache of recent short forms. A few words make up most of a text, and these fit into a
    /// processor's cache, while the table of all forms does not.
    at_hand: Box<[(u64, u32)]>,
    short: HashMap<u64, u32, FxBuildHasher>,
    long: HashMap<Box<str>, u32, FxBuildHasher>,
    /// The forms by number.
    pub forms: Vec<Box<str>>,
}

impl Interner {
    /// The number of a form.
    pub fn number(&mut self, form: Folded<'_>) -> u32 {
        let key = match form {
            Folded::Short(key) => key,
            Folded::Long(text) => return self.long(text),
        };
        let slot = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % CACHED_FORMS;
        if self.at_hand[slot].0 != key {
            self.at_hand[slot] = (key, self.short(key));
        }
        self.at_hand[slot].1
    }

    fn short(&mut self, key: u64) -> u32 {
        let next = self.next();
        let number = *self.short.entry(key).or_insert(next);
        if number == next {
            self.forms.push(Folded::Short(key).text().into());
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
        let at_hand = vec![(0, 0); CACHED_FORMS].into_boxed_slice();
        Interner { at_hand, short: HashMap::default(), long: HashMap::default(), forms: Vec::new() }
    }
}

/// Reads cases.
#[derive(Debug)]
pub struct DocumentReader<'a> {
    phrases: &'a Phrases,
    /// The forms that were read.
    pub interner: Interner,
    /// For each form, the phrases that begin with it.
    begins: Vec<&'a [usize]>,
    /// The runs of several parts in the current text.
    wholes: Vec<u32>,
}

impl<'a> DocumentReader<'a> {
    /// A reader that also finds phrases that are forms of their own.
    pub fn new(phrases: &'a Phrases) -> DocumentReader<'a> {
        DocumentReader { phrases, interner: Interner::default(), begins: Vec::new(), wholes: Vec::new() }
    }

    /// Appends the words of a case, in order, for [`with_positions`], and returns the extent of its fields. The `tags`
    /// come after the terms.
    pub fn read(&mut self, fields: &Fields<'_>, tags: &BTreeSet<String>, words: &mut Vec<u32>) -> Extent {
        let mut extent = Extent { ends: [0; FIELDS], lengths: [0; FIELDS] };
        let mut text = WordList { words, positions: 0 };
        for (field, pieces) in fields.iter().enumerate() {
            let mut length = 0;
            for piece in pieces {
                length += self.piece(piece, &mut text);
            }
            if field == TERMS {
                for tag in tags {
                    text.push(self.number(Folded::of(tag)));
                    text.end();
                }
            }
            extent.lengths[field] = length;
            extent.ends[field] = text.positions;
        }
        extent
    }

    /// Appends the words of a text, and returns their number.
    fn piece(&mut self, piece: &str, text: &mut WordList<'_>) -> u32 {
        let begin = text.words.len();
        let mut length = 0;
        let mut wholes = std::mem::take(&mut self.wholes);
        each_word(piece, |token| match token {
            Token::Part(word) => length += text.push(self.number(word)),
            Token::Whole(word) => wholes.push(self.number(word)),
        });
        self.phrases_in(piece, &text.words[begin..], &mut wholes);
        text.end();
        for form in wholes.drain(..) {
            text.push(form);
            text.end();
        }
        self.wholes = wholes;
        length
    }

    fn number(&mut self, word: Folded<'_>) -> u32 {
        let form = self.interner.number(word);
        if form as usize == self.begins.len() {
            self.begins.push(self.phrases.beginning(&self.interner.forms[form as usize]));
        }
        form
    }

    /// Appends the phrases among the words of a text, each as often as it occurs.
    fn phrases_in(&mut self, piece: &str, words: &[u32], found: &mut Vec<u32>) {
        for (at, &first) in words.iter().enumerate() {
            for &phrase in self.begins[first as usize] {
                let word = |n: usize| words.get(at + n).map(|&form| &*self.interner.forms[form as usize]);
                if self.phrases.is_at(phrase, piece, word) {
                    found.push(self.number(Folded::of(self.phrases.form(phrase))));
                }
            }
        }
    }
}

/// The words of a case, in encoded form.
struct WordList<'a> {
    words: &'a mut Vec<u32>,
    /// The number of positions so far.
    positions: u32,
}

impl WordList<'_> {
    /// Appends a word, if there is room for it, and returns the number of words appended.
    fn push(&mut self, form: u32) -> u32 {
        let has_room = self.positions < MOST_POSITIONS;
        if has_room {
            self.words.push(form);
            self.positions += 1;
        }
        u32::from(has_room)
    }

    /// Ends a text.
    fn end(&mut self) {
        if self.positions < MOST_POSITIONS {
            self.words.push(END);
            self.positions += GAP;
        }
    }
}
