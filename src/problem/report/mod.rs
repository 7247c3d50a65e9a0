//! The report of all problems, for people and programs.
//!
//! [`locate`](locate::locate) turns the problems of the stages into a [`Report`]: with levels set by the library's
//! `checks`, with lines and columns, sorted by file and position, without duplicates. A report has everything that its
//! formats need, including an excerpt of the source, so the formats are pure functions of it: [`human`], [`json`],
//! [`github`], [`sarif`].

pub mod github;
pub mod human;
pub mod json;
pub mod locate;
pub mod sarif;

mod outline;
mod ruler;

pub use outline::Outline;

use crate::problem::{Code, FilePath, Severity};

/// All problems of a library, in the order in which they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The problems, by file, position and code, without duplicates.
    pub problems: Vec<Reported>,
}

/// A problem with its level and place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The code.
    pub code: Code,
    /// The severity, after the library's `checks`.
    pub severity: Severity,
    /// One line that is sufficient by itself.
    pub message: String,
    /// The way out, if one is known.
    pub help: Option<String>,
    /// The place of the mistake.
    pub place: TextRange,
    /// Other places that the reader needs to see.
    pub related: Vec<RelatedPlace>,
    /// Whether it is in an unpublished file.
    pub is_unpublished: bool,
    /// The text that was probably meant, which the help asks about.
    pub suggestion: Option<String>,
    /// The text that replaces the marked one, if it is known: a certain correction, or the suggestion.
    pub fix: Option<String>,
}

impl Reported {
    /// Is it a missing part of a draft? Then nothing is wrong: the draft is not finished.
    pub fn is_gap(&self) -> bool {
        self.code == Code::MissingField && self.severity == Severity::Warning && self.is_unpublished
    }
}

/// Another place that matters for a problem, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RelatedPlace {
    /// What to see there.
    pub message: String,
    /// The place.
    pub place: TextRange,
}

/// Lines and columns of a file. Both count from 1, columns in Unicode characters; a byte-order mark is not counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextRange {
    /// The file.
    pub file: FilePath,
    /// The first line.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The last line.
    pub end_line: usize,
    /// The column after the last character.
    pub end_column: usize,
    /// The source there; absent for a problem of a whole file, or of a file whose bytes are not known.
    pub excerpt: Option<Excerpt>,
}

/// A line of source around a place, cut if it is long.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Excerpt {
    /// The text before the place; begins with `…` if it was cut.
    pub before: String,
    /// The text of the place on its first line.
    pub marked: String,
    /// The text after the place; ends with `…` if it was cut.
    pub after: String,
}

impl Report {
    /// A report of these problems, which may be in any order and repeated.
    fn of(mut problems: Vec<Reported>) -> Report {
        problems.sort_by(|a, b| order(a).cmp(&order(b)));
        problems.dedup();
        Report { problems }
    }

    /// Joins two reports.
    #[must_use]
    pub fn joined(self, other: Report) -> Report {
        Report::of([self.problems, other.problems].concat())
    }

    /// The same report, with the files named from a folder above the library. `path` leads from there to the library.
    #[must_use]
    pub fn seen_from_above(mut self, path: &str) -> Report {
        if path.is_empty() {
            return self;
        }
        for problem in &mut self.problems {
            let related = problem.related.iter_mut().map(|related| &mut related.place);
            for place in related.chain([&mut problem.place]) {
                place.file = FilePath::new(format!("{path}/{}", place.file));
            }
        }
        self
    }

    /// The number of errors.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// The number of warnings.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    /// Is there an error, so that nothing is published?
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// Does it stop a build? With `deny_warnings` a warning does, with two exceptions: problems of unpublished files,
    /// and reviews that are due, since time alone must not stop a publisher.
    pub fn denied(&self, deny_warnings: bool) -> bool {
        let counts = |problem: &Reported| problem.code != Code::ReviewDue && !problem.is_unpublished;
        self.has_errors() || deny_warnings && self.problems.iter().any(counts)
    }

    /// The last line: "3 errors and 1 warning", "no problems".
    pub fn summary(&self) -> String {
        let counted = |count: usize, noun: &str| match count {
            0 => None,
            1 => Some(format!("1 {noun}")),
            _ => Some(format!("{count} {noun}s")),
        };
        match (counted(self.errors(), "error"), counted(self.warnings(), "warning")) {
            (None, None) => "no problems".to_owned(),
            (Some(errors), Some(warnings)) => format!("{errors} and {warnings}"),
            (Some(only), None) | (None, Some(only)) => only,
        }
    }

    fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity == severity).count()
    }
}

/// By file, position and code, then by everything else, so that duplicates are adjacent.
fn order(problem: &Reported) -> impl Ord + '_ {
    let Reported { code, severity, message, help, place, related, is_unpublished, suggestion, fix } = problem;
    let TextRange { file, line, column, end_line, end_column, excerpt } = place;
    let first = (file, line, column, code, end_line, end_column);
    (first, (message, help, severity, excerpt, related, is_unpublished, suggestion, fix))
}

#[cfg(test)]
mod tests;
