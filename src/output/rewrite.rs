//! A file of the library that an editor asked to have changed: the only place that writes over somebody's words.
//!
//! The new text is written aside and renamed over the old one, so that no moment finds half a file. Nothing is done to a file
//! that is no longer what was read.

use std::{fs, io::Write, path::Path};

use crate::failure::Failure;

/// Writes a file anew. False, and nothing written, where its bytes are not those that it had.
pub fn write(path: &Path, had: &[u8], bytes: &[u8]) -> Result<bool, Failure> {
    let refused = |error| Failure::at("write", path)(error);
    // A link stays one: what it leads to is written.
    let file = path.canonicalize().map_err(refused)?;
    if fs::read(&file).map_err(Failure::at("read", path))? != had {
        return Ok(false);
    }
    let folder = file.parent().unwrap_or(&file);
    let mut aside = tempfile::Builder::new().prefix(".casebook-").tempfile_in(folder).map_err(refused)?;
    aside.write_all(bytes).map_err(refused)?;
    aside.as_file().set_permissions(fs::metadata(&file).map_err(refused)?.permissions()).map_err(refused)?;
    // These are words that nobody could make again, so they are on the disk before the old ones go.
    aside.as_file().sync_all().map_err(refused)?;
    aside.persist(&file).map_err(|error| refused(error.error))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_file_keeps_its_rights_and_its_link() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.md"), folder.path().join("b.md"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.md", &link).unwrap();
        assert!(write(&link, b"old", b"new").unwrap());
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn words_that_were_written_since_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        fs::write(&file, "newer").unwrap();
        assert!(!write(&file, b"old", b"new").unwrap());
        assert_eq!(fs::read(&file).unwrap(), b"newer");
        assert!(write(&folder.path().join("none.md"), b"", b"new").is_err());
    }
}
