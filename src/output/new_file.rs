//! A file of the library that is not there yet: for commands that begin one.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
};

use crate::failure::Failure;

/// Writes a file and the folders above it. False, and nothing written, where something is there already.
pub fn write(path: &Path, bytes: &[u8]) -> Result<bool, Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Failure::at("make", folder))?;
    }
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(bytes).map_err(Failure::at("write", path)).map(|()| true),
        Err(there) if there.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(refused) => Err(Failure::at("write", path)(refused)),
    }
}
