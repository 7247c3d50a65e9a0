//! The names that Casebook keeps for its own files and folders: in and beside an output, and in a library.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use crate::output::{exchange, manifest, stage, workspace};

/// The start of each of these names. No site has files with such names at its top, and no library anywhere.
pub const OWN_PREFIX: &str = ".casebook-";

/// The start of the names of files that are copied from another disk.
pub const TEMPORARY_PREFIX: &str = ".casebook-aside-";

/// Is it a name of Casebook's own at the top of a site or of a stage? Another name with the prefix is somebody else's,
/// such as that of the hidden folder of an output within this one.
pub fn is_own_at_top(path: &Path) -> bool {
    let own = [manifest::NAME, exchange::MARK, stage::LIST, stage::NEW_LIST, workspace::STAGE_WITHIN];
    path.to_str().is_some_and(|name| own.contains(&name) || name.starts_with(TEMPORARY_PREFIX) && !name.contains('/'))
}

/// A name of Casebook's own.
pub fn own_name(rest: impl AsRef<OsStr>) -> PathBuf {
    let mut name = OsString::from(OWN_PREFIX);
    name.push(rest);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::hidden_file;

    #[test]
    fn every_fixed_name_begins_with_the_prefix() {
        let names = [
            manifest::NAME,
            exchange::MARK,
            stage::LIST,
            stage::NEW_LIST,
            workspace::STAGE_WITHIN,
            hidden_file::PREFIX,
            TEMPORARY_PREFIX,
        ];
        assert!(names.iter().all(|name| name.starts_with(OWN_PREFIX)), "{names:?}");
    }

    #[test]
    fn only_fixed_names_at_the_top_are_own() {
        for name in [".casebook-manifest", ".casebook-stage", ".casebook-aside-a.html"] {
            assert!(is_own_at_top(Path::new(name)), "{name}");
        }
        for name in [".casebook-notes.txt", ".casebook-preview", "cases/.casebook-manifest", "index.html"] {
            assert!(!is_own_at_top(Path::new(name)), "{name}");
        }
    }
}
