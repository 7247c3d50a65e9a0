//! The library that a command works on.

use std::path::PathBuf;

use super::{Global, error::CommandError};
use crate::{failure::Failure, source};

/// The library's folder: the one given, or the nearest upwards that has casebook.yaml.
pub(super) fn root(global: &Global) -> Result<PathBuf, CommandError> {
    let help = "go to a library's folder, name one with --root, or make one with `casebook init`";
    match &global.root {
        Some(root) if source::is_root(root)? => Ok(root.clone()),
        Some(root) => Err(CommandError::usage(format!("{} has no casebook.yaml", root.display()), help)),
        None => {
            let here = std::env::current_dir().map_err(|error| Failure::new("find this folder", error))?;
            source::find_root(&here)?.ok_or_else(|| match source::is_misnamed_root(&here) {
                true => {
                    CommandError::usage("casebook.yml is not the name of a library's settings", "call it casebook.yaml")
                }
                false => CommandError::usage("there is no casebook.yaml here, nor in a folder above", help),
            })
        }
    }
}
