//! The lexicon: every form in the library, in order, with groups of forms of the same word.
//!
//! Forms are sorted as JavaScript compares text, by UTF-16 units. The stemmer is that of the library's language;
//! without one, every form is a word of its own. Browsers never stem: they read the groups.

use std::{borrow::Cow, cmp::Ordering, collections::HashMap, ops::Range};

use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxBuildHasher;

use crate::search::names::is_word;

/// Every form, sorted, with the number of its group.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// The forms.
    pub forms: Vec<Box<str>>,
    /// The group of each form. Forms with the same stem share a group.
    pub group: Vec<usize>,
    /// The forms of each group, ascending.
    pub members: Vec<Vec<usize>>,
}

impl Lexicon {
    /// Makes the lexicon of these forms, which may be in any order and repeated.
    pub fn of(mut forms: Vec<Box<str>>, language: &str) -> Lexicon {
        forms.par_sort_unstable_by(|a, b| by_units(a, b));
        forms.dedup();
        let stems: Vec<String> = match algorithm(language) {
            Some(algorithm) => forms
                .par_chunks(4096)
                .flat_map_iter(|chunk| {
                    let stemmer = Stemmer::create(algorithm);
                    chunk.iter().map(move |form| stem(&stemmer, form).into_owned()).collect::<Vec<_>>()
                })
                .collect(),
            None => forms.iter().map(|form| form.to_string()).collect(),
        };
        let mut numbers: HashMap<String, usize, FxBuildHasher> = HashMap::default();
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

    /// The forms with this prefix.
    pub fn beginning(&self, text: &str) -> Range<usize> {
        let from = self.forms.partition_point(|form| by_units(form, text).is_lt());
        from..from + self.forms[from..].iter().take_while(|form| form.starts_with(text)).count()
    }

    /// Has any form this beginning?
    pub fn begins(&self, text: &str) -> bool {
        let from = self.forms.partition_point(|form| by_units(form, text).is_lt());
        self.forms.get(from).is_some_and(|form| form.starts_with(text))
    }

    /// The number of a form.
    pub fn find(&self, form: &str) -> Option<usize> {
        self.forms.binary_search_by(|known| by_units(known, form)).ok()
    }
}

/// The order of JavaScript's `<`: that of the bytes, except for characters beyond the basic plane.
pub fn by_units(a: &str, b: &str) -> Ordering {
    let differ = a.bytes().zip(b.bytes()).find(|(a, b)| a != b);
    match differ {
        Some((x, y)) if x >= 0xee && y >= 0xee => a.encode_utf16().cmp(b.encode_utf16()),
        Some((x, y)) => x.cmp(&y),
        None => a.len().cmp(&b.len()),
    }
}

/// The stem of a form. English stemmers need a vowel, which an acronym may lack, so a final "s" is removed here: PCTs
/// is a form of PCT.
fn stem<'a>(stemmer: &Stemmer, form: &'a str) -> Cow<'a, str> {
    if !is_word(form) {
        return form.into();
    }
    let stem = stemmer.stem(form);
    let is_acronym = |word: &str| word.len() > 1 && !word.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    match form.strip_suffix('s').filter(|one| stem == form && is_acronym(one)) {
        Some(one) => one.to_owned().into(),
        None => stem,
    }
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
