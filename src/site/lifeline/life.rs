//! The data of a lifeline: first year, last year, outcome, and strength of evidence.

use crate::model::{
    life_years::{DrawnYears, LifeYears},
    vocabulary::{EndMark, LineStyle},
};

/// The life of a partnership, for drawing. It never extends beyond what its sources report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// The first year.
    pub from: i16,
    /// The year up to which it is known: its last year, or the year of the latest dated source.
    pub known_to: i16,
    /// The year in which it ended; absent if no end is recorded.
    pub last: Option<i16>,
    /// The outcome.
    pub mark: Option<EndMark>,
    /// The strength of the evidence.
    pub line: LineStyle,
}

impl Life {
    /// Makes a life from years; none if the first year is not known.
    pub fn new(years: LifeYears, mark: Option<EndMark>, line: Option<LineStyle>) -> Option<Life> {
        let DrawnYears { from, known, last } = years.drawn(mark)?;
        Some(Life { from, known_to: known, last, mark, line: line.unwrap_or_default() })
    }

    /// Is it continued to the present as a hairline, because no end is recorded? What changed form in a year that is
    /// not known, and what has no known outcome, may not have gone on.
    pub fn is_open(&self) -> bool {
        self.last.is_none() && !matches!(self.mark, Some(EndMark::Dots | EndMark::Fork))
    }

    /// The last year in which it is drawn as running.
    pub fn runs_to(&self, present: i16) -> i16 {
        if self.is_open() { present } else { self.known_to }
    }

    /// The CSS class that colours it by outcome.
    pub fn class(&self) -> &'static str {
        class(self.mark)
    }
}

/// The CSS class of an outcome, which has a colour in the style sheet.
pub fn class(mark: Option<EndMark>) -> &'static str {
    match mark {
        Some(EndMark::Arrow) => "cb-go",
        Some(EndMark::Fork) => "cb-fork",
        Some(EndMark::Stop) => "cb-stop",
        Some(EndMark::Dots) => "cb-lost",
        None => "cb-plain",
    }
}
