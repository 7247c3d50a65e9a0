//! Rewrites a file of the library at the request of an editor. No other code overwrites an author's file.
//!
//! The new text is written to a hidden file that then takes the name, so the file is never incomplete. A file that
//! changed since it was read is left alone.
//!
//! Where the disk can exchange two names, what was saved until that step is found in the hidden file and put back. Two
//! cases are left: a program that opened the old file before the exchange and writes to it after it was compared, and
//! a disk that can only rename, where a save between the last comparison and the rename is lost.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    disk::Folder,
    failure::Failure,
    output::{
        hidden_file::{HiddenFile, Identity},
        new_file::resolved,
    },
};

/// Rewrites a file below a root. False if its bytes are not `expected`; then nothing is written.
pub fn write(root: &Path, path: &str, expected: &[u8], bytes: &[u8]) -> Result<bool, Failure> {
    let at = root.join(path);
    let true_root = root.canonicalize().map_err(Failure::at("read", root))?;
    let folder = Folder::open(&true_root).map_err(Failure::at("read", root))?;
    // A link stays a link: its target is written, if that is in the library.
    let file = target(&true_root, Path::new(path)).map_err(Failure::at("read", &at))?;
    if folder.read(&file).map_err(Failure::at("read", &at))? != expected {
        return Ok(false);
    }
    let put = || replace(&folder, &file, expected, ready(&folder, &file, bytes)?);
    put().map_err(Failure::at("write", &at))
}

/// A hidden file beside `file`, with these bytes and its permissions.
fn ready<'a>(folder: &'a Folder, file: &Path, bytes: &[u8]) -> io::Result<HiddenFile<'a>> {
    let mut hidden = HiddenFile::create(folder, file.parent().unwrap_or(Path::new("")))?;
    hidden.file.write_all(bytes)?;
    hidden.file.set_permissions(folder.open_file(file)?.metadata()?.permissions())?;
    // An author's text cannot be made again, so sync it to the disk before it takes the name.
    hidden.file.sync_all()?;
    Ok(hidden)
}

/// Puts a hidden file in the place of `file`, whose bytes are compared once more: the sync may have taken long. False
/// if they are not `expected`; then the file is as it was.
fn replace(folder: &Folder, file: &Path, expected: &[u8], hidden: HiddenFile<'_>) -> io::Result<bool> {
    if folder.read(file)? != expected {
        return Ok(false);
    }
    exchange(file, expected, hidden)
}

/// Exchanges the names, looks at what came out, and puts it back if it is not `expected`.
fn exchange(file: &Path, expected: &[u8], hidden: HiddenFile<'_>) -> io::Result<bool> {
    let new = hidden.identity()?;
    match hidden.exchange(file) {
        Err(unable) if unable.kind() == io::ErrorKind::Unsupported => return hidden.rename(file).map(|()| true),
        exchanged => exchanged?,
    }
    if hidden.read().is_ok_and(|found| found == expected) {
        return Ok(true);
    }
    put_back(&hidden, file, new).map(|()| false).or_else(|_| hidden.rename(file).map(|()| false))
}

/// Puts back what came out under the hidden name. If something else than `placed` comes out then, it was saved later
/// still, so it is put back in turn.
fn put_back(hidden: &HiddenFile<'_>, file: &Path, mut placed: Identity) -> io::Result<()> {
    loop {
        let saved = hidden.identity()?;
        hidden.exchange(file)?;
        if hidden.identity()? == placed {
            return Ok(());
        }
        placed = saved;
    }
}

/// The path of the target below the root.
fn target(true_root: &Path, path: &Path) -> io::Result<PathBuf> {
    let on_disk = true_root.join(path).canonicalize()?;
    resolved(true_root, on_disk.strip_prefix(true_root).unwrap_or(path))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::{
        fs,
        os::unix::fs::{PermissionsExt, symlink},
    };

    use super::*;

    #[test]
    fn a_rewritten_file_keeps_its_permissions_and_its_link() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.md"), folder.path().join("b.md"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.md", &link).unwrap();
        assert!(write(folder.path(), "b.md", b"old", b"new").unwrap());
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_file_that_changed_since_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        fs::write(&file, "newer").unwrap();
        assert!(!write(folder.path(), "a.md", b"old", b"new").unwrap());
        assert_eq!(fs::read(&file).unwrap(), b"newer");
        assert!(write(folder.path(), "none.md", b"", b"new").is_err());
    }

    #[test]
    fn a_save_while_the_new_file_is_synced_is_kept() {
        for is_renamed in [false, true] {
            let top = tempfile::tempdir().unwrap();
            let (at, file) = (top.path().join("a.md"), Path::new("a.md"));
            fs::write(&at, "old").unwrap();
            let folder = Folder::open(&top.path().canonicalize().unwrap()).unwrap();
            let hidden = ready(&folder, file, b"new").unwrap();
            // Some editors write into the file, others rename a new one.
            if is_renamed {
                fs::write(top.path().join("saved"), "mine").unwrap();
                fs::rename(top.path().join("saved"), &at).unwrap();
            } else {
                fs::write(&at, "mine").unwrap();
            }
            assert!(!replace(&folder, file, b"old", hidden).unwrap());
            assert_eq!(fs::read(&at).unwrap(), b"mine");
            assert_eq!(fs::read_dir(top.path()).unwrap().count(), 1);
        }
    }

    #[cfg(all(target_os = "linux", not(casebook_portable)))]
    #[test]
    fn a_file_saved_before_the_exchange_is_put_back() {
        let top = tempfile::tempdir().unwrap();
        let (at, file) = (top.path().join("a.md"), Path::new("a.md"));
        let folder = Folder::open(&top.path().canonicalize().unwrap()).unwrap();
        fs::write(&at, "mine").unwrap();
        assert!(!exchange(file, b"old", ready(&folder, file, b"new").unwrap()).unwrap());
        assert_eq!(fs::read(&at).unwrap(), b"mine");
        // A link that took the file's name is put back too, and what it leads to is not written.
        fs::write(top.path().join("b.md"), "old").unwrap();
        let hidden = ready(&folder, file, b"new").unwrap();
        fs::remove_file(&at).unwrap();
        symlink("b.md", &at).unwrap();
        assert!(!exchange(file, b"old", hidden).unwrap());
        assert!(fs::symlink_metadata(&at).unwrap().is_symlink());
        assert_eq!(fs::read(&at).unwrap(), b"old");
        assert_eq!(fs::read_dir(top.path()).unwrap().count(), 2);
    }

    #[cfg(all(target_os = "linux", not(casebook_portable)))]
    #[test]
    fn of_two_saves_the_later_is_kept() {
        let top = tempfile::tempdir().unwrap();
        let (at, file) = (top.path().join("a.md"), Path::new("a.md"));
        let folder = Folder::open(&top.path().canonicalize().unwrap()).unwrap();
        fs::write(&at, "mine").unwrap();
        let hidden = ready(&folder, file, b"new").unwrap();
        let new = hidden.identity().unwrap();
        hidden.exchange(file).unwrap();
        fs::write(top.path().join("saved"), "later").unwrap();
        fs::rename(top.path().join("saved"), &at).unwrap();
        put_back(&hidden, file, new).unwrap();
        drop(hidden);
        assert_eq!(fs::read(&at).unwrap(), b"later");
        assert_eq!(fs::read_dir(top.path()).unwrap().count(), 1);
    }

    #[test]
    fn nothing_is_written_through_a_link_that_leads_out() {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(outside.path().join("a.md"), "old").unwrap();
        symlink(outside.path().join("a.md"), folder.path().join("a.md")).unwrap();
        symlink(outside.path(), folder.path().join("deep")).unwrap();
        for path in ["a.md", "deep/a.md"] {
            assert!(write(folder.path(), path, b"old", b"new").is_err());
        }
        assert_eq!(fs::read(outside.path().join("a.md")).unwrap(), b"old");
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
    }
}
