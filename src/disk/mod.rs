//! An opened folder, and what can be done below it without ever following a symbolic link.
//!
//! Takes a folder's true path and then paths relative to it; gives files, entries and what the disk says of them. A link at
//! any part of a relative path is an error ([`is_link`]), and so is a path that climbs. The folder stays the one that was
//! opened, whatever takes its name in the meantime. Leaves out what a library or a site is.
//!
//! [`beneath`] does this with the system calls of Unix, in one step each. The portable module looks at every part of a path
//! before it uses it, which holds against links that are there, but not against one that appears between the look and the
//! step. `--cfg casebook_portable` chooses it on Unix too, so that it can be tested there.

#[cfg(all(unix, not(casebook_portable)))]
#[path = "beneath.rs"]
mod system;

#[cfg(any(not(unix), casebook_portable))]
#[path = "portable.rs"]
mod system;

use std::{
    error::Error,
    ffi::OsString,
    fmt,
    fs::{File, TryLockError},
    io,
    path::{Component, Path, PathBuf},
};

pub use system::{CAN_EXCHANGE, is_circle};

/// A folder that was opened once.
#[derive(Debug)]
pub struct Folder {
    opened: system::Opened,
    path: PathBuf,
}

/// What kind of thing stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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

/// What the disk says of a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Its size in bytes.
    pub size: u64,
    /// The disk that it is on.
    pub device: u64,
    /// Its number on that disk, where the system gives one.
    pub inode: Option<u64>,
    /// When its bytes were last written.
    pub modified: Time,
    /// When anything about it last changed.
    pub changed: Time,
}

/// What a folder holds at one name.
#[derive(Debug)]
pub struct Entry {
    /// The name.
    pub name: OsString,
    /// What stands there.
    pub kind: Kind,
}

/// How a lock was answered.
#[derive(Debug)]
pub enum Lock {
    /// It is held for as long as this lives.
    Held(File),
    /// Another process has it.
    Taken,
    /// This disk has no locks.
    Unavailable,
}

impl Folder {
    /// Opens the folder at a true path: absolute, without links and dots.
    pub fn open(path: &Path) -> io::Result<Folder> {
        Ok(Folder { opened: system::Opened::new(path)?, path: path.to_owned() })
    }

    /// Opens the folder at a true path, and makes it and those above it where they are not there.
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

    /// The path by which it was opened, for messages.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens a folder below this one.
    pub fn folder(&self, within: &Path) -> io::Result<Folder> {
        Ok(Folder { opened: self.opened.folder(sound(within)?)?, path: self.path.join(within) })
    }

    /// What stands at a path; a link is not followed, but found.
    pub fn look(&self, within: &Path) -> io::Result<Found> {
        self.opened.look(sound(within)?)
    }

    /// Is this opened folder the one that stands at a path below this one?
    pub fn holds(&self, within: &Path, folder: &Folder) -> bool {
        let identity = |found: Found| (found.kind, found.device, found.inode);
        let here = self.look(within).map(identity).ok();
        here.is_some() && here == folder.look(Path::new("")).map(identity).ok()
    }

    /// Opens a regular file for reading. Anything else is refused, without waiting for it as a pipe would ask.
    pub fn open_file(&self, within: &Path) -> io::Result<File> {
        let file = self.opened.open_file(sound(within)?)?;
        if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other(NoFile)) }
    }

    /// The bytes of a regular file.
    pub fn read(&self, within: &Path) -> io::Result<Vec<u8>> {
        let mut file = self.open_file(within)?;
        let size = usize::try_from(file.metadata()?.len()).unwrap_or_default();
        let mut bytes = Vec::with_capacity(size);
        io::Read::read_to_end(&mut file, &mut bytes)?;
        Ok(bytes)
    }

    /// Makes a file that is not there yet, in a folder that is.
    pub fn create(&self, within: &Path) -> io::Result<File> {
        self.opened.create(sound(within)?)
    }

    /// Makes the folders of a path that are not there yet.
    pub fn make_folders(&self, within: &Path) -> io::Result<()> {
        let within = sound(within)?;
        match self.opened.make_folder(within) {
            Err(gone) if gone.kind() == io::ErrorKind::NotFound => {
                if let Some(above) = within.parent() {
                    self.make_folders(above)?;
                }
                self.opened.make_folder(within).or_else(|error| self.is_there(within, error))
            }
            made => made.or_else(|error| self.is_there(within, error)),
        }
    }

    /// What a folder below this one, or this one itself, holds, in no order.
    pub fn entries(&self, within: &Path) -> io::Result<Vec<Entry>> {
        self.opened.entries(sound(within)?)
    }

    /// Is a folder or file below this one on another disk, or mounted from elsewhere? So is everything below such a folder.
    pub fn is_mounted(&self, within: &Path) -> io::Result<bool> {
        self.opened.is_mounted(sound(within)?)
    }

    /// Removes a file or a link.
    pub fn remove_file(&self, within: &Path) -> io::Result<()> {
        self.opened.remove_file(sound(within)?)
    }

    /// Removes an empty folder.
    pub fn remove_folder(&self, within: &Path) -> io::Result<()> {
        self.opened.remove_folder(sound(within)?)
    }

    /// Renames what stands at a path to a path below another folder. A file there is replaced.
    pub fn rename(&self, from: &Path, folder: &Folder, to: &Path) -> io::Result<()> {
        self.opened.rename(sound(from)?, &folder.opened, sound(to)?)
    }

    /// Lets two folders change names with each other. `Unsupported` where this disk or system cannot.
    pub fn exchange(&self, one: &Path, folder: &Folder, other: &Path) -> io::Result<()> {
        self.opened.exchange(sound(one)?, &folder.opened, sound(other)?)
    }

    /// Gives a file a second name.
    pub fn link(&self, from: &Path, folder: &Folder, to: &Path) -> io::Result<()> {
        self.opened.link(sound(from)?, &folder.opened, sound(to)?)
    }

    /// Gives this folder the rights of another.
    pub fn take_rights_of(&self, other: &Folder) -> io::Result<()> {
        self.opened.take_rights_of(&other.opened)
    }

    /// Tries to lock this folder.
    pub fn lock(&self) -> io::Result<Lock> {
        lock(self.opened.lockable()?)
    }

    /// Tries to lock a file, which is made where it is not there.
    pub fn lock_file(&self, within: &Path) -> io::Result<Lock> {
        let file = self.opened.open_or_create(sound(within)?)?;
        if file.metadata()?.is_file() { lock(file) } else { Err(io::Error::other(NoFile)) }
    }

    fn is_there(&self, within: &Path, error: io::Error) -> io::Result<()> {
        let is_folder = || self.look(within).is_ok_and(|found| found.kind == Kind::Folder);
        if error.kind() == io::ErrorKind::AlreadyExists && is_folder() { Ok(()) } else { Err(error) }
    }
}

fn lock(file: File) -> io::Result<Lock> {
    match file.try_lock() {
        Ok(()) => Ok(Lock::Held(file)),
        Err(TryLockError::WouldBlock) => Ok(Lock::Taken),
        Err(TryLockError::Error(error)) if system::has_no_locks(&error) => Ok(Lock::Unavailable),
        Err(TryLockError::Error(refused)) => Err(refused),
    }
}

/// A path of which every part is a name, so that it cannot climb; or nothing, which is the folder itself.
fn sound(within: &Path) -> io::Result<&Path> {
    let is_name = |part| matches!(part, Component::Normal(_));
    if within.components().all(is_name) { Ok(within) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// Is this the error for a symbolic link in a relative path?
pub fn is_link(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<LinkInTheWay>())
}

/// Is nothing there: not the file, or not a folder above it?
pub fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

#[derive(Debug)]
struct LinkInTheWay;

impl fmt::Display for LinkInTheWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a symbolic link stands there, and it is not followed")
    }
}

impl Error for LinkInTheWay {}

#[derive(Debug)]
struct NoFile;

impl fmt::Display for NoFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is not a file")
    }
}

impl Error for NoFile {}
