//! Disk → [`Project`]: every file of a library, sorted, with the text of those that are text. The only reader of
//! a library.
//!
//! Names that begin with a dot or an underscore are skipped. A symbolic link is followed only to a place inside the
//! library; pipes, sockets and devices are skipped. Nothing is parsed here: bytes that are not UTF-8 stay bytes.
//! Pictures are not kept, so they are measured here.
//!
//! `walk` lists the files; `inside` opens each once and checks what was opened, so that a file which becomes a link or
//! a pipe in the meantime is neither followed nor waited for; [`picture`] measures.

mod inside;
pub mod outside;
pub mod picture;
mod walk;

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    iter,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use blake3::{Hash, Hasher};
use imbl::{OrdMap, ordmap::DiffItem};
use rayon::prelude::*;

use self::{
    inside::{Loaded, Mark, load},
    picture::Measured,
};
use crate::{
    disk::{self, EntryKind, FileStatus, is_absent},
    failure::Failure,
    problem::{FilePath, Problem, message},
};

/// The file that marks a folder as a library: its settings.
pub const SETTINGS: &str = "casebook.yaml";

/// The folders of a library: its content and its themes.
pub const FOLDERS: [&str; 2] = ["content", "themes"];

/// The parts of a library: its settings and its [folders](FOLDERS).
pub const TOPS: [&str; 3] = [SETTINGS, FOLDERS[0], FOLDERS[1]];

/// The largest text file that is read, in bytes.
pub const LARGEST_TEXT: u64 = 64 * 1024 * 1024;

/// The files of a library, as they are on the disk at one moment.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// Every file, by its path relative to the root. A copy shares all that does not change.
    pub files: OrdMap<FilePath, SourceFile>,
    /// The problems of the files themselves: links out of the library.
    pub problems: Vec<Problem>,
}

/// A file of a library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceFile {
    /// A file that Casebook reads.
    Text(Arc<[u8]>),
    /// A text file that is too large, with its size in bytes.
    TooLarge(u64),
    /// A file that is published if something links to it, with facts about it if it is a picture.
    Other(Option<Measured>),
}

/// A project with the status of each file, so that unchanged files need not be read again.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The files.
    pub project: Project,
    marks: OrdMap<FilePath, Mark>,
}

impl From<Project> for Snapshot {
    /// Files that are not on a disk.
    fn from(project: Project) -> Snapshot {
        Snapshot { project, marks: OrdMap::new() }
    }
}

impl Snapshot {
    /// The files that changed: new, edited or deleted, or with other problems; sorted.
    pub fn changes_since(&self, before: &Snapshot) -> Vec<FilePath> {
        // Of files without text only the status shows every change.
        let has_text = |path: &FilePath| !matches!(self.project.files.get(path), Some(SourceFile::Other(_)));
        let files = before.project.files.diff(&self.project.files).map(changed);
        let others = before.marks.diff(&self.marks).map(changed).filter(|path| !has_text(path));
        let problems = unshared(&before.project.problems, &self.project.problems).map(|problem| &problem.spot.file);
        let changes: BTreeSet<&FilePath> = files.chain(others).chain(problems).collect();
        changes.into_iter().cloned().collect()
    }
}

/// The problems that are only in one of two lists.
fn unshared<'a>(before: &'a [Problem], now: &'a [Problem]) -> impl Iterator<Item = &'a Problem> {
    let gone = before.iter().filter(|problem| !now.contains(problem));
    gone.chain(now.iter().filter(|problem| !before.contains(problem)))
}

/// The key of a value that is new, removed or another.
fn changed<'a, V>(item: DiffItem<'a, 'a, FilePath, V>) -> &'a FilePath {
    match item {
        DiffItem::Add(path, _) | DiffItem::Remove(path, _) | DiffItem::Update { new: (path, _), .. } => path,
    }
}

impl Project {
    /// A file's bytes, if they were read.
    pub fn bytes(&self, path: &FilePath) -> Option<&[u8]> {
        match self.files.get(path)? {
            SourceFile::Text(bytes) => Some(bytes),
            SourceFile::TooLarge(_) | SourceFile::Other(_) => None,
        }
    }

    /// The text of a file, if it is text.
    pub fn text(&self, path: &FilePath) -> Option<&str> {
        std::str::from_utf8(self.bytes(path)?).ok()
    }

    /// The files under `themes/`.
    pub fn theme_files(&self) -> BTreeMap<FilePath, Arc<[u8]>> {
        let from = self.files.range(FilePath::new("themes/")..);
        from.take_while(|(path, _)| path.as_str().starts_with("themes/"))
            .filter_map(|(path, file)| match file {
                SourceFile::Text(bytes) => Some((path.clone(), bytes.clone())),
                SourceFile::TooLarge(_) | SourceFile::Other(_) => None,
            })
            .collect()
    }
}

/// Is a file or folder of this name passed over, with all that is in it? Names in `~$` are those of the files with
/// which Word marks a document as open.
fn is_ignored(name: &str) -> bool {
    name.starts_with(['.', '_']) || name.starts_with("~$")
}

/// The path within a library of a file that the library reads, or would read if it were there.
pub fn path_in_library(root: &Path, file: &Path) -> Option<FilePath> {
    let path = walk::relative(root, file.strip_prefix(root).ok()?);
    let mut names = path.as_str().split('/');
    let is_of_top = names.next().is_some_and(|top| TOPS.contains(&top));
    (is_of_top && !names.any(is_ignored)).then_some(path)
}

/// Reads a library: [all of it](TOPS) under a root.
pub fn read(root: &Path) -> Result<Project, Failure> {
    Ok(read_again(root, &Snapshot::default(), |_| false)?.project)
}

/// Reads a library again. A file with the same status keeps the bytes of the earlier snapshot, unless it is a suspect:
/// disks have coarse clocks, so two writes in one tick leave the same status.
pub fn read_again(
    root: &Path,
    before: &Snapshot,
    is_suspect: impl Fn(&Path) -> bool + Sync,
) -> Result<Snapshot, Failure> {
    let folder = inside::root(root)?;
    let mut problems = Vec::new();
    let mut found: Vec<FilePath> = Vec::new();
    for top in TOPS {
        walk::walk(root, folder.path(), top, &mut found, &mut problems)?;
    }
    let load = |path: FilePath| -> Result<_, Failure> {
        let known = if is_suspect(&root.join(path.as_str())) { None } else { before.marks.get(&path) };
        let earlier = known.zip(before.project.files.get(&path));
        Ok((load(&folder, &path, earlier)?, path))
    };
    let loaded: Vec<(Loaded, FilePath)> = found.into_par_iter().map(load).collect::<Result<_, Failure>>()?;
    let (mut files, mut marks) = (OrdMap::new(), OrdMap::new());
    for (loaded, path) in loaded {
        match loaded {
            Loaded::File(file, mark) => {
                files.insert(path.clone(), file);
                marks.insert(path, mark);
            }
            Loaded::Outside => problems.push(message::file::leads_outside(&path)),
            Loaded::Gone => {}
        }
    }
    Ok(Snapshot { project: Project { files, problems }, marks })
}

/// Reads only the files at these paths, which have been touched. None if that is not enough: if a folder, a file in a
/// new folder or one that could not be read is among them, the whole tree must be read.
pub fn read_touched(root: &Path, before: &Snapshot, touched: &HashSet<PathBuf>) -> Result<Option<Snapshot>, Failure> {
    let mut now = before.clone();
    let folder = inside::root(root)?;
    for on_disk in touched {
        let path = walk::relative(root, on_disk);
        if path.as_str().split('/').any(is_ignored) {
            continue;
        }
        let files = &before.project.files;
        let is_folder = |folder: FilePath| {
            let first = files.range(folder.clone()..).next();
            first.is_some_and(|(below, _)| below.as_str().starts_with(folder.as_str()))
        };
        let was_folder = is_folder(FilePath::new(format!("{path}/")));
        let had_problem = before.project.problems.iter().any(|problem| problem.spot.file == path);
        let is_new = !files.contains_key(&path);
        // A name that is not UTF-8 is reported when the whole tree is read.
        let has_place = || on_disk.to_str().is_some() && is_folder(FilePath::new(format!("{}/", path.folder())));
        let loaded = match folder.status(Path::new(path.as_str())) {
            _ if was_folder || had_problem => return Ok(None),
            Ok(FileStatus { kind: EntryKind::File, .. }) if !is_new || has_place() => load(&folder, &path, None)?,
            Ok(_) => return Ok(None),
            Err(gone) if is_absent(&gone) => Loaded::Gone,
            Err(_) => return Ok(None),
        };
        match loaded {
            Loaded::File(file, mark) => {
                now.project.files.insert(path.clone(), file);
                now.marks.insert(path, mark);
            }
            Loaded::Gone => {
                now.project.files.remove(&path);
                now.marks.remove(&path);
            }
            Loaded::Outside => return Ok(None),
        }
    }
    Ok(Some(now))
}

/// Reads one file that the site publishes as it is.
pub fn read_file(root: &Path, path: &FilePath) -> Result<Vec<u8>, Failure> {
    let read = || {
        let mut bytes = Vec::new();
        inside::open(&inside::folder(root)?, path)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(inside::unreadable(root, path))
}

/// A file that the site publishes as it is, opened.
#[derive(Debug)]
pub struct OpenedFile {
    file: File,
    /// Its size in bytes.
    pub size: u64,
}

impl OpenedFile {
    /// Opens the file.
    pub fn open(root: &Path, path: &FilePath) -> Result<OpenedFile, Failure> {
        let open = || {
            let file = inside::open(&inside::folder(root)?, path)?;
            Ok(OpenedFile { size: file.metadata()?.len(), file })
        };
        open().map_err(inside::unreadable(root, path))
    }

    /// Some of its bytes, read piece by piece; fewer if it has become shorter.
    pub fn pieces(mut self, bytes: Range<u64>) -> impl Iterator<Item = io::Result<Vec<u8>>> {
        const PIECE: usize = 64 * 1024;
        let mut left = bytes.end - bytes.start;
        let mut sought = Some(SeekFrom::Start(bytes.start));
        iter::from_fn(move || {
            let read = || {
                sought.take().map_or(Ok(0), |start| self.file.seek(start))?;
                let mut piece = vec![0; usize::try_from(left).unwrap_or(PIECE).min(PIECE)];
                let length = self.file.read(&mut piece)?;
                piece.truncate(length);
                Ok(piece)
            };
            let piece = (left > 0).then(read)?;
            left = piece.as_ref().map_or(0, |piece| left - piece.len() as u64);
            (!piece.as_ref().is_ok_and(Vec::is_empty)).then_some(piece)
        })
    }
}

/// The bytes of a file that a user named; none if it does not exist. A pipe is refused, and not waited for.
pub fn read_named(file: &Path) -> Result<Option<Vec<u8>>, Failure> {
    let read = || {
        let mut bytes = Vec::new();
        disk::open_file(file)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    match read() {
        Ok(bytes) => Ok(Some(bytes)),
        Err(gone) if is_absent(&gone) => Ok(None),
        Err(refused) => Err(Failure::at("read", file)(refused)),
    }
}

/// The hash of this program. Its file is mapped into memory, since copying its bytes takes longer than hashing them.
pub fn hash_of_program() -> Result<Hash, Failure> {
    let program = std::env::current_exe().map_err(|error| Failure::new("find this program", error))?;
    let mut hasher = Hasher::new();
    hasher.update_mmap(&program).map_err(Failure::at("read", &program))?;
    Ok(hasher.finalize())
}

/// Is this folder a library?
pub fn is_root(folder: &Path) -> Result<bool, Failure> {
    is_file(&folder.join(SETTINGS))
}

/// Would this folder be a library if its settings had their proper name?
pub fn is_misnamed_root(folder: &Path) -> bool {
    folder.join("casebook.yml").is_file()
}

/// The nearest folder at or above `start` that is a library.
pub fn find_root(start: &Path) -> Result<Option<PathBuf>, Failure> {
    for folder in start.ancestors() {
        if is_root(folder)? {
            return Ok(Some(folder.to_path_buf()));
        }
    }
    Ok(None)
}

/// The root of the repository that a folder is in: the nearest folder at or above it with `.git`, which is a file in a
/// worktree.
pub fn find_repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join(".git").exists())
}

/// Is there a file here? An error of the disk is a failure.
fn is_file(path: &Path) -> Result<bool, Failure> {
    match path.metadata() {
        Ok(found) => Ok(found.is_file()),
        Err(gone) if is_absent(&gone) => Ok(false),
        Err(refused) => Err(Failure::at("read", path)(refused)),
    }
}

/// The full path of a file or folder, without symbolic links.
pub fn true_path(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize().map_err(Failure::at("read", path))
}

/// Is there a folder here?
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}
