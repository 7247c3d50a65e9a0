//! An opened folder, and operations below it that never follow a symbolic link.
//!
//! Takes a folder's true path and then paths relative to it; gives files, entries and their status. A link in any part
//! of a relative path is an error ([`is_link`]), and so is a path that leaves the folder. The folder stays the one that
//! was opened, even if another takes its name. Knows nothing of libraries and sites.
//!
//! `beneath.rs` does this with the system calls of Unix, in one step each. The portable module checks every part of a
//! path before it uses it, which is safe against existing links, but not against one that appears between check and
//! use. `--cfg casebook_portable` chooses it on Unix too: `.ci/run` runs all tests with it.

#[cfg(all(unix, not(casebook_portable)))]
#[path = "beneath.rs"]
mod system;

#[cfg(any(not(unix), casebook_portable))]
#[path = "portable.rs"]
mod system;

mod mounts;

pub mod terminal;

use std::{
    error::Error,
    ffi::OsString,
    fmt,
    fs::{File, TryLockError},
    io,
    path::{Component, Path, PathBuf},
};

pub use system::{CAN_EXCHANGE, is_link_cycle};

/// An opened folder.
#[derive(Debug)]
pub struct Folder {
    opened: system::Opened,
    path: PathBuf,
}

/// The kind of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a socket or a device.
    Other,
}

/// Seconds and nanoseconds since 1970.
pub type Time = (i64, i64);

/// The status of a file or folder, as `stat` gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileStatus {
    /// Its kind.
    pub kind: EntryKind,
    /// Its size in bytes.
    pub size: u64,
    /// The number of its disk.
    pub device: u64,
    /// Its number on that disk, if the system has one.
    pub inode: Option<u64>,
    /// The time of the last change of its bytes.
    pub modified: Time,
    /// The time of the last change of anything about it.
    pub changed: Time,
}

/// An entry of a folder.
#[derive(Debug)]
pub struct FolderEntry {
    /// The name.
    pub name: OsString,
    /// Its kind.
    pub kind: EntryKind,
}

/// The result of an attempt to lock.
#[derive(Debug)]
pub enum Lock {
    /// The lock, which is held as long as this value lives.
    Held(HeldLock),
    /// Another process has it.
    Taken,
    /// This disk has no locks.
    Unavailable,
}

impl FileStatus {
    /// The status of an opened file.
    pub fn of(file: &File) -> io::Result<FileStatus> {
        system::status_of(file)
    }

    /// The status of the target of a path; links are followed.
    pub fn at(path: &Path) -> io::Result<FileStatus> {
        system::status_at(path)
    }
}

impl Folder {
    /// Opens the folder at a true path: absolute, without links and dots.
    pub fn open(path: &Path) -> io::Result<Folder> {
        Ok(Folder { opened: system::Opened::new(path)?, path: path.to_owned() })
    }

    /// Opens the folder at a true path. Missing folders are made.
    pub fn open_or_make(path: &Path) -> io::Result<Folder> {
        match (Folder::open(path), path.parent()) {
            (Err(gone), Some(above)) if gone.kind() == io::ErrorKind::NotFound => {
                let above = Folder::open_or_make(above)?;
                let name = path.file_name().map(Path::new).ok_or(gone)?;
                above.make_folders(name)?;
                above.folder(name)
            }
            (opened, _) => opened,
        }
    }

    /// The mount points below it, relative to it, as far as the system lists them.
    pub fn mount_points(&self) -> Vec<PathBuf> {
        let all = mounts::mount_points().into_iter();
        all.filter_map(|point| Some(point.strip_prefix(&self.path).ok()?.to_owned()))
            .filter(|within| !within.as_os_str().is_empty())
            .collect()
    }

    /// The path by which it was opened, for messages.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens a folder below this one.
    pub fn folder(&self, within: &Path) -> io::Result<Folder> {
        Ok(Folder { opened: self.opened.folder(checked(within)?)?, path: self.path.join(within) })
    }

    /// The status of the entry at a path; a link is not followed.
    pub fn status(&self, within: &Path) -> io::Result<FileStatus> {
        self.opened.status(checked(within)?)
    }

    /// Is this open folder the one at a path below `self`?
    pub fn holds(&self, within: &Path, folder: &Folder) -> bool {
        let identity = |found: FileStatus| (found.kind, found.device, found.inode);
        let here = self.status(within).map(identity).ok();
        here.is_some() && here == folder.status(Path::new("")).map(identity).ok()
    }

    /// Opens a regular file for reading. Anything else is refused, without blocking on a pipe.
    pub fn open_file(&self, within: &Path) -> io::Result<File> {
        let file = self.opened.open_file(checked(within)?)?;
        if FileStatus::of(&file)?.kind == EntryKind::File { Ok(file) } else { Err(io::Error::other(NotAFile)) }
    }

    /// The bytes of a regular file.
    pub fn read(&self, within: &Path) -> io::Result<Vec<u8>> {
        let mut file = self.open_file(within)?;
        let size = usize::try_from(file.metadata()?.len()).unwrap_or_default();
        let mut bytes = Vec::with_capacity(size);
        io::Read::read_to_end(&mut file, &mut bytes)?;
        Ok(bytes)
    }

    /// Makes a new file in an existing folder.
    pub fn create(&self, within: &Path) -> io::Result<File> {
        self.opened.create(checked(within)?)
    }

    /// Makes the missing folders of a path.
    pub fn make_folders(&self, within: &Path) -> io::Result<()> {
        let within = checked(within)?;
        match self.opened.make_folder(within) {
            Err(gone) if gone.kind() == io::ErrorKind::NotFound => {
                if let Some(above) = within.parent() {
                    self.make_folders(above)?;
                }
                self.opened.make_folder(within).or_else(|error| self.allow_existing_folder(within, error))
            }
            made => made.or_else(|error| self.allow_existing_folder(within, error)),
        }
    }

    /// The entries of a folder, in no order.
    pub fn entries(&self, within: &Path) -> io::Result<Vec<FolderEntry>> {
        self.opened.entries(checked(within)?)
    }

    /// The entries of a folder; none if it is on another disk, or a mount point.
    pub fn entries_unless_mounted(&self, within: &Path) -> io::Result<Option<Vec<FolderEntry>>> {
        self.opened.entries_unless_mounted(checked(within)?)
    }

    /// Is a folder or file on another disk, or a mount point? Then so is everything below it.
    pub fn is_mounted(&self, within: &Path) -> io::Result<bool> {
        self.opened.is_mounted(checked(within)?)
    }

    /// Removes a file or a link.
    pub fn remove_file(&self, within: &Path) -> io::Result<()> {
        self.opened.remove_file(checked(within)?)
    }

    /// Removes an empty folder.
    pub fn remove_folder(&self, within: &Path) -> io::Result<()> {
        self.opened.remove_folder(checked(within)?)
    }

    /// Renames a file or folder to a path below another folder. A file there is replaced.
    pub fn rename(&self, from: &Path, folder: &Folder, to: &Path) -> io::Result<()> {
        self.opened.rename(checked(from)?, &folder.opened, checked(to)?)
    }

    /// Exchanges the names of two files or folders. The error is `Unsupported` if this disk or system cannot do that.
    pub fn exchange(&self, one: &Path, folder: &Folder, other: &Path) -> io::Result<()> {
        self.opened.exchange(checked(one)?, &folder.opened, checked(other)?)
    }

    /// Makes a hard link to a file.
    pub fn link(&self, from: &Path, folder: &Folder, to: &Path) -> io::Result<()> {
        self.opened.link(checked(from)?, &folder.opened, checked(to)?)
    }

    /// Gives this folder the permissions of another, and its owner and group as far as the system allows.
    pub fn copy_permissions_of(&self, other: &Folder) -> io::Result<()> {
        self.opened.copy_permissions_of(&other.opened)
    }

    /// Allows the owner of this folder to change it.
    pub fn let_owner_write(&self) -> io::Result<()> {
        self.opened.let_owner_write()
    }

    /// Tries to lock this folder.
    pub fn lock(&self) -> io::Result<Lock> {
        lock(self.opened.lockable()?)
    }

    /// Tries to lock a file, which is made if it does not exist.
    pub fn lock_file(&self, within: &Path) -> io::Result<Lock> {
        let file = self.opened.open_or_create(checked(within)?)?;
        if FileStatus::of(&file)?.kind == EntryKind::File { lock(file) } else { Err(io::Error::other(NotAFile)) }
    }

    fn allow_existing_folder(&self, within: &Path, error: io::Error) -> io::Result<()> {
        let is_folder = || self.status(within).is_ok_and(|found| found.kind == EntryKind::Folder);
        if error.kind() == io::ErrorKind::AlreadyExists && is_folder() { Ok(()) } else { Err(error) }
    }
}

/// Opens the regular file at a path for reading; links are followed. Anything else is refused, without blocking on a
/// pipe.
pub fn open_file(path: &Path) -> io::Result<File> {
    let no_file = || io::Error::other(NotAFile);
    if !path.metadata()?.is_file() {
        return Err(no_file());
    }
    let path = path.canonicalize()?;
    let (folder, name) = path.parent().zip(path.file_name()).ok_or_else(no_file)?;
    Folder::open(folder)?.open_file(Path::new(name))
}

/// A lock that is released when this value is dropped.
#[derive(Debug)]
pub struct HeldLock(File);

impl Drop for HeldLock {
    /// Releases the lock explicitly. Closing the file is not enough: a process that another thread is starting has a
    /// copy of it until the new program runs.
    fn drop(&mut self) {
        // If the lock is gone already, there is nothing to release.
        drop(self.0.unlock());
    }
}

/// Tries to lock an opened file.
pub fn lock(file: File) -> io::Result<Lock> {
    match file.try_lock() {
        Ok(()) => Ok(Lock::Held(HeldLock(file))),
        Err(TryLockError::WouldBlock) => Ok(Lock::Taken),
        Err(TryLockError::Error(error)) if system::has_no_locks(&error) => Ok(Lock::Unavailable),
        Err(TryLockError::Error(refused)) => Err(refused),
    }
}

/// Checks that every part of a path is a name, so that it cannot leave the folder. The empty path is the folder itself.
fn checked(within: &Path) -> io::Result<&Path> {
    let is_name = |part| matches!(part, Component::Normal(_));
    if within.components().all(is_name) { Ok(within) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// Is this the error for a symbolic link in a relative path?
pub fn is_link(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<LinkInTheWay>())
}

/// Does this error mean that something is there which is no regular file?
pub fn is_no_file(error: &io::Error) -> bool {
    is_link(error) || error.get_ref().is_some_and(|inner| inner.is::<NotAFile>())
}

/// Does this error mean that the file, or a folder above it, does not exist?
pub fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

#[derive(Debug)]
struct LinkInTheWay;

impl fmt::Display for LinkInTheWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is a symbolic link, and it is not followed")
    }
}

impl Error for LinkInTheWay {}

/// The error for opening anything but a regular file.
#[derive(Debug)]
pub struct NotAFile;

impl fmt::Display for NotAFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is not a file")
    }
}

impl Error for NotAFile {}

#[cfg(test)]
#[cfg(unix)]
mod tests;
