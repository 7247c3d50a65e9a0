//! The question on the home page: a sentence with choices of terms, which leads to the search. Without scripts, the
//! same choices are links.

use serde::Serialize;

use crate::{
    model::{
        config::FinderPart,
        vocabulary::{Term, Vocabulary},
    },
    site::{
        theme::{filled, in_sentence, plain_words},
        view::{Counted, entry::is_everywhere, list::counted, overview::Overview},
    },
};

/// The question on the home page.
#[derive(Debug, Serialize)]
pub struct FinderView<'a> {
    /// The parts of the sentence, in order.
    pub parts: Vec<FinderPartView<'a>>,
    /// The same choices as links.
    pub links: Vec<ChoiceLinks<'a>>,
}

/// A part of the sentence: text or a choice.
#[derive(Debug, Serialize)]
pub struct FinderPartView<'a> {
    /// The punctuation before the words; a layout with one part to a line leaves it out.
    pub punctuation: &'a str,
    /// The text.
    pub words: Option<&'a str>,
    /// The choice.
    pub choice: Option<FinderChoiceView<'a>>,
}

/// A choice of terms.
#[derive(Debug, Serialize)]
pub struct FinderChoiceView<'a> {
    /// The vocabulary's id: the name of the filter.
    pub id: &'a str,
    /// The vocabulary.
    pub label: &'a str,
    /// The label of the empty choice.
    pub any: String,
    /// The terms that have a case.
    pub options: Vec<OptionView<'a>>,
}

/// A term that can be chosen.
#[derive(Debug, Serialize)]
pub struct OptionView<'a> {
    /// The term's id.
    pub id: &'a str,
    /// Its plain words, with the number of its cases.
    pub text: String,
}

/// The terms of a choice, as links.
#[derive(Debug, Serialize)]
pub struct ChoiceLinks<'a> {
    /// The vocabulary.
    pub label: &'a str,
    /// Its terms.
    pub terms: Vec<Counted>,
}

/// Makes the view of the question, if the settings have one and there are cases for it.
pub fn finder<'a>(overview: Overview<'a>) -> Option<FinderView<'a>> {
    let finder = overview.common.config.finder.as_ref()?;
    let parts: Vec<FinderPartView<'_>> = finder.parts.iter().filter_map(|part| self::part(overview, part)).collect();
    let vocabularies = finder.parts.iter().filter_map(|part| vocabulary(overview, part));
    let links = vocabularies.map(|vocabulary| ChoiceLinks {
        label: &vocabulary.file.label,
        terms: offered(overview, vocabulary).map(|term| counted(overview.common, overview.terms, term.id)).collect(),
    });
    let has_choice = parts.iter().any(|part| part.choice.as_ref().is_some_and(|choice| !choice.options.is_empty()));
    has_choice.then(|| FinderView { links: links.collect(), parts })
}

fn vocabulary<'a>(overview: Overview<'a>, part: &FinderPart) -> Option<&'a Vocabulary> {
    match part {
        FinderPart::Choice(id) => overview.terms.vocabularies.named(&id.value),
        FinderPart::Words(_) => None,
    }
}

fn part<'a>(overview: Overview<'a>, part: &'a FinderPart) -> Option<FinderPartView<'a>> {
    if let FinderPart::Words(words) = part {
        let rest = words.trim_start_matches(|c: char| !c.is_alphanumeric() && !c.is_whitespace());
        let punctuation = &words[..words.len() - rest.len()];
        return Some(FinderPartView { punctuation, words: Some(rest), choice: None });
    }
    let vocabulary = vocabulary(overview, part)?;
    let words = overview.words();
    let option = |term: &'a Term| {
        let plain = plain_words(term);
        let count = words.number(overview.terms.cases_by_term[term.id].len());
        OptionView { id: term.slug(), text: filled(&words.finder_option, &[("term", &plain), ("count", &count)]) }
    };
    let any = filled(&words.finder_any, &[("vocabulary", &in_sentence(&vocabulary.file.label))]);
    let options = offered(overview, vocabulary).map(option).collect();
    Some(FinderPartView {
        punctuation: "",
        words: None,
        choice: Some(FinderChoiceView { id: &vocabulary.file.id, label: &vocabulary.file.label, any, options }),
    })
}

/// The terms that have a case and distinguish it from others.
fn offered<'a>(overview: Overview<'a>, vocabulary: &'a Vocabulary) -> impl Iterator<Item = &'a Term> {
    vocabulary
        .terms
        .iter()
        .filter(move |term| !overview.terms.cases_by_term[term.id].is_empty() && !is_everywhere(overview, term.id))
}
