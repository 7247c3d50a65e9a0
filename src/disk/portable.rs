//! Operations below an opened folder with only the standard library, by path.
//!
//! Every part of a path is checked before use, and a link is refused. A link that appears between check and use is
//! followed, so this is weaker than file descriptors, and only for systems that have none.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use super::{EntryKind, FileStatus, FolderEntry, LinkInTheWay, Time};

/// Can this system exchange the names of two folders in one step?
pub const CAN_EXCHANGE: bool = false;

/// A folder by its path.
#[derive(Debug)]
pub struct Opened {
    path: PathBuf,
}

impl Opened {
    pub fn new(path: &Path) -> io::Result<Opened> {
        Opened { path: PathBuf::new() }.folder(path)
    }

    pub fn folder(&self, within: &Path) -> io::Result<Opened> {
        let path = self.path.join(within);
        match self.metadata_without_links(within)? {
            found if found.is_dir() => Ok(Opened { path }),
            _ => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    pub fn status(&self, within: &Path) -> io::Result<FileStatus> {
        Ok(file_status(&fs::symlink_metadata(self.checked(within)?)?))
    }

    pub fn open_file(&self, within: &Path) -> io::Result<File> {
        match self.metadata_without_links(within)? {
            found if found.is_file() => File::open(self.path.join(within)),
            _ => Err(io::Error::other(super::NotAFile)),
        }
    }

    pub fn create(&self, within: &Path) -> io::Result<File> {
        File::create_new(self.checked(within)?)
    }

    pub fn open_or_create(&self, within: &Path) -> io::Result<File> {
        match self.metadata_without_links(within) {
            Ok(found) if !found.is_file() => Err(io::Error::other(super::NotAFile)),
            Err(refused) if refused.kind() != io::ErrorKind::NotFound => Err(refused),
            _ => OpenOptions::new().create(true).truncate(false).write(true).open(self.path.join(within)),
        }
    }

    pub fn make_folder(&self, within: &Path) -> io::Result<()> {
        if within.as_os_str().is_empty() { Ok(()) } else { fs::create_dir(self.checked(within)?) }
    }

    pub fn entries(&self, within: &Path) -> io::Result<Vec<FolderEntry>> {
        self.metadata_without_links(within)?;
        let entry = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok(FolderEntry { name: entry.file_name(), kind: kind(entry.file_type()?) })
        };
        fs::read_dir(self.path.join(within))?.map(entry).collect()
    }

    pub fn entries_unless_mounted(&self, within: &Path) -> io::Result<Option<Vec<FolderEntry>>> {
        if self.is_mounted(within)? { Ok(None) } else { self.entries(within).map(Some) }
    }

    pub fn is_mounted(&self, within: &Path) -> io::Result<bool> {
        Ok(self.status(within)?.device != file_status(&fs::symlink_metadata(&self.path)?).device)
    }

    pub fn remove_file(&self, within: &Path) -> io::Result<()> {
        fs::remove_file(self.checked(within)?)
    }

    pub fn remove_folder(&self, within: &Path) -> io::Result<()> {
        fs::remove_dir(self.checked(within)?)
    }

    pub fn rename(&self, from: &Path, folder: &Opened, to: &Path) -> io::Result<()> {
        fs::rename(self.checked(from)?, folder.checked(to)?)
    }

    pub fn link(&self, from: &Path, folder: &Opened, to: &Path) -> io::Result<()> {
        fs::hard_link(self.checked(from)?, folder.checked(to)?)
    }

    pub fn exchange(&self, _one: &Path, _folder: &Opened, _other: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub fn copy_permissions_of(&self, other: &Opened) -> io::Result<()> {
        fs::set_permissions(&self.path, fs::metadata(&other.path)?.permissions())
    }

    pub fn let_owner_write(&self) -> io::Result<()> {
        // Without an exchange of folders, no folder of Casebook gets the permissions of another.
        Ok(())
    }

    pub fn lockable(&self) -> io::Result<File> {
        File::open(&self.path)
    }

    /// The path on the disk, if nothing above its last name is a link.
    fn checked(&self, within: &Path) -> io::Result<PathBuf> {
        if let Some(above) = within.parent().filter(|above| !above.as_os_str().is_empty()) {
            self.metadata_without_links(above)?;
        }
        Ok(self.path.join(within))
    }

    /// The status of a path without a link in it.
    fn metadata_without_links(&self, within: &Path) -> io::Result<Metadata> {
        let mut at = self.path.clone();
        let mut last = None;
        for part in within.components() {
            at.push(part);
            let found = fs::symlink_metadata(&at)?;
            if found.is_symlink() {
                return Err(io::Error::other(LinkInTheWay));
            }
            last = Some(found);
        }
        last.map_or_else(|| fs::symlink_metadata(&self.path), Ok)
    }
}

fn kind(file_type: fs::FileType) -> EntryKind {
    match file_type {
        file if file.is_file() => EntryKind::File,
        folder if folder.is_dir() => EntryKind::Folder,
        link if link.is_symlink() => EntryKind::Link,
        _ => EntryKind::Other,
    }
}

fn file_status(metadata: &Metadata) -> FileStatus {
    let modified = time(metadata.modified());
    let (device, inode, changed) = identity(metadata);
    FileStatus { kind: kind(metadata.file_type()), size: metadata.len(), device, inode, modified, changed }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, Option<u64>, Time) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), Some(metadata.ino()), (metadata.ctime(), metadata.ctime_nsec()))
}

/// Without a time that cannot be set back, every file counts as changed.
#[cfg(not(unix))]
fn identity(_metadata: &Metadata) -> (u64, Option<u64>, Time) {
    (0, None, (i64::MAX, 0))
}

fn time(time: io::Result<SystemTime>) -> Time {
    let since = time.ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    (i64::try_from(since.as_secs()).unwrap_or(i64::MAX), i64::from(since.subsec_nanos()))
}

pub fn status_of(file: &File) -> io::Result<FileStatus> {
    Ok(file_status(&file.metadata()?))
}

pub fn status_at(path: &Path) -> io::Result<FileStatus> {
    Ok(file_status(&fs::metadata(path)?))
}

/// Is this the error for a cycle of links?
pub fn is_link_cycle(error: &io::Error) -> bool {
    // This error kind is not stable yet, so compare its name.
    format!("{:?}", error.kind()) == "FilesystemLoop"
}

/// Is this the error of a disk without locks?
pub fn has_no_locks(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
}
