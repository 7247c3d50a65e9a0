//! The stage: a hidden folder in which the next site is prepared.
//!
//! [`fill`] makes every file and writes those that changed; [`complete`] adds hard links to those that did not. The
//! tree of the old site becomes the next stage, so that the folders and links of a large site are made once and not in
//! every build. Its files are not trusted: each is compared with the output before it is published again.
//!
//! A stage contains a list of the files that it may contain, which is written before the first of them. A stage with
//! any other file is refused, and nothing in it is touched.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use rayon::prelude::*;

use crate::{
    disk::{EntryKind, FileStatus, Folder},
    failure::Failure,
    output::{
        PlannedFile, Unpublished,
        diff::SiteDiff,
        manifest::{self, Fingerprint, Manifest, OutputState},
        own_name::is_own_at_top,
        remove, remove_if_there,
        target::Refusal,
        workspace::{self, Workspace},
    },
};

/// The list of the files that a stage may hold, at its top.
pub const LIST: &str = ".casebook-stage-list";

/// The list while it is being written.
pub const NEW_LIST: &str = ".casebook-stage-list-new";

/// A file of the new site, once it has been made.
#[derive(Debug)]
pub struct MadeFile {
    /// Its size and hash.
    pub fingerprint: Fingerprint,
    /// The same file in the output; none if it was written to the stage.
    pub kept: Option<FileStatus>,
}

/// An opened stage.
#[derive(Debug)]
pub struct Stage {
    /// The folder.
    pub folder: Folder,
    /// Whether an earlier build left it.
    pub is_reused: bool,
    /// The list of files, until it is written.
    unlisted: Mutex<Option<Manifest>>,
}

impl Stage {
    /// Writes the list, unless it is written already. It appears complete.
    pub fn list(&self) -> Result<(), Failure> {
        let mut unlisted = self.unlisted.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(list) = unlisted.take() {
            list.write(&self.folder, NEW_LIST)?;
            let put = self.folder.rename(Path::new(NEW_LIST), &self.folder, Path::new(LIST));
            put.map_err(Failure::at("write", &self.folder.path().join(LIST)))?;
        }
        Ok(())
    }
}

/// Opens or makes the stage for these files, and checks that everything in it is Casebook's.
pub fn open<T, E>(workspace: &Workspace, old: &OutputState, files: &[PlannedFile<T>]) -> Result<Stage, Unpublished<E>> {
    let (above, name) = workspace.stage().expect("a workspace has a folder for its stage");
    let path = above.path().join(name);
    let mut is_reused = false;
    if let Some(left) = workspace::open_own_folder(above, name)? {
        if let Some(first_foreign) = first_foreign(&left, old)? {
            return Err(Refusal::HiddenFolder(path.join(first_foreign)).into());
        }
        is_reused = workspace.reason_for_in_place().is_none();
        if !is_reused {
            workspace.clear();
        }
    }
    above.make_folders(name).map_err(Failure::at("make", &path))?;
    let folder = above.folder(name).map_err(Failure::at("open", &path))?;
    // A build that failed may have given the stage the permissions of an output that nobody could change. If this
    // fails, so does the first file.
    folder.let_owner_write().ok();
    let before = listed(&folder)?;
    let before = before.iter().flat_map(Manifest::paths);
    let list = Manifest::default().with_unknown(before.chain(files.iter().map(|file| file.path.as_str())));
    Ok(Stage { folder, is_reused, unlisted: Mutex::new(Some(list)) })
}

/// The lists of files in a stage.
fn listed(stage: &Folder) -> Result<Vec<Manifest>, Failure> {
    let lists = [LIST, manifest::NAME].map(|name| Manifest::read_in(stage, name));
    Ok(lists.into_iter().collect::<Result<Vec<_>, Failure>>()?.into_iter().flatten().collect())
}

/// The first entry of a stage that is foreign: it is not a file, or it is in neither the list of the stage nor that of
/// the output. A stage of a build in place may be within, and has a list of its own.
pub fn first_foreign(stage: &Folder, output: &OutputState) -> Result<Option<PathBuf>, Failure> {
    let mut lists = listed(stage)?;
    lists.push(output.manifest.clone());
    first_foreign_below(stage, Path::new(""), &lists)
}

fn first_foreign_below(stage: &Folder, within: &Path, lists: &[Manifest]) -> Result<Option<PathBuf>, Failure> {
    let unreadable = |error| Failure::at("read", stage.path())(error);
    let first_foreign_at = |entry: &crate::disk::FolderEntry| -> Result<Option<PathBuf>, Failure> {
        let path = within.join(&entry.name);
        match entry.kind {
            EntryKind::Folder if path == Path::new(workspace::STAGE_WITHIN) => {
                let stage_within = stage.folder(&path).map_err(unreadable)?;
                let foreign = first_foreign(&stage_within, &OutputState::default())?;
                Ok(foreign.map(|foreign| path.join(foreign)))
            }
            EntryKind::Folder if is_own_at_top(&path) => Ok(Some(path)),
            EntryKind::Folder => first_foreign_below(stage, &path, lists),
            EntryKind::File if is_own_at_top(&path) || lists.iter().any(|list| list.lists(&path)) => Ok(None),
            _ => Ok(Some(path)),
        }
    };
    let entries = stage.entries(within).map_err(unreadable)?;
    let found: Vec<Option<PathBuf>> = entries.par_iter().map(first_foreign_at).collect::<Result<_, Failure>>()?;
    Ok(found.into_iter().flatten().min())
}

/// Makes every file, except those that the output has already with the same inputs, and writes to the stage those that
/// the output does not have. Each thread has one file in memory.
pub fn fill<T: Sync, E: Send>(
    output: Option<&Folder>,
    stage: &Stage,
    old: &OutputState,
    files: &[PlannedFile<T>],
    bytes: impl Fn(&PlannedFile<T>) -> Result<Vec<u8>, E> + Sync,
) -> Result<Vec<MadeFile>, Unpublished<E>> {
    let make = |file: &PlannedFile<T>| -> Result<Result<MadeFile, E>, Failure> {
        let PlannedFile { path, inputs, .. } = file;
        let made_before =
            output.zip(inputs.as_deref()).and_then(|(output, inputs)| old.made_from(output, path, inputs));
        if let Some((fingerprint, found)) = made_before {
            return Ok(Ok(MadeFile { fingerprint, kept: Some(found) }));
        }
        let bytes = match bytes(file) {
            Ok(bytes) => bytes,
            Err(error) => return Ok(Err(error)),
        };
        let fingerprint = Fingerprint::of(&bytes);
        let kept = output.and_then(|output| old.find_same(output, path, &bytes, &fingerprint));
        if kept.is_none() {
            stage.list()?;
            write_new(&stage.folder, path, &bytes).map_err(|error| not_written(stage, path, error))?;
        }
        Ok(Ok(MadeFile { fingerprint, kept }))
    };
    let made = files.par_iter().map(make).collect::<Result<Vec<_>, Failure>>()?;
    let (made, errors): (Vec<_>, Vec<_>) = made.into_iter().partition(Result::is_ok);
    if errors.is_empty() {
        Ok(made.into_iter().filter_map(Result::ok).collect())
    } else {
        Err(Unpublished::Content(errors.into_iter().filter_map(Result::err).collect()))
    }
}

/// Completes the site on the stage: removes other files, links every unchanged file, and writes the manifest in place
/// of the list last.
pub fn complete(output: Option<&Folder>, stage: &Stage, diff: &SiteDiff) -> Result<(), Failure> {
    let next = &stage.folder;
    stage.list()?;
    if stage.is_reused {
        prune(next, Path::new(""), &diff.new).map_err(Failure::at("tidy", next.path()))?;
    }
    if let Some(output) = output {
        diff.kept.par_iter().try_for_each(|(path, kept)| {
            let is_linked = || next.status(Path::new(path)).is_ok_and(|found| is_one_file(&found, kept));
            if stage.is_reused && is_linked() {
                return Ok(());
            }
            link_or_copy(output, next, path).map_err(Failure::at("link", &output.path().join(path)))
        })?;
    }
    diff.new.write(next, manifest::NAME)?;
    remove_if_there(next, LIST)?;
    match output {
        Some(output) => next.copy_permissions_of(output).map_err(Failure::at("set the rights of", next.path())),
        None => Ok(()),
    }
}

/// Makes the manifest of a complete site its list, unless it has a list. So a tree from which files are removed always
/// lists those that are left, even if the disk stops in between.
pub fn list_by_manifest(tree: &Folder) -> io::Result<()> {
    if tree.status(Path::new(LIST)).is_ok() {
        return Ok(());
    }
    match tree.rename(Path::new(manifest::NAME), tree, Path::new(LIST)) {
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => Ok(()),
        renamed => renamed,
    }
}

/// Removes stale files from the tree of the old site, so that withdrawn content does not stay on the disk. Its manifest
/// becomes the list of the next stage.
pub fn remove_outdated(old: &Folder, diff: &SiteDiff) -> Result<(), Failure> {
    list_by_manifest(old).map_err(Failure::at("tidy", old.path()))?;
    let outdated = diff.fresh.par_iter().chain(&diff.stale);
    outdated.try_for_each(|path| remove_if_there(old, path))
}

/// The failure of writing a file, with what helps if a protected file of an earlier build is in the way.
fn not_written(stage: &Stage, path: &str, error: io::Error) -> Failure {
    let is_left = is_taken(&error);
    let failure = Failure::at("write", &stage.folder.path().join(path))(error);
    match is_left {
        true => failure.with_help(format!(
            "an earlier build left a file there that cannot be removed; remove the folder {} yourself, and build again",
            stage.folder.path().display()
        )),
        false => failure,
    }
}

fn is_one_file(one: &FileStatus, other: &FileStatus) -> bool {
    one.inode.is_some() && (one.inode, one.device) == (other.inode, other.device)
}

/// Never writes into an existing file, since it may be a hard link to the file that readers see.
fn write_new(next: &Folder, path: &str, bytes: &[u8]) -> io::Result<()> {
    make(next, path, |file| next.create(file))?.write_all(bytes)
}

fn link_or_copy(output: &Folder, next: &Folder, path: &str) -> io::Result<()> {
    make(next, path, |to| output.link(to, next, to)).or_else(|_not_allowed| {
        let mut original = output.open_file(Path::new(path))?;
        let copy = make(next, path, |to| next.create(to))?;
        io::copy(&mut original, &mut &copy)?;
        copy.set_modified(original.metadata()?.modified()?)
    })
}

/// Makes a file, with its folders, even if an earlier site had something else in its place.
fn make<T>(next: &Folder, path: &str, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<T> {
    let file = Path::new(path);
    let folder = file.parent().unwrap_or(Path::new(""));
    let gone = match make(file) {
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => gone,
        Err(taken) if is_taken(&taken) => {
            clear_path(next, path);
            taken
        }
        made => return made,
    };
    let made_folder = next.make_folders(folder).or_else(|_taken| {
        clear_path(next, path);
        next.make_folders(folder)
    });
    made_folder.and_then(|()| make(file)).map_err(|error| if is_taken(&error) { gone } else { error })
}

fn is_taken(error: &io::Error) -> bool {
    use io::ErrorKind::{AlreadyExists, IsADirectory, NotADirectory};
    matches!(error.kind(), AlreadyExists | IsADirectory | NotADirectory)
}

/// Removes whatever is at a path of the stage, and any file in place of a folder above it. Errors are ignored here:
/// they appear when the file is made.
fn clear_path(next: &Folder, path: &str) {
    for (end, _) in path.match_indices('/') {
        let above = Path::new(&path[..end]);
        if next.status(above).is_ok_and(|found| found.kind == EntryKind::File) {
            next.remove_file(above).ok();
        }
    }
    let place = Path::new(path);
    if let Ok(found) = next.status(place) {
        remove::tree(next, place, found.kind).ok();
    }
}

/// Removes every file from a folder of the stage that the site does not list. Gives whether the folder is empty then.
fn prune(next: &Folder, within: &Path, site: &Manifest) -> io::Result<bool> {
    let prune_entry = |entry: &crate::disk::FolderEntry| -> io::Result<bool> {
        let path = within.join(&entry.name);
        let is_gone = match entry.kind {
            EntryKind::Folder => prune(next, &path, site)?,
            _ => !site.lists(&path) && path != Path::new(LIST),
        };
        match is_gone {
            true if entry.kind == EntryKind::Folder => next.remove_folder(&path)?,
            true => next.remove_file(&path)?,
            false => {}
        }
        Ok(is_gone)
    };
    let gone: Vec<bool> = next.entries(within)?.par_iter().map(prune_entry).collect::<io::Result<_>>()?;
    Ok(!gone.contains(&false))
}
