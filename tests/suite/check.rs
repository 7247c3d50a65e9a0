//! `casebook check`: reports for people and programs, and `--fix`.

use std::{fs, os::unix::fs::MetadataExt};

use assert_cmd::Command;

use crate::{
    commands::{casebook, library, titled, with_sector, write},
    library::{NEEDED, case},
};

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
    assert!(github.out.contains("::content/cases/a.md:5:9: \"helth\""), "{}", github.out);
    assert_eq!(github.err, "note: 1 error\n");
    let sarif = casebook(folder.path(), &["check", "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&sarif.out).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "unknown-term");

    write(folder.path(), "content/cases/a.md", &case("A."));
    let clean = casebook(folder.path(), &["check", "--format", "json"]);
    assert_eq!((clean.status, clean.out.as_str()), (0, "[]\n"));
}

#[test]
fn reports_for_github_and_code_scanning_name_files_from_the_root_of_the_repository() {
    let repository = tempfile::tempdir().unwrap();
    let root = repository.path().join("sites/docs");
    for (path, text) in NEEDED {
        write(&root, path, text);
    }
    write(&root, "content/cases/a.md", &case("A.").replace("health", "helth"));
    let files = |workspace: &str| -> (String, String) {
        let report = |format: &str| {
            let mut command = Command::cargo_bin("casebook").unwrap();
            command.current_dir(&repository).env("GITHUB_WORKSPACE", workspace);
            let ran = command.args(["--root", "sites/docs", "check", "--format", format]).output().unwrap();
            String::from_utf8(ran.stdout).unwrap()
        };
        let github = report("github").split("file=").nth(1).unwrap().split(',').next().unwrap().to_owned();
        let sarif: serde_json::Value = serde_json::from_str(&report("sarif")).unwrap();
        let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
        (github, place["uri"].as_str().unwrap().to_owned())
    };
    let same = |path: &str| (path.to_owned(), path.to_owned());
    let [whole, elsewhere] = ["", "elsewhere"].map(|path| repository.path().join(path).to_str().unwrap().to_owned());

    assert_eq!(files(""), same("content/cases/a.md"), "there is no repository");
    assert_eq!(
        files(&whole),
        same("sites/docs/content/cases/a.md"),
        "a checkout without git has only what GitHub says"
    );
    assert_eq!(files(&elsewhere), same("content/cases/a.md"));
    fs::create_dir(repository.path().join("sites/.git")).unwrap();
    assert_eq!(files(""), same("docs/content/cases/a.md"));
    assert_eq!(files(&whole), same("docs/content/cases/a.md"), "a repository may lie in a folder of the job");
    fs::write(root.join(".git"), "gitdir: elsewhere").unwrap();
    assert_eq!(files(""), same("content/cases/a.md"), "a worktree or a submodule has a file");
}

#[test]
fn a_link_to_a_file_that_needs_a_host_is_right_at_a_full_address() {
    let settings = "title: Test\nfooter: [{ text: Feed, url: /feed.xml }]\n";
    let folder = library(&[
        ("casebook.yaml", settings),
        ("content/cases/a.md", &case("[Health](/sector/health/feed.xml) and [nothing](/seed.xml)")),
    ]);
    let without = casebook(folder.path(), &["check"]);
    assert_eq!(without.status, 1);
    for address in ["/feed.xml", "/sector/health/feed.xml"] {
        let line = format!("error[broken-link]: \"{address}\" is only made if `base_url` is a full address");
        assert!(without.err.contains(&line), "{}", without.err);
    }
    assert!(without.err.contains("this link leads nowhere: \"/seed.xml\""), "{}", without.err);

    let with = casebook(folder.path(), &["check", "--base-url", "https://example.org/x/"]);
    assert_eq!(with.err.matches("error[").count(), 1, "{}", with.err);
    assert!(with.err.contains("this link leads nowhere: \"/seed.xml\""), "{}", with.err);
    let refused = casebook(folder.path(), &["check", "--base-url", "example"]);
    assert_eq!(refused.status, 2, "{}", refused.err);
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
    let fixed = first.replace("2010 ", "\"2010\" ").replace("[NHS, 'Police', helth]", "[health, 'police', helth]");
    assert_eq!(case_file("a"), fixed);
    assert_eq!(case_file("b"), second, "only what was named is fixed");

    let dry = casebook(folder.path(), &["check", "--fix", "--dry-run"]);
    assert!(dry.err.contains("note: content/cases/b.md:6: Council → local-government\n"), "{}", dry.err);
    assert_eq!(case_file("b"), second, "nothing is written");

    let ran = casebook(folder.path(), &["check", "--fix"]);
    assert_eq!(case_file("b"), second.replace("Council #", "local-government #"), "{}", ran.err);
    assert_eq!(case_file("a"), fixed);
    let after = fs::metadata(folder.path().join("content/cases/c.md")).unwrap();
    assert_eq!((third.ino(), third.mtime_nsec()), (after.ino(), after.mtime_nsec()));
    let again = casebook(folder.path(), &["check", "--fix", "content/cases/b.md"]);
    assert_eq!((again.status, again.err.as_str()), (0, ""));
}

#[test]
fn check_fix_writes_what_a_message_says_exactly() {
    let head = |title: &str, more: &str| {
        format!("---\ntitle: {title}\nsummary: What happened.\ndate: 2026-01-01\nsector: [health]\n{more}---\n\n")
    };
    let files = [
        ("a", head("One: two", ""), "Text.\n", head("\"One: two\"", ""), "Text.\n"),
        (
            "b",
            head("Two", "period: 2006 to present\nplace: Torbay (E06000027)\nlanguage: Welsh\n"),
            "See [us](www.example.org).\n\n-one\n-two\n",
            head("Two", "period: { from: 2006 }\nplace: { name: Torbay, code: E06000027 }\nlanguage: cy\n"),
            "See [us](https://www.example.org).\n\n- one\n- two\n",
        ),
        (
            "c",
            head("Three", "period: [2006, 2013]\n").replace("[health]", "health and police"),
            "They didnâ€™t pay 10m^2^.\n\n| A | B |\n|---|---|\n| 1 | 2 |\nThe end.\n",
            head("Three", "period: { from: 2006, to: 2013 }\n").replace("[health]", "[health, police]"),
            "They didn’t pay 10m<sup>2</sup>.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nThe end.\n",
        ),
        (
            "d",
            head("Four", ""),
            "·       One\n·       Two\no   Sub\n·       Three\n\nThe aims:\n– A\n– B\n\n1. One\n  - sub\n  - sub\n2. Two\n\n\
             2019. That was ** bold ** then.\n\n\u{a0}- item\n",
            head("Four", ""),
            "- One\n- Two\n  - Sub\n- Three\n\nThe aims:\n- A\n- B\n\n1. One\n   - sub\n   - sub\n2. Two\n\n\
             2019\\. That was **bold** then.\n\n- item\n",
        ),
    ];
    let path = |name: &str| format!("content/cases/{name}.md");
    let written: Vec<(String, String)> =
        files.iter().map(|(name, head, body, ..)| (path(name), format!("{head}{body}"))).collect();
    let folder = library(&written.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>());
    let ran = casebook(folder.path(), &["check", "--fix"]);
    for (name, .., head, body) in &files {
        let now = fs::read_to_string(folder.path().join(path(name))).unwrap();
        assert_eq!(now, format!("{head}{body}"), "{}", ran.err);
    }
    assert!(ran.err.contains("note: content/cases/a.md:2: One: two → \"One: two\"\n"), "{}", ran.err);
    let again = casebook(folder.path(), &["check", "--fix"]);
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
