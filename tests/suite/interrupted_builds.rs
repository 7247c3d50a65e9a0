//! Builds that are killed, and several builds at the same time, as processes of their own.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread,
    time::Duration,
};

use assert_cmd::cargo::CommandCargoExt;
use tempfile::TempDir;

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

/// The paths of a site's files and their bytes.
type Site = Vec<(String, Vec<u8>)>;

/// The site of a library, built into a new folder.
fn fresh(folder: &Path) -> Site {
    fs::remove_dir_all(folder.join("fresh")).ok();
    let built = casebook(folder, &["build", "--output", "fresh"]);
    assert_eq!(built.status, 0, "{}", built.err);
    tree(&folder.join("fresh"))
}

/// A library with a published site in `output`, and a foreign file there.
fn published_library() -> TempDir {
    let folder = library(&[("content/cases/a.md", &case("First.")), ("content/cases/b.md", &case("B."))]);
    assert_eq!(casebook(folder.path(), &["build"]).status, 0);
    write(&folder.path().join("output"), "CNAME", "example.org");
    folder
}

/// The files of the site in `output`, without what a killed build leaves there and no page links to: the mark of a tree
/// that is about to be exchanged, and the stage of a build in place.
fn site_files(folder: &Path) -> Site {
    let is_left = |path: &str| path == ".casebook-replaced" || path.starts_with(".casebook-stage/");
    let files = tree(&folder.join("output"));
    files.into_iter().filter(|(path, _)| path != "CNAME" && !is_left(path)).collect()
}

/// Kills builds after ever more time. After each, calls `check` with the old site, what the killed build left and the
/// new site, then builds again: that build must mend everything.
fn kill_builds(words: &[&str], check: impl Fn(&Site, &Site, &Site) -> Result<(), String>) {
    let folder = published_library();
    let mut before = site_files(folder.path());
    for round in 0..8 {
        write(folder.path(), "content/cases/a.md", &case(&format!("Text of round {round}.")));
        let mut build = start(folder.path(), words);
        thread::sleep(Duration::from_millis(30 * round));
        build.kill().unwrap();
        build.wait().unwrap();
        let (found, after) = (site_files(folder.path()), fresh(folder.path()));
        check(&before, &found, &after).unwrap_or_else(|wrong| panic!("round {round}: {wrong}"));
        assert_eq!(casebook(folder.path(), &[&["build"], words].concat()).status, 0);
        let foreign = ("CNAME".to_owned(), b"example.org".to_vec());
        let mended = tree(&folder.path().join("output"));
        assert!(mended.contains(&foreign), "round {round}: the foreign file is lost");
        assert!(mended.into_iter().filter(|file| *file != foreign).eq(after.clone()), "round {round}: not whole");
        before = after;
    }
}

/// Elsewhere, a build replaces the files one by one, as with `--in-place`.
#[cfg(all(any(target_os = "linux", target_vendor = "apple"), not(casebook_portable)))]
#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one_and_the_next_build_is_whole() {
    let paths = |site: &Site| site.iter().map(|(path, _)| path.clone()).collect::<std::collections::BTreeSet<_>>();
    kill_builds(&[], |before, found, after| {
        let differing = |site: &Site| -> Vec<String> {
            let others = found.iter().filter(|file| !site.contains(file)).map(|(path, _)| path.clone());
            others.chain(paths(site).difference(&paths(found)).map(|path| format!("without {path}"))).collect()
        };
        let (to_old, to_new) = (differing(before), differing(after));
        if to_old.is_empty() || to_new.is_empty() {
            return Ok(());
        }
        Err(format!("{to_old:?} differ from the old site, {to_new:?} from the new"))
    });
}

#[test]
fn a_build_in_place_that_is_killed_leaves_whole_files_and_the_next_build_is_whole() {
    let bytes = |site: &Site, path: &str| site.iter().find(|file| file.0 == path).map(|file| file.1.clone());
    kill_builds(&["--in-place"], |before, found, after| {
        let paths = before.iter().chain(found).chain(after).map(|file| file.0.as_str());
        // Between two sites, the manifest names the files that are being replaced.
        for path in paths.filter(|path| *path != ".casebook-manifest") {
            let is = bytes(found, path);
            if is != bytes(before, path) && is != bytes(after, path) {
                return Err(format!("{path} is neither that of the old site nor that of the new one"));
            }
        }
        Ok(())
    });
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
