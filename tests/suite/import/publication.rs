//! `casebook import --published`: which cases are published at once, and from which day on.

use std::path::Path;

use super::{old, read, source};
use crate::commands::{casebook, library};

fn import_published(library: &Path, files: &[(&str, &str)]) -> String {
    let made = casebook(library, &["import", &old(&source(files)), "--published"]);
    assert_eq!((made.status, made.err.as_str()), (0, ""), "{}", made.out);
    made.out
}

/// What a case must have to be published.
const NEEDED: &str = "summary: S\nsector: health\n";

fn is_draft(library: &Path, case: &str) -> bool {
    read(library, &format!("content/cases/{case}.md")).contains("\nstatus: draft\n")
}

#[test]
fn a_case_is_a_draft_if_any_field_says_so() {
    let library = library(&[]);
    let fields = [
        ("a", "published: false"),
        ("b", "hidden: true"),
        ("c", "published: false\ndraft: false"),
        ("d", "draft: yes"),
        ("e", "published: \"false\""),
        ("f", "public: no"),
        ("g", "private: true"),
        ("h", "draft: on"),
        ("i", "published: yes\nhidden: off\nstatus: live"),
    ];
    let posts: Vec<(String, String)> = fields
        .iter()
        .map(|(name, text)| (format!("{name}.md"), format!("---\ntitle: {name}\n{NEEDED}{text}\n---\nText.\n")))
        .collect();
    let posts: Vec<(&str, &str)> = posts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let told = import_published(library.path(), &posts);
    for name in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        assert!(is_draft(library.path(), name), "{name}");
    }
    assert!(!is_draft(library.path(), "i") && !told.contains("kept in extra"), "{told}");
}

#[test]
fn a_status_that_is_not_understood_stays_a_draft_and_is_reported() {
    let library = library(&[]);
    let told = import_published(
        library.path(),
        &[(
            "t.csv",
            "Title,Status,Summary,Sector,Text\nA,in progress,S,health,T\nB,archived,S,health,T\nC,published,S,health,T\n",
        )],
    );
    let expected = "2 × a status that is not understood; its case is a draft, and the status is kept in extra:\n    \
                    Status: in progress (a.md)\n    Status: archived (b.md)\n";
    assert!(told.contains(expected), "{told}");
    assert_eq!(["a", "b", "c"].map(|name| is_draft(library.path(), name)), [true, true, false]);
    assert!(read(library.path(), "content/cases/a.md").contains("  Status: in progress\n"));
}

#[test]
fn a_field_called_published_may_be_a_day() {
    let library = library(&[]);
    let told = import_published(
        library.path(),
        &[("t.csv", "Title,Published,Summary,Sector,Text\nA,2019-05-01,S,health,T\nB,,S,health,T\n")],
    );
    assert!(!told.contains("extra"), "{told}");
    let case = read(library.path(), "content/cases/a.md");
    assert!(case.contains("\ndate: 2019-05-01\n") && !case.contains("status"), "{case}");
}

#[test]
fn what_hugo_does_not_show_today_is_not_published_today() {
    let library = library(&[]);
    let post = |fields: &str| format!("---\ntitle: T\ndate: 2019-01-02\n{NEEDED}{fields}---\nText.\n");
    let posts = [
        ("later", post("publishDate: 2999-05-01T10:00:00Z\n")),
        ("shown", post("publishDate: 2019-05-01\nexpiryDate: 2999-01-01\n")),
        ("over", post("expiryDate: 2020-01-01\n")),
        ("headless", post("headless: true\n")),
        ("never", post("_build:\n  render: never\n")),
        ("section/in", post("")),
        ("section/out", post("draft: false\n")),
    ];
    let mut files: Vec<(String, &str)> =
        posts.iter().map(|(name, text)| (format!("content/{name}.md"), text.as_str())).collect();
    files.push(("hugo.toml".to_owned(), "baseURL = 'https://old.uk/'\n"));
    files.push(("content/section/_index.md".to_owned(), "---\ntitle: S\ncascade:\n  draft: true\n---\n"));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let told = import_published(library.path(), &files);
    for (name, draft) in [("later", false), ("shown", false), ("over", true), ("headless", true), ("never", true)] {
        assert_eq!(is_draft(library.path(), name), draft, "{name}: {told}");
    }
    assert!(is_draft(library.path(), "in") && !is_draft(library.path(), "out"), "{told}");
    let later = read(library.path(), "content/cases/later.md");
    assert!(later.contains("\ndate: 2999-05-01\n") && later.contains("  date: 2019-01-02\n"), "{later}");
    assert!(read(library.path(), "content/cases/shown.md").contains("\ndate: 2019-01-02\n"));
    for told_of in [
        "publishDate: 2999-05-01 (later.md)",
        "expiryDate: 2020-01-01 (over.md)",
        "_build: render: never (never.md)",
        "cascade: draft: true, in content/section/_index.md (in.md)",
    ] {
        assert!(told.contains(told_of), "{told_of} is not in {told}");
    }
}

#[test]
fn a_case_that_lacks_something_stays_a_draft_so_that_the_next_build_succeeds() {
    let library = library(&[]);
    let told = import_published(
        library.path(),
        &[(
            "t.csv",
            "Title,Summary,Sector,Text\nWhole,S,health,T\nNo sector,S,,T\n,No title,health,T\nNo text,S,health,\n",
        )],
    );
    let expected = "3 × a case without something that must be there before publication; it is a draft:\n    \
                    sector (no-sector.md)\n    title (t-row-4.md)\n    text (no-text.md)\n";
    assert!(told.contains(expected), "{told}");
    let drafts = ["whole", "no-sector", "t-row-4", "no-text"].map(|case| is_draft(library.path(), case));
    assert_eq!(drafts, [false, true, true, true]);
    let built = casebook(library.path(), &["build"]);
    assert_eq!(built.status, 0, "{}", built.err);
}
