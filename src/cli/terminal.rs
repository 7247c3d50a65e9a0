//! The output of a command: results to standard output, everything else to standard error.
//!
//! Lines for people may have names of files and texts of authors in them, so characters that control a terminal or turn
//! the direction of writing are shown as visible signs.
//!
//! A closed pipe (`casebook check | head`) means that the reader needs no more; that is not an error.

use std::io::{self, ErrorKind, Write};

use anstream::AutoStream;
use clap::ColorChoice;

use super::{Global, error::CommandError};
use crate::{
    failure::Failure,
    problem::report::{Report, human},
};

/// The output streams of a command.
pub(super) struct Terminal {
    out: AutoStream<std::io::Stdout>,
    err: AutoStream<std::io::Stderr>,
    is_quiet: bool,
    is_verbose: bool,
    write_error: Option<io::Error>,
}

impl Terminal {
    pub(super) fn new(global: &Global) -> Terminal {
        let choice = match global.color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Terminal {
            out: AutoStream::new(std::io::stdout(), choice),
            err: AutoStream::new(std::io::stderr(), choice),
            is_quiet: global.quiet,
            is_verbose: global.verbose,
            write_error: None,
        }
    }

    /// Prints a result, to standard output.
    pub(super) fn result(&mut self, text: &str) {
        if let Err(refused) = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush())
            && refused.kind() != ErrorKind::BrokenPipe
        {
            self.write_error.get_or_insert(refused);
        }
    }

    /// The error, if a part of the results could not be printed: a script must not take a part for the whole.
    pub(super) fn write_error(&mut self) -> Option<Failure> {
        self.write_error.take().map(|refused| Failure::new("write to standard output", refused))
    }

    /// Could a part of the results not be printed?
    pub(super) fn has_write_error(&self) -> bool {
        self.write_error.is_some()
    }

    /// Prints what was done, unless `--quiet` is set.
    pub(super) fn say(&mut self, line: &str) {
        if !self.is_quiet {
            self.result(&format!("{}\n", visible_lines(line)));
        }
    }

    /// Prints what was not done, to standard error, unless `--quiet` is set.
    pub(super) fn say_not_done(&mut self, line: &str) {
        if !self.is_quiet {
            self.print_error(&format!("{}\n", visible_lines(line)));
        }
    }

    /// Prints details, to standard error, if `--verbose` is set.
    pub(super) fn detail(&mut self, line: &str) {
        if self.is_verbose {
            self.print_error(&format!("{}\n", visible_lines(line)));
        }
    }

    /// Prints a note, to standard error, unless `--quiet` is set.
    pub(super) fn note(&mut self, line: &str) {
        if !self.is_quiet {
            self.print_error(&format!("note: {}\n", visible_lines(line)));
        }
    }

    /// Prints problems for a person.
    pub(super) fn problems_in_full(&mut self, report: &Report) {
        self.print_error(&human::render(report, human::Colour::Ansi));
    }

    /// Prints all problems for a person, and their number.
    pub(super) fn problems(&mut self, report: &Report) {
        if !report.problems.is_empty() {
            self.problems_in_full(report);
            self.print_error(&format!("{}\n", report.summary()));
        }
    }

    /// Says that warnings alone stopped the command, if they did.
    pub(super) fn note_denied(&mut self, report: &Report, deny_warnings: bool) {
        if report.denied(deny_warnings) && !report.has_errors() {
            self.note("warnings stop this command, because `--deny-warnings` was given");
        }
    }

    /// Prints something that could not be done, with the help; the command continues.
    pub(super) fn error(&mut self, message: &str, help: &str) {
        self.print_error(&format!("error: {}\nhelp: {}\n", visible_lines(message), visible_lines(help)));
    }

    /// Prints the reason why the command stopped.
    pub(super) fn command_error(&mut self, stop: &CommandError) {
        match stop {
            CommandError::Usage { message, help } => self.error(message, help),
            CommandError::Refused(failure) => self.refused(failure),
        }
    }

    /// Prints what the disk or the system refused.
    pub(super) fn refused(&mut self, failure: &Failure) {
        self.print_error(&format!("error: {}\n", visible_lines(&failure.to_string())));
        if let Some(help) = failure.help() {
            self.print_error(&format!("help: {}\n", visible_lines(help)));
        }
    }

    fn print_error(&mut self, text: &str) {
        self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush()).unwrap_or_default();
    }
}

/// Each line of a text in visible characters.
fn visible_lines(text: &str) -> String {
    text.split('\n').map(human::visible).collect::<Vec<_>>().join("\n")
}
