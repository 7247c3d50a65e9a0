//! An error of the machine: a full disk, a folder that may not be written. It ends the command.
//!
//! An author's mistake is never a failure: that is a [`Problem`](crate::problem::Problem).

use std::{error::Error, fmt, io, path::Path};

/// An error, with what could not be done.
#[derive(Debug)]
pub struct Failure {
    doing: String,
    source: io::Error,
    help: Option<String>,
}

impl Failure {
    /// `doing` is a plain clause that follows "cannot": "read content/cases/torbay.md".
    pub fn new(doing: impl Into<String>, source: io::Error) -> Failure {
        Failure { doing: doing.into(), source, help: None }
    }

    /// A failure to do something to a path: `Failure::at("read", path)`, for `map_err`.
    pub fn at<'a>(verb: &'a str, path: &'a Path) -> impl FnOnce(io::Error) -> Failure + 'a {
        move |source| Failure::new(format!("{verb} {}", path.display()), source)
    }

    /// Adds a way out.
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Failure {
        Failure { help: Some(help.into()), ..self }
    }

    /// The way out, if there is one.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {}: {}", self.doing, self.source)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}
