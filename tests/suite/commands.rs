//! The commands, run as a user types them.

use std::{fs, path::Path};

use assert_cmd::Command;
use tempfile::TempDir;

use crate::{
    library::{NEEDED, case},
    terms::with_roles,
};

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

/// A case with another title.
pub fn titled(title: &str, case: &str) -> String {
    case.replace("title: A case", &format!("title: {title}"))
}

/// A case with its front matter's `sector` line replaced.
pub fn with_sector(line: &str) -> String {
    case("Text.\n").replace("sector: health", line)
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
    for built in [built, casebook(&mine, &["build"])] {
        assert!(built.err.contains("1 draft left out: delete the line `status: draft`"), "{}", built.err);
    }
    let again = casebook(&mine, &["init"]);
    assert!(again.out.contains("left  content/cases/an-example-case.md as it is"), "{}", again.out);
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

// Only the logo and the icon need more than that: their files.
#[test]
fn a_setting_of_a_new_library_works_when_its_hash_is_deleted() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(casebook(folder.path(), &["init"]).status, 0);
    for picture in ["content/logo.png", "content/favicon.png"] {
        write(folder.path(), picture, "");
    }
    let settings = fs::read_to_string(folder.path().join("casebook.yaml")).unwrap();
    let all: Vec<&str> = settings
        .lines()
        .map(|line| match line.strip_prefix('#') {
            // After the hash of a setting there is no blank, or the two of an entry of a list.
            Some(rest) if !rest.starts_with(' ') || rest.starts_with("  ") => rest,
            _ => line,
        })
        .collect();
    assert!(all.contains(&"marks: [tier]") && all.contains(&"  - { text: About, url: /about/ }"), "{settings}");
    write(folder.path(), "casebook.yaml", &all.join("\n"));
    let checked = casebook(folder.path(), &["check", "--deny-warnings"]);
    assert_eq!((checked.status, checked.err.as_str()), (0, ""), "{}", checked.out);
}

#[test]
fn init_writes_into_the_folder_that_root_names() {
    let folder = tempfile::tempdir().unwrap();
    let made = casebook(folder.path(), &["--root", "mine", "init"]);
    assert_eq!(made.status, 0, "{}", made.err);
    assert!(made.out.contains("The library is in mine."), "{}", made.out);
    assert!(folder.path().join("mine/casebook.yaml").is_file());
    assert!(!folder.path().join("casebook.yaml").exists());

    let twice = casebook(folder.path(), &["--root", "mine", "init", "other"]);
    assert_eq!(twice.status, 2);
    assert!(twice.err.contains("two folders are named: mine with --root, and other"), "{}", twice.err);
    assert!(!folder.path().join("other").exists() && !folder.path().join("mine/other").exists());
}

#[test]
fn init_says_what_to_do_with_workflows_that_are_not_at_the_root_of_the_repository() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    let inside = casebook(folder.path(), &["init", "sites/docs"]);
    let note = "move sites/docs/.github/workflows/ to .github/workflows/, and write `casebook --root sites/docs`";
    assert!(inside.out.contains(note), "{}", inside.out);
    let at_root = casebook(folder.path(), &["init"]);
    assert!(!at_root.out.contains("move"), "{}", at_root.out);
}

#[test]
fn a_title_needs_no_quotation_marks() {
    let folder = library(&[]);
    let made = casebook(folder.path(), &["new", "A", "shared", "desk", "--place", "Torbay"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let case = fs::read_to_string(folder.path().join("content/cases/a-shared-desk.md")).unwrap();
    assert!(case.contains("title: \"A shared desk\"\n"), "{case}");
}

#[test]
fn the_files_by_which_word_marks_an_open_document_are_ignored() {
    let folder = library(&[("content/cases/a.md", &with_sector("sector: health"))]);
    fs::write(folder.path().join("content/cases/~$a.md"), b"\x06Jo\0Smith").unwrap();
    fs::write(folder.path().join("content/cases/~$b.docx"), b"\x06Jo\0Smith").unwrap();
    let checked = casebook(folder.path(), &["check"]);
    assert_eq!((checked.status, checked.err.as_str()), (0, ""), "{}", checked.out);
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
fn new_says_why_no_file_can_have_the_name_of_a_title() {
    let folder = library(&[]);
    for (title, advice) in [
        ("Page", "lists go on under the name `page`"),
        ("Index", "`index` stands for its folder"),
        ("Con", "Windows keeps this name"),
        ("LPT1", "Windows keeps this name"),
        ("…", "a title with letters or digits"),
    ] {
        let made = casebook(folder.path(), &["new", title, "--sector", "health", "--barrier", "resource"]);
        assert_eq!((made.status, made.err.contains(advice)), (2, true), "{}", made.err);
    }
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
fn new_quotes_terms_that_yaml_takes_for_another_kind_of_value() {
    let tiers = "label: Tier\nterms:\n  - { id: \"2010\", label: Then }\n  - { id: \"true\", label: Now }\n";
    let folder = library(&[("content/vocabularies/tier.yaml", tiers)]);
    let made = casebook(folder.path(), &["new", "A", "--tier", "2010,true"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let text = fs::read_to_string(folder.path().join("content/cases/a.md")).unwrap();
    assert!(text.contains("\ntier: [\"2010\", \"true\"]\n"), "{text}");
    let checked = casebook(folder.path(), &["check"]);
    assert_eq!(checked.status, 0, "{}", checked.err);
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
fn colour_is_used_at_a_terminal_or_on_request() {
    let folder = library(&[("content/cases/a.md", &case("A.").replace("health", "helth"))]);
    assert!(!casebook(folder.path(), &["check"]).err.contains('\u{1b}'));
    assert!(casebook(folder.path(), &["--color", "always", "check"]).err.contains('\u{1b}'));
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
