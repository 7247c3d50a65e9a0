//! The lexicon: every form in the library, in order, with groups of forms of the same word.
//!
//! Forms are sorted as JavaScript compares text, by UTF-16 units. The stemmer is that of the library's language;
//! without one, every form is a word of its own. Browsers never stem: they read the groups.

use std::{borrow::Cow, cmp::Ordering, collections::HashMap, ops::Range};

use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxBuildHasher;

use crate::{
    model::ids::{Id, IdVec, ids},
    search::names::is_word,
};

ids! {
    /// A form, by its position in the lexicon.
    FormId;
    /// The forms of one word, by their position among the groups of the lexicon.
    GroupId;
}

/// Every form, sorted, with its group.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// The forms.
    pub forms: IdVec<FormId, Box<str>>,
    /// The group of each form. Forms with the same stem share a group.
    pub group: IdVec<FormId, GroupId>,
    /// The forms of each group, ascending.
    pub members: IdVec<GroupId, Vec<FormId>>,
}

impl Lexicon {
    /// Makes the lexicon of these forms, which may be in any order and repeated.
    pub fn of(mut forms: Vec<Box<str>>, language: &str) -> Lexicon {
        forms.par_sort_unstable_by(|a, b| by_units(a, b));
        forms.dedup();
        let is_english = matches!(algorithm(language), Some(Algorithm::English));
        let stems: Vec<String> = match algorithm(language) {
            Some(algorithm) => forms
                .par_chunks(4096)
                .flat_map_iter(|chunk| {
                    let stemmer = Stemmer::create(algorithm);
                    chunk.iter().map(move |form| stem(&stemmer, form, is_english).into_owned()).collect::<Vec<_>>()
                })
                .collect(),
            None => forms.iter().map(|form| form.to_string()).collect(),
        };
        let mut groups: HashMap<String, GroupId, FxBuildHasher> = HashMap::default();
        let mut lexicon = Lexicon { forms: forms.into(), ..Lexicon::default() };
        for stem in stems {
            let group = *groups.entry(stem).or_insert_with(|| lexicon.members.push(Vec::new()));
            let form = lexicon.group.push(group);
            lexicon.members[group].push(form);
        }
        lexicon
    }

    /// The forms with this prefix.
    pub fn with_prefix(&self, text: &str) -> Range<FormId> {
        let from = self.first_from(text);
        let count = self.forms.values()[from..].iter().take_while(|form| form.starts_with(text)).count();
        FormId::range_at(from..from + count)
    }

    /// Does any form have this prefix?
    pub fn has_prefix(&self, text: &str) -> bool {
        self.forms.values().get(self.first_from(text)).is_some_and(|form| form.starts_with(text))
    }

    /// The position of the first form that does not sort before a text.
    fn first_from(&self, text: &str) -> usize {
        self.forms.values().partition_point(|form| by_units(form, text).is_lt())
    }

    /// The id of a form.
    pub fn find(&self, form: &str) -> Option<FormId> {
        self.forms.values().binary_search_by(|known| by_units(known, form)).ok().map(FormId::at)
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

/// The endings of what can be done, and of what one is able to do.
const ABLE: [&str; 8] = ["able", "ables", "ably", "ability", "abilities", "ible", "ibly", "ibility"];

/// The stem of a form. English stemmers need a vowel, which an acronym may lack, so a final "s" is removed here: PCTs
/// is a form of PCT. They also cut "accountability" to "account" and "responsible" to the stem of "response", which
/// are words of another meaning, so these keep a mark of their ending.
fn stem<'a>(stemmer: &Stemmer, form: &'a str, is_english: bool) -> Cow<'a, str> {
    if !is_word(form) {
        return form.into();
    }
    let stem = stemmer.stem(form);
    let is_acronym = |word: &str| word.len() > 1 && !word.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let lost_its_ending = |ending: &str| form.strip_suffix(ending).is_some_and(|start| stem.len() <= start.len());
    if is_english && ABLE.into_iter().any(lost_its_ending) {
        return format!("{stem}-able").into();
    }
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
