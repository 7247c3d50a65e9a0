//! Writes changes of the library's own files, for `check --fix` and `terms`.

use std::{collections::BTreeSet, path::Path};

use super::terminal::Terminal;
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

/// What became of the files that were to be written.
#[derive(Debug, Default)]
pub(super) struct Rewritten {
    /// The files that were written.
    pub(super) written: BTreeSet<FilePath>,
    /// The files that stay as they are: they changed since they were read, or the disk refused.
    pub(super) left: BTreeSet<FilePath>,
    /// Did the disk refuse to write a file?
    pub(super) is_refused: bool,
}

/// Writes every file that differs between two projects. A file that changed since it was read, or that cannot be
/// written, stays as it is; a line says so. `first` is written before all others, which are written only if it is.
pub(super) fn write_all(
    root: &Path,
    before: &Project,
    after: &Project,
    first: Option<&FilePath>,
    terminal: &mut Terminal,
) -> Rewritten {
    output::hidden_file::remove_left_in_library(root, &source::FOLDERS);
    let mut done = Rewritten::default();
    for path in first.into_iter().chain(after.files.keys().filter(|path| Some(*path) != first)) {
        let (Some(had), Some(now)) = (before.bytes(path), after.bytes(path)) else { continue };
        if had == now {
            continue;
        }
        match output::rewrite::write(root, path.as_str(), had, now) {
            Ok(true) => {
                done.written.insert(path.clone());
                continue;
            }
            Ok(false) => {
                terminal.note(&format!("{path} was written by somebody else a moment ago, and is left as it is"));
            }
            Err(failure) => {
                terminal.refused(&failure);
                done.is_refused = true;
            }
        }
        done.left.insert(path.clone());
        if Some(path) == first {
            break;
        }
    }
    done
}
