//! The lexicon: every form of a word that the library has, in order, with the forms that are the same word inflected.
//!
//! Forms are sorted as JavaScript compares text, by UTF-16 units. The stemmer is the one of the library's language;
//! where there is none, every form is a word of its own. Browsers never stem: they read the groups.

use std::{cmp::Ordering, collections::BTreeMap};

use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};

/// Every form, sorted, and for each form the number of its group.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// The forms.
    pub forms: Vec<Box<str>>,
    /// The group of each form: forms of one stem share it.
    pub group: Vec<usize>,
    /// The forms of each group, ascending.
    pub members: Vec<Vec<usize>>,
}

impl Lexicon {
    /// The lexicon of these forms, in any order and with repetitions, in a language.
    pub fn of(mut forms: Vec<Box<str>>, language: &str) -> Lexicon {
        forms.par_sort_unstable_by(|a, b| by_units(a, b));
        forms.dedup();
        let stems: Vec<String> = match algorithm(language) {
            Some(algorithm) => forms
                .par_chunks(4096)
                .flat_map_iter(|chunk| {
                    let stemmer = Stemmer::create(algorithm);
                    chunk.iter().map(move |form| stemmer.stem(form).into_owned()).collect::<Vec<_>>()
                })
                .collect(),
            None => forms.iter().map(|form| form.to_string()).collect(),
        };
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut lexicon = Lexicon { forms, ..Lexicon::default() };
        for (form, stem) in stems.into_iter().enumerate() {
            let next = numbers.len();
            let group = *numbers.entry(stem).or_insert(next);
            if group == next {
                lexicon.members.push(Vec::new());
            }
            lexicon.members[group].push(form);
            lexicon.group.push(group);
        }
        lexicon
    }

    /// The number of a form.
    pub fn find(&self, form: &str) -> Option<usize> {
        self.forms.binary_search_by(|known| by_units(known, form)).ok()
    }
}

/// The order of JavaScript's `<`.
pub fn by_units(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language.split('-').next()?.to_ascii_lowercase().as_str() {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}
