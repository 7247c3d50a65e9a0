//! Related cases, each with the reason in words.

use serde::Serialize;

use crate::{
    model::{CaseId, TermId, related::Relation},
    site::{
        Site,
        abbreviations::Spelling,
        theme::{Html, filled, in_sentence},
        view::entry::{Docket, docket},
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
pub fn related<'a>(site: &'a Site, case: CaseId, spelling: &mut Spelling<'_>) -> Vec<RelatedView<'a>> {
    let relations = site.kinship().related(&site.library, case);
    relations.iter().map(|relation| related_view(site, relation, spelling)).collect()
}

fn related_view<'a>(site: &'a Site, relation: &Relation, spelling: &mut Spelling<'_>) -> RelatedView<'a> {
    let case = &site.library.cases[relation.case];
    RelatedView {
        title: &case.file.title,
        href: site.href(&case.address),
        language: case.file.language.as_deref(),
        docket: docket(site, case),
        why: spelling.text(&reason(site, relation)),
    }
}

/// The rarest terms that both cases carry, facet by facet; else those of other taxonomies; else the rarest words.
fn reason(site: &Site, relation: &Relation) -> String {
    const SHOWN: usize = 3;
    let (words, library) = (site.words(), &site.library);
    let of = |term: &TermId| library.vocabularies[*term].vocabulary;
    let is_of_facet = |term: &TermId| library.vocabularies.is_facet(of(term));
    let (of_facets, others): (Vec<TermId>, Vec<TermId>) = relation.terms.iter().copied().partition(is_of_facet);
    let mut terms = if of_facets.is_empty() { others } else { of_facets };
    terms.truncate(SHOWN);
    // Grouped without losing the order of what is rarest within a group.
    terms.sort_by_key(|term| library.vocabularies.position(of(term)));
    let mut reasons = Vec::new();
    for group in terms.chunk_by(|a, b| of(a) == of(b)) {
        let vocabulary = library.vocabularies.of(group[0]);
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
