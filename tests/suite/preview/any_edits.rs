//! Random edits of every kind: after each, the preview shows what a build would publish.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::library::libraries;

const BODIES: [&str; 10] = [
    "",
    "Text.\n",
    "Other words.\n",
    "## One\n\nAnd [b](b.md#one), ![p](p.png).\n",
    "## One\n\nSee [b](b.md#one) and ![p](p.png).\n",
    "## One\n\n[About](../pages/about.md) and [a](/cases/a/).\n",
    "A note[^1].\n\n[^1]: Note.\n",
    "<b>Raw</b> & more\n\n```rust\nfn main() {}\n```\n",
    "summary: Front matter that goes on.\n\n---\nText.\n",
    "See [a list](/a-z/x/) and [a pair](/sector/local-government/tier/county/).\n",
];

/// Front matter, most of which adds or removes a page; the cases of `STAYING` have other front matter.
const FRONTS: [&str; 14] = [
    "title: One\nsector: health",
    "title: Other\nsector: health",
    "title: Zebra\nsector: [police, health]\ntier: county",
    "title: Two\nsector: police\ntier: county\nstatus: draft",
    "title: Two\nsector: police\ntier: unitary",
    "title: Other words that few share\nsector: police\nplace: Torbay",
    "title: Two words that few share\nsector: health\nplace: Torbay",
    "title: One\nsector: health\nbarrier: [{ term: political, what: Rows }]",
    "title: One\nsector: health\nbarrier: [{ term: political, what: Other rows }, resource]",
    "title: Two\nsector: NHS\nrelated: [b, a, zulu]",
    "title: One\nsector: health\naliases: [/sector/local-government/tier/county/, /a-z/x/]",
    "title: Xylophone\nsector: local-government\ntier: county",
    "title: One\nsector: nowhere",
    "title: [",
];

const STAYING: [(&str, &str); 3] = [
    (
        "content/cases/ovid.md",
        "title: Ovid\nsector: [health, police]\ntier: [unitary, county]\nbarrier: political\nrelated: [b]",
    ),
    ("content/cases/tango.md", "title: Tango\nsector: [health, police]\ntier: county\nbarrier: [political, resource]"),
    (
        "content/cases/zulu.md",
        "title: Zulu\nsector: [police, health]\ntier: unitary\nrelated: [a, tango]\nbarrier: resource",
    ),
];

const DATES: [&str; 3] = ["2026-01-01", "2025-06-01", "2030-01-01"];

const CASES: [&str; 4] =
    ["content/cases/a.md", "content/cases/b.md", "content/cases/deep/c.md", "content/cases/deep/index.md"];

#[derive(Clone, Debug)]
enum Edit {
    /// A file gets another text, or is removed.
    File(&'static str, Option<String>),
    /// A case's file is renamed.
    Rename(&'static str, &'static str),
    /// An existing case gets another body.
    Words(&'static str, usize),
    /// An existing case gets other front matter, and a date.
    Front(&'static str, usize, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let name = prop::sample::select(CASES.to_vec());
    let words = (
        0..BODIES.len(),
        prop::sample::select(vec!["One", "Two: b", "Éa"]),
        prop::sample::select(vec!["health", "police", "voluntary"]),
        0..6usize,
    );
    let cases = (name, words, any::<bool>()).prop_map(|(path, (body, title, sector, more), stays)| {
        let more =
            ["", "status: draft\n", "date: 2030-01-01\n", "aliases: [/old/]\n", "slug: own\n", "updated: [\n"][more];
        let date = if more.starts_with("date") { "" } else { "date: 2026-01-01\n" };
        let text = format!("---\ntitle: \"{title}\"\nsummary: S.\n{date}sector: {sector}\n{more}---\n{}", BODIES[body]);
        Edit::File(path, stays.then_some(text))
    });
    let words =
        (prop::sample::select(CASES.to_vec()), 0..BODIES.len()).prop_map(|(path, body)| Edit::Words(path, body));
    let others = prop::sample::select(vec![
        ("content/pages/about.md", "---\ntitle: About\nnav: 1\n---\n## Who\n\nWe.\n"),
        ("content/pages/about.md", "---\ntitle: About us\nstatus: draft\n---\nWe.\n"),
        ("content/index.md", "Welcome to [a](cases/a.md).\n"),
        ("content/index.md", "---\ntitle: Hello\n---\nWelcome again to [a](cases/a.md).\n"),
        ("content/pages/about.md", "---\ntitle: Who we are\nnav: 2\n---\n## Who\n\nWe all, and a PCT.\n"),
        ("content/cases/p.png", ""),
        ("content/glossary.yaml", "- { term: PCT, full: primary care trust }\n"),
        ("content/vocabularies/role.yaml", "label: Role\nterms: [{ id: voluntary, label: Voluntary }]\n"),
        ("content/vocabularies/tier.yaml", "label: Layer\nterms: [{ id: county, label: County }]\n"),
        (
            "content/vocabularies/sector.yaml",
            "label: Sector\nterms: [{ id: health, label: Care }, { id: voluntary, replaced_by: health }]\n",
        ),
        ("casebook.yaml", "title: Other\nper_page: 1\nlanguage: cy\n"),
        ("casebook.yaml", "title: [\n"),
        (
            "casebook.yaml",
            "title: Other\nbase_url: https://example.org/sub/\nlanguage: cy\nfacets: [tier, sector]\ntheme: mine\n",
        ),
        ("themes/mine/footer.html", "<footer>Mine</footer>"),
        ("themes/mine/strings/en.yaml", "places: Where\n"),
        (
            "themes/mine/parts/list.html",
            "<p>{{ list.count }}</p>{% for entry in list.entries %}{{ entry }}{% endfor %}",
        ),
    ]);
    let others =
        (others, any::<bool>()).prop_map(|((path, text), stays)| Edit::File(path, stays.then(|| text.to_owned())));
    let front = (prop::sample::select(CASES[..2].to_vec()), 0..FRONTS.len(), 0..DATES.len());
    let front = front.prop_map(|(path, front, date)| Edit::Front(path, front, date));
    let rename = (prop::sample::select(CASES.to_vec()), prop::sample::select(CASES.to_vec()));
    let rename = rename.prop_map(|(from, to)| Edit::Rename(from, to));
    prop_oneof![3 => cases, 3 => others, 3 => words, 6 => front, 1 => rename]
}

proptest! {
    #![proptest_config(libraries(24))]

    /// After any edits, the preview shows what a build would publish. While there is an error, every page is shown as
    /// it is, except those of files with an error that are no drafts or cannot be read; and every page that was
    /// published before and still has a file is shown.
    #[test]
    fn the_preview_and_a_build_agree_after_any_edits(edits in prop::collection::vec(edit(), 1..10), with_drafts: bool) {
        let edition = Edition { with_drafts, ..edition() };
        let mut files = BTreeMap::from([("content/cases/a.md", case("Text.\n")), ("content/cases/p.png", String::new())]);
        // English has a list of common words, whose filter takes longer than all other files together.
        files.insert("casebook.yaml", "title: Library\nlanguage: cy\n".to_owned());
        files.insert("content/cases/b.md", case("## One\n\nSee [a](a.md).\n"));
        for (path, front) in STAYING {
            files.insert(path, format!("---\nsummary: S.\ndate: 2026-01-01\n{front}\n---\nWords.\n"));
        }
        let mut loaded = Arc::new(LoadedLibrary::read(snapshot(&files)));
        let mut preview = PreviewState::new(loaded.clone(), &edition, None, &[], AT);
        let mut good: BTreeSet<String> = preview.site.pages().map(|(address, _)| address.to_string()).collect();
        for edit in edits {
            match edit {
                Edit::File(path, Some(text)) => drop(files.insert(path, text)),
                Edit::File(path, None) => drop(files.remove(path)),
                Edit::Rename(from, to) => {
                    if let Some(text) = files.remove(from) {
                        files.insert(to, text);
                    }
                }
                Edit::Words(path, body) => {
                    if let Some(text) = files.get_mut(path) {
                        text.truncate(text.rfind("---\n").map_or(0, |end| end + 4));
                        text.push_str(BODIES[body]);
                    }
                }
                Edit::Front(path, front, date) => {
                    if let Some(text) = files.get_mut(path) {
                        let body = text.rfind("---\n").map_or(0, |end| end + 4);
                        let front = format!("---\nsummary: S.\ndate: {}\n{}\n---\n", DATES[date], FRONTS[front]);
                        text.replace_range(..body, &front);
                    }
                }
            }
            let now = snapshot(&files);
            let changes = now.changes_since(&loaded.snapshot);
            loaded = Arc::new(loaded.after(now));
            preview = PreviewState::new(loaded.clone(), &edition, Some(&preview), &changes, AT);
            let built = built(loaded.project(), &edition);
            prop_assert_eq!(&preview.report, &report(loaded.project(), &edition));
            if !preview.report.has_errors() {
                let mut routes: Vec<String> = preview.site.pages().map(|(address, _)| address.to_string()).collect();
                routes.sort();
                // The search index is made when it is requested.
                let made_later = |address: &String| address.starts_with("/search/") && address != "/search/";
                let expected: Vec<String> = built.keys().filter(|address| !made_later(address)).cloned().collect();
                prop_assert_eq!(&routes, &expected);
                good.extend(routes);
            }
            let is_faulty = |file: &FilePath| {
                let is_draft = files.get(file.as_str()).is_some_and(|text| text.contains("\nstatus: draft\n"));
                let errors = preview.report.problems.iter().filter(|problem| problem.severity == Severity::Error);
                let mut own = errors.filter(|problem| problem.place.file == *file);
                own.any(|problem| !is_draft || problem.code.leaves_file_unread())
            };
            for (address, content) in built.iter().filter(|_| preview.held_back_since.is_none()) {
                let file = Address::parse(address).and_then(|address| preview.file_of(&address));
                if !file.is_some_and(|file| is_faulty(&file)) {
                    let given = response(&preview, address);
                    prop_assert_eq!(given.as_ref(), Some(content), "{}", address);
                }
            }
            good.retain(|address| preview.site.route(&Address::parse(address).expect("an address")).is_some());
            for (address, _) in preview.site.pages() {
                let answer = answer(&preview, &preview.site.href(address));
                let was_good = good.contains(address.as_str());
                prop_assert!(
                    matches!(answer, Answer::Published(..)) || !was_good && matches!(answer, Answer::Unready(..)),
                    "{} was good: {}, and is {:?}", address, was_good, answer
                );
            }
        }
    }
}
