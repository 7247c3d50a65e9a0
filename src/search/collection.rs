//! The collection: every case of a library as numbered words, in the order of the index.
//!
//! Cases are read in parallel, each thread with a list of forms of its own; the lists become one lexicon, and the words
//! are numbered by it, so that neither the number of threads nor their luck can be seen in the result.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use crate::{
    model::{CaseFile, Library},
    search::{
        fields::{FIELDS, Fields, NAMES, WEIGHTS, card, fields},
        lexicon::Lexicon,
        names::Names,
        order::{Order, order},
        shards::{Packed, pack},
        words::each_word,
    },
};

/// Between two pieces of text, so that no phrase runs from one into the other.
const GAP: u32 = 8;

/// How much a word must be said before saying it more matters little.
const SATURATION: f32 = 2.0;

/// Every case of a library, ready to be indexed.
#[derive(Debug)]
pub struct Collection {
    /// How the cases are numbered.
    pub order: Order,
    /// Every form of a word.
    pub lexicon: Lexicon,
    /// The cases by number.
    pub documents: Vec<Document>,
    /// The mean length of each field, coarsely, so that one edit does not change every score.
    mean: [f32; FIELDS],
}

/// A case as words.
#[derive(Debug)]
pub struct Document {
    /// Every word: its form in the upper half, its position in the lower; sorted.
    pub words: Vec<u64>,
    ends: [u32; FIELDS],
    lengths: [u32; FIELDS],
}

/// A word of a document.
pub fn form_of(word: u64) -> usize {
    (word >> 32) as usize
}

/// Where it stands.
pub fn position_of(word: u64) -> u32 {
    word as u32
}

impl Collection {
    /// The collection of a library, and the packed card of each case. `prose` gives the plain words of a case's body.
    pub fn of(library: &Library, prose: impl Fn(&CaseFile) -> String + Sync) -> (Collection, Vec<Packed>) {
        let order = order(library);
        let names = Names::of(&library.glossary);
        let size = order.cases.len().div_ceil(4 * rayon::current_num_threads()).max(1);
        let read = |cases: &[usize]| {
            let mut reader = Reader { names: &names, ids: HashMap::new(), forms: Vec::new(), begins: Vec::new() };
            let both = cases.iter().map(|&case| {
                let case = &library.cases[case];
                let prose = prose(&case.file);
                let card = serde_json::to_vec(&card(library, case, &prose)).expect("texts and numbers are JSON");
                (reader.document(&fields(library, case, &prose)), pack(&card))
            });
            let (documents, cards) = both.unzip();
            Batch { forms: reader.forms, documents, cards }
        };
        let mut batches: Vec<Batch> = order.cases.par_chunks(size).map(read).collect();
        let forms = batches.iter().flat_map(|batch| batch.forms.iter().cloned()).collect();
        let lexicon = Lexicon::of(forms, &library.config.language);
        batches.par_iter_mut().for_each(|batch| batch.renumber(&lexicon));
        let cards = batches.iter_mut().flat_map(|batch| std::mem::take(&mut batch.cards)).collect();
        let documents: Vec<Document> = batches.into_iter().flat_map(|batch| batch.documents).collect();
        let mean = mean(&documents);
        (Collection { order, lexicon, documents, mean }, cards)
    }

    /// How much a word counts in a document, from 1 to 255: the positions are all of its places there.
    pub fn impact(&self, document: &Document, positions: impl Iterator<Item = u32>) -> u8 {
        let mut said = [0_u32; FIELDS];
        for position in positions {
            said[document.ends.partition_point(|&end| end <= position).min(FIELDS - 1)] += 1;
        }
        let mut weight = 0.0;
        for (field, &said) in said.iter().enumerate().filter(|(_, said)| **said > 0) {
            let (factor, tempering) = WEIGHTS[field];
            let length = document.lengths[field] as f32 / self.mean[field];
            weight += factor * said as f32 / (1.0 - tempering + tempering * length);
        }
        ((255.0 * weight / (SATURATION + weight)).round() as u8).max(1)
    }
}

/// Some cases, read with a list of forms of their own.
struct Batch {
    forms: Vec<Box<str>>,
    documents: Vec<Document>,
    cards: Vec<Packed>,
}

impl Batch {
    /// Puts the numbers of the lexicon in the place of the batch's own, and the words in order.
    fn renumber(&mut self, lexicon: &Lexicon) {
        let number = |form: &str| lexicon.find(form).expect("the lexicon has every form that was read") as u64;
        let numbers: Vec<u64> = self.forms.iter().map(|form| number(form)).collect();
        for document in &mut self.documents {
            for word in &mut document.words {
                *word = numbers[form_of(*word)] << 32 | u64::from(position_of(*word));
            }
            document.words.sort_unstable();
            document.words.shrink_to_fit();
        }
    }
}

/// Reads cases, numbering forms as they come.
struct Reader<'a> {
    names: &'a Names,
    ids: HashMap<Box<str>, u32>,
    forms: Vec<Box<str>>,
    /// For each form, the names that begin with it.
    begins: Vec<&'a [usize]>,
}

impl Reader<'_> {
    fn document(&mut self, fields: &Fields<'_>) -> Document {
        let mut document = Document { words: Vec::new(), ends: [0; FIELDS], lengths: [0; FIELDS] };
        let mut at = 0_u32;
        for (field, pieces) in fields.iter().enumerate() {
            let start = document.words.len();
            for piece in pieces {
                each_word(piece, |word| self.push(word, &mut at, &mut document.words));
                at = at.saturating_add(GAP);
            }
            if field == NAMES {
                for name in self.called(&document.words[..start]) {
                    self.names.other(name).iter().for_each(|word| self.push(word, &mut at, &mut document.words));
                    at = at.saturating_add(GAP);
                }
            }
            document.lengths[field] = u32::try_from(document.words.len() - start).unwrap_or(u32::MAX);
            document.ends[field] = at;
        }
        document
    }

    fn push(&mut self, word: &str, at: &mut u32, words: &mut Vec<u64>) {
        let id = match self.ids.get(word) {
            Some(&id) => id,
            None => {
                let id = u32::try_from(self.forms.len()).expect("fewer forms than a 32-bit number counts");
                self.ids.insert(word.into(), id);
                self.forms.push(word.into());
                self.begins.push(self.names.beginning(word));
                id
            }
        };
        words.push(u64::from(id) << 32 | u64::from(*at));
        *at = at.saturating_add(1);
    }

    /// The names that stand in a text, ascending.
    fn called(&self, text: &[u64]) -> BTreeSet<usize> {
        let mut called = BTreeSet::new();
        for (at, &first) in text.iter().enumerate() {
            for &name in self.begins[form_of(first)] {
                let words = self.names.words(name);
                let is_next = |(n, word): (usize, &String)| {
                    text.get(at + n).is_some_and(|&there| {
                        position_of(there) as usize == position_of(first) as usize + n
                            && *self.forms[form_of(there)] == **word
                    })
                };
                if words.iter().enumerate().all(is_next) {
                    called.insert(name);
                }
            }
        }
        called
    }
}

/// The mean length of each field, to the nearest quarter of a power of two.
fn mean(documents: &[Document]) -> [f32; FIELDS] {
    std::array::from_fn(|field| {
        let sum: f64 = documents.iter().map(|document| f64::from(document.lengths[field])).sum();
        let mean = (sum / documents.len().max(1) as f64).max(1.0);
        f64::exp2((mean.log2() * 4.0).round() / 4.0) as f32
    })
}
