//! A site as one file: a zip without times and owners, so that the same site gives the same bytes.
//!
//! It is written to a temporary file and renamed, so readers see the whole old archive or the whole new one. Files are
//! made in parallel, a batch at a time, so that a large site is never in memory as a whole.

use std::{
    fs::File,
    io::{self, BufWriter, Read, Write},
    path::Path,
};

use rayon::prelude::*;
use tempfile::NamedTempFile;
use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::{Unpublished, target::Refusal};
use crate::failure::Failure;

/// The first bytes of every zip file.
const SIGN: &[u8] = b"PK";

/// The number of files that are made at the same time.
const BATCH: usize = 256;

/// May an archive be written here? Only a new file, or in place of an archive.
pub fn check(archive: &Path) -> Result<(), Refusal> {
    let refused = |error| Refusal::Unreachable(archive.to_owned(), error);
    // Opening a pipe would block.
    if archive.metadata().is_ok_and(|found| !found.is_file()) {
        return Err(Refusal::NotAnArchive(archive.to_owned()));
    }
    match File::open(archive) {
        Ok(mut file) => {
            let mut start = Vec::new();
            Read::by_ref(&mut file).take(SIGN.len() as u64).read_to_end(&mut start).map_err(refused)?;
            if start == SIGN { Ok(()) } else { Err(Refusal::NotAnArchive(archive.to_owned())) }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(refused(error)),
    }
}

/// Writes an archive of the files at these paths, which are relative and sorted. Every file is requested once.
pub fn write<E: Send>(
    archive: &Path,
    paths: &[String],
    bytes: impl Fn(usize) -> Result<Vec<u8>, E> + Sync,
) -> Result<(), Unpublished<E>> {
    let refused = |error: io::Error| Unpublished::Machine(Failure::at("write", archive)(error));
    let folder = archive.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut aside = NamedTempFile::new_in(folder).map_err(refused)?;
    let mut zip = ZipWriter::new(BufWriter::new(aside.as_file_mut()));
    let numbers: Vec<usize> = (0..paths.len()).collect();
    for batch in numbers.chunks(BATCH) {
        let made: Vec<Result<Vec<u8>, E>> = batch.par_iter().map(|&n| bytes(n)).collect();
        let (made, faults) = sorted(made);
        if !faults.is_empty() {
            return Err(Unpublished::Content(faults));
        }
        for (&n, bytes) in batch.iter().zip(&made) {
            add(&mut zip, &paths[n], bytes).map_err(|error| refused(error.into()))?;
        }
    }
    let finished = zip.finish().map_err(io::Error::from).and_then(|mut file| file.flush());
    finished.map_err(refused)?;
    publish(aside, archive).map_err(refused)
}

fn sorted<E>(made: Vec<Result<Vec<u8>, E>>) -> (Vec<Vec<u8>>, Vec<E>) {
    let (mut files, mut faults) = (Vec::with_capacity(made.len()), Vec::new());
    for file in made {
        match file {
            Ok(bytes) => files.push(bytes),
            Err(fault) => faults.push(fault),
        }
    }
    (files, faults)
}

fn add(zip: &mut ZipWriter<impl Write + io::Seek>, path: &str, bytes: &[u8]) -> Result<(), ZipError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    zip.start_file(path, options)?;
    zip.write_all(bytes)?;
    Ok(())
}

/// Moves the file to its place, with the permissions of a new file, since those of a temporary file are stricter.
fn publish(aside: NamedTempFile, archive: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        aside.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    aside.persist(archive).map_err(|error| error.error)?;
    Ok(())
}
