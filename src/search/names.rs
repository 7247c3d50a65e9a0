//! Other names: what a glossary says that words of a case stand for.
//!
//! A case that says "PCT" is found by "primary care trust", and one that says "primary care trust" by "PCT". Names are
//! compared word by word, as searches are.

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
    words: Vec<String>,
    other: Vec<String>,
}

impl Names {
    /// The names in a glossary.
    pub fn of(glossary: &[GlossaryEntry]) -> Names {
        let mut names = Names::default();
        for entry in glossary {
            let (term, full) = (words(&entry.term.value), words(&entry.full));
            names.add(term.clone(), full.clone());
            names.add(full, term);
        }
        names
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names that begin with a word.
    pub fn beginning(&self, word: &str) -> &[usize] {
        self.by_first.get(word).map_or(&[], Vec::as_slice)
    }

    /// The words of a name.
    pub fn words(&self, name: usize) -> &[String] {
        &self.names[name].words
    }

    /// What else it is called.
    pub fn other(&self, name: usize) -> &[String] {
        &self.names[name].other
    }

    fn add(&mut self, words: Vec<String>, other: Vec<String>) {
        if let Some(first) = words.first().filter(|_| !other.is_empty()) {
            self.by_first.entry(first.clone()).or_default().push(self.names.len());
            self.names.push(Name { words, other });
        }
    }
}
