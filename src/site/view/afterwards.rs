//! Corrections to a published case, and its adoption elsewhere.

use serde::Serialize;

use crate::{
    model::{document::Correction, library::Case, numbering::SourceNumbering},
    site::{
        abbreviations::Spelling,
        theme::{Html, Words, filled},
        view::{Dated, Link, Shared, TermLink, Terms, citations::source_id, sources::number_of},
    },
};

/// A correction.
#[derive(Debug, Serialize)]
pub struct CorrectionView<'a> {
    /// The heading: `Corrected on 1 February 2027:`
    pub when: String,
    /// The day of the correction.
    pub date: Dated,
    /// What was wrong, and what is correct.
    pub what: &'a str,
}

/// The adoption of a case by somebody else.
#[derive(Debug, Serialize)]
pub struct AdoptedView<'a> {
    /// Who adopted it, and where.
    pub place: &'a str,
    /// The years: `from 2019`.
    pub years: Option<String>,
    /// The outcome: a term of the vocabulary `outcome`.
    pub outcome: Option<Shared<TermLink>>,
    /// The outcome in the author's words, if the library has no such vocabulary.
    pub outcome_text: Option<&'a str>,
    /// A description of the adoption.
    pub what: Option<Html>,
    /// The link to the source that reports it. Its text is the number of the source.
    pub source: Option<Link>,
    /// The name of that link for screen readers: `Source 3`.
    pub source_label: Option<String>,
}

/// The corrections of a case, the latest first.
pub fn corrections<'a>(words: &Words, case: &'a Case) -> Vec<CorrectionView<'a>> {
    case.file.corrections.iter().rev().map(|correction| view(words, correction)).collect()
}

fn view<'a>(words: &Words, correction: &'a Correction) -> CorrectionView<'a> {
    let date = Dated::new(words, correction.date);
    CorrectionView { when: filled(&words.corrected_on, &[("date", &date.text)]), date, what: &correction.what }
}

/// The adoptions of a case.
pub fn adopted<'a>(
    words: &Words,
    terms: Terms<'_>,
    case: &'a Case,
    numbering: &SourceNumbering,
    spelling: &mut Spelling<'_>,
) -> Vec<AdoptedView<'a>> {
    let has_outcomes = terms.vocabularies.named("outcome").is_some();
    let each = case.file.adopted.iter().zip(&case.adopted);
    each.map(|(adoption, outcome)| {
        let id = adoption.source.as_ref().map(|source| source.value.as_str());
        let number = id.and_then(|id| number_of(&case.file, numbering, id)).map(|number| (number, number.to_string()));
        AdoptedView {
            place: &adoption.place,
            years: adoption.from.map(|from| filled(&words.years_from, &[("from", &from.to_string())])),
            outcome_text: adoption.outcome.as_ref().filter(|_| !has_outcomes).map(|word| word.value.as_str()),
            outcome: outcome.map(|term| terms.term(term)),
            what: adoption.what.as_deref().map(|what| spelling.text(what)),
            source_label: number.as_ref().map(|(_, text)| filled(&words.source_number, &[("number", text)])),
            source: number.map(|(number, text)| Link { href: format!("#{}", source_id(number)), text }),
        }
    })
    .collect()
}
