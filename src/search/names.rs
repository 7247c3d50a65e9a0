//! Other names: what a glossary says that words of a case stand for.
//!
//! A case that says "PCTs" is found by "PCT" and by "primary care trust", and one that says "primary care trusts" by
//! both too. Names of several words are compared word by word, as searches are. A name of one word must stand as it is
//! written: "it" is not "IT".

use std::collections::BTreeMap;

use crate::{model::document::GlossaryEntry, search::words::words};

/// The other names of a library, by the first word of each name.
#[derive(Debug, Default)]
pub struct Names {
    names: Vec<Name>,
    by_first: BTreeMap<String, Vec<usize>>,
}

/// A name, and what else it is called.
#[derive(Debug)]
struct Name {
    /// As it is written, if it is one word.
    written: Option<String>,
    words: Vec<String>,
    other: Vec<String>,
}

impl Names {
    /// The names in a glossary.
    pub fn of(glossary: &[GlossaryEntry]) -> Names {
        let mut names = Names::default();
        for entry in glossary {
            let (term, full) = (words(&entry.term.value), words(&entry.full));
            names.add(&entry.term.value, term.clone(), full.clone());
            names.add(&entry.full, full, term);
        }
        names
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names that begin with a word, or with one of which it is several.
    pub fn beginning(&self, word: &str) -> &[usize] {
        let of_one = || self.by_first.get(word.strip_suffix('s')?);
        self.by_first.get(word).or_else(of_one).map_or(&[], Vec::as_slice)
    }

    /// The words of a name.
    pub fn words(&self, name: usize) -> &[String] {
        &self.names[name].words
    }

    /// How often a name stands in texts, of which the words have it `times`.
    pub fn times<'a>(&self, name: usize, times: usize, texts: impl Iterator<Item = &'a str>) -> usize {
        let Some(written) = &self.names[name].written else { return times };
        let is_end = |rest: &str| !rest.starts_with(char::is_alphanumeric);
        let is_name = |text: &str, at: usize| {
            let (before, after) = (&text[..at], &text[at + written.len()..]);
            !before.ends_with(char::is_alphanumeric) && (is_end(after) || after.strip_prefix('s').is_some_and(is_end))
        };
        texts.map(|text| text.match_indices(written).filter(|&(at, _)| is_name(text, at)).count()).sum()
    }

    /// What else it is called.
    pub fn other(&self, name: usize) -> &[String] {
        &self.names[name].other
    }

    fn add(&mut self, written: &str, words: Vec<String>, other: Vec<String>) {
        if let Some(first) = words.first().filter(|_| !other.is_empty()) {
            self.by_first.entry(first.clone()).or_default().push(self.names.len());
            let written = (words.len() == 1).then(|| written.to_owned());
            self.names.push(Name { written, words, other });
        }
    }
}
