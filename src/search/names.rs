//! Other names: names by which people may search for the subjects, terms and places of a library.
//!
//! [`SearchNames`] is the table that the browser uses: entries of the glossary, terms of vocabularies, places, and
//! synonyms. A name in a query is also searched by the other names of its entry, and by its tag, which is a form that
//! is indexed for the cases with that term or in that place.
//!
//! A name of several words is also a form of its own, "primary care trust", which is indexed for a case wherever it
//! occurs: [`Phrases`] finds these in texts. So a browser needs no positions to find the words side by side. An acronym
//! that is also a common word ("IT") is a form of its own too, "=it", if it is written in capitals.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use crate::{
    model::{Library, library::Case, places_file::PlaceIndex, stop_words::stop_words},
    search::tokenize::parts,
};

/// The kind of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NameKind {
    /// An entry of the glossary: all names mean the same.
    Glossary,
    /// A term of a vocabulary: the first name is its label.
    Term,
    /// A place: the first name is the one that cases use.
    Place,
    /// Synonyms.
    Synonyms,
}

/// The names of one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NameGroup {
    /// Its kind.
    pub kind: NameKind,
    /// Its names.
    pub names: Vec<String>,
    /// The form that is indexed for its cases; empty if there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tag: String,
    /// Related entries, by their index.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub see: Vec<usize>,
}

/// The names of a library, and the places that belong to each case.
#[derive(Debug, Default)]
pub struct SearchNames {
    /// The entries.
    pub named: Vec<NameGroup>,
    /// The tag of each place and those of the places that contain it, by its folded name.
    tags: HashMap<String, Vec<String>>,
}

impl SearchNames {
    /// The names of a library.
    pub fn of(library: &Library) -> SearchNames {
        let mut names = SearchNames::default();
        names.add_glossary(library);
        names.add_terms(library);
        names.add_places(library);
        for synonyms in library.synonyms.iter() {
            let words = synonyms.words.iter().map(|word| word.value.clone());
            names.add(NameKind::Synonyms, words.collect(), String::new());
        }
        names
    }

    fn add(&mut self, kind: NameKind, names: Vec<String>, tag: String) {
        self.named.push(NameGroup { kind, names, tag, see: Vec::new() });
    }

    fn add_glossary(&mut self, library: &Library) {
        let entries = &library.glossary;
        let numbers: HashMap<String, usize> =
            entries.iter().enumerate().map(|(n, entry)| (entry.term.value.to_lowercase(), n)).collect();
        for entry in entries.iter() {
            self.add(NameKind::Glossary, vec![entry.term.value.clone(), entry.full.clone()], String::new());
            let see = entry.see.iter().filter_map(|see| numbers.get(&see.value.to_lowercase()).copied());
            self.named.last_mut().expect("it was added").see = see.collect();
        }
    }

    fn add_terms(&mut self, library: &Library) {
        for vocabulary in library.vocabularies.iter() {
            for term in vocabulary.terms.iter() {
                let names = [term.label.as_str()].into_iter().chain(term.also()).map(str::to_owned).collect();
                self.add(NameKind::Term, names, term_tag(&vocabulary.file.id, term.slug()));
            }
        }
    }

    /// Adds the places of the list, the places that only cases name, and the regions of both.
    fn add_places(&mut self, library: &Library) {
        let listed = PlaceIndex::of(&library.places);
        let mut regions: BTreeMap<String, String> = BTreeMap::new();
        let region = |name: &str, regions: &mut BTreeMap<String, String>| {
            regions.entry(folded(name)).or_insert_with(|| name.to_owned());
            place_tag(&folded(name))
        };
        for place in library.places.iter() {
            let mut tags = Vec::new();
            for larger in listed.with_ancestors(&place.name.value) {
                tags.push(place_tag(&folded(&larger.name.value)));
                tags.extend(larger.region.as_ref().map(|name| region(&name.value, &mut regions)));
            }
            let names = [&place.name].into_iter().chain(&place.also).map(|name| name.value.clone());
            let names: Vec<String> = names.collect();
            for name in &names {
                self.tags.entry(folded(name)).or_insert_with(|| tags.clone());
            }
            self.add(NameKind::Place, names, tags[0].clone());
        }
        for place in library.cases.iter().flat_map(|case| &case.file.places) {
            let key = folded(&place.name);
            let tag = place_tag(&key);
            let own_region = place.region.as_deref().map(|name| region(name, &mut regions));
            let is_new = !self.tags.contains_key(&key);
            let tags = self.tags.entry(key).or_insert_with(|| vec![tag.clone()]);
            tags.extend(own_region.filter(|tag| !tags.contains(tag)).into_iter().collect::<Vec<_>>());
            if is_new {
                self.add(NameKind::Place, vec![place.name.clone()], tag);
            }
        }
        for (key, name) in regions {
            if !self.tags.contains_key(&key) {
                self.add(NameKind::Place, vec![name], place_tag(&key));
            }
        }
    }

    /// The tags of a case: those of its terms and their broader terms, and those of its places and the places that
    /// contain them.
    pub fn tags(&self, library: &Library, case: &Case) -> BTreeSet<String> {
        let terms = library.vocabularies.iter().flat_map(|vocabulary| {
            let found = case.found_under(vocabulary).into_iter();
            found.map(|term| term_tag(&vocabulary.file.id, vocabulary.terms[term].slug()))
        });
        let places = case.file.places.iter().filter_map(|place| self.tags.get(&folded(&place.name)));
        terms.chain(places.flatten().cloned()).collect()
    }
}

/// Is a form a word? Names of several words and tags are not.
pub fn is_word(form: &str) -> bool {
    !form.starts_with([':', '=']) && !form.contains(' ')
}

fn term_tag(vocabulary: &str, term: &str) -> String {
    format!(":{vocabulary}/{term}")
}

fn place_tag(name: &str) -> String {
    format!(":place/{name}")
}

fn folded(name: &str) -> String {
    parts(name).join(" ")
}

/// The names that are forms of their own, to be found in texts.
#[derive(Debug, Default)]
pub struct Phrases {
    by_first: HashMap<String, Vec<Phrase>>,
}

/// A name that is a form of its own.
#[derive(Debug)]
pub struct Phrase {
    words: Vec<String>,
    /// The form.
    pub form: String,
    /// The exact spelling, if letter case matters.
    written: Option<String>,
}

impl Phrases {
    /// The phrases among the names of a library.
    pub fn of(names: &SearchNames, language: &str) -> Phrases {
        let common: BTreeSet<&str> = stop_words(language).into_iter().collect();
        let mut phrases = Phrases::default();
        let mut known = BTreeSet::new();
        for name in names.named.iter().flat_map(|named| &named.names) {
            let words = parts(name);
            let is_acronym = words.len() == 1 && common.contains(words[0].as_str());
            let (form, written) = match words.len() {
                0 => continue,
                1 if !is_acronym || !name.starts_with(char::is_uppercase) => continue,
                1 => (format!("={}", words[0]), Some(name.clone())),
                _ => (words.join(" "), None),
            };
            if known.insert(form.clone()) {
                phrases.by_first.entry(words[0].clone()).or_default().push(Phrase { words, form, written });
            }
        }
        phrases
    }

    /// The phrases that begin with this word, and those that begin with its singular.
    pub fn starting_with(&self, word: &str) -> [&[Phrase]; 2] {
        let phrases_of = |word: &str| self.by_first.get(word).map_or(&[][..], Vec::as_slice);
        [phrases_of(word), word.strip_suffix('s').map_or(&[], phrases_of)]
    }
}

impl Phrase {
    /// Is the phrase at a position of a text, in the singular or the plural? `word` gives the words from there on.
    pub fn is_at<'a>(&self, text: &str, word: impl Fn(usize) -> Option<&'a str>) -> bool {
        let Phrase { words, written, .. } = self;
        let is_it = |(n, wanted): (usize, &String)| {
            word(n).is_some_and(|there| there == wanted || there.strip_suffix('s') == Some(wanted))
        };
        words.iter().enumerate().all(is_it) && written.as_ref().is_none_or(|written| is_written(text, written))
    }
}

/// Is the name in the text with this spelling, in the singular or the plural?
fn is_written(text: &str, name: &str) -> bool {
    let is_end = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        !before.ends_with(char::is_alphanumeric) && (is_end(after) || after.strip_prefix('s').is_some_and(is_end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plural_finds_the_names_that_begin_with_its_singular() {
        let mut names = SearchNames::default();
        let written = ["boards together", "board assurance", "public health"].map(str::to_owned);
        names.add(NameKind::Synonyms, written.into(), String::new());
        let phrases = Phrases::of(&names, "en");
        let starting_with = |word: &str| -> Vec<&str> {
            phrases.starting_with(word).into_iter().flatten().map(|phrase| phrase.form.as_str()).collect()
        };
        assert_eq!(starting_with("boards"), ["boards together", "board assurance"]);
        assert_eq!(starting_with("board"), ["board assurance"]);
        assert!(starting_with("health").is_empty());
    }
}
