//! A file that a user names and Casebook writes, such as the cache of `check --external`.

use std::{io::Write, path::Path};

use tempfile::NamedTempFile;

use crate::failure::Failure;

/// Replaces a file in one step.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let put = || {
        let mut aside = NamedTempFile::new_in(folder)?;
        aside.write_all(bytes)?;
        aside.persist(path).map_err(|error| error.error)
    };
    put().map(drop).map_err(Failure::at("write", path))
}
