//! Content that was made to take long: four times as much of it takes about four times as much work.
//!
//! Each row of the tables is a piece of a file, repeated very often. The file is read, checked, fixed and published in
//! memory, with every page.

use casebook::{edit, pipeline, problem::report::locate::locate};
use rustix::time::{ClockId, clock_gettime};

use crate::library::{edition, with_needed};

/// Linear work takes four times as long for four times as many pieces, quadratic work sixteen times.
const MOST_GROWTH: f64 = 9.0;

/// The number of pieces of the smaller file.
const FEW: usize = 1_500;

/// A word of its own for each piece stands in place of this.
const WORD: char = '§';

/// The keys of a valid case without the sector.
const KEYS: &str = "title: A case\nsummary: What happened.\ndate: 2026-01-01\n";

/// Does the work of this thread grow faster than what it is given? Gives how many times as long the larger work takes,
/// if so. Both are done in one thread, so that only its own time is measured.
pub fn too_fast_growth(few: impl Fn() + Sync, many: impl Fn() + Sync) -> Option<f64> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    // Another program may disturb a measurement.
    let mut growths = (0..4).map(|_| pool.install(|| seconds(&many) / seconds(&few)));
    growths.try_fold(f64::MAX, |least, growth| (growth >= MOST_GROWTH).then(|| least.min(growth)))
}

/// The time that the processor takes for work in this thread.
fn seconds(work: impl Fn()) -> f64 {
    let now = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    };
    let start = now();
    work();
    now() - start
}

/// Reads these files with those that every library needs, fixes what is certain, and makes every page.
fn read_fix_and_render(files: &[(String, String)]) {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let project = with_needed(&files);
    let made = pipeline::site(&pipeline::read(&project), &edition());
    for (path, changes) in &edit::fixes(&made.problems, |path| project.bytes(path)) {
        let bytes = project.bytes(path).unwrap();
        assert_eq!(edit::descriptions(path, bytes, changes).len(), changes.len());
        edit::changed(bytes, changes);
    }
    for (address, route) in made.value.routes() {
        made.value.render(address, route).ok();
    }
    locate(made.problems, &made.value.library.config.checks, |path| project.bytes(path));
}

/// The piece, as often as `count` says, each time with another word.
fn repeated(piece: &str, count: usize) -> String {
    (0..count).map(|n| with_word(piece, n)).collect()
}

fn with_word(piece: &str, n: usize) -> String {
    // Neighbours have nothing in common, as the words of a hostile file would.
    let letter = |place| char::from(b'a' + (n * 7_919 / 26_usize.pow(place) % 26) as u8);
    piece.replace(WORD, &(0..6).map(letter).collect::<String>())
}

/// Checks the work for the files that are given for a number of pieces.
fn check<'a, F: Fn(usize) -> Vec<(String, String)>>(rows: impl IntoIterator<Item = (&'a str, F)>) {
    let mut too_fast = Vec::new();
    for (name, files) in rows {
        let (few, many) = (files(FEW), files(4 * FEW));
        let growth = too_fast_growth(|| read_fix_and_render(&few), || read_fix_and_render(&many));
        too_fast.extend(growth.map(|growth| format!("{name:?}: {growth:.0} times")));
    }
    assert_eq!(too_fast, [""; 0]);
}

#[test]
fn the_work_for_a_body_grows_no_faster_than_it() {
    let in_one_line = [
        "[a](#§) ",
        "[a](/cases/§/) ",
        "[a][§] ",
        "[@§] ",
        "[^§] ",
        "**",
        "** a",
        "*a _b ",
        "~~",
        "`",
        "``a`",
        "[",
        "](",
        "[a](",
        "![",
        "<a ",
        "<b>",
        "</b>",
        "<!-- ",
        "<script>",
        "&",
        "&amp; ",
        "| a ",
        "> ",
        "$$ ",
        "\\",
        ":",
        "{a}",
        "{% a %}",
        "{{ a }}",
        "[[a",
        "[[§]] ",
        "[x] ",
        "a\u{a0}",
        "\u{200b}",
        "“",
        "‘a",
        "a’ ",
        "http://a.uk/§ ",
        "a@b.uk ",
        "1900–1910 ",
        "£1m ",
        "5 % ",
        "—",
        "...",
        "\"",
        "'",
        "e\u{301}",
        "الف ",
        "§ ",
        "•  ",
        "¹ ",
    ];
    let in_lines = [
        "A line of text ==N words== and on.\n",
        "[a](§.md)\n\n",
        "![a](§.png)\n\n",
        "text[^§]\n\n[^§]: note\n\n",
        "[§]: /a\n",
        "|a|b|\n",
        "|a\n|-\n",
        "- a\n",
        "1. a\n",
        "> a\n",
        "  - a\n",
        "```\n",
        "~~~ a\n",
        "\\\n",
        "::: a\n",
        "- [ ] a\n",
        "o a\n",
        "·\ta\n",
        "– a\n",
        "<<<<<<<\n",
        "=======\n",
        ">>>>>>>\n",
        "# A\n",
        "## §\n\n[b](#§)\n\n",
        "### a {#b}\n",
        "a  \n",
        "\ta\n\n",
        "    a\n",
        "a\n===\n",
        "---\n\n",
        "***\n",
    ];
    check(in_one_line.iter().chain(&in_lines).map(|&piece| {
        let files = move |count| {
            let text = format!("---\n{KEYS}sector: health\n---\n## The challenge\n\n{}\n", repeated(piece, count));
            vec![("content/cases/a.md".to_owned(), text)]
        };
        (piece, files)
    }));
}

#[test]
fn the_work_for_front_matter_grows_no_faster_than_it() {
    let rows = [
        ("sector: [", "health, ", "health]"),
        ("sector: [", "§, ", "health]"),
        ("sector:\n", "  - health\n", ""),
        ("sector:\n", "  - §\n", ""),
        ("sector: health\nsources:\n", "  - { id: §, title: A }\n", ""),
        ("sector: health\nsources:\n", "  - { id: a, title: A }\n", ""),
        ("sector: health\nsources:\n", "  - { title: A, url: §.pdf }\n", ""),
        ("sector: health\npartners: [", "§, ", "a]"),
        ("sector: health\npartners: [", "\"§ (a; b)\", ", "a]"),
        ("sector: health\nauthors: [", "§, ", "a]"),
        ("sector: health\naliases: [", "/§/, ", "/a/]"),
        ("sector: health\naliases: [", "/a/, ", "/a/]"),
        ("sector: health\nrelated: [", "§, ", "a]"),
        ("sector: health\nplace: [", "§, ", "A]"),
        ("sector: health\nplace: [", "A, ", "A]"),
        ("sector: health\ncorrections:\n", "  - { date: 2026-02-01, what: § }\n", ""),
        ("sector: health\nadopted:\n", "  - { place: §, source: § }\n", ""),
        ("sector: health\n", "§: a\n", ""),
        ("sector: health\n", "titel: a\n", ""),
        ("sector: health\nextra: [", "[", ""),
        ("sector: health\nextra: {", "a: {", ""),
        ("sector: health\n", "\ta: b\n", ""),
        ("sector: health\nextra: ", "'", ""),
        ("sector: health\nextra: ", "\"a\" ", ""),
        ("sector: health\n", "# §\n", ""),
        ("sector: health\n", "a\n", ""),
        ("sector: health\n", "a: b: c\n", ""),
        ("sector: health\nextra: [", "&a *a, ", "a]"),
        ("sector: health\nlesson: ", "§ ", ""),
        ("sector: health\nsummary: ", "§ ", ""),
        ("sector: health\n", "<<<<<<<\n=======\n>>>>>>>\n", ""),
    ];
    check(rows.iter().map(|&(before, piece, after)| {
        let files = move |count| {
            let text =
                format!("---\n{KEYS}{before}{}{after}\n---\n## The challenge\n\nText.[@§]\n", repeated(piece, count));
            vec![("content/cases/a.md".to_owned(), text)]
        };
        (piece, files)
    }));
}

#[test]
fn the_work_for_sources_and_their_citations_grows_no_faster_than_them() {
    check([("[@x§]", |count| {
        let (sources, cited) = (repeated("  - { id: §, title: A }\n", count), repeated("[@x§] ", count));
        let adopted = repeated("  - { place: A, source: x§ }\n", count);
        let text = format!("---\n{KEYS}sector: health\nsources:\n{sources}adopted:\n{adopted}---\n{cited}\n");
        vec![("content/cases/a.md".to_owned(), text)]
    })]);
}

#[test]
fn the_work_for_a_list_of_the_library_grows_no_faster_than_it() {
    let rows = [
        ("content/glossary.yaml", "", "- { term: §, full: A, see: [x§] }\n"),
        ("content/glossary.yaml", "", "- { term: a, full: A }\n"),
        ("content/glossary.yaml", "", "- { term: §, full: A, see: [§] }\n"),
        ("content/places.yaml", "", "- { name: §, within: x§ }\n"),
        ("content/places.yaml", "", "- { name: a, also: [§] }\n"),
        ("content/places.yaml", "", "- { name: §, also: [a] }\n"),
        ("content/vocabularies/place.yaml", "label: P\nplural: P\nterms:\n", "  - { id: §, label: §, broader: x§ }\n"),
        (
            "content/vocabularies/kind.yaml",
            "label: K\nplural: K\nterms:\n",
            "  - { id: §, label: A, replaced_by: x§ }\n",
        ),
        ("content/vocabularies/kind.yaml", "label: K\nplural: K\nterms:\n", "  - { id: a, label: §, also: [a, §] }\n"),
        ("casebook.yaml", "title: T\nchecks:\n", "  §: warning\n"),
        ("casebook.yaml", "title: T\nfooter:\n", "  - { label: §, url: /§/ }\n"),
        ("casebook.yaml", "title: T\nregions:\n", "  - { name: §, code: a }\n"),
        ("casebook.yaml", "title: T\ngone:\n", "  - /§/\n"),
        ("casebook.yaml", "title: T\nevents:\n", "  - { date: 2014, label: § }\n"),
        ("casebook.yaml", "title: T\nfields:\n", "  §: { label: A }\n"),
        ("content/pages/about.md", "---\ntitle: About\n---\n", "[a](/glossary/#§) [a](/places/#§)\n"),
    ];
    check(rows.iter().map(|&(path, before, piece)| {
        (piece, move |count| vec![(path.to_owned(), format!("{before}{}", repeated(piece, count)))])
    }));
}

#[test]
fn the_work_for_many_files_grows_no_faster_than_their_number() {
    let rows = [
        ("content/cases/§.md", "related: [x§]\n", "[a](x§.md)"),
        ("content/cases/§.md", "slug: a\n", ""),
        ("content/cases/§.md", "aliases: [/a/]\n", ""),
        ("content/cases/§/a.md", "status: draft\n", "![a](x.png)"),
        ("content/cases/§.png", "", ""),
        ("content/pages/§.md", "", "[a](#x)"),
        ("content/vocabularies/§.yaml", "", ""),
    ];
    check(rows.iter().map(|&(path, keys, body)| {
        let files = move |count: usize| {
            let text = |n| with_word(&format!("---\n{KEYS}sector: health\n{keys}---\n{body}\n"), n);
            (0..count / 5).map(|n| (with_word(path, n), text(n))).collect()
        };
        (path, files)
    }));
}
