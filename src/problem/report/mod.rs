//! The report of all problems, for people and programs.
//!
//! [`locate`](locate::locate) turns the problems of the stages into a [`Report`]: levels set by the library's `checks`,
//! spots turned into lines and columns, sorted by file and position, without duplicates. A report holds all that its
//! formats need, an excerpt of the source too, so the formats are pure functions of it: [`human`], [`json`],
//! [`github`], [`sarif`].

pub mod github;
pub mod human;
pub mod json;
pub mod locate;
pub mod sarif;

mod outline;
mod ruler;

use crate::problem::{Code, FilePath, Severity};

/// Every problem of a library, in the order in which they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The problems, by file, then position, then code; no two alike.
    pub problems: Vec<Reported>,
}

/// A problem with its level decided and its place worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// What kind of mistake.
    pub code: Code,
    /// How bad, by the library's `checks`.
    pub severity: Severity,
    /// One line, enough by itself.
    pub message: String,
    /// The way out, where one can be guessed.
    pub help: Option<String>,
    /// Where the mistake is.
    pub place: TextRange,
    /// Other places that the reader must see to understand it.
    pub related: Vec<RelatedPlace>,
    /// It is in a file that the public does not see yet.
    pub is_unpublished: bool,
    /// What is to be written there, word for word, where that is known.
    pub mend: Option<String>,
}

impl Reported {
    /// Is it something that a draft still lacks? Nothing is wrong then: the draft is not finished.
    pub fn is_gap(&self) -> bool {
        self.code == Code::MissingField && self.severity == Severity::Warning && self.is_unpublished
    }
}

/// Another place that bears on a problem, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedPlace {
    /// What is to be seen there.
    pub message: String,
    /// Where.
    pub place: TextRange,
}

/// Lines and columns of a file. Both count from 1, columns in Unicode characters; a byte-order mark is not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRange {
    /// Which file.
    pub file: FilePath,
    /// The line on which it begins.
    pub line: usize,
    /// The column of its first character.
    pub column: usize,
    /// The line on which it ends.
    pub end_line: usize,
    /// The column after its last character.
    pub end_column: usize,
    /// The source there; absent for a fault of a whole file, or of a file whose bytes are not known.
    pub excerpt: Option<Excerpt>,
}

/// A line of source around a place, as it stands in the file, cut to a window where it is long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// What stands before the place; begins with `…` where it was cut.
    pub before: String,
    /// The place itself, as far as it lies on its first line.
    pub marked: String,
    /// What follows; ends with `…` where it was cut.
    pub after: String,
}

impl Report {
    /// A report of these problems, which may come in any order and more than once.
    fn of(mut problems: Vec<Reported>) -> Report {
        problems.sort_by(|a, b| order(a).cmp(&order(b)));
        problems.dedup();
        Report { problems }
    }

    /// One report of what both say.
    #[must_use]
    pub fn joined(self, other: Report) -> Report {
        Report::of([self.problems, other.problems].concat())
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many warnings there are.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    /// Is there an error? Then nothing is published.
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// Does it refuse the build? With `deny_warnings` a warning does, but for two kinds: what is wrong in a file that the public
    /// does not see yet, and that a review is due, since the passing of time alone must not stop a publisher.
    pub fn denied(&self, deny_warnings: bool) -> bool {
        let counts = |problem: &Reported| problem.code != Code::ReviewDue && !problem.is_unpublished;
        self.has_errors() || deny_warnings && self.problems.iter().any(counts)
    }

    /// The closing line: "3 errors and 1 warning", "no problems".
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

/// By file, then position, then code; the rest so that equal problems stand together whatever order they came in.
fn order(problem: &Reported) -> impl Ord + '_ {
    let TextRange { file, line, column, end_line, end_column, excerpt: _ } = &problem.place;
    (file, line, column, problem.code, end_line, end_column, &problem.message, &problem.help)
}

#[cfg(test)]
mod tests;
