//! The step in which a new site replaces the old one: two folders exchange their names.
//!
//! The tree of the old site is marked before the step, and the mark is removed once all foreign files have been moved.
//! So a mark in the stage means that a build was killed in between, and [`recover`] finishes it. Folders stay open
//! throughout: what was opened as the output is the old site's tree after the step, under the name of the stage.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{
    disk::{EntryKind, Folder, is_absent},
    failure::Failure,
    output::{
        InPlaceReason,
        foreign::{self, PartlyMoved},
        manifest::{self, Manifest, OutputState},
        remove_if_there,
        workspace::Workspace,
    },
};

/// The mark of a tree that was published, and may contain foreign files.
pub const MARK: &str = ".casebook-replaced";

/// The result of an exchange.
#[derive(Debug)]
pub enum Exchanged {
    /// The new site is published.
    Done {
        /// The foreign files of the old site, which were moved to it, in no order.
        foreign: Vec<PathBuf>,
        /// The error of tidying up the old site, if there was one.
        cleanup_failure: Option<Failure>,
    },
    /// It is not possible here, and everything is as before.
    Impossible(InPlaceReason),
}

/// Publishes the stage, which has the new site; the old tree becomes the stage. Foreign files are searched for
/// afterwards, so that those which came while the site was made are moved too.
pub fn exchange(
    workspace: &Workspace,
    next: &Folder,
    old_site: &Manifest,
    new_site: &Manifest,
) -> Result<Exchanged, Failure> {
    let (parent, name) = workspace.parent();
    let (hidden, stage) = workspace.stage().expect("a workspace has a folder for its stage");
    let Some(old) = workspace.output() else {
        hidden.rename(stage, parent, name).map_err(Failure::at("make", &workspace.path()))?;
        undo_unless_published(parent, name, next, || parent.rename(name, hidden, stage))?;
        return Ok(Exchanged::Done { foreign: Vec::new(), cleanup_failure: None });
    };
    remove_if_there(old, MARK)?;
    old.create(Path::new(MARK)).map_err(Failure::at("write", &workspace.path().join(MARK)))?;
    let exchange = || hidden.exchange(stage, parent, name);
    let undo = || exchange().and_then(|()| old.remove_file(Path::new(MARK)));
    if let Err(error) = exchange() {
        remove_if_there(old, MARK)?;
        return match error.kind() {
            io::ErrorKind::Unsupported => Ok(Exchanged::Impossible(InPlaceReason::NoExchange)),
            _ => Err(Failure::at("replace", &workspace.path())(error)
                .with_help("`--in-place` replaces the files of the folder one by one")),
        };
    }
    undo_unless_published(parent, name, next, undo)?;
    let foreign = match foreign::find(old, old_site, new_site) {
        Ok(found) => found.paths,
        // The mark stays, so the next build moves them.
        Err(failure) => return Ok(Exchanged::Done { foreign: Vec::new(), cleanup_failure: Some(failure) }),
    };
    match foreign::move_all(&foreign, old, next) {
        Ok(()) => Ok(Exchanged::Done { foreign, cleanup_failure: remove_if_there(old, MARK).err() }),
        Err(PartlyMoved { moved, failure }) => {
            let put_back = foreign::move_all(&foreign[..moved], next, old).map_err(|stop| stop.failure);
            let undone = put_back.and_then(|()| undo().map_err(Failure::at("replace", &workspace.path())));
            undone
                .map(|()| Exchanged::Impossible(InPlaceReason::ForeignStays))
                .or(Ok(Exchanged::Done { foreign, cleanup_failure: Some(failure) }))
        }
    }
}

/// Undoes the exchange if the published folder is not the one that was filled: only names can be exchanged, and another
/// folder may have taken the name.
fn undo_unless_published(
    parent: &Folder,
    name: &Path,
    next: &Folder,
    undo: impl FnOnce() -> io::Result<()>,
) -> Result<(), Failure> {
    if parent.holds(name, next) {
        return Ok(());
    }
    let path = parent.path().join(name);
    let undone = undo();
    let changed = io::Error::other("another program put something else where the new site was prepared");
    Err(Failure::at("publish to", &path)(undone.err().unwrap_or(changed)))
}

/// Finishes the work of a killed build. Without a site in the output, no build was killed here.
pub fn recover(output: &Folder, next: &Folder) -> Result<(), Failure> {
    let has_site = output.status(Path::new(manifest::NAME)).is_ok();
    if has_site && is_marked(next)? {
        let new = OutputState::read(Some(output), [])?.manifest;
        let old = OutputState::read(Some(next), new.paths())?.manifest;
        let foreign = foreign::find(next, &old, &new)?;
        foreign::move_all(&foreign.paths, next, output).map_err(|stop| stop.failure)?;
        remove_if_there(next, MARK)?;
    }
    remove_if_there(output, MARK)
}

/// Does this tree contain foreign files that have to be moved back?
pub fn is_marked(tree: &Folder) -> Result<bool, Failure> {
    match tree.status(Path::new(MARK)) {
        Ok(found) => Ok(found.kind == EntryKind::File),
        Err(gone) if is_absent(&gone) => Ok(false),
        Err(refused) => Err(Failure::at("read", tree.path())(refused)),
    }
}
