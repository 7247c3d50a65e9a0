//! What stands in an output that Casebook did not make: `.git`, `CNAME`, a visitor's notes. It is never removed.
//!
//! A folder in which neither the old site nor the new one has a file is foreign as a whole, and is not looked into. A
//! link or a device is never ours, even at a path of ours.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use crate::{
    failure::Failure,
    output::{
        manifest::{Manifest, OWN_PREFIX},
        target::Refusal,
    },
};

/// Finds what is foreign in a folder, in no order; paths are relative to it. Nothing is foreign in a folder that is
/// absent.
pub fn find(folder: &Path, old: &Manifest, new: &Manifest) -> Result<Vec<PathBuf>, Failure> {
    match find_within(folder, Path::new(""), old, new) {
        Err(gone) if gone.kind() == io::ErrorKind::NotFound && !folder.exists() => Ok(Vec::new()),
        found => found.map_err(Failure::at("read", folder)),
    }
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
pub fn carry(foreign: &[PathBuf], from: &Path, to: &Path) -> Result<(), Failure> {
    foreign.iter().try_for_each(|path| {
        let (source, aim) = (from.join(path), to.join(path));
        move_to_free_place(&source, &aim).map_err(|error| {
            Failure::at("move", &source)(error)
                .with_help(format!("move it to {} yourself, or away, and build again", aim.display()))
        })
    })
}

fn find_within(folder: &Path, within: &Path, old: &Manifest, new: &Manifest) -> io::Result<Vec<PathBuf>> {
    let entries: Vec<fs::DirEntry> = fs::read_dir(folder.join(within))?.collect::<io::Result<_>>()?;
    let look = |entry: &fs::DirEntry| -> io::Result<Vec<PathBuf>> {
        let path = within.join(entry.file_name());
        let kind = entry.file_type()?;
        if is_own(&path) || kind.is_file() && old.lists(&path) {
            return Ok(Vec::new());
        }
        if kind.is_dir() && (old.lists_below(&path) || new.lists_below(&path)) {
            return find_within(folder, &path, old, new);
        }
        Ok(vec![path])
    };
    let found: Vec<Vec<PathBuf>> = entries.par_iter().map(look).collect::<io::Result<_>>()?;
    Ok(found.concat())
}

/// Casebook's own names, at the top of an output.
fn is_own(path: &Path) -> bool {
    path.components().count() == 1 && path.to_string_lossy().starts_with(OWN_PREFIX)
}

fn move_to_free_place(source: &Path, aim: &Path) -> io::Result<()> {
    if fs::symlink_metadata(aim).is_ok() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("{} is in the way", aim.display())));
    }
    if let Some(folder) = aim.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::rename(source, aim)
}
