//! Refuses files that cannot be read, for commands that would otherwise ignore them.

use super::terminal::Terminal;
use crate::{
    model::Documents,
    problem::{Checked, FilePath, report::locate::locate},
    source::Project,
};

/// The documents, if every file that matters could be read. Otherwise prints the reasons.
pub(super) fn readable_or_report(
    read: Checked<Documents>,
    project: &Project,
    matters: impl Fn(&FilePath) -> bool,
    terminal: &mut Terminal,
) -> Option<Documents> {
    let mut problems = read.problems;
    problems.retain(|problem| problem.code.leaves_file_unread() && matters(&problem.spot.file));
    if problems.is_empty() {
        return Some(read.value);
    }
    terminal.problems(&locate(problems, &read.value.config.checks, |path| project.bytes(path)));
    None
}
