//! The data of a lifeline: first year, last year, how it ended, and how strong the evidence is.

use crate::model::vocabulary::{EndMark, LineStyle};

/// The life of a partnership, for drawing. Never longer than its sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// The first year.
    pub from: i16,
    /// How far it is known: its last year, or the year of the latest dated source.
    pub known_to: i16,
    /// Where it ends; absent where no last year is recorded.
    pub last: Option<i16>,
    /// What happened next.
    pub mark: Option<EndMark>,
    /// How sure the results are.
    pub line: LineStyle,
}

/// The years of a partnership as its case gives them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LifeYears {
    /// The first.
    pub from: Option<i16>,
    /// The last.
    pub to: Option<i16>,
    /// The year in which it took another form.
    pub changed: Option<i16>,
    /// The year of its latest dated source, or the year until which its sources report on it.
    pub reported: Option<i16>,
}

impl Life {
    /// The life with these years, where there is a first one.
    pub fn new(years: LifeYears, mark: Option<EndMark>, line: Option<LineStyle>) -> Option<Life> {
        let from = years.from?;
        let changed = years.changed.filter(|_| mark == Some(EndMark::Fork));
        let last = changed.or(years.to).map(|last| last.max(from));
        let known_to = last.or(years.reported).unwrap_or(from).max(from);
        Some(Life { from, known_to, last, mark, line: line.unwrap_or_default() })
    }

    /// Is it drawn on to the present as a hairline, since no end is recorded?
    pub fn is_open(&self) -> bool {
        self.last.is_none() && self.mark != Some(EndMark::Dots)
    }

    /// The last year in which it is drawn as running, where the present is known.
    pub fn runs_to(&self, present: i16) -> i16 {
        if self.is_open() { present } else { self.known_to }
    }

    /// The class that colours it by what happened next.
    pub fn class(&self) -> &'static str {
        class(self.mark)
    }
}

/// The class of a mark, whose colour the style sheet knows.
pub fn class(mark: Option<EndMark>) -> &'static str {
    match mark {
        Some(EndMark::Arrow) => "cb-go",
        Some(EndMark::Fork) => "cb-fork",
        Some(EndMark::Stop) => "cb-stop",
        Some(EndMark::Dots) => "cb-lost",
        None => "cb-plain",
    }
}
