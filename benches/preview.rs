//! How long after a save the new page is served, and what else an editor waits for.
//!
//! `cargo bench --bench preview` makes libraries of 1,000 and 10,000 cases, starts the release binary's preview, saves a case
//! twenty times with another sentence, with another title and with another term, and asks for its page until what was written
//! is there. It prints medians of twenty in milliseconds, the longest answer met while pages were being made, the start, and the
//! memory at first, after those saves, and after a thousand edits more. `cargo bench --bench preview -- 300` takes other sizes.

mod synthetic;

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

const RUNS: usize = 20;
/// The edits over which memory should stay as it is.
const MANY: usize = 1_000;

fn main() {
    println!("threads {}, medians of {RUNS}, milliseconds\n", thread::available_parallelism().map_or(1, usize::from));
    synthetic::sizes().into_iter().for_each(measure);
}

fn measure(cases: usize) {
    let folder = tempfile::tempdir().expect("a folder to work in");
    let root = folder.path().join("library");
    synthetic::write(&root, cases);
    let start = Instant::now();
    let (mut child, port) = serve(&root);
    let first = until(port, "/cases/case-00000/", "<article");
    let started = start.elapsed();
    let before = memory(&child);

    let mut longest = first;
    println!("{cases} cases: start to first page {:.0}", milliseconds(started));
    for (name, kind, first) in
        [("a sentence", Save::Sentence, 0), ("a title", Save::Title, RUNS), ("a term", Save::Term, 2 * RUNS)]
    {
        let mut saves: Vec<f64> = (0..RUNS)
            .map(|run| {
                // The saves of an editor are apart; without this a save would wait for the look that follows the one before.
                thread::sleep(Duration::from_millis(600));
                let saved = Instant::now();
                longest = longest.max(save(kind, &root, port, run, first + run));
                milliseconds(saved.elapsed())
            })
            .collect();
        saves.sort_by(f64::total_cmp);
        let (median, most) = (saves[RUNS / 2], saves[RUNS - 1]);
        println!("  save of {name} to new page {median:.0} (from {:.0} to {most:.0})", saves[0]);
    }
    let after = memory(&child);
    for edit in 0..MANY {
        let kind = if edit % 2 == 0 { Save::Sentence } else { Save::Title };
        longest = longest.max(save(kind, &root, port, edit % cases, 3 * RUNS + edit));
    }
    println!("  longest answer {:.0}", milliseconds(longest));
    println!(
        "  memory {before} MB at first, {after} MB after {} saves, {} MB after {MANY} more\n",
        3 * RUNS,
        memory(&child)
    );
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}

/// What is saved.
#[derive(Clone, Copy)]
enum Save {
    Sentence,
    Title,
    Term,
}

/// Saves a case and asks for its page until it shows. Gives the longest time that one answer took.
fn save(kind: Save, root: &Path, port: u16, case: usize, number: usize) -> Duration {
    let written = format!("Save {number} of many");
    synthetic::rewrite(root, case, |text| match kind {
        Save::Sentence => format!("{text}\n{written}.\n"),
        Save::Title => {
            let after = text.split_once("\ntitle: ").and_then(|(_, rest)| rest.split_once('\n')).expect("a title").1;
            format!("---\ntitle: {written}\n{after}")
        }
        Save::Term => {
            let (before, rest) = text.split_once("\ntier: ").expect("a tier");
            let (tier, after) = rest.split_once('\n').expect("front matter ends");
            let other = if tier == "county" { "unitary" } else { "county" };
            format!("{before}\ntier: {other}\n{after}\n{written}.\n")
        }
    });
    until(port, &format!("/cases/case-{case:05}/"), &written)
}

/// The preview, and the port that it took.
fn serve(root: &Path) -> (Child, u16) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.args(["serve", "--port", "0", "--root"]).arg(root).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the release binary runs");
    let mut lines = BufReader::new(child.stdout.take().expect("it is piped"));
    let mut line = String::new();
    lines.read_line(&mut line).expect("text");
    let port =
        line.trim().trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok()).expect("an address");
    thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
    (child, port)
}

/// Asks for a page until it has these words; gives the longest time that one answer took.
fn until(port: u16, path: &str, words: &str) -> Duration {
    let mut longest = Duration::ZERO;
    loop {
        let asked = Instant::now();
        let page = get(port, path);
        longest = longest.max(asked.elapsed());
        if page.contains(words) {
            return longest;
        }
        thread::sleep(Duration::from_millis(1));
    }
}

fn get(port: u16, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the preview is open");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("it listens");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("text");
    answer
}

/// The memory that a process holds, in megabytes.
fn memory(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or(0) / 1_000
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
