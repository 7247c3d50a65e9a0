//! Disk → [`Project`]: every file of a library, sorted, with the text of those that are text. The only reader of the disk.
//!
//! Names that begin with a dot or an underscore are passed over. A symbolic link is followed only to a place inside the
//! library; pipes, sockets and devices are passed over. Nothing is parsed here: bytes that are not UTF-8 stay bytes. Pictures
//! are not kept, so they are measured here.

mod picture;

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    io::{self, BufReader, Read, Seek, SeekFrom},
    ops::RangeInclusive,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::{
    failure::Failure,
    problem::{FilePath, Problem, message},
};

/// The file that makes a folder a library: its settings.
pub const SETTINGS: &str = "casebook.yaml";

/// All of a library: its settings, and the folders of its content and its themes.
pub const TOPS: [&str; 3] = [SETTINGS, "content", "themes"];

/// A text file over this many bytes is not read.
pub const LARGEST_TEXT: u64 = 64 * 1024 * 1024;

/// The files of a library, as they are on the disk at one moment.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// Every file, by its path relative to the root.
    pub files: BTreeMap<FilePath, SourceFile>,
    /// What was wrong with the files themselves: a link that leads out.
    pub problems: Vec<Problem>,
}

/// A file of a library.
#[derive(Clone, Debug)]
pub enum SourceFile {
    /// A file that Casebook reads.
    Text(Arc<[u8]>),
    /// A text file that is too large to read, with its size in bytes.
    TooLarge(u64),
    /// A file that is only listed, to be published if something links to it; with width and height if it is a picture.
    Other(Option<(u32, u32)>),
}

/// A project as it was found on the disk, so that what has not changed since need not be read again.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The files.
    pub project: Project,
    marks: BTreeMap<FilePath, Mark>,
}

/// What the disk says of a file that is not opened. A file that is written, replaced or touched gets another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    inode: u64,
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl From<Project> for Snapshot {
    /// Files that are not on a disk.
    fn from(project: Project) -> Snapshot {
        Snapshot { project, marks: BTreeMap::new() }
    }
}

impl Snapshot {
    /// The files that are not as they were before: new, edited or gone; sorted. Both lists are walked once, side by side.
    pub fn changes_since(&self, before: &Snapshot) -> Vec<FilePath> {
        let differs = |path: &FilePath, file: &SourceFile, earlier: &SourceFile| match (file, earlier) {
            (SourceFile::Other(_), SourceFile::Other(_)) => self.marks.get(path) != before.marks.get(path),
            _ => !file.is_same_as(earlier),
        };
        let mut changes = Vec::new();
        let mut earlier = before.project.files.iter().peekable();
        for (path, file) in &self.project.files {
            while let Some((gone, _)) = earlier.next_if(|(known, _)| *known < path) {
                changes.push(gone.clone());
            }
            let same = earlier.next_if(|(known, _)| *known == path);
            if same.is_none_or(|(_, earlier)| differs(path, file, earlier)) {
                changes.push(path.clone());
            }
        }
        changes.extend(earlier.map(|(gone, _)| gone.clone()));
        changes
    }
}

impl SourceFile {
    /// Is it the very file that was read before? Equal bytes that were read twice are compared.
    pub fn is_same_as(&self, other: &SourceFile) -> bool {
        match (self, other) {
            (SourceFile::Text(a), SourceFile::Text(b)) => Arc::ptr_eq(a, b) || a == b,
            (SourceFile::TooLarge(a), SourceFile::TooLarge(b)) => a == b,
            (SourceFile::Other(a), SourceFile::Other(b)) => a == b,
            _ => false,
        }
    }
}

impl Mark {
    fn of(file: &fs::Metadata) -> Mark {
        Mark {
            inode: file.ino(),
            size: file.len(),
            modified: (file.mtime(), file.mtime_nsec()),
            changed: (file.ctime(), file.ctime_nsec()),
        }
    }
}

impl Project {
    /// A file's bytes, where they were read.
    pub fn bytes(&self, path: &FilePath) -> Option<&[u8]> {
        match self.files.get(path)? {
            SourceFile::Text(bytes) => Some(bytes),
            SourceFile::TooLarge(_) | SourceFile::Other(_) => None,
        }
    }

    /// The files under `themes/`.
    pub fn theme_files(&self) -> BTreeMap<FilePath, Arc<[u8]>> {
        let themes = self.files.iter().filter(|(path, _)| path.as_str().starts_with("themes/"));
        themes
            .filter_map(|(path, file)| match file {
                SourceFile::Text(bytes) => Some((path.clone(), bytes.clone())),
                SourceFile::TooLarge(_) | SourceFile::Other(_) => None,
            })
            .collect()
    }
}

/// Is this path one whose text Casebook reads?
fn is_text(path: &FilePath) -> bool {
    path.as_str().starts_with("themes/") || matches!(path.extension().as_str(), "md" | "yaml" | "yml")
}

/// Reads a library: [all of it](TOPS) under a root.
pub fn read(root: &Path) -> Result<Project, Failure> {
    Ok(read_again(root, &Snapshot::default(), |_| false)?.project)
}

/// Reads a library of which an earlier state is known. A file that the disk says is the same keeps the bytes that were read
/// then, unless it is a suspect: the disk's clock is coarse, so two writes in one tick leave the same mark.
pub fn read_again(
    root: &Path,
    before: &Snapshot,
    is_suspect: impl Fn(&Path) -> bool + Sync,
) -> Result<Snapshot, Failure> {
    let true_root = root.canonicalize().map_err(Failure::at("read", root))?;
    let mut problems = Vec::new();
    let mut found: Vec<(FilePath, PathBuf)> = Vec::new();
    for top in TOPS {
        walk(root, &true_root, top, &mut found, &mut problems)?;
    }
    let load = |(path, on_disk): (FilePath, PathBuf)| -> Result<_, Failure> {
        let known = if is_suspect(&on_disk) { None } else { before.marks.get(&path) };
        let earlier = known.zip(before.project.files.get(&path));
        Ok(load(&path, &on_disk, earlier)?.map(|(file, mark)| ((path.clone(), file), (path, mark))))
    };
    let loaded: Result<Vec<_>, Failure> = found.into_par_iter().map(load).collect();
    let (files, marks) = loaded?.into_iter().flatten().unzip();
    Ok(Snapshot { project: Project { files, problems }, marks })
}

/// Reads again only the files at these paths, which are known to have been touched. Gives nothing where that would not do: a
/// folder or something in a new folder is among them, and the whole tree must be read.
pub fn read_touched(root: &Path, before: &Snapshot, touched: &HashSet<PathBuf>) -> Result<Option<Snapshot>, Failure> {
    let mut now = before.clone();
    for on_disk in touched {
        let path = relative(root, on_disk);
        if path.as_str().split('/').any(|part| part.starts_with(['.', '_'])) {
            continue;
        }
        let files = &before.project.files;
        let is_folder = |folder: FilePath| {
            let first = files.range(folder.clone()..).next();
            first.is_some_and(|(below, _)| below.as_str().starts_with(folder.as_str()))
        };
        let was_folder = is_folder(FilePath::new(format!("{path}/")));
        // A name that is not text is a problem, which is told when the tree is read.
        let is_new = !files.contains_key(&path);
        let has_place = || on_disk.to_str().is_some() && is_folder(FilePath::new(format!("{}/", path.folder())));
        let is_file = fs::symlink_metadata(on_disk).map(|entry| entry.is_file()).ok();
        let loaded = match is_file {
            _ if was_folder => return Ok(None),
            Some(true) if !is_new || has_place() => load(&path, on_disk, None)?,
            Some(_) => return Ok(None),
            None => None,
        };
        match loaded {
            Some((file, mark)) => {
                now.project.files.insert(path.clone(), file);
                now.marks.insert(path, mark);
            }
            None => {
                now.project.files.remove(&path);
                now.marks.remove(&path);
            }
        }
    }
    Ok(Some(now))
}

/// Reads one file that the site publishes as it is.
pub fn read_file(root: &Path, path: &FilePath) -> Result<Vec<u8>, Failure> {
    let on_disk = root.join(path.as_str());
    fs::read(&on_disk).map_err(Failure::at("read", &on_disk))
}

/// The size, in bytes, of a file that the site publishes as it is.
pub fn size_of(root: &Path, path: &FilePath) -> Result<u64, Failure> {
    let on_disk = root.join(path.as_str());
    Ok(fs::metadata(&on_disk).map_err(Failure::at("read", &on_disk))?.len())
}

/// Some bytes of such a file, the last included; fewer where it has become shorter.
pub fn read_part(root: &Path, path: &FilePath, bytes: RangeInclusive<u64>) -> Result<Vec<u8>, Failure> {
    let on_disk = root.join(path.as_str());
    let read = || {
        let mut file = fs::File::open(&on_disk)?;
        file.seek(SeekFrom::Start(*bytes.start()))?;
        let mut part = Vec::new();
        file.take(bytes.end() - bytes.start() + 1).read_to_end(&mut part)?;
        Ok(part)
    };
    read().map_err(Failure::at("read", &on_disk))
}

/// The bytes of this program.
pub fn program() -> Result<Vec<u8>, Failure> {
    let program = std::env::current_exe().map_err(|error| Failure::new("find this program", error))?;
    fs::read(&program).map_err(Failure::at("read", &program))
}

/// Is this folder a library?
pub fn is_root(folder: &Path) -> bool {
    folder.join(SETTINGS).is_file()
}

/// Would this folder be a library if its settings had their proper name?
pub fn is_misnamed_root(folder: &Path) -> bool {
    folder.join("casebook.yml").is_file()
}

/// The nearest folder at or above `start` that is a library.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| is_root(folder)).map(Path::to_path_buf)
}

/// Where a file or folder really is: in full, without symbolic links.
pub fn true_path(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize().map_err(Failure::at("read", path))
}

/// Is there a folder here?
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

fn walk(
    root: &Path,
    true_root: &Path,
    top: &str,
    found: &mut Vec<(FilePath, PathBuf)>,
    problems: &mut Vec<Problem>,
) -> Result<(), Failure> {
    let start = root.join(top);
    if fs::symlink_metadata(&start).is_err() {
        return Ok(());
    }
    let inside = |entry: &DirEntry| !entry.path_is_symlink() || leads_inside(entry.path(), true_root);
    let mut entries = WalkDir::new(&start).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                skip_or_fail(root, error, problems)?;
                continue;
            }
        };
        let ignored = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with(['.', '_']);
        let path = relative(root, entry.path());
        if !ignored && entry.file_name().to_str().is_none() {
            problems.push(message::file::bad_name(&path));
            continue;
        }
        let outside = !ignored && !inside(&entry);
        if outside {
            problems.push(message::file::leads_outside(&path));
        }
        if ignored || outside {
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
        } else if entry.file_type().is_file() {
            found.push((path, entry.into_path()));
        }
    }
    Ok(())
}

/// A link to nowhere or round in a circle is a problem of the content; anything else is the machine's refusal.
fn skip_or_fail(root: &Path, error: walkdir::Error, problems: &mut Vec<Problem>) -> Result<(), Failure> {
    let Some(path) = error.path().map(Path::to_path_buf) else {
        return Err(Failure::new("read the library", error.into()));
    };
    let is_link = fs::symlink_metadata(&path).is_ok_and(|data| data.file_type().is_symlink());
    let is_circle =
        error.io_error().is_some_and(|error| error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()));
    if error.loop_ancestor().is_some() || is_link {
        let path = relative(root, &path);
        problems.push(match error.loop_ancestor().is_some() || is_circle {
            true => message::file::leads_in_a_circle(&path),
            false => message::file::leads_nowhere(&path),
        });
        return Ok(());
    }
    // A file that vanished while the folder was being read is a file that is not there.
    match error.into_io_error() {
        Some(gone) if gone.kind() == io::ErrorKind::NotFound => Ok(()),
        Some(refused) => Err(Failure::at("read", &path)(refused)),
        None => Ok(()),
    }
}

fn leads_inside(link: &Path, true_root: &Path) -> bool {
    link.canonicalize().is_ok_and(|target| target.starts_with(true_root))
}

fn relative(root: &Path, path: &Path) -> FilePath {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    FilePath::new(parts.join("/"))
}

/// A file and its mark; nothing where it has vanished. `earlier` is what was known of it.
fn load(
    path: &FilePath,
    on_disk: &Path,
    earlier: Option<(&Mark, &SourceFile)>,
) -> Result<Option<(SourceFile, Mark)>, Failure> {
    let read = || -> io::Result<(SourceFile, Mark)> {
        let mark = Mark::of(&fs::metadata(on_disk)?);
        let file = match earlier {
            Some((known, file)) if *known == mark => file.clone(),
            _ if !is_text(path) => SourceFile::Other(measured(path, on_disk)),
            _ if mark.size > LARGEST_TEXT => SourceFile::TooLarge(mark.size),
            _ => SourceFile::Text(fs::read(on_disk)?.into()),
        };
        Ok((file, mark))
    };
    match read() {
        Ok(loaded) => Ok(Some(loaded)),
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(refused) => Err(Failure::at("read", on_disk)(refused)),
    }
}

/// The width and height of a picture. One that cannot be read is a file like any other here, and is reported when it is published.
fn measured(path: &FilePath, on_disk: &Path) -> Option<(u32, u32)> {
    let is_picture = picture::PICTURES.contains(&path.extension().as_str());
    let file = is_picture.then(|| fs::File::open(on_disk).ok()).flatten()?;
    picture::size(BufReader::new(file))
}
