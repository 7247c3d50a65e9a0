//! Random edits and random requests at the same time, over real files and real sockets, for fifteen seconds or for
//! SOAK_SECONDS. No existing page is ever missing or incomplete, and at the end every page equals that of a build.

use std::{
    fs,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use casebook::{
    site::Content,
    source::{Snapshot, read_again, read_file},
};

use crate::{
    preview::drafts,
    preview_server::{PATIENCE, Preview, preview},
};

/// The duration of the test.
fn duration() -> Duration {
    let seconds = std::env::var("SOAK_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(seconds.unwrap_or(15))
}

/// Cases that are edited and never removed.
const STAYING: usize = 12;
/// Cases that are added and removed.
const PASSING: usize = 6;

/// A random number generator with a fixed seed.
struct Numbers(u64);

impl Numbers {
    /// The next number, below a limit.
    fn below(&mut self, limit: usize) -> usize {
        // xorshift64, by Marsaglia.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % limit
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const TITLES: [&str; 6] = ["Alpha", "Beta", "\u{c9}a", "One", "Zeta", "Beta too"];
const SECTORS: [&str; 5] = ["health", "police", "[health, police]", "local-government", "[police, local-government]"];
const SOUND: &str = "title: A library\nbase_url: https://example.org/\ntheme: mine\nper_page: 3\n";

fn staying(n: usize) -> String {
    format!("content/cases/stay{n}.md")
}

fn passing(numbers: &mut Numbers) -> String {
    format!("content/cases/x{}.md", numbers.below(PASSING))
}

fn text(numbers: &mut Numbers) -> String {
    let (title, sector) = (numbers.one_of(&TITLES), numbers.one_of(&SECTORS));
    let (day, linked) = (1 + numbers.below(3), numbers.below(STAYING));
    format!(
        "---\ntitle: {title}\nsummary: What happened.\ndate: 2026-01-0{day}\nsector: {sector}\ntier: unitary\n\
         barrier: [{{ term: political, what: Rows }}]\nplace: Torbay\nrelated: [stay0]\n---\n## One\n\n\
         See [another](stay{linked}.md#one).\n"
    )
}

/// An editor: the library, and the file to repair before the end.
struct Editor<'a> {
    preview: &'a Preview,
    numbers: Numbers,
    /// A broken file, with its text before.
    broken: Option<(String, String)>,
}

impl Editor<'_> {
    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.preview.folder.path().join(path)).unwrap_or_default()
    }

    /// Sets a key in a case's front matter.
    fn set_key(&self, path: &str, key: &str, value: &str) {
        let is_it = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'));
        let text = self.read(path);
        let lines =
            text.lines().map(|line| if is_it(line) { format!("{key}: {value}\n") } else { format!("{line}\n") });
        self.preview.write(path, &lines.collect::<String>());
    }

    fn repair(&mut self) {
        if let Some((path, text)) = self.broken.take() {
            self.preview.write(&path, &text);
        }
    }

    /// Breaks a file's YAML until the next edit.
    fn break_one(&mut self, path: &str) {
        self.broken = Some((path.to_owned(), self.read(path)));
        self.preview.write(path, "---\ntitle: [\n");
    }

    fn edit(&mut self, count: usize) {
        self.repair();
        let own = staying(self.numbers.below(STAYING));
        let other = passing(&mut self.numbers);
        let (title, sector) = (self.numbers.one_of(&TITLES), self.numbers.one_of(&SECTORS));
        let root = self.preview.folder.path();
        match self.numbers.below(14) {
            0 | 1 => self.preview.write(&own, &format!("{}\nSentence {count}.\n", self.read(&own))),
            2 | 3 => self.set_key(&own, "title", &format!("{title} {count}")),
            4 => self.set_key(&own, "sector", sector),
            5 => self.set_key(&own, "barrier", &format!("[{{ term: resource, what: Money {count} }}]")),
            6 => {
                let label = self.numbers.one_of(&["Tier", "Layer"]);
                let terms = "terms: [{ id: unitary, label: Unitary }, { id: county, label: County }]\n";
                self.preview.write("content/vocabularies/tier.yaml", &format!("label: {label}\n{terms}"));
            }
            7 => self.preview.write("casebook.yaml", &SOUND.replace("A library", &format!("Library {count}"))),
            8 => self.preview.write(&other, &text(&mut self.numbers)),
            9 => fs::remove_file(root.join(other)).unwrap_or_default(),
            10 => fs::rename(root.join(other), root.join(passing(&mut self.numbers))).unwrap_or_default(),
            11 => self.break_one(&own),
            12 => self.break_one("casebook.yaml"),
            _ => {
                // An atomic save, as editors make it.
                self.preview.write("content/cases/.aside", &text(&mut self.numbers));
                fs::rename(root.join("content/cases/.aside"), root.join(own)).unwrap();
            }
        }
    }
}

/// Requests a page that always exists.
fn ask(preview: &Preview, numbers: &mut Numbers) {
    const PAGES: [&str; 9] = ["", "cases/", "drafts/", "sector/health/", "places/", "a-z/", "map/", "data/", "tier/"];
    let path = match numbers.below(2) {
        0 => format!("/{}", numbers.one_of(&PAGES)),
        _ => format!("/cases/stay{}/", numbers.below(STAYING)),
    };
    let reply = preview.get(&path);
    assert_eq!(reply.status, 200, "{path}");
    let whole = format!("content-length: {}\r\n", reply.body.len());
    assert!(reply.head.contains(&whole) && reply.text().trim_end().ends_with("</html>"), "{path}: {}", reply.head);
}

/// The first address where the preview differs from a build, if there is one.
fn differs(preview: &Preview) -> Option<String> {
    let root = preview.folder.path();
    let project = read_again(root, &Snapshot::default(), |_| false).unwrap().project;
    let made = crate::library::site(&project, &drafts());
    assert!(!made.problems.iter().any(|problem| problem.severity == casebook::problem::Severity::Error));
    let site = made.value;
    let differs = site.routes().find(|(address, route)| {
        let published = match site.render(address, route).unwrap() {
            Content::Bytes(bytes) => bytes,
            Content::File(file) => read_file(root, &file).unwrap(),
        };
        preview.get(&site.href(address)).published() != published
    });
    differs.map(|(address, _)| address.to_string())
}

/// Waits until every page is right, up to a limit.
#[track_caller]
fn settles(preview: &Preview) {
    let patience = Instant::now() + PATIENCE;
    while let Some(address) = differs(preview) {
        assert!(Instant::now() < patience, "{address} is not what a build publishes");
    }
}

#[test]
fn no_page_is_lost_under_random_edits_and_requests() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let cases: Vec<(String, String)> = (0..STAYING).map(|n| (staying(n), text(&mut numbers))).collect();
    let mut files: Vec<(&str, &str)> = cases.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.extend([("casebook.yaml", SOUND), ("themes/mine/footer.html", "<footer>Mine</footer>")]);
    files.push(("content/pages/about.md", "---\ntitle: About\nnav: 1\n---\nWe.\n"));
    let preview = preview(&files, &[]);
    let end = Instant::now() + duration();
    let asked = AtomicUsize::new(0);
    let mut edits = 0;
    let mut editor = Editor { preview: &preview, numbers, broken: None };
    thread::scope(|scope| {
        for seed in [1, 2] {
            let (preview, asked) = (&preview, &asked);
            scope.spawn(move || {
                let mut numbers = Numbers(seed);
                while Instant::now() < end {
                    ask(preview, &mut numbers);
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        while Instant::now() < end {
            editor.edit(edits);
            edits += 1;
            // Several edits in quick succession, or edits with a pause.
            for _ in 0..editor.numbers.below(12) {
                ask(&preview, &mut editor.numbers);
            }
        }
    });
    editor.repair();
    println!("{edits} edits, {} requests beside them", asked.into_inner());
    settles(&preview);
    editor.set_key(&staying(0), "title", "Alpha at last");
    settles(&preview);
}
