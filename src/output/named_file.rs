//! A file that a user names and Casebook replaces, such as the cache of `check --external` or an archive.

use std::{
    ffi::OsStr,
    fs::File,
    io::{self, Write},
    path::Path,
};

use crate::{
    disk::Folder,
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

/// Replaces a file in one step with what `fill` writes. If `fill` fails, the file stays as it was.
pub fn replace<E: From<io::Error>>(path: &Path, fill: impl FnOnce(&File) -> Result<(), E>) -> Result<(), E> {
    let name = path.file_name().unwrap_or(OsStr::new(""));
    let folder = Folder::open(&folder(path).canonicalize()?)?;
    hidden_file::remove_left(&folder, Path::new(""), false);
    let hidden = HiddenFile::create(&folder, Path::new(""))?;
    fill(&hidden.file)?;
    Ok(hidden.rename(Path::new(name))?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

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
