//! Removes files that Casebook made, never through a link.

use std::{io, path::Path};

use rayon::prelude::*;

use crate::disk::{EntryKind, Folder};

/// Removes all entries of a folder except one.
pub fn all_except(folder: &Folder, name: &str) -> io::Result<()> {
    let mut entries = folder.entries(Path::new(""))?;
    entries.retain(|entry| entry.name != name);
    entries.par_iter().try_for_each(|entry| tree(folder, Path::new(&entry.name), entry.kind))
}

/// Removes a file, or a folder with everything below it.
pub fn tree(folder: &Folder, within: &Path, kind: EntryKind) -> io::Result<()> {
    if kind != EntryKind::Folder {
        return folder.remove_file(within);
    }
    let entries = folder.entries(within)?;
    entries.par_iter().try_for_each(|entry| tree(folder, &within.join(&entry.name), entry.kind))?;
    folder.remove_folder(within)
}
