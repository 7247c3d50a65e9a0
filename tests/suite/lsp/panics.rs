//! A panic in a thread of the language server is logged or answered, and the server goes on.

use std::{
    cell::{Cell, RefCell},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use casebook::{
    lsp::{
        diagnostics::DiagnosticForm,
        library::{self, LibraryChange, Reading, ReadingOptions},
        open_file::{IncomingChange, follow},
        text::Encoding,
    },
    problem::FilePath,
};
use crossbeam_channel::unbounded;
use jiff::civil::Date;
use serde_json::json;

use super::{client::Client, day, on_disk};

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
fn a_panic_in_a_request_is_answered_with_an_error() {
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
    let (_, no_changes) = unbounded();
    let take = |made: Reading| drop(state.replace(made.state));
    let options = ReadingOptions { today: day, form: form.clone() };
    library::run(folder.path(), &options, &no_changes, take, |line| panic!("{line}"));
    let state = state.take();

    let ((edits, edited), (changes, to_do)) = (unbounded(), unbounded());
    let ((log, logged), read) = (unbounded(), Cell::new(0));
    thread::scope(|scope| {
        let edit = |text: &str| {
            let change = LibraryChange::Text(case.clone(), Some(text.as_bytes().into()));
            IncomingChange { change, state: state.clone() }
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
        follow(&edited, &changes, &form, found, |line| log.send(line).unwrap());
    });
    assert_eq!((read.get(), to_do.len()), (2, 2));
}
