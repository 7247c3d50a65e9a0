//! The exit status of `.ci/advisories` for each result of `cargo deny`, which a fake returns here.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

const FETCHED: &str = "exit 0";

/// Runs the script with a fake `cargo` whose `fetch` and `check` give these results.
fn status(fetch: &str, check: &str) -> Option<i32> {
    let folder = tempfile::tempdir().unwrap();
    let cargo = folder.path().join("cargo");
    let answers =
        format!("#!/bin/sh\ncase \"$*\" in\n*fetch\\ db*) {fetch} ;;\n*check*) {check} ;;\n*) exit 9 ;;\nesac\n");
    fs::write(&cargo, answers).unwrap();
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/advisories");
    Command::new(script).env("PATH", path).output().unwrap().status.code()
}

#[test]
fn dependencies_without_an_advisory_pass() {
    assert_eq!(status(FETCHED, "exit 0"), Some(0));
}

#[test]
fn an_unreachable_database_is_recognised() {
    let line =
        "2026-11-28 21:02:22 [ERROR] failed to fetch database: failed to fetch advisory database https://host/db";
    assert_eq!(status(&format!("echo '{line} with cli: failed to clone' >&2; exit 1"), "exit 0"), Some(3));
    assert_eq!(status("echo '[ERROR] failed to read deny.toml in this repository' >&2; exit 1", "exit 0"), Some(1));
    assert_eq!(status("exit 127", "exit 0"), Some(1));
}

#[test]
fn an_advisory_fails_whatever_its_text() {
    for words in ["repository", "network", "failed to fetch advisory database", "cannot resolve, connect or clone"] {
        // Only the step that fetches may say that the database cannot be reached.
        for code in [1, 2, 3] {
            let found = format!("echo 'error[vulnerability]: {words}' >&2; exit {code}");
            assert_eq!(status(FETCHED, &found), Some(1), "{words}");
        }
    }
}
