//! The texts of a case → its words, as numbers of forms with their positions.
//!
//! A word of two parts, such as "co-operation", is read as two, where it stands, and as one, after its piece of text: who
//! types "cooperation" finds it, phrases are not disturbed, and no field is the longer for it.
//!
//! Forms are numbered as they come. Whoever reads several cases with one [`Reader`] has one numbering for them; the
//! lexicon gives the numbers that last.

use std::collections::{BTreeMap, HashMap};

use rustc_hash::FxBuildHasher;

use crate::search::{
    fields::{FIELDS, Fields, NAMES},
    names::Names,
    words::{Folded, each_word},
};

/// Between two pieces of text, so that no phrase runs from one into the other.
const GAP: u32 = 8;

/// What stands among the words of a case where a piece of text ends.
const END: u32 = u32::MAX;

/// How many places for words a case has: far more than a file has words. What stands beyond is not read, so that no
/// file, whatever names stand for what it says, is more than other rooms can number.
pub const PLACES: u32 = 1 << 25;

/// The words of a case, from what a [`Reader`] wrote: the number of the form of each, and its place.
pub fn placed(words: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    let mut next = 0;
    words.iter().filter_map(move |&form| {
        let place = next;
        next += if form == END { GAP } else { 1 };
        (form != END).then_some((form, place))
    })
}

/// Gives the forms of words other numbers, which stand in the place of their own.
pub fn renumber(words: &mut [u32], numbers: &[u32]) {
    words.iter_mut().filter(|form| **form != END).for_each(|form| *form = numbers[*form as usize]);
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
    pub fn number(&mut self, form: Folded<'_>) -> u32 {
        let key = match form {
            Folded::Short(key) => key,
            Folded::Long(text) => return self.long(text),
        };
        let place = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % AT_HAND;
        if self.at_hand[place].0 != key {
            self.at_hand[place] = (key, self.short(key));
        }
        self.at_hand[place].1
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
        let at_hand = vec![(0, 0); AT_HAND].into_boxed_slice();
        Interner { at_hand, short: HashMap::default(), long: HashMap::default(), forms: Vec::new() }
    }
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

    /// Adds the words of a case, in order, for [`placed`], and says how far its fields extend.
    pub fn read(&mut self, fields: &Fields<'_>, words: &mut Vec<u32>) -> Extent {
        let mut extent = Extent { ends: [0; FIELDS], lengths: [0; FIELDS] };
        let mut text = Text { begin: words.len(), words, places: 0 };
        for (field, pieces) in fields.iter().enumerate() {
            let mut length = 0;
            for piece in pieces {
                each_word(piece, |word| length += text.push(self.number(word)));
                text.end();
                for joined in joined(piece) {
                    each_word(&joined, |word| {
                        text.push(self.number(word));
                    });
                    text.end();
                }
            }
            if field == NAMES {
                let called = self.called(text.so_far());
                for (name, times) in called {
                    for _ in 0..self.names.times(name, times, fields.iter().flatten().copied()) {
                        for called in [self.names.words(name), self.names.other(name)] {
                            called.iter().for_each(|word| length += text.push(self.number(Folded::of(word))));
                            text.end();
                        }
                    }
                }
            }
            extent.lengths[field] = length;
            extent.ends[field] = text.places;
        }
        extent
    }

    fn number(&mut self, word: Folded<'_>) -> u32 {
        let form = self.interner.number(word);
        if form as usize == self.begins.len() {
            self.begins.push(self.names.beginning(&self.interner.forms[form as usize]));
        }
        form
    }

    /// The names whose words stand in a text, for one or several of a thing, and how often.
    fn called(&self, text: &[u32]) -> BTreeMap<usize, usize> {
        let mut called = BTreeMap::new();
        if self.names.is_empty() {
            return called;
        }
        for (at, &first) in text.iter().enumerate().filter(|(_, form)| **form != END) {
            for &name in self.begins[first as usize] {
                let words = self.names.words(name);
                let is_next = |(n, word): (usize, &String)| {
                    text.get(at + n).is_some_and(|&there| {
                        let form = self.interner.forms.get(there as usize).map_or("", |form| &**form);
                        form == word || form.strip_suffix('s') == Some(word)
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

/// The words of two parts in a text, each as one.
fn joined(text: &str) -> impl Iterator<Item = String> {
    const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];
    let has_any = HYPHENS.iter().any(|&hyphen| text.contains(hyphen));
    let is_between = |c: char| !c.is_alphabetic() && !HYPHENS.contains(&c);
    has_any.then(|| text.split(is_between)).into_iter().flatten().filter_map(|word| {
        let (first, second) = word.split_once(HYPHENS)?;
        let is_word = !first.is_empty() && second.chars().count() > 2 && !second.contains(HYPHENS);
        is_word.then(|| [first, second].concat())
    })
}

/// The words of a case as they are written down.
struct Text<'a> {
    words: &'a mut Vec<u32>,
    begin: usize,
    /// How many places they take.
    places: u32,
}

impl Text<'_> {
    /// Adds a word, if there is a place for it, and says how many were added.
    fn push(&mut self, form: u32) -> u32 {
        let is_placed = self.places < PLACES;
        if is_placed {
            self.words.push(form);
            self.places += 1;
        }
        u32::from(is_placed)
    }

    /// Ends a piece of text.
    fn end(&mut self) {
        if self.places < PLACES {
            self.words.push(END);
            self.places += GAP;
        }
    }

    fn so_far(&self) -> &[u32] {
        &self.words[self.begin..]
    }
}
