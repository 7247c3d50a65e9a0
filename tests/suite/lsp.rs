//! The language server reports the same codes, texts and places as `check`, for every small library of
//! `tests/problems/` and every example of `casebook explain`.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use casebook::{
    lsp::{
        self,
        diagnostics::DiagnosticForm,
        library::{self, Job, Outcome},
        open_file::{Edit, follow},
        text::Encoding,
    },
    problem::report::{Report, locate::locate},
    problem::{Code, FilePath, Severity, code::Example},
    site::fault::template_problems_by_kind,
    source,
};
use crossbeam_channel::unbounded;
use jiff::civil::Date;
use lsp_server::{Connection, Message, Notification, Request, Response};
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

/// A client of a language server that runs in this process.
struct Client {
    connection: Connection,
    serving: thread::JoinHandle<()>,
    root: PathBuf,
    /// The version of the text that was sent last.
    version: Cell<i32>,
}

impl Client {
    fn start(root: &Path) -> Client {
        Client::start_on(root, day)
    }

    /// Starts a server that takes the day from a function.
    fn start_on(root: &Path, today: fn() -> Option<Date>) -> Client {
        let root = root.canonicalize().unwrap();
        let (server, connection) = Connection::memory();
        let serving = thread::spawn(move || lsp::serve(&server, today).unwrap());
        let client = Client { connection, serving, root, version: Cell::new(1) };
        let uri = lsp_types::Url::from_file_path(&client.root).unwrap();
        let capabilities = json!({ "general": { "positionEncodings": ["utf-8"] } });
        client.ask(1, "initialize", json!({ "capabilities": capabilities, "rootUri": uri }));
        client.notify("initialized", json!({}));
        client
    }

    fn uri(&self, path: &str) -> lsp_types::Url {
        lsp_types::Url::from_file_path(self.root.join(path)).unwrap()
    }

    fn ask(&self, id: i32, method: &str, params: Value) {
        self.connection.sender.send(Request::new(id.into(), method.to_owned(), params).into()).unwrap();
    }

    fn notify(&self, method: &str, params: Value) {
        self.connection.sender.send(Notification::new(method.to_owned(), params).into()).unwrap();
    }

    fn open(&self, path: &str, text: &str) {
        let document = json!({ "uri": self.uri(path), "languageId": "", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn write(&self, path: &str, text: &str) {
        self.version.set(self.version.get() + 1);
        let document = json!({ "uri": self.uri(path), "version": self.version.get() });
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
        );
    }

    /// All notifications until everything that was sent has been handled.
    fn notifications(&self, open: &str) -> Vec<Notification> {
        self.ask(2, "textDocument/documentSymbol", json!({ "textDocument": { "uri": self.uri(open) } }));
        let is_end = |message: &Message| matches!(message, Message::Response(answer) if answer.id == 2.into());
        let next = || self.connection.receiver.recv_timeout(Duration::from_secs(60)).expect("the server answers");
        let messages = std::iter::repeat_with(next).take_while(|message| !is_end(message));
        messages.filter_map(|one| if let Message::Notification(sent) = one { Some(sent) } else { None }).collect()
    }

    /// The published problems among them, with their files, in order.
    fn published(&self, open: &str) -> Vec<(String, Vec<Value>)> {
        let sent = self.notifications(open).into_iter().filter(|sent| sent.method == "textDocument/publishDiagnostics");
        sent.map(|sent| {
            let uri: lsp_types::Url = serde_json::from_value(sent.params["uri"].clone()).unwrap();
            let path = uri.to_file_path().unwrap();
            let path = path.strip_prefix(&self.root).unwrap().to_string_lossy().into_owned();
            (path, sent.params["diagnostics"].as_array().unwrap().clone())
        })
        .collect()
    }

    /// The lines of the log among them.
    fn logged(&self, open: &str) -> Vec<String> {
        let sent = self.notifications(open).into_iter().filter(|sent| sent.method == "window/logMessage");
        sent.map(|sent| sent.params["message"].as_str().unwrap().to_owned()).collect()
    }

    /// The response to a request.
    fn response(&self, id: i32) -> Response {
        loop {
            let message = self.connection.receiver.recv_timeout(Duration::from_secs(60)).expect("the server answers");
            match message {
                Message::Response(response) if response.id == id.into() => return response,
                _ => {}
            }
        }
    }

    fn leave(self) {
        self.ask(3, "shutdown", Value::Null);
        self.notify("exit", Value::Null);
        drop(self.connection);
        self.serving.join().unwrap();
    }
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
fn a_library_without_problems_has_none_in_both() {
    let library = on_disk(&[]);
    assert_eq!(by_check(library.path()), BTreeSet::new());
    assert_eq!(by_server(library.path()), BTreeSet::new());
    let project = source::read(library.path()).unwrap();
    assert!(site(&project, &edition()).problems.is_empty());
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
            client.published(path).into_iter().filter(|(of, _)| of == path).map(|(_, list)| list).collect();
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

/// Must the next reading of the library panic?
static PANICS: AtomicBool = AtomicBool::new(false);

fn day_or_panic() -> Option<Date> {
    assert!(!PANICS.load(Ordering::SeqCst), "no day today");
    day()
}

#[test]
fn a_panic_while_the_library_is_read_is_logged_and_the_next_edit_is_checked() {
    let case = "content/cases/b.md";
    let sound = "---\ntitle: B\nsummary: S\ndate: 2026-01-01\nsector: health\n---\n## Words\n\nThey met.\n";
    let library = on_disk(&[(case, sound)]);
    let client = Client::start_on(library.path(), day_or_panic);
    client.open(case, sound);
    assert!(client.published(case).is_empty());

    PANICS.store(true, Ordering::SeqCst);
    client.write(case, &sound.replace("summary: S\n", ""));
    let logged = client.logged(case);
    assert_eq!(logged.len(), 1, "{logged:?}");
    assert!(logged[0].starts_with("the check of the library in ") && logged[0].contains("no day today"), "{logged:?}");

    PANICS.store(false, Ordering::SeqCst);
    client.write(case, &sound.replace("sector: health", "sector: helth\nrelated: [nobody]"));
    let said = client.published(case);
    let codes: Vec<&str> = said.last().unwrap().1.iter().map(|problem| problem["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["unknown-term", "unknown-case"]);
    client.leave();
}

/// Must the start of the preview panic?
static PREVIEW_PANICS: AtomicBool = AtomicBool::new(false);

fn day_or_panic_of_preview() -> Option<Date> {
    assert!(!PREVIEW_PANICS.load(Ordering::SeqCst), "no day today");
    day()
}

#[test]
fn a_panic_while_a_request_is_taken_is_its_answer_and_the_server_goes_on() {
    let case = "content/cases/b.md";
    let sound = "---\ntitle: B\nsummary: S\ndate: 2026-01-01\nsector: health\n---\n## Words\n\nThey met.\n";
    let library = on_disk(&[(case, sound)]);
    let client = Client::start_on(library.path(), day_or_panic_of_preview);
    client.open(case, sound);
    assert!(client.published(case).is_empty());

    PREVIEW_PANICS.store(true, Ordering::SeqCst);
    client.ask(
        7,
        "workspace/executeCommand",
        json!({ "command": "casebook.openPreview", "arguments": [client.uri(case)] }),
    );
    let answer = client.response(7);
    PREVIEW_PANICS.store(false, Ordering::SeqCst);
    let message = answer.response_result.unwrap_err().message;
    assert!(
        message.starts_with("the answer to workspace/executeCommand failed") && message.contains("no day today"),
        "{message}"
    );

    client.write(case, &sound.replace("sector: health", "sector: helth"));
    let said = client.published(case);
    assert_eq!(said.last().unwrap().1[0]["code"], "unknown-term");
    client.leave();
}

#[test]
fn a_panic_while_an_edited_file_is_read_is_logged_and_its_edit_reaches_the_library() {
    let case = FilePath::new("content/cases/b.md");
    let folder = on_disk(&[(case.as_str(), "---\ntitle: B\nsummary: S\ndate: 2026-01-01\nsector: health\n---\n")]);
    let form = DiagnosticForm { encoding: Encoding::Utf8, explained_at: None };
    let state = RefCell::new(None);
    let (_, no_jobs) = unbounded();
    let take = |made: Outcome| drop(state.replace(made.state));
    library::run(folder.path(), (day, &form), &no_jobs, take, |line| panic!("{line}"));
    let state = state.take();

    let ((edits, edited), (jobs, to_do)) = (unbounded(), unbounded());
    let ((log, logged), read) = (unbounded(), Cell::new(0));
    thread::scope(|scope| {
        let edit = |text: &str| {
            let job = Job::Text(case.clone(), Some(text.as_bytes().into()));
            Edit { job, state: state.clone() }
        };
        let (one, two) = (edit("---\ntitle: One\n---\n"), edit("---\ntitle: Two\n---\n"));
        scope.spawn(move || {
            edits.send(one).unwrap();
            let line: String = logged.recv_timeout(Duration::from_secs(60)).unwrap();
            edits.send(two).unwrap();
            assert!(line.contains("content/cases/b.md") && line.contains("the first is too much"), "{line}");
        });
        let found = |_| {
            read.set(read.get() + 1);
            assert!(read.get() > 1, "the first is too much");
        };
        follow(&edited, &jobs, &form, found, |line| log.send(line).unwrap());
    });
    assert_eq!((read.get(), to_do.len()), (2, 2));
}

/// The program itself, with an editor at its standard input and output.
struct Program {
    process: std::process::Child,
    read: crossbeam_channel::Receiver<Value>,
}

impl Program {
    fn start(root: &Path) -> Program {
        let piped = std::process::Stdio::piped;
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("casebook"));
        let mut process = command.arg("lsp").current_dir(root).stdin(piped()).stdout(piped()).spawn().unwrap();
        let mut output = std::io::BufReader::new(process.stdout.take().unwrap());
        let (found, read) = unbounded();
        thread::spawn(move || {
            while let Ok(Some(message)) = Message::read(&mut output) {
                found.send(serde_json::to_value(message).unwrap()).ok();
            }
        });
        Program { process, read }
    }

    fn send(&mut self, text: &str) {
        let framed = format!("Content-Length: {}\r\n\r\n{text}", text.len());
        std::io::Write::write_all(self.process.stdin.as_mut().unwrap(), framed.as_bytes()).unwrap();
    }

    /// Waits for a message of this method.
    fn wait_for(&self, method: &str) -> Value {
        let next = || self.read.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|_| panic!("no {method}"));
        std::iter::repeat_with(next).find(|message| message["method"] == method).unwrap()
    }

    fn ends_with(mut self) -> Option<i32> {
        for _ in 0..600 {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status.code();
            }
            thread::sleep(Duration::from_millis(100));
        }
        self.process.kill().unwrap();
        panic!("the program did not end");
    }
}

#[test]
fn the_program_ends_with_its_editor_while_a_preview_runs_and_bad_messages_do_not_end_it() {
    let library = on_disk(&[]);
    let root = url::Url::from_file_path(library.path()).unwrap();
    let mut program = Program::start(library.path());
    let folder = json!([{ "uri": root, "name": "library" }]);
    let begin = json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {}, "workspaceFolders": folder } });
    program.send(&begin.to_string());
    program.send(r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#);
    program.send("this is no message");
    let logged = program.wait_for("window/logMessage");
    assert!(logged["params"]["message"].as_str().unwrap().contains("could not be understood"), "{logged}");
    // Half of a character, as an editor sends it in UTF-16.
    program.send(&format!(
        r#"{{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{{"textDocument":{{"uri":"{root}/content/cases/new.md","languageId":"markdown","version":1,"text":"\ud834"}}}}}}"#
    ));
    let published = program.wait_for("textDocument/publishDiagnostics");
    assert_eq!(published["params"]["diagnostics"][0]["code"], "no-front-matter", "{published}");
    program.send(r#"{"jsonrpc":"2.0","id":2,"method":"workspace/executeCommand","params":{"command":"casebook.startPreview","arguments":[]}}"#);
    program.wait_for("window/showDocument");
    // The response crosses the request to end.
    program.send(r#"{"jsonrpc":"2.0","id":3,"method":"shutdown"}"#);
    program.send(r#"{"jsonrpc":"2.0","id":"preview","result":{"success":true}}"#);
    program.send(r#"{"jsonrpc":"2.0","method":"exit"}"#);
    assert_eq!(program.ends_with(), Some(0));
}
