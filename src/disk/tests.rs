//! Steps below an opened folder, with links in every place.

use std::{fs, os::unix::fs::symlink};

use super::*;

/// An opened folder with a `link` to a folder outside it, and a `file-link` to a file there.
fn opened() -> (tempfile::TempDir, Folder) {
    let top = tempfile::tempdir().unwrap();
    let at = |path: &str| top.path().join(path);
    fs::create_dir_all(at("outside/deep")).unwrap();
    fs::create_dir_all(at("folder/real/deep")).unwrap();
    fs::write(at("outside/file"), "outside").unwrap();
    fs::write(at("folder/real/file"), "inside").unwrap();
    symlink("../outside", at("folder/link")).unwrap();
    symlink("../outside/file", at("folder/file-link")).unwrap();
    let folder = Folder::open(&at("folder").canonicalize().unwrap()).unwrap();
    (top, folder)
}

#[test]
fn no_step_follows_a_link() {
    let (top, folder) = opened();
    let path = Path::new;
    let steps: [(&str, io::Result<()>); 12] = [
        ("open a folder", folder.folder(path("link")).map(drop)),
        ("open a deep folder", folder.folder(path("link/deep")).map(drop)),
        ("status", folder.status(path("link/file")).map(drop)),
        ("read", folder.read(path("link/file")).map(drop)),
        ("read through a link", folder.read(path("file-link")).map(drop)),
        ("create", folder.create(path("link/new")).map(drop)),
        ("make folders", folder.make_folders(path("link/new/deep"))),
        ("list", folder.entries(path("link")).map(drop)),
        ("remove", folder.remove_file(path("link/file"))),
        ("rename", folder.rename(path("real/file"), &folder, path("link/new"))),
        ("link", folder.link(path("real/file"), &folder, path("link/new"))),
        ("lock", folder.lock_file(path("file-link")).map(drop)),
    ];
    for (step, done) in steps {
        assert!(done.as_ref().is_err_and(is_link), "{step}: {done:?}");
    }
    assert_eq!(folder.status(path("link")).unwrap().kind, EntryKind::Link);
    let left: Vec<_> =
        fs::read_dir(top.path().join("outside")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    folder.remove_file(path("link")).unwrap();
    assert!(top.path().join("outside/file").exists());
}

#[test]
fn no_path_leaves_the_folder() {
    let (_top, folder) = opened();
    for path in ["..", "../outside/file", "real/../../outside/file", "/etc/passwd"] {
        assert_eq!(folder.status(Path::new(path)).unwrap_err().kind(), io::ErrorKind::InvalidInput, "{path}");
    }
}

#[cfg(not(casebook_portable))]
#[test]
fn an_open_folder_stays_the_same_folder() {
    let (top, folder) = opened();
    fs::rename(top.path().join("folder"), top.path().join("moved")).unwrap();
    symlink("outside", top.path().join("folder")).unwrap();
    folder.create(Path::new("new")).unwrap();
    assert!(top.path().join("moved/new").exists());
}

#[test]
fn folders_are_made_and_existing_files_are_kept() {
    let (top, folder) = opened();
    let path = Path::new;
    folder.make_folders(path("a/b/c")).unwrap();
    folder.make_folders(path("a/b/c")).unwrap();
    assert_eq!(folder.make_folders(path("real/file")).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(folder.read(path("real/file")).unwrap(), b"inside");
    assert_eq!(folder.create(path("real/file")).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    assert!(folder.read(path("real")).is_err());
    let mut names: Vec<_> = folder.entries(path("")).unwrap().into_iter().map(|entry| entry.name).collect();
    names.sort();
    assert_eq!(names, ["a", "file-link", "link", "real"]);
    let deep = Folder::open_or_make(&top.path().canonicalize().unwrap().join("x/y")).unwrap();
    folder.rename(path("real/file"), &deep, path("file")).unwrap();
    assert_eq!(fs::read(top.path().join("x/y/file")).unwrap(), b"inside");
    assert!(matches!(deep.lock_file(path("lock")).unwrap(), Lock::Held(_)));
}

#[cfg(all(target_os = "linux", not(casebook_portable)))]
#[test]
fn a_mount_point_is_recognised() {
    let top = Folder::open(Path::new("/")).unwrap();
    assert!(top.is_mounted(Path::new("proc")).unwrap());
    assert!(top.entries_unless_mounted(Path::new("proc")).unwrap().is_none());
    assert!(!top.is_mounted(Path::new("usr")).unwrap());
    assert!(top.entries_unless_mounted(Path::new("usr")).unwrap().is_some());
}
