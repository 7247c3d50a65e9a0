//! How long after a save the new page is served, and what else an editor waits for.
//!
//! `cargo bench --bench preview` makes libraries of 1,000 and 10,000 cases, starts the release binary's preview, makes
//! twenty edits of each kind (a sentence, a title, a term; a new, a renamed and a deleted case; an entry of the
//! glossary, the label of a vocabulary, the title of the site, the template of lists), waits as a browser does until it
//! hears of the change, and asks for the page. It prints medians of twenty in milliseconds, the longest answer while it
//! asks without a pause during a thousand edits more, the start, and the memory at first, after the first edits, and
//! after those. `cargo bench --bench preview -- 300` takes other sizes.

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
/// The number of edits over which memory should not grow.
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
    let mut longest = until(port, "/cases/case-00000/", "<article");
    let started = start.elapsed();
    let before = memory(&child);

    println!("{cases} cases: start to first page {:.0}", milliseconds(started));
    for (number, (name, edit)) in EDITS.into_iter().enumerate() {
        let mut saves: Vec<f64> = (0..RUNS)
            .map(|run| {
                // People pause between saves. Without a pause, a save would wait for the second look that follows the
                // one before.
                thread::sleep(Duration::from_millis(600));
                let mut events = events(port);
                let (path, words) = made(edit, &root, RUNS * number + run);
                let saved = Instant::now();
                loop {
                    next_event(&mut events);
                    if get(port, &path).contains(&words) {
                        break;
                    }
                }
                milliseconds(saved.elapsed())
            })
            .collect();
        saves.sort_by(f64::total_cmp);
        let (median, most) = (saves[RUNS / 2], saves[RUNS - 1]);
        println!("  {name:24} to page {median:.0} (from {:.0} to {most:.0})", saves[0]);
    }
    let after = memory(&child);
    for edit in 0..MANY {
        let kind = if edit % 2 == 0 { Edit::Sentence } else { Edit::Title };
        let (path, words) = made(kind, &root, EDITS.len() * RUNS + edit);
        longest = longest.max(until(port, &path, &words));
    }
    println!("  longest answer {:.0}", milliseconds(longest));
    println!(
        "  memory {before} MB at first, {after} MB after {} edits, {} MB after {MANY} more\n",
        EDITS.len() * RUNS,
        memory(&child)
    );
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}

/// The kinds of edit.
#[derive(Clone, Copy)]
enum Edit {
    Sentence,
    Title,
    Term,
    NewCase,
    RenamedCase,
    DeletedCase,
    GlossaryEntry,
    VocabularyLabel,
    SiteTitle,
    ListTemplate,
}

const EDITS: [(&str, Edit); 10] = [
    ("a sentence", Edit::Sentence),
    ("a title", Edit::Title),
    ("a term", Edit::Term),
    ("a new case", Edit::NewCase),
    ("a renamed case", Edit::RenamedCase),
    ("a deleted case", Edit::DeletedCase),
    ("an entry of the glossary", Edit::GlossaryEntry),
    ("a label of a vocabulary", Edit::VocabularyLabel),
    ("the title of the site", Edit::SiteTitle),
    ("the template of lists", Edit::ListTemplate),
];

/// Makes an edit. Gives the page that shows it, and the text that proves it.
fn made(edit: Edit, root: &Path, number: usize) -> (String, String) {
    let words = format!("Edit {number} of many");
    match edit {
        Edit::Sentence | Edit::Title | Edit::Term => {
            let case = number % 20;
            synthetic::rewrite(root, case, |text| edited_case(edit, &text, &words));
            (format!("/cases/case-{case:05}/"), words)
        }
        Edit::NewCase | Edit::RenamedCase | Edit::DeletedCase => edit_folder(edit, root, number, words),
        Edit::GlossaryEntry | Edit::VocabularyLabel | Edit::SiteTitle | Edit::ListTemplate => {
            (edit_shared_file(edit, root, number, &words).to_owned(), words)
        }
    }
}

/// The text of a case after an edit.
fn edited_case(edit: Edit, text: &str, words: &str) -> String {
    match edit {
        Edit::Title => {
            let after = text.split_once("\ntitle: ").and_then(|(_, rest)| rest.split_once('\n')).expect("a title").1;
            format!("---\ntitle: {words}\n{after}")
        }
        Edit::Term => {
            let (before, rest) = text.split_once("\ntier: ").expect("a tier");
            let (tier, after) = rest.split_once('\n').expect("front matter ends");
            let other = if tier == "county" { "unitary" } else { "county" };
            format!("{before}\ntier: {other}\n{after}\n{words}.\n")
        }
        _ => format!("{text}\n{words}.\n"),
    }
}

/// Adds, renames or deletes a case. Gives the page that shows it, and the text that proves it.
fn edit_folder(edit: Edit, root: &Path, number: usize, words: String) -> (String, String) {
    let path = |number: usize| root.join(format!("content/cases/new-{number:04}.md"));
    let address = |number: usize| format!("/cases/new-{number:04}/");
    match edit {
        // The twenty new cases of the run before, one by one.
        Edit::RenamedCase => {
            fs::rename(path(number - RUNS), path(number)).expect("a case that was new");
            (address(number), "<article".to_owned())
        }
        Edit::DeletedCase => {
            fs::remove_file(path(number - RUNS)).expect("a case that was renamed");
            (address(number - RUNS), "This page is gone".to_owned())
        }
        _ => {
            let keys = "summary: S.\ndate: 2026-11-21\nsector: [health]\ntier: county";
            fs::write(path(number), format!("---\ntitle: {words}\n{keys}\n---\nWords.\n")).expect("a writable disk");
            (address(number), words)
        }
    }
}

/// Edits a file that many pages share. Gives a page that shows it.
fn edit_shared_file(edit: Edit, root: &Path, number: usize, words: &str) -> &'static str {
    let read = |path: &str| fs::read_to_string(root.join(path)).expect("a file of the library");
    let write = |path: &str, text: String| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a writable disk");
        fs::write(path, text).expect("a writable disk");
    };
    match edit {
        Edit::GlossaryEntry => {
            write("content/glossary.yaml", format!("- {{ term: ZZ{number}, full: {words} }}\n"));
            "/glossary/"
        }
        Edit::VocabularyLabel => {
            let path = "content/vocabularies/tier.yaml";
            let text = read(path);
            let rest = text.split_once('\n').expect("a line with the label").1;
            write(path, format!("label: {words}\n{rest}"));
            "/tier/"
        }
        Edit::ListTemplate => {
            let settings = read("casebook.yaml");
            if !settings.contains("theme: own") {
                write("casebook.yaml", format!("{settings}theme: own\n"));
                thread::sleep(Duration::from_millis(600));
            }
            let list = include_str!("../themes/default/parts/list.html");
            write("themes/own/parts/list.html", format!("{list}<p>{words}</p>\n"));
            "/cases/"
        }
        _ => {
            let text = read("casebook.yaml");
            let rest = text.lines().filter(|line| !line.starts_with("title:")).collect::<Vec<_>>().join("\n");
            write("casebook.yaml", format!("title: {words}\n{rest}\n"));
            "/"
        }
    }
}

/// Starts the preview, and finds its port.
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

/// Requests a page until it contains a text. Gives the longest response time.
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

/// The changes of what is shown, from the next one on.
fn events(port: u16) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the preview is open");
    write!(stream, "GET /_casebook/events HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it listens");
    let mut events = BufReader::new(stream);
    next_event(&mut events);
    events
}

/// Waits for the next change.
fn next_event(events: &mut BufReader<TcpStream>) {
    let mut line = String::new();
    while !line.starts_with("data:") {
        line.clear();
        assert!(events.read_line(&mut line).expect("text") > 0, "the preview goes on");
    }
}

fn get(port: u16, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the preview is open");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("it listens");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("text");
    answer
}

/// The memory of a process, in megabytes.
fn memory(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or(0) / 1_000
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
