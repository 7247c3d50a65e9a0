//! A file that is written under a hidden name and then renamed, so that it always appears complete.
//!
//! Its writer holds a lock on it. So a hidden file without a lock was left by a command that was killed, and
//! [`remove_leftovers`] removes it. On a disk without locks such files stay.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

use crate::disk::{self, EntryKind, FileStatus, Folder, HeldLock, Lock};

/// The start of a hidden file's name. No library has files with such names.
pub const PREFIX: &str = ".casebook-new-";

/// A locked hidden file. It is removed when this value is dropped, unless it was renamed.
pub struct HiddenFile<'a> {
    folder: &'a Folder,
    path: PathBuf,
    /// The file, to be written.
    pub file: File,
    is_renamed: bool,
    _lock: Option<HeldLock>,
}

/// Identifies a file on this machine: its device, and its inode there.
pub type Identity = (u64, Option<u64>);

impl HiddenFile<'_> {
    /// Makes an empty one in an existing folder below an opened one.
    pub fn create<'a>(folder: &'a Folder, within: &Path) -> io::Result<HiddenFile<'a>> {
        for number in 0.. {
            let path = within.join(format!("{PREFIX}{}-{number}", std::process::id()));
            let file = match folder.create(&path) {
                Err(taken) if taken.kind() == io::ErrorKind::AlreadyExists => continue,
                made => made?,
            };
            let mut hidden = HiddenFile { folder, path, file, is_renamed: false, _lock: None };
            hidden._lock = match disk::lock(hidden.file.try_clone()?)? {
                Lock::Held(lock) => Some(lock),
                Lock::Unavailable => None,
                // Before it was locked, another command took it for one that was left.
                Lock::Taken => continue,
            };
            if hidden.has_its_name()? {
                return Ok(hidden);
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Links it to a second name in the same folder, if that is free. The hidden name is removed when this value is
    /// dropped.
    pub fn link(&self, to: &Path) -> io::Result<()> {
        self.folder.link(&self.path, self.folder, to)
    }

    /// Renames it. A file with that name is replaced.
    pub fn rename(mut self, to: &Path) -> io::Result<()> {
        self.folder.rename(&self.path, self.folder, to)?;
        self.is_renamed = true;
        Ok(())
    }

    /// Exchanges its name with that of another file in the same folder, which is then removed when this value is
    /// dropped. The error is `Unsupported` if this disk or system cannot do that.
    pub fn exchange(&self, other: &Path) -> io::Result<()> {
        self.folder.exchange(&self.path, self.folder, other)
    }

    /// The bytes of what has the hidden name now.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        self.folder.read(&self.path)
    }

    /// The identity of what has the hidden name now.
    pub fn identity(&self) -> io::Result<Identity> {
        self.folder.status(&self.path).map(identity)
    }

    /// Does the file still have its name?
    fn has_its_name(&self) -> io::Result<bool> {
        let opened = identity(FileStatus::of(&self.file)?);
        Ok(self.identity().is_ok_and(|found| found == opened))
    }
}

fn identity(found: FileStatus) -> Identity {
    (found.device, found.inode)
}

impl Drop for HiddenFile<'_> {
    fn drop(&mut self) {
        if !self.is_renamed {
            self.folder.remove_file(&self.path).ok();
        }
    }
}

/// Removes the hidden files that killed commands left in a folder, and in the folders below it if `is_deep`. Those that
/// cannot be removed stay.
pub fn remove_leftovers(folder: &Folder, within: &Path, is_deep: bool) {
    for entry in folder.entries(within).unwrap_or_default() {
        let path = within.join(&entry.name);
        let name = entry.name.to_string_lossy();
        match entry.kind {
            EntryKind::File if name.starts_with(PREFIX) => {
                if let Ok(Lock::Held(_lock)) = folder.open_file(&path).and_then(disk::lock) {
                    folder.remove_file(&path).ok();
                }
            }
            EntryKind::Folder if is_deep && !name.starts_with('.') => remove_leftovers(folder, &path, true),
            _ => {}
        }
    }
}

/// Removes the hidden files that killed commands left in a library with these folders.
pub fn remove_left_in_library(root: &Path, folders: &[&str]) {
    let Ok(folder) = root.canonicalize().and_then(|root| Folder::open(&root)) else { return };
    remove_leftovers(&folder, Path::new(""), false);
    for source in folders {
        remove_leftovers(&folder, Path::new(source), true);
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::{fs, io::Write};

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn a_dropped_hidden_file_is_removed_unless_it_was_renamed() {
        let top = tempfile::tempdir().unwrap();
        let folder = Folder::open(&top.path().canonicalize().unwrap()).unwrap();
        drop(HiddenFile::create(&folder, Path::new("")).unwrap());
        assert!(names(top.path()).is_empty());
        let mut hidden = HiddenFile::create(&folder, Path::new("")).unwrap();
        hidden.file.write_all(b"whole").unwrap();
        hidden.link(Path::new("linked")).unwrap();
        assert_eq!(hidden.link(Path::new("linked")).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        hidden.rename(Path::new("renamed")).unwrap();
        assert_eq!(names(top.path()), ["linked", "renamed"]);
        assert_eq!(fs::read(top.path().join("renamed")).unwrap(), b"whole");
    }

    #[test]
    fn each_hidden_file_has_a_name_of_its_own_and_is_known_by_its_inode() {
        let top = tempfile::tempdir().unwrap();
        let folder = Folder::open(&top.path().canonicalize().unwrap()).unwrap();
        assert!(HiddenFile::create(&folder, Path::new("none")).is_err());
        let (one, two) = [(), ()].map(|()| HiddenFile::create(&folder, Path::new("")).unwrap()).into();
        assert_ne!(one.path, two.path);
        assert!(one.has_its_name().unwrap() && two.has_its_name().unwrap());
        fs::remove_file(top.path().join(&one.path)).unwrap();
        assert!(!one.has_its_name().unwrap());
        fs::copy(top.path().join(&two.path), top.path().join(&one.path)).unwrap();
        assert!(!one.has_its_name().unwrap());
    }

    #[test]
    fn only_hidden_files_of_ended_commands_are_removed() {
        let top = tempfile::tempdir().unwrap();
        let at = |path: &str| top.path().join(path);
        for folder in ["content/cases/deep", "content/.git", "themes/mine", "output"] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        let left =
            ["", "content/", "content/cases/deep/", "themes/mine/"].map(|folder| format!("{folder}.casebook-new-1-0"));
        let kept = [
            "content/case.md",
            "content/.git/.casebook-new-1-0",
            "output/.casebook-new-1-0",
            "content/.casebook-notes",
        ];
        left.iter().map(String::as_str).chain(kept).for_each(|path| fs::write(at(path), "half").unwrap());
        fs::create_dir(at("content/.casebook-new-folder")).unwrap();
        std::os::unix::fs::symlink("case.md", at("content/.casebook-new-link")).unwrap();
        let folder = Folder::open(&top.path().canonicalize().unwrap()).unwrap();
        let written = HiddenFile::create(&folder, Path::new("content")).unwrap();
        remove_left_in_library(top.path(), &["content", "themes"]);
        left.iter().for_each(|path| assert!(!at(path).exists(), "{path}"));
        kept.iter().for_each(|path| assert!(at(path).exists(), "{path}"));
        assert!(at("content/.casebook-new-folder").exists() && at("content/.casebook-new-link").exists());
        written.rename(Path::new("content/new.md")).unwrap();
        assert!(at("content/new.md").exists());
    }
}
