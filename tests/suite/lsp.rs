//! The language server reports the same codes, texts and places as `check`, for every small library of
//! `tests/problems/` and every example of `casebook explain`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    thread,
    time::Duration,
};

use casebook::{
    lsp::{
        diagnostics::DiagnosticForm,
        library::{self, LibraryChange, ReadingOptions},
        text::Encoding,
    },
    problem::FilePath,
    problem::report::{Report, locate::locate},
    problem::{Code, Severity, code::Example},
    site::fault::template_problems_by_kind,
    source,
};
use crossbeam_channel::unbounded;
use jiff::civil::Date;
use serde_json::{Value, json};

use self::client::Client;
use crate::{
    commands::write,
    library::{NEEDED, edition, site},
    problems,
};

mod actions;
mod client;
mod commands;
mod completion;
mod panics;
mod program;
mod rename;
mod shutdown;

/// A library on the disk, with the files that every library needs.
fn on_disk(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in NEEDED.iter().chain(files) {
        write(folder.path(), path, text);
    }
    folder
}

/// A problem: file, line, column, and the level, code and message.
type Line = (String, u64, u64, String);

/// The problems that `check` reports.
fn by_check(root: &Path) -> BTreeSet<Line> {
    let project = source::read(root).unwrap();
    let made = site(&project, &edition());
    let mut found = made.problems;
    if !project.theme_files().is_empty() {
        found.extend(template_problems_by_kind(&made.value));
    }
    let report: Report = locate(found, &made.value.library.config.checks, |path| project.bytes(path));
    let line = |problem: &casebook::problem::report::Reported| {
        let level = if problem.severity == Severity::Error { "error" } else { "warning" };
        let help = problem.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
        let what = format!("{level}[{}]: {}{help}", problem.code, problem.message);
        (problem.place.file.to_string(), problem.place.line as u64, problem.place.column as u64, what)
    };
    report.problems.iter().map(line).collect()
}

fn day() -> Option<Date> {
    "2026-11-22".parse().ok()
}

/// The problems that the language server reports.
fn by_server(root: &Path) -> BTreeSet<Line> {
    let client = Client::start(root);
    let text = fs::read_to_string(root.join("casebook.yaml")).unwrap_or_default();
    client.open("casebook.yaml", &text);
    let shown: BTreeMap<String, Vec<Value>> = client.published("casebook.yaml").into_iter().collect();
    let root = client.root.clone();
    client.leave();
    shown.iter().flat_map(|(path, list)| list.iter().map(|one| line(&root, path, one))).collect()
}

fn line(root: &Path, path: &str, diagnostic: &Value) -> Line {
    let start = &diagnostic["range"]["start"];
    let line = start["line"].as_u64().unwrap();
    // In a file that is not text, a column has no meaning.
    let text = fs::read_to_string(root.join(path)).unwrap_or_default().replace("\r\n", "\n");
    let before = text.split('\n').nth(line as usize).unwrap_or_default();
    let bytes = start["character"].as_u64().unwrap() as usize;
    let column = before.get(..bytes).map_or(bytes, |before| before.chars().count());
    let level = if diagnostic["severity"] == 1 { "error" } else { "warning" };
    let what =
        format!("{level}[{}]: {}", diagnostic["code"].as_str().unwrap(), diagnostic["message"].as_str().unwrap());
    (path.to_owned(), line + 1, column as u64 + 1, what)
}

#[test]
fn the_server_reports_what_check_reports() {
    let (mut libraries, mut problems) = (0, 0);
    let mut hold = |name: &str, files: &[(&str, &str)]| {
        let library = on_disk(files);
        let (check, server) = (by_check(library.path()), by_server(library.path()));
        let differ: Vec<&Line> = check.symmetric_difference(&server).collect();
        assert!(differ.is_empty(), "{name}: {differ:#?}");
        libraries += 1;
        problems += check.len();
    };
    for (name, text) in problems::all() {
        let (library, _) = problems::parted(&text);
        hold(&name, &problems::files(library));
    }
    for rule in Code::ALL.iter().map(|code| code.rule()) {
        if let Example::File(path, text) = rule.wrong {
            hold(rule.name, &[(path, text)]);
        }
    }
    assert!(problems > 300, "{problems} problems in {libraries} libraries");
}

#[test]
fn a_file_that_is_not_text_is_reported_and_the_rest_is_checked() {
    let library =
        on_disk(&[("content/cases/b.md", "---\ntitle: B\nsummary: S\ndate: 2026-01-01\nsector: helth\n---\n")]);
    fs::write(library.path().join("content/cases/a.md"), b"---\ntitle: caf\xe9\n---\n").unwrap();
    let said: Vec<String> =
        by_server(library.path()).into_iter().map(|(file, .., what)| format!("{file} {what}")).collect();
    assert!(said.iter().any(|line| line.starts_with("content/cases/a.md error[not-utf8]")), "{said:?}");
    assert!(said.iter().any(|line| line.starts_with("content/cases/b.md error[unknown-term]")), "{said:?}");
}

#[test]
fn two_servers_on_one_library_report_the_same() {
    let library =
        on_disk(&[("content/cases/b.md", "---\ntitle: B\nsummary: S\ndate: 2026-01-01\nsector: helth\n---\n")]);
    let (one, other) = thread::scope(|scope| {
        let ask = || by_server(library.path());
        let (one, other) = (scope.spawn(ask), scope.spawn(ask));
        (one.join().unwrap(), other.join().unwrap())
    });
    assert_eq!(one, other);
    assert!(!one.is_empty());
}

#[test]
fn check_and_the_server_report_nothing_for_a_sound_library() {
    let library = on_disk(&[]);
    assert_eq!(by_check(library.path()), BTreeSet::new());
    assert_eq!(by_server(library.path()), BTreeSet::new());
    let project = source::read(library.path()).unwrap();
    assert!(site(&project, &edition()).problems.is_empty());
}

#[test]
fn an_open_file_that_the_library_does_not_read_has_no_problems() {
    let library = on_disk(&[]);
    let client = Client::start(library.path());
    let faulty = "---\ntitle: [\nsector: helth\n---\n";
    let unread = [
        "README.md",
        "docs/notes.yaml",
        "content/_notes/x.md",
        "content/cases/.draft.md",
        "content/cases/_old/a.md",
        "output/cases/b.md",
    ];
    for path in unread {
        client.open(path, faulty);
        assert_eq!(client.published(path), [], "{path}");
        client.write(path, "Other text");
        assert_eq!(client.published(path), [], "{path}");
    }
    client.open("content/cases/new.md", faulty);
    assert_eq!(client.published("content/cases/new.md").len(), 1);
    client.leave();
}

/// The first problems published after an edit, before the whole library was read, are also the last.
#[test]
fn an_edited_file_has_its_problems_at_once_and_the_library_confirms_them() {
    let sound = "---\ntitle: B\nsummary: S\ndate: 2026-01-01\nsector: health\nrelated: [nobody]\n---\n\
        ## Words\n\nThey met.\n";
    let vocabulary = "label: Tier\nterms:\n  - { id: unitary, label: Unitary }\n";
    let case = "content/cases/b.md";
    let library = on_disk(&[
        (
            "content/cases/a.md",
            "---\ntitle: A\nsummary: S\ndate: 2026-01-01\nsector: health\n---\n## Words\n\nThey met.\n",
        ),
        (case, sound),
        ("content/vocabularies/tier.yaml", vocabulary),
    ]);
    let client = Client::start(library.path());
    client.open(case, sound);
    client.open("content/vocabularies/tier.yaml", vocabulary);
    client.published(case);
    let check = |path: &str, before: &str, (old, new): (&str, &str), codes: &[&str]| {
        client.write(path, &before.replacen(old, new, 1));
        let said: Vec<Vec<Value>> =
            client.published(path).into_iter().filter(|(file, _)| file == path).map(|(_, list)| list).collect();
        assert_eq!(said.len(), 1, "{new}: {said:#?}");
        let found: Vec<&str> = said[0].iter().map(|problem| problem["code"].as_str().unwrap()).collect();
        assert_eq!(found, codes, "{new}");
        client.write(path, before);
        client.published(path);
    };
    let in_case = |now: (&str, &str), codes: &[&str]| check(case, sound, now, codes);
    in_case(("health", "helth"), &["unknown-term", "unknown-case"]);
    in_case(("sector: health", "statsu: draft"), &["missing-field", "unknown-field", "unknown-case"]);
    in_case(("related: [nobody]", "status: draft\nreview_by: soon\nrelated: [nobody]"), &["bad-date", "unknown-case"]);
    in_case(("They met.", "[A](a.md#word) and [C](c.md)."), &["unknown-case", "broken-anchor", "broken-link"]);
    in_case(
        ("They met.", "The CQVX met. See [above](#word)."),
        &["unknown-case", "undefined-acronym", "broken-anchor"],
    );
    in_case(("2026-01-01", "2926-01-01"), &["doubtful-value", "unknown-case"]);
    check(
        "content/vocabularies/tier.yaml",
        vocabulary,
        ("Unitary }", "Unitary }\n  - { id: second, label: Unitary }"),
        &["duplicate-term"],
    );
    client.leave();
}

#[test]
fn a_choice_of_another_theme_shows_the_errors_of_its_templates() {
    let broken = ("themes/broken/case.html", "{{ no_such_value }}");
    let library = on_disk(&[
        ("content/cases/a.md", &crate::library::case("Text.\n")),
        broken,
        ("themes/sound/assets/theme.css", "body { margin: 0 }"),
        ("casebook.yaml", "title: Test\ntheme: sound\n"),
    ]);
    let client = Client::start(library.path());
    client.open("casebook.yaml", "title: Test\ntheme: sound\n");
    let codes = || {
        let published = client.published("casebook.yaml").into_iter().rfind(|(path, _)| path == broken.0);
        published.map(|(_, problems)| problems.iter().map(|problem| problem["code"].clone()).collect::<Vec<_>>())
    };
    assert_eq!(codes(), None);
    client.write("casebook.yaml", "title: Test\ntheme: broken\n");
    assert_eq!(codes(), Some(vec![Value::from("template")]));
    client.write("casebook.yaml", "title: Test\ntheme: sound\n");
    assert_eq!(codes(), Some(Vec::new()));
    client.leave();
}

#[test]
fn edits_out_of_order_and_a_deleted_library_are_logged() {
    let sound = "---\ntitle: B\nsummary: S\ndate: 2026-01-01\nsector: health\n---\n## Words\n\nThey met.\n";
    let case = "content/cases/b.md";
    let library = on_disk(&[(case, sound)]);
    let client = Client::start(library.path());
    let check = |expected: &str| {
        let logged = client.logged(case);
        assert!(logged.len() == 1 && logged[0].contains(expected), "{expected}: {logged:?}");
    };
    client.open(case, sound);
    client.published(case);
    client.write("content/cases/c.md", "Words.");
    check("was edited without being opened");
    client.version.set(-7);
    client.write(case, &sound.replace("health", "helth"));
    check("version -6");
    client.write(case, &sound.replace("health", "heelth"));
    let said = client.published(case);
    assert!(said[0].1[0]["message"].as_str().unwrap().starts_with("\"heelth\" is not a sector"), "{said:?}");
    fs::remove_dir_all(&client.root).unwrap();
    let changes = json!([{ "uri": client.uri("casebook.yaml"), "type": 3 }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    check("going on with what was read before");
    client.write(case, sound);
    assert_eq!(client.published(case), [(case.to_owned(), Vec::new())]);
    client.leave();
}

#[test]
fn a_library_that_could_not_be_read_is_read_again_at_the_next_change() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap().join("library");
    let form = DiagnosticForm { encoding: Encoding::Utf8, explained_at: None };
    let options = ReadingOptions { today: day, form };
    let ((changes, to_do), (made, readings)) = (unbounded(), unbounded());
    thread::scope(|scope| {
        scope.spawn(|| library::run(&root, &options, &to_do, |reading| made.send(reading).unwrap(), |_| ()));
        let reading = || readings.recv_timeout(Duration::from_secs(60)).unwrap();
        assert!(reading().state.is_none(), "there is no library yet");
        for (path, text) in NEEDED.iter().chain(&[("content/cases/a.md", crate::library::case("Text.\n").as_str())]) {
            write(&root, path, text);
        }
        let page = FilePath::new("content/pages/b.md");
        changes.send(LibraryChange::Text(page, Some(b"---\ntitle: B\n---\nText.\n".as_slice().into()))).unwrap();
        drop(changes);
        let state = reading().state.expect("the library is there now");
        assert_eq!((state.documents().cases.len(), state.documents().pages.len()), (1, 1));
    });
}

#[test]
fn nothing_is_renamed_in_a_library_that_could_not_be_read() {
    let case = crate::library::case("Text.\n");
    let path = "content/cases/a.md";
    let library = on_disk(&[(path, &case)]);
    let client = Client::start(library.path());
    client.open(path, &case);
    client.published(path);
    fs::remove_dir_all(&client.root).unwrap();
    let changes = json!([{ "uri": client.uri("casebook.yaml"), "type": 3 }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    let mut params = client.at(path, &case, "health");
    params["newName"] = "care".into();
    let told = client.refusal("textDocument/rename", params);
    assert!(told.starts_with("the library could not be read as it is now"), "{told}");
    client.leave();
}
