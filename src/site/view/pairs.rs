//! The barriers of a case with the responses to them, and where in the body their table belongs.

use serde::Serialize;

use crate::{
    model::{document::Heading, library::Case},
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

/// The described terms of a case. Marks are left out, since the top of the case shows them.
pub fn pairs(all: Overview<'_>, case: &Case, spelling: &mut Spelling<'_>) -> Vec<Pair> {
    let is_pair = |use_: &&crate::model::library::CaseTerm| {
        (use_.what.is_some() || use_.response.is_some()) && !all.library.marks.contains(&use_.vocabulary)
    };
    let pair = |use_: &crate::model::library::CaseTerm| Pair {
        term: all.term(use_.term),
        what: use_.what.as_deref().map(|what| spelling.text(what)),
        response: use_.response.as_deref().map(|response| spelling.text(response)),
        ask: all.library.vocabularies[use_.term].ask.clone(),
    };
    case.terms.iter().filter(is_pair).map(pair).collect()
}

/// Splits a body where the table of barriers belongs: after the section whose heading is the question that they answer.
/// None if there is no such heading; then the table follows the body.
pub fn parted<'a>(all: Overview<'_>, case: &Case, html: &'a str) -> Option<(&'a str, &'a str)> {
    let headings: Vec<&Heading> = case.file.body.outline.iter().filter(|heading| heading.level == 2).collect();
    let asked = headings.iter().position(|heading| answers(all, case, &heading.text))?;
    let Some(next) = headings.get(asked + 1) else { return Some((html, "")) };
    let at = html.find(&format!("<h2 id=\"{}\"", next.id))?;
    Some(html.split_at(at))
}

/// Is this heading the question of a vocabulary with described terms, or the heading of their table?
fn answers(all: Overview<'_>, case: &Case, heading: &str) -> bool {
    let described = case.terms.iter().filter(|use_| use_.what.is_some() || use_.response.is_some());
    let vocabularies = described.map(|use_| &all.library.vocabularies[use_.vocabulary]);
    let mut names = vocabularies.flat_map(|of| [Some(&of.label), Some(&of.plural), of.question.as_ref()]).flatten();
    let words: &Words = all.words();
    is_alike(heading, &words.barrier) || is_alike(heading, &words.barriers) || names.any(|name| is_alike(heading, name))
}

/// Are two headings equal, except for letter case and the mark at the end?
fn is_alike(a: &str, b: &str) -> bool {
    let bare = |text: &str| text.trim_end_matches(['?', '.', ':', '!']).trim().to_lowercase();
    bare(a) == bare(b)
}
