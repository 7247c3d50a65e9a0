//! A site as one file: a zip without times and owners, so that the same site gives the same bytes.
//!
//! Readers see the whole old archive or the whole new one. Files are made in parallel, a batch at a time, so that a
//! large site is never in memory as a whole.

use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Write},
    path::Path,
};

use rayon::prelude::*;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::{
    PlannedFile, Unpublished, named_file,
    target::{self, OutputTarget, Refusal},
};
use crate::{
    disk::{self, is_no_file},
    failure::Failure,
};

/// Two of the files that every site has. No archive of a Word file or a book has them.
const IN_EVERY_SITE: [&str; 2] = ["index.html", "data/cases.json"];

/// The number of files that are made at the same time.
const BATCH: usize = 256;

/// May an archive be written here? Only a new file in a folder that exists or will be published, or in place of an
/// archive that Casebook wrote, and not in these folders of the library at `root`.
pub fn check(archive: &Path, output: &OutputTarget, root: &Path, folders: &[&'static str]) -> Result<(), Refusal> {
    let refused = |error| Refusal::ArchiveUnreachable(archive.to_owned(), error);
    let folder = target::resolve(named_file::folder(archive)).map_err(refused)?;
    if let Some(source) = target::source_of(&folder, &target::true_path(root), folders) {
        return Err(Refusal::ArchiveInSource(archive.to_owned(), source));
    }
    match disk::open_file(archive) {
        Ok(file) if is_ours(&file) => Ok(()),
        Ok(_) => Err(Refusal::NotAnArchive(archive.to_owned())),
        Err(other) if is_no_file(&other) => Err(Refusal::NotAnArchive(archive.to_owned())),
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => {
            if folder.is_dir() || folder.starts_with(output.folder()) { Ok(()) } else { Err(refused(gone)) }
        }
        Err(error) => Err(refused(error)),
    }
}

/// Is it an archive that Casebook wrote: a zip of a site, without times?
fn is_ours(file: &File) -> bool {
    let Ok(mut zip) = ZipArchive::new(BufReader::new(file)) else { return false };
    let is_without_times = zip.by_index_raw(0).is_ok_and(|first| first.last_modified() == Some(DateTime::default()));
    is_without_times && IN_EVERY_SITE.iter().all(|path| zip.index_for_name(path).is_some())
}

/// Writes an archive of these files, whose paths are sorted. The bytes of every file are requested once.
pub fn write<T: Sync, E: Send>(
    archive: &Path,
    files: &[PlannedFile<T>],
    bytes: impl Fn(&PlannedFile<T>) -> Result<Vec<u8>, E> + Sync,
) -> Result<(), Unpublished<E>> {
    let filled = named_file::replace(archive, |file| fill(file, files, bytes));
    filled.map_err(|stop| match stop {
        Stop::Content(faults) => Unpublished::Content(faults),
        Stop::Disk(error) => Unpublished::Machine(Failure::at("write", archive)(error)),
    })
}

/// The reason why an archive was not written.
enum Stop<E> {
    Content(Vec<E>),
    Disk(io::Error),
}

impl<E> From<io::Error> for Stop<E> {
    fn from(error: io::Error) -> Stop<E> {
        Stop::Disk(error)
    }
}

fn fill<T: Sync, E: Send>(
    file: &File,
    files: &[PlannedFile<T>],
    bytes: impl Fn(&PlannedFile<T>) -> Result<Vec<u8>, E> + Sync,
) -> Result<(), Stop<E>> {
    let mut zip = ZipWriter::new(BufWriter::new(file));
    for batch in files.chunks(BATCH) {
        let made: Vec<Result<Vec<u8>, E>> = batch.par_iter().map(&bytes).collect();
        let (made, faults) = partition(made);
        if !faults.is_empty() {
            return Err(Stop::Content(faults));
        }
        for (file, bytes) in batch.iter().zip(&made) {
            add(&mut zip, &file.path, bytes).map_err(io::Error::from)?;
        }
    }
    Ok(zip.finish().map_err(io::Error::from)?.flush()?)
}

fn partition<E>(made: Vec<Result<Vec<u8>, E>>) -> (Vec<Vec<u8>>, Vec<E>) {
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

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::{fs, io::Read};

    use super::*;

    /// Writes a zip of files with these names, whose time is given.
    fn zip_of(file: &Path, names: &[&str], time: DateTime) {
        let mut zip = ZipWriter::new(File::create(file).unwrap());
        for name in names {
            zip.start_file(*name, SimpleFileOptions::default().last_modified_time(time)).unwrap();
        }
        zip.finish().unwrap();
    }

    #[test]
    fn only_an_archive_of_a_site_is_replaced_and_none_is_written_among_the_sources() {
        let top = tempfile::tempdir().unwrap();
        let at = |name: &str| top.path().join(name);
        let (none, day) = (DateTime::default(), DateTime::from_date_and_time(2026, 1, 2, 3, 4, 6).unwrap());
        let planned = |path: &str| PlannedFile { path: path.to_owned(), inputs: None, source: () };
        let site = ["404.html", "data/cases.json", "index.html"];
        write(&at("old.zip"), &site.map(planned), |_| Ok::<_, String>(b"x".to_vec())).unwrap();
        zip_of(&at("by-hand.zip"), &site, day);
        zip_of(&at("report.docx"), &["[Content_Types].xml", "word/document.xml"], none);
        zip_of(&at("without-files.zip"), &[], none);
        fs::write(at("broken.zip"), b"PK\x03\x04rest").unwrap();
        fs::create_dir_all(at("library/content/cases")).unwrap();
        std::os::unix::fs::symlink(at("library/content"), at("to-content")).unwrap();
        fs::write(at("letter.zip"), b"Dear").unwrap();
        fs::write(at("notes.txt"), "PKW costs").unwrap();
        fs::write(at("empty.zip"), b"").unwrap();
        fs::create_dir(at("folder.zip")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(at("pipe.zip")).status().unwrap().success());
        let output = target::check(&at("output"), &at("library"), &[]).unwrap();
        // The output, which does not exist yet, may hold the archive.
        let check = |name: &str| check(&at(name), &output, &at("library"), &["content", "themes"]);
        for name in ["old.zip", "new.zip", "output/new.zip", "output/data/new.zip", "library/new.zip"] {
            assert!(check(name).is_ok(), "{name}");
        }
        let texts = ["letter.zip", "notes.txt", "empty.zip", "broken.zip"];
        for name in
            [&texts[..], &["by-hand.zip", "report.docx", "without-files.zip", "folder.zip", "pipe.zip"]].concat()
        {
            assert!(matches!(check(name), Err(Refusal::NotAnArchive(_))), "{name}");
        }
        for name in ["letter.zip/new.zip", "none/new.zip", "outputs/new.zip"] {
            assert!(matches!(check(name), Err(Refusal::ArchiveUnreachable(..))), "{name}");
        }
        for name in
            ["library/content/new.zip", "library/content/cases/new.zip", "library/themes/t/n.zip", "to-content/n.zip"]
        {
            assert!(matches!(check(name), Err(Refusal::ArchiveInSource(..))), "{name}");
        }
    }

    #[test]
    fn an_archive_appears_whole_or_stays_as_it_was() {
        let top = tempfile::tempdir().unwrap();
        let archive = top.path().join("a.zip");
        // More files than a batch holds.
        let planned = |n: usize| PlannedFile { path: format!("{n:04}.html"), inputs: None, source: n };
        let files: Vec<PlannedFile<usize>> = (0..BATCH + 2).map(planned).collect();
        write(&archive, &files, |file| Ok::<_, String>(file.source.to_string().into_bytes())).unwrap();
        let before = fs::read(&archive).unwrap();
        let mut read = zip::ZipArchive::new(io::Cursor::new(&before)).unwrap();
        assert_eq!(read.len(), files.len());
        let mut text = String::new();
        read.by_name("0257.html").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "257");
        // What a killed command left goes with the next.
        fs::write(top.path().join(".casebook-new-1-0"), "half").unwrap();
        let faulty =
            |file: &PlannedFile<usize>| if file.source == 3 { Err("a fault".to_owned()) } else { Ok(Vec::new()) };
        let Err(Unpublished::Content(faults)) = write(&archive, &files, faulty) else { panic!("no fault") };
        assert_eq!(faults, ["a fault"]);
        assert_eq!(fs::read(&archive).unwrap(), before);
        assert_eq!(fs::read_dir(top.path()).unwrap().count(), 1);
        let nowhere = write(&top.path().join("none/a.zip"), &files, |_| Ok::<_, String>(Vec::new()));
        assert!(matches!(nowhere, Err(Unpublished::Machine(_))));
    }
}
