//! The texts of a document → its words, by the ids of their forms, with their positions.
//!
//! A run of several parts, such as "co-operation", is read as its parts, and after the end of its text also as one
//! word: a query for "cooperation" finds it, phrases still match, and the length of the field does not change. Names of
//! several words that the library knows are read in the same way.
//!
//! Forms are numbered as they occur. Documents that are read with one [`DocumentReader`] share its numbers, the
//! [`InternedFormId`]s; the lexicon gives the final ones, the [`FormId`](super::lexicon::FormId)s.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use rustc_hash::FxBuildHasher;

use crate::{
    model::ids::{Id, IdVec, ids},
    search::{
        fields::{ByField, Field, Fields},
        names::{Phrase, Phrases},
        tokenize::{Folded, Token, each_word},
    },
};

ids! {
    /// A form, by its position in the list of an [`Interner`].
    InternedFormId;
}

/// The gap of positions between two texts, so that no phrase matches across them.
const GAP: u32 = 8;

/// The most positions of a document: far more than a file has words. Further words are not read, so that positions
/// always fit into the numbers of other modules.
pub const MAX_POSITIONS: u32 = 1 << 25;

/// A word of a document, by its form, or the end of a text. In the four bytes of an id, since a library has many
/// millions of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordOrEnd<F>(F);

/// The number that marks the end of a text in place of a form. A library has fewer forms.
const END: u32 = u32::MAX;

impl<F: Id> WordOrEnd<F> {
    /// A word.
    pub fn word(form: F) -> WordOrEnd<F> {
        WordOrEnd(form)
    }

    /// The end of a text.
    pub fn end() -> WordOrEnd<F> {
        WordOrEnd(F::from_number(END))
    }

    /// The form of the word; none for the end of a text.
    pub fn form(self) -> Option<F> {
        (self.0.number() != END).then_some(self.0)
    }
}

/// The words of a document, each with its form and its position.
pub fn with_positions<F: Id>(words: &[WordOrEnd<F>]) -> impl Iterator<Item = (F, u32)> {
    let mut next = 0;
    words.iter().filter_map(move |word| {
        let position = next;
        next += if word.form().is_some() { 1 } else { GAP };
        Some((word.form()?, position))
    })
}

/// The words of some documents.
#[derive(Clone, Debug)]
pub struct DocumentWords<F> {
    words: Vec<WordOrEnd<F>>,
    /// The range of the words of each document.
    documents: Vec<Range<usize>>,
}

impl<F: Id> DocumentWords<F> {
    /// Documents, each a range of `words`.
    pub fn new(words: Vec<WordOrEnd<F>>, documents: Vec<Range<usize>>) -> DocumentWords<F> {
        DocumentWords { words, documents }
    }

    /// The words of each document.
    pub fn each(&self) -> impl Iterator<Item = &[WordOrEnd<F>]> {
        self.documents.iter().map(|range| &self.words[range.clone()])
    }

    /// The form of each word.
    pub fn forms(&self) -> impl Iterator<Item = F> {
        self.words.iter().filter_map(|word| word.form())
    }

    /// The same words with other ids of their forms.
    pub fn renumbered<G: Id>(self, ids: &IdVec<F, G>) -> DocumentWords<G> {
        let renumbered = |word: WordOrEnd<F>| word.form().map_or(WordOrEnd::end(), |form| WordOrEnd::word(ids[form]));
        DocumentWords { words: self.words.into_iter().map(renumbered).collect(), documents: self.documents }
    }
}

/// The extent of the fields of a document.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// The position after the last word of each field.
    pub ends: ByField<u32>,
    /// The number of words of each field.
    pub lengths: ByField<u32>,
}

/// The number of short forms in the cache of an interner.
const CACHED_FORMS: usize = 8192;

/// Numbers forms as they occur.
#[derive(Debug)]
pub struct Interner {
    /// A direct-mapped cache of recent short forms. A few words make up most of a text, and these fit into a
    /// processor's cache, while the table of all forms does not.
    at_hand: Box<[(u64, InternedFormId)]>,
    short: HashMap<u64, InternedFormId, FxBuildHasher>,
    long: HashMap<Box<str>, InternedFormId, FxBuildHasher>,
    /// The forms.
    pub forms: IdVec<InternedFormId, Box<str>>,
}

impl Interner {
    /// The id of a form.
    pub fn id(&mut self, form: Folded<'_>) -> InternedFormId {
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

    fn short(&mut self, key: u64) -> InternedFormId {
        *self.short.entry(key).or_insert_with(|| self.forms.push(Folded::Short(key).text().into()))
    }

    fn long(&mut self, form: &str) -> InternedFormId {
        if let Some(&id) = self.long.get(form) {
            return id;
        }
        let id = self.forms.push(form.into());
        self.long.insert(form.into(), id);
        id
    }
}

impl Default for Interner {
    fn default() -> Interner {
        // No form has the key 0, so the empty places of the cache are never found.
        let at_hand = vec![(0, InternedFormId::from_number(0)); CACHED_FORMS].into_boxed_slice();
        Interner { at_hand, short: HashMap::default(), long: HashMap::default(), forms: IdVec::default() }
    }
}

/// Reads documents.
#[derive(Debug)]
pub struct DocumentReader<'a> {
    phrases: &'a Phrases,
    /// The forms that were read.
    pub interner: Interner,
    /// For each form, the phrases that begin with it.
    phrases_by_first: IdVec<InternedFormId, [&'a [Phrase]; 2]>,
    /// The runs of several parts in the current text.
    wholes: Vec<InternedFormId>,
}

impl<'a> DocumentReader<'a> {
    /// A reader that also finds phrases that are forms of their own.
    pub fn new(phrases: &'a Phrases) -> DocumentReader<'a> {
        DocumentReader {
            phrases,
            interner: Interner::default(),
            phrases_by_first: IdVec::default(),
            wholes: Vec::new(),
        }
    }

    /// Appends the words of a document, in order, and gives the extent of its fields. The `tags` come after the terms.
    pub fn read(
        &mut self,
        fields: &Fields<'_>,
        tags: &BTreeSet<String>,
        words: &mut Vec<WordOrEnd<InternedFormId>>,
    ) -> Extent {
        let mut extent = Extent { ends: ByField::default(), lengths: ByField::default() };
        let mut text = WordList { words, positions: 0 };
        for field in Field::ALL {
            for piece in &fields[field] {
                extent.lengths[field] += self.piece(piece, &mut text);
            }
            if field == Field::Terms {
                for tag in tags {
                    text.push(self.id(Folded::of(tag)));
                    text.end();
                }
            }
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
            Token::Part(word) => length += text.push(self.id(word)),
            Token::Whole(word) => wholes.push(self.id(word)),
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

    fn id(&mut self, word: Folded<'_>) -> InternedFormId {
        let form = self.interner.id(word);
        if form.position() == self.phrases_by_first.len() {
            self.phrases_by_first.push(self.phrases.starting_with(&self.interner.forms[form]));
        }
        form
    }

    /// Appends the phrases among the words of a text, each as often as it occurs.
    fn phrases_in(&mut self, piece: &str, words: &[WordOrEnd<InternedFormId>], found: &mut Vec<InternedFormId>) {
        let form = |at: usize| words.get(at).and_then(|word| word.form());
        for (at, first) in words.iter().enumerate() {
            let phrases = first.form().map(|form| self.phrases_by_first[form]);
            for phrase in phrases.into_iter().flatten().flatten() {
                if phrase.is_at(piece, |n| form(at + n).map(|form| &*self.interner.forms[form])) {
                    found.push(self.id(Folded::of(&phrase.form)));
                }
            }
        }
    }
}

/// The words of a document, in encoded form.
struct WordList<'a> {
    words: &'a mut Vec<WordOrEnd<InternedFormId>>,
    /// The number of positions so far.
    positions: u32,
}

impl WordList<'_> {
    /// Appends a word, if there is room for it, and returns the number of words appended.
    fn push(&mut self, form: InternedFormId) -> u32 {
        let has_room = self.positions < MAX_POSITIONS;
        if has_room {
            self.words.push(WordOrEnd::word(form));
            self.positions += 1;
        }
        u32::from(has_room)
    }

    /// Ends a text.
    fn end(&mut self) {
        if self.positions < MAX_POSITIONS {
            self.words.push(WordOrEnd::end());
            self.positions += GAP;
        }
    }
}
