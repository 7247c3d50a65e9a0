//! A client of a language server that runs in this process.

use std::{
    cell::Cell,
    cmp::Reverse,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use casebook::lsp::{
    self, ClientLeft,
    text::{Encoding, LineIndex, edited},
};
use jiff::civil::Date;
use lsp_server::{Connection, Message, Notification, Request, Response};
use lsp_types::{TextDocumentContentChangeEvent, TextEdit};
use serde_json::{Value, json};

use super::day;

/// A client of a language server that runs in this process.
pub struct Client {
    connection: Connection,
    serving: thread::JoinHandle<ClientLeft>,
    pub root: PathBuf,
    /// The version of the text that was sent last.
    pub version: Cell<i32>,
}

impl Client {
    pub fn start(root: &Path) -> Client {
        Client::start_on(root, day)
    }

    /// Starts a server that takes the day from a function.
    pub fn start_on(root: &Path, today: fn() -> Option<Date>) -> Client {
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

    pub fn uri(&self, path: &str) -> lsp_types::Url {
        lsp_types::Url::from_file_path(self.root.join(path)).unwrap()
    }

    pub fn ask(&self, id: i32, method: &str, params: Value) {
        self.connection.sender.send(Request::new(id.into(), method.to_owned(), params).into()).unwrap();
    }

    pub fn notify(&self, method: &str, params: Value) {
        self.connection.sender.send(Notification::new(method.to_owned(), params).into()).unwrap();
    }

    pub fn open(&self, path: &str, text: &str) {
        let document = json!({ "uri": self.uri(path), "languageId": "", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub fn write(&self, path: &str, text: &str) {
        self.version.set(self.version.get() + 1);
        let document = json!({ "uri": self.uri(path), "version": self.version.get() });
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
        );
    }

    /// All notifications until everything that was sent has been handled.
    pub fn notifications(&self, open: &str) -> Vec<Notification> {
        self.ask(2, "textDocument/documentSymbol", json!({ "textDocument": { "uri": self.uri(open) } }));
        let is_end = |message: &Message| matches!(message, Message::Response(answer) if answer.id == 2.into());
        let next = || self.connection.receiver.recv_timeout(Duration::from_secs(60)).expect("the server answers");
        let messages = std::iter::repeat_with(next).take_while(|message| !is_end(message));
        messages.filter_map(|one| if let Message::Notification(sent) = one { Some(sent) } else { None }).collect()
    }

    /// The published problems among them, with their files, in order.
    pub fn published(&self, open: &str) -> Vec<(String, Vec<Value>)> {
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
    pub fn logged(&self, open: &str) -> Vec<String> {
        let sent = self.notifications(open).into_iter().filter(|sent| sent.method == "window/logMessage");
        sent.map(|sent| sent.params["message"].as_str().unwrap().to_owned()).collect()
    }

    /// The next request of a method that the server sends.
    pub fn request(&self, method: &str) -> Request {
        loop {
            let message = self.connection.receiver.recv_timeout(Duration::from_secs(60)).expect("the server asks");
            match message {
                Message::Request(request) if request.method == method => return request,
                _ => {}
            }
        }
    }

    /// The response to a request.
    pub fn response(&self, id: i32) -> Response {
        loop {
            let message = self.connection.receiver.recv_timeout(Duration::from_secs(60)).expect("the server answers");
            match message {
                Message::Response(response) if response.id == id.into() => return response,
                _ => {}
            }
        }
    }

    /// The result of a request.
    pub fn result(&self, method: &str, params: Value) -> Value {
        self.ask(4, method, params);
        self.response(4).response_result.unwrap_or_else(|error| panic!("{method}: {}", error.message))
    }

    /// The reason why a request is refused.
    pub fn refusal(&self, method: &str, params: Value) -> String {
        self.ask(4, method, params);
        self.response(4).response_result.expect_err(method).message
    }

    /// The parameters of a request about the place where a text begins in an open file.
    pub fn at(&self, path: &str, text: &str, begins: &str) -> Value {
        let place = LineIndex::new(text, Encoding::Utf8).position(text.find(begins).expect("the text is in the file"));
        json!({ "textDocument": { "uri": self.uri(path) }, "position": place })
    }

    /// The text of a file after a workspace edit.
    pub fn after(&self, path: &str, text: &str, edit: &Value) -> String {
        let edits = edit["changes"][self.uri(path).as_str()].as_array().cloned().unwrap_or_default();
        let mut edits: Vec<TextEdit> = serde_json::from_value(edits.into()).unwrap();
        // Later edits first, so that the places of the earlier ones stay true.
        edits.sort_by_key(|edit| Reverse(edit.range.start));
        let change = |edit: TextEdit| TextDocumentContentChangeEvent {
            range: Some(edit.range),
            range_length: None,
            text: edit.new_text,
        };
        edited(text.to_owned(), &edits.into_iter().map(change).collect::<Vec<_>>(), Encoding::Utf8)
    }

    /// Every response until the server has left, which the client has asked it to.
    pub fn last_responses(self) -> Vec<Response> {
        self.serving.join().unwrap();
        let messages = self.connection.receiver.try_iter();
        messages.filter_map(|one| if let Message::Response(response) = one { Some(response) } else { None }).collect()
    }

    pub fn leave(self) {
        self.ask(3, "shutdown", Value::Null);
        self.notify("exit", Value::Null);
        drop(self.connection);
        self.serving.join().unwrap();
    }
}
