//! The manifest: every file that Casebook made in a folder, with its size, the hash of its bytes, and a hash of what it
//! was made from, if that is known.
//!
//! It shows which files Casebook may replace and remove and which are unchanged, and has a hash of what the site was
//! made from. It contains no times, so the same site has the same manifest. A file without a hash is being replaced.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read, Write},
    ops::Bound,
    path::{Component, Path},
    time::{Duration, UNIX_EPOCH},
};

use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    disk::{self, EntryKind, FileStatus, Folder, Time, is_absent, is_no_file},
    failure::Failure,
    output::remove_if_there,
};

/// The manifest's name in the output.
pub const NAME: &str = ".casebook-manifest";

/// The version of the format.
const FORMAT_VERSION: u32 = 1;

/// A file's size and hash. Two files with the same fingerprint have the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    size: u64,
    hash: String,
}

impl Fingerprint {
    /// The fingerprint of these bytes. 128 bits of the hash are enough to distinguish versions of a file.
    pub fn of(bytes: &[u8]) -> Fingerprint {
        Fingerprint { size: bytes.len() as u64, hash: blake3::hash(bytes).to_hex()[..32].to_owned() }
    }
}

/// What a build stores in the manifest for the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildRecord {
    /// The hash of everything that the site was made from.
    pub inputs_hash: String,
    /// What the publisher needs to know if the next site has the same inputs, in its own format.
    pub summary: Option<Value>,
}

/// The files of a site by path, each with its row if its bytes are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    build_record: Option<BuildRecord>,
    files: BTreeMap<String, Option<Row>>,
}

/// A file in the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its size and hash.
    pub fingerprint: Fingerprint,
    /// The hash of everything that it was made from, if it is known.
    pub inputs: Option<String>,
}

#[derive(Deserialize)]
struct ManifestFile {
    casebook: u32,
    origin: Option<String>,
    summary: Option<Value>,
    files: BTreeMap<String, Option<WrittenRow>>,
}

/// Size, hash, and inputs.
#[derive(Deserialize)]
struct WrittenRow(u64, String, #[serde(default)] Option<String>);

impl Manifest {
    /// A manifest of these files.
    pub fn new(files: impl IntoIterator<Item = (String, Row)>) -> Manifest {
        Manifest { build_record: None, files: files.into_iter().map(|(path, row)| (path, Some(row))).collect() }
    }

    /// Adds the record of the build, if the inputs are known.
    #[must_use]
    pub fn with_build_record(self, build_record: Option<&BuildRecord>) -> Manifest {
        Manifest { build_record: build_record.cloned(), ..self }
    }

    /// What the site was made from, if it is known.
    pub fn build_record(&self) -> Option<&BuildRecord> {
        self.build_record.as_ref()
    }

    /// The fingerprint of a file, if it is known.
    pub fn fingerprint(&self, path: &str) -> Option<&Fingerprint> {
        Some(&self.row(path)?.fingerprint)
    }

    /// The fingerprint of a file that was made from these inputs.
    pub fn fingerprint_of(&self, path: &str, inputs: &str) -> Option<&Fingerprint> {
        let row = self.row(path)?;
        (row.inputs.as_deref() == Some(inputs)).then_some(&row.fingerprint)
    }

    fn row(&self, path: &str) -> Option<&Row> {
        self.files.get(path)?.as_ref()
    }

    /// The number of files.
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// Does it list this file?
    pub fn lists(&self, path: &Path) -> bool {
        path.to_str().is_some_and(|path| self.files.contains_key(path))
    }

    /// Does it list a file in this folder, however deep?
    pub fn lists_below(&self, folder: &Path) -> bool {
        let Some(start) = folder.to_str().map(|folder| format!("{folder}/")) else { return false };
        let from = (Bound::Included(start.as_str()), Bound::Unbounded);
        self.files.range::<str, _>(from).next().is_some_and(|(path, _)| path.starts_with(&start))
    }

    /// The paths of its files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The size of all its files together.
    pub fn bytes(&self) -> u64 {
        self.files.values().flatten().map(|row| row.fingerprint.size).sum()
    }

    /// The same manifest with these files added, without their fingerprints.
    pub fn with_unknown<'a>(&self, paths: impl IntoIterator<Item = &'a str>) -> Manifest {
        let mut files = self.files.clone();
        files.extend(paths.into_iter().map(|path| (path.to_owned(), None)));
        Manifest { build_record: None, files }
    }

    /// Parses a manifest; none if it is truncated, or of an unknown version.
    pub fn parse(text: &[u8]) -> Option<Manifest> {
        let written: ManifestFile = serde_json::from_slice(text).ok()?;
        let sound = written.casebook == FORMAT_VERSION && written.files.keys().all(|path| is_sound(path));
        let row = |WrittenRow(size, hash, inputs)| Row { fingerprint: Fingerprint { size, hash }, inputs };
        let files = written.files.into_iter().map(|(path, known)| (path, known.map(row))).collect();
        let build_record = written.origin.map(|inputs_hash| BuildRecord { inputs_hash, summary: written.summary });
        sound.then_some(Manifest { build_record, files })
    }

    /// Reads the manifest in a file that a user named; none if there is no file, or no complete manifest. A pipe or a
    /// device is refused, and not waited for.
    pub fn read(file: &Path) -> io::Result<Option<Manifest>> {
        let read = || {
            let mut text = Vec::new();
            disk::open_file(file)?.read_to_end(&mut text)?;
            Ok(text)
        };
        match read() {
            Ok(text) => Ok(Manifest::parse(&text)),
            Err(gone) if is_absent(&gone) => Ok(None),
            Err(refused) => Err(refused),
        }
    }

    /// Reads the manifest with this name in a folder; none if there is no file, or no complete manifest.
    pub fn read_in(folder: &Folder, name: &str) -> Result<Option<Manifest>, Failure> {
        match folder.read(Path::new(name)) {
            Ok(text) => Ok(Manifest::parse(&text)),
            Err(other) if is_absent(&other) || is_no_file(&other) => Ok(None),
            Err(refused) => Err(Failure::at("read", &folder.path().join(name))(refused)),
        }
    }

    /// Writes it into a folder under this name, as a new file.
    pub fn write(&self, folder: &Folder, name: &str) -> Result<(), Failure> {
        remove_if_there(folder, name)?;
        let mut written = folder.create(Path::new(name)).map_err(Failure::at("write", &folder.path().join(name)))?;
        written.write_all(self.text().as_bytes()).map_err(Failure::at("write", &folder.path().join(name)))?;
        // A manifest without the ending is sound, but then the bytes of every file are compared.
        set_time_ending(&written).unwrap_or_default();
        Ok(())
    }

    /// JSON with one file to a line, so that people can compare two manifests.
    fn text(&self) -> String {
        let line = |(path, row): (&String, &Option<Row>)| {
            let row = match row {
                Some(Row { fingerprint: Fingerprint { size, hash }, inputs: Some(inputs) }) => {
                    json!([size, hash, inputs])
                }
                Some(Row { fingerprint: Fingerprint { size, hash }, inputs: None }) => json!([size, hash]),
                None => json!(null),
            };
            format!("{}:{row}", json!(path))
        };
        let lines: Vec<String> = self.files.iter().map(line).collect();
        let hash = self.build_record.as_ref().map(|record| format!("\"origin\":{},", json!(record.inputs_hash)));
        let summary = self.build_record.as_ref().and_then(|record| record.summary.as_ref());
        let summary = summary.map(|summary| format!("\"summary\":{summary},"));
        let record = hash.unwrap_or_default() + &summary.unwrap_or_default();
        format!("{{\"casebook\":{FORMAT_VERSION},{record}\"files\":{{\n{}\n}}}}\n", lines.join(",\n"))
    }
}

/// The state of a folder before a publication.
#[derive(Debug, Default)]
pub struct OutputState {
    /// The files that are Casebook's.
    pub manifest: Manifest,
    /// The time at which Casebook wrote the manifest; none if nothing is known about the bytes on the disk.
    pub written: Option<Time>,
    /// Is there a manifest that cannot be read? Then a file that it does not list may still be Casebook's.
    pub is_damaged: bool,
}

impl OutputState {
    /// Reads the manifest of a folder that will have files at `paths`. Without a folder or a manifest, nothing is
    /// known.
    ///
    /// A truncated manifest proves that the folder is Casebook's, but not which files are: those at `paths` count as
    /// Casebook's, with unknown bytes. Whose all others are is not known.
    pub fn read<'a>(folder: Option<&Folder>, paths: impl IntoIterator<Item = &'a str>) -> Result<OutputState, Failure> {
        let Some(folder) = folder else { return Ok(OutputState::default()) };
        let name = Path::new(NAME);
        let read = || -> io::Result<(Vec<u8>, Option<Time>)> {
            let mut text = Vec::new();
            folder.open_file(name)?.read_to_end(&mut text)?;
            let found = folder.status(name)?;
            // A manifest whose time was set forward must not make its files count as unchanged.
            Ok((text, has_time_ending(&found).then_some(found.modified.min(found.changed))))
        };
        match read() {
            Ok((text, written)) => Ok(match Manifest::parse(&text) {
                Some(manifest) => OutputState { manifest, written, is_damaged: false },
                None => {
                    OutputState { manifest: Manifest::default().with_unknown(paths), written: None, is_damaged: true }
                }
            }),
            Err(gone) if gone.kind() == io::ErrorKind::NotFound => Ok(OutputState::default()),
            Err(refused) => Err(Failure::at("read", &folder.path().join(NAME))(refused)),
        }
    }

    /// The file at a path of the output, if it is Casebook's and has these bytes, whose fingerprint is given.
    pub fn find_same(
        &self,
        output: &Folder,
        path: &str,
        bytes: &[u8],
        fingerprint: &Fingerprint,
    ) -> Option<FileStatus> {
        let row = self.manifest.files.get(path)?;
        let is_as_long = |found: &FileStatus| found.kind == EntryKind::File && found.size == bytes.len() as u64;
        let found = output.status(Path::new(path)).ok().filter(is_as_long)?;
        let is_same = match row {
            Some(row) if is_untouched(&found, self.written) => row.fingerprint == *fingerprint,
            // A file that cannot be read has to be written again.
            _ => output.read(Path::new(path)).is_ok_and(|on_disk| on_disk == bytes),
        };
        is_same.then_some(found)
    }

    /// Does the folder contain the complete site of these inputs?
    pub fn is_whole(&self, folder: &Folder, inputs_hash: &str) -> bool {
        let holds = |(path, row): (&String, &Option<Row>)| {
            row.as_ref().is_some_and(|row| self.found(folder, path, &row.fingerprint).is_some())
        };
        let record = self.manifest.build_record.as_ref();
        record.is_some_and(|record| record.inputs_hash == inputs_hash) && self.manifest.files.par_iter().all(holds)
    }

    /// The file that was made from these inputs, with its fingerprint, if it is in the folder as it was written.
    pub fn made_from(&self, folder: &Folder, path: &str, inputs: &str) -> Option<(Fingerprint, FileStatus)> {
        let fingerprint = self.manifest.fingerprint_of(path, inputs)?;
        Some((fingerprint.clone(), self.found(folder, path, fingerprint)?))
    }

    /// The file at a path, if it has this fingerprint.
    fn found(&self, folder: &Folder, path: &str, fingerprint: &Fingerprint) -> Option<FileStatus> {
        let file = Path::new(path);
        let found = folder.status(file).ok()?;
        let is_same = || folder.read(file).is_ok_and(|bytes| Fingerprint::of(&bytes) == *fingerprint);
        let is_as_long = found.kind == EntryKind::File && found.size == fingerprint.size;
        (is_as_long && (is_untouched(&found, self.written) || is_same())).then_some(found)
    }

    /// Is this manifest on the disk already?
    pub fn has_manifest(&self, manifest: &Manifest) -> bool {
        self.written.is_some() && self.manifest == *manifest
    }
}

/// Is a file as it was when the manifest was written? The modification time of its bytes can be set back, but not the
/// time of its last change. A file as new as the manifest or newer may have been changed since, so its bytes must be
/// compared.
fn is_untouched(found: &FileStatus, written: Option<Time>) -> bool {
    Some(found.modified.max(found.changed)) < written
}

/// The last nanoseconds of the time of every manifest that Casebook wrote, and the interval at which they recur.
const TIME_ENDING: i64 = 37_000;
const TIME_ENDING_INTERVAL: i64 = 100_000;

/// Sets the time of a new manifest back to the last time with [`TIME_ENDING`]. A manifest that was touched or copied
/// since may be later than files that were changed after it was written, but has lost the ending. Some disks keep
/// times that are too coarse for it.
fn set_time_ending(file: &File) -> io::Result<()> {
    let (seconds, nanoseconds) = FileStatus::of(file)?.modified;
    let since = Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
    let since = since + Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or_default());
    let back = Duration::from_nanos((nanoseconds - TIME_ENDING).rem_euclid(TIME_ENDING_INTERVAL).unsigned_abs());
    file.set_modified(UNIX_EPOCH + since.saturating_sub(back))
}

fn has_time_ending(found: &FileStatus) -> bool {
    found.modified.1.rem_euclid(TIME_ENDING_INTERVAL) == TIME_ENDING
}

/// The longest name of a file, and the longest path below a folder, that a system takes.
const LONGEST_NAME: usize = 255;
const LONGEST_PATH: usize = 4095;

/// The files that a manifest lists may be removed, and it may have been tampered with, so it must not list paths
/// outside its folder. It must not list paths that no file can have either, since looking for one would fail in every
/// build.
fn is_sound(path: &str) -> bool {
    path.len() <= LONGEST_PATH
        && !path.contains('\0')
        && path.split('/').all(|part| {
            let mut components = Path::new(part).components();
            let is_name =
                matches!((components.next(), components.next()), (Some(Component::Normal(name)), None) if name == part);
            is_name && length(part) <= LONGEST_NAME
        })
}

/// The length of a name as the system counts it: macOS and Windows count units of UTF-16, others bytes.
fn length(name: &str) -> usize {
    if cfg!(any(windows, target_vendor = "apple")) { name.encode_utf16().count() } else { name.len() }
}

#[cfg(test)]
mod tests;
