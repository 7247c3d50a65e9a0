//! The top of a case: its lifeline with years, and in a few lines the outcome, when it was known, how strong the
//! evidence is, and what others can learn.

use serde::Serialize;

use crate::{
    model::{library::Case, vocabulary::Term},
    site::{
        abbreviations::Spelling,
        lifeline::strip,
        theme::{Html, filled},
        view::{
            Shared, TermLink,
            marks::{capitalised, last_reported, year_of},
            overview::Overview,
        },
    },
};

/// The top of a case.
#[derive(Debug, Serialize)]
pub struct Digest {
    /// The lifeline, if the first year is known.
    pub strip: Option<Html>,
    /// The marks, each with an explanation.
    pub marks: Vec<MarkLine>,
    /// Its years in words: `2006 to 2013, seven years`.
    pub years: Option<String>,
    /// A note on the years.
    pub years_note: Option<Html>,
    /// The number of sources: `7 sources`.
    pub sources: Option<String>,
    /// The lesson for others.
    pub lesson: Option<Html>,
}

/// A mark with its explanation.
#[derive(Debug, Serialize)]
pub struct MarkLine {
    /// The label of the vocabulary.
    pub label: String,
    /// The term, with its drawing.
    pub term: Shared<TermLink>,
    /// The year of the outcome.
    pub year: Option<i16>,
    /// The year of the last report, after the term: `when last reported, 2015`.
    pub reported: Option<String>,
    /// The note of the case on this term.
    pub what: Option<Html>,
    /// The definition of the term, if the case has no note on it.
    pub definition: Option<Html>,
    /// A question for readers who plan something similar.
    pub ask: Option<String>,
}

/// Makes the view of the top of a case.
pub fn digest(overview: Overview<'_>, case: &Case, spelling: &mut Spelling<'_>) -> Digest {
    let (words, file) = (overview.words(), &case.file);
    let period = file.period.as_ref();
    let marks: Vec<MarkLine> =
        overview.marks_of(case).map(|(_, term)| mark_line(overview, case, term, spelling)).collect();
    let life = overview.lives.get(case.id);
    Digest {
        strip: life.map(|(life, axis)| Html::new(&strip::head(life, axis))),
        marks,
        years: period.and_then(|period| {
            Some(with_length(overview, capitalised(&words.years_long(period)?), period.from, period.to))
        }),
        years_note: period.and_then(|period| period.note.as_deref()).map(|note| spelling.text(note)),
        sources: (!file.sources.is_empty()).then(|| words.count(&words.sources_counted, file.sources.len())),
        lesson: file.lesson.as_deref().map(|lesson| spelling.text(lesson)),
    }
}

fn mark_line(overview: Overview<'_>, case: &Case, term: &Term, spelling: &mut Spelling<'_>) -> MarkLine {
    let what = case.terms_of(term.vocabulary).first().and_then(|use_| use_.what.as_deref());
    let definition = term.file.definition.as_deref().filter(|_| what.is_none());
    MarkLine {
        label: overview.terms.vocabularies[term.vocabulary].file.label.clone(),
        term: overview.term(term.id),
        year: year_of(case, term),
        reported: last_reported(overview, case, term, &overview.words().last_reported),
        what: what.map(|what| spelling.text(what)),
        definition: definition.map(|definition| spelling.text(definition)),
        ask: term.file.ask.clone(),
    }
}

/// The years, with their number if both ends are known.
fn with_length(overview: Overview<'_>, years: String, from: Option<i16>, to: Option<i16>) -> String {
    let words = overview.words();
    let length = from.zip(to).and_then(|(from, to)| usize::try_from(i32::from(to) - i32::from(from)).ok());
    match length.filter(|&length| length > 1) {
        Some(length) => filled(
            &words.years_and_length,
            &[("years", &years), ("length", &words.count(&words.years_counted, length))],
        ),
        None => years,
    }
}
