use std::fs;

use super::*;

fn sample() -> Manifest {
    let file = |path: &str, bytes: &[u8], inputs: Option<&str>| {
        (path.to_owned(), Row { fingerprint: Fingerprint::of(bytes), inputs: inputs.map(str::to_owned) })
    };
    let case = file("cases/\"a\"\n/index.html", b"a", Some("b1"));
    Manifest::new([file("index.html", b"home", None), case, file("cases.css", b"", None)])
        .with_unknown(["feed.xml"])
        .with_build_record(Some(&BuildRecord { inputs_hash: "a0".to_owned(), summary: Some(json!({ "cases": 2 })) }))
}

#[test]
fn a_written_manifest_is_read_back() {
    assert_eq!(Manifest::parse(sample().text().as_bytes()), Some(sample()));
    assert_eq!(Manifest::parse(Manifest::default().text().as_bytes()), Some(Manifest::default()));
    assert_eq!(sample().text().lines().count(), 2 + 4);
    assert_eq!(sample().bytes(), 5);
}

#[test]
fn a_file_is_found_by_the_hash_of_its_inputs() {
    let (manifest, case) = (sample(), "cases/\"a\"\n/index.html");
    assert_eq!(manifest.fingerprint_of(case, "b1"), Some(&Fingerprint::of(b"a")));
    assert_eq!(manifest.fingerprint_of(case, "b2"), None);
    assert_eq!(manifest.fingerprint_of("index.html", "b1"), None);
    assert_eq!(manifest.fingerprint_of("feed.xml", "b1"), None);
}

#[test]
fn a_missing_manifest_is_none_and_one_that_cannot_be_read_is_an_error() {
    let top = tempfile::tempdir().unwrap();
    let folder = Folder::open(&top.path().canonicalize().unwrap()).unwrap();
    let file = top.path().join(NAME);
    assert_eq!(Manifest::read(&file).unwrap(), None);
    assert_eq!(OutputState::read(Some(&folder), []).unwrap().manifest, Manifest::default());
    sample().write(&folder, NAME).unwrap();
    assert_eq!(Manifest::read(&file).unwrap(), Some(sample()));
    assert_eq!(OutputState::read(Some(&folder), []).unwrap().manifest, sample());
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    assert!(Manifest::read(&file).is_err());
    assert!(OutputState::read(Some(&folder), []).is_err());
    assert!(Manifest::read_in(&folder, &"a".repeat(300)).is_err());
}

#[cfg(unix)]
#[test]
fn a_touched_or_copied_manifest_does_not_hide_an_earlier_change() {
    let top = tempfile::tempdir().unwrap();
    let folder = Folder::open(&top.path().canonicalize().unwrap()).unwrap();
    let at = |name: &str| top.path().join(name);
    let row = Row { fingerprint: Fingerprint::of(b"old"), inputs: None };
    let same = || {
        let state = OutputState::read(Some(&folder), []).unwrap();
        state.find_same(&folder, "index.html", b"old", &Fingerprint::of(b"old")).is_some()
    };
    let touch: [&dyn Fn(); 2] = [
        &|| File::options().write(true).open(at(NAME)).unwrap().set_modified(std::time::SystemTime::now()).unwrap(),
        &|| {
            fs::copy(at(NAME), at("copy")).unwrap();
            fs::rename(at("copy"), at(NAME)).unwrap();
        },
    ];
    for touch in touch {
        fs::write(at("index.html"), "old").unwrap();
        Manifest::new([("index.html".to_owned(), row.clone())]).write(&folder, NAME).unwrap();
        let found = folder.status(Path::new(NAME)).unwrap();
        assert!(has_time_ending(&found) && found.modified <= found.changed);
        assert!(same());
        fs::write(at("index.html"), "ole").unwrap();
        // Longer than the clock of any disk takes for a step.
        std::thread::sleep(Duration::from_millis(30));
        touch();
        assert!(!same());
    }
}

#[test]
fn every_truncated_manifest_is_recognised() {
    let text = sample().text();
    for end in 0..text.trim_end().len() {
        assert_eq!(Manifest::parse(&text.as_bytes()[..end]), None, "cut at {end}");
    }
}

#[test]
fn nothing_outside_the_folder_is_listed() {
    for path in ["", "/etc/passwd", "../a", "a/../../b", "./a", "a/", "a//b", "a/./b"] {
        let text = format!(r#"{{"casebook":1,"files":{{"{path}":null}}}}"#);
        assert_eq!(Manifest::parse(text.as_bytes()), None, "{path}");
    }
}

#[test]
fn a_path_that_no_file_can_have_is_not_listed() {
    let listing =
        |path: &str| Manifest::parse(json!({ "casebook": 1, "files": { path: null } }).to_string().as_bytes());
    for path in ["a".repeat(255), vec!["a".repeat(204); 20].join("/")[..4095].to_owned()] {
        assert!(listing(&path).is_some(), "{path}");
    }
    for path in ["a".repeat(256), format!("b/{}/c", "a".repeat(256)), "a\0b".into(), "a/".repeat(2048) + "a"] {
        assert_eq!(listing(&path), None, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_manifest_that_is_a_pipe_or_a_device_is_refused_without_blocking() {
    let top = tempfile::tempdir().unwrap();
    let pipe = top.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for file in [&pipe, Path::new("/dev/zero")] {
        assert!(Manifest::read(file).unwrap_err().to_string().ends_with("it is not a file"));
    }
}

#[test]
fn a_name_with_the_same_start_is_not_in_the_folder() {
    let manifest = sample();
    assert!(manifest.lists_below(Path::new("cases")));
    assert!(!manifest.lists_below(Path::new("case")));
    assert!(!manifest.lists_below(Path::new("cases.css")));
    assert!(manifest.lists(Path::new("cases.css")));
}
