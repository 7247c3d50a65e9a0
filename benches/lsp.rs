//! How long an editor waits for the language server.
//!
//! `cargo bench --bench lsp` makes libraries of 1,000 and 10,000 cases, starts the release binary's language server,
//! and prints medians of forty in milliseconds: from a key stroke to the problems of the open file, and to a problem
//! that it makes in another file; a completion; and a key stroke while a rename of a term in every case is being
//! answered. Beside them, the time to the first problems and the memory. `cargo bench --bench lsp -- 300` takes other
//! sizes; CASEBOOK may name another binary.

// This bench does not use the functions that change a library.
#[allow(dead_code)]
mod synthetic;

use std::{
    fs,
    io::BufReader,
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};

const RUNS: usize = 40;
/// Longer than all work after a key stroke takes.
const REST: Duration = Duration::from_millis(700);

fn main() {
    println!("threads {}, medians of {RUNS}, milliseconds\n", thread::available_parallelism().map_or(1, usize::from));
    synthetic::sizes().into_iter().for_each(measure);
}

fn measure(cases: usize) {
    let folder = tempfile::tempdir().expect("a folder to work in");
    let root = folder.path().canonicalize().expect("it is there").join("library");
    synthetic::write(&root, cases);
    // A case with an error, so that there are problems from the start.
    fs::write(root.join("content/cases/wrong.md"), "---\ntitle: Wrong\n---\nWords.\n").expect("a writable disk");
    let start = Instant::now();
    let mut client = Client::start(&root);
    client.problems_of("content/cases/wrong.md", |found| !found.is_empty());
    println!("{cases} cases: start to first problems {:.0}", milliseconds(start.elapsed()));

    let (open, other) = ("content/cases/01/case-00001.md", "content/cases/02/case-00002.md");
    let text = fs::read_to_string(root.join(open)).expect("a case");
    let title_of_other = fs::read_to_string(root.join(other)).expect("a case");
    let title_of_other = title_of_other.lines().find(|line| line.starts_with("title: ")).expect("a title").to_owned();
    client.open(open, &text);
    let wrong = text.replacen("sector: [local-government,", "sector: [local-governmet,", 1);
    let own_title = text.lines().find(|line| line.starts_with("title: ")).expect("a title");
    let same_title = text.replacen(own_title, &title_of_other, 1);

    let toggled = |client: &mut Client, edited: &str, file: &str| {
        let mut times = Vec::new();
        for run in 0..RUNS {
            thread::sleep(REST);
            let (now, is_wrong) = if run % 2 == 0 { (edited, true) } else { (text.as_str(), false) };
            let typed = Instant::now();
            client.write(open, now);
            client.problems_of(file, |found| found.is_empty() != is_wrong);
            times.push(milliseconds(typed.elapsed()));
        }
        times
    };
    print_median("a key stroke to problems of the open file", toggled(&mut client, &wrong, open));
    print_median("a key stroke to problems of another file", toggled(&mut client, &same_title, other));
    let position = json!({ "line": 4, "character": 9 });
    let times = (0..RUNS).map(|_| {
        let asked = Instant::now();
        let id = client.ask("textDocument/completion", json!({ "position": position }), open);
        client.answer(id);
        milliseconds(asked.elapsed())
    });
    print_median("a completion", times.collect());
    let mut times = Vec::new();
    for run in 0..RUNS / 4 {
        thread::sleep(REST);
        let renamed = client.ask("textDocument/rename", json!({ "position": position, "newName": "councils" }), open);
        let (now, is_wrong) = if run % 2 == 0 { (wrong.as_str(), true) } else { (text.as_str(), false) };
        let typed = Instant::now();
        client.write(open, now);
        client.problems_of(open, |found| found.is_empty() != is_wrong);
        times.push(milliseconds(typed.elapsed()));
        client.answer(renamed);
    }
    print_median("a key stroke while a term is being renamed", times);
    println!("  memory {} MB\n", client.memory());
    client.child.kill().expect("it runs");
    client.child.wait().expect("it ends");
}

/// Prints the median of some times, the shortest and the longest.
fn print_median(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let (first, most) = (times[0], times[times.len() - 1]);
    println!("  {what:48} {:.1} (from {first:.1} to {most:.1})", times[times.len() / 2]);
}

/// A client of the language server.
struct Client {
    child: Child,
    input: ChildStdin,
    said: Receiver<Message>,
    /// Messages that were read before they were asked for.
    kept: Vec<Message>,
    root: String,
    asked: i32,
}

impl Client {
    fn start(root: &Path) -> Client {
        let binary = std::env::var("CASEBOOK").unwrap_or_else(|_| env!("CARGO_BIN_EXE_casebook").to_owned());
        let mut command = Command::new(binary);
        let mut child =
            command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the binary runs");
        let mut output = BufReader::new(child.stdout.take().expect("it is piped"));
        let (say, said) = channel();
        thread::spawn(move || {
            while let Ok(Some(message)) = Message::read(&mut output) {
                if say.send(message).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take().expect("it is piped");
        let root = format!("file://{}", root.display());
        let mut client = Client { child, input, said, kept: Vec::new(), root, asked: 0 };
        let params = json!({ "capabilities": {}, "rootUri": client.root });
        let id = client.request("initialize", params);
        client.answer(id);
        client.notify("initialized", json!({}));
        client
    }

    fn uri(&self, path: &str) -> String {
        format!("{}/{path}", self.root)
    }

    fn open(&mut self, path: &str, text: &str) {
        let document = json!({ "uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn write(&mut self, path: &str, text: &str) {
        let document = json!({ "uri": self.uri(path), "version": 2 });
        let params = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
        self.notify("textDocument/didChange", params);
    }

    fn ask(&mut self, method: &str, mut params: Value, path: &str) -> i32 {
        params["textDocument"] = json!({ "uri": self.uri(path) });
        self.request(method, params)
    }

    fn request(&mut self, method: &str, params: Value) -> i32 {
        self.asked += 1;
        let request = Request::new(self.asked.into(), method.to_owned(), params);
        Message::from(request).write(&mut self.input).expect("it listens");
        self.asked
    }

    fn notify(&mut self, method: &str, params: Value) {
        let notification = Notification::new(method.to_owned(), params);
        Message::from(notification).write(&mut self.input).expect("it listens");
    }

    /// Waits for the response to a request.
    fn answer(&mut self, id: i32) {
        let is_it = |message: &Message| matches!(message, Message::Response(answer) if answer.id == id.into());
        if !self.kept.iter().any(is_it) {
            while !is_it(&self.said.recv().expect("it answers")) {}
        }
        self.kept.clear();
    }

    /// Waits until the problems of a file satisfy a condition.
    fn problems_of(&mut self, path: &str, are_so: impl Fn(&[Value]) -> bool) {
        let uri = self.uri(path);
        loop {
            let message = self.said.recv_timeout(Duration::from_secs(30)).expect("it says what is wrong");
            if let Message::Notification(told) = &message
                && told.method == "textDocument/publishDiagnostics"
                && told.params["uri"] == uri
                && are_so(told.params["diagnostics"].as_array().expect("a list"))
            {
                return;
            }
            if matches!(message, Message::Response(_)) {
                self.kept.push(message);
            }
        }
    }

    /// The memory of the server, in megabytes.
    fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or(0) / 1_000
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
