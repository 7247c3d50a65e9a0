//! New files of a library, for commands that add some.
//!
//! The folder may be a link to another place inside the library, but not outside.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    disk::{Folder, is_absent},
    failure::Failure,
    output::{hidden_file::HiddenFile, target},
};

/// Writes a new file at a path below a root, with the folders above it. False if something exists there; then nothing
/// is written. The file appears complete: a command that is killed leaves at most a hidden one,
/// which no library reads and the next command that writes removes.
pub fn write(root: &Path, path: &str, bytes: &[u8]) -> Result<bool, Failure> {
    let at = root.join(path);
    let true_root = target::resolve(root).map_err(Failure::at("read", root))?;
    let folder = Folder::open_or_make(&true_root).map_err(Failure::at("make", root))?;
    let make = || -> io::Result<bool> {
        let within = resolved(&true_root, Path::new(path))?;
        let above = within.parent().unwrap_or(Path::new(""));
        folder.make_folders(above)?;
        let mut hidden = HiddenFile::create(&folder, above)?;
        match hidden.file.write_all(bytes).and_then(|()| hidden.link(&within)) {
            Ok(()) => Ok(true),
            Err(there) if there.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(refused) if has_no_links(&refused) => write_directly(&folder, &within, bytes),
            Err(refused) => Err(refused),
        }
    };
    make().map_err(Failure::at("write", &at))
}

/// Is this the error of a disk without hard links?
fn has_no_links(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied)
}

/// Writes a new file under its own name. False if something exists there.
fn write_directly(folder: &Folder, within: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = match folder.create(within) {
        Ok(file) => file,
        Err(there) if there.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
        Err(refused) => return Err(refused),
    };
    // On a full disk, remove the partial file, which the next run would take for a complete one.
    file.write_all(bytes).map(|()| true).inspect_err(|_| drop(folder.remove_file(within)))
}

/// Removes files that were written a moment ago, because the rest could not be written. Tries to remove every one, and
/// gives the first failure.
pub fn undo_writes<'a>(root: &Path, paths: impl IntoIterator<Item = &'a str>) -> Result<(), Failure> {
    let true_root = root.canonicalize().map_err(Failure::at("read", root))?;
    let folder = Folder::open(&true_root).map_err(Failure::at("read", root))?;
    let mut removed = Ok(());
    for path in paths {
        let remove = || match folder.remove_file(&resolved(&true_root, Path::new(path))?) {
            Err(gone) if is_absent(&gone) => Ok(()),
            removed => removed,
        };
        removed = removed.and(remove().map_err(Failure::at("remove", &root.join(path))));
    }
    removed
}

/// The path below the root by which a file can be reached without a link. The file and folders above it may be missing.
pub fn resolved(true_root: &Path, path: &Path) -> io::Result<PathBuf> {
    let mut resolved = true_root.to_owned();
    let mut parts = path.components().peekable();
    while let Some(part) = parts.next() {
        resolved.push(part);
        if parts.peek().is_some() {
            match resolved.canonicalize() {
                Ok(target) => resolved = target,
                Err(gone) if is_absent(&gone) && fs::symlink_metadata(&resolved).is_err() => {}
                Err(refused) => return Err(refused),
            }
        }
    }
    let within = resolved.strip_prefix(true_root).map(Path::to_path_buf);
    within.map_err(|_| io::Error::other("a link leads it out of the library"))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_new_file_is_written_once() {
        let root = tempfile::tempdir().unwrap();
        let library = root.path().join("new/library");
        assert!(write(&library, "content/cases/a.md", b"one").unwrap());
        assert!(!write(&library, "content/cases/a.md", b"two").unwrap());
        assert_eq!(fs::read(library.join("content/cases/a.md")).unwrap(), b"one");
    }

    #[test]
    fn a_file_that_cannot_be_written_is_an_error_and_leaves_nothing() {
        let root = tempfile::tempdir().unwrap();
        assert!(write(root.path(), &"a".repeat(300), b"one").is_err());
        fs::write(root.path().join("content"), "a file").unwrap();
        assert!(write(root.path(), "content/a.md", b"one").is_err());
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
        fs::create_dir(root.path().join("folder")).unwrap();
        undo_writes(root.path(), ["gone"]).unwrap();
        assert!(undo_writes(root.path(), ["gone", "folder", "content"]).is_err());
        fs::remove_dir(root.path().join("folder")).unwrap();
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_disk_without_hard_links_gets_the_file_under_its_own_name() {
        assert!(has_no_links(&io::ErrorKind::Unsupported.into()));
        assert!(!has_no_links(&io::ErrorKind::StorageFull.into()));
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::open(&root.path().canonicalize().unwrap()).unwrap();
        assert!(write_directly(&folder, Path::new("a.md"), b"one").unwrap());
        assert!(!write_directly(&folder, Path::new("a.md"), b"two").unwrap());
        assert_eq!(fs::read(root.path().join("a.md")).unwrap(), b"one");
        assert!(write_directly(&folder, Path::new("none/a.md"), b"one").is_err());
    }

    #[test]
    fn a_link_must_stay_inside_the_library() {
        let (root, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::create_dir_all(root.path().join("content/pages")).unwrap();
        symlink("pages", root.path().join("content/more")).unwrap();
        assert!(write(root.path(), "content/more/a.md", b"one").unwrap());
        assert_eq!(fs::read(root.path().join("content/pages/a.md")).unwrap(), b"one");
        symlink(outside.path(), root.path().join("content/cases")).unwrap();
        symlink(outside.path().join("nowhere"), root.path().join("content/none")).unwrap();
        symlink(outside.path().join("b.md"), root.path().join("content/pages/b.md")).unwrap();
        for path in ["content/cases/a.md", "content/cases/deep/a.md", "content/none/a.md"] {
            assert!(write(root.path(), path, b"one").is_err(), "{path}");
        }
        assert!(!write(root.path(), "content/pages/b.md", b"one").unwrap());
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}
