//! The names that programs give to copies of files: `torbay (1).md`, `Copy of torbay.md`.

use crate::problem::FilePath;

/// Is this a name that other programs give to copies?
pub fn looks_like_copy(path: &FilePath) -> bool {
    let stem = path.stem().to_lowercase();
    let stem = stem.trim_end_matches(".md");
    let is_numbered = stem
        .strip_suffix(')')
        .and_then(|stem| stem.rsplit_once(" ("))
        .is_some_and(|(_, number)| number.parse::<u8>().is_ok());
    is_numbered
        || ["copy of ", "conflicted copy", "sync-conflict", "case conflict"].iter().any(|mark| stem.contains(mark))
        || [" - copy", " copy", "-copy", "_copy"].iter().any(|end| stem.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_have_names_of_their_own() {
        let check = |name: &str, expected: bool| {
            assert_eq!(looks_like_copy(&FilePath::new(format!("content/cases/{name}.md"))), expected, "{name}");
        };
        for name in [
            "torbay - Copy",
            "Copy of torbay",
            "torbay copy",
            "torbay (1)",
            "torbay (Jo's conflicted copy 2026-01-05)",
            "torbay.sync-conflict-20260105-101010-ABCDEF",
        ] {
            check(name, true);
        }
        for name in ["torbay", "photocopy", "copying", "one (two)"] {
            check(name, false);
        }
    }
}
