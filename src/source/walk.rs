//! Folders → the sorted paths of their files, and problems for broken links, cycles and links out of the library.

use std::{fs, io, path::Path};

use walkdir::{DirEntry, WalkDir};

use super::is_ignored;
use crate::{
    disk::{is_absent, is_link_cycle},
    failure::Failure,
    problem::{FilePath, Problem, message},
};

/// Lists the files of one top of a library.
pub fn walk(
    root: &Path,
    true_root: &Path,
    top: &str,
    found: &mut Vec<FilePath>,
    problems: &mut Vec<Problem>,
) -> Result<(), Failure> {
    let start = root.join(top);
    match fs::symlink_metadata(&start) {
        Ok(_) => {}
        Err(gone) if is_absent(&gone) => return Ok(()),
        Err(refused) => return Err(Failure::at("read", &start)(refused)),
    }
    let mut entries = WalkDir::new(&start).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                skip_or_fail(root, error, problems)?;
                continue;
            }
        };
        let ignored = entry.depth() > 0 && is_ignored(&entry.file_name().to_string_lossy());
        let path = relative(root, entry.path());
        if !ignored && entry.file_name().to_str().is_none() {
            problems.push(message::file::bad_name(&path));
            continue;
        }
        let outside = !ignored && !leads_inside(&entry, true_root)?;
        if outside {
            problems.push(message::file::leads_outside(&path));
        }
        if ignored || outside {
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
        } else if entry.file_type().is_file() {
            found.push(path);
        }
    }
    Ok(())
}

/// A path relative to the root, with forward slashes.
pub fn relative(root: &Path, path: &Path) -> FilePath {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    FilePath::new(parts.join("/"))
}

/// A broken link or a cycle is a problem of the content; any other error is a failure of the machine.
fn skip_or_fail(root: &Path, error: walkdir::Error, problems: &mut Vec<Problem>) -> Result<(), Failure> {
    let Some(path) = error.path().map(Path::to_path_buf) else {
        return Err(Failure::new("read the library", error.into()));
    };
    let is_link = fs::symlink_metadata(&path).is_ok_and(|data| data.file_type().is_symlink());
    let is_link_cycle = error.loop_ancestor().is_some() || error.io_error().is_some_and(is_link_cycle);
    let is_nowhere = error.io_error().is_some_and(is_absent);
    if is_link && (is_link_cycle || is_nowhere) {
        let path = relative(root, &path);
        problems.push(match is_link_cycle {
            true => message::file::leads_in_a_circle(&path),
            false => message::file::leads_nowhere(&path),
        });
        return Ok(());
    }
    // A file that was removed while the folder was being read does not exist.
    match error.into_io_error() {
        Some(gone) if gone.kind() == io::ErrorKind::NotFound => Ok(()),
        Some(refused) => Err(Failure::at("read", &path)(refused)),
        None => Ok(()),
    }
}

fn leads_inside(entry: &DirEntry, true_root: &Path) -> Result<bool, Failure> {
    if !entry.path_is_symlink() {
        return Ok(true);
    }
    match entry.path().canonicalize() {
        Ok(target) => Ok(target.starts_with(true_root)),
        // The link, or its target, was removed a moment ago.
        Err(gone) if is_absent(&gone) || is_link_cycle(&gone) => Ok(false),
        Err(refused) => Err(Failure::at("read", entry.path())(refused)),
    }
}
