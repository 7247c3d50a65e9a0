//! What stands in an output that Casebook did not make: `.git`, `CNAME`, a visitor's notes. It is never removed.
//!
//! A folder in which neither the old site nor the new one has a file is foreign as a whole, and is not looked into. A
//! link or a device is never ours, even at a path of ours.

use std::{
    io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use crate::{
    disk::{Entry, Folder, Kind},
    failure::Failure,
    output::{
        manifest::{Manifest, OWN_PREFIX},
        target::Refusal,
    },
};

/// Finds what is foreign in a folder, in no order; paths are relative to it.
pub fn find(folder: &Folder, old: &Manifest, new: &Manifest) -> Result<Vec<PathBuf>, Failure> {
    find_within(folder, Path::new(""), old, new).map_err(Failure::at("read", folder.path()))
}

/// Refuses a publication that would need a place where something foreign stands.
pub fn refuse_clash(output: &Path, foreign: &[PathBuf], new: &Manifest) -> Result<(), Refusal> {
    let clashes = |path: &&PathBuf| path.ancestors().any(|place| new.lists(place)) || new.lists_below(path);
    let mut clashing: Vec<PathBuf> = foreign.iter().filter(clashes).map(|path| output.join(path)).collect();
    clashing.sort();
    match clashing.is_empty() {
        true => Ok(()),
        false => Err(Refusal::Foreign(clashing)),
    }
}

/// Moves what is foreign from one folder to another, each thing to the same path, in one step each.
pub fn carry(foreign: &[PathBuf], from: &Folder, to: &Folder) -> Result<(), Failure> {
    foreign.iter().try_for_each(|path| {
        move_to_free_place(from, to, path).map_err(|error| {
            Failure::at("move", &from.path().join(path))(error)
                .with_help(format!("move it to {} yourself, or away, and build again", to.path().join(path).display()))
        })
    })
}

fn find_within(folder: &Folder, within: &Path, old: &Manifest, new: &Manifest) -> io::Result<Vec<PathBuf>> {
    let look = |entry: &Entry| -> io::Result<Vec<PathBuf>> {
        let path = within.join(&entry.name);
        if is_own(&path) || entry.kind == Kind::File && old.lists(&path) {
            return Ok(Vec::new());
        }
        if entry.kind == Kind::Folder && (old.lists_below(&path) || new.lists_below(&path)) {
            return find_within(folder, &path, old, new);
        }
        Ok(vec![path])
    };
    let found: Vec<Vec<PathBuf>> = folder.entries(within)?.par_iter().map(look).collect::<io::Result<_>>()?;
    Ok(found.concat())
}

/// Casebook's own names, at the top of an output.
fn is_own(path: &Path) -> bool {
    path.components().count() == 1 && path.to_string_lossy().starts_with(OWN_PREFIX)
}

fn move_to_free_place(from: &Folder, to: &Folder, path: &Path) -> io::Result<()> {
    if to.look(path).is_ok() {
        let aim = to.path().join(path);
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("{} is in the way", aim.display())));
    }
    if let Some(folder) = path.parent() {
        to.make_folders(folder)?;
    }
    from.rename(path, to, path)
}
