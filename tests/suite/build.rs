//! `casebook build`: what is published, and what stops it.

use std::{fs, os::unix::fs::MetadataExt, path::Path};

use crate::{
    commands::{casebook, library, tree, with_sector, write},
    library::case,
};

#[test]
fn a_case_with_a_date_in_the_future_is_counted_and_not_published() {
    let folder = library(&[("content/cases/a.md", &with_sector("sector: health").replace("2026-01-01", "2062-01-02"))]);
    let built = casebook(folder.path(), &["build"]);
    assert_eq!(built.status, 0, "{}", built.err);
    assert!(built.err.contains("note: 1 case is not published yet"), "{}", built.err);
    assert!(!casebook(folder.path(), &["build", "--date", "2062-01-02"]).err.contains("not published yet"));
}

#[test]
fn a_term_that_a_case_repeats_keeps_all_its_descriptions() {
    let twice = "sector:\n  - { term: health, what: First. }\n  - { term: NHS, what: Second., response: Third. }\n  - { term: health, what: Second. }";
    let folder = library(&[("content/cases/a.md", &with_sector(twice))]);
    assert_eq!(casebook(folder.path(), &["build"]).status, 0);
    let page = fs::read_to_string(folder.path().join("output/cases/a/index.html")).unwrap();
    assert!(page.contains(">First. Second.<") && page.contains(">Third.<"), "{page}");
}

#[test]
fn a_second_build_changes_no_file_and_removes_a_stale_page() {
    let folder = library(&[("content/cases/a.md", &case("A.")), ("content/cases/b.md", &case("B."))]);
    assert_eq!(casebook(folder.path(), &["build"]).status, 0);
    let page = folder.path().join("output/cases/a/index.html");
    let before = fs::metadata(&page).unwrap();
    write(&folder.path().join("output"), "CNAME", "example.org");

    fs::remove_file(folder.path().join("content/cases/b.md")).unwrap();
    let built = casebook(folder.path(), &["build", "--json", "--allow-gone"]);
    assert_eq!(built.status, 0, "{}", built.err);
    let after = fs::metadata(&page).unwrap();
    assert_eq!((before.ino(), before.mtime_nsec()), (after.ino(), after.mtime_nsec()));
    assert!(!folder.path().join("output/cases/b").exists());
    assert_eq!(fs::read_to_string(folder.path().join("output/CNAME")).unwrap(), "example.org");
    let account: serde_json::Value = serde_json::from_str(&built.out).unwrap();
    assert_eq!(account["cases"], 1);
    assert_eq!(
        account["files"].as_u64(),
        Some(account["written"].as_u64().unwrap() + account["unchanged"].as_u64().unwrap())
    );
    assert!(account["removed"].as_u64().unwrap() >= 1);
    for stage in ["read", "model", "render", "search", "publish", "total"] {
        assert!(account["seconds"][stage].is_number(), "no seconds for {stage}");
    }
    (1..=6).for_each(|n| write(&folder.path().join("output"), &format!("note-{n}"), "x"));
    assert!(!casebook(folder.path(), &["build"]).err.contains("note-6"), "five are named");
    assert!(casebook(folder.path(), &["--verbose", "build"]).err.contains("kept: note-6\n"), "all are named");
}

/// The summary of a build, without the times that a clock gave it, and whether the build read the library.
fn summary_and_reading(folder: &Path) -> (serde_json::Value, bool) {
    let built = casebook(folder, &["build", "--json"]);
    assert_eq!(built.status, 0, "{}", built.err);
    let mut summary: serde_json::Value = serde_json::from_str(&built.out).unwrap();
    let seconds = summary.as_object_mut().unwrap().remove("seconds").unwrap();
    (summary, seconds["read"].as_f64() != Some(0.0))
}

#[test]
fn a_library_that_is_unchanged_and_without_problems_is_not_read_again() {
    let with_picture = case("A.\n\n![A bridge](bridge.png)\n");
    let folder = library(&[("content/cases/a.md", &with_picture), ("content/cases/bridge.png", "one")]);
    let (first, is_read) = summary_and_reading(folder.path());
    assert!(is_read);
    let (second, is_read) = summary_and_reading(folder.path());
    assert!(!is_read);
    assert_eq!(second["unchanged"], first["files"]);
    for number in ["cases", "pages", "files", "bytes", "errors", "warnings"] {
        assert_eq!(first[number], second[number], "{number}");
    }

    let page = folder.path().join("output/cases/a/index.html");
    let published = fs::read(&page).unwrap();
    let manifest = folder.path().join("output/.casebook-manifest");
    let tamper = || {
        let text = fs::read_to_string(&manifest).unwrap();
        fs::write(&manifest, text.replace("content/cases/bridge.png", "../secret.png")).unwrap();
    };
    tamper();
    assert!(summary_and_reading(folder.path()).1, "a file outside the library is not read");
    let changes: [(&str, &dyn Fn()); 4] = [
        ("a case", &|| write(folder.path(), "content/cases/a.md", &with_picture.replace("A.", "Another."))),
        ("a copied file of the same size", &|| write(folder.path(), "content/cases/bridge.png", "two")),
        ("a page of the output", &|| fs::write(&page, "spoilt").unwrap()),
        ("a page that is gone", &|| fs::remove_file(&page).unwrap()),
    ];
    for (what, change) in changes {
        change();
        let (summary, is_read) = summary_and_reading(folder.path());
        assert!(is_read && summary["written"].as_u64() > Some(0), "{what}: {summary}");
        assert!(!summary_and_reading(folder.path()).1, "{what}");
    }
    assert_ne!(fs::read(&page).unwrap(), published, "the case was edited");
}

#[test]
fn a_build_of_an_unchanged_library_repeats_its_warnings_and_notes() {
    let later = with_sector("sector: health").replace("2026-01-01", "2062-01-02");
    for text in [&case("A [page](nowhere.md)."), &later] {
        let folder = library(&[("content/cases/a.md", text), ("content/cases/b.md", &case("B."))]);
        write(folder.path(), "casebook.yaml", "title: T\nchecks:\n  broken-link: warning\n");
        let built = || casebook(folder.path(), &["build"]);
        let first = built().err;
        assert!(first.contains("broken-link") || first.contains("1 case is not published yet"), "{first}");
        assert_eq!(built().err, first);
        let manifest = fs::read_to_string(folder.path().join("output/.casebook-manifest")).unwrap();
        assert!(!manifest.contains("summary"), "{manifest}");
    }
}

#[test]
fn files_named_by_content_may_be_cached_for_ever() {
    let long = "A body that is kept in several pieces. ".repeat(400);
    let folder = library(&[("content/cases/a.md", &case(&long))]);
    assert_eq!(casebook(folder.path(), &["build"]).status, 0);
    let headers = fs::read_to_string(folder.path().join("output/_headers")).unwrap();
    let inside = fs::read_dir(folder.path().join("output/search")).unwrap().map(|entry| entry.unwrap());
    let named: Vec<String> = inside
        .filter_map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            let is_folder = entry.file_type().unwrap().is_dir();
            let start = name.split_once('.').filter(|(_, rest)| rest.ends_with(".bin")).map(|(start, _)| start);
            if is_folder { Some(format!("\n/search/{name}/*\n")) } else { Some(format!("\n/search/{}.*\n", start?)) }
        })
        .collect();
    for named_by_content in ["texts/*", "catalogue.*"] {
        assert!(named.contains(&format!("\n/search/{named_by_content}\n")), "{named:?}");
    }
    assert!(named.iter().all(|address| headers.contains(address)), "{named:?} in {headers}");
    assert!(headers.contains("default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'\n"));
    assert!(headers.contains("X-Content-Type-Options: nosniff"), "{headers}");
}

#[test]
fn a_build_makes_no_page_only_if_nothing_has_changed() {
    let folder = library(&[("content/cases/a.md", &case("A [film](f.mp4).")), ("content/cases/f.mp4", "film")]);
    let built = |words: &[&str]| {
        let built = casebook(folder.path(), &[&["build", "--json"], words].concat());
        let account: serde_json::Value = serde_json::from_str(&built.out).unwrap();
        (built.status, account["written"].as_u64().unwrap(), account["seconds"]["render"].as_f64().unwrap() > 0.0)
    };
    let day = ["--date", "2026-11-22"];
    assert!(matches!(built(&day), (0, 1.., true)));
    let tree = tree(&folder.path().join("output"));
    assert_eq!(built(&day), (0, 0, false), "nothing was made");
    assert_eq!(self::tree(&folder.path().join("output")), tree);
    assert!(matches!(built(&["--date", "2026-11-23"]), (0, _, true)), "another day");
    assert!(matches!(built(&["--drafts", "--date", "2026-11-23"]), (0, _, true)), "with drafts");
    assert!(matches!(built(&["--date", "2026-11-23", "--base-url", "/x/"]), (0, 1.., true)), "at another address");
    assert!(matches!(built(&day), (0, 1.., true)));
    write(folder.path(), "content/cases/f.mp4", "fi1m");
    assert!(matches!(built(&day), (0, 1, true)), "another film");
    write(folder.path(), "content/glossary.yaml", "- { term: PCT, full: primary care trust }\n");
    assert!(matches!(built(&day), (0, 1.., true)), "a new file");
    write(&folder.path().join("output"), "index.html", "spoilt");
    assert_eq!(built(&day), (0, 1, true), "a page that someone spoilt");
    assert_eq!(built(&[&day[..], &["--archive", "a.zip"]].concat()), (0, 0, true), "an archive needs every page");
}

#[test]
fn a_build_after_an_edit_publishes_what_a_fresh_build_does() {
    let folder = library(&[("content/cases/a.md", &case("A.")), ("content/cases/b.md", &case("See [a](a.md)."))]);
    let output = folder.path().join("output");
    assert_eq!(casebook(folder.path(), &["build"]).status, 0);
    let other = |path: &str| fs::metadata(output.join(path)).unwrap().ino();
    let before = other("cases/b/index.html");
    for text in ["Another sentence.", "## Two\n\nAnd a heading.", ""] {
        write(folder.path(), "content/cases/a.md", &case(text));
        assert_eq!(casebook(folder.path(), &["build"]).status, 0);
        fs::remove_dir_all(folder.path().join("fresh")).ok();
        assert_eq!(casebook(folder.path(), &["build", "--output", "fresh"]).status, 0);
        assert!(tree(&output) == tree(&folder.path().join("fresh")), "after: {text}");
        assert_eq!(other("cases/b/index.html"), before, "the page of the other case is not written again");
    }
}

#[test]
fn an_error_leaves_the_published_site_as_it_was() {
    let folder = library(&[("content/cases/a.md", &case("A."))]);
    assert_eq!(casebook(folder.path(), &["build"]).status, 0);
    let before = tree(&folder.path().join("output"));

    write(folder.path(), "content/cases/b.md", &case("[Nowhere](nowhere.md)"));
    let built = casebook(folder.path(), &["build", "--json"]);
    assert_eq!(built.status, 1);
    assert!(built.err.contains("error[broken-link]"), "{}", built.err);
    let account: serde_json::Value = serde_json::from_str(&built.out).unwrap();
    assert_eq!((account["errors"].as_u64(), account["written"].as_u64()), (Some(1), Some(0)));
    assert_eq!(tree(&folder.path().join("output")), before);
}

#[test]
fn an_error_in_a_template_publishes_nothing() {
    let folder = library(&[("content/cases/a.md", &case("A."))]);
    assert_eq!(casebook(folder.path(), &["build"]).status, 0);
    let before = tree(&folder.path().join("output"));
    write(folder.path(), "casebook.yaml", "title: Test\ntheme: own\n");
    write(folder.path(), "themes/own/case.html", "{{ nothing.here }}\n");
    let built = casebook(folder.path(), &["build"]);
    assert_eq!(built.status, 1, "{}", built.out);
    assert!(built.err.contains(" --> themes/own/case.html:1:"), "{}", built.err);
    assert!(built.err.contains("/cases/a/"), "{}", built.err);
    assert_eq!(tree(&folder.path().join("output")), before);
}

#[test]
fn a_mistake_in_a_template_is_reported_once_with_its_pages() {
    let files = [
        ("content/cases/a.md", case("A.")),
        ("casebook.yaml", "title: Test\ntheme: own\n".to_owned()),
        ("themes/own/footer.html", "{{ config.title }}\n".to_owned()),
        ("themes/own/entry.html", "{{ slug.nothing }}\n".to_owned()),
    ];
    let folder = library(&files.each_ref().map(|(path, text)| (*path, text.as_str())));
    for command in ["build", "check"] {
        let ended = casebook(folder.path(), &[command]);
        assert_eq!(ended.err.matches("error[template]").count(), 2, "{}", ended.err);
        let pages = |line: &str| line.split(" pages, / among them").next()?.rsplit(' ').next()?.parse::<usize>().ok();
        let failed: Vec<usize> = ended.err.lines().filter_map(pages).collect();
        assert!(failed.len() == 2 && failed[0] < 10 && failed[1] > 20, "{}", ended.err);
    }
}

#[test]
fn only_addresses_of_pages_that_casebook_makes_are_reserved() {
    let page = "---\ntitle: Help us\n---\nWords.\n";
    let folder = library(&[("content/pages/contribute.md", page)]);
    let built = casebook(folder.path(), &["build"]);
    assert_eq!(built.status, 0, "{}", built.err);
    assert!(folder.path().join("output/contribute/index.html").exists());
    write(folder.path(), "content/pages/map.md", page);
    let refused = casebook(folder.path(), &["check"]).err;
    assert!(refused.contains(" --> content/pages/map.md"), "{refused}");
}

#[test]
fn warnings_stop_a_build_only_on_request_and_overdue_reviews_do_not() {
    let folder = library(&[("content/cases/a.md", &case("A.").replace("sector: health", "sector: NHS"))]);
    assert_eq!(casebook(folder.path(), &["build"]).status, 0);
    assert_eq!(casebook(folder.path(), &["check", "--deny-warnings"]).status, 1);
    let denied = casebook(folder.path(), &["build", "--deny-warnings", "--output", "other"]);
    assert_eq!(denied.status, 1);
    assert!(denied.err.contains("because `--deny-warnings` was given"), "{}", denied.err);
    assert!(!folder.path().join("other").exists());

    write(folder.path(), "content/cases/a.md", &case("A.").replace("---\nA.", "review_by: 2020-01-01\n---\nA."));
    let due = casebook(folder.path(), &["check", "--deny-warnings"]);
    assert_eq!(due.status, 0, "{}", due.err);
    assert!(due.err.contains("warning[review-due]"));
}

#[test]
fn outputs_that_must_not_be_written_are_refused() {
    let folder = library(&[("content/cases/a.md", &case("A."))]);
    write(folder.path(), "precious/thesis.txt", "years of work");
    let whole = tree(folder.path());
    for place in [".", "..", "/", "content", "content/site", "themes/x", "precious", "casebook.yaml"] {
        let ran = casebook(folder.path(), &["build", "--output", place]);
        assert_eq!(ran.status, 2, "{place}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains("help: "), "{}", ran.err);
    }
    assert_eq!(tree(folder.path()), whole);
}

#[test]
fn an_output_whose_hidden_folder_would_have_too_long_a_name_is_refused_or_published_in_place() {
    let folder = library(&[("content/cases/a.md", &case("A."))]);
    let name = "x".repeat(250);
    let refused = casebook(folder.path(), &["build", "--output", &name]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("is too long: the folder that a build makes beside it has a name"), "{}", refused.err);
    assert!(!folder.path().join(&name).exists());
    for _ in 0..2 {
        assert_eq!(casebook(folder.path(), &["build", "--output", &name, "--in-place"]).status, 0);
    }
    assert!(folder.path().join(&name).join("cases/a/index.html").exists());
}

#[test]
fn every_link_begins_with_the_base_path_and_no_folder_has_its_name() {
    let folder = library(&[("content/cases/a.md", &case("[B](b.md)")), ("content/cases/b.md", &case("B."))]);
    let built = casebook(folder.path(), &["build", "--base-url", "https://example.org/library"]);
    assert_eq!(built.status, 0, "{}", built.err);
    let page = fs::read_to_string(folder.path().join("output/cases/a/index.html")).unwrap();
    assert!(page.contains("href=\"/library/cases/b/\""), "{page}");
    assert!(!folder.path().join("output/library").exists());
    let sitemap = fs::read_to_string(folder.path().join("output/sitemap.xml")).unwrap();
    assert!(sitemap.contains("<loc>https://example.org/library/cases/a/</loc>"), "{sitemap}");
    for (url, why) in [
        ("nonsense", "neither a full address nor a path"),
        ("https:/example.org/", "neither a full address nor a path"),
        ("https://example.org/index.html", "names a page"),
        ("https://example.org/%zz/", "two hexadecimal digits"),
        ("https://example.org/it's/", "its path has `'`"),
        ("https://user:pw@example.org/", "user name"),
        ("https://example.org/?x=1", "has a `?`"),
        ("/a#b", "has a `?` or a `#`"),
        ("/a//b/", "a part of its path is empty"),
    ] {
        let refused = casebook(folder.path(), &["build", "--base-url", url]);
        assert!(refused.status == 2 && refused.err.contains(why), "{url}: {}", refused.err);
    }
}

#[test]
fn drafts_are_published_only_on_request() {
    let draft = "---\ntitle: Secret plan\nstatus: draft\n---\nText.\n";
    let folder = library(&[("content/cases/secret.md", draft), ("content/cases/a.md", &case("A."))]);
    assert_eq!(casebook(folder.path(), &["build"]).status, 0);
    let site = tree(&folder.path().join("output"));
    let leaks = |needle: &str| {
        site.iter().any(|(path, bytes)| path.contains(needle) || String::from_utf8_lossy(bytes).contains(needle))
    };
    assert!(!leaks("secret") && !leaks("Secret"));

    for _ in 0..2 {
        let built = casebook(folder.path(), &["build", "--drafts"]);
        assert_eq!(built.status, 0);
        assert!(built.err.contains("this site is not for the public"), "{}", built.err);
    }
    for (path, bytes) in tree(&folder.path().join("output")) {
        if path.ends_with(".html") {
            assert!(String::from_utf8_lossy(&bytes).contains("noindex"), "{path} could be indexed");
        }
    }
    assert!(folder.path().join("output/cases/secret/index.html").is_file());
}

#[test]
fn a_withdrawn_case_keeps_only_its_page() {
    let withdrawn = case("The body.").replace(
        "sector: health",
        "sector: police\nstatus: withdrawn\nwithdrawn: { date: 2026-02-03, why: The figures were wrong. }",
    );
    let folder = library(&[("content/cases/gone.md", &withdrawn), ("content/cases/a.md", &case("A."))]);
    let built = casebook(folder.path(), &["build", "--json", "--base-url", "https://example.org/"]);
    assert_eq!(built.status, 0, "{}", built.err);
    for (path, bytes) in tree(&folder.path().join("output")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if path == "cases/gone/index.html" {
            assert!(
                text.contains("The figures were wrong.") && text.contains("noindex") && !text.contains("The body.")
            );
        } else if path.starts_with("changes/") {
            assert!(text.contains("cases/gone"), "{path} says that the case was withdrawn");
        } else if !path.starts_with('.') {
            assert!(!text.contains("cases/gone"), "{path} names the withdrawn case");
        }
    }
}

#[test]
fn a_published_address_that_would_be_lost_is_reported() {
    let about = "---\ntitle: About\n---\nText.\n";
    let files = [
        ("content/cases/a.md", case("A.")),
        ("content/cases/b.md", case("B.")),
        ("content/pages/about.md", about.into()),
    ];
    let folder = library(&files.each_ref().map(|(path, text)| (*path, text.as_str())));
    assert_eq!(casebook(folder.path(), &["build"]).status, 0);
    fs::copy(folder.path().join("output/.casebook-manifest"), folder.path().join("last")).unwrap();
    let before = tree(&folder.path().join("output"));

    fs::remove_file(folder.path().join("content/cases/b.md")).unwrap();
    fs::remove_file(folder.path().join("content/pages/about.md")).unwrap();
    let tier = fs::read_to_string(folder.path().join("content/vocabularies/tier.yaml")).unwrap();
    let renamed = tier.replace("{ id: county, label: County }", "{ id: shire }");
    write(folder.path(), "content/vocabularies/tier.yaml", &renamed);
    let refused = casebook(folder.path(), &["build"]);
    assert_eq!(refused.status, 1);
    for address in ["/cases/b/", "/about/", "/tier/county/"] {
        let line = format!("error[address-gone]: {address} was published, and would be gone");
        assert_eq!(refused.err.matches(&line).count(), 1, "{}", refused.err);
    }
    assert_eq!(refused.err.matches("address-gone").count(), 3, "{}", refused.err);
    let way_back = "if the case went by mistake, put its file back, probably content/cases/b.md";
    assert!(refused.err.contains(way_back), "{}", refused.err);
    let checked = casebook(folder.path(), &["check"]);
    let conclusion = "Nothing was published. What was published before is as it was.\n";
    assert_eq!((checked.status, checked.err + conclusion), (1, refused.err));
    assert_eq!(tree(&folder.path().join("output")), before);

    // A vocabulary that cannot be read is one mistake, not one for each of its addresses.
    write(folder.path(), "content/vocabularies/tier.yaml", "label: [\n");
    let broken = casebook(folder.path(), &["check"]);
    assert_eq!(broken.err.matches("address-gone").count(), 2, "{}", broken.err);
    write(folder.path(), "content/vocabularies/tier.yaml", &renamed);

    let clean = casebook(folder.path(), &["build", "--output", "clean", "--previous", "last"]);
    assert_eq!((clean.status, clean.err.matches("address-gone").count()), (1, 3), "{}", clean.err);
    for file in ["nowhere", "content", "casebook.yaml"] {
        assert_eq!(casebook(folder.path(), &["build", "--previous", file]).status, 2, "{file}");
    }

    write(
        folder.path(),
        "content/cases/a.md",
        &case("A.").replace("---\nA.", "aliases: [/cases/b/, /about/]\n---\nA."),
    );
    let retired =
        tier.replace("{ id: county, label: County }", "{ id: shire }\n  - { id: county, replaced_by: shire }");
    write(folder.path(), "content/vocabularies/tier.yaml", &retired);
    let redirected = casebook(folder.path(), &["build"]);
    assert_eq!(redirected.status, 0, "{}", redirected.err);

    write(folder.path(), "content/cases/a.md", &case("A."));
    assert_eq!(casebook(folder.path(), &["build"]).status, 1);
    assert_eq!(casebook(folder.path(), &["build", "--allow-gone"]).status, 0);
}

#[test]
fn an_old_address_in_any_form_is_missed_and_other_files_are_not() {
    let settings = "title: Test\nbase_url: https://example.org/\ncontribute: { email: a@example.org }\n";
    let page = case("![P](p.png)");
    let old = ["/2019/05/old.html", "/2019/05/older.HTM", "/2019/first", "/2019/second/", "/x/index.html"];
    let with_old = |old: &[&str]| page.replace("sector:", &format!("aliases: [{}]\nsector:", old.join(", ")));
    let folder =
        library(&[("casebook.yaml", settings), ("content/cases/a.md", &with_old(&old)), ("content/cases/p.png", "")]);
    for command in ["build", "check"] {
        let ran = casebook(folder.path(), &[command]);
        assert_eq!(ran.status, 0, "{}", ran.err);
    }

    write(folder.path(), "content/cases/a.md", &page);
    let refused = casebook(folder.path(), &["build"]);
    assert_eq!(refused.status, 1);
    for address in ["/2019/05/old.html", "/2019/05/older.HTM", "/2019/first/", "/2019/second/", "/x/"] {
        let line = format!("error[address-gone]: {address} was published, and would be gone");
        assert!(refused.err.contains(&line), "{address}: {}", refused.err);
    }
    assert_eq!(refused.err.matches("address-gone").count(), old.len(), "{}", refused.err);

    // The picture, the feeds, the sitemap, the form and the files for hosts are not addresses of pages.
    let gone = format!("title: Test\ngone: [{}]\n", old.join(", "));
    write(folder.path(), "casebook.yaml", &gone);
    write(folder.path(), "content/cases/a.md", &case("A."));
    let built = casebook(folder.path(), &["build"]);
    assert_eq!(built.status, 0, "{}", built.err);
}

#[test]
fn a_redirect_that_needs_the_host_has_a_line_for_it_and_no_file() {
    let text = case("A.").replace("sector:", "aliases: [/old.aspx, /report.pdf, /v1.2, /old.html]\nsector:");
    let folder = library(&[("content/cases/a.md", &text)]);
    let built = casebook(folder.path(), &["build", "--archive", "all.zip"]);
    assert_eq!((built.status, built.err.matches("warning[host-redirect]").count()), (0, 3), "{}", built.err);
    let site = tree(&folder.path().join("output"));
    let found = |name: &str| site.iter().any(|(path, _)| path.ends_with(name));
    assert!(found("old.html") && !found("old.aspx") && !found("report.pdf") && !found("v1.2"));
    let redirects = fs::read_to_string(folder.path().join("output/_redirects")).unwrap();
    for old in ["/old.aspx", "/report.pdf", "/v1.2", "/old.html"] {
        assert!(redirects.contains(&format!("{old} /cases/a/ 301\n")), "{redirects}");
    }
    let archive = zip::ZipArchive::new(fs::File::open(folder.path().join("all.zip")).unwrap()).unwrap();
    assert!(!archive.file_names().flatten().any(|name| name.ends_with(".aspx") || name.ends_with("v1.2")));
}

#[test]
fn an_archive_holds_the_whole_site_with_relative_links_and_is_reproducible() {
    let page = case("[B](b.md#part) ![P](p.png)");
    let files = [
        ("content/cases/a.md", page.as_str()),
        ("content/cases/b.md", &case("## Part\n")),
        ("content/cases/p.png", ""),
    ];
    let folder = library(&files);
    let mut archives = Vec::new();
    for name in ["one.zip", "two.zip"] {
        let made = casebook(folder.path(), &["build", "--archive", name, "--base-url", "/book/"]);
        assert_eq!(made.status, 0, "{}", made.err);
        archives.push(fs::read(folder.path().join(name)).unwrap());
    }
    assert_eq!(archives[0], archives[1]);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&archives[0])).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("cases/a/index.html").unwrap(), &mut text).unwrap();
    assert!(text.contains("href=\"../../cases/b/index.html#part\""), "{text}");
    assert!(text.contains("src=\"../../cases/p.png\"") && !text.contains("=\"/book/"), "{text}");
    assert!(archive.by_name("_headers").is_err());

    // An archive may only replace an archive of a site, and not lie among the sources.
    let in_source = "lies in content/, which is the library's own";
    for (taken, why) in [
        ("casebook.yaml", "is not an archive of a site"),
        ("content/cases/a.md", in_source),
        ("content/new.zip", in_source),
    ] {
        let before = tree(folder.path());
        let refused = casebook(folder.path(), &["build", "--archive", taken]);
        assert_eq!(refused.status, 2);
        assert!(refused.err.contains(why), "{}", refused.err);
        assert_eq!(tree(folder.path()), before);
    }
    assert_eq!(casebook(folder.path(), &["build", "--archive", "one.zip"]).status, 0);
}

#[test]
fn an_archive_in_a_folder_that_does_not_exist_is_refused_before_anything_is_published() {
    let folder = library(&[("content/cases/a.md", &case("A."))]);
    let refused = casebook(folder.path(), &["build", "--archive", "none/a.zip"]);
    assert_eq!(refused.status, 2, "{}", refused.err);
    assert!(refused.err.starts_with("error: the archive none/a.zip cannot be reached: "), "{}", refused.err);
    let help = "help: make the folder that is to hold the archive, or give another place with `--archive`\n";
    assert!(refused.err.ends_with(help), "{}", refused.err);
    assert!(!folder.path().join("output").exists());
    // The output is made by the build.
    assert_eq!(casebook(folder.path(), &["build", "--archive", "output/a.zip"]).status, 0);
}

#[test]
fn a_build_whose_archive_fails_still_prints_its_report_and_summary() {
    let folder = library(&[("content/cases/a.md", &case("The CQVX met."))]);
    let built = casebook(folder.path(), &["build", "--archive", "output/none/a.zip"]);
    assert_eq!(built.status, 3, "{}", built.err);
    for told in ["warning[undefined-acronym]", "only its archive is not", "error: cannot write output/none/a.zip"] {
        assert!(built.err.contains(told), "{told}: {}", built.err);
    }
    assert!(built.out.contains("1 case"), "{}", built.out);
    assert!(folder.path().join("output/cases/a/index.html").exists());
}

/// The error comes after the site is published, which its message does not say.
#[cfg(target_os = "linux")]
#[test]
fn a_build_whose_summary_cannot_be_printed_says_that_the_site_is_published() {
    for words in [&["build"][..], &["build", "--json"]] {
        let folder = library(&[("content/cases/a.md", &case("A."))]);
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_casebook"));
        let ran = command.args(words).current_dir(folder.path()).stdout(full).output().unwrap();
        let err = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(3), "{err}");
        let told =
            "note: the site is published; only its summary could not be printed\nerror: cannot write to standard";
        assert!(err.contains(told), "{err}");
        assert!(folder.path().join("output/index.html").exists());
    }
}

#[test]
fn a_build_in_place_says_which_option_asked_for_it() {
    let folder = library(&[("content/cases/a.md", &case("A."))]);
    let built = casebook(folder.path(), &["--verbose", "build", "--in-place"]);
    assert!(built.err.contains("files were replaced one by one: `--in-place` was given\n"), "{}", built.err);
}
