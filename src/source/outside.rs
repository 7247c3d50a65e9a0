//! Files outside a library, for import: their names, and their bytes on request.
//!
//! Only requested files are read. Hidden files and folders of generated files are skipped. A symbolic link is followed
//! within the source; one that leads out of it, or in a cycle, is reported.

use std::{
    io::{self, Read},
    path::{Path, PathBuf},
};

use walkdir::WalkDir;

use super::inside;
use crate::{disk::Folder, failure::Failure, problem::FilePath};

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 256 * 1024 * 1024;

/// Folders of generated files.
const MADE: [&str; 5] = ["node_modules", "_site", "vendor", "target", "bower_components"];

/// A source of an import: a file, a folder, or a folder of a site.
#[derive(Debug)]
pub struct OutsideSource {
    /// The folder that paths are relative to.
    pub top: PathBuf,
    /// The same, opened once: a file that becomes a link or a pipe is not followed out of it, and not waited for.
    folder: Folder,
    /// The name of its folder or file.
    pub name: String,
    /// The part that was requested: a folder with its slash, a file, or all, which is empty.
    pub requested: String,
    /// Every file, sorted.
    pub files: Vec<FilePath>,
    /// The files that were skipped, each with the reason.
    pub passed_over: Vec<String>,
}

/// The reason why a file has no bytes.
#[derive(Debug)]
pub enum NoBytes {
    /// It is larger than [`LARGEST`].
    TooLarge(u64),
    /// The disk could not read it.
    Refused(io::Error),
}

/// Finds the files of a source. A folder inside a site is read with the whole site, because pictures and settings are
/// there; `is_site` recognises its root by the files and folders that it has.
pub fn find(source: &Path, is_site: impl Fn(&dyn Fn(&str) -> bool) -> bool) -> Result<OutsideSource, Failure> {
    let place = source.canonicalize().map_err(Failure::at("read", source))?;
    let is_file = place.is_file();
    let folder = if is_file { place.parent().unwrap_or(&place) } else { &place };
    let site = folder.ancestors().take(6).find(|folder| is_site(&|name| folder.join(name).exists()));
    let top = site.unwrap_or(folder).to_path_buf();
    let requested = match (relative(&top, &place), is_file) {
        (path, true) => path.to_string(),
        (path, false) if path.as_str().is_empty() => String::new(),
        (path, false) => format!("{path}/"),
    };
    // For a file without a site, only its own folder is read.
    let depth = if is_file && site.is_none() { 1 } else { usize::MAX };
    let (files, passed_over) = walk(&top, depth)?;
    let name = top.file_name().map_or_else(|| "source".to_owned(), |name| name.to_string_lossy().into_owned());
    let folder = Folder::open(&top).map_err(Failure::at("read", &top))?;
    Ok(OutsideSource { top, folder, name, requested, files, passed_over })
}

fn walk(top: &Path, depth: usize) -> Result<(Vec<FilePath>, Vec<String>), Failure> {
    let (mut files, mut passed_over) = (Vec::new(), Vec::new());
    let is_of_source = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !(name.starts_with('.') || entry.file_type().is_dir() && MADE.contains(&&*name))
    };
    let entries = WalkDir::new(top).max_depth(depth).follow_links(true).sort_by_file_name().into_iter();
    let mut entries = entries.filter_entry(is_of_source);
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if error.depth() == 0 => {
                return Err(Failure::new("read the source", error.into()));
            }
            Err(error) => {
                let path = error.path().map_or_else(String::new, |path| relative(top, path).to_string());
                let why = if error.loop_ancestor().is_some() {
                    "a link that leads round in a circle"
                } else {
                    "it cannot be read"
                };
                passed_over.push(format!("{path}: {why}"));
                continue;
            }
        };
        let path = relative(top, entry.path());
        let leads_out = || entry.path().canonicalize().is_ok_and(|target| !target.starts_with(top));
        if entry.path_is_symlink() && leads_out() {
            passed_over.push(format!("{path}: a link that leads out of the source"));
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
        } else if !entry.file_type().is_file() {
            continue;
        } else if entry.file_name().to_str().is_none() {
            passed_over.push(format!("{path}: its name is not text"));
        } else {
            files.push(path);
        }
    }
    Ok((files, passed_over))
}

fn relative(top: &Path, path: &Path) -> FilePath {
    let relative = path.strip_prefix(top).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    FilePath::new(parts.join("/"))
}

impl OutsideSource {
    /// The bytes of a file.
    pub fn bytes(&self, file: &FilePath) -> Result<Vec<u8>, NoBytes> {
        let mut open = inside::open(&self.folder, file).map_err(NoBytes::Refused)?;
        let size = open.metadata().map_err(NoBytes::Refused)?.len();
        if size > LARGEST {
            return Err(NoBytes::TooLarge(size));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        open.read_to_end(&mut bytes).map_err(NoBytes::Refused)?;
        Ok(bytes)
    }
}
