//! The barriers of a case with the responses to them, and where in the body their table belongs.

use serde::Serialize;

use crate::{
    model::{
        document::Heading,
        library::{Case, CaseTerm},
    },
    site::{
        abbreviations::Spelling,
        theme::{Html, Words},
        view::{Shared, TermLink, overview::Overview},
    },
};

/// A barrier with the response to it.
#[derive(Debug, Serialize)]
pub struct Pair {
    /// The term.
    pub term: Shared<TermLink>,
    /// What the barrier was.
    pub what: Option<Html>,
    /// The response.
    pub response: Option<Html>,
    /// A question for readers who plan something similar.
    pub ask: Option<String>,
}

/// The described terms of a case.
pub fn pairs(overview: Overview<'_>, case: &Case, spelling: &mut Spelling<'_>) -> Vec<Pair> {
    let pair = |term_use: &CaseTerm| Pair {
        term: overview.term(term_use.term),
        what: term_use.what.as_deref().map(|what| spelling.text(what)),
        response: term_use.response.as_deref().map(|response| spelling.text(response)),
        ask: overview.terms.vocabularies[term_use.term].file.ask.clone(),
    };
    described(overview, case).map(pair).collect()
}

/// The uses of terms that belong in the table. Marks are left out, since the top of the case shows them.
fn described<'a>(overview: Overview<'a>, case: &'a Case) -> impl Iterator<Item = &'a CaseTerm> {
    let is_described = |term_use: &&CaseTerm| term_use.what.is_some() || term_use.response.is_some();
    case.terms.iter().filter(is_described).filter(move |term_use| !overview.marks.contains(&term_use.vocabulary))
}

/// Splits a body where the table of barriers belongs: after the section whose heading is the question that they answer.
/// None if there is no table, or if there is no such heading and the table follows the body.
pub fn split_at_barriers<'a>(overview: Overview<'_>, case: &Case, html: &'a str) -> Option<(&'a str, &'a str)> {
    described(overview, case).next()?;
    let headings: Vec<&Heading> = case.file.body.outline.iter().filter(|heading| heading.level == 2).collect();
    let question = headings.iter().position(|heading| answers(overview, case, &heading.text))?;
    let Some(next) = headings.get(question + 1) else { return Some((html, "")) };
    let at = html.find(&format!("<h2 id=\"{}\"", next.id))?;
    Some(html.split_at(at))
}

/// Is this heading the question of a vocabulary with described terms, or the heading of their table?
fn answers(overview: Overview<'_>, case: &Case, heading: &str) -> bool {
    let vocabularies = described(overview, case).map(|term_use| &overview.terms.vocabularies[term_use.vocabulary]);
    let mut names = vocabularies
        .flat_map(|vocabulary| {
            [Some(&vocabulary.file.label), Some(&vocabulary.file.plural), vocabulary.file.question.as_ref()]
        })
        .flatten();
    let words: &Words = overview.words();
    is_same_heading(heading, &words.barrier)
        || is_same_heading(heading, &words.barriers)
        || names.any(|name| is_same_heading(heading, name))
}

/// Are two headings equal, except for letter case and the mark at the end?
fn is_same_heading(a: &str, b: &str) -> bool {
    let bare = |text: &str| text.trim_end_matches(['?', '.', ':', '!']).trim().to_lowercase();
    bare(a) == bare(b)
}
