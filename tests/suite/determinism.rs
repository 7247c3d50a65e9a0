//! Same input, same bytes, on every machine.

use std::{fs, path::Path, process::Command};

use assert_cmd::cargo::CommandCargoExt;
use tempfile::TempDir;

use crate::{
    commands::{library, tree, write},
    library::case,
};

/// A library with everything whose order in the output could vary.
fn sample() -> Vec<(String, String)> {
    let mut files = vec![
        (
            "content/pages/about.md".to_owned(),
            "---\ntitle: Über uns\nnav: 1\n---\nText on [A](../cases/a.md).\n".to_owned(),
        ),
        ("content/glossary.yaml".to_owned(), "- { term: PCT, full: primary care trust }\n".to_owned()),
        ("content/cases/photo.png".to_owned(), "no picture".to_owned()),
    ];
    for name in ["a", "b", "É", "z", "ж", "i", "I-am"] {
        files.push((
            format!("content/cases/{name}.md"),
            case(&format!("Words of {name} and ![P](photo.png).\n\n## More\n")),
        ));
    }
    files
}

/// The output of a build with a change to its command.
fn published(folder: &Path, change: impl FnOnce(&mut Command) -> &mut Command) -> Vec<(String, Vec<u8>)> {
    let output = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("casebook").unwrap();
    command.current_dir(folder).args(["build", "--quiet", "--date", "2026-11-28", "--base-url", "https://a.org/b/"]);
    command.arg("--output").arg(output.path().join("site"));
    change(&mut command);
    let ran = command.output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    tree(&output.path().join("site"))
}

fn made(files: &[(String, String)]) -> TempDir {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    library(&files)
}

#[test]
fn a_build_gives_the_same_bytes_on_any_machine() {
    let files = sample();
    let folder = made(&files);
    let usual = published(folder.path(), |command| command);
    assert!(usual.len() > 50);
    let settings: [(&str, &str); 9] = [
        ("RAYON_NUM_THREADS", "1"),
        ("RAYON_NUM_THREADS", "7"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LC_ALL", "C"),
        ("TZ", "Pacific/Kiritimati"),
        ("TZ", "America/Los_Angeles"),
        ("HOME", "/nowhere"),
        ("SOURCE_DATE_EPOCH", "0"),
        ("NO_COLOR", "1"),
    ];
    for (name, value) in settings {
        assert!(published(folder.path(), |command| command.env(name, value)) == usual, "{name}={value}");
    }
    assert!(published(folder.path(), |command| command.env_clear()) == usual, "no environment");
}

#[test]
fn a_build_gives_the_same_bytes_for_any_folder_and_order_of_files() {
    let files = sample();
    let usual = published(made(&files).path(), |command| command);
    let backwards: Vec<_> = files.iter().rev().cloned().collect();
    assert!(published(made(&backwards).path(), |command| command) == usual, "the order of the files");

    let far = tempfile::tempdir().unwrap();
    let deep = far.path().join("a path with spaces/and 'quotes'/ü");
    for (path, text) in crate::library::NEEDED {
        write(&deep, path, text);
    }
    files.iter().for_each(|(path, text)| write(&deep, path, text));
    assert!(published(&deep, |command| command) == usual, "another path");
    assert!(published(far.path(), |command| command.arg("--root").arg(&deep)) == usual, "another folder to stand in");
}

#[cfg(unix)]
#[test]
fn a_build_gives_the_same_bytes_for_any_user() {
    use std::os::unix::fs::PermissionsExt;
    let folder = made(&sample());
    let usual = published(folder.path(), |command| command);
    for (path, _) in sample() {
        let mut rights = fs::metadata(folder.path().join(&path)).unwrap().permissions();
        rights.set_mode(0o400);
        fs::set_permissions(folder.path().join(&path), rights).unwrap();
    }
    assert!(published(folder.path(), |command| command) == usual, "other rights");
    let program = assert_cmd::cargo::cargo_bin("casebook");
    let output = tempfile::tempdir().unwrap();
    let site = output.path().join("site");
    let line = format!(
        "umask 077; exec '{}' build --quiet --date 2026-11-28 --base-url https://a.org/b/ --output '{}'",
        program.display(),
        site.display()
    );
    assert!(Command::new("sh").arg("-c").arg(line).current_dir(folder.path()).status().unwrap().success());
    assert!(tree(&site) == usual, "another umask");
}
