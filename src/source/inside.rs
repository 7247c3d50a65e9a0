//! A path in a library → the file, opened once below the library's folder, and its status.
//!
//! A link is resolved first, and its target is opened without following another. So no file outside the library is ever
//! opened, even if a file is replaced by a link at that moment; and a pipe does not block.

use std::{
    error::Error,
    fmt,
    fs::File,
    io::{self, Read},
    path::Path,
};

use super::{
    LARGEST_TEXT, SourceFile,
    picture::{self, Measured},
};
use crate::{
    disk::{FileStatus, Folder, NotAFile, is_absent, is_link},
    failure::Failure,
    problem::FilePath,
};

/// The status of a file, without opening it. It changes if the file is written, replaced or touched.
pub type Mark = FileStatus;

/// The result of reading a file that was listed a moment ago.
pub enum Loaded {
    /// The file, with its status.
    File(SourceFile, Mark),
    /// It does not exist any more, or is not a file.
    Gone,
    /// It has become a link that leads out of the library.
    Outside,
}

/// Opens the folder of a library.
pub fn root(root: &Path) -> Result<Folder, Failure> {
    folder(root).map_err(Failure::at("read", root))
}

/// Opens the folder of a library.
pub fn folder(root: &Path) -> io::Result<Folder> {
    Folder::open(&root.canonicalize()?)
}

/// Opens a regular file of a library. A link is followed only to a place inside it.
pub fn open(root: &Folder, path: &FilePath) -> io::Result<File> {
    let within = Path::new(path.as_str());
    match root.open_file(within) {
        Err(link) if is_link(&link) => {
            let target = root.path().join(within).canonicalize()?;
            root.open_file(target.strip_prefix(root.path()).map_err(|_| io::Error::other(LeadsOutside))?)
        }
        opened => opened,
    }
}

/// Reads a file. With the same status as `earlier`, the earlier content is kept.
pub fn load(root: &Folder, path: &FilePath, earlier: Option<(&Mark, &SourceFile)>) -> Result<Loaded, Failure> {
    let on_disk = root.path().join(path.as_str());
    let read = || -> io::Result<Loaded> {
        if let Some((known, file)) = earlier
            && *known == FileStatus::at(&on_disk)?
        {
            return Ok(Loaded::File(file.clone(), *known));
        }
        let mut opened = open(root, path)?;
        let mark = FileStatus::of(&opened)?;
        let file = if !is_text(path) {
            SourceFile::Other(measured(path, opened)?)
        } else if mark.size > LARGEST_TEXT {
            SourceFile::TooLarge(mark.size)
        } else {
            let mut bytes = Vec::with_capacity(usize::try_from(mark.size).unwrap_or_default());
            opened.read_to_end(&mut bytes)?;
            SourceFile::Text(bytes.into())
        };
        Ok(Loaded::File(file, mark))
    };
    match read() {
        Err(gone) if is_absent(&gone) || is_kind::<NotAFile>(&gone) => Ok(Loaded::Gone),
        Err(outside) if is_kind::<LeadsOutside>(&outside) => Ok(Loaded::Outside),
        loaded => loaded.map_err(Failure::at("read", &on_disk)),
    }
}

/// Is this path one whose text Casebook reads?
fn is_text(path: &FilePath) -> bool {
    path.as_str().starts_with("themes/") || matches!(path.extension().as_str(), "md" | "yaml" | "yml")
}

/// The facts about a picture; none for other files. A disk error is a failure, because the page would be different
/// without the size.
fn measured(path: &FilePath, file: File) -> io::Result<Option<Measured>> {
    match picture::PICTURES.contains(&path.extension().as_str()) {
        true => picture::measure(file),
        false => Ok(None),
    }
}

/// A failure to read a file of a library, with the help.
pub fn unreadable(root: &Path, path: &FilePath) -> impl FnOnce(io::Error) -> Failure {
    let file = root.join(path.as_str());
    move |error| {
        let leads_outside = is_kind::<LeadsOutside>(&error);
        let is_gone = is_absent(&error) || is_kind::<NotAFile>(&error);
        let failure = Failure::at("read", &file)(error);
        if leads_outside {
            failure.with_help("copy the file into the library, or delete the link; then run the command again")
        } else if is_gone {
            failure.with_help("the library changed while it was being read; run the command again")
        } else {
            failure
        }
    }
}

fn is_kind<E: Error + 'static>(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<E>())
}

#[derive(Debug)]
struct LeadsOutside;

impl fmt::Display for LeadsOutside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it has become a link that leads out of the library")
    }
}

impl Error for LeadsOutside {}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::symlink, process::Command};

    use super::*;

    /// Replaces a file of a library when it is opened, and checks the result.
    #[track_caller]
    fn check(swap: impl Fn(&Path, &Path), expected: &str) {
        let (library, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let file = library.path().join("content/photo.jpg");
        fs::create_dir_all(library.path().join("content/cases")).unwrap();
        fs::write(library.path().join("content/cases/other.jpg"), "inside").unwrap();
        fs::write(outside.path().join("photo.jpg"), "secret").unwrap();
        let before = root(library.path()).unwrap();
        swap(&file, outside.path());
        let path = FilePath::new("content/photo.jpg");
        let read = crate::source::read_file(library.path(), &path);
        let found = match (load(&before, &path, None), read) {
            (Ok(Loaded::File(..)), Ok(bytes)) => String::from_utf8(bytes).unwrap(),
            (Ok(Loaded::Gone), Err(failure)) => format!("gone: {failure}"),
            (Ok(Loaded::Outside), Err(failure)) => format!("outside: {failure}"),
            (Err(failure), Err(_)) => format!("refused: {failure}"),
            _ => "one is read and the other not".to_owned(),
        };
        let found = found.replace(library.path().to_str().unwrap(), "LIBRARY");
        assert!(found.starts_with(expected), "{found}");
    }

    #[test]
    fn a_file_that_becomes_a_link_out_of_the_library_is_not_read() {
        let leads_out =
            "outside: cannot read LIBRARY/content/photo.jpg: it has become a link that leads out of the library";
        check(|file, outside| symlink(outside.join("photo.jpg"), file).unwrap(), leads_out);
        check(
            |file, outside| {
                fs::rename(file.parent().unwrap(), outside.join("moved")).unwrap();
                symlink(outside, file.parent().unwrap()).unwrap();
            },
            leads_out,
        );
    }

    #[test]
    fn a_file_that_was_swapped_or_removed_is_reported_with_a_way_out() {
        let (library, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(outside.path().join("photo.jpg"), "secret").unwrap();
        symlink(outside.path().join("photo.jpg"), library.path().join("linked.jpg")).unwrap();
        fs::create_dir(library.path().join("folder.jpg")).unwrap();
        for (file, way_out) in [
            ("linked.jpg", "copy the file into the library, or delete the link; then run the command again"),
            ("folder.jpg", "the library changed while it was being read; run the command again"),
            ("gone.jpg", "the library changed while it was being read; run the command again"),
        ] {
            let failure = crate::source::read_file(library.path(), &FilePath::new(file)).unwrap_err();
            assert_eq!(failure.help(), Some(way_out), "{failure}");
        }
    }

    #[test]
    fn a_link_to_a_place_in_the_library_is_followed() {
        check(|file, _| symlink("cases/other.jpg", file).unwrap(), "inside");
        check(|file, _| symlink(file.with_file_name("cases/other.jpg"), file).unwrap(), "inside");
    }

    #[test]
    fn a_pipe_does_not_block() {
        check(|file, _| assert!(Command::new("mkfifo").arg(file).status().unwrap().success()), "gone: ");
        check(|file, _| fs::create_dir(file).unwrap(), "gone: ");
        check(|_, _| {}, "gone: ");
    }
}
