//! The step in which a whole site takes the place of another: two folders change names with each other.
//!
//! The old site's tree is marked before the step, and the mark goes once everything foreign has been moved across. So a
//! mark in the stage says that a build was killed in between, and [`recover`] does the rest. Folders are held open throughout: what
//! was opened as the output is the old site's tree after the step, under the name of the stage.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{
    disk::{Folder, Kind},
    failure::Failure,
    output::{foreign, manifest::Known, place::Place, remove_if_there},
};

/// Says of a tree that it was published, and may hold foreign files.
pub const MARK: &str = ".casebook-replaced";

/// Publishes the stage; the old tree takes its place. False where this disk cannot do it, and then nothing has changed.
pub fn exchange(place: &Place, next: &Folder, foreign: &[PathBuf]) -> Result<bool, Failure> {
    let (above, name) = place.above();
    let path = above.path().join(name);
    let (hidden, stage) = place.stage().expect("a place has a folder for its stage");
    let Some(old) = place.output() else {
        hidden.rename(stage, above, name).map_err(Failure::at("make", &path))?;
        return is_in_place(above, name, next, || above.rename(name, hidden, stage)).map(|()| true);
    };
    remove_if_there(old, MARK)?;
    old.create(Path::new(MARK)).map_err(Failure::at("write", &path.join(MARK)))?;
    if let Err(error) = hidden.exchange(stage, above, name) {
        remove_if_there(old, MARK)?;
        return match error.kind() {
            io::ErrorKind::Unsupported => Ok(false),
            _ => Err(Failure::at("replace", &path)(error)
                .with_help("`--in-place` replaces the files of the folder one by one")),
        };
    }
    is_in_place(above, name, next, || {
        hidden.exchange(stage, above, name).and_then(|()| old.remove_file(Path::new(MARK)))
    })?;
    settle(next, old, foreign)?;
    Ok(true)
}

/// Makes sure that the folder which was filled is the one that was published: names are all that can be exchanged, and something
/// else may have taken the name in the meantime. Then the step is undone.
fn is_in_place(
    above: &Folder,
    name: &Path,
    next: &Folder,
    undo: impl FnOnce() -> io::Result<()>,
) -> Result<(), Failure> {
    if above.holds(name, next) {
        return Ok(());
    }
    let path = above.path().join(name);
    let undone = undo();
    let changed = io::Error::other("another program put something else where the new site was made ready");
    Err(Failure::at("publish to", &path)(undone.err().unwrap_or(changed)))
}

/// Does what a build that was killed left undone.
pub fn recover(output: &Folder, next: &Folder) -> Result<(), Failure> {
    if is_marked(next) {
        let new = Known::read(Some(output), &[])?.manifest;
        let paths: Vec<String> = new.paths().map(str::to_owned).collect();
        let old = Known::read(Some(next), &paths)?.manifest;
        settle(output, next, &foreign::find(next, &old, &new)?)?;
    }
    remove_if_there(output, MARK)
}

/// Does this tree hold foreign files that have to be moved back?
pub fn is_marked(tree: &Folder) -> bool {
    tree.look(Path::new(MARK)).is_ok_and(|found| found.kind == Kind::File)
}

fn settle(output: &Folder, old: &Folder, foreign: &[PathBuf]) -> Result<(), Failure> {
    foreign::carry(foreign, old, output)?;
    remove_if_there(old, MARK)
}
