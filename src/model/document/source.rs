//! A source of a case: title, address, kind and strength.

use std::fmt;

use jiff::civil::Date;

use super::Author;
use crate::problem::Written;

/// A source of facts.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Its number in the list of the file; none if it is written without a list.
    pub item: Option<usize>,
    /// The id that citations use, unique in the case.
    pub id: Option<Written<String>>,
    /// Its title.
    pub title: String,
    /// Its authors.
    pub authors: Vec<Author>,
    /// Its address or file.
    pub url: Option<SourceUrl>,
    /// The address of an archived copy: http or https.
    pub archived: Option<String>,
    /// Its publisher.
    pub publisher: Option<String>,
    /// Its date, as exactly as it is known.
    pub date: Option<PartialDate>,
    /// The day on which the author of the case read it.
    pub accessed: Option<Date>,
    /// Its kind.
    pub kind: Option<SourceKind>,
}

impl Source {
    /// Its address on the web.
    pub fn web(&self) -> Option<&str> {
        match &self.url {
            Some(SourceUrl::Web(url)) => Some(url),
            _ => None,
        }
    }

    /// Its file in the library.
    pub fn file(&self) -> Option<&Written<String>> {
        match &self.url {
            Some(SourceUrl::File(file)) => Some(file),
            _ => None,
        }
    }
}

/// Can a source have this id, so that the text can cite it?
pub fn is_source_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && id.chars().all(is_in_source_id)
        && !id.ends_with(['.', ':', '/', '+'])
}

/// May the id of a source have this character, so that it can be cited?
pub fn is_in_source_id(c: char) -> bool {
    c.is_alphanumeric() || "-_.:/+".contains(c)
}

/// The address of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceUrl {
    /// On the web: http or https.
    Web(String),
    /// A file of the library: the path from the case, or from `content/` if it begins with `/`.
    File(Written<String>),
}

/// A year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartialDate {
    /// `2013`
    Year(i16),
    /// `2013-03`
    Month(i16, i8),
    /// `2013-03-31`
    Day(Date),
}

impl PartialDate {
    /// Its year.
    pub fn year(self) -> i16 {
        match self {
            PartialDate::Year(year) | PartialDate::Month(year, _) => year,
            PartialDate::Day(day) => day.year(),
        }
    }
}

impl fmt::Display for PartialDate {
    /// As exactly as it is known, in the form of ISO 8601.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartialDate::Year(year) => write!(f, "{year:04}"),
            PartialDate::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            PartialDate::Day(day) => write!(f, "{day}"),
        }
    }
}

/// The kind of a source, so that a reader can judge how reliable it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceKind {
    /// Evaluation, audit, inspection or peer-reviewed study.
    Evaluation,
    /// Minutes or another official record.
    Official,
    /// Journalism.
    Journalism,
    /// Written by somebody who took part.
    Party,
    /// A work of reference.
    Reference,
    /// Anything else.
    Other,
}

impl SourceKind {
    /// Every kind with the word that front matter uses.
    pub const ALL: [(&'static str, SourceKind); 6] = [
        ("evaluation", SourceKind::Evaluation),
        ("official", SourceKind::Official),
        ("journalism", SourceKind::Journalism),
        ("party", SourceKind::Party),
        ("reference", SourceKind::Reference),
        ("other", SourceKind::Other),
    ];

    /// The word that front matter uses.
    pub fn as_str(self) -> &'static str {
        SourceKind::ALL[self as usize].0
    }

    /// Its strength as evidence, from 1 to 3.
    pub fn weight(self) -> u8 {
        match self {
            SourceKind::Evaluation => 3,
            SourceKind::Official | SourceKind::Journalism => 2,
            SourceKind::Party | SourceKind::Reference | SourceKind::Other => 1,
        }
    }
}
