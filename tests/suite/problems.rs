//! Small libraries beside the report that an editor gets.
//!
//! Each file of `tests/problems/` is a sentence on what it shows, then the library's files, each under a line
//! `-- path --`, and last `-- report --`. `BLESS=1 cargo test` writes the reports anew; read what changed before you
//! commit it. The vocabularies that every library needs are there unless the file gives its own.

use std::{
    fs,
    path::{Path, PathBuf},
};

use casebook::problem::report::human;

use crate::library::{edition, made, with_needed};

const REPORT: &str = "-- report --\n";

/// The paths of the files, sorted.
fn paths() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/problems");
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

/// Every file: its name and its text.
pub fn all() -> Vec<(String, String)> {
    let read = |path: PathBuf| (path.display().to_string(), fs::read_to_string(&path).unwrap());
    paths().into_iter().map(read).collect()
}

/// The library of a file, and its expected report.
pub fn parted(text: &str) -> (&str, &str) {
    text.split_once(REPORT).expect("each file ends with a report")
}

#[test]
fn every_library_gets_its_report() {
    let entries = paths();
    assert!(!entries.is_empty());
    let wrong: Vec<String> = entries.iter().filter_map(|path| check(path)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The difference between a file's expected report and the real one, if there is any.
fn check(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).unwrap();
    let (library, expected) = parted(&text);
    let (_, report) = made(&with_needed(&files(library)), &edition());
    let found = human::render(&report, human::Colour::Plain);
    if found.trim_end() == expected.trim_end() {
        return None;
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, format!("{library}{REPORT}{}\n", found.trim_end())).unwrap();
        return None;
    }
    Some(format!("{}: expected\n{expected}\nfound\n{found}", path.display()))
}

/// The files of a library that is written as one text.
pub fn files(text: &str) -> Vec<(&str, &str)> {
    let starts: Vec<(usize, &str)> = text
        .split_inclusive('\n')
        .scan(0, |at, line| {
            *at += line.len();
            Some((*at, line))
        })
        .filter_map(|(end, line)| Some((end, line.trim_end().strip_prefix("-- ")?.strip_suffix(" --")?)))
        .collect();
    let ends = starts.iter().skip(1).map(|(end, path)| end - path.len() - "--  --\n".len()).chain([text.len()]);
    starts.iter().zip(ends).map(|(&(start, path), end)| (path, &text[start..end])).collect()
}
