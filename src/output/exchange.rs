//! The step in which a whole site takes the place of another: two folders change names with each other.
//!
//! The old site's tree is marked before the step, and the mark goes once everything foreign has been moved across. So a
//! mark in the stage says that a build was killed in between, and [`recover`] does the rest.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rustix::io::Errno;

use crate::{
    failure::Failure,
    output::{foreign, manifest::Known, remove_if_there},
};

/// Says of a tree that it was published, and may hold foreign files.
pub const MARK: &str = ".casebook-replaced";

/// Publishes the stage; the old tree takes its place. False where this disk cannot do it, and then nothing has changed.
pub fn exchange(output: &Path, next: &Path, foreign: &[PathBuf]) -> Result<bool, Failure> {
    if !output.exists() {
        return fs::rename(next, output).map(|()| true).map_err(Failure::at("make", output));
    }
    let mark = output.join(MARK);
    fs::write(&mark, "").map_err(Failure::at("write", &mark))?;
    if let Err(errno) = exchange_folders(next, output) {
        remove_if_there(&mark)?;
        return match errno {
            Errno::INVAL | Errno::NOSYS | Errno::XDEV | Errno::OPNOTSUPP => Ok(false),
            refused => Err(Failure::at("replace", output)(refused.into())
                .with_help("`--in-place` replaces the files of the folder one by one")),
        };
    }
    settle(output, next, foreign)?;
    Ok(true)
}

/// Does what a build that was killed left undone.
pub fn recover(output: &Path, next: &Path) -> Result<(), Failure> {
    if next.join(MARK).exists() {
        let new = Known::read(output, &[])?.manifest;
        let paths: Vec<String> = new.paths().map(str::to_owned).collect();
        let old = Known::read(next, &paths)?.manifest;
        settle(output, next, &foreign::find(next, &old, &new)?)?;
    }
    remove_if_there(&output.join(MARK))
}

fn settle(output: &Path, next: &Path, foreign: &[PathBuf]) -> Result<(), Failure> {
    foreign::carry(foreign, next, output)?;
    remove_if_there(&next.join(MARK))
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange_folders(one: &Path, other: &Path) -> rustix::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange_folders(_one: &Path, _other: &Path) -> rustix::io::Result<()> {
    Err(Errno::NOSYS)
}
