//! A client asks the server to shut down while requests have no response yet.

use std::collections::BTreeMap;

use lsp_server::ErrorCode;
use serde_json::{Value, json};

use super::{client::Client, on_disk, program::Program};
use crate::library::case;

const METHODS: [&str; 4] =
    ["textDocument/hover", "textDocument/completion", "textDocument/definition", "textDocument/documentSymbol"];

/// Two hundred requests: the id of each, its method and its parameters.
fn requests(uri: &impl serde::Serialize) -> impl Iterator<Item = (i32, &'static str, Value)> {
    let params = json!({ "textDocument": { "uri": uri }, "position": { "line": 4, "character": 10 } });
    METHODS.into_iter().cycle().take(200).zip(100..).map(move |(method, id)| (id, method, params.clone()))
}

#[test]
fn requests_before_a_shutdown_have_one_response_each_and_those_after_it_are_refused() {
    let library = on_disk(&[]);
    let client = Client::start(library.path());
    client.open("content/cases/a.md", &case("Words.\n"));
    let uri = client.uri("content/cases/a.md");
    requests(&uri).for_each(|(id, method, params)| client.ask(id, method, params));
    client.ask(3, "shutdown", Value::Null);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    client.ask(4, "textDocument/hover", Value::Null);
    client.notify("exit", Value::Null);
    let responses = client.last_responses();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for response in &responses {
        *counts.entry(response.id.to_string()).or_default() += 1;
        let error = response.response_result.as_ref().err().map(|error| error.code);
        let expected = if response.id == 4.into() { ErrorCode::InvalidRequest } else { ErrorCode::RequestCanceled };
        assert!(error.is_none_or(|code| code == expected as i32), "{response:?}");
    }
    let ids: Vec<String> = [1, 3, 4].into_iter().chain(100..300).map(|id: i32| id.to_string()).collect();
    assert_eq!(counts, ids.into_iter().map(|id| (id, 1)).collect());
    let place = |id: i32| responses.iter().position(|response| response.id == id.into());
    assert_eq!(place(3), Some(201), "what came before is answered before");
}

#[test]
fn requests_that_the_library_can_answer_are_answered_before_a_shutdown() {
    let library = on_disk(&[]);
    let client = Client::start(library.path());
    client.open("content/cases/a.md", &case("Words.\n"));
    // Waits until the library was read.
    client.notifications("content/cases/a.md");
    let uri = client.uri("content/cases/a.md");
    requests(&uri).for_each(|(id, method, params)| client.ask(id, method, params));
    client.ask(3, "shutdown", Value::Null);
    client.notify("exit", Value::Null);
    let responses = client.last_responses();
    assert_eq!(responses.len(), 201);
    assert!(responses.iter().all(|response| response.response_result.is_ok()), "{responses:?}");
}

#[test]
fn the_program_writes_every_response_before_it_ends() {
    let library = on_disk(&[("content/cases/a.md", case("Words.\n").as_str())]);
    let root = url::Url::from_file_path(library.path()).unwrap();
    let mut program = Program::start(library.path());
    let ask = |program: &mut Program, id: i32, method: &str, params: Value| {
        program.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string());
    };
    ask(&mut program, 1, "initialize", json!({ "capabilities": {}, "rootUri": root }));
    program.send(r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#);
    let uri = format!("{root}/content/cases/a.md");
    let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": case("Words.\n") });
    let open = json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document } });
    program.send(&open.to_string());
    requests(&uri).for_each(|(id, method, params)| ask(&mut program, id, method, params));
    ask(&mut program, 3, "shutdown", Value::Null);
    program.send(r#"{"jsonrpc":"2.0","method":"exit"}"#);
    let mut ids = program.ids_until_it_ends();
    ids.sort_unstable();
    assert_eq!(ids, [1, 3].into_iter().chain(100..300).collect::<Vec<i64>>());
}
