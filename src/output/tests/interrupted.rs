//! Builds that were killed, manifests that are truncated, and paths that change between two steps.

use super::*;

#[test]
fn a_link_that_appears_between_two_steps_is_not_followed() {
    let swaps: [(&str, &str); 3] =
        [(".casebook-output/next/cases", "moved"), (".casebook-output/next", "moved"), (".casebook-output", "moved")];
    for (place, aside) in swaps {
        let library = TestLibrary::new();
        library.publish(&old_site());
        fs::create_dir_all(library.at("outside/cases/come")).unwrap();
        fs::write(library.at("outside/precious.txt"), "precious").unwrap();
        let files = planned(&new_site());
        let swapped = std::sync::Once::new();
        let published = publish(&library.target(false), None, &files, |file| {
            // After the stage was opened, and before the first file is written to it.
            swapped.call_once(|| {
                fs::create_dir_all(library.next().join("cases")).unwrap();
                fs::rename(library.at(place), library.at(aside)).unwrap();
                symlink(library.at("outside"), library.at(place)).unwrap();
            });
            Ok::<_, String>(new_site()[&file.path].clone().into_bytes())
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
        let files = planned(&new_site());
        let published = publish(&target, None, &files, |_| Ok::<_, String>(Vec::new()));
        assert!(matches!(published, Err(Unpublished::Refused(_))), "{published:?}");
        assert_eq!(found_below(&library.at("outside")), before);
    }
}

#[test]
fn a_manifest_that_cannot_be_read_neither_loses_a_file_nor_keeps_an_old_page() {
    for manifest in ["", "{\"casebook\":1,\"fi", "{\"casebook\":1}", "{\"casebook\":99,\"files\":{}}"] {
        for in_place in [false, true] {
            let library = TestLibrary::new();
            library.try_publish(in_place, &old_site()).unwrap();
            library.write("CNAME", "x");
            library.write(".casebook-manifest", manifest);
            let (before, identities) = (library.found(), library.identities());
            let Err(Unpublished::Refused(refusal)) = library.try_publish(in_place, &new_site()) else {
                panic!("an old page would stay published")
            };
            let said = refusal.to_string();
            assert!(said.contains("whether cases/gone is an old page"), "{said}");
            assert_eq!(library.found(), before);
            fs::remove_dir_all(library.output("cases/gone")).unwrap();
            let published = library.try_publish(in_place, &new_site()).unwrap();
            assert_eq!((published.written, published.unchanged, published.removed), (3, 1, 0));
            assert_eq!(library.found(), both(&new_site(), &site(&[("CNAME", "x")])));
            assert_eq!(library.identities()["same.html"], identities["same.html"]);
        }
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
fn a_build_in_place_killed_at_any_step_is_finished_by_the_next() {
    let order = ["assets/a.css", "cases/come/index.html", "index.html", "cases/gone/index.html"];
    for done in 0..=order.len() {
        let library = TestLibrary::new();
        library.publish_in_place(&old_site());
        library.write("CNAME", "x");
        let output = Folder::open(&library.output("").canonicalize().unwrap()).unwrap();
        let known = OutputState::read(Some(&output), []).unwrap();
        let begun = Manifest::default().with_unknown(known.manifest.paths()).with_unknown(order);
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

/// Leaves what a build in place leaves when it is killed while it makes files.
fn leave_stage_within(stage: &Path) {
    fs::create_dir_all(stage.join("cases/new")).unwrap();
    let files = ["index.html", "cases/new/index.html"];
    files.iter().for_each(|file| fs::write(stage.join(file), "new").unwrap());
    let list = Manifest::default().with_unknown(files);
    list.write(&Folder::open(&stage.canonicalize().unwrap()).unwrap(), stage::LIST).unwrap();
}

#[test]
fn a_build_removes_the_stage_that_a_killed_build_in_place_left() {
    let library = TestLibrary::new();
    library.publish_in_place(&old_site());
    for site in [old_site(), new_site(), old_site()] {
        leave_stage_within(&library.output(".casebook-stage"));
        library.publish(&site);
        assert_eq!(library.found(), site);
        assert!(!library.output(".casebook-stage").exists());
    }
    leave_stage_within(&library.output(".casebook-stage"));
    up_to_date::<(), String>(&library.target(false), "", &[], |()| unreachable!()).unwrap();
    assert!(!library.output(".casebook-stage").exists());
}

#[test]
fn a_stage_within_the_next_stage_is_casebooks_if_its_list_says_so() {
    let library = TestLibrary::new();
    library.publish(&old_site());
    library.publish(&new_site());
    leave_stage_within(&library.next().join(".casebook-stage"));
    library.publish(&old_site());
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

/// A killed build leaves files that it listed, at paths that the next site does not have or needs for something else.
#[test]
fn a_site_that_is_removed_lists_its_files_until_the_last_is_gone() {
    let library = TestLibrary::new();
    library.publish(&old_site());
    let tree = Folder::open(&library.at("output").canonicalize().unwrap()).unwrap();
    stage::list_by_manifest(&tree).unwrap();
    assert!(!library.at("output/.casebook-manifest").exists());
    assert_eq!(stage::first_foreign(&tree, &OutputState::default()).unwrap(), None);
    let list = fs::read(library.at("output").join(stage::LIST)).unwrap();
    library.write(".casebook-manifest", "shorter");
    stage::list_by_manifest(&tree).unwrap();
    assert_eq!(fs::read(library.at("output").join(stage::LIST)).unwrap(), list, "a list stays as it is");
}

#[test]
fn no_file_of_a_killed_build_is_published() {
    for in_place in [false, true] {
        let library = TestLibrary::new();
        library.try_publish(in_place, &old_site()).unwrap();
        let stage = if in_place { library.output(".casebook-stage") } else { library.next() };
        let listed = site(&[("a", ""), ("b/c/index.html", ""), ("left.html", ""), ("deep/left.html", "")]);
        for (path, text) in &listed {
            fs::create_dir_all(stage.join(path).parent().unwrap()).unwrap();
            fs::write(stage.join(path), text).unwrap();
        }
        let list = Manifest::default().with_unknown(listed.keys().map(String::as_str));
        list.write(&Folder::open(&stage.canonicalize().unwrap()).unwrap(), stage::LIST).unwrap();
        let next = site(&[("a/index.html", "a folder"), ("b", "a file"), ("index.html", "new")]);
        library.try_publish(in_place, &next).unwrap();
        assert_eq!(library.found(), next);
    }
}
