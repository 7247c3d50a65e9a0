//! A file that a user names and Casebook replaces, such as the cache of `check --external` or an archive.

use std::{
    ffi::OsStr,
    fs::File,
    io::{self, Write},
    path::Path,
};

use crate::{
    disk::{Folder, is_absent},
    failure::Failure,
    output::hidden_file::{self, HiddenFile},
};

/// Replaces a file in one step.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let refused = Failure::at("write", path);
    replace(path, |mut file| file.write_all(bytes)).map_err(refused)
}

/// The folder of a file that a user names.
pub fn folder(path: &Path) -> &Path {
    path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn name(path: &Path) -> &OsStr {
    path.file_name().unwrap_or(OsStr::new(""))
}

/// The bytes of a file that is to be replaced, if it exists. Anything but a regular file is refused, so that a pipe
/// does not block.
pub fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let folder = Folder::open(&folder(path).canonicalize()?)?;
    match folder.read(Path::new(name(path))) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(gone) if is_absent(&gone) => Ok(None),
        Err(refused) => Err(refused),
    }
}

/// Replaces a file in one step with what `fill` writes. If `fill` fails, the file stays as it was.
pub fn replace<E: From<io::Error>>(path: &Path, fill: impl FnOnce(&File) -> Result<(), E>) -> Result<(), E> {
    let folder = Folder::open(&folder(path).canonicalize()?)?;
    hidden_file::remove_leftovers(&folder, Path::new(""), false);
    let hidden = HiddenFile::create(&folder, Path::new(""))?;
    fill(&hidden.file)?;
    Ok(hidden.rename(Path::new(name(path)))?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    #[cfg(unix)]
    use crate::disk::is_no_file;

    #[cfg(unix)]
    #[test]
    fn only_a_file_is_read_and_a_pipe_does_not_block() {
        let top = tempfile::tempdir().unwrap();
        let at = |name: &str| top.path().join(name);
        fs::write(at("file"), b"one").unwrap();
        fs::create_dir(at("folder")).unwrap();
        std::os::unix::fs::symlink(at("file"), at("link")).unwrap();
        std::os::unix::fs::symlink(at("none"), at("broken")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        assert_eq!(read(&at("file")).unwrap().unwrap(), b"one");
        assert!(read(&at("none")).unwrap().is_none());
        assert!(read(&at("none/file")).is_err());
        for name in ["folder", "link", "broken", "pipe", "folder/.."] {
            assert!(is_no_file(&read(&at(name)).unwrap_err()), "{name}");
        }
        assert!(is_no_file(&read(Path::new("/dev/zero")).unwrap_err()));
    }

    #[test]
    fn a_file_is_replaced_or_stays_as_it_was() {
        let top = tempfile::tempdir().unwrap();
        let file = top.path().join("cache.json");
        write(&file, b"one").unwrap();
        write(&file, b"two").unwrap();
        let failed = replace(&file, |mut file| file.write_all(b"half").and(Err(io::Error::other("full"))));
        assert!(failed.is_err());
        assert_eq!(fs::read(&file).unwrap(), b"two");
        assert_eq!(fs::read_dir(top.path()).unwrap().count(), 1);
        assert!(write(&top.path().join("none/cache.json"), b"one").is_err());
    }
}
