//! Builds that are killed, and several builds at the same time, as processes of their own.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread,
    time::Duration,
};

use assert_cmd::cargo::CommandCargoExt;

use crate::{
    commands::{casebook, library, tree, write},
    library::case,
};

/// Starts a build without waiting for its end.
fn start(folder: &Path, words: &[&str]) -> Child {
    let mut command = Command::cargo_bin("casebook").unwrap();
    command.current_dir(folder).env("SOURCE_DATE_EPOCH", "1795305600").arg("build").args(words);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// The site of a library, built into a new folder.
fn fresh(folder: &Path) -> Vec<(String, Vec<u8>)> {
    fs::remove_dir_all(folder.join("fresh")).ok();
    let built = casebook(folder, &["build", "--output", "fresh"]);
    assert_eq!(built.status, 0, "{}", built.err);
    tree(&folder.join("fresh"))
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one_and_the_next_build_is_whole() {
    let folder = library(&[("content/cases/a.md", &case("First.")), ("content/cases/b.md", &case("B."))]);
    let output = folder.path().join("output");
    assert_eq!(casebook(folder.path(), &["build"]).status, 0);
    let mut before = tree(&output);
    write(&output, "CNAME", "example.org");
    // A build that is killed just before the exchange leaves its mark in the old tree, which no reader asks for.
    let is_site = |(path, _): &(String, Vec<u8>)| path != "CNAME" && path != ".casebook-replaced";
    let without_foreign = || tree(&output).into_iter().filter(is_site).collect::<Vec<_>>();
    for round in 0..8 {
        write(folder.path(), "content/cases/a.md", &case(&format!("Text of round {round}.")));
        let mut build = start(folder.path(), &[]);
        thread::sleep(Duration::from_millis(30 * round));
        build.kill().unwrap();
        build.wait().unwrap();
        let (found, after) = (without_foreign(), fresh(folder.path()));
        let paths = |site: &[(String, Vec<u8>)]| site.iter().map(|(path, _)| path.clone()).collect::<BTreeSet<_>>();
        let differing = |site: &[(String, Vec<u8>)]| -> Vec<String> {
            let others = found.iter().filter(|file| !site.contains(file)).map(|(path, _)| path.clone());
            others.chain(paths(site).difference(&paths(&found)).map(|path| format!("without {path}"))).collect()
        };
        let (to_old, to_new) = (differing(&before), differing(&after));
        assert!(
            to_old.is_empty() || to_new.is_empty(),
            "round {round}: {to_old:?} differ from the old site, {to_new:?} from the new"
        );
        assert_eq!(casebook(folder.path(), &["build"]).status, 0);
        assert!(without_foreign() == after, "round {round}: the next build is not whole");
        assert_eq!(fs::read_to_string(output.join("CNAME")).unwrap(), "example.org");
        before = after;
    }
}

#[test]
fn builds_at_the_same_time_end_in_the_site_of_the_library() {
    let folder = library(&[("content/cases/b.md", &case("B."))]);
    for round in 0..4 {
        write(folder.path(), "content/cases/a.md", &case(&format!("Text of round {round}.")));
        let words: [&[&str]; 4] = [&[], &["--in-place"], &[], &[]];
        let builds = words.map(|words| start(folder.path(), words));
        for build in builds {
            let Output { status, stderr, .. } = build.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&stderr);
            assert!(matches!(status.code(), Some(0 | 3)), "{status}: {said}");
            assert!(status.success() || said.contains("\nhelp: "), "{said}");
        }
        assert_eq!(casebook(folder.path(), &["build"]).status, 0);
        assert!(tree(&folder.path().join("output")) == fresh(folder.path()), "round {round}");
    }
}
