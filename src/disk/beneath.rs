//! Operations below an opened folder on Unix, each relative to a file descriptor.
//!
//! On Linux, the kernel resolves a whole path in one call that refuses links (`openat2`). Elsewhere each part is opened
//! in turn, never through a link.

use std::{
    fs::File,
    io,
    os::{
        fd::{AsFd, BorrowedFd, OwnedFd},
        unix::ffi::OsStrExt,
    },
    path::{Component, Path},
};

use rustix::{
    fs::{self, AtFlags, Dir, FileType, Gid, Mode, OFlags, Stat, Uid},
    io::{Errno, retry_on_intr},
};

use super::{EntryKind, FileStatus, FolderEntry, LinkInTheWay};

/// An open file descriptor of a folder.
#[derive(Debug)]
pub struct Opened {
    fd: OwnedFd,
    /// Does the kernel resolve a whole path in one call?
    resolves_whole_path: bool,
}

/// Can this system exchange the names of two folders in one step?
pub const CAN_EXCHANGE: bool = cfg!(any(target_os = "linux", target_vendor = "apple"));

/// Flags to open a folder only to reach what is below it.
#[cfg(target_os = "linux")]
const TRAVERSE: OFlags = OFlags::PATH.union(OFlags::DIRECTORY);
#[cfg(not(target_os = "linux"))]
const TRAVERSE: OFlags = OFlags::DIRECTORY;

const NEW_FILE: Mode = Mode::from_raw_mode(0o666);
const NEW_FOLDER: Mode = Mode::from_raw_mode(0o777);

/// The folder above a path.
enum Above<'a> {
    Held(BorrowedFd<'a>),
    Opened(OwnedFd),
}

impl AsFd for Above<'_> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Above::Held(fd) => *fd,
            Above::Opened(fd) => fd.as_fd(),
        }
    }
}

impl Opened {
    pub fn new(path: &Path) -> io::Result<Opened> {
        let within = path.strip_prefix("/").map_err(|_| io::ErrorKind::InvalidInput)?;
        let fd = fs::open("/", TRAVERSE | OFlags::CLOEXEC, Mode::empty())?;
        let resolves_whole_path = resolves_in_one_call(fd.as_fd());
        Opened { fd, resolves_whole_path }.folder(within)
    }

    pub fn folder(&self, within: &Path) -> io::Result<Opened> {
        Ok(Opened { fd: self.open(within, TRAVERSE, Mode::empty())?, resolves_whole_path: self.resolves_whole_path })
    }

    pub fn status(&self, within: &Path) -> io::Result<FileStatus> {
        if within.as_os_str().is_empty() {
            return Ok(file_status(&fs::fstat(&self.fd)?));
        }
        let (above, name) = self.above(within)?;
        Ok(file_status(&fs::statat(above, name, AtFlags::SYMLINK_NOFOLLOW)?))
    }

    /// A pipe is opened without waiting for a writer.
    pub fn open_file(&self, within: &Path) -> io::Result<File> {
        Ok(self.open(within, OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY, Mode::empty())?.into())
    }

    pub fn create(&self, within: &Path) -> io::Result<File> {
        Ok(self.open(within, OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL, NEW_FILE)?.into())
    }

    pub fn open_or_create(&self, within: &Path) -> io::Result<File> {
        Ok(self.open(within, OFlags::WRONLY | OFlags::CREATE | OFlags::NONBLOCK | OFlags::NOCTTY, NEW_FILE)?.into())
    }

    pub fn make_folder(&self, within: &Path) -> io::Result<()> {
        if within.as_os_str().is_empty() {
            return Ok(());
        }
        let (above, name) = self.above(within)?;
        Ok(retry_on_intr(|| fs::mkdirat(&above, name, NEW_FOLDER))?)
    }

    pub fn entries(&self, within: &Path) -> io::Result<Vec<FolderEntry>> {
        self.entries_of(self.open(within, OFlags::RDONLY | OFlags::DIRECTORY, Mode::empty())?, within)
    }

    pub fn entries_unless_mounted(&self, within: &Path) -> io::Result<Option<Vec<FolderEntry>>> {
        match self.open_unless_mounted(within, OFlags::RDONLY | OFlags::DIRECTORY)? {
            Some(fd) => self.entries_of(fd, within).map(Some),
            None => Ok(None),
        }
    }

    fn entries_of(&self, fd: OwnedFd, within: &Path) -> io::Result<Vec<FolderEntry>> {
        let mut dir = Dir::new(fd)?;
        let mut entries = Vec::new();
        while let Some(entry) = dir.read() {
            let entry = entry?;
            let name = std::ffi::OsStr::from_bytes(entry.file_name().to_bytes()).to_owned();
            if name == "." || name == ".." {
                continue;
            }
            let kind = match entry.file_type() {
                FileType::Unknown => self.status(&within.join(&name))?.kind,
                known => kind(known),
            };
            entries.push(FolderEntry { name, kind });
        }
        Ok(entries)
    }

    /// A mount of another disk has another device number. A mount of a folder of the same disk shows only in an
    /// attribute on Linux.
    pub fn is_mounted(&self, within: &Path) -> io::Result<bool> {
        let other_disk = self.status(within)?.device != file_status(&fs::fstat(&self.fd)?).device;
        Ok(other_disk || self.is_mount_root(within)?)
    }

    #[cfg(target_os = "linux")]
    fn is_mount_root(&self, within: &Path) -> io::Result<bool> {
        use rustix::fs::{StatxAttributes, StatxFlags, statx};
        let (above, name) = self.above(within)?;
        let said = statx(above, name, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty());
        // An older kernel does not have the attribute.
        Ok(said.is_ok_and(|said| said.stx_attributes.contains(StatxAttributes::MOUNT_ROOT)))
    }

    #[cfg(not(target_os = "linux"))]
    fn is_mount_root(&self, _within: &Path) -> io::Result<bool> {
        Ok(false)
    }

    pub fn remove_file(&self, within: &Path) -> io::Result<()> {
        let (above, name) = self.above(within)?;
        Ok(retry_on_intr(|| fs::unlinkat(&above, name, AtFlags::empty()))?)
    }

    pub fn remove_folder(&self, within: &Path) -> io::Result<()> {
        let (above, name) = self.above(within)?;
        Ok(retry_on_intr(|| fs::unlinkat(&above, name, AtFlags::REMOVEDIR))?)
    }

    pub fn rename(&self, from: &Path, folder: &Opened, to: &Path) -> io::Result<()> {
        let ((above, name), (to_above, to_name)) = (self.above(from)?, folder.above(to)?);
        Ok(retry_on_intr(|| fs::renameat(&above, name, &to_above, to_name))?)
    }

    pub fn link(&self, from: &Path, folder: &Opened, to: &Path) -> io::Result<()> {
        let ((above, name), (to_above, to_name)) = (self.above(from)?, folder.above(to)?);
        Ok(retry_on_intr(|| fs::linkat(&above, name, &to_above, to_name, AtFlags::empty()))?)
    }

    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    pub fn exchange(&self, one: &Path, folder: &Opened, other: &Path) -> io::Result<()> {
        use rustix::fs::{RenameFlags, renameat_with};
        let ((above, name), (to_above, to_name)) = (self.above(one)?, folder.above(other)?);
        match retry_on_intr(|| renameat_with(&above, name, &to_above, to_name, RenameFlags::EXCHANGE)) {
            Ok(()) => Ok(()),
            Err(Errno::INVAL | Errno::NOSYS | Errno::XDEV | Errno::OPNOTSUPP) => Err(io::ErrorKind::Unsupported.into()),
            Err(refused) => Err(refused.into()),
        }
    }

    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    pub fn exchange(&self, _one: &Path, _folder: &Opened, _other: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub fn copy_permissions_of(&self, other: &Opened) -> io::Result<()> {
        let wanted = fs::fstat(&other.fd)?;
        let folder = self.open(Path::new(""), OFlags::RDONLY | OFlags::DIRECTORY, Mode::empty())?;
        let found = fs::fstat(&folder)?;
        if (found.st_uid, found.st_gid) != (wanted.st_uid, wanted.st_gid) {
            let (owner, group) = (Uid::from_raw(wanted.st_uid), Gid::from_raw(wanted.st_gid));
            // Only an administrator may change the owner, and only a member of the group may give a folder to it.
            let changed = fs::fchown(&folder, Some(owner), Some(group));
            changed.or_else(|_refused| fs::fchown(&folder, None, Some(group))).ok();
        }
        // A change of the owner takes bits of the mode away, so the mode comes last.
        Ok(fs::fchmod(folder, Mode::from_raw_mode(wanted.st_mode))?)
    }

    pub fn let_owner_write(&self) -> io::Result<()> {
        let folder = self.open(Path::new(""), OFlags::RDONLY | OFlags::DIRECTORY, Mode::empty())?;
        let mode = Mode::from_raw_mode(fs::fstat(&folder)?.st_mode);
        if mode.contains(Mode::RWXU) { Ok(()) } else { Ok(fs::fchmod(folder, mode | Mode::RWXU)?) }
    }

    pub fn lockable(&self) -> io::Result<File> {
        Ok(self.open(Path::new(""), OFlags::RDONLY | OFlags::DIRECTORY, Mode::empty())?.into())
    }

    /// Opens the folder above a path without following a link. Gives it with the last name of the path.
    fn above<'a>(&'a self, within: &'a Path) -> io::Result<(Above<'a>, &'a Path)> {
        let name = within.file_name().map(Path::new).ok_or(io::ErrorKind::InvalidInput)?;
        match within.parent().filter(|above| !above.as_os_str().is_empty()) {
            None => Ok((Above::Held(self.fd.as_fd()), name)),
            Some(above) => Ok((Above::Opened(self.open(above, TRAVERSE, Mode::empty())?), name)),
        }
    }

    #[cfg(target_os = "linux")]
    fn open_unless_mounted(&self, within: &Path, flags: OFlags) -> io::Result<Option<OwnedFd>> {
        use rustix::fs::ResolveFlags;
        if !self.resolves_whole_path {
            return self.open_on_same_disk(within, flags);
        }
        let opened = resolve(&self.fd, or_dot(within), flags | OFlags::CLOEXEC, Mode::empty(), ResolveFlags::NO_XDEV);
        match opened {
            Err(other) if other.raw_os_error() == Some(Errno::XDEV.raw_os_error()) => Ok(None),
            opened => opened.map(Some),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn open_unless_mounted(&self, within: &Path, flags: OFlags) -> io::Result<Option<OwnedFd>> {
        self.open_on_same_disk(within, flags)
    }

    fn open_on_same_disk(&self, within: &Path, flags: OFlags) -> io::Result<Option<OwnedFd>> {
        let fd = self.open(within, flags, Mode::empty())?;
        Ok((fs::fstat(&fd)?.st_dev == fs::fstat(&self.fd)?.st_dev).then_some(fd))
    }

    fn open(&self, within: &Path, flags: OFlags, mode: Mode) -> io::Result<OwnedFd> {
        let within = or_dot(within);
        let flags = flags | OFlags::CLOEXEC;
        if self.resolves_whole_path {
            open_in_one_call(&self.fd, within, flags, mode)
        } else {
            open_part_by_part(&self.fd, within, flags, mode)
        }
    }
}

/// A path for the system, in which `.` is the folder itself.
fn or_dot(within: &Path) -> &Path {
    if within.as_os_str().is_empty() { Path::new(".") } else { within }
}

#[cfg(target_os = "linux")]
fn resolves_in_one_call(top: BorrowedFd<'_>) -> bool {
    open_in_one_call(&top, Path::new("."), TRAVERSE | OFlags::CLOEXEC, Mode::empty()).is_ok()
}

#[cfg(target_os = "linux")]
fn open_in_one_call(folder: &impl AsFd, within: &Path, flags: OFlags, mode: Mode) -> io::Result<OwnedFd> {
    resolve(folder, within, flags, mode, rustix::fs::ResolveFlags::empty())
}

#[cfg(target_os = "linux")]
fn resolve(
    folder: &impl AsFd,
    within: &Path,
    flags: OFlags,
    mode: Mode,
    more: rustix::fs::ResolveFlags,
) -> io::Result<OwnedFd> {
    use rustix::fs::{ResolveFlags, openat2};
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | more;
    match retry_on_intr(|| openat2(folder, within, flags, mode, resolve)) {
        Err(Errno::LOOP) => Err(io::Error::other(LinkInTheWay)),
        opened => Ok(opened?),
    }
}

#[cfg(not(target_os = "linux"))]
fn resolves_in_one_call(_top: BorrowedFd<'_>) -> bool {
    false
}

#[cfg(not(target_os = "linux"))]
fn open_in_one_call(folder: &impl AsFd, within: &Path, flags: OFlags, mode: Mode) -> io::Result<OwnedFd> {
    open_part_by_part(folder, within, flags, mode)
}

fn open_part_by_part(folder: &impl AsFd, within: &Path, flags: OFlags, mode: Mode) -> io::Result<OwnedFd> {
    let mut held: Option<OwnedFd> = None;
    let mut parts = within.components().filter(|part| *part != Component::CurDir).peekable();
    while let Some(part) = parts.next() {
        let above = held.as_ref().map_or(folder.as_fd(), AsFd::as_fd);
        let last = parts.peek().is_none();
        let flags = if last { flags } else { TRAVERSE | OFlags::CLOEXEC };
        held = Some(open_part(above, Path::new(&part), flags, if last { mode } else { Mode::empty() })?);
    }
    match held {
        Some(opened) => Ok(opened),
        None => open_part(folder.as_fd(), Path::new("."), flags, mode),
    }
}

fn open_part(above: BorrowedFd<'_>, name: &Path, flags: OFlags, mode: Mode) -> io::Result<OwnedFd> {
    match retry_on_intr(|| fs::openat(above, name, flags | OFlags::NOFOLLOW, mode)) {
        Err(Errno::LOOP) => Err(io::Error::other(LinkInTheWay)),
        Err(Errno::NOTDIR) if is_link_at(above, name) => Err(io::Error::other(LinkInTheWay)),
        opened => Ok(opened?),
    }
}

fn is_link_at(above: BorrowedFd<'_>, name: &Path) -> bool {
    fs::statat(above, name, AtFlags::SYMLINK_NOFOLLOW).is_ok_and(|stat| file_status(&stat).kind == EntryKind::Link)
}

fn kind(file_type: FileType) -> EntryKind {
    match file_type {
        FileType::RegularFile => EntryKind::File,
        FileType::Directory => EntryKind::Folder,
        FileType::Symlink => EntryKind::Link,
        _ => EntryKind::Other,
    }
}

/// The widths of these fields differ between systems.
#[allow(clippy::unnecessary_cast, clippy::cast_lossless, trivial_numeric_casts)]
fn file_status(stat: &Stat) -> FileStatus {
    FileStatus {
        kind: kind(FileType::from_raw_mode(stat.st_mode)),
        size: u64::try_from(stat.st_size).unwrap_or_default(),
        device: stat.st_dev as u64,
        inode: Some(stat.st_ino as u64),
        modified: (stat.st_mtime as i64, stat.st_mtime_nsec as i64),
        changed: (stat.st_ctime as i64, stat.st_ctime_nsec as i64),
    }
}

pub fn status_of(file: &File) -> io::Result<FileStatus> {
    Ok(file_status(&fs::fstat(file)?))
}

pub fn status_at(path: &Path) -> io::Result<FileStatus> {
    Ok(file_status(&fs::stat(path)?))
}

/// Is this the error for a cycle of links?
pub fn is_link_cycle(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::LOOP.raw_os_error())
}

/// Is this the error of a disk without locks?
pub fn has_no_locks(error: &io::Error) -> bool {
    let number = error.raw_os_error();
    error.kind() == io::ErrorKind::Unsupported
        || [Errno::NOLCK, Errno::NOSYS, Errno::OPNOTSUPP, Errno::BADF]
            .iter()
            .any(|errno| number == Some(errno.raw_os_error()))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// Older kernels and some sandboxes cannot resolve a path in one call.
    #[test]
    fn opening_a_path_part_by_part_follows_no_link() {
        let top = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(top.path().join("real/deep")).unwrap();
        std::fs::write(top.path().join("real/deep/file"), "x").unwrap();
        symlink("real", top.path().join("link")).unwrap();
        symlink("file", top.path().join("real/deep/link")).unwrap();
        let opened = Opened::new(&top.path().canonicalize().unwrap()).unwrap();
        let opened = Opened { resolves_whole_path: false, ..opened };
        assert!(opened.open_file(Path::new("real/deep/file")).is_ok());
        assert!(opened.folder(Path::new("")).is_ok());
        assert!(opened.open_unless_mounted(Path::new("real"), OFlags::RDONLY).unwrap().is_some());
        for path in ["link", "link/deep/file", "real/deep/link"] {
            assert!(super::super::is_link(&opened.open_file(Path::new(path)).unwrap_err()), "{path}");
        }
        assert!(super::super::is_link(&opened.folder(Path::new("link/deep")).err().unwrap()));
    }
}
