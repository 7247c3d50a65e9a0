//! The marks of a case: its outcome and the strength of its evidence, or other vocabularies that the settings name.
//! Each is a term with a small drawing.

use serde::Serialize;

use crate::{
    model::{library::Case, life_years::LifeYears, vocabulary::Term},
    site::{
        lifeline::strip::{line_icon, mark_icon},
        theme::{Html, filled, in_sentence},
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
    /// The year of the last report, after the term: `in 2015`.
    pub reported: Option<String>,
}

/// The marks of a case, in the order of the settings.
pub fn marks_of(overview: Overview<'_>, case: &Case) -> Vec<MarkView> {
    let mark = |term: &Term| MarkView {
        term: overview.term(term.id),
        year: year_of(case, term),
        reported: last_reported(overview, case, term, &overview.words().in_year),
    };
    overview.marks_of(case).map(|(_, term)| mark(term)).collect()
}

/// The year in which a case came to this outcome; none if the term is no outcome.
pub fn year_of(case: &Case, term: &Term) -> Option<i16> {
    let mark = term.file.mark?;
    LifeYears::of(case)?.last(Some(mark))
}

/// The year in which a case was last reported to be running, as a text, if it is before the present of the library.
pub fn last_reported(overview: Overview<'_>, case: &Case, term: &Term, text: &str) -> Option<String> {
    let year = LifeYears::of(case)?.running_until(term.file.mark)?;
    let is_past = overview.lives.axis.is_some_and(|axis| year < axis.to);
    is_past.then(|| filled(text, &[("year", &year.to_string())]))
}

/// The drawing of a term, if its vocabulary has drawings.
pub fn icon(term: &Term) -> Option<Html> {
    let drawing = term.file.mark.map(mark_icon).or_else(|| term.file.line.map(line_icon));
    drawing.map(|drawing| Html::new(drawing.as_str()))
}

/// A lifeline in words.
pub fn life_in_words(overview: Overview<'_>, case: &Case) -> String {
    life_in_sentences(overview, case).join(" ")
}

/// A lifeline in sentences: the outcome, which begins with its year; the years; the strength of the evidence.
pub fn life_in_sentences(overview: Overview<'_>, case: &Case) -> Vec<String> {
    let words = overview.words();
    let years = case.file.period.as_ref().and_then(|period| words.years_long(period));
    let outcome = |term: &Term| match year_of(case, term) {
        Some(year) => format!("{year}: {}.", in_sentence(&term.label)),
        None => match last_reported(overview, case, term, &words.last_reported) {
            Some(reported) => format!("{} {reported}.", term.label),
            None => format!("{}.", term.label),
        },
    };
    let evidence = |term: &Term| {
        let vocabulary = &overview.terms.vocabularies[term.vocabulary].file.label;
        format!("{}.", of_vocabulary(vocabulary, &term.label))
    };
    let (outcomes, others): (Vec<&Term>, Vec<&Term>) =
        overview.marks_of(case).map(|(_, term)| term).partition(|term| term.file.mark.is_some());
    let years = years.map(|years| format!("{}.", capitalised(&years)));
    outcomes.into_iter().map(outcome).chain(years).chain(others.into_iter().map(evidence)).collect()
}

/// A term after the label of its vocabulary, unless it begins with that word: `Evidence: measured`.
fn of_vocabulary(vocabulary: &str, term: &str) -> String {
    let begins_so = term.to_lowercase().starts_with(&vocabulary.to_lowercase());
    if begins_so { term.to_owned() } else { format!("{vocabulary}: {}", in_sentence(term)) }
}

/// A text with a capital at the start, to begin a sentence.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_does_not_repeat_the_label_of_its_vocabulary() {
        assert_eq!(of_vocabulary("Evidence", "Measured"), "Evidence: measured");
        assert_eq!(of_vocabulary("Evidence", "Evidence conflicts"), "Evidence conflicts");
    }
}
