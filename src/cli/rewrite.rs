//! Writes changes of the library's own files, for `check --fix` and `terms`.

use std::path::Path;

use super::{error::CommandError, terminal::Terminal};
use crate::{
    edit::{self, Changes},
    output,
    problem::FilePath,
    source::{self, Project, SourceFile},
};

/// The project as it would be with these changes.
pub(super) fn changed(project: &Project, changes: &Changes) -> Project {
    let mut project = project.clone();
    for (path, changes) in changes {
        if let Some(SourceFile::Text(bytes)) = project.files.get_mut(path) {
            *bytes = edit::changed(bytes, changes).into();
        }
    }
    project
}

/// Writes the changed files, and gives a line for each. A file that changed since it was read stays as it is.
pub(super) fn write(
    root: &Path,
    project: &Project,
    changes: &Changes,
    terminal: &mut Terminal,
) -> Result<Vec<String>, CommandError> {
    output::hidden_file::remove_left_in_library(root, &source::FOLDERS);
    let mut lines = Vec::new();
    for (path, changes) in changes {
        let Some(had) = project.bytes(path).filter(|_| !changes.is_empty()) else { continue };
        if write_one(root, path, had, &edit::changed(had, changes), terminal)? {
            lines.push(format!("changed {path} in {}", places(changes.len())));
        }
    }
    Ok(lines)
}

/// Writes every file that differs between two projects. A file that changed since it was read stays as it is.
pub(super) fn write_all(
    root: &Path,
    before: &Project,
    after: &Project,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    output::hidden_file::remove_left_in_library(root, &source::FOLDERS);
    for path in after.files.keys() {
        let (Some(had), Some(now)) = (before.bytes(path), after.bytes(path)) else { continue };
        if had != now {
            write_one(root, path, had, now, terminal)?;
        }
    }
    Ok(())
}

/// Writes a file, if it still is as it was. If not, a note says so.
fn write_one(
    root: &Path,
    path: &FilePath,
    had: &[u8],
    now: &[u8],
    terminal: &mut Terminal,
) -> Result<bool, CommandError> {
    let is_written = output::rewrite::write(root, path.as_str(), had, now)?;
    if !is_written {
        terminal.note(&format!("{path} was written by somebody else a moment ago, and is left as it is"));
    }
    Ok(is_written)
}

fn places(count: usize) -> String {
    format!("{count} place{}", if count == 1 { "" } else { "s" })
}
