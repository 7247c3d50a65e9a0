//! Tests that need the exchange of folders in one step.

use std::os::unix::fs::symlink;

use super::*;

#[test]
fn the_first_site_is_written() {
    let library = TestLibrary::new();
    let published = library.publish(&old_site());
    assert_eq!((published.written, published.unchanged, published.removed, published.bytes), (4, 0, 0, 14));
    assert_eq!(published.in_place, None);
    assert_eq!(library.found(), old_site());
    assert!(!library.next().exists());
}

#[test]
fn a_changed_site_replaces_the_old_one() {
    for in_place in [false, true] {
        let library = TestLibrary::new();
        library.try_publish(in_place, &old_site()).unwrap();
        let before = library.identities();
        let published = library.try_publish(in_place, &new_site()).unwrap();
        let reason = in_place.then_some(InPlaceReason::Requested);
        assert_eq!((published.written, published.unchanged, published.removed, published.bytes), (3, 1, 1, 14));
        assert_eq!(published.in_place, reason);
        assert_eq!(library.found(), new_site());
        assert_eq!(library.identities()["same.html"], before["same.html"]);
        assert_ne!(library.identities()["index.html"], before["index.html"]);
    }
}

#[test]
fn an_unchanged_site_writes_nothing() {
    let library = TestLibrary::new();
    library.publish(&old_site());
    library.publish(&new_site());
    let before = (library.identities(), found_below(&library.at(".casebook-output")));
    let folders = [library.at(""), library.output(""), library.output("cases")]
        .map(|path| fs::metadata(path).unwrap().mtime_nsec());
    let published = library.publish(&new_site());
    assert_eq!((published.written, published.unchanged, published.removed), (0, 4, 0));
    assert_eq!((library.identities(), found_below(&library.at(".casebook-output"))), before);
    let now = [library.at(""), library.output(""), library.output("cases")]
        .map(|path| fs::metadata(path).unwrap().mtime_nsec());
    assert_eq!(now, folders);
}

#[test]
fn the_bytes_on_a_stage_are_not_trusted() {
    let library = TestLibrary::new();
    library.publish(&old_site());
    library.publish(&new_site());
    fs::create_dir_all(library.next().join("index.html")).unwrap();
    for path in ["same.html", "assets/a.css"] {
        fs::remove_file(library.next().join(path)).ok();
        fs::write(library.next().join(path), "fake").unwrap();
    }
    library.publish(&old_site());
    assert_eq!(library.found(), old_site());
}

/// Puts something in the hidden folder, in the output or above them, and checks that a build refuses and touches
/// nothing.
#[track_caller]
fn check_planted(in_place: bool, is_published: bool, place: &str, plant: impl Fn(&TestLibrary, &Path)) {
    let library = TestLibrary::new();
    if is_published {
        library.try_publish(in_place, &old_site()).unwrap();
    }
    for path in ["outside/precious.txt", "outside/cases/precious.txt", "outside/index.html"] {
        fs::create_dir_all(library.at(path).parent().unwrap()).unwrap();
        fs::write(library.at(path), "precious").unwrap();
    }
    let planted = library.at(place);
    fs::create_dir_all(planted.parent().unwrap()).unwrap();
    plant(&library, &planted);
    let before = (found_below(&library.at("outside")), library.found());
    let refused = library.try_publish(in_place, &new_site());
    let Err(Unpublished::Refused(refusal)) = refused else { panic!("{place}: {refused:?}") };
    assert!(refusal.help().contains("move it away"), "{place}: {refusal}");
    assert_eq!((found_below(&library.at("outside")), library.found()), before, "{place}");
    assert!(fs::symlink_metadata(&planted).is_ok(), "{place} was cleared");
}

#[test]
fn no_link_is_followed_at_any_level_of_the_stage() {
    let to_folder = |library: &TestLibrary, at: &Path| symlink(library.at("outside"), at).unwrap();
    let to_file = |library: &TestLibrary, at: &Path| symlink(library.at("outside/index.html"), at).unwrap();
    let to_nowhere = |library: &TestLibrary, at: &Path| symlink(library.at("outside/nowhere"), at).unwrap();
    for is_published in [false, true] {
        for place in [
            "next",
            "next/cases",
            "next/cases/come",
            "next/assets",
            "next/index.html",
            "next/any",
            "next/.casebook-manifest",
            "next/.casebook-stage-list",
        ] {
            check_planted(false, is_published, &format!(".casebook-output/{place}"), to_folder);
            check_planted(false, is_published, &format!(".casebook-output/{place}"), to_file);
            check_planted(false, is_published, &format!(".casebook-output/{place}"), to_nowhere);
        }
    }
    check_planted(false, false, ".casebook-output", to_folder);
    check_planted(false, false, ".casebook-output/lock", to_file);
    for place in [".casebook-stage", ".casebook-stage/cases", ".casebook-stage/index.html"] {
        for in_place in [true, false] {
            check_planted(in_place, true, &format!("output/{place}"), to_folder);
        }
    }
}

#[test]
fn a_stage_with_foreign_files_is_refused_and_kept() {
    let write = |_: &TestLibrary, at: &Path| fs::write(at, "mine").unwrap();
    let pipe = |_: &TestLibrary, at: &Path| {
        assert!(std::process::Command::new("mkfifo").arg(at).status().unwrap().success());
    };
    for place in ["next", "next/notes.txt", "next/cases/notes.txt"] {
        check_planted(false, true, &format!(".casebook-output/{place}"), write);
        check_planted(false, true, &format!(".casebook-output/{place}"), pipe);
    }
    check_planted(false, false, ".casebook-output/lock", pipe);
    check_planted(false, false, ".casebook-output", write);
    for in_place in [true, false] {
        check_planted(in_place, true, "output/.casebook-stage/notes.txt", write);
    }
}

#[test]
fn a_foreign_folder_that_cannot_be_moved_stays() {
    let library = TestLibrary::new();
    library.publish(&old_site());
    library.write("kept/notes.txt", "mine");
    // The obstacle is on the other side, where it cannot be seen before the exchange.
    let target = library.target(false);
    let workspace = Workspace::enter::<String>(&target).unwrap();
    let (old, stage, diff) = filled_stage(&workspace);
    stage::complete(workspace.output(), &stage, &diff).unwrap();
    fs::create_dir(library.next().join("kept")).unwrap();
    let exchanged = exchange::exchange(&workspace, &stage.folder, &old.manifest, &diff.new).unwrap();
    assert!(matches!(exchanged, Exchanged::Impossible(InPlaceReason::ForeignStays)), "{exchanged:?}");
    assert_eq!(library.found(), both(&old_site(), &site(&[("kept/notes.txt", "mine")])));
    drop((workspace, stage));
    assert_eq!(library.publish(&new_site()).in_place, None);
    assert_eq!(library.found(), both(&new_site(), &site(&[("kept/notes.txt", "mine")])));
}

#[test]
fn a_foreign_file_that_comes_while_the_site_is_made_is_published_with_it() {
    let library = TestLibrary::new();
    library.publish(&old_site());
    let target = library.target(false);
    let workspace = Workspace::enter::<String>(&target).unwrap();
    let (old, stage, diff) = filled_stage(&workspace);
    stage::complete(workspace.output(), &stage, &diff).unwrap();
    library.write("CNAME", "mine.example");
    let exchanged = exchange::exchange(&workspace, &stage.folder, &old.manifest, &diff.new).unwrap();
    assert!(
        matches!(&exchanged, Exchanged::Done { foreign, cleanup_failure: None } if *foreign == [PathBuf::from("CNAME")])
    );
    assert_eq!(library.found(), both(&new_site(), &site(&[("CNAME", "mine.example")])));
}

/// The output, a stage with the new site, and their difference.
fn filled_stage(workspace: &Workspace) -> (OutputState, Stage, SiteDiff) {
    let files = planned(&new_site());
    let old = OutputState::read(workspace.output(), files.iter().map(|file| file.path.as_str())).unwrap();
    let stage = stage::open::<_, String>(workspace, &old, &files).unwrap();
    let bytes = |file: &PlannedFile<()>| Ok::<_, String>(new_site()[&file.path].clone().into_bytes());
    let made = stage::fill(workspace.output(), &stage, &old, &files, bytes).unwrap();
    let diff = SiteDiff::between(&old, &files, made, None);
    (old, stage, diff)
}

/// Makes the state in which a build of the new site was killed. Checks that it has the old or the new site, and that
/// the next build gives the new site with the foreign files.
#[track_caller]
fn check_killed(make_state: impl Fn(&TestLibrary, (&Workspace, &Stage), &SiteDiff, &[PathBuf])) {
    let library = TestLibrary::new();
    library.publish(&new_site());
    library.publish(&old_site());
    let foreign = site(&[(".git/HEAD", "x"), ("cases/gone/notes.txt", "x"), ("cases/notes.txt", "x")]);
    foreign.iter().for_each(|(path, text)| library.write(path, text));
    {
        let workspace = Workspace::enter::<String>(&library.target(false)).unwrap();
        let (old, stage, diff) = filled_stage(&workspace);
        let found = foreign::find(workspace.output().unwrap(), &old.manifest, &diff.new).unwrap().paths;
        make_state(&library, (&workspace, &stage), &diff, &found);
    }
    let mut seen = library.found();
    seen.retain(|path, _| !foreign.contains_key(path) && path != exchange::MARK);
    assert!(seen == old_site() || seen == new_site(), "{seen:?}");
    library.publish(&new_site());
    assert_eq!(library.found(), both(&new_site(), &foreign));
    assert!(!library.next().join(exchange::MARK).exists());
    library.publish(&old_site());
    assert_eq!(library.found(), both(&old_site(), &foreign));
}

fn complete((workspace, stage): (&Workspace, &Stage), diff: &SiteDiff) {
    stage::complete(workspace.output(), stage, diff).unwrap();
}

/// Exchanges like a build that is killed after some foreign files were moved.
fn exchange_and_move_foreign((workspace, stage): (&Workspace, &Stage), foreign: &[PathBuf]) {
    let old = workspace.output().unwrap();
    old.create(Path::new(exchange::MARK)).unwrap();
    let ((parent, name), (hidden, next)) = (workspace.parent(), workspace.stage().unwrap());
    hidden.exchange(next, parent, name).unwrap();
    foreign::move_all(foreign, old, &stage.folder).unwrap();
}

#[test]
fn a_build_killed_while_it_stages_is_repaired_by_the_next() {
    check_killed(|_, _, _, _| {});
    check_killed(|_, at, diff, _| complete(at, diff));
    check_killed(|library, _, _, _| fs::remove_file(library.next().join("index.html")).unwrap());
}

#[test]
fn a_build_killed_between_mark_and_exchange_is_repaired_by_the_next() {
    check_killed(|library, at, diff, _| {
        complete(at, diff);
        library.write(exchange::MARK, "");
    });
}

#[test]
fn a_build_killed_after_the_exchange_is_repaired_by_the_next() {
    for moved in 0..=3 {
        check_killed(|_, at, diff, foreign| {
            assert_eq!(foreign.len(), 3);
            complete(at, diff);
            exchange_and_move_foreign(at, &foreign[..moved]);
        });
    }
    check_killed(|_, at, diff, _| {
        complete(at, diff);
        let old = OutputState::read(at.0.output(), []).unwrap();
        let exchanged = exchange::exchange(at.0, &at.1.folder, &old.manifest, &diff.new).unwrap();
        assert!(matches!(exchanged, Exchanged::Done { cleanup_failure: None, .. }));
    });
}

#[test]
fn a_build_replaces_a_truncated_manifest_after_it_was_killed() {
    check_killed(|library, at, diff, _| {
        complete(at, diff);
        fs::remove_file(library.output("cases/gone/index.html")).unwrap();
        library.write(".casebook-manifest", "{");
        exchange_and_move_foreign(at, &[]);
    });
}
