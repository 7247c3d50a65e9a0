//! The preview's server, over real sockets and real files: what it responds, and to whom.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::library::{NEEDED, case};

/// How long to wait for the preview on a slow machine. It is reached only when something is wrong.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A library on the disk, with its preview running.
pub struct Preview {
    /// The library.
    pub folder: TempDir,
    child: Child,
    port: u16,
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A response: the status, the headers in lower case, and the body.
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body without the overlay.
    pub fn published(self) -> Vec<u8> {
        let at = |mark: &[u8]| self.body.windows(mark.len()).rposition(|window| window == mark);
        match at(b"<aside id=\"casebook-preview\"").zip(at(b"</body>")) {
            Some((start, end)) => [&self.body[..start], &self.body[end..]].concat(),
            None => self.body,
        }
    }
}

pub fn write(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// Starts a preview with these extra arguments, and waits until it is ready.
pub fn preview(files: &[(&str, &str)], words: &[&str]) -> Preview {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in NEEDED.iter().chain(files) {
        write(folder.path(), path, text);
    }
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("casebook"));
    command
        .current_dir(folder.path())
        .env("SOURCE_DATE_EPOCH", "1795305600")
        .args(["serve", "--port", "0"])
        .args(words);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    let port = line
        .rsplit(':')
        .next()
        .unwrap()
        .trim()
        .trim_end_matches('/')
        .parse()
        .unwrap_or_else(|_| panic!("no port in {line:?}"));
    // Read and drop later output, so that the process never blocks on it.
    std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
    Preview { folder, child, port }
}

impl Preview {
    fn ask(&self, line: &str, headers: &str) -> Reply {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "{line} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Reply { status, head, body: bytes[end + 4..].to_vec() }
    }

    pub fn get(&self, path: &str) -> Reply {
        self.ask(&format!("GET {path}"), "Host: localhost\r\n")
    }

    pub fn write(&self, path: &str, text: &str) {
        write(self.folder.path(), path, text);
    }

    /// Repeats a request until the response is right, up to a limit.
    #[track_caller]
    fn until(&self, path: &str, is_right: impl Fn(&Reply) -> bool) {
        let end = Instant::now() + PATIENCE;
        loop {
            let reply = self.get(path);
            if is_right(&reply) {
                return;
            }
            assert!(Instant::now() < end, "{path} is still {} {}", reply.status, reply.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[track_caller]
    fn shows(&self, path: &str, words: &str) {
        self.until(path, |reply| reply.status == 200 && reply.text().contains(words));
    }

    #[track_caller]
    fn lacks(&self, path: &str) {
        self.until(path, |reply| reply.status == 404);
    }
}

#[test]
fn responses_are_those_of_a_host() {
    let text = case("![P](p.png)\n\n[Film](f.mp4)\n\n[Nothing](empty.mp3)\n\n[Long](long.mp4)\n");
    let long = "0123456789".repeat(20_000);
    let files = [
        ("content/cases/a.md", text.as_str()),
        ("content/cases/p.png", "PNG"),
        ("content/cases/f.mp4", "0123456789"),
        ("content/cases/empty.mp3", ""),
        ("content/cases/long.mp4", long.as_str()),
    ];
    let preview = preview(&files, &[]);
    let page = preview.get("/cases/a/");
    assert_eq!(page.status, 200);
    assert!(
        page.head.contains("content-type: text/html; charset=utf-8") && page.head.contains("cache-control: no-store")
    );
    assert!(page.text().contains("src=\"/_casebook/preview.js\"") && page.text().trim_end().ends_with("</html>"));
    let head = preview.ask("HEAD /cases/a/", "Host: localhost\r\n");
    assert!(
        head.body.is_empty() && head.head.contains(&format!("content-length: {}", page.body.len())),
        "{}",
        head.head
    );
    let missing = preview.get("/nowhere/");
    assert!(missing.status == 404 && missing.text().contains("Page not found") && missing.head.contains("text/html"));
    for (path, kind) in [
        ("/cases/p.png", "image/png"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/_casebook/preview.js", "text/javascript"),
        ("/_casebook/preview.css", "text/css"),
        ("/_headers", "text/plain"),
        ("/cases/f.mp4", "video/mp4"),
    ] {
        let reply = preview.get(path);
        assert!(reply.status == 200 && reply.head.contains(&format!("content-type: {kind}")), "{path}: {}", reply.head);
    }
    let part = preview.ask("GET /cases/f.mp4", "Host: localhost\r\nRange: bytes=2-4\r\n");
    assert_eq!((part.status, part.text().as_str()), (206, "234"));
    assert!(part.head.contains("content-range: bytes 2-4/10"));
    let end = preview.ask("GET /cases/f.mp4", "Host: localhost\r\nRange: bytes=-3\r\n");
    assert_eq!((end.status, end.text().as_str()), (206, "789"));
    assert_eq!(preview.ask("GET /cases/f.mp4", "Host: localhost\r\nRange: bytes=20-30\r\n").status, 416);
    assert_eq!(preview.ask("GET /cases/empty.mp3", "Host: localhost\r\nRange: bytes=0-\r\n").status, 416);
    assert_eq!(preview.ask("GET /cases/empty.mp3", "Host: localhost\r\n").status, 200);
    // It is sent in several pieces.
    assert!(preview.get("/cases/long.mp4").text() == long);
    let across = preview.ask("GET /cases/long.mp4", "Host: localhost\r\nRange: bytes=65530-131079\r\n");
    assert!(across.status == 206 && across.text() == long[65_530..131_080]);
    assert_eq!(preview.ask("POST /", "Host: localhost\r\nContent-Length: 0\r\n").status, 405);
    assert!(!preview.folder.path().join("output").exists());
}

#[test]
fn other_host_names_are_refused_and_no_path_leaves_the_site() {
    let preview = preview(&[("content/cases/a.md", &case("Secret draft.\n"))], &["--allow-host", "studio.example"]);
    for (headers, status) in [
        ("Host: evil.example\r\n", 403),
        ("", 403),
        ("Host: localhost.evil.example:4000\r\n", 403),
        ("Host: studio.example\r\n", 200),
        ("Host: 127.0.0.1:1234\r\n", 200),
        ("Host: [::1]\r\n", 200),
    ] {
        let reply = preview.ask("GET /cases/a/", headers);
        // A request without a host is refused by HTTP/1.1 itself.
        assert!(reply.status == status || headers.is_empty() && reply.status == 400, "{headers}: {}", reply.head);
        assert_eq!(reply.text().contains("Secret"), status == 200);
    }
    assert_eq!(preview.ask("GET http://evil.example/cases/a/", "Host: localhost\r\n").status, 403);
    for path in [
        "/../casebook.yaml",
        "/%2e%2e/casebook.yaml",
        "/..%2fcasebook.yaml",
        "/%5c..%5ccasebook.yaml",
        "//etc/passwd",
        "/etc/passwd",
    ] {
        let reply = preview.get(path);
        assert!(matches!(reply.status, 400 | 404) && !reply.text().contains("title: Test"), "{path}: {}", reply.head);
    }
}

#[test]
fn idle_connections_do_not_block_others() {
    let preview = preview(&[("content/cases/a.md", &case("Text.\n"))], &[]);
    let half = |_| {
        let mut stream = TcpStream::connect(("127.0.0.1", preview.port)).unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: local").unwrap();
        stream
    };
    let _held: Vec<TcpStream> = (0..300).map(half).collect();
    assert_eq!(preview.get("/cases/a/").status, 200);
}

#[test]
fn the_preview_follows_a_copy_that_replaces_the_library() {
    let preview = preview(&[("content/cases/a.md", &case("First.\n"))], &[]);
    let root = preview.folder.path();
    let old = root.with_extension("old");
    preview.shows("/cases/a/", "First.");
    fs::rename(root, &old).unwrap();
    for (path, text) in NEEDED {
        write(root, path, text);
    }
    preview.write("content/cases/a.md", &case("Second.\n"));
    preview.shows("/cases/a/", "Second.");
    preview.write("content/cases/a.md", &case("Third.\n"));
    preview.shows("/cases/a/", "Third.");
    fs::remove_dir_all(old).unwrap();
}

#[test]
fn a_port_in_use_is_refused_with_the_way_out() {
    let first = preview(&[], &[]);
    let output = Command::new(assert_cmd::cargo::cargo_bin("casebook"))
        .current_dir(first.folder.path())
        .args(["serve", "--port", &first.port.to_string()])
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{err}");
    assert!(err.contains(&format!("127.0.0.1:{}", first.port)) && err.contains("choose another with --port"), "{err}");
}

/// Makes every kind of change to files, each with the result that must be shown.
fn every_change_is_seen(words: &[&str]) {
    let preview = preview(&[("content/cases/a.md", &case("First.\n"))], words);
    changes_of_cases(&preview);
    changes_of_shared_files(&preview);
    moves_of_whole_folders(&preview);
}

fn changes_of_cases(preview: &Preview) {
    let root = preview.folder.path();
    let cases = root.join("content/cases");
    preview.write("content/cases/a.md", &case("Second.\n"));
    preview.shows("/cases/a/", "Second.");
    // An atomic save: a new file renamed over the old one. Swap files come and go.
    preview.write("content/cases/.a.md.swp", "swap");
    preview.write("content/cases/4913", "");
    preview.write("content/cases/a.md~", "backup");
    preview.write("content/cases/a.md.tmp", &case("Third.\n"));
    fs::rename(cases.join("a.md.tmp"), cases.join("a.md")).unwrap();
    preview.shows("/cases/a/", "Third.");
    fs::rename(cases.join("a.md"), cases.join("b.md")).unwrap();
    preview.shows("/cases/b/", "Third.");
    preview.lacks("/cases/a/");
    fs::create_dir_all(cases.join("x/y/z")).unwrap();
    preview.write("content/cases/x/y/z/c.md", &case("Nested.\n"));
    preview.shows("/cases/c/", "Nested.");
    preview.write("content/cases/x/y/z/c.md", &case("Nested again.\n"));
    preview.shows("/cases/c/", "Nested again.");
    fs::create_dir_all(cases.join("folder")).unwrap();
    preview.write("content/cases/folder/index.md", &case("Named by its folder.\n"));
    preview.shows("/cases/folder/", "Named by its folder.");
    fs::rename(cases.join("folder"), cases.join("renamed")).unwrap();
    preview.shows("/cases/renamed/", "Named by its folder.");
    preview.lacks("/cases/folder/");
    preview.write("content/cases/renamed/index.md", &case("Edited after.\n"));
    preview.shows("/cases/renamed/", "Edited after.");
    // Moved out of the library and back.
    fs::rename(cases.join("x"), root.join("x")).unwrap();
    preview.lacks("/cases/c/");
    fs::rename(root.join("x"), cases.join("x")).unwrap();
    preview.shows("/cases/c/", "Nested again.");
    fs::remove_file(cases.join("b.md")).unwrap();
    preview.lacks("/cases/b/");
    fs::remove_dir_all(cases.join("x")).unwrap();
    preview.lacks("/cases/c/");
}

fn changes_of_shared_files(preview: &Preview) {
    preview.write("casebook.yaml", "title: Renamed library\ntheme: mine\n");
    preview.write("themes/mine/footer.html", "<footer>A new foot</footer>");
    preview.shows("/", "A new foot");
    preview.shows("/", "Renamed library");
    preview.write("content/vocabularies/tier.yaml", "label: Layer\nterms: []\n");
    preview.shows("/tier/", "Layer");
    preview.write("content/glossary.yaml", "- { term: PCT, full: primary care trust }\n");
    preview.shows("/glossary/", "primary care trust");
    preview.write("content/cases/e.md", &case("![P](p.png)\n"));
    preview.write("content/cases/p.png", "one");
    preview.shows("/cases/p.png", "one");
    preview.write("content/cases/p.png", "two");
    preview.shows("/cases/p.png", "two");
}

fn moves_of_whole_folders(preview: &Preview) {
    let root = preview.folder.path();
    let cases = root.join("content/cases");
    preview.write("content/cases/e.md", &case("![P](p.png)\n"));
    preview.shows("/cases/e/", "<img");
    fs::rename(&cases, root.join("gone")).unwrap();
    preview.lacks("/cases/e/");
    fs::rename(root.join("gone"), &cases).unwrap();
    preview.shows("/cases/e/", "<img");
    // The whole content folder, moved away and back, is still watched. While it is away, the last state stays.
    fs::rename(root.join("content"), root.join("gone")).unwrap();
    preview.shows("/cases/e/", "hold back every page");
    fs::rename(root.join("gone"), root.join("content")).unwrap();
    preview.until("/cases/e/", |reply| reply.status == 200 && !reply.text().contains("hold back every page"));
    preview.write("content/cases/e.md", &case("Still seen.\n"));
    preview.shows("/cases/e/", "Still seen.");
}

#[test]
fn every_change_is_seen_by_events() {
    every_change_is_seen(&[]);
}

#[test]
fn every_change_is_seen_by_polling() {
    every_change_is_seen(&["--poll"]);
}

#[test]
fn five_hundred_changed_files_give_one_or_two_states() {
    let preview = preview(&[], &[]);
    let storm = |words: &str| {
        let start = Instant::now();
        for n in 0..500 {
            preview.write(&format!("content/cases/c{n}.md"), &case(&format!("{words} {n}.\n")));
        }
        preview.shows("/cases/c0/", words);
        preview.shows("/cases/c499/", words);
        start.elapsed()
    };
    // On a busy machine the writing, or what the preview hears of it, may pause for longer than the debounce; then more
    // than one update is sent.
    let whiles = [storm("Once"), storm("Again")].map(|took| 2 + took.as_millis() / 250).iter().sum::<u128>();
    let number = moment(&preview.get("/").text());
    assert!(u128::from(number) <= 1 + whiles, "{number} moments for two storms");
}

/// The number of the state that a page shows.
fn moment(page: &str) -> u64 {
    let at = page.split("data-at=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a moment");
    at.rsplit('-').next().unwrap().parse().unwrap()
}

#[test]
fn problems_are_shown_on_the_page_and_escaped() {
    let text = case("Text.\n").replace("sector: health", "sector: \"<script>alert(1)</script>\"");
    let preview = preview(&[("content/cases/a.md", &text), ("content/cases/b.md", &case("B.\n"))], &[]);
    let page = preview.get("/cases/a/").text();
    assert!(page.contains("<h1>This page cannot be shown yet</h1>") && !page.contains("Text."), "{page}");
    let overlay = page.split("<aside id=\"casebook-preview\"").nth(1).expect("an overlay");
    assert!(overlay.contains("aria-expanded=\"true\"") && overlay.contains("content/cases/a.md:5:"), "{overlay}");
    assert!(!overlay.contains("<script>alert") && overlay.contains("&lt;script&gt;alert"), "{overlay}");
    let other = preview.get("/cases/b/").text();
    let overlay = other.split("<aside id=\"casebook-preview\"").nth(1).expect("an overlay");
    assert!(
        !overlay.contains("aria-expanded=\"true\"") && overlay.contains("<strong>1 error</strong> elsewhere"),
        "{overlay}"
    );
    preview.write("content/cases/a.md", &case("Fixed.\n"));
    preview.until("/cases/a/", |reply| reply.text().contains("Fixed.") && !reply.text().contains("1 error"));
}
