//! The page of a vocabulary: its terms as a tree, with definitions and counts.

use serde::Serialize;

use crate::{
    model::{
        TermId,
        vocabulary::{Term, Vocabulary},
    },
    site::{
        abbreviations::Spelling,
        theme::Html,
        view::{
            Common, PageHead, Shared, TermLink, Terms, VocabularyLink,
            list::{Combined, combined, of_one_facet},
            overview::Overview,
        },
    },
};

/// A vocabulary: `vocabulary.html`.
#[derive(Debug, Serialize)]
pub struct VocabularyView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// The vocabulary.
    pub vocabulary: Shared<VocabularyLink>,
    /// The question that it answers.
    pub question: Option<&'a str>,
    /// Its terms, each followed by its narrower terms.
    pub terms: Vec<TermEntry>,
}

/// A term among the others of its vocabulary.
#[derive(Debug, Serialize)]
pub struct TermEntry {
    /// The term.
    pub term: Shared<TermLink>,
    /// The number of broader terms above it: 0 at the top, and at most 3, so that deep trees stay readable.
    pub depth: usize,
    /// Its definition.
    pub definition: Option<Html>,
    /// Other names.
    pub also: Option<String>,
    /// The number of its cases; absent if there is none.
    pub count: Option<String>,
    /// The unit of that number: `cases`.
    pub unit: String,
    /// The largest combinations with the terms of the first other facet.
    pub combined: Option<Combined>,
}

/// Makes the view of a vocabulary.
pub fn vocabulary<'a>(overview: Overview<'_>, vocabulary: &'a Vocabulary) -> VocabularyView<'a> {
    let (common, terms) = (overview.common, overview.terms);
    let page = PageHead::new(common, &vocabulary.address(), vocabulary.file.plural.clone());
    let mut spelling = common.abbreviations.page();
    VocabularyView {
        page: page.described(description(common, vocabulary)),
        vocabulary: terms.vocabulary(vocabulary.id),
        question: vocabulary.file.question.as_deref(),
        terms: in_tree_order(vocabulary).map(|(term, depth)| entry(overview, term, depth, &mut spelling)).collect(),
    }
}

/// The question of a vocabulary, and its first terms.
fn description(common: Common<'_>, vocabulary: &Vocabulary) -> String {
    const FIRST: usize = 12;
    let labels: Vec<&str> = vocabulary.terms.iter().take(FIRST).map(|term| term.label.as_str()).collect();
    let terms = labels.join(&common.words.comma);
    let cut = if vocabulary.terms.len() > FIRST { "…" } else { "." };
    let question = vocabulary.file.question.as_deref().map(|question| format!("{question} "));
    let terms = if labels.is_empty() { String::new() } else { format!("{terms}{cut}") };
    question.unwrap_or_default() + &terms
}

/// The terms of a vocabulary, each followed by its narrower terms, with the number of broader terms above it.
pub fn in_tree_order(vocabulary: &Vocabulary) -> impl Iterator<Item = (TermId, usize)> {
    let tops = vocabulary.terms.iter().rev().filter(|term| term.broader.is_none());
    // An explicit stack, because a chain of terms may be deeper than the call stack allows.
    let mut next: Vec<(TermId, usize)> = tops.map(|term| (term.id, 0)).collect();
    std::iter::from_fn(move || {
        let (term, depth) = next.pop()?;
        next.extend(vocabulary.terms[term].narrower.iter().rev().map(|&narrower| (narrower, depth + 1)));
        Some((term, depth))
    })
}

/// The other names of a term, for readers. Abbreviations that the glossary does not explain are left out: they serve
/// only the search.
pub fn other_names(overview: Overview<'_>, term: &Term) -> Option<String> {
    let is_explained = |name: &str| overview.glossary.iter().any(|entry| entry.term.value == name);
    let is_helpful = |name: &&str| name.chars().any(char::is_lowercase) || is_explained(name);
    let shown: Vec<&str> = term.also().filter(is_helpful).collect();
    (!shown.is_empty()).then(|| shown.join(&overview.words().comma))
}

fn entry(overview: Overview<'_>, term: TermId, depth: usize, spelling: &mut Spelling<'_>) -> TermEntry {
    let (common, terms) = (overview.common, overview.terms);
    const DEEPEST: usize = 3;
    let shown_term = &terms.vocabularies[term];
    let count = terms.count(term);
    let words = common.words;
    TermEntry {
        term: terms.term(term),
        depth: depth.min(DEEPEST),
        definition: shown_term.file.definition.as_deref().map(|text| spelling.text(text)),
        also: other_names(overview, shown_term),
        count: (count > 0).then(|| words.number(count)),
        unit: words.unit(&words.cases, count),
        combined: largest(common, terms, term),
    }
}

/// The largest combinations of a term with those of one other facet.
fn largest(common: Common<'_>, terms: Terms<'_>, term: TermId) -> Option<Combined> {
    const SHOWN: usize = 4;
    let with = terms.combinations.with(term);
    let mut largest = of_one_facet(terms, with).next()?.to_vec();
    largest.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    largest.truncate(SHOWN);
    combined(common, terms, term, &largest)
}
