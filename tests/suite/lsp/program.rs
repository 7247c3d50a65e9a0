//! `casebook lsp` as an editor runs it, on standard input and output.

use std::{path::Path, thread, time::Duration};

use crossbeam_channel::unbounded;
use lsp_server::Message;
use serde_json::{Value, json};

use super::on_disk;

/// The program itself, with an editor at its standard input and output.
pub struct Program {
    process: std::process::Child,
    read: crossbeam_channel::Receiver<Value>,
}

impl Program {
    pub fn start(root: &Path) -> Program {
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

    pub fn send(&mut self, text: &str) {
        let framed = format!("Content-Length: {}\r\n\r\n{text}", text.len());
        std::io::Write::write_all(self.process.stdin.as_mut().unwrap(), framed.as_bytes()).unwrap();
    }

    /// Waits for a message of this method.
    fn wait_for(&self, method: &str) -> Value {
        let next = || self.read.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|_| panic!("no {method}"));
        std::iter::repeat_with(next).find(|message| message["method"] == method).unwrap()
    }

    /// The id of every response until the program ends.
    pub fn ids_until_it_ends(self) -> Vec<i64> {
        let next = || self.read.recv_timeout(Duration::from_secs(60));
        let ids = std::iter::from_fn(|| next().ok()).filter_map(|message| message["id"].as_i64()).collect();
        assert_eq!(self.ends_with(), Some(0));
        ids
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
fn a_program_whose_editor_leaves_without_shutting_it_down_ends_with_an_error() {
    let library = on_disk(&[]);
    let mut program = Program::start(library.path());
    program.send(r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#);
    program.send(r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#);
    program.send(r#"{"jsonrpc":"2.0","method":"exit"}"#);
    assert_eq!(program.ends_with(), Some(1));
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
    let shown = program.wait_for("window/showDocument");
    // The response crosses the request to end.
    program.send(r#"{"jsonrpc":"2.0","id":3,"method":"shutdown"}"#);
    program.send(&json!({ "jsonrpc": "2.0", "id": shown["id"], "result": { "success": true } }).to_string());
    program.send(r#"{"jsonrpc":"2.0","method":"exit"}"#);
    assert_eq!(program.ends_with(), Some(0));
}
