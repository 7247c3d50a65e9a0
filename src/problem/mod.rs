//! A problem: a mistake in the content, its place, and how to correct it.
//!
//! Every stage returns its value and the problems that it found ([`Checked`]); a problem does not stop a run, and one run
//! reports all of them. A problem says *where* in the author's own terms (a [`Spot`]: bytes of a file, or a key of its
//! YAML); lines and columns are worked out once, at the end, by [`report`]. Problems are made only by the named
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
    /// What kind of mistake; the word that `checks` in casebook.yaml and every report use.
    pub code: Code,
    /// How bad, before the library's own `checks` are applied.
    pub severity: Severity,
    /// One line, lower-case start, no full stop; enough by itself.
    pub message: String,
    /// The way out, where one can be guessed.
    pub help: Option<String>,
    /// Where the mistake is.
    pub spot: Spot,
    /// Other places that the reader must see to understand it.
    pub related: Vec<RelatedSpot>,
    /// What would put it right without a doubt, and where, for `check --fix`. A mistake that stands in several places of a file
    /// has a fix for each.
    pub fixes: Vec<(Spot, Fix)>,
    /// It is in a file that the public does not see yet, so it stops nothing that is published.
    pub is_unpublished: bool,
}

/// A text, and the text that belongs in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What stands there, as it is read.
    pub was: String,
    /// What takes its place.
    pub now: String,
    /// How it is written in YAML.
    pub form: FixForm,
}

/// What the new text of a fix is in YAML.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FixForm {
    /// A text, which gets quotation marks where it needs them.
    #[default]
    Text,
    /// Keys and values, or a list: YAML already.
    Yaml,
}

impl Fix {
    /// A text for a text.
    pub fn of_text(was: &str, now: &str) -> Fix {
        Fix { was: was.to_owned(), now: now.to_owned(), form: FixForm::Text }
    }
}

/// Another place that bears on a problem, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedSpot {
    /// What is to be seen there.
    pub message: String,
    /// Where.
    pub spot: Spot,
}

impl Problem {
    fn new(code: Code, spot: &Spot, message: impl Into<String>) -> Problem {
        Problem {
            code,
            severity: code.severity(),
            message: message.into(),
            help: None,
            spot: spot.clone(),
            related: Vec::new(),
            fixes: Vec::new(),
            is_unpublished: false,
        }
    }

    fn help(self, help: impl Into<String>) -> Problem {
        Problem { help: Some(help.into()), ..self }
    }

    fn help_if_any(self, help: Option<String>) -> Problem {
        Problem { help: help.or(self.help), ..self }
    }

    fn related(mut self, spot: &Spot, message: impl Into<String>) -> Problem {
        self.related.push(RelatedSpot { message: message.into(), spot: spot.clone() });
        self
    }

    fn fix(mut self, was: &str, now: &str) -> Problem {
        self.fixes.push((self.spot.clone(), Fix::of_text(was, now)));
        self
    }

    /// A fix of another place than that of the problem.
    fn fix_at(mut self, spot: &Spot, was: &str, now: &str) -> Problem {
        self.fixes.push((spot.clone(), Fix::of_text(was, now)));
        self
    }

    /// A fix that is more than a text in YAML: keys and values, or a list, as they are to be written.
    fn fix_with_yaml(mut self, was: &str, now: &str) -> Problem {
        self.fixes.push((self.spot.clone(), Fix { was: was.to_owned(), now: now.to_owned(), form: FixForm::Yaml }));
        self
    }

    fn fix_if_any(self, was: &str, now: Option<&str>) -> Problem {
        match now {
            Some(now) => self.fix(was, now),
            None => self,
        }
    }

    /// The same problem, in a file that the public does not see yet.
    pub fn in_unpublished(self) -> Problem {
        Problem { is_unpublished: true, ..self }
    }

    /// The same problem as an error, where its kind is a warning otherwise.
    fn raised_to_error(self) -> Problem {
        Problem { severity: Severity::Error, ..self }
    }

    /// The same problem as a warning: a draft may be unfinished, and a slip in Markdown still gives a page.
    pub fn as_warning(self) -> Problem {
        Problem { severity: Severity::Warning, ..self }
    }
}

/// A stage's value and the problems that it met. The value is always there: a stage does not fail.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// What the stage made.
    pub value: T,
    /// What was wrong on the way.
    pub problems: Vec<Problem>,
}

impl<T> Checked<T> {
    /// A value and the problems met in making it.
    pub fn new(value: T, problems: Vec<Problem>) -> Checked<T> {
        Checked { value, problems }
    }

    /// Takes the value, and adds the problems to those gathered so far.
    pub fn unload(self, problems: &mut Vec<Problem>) -> T {
        problems.extend(self.problems);
        self.value
    }
}
