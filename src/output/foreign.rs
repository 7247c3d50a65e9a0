//! Files in an output that Casebook did not make, such as `.git`, `CNAME` or notes. They are never removed.
//!
//! A folder in which neither the old site nor the new one has a file is foreign as a whole, and is not searched. A link
//! or a device is always foreign, even at a path of the site.

use std::{
    io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use crate::{
    disk::{EntryKind, Folder, FolderEntry},
    failure::Failure,
    output::{manifest::Manifest, own_name::is_own_at_top, target::Refusal},
};

/// The foreign files and folders in a folder, in no order; paths are relative to it.
#[derive(Debug, Default)]
pub struct Foreign {
    /// The paths.
    pub paths: Vec<PathBuf>,
    /// Whether one of them, or a folder with files of the site, is a mount point, which cannot be moved.
    pub has_mount: bool,
}

/// Finds foreign files and folders.
pub fn find(folder: &Folder, old: &Manifest, new: &Manifest) -> Result<Foreign, Failure> {
    let mut foreign = find_within(folder, Path::new(""), old, new)?;
    for path in &foreign.paths {
        foreign.has_mount |= folder.is_mounted(path).map_err(Failure::at("read", &folder.path().join(path)))?;
    }
    Ok(foreign)
}

/// Refuses a publication that needs the path of a foreign file.
pub fn refuse_clash(output: &Path, foreign: &[PathBuf], new: &Manifest) -> Result<(), Refusal> {
    let clashes = |path: &&PathBuf| path.ancestors().any(|place| new.lists(place)) || new.lists_below(path);
    let mut clashing: Vec<PathBuf> = foreign.iter().filter(clashes).map(|path| output.join(path)).collect();
    clashing.sort();
    match clashing.is_empty() {
        true => Ok(()),
        false => Err(Refusal::Foreign(clashing)),
    }
}

/// Refuses a publication over a damaged manifest if there are files that the new site does not have and that may be
/// pages of the old site, which would stay published.
pub fn refuse_unexplained(output: &Folder, foreign: &[PathBuf]) -> Result<(), Refusal> {
    let mut unexplained: Vec<PathBuf> =
        foreign.iter().filter(|path| may_be_of_old_site(output, path)).cloned().collect();
    unexplained.sort();
    match unexplained.is_empty() {
        true => Ok(()),
        false => Err(Refusal::DamagedManifest(output.path().to_owned(), unexplained)),
    }
}

/// May a foreign path be of an old site? Files at the top, except pages, are not: each site has them at the same names.
/// So `CNAME` is a publisher's own, and so is what begins with a dot.
fn may_be_of_old_site(output: &Folder, path: &Path) -> bool {
    let is_hidden = path.as_os_str().as_encoded_bytes().starts_with(b".");
    let is_page = path.extension().is_some_and(|extension| extension == "html");
    let is_at_top = path.components().count() == 1;
    let is_file = || output.status(path).is_ok_and(|found| found.kind == EntryKind::File);
    !is_hidden && (is_page || !is_at_top || !is_file())
}

/// Refuses a publication if a file of the old or the new site is a mount point.
pub fn refuse_mounted(output: &Folder, old: &Manifest, new: &Manifest) -> Result<(), Refusal> {
    let mounted = output.mount_points().into_iter().filter(|path| old.lists(path) || new.lists(path));
    mounted.min().map_or(Ok(()), |path| Err(Refusal::MountedFile(output.path().join(path))))
}

/// The end of a move of several files at one that could not be moved.
#[derive(Debug)]
pub struct PartlyMoved {
    /// The number that were moved before.
    pub moved: usize,
    /// The error of the one that was not.
    pub failure: Failure,
}

/// Moves foreign files and folders to the same paths in another folder, in one step each.
pub fn move_all(foreign: &[PathBuf], from: &Folder, to: &Folder) -> Result<(), PartlyMoved> {
    foreign.iter().enumerate().try_for_each(|(moved, path)| {
        move_to_free_place(from, to, path).map_err(|error| {
            let failure = Failure::at("move", &from.path().join(path))(error)
                .with_help(format!("move it to {} yourself, or away, and build again", to.path().join(path).display()));
            PartlyMoved { moved, failure }
        })
    })
}

fn find_within(folder: &Folder, within: &Path, old: &Manifest, new: &Manifest) -> Result<Foreign, Failure> {
    let find_at = |entry: &FolderEntry| -> Result<Foreign, Failure> {
        let path = within.join(&entry.name);
        if is_own_at_top(&path) || entry.kind == EntryKind::File && old.lists(&path) {
            return Ok(Foreign::default());
        }
        if entry.kind == EntryKind::Folder && (old.lists_below(&path) || new.lists_below(&path)) {
            return find_within(folder, &path, old, new);
        }
        Ok(Foreign { paths: vec![path], has_mount: false })
    };
    let listed = || -> io::Result<(Vec<FolderEntry>, bool)> {
        match folder.entries_unless_mounted(within)? {
            Some(entries) => Ok((entries, false)),
            None => Ok((folder.entries(within)?, true)),
        }
    };
    let (entries, is_mounted) = listed().map_err(Failure::at("read", &place(folder, within)))?;
    let found: Vec<Foreign> = entries.par_iter().map(find_at).collect::<Result<_, Failure>>()?;
    let has_mount = is_mounted || found.iter().any(|found| found.has_mount);
    Ok(Foreign { paths: found.into_iter().flat_map(|found| found.paths).collect(), has_mount })
}

/// The path of a folder within another, for messages.
fn place(folder: &Folder, within: &Path) -> PathBuf {
    if within.as_os_str().is_empty() { folder.path().to_owned() } else { folder.path().join(within) }
}

fn move_to_free_place(from: &Folder, to: &Folder, path: &Path) -> io::Result<()> {
    if to.status(path).is_ok() {
        let target = to.path().join(path);
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("{} is in the way", target.display())));
    }
    if let Some(folder) = path.parent() {
        to.make_folders(folder)?;
    }
    from.rename(path, to, path)
}

#[cfg(test)]
#[cfg(all(target_os = "linux", not(casebook_portable)))]
mod tests {
    use super::*;

    #[test]
    fn a_mount_point_among_foreign_folders_is_seen() {
        let top = Folder::open(Path::new("/")).unwrap();
        let none = Manifest::default();
        assert!(find(&top, &none, &none).unwrap().has_mount);
        let below = Folder::open(Path::new("/usr")).unwrap();
        assert!(!find(&below, &none, &none).unwrap().has_mount);
    }

    #[test]
    fn a_file_of_the_site_that_is_a_mount_point_is_refused() {
        let top = Folder::open(Path::new("/")).unwrap();
        let none = Manifest::default();
        let site = none.with_unknown(["index.html", "proc"]);
        for (old, new) in [(&site, &none), (&none, &site)] {
            let refused = refuse_mounted(&top, old, new).unwrap_err();
            assert_eq!(refused.to_string(), "/proc is a mount point, and the site needs its place");
        }
        assert!(refuse_mounted(&top, &none, &none).is_ok());
    }

    #[test]
    fn a_mount_point_with_files_of_the_site_is_seen() {
        let (top, none) = (Folder::open(Path::new("/")).unwrap(), Manifest::default());
        let within = find_within(&top, Path::new("sys"), &none, &none).unwrap();
        assert!(within.has_mount);
    }
}
