//! The cost of a search for a reader: requests, bytes and milliseconds, in a browser.
//!
//! `cargo bench --bench search` makes libraries of 1,000 and 10,000 cases, builds them with the release binary, serves
//! them from memory, with ranges of files as most hosts do, and runs queries on the published module in Chromium, with
//! a pause after each, as a reader would. Each run starts with an empty cache. The browser is not instrumented, since
//! that would cost more than what is measured. Prints medians, also with 50 milliseconds added to each response.
//! `CHROMIUM` may name the browser; `cargo bench --bench search -- 300` takes other sizes.

// This bench does not use the functions that change a library.
#[allow(dead_code)]
mod synthetic;

use std::{
    collections::HashMap,
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    ops::Range,
    path::Path,
    process::{Command, Stdio},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

use libdeflater::{CompressionLvl, Compressor};
use serde_json::{Value, json};
use walkdir::WalkDir;

const RUNS: usize = 7;
/// The delay of each response from a distant host.
const FAR: Duration = Duration::from_millis(50);
/// The time limit of a run.
const PATIENCE: Duration = Duration::from_secs(60);

/// The page that searches. Before each query it tells the host to reset its counters.
const PAGE: &str = "<!doctype html><title>Questions</title><script type=module src=/-asks.js></script>";
const ASKS: &str = r#"
const pause = (time) => new Promise((done) => setTimeout(done, time));
const questions = await (await fetch("/-questions")).json();
const times = [];
let library;
for (const question of questions) {
  await pause(300);
  await fetch("/-account");
  await pause(100);
  const start = performance.now();
  library ??= await (await import("/search/search.js")).openLibrary();
  const found = await library.search({ ...question, limit: 10 });
  if (!found.results.length) throw new Error("nothing found");
  times.push(performance.now() - start);
}
await fetch("/-times", { method: "POST", body: JSON.stringify(times) });
"#;

/// The queries, in order. Most of their words are in about half of the cases.
fn questions() -> [(&'static str, Value); 8] {
    [
        ("first, three words", json!({ "text": "mabra stabra fabra " })),
        ("second, two words", json!({ "text": "cabra habra " })),
        ("a filter ticked", json!({ "text": "cabra habra ", "filters": { "sector": ["health"] } })),
        ("another ticked", json!({ "text": "cabra habra ", "filters": { "sector": ["health", "housing"] } })),
        ("two mistyped words", json!({ "text": "pbara dbara " })),
        ("half a word", json!({ "text": "stou" })),
        ("a phrase", json!({ "text": "\"sibra bebra\"" })),
        ("with a common word", json!({ "text": "\"habra da\"" })),
    ]
}

fn main() {
    println!("threads {}, medians of {RUNS}\n", thread::available_parallelism().map_or(1, usize::from));
    synthetic::sizes().into_iter().for_each(measure);
}

fn measure(cases: usize) {
    let folder = tempfile::tempdir().expect("a folder to work in");
    let root = folder.path().join("library");
    synthetic::write(&root, cases);
    let mut build = Command::new(env!("CARGO_BIN_EXE_casebook"));
    build.args(["build", "--quiet", "--date", "2026-11-22", "--root"]).arg(&root);
    assert!(build.status().expect("the program runs").success());
    let files = Arc::new(packed(&root.join("output")));
    let near: Vec<Vec<Asked>> = (0..RUNS).map(|_| run(&files, Duration::ZERO)).collect();
    let far: Vec<Vec<Asked>> = (0..RUNS).map(|_| run(&files, FAR)).collect();
    println!("{cases} cases          requests    kB    ms  ms if far");
    for (n, (name, _)) in questions().iter().enumerate() {
        let Asked { requests, bytes, .. } = near[0][n];
        let median = |runs: &[Vec<Asked>]| {
            let mut times: Vec<f64> = runs.iter().map(|run| run[n].time).collect();
            times.sort_by(f64::total_cmp);
            times[RUNS / 2]
        };
        let (kilobytes, near, far) = (bytes as f64 / 1000.0, median(&near), median(&far));
        println!("  {name:<20} {requests:>5} {kilobytes:>7.1} {near:>5.0} {far:>8.0}");
    }
    println!();
}

/// A file in the form in which a host sends it.
struct File {
    kind: &'static str,
    is_packed: bool,
    bytes: Vec<u8>,
}

/// The files of a site by address, with scripts and JSON compressed, as hosts do.
fn packed(output: &Path) -> HashMap<String, File> {
    let mut compressor = Compressor::new(CompressionLvl::new(9).expect("a level"));
    let mut file = |path: &Path| {
        let bytes = fs::read(path).expect("a file of the site");
        let kind = match path.extension().and_then(|extension| extension.to_str()) {
            Some("js") => "text/javascript",
            Some("json") => "application/json",
            _ => return File { kind: "application/octet-stream", is_packed: false, bytes },
        };
        let mut room = vec![0; compressor.gzip_compress_bound(bytes.len())];
        let length = compressor.gzip_compress(&bytes, &mut room).expect("there is room");
        room.truncate(length);
        File { kind, is_packed: true, bytes: room }
    };
    let found = WalkDir::new(output.join("search")).into_iter().map(|entry| entry.expect("a readable folder"));
    found
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let address = entry.path().strip_prefix(output).expect("it is below").to_string_lossy().into_owned();
            (format!("/{address}"), file(entry.path()))
        })
        .collect()
}

/// A query: the requests for it, and the milliseconds to its response.
#[derive(Clone, Copy, Default)]
struct Asked {
    requests: usize,
    bytes: usize,
    time: f64,
}

/// A host for one run.
struct Host {
    files: Arc<HashMap<String, File>>,
    delay: Duration,
    accounts: Mutex<Vec<Asked>>,
    times: mpsc::Sender<Vec<f64>>,
}

/// Runs the queries in a browser with an empty cache.
fn run(files: &Arc<HashMap<String, File>>, delay: Duration) -> Vec<Asked> {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("an address"));
    let (times, told) = mpsc::channel();
    let host = Arc::new(Host { files: files.clone(), delay, accounts: Mutex::default(), times });
    let serving = host.clone();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let host = serving.clone();
            thread::spawn(move || while host.answer(&stream).is_some() {});
        }
    });
    let profile = tempfile::tempdir().expect("a folder to work in");
    let browser = env::var("CHROMIUM").unwrap_or("chromium".to_owned());
    let mut browser = Command::new(&browser)
        .args(["--headless", "--no-sandbox", "--disable-quic", "--disable-background-networking"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(address)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|_| {
            panic!("no {browser}: install Chromium (apt-get install chromium), or name it in CHROMIUM")
        });
    let told = told.recv_timeout(PATIENCE);
    browser.kill().expect("it runs");
    browser.wait().expect("it ends");
    let accounts = host.accounts.lock().expect("no thread failed").clone();
    let times = told.expect("the page answers: do all questions find something?");
    accounts.into_iter().zip(times).map(|(asked, time)| Asked { time, ..asked }).collect()
}

impl Host {
    /// Serves one request; none at the end of the connection.
    fn answer(&self, mut stream: &TcpStream) -> Option<()> {
        let mut reader = BufReader::new(stream);
        let mut first = String::new();
        reader.read_line(&mut first).ok().filter(|&length| length > 0)?;
        let mut length = 0;
        let mut range = None;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            if line.trim().is_empty() {
                break;
            }
            let line = line.to_lowercase();
            if let Some(given) = line.strip_prefix("content-length:") {
                length = given.trim().parse().ok()?;
            } else if let Some((from, to)) = line.strip_prefix("range: bytes=").and_then(|given| given.split_once('-'))
            {
                range = Some(from.parse().ok()?..to.trim().parse::<usize>().ok()? + 1);
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let is_part = range.is_some();
        let (kind, is_packed, bytes) = self.content(first.split(' ').nth(1)?, range, &body);
        let status = match kind {
            "" => "404 Not Found",
            _ if is_part => "206 Partial Content",
            _ => "200 OK",
        };
        let coding = if is_packed { "content-encoding: gzip\r\n" } else { "" };
        let policy = "content-security-policy: default-src 'self'\r\ncache-control: no-cache\r\n";
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\n{coding}{policy}content-length: {}\r\n\r\n",
            bytes.len()
        );
        stream.write_all(&[head.as_bytes(), &bytes].concat()).ok()
    }

    /// The file at an address, or a range of it: its media type, or an empty one; whether it is compressed; its bytes.
    fn content(&self, address: &str, range: Option<Range<usize>>, body: &[u8]) -> (&'static str, bool, Vec<u8>) {
        let questions = || json!(questions().map(|(_, question)| question)).to_string();
        match address {
            "/" => ("text/html", false, PAGE.into()),
            "/-asks.js" => ("text/javascript", false, ASKS.into()),
            "/-questions" => ("application/json", false, questions().into()),
            "/-account" => {
                self.accounts.lock().expect("no thread failed").push(Asked::default());
                ("text/plain", false, Vec::new())
            }
            "/-times" => {
                self.times.send(serde_json::from_slice(body).expect("numbers")).expect("someone waits");
                ("text/plain", false, Vec::new())
            }
            address => {
                let Some(File { kind, is_packed, bytes }) = self.files.get(address) else {
                    return ("", false, Vec::new());
                };
                thread::sleep(self.delay);
                let bytes = range.map_or(bytes.as_slice(), |range| &bytes[range]);
                if let Some(asked) = self.accounts.lock().expect("no thread failed").last_mut() {
                    asked.requests += 1;
                    asked.bytes += bytes.len();
                }
                (kind, *is_packed, bytes.to_vec())
            }
        }
    }
}
