//! Publication file by file, where whole folders cannot be exchanged: assets first, then pages, removals last.
//!
//! Every file was written on the stage and is only renamed here, so none is ever half written; but for a moment old and
//! new stand side by side. The manifest first lists all files that are about to come, change or go as not known, so
//! that the next build can finish after a killed one, and says what the site is when all is done.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use crate::{
    failure::Failure,
    output::{
        change::Change,
        manifest::{self, Manifest},
        remove_if_there,
    },
};

/// Moves the fresh files of the stage into the output, and removes the stale ones from it.
pub fn apply(output: &Path, next: &Path, change: &Change, foreign: &[PathBuf]) -> Result<(), Failure> {
    let touched = change.fresh.iter().chain(&change.stale).map(String::as_str);
    replace_manifest(output, next, &change.new.with_unknown(touched))?;
    let foreign: BTreeSet<&Path> = foreign.iter().map(PathBuf::as_path).collect();
    let is_ours = |path: &&String| !Path::new(path).ancestors().any(|place| foreign.contains(place));
    let in_the_way = |path: &&String| {
        change.new.lists_below(Path::new(path)) || Path::new(path).ancestors().any(|place| change.new.lists(place))
    };
    let (first, last): (Vec<&String>, Vec<&String>) = change.stale.iter().filter(is_ours).partition(in_the_way);
    let (pages, assets): (Vec<&String>, Vec<&String>) = change.fresh.iter().partition(|path| path.ends_with(".html"));
    remove(output, &first)?;
    place(output, next, &assets)?;
    place(output, next, &pages)?;
    remove(output, &last)?;
    replace_manifest(output, next, &change.new)
}

/// Writes the manifest aside, and renames it into the output.
pub fn replace_manifest(output: &Path, next: &Path, manifest: &Manifest) -> Result<(), Failure> {
    fs::create_dir_all(next).map_err(Failure::at("make", next))?;
    manifest.write(next)?;
    place(output, next, &[manifest::NAME])
}

fn place<P: AsRef<str> + Sync>(output: &Path, next: &Path, paths: &[P]) -> Result<(), Failure> {
    paths.par_iter().map(AsRef::as_ref).try_for_each(|path| {
        let (from, to) = (next.join(path), output.join(path));
        let folder = to.parent().unwrap_or(output);
        let moved = fs::rename(&from, &to).or_else(|error| match error.kind() {
            io::ErrorKind::NotFound => fs::create_dir_all(folder).and_then(|()| fs::rename(&from, &to)),
            _ => Err(error),
        });
        moved.map_err(Failure::at("replace", &to))
    })
}

fn remove(output: &Path, paths: &[&String]) -> Result<(), Failure> {
    paths.iter().try_for_each(|path| {
        let file = output.join(path);
        remove_if_there(&file)?;
        // A folder that still holds something stays, and so do all above it.
        let folders = file.ancestors().skip(1).take_while(|folder| *folder != output);
        folders.map(fs::remove_dir).take_while(Result::is_ok).for_each(drop);
        Ok(())
    })
}
