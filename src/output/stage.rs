//! The stage: a hidden folder in which the next site is made ready, where no reader looks.
//!
//! [`fill`] makes every file and writes those that changed; [`complete`] adds hard links to those that did not. The
//! tree that an exchange brings back is kept as the next stage, so that the folders and links of a large site are made
//! once and not at every build. It may hold anything: each file is held against the output before it is published
//! again.

use std::{fs, io, io::Write, os::unix::fs::MetadataExt, path::Path};

use rayon::prelude::*;

use crate::{
    failure::Failure,
    output::{
        Unpublished,
        change::Change,
        manifest::{self, Entry, Known, Manifest, Print},
        place::Place,
        remove_if_there,
    },
};

/// A file of the new site, once it has been made.
#[derive(Debug)]
pub struct Made {
    /// Its size and hash.
    pub print: Print,
    /// The inode of the same file in the output; none where the file was written to the stage.
    pub inode: Option<u64>,
}

/// Makes every file, and writes to the stage those that the output does not have. Holds one file for each thread at a
/// time.
pub fn fill<E: Send>(
    place: &Place,
    old: &Known,
    paths: &[String],
    bytes: impl Fn(usize) -> Result<Vec<u8>, E> + Sync,
) -> Result<Vec<Made>, Unpublished<E>> {
    let make = |index: usize| -> Result<Result<Made, E>, Failure> {
        let bytes = match bytes(index) {
            Ok(bytes) => bytes,
            Err(error) => return Ok(Err(error)),
        };
        let (path, print) = (paths[index].as_str(), Print::of(&bytes));
        let inode = find_same(&place.output().join(path), old.in_manifest(path), &bytes, &print);
        if inode.is_none() {
            write_new(place.next(), path, &bytes).map_err(Failure::at("write", &place.next().join(path)))?;
        }
        Ok(Ok(Made { print, inode }))
    };
    let made = (0..paths.len()).into_par_iter().map(make).collect::<Result<Vec<_>, Failure>>()?;
    let (made, errors): (Vec<_>, Vec<_>) = made.into_iter().partition(Result::is_ok);
    if errors.is_empty() {
        Ok(made.into_iter().filter_map(Result::ok).collect())
    } else {
        Err(Unpublished::Content(errors.into_iter().filter_map(Result::err).collect()))
    }
}

/// Makes the stage a whole site: nothing that is not of it, a link for every file that did not change, the manifest
/// last.
pub fn complete(place: &Place, change: &Change) -> Result<(), Failure> {
    let (output, next) = (place.output(), place.next());
    fs::create_dir_all(next).map_err(Failure::at("make", next))?;
    if place.reuses_stage() {
        prune(next, Path::new(""), &change.new).map_err(Failure::at("tidy", next))?;
    }
    change.kept.par_iter().try_for_each(|(path, inode)| {
        let is_linked = || fs::symlink_metadata(next.join(path)).is_ok_and(|found| found.ino() == *inode);
        if place.reuses_stage() && is_linked() {
            return Ok(());
        }
        link_or_copy(&output.join(path), next, path).map_err(Failure::at("link", &output.join(path)))
    })?;
    change.new.write(next)?;
    match fs::metadata(output) {
        Ok(found) => fs::set_permissions(next, found.permissions()).map_err(Failure::at("set the rights of", next)),
        Err(_absent) => Ok(()),
    }
}

/// Takes out of the old site's tree what is no longer published, so that nothing which was withdrawn lingers there.
pub fn forget(next: &Path, change: &Change) -> Result<(), Failure> {
    if !next.is_dir() {
        return Ok(());
    }
    let outdated = change.fresh.par_iter().chain(&change.stale).map(String::as_str);
    outdated.chain(rayon::iter::once(manifest::NAME)).try_for_each(|path| remove_if_there(&next.join(path)))
}

/// The inode of the file in the output, if it holds these bytes and is Casebook's.
fn find_same(file: &Path, known: Option<Entry<'_>>, bytes: &[u8], print: &Print) -> Option<u64> {
    let known = known?;
    let found = fs::symlink_metadata(file).ok().filter(|found| found.is_file() && found.len() == bytes.len() as u64)?;
    let same = match known.print {
        Some(print_then) if manifest::is_untouched(&found, known.written) => print_then == print,
        // A file that cannot be read is one that has to be written again.
        _ => fs::read(file).is_ok_and(|on_disk| on_disk == bytes),
    };
    same.then(|| found.ino())
}

/// Never writes into a file that is there: it may be the very file that readers see, under a second name.
fn write_new(next: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    make(next, path, |file| fs::File::create_new(file))?.write_all(bytes)
}

fn link_or_copy(from: &Path, next: &Path, path: &str) -> io::Result<()> {
    make(next, path, |to| fs::hard_link(from, to)).or_else(|_not_allowed| {
        let copy = make(next, path, |to| fs::File::create_new(to))?;
        io::copy(&mut fs::File::open(from)?, &mut &copy)?;
        copy.set_modified(fs::metadata(from)?.modified()?)
    })
}

/// Makes a file whose folder may be missing, or whose place may be taken by what an earlier site had there. To make the
/// folder first is quicker than to find out that it is missing: most pages are alone in theirs.
fn make<T>(next: &Path, path: &str, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<T> {
    let file = next.join(path);
    let folder = file.parent().unwrap_or(next);
    fs::create_dir_all(folder).and_then(|()| make(&file)).or_else(|_| {
        clear_way(next, path);
        fs::create_dir_all(folder)?;
        make(&file)
    })
}

/// Takes away what stands at a path of the stage, and any file where the path has a folder. What cannot be taken away,
/// or has been by another thread, shows when the file is made.
fn clear_way(next: &Path, path: &str) {
    let above = path.match_indices('/').map(|(end, _)| next.join(&path[..end]));
    for place in above {
        if fs::symlink_metadata(&place).is_ok_and(|found| !found.is_dir()) {
            fs::remove_file(&place).ok();
        }
    }
    let place = next.join(path);
    if fs::symlink_metadata(&place).is_ok_and(|found| found.is_dir()) {
        fs::remove_dir_all(&place).ok();
    } else {
        fs::remove_file(&place).ok();
    }
}

/// Removes from a folder of the stage every file that the site does not list, and says whether nothing is left.
fn prune(next: &Path, within: &Path, site: &Manifest) -> io::Result<bool> {
    let entries: Vec<fs::DirEntry> = fs::read_dir(next.join(within))?.collect::<io::Result<_>>()?;
    let goes = |entry: &fs::DirEntry| -> io::Result<bool> {
        let path = within.join(entry.file_name());
        let kind = entry.file_type()?;
        let goes = if kind.is_dir() { prune(next, &path, site)? } else { !kind.is_file() || !site.lists(&path) };
        match goes {
            true if kind.is_dir() => fs::remove_dir(entry.path())?,
            true => fs::remove_file(entry.path())?,
            false => {}
        }
        Ok(goes)
    };
    let gone: Vec<bool> = entries.par_iter().map(goes).collect::<io::Result<_>>()?;
    Ok(!gone.contains(&false))
}
