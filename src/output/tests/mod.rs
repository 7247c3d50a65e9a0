//! Publications into folders of every kind, compared with the files on the disk afterwards.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, symlink},
};

use proptest::prelude::*;
use tempfile::TempDir;

use super::{manifest::Manifest, target::check, *};

#[cfg(not(casebook_portable))]
mod exchanged;

/// Paths and texts of a site, or of the files in a folder that are not Casebook's own.
type Files = BTreeMap<String, String>;

/// A library in a folder of its own, with the output beside its content.
struct TestLibrary {
    folder: TempDir,
}

impl TestLibrary {
    fn new() -> TestLibrary {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("content")).unwrap();
        TestLibrary { folder }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn output(&self, path: &str) -> PathBuf {
        self.at("output").join(path)
    }

    fn next(&self) -> PathBuf {
        self.at(".casebook-output/next")
    }

    fn target(&self, in_place: bool) -> OutputTarget {
        let target = check(&self.at("output"), self.folder.path()).unwrap();
        if in_place { target.in_place() } else { target }
    }

    fn try_publish(&self, in_place: bool, site: &Files) -> Result<Published, Unpublished<String>> {
        let paths: Vec<String> = site.keys().cloned().collect();
        publish(&self.target(in_place), Some(""), &paths, |index| match site[&paths[index]].as_str() {
            "broken" => Err(paths[index].clone()),
            text => Ok(text.as_bytes().to_vec()),
        })
    }

    fn publish(&self, site: &Files) -> Published {
        self.try_publish(false, site).unwrap()
    }

    fn publish_in_place(&self, site: &Files) -> Published {
        self.try_publish(true, site).unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.output(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The files in the output that are not Casebook's own.
    fn found(&self) -> Files {
        let mut found = found_below(&self.at("output"));
        found.retain(|path, _| !path.starts_with(".casebook-manifest"));
        found
    }

    /// Values that differ if a file was written again.
    fn identities(&self) -> BTreeMap<String, (u64, i64, i64)> {
        let identity = |path: String| {
            let found = fs::metadata(self.output(&path)).unwrap();
            (path, (found.ino(), found.mtime(), found.mtime_nsec()))
        };
        self.found().into_keys().map(identity).collect()
    }
}

fn found_below(folder: &Path) -> Files {
    let mut found = Files::new();
    if !folder.exists() {
        return found;
    }
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        if entry.file_type().is_file() {
            found.insert(path, fs::read_to_string(entry.path()).unwrap());
        } else if entry.file_type().is_dir() && fs::read_dir(entry.path()).unwrap().next().is_none() {
            found.insert(path + "/", "an empty folder".to_owned());
        }
    }
    found
}

fn site(files: &[(&str, &str)]) -> Files {
    files.iter().map(|&(path, text)| (path.to_owned(), text.to_owned())).collect()
}

fn old_site() -> Files {
    site(&[("assets/a.css", "old"), ("cases/gone/index.html", "gone"), ("index.html", "old"), ("same.html", "same")])
}

fn new_site() -> Files {
    site(&[("assets/a.css", "new"), ("cases/come/index.html", "come"), ("index.html", "new"), ("same.html", "same")])
}

fn both(one: &Files, other: &Files) -> Files {
    one.clone().into_iter().chain(other.clone()).collect()
}

fn machine(result: Result<Published, Unpublished<String>>) -> Failure {
    match result {
        Err(Unpublished::Machine(failure)) => failure,
        other => panic!("{other:?}"),
    }
}

#[test]
fn missing_folders_above_the_output_are_made() {
    let library = TestLibrary::new();
    let target = check(&library.at("a/b/../c/output/"), library.folder.path()).unwrap();
    publish(&target, None, &["index.html".to_owned()], |_| Ok::<_, ()>(b"x".to_vec())).unwrap();
    assert_eq!(fs::read(library.at("a/c/output/index.html")).unwrap(), b"x");
}

#[test]
fn a_file_that_was_changed_by_hand_is_made_again() {
    let library = TestLibrary::new();
    let spoil: [&dyn Fn(&Path); 5] = [
        &|path| fs::remove_file(path).unwrap(),
        &|path| fs::write(path, "ole").unwrap(),
        &|path| fs::write(path, "").unwrap(),
        &|path| fs::write(path, "longer").unwrap(),
        &|path| {
            let before = fs::metadata(path).unwrap().modified().unwrap();
            fs::write(path, "ole").unwrap();
            let older = before - std::time::Duration::from_secs(3600);
            fs::File::options().write(true).open(path).unwrap().set_modified(older).unwrap();
        },
    ];
    for spoil in spoil {
        library.publish(&old_site());
        spoil(&library.output("index.html"));
        assert_eq!(library.publish(&old_site()).written, 1);
        assert_eq!(library.found(), old_site());
    }
}

#[test]
fn a_site_is_up_to_date_only_if_complete_and_of_the_same_origin() {
    let library = TestLibrary::new();
    let film = |film: &'static str| [("index.html".to_owned(), film)];
    let up_to_date_with = |origin: &str, copied: &[(String, &'static str)]| {
        let published =
            up_to_date::<_, String>(&library.target(false), origin, copied, |film| Ok(film.as_bytes().to_vec()));
        published.unwrap().map(|published| published.unchanged)
    };
    let is_up_to_date = || up_to_date_with("", &[]);
    assert_eq!(is_up_to_date(), None, "nothing was published");
    library.publish(&old_site());
    assert_eq!(is_up_to_date(), Some(old_site().len()));
    assert_eq!(up_to_date_with("other", &[]), None);
    let text = old_site()["index.html"].clone();
    assert_eq!(up_to_date_with("", &film(String::leak(text))), Some(old_site().len()));
    assert_eq!(up_to_date_with("", &film("another film")), None);
    let spoil: [&dyn Fn(&Path); 4] = [
        &|path| fs::remove_file(path).unwrap(),
        &|path| fs::write(path, "ole").unwrap(),
        &|path| fs::write(path, "").unwrap(),
        &|path| fs::remove_file(path).and_then(|()| fs::create_dir(path)).unwrap(),
    ];
    for spoil in spoil {
        spoil(&library.output("index.html"));
        assert_eq!(is_up_to_date(), None);
        fs::remove_dir(library.output("index.html")).ok();
        library.publish(&old_site());
        assert_eq!(is_up_to_date(), Some(old_site().len()));
    }
}

#[test]
fn a_file_as_new_as_the_manifest_is_compared_by_content() {
    let library = TestLibrary::new();
    library.publish(&old_site());
    library.write("index.html", "ole");
    let time = fs::metadata(library.output(".casebook-manifest")).unwrap().modified().unwrap();
    fs::File::options().write(true).open(library.output("index.html")).unwrap().set_modified(time).unwrap();
    assert_eq!(library.publish(&old_site()).written, 1);
    assert_eq!(library.found(), old_site());
}

#[test]
fn a_link_that_appears_between_two_steps_is_not_followed() {
    let swaps: [(&str, &str); 3] =
        [(".casebook-output/next/cases", "moved"), (".casebook-output/next", "moved"), (".casebook-output", "moved")];
    for (place, aside) in swaps {
        let library = TestLibrary::new();
        library.publish(&old_site());
        fs::create_dir_all(library.at("outside/cases/come")).unwrap();
        fs::write(library.at("outside/precious.txt"), "precious").unwrap();
        let paths: Vec<String> = new_site().into_keys().collect();
        let swapped = std::sync::Once::new();
        let published = publish(&library.target(false), None, &paths, |index| {
            // After the stage was opened, and before the first file is written to it.
            swapped.call_once(|| {
                fs::create_dir_all(library.next().join("cases")).unwrap();
                fs::rename(library.at(place), library.at(aside)).unwrap();
                symlink(library.at("outside"), library.at(place)).unwrap();
            });
            Ok::<_, String>(new_site()[&paths[index]].clone().into_bytes())
        });
        let outside = site(&[("cases/come/", "an empty folder"), ("precious.txt", "precious")]);
        assert_eq!(found_below(&library.at("outside")), outside, "{place}: {published:?}");
        let whole = [old_site(), new_site()].contains(&library.found());
        assert!(whole, "{place}: {:?}", library.found());
        assert!(!library.at("output").is_symlink(), "{place}");
    }
}

#[test]
fn an_output_that_becomes_a_link_between_two_steps_is_not_followed() {
    for in_place in [false, true] {
        let library = TestLibrary::new();
        library.publish(&old_site());
        let target = if in_place { library.target(false).in_place() } else { library.target(false) };
        fs::rename(library.at("output"), library.at("outside")).unwrap();
        symlink(library.at("outside"), library.at("output")).unwrap();
        let before = found_below(&library.at("outside"));
        let paths: Vec<String> = new_site().into_keys().collect();
        let published = publish(&target, None, &paths, |_| Ok::<_, String>(Vec::new()));
        assert!(matches!(published, Err(Unpublished::Refused(_))), "{published:?}");
        assert_eq!(found_below(&library.at("outside")), before);
    }
}

#[test]
fn files_that_are_no_longer_published_are_removed() {
    let library = TestLibrary::new();
    library.publish(&old_site());
    library.publish(&new_site());
    assert_eq!(found_below(&library.next()).values().filter(|text| *text == "gone" || *text == "old").count(), 0);
}

#[test]
fn pages_that_cannot_be_made_leave_the_old_site_alone() {
    for in_place in [false, true] {
        let library = TestLibrary::new();
        for site in [old_site(), new_site(), old_site()] {
            library.try_publish(in_place, &site).unwrap();
        }
        let before = library.identities();
        let spoilt = both(&new_site(), &site(&[("b.html", "broken"), ("a.html", "broken"), ("same.html", "else")]));
        match library.try_publish(in_place, &spoilt) {
            Err(Unpublished::Content(errors)) => assert_eq!(errors, ["a.html", "b.html"]),
            other => panic!("{other:?}"),
        }
        assert_eq!((library.found(), library.identities()), (old_site(), before));
        assert!(!library.next().exists() && !library.output(".casebook-stage").exists());
    }
}

#[test]
fn foreign_files_are_kept() {
    for in_place in [false, true] {
        let library = TestLibrary::new();
        library.try_publish(in_place, &old_site()).unwrap();
        let foreign =
            site(&[(".git/objects/1", "x"), ("CNAME", "x"), ("cases/gone/notes.txt", "x"), ("cases/own/a/b", "x")]);
        foreign.iter().for_each(|(path, text)| library.write(path, text));
        symlink("nowhere", library.output("link")).unwrap();
        for site in [new_site(), old_site(), new_site()] {
            assert_eq!(library.try_publish(in_place, &site).unwrap().written, 3);
            assert_eq!(library.found(), both(&site, &foreign));
            assert!(library.output("link").is_symlink());
        }
    }
}

/// Publishes over an output with a foreign file in the way, and checks that it is named.
#[track_caller]
fn check_clash(spoil: impl Fn(&TestLibrary), names: &str) {
    for in_place in [false, true] {
        let library = TestLibrary::new();
        library.try_publish(in_place, &old_site()).unwrap();
        spoil(&library);
        let before = library.found();
        match library.try_publish(in_place, &new_site()) {
            Err(Unpublished::Refused(refusal)) => {
                let output = library.output(names).canonicalize().unwrap_or(library.output(names));
                let message = format!("{} was not made by Casebook, and the site needs its place", output.display());
                assert_eq!(refusal.to_string(), message);
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(library.found(), before);
    }
}

#[test]
fn a_foreign_file_in_the_way_is_refused() {
    check_clash(|library| library.write("cases/come/index.html", "mine"), "cases/come/index.html");
    check_clash(|library| library.write("cases/come", "mine"), "cases/come");
    check_clash(|library| library.write("cases/come/index.html/deep", "mine"), "cases/come/index.html");
    check_clash(
        |library| {
            fs::remove_file(library.output("index.html")).unwrap();
            symlink("nowhere", library.output("index.html")).unwrap();
        },
        "index.html",
    );
}

#[test]
fn nothing_is_written_or_removed_through_a_link() {
    for in_place in [false, true] {
        let library = TestLibrary::new();
        library.try_publish(in_place, &old_site()).unwrap();
        fs::rename(library.output("cases"), library.at("elsewhere")).unwrap();
        symlink(library.at("elsewhere"), library.output("cases")).unwrap();
        assert!(matches!(library.try_publish(in_place, &new_site()), Err(Unpublished::Refused(_))));
        library.try_publish(in_place, &site(&[("index.html", "no cases")])).unwrap();
        assert!(library.at("elsewhere/gone/index.html").exists());
        assert!(library.output("cases").is_symlink());
    }
}

#[test]
fn foreign_files_are_named() {
    for in_place in [false, true] {
        let library = TestLibrary::new();
        library.try_publish(in_place, &old_site()).unwrap();
        library.write("CNAME", "x");
        library.write("cases/gone/evil.html", "<script>");
        let named = |site: &Files| library.try_publish(in_place, site).unwrap().foreign;
        let expected = ["CNAME", "cases/gone/evil.html"].map(PathBuf::from);
        assert_eq!(named(&new_site()), expected);
        assert_eq!(named(&new_site()), [PathBuf::from("CNAME"), PathBuf::from("cases/gone")]);
        assert_eq!(named(&old_site()), expected);
    }
}

#[test]
fn a_file_and_a_folder_may_change_places() {
    for in_place in [false, true] {
        let library = TestLibrary::new();
        let (file, folder) = (site(&[("a", "file"), ("z", "")]), site(&[("a/b/c", "folder"), ("z", "")]));
        for site in [&file, &folder, &file, &folder] {
            library.try_publish(in_place, site).unwrap();
            assert_eq!(library.found(), *site);
        }
    }
}

#[test]
fn a_truncated_manifest_loses_no_file() {
    for in_place in [false, true] {
        let library = TestLibrary::new();
        library.try_publish(in_place, &old_site()).unwrap();
        library.write("CNAME", "x");
        library.write(".casebook-manifest", "{\"casebook\":1,\"fi");
        let before = library.identities();
        let published = library.try_publish(in_place, &new_site()).unwrap();
        assert_eq!((published.written, published.unchanged, published.removed), (3, 1, 0));
        let kept = site(&[("CNAME", "x"), ("cases/gone/index.html", "gone")]);
        assert_eq!(library.found(), both(&new_site(), &kept));
        assert_eq!(library.identities()["same.html"], before["same.html"]);
    }
}

#[test]
fn a_truncated_manifest_is_repaired() {
    let library = TestLibrary::new();
    library.publish(&old_site());
    let whole = fs::read(library.output(".casebook-manifest")).unwrap();
    library.write(".casebook-manifest", "");
    assert_eq!(library.publish(&old_site()).written, 0);
    assert_eq!(fs::read(library.output(".casebook-manifest")).unwrap(), whole);
}

#[test]
fn the_permissions_of_the_output_stay() {
    let library = TestLibrary::new();
    library.publish(&old_site());
    fs::set_permissions(library.output(""), fs::Permissions::from_mode(0o2750)).unwrap();
    library.publish(&new_site());
    assert_eq!(fs::metadata(library.output("")).unwrap().permissions().mode() & 0o7777, 0o2750);
}

#[test]
fn an_output_that_is_a_link_stays_a_link() {
    let library = TestLibrary::new();
    fs::create_dir_all(library.at("www/site")).unwrap();
    symlink(library.at("www/site"), library.at("output")).unwrap();
    library.publish(&old_site());
    library.publish(&new_site());
    assert!(library.at("output").is_symlink());
    assert_eq!(library.found(), new_site());
}

#[test]
fn two_builds_at_once_do_not_interfere() {
    for (first, second) in [(false, false), (false, true), (true, false), (true, true)] {
        let library = TestLibrary::new();
        library.publish(&old_site());
        let _first = Workspace::enter::<String>(&library.target(first)).unwrap();
        let failure = machine(library.try_publish(second, &new_site()));
        assert!(failure.to_string().ends_with("another build is publishing there"), "{failure}");
        assert!(failure.help().is_some());
        assert_eq!(library.found(), old_site());
    }
}

#[test]
fn foreign_files_that_reappear_are_never_overwritten() {
    let library = TestLibrary::new();
    library.publish(&old_site());
    fs::create_dir_all(library.next()).unwrap();
    fs::write(library.next().join(exchange::MARK), "").unwrap();
    fs::write(library.next().join("CNAME"), "first").unwrap();
    library.write("CNAME", "second");
    let failure = machine(library.try_publish(false, &new_site()));
    assert!(failure.to_string().contains("is in the way"), "{failure}");
    fs::remove_file(library.output("CNAME")).unwrap();
    library.publish(&new_site());
    assert_eq!(library.found(), both(&new_site(), &site(&[("CNAME", "first")])));
}

#[test]
fn a_build_in_place_killed_at_any_step_is_finished_by_the_next() {
    let order = ["assets/a.css", "cases/come/index.html", "index.html", "cases/gone/index.html"];
    for done in 0..=order.len() {
        let library = TestLibrary::new();
        library.publish_in_place(&old_site());
        library.write("CNAME", "x");
        let output = Folder::open(&library.output("").canonicalize().unwrap()).unwrap();
        let known = OutputState::read(Some(&output), &[]).unwrap();
        let begun = Manifest::new(known.manifest.paths().map(|path| (path.to_owned(), None))).with_unknown(order);
        begun.write(&output, manifest::NAME).unwrap();
        for path in &order[..done] {
            match new_site().get(*path) {
                Some(text) => library.write(path, text),
                None => fs::remove_file(library.output(path)).unwrap(),
            }
        }
        fs::create_dir(library.output(".casebook-stage")).unwrap();
        let next = if done % 2 == 0 { new_site() } else { old_site() };
        library.try_publish(done == 0, &next).unwrap();
        assert_eq!(library.found(), both(&next, &site(&[("CNAME", "x")])), "after {done}");
    }
}

#[test]
fn the_first_build_in_place_may_be_killed_early() {
    let library = TestLibrary::new();
    library.write(".casebook-stage/index.html", "old");
    library.write(".casebook-stage/.casebook-stage-list", r#"{"casebook":1,"files":{"index.html":null}}"#);
    library.publish_in_place(&old_site());
    assert_eq!(library.found(), old_site());
}

#[test]
fn a_build_in_place_finishes_a_killed_exchange() {
    let library = TestLibrary::new();
    library.publish(&old_site());
    fs::create_dir_all(library.next().join(".git")).unwrap();
    fs::write(library.next().join(".git/HEAD"), "x").unwrap();
    fs::write(library.next().join(exchange::MARK), "").unwrap();
    library.publish_in_place(&new_site());
    assert_eq!(library.found(), both(&new_site(), &site(&[(".git/HEAD", "x")])));
}

/// Sites with few paths, so that files are added, changed, removed, and replaced by folders.
fn any_site() -> impl Strategy<Value = Files> {
    let path =
        prop::sample::select(vec!["a.css", "b/index.html", "b/c/index.html", "d", "d/e.html", "d/e.html/f", "g.html"]);
    prop::collection::btree_map(path, "[xy]{0,2}", 1..6).prop_map(|files| {
        let is_folder = |path: &str| files.keys().any(|other| other.starts_with(&format!("{path}/")));
        let files = files.iter().filter(|(path, _)| !is_folder(path));
        files.map(|(path, text)| ((*path).to_owned(), text.clone())).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn after_any_builds_the_output_is_the_site_and_foreign_files(
        history in prop::collection::vec((any_site(), any::<bool>()), 1..8),
        left_by in 0..8_usize,
    ) {
        let library = TestLibrary::new();
        let mut foreign = Files::new();
        for (step, (site, in_place)) in history.iter().enumerate() {
            library.try_publish(*in_place, site).unwrap();
            prop_assert_eq!(library.found(), both(site, &foreign));
            if step == left_by {
                foreign = super::tests::site(&[("b/notes", "mine"), (".git/HEAD", "mine")]);
                foreign.iter().for_each(|(path, text)| library.write(path, text));
            }
        }
        let clean = TestLibrary::new();
        clean.publish(&history[history.len() - 1].0);
        let manifest = |library: &TestLibrary| fs::read(library.output(".casebook-manifest")).unwrap();
        prop_assert_eq!(manifest(&library), manifest(&clean));
    }
}
