//! Publication file by file, where whole folders cannot be exchanged: assets first, then pages, removals last.
//!
//! Every file was written on the stage and is only renamed here, so none is ever half written; but for a moment old and
//! new files are mixed. The manifest first lists all files that are about to be added, changed or removed as unknown,
//! so that the next build can finish after a killed one. The manifest of the new site is written last.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use crate::{
    disk::{Folder, is_absent},
    failure::Failure,
    output::{
        Unpublished,
        diff::SiteDiff,
        manifest::{self, Manifest},
        own_name::TEMPORARY_PREFIX,
        remove_if_there,
    },
};

/// Moves the new and changed files of the stage into the output, and removes stale ones. Gives the error of tidying up,
/// if there was one after the new site was complete.
pub fn apply<E>(
    output: &Folder,
    next: &Folder,
    diff: &SiteDiff,
    foreign: &[PathBuf],
) -> Result<Option<Failure>, Unpublished<E>> {
    let touched = diff.fresh.iter().chain(&diff.stale).map(String::as_str);
    replace_manifest(output, next, &diff.new.with_unknown(touched))?;
    replace_files(output, next, diff, foreign).map_err(Unpublished::Partly)?;
    Ok(replace_manifest(output, next, &diff.new).err())
}

fn replace_files(output: &Folder, next: &Folder, diff: &SiteDiff, foreign: &[PathBuf]) -> Result<(), Failure> {
    let foreign: BTreeSet<&Path> = foreign.iter().map(PathBuf::as_path).collect();
    let is_ours = |path: &&String| !Path::new(path).ancestors().any(|place| foreign.contains(place));
    let blocks_new_file = |path: &&String| {
        diff.new.lists_below(Path::new(path)) || Path::new(path).ancestors().any(|place| diff.new.lists(place))
    };
    let (first, last): (Vec<&String>, Vec<&String>) = diff.stale.iter().filter(is_ours).partition(blocks_new_file);
    let (pages, assets): (Vec<&String>, Vec<&String>) = diff.fresh.iter().partition(|path| path.ends_with(".html"));
    remove(output, &first)?;
    move_into_place(output, next, &assets)?;
    move_into_place(output, next, &pages)?;
    remove(output, &last)
}

/// Replaces the manifest of the output with a rename.
pub fn replace_manifest(output: &Folder, next: &Folder, manifest: &Manifest) -> Result<(), Failure> {
    manifest.write(next, manifest::NAME)?;
    move_into_place(output, next, &[manifest::NAME])
}

fn move_into_place<P: AsRef<str> + Sync>(output: &Folder, next: &Folder, paths: &[P]) -> Result<(), Failure> {
    paths.par_iter().map(|path| Path::new(path.as_ref())).try_for_each(|path| {
        let folder = path.parent().unwrap_or(Path::new(""));
        let moved = next.rename(path, output, path).or_else(|error| match error.kind() {
            io::ErrorKind::NotFound => output.make_folders(folder).and_then(|()| next.rename(path, output, path)),
            _ => Err(error),
        });
        let moved = moved.or_else(|error| match error.kind() {
            io::ErrorKind::CrossesDevices => copy_across(output, next, path),
            _ => Err(error),
        });
        moved.map_err(Failure::at("replace", &output.path().join(path)))
    })
}

/// Copies a file to a folder on another disk: to a temporary name there, then renamed. A temporary file of a killed
/// build is removed by the next build that writes the same file.
fn copy_across(output: &Folder, next: &Folder, path: &Path) -> io::Result<()> {
    let temporary = temporary_path(path);
    match output.remove_file(&temporary) {
        Err(error) if !is_absent(&error) => return Err(error),
        _ => {}
    }
    let copied = io::copy(&mut next.open_file(path)?, &mut output.create(&temporary)?);
    let moved = copied.and_then(|_| output.rename(&temporary, output, path));
    if moved.is_err() {
        // In a folder of the site it would be kept as a foreign file, and published.
        output.remove_file(&temporary).ok();
    }
    moved
}

/// The temporary name of a file: short, since the name of the file may be as long as a disk allows.
fn temporary_path(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    path.with_file_name(format!("{TEMPORARY_PREFIX}{}", &blake3::hash(name).to_hex()[..16]))
}

fn remove(output: &Folder, paths: &[&String]) -> Result<(), Failure> {
    paths.iter().try_for_each(|path| {
        remove_if_there(output, path)?;
        // A folder that is not empty stays, and so do those above it.
        let folders = Path::new(path).ancestors().skip(1).take_while(|folder| !folder.as_os_str().is_empty());
        folders.map(|folder| output.remove_folder(folder)).take_while(Result::is_ok).for_each(drop);
        Ok(())
    })
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_from_another_disk_appears_whole() {
        let top = tempfile::tempdir().unwrap();
        // Memory, where the system has it: a disk of its own.
        let memory = Path::new("/dev/shm");
        let beside = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let [output, next] =
            [&top, &beside].map(|folder| Folder::open(&folder.path().canonicalize().unwrap()).unwrap());
        fs::create_dir(top.path().join("deep")).unwrap();
        // What a killed build left is replaced.
        for left in ["a.html", "deep/a.html"] {
            fs::write(top.path().join(temporary_path(Path::new(left))), "half").unwrap();
        }
        fs::create_dir(beside.path().join("deep")).unwrap();
        fs::create_dir(beside.path().join("new")).unwrap();
        let paths = ["a.html", "deep/a.html", "new/a.html"];
        for path in paths {
            fs::write(beside.path().join(path), "one").unwrap();
        }
        move_into_place(&output, &next, &paths[..1]).unwrap();
        move_into_place(&output, &next, &paths[2..]).unwrap();
        copy_across(&output, &next, Path::new(paths[1])).unwrap();
        for path in paths {
            assert_eq!(fs::read_to_string(top.path().join(path)).unwrap(), "one", "{path}");
        }
        assert!(!top.path().join(temporary_path(Path::new(paths[1]))).exists());
    }

    #[test]
    fn a_copy_that_fails_leaves_no_temporary_file() {
        let [top, beside] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let [output, next] =
            [&top, &beside].map(|folder| Folder::open(&folder.path().canonicalize().unwrap()).unwrap());
        fs::write(beside.path().join("a"), "one").unwrap();
        fs::create_dir_all(top.path().join("a/in-the-way")).unwrap();
        copy_across(&output, &next, Path::new("a")).unwrap_err();
        let left: Vec<_> = fs::read_dir(top.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["a"]);
    }
}
