//! Rewrites a file of the library at the request of an editor. No other code overwrites an author's file.
//!
//! The new text is written to a hidden file that is then renamed, so the file is never incomplete. A file that changed
//! since it was read is left alone.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    disk::Folder,
    failure::Failure,
    output::{hidden_file::HiddenFile, new_file::resolved},
};

/// Rewrites a file below a root. False if its bytes are not `had`; then nothing is written.
pub fn write(root: &Path, path: &str, had: &[u8], bytes: &[u8]) -> Result<bool, Failure> {
    let at = root.join(path);
    let true_root = root.canonicalize().map_err(Failure::at("read", root))?;
    let folder = Folder::open(&true_root).map_err(Failure::at("read", root))?;
    // A link stays a link: its target is written, if that is in the library.
    let file = target(&true_root, Path::new(path)).map_err(Failure::at("read", &at))?;
    if folder.read(&file).map_err(Failure::at("read", &at))? != had {
        return Ok(false);
    }
    let put = || -> io::Result<()> {
        let mut hidden = HiddenFile::create(&folder, file.parent().unwrap_or(Path::new("")))?;
        hidden.file.write_all(bytes)?;
        hidden.file.set_permissions(folder.open_file(&file)?.metadata()?.permissions())?;
        // An author's text cannot be made again, so sync it to the disk before the rename.
        hidden.file.sync_all()?;
        hidden.rename(&file)
    };
    put().map_err(Failure::at("write", &at))?;
    Ok(true)
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
