//! The blank cases of `casebook template`, filled in and imported without a mapping.

use std::{
    fs,
    io::{Cursor, Read, Write},
    path::Path,
};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::commands::{casebook, library, write};

/// The answer to each question, by its label.
const ANSWERS: [(&str, &str); 9] = [
    ("Title", "One desk & two doors"),
    ("The case in one or two sentences", "Two councils answer at one desk."),
    ("Where was it?", "Torbay"),
    ("Region or nation", "South West"),
    ("From which year?", "2009"),
    ("To which year?", "2012"),
    ("Who took part?", "A Council"),
    ("One lesson", "Agree on the books first."),
    ("Who wrote this?", "Ann Jones"),
];

/// Lines of the resulting case, the same for each template.
const KEPT: [&str; 9] = [
    "title: One desk & two doors\n",
    "summary: Two councils answer at one desk.\n",
    "sector: [health]\n",
    "tier: [unitary]\n",
    "place: { name: Torbay, region: South West }\n",
    "period: { from: 2009, to: 2012 }\n",
    "partners: [A Council]\n",
    "lesson: Agree on the books first.\n",
    "\n## The challenge\n\nThe desk was dear.\n",
];

/// Imports a file that was filled in, checks the result, and gives the case.
fn imported(library: &Path, file: &str) -> String {
    let made = casebook(library, &["import", file]);
    assert_eq!(made.status, 0, "{file}: {}{}", made.out, made.err);
    let case = fs::read_to_string(library.join("content/cases/one-desk-two-doors.md")).unwrap();
    for kept in KEPT {
        assert!(case.contains(kept), "{file}: {kept} is not in {case}");
    }
    for hint in ["not the name of a project", "Choose one", "Grey text like this"] {
        assert!(!case.contains(hint), "{file}: {hint} is in {case}");
    }
    let checked = casebook(library, &["check"]);
    assert!(checked.status == 0 && !checked.err.contains("stray-markup"), "{file}: {}", checked.err);
    case
}

#[test]
fn a_word_template_is_imported() {
    let library = library(&[]);
    casebook(library.path(), &["template", "docx", "case.docx"]);
    let file = library.path().join("case.docx");
    let filled = with_document(&fs::read(&file).unwrap(), |mut xml| {
        for (label, answer) in ANSWERS {
            xml = answered(&xml, &format!(">{label}<"), answer);
        }
        xml = answered(&xml, ">The challenge<", "The desk was dear.");
        let hint = "Who took part, since when, and what held them together.";
        xml = xml.replace(hint, &format!("{hint} A board met."));
        xml = chosen(&chosen(&xml, "sector", "Health"), "tier", "Unitary");
        // A row of the tables: the term or the title, then the other cells.
        xml = chosen(&xml, "barrier", "Resource");
        xml = answered(&xml, "w:val=\"barrier\"", "Neither could pay alone.");
        xml = answered(&xml, ">Kind<", "The audit");
        chosen(&xml, "kind", "Official record: a decision, minutes, accounts or statistics")
    });
    fs::write(&file, filled).unwrap();
    let case = imported(library.path(), "case.docx");
    for kept in [
        "\n## The partnership\n\nA board met.\n",
        "term: resource",
        "what: Neither could pay alone.",
        "title: The audit",
        "kind: official",
        "authors:\n  - name: Ann Jones\n",
    ] {
        assert!(case.contains(kept), "{kept} is not in {case}");
    }
}

/// A Word file with its document changed.
fn with_document(docx: &[u8], change: impl FnOnce(String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut change = Some(change);
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let (name, mut text) = (file.name().unwrap().into_owned(), String::new());
        file.read_to_string(&mut text).unwrap();
        if name == "word/document.xml" {
            text = change.take().unwrap()(text);
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The document with a text in the first empty paragraph after a mark.
fn answered(xml: &str, mark: &str, words: &str) -> String {
    let at = xml.find(mark).unwrap_or_else(|| panic!("{mark} is not in the template"));
    let (before, behind) = xml.split_at(at);
    let words = words.replace('&', "&amp;");
    format!("{before}{}", behind.replacen("<w:p/>", &format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"), 1))
}

/// The document with an item of the first list of that tag chosen, as Word writes it.
fn chosen(xml: &str, tag: &str, item: &str) -> String {
    let at = xml.find(&format!("<w:tag w:val=\"{tag}\"/>")).unwrap_or_else(|| panic!("no list of {tag}"));
    let (before, behind) = xml.split_at(at);
    assert!(behind.contains(&format!("w:displayText=\"{item}\"")), "{tag} offers {item}");
    let behind = behind.replacen("<w:showingPlcHdr/>", "", 1).replacen(">Choose one<", &format!(">{item}<"), 1);
    format!("{before}{behind}")
}

#[test]
fn a_table_template_is_imported() {
    let library = library(&[]);
    casebook(library.path(), &["template", "csv", "cases.csv"]);
    let empty = fs::read_to_string(library.path().join("cases.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(empty.trim_start_matches('\u{feff}').as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let others = [("Sector", "Health"), ("Tier", "Unitary"), ("The challenge", "The desk was dear.")];
    let cell = |column: &String| {
        let answer = ANSWERS.iter().chain(&others).find(|(label, _)| label == column);
        answer.map_or("", |(_, answer)| answer)
    };
    for (label, _) in ANSWERS.iter().chain(&others) {
        assert!(columns.iter().any(|column| column == label), "{label} is not among {columns:?}");
    }
    let mut filled = csv::Writer::from_writer(Vec::new());
    filled.write_record(&columns).unwrap();
    filled.write_record(columns.iter().map(cell)).unwrap();
    fs::write(library.path().join("cases.csv"), filled.into_inner().unwrap()).unwrap();
    imported(library.path(), "cases.csv");
    let terms = fs::read_to_string(library.path().join("cases-terms.csv")).unwrap();
    assert!(terms.contains("Sector,Health,") && terms.contains("Barrier,Resource,"), "{terms}");
}

#[test]
fn a_filled_in_markdown_template_is_a_case() {
    let library = library(&[]);
    casebook(library.path(), &["template", "md", "case.md"]);
    let empty = fs::read_to_string(library.path().join("case.md")).unwrap();
    let mut filled = empty.replace("## The challenge\n", "## The challenge\n\nThe desk was dear.\n");
    for (key, value) in [
        ("title: \"\"", "title: One desk & two doors"),
        ("summary:", "summary: Two councils answer at one desk."),
        ("date:", "date: 2026-01-01"),
        ("sector:", "sector: [health]"),
        ("tier:", "tier: [unitary]"),
        ("place: { name: , region: }", "place: { name: Torbay, region: South West }"),
        ("period: { from: , to: }", "period: { from: 2009, to: 2012 }"),
        ("partners: []", "partners: [A Council]\nlesson: Agree on the books first."),
    ] {
        assert!(filled.contains(&format!("\n{key}\n")), "{key} is not in {filled}");
        filled = filled.replacen(&format!("\n{key}\n"), &format!("\n{value}\n"), 1);
    }
    write(library.path(), "old/One desk & two doors.md", &filled);
    imported(library.path(), "old");
}

#[test]
fn the_form_asks_in_the_words_of_the_theme() {
    let words = "contribute_questions:\n  title: { label: Teitl }\n  sources.url: { label: Cyfeiriad }\n  \
        sources.kind.party: { label: Partner }\n  sender.email: { gap: Dim cyfeiriad }\n  \
        What others can learn: { lead: Barn yw hyn. }\n  lesson: { hnit: x }\n\
        contribute_titles: { story: Beth ddigwyddodd }\ncontribute_form: { download: Lawrlwytho }\n\
        contribute_if_known: \"{question} (os gwyddoch)\"\n";
    let library = library(&[("themes/own/strings/en.yaml", words)]);
    write(library.path(), "casebook.yaml", "title: Test\ntheme: own\ncontribute: { email: a@b.uk }\n");
    let made = casebook(library.path(), &["build"]);
    assert!(made.err.contains("contribute_questions"), "{}", made.err);
    write(library.path(), "themes/own/strings/en.yaml", &words.replace("  lesson: { hnit: x }\n", ""));
    let made = casebook(library.path(), &["build"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let page = fs::read_to_string(library.path().join("output/contribute/index.html")).unwrap();
    let texts = ["Teitl", "Cyfeiriad", "Partner", "Dim cyfeiriad", "Barn yw hyn.", "Beth ddigwyddodd", "Lawrlwytho"];
    for said in texts.into_iter().chain([" (os gwyddoch)"]) {
        assert!(page.contains(said), "{said}");
    }
    assert!(!page.contains("\"columns\":null"), "a question has the parts of its kind alone");
    assert!(!page.contains("Tier (if you know)"), "the wording of the theme replaces the built-in one");
    assert!(page.contains("Say what happened in a few plain words"), "a text that the theme does not change stays");
}

#[test]
fn the_form_asks_for_an_email_address_only_where_the_editors_have_one() {
    let form_with = |settings: &str| {
        let library = library(&[]);
        write(library.path(), "casebook.yaml", &format!("title: Test\n{settings}"));
        assert_eq!(casebook(library.path(), &["build"]).status, 0);
        fs::read_to_string(library.path().join("output/contribute/index.html")).unwrap()
    };
    let [answered, other] = ["contribute: { email: a@b.uk }\n", "contribute: {}\n"].map(form_with);
    for (form, has_address) in [(answered, true), (other, false)] {
        assert_eq!(form.contains("Your e-mail address"), has_address);
        assert_eq!(form.contains("Your part in it goes into the file"), !has_address);
        assert!(form.contains("Your name"));
    }
}
