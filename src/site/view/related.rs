//! Related cases, each with the reason in words.

use std::sync::Arc;

use serde::Serialize;

use crate::{
    model::{CaseId, IdMap, TermId, library::Case, related::Relation},
    site::{
        abbreviations::Spelling,
        theme::{Html, Words, filled, in_sentence},
        view::{
            Common, Terms,
            entry::{Docket, docket},
        },
    },
};

/// A related case.
#[derive(Debug, Serialize)]
pub struct RelatedView<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its page.
    pub href: String,
    /// Its language, where it differs from the site's.
    pub language: Option<&'a str>,
    /// Its place and years.
    pub docket: Docket<'a>,
    /// What the two cases share: `also police and health; also political`
    pub why: Html,
}

/// The cases related to one.
pub fn related<'a>(
    common: Common<'_>,
    terms: Terms<'_>,
    cases: &'a IdMap<CaseId, Arc<Case>>,
    relations: &[Relation],
    spelling: &mut Spelling<'_>,
) -> Vec<RelatedView<'a>> {
    let view = |relation: &Relation| {
        let case = &cases[relation.case];
        RelatedView {
            title: &case.file.title,
            href: common.href(&case.address),
            language: case.file.language.as_deref(),
            docket: docket(common, case),
            why: spelling.text(&reason(common.words, terms, relation)),
        }
    };
    relations.iter().map(view).collect()
}

/// The rarest terms that both cases carry, facet by facet; else those of other taxonomies; else the rarest words.
fn reason(words: &Words, all: Terms<'_>, relation: &Relation) -> String {
    const SHOWN: usize = 3;
    let vocabularies = all.vocabularies;
    let of = |term: &TermId| vocabularies[*term].vocabulary;
    let is_of_facet = |term: &TermId| vocabularies.is_facet(of(term));
    let (of_facets, others): (Vec<TermId>, Vec<TermId>) = relation.terms.iter().copied().partition(is_of_facet);
    let mut terms = if of_facets.is_empty() { others } else { of_facets };
    terms.truncate(SHOWN);
    // Grouped without losing the order of what is rarest within a group.
    terms.sort_by_key(|term| vocabularies.position(of(term)));
    let mut reasons = Vec::new();
    for group in terms.chunk_by(|a, b| of(a) == of(b)) {
        let vocabulary = vocabularies.of(group[0]);
        let labels: Vec<String> =
            group.iter().map(|term| in_sentence(&vocabulary.terms[*term].label).into_owned()).collect();
        let word = if is_of_facet(&group[0]) { &words.shares_terms } else { &words.shares_of_taxonomy };
        reasons.push(filled(word, &[("taxonomy", &in_sentence(&vocabulary.label)), ("terms", &words.list(&labels))]));
    }
    if reasons.is_empty() && !relation.words.is_empty() {
        let shown: Vec<String> = relation.words.iter().take(SHOWN).map(|word| format!("“{word}”")).collect();
        reasons.push(filled(&words.shares_words, &[("words", &words.list(&shown))]));
    }
    match reasons.is_empty() {
        true => words.named_by_hand.clone(),
        false => reasons.join(&words.semicolon),
    }
}
