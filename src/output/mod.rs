//! Site → disk: takes the planned files and a function that makes the bytes of one, and publishes them in one step.
//! The only writer of the disk.
//!
//! A reader of the output always finds the whole old site or the whole new one, also if the build is killed at any
//! instant; the next build tidies up after a killed one. Unchanged files are not touched. Files that Casebook did not
//! make are kept. Nothing here knows what a page is.
//!
//! `fsync` is not used: it would cost many times the whole build, and protects only against a power cut, after which
//! the next build finds truncated files or a truncated manifest, and makes them again. If files are there that the new
//! site does not have, a truncated manifest does not say whether they are old pages, and the build is refused.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use crate::{disk::Folder, failure::Failure};

pub mod target;

mod workspace;

pub mod manifest;

mod stage;

mod diff;

pub mod hidden_file;

pub mod new_file;

pub mod named_file;
mod own_name;

pub mod rewrite;

pub mod probe;

pub mod archive;

mod foreign;

mod remove;

mod exchange;

mod in_place;

use diff::SiteDiff;
use exchange::Exchanged;
use foreign::Foreign;
use manifest::{BuildRecord, Fingerprint, Manifest, OutputState};
use stage::Stage;
use target::{OutputTarget, Refusal};
use workspace::Workspace;

/// A file to be published.
#[derive(Clone, Debug)]
pub struct PlannedFile<T> {
    /// Its path, relative to the output.
    pub path: String,
    /// The hash of everything that it is made from, if it is known. Files with the same path and inputs have the same
    /// bytes.
    pub inputs: Option<String>,
    /// What its bytes are made from.
    pub source: T,
}

/// The result of a publication.
#[derive(Debug)]
pub struct Published {
    /// The number of new and changed files.
    pub written: usize,
    /// The number of unchanged files.
    pub unchanged: usize,
    /// The number of stale files that were removed.
    pub removed: usize,
    /// The size of all the site's files together.
    pub bytes: u64,
    /// The reason why files were replaced one by one, if folders were not exchanged.
    pub in_place: Option<InPlaceReason>,
    /// The error of tidying up after the site was published, if there was one.
    pub cleanup_failure: Option<Failure>,
    /// The foreign files in the output, which are published with the site; sorted.
    pub foreign: Vec<PathBuf>,
}

/// The reason why a site was published in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InPlaceReason {
    /// The user chose it.
    Requested,
    /// The output is a mount point, which cannot be exchanged.
    MountPoint,
    /// A mount point in the output cannot be moved.
    MountPointWithin,
    /// A foreign file in the output could not be moved.
    ForeignStays,
    /// The folder that contains the output is not writable.
    ParentNotWritable,
    /// The disk or the system cannot exchange folders.
    NoExchange,
}

impl fmt::Display for InPlaceReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            InPlaceReason::Requested => "`--in-place` was given",
            InPlaceReason::MountPoint => "the output is a mount point",
            InPlaceReason::MountPointWithin => "something in the output is a mount point",
            InPlaceReason::ForeignStays => "something in the output that is not Casebook's could not be moved",
            InPlaceReason::ParentNotWritable => "the folder that holds the output cannot be written to",
            InPlaceReason::NoExchange => "this disk cannot exchange folders",
        })
    }
}

/// The reason why a site was not published.
#[derive(Debug)]
pub enum Unpublished<E> {
    /// Files that could not be made, in the order of their paths.
    Content(Vec<E>),
    /// The folder is not one that Casebook may write.
    Refused(Refusal),
    /// The disk or the system refused.
    Machine(Failure),
    /// The disk or the system failed after some files had been replaced one by one.
    Partly(Failure),
}

impl<E> From<Failure> for Unpublished<E> {
    fn from(failure: Failure) -> Unpublished<E> {
        Unpublished::Machine(failure)
    }
}

impl<E> From<Refusal> for Unpublished<E> {
    fn from(refusal: Refusal) -> Unpublished<E> {
        Unpublished::Refused(refusal)
    }
}

/// The manifest of the site in a target; none if there is no site, or its manifest is truncated.
pub fn published(target: &OutputTarget) -> Result<Option<Manifest>, Failure> {
    match Folder::open(target.folder()) {
        Ok(output) => Manifest::read_in(&output, manifest::NAME),
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(refused) => Err(Failure::at("read", target.folder())(refused)),
    }
}

/// The result of publishing a site of these inputs, if the output contains that site already. The inputs cover
/// everything except the `copied` files, whose bytes `bytes` gives for comparison.
pub fn up_to_date<F: Sync, E>(
    target: &OutputTarget,
    inputs_hash: &str,
    copied: &[(String, F)],
    bytes: impl Fn(&F) -> Result<Vec<u8>, Failure> + Sync,
) -> Result<Option<Published>, Unpublished<E>> {
    let workspace = Workspace::enter(target)?;
    let Some(output) = workspace.output() else { return Ok(None) };
    let known = OutputState::read(Some(output), [])?;
    let is_same =
        |(path, file): &(String, F)| Ok(known.manifest.fingerprint(path) == Some(&Fingerprint::of(&bytes(file)?)));
    let are_same = || copied.par_iter().map(is_same).try_reduce(|| true, |all, one| Ok::<_, Failure>(all && one));
    if !known.is_whole(output, inputs_hash) || !are_same()? {
        return Ok(None);
    }
    let foreign = sorted(foreign::find(output, &known.manifest, &known.manifest)?.paths);
    Ok(Some(Published {
        written: 0,
        unchanged: known.manifest.count(),
        removed: 0,
        bytes: known.manifest.bytes(),
        in_place: None,
        cleanup_failure: None,
        foreign,
    }))
}

/// Publishes a site, with a record of the build if its inputs are known. The files are sorted by path, without
/// repetitions. The bytes of a file are requested once, in parallel, unless the output has a file that was made from
/// the same inputs.
pub fn publish<T: Sync, E: Send>(
    target: &OutputTarget,
    record: Option<&BuildRecord>,
    files: &[PlannedFile<T>],
    bytes: impl Fn(&PlannedFile<T>) -> Result<Vec<u8>, E> + Sync,
) -> Result<Published, Unpublished<E>> {
    let workspace = Workspace::enter(target)?;
    let old = OutputState::read(workspace.output(), files.iter().map(|file| file.path.as_str()))?;
    let stage = stage::open(&workspace, &old, files)?;
    let published = stage_and_replace(&workspace, &stage, &old, record, files, bytes);
    if published.is_err() {
        workspace.clear();
    }
    published
}

fn stage_and_replace<T: Sync, E: Send>(
    workspace: &Workspace,
    stage: &Stage,
    old: &OutputState,
    record: Option<&BuildRecord>,
    files: &[PlannedFile<T>],
    bytes: impl Fn(&PlannedFile<T>) -> Result<Vec<u8>, E> + Sync,
) -> Result<Published, Unpublished<E>> {
    let made = stage::fill(workspace.output(), stage, old, files, bytes)?;
    let diff = SiteDiff::between(old, files, made, record);
    let foreign = match workspace.output() {
        Some(output) => foreign::find(output, &old.manifest, &diff.new)?,
        None => Foreign::default(),
    };
    if let Some(output) = workspace.output().filter(|_| old.is_damaged) {
        foreign::refuse_unexplained(output, &foreign.paths)?;
    }
    let replaced = match workspace.output() {
        Some(output) if diff.is_up_to_date() => {
            let cleanup_failure = repair_manifest(workspace, output, stage, old, &diff).err();
            ReplacedOutput { in_place: None, cleanup_failure, foreign: foreign.paths }
        }
        output => {
            output.map_or(Ok(()), |output| foreign::refuse_mounted(output, &old.manifest, &diff.new))?;
            foreign::refuse_clash(&workspace.path(), &foreign.paths, &diff.new)?;
            replace_output(workspace, stage, old, &diff, foreign.has_mount)?
        }
    };
    Ok(Published {
        written: diff.fresh.len(),
        unchanged: diff.kept.len(),
        removed: diff.stale.len(),
        bytes: diff.new.bytes(),
        in_place: replaced.in_place,
        cleanup_failure: replaced.cleanup_failure,
        foreign: sorted(replaced.foreign),
    })
}

fn sorted(mut paths: Vec<PathBuf>) -> Vec<PathBuf> {
    paths.sort();
    paths
}

/// Repairs the manifest of an output that is up to date, and removes a stage that was not there before.
fn repair_manifest(
    workspace: &Workspace,
    output: &Folder,
    stage: &Stage,
    old: &OutputState,
    diff: &SiteDiff,
) -> Result<(), Failure> {
    if !old.has_manifest(&diff.new) {
        stage.list()?;
        in_place::replace_manifest(output, &stage.folder, &diff.new)?;
    }
    if !stage.is_reused {
        workspace.clear();
    }
    Ok(())
}

/// How a stage took the place of the output.
#[derive(Default)]
struct ReplacedOutput {
    /// The reason why files were replaced one by one, if they were.
    in_place: Option<InPlaceReason>,
    /// The error of tidying up afterwards, if there was one.
    cleanup_failure: Option<Failure>,
    /// The foreign files that are published with the site, in no order.
    foreign: Vec<PathBuf>,
}

/// Publishes a filled stage: in one step if possible, otherwise file by file.
fn replace_output<E>(
    workspace: &Workspace,
    stage: &Stage,
    old: &OutputState,
    diff: &SiteDiff,
    has_mount: bool,
) -> Result<ReplacedOutput, Unpublished<E>> {
    let mut in_place = workspace.reason_for_in_place().or(has_mount.then_some(InPlaceReason::MountPointWithin));
    if in_place.is_none() {
        stage::complete(workspace.output(), stage, diff)?;
        match exchange::exchange(workspace, &stage.folder, &old.manifest, &diff.new)? {
            Exchanged::Impossible(reason) => in_place = Some(reason),
            Exchanged::Done { foreign, cleanup_failure } => {
                let remove_outdated = || stage::remove_outdated(workspace.output()?, diff).err();
                return Ok(ReplacedOutput {
                    in_place,
                    cleanup_failure: cleanup_failure.or_else(remove_outdated),
                    foreign,
                });
            }
        }
    }
    let output = workspace.output().expect("an output that is published in place was made before");
    // Files may have come since the output was searched.
    let foreign = foreign::find(output, &old.manifest, &diff.new)?.paths;
    foreign::refuse_clash(&workspace.path(), &foreign, &diff.new)?;
    let cleanup_failure = in_place::apply(output, &stage.folder, diff, &foreign)?;
    Ok(ReplacedOutput { in_place, cleanup_failure, foreign })
}

/// Removes a file. If it does not exist, or its name or folder is something else now, it is gone already.
fn remove_if_there(folder: &Folder, file: &str) -> Result<(), Failure> {
    use io::ErrorKind::{IsADirectory, NotADirectory, NotFound};
    match folder.remove_file(Path::new(file)) {
        Err(error) if !matches!(error.kind(), NotFound | NotADirectory | IsADirectory) => {
            Err(Failure::at("remove", &folder.path().join(file))(error))
        }
        _gone => Ok(()),
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
