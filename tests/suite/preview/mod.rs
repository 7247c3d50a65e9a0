//! The preview shows what a build would publish, after every edit, and responds only to this machine.

mod any_edits;

use std::{collections::BTreeMap, fs, sync::Arc};

use casebook::{
    model::{Address, Edition},
    preview::{
        answer::{Answer, Bytes, answer},
        gaps,
        loaded_library::LoadedLibrary,
        state::PreviewState,
    },
    problem::{
        FilePath, Severity,
        report::{Report, locate::locate},
    },
    site::Content,
    source::{Project, Snapshot, read_again, read_touched},
};
use jiff::civil::{Time, time};

use crate::{
    library::{NEEDED, case, edition, with_needed},
    preview_server::write,
};

/// A time of day.
const AT: Time = time(14, 35, 7, 0);

/// The edition of a preview.
pub fn drafts() -> Edition {
    Edition { with_drafts: true, ..edition() }
}

fn snapshot(files: &BTreeMap<&str, String>) -> Snapshot {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    with_needed(&files).into()
}

/// The content of each address, from a build without earlier states.
fn built(project: &Project, edition: &Edition) -> BTreeMap<String, Content> {
    let site = crate::library::site(project, edition).value;
    site.routes().map(|(address, route)| (address.to_string(), site.render(address, route).expect("a page"))).collect()
}

/// The report of a build.
fn report(project: &Project, edition: &Edition) -> Report {
    let site = crate::library::site(project, edition);
    locate(site.problems, &site.value.library.config.checks, |path| project.bytes(path))
}

/// The content of the preview's response at an address.
fn response(preview: &PreviewState, address: &str) -> Option<Content> {
    let base = &preview.site.library.config.base.path;
    match answer(preview, &Address::parse(address)?.href(base)) {
        Answer::Published(at, Bytes::Made(bytes)) if at.as_str() == address => Some(Content::Bytes(bytes)),
        Answer::Published(at, Bytes::File(file)) if at.as_str() == address => Some(Content::File(file)),
        _ => None,
    }
}

/// A library that is edited in memory.
struct Edits {
    files: BTreeMap<&'static str, String>,
    preview: PreviewState,
}

impl Edits {
    fn new(files: &[(&'static str, &str)]) -> Edits {
        let files: BTreeMap<_, _> = files.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
        let loaded = Arc::new(LoadedLibrary::read(snapshot(&files)));
        Edits { preview: PreviewState::new(loaded, &drafts(), None, &[], AT), files }
    }

    fn write(&mut self, path: &'static str, text: &str) {
        self.files.insert(path, text.to_owned());
        let now = snapshot(&self.files);
        let changes = now.changes_since(&self.preview.loaded.snapshot);
        let loaded = Arc::new(self.preview.loaded.after(now));
        self.preview = PreviewState::new(loaded, &drafts(), Some(&self.preview), &changes, AT);
    }

    /// Compares every response and every problem with those of a build. Nothing may be held back.
    #[track_caller]
    fn is_as_built(&self) {
        let project = self.preview.loaded.project();
        assert_eq!(self.preview.report, report(project, &drafts()));
        for (address, content) in built(project, &drafts()) {
            let is_let_be = self.preview.report.has_errors() || address.starts_with("/search/");
            assert!(is_let_be || response(&self.preview, &address) == Some(content), "{address}");
        }
    }

    /// The page at an address, without the overlay.
    #[track_caller]
    fn page(&self, address: &str) -> String {
        match answer(&self.preview, address) {
            Answer::Published(_, Bytes::Made(bytes)) => String::from_utf8(bytes).unwrap(),
            Answer::Published(_, Bytes::Kept(bytes)) => String::from_utf8(bytes.to_vec()).unwrap(),
            other => panic!("{address} is {other:?}"),
        }
    }
}

#[test]
fn a_link_to_a_heading_is_checked_again_when_the_other_body_is_edited() {
    let linked = case("[To b](b.md#one)\n");
    let mut edits = Edits::new(&[("content/cases/a.md", &linked), ("content/cases/b.md", &case("## One\n\nWords.\n"))]);
    edits.write("content/cases/b.md", &case("More.\n\n## One\n\n*Other* words.\n"));
    assert!(edits.page("/cases/b/").contains("<em>Other</em> words."));
    edits.write("content/cases/b.md", &case("Other words.\n"));
    assert!(edits.preview.report.has_errors(), "a links to a heading that is gone");
    edits.write("content/cases/b.md", &case(""));
    assert!(!edits.preview.report.has_errors(), "b is not written yet, and may have the heading one day");
    edits.write("content/cases/b.md", &case("Words.\n"));
    assert!(edits.preview.report.has_errors(), "b is written, without the heading");
    edits.write("content/cases/b.md", &case("## One\n\nWords.\n"));
    edits.write("content/cases/b.md", &case("## One\n\n[Broken](nowhere.md)\n"));
    assert!(edits.preview.report.has_errors(), "b has a new link");
}

#[test]
fn the_preview_agrees_with_a_build_when_front_matter_moves_cases_and_lists() {
    let text =
        |title: &str, more: &str| format!("---\ntitle: {title}\nsummary: S.\ndate: 2026-01-01\n{more}---\nWords.\n");
    let mut edits = Edits::new(&[
        ("content/cases/a.md", &text("Alpha", "sector: health\naliases: [/sector/local-government/tier/county/]\n")),
        ("content/cases/d.md", &format!("{}\n[Z](/a-z/z/)\n", text("Delta", "sector: health\n"))),
        (
            "content/cases/b.md",
            &text("Beta", "sector: [health, police]\ntier: county\nbarrier: [political, resource]\nrelated: [c, a]\n"),
        ),
        ("content/cases/c.md", &text("Azure", "sector: police\n")),
    ]);
    let mut edit = |path, title: &str, more: &str| {
        edits.write(path, &text(title, more));
        edits.is_as_built();
    };
    edit("content/cases/c.md", "A new name", "sector: police\n"); // another title, before the others
    edit("content/cases/c.md", "A new name", "sector: health\n"); // another term
    edit("content/cases/c.md", "A new name", "sector: police\nbarrier: [{ term: resource, what: W }]\n");
    edit("content/cases/c.md", "A new name", "sector: police\nbarrier: [{ term: resource, what: V }]\n");
    edit("content/cases/c.md", "A new name", "sector: nowhere\nbarrier: resource\n"); // a mistake
    edit("content/cases/c.md", "A newer name", "sector: police\nbarrier: resource\n"); // the mistake corrected
    edit("content/cases/c.md", "Beta too", "sector: police\nbarrier: resource\n"); // another letter
    edit("content/cases/c.md", "Gamma", "sector: police\nbarrier: resource\n"); // the page of a letter comes
    edit("content/cases/c.md", "Gamma", "sector: police\nbarrier: political\n"); // a page of a pair goes
    edit("content/cases/c.md", "Zeta", "sector: police\nbarrier: resource\n"); // the page of a letter comes, to which a case links
    edit("content/cases/b.md", "Beta", "sector: local-government\ntier: county\n"); // a pair at the address of a redirect
    edit("content/cases/b.md", "Beta", "sector: police\nslug: other\n"); // another address
}

#[test]
fn the_preview_agrees_with_a_build_when_a_page_or_the_home_page_is_edited() {
    let text = |title: &str, more: &str| format!("---\ntitle: {title}\n{more}---\n## Who\n\nWords of {title}.\n");
    let mut edits = Edits::new(&[
        ("content/cases/a.md", &case("[About](../pages/about.md#who)\n")),
        ("content/pages/about.md", &text("About", "nav: 1\n")),
        ("content/index.md", "Welcome.\n"),
    ]);
    let mut edit = |path, text: &str| {
        edits.write(path, text);
        edits.is_as_built();
    };
    edit("content/pages/about.md", &text("Us", "nav: 1\n")); // the menu has another title
    edit("content/pages/about.md", &text("Us", "")); // it is no longer in the menu
    edit("content/index.md", "Welcome to one and all, and to the PCT.\n");
    edit("content/index.md", "---\ntitle: Hello\n---\nWelcome.\n");
    edit("content/pages/about.md", "---\ntitle: Us\n---\nNo heading.\n"); // a case links to the heading
    edit("content/pages/about.md", &text("Us", "status: draft\n")); // another state
    edit("content/pages/about.md", &text("Us", "aliases: [/old/]\n")); // another address
}

#[test]
fn a_body_that_continues_with_front_matter_is_reported_until_it_is_corrected() {
    let mut edits = Edits::new(&[("content/cases/a.md", &case("Words.\n")), ("content/cases/b.md", &case("B.\n"))]);
    for body in ["tier: county\n\n---\nWords.\n", "Words.\n"] {
        edits.write("content/cases/a.md", &case(body));
        edits.is_as_built();
    }
}

#[test]
fn a_draft_with_errors_is_shown_as_it_is_from_the_start_and_after_a_good_form() {
    let long = format!("summary: {}", "word ".repeat(80));
    let mistakes = [
        ("summary: ", &*long),
        ("sector: health", "sector: helth"),
        ("date: 2026-01-01", "date: 2026-13-01"),
        ("sector:", "colour: red\nsector:"),
        ("title: A case", "title: [A, case]"),
        ("Words.", "Words.[@nowhere]"),
        ("Words.", "Words. ![](p.png)"),
        ("Words.", "Words. [broken](nowhere.md)"),
        ("Words.", "Words. [broken](#nowhere)"),
        ("Words.", "Words. [unsafe](javascript:alert)"),
    ];
    let good = case("Words.\n").replace("sector:", "status: draft\nsector:");
    for (was, now) in mistakes {
        let wrong = good.replacen(was, now, 1).replace("Words.", "Other words.");
        let mut later = Edits::new(&[("content/cases/a.md", &good), ("content/cases/p.png", "")]);
        later.write("content/cases/a.md", &wrong);
        let at_first = Edits::new(&[("content/cases/a.md", &wrong), ("content/cases/p.png", "")]);
        for edits in [&later, &at_first] {
            assert!(edits.preview.report.has_errors(), "{now}");
            assert!(edits.page("/cases/a/").contains("Other words."), "{now}");
        }
    }
}

#[test]
fn an_error_in_a_case_or_a_draft_that_cannot_be_read_keeps_only_its_page_as_it_was_until_it_is_corrected() {
    let draft = case("First.\n").replace("sector:", "status: draft\nsector:");
    let unreadable = draft.replace("First.", "Second.").replace("title: ", "title: [ ");
    for (good, bad) in [(case("First.\n"), case("Second, [broken](nowhere.md).\n")), (draft, unreadable)] {
        let mut edits = Edits::new(&[("content/cases/a.md", &good), ("content/cases/b.md", &case("B first.\n"))]);
        edits.write("content/cases/a.md", &bad);
        assert!(edits.preview.report.has_errors());
        assert!(edits.page("/cases/a/").contains("First."));
        edits.write("content/cases/b.md", &case("B second.\n"));
        assert!(edits.page("/cases/b/").contains("B second."));
        assert!(edits.page("/cases/a/").contains("First."));
        edits.write("content/cases/a.md", &case("Third.\n"));
        assert!(edits.page("/cases/a/").contains("Third."));
    }
}

#[test]
fn a_case_that_is_broken_while_the_site_is_held_back_keeps_its_last_good_page() {
    let mut edits = Edits::new(&[("content/cases/a.md", &case("First.\n")), ("casebook.yaml", "title: Name\n")]);
    edits.write("casebook.yaml", "title: [\n");
    edits.write("content/cases/a.md", &case("Second, [broken](nowhere.md).\n"));
    assert!(edits.page("/cases/a/").contains("First."));
    edits.write("casebook.yaml", "title: Name\n");
    assert!(edits.page("/cases/a/").contains("First."));
    edits.write("content/cases/a.md", &case("Third.\n"));
    assert!(edits.page("/cases/a/").contains("Third."));
}

#[test]
fn a_case_with_an_error_from_the_start_is_shown_as_unready() {
    let mut edits = Edits::new(&[("content/cases/a.md", &case("[Broken](nowhere.md).\n"))]);
    assert!(matches!(answer(&edits.preview, "/cases/a/"), Answer::Unready(..)));
    edits.write("content/cases/a.md", &case("Mended.\n"));
    assert!(edits.page("/cases/a/").contains("Mended."));
}

#[test]
fn the_fields_of_a_draft_that_was_shortened_while_the_site_is_held_back_are_those_of_the_page() {
    let draft = case("## Challenge\n\nWords.\n").replacen("---\n", "---\nstatus: draft\n", 1);
    let mut edits = Edits::new(&[("content/cases/a.md", &draft), ("casebook.yaml", "title: Name\n")]);
    let fields = |edits: &Edits| {
        let file = FilePath::new("content/cases/a.md");
        gaps::fields(&edits.preview.site.library, edits.preview.made_from.project(), &file)
    };
    let before = fields(&edits);
    assert!(!before.is_empty());
    edits.write("casebook.yaml", "title: [\n");
    edits.write("content/cases/a.md", "");
    assert_eq!(fields(&edits), before);
}

#[test]
fn a_library_below_a_path_with_other_letters_than_ascii_is_served() {
    let edits = Edits::new(&[("casebook.yaml", "title: Name\nbase_url: https://example.org/café/\n")]);
    assert_eq!(answer(&edits.preview, "/"), Answer::Moved("/caf%C3%A9/".to_owned()));
    assert!(edits.page("/caf%C3%A9/").contains("Name"));
    assert!(edits.page("/caf%c3%a9/").contains("Name"));
}

#[test]
fn an_error_in_a_shared_file_keeps_the_whole_site_as_it_was() {
    let mut edits = Edits::new(&[("content/cases/a.md", &case("First.\n")), ("casebook.yaml", "title: Name\n")]);
    edits.write("casebook.yaml", "title: [\n");
    assert!(edits.page("/").contains("Name"));
    edits.write("content/cases/a.md", &case("Second.\n"));
    assert!(edits.page("/cases/a/").contains("First."));
    edits.write("casebook.yaml", "title: Other\n");
    assert!(edits.page("/cases/a/").contains("Second.") && edits.page("/").contains("Other"));
}

#[test]
fn a_template_that_fails_leaves_the_site_as_it_was() {
    let settings = "title: Name\ntheme: mine\n";
    let mut edits = Edits::new(&[("casebook.yaml", settings), ("themes/mine/footer.html", "<footer>Mine</footer>")]);
    assert!(edits.page("/").contains("Mine"));
    edits.write("themes/mine/footer.html", "{{ nothing.of.this }}");
    assert!(edits.preview.report.has_errors());
    assert!(edits.page("/").contains("Mine"));
    edits.write("content/cases/a.md", &case("A.\n"));
    assert!(edits.page("/").contains("Mine"));
    edits.write("themes/mine/footer.html", "<footer>Ours</footer>");
    assert!(edits.page("/").contains("Ours") && edits.page("/cases/a/").contains("Ours"));
}

#[test]
fn no_path_escapes_the_site() {
    let edits = Edits::new(&[("content/cases/a.md", &case("A.\n"))]);
    for path in [
        "/../casebook.yaml",
        "/cases/../../etc/passwd",
        "/%2e%2e/casebook.yaml",
        "/%2e%2e%2fcasebook.yaml",
        "//etc/passwd",
        "/..%5c",
        "/cases/a/..%2f..%2f..%2fcasebook.yaml",
        "/\\etc\\passwd",
        "/content/cases/a.md",
        "/casebook.yaml",
        "/%00",
        "/%ff",
        "/cases//a/",
        "/./cases/a/",
        "relative",
    ] {
        assert!(
            matches!(answer(&edits.preview, path), Answer::Missing(_)),
            "{path} is {:?}",
            answer(&edits.preview, path)
        );
    }
}

#[test]
fn folders_are_served_as_hosts_serve_them() {
    let edits = Edits::new(&[("content/cases/a.md", &case("A.\n")), ("casebook.yaml", "title: T\nbase_url: /sub/\n")]);
    let moved = |path: &str| answer(&edits.preview, path);
    assert_eq!(moved("/sub/cases/a"), Answer::Moved("/sub/cases/a/".to_owned()));
    assert_eq!(moved("/"), Answer::Moved("/sub/".to_owned()));
    assert_eq!(moved("/sub"), Answer::Moved("/sub/".to_owned()));
    assert_eq!(moved("/sub/cases/a/index.html"), moved("/sub/cases/a/"));
    assert_eq!(moved("/sub/index.html"), moved("/sub/"));
    assert!(matches!(moved("/cases/a/"), Answer::Missing(_)));
    assert_eq!(moved("/sub/_casebook/preview.js"), Answer::Own("preview.js".to_owned()));
}

#[test]
fn an_incremental_read_equals_a_full_read() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in NEEDED {
        write(folder.path(), path, text);
    }
    write(folder.path(), "content/cases/a.md", &case("One.\n"));
    let first = read_again(folder.path(), &Snapshot::default(), |_| false).unwrap();
    write(folder.path(), "content/cases/a.md", &case("Two.\n"));
    write(folder.path(), "content/cases/b.png", "");
    let second = read_again(folder.path(), &first, |path| path.ends_with("a.md")).unwrap();
    let names: Vec<String> = second.changes_since(&first).iter().map(ToString::to_string).collect();
    assert_eq!(names, ["content/cases/a.md", "content/cases/b.png"]);
    let touched = |paths: &[&str]| {
        let paths = paths.iter().map(|path| folder.path().join(path)).collect();
        read_touched(folder.path(), &first, &paths).unwrap()
    };
    assert!(touched(&["content/cases/x/c.md"]).is_some_and(|none| none.changes_since(&first).is_empty()));
    write(folder.path(), "content/cases/x/c.md", &case("In a new folder.\n"));
    assert!(touched(&["content/cases/x/c.md"]).is_none() && touched(&["content/cases"]).is_none());
    fs::remove_dir_all(folder.path().join("content/cases/x")).unwrap();
    assert_eq!(touched(&["content/cases/b.png"]).unwrap().changes_since(&first)[0].as_str(), "content/cases/b.png");
    let some = touched(&["content/cases/a.md", "content/cases/.a.md.swp", "content/cases/gone.tmp"]).unwrap();
    assert_eq!(some.changes_since(&first).len(), 1);
    assert_eq!(second.changes_since(&some)[0].as_str(), "content/cases/b.png");
    let anew = read_again(folder.path(), &Snapshot::default(), |_| false).unwrap();
    assert!(second.changes_since(&anew).is_empty() && anew.changes_since(&second).is_empty());
}

#[cfg(unix)]
#[test]
fn adding_or_removing_a_broken_link_is_a_change() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in NEEDED {
        write(folder.path(), path, text);
    }
    write(folder.path(), "content/cases/a.md", &case("One.\n"));
    let link = folder.path().join("content/cases/x.md");
    let again = |before: &Snapshot| match read_touched(folder.path(), before, &[link.clone()].into()).unwrap() {
        Some(now) => now,
        None => read_again(folder.path(), before, |_| false).unwrap(),
    };
    let without = read_again(folder.path(), &Snapshot::default(), |_| false).unwrap();
    std::os::unix::fs::symlink("nowhere.md", &link).unwrap();
    let with = again(&without);
    assert_eq!(with.changes_since(&without), [FilePath::new("content/cases/x.md")]);
    fs::remove_file(&link).unwrap();
    let mended = again(&with);
    assert_eq!(mended.changes_since(&with), [FilePath::new("content/cases/x.md")]);
    assert!(mended.project.problems.is_empty());
}

#[test]
fn the_list_of_drafts_names_missing_parts_and_exists_only_with_drafts() {
    let ready = case("Words.\n").replace("title: A case", "title: Ready\nstatus: draft");
    let later = case("Later.\n").replace("A case", "Later").replace("2026-01-01", "2030-03-02");
    let edits = Edits::new(&[
        ("content/cases/later.md", &later),
        ("content/cases/half.md", "---\ntitle: Half\nstatus: draft\n---\n"),
        ("content/cases/ready.md", &ready),
        ("content/cases/wrong.md", &ready.replace("Ready", "Wrong").replace("Words.", "Words.[@nowhere]")),
        ("content/pages/wrong.md", "---\ntitle: Wrong page\nstatus: draft\n---\nSee [it](nowhere.md).\n"),
        ("content/cases/no-name.md", "---\nstatus: draft\nsummary: S.\ndate: 2026-01-01\nsector: health\n---\nText.\n"),
        ("content/cases/out.md", &case("Out.\n").replace("A case", "Published")),
    ]);
    let page = edits.page("/drafts/");
    let ahead = page.split("<h2>To be published later</h2>").nth(1).unwrap().replace('\u{a0}', " ");
    assert!(ahead.contains("Later</a>") && ahead.contains("Appears on 2 March 2030"), "{page}");
    let list = page.split("<main").nth(1).unwrap();
    assert!(list.contains("Half</a>") && list.contains("Still lacks: a summary, a date, sector and a text"), "{list}");
    assert!(list.contains("Still lacks: a title"), "{list}");
    assert!(list.contains("Ready</a>") && !list.contains("Published"), "{list}");
    assert_eq!(list.matches("Lacks nothing").count(), 1, "{list}");
    for title in ["Wrong", "Wrong page"] {
        let item = list.split(&format!("{title}</a>")).nth(1).and_then(|rest| rest.split("</li>").next());
        assert!(item.is_some_and(|item| item.contains("Something in it is wrong")), "{title}: {list}");
    }
    assert!(edits.page("/").contains("href=\"/drafts/\""));
    let public = PreviewState::new(edits.preview.loaded.clone(), &edition(), None, &[], AT);
    assert!(matches!(answer(&public, "/drafts/"), Answer::Missing(_)));
}
