//! The names that Casebook keeps for its own files and folders: in and beside an output, and in a library.

use std::{
    ffi::{OsStr, OsString},
    path::PathBuf,
};

/// The start of each of these names. No site has files with such names at its top, and no library anywhere.
pub const OWN_PREFIX: &str = ".casebook-";

/// A name of Casebook's own.
pub fn own_name(rest: impl AsRef<OsStr>) -> PathBuf {
    let mut name = OsString::from(OWN_PREFIX);
    name.push(rest);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{exchange, hidden_file, manifest, stage, workspace};

    #[test]
    fn every_fixed_name_begins_with_the_prefix() {
        let names = [
            manifest::NAME,
            exchange::MARK,
            stage::LIST,
            stage::NEW_LIST,
            workspace::STAGE_WITHIN,
            hidden_file::PREFIX,
        ];
        assert!(names.iter().all(|name| name.starts_with(OWN_PREFIX)), "{names:?}");
    }
}
