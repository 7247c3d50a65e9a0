//! Files in the output that Casebook did not make.

use super::*;

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
fn all_names_are_foreign_except_those_that_casebook_uses() {
    for in_place in [false, true] {
        let library = TestLibrary::new();
        library.try_publish(in_place, &old_site()).unwrap();
        let foreign = site(&[(".casebook-notes.txt", "x"), (".casebook-preview/next/index.html", "x")]);
        foreign.iter().for_each(|(path, text)| library.write(path, text));
        let expected = [".casebook-notes.txt", ".casebook-preview"].map(PathBuf::from);
        for site in [new_site(), old_site(), new_site()] {
            assert_eq!(library.try_publish(in_place, &site).unwrap().foreign, expected);
            foreign.keys().for_each(|path| assert!(library.output(path).exists(), "{path}"));
        }
    }
}

#[test]
fn files_in_the_hidden_folder_are_not_published_into_a_new_output() {
    let library = TestLibrary::new();
    fs::create_dir_all(library.next()).unwrap();
    fs::write(library.next().join(exchange::MARK), "").unwrap();
    fs::write(library.next().join("evil.html"), "<script>").unwrap();
    // The second look finds the folder that the first one made.
    drop(Workspace::enter::<String>(&library.target(true)).unwrap());
    library.publish_in_place(&new_site());
    assert_eq!(library.found(), new_site());
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
