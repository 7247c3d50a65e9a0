//! Related cases, each with the reason for the relation in words.

use serde::Serialize;

use crate::{
    model::{TermId, related::Relation},
    site::{
        abbreviations::Spelling,
        theme::{Html, filled, in_sentence},
        view::{
            entry::{Docket, docket},
            lifelines::strip_of,
            marks::{MarkView, marks_of},
            overview::Overview,
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
    /// Its lifeline.
    pub strip: Option<Html>,
    /// The outcome, and the strength of the evidence.
    pub marks: Vec<MarkView>,
    /// The reason: `In common: the NHS and the law.`
    pub why: Html,
}

/// Makes the view of the related cases: three, of which those that the editors name come first.
pub fn related<'a>(
    overview: Overview<'a>,
    relations: &[Relation],
    spelling: &mut Spelling<'_>,
) -> Vec<RelatedView<'a>> {
    const SHOWN: usize = 3;
    let view = |relation: &Relation| {
        let case = &overview.cases[relation.case];
        RelatedView {
            title: &case.file.title,
            href: overview.href(&case.address),
            language: case.file.language.as_deref(),
            docket: docket(overview, case),
            strip: strip_of(overview, relation.case),
            marks: marks_of(overview, case),
            why: spelling.text(&reason(overview, relation)),
        }
    };
    relations.iter().take(SHOWN).map(view).collect()
}

/// The reason for a relation, as a sentence: the rarest shared terms of facets, else those of other vocabularies, else
/// the rarest shared words.
fn reason(overview: Overview<'_>, relation: &Relation) -> String {
    const SHOWN: usize = 3;
    let (words, vocabularies) = (overview.words(), overview.terms.vocabularies);
    let vocabulary_of = |term: &TermId| vocabularies[*term].vocabulary;
    let is_telling = |term: &TermId| !overview.marks.contains(&vocabulary_of(term));
    let is_of_facet = |term: &TermId| vocabularies.is_facet(vocabulary_of(term));
    let shared = relation.terms.iter().copied().filter(is_telling);
    let (of_facets, others): (Vec<TermId>, Vec<TermId>) = shared.partition(is_of_facet);
    let mut terms = if of_facets.is_empty() { others } else { of_facets };
    terms.truncate(SHOWN);
    terms.sort_by_key(|term| vocabularies.rank(*term));
    let plain = |term: &TermId| {
        let term = &vocabularies[*term];
        term.file.plain.clone().unwrap_or_else(|| in_sentence(&term.label).into_owned())
    };
    let named: Vec<String> = terms.iter().map(plain).collect();
    let mut reasons = Vec::new();
    if !named.is_empty() {
        reasons.push(filled(&words.shares_sentence, &[("terms", &words.list(&named))]));
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
