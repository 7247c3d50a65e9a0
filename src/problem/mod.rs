//! A problem: a mistake in the content, its place, and how to correct it.
//!
//! Every stage returns its value and the problems that it found ([`Checked`]); a problem does not stop a run, and one
//! run reports all of them. A problem says *where* in the author's own terms (a [`Spot`]: bytes of a file, or a key of
//! its YAML); lines and columns are worked out once, at the end, by [`report`]. Problems are made only by the named
//! functions in [`message`], so that all wording can be read in one folder.

pub mod code;
pub mod message;
mod names;
pub mod report;
mod spot;

pub use code::{Code, Severity};
pub use names::NameIndex;
pub use spot::{FilePath, Side, Span, Spot, SpotPart, Step, Written};

/// A mistake that an author can fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The code of the mistake, by which `checks` in casebook.yaml and every report name it.
    pub code: Code,
    /// The severity before the library's own `checks` are applied.
    pub severity: Severity,
    /// One line that is sufficient by itself: lower-case start, no full stop.
    pub message: String,
    /// The way out, if one can be guessed.
    pub help: Option<String>,
    /// The text that was probably meant, which the help asks about.
    pub suggestion: Option<String>,
    /// Where the mistake is.
    pub spot: Spot,
    /// Other places that the reader needs to see.
    pub related: Vec<RelatedSpot>,
    /// The fixes, each with its place, for `check --fix`. A mistake at several places of a file has one
    /// for each.
    pub fixes: Vec<(Spot, Fix)>,
    /// Whether it is in an unpublished file, so that it need not stop a build.
    pub is_unpublished: bool,
}

/// The certain correction of a mistake: a text, and what replaces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The text that is expected there, as it was read.
    pub was: String,
    /// What replaces it.
    pub now: FixedText,
}

/// What replaces a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FixedText {
    /// A text, which in YAML gets quotation marks if it needs them.
    Text(String),
    /// Keys and values, or a list: YAML already.
    Yaml(String),
    /// Nothing: the text is removed; in YAML, the item of a list that it is.
    Nothing,
}

impl FixedText {
    /// The new text; none for a removal.
    pub fn text(&self) -> Option<&str> {
        match self {
            FixedText::Text(text) | FixedText::Yaml(text) => Some(text),
            FixedText::Nothing => None,
        }
    }
}

impl Fix {
    /// Replaces a text by a text.
    pub fn of_text(was: &str, now: &str) -> Fix {
        Fix { was: was.to_owned(), now: FixedText::Text(now.to_owned()) }
    }

    /// Removes a text.
    pub fn removal_of(was: &str) -> Fix {
        Fix { was: was.to_owned(), now: FixedText::Nothing }
    }
}

/// Another place that matters for a problem, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedSpot {
    /// What to see there.
    pub message: String,
    /// The place.
    pub spot: Spot,
}

impl Problem {
    fn new(code: Code, spot: &Spot, message: impl Into<String>) -> Problem {
        Problem {
            code,
            severity: code.severity(),
            message: message.into(),
            help: None,
            suggestion: None,
            spot: spot.clone(),
            related: Vec::new(),
            fixes: Vec::new(),
            is_unpublished: false,
        }
    }

    fn help(self, help: impl Into<String>) -> Problem {
        Problem { help: Some(help.into()), suggestion: None, ..self }
    }

    fn help_if_any(self, help: Option<String>) -> Problem {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }

    /// Asks whether this was meant, if anything was.
    fn did_you_mean(self, meant: Option<&str>) -> Problem {
        match meant {
            Some(meant) => {
                Problem { suggestion: Some(meant.to_owned()), ..self.help(format!("did you mean \"{meant}\"?")) }
            }
            None => self,
        }
    }

    fn related(mut self, spot: &Spot, message: impl Into<String>) -> Problem {
        self.related.push(RelatedSpot { message: message.into(), spot: spot.clone() });
        self
    }

    fn fix(mut self, was: &str, now: &str) -> Problem {
        self.fixes.push((self.spot.clone(), Fix::of_text(was, now)));
        self
    }

    /// Adds a fix at another place than that of the problem.
    fn fix_at(mut self, spot: &Spot, was: &str, now: &str) -> Problem {
        self.fixes.push((spot.clone(), Fix::of_text(was, now)));
        self
    }

    /// Adds a fix that is not a text but YAML: keys and values, or a list.
    fn fix_with_yaml(mut self, was: &str, now: &str) -> Problem {
        self.fixes.push((self.spot.clone(), Fix { was: was.to_owned(), now: FixedText::Yaml(now.to_owned()) }));
        self
    }

    /// Adds a fix that removes the text.
    fn fix_by_removal(mut self, was: &str) -> Problem {
        self.fixes.push((self.spot.clone(), Fix::removal_of(was)));
        self
    }

    fn fix_if_any(self, was: &str, now: Option<&str>) -> Problem {
        match now {
            Some(now) => self.fix(was, now),
            None => self,
        }
    }

    /// The same problem in an unpublished file.
    pub fn in_unpublished(self) -> Problem {
        Problem { is_unpublished: true, ..self }
    }

    /// The same problem as an error, although its code is a warning by default.
    fn raised_to_error(self) -> Problem {
        Problem { severity: Severity::Error, ..self }
    }

    /// The same problem as a warning, although its code is an error by default.
    pub fn as_warning(self) -> Problem {
        Problem { severity: Severity::Warning, ..self }
    }
}

/// The value of a stage and the problems that it found. There is always a value: a stage does not fail.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// The value.
    pub value: T,
    /// The problems.
    pub problems: Vec<Problem>,
}

impl<T> Checked<T> {
    /// A value with the problems that were found while it was made.
    pub fn new(value: T, problems: Vec<Problem>) -> Checked<T> {
        Checked { value, problems }
    }

    /// Gives the value, and adds its problems to others.
    pub fn into_value(self, problems: &mut Vec<Problem>) -> T {
        problems.extend(self.problems);
        self.value
    }
}
