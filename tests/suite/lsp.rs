//! The language server says what `check` says: the same codes, texts and places, for every small library of `tests/problems/` and every
//! example of `casebook explain`.

use std::{collections::BTreeSet, fs, path::Path, thread};

use casebook::{
    lsp,
    problem::report::{Report, locate::locate},
    problem::{Code, Severity, code::Example},
    site::fault::template_problems_by_kind,
    source,
};
use lsp_server::{Connection, Message, Notification, Request};
use serde_json::{Value, json};

use crate::{
    commands::write,
    library::{NEEDED, edition, site},
    problems,
};

/// A library on the disk, with the files that every library needs.
fn on_disk(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in NEEDED.iter().chain(files) {
        write(folder.path(), path, text);
    }
    folder
}

/// A problem in a line: where, how bad, which, what.
type Line = (String, u64, u64, String);

/// What `check` says of a library.
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

/// What the language server says of it.
fn by_server(root: &Path) -> BTreeSet<Line> {
    let root = root.canonicalize().unwrap();
    let (server, client) = Connection::memory();
    let serving = thread::spawn(move || lsp::serve(&server, || "2026-11-22".parse().ok()));
    let uri = lsp_types::Url::from_file_path(&root).unwrap();
    let send = |message: Message| client.sender.send(message).unwrap();
    let settings = lsp_types::Url::from_file_path(root.join("casebook.yaml")).unwrap();
    let capabilities = json!({ "general": { "positionEncodings": ["utf-8"] } });
    send(
        Request::new(1.into(), "initialize".to_owned(), json!({ "capabilities": capabilities, "rootUri": uri })).into(),
    );
    send(Notification::new("initialized".to_owned(), json!({})).into());
    let text = fs::read_to_string(root.join("casebook.yaml")).unwrap_or_default();
    let document = json!({ "uri": settings, "languageId": "yaml", "version": 1, "text": text });
    send(Notification::new("textDocument/didOpen".to_owned(), json!({ "textDocument": document })).into());
    // It is answered when everything that was sent before has been looked at.
    let asked = json!({ "textDocument": { "uri": settings } });
    send(Request::new(2.into(), "textDocument/documentSymbol".to_owned(), asked).into());
    let mut shown = std::collections::BTreeMap::new();
    for message in &client.receiver {
        match message {
            Message::Notification(told) if told.method == "textDocument/publishDiagnostics" => {
                let uri: lsp_types::Url = serde_json::from_value(told.params["uri"].clone()).unwrap();
                let path = uri.to_file_path().unwrap().strip_prefix(&root).unwrap().to_string_lossy().into_owned();
                shown.insert(path, told.params["diagnostics"].clone());
            }
            Message::Response(answer) if answer.id == 2.into() => break,
            _ => {}
        }
    }
    send(Request::new(3.into(), "shutdown".to_owned(), Value::Null).into());
    send(Notification::new("exit".to_owned(), Value::Null).into());
    drop(client);
    serving.join().unwrap().unwrap();
    shown.iter().flat_map(|(path, list)| list.as_array().unwrap().iter().map(|one| line(&root, path, one))).collect()
}

fn line(root: &Path, path: &str, diagnostic: &Value) -> Line {
    let start = &diagnostic["range"]["start"];
    let line = start["line"].as_u64().unwrap();
    // Of a file that is no text, nothing says which character a byte is.
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
fn the_server_says_what_check_says() {
    let (mut libraries, mut slips) = (0, 0);
    let mut hold = |name: &str, files: &[(&str, &str)]| {
        let library = on_disk(files);
        let (check, server) = (by_check(library.path()), by_server(library.path()));
        let differ: Vec<&Line> = check.symmetric_difference(&server).collect();
        assert!(differ.is_empty(), "{name}: {differ:#?}");
        libraries += 1;
        slips += check.len();
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
    assert!(slips > 300, "{slips} slips in {libraries} libraries");
}

#[test]
fn a_file_that_is_no_text_is_told_and_the_rest_is_looked_at() {
    let library =
        on_disk(&[("content/cases/b.md", "---\ntitle: B\nsummary: S\ndate: 2026-01-01\nsector: helth\n---\n")]);
    fs::write(library.path().join("content/cases/a.md"), b"---\ntitle: caf\xe9\n---\n").unwrap();
    let said: Vec<String> =
        by_server(library.path()).into_iter().map(|(file, .., what)| format!("{file} {what}")).collect();
    assert!(said.iter().any(|line| line.starts_with("content/cases/a.md error[not-utf8]")), "{said:?}");
    assert!(said.iter().any(|line| line.starts_with("content/cases/b.md error[unknown-term]")), "{said:?}");
}

#[test]
fn two_servers_on_one_library_say_the_same() {
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
fn a_library_without_faults_has_no_problem_in_either() {
    let library = on_disk(&[]);
    assert_eq!(by_check(library.path()), BTreeSet::new());
    assert_eq!(by_server(library.path()), BTreeSet::new());
    let project = source::read(library.path()).unwrap();
    assert!(site(&project, &edition()).problems.is_empty());
}
