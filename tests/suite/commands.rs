//! The commands, run as a user types them.

use std::{fs, os::unix::fs::MetadataExt, path::Path};

use assert_cmd::Command;
use tempfile::TempDir;

use crate::library::{NEEDED, case};

/// The result of a command: its status, standard output and standard error.
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// Runs `casebook` with these arguments in a folder, on a fixed day.
pub fn casebook(folder: &Path, words: &[&str]) -> Ran {
    let mut command = Command::cargo_bin("casebook").unwrap();
    command.current_dir(folder).env("SOURCE_DATE_EPOCH", "1795305600").env_remove("NO_COLOR").args(words);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// A folder with these files and those that every library needs.
pub fn library(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in NEEDED.iter().chain(files) {
        write(folder.path(), path, text);
    }
    folder
}

pub fn write(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// Every file below a folder, with its content.
pub fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.unwrap());
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn init_makes_a_library_that_builds_at_once_and_never_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    let made = casebook(folder.path(), &["init", "mine"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let mine = folder.path().join("mine");
    assert!(fs::read_to_string(mine.join(".gitignore")).unwrap().contains("/output/"));

    let checked = casebook(&mine, &["check", "--deny-warnings"]);
    assert_eq!((checked.status, checked.err.as_str()), (0, ""), "{}", checked.out);
    let built = casebook(&mine, &["build"]);
    assert_eq!(built.status, 0, "{}", built.err);
    assert!(mine.join("output/about/index.html").is_file());
    assert!(!mine.join("output/cases/an-example-case").exists(), "the example is a draft");
    fs::remove_file(mine.join("content/cases/an-example-case.md")).unwrap();
    assert_eq!(casebook(&mine, &["build"]).status, 0, "the example may be deleted");

    write(&mine, "casebook.yaml", "title: Changed\n");
    fs::remove_file(mine.join("content/index.md")).unwrap();
    let again = casebook(&mine, &["init"]);
    assert_eq!(again.status, 0);
    assert!(again.out.contains("wrote content/index.md") && again.out.contains("left  casebook.yaml as it is"));
    assert_eq!(fs::read_to_string(mine.join("casebook.yaml")).unwrap(), "title: Changed\n");

    // The example is for a new library. In a library with cases, it would be published as one of them.
    assert_eq!(casebook(&mine, &["init"]).status, 0);
    assert!(!mine.join("content/cases/an-example-case.md").exists());
}

#[test]
fn output_that_cannot_be_written_is_a_failure() {
    let folder = library(&[]);
    for words in [&["schema"][..], &["terms"], &["build", "--json"], &["check", "--format", "json"]] {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("casebook"));
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let ran = command.current_dir(folder.path()).args(words).stdout(full).output().unwrap();
        let said = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(3), "{words:?}: {said}");
        assert!(said.contains("cannot write to standard output"), "{said}");
    }
}

#[test]
fn commands_report_files_that_they_need_and_cannot_read() {
    let folder = library(&[
        ("content/cases/a.md", &with_sector("sector: health")),
        ("content/cases/b.md", "---\ntitle: B: that\nsector: health\n---\n"),
    ]);
    let before = tree(folder.path());
    let renamed = casebook(folder.path(), &["terms", "rename", "sector", "health", "wellbeing"]);
    assert_eq!(renamed.status, 1, "{}", renamed.err);
    assert!(renamed.err.contains("--> content/cases/b.md:2:"), "{}", renamed.err);
    assert_eq!(tree(folder.path()), before);
    assert_eq!(casebook(folder.path(), &["terms"]).status, 0);

    write(folder.path(), "content/vocabularies/sector.yaml", "label: Sector: x\nterms: []\n");
    for words in [&["terms"][..], &["new", "A", "--sector", "health"]] {
        let ran = casebook(folder.path(), words);
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{}", ran.err);
        assert!(ran.err.contains("--> content/vocabularies/sector.yaml:1:"), "{}", ran.err);
        assert!(!ran.err.contains("b.md"), "{}", ran.err);
    }
}

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
fn new_writes_a_draft_that_has_only_warnings() {
    let folder = library(&[]);
    let words = ["new", "One: two \"three\"", "--sector", "NHS,police", "--barrier", "resource", "--place", "Torbay"];
    let made = casebook(folder.path(), &words);
    assert_eq!((made.status, made.out.as_str()), (0, "content/cases/one-two-three.md\n"), "{}", made.err);
    let text = fs::read_to_string(folder.path().join("content/cases/one-two-three.md")).unwrap();
    for line in [
        r#"title: "One: two \"three\"""#,
        "# Whether the public sees it; left out, it is published (draft, published or withdrawn)",
        "status: draft",
        "date: 2026-11-22",
        "sector: [health, police]",
        "#   health            Health",
        "barrier: [resource]",
        r#"place: { name: "Torbay", region: }"#,
        "## What others can learn",
    ] {
        assert!(text.lines().any(|found| found == line), "no line {line} in\n{text}");
    }
    let checked = casebook(folder.path(), &["check"]);
    assert_eq!(checked.status, 0, "{}", checked.err);
    assert!(checked.err.contains("warning[missing-field]: `summary` is missing"), "{}", checked.err);

    let again = casebook(folder.path(), &words);
    assert_eq!(again.status, 2);
    assert_eq!(fs::read_to_string(folder.path().join("content/cases/one-two-three.md")).unwrap(), text);
}

#[test]
fn new_refuses_an_unknown_term_and_writes_nothing() {
    let folder = library(&[]);
    let made = casebook(folder.path(), &["new", "A", "--sector", "helth"]);
    assert_eq!(made.status, 2);
    assert_eq!(made.err, "error: \"helth\" is not a sector\nhelp: did you mean \"health\"?\n");
    assert!(!folder.path().join("content/cases").exists());
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
}

#[test]
fn files_named_by_content_may_be_cached_for_ever() {
    let folder = library(&[("content/cases/a.md", &case("A long enough body of words."))]);
    assert_eq!(casebook(folder.path(), &["build"]).status, 0);
    let headers = fs::read_to_string(folder.path().join("output/_headers")).unwrap();
    let inside = fs::read_dir(folder.path().join("output/search")).unwrap().map(|entry| entry.unwrap());
    let folders: Vec<String> = inside
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| format!("/search/{}/*\n", entry.file_name().to_str().unwrap()))
        .collect();
    assert!(folders.len() > 3 && folders.iter().all(|folder| headers.contains(folder)), "{folders:?} in {headers}");
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
fn warnings_stop_a_build_only_on_request_and_reviews_never() {
    let folder = library(&[("content/cases/a.md", &case("A.").replace("sector: health", "sector: NHS"))]);
    assert_eq!(casebook(folder.path(), &["build"]).status, 0);
    assert_eq!(casebook(folder.path(), &["check", "--deny-warnings"]).status, 1);
    let denied = casebook(folder.path(), &["build", "--deny-warnings", "--output", "other"]);
    assert_eq!(denied.status, 1);
    assert!(!folder.path().join("other").exists());

    write(folder.path(), "content/cases/a.md", &case("A.").replace("---\nA.", "review_by: 2020-01-01\n---\nA."));
    let due = casebook(folder.path(), &["check", "--deny-warnings"]);
    assert_eq!(due.status, 0, "{}", due.err);
    assert!(due.err.contains("warning[review-due]"));
}

#[test]
fn checks_turn_problems_off_and_raise_their_level() {
    let files = [
        ("casebook.yaml", "title: Test\nchecks: { synonym-used: error, broken-link: warning, missing-alt: off }\n"),
        ("content/cases/a.md", &case("[x](x.md) ![](p.png)").replace("sector: health", "sector: NHS")),
        ("content/cases/p.png", ""),
    ];
    let ran = casebook(library(&files).path(), &["check"]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("error[synonym-used]") && ran.err.contains("warning[broken-link]"), "{}", ran.err);
    assert!(!ran.err.contains("missing-alt"), "{}", ran.err);
}

#[test]
fn check_writes_reports_for_programs() {
    let folder = library(&[("content/cases/a.md", &case("A.").replace("health", "helth"))]);
    let json = casebook(folder.path(), &["check", "--format", "json"]);
    let problems: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let expected = serde_json::json!([{
        "code": "unknown-term", "severity": "error", "message": "\"helth\" is not a sector",
        "help": "did you mean \"health\"?", "file": "content/cases/a.md",
        "line": 5, "column": 9, "end_line": 5, "end_column": 14, "related": [],
    }]);
    assert_eq!((json.status, problems), (1, expected));

    let github = casebook(folder.path(), &["check", "--format", "github"]);
    assert!(github.out.starts_with("::error file=content/cases/a.md,line=5,"), "{}", github.out);
    let sarif = casebook(folder.path(), &["check", "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&sarif.out).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "unknown-term");

    write(folder.path(), "content/cases/a.md", &case("A."));
    let clean = casebook(folder.path(), &["check", "--format", "json"]);
    assert_eq!((clean.status, clean.out.as_str()), (0, "[]\n"));
}

#[test]
fn paths_limit_the_report_and_not_what_is_read() {
    let bad = case("A.").replace("health", "helth");
    let folder = library(&[("content/cases/a.md", &bad), ("content/cases/b.md", &titled("B", &case("[A](a.md)")))]);
    let ran = casebook(folder.path(), &["check", "content/cases/b.md"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(casebook(&folder.path().join("content"), &["check", "cases"]).status, 1);
    assert_eq!(casebook(folder.path(), &["check", "nowhere"]).status, 2);
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
fn the_root_is_found_upwards_or_given() {
    let folder = library(&[("content/cases/a.md", &case("A."))]);
    assert_eq!(casebook(&folder.path().join("content/cases"), &["check"]).status, 0);
    let elsewhere = tempfile::tempdir().unwrap();
    let lost = casebook(elsewhere.path(), &["build"]);
    assert_eq!(lost.status, 2);
    assert!(lost.err.contains("casebook init"), "{}", lost.err);
    write(elsewhere.path(), "casebook.yml", "title: Test\n");
    let misnamed = casebook(elsewhere.path(), &["build"]);
    assert_eq!(
        (misnamed.status, misnamed.err.ends_with("help: call it casebook.yaml\n")),
        (2, true),
        "{}",
        misnamed.err
    );
    let named = casebook(elsewhere.path(), &["--root", folder.path().to_str().unwrap(), "build"]);
    assert_eq!(named.status, 0, "{}", named.err);
    assert!(folder.path().join("output/index.html").is_file());
}

#[test]
fn a_base_path_starts_every_link_and_is_no_folder() {
    let folder = library(&[("content/cases/a.md", &case("[B](b.md)")), ("content/cases/b.md", &case("B."))]);
    let built = casebook(folder.path(), &["build", "--base-url", "https://example.org/library"]);
    assert_eq!(built.status, 0, "{}", built.err);
    let page = fs::read_to_string(folder.path().join("output/cases/a/index.html")).unwrap();
    assert!(page.contains("href=\"/library/cases/b/\""), "{page}");
    assert!(!folder.path().join("output/library").exists());
    let sitemap = fs::read_to_string(folder.path().join("output/sitemap.xml")).unwrap();
    assert!(sitemap.contains("<loc>https://example.org/library/cases/a/</loc>"), "{sitemap}");
    assert_eq!(casebook(folder.path(), &["build", "--base-url", "nonsense"]).status, 2);
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

    assert_eq!(casebook(folder.path(), &["build", "--drafts"]).status, 0);
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
fn help_and_completions_succeed() {
    let here = tempfile::tempdir().unwrap();
    for words in [
        &["--help"][..],
        &["build", "--help"],
        &["new", "--help"],
        &["terms", "--help"],
        &["schema", "--help"],
        &["--version"],
    ] {
        let ran = casebook(here.path(), words);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        assert!(!ran.out.is_empty());
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = casebook(here.path(), &["completions", shell]);
        assert!(ran.status == 0 && ran.out.contains("casebook"), "{shell}: {}", ran.err);
    }
    assert_eq!(casebook(here.path(), &[]).status, 2);
    assert_eq!(casebook(here.path(), &["biuld"]).status, 2);
}

#[test]
fn the_version_names_the_target_in_full() {
    let here = tempfile::tempdir().unwrap();
    let said = casebook(here.path(), &["--version"]).out;
    let inside = said.trim_end().split_once(" (").unwrap().1.strip_suffix(')').unwrap();
    // A commit stands before it in a release build and in a package.
    let target = inside.rsplit(", ").next().unwrap();
    assert!(target.starts_with(std::env::consts::ARCH) && target.split('-').count() >= 3, "{said}");
}

#[test]
fn the_reader_chooses_colour() {
    let folder = library(&[("content/cases/a.md", &case("A.").replace("health", "helth"))]);
    assert!(!casebook(folder.path(), &["check"]).err.contains('\u{1b}'));
    assert!(casebook(folder.path(), &["--color", "always", "check"]).err.contains('\u{1b}'));
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
    write(
        folder.path(),
        "content/vocabularies/tier.yaml",
        &tier.replace("{ id: county, label: County }", "{ id: shire }"),
    );
    let refused = casebook(folder.path(), &["build"]);
    assert_eq!(refused.status, 1);
    for address in ["/cases/b/", "/about/", "/tier/county/"] {
        let line = format!("error[address-gone]: {address} was published, and would be gone");
        assert_eq!(refused.err.matches(&line).count(), 1, "{}", refused.err);
    }
    assert_eq!(refused.err.matches("address-gone").count(), 3, "{}", refused.err);
    let checked = casebook(folder.path(), &["check"]);
    let conclusion = "Nothing was published. What was published before is as it was.\n";
    assert_eq!((checked.status, checked.err + conclusion), (1, refused.err));
    assert_eq!(tree(&folder.path().join("output")), before);

    // A vocabulary that cannot be read is one mistake, not one for each of its addresses.
    write(folder.path(), "content/vocabularies/tier.yaml", "label: [\n");
    let broken = casebook(folder.path(), &["check"]);
    assert_eq!(broken.err.matches("address-gone").count(), 2, "{}", broken.err);
    write(
        folder.path(),
        "content/vocabularies/tier.yaml",
        &tier.replace("{ id: county, label: County }", "{ id: shire }"),
    );

    let clean = casebook(folder.path(), &["build", "--output", "clean", "--previous", "last"]);
    assert_eq!((clean.status, clean.err.matches("address-gone").count()), (1, 3), "{}", clean.err);
    assert_eq!(casebook(folder.path(), &["build", "--previous", "nowhere"]).status, 2);

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

    // An archive may only replace an archive.
    for taken in ["casebook.yaml", "content/cases/a.md"] {
        let before = tree(folder.path());
        let refused = casebook(folder.path(), &["build", "--archive", taken]);
        assert_eq!(refused.status, 2);
        assert!(refused.err.contains("is no zip file"), "{}", refused.err);
        assert_eq!(tree(folder.path()), before);
    }
    assert_eq!(casebook(folder.path(), &["build", "--archive", "one.zip"]).status, 0);
}

/// A case with another title.
fn titled(title: &str, case: &str) -> String {
    case.replace("title: A case", &format!("title: {title}"))
}

/// A case with its front matter's `sector` line replaced.
fn with_sector(line: &str) -> String {
    case("Text.\n").replace("sector: health", line)
}

#[test]
fn check_fix_makes_certain_corrections_only() {
    let first = "---\r\ntitle: 2010   # the year\r\nsummary: \"What:\thappened\"\r\ndate: 2026-01-01\r\nsector: [NHS, 'Police', helth]\r\n---\r\nNHS.\r\n";
    let second = with_sector("sector:\n  - Council # as it was\n  - police");
    let files = [
        ("content/cases/a.md", first),
        ("content/cases/b.md", &second),
        ("content/cases/c.md", &titled("C", &case("C."))),
    ];
    let folder = library(&files);
    let case_file = |name: &str| fs::read_to_string(folder.path().join(format!("content/cases/{name}.md"))).unwrap();
    let third = fs::metadata(folder.path().join("content/cases/c.md")).unwrap();

    let ran = casebook(folder.path(), &["check", "--fix", "--format", "json", "content/cases/a.md"]);
    let changes = "note: content/cases/a.md:2: 2010 → \"2010\"\nnote: content/cases/a.md:5: NHS → health\nnote: content/cases/a.md:5: 'Police' → 'police'\n";
    assert_eq!((ran.status, ran.err.as_str()), (1, changes));
    let left: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((left.as_array().unwrap().len(), &left[0]["message"]), (1, &"\"helth\" is not a sector".into()));
    let mended = first.replace("2010 ", "\"2010\" ").replace("[NHS, 'Police', helth]", "[health, 'police', helth]");
    assert_eq!(case_file("a"), mended);
    assert_eq!(case_file("b"), second, "only what was named is mended");

    let dry = casebook(folder.path(), &["check", "--fix", "--dry-run"]);
    assert!(dry.err.contains("note: content/cases/b.md:6: Council → local-government\n"), "{}", dry.err);
    assert_eq!(case_file("b"), second, "nothing is written");

    let ran = casebook(folder.path(), &["check", "--fix"]);
    assert_eq!(case_file("b"), second.replace("Council #", "local-government #"), "{}", ran.err);
    assert_eq!(case_file("a"), mended);
    let after = fs::metadata(folder.path().join("content/cases/c.md")).unwrap();
    assert_eq!((third.ino(), third.mtime_nsec()), (after.ino(), after.mtime_nsec()));
    let again = casebook(folder.path(), &["check", "--fix", "content/cases/b.md"]);
    assert_eq!((again.status, again.err.as_str()), (0, ""));
}

#[test]
fn a_check_that_is_off_fixes_nothing() {
    let text = with_sector("sector: NHS");
    let folder =
        library(&[("casebook.yaml", "title: Test\nchecks: { synonym-used: off }\n"), ("content/cases/a.md", &text)]);
    assert_eq!(casebook(folder.path(), &["check", "--fix"]).status, 0);
    assert_eq!(fs::read_to_string(folder.path().join("content/cases/a.md")).unwrap(), text);
}

#[test]
fn terms_are_listed_with_their_counts() {
    let draft = with_sector("sector: police\nstatus: draft");
    let folder = library(&[
        ("content/cases/a.md", &with_sector("sector: [health, NHS]")),
        ("content/cases/b.md", &with_sector("sector: health")),
        ("content/cases/c.md", &draft),
    ]);
    let listed = casebook(folder.path(), &["terms"]);
    assert_eq!((listed.status, listed.err.as_str()), (0, ""));
    let sector = "Sector (sector): 3 terms\n  local-government  Local government      0\n  health            Health                2\n  police            Police                0\n\n";
    assert!(listed.out.starts_with(sector), "{}", listed.out);
    assert!(listed.out.contains("\n\nTier (tier): 2 terms\n"), "{}", listed.out);
    assert_eq!(casebook(folder.path(), &["terms", "list"]).out, listed.out);
    let unused = casebook(folder.path(), &["terms", "unused"]).out;
    assert_eq!(
        unused,
        "sector  local-government\ntier  unitary\ntier  county\nbarrier  political\nbarrier  resource\n"
    );
}

const ROLES: &str = "label: Role\nterms:\n  # who leads\n  - id: chair   # the first\n    label: Chair\n    also: [Head]\n  - { id: clerk, label: Clerk }\n  - id: vice\n    broader: chair\n";

/// A library with a vocabulary of roles and cases that use them.
fn with_roles() -> TempDir {
    library(&[
        ("content/vocabularies/role.yaml", ROLES),
        ("content/cases/a.md", &with_sector("sector: health\nrole: [chair, 'clerk'] # both")),
        (
            "content/cases/b.md",
            &titled("B", &with_sector("sector: health\nstatus: draft\nrole:\n  - term: Head\n    what: x\n  - Chair")),
        ),
        (
            "content/cases/c.md",
            &titled("C", &with_sector("sector: health\nrole:\n  - clerk # stays\n  - chair\n  - vice")),
        ),
    ])
}

#[test]
fn a_term_is_renamed_everywhere_and_its_old_name_redirects() {
    let folder = with_roles();
    let ran = casebook(folder.path(), &["terms", "rename", "role", "chair", "convenor"]);
    let expected = "changed content/cases/a.md in 1 place\nchanged content/cases/b.md in 1 place\nchanged content/cases/c.md in 1 place\nchanged content/vocabularies/role.yaml in 4 places\n";
    assert_eq!((ran.status, ran.out.as_str()), (0, expected), "{}", ran.err);
    assert!(ran.err.starts_with("note: the old id leads on to convenor"), "{}", ran.err);
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    let roles = ROLES
        .replace("  - id: chair ", "  - { id: chair, replaced_by: convenor }\n  - id: convenor ")
        .replace("label: Chair", "label: Convenor")
        .replace("broader: chair", "broader: convenor");
    assert_eq!(read("content/vocabularies/role.yaml"), roles);
    assert!(read("content/cases/a.md").contains("role: [convenor, 'clerk'] # both"));
    assert!(read("content/cases/b.md").contains("  - term: Head\n    what: x\n  - convenor"));
    let checked = casebook(folder.path(), &["check", "--drafts"]);
    assert_eq!((checked.status, checked.err.matches("warning").count()), (0, 3), "{}", checked.err);
    assert_eq!(casebook(folder.path(), &["build"]).status, 0);
    let old = fs::read_to_string(folder.path().join("output/role/chair/index.html")).unwrap();
    assert!(old.contains("/role/convenor/"), "{old}");
}

#[test]
fn two_terms_are_merged() {
    let folder = with_roles();
    let ran = casebook(folder.path(), &["terms", "merge", "role", "chair", "clerk"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    let roles = ROLES
        .replace("# the first\n", "# the first\n    replaced_by: clerk\n")
        .replace("broader: chair", "broader: clerk");
    assert_eq!(read("content/vocabularies/role.yaml"), roles);
    assert!(read("content/cases/a.md").contains("role: ['clerk'] # both\n"));
    assert!(read("content/cases/b.md").contains("role:\n  - term: clerk\n    what: x\n---\n"));
    assert!(read("content/cases/c.md").contains("role:\n  - clerk # stays\n  - vice\n---\n"));
    assert_eq!(casebook(folder.path(), &["check", "--drafts", "--deny-warnings"]).status, 0);

    let flow = casebook(folder.path(), &["terms", "merge", "role", "clerk", "vice"]);
    assert_eq!(flow.status, 2);
    assert!(flow.err.contains("\"vice\" is a narrower term of \"clerk\""), "{}", flow.err);
}

#[test]
fn an_id_that_yaml_would_misread_is_quoted() {
    let years = "label: Year\nterms:\n  - { id: gone, label: Gone }\n  - id: \"2010\"\n    label: Then\n  - { id: \"2011\", label: Later }\n";
    let folder = library(&[
        ("content/vocabularies/year.yaml", years),
        ("content/cases/a.md", &with_sector("sector: health\nyear: [gone, \"2010\"]")),
    ]);
    let terms = |words: &[&str]| {
        let ran = casebook(folder.path(), &[&["terms"], words].concat());
        assert_eq!(ran.status, 0, "{words:?}: {}", ran.err);
        fs::read_to_string(folder.path().join("content/vocabularies/year.yaml")).unwrap()
    };
    let renamed = terms(&["rename", "year", "gone", "null"]);
    assert!(
        renamed.contains("  - { id: gone, replaced_by: \"null\" }\n  - { id: \"null\", label: \"Null\" }\n"),
        "{renamed}"
    );
    let merged = terms(&["merge", "year", "2010", "2011"]);
    assert!(merged.contains("  - id: \"2010\"\n    replaced_by: \"2011\"\n    label: Then\n"), "{merged}");
    let renamed = terms(&["rename", "year", "2011", "true"]);
    assert!(
        renamed.contains("  - { id: \"2011\", replaced_by: \"true\" }\n  - { id: \"true\", label: Later }\n"),
        "{renamed}"
    );
    let merged = terms(&["merge", "year", "null", "true"]);
    assert!(merged.contains("  - { id: \"null\", replaced_by: \"true\", label: \"Null\" }\n"), "{merged}");
    assert!(fs::read_to_string(folder.path().join("content/cases/a.md")).unwrap().contains("\nyear: [\"true\"]\n"));
    let checked = casebook(folder.path(), &["check"]);
    assert_eq!((checked.status, checked.err.matches("error").count()), (0, 0), "{}", checked.err);
}

#[test]
fn terms_refuses_what_is_not_possible_and_changes_nothing() {
    let folder = with_roles();
    let before = tree(folder.path());
    for (words, told) in [
        (&["rename", "rôle", "chair", "x"][..], "there is no vocabulary \"rôle\""),
        (&["rename", "role", "chiar", "x"], "did you mean \"chair\"?"),
        (&["rename", "role", "chair", "The Chair"], "cannot be a term's id"),
        (&["rename", "role", "chair", "clerk"], "to make the two one: casebook terms merge role chair clerk"),
        (&["rename", "role", "chair", "chair"], "is a name of \"chair\" already"),
        (&["merge", "role", "chair", "Head"], "are one term"),
        (&["merge", "role", "chair", "vice"], "is a narrower term of \"chair\""),
    ] {
        let ran = casebook(folder.path(), &[&["terms"], words].concat());
        assert_eq!(ran.status, 2, "{words:?}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains(told) && ran.err.contains("help: "), "{words:?}: {}", ran.err);
    }
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn the_schema_has_every_key_and_every_term() {
    let folder = with_roles();
    let ran = casebook(folder.path(), &["schema"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let schema: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let keys: Vec<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected: Vec<&str> = casebook::model::keys::names(casebook::model::keys::CASE).collect();
    expected.extend(["sector", "tier", "barrier", "role"]);
    expected.sort_unstable();
    assert_eq!(keys, expected);
    assert_eq!(schema["required"], serde_json::json!(["title", "summary", "date", "sector"]));
    assert_eq!(schema["additionalProperties"], false);
    let terms = &schema["properties"]["role"]["anyOf"][0]["anyOf"][0]["enum"];
    assert_eq!(terms, &serde_json::json!(["chair", "clerk", "vice"]));
    assert_eq!(
        schema["definitions"]["page"]["properties"]["status"]["enum"],
        serde_json::json!(["draft", "published"])
    );
    let kinds: Vec<&String> = schema["definitions"].as_object().unwrap().keys().collect();
    assert_eq!(kinds, ["glossary", "home", "page", "places", "settings", "synonyms", "vocabulary"]);

    let ran = casebook(folder.path(), &["schema", "glossary"]);
    let schema: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(schema["items"]["required"], serde_json::json!(["term", "full"]));
    assert_eq!(casebook(folder.path(), &["schema", "recipe"]).status, 2);
}

#[test]
fn a_copied_template_works_and_names_its_origin() {
    let folder = library(&[("content/cases/a.md", &case("Text.\n"))]);
    let list = casebook(folder.path(), &["theme", "list"]);
    assert!(list.out.lines().any(|line| line == "footer.html"), "{}", list.out);
    let files: Vec<&str> = list.out.lines().collect();
    let copied = casebook(folder.path(), &[&["theme", "copy"], &files[..]].concat());
    assert_eq!(copied.status, 0, "{}", copied.err);
    let footer = fs::read_to_string(folder.path().join("themes/default/footer.html")).unwrap();
    assert!(footer.starts_with("{# Copied from the built-in footer.html of Casebook "), "{footer}");
    let built = casebook(folder.path(), &["build", "--deny-warnings"]);
    assert_eq!(built.status, 0, "{}", built.err);
    let again = casebook(folder.path(), &["theme", "copy", "footer.html"]);
    assert!(again.out.contains("left  themes/default/footer.html as it is"), "{}", again.out);
    assert!(casebook(folder.path(), &["theme", "list"]).out.contains("footer.html   in themes/default/"));
    let wrong = casebook(folder.path(), &["theme", "copy", "foter.html"]);
    assert!(wrong.status == 2 && wrong.err.contains("did you mean \"footer.html\"?"), "{}", wrong.err);
}
