//! Values of a field → terms of the vocabularies that it is mapped to.

use std::collections::BTreeMap;

use serde_yaml::{Mapping as Fields, Value as Yaml};

use super::{
    ImportedCase, MappedValue, ValueDestination,
    apply::{is_blank, one_line},
    values::{items, text, words},
};
use crate::{
    import::Loss,
    model::{address::slug, questions::plain, vocabulary::Vocabulary},
};

/// A field with terms of one or more vocabularies.
pub(super) struct TermField<'a> {
    pub name: &'a str,
    pub vocabularies: &'a [&'a Vocabulary],
    /// The mapping of its values.
    pub mapped: Option<&'a BTreeMap<String, MappedValue>>,
}

impl TermField<'_> {
    /// Adds the terms of a value to a case, in their order. Gives the rest, which is to be kept in `extra`.
    pub fn add(&self, value: &Yaml, case: &mut ImportedCase) -> Option<Yaml> {
        let mut rest: Vec<Yaml> = Vec::new();
        for item in items(value) {
            if item.is_mapping() {
                self.add_described(item, case, &mut rest);
                continue;
            }
            for word in words(&item, |word| self.mapped(word).is_some() || self.find(word).is_some()) {
                self.add_word(word, case, &mut rest);
            }
        }
        match rest.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            _ => Some(Yaml::Sequence(rest)),
        }
    }

    fn mapped(&self, word: &str) -> Option<&ValueDestination> {
        Some(&self.mapped?.get(&plain(word))?.destination)
    }

    /// The term of this name, with its vocabulary.
    fn find(&self, word: &str) -> Option<(&Vocabulary, &str)> {
        self.vocabularies.iter().find_map(|vocabulary| Some((*vocabulary, vocabulary.id_of(word)?)))
    }

    fn add_word(&self, word: String, case: &mut ImportedCase, rest: &mut Vec<Yaml>) {
        let with_id = |id: &str| {
            self.vocabularies.iter().find(|vocabulary| vocabulary.terms.iter().any(|term| term.slug() == id))
        };
        match self.mapped(&word) {
            Some(ValueDestination::LeaveOut) => {}
            Some(ValueDestination::Extra) => rest.push(Yaml::from(word)),
            Some(ValueDestination::NewTerm) => {
                let vocabulary = self.vocabularies[0];
                let id = slug(&word);
                // An earlier run may have added it.
                let known = vocabulary.id_of(&word).or_else(|| vocabulary.id_of(&id));
                if known.is_none() {
                    case.new_terms.push((vocabulary.file.id.clone(), word.clone()));
                }
                add_term(case, vocabulary, known.unwrap_or(&id), None, rest);
            }
            Some(ValueDestination::Term(id)) => match with_id(id) {
                Some(vocabulary) => add_term(case, vocabulary, id, None, rest),
                None => rest.push(Yaml::from(word)),
            },
            None => match self.find(&word) {
                Some((vocabulary, id)) => add_term(case, vocabulary, id, None, rest),
                None => {
                    case.unknown.push((self.name.to_owned(), word.clone()));
                    rest.push(Yaml::from(word));
                }
            },
        }
    }

    /// Adds a term with its description. If that has more than a case can say of a term, all of it is kept too.
    fn add_described(&self, item: Yaml, case: &mut ImportedCase, rest: &mut Vec<Yaml>) {
        let term = item.get("term").and_then(text).unwrap_or_default();
        let Some((vocabulary, id)) = self.find(&term) else {
            case.unknown.push((self.name.to_owned(), if term.is_empty() { one_line(&item) } else { term }));
            rest.push(item);
            return;
        };
        add_term(case, vocabulary, id, item.as_mapping(), rest);
        let has_place = |key: &Yaml| key == "term" || DESCRIPTION.iter().any(|known| key == known);
        let mut fields = item.as_mapping().into_iter().flatten();
        if fields.any(|(key, value)| !has_place(key) && !is_blank(value)) {
            case.losses.push(Loss::cut_value(&format!("{}: {}", self.name, one_line(&item))));
            rest.push(item);
        }
    }
}

/// The keys with which a case describes a term.
const DESCRIPTION: [&str; 2] = ["what", "response"];

/// Adds a term with its description, if there is one. Each term is added once, and only one if the vocabulary allows
/// one.
fn add_term(
    case: &mut ImportedCase,
    vocabulary: &Vocabulary,
    id: &str,
    description: Option<&Fields>,
    rest: &mut Vec<Yaml>,
) {
    let mut term = Fields::from_iter([(Yaml::from("term"), Yaml::from(id))]);
    for key in DESCRIPTION {
        let words = description.and_then(|fields| fields.get(key)).and_then(text);
        term.extend(words.map(|words| (Yaml::from(key), Yaml::from(words))));
    }
    let item = if term.len() == 1 { Yaml::from(id) } else { Yaml::Mapping(term) };
    let entry = case.fields.entry(Yaml::from(vocabulary.file.id.as_str())).or_insert(Yaml::Sequence(Vec::new()));
    let Yaml::Sequence(carried) = entry else { return };
    let is_there = carried.iter().any(|carried| carried.as_str().or_else(|| carried.get("term")?.as_str()) == Some(id));
    if is_there {
        return;
    }
    if !vocabulary.file.many && !carried.is_empty() {
        case.losses.push(Loss::second_term(&format!("{}: {id}", vocabulary.file.id)));
        rest.push(item);
    } else {
        carried.push(item);
    }
}
