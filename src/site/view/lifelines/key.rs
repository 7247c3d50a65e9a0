//! The marks of lifelines: what each means, and how many of some cases carry it.

use serde::Serialize;

use super::Scope;
use crate::{
    model::{CaseId, TermId, VocabularyId},
    site::{
        theme::{Html, in_sentence},
        view::{Shared, TermLink, marks::icon, overview::Overview},
    },
};

/// The number of cases that carry a mark.
#[derive(Debug, Serialize)]
pub struct TallyView {
    /// The number, in words: `12 continuing`.
    pub text: String,
    /// The drawing of the mark.
    pub icon: Option<Html>,
}

/// The meaning of the marks of one vocabulary.
#[derive(Debug, Serialize)]
pub struct KeyLine {
    /// The vocabulary.
    pub label: String,
    /// Its terms in use, each with the number of its cases.
    pub terms: Vec<KeyTerm>,
}

/// A term with the number of its cases.
#[derive(Debug, Serialize)]
pub struct KeyTerm {
    /// The link to these cases, if they have a page.
    pub href: Option<String>,
    /// The term, with its drawing.
    pub term: Shared<TermLink>,
    /// The number of cases.
    pub count: String,
}

/// The vocabulary of outcomes.
pub(super) fn outcomes(overview: Overview<'_>) -> Option<VocabularyId> {
    let has_marks = |vocabulary: &VocabularyId| {
        overview.terms.vocabularies[*vocabulary].terms.iter().any(|term| term.file.mark.is_some())
    };
    overview.marks.iter().copied().find(has_marks)
}

/// The outcomes of some cases, with the number of each.
pub fn tally(overview: Overview<'_>, cases: &[CaseId]) -> Vec<TallyView> {
    let Some(vocabulary) = outcomes(overview) else { return Vec::new() };
    let words = overview.words();
    let terms = overview.terms.vocabularies[vocabulary].terms.iter().filter_map(|term| {
        let count = count_with_mark(overview, cases, vocabulary, term.id);
        let text = || format!("{} {}", words.number(count), in_sentence(&term.label));
        (count > 0).then(|| TallyView { text: text(), icon: icon(term) })
    });
    terms.collect()
}

/// The meaning of the marks that these cases carry.
pub(super) fn key(overview: Overview<'_>, cases: &[CaseId], scope: Scope) -> Vec<KeyLine> {
    let vocabularies = overview.terms.vocabularies;
    let line = |&vocabulary: &VocabularyId| {
        let drawn =
            vocabularies[vocabulary].terms.iter().filter(|term| term.file.mark.is_some() || term.file.line.is_some());
        let terms: Vec<KeyTerm> = drawn
            .filter_map(|term| {
                let count = count_with_mark(overview, cases, vocabulary, term.id);
                (count > 0).then(|| KeyTerm {
                    href: term_href(overview, term.id, scope),
                    term: overview.term(term.id),
                    count: overview.words().number(count),
                })
            })
            .collect();
        (!terms.is_empty()).then(|| KeyLine { label: vocabularies[vocabulary].file.label.clone(), terms })
    };
    overview.marks.iter().filter_map(line).collect()
}

/// The number of cases with this term as their mark: a case has one mark of a vocabulary, its first term.
fn count_with_mark(overview: Overview<'_>, cases: &[CaseId], vocabulary: VocabularyId, term: TermId) -> usize {
    let mark = |case: CaseId| overview.cases[case].terms_of(vocabulary).first().map(|term_use| term_use.term);
    cases.iter().filter(|&&case| mark(case) == Some(term)).count()
}

/// The link to the cases of a term within those that are drawn, if they have a page.
pub(super) fn term_href(overview: Overview<'_>, term: TermId, scope: Scope) -> Option<String> {
    match scope {
        Scope::Library => Some(overview.terms.href(term)),
        Scope::Region => None,
        Scope::Term(own) => {
            let with = overview.terms.combinations.with(own);
            with.iter().any(|&(other, _)| other == term).then(|| overview.terms.pair_href(own, term))
        }
    }
}
