//! Publications into folders of every kind, compared with the files on the disk afterwards.

mod any_builds;
#[cfg(not(casebook_portable))]
mod exchanged;
mod foreign_files;
mod interrupted;

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, symlink},
};

use tempfile::TempDir;

use super::{manifest::Manifest, target::check, *};

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
        let target = check(&self.at("output"), self.folder.path(), &[]).unwrap();
        if in_place { target.in_place() } else { target }
    }

    fn try_publish(&self, in_place: bool, site: &Files) -> Result<Published, Unpublished<String>> {
        self.publish_files(in_place, &planned(site), site)
    }

    fn publish_files(
        &self,
        in_place: bool,
        files: &[PlannedFile<()>],
        site: &Files,
    ) -> Result<Published, Unpublished<String>> {
        publish(&self.target(in_place), Some(&record("")), files, |file| match site[&file.path].as_str() {
            "broken" => Err(file.path.clone()),
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

/// The record of a build with this hash of its inputs.
fn record(hash: &str) -> BuildRecord {
    BuildRecord { inputs_hash: hash.to_owned(), summary: None }
}

/// Files of which nothing is known but their path.
fn planned(site: &Files) -> Vec<PlannedFile<()>> {
    site.keys().map(|path| PlannedFile { path: path.clone(), inputs: None, source: () }).collect()
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
    let target = check(&library.at("a/b/../c/output/"), library.folder.path(), &[]).unwrap();
    publish(&target, None, &planned(&site(&[("index.html", "x")])), |_| Ok::<_, ()>(b"x".to_vec())).unwrap();
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
    let copied_file = |text: &'static str| [("index.html".to_owned(), text)];
    let up_to_date_with = |inputs_hash: &str, copied: &[(String, &'static str)]| {
        let published =
            up_to_date::<_, String>(&library.target(false), inputs_hash, copied, |text| Ok(text.as_bytes().to_vec()));
        published.unwrap().map(|published| published.unchanged)
    };
    let is_up_to_date = || up_to_date_with("", &[]);
    assert_eq!(is_up_to_date(), None, "nothing was published");
    library.publish(&old_site());
    assert_eq!(is_up_to_date(), Some(old_site().len()));
    assert_eq!(up_to_date_with("other", &[]), None);
    let text = old_site()["index.html"].clone();
    assert_eq!(up_to_date_with("", &copied_file(String::leak(text))), Some(old_site().len()));
    assert_eq!(up_to_date_with("", &copied_file("another text")), None);
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
fn the_published_manifest_is_that_of_the_output() {
    let library = TestLibrary::new();
    let target = library.target(false);
    assert_eq!(published(&target).unwrap(), None);
    library.publish(&old_site());
    let paths = |manifest: Manifest| manifest.paths().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(published(&target).unwrap().map(paths), Some(old_site().into_keys().collect()));
    fs::rename(library.at("output"), library.at("moved")).unwrap();
    symlink(library.at("moved"), library.at("output")).unwrap();
    assert!(published(&target).is_err(), "a link is not followed");
}

#[test]
fn a_new_origin_of_the_same_files_is_remembered() {
    let library = TestLibrary::new();
    library.publish(&old_site());
    let files = planned(&old_site());
    let bytes = |file: &PlannedFile<()>| Ok::<_, String>(old_site()[&file.path].clone().into_bytes());
    assert_eq!(publish(&library.target(false), Some(&record("new")), &files, bytes).unwrap().written, 0);
    assert_eq!(published(&library.target(false)).unwrap().unwrap().build_record(), Some(&record("new")));
    let none: [(String, ()); 0] = [];
    let found = up_to_date::<_, String>(&library.target(false), "new", &none, |()| Ok(Vec::new())).unwrap();
    assert!(found.is_some());
}

#[test]
fn a_site_published_into_an_empty_folder_leaves_nothing_to_tidy_up() {
    let library = TestLibrary::new();
    fs::create_dir(library.at("output")).unwrap();
    let published = library.publish(&old_site());
    assert!(published.cleanup_failure.is_none(), "{:?}", published.cleanup_failure);
    assert_eq!(library.found(), old_site());
}

#[test]
fn a_build_in_place_makes_no_folder_beside_the_output() {
    let library = TestLibrary::new();
    library.publish_in_place(&old_site());
    library.publish_in_place(&new_site());
    assert!(!library.at(".casebook-output").exists());
}

#[test]
fn a_file_that_is_gone_already_counts_as_removed() {
    let library = TestLibrary::new();
    library.write("a", "text");
    fs::create_dir(library.output("folder")).unwrap();
    symlink("folder", library.output("link")).unwrap();
    let output = Folder::open(&library.output("").canonicalize().unwrap()).unwrap();
    for gone in ["a", "a", "folder", "none/a"] {
        remove_if_there(&output, gone).unwrap();
    }
    assert!(remove_if_there(&output, "link/a").is_err());
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
fn a_file_is_made_again_only_if_its_inputs_changed_or_it_was_changed_by_hand() {
    for in_place in [false, true] {
        let library = TestLibrary::new();
        let files = |inputs: [&str; 3]| -> Vec<PlannedFile<()>> {
            let file = |(path, inputs): (&str, &str)| {
                let (path, inputs) = (path.to_owned(), Some(inputs.to_owned()));
                PlannedFile { path, inputs, source: () }
            };
            ["a.html", "b.html", "c.html"].into_iter().zip(inputs).map(file).collect()
        };
        // A file that must not be made is broken.
        let publish = |inputs, texts: [&str; 3]| {
            let site = site(&[("a.html", texts[0]), ("b.html", texts[1]), ("c.html", texts[2])]);
            let published = library.publish_files(in_place, &files(inputs), &site).unwrap();
            (published.written, published.unchanged)
        };
        assert_eq!(publish(["1", "1", "1"], ["a", "b", "c"]), (3, 0));
        assert_eq!(publish(["1", "2", "2"], ["broken", "new", "c"]), (1, 2));
        assert_eq!(publish(["1", "2", "2"], ["broken", "broken", "broken"]), (0, 3));
        for spoil in ["x", "longer"] {
            fs::write(library.output("a.html"), spoil).unwrap();
            assert_eq!(publish(["1", "2", "2"], ["a", "broken", "broken"]), (1, 2));
        }
        fs::remove_file(library.output("b.html")).unwrap();
        assert_eq!(publish(["1", "2", "2"], ["broken", "new", "broken"]), (1, 2));
        assert_eq!(library.found(), site(&[("a.html", "a"), ("b.html", "new"), ("c.html", "c")]));
        // Files of which nothing is known are made.
        let published = library.try_publish(in_place, &library.found()).unwrap();
        assert_eq!((published.written, published.unchanged), (0, 3));
        assert_eq!(publish(["1", "2", "2"], ["a", "new", "c"]), (0, 3));
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
fn a_file_may_take_the_place_of_a_folder_and_a_folder_that_of_a_file() {
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
fn the_permissions_of_the_output_are_kept() {
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
