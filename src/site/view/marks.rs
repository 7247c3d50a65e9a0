//! The marks of a case: its outcome and the strength of its evidence, or other vocabularies that the settings name.
//! Each is a term with a small drawing.

use serde::Serialize;

use crate::{
    model::{library::Case, life_years::LifeYears, vocabulary::Term},
    site::{
        lifeline::strip::{line_icon, mark_icon},
        theme::Html,
        view::{Shared, TermLink, overview::Overview},
    },
};

/// A mark of a case.
#[derive(Debug, Serialize)]
pub struct MarkView {
    /// The term, with its drawing.
    pub term: Shared<TermLink>,
    /// The year of the outcome.
    pub year: Option<i16>,
}

/// The marks of a case, in the order of the settings.
pub fn marks_of(overview: Overview<'_>, case: &Case) -> Vec<MarkView> {
    let mark = |term: &Term| MarkView { term: overview.term(term.key), year: year_of(case, term) };
    overview.marks_of(case).map(|(_, term)| mark(term)).collect()
}

/// The year in which a case came to this outcome; none if the term is no outcome.
pub fn year_of(case: &Case, term: &Term) -> Option<i16> {
    let mark = term.file.mark?;
    LifeYears::of(case)?.last(Some(mark))
}

/// The drawing of a term, if its vocabulary has drawings.
pub fn icon(term: &Term) -> Option<Html> {
    let drawing = term.file.mark.map(mark_icon).or_else(|| term.file.line.map(line_icon));
    drawing.map(|drawing| Html::new(drawing.as_str()))
}

/// A lifeline in words: the years, the outcome, the strength of the evidence.
pub fn life_in_words(overview: Overview<'_>, case: &Case) -> String {
    let words = overview.words();
    let years = case.file.period.as_ref().and_then(|period| words.years_long(period));
    let mark = |term: &Term| match term.file.mark {
        Some(_) => term.label.clone(),
        None => {
            let of = &overview.terms.vocabularies[term.vocabulary];
            format!("{}: {}", of.file.label, crate::site::theme::in_sentence(&term.label))
        }
    };
    let marks = overview.marks_of(case).map(|(_, term)| mark(term));
    let sentences: Vec<String> = years.map(|years| capitalised(&years)).into_iter().chain(marks).collect();
    sentences.join(". ") + if sentences.is_empty() { "" } else { "." }
}

/// A text with a capital at the start, to begin a sentence.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
