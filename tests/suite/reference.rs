//! The reference in `docs/content/pages/reference/`, made from the program itself.
//!
//! `BLESS=1 cargo test --test suite reference` writes it; otherwise the test fails if a page is outdated. Keys come
//! from the table of keys, problems from the table of codes, commands from their own help, templates from the doc
//! comments of the views, texts of the interface from the theme, addresses from the routes of a small site.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

use casebook::{
    export::template::Template,
    model::keys::{DocumentKind, FileKind, Key, TERM_USE, ValueKind},
    problem::{Code, code::explained},
};

use crate::library::{case, edition, made, with_needed};

const FOLDER: &str = "docs/content/pages/reference";

#[test]
fn the_reference_is_up_to_date() {
    let mut stale = Vec::new();
    for (name, text) in pages() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER).join(name);
        if fs::read_to_string(&path).is_ok_and(|found| found == text) {
            continue;
        }
        match std::env::var_os("BLESS") {
            Some(_) => fs::write(path, text).unwrap(),
            None => stale.push(name),
        }
    }
    assert!(stale.is_empty(), "BLESS=1 cargo test --test suite reference writes {stale:?} anew");
}

/// Every page of the reference: its file and its text.
fn pages() -> Vec<(&'static str, String)> {
    let keys = |kind: DocumentKind, file| (file, keys_of(kind.row()));
    vec![
        keys(DocumentKind::Settings, "settings.md"),
        keys(DocumentKind::Case, "case.md"),
        keys(DocumentKind::Page, "page.md"),
        keys(DocumentKind::Home, "home-page.md"),
        keys(DocumentKind::Vocabulary, "vocabulary.md"),
        keys(DocumentKind::Glossary, "glossary-file.md"),
        keys(DocumentKind::Places, "places-file.md"),
        keys(DocumentKind::Synonyms, "synonyms-file.md"),
        ("problems.md", problems()),
        ("commands.md", commands()),
        ("templates.md", templates()),
        ("words.md", words()),
        ("addresses.md", addresses()),
        ("search-module.md", search_module()),
    ]
}

fn page(title: &str, summary: &str, body: &str) -> String {
    format!("---\ntitle: {title:?}\nsummary: {summary:?}\n---\n{}\n", body.trim())
}

/// The keys of a kind of file, each with the keys inside it.
fn keys_of(file: &FileKind) -> String {
    let mut text = format!("{} Files: `{}`.\n\n", file.about, file.path);
    for key in file.keys {
        section(&mut text, key);
    }
    if file.kind == DocumentKind::Case {
        text.push_str("## The ids of vocabularies\n\nUnder `sector`, `tier`, `barrier` and the id of any other vocabulary, write a term, a list of terms, or a term with what happened. A mapping has these keys:\n\n");
        table(&mut text, TERM_USE);
    }
    page(file.title, &format!("Every key of {}.", file.path), &text)
}

fn section(text: &mut String, key: &Key) {
    let required = if key.required { " It must be there." } else { "" };
    let value = key.kind.in_words();
    write!(
        text,
        "## {}\n\n{}{required} Its value: {value}.\n\n```yaml\n{}\n```\n\n",
        key.name,
        key.sentence,
        key.written()
    )
    .unwrap();
    let inside = key.kind.keys();
    if !inside.is_empty() {
        table(text, inside);
    }
    if !key.names_elsewhere.is_empty() {
        writeln!(text, "Other tools have {} for it, which Casebook does not read.\n", listed(key.names_elsewhere))
            .unwrap();
    }
}

fn table(text: &mut String, keys: &[Key]) {
    text.push_str("| Key | What it is for | Value | Example |\n|---|---|---|---|\n");
    for key in keys {
        let required = if key.required { " Required." } else { "" };
        let value = match key.kind {
            ValueKind::Map(_) | ValueKind::TextOrMap { .. } => "see below".to_owned(),
            kind => kind.in_words(),
        };
        writeln!(
            text,
            "| `{}` | {}{required} | {value} | `{}` |",
            key.name,
            key.sentence,
            key.example.trim_start_matches("- ")
        )
        .unwrap();
    }
    text.push('\n');
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn problems() -> String {
    let mut text =
        "Each message begins with its level and its code. In a draft that is not published, every problem is a warning, which \
         stops nothing; with `--drafts`, which publishes drafts, it counts. `casebook explain CODE` prints the same text.\n\n"
            .to_owned();
    for code in Code::ALL {
        write!(text, "## {code}\n\n```text\n{}```\n\n", explained(code.rule())).unwrap();
    }
    page(
        "Problems",
        "Every code that a message can have: what it means, why it matters, and how to put it right.",
        &text,
    )
}

/// The help of a command.
fn help(words: &[&str]) -> String {
    let ran = assert_cmd::Command::cargo_bin("casebook").unwrap().args(words).output().unwrap();
    String::from_utf8(ran.stdout).unwrap()
}

fn commands() -> String {
    let whole = help(&["--help"]);
    let mut text = format!("```text\n{}```\n\n", trimmed(&whole));
    for name in commands_in(&whole) {
        let own_help = help(&[name, "--help"]);
        write!(text, "## {name}\n\n```text\n{}```\n\n", trimmed(&own_help)).unwrap();
        for action in commands_in(&own_help) {
            let own_help = help(&[name, action, "--help"]);
            write!(text, "### {name} {action}\n\n```text\n{}```\n\n", trimmed(&own_help)).unwrap();
        }
    }
    page("Commands", "Every command with its options, as the program itself prints it.", &text)
}

/// The names of the commands that a help lists.
fn commands_in(help: &str) -> Vec<&str> {
    let list = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_default();
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.map(|line| line.split_whitespace().next().unwrap()).filter(|name| *name != "help").collect()
}

/// Removes blanks at the ends of lines.
fn trimmed(text: &str) -> String {
    text.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// A struct of a view: its doc comment, and its fields with their types and doc comments.
struct View {
    about: String,
    fields: Vec<(String, String, String)>,
}

/// The structs that templates see, by name: those that can be serialised.
fn views() -> BTreeMap<String, View> {
    let mut entries: Vec<_> =
        walkdir::WalkDir::new("src/site/view").into_iter().map(|entry| entry.unwrap().into_path()).collect();
    entries.push("src/site/theme/words.rs".into());
    let mut views = BTreeMap::new();
    for path in entries.iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs")) {
        let text = fs::read_to_string(path).unwrap();
        let is_words = path.ends_with("words.rs");
        let (mut docs, mut is_seen, mut open) = (Vec::new(), is_words, None::<(String, View)>);
        for line in text.lines() {
            let line = line.trim();
            if let Some(doc) = line.strip_prefix("///") {
                docs.push(doc.trim().to_owned());
            } else if let Some(traits) = line.strip_prefix("#[derive(") {
                is_seen = is_words || traits.contains("Serialize");
            } else if let Some(rest) = line.strip_prefix("pub struct ").filter(|_| is_seen) {
                let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
                open = Some((name, View { about: docs.join(" "), fields: Vec::new() }));
                docs.clear();
            } else if let (Some((_, view)), Some((name, kind))) =
                (&mut open, line.strip_prefix("pub ").and_then(|rest| rest.split_once(": ")))
            {
                view.fields.push((name.to_owned(), kind.trim_end_matches(',').to_owned(), docs.join(" ")));
                docs.clear();
            } else if line == "}" {
                views.extend(open.take().filter(|(_, view)| !view.fields.is_empty()));
                docs.clear();
            } else if !line.starts_with("#[") {
                docs.clear();
            }
        }
    }
    views
}

/// The value of a field, as a template sees it.
fn in_words(kind: &str, views: &BTreeMap<String, View>) -> String {
    let kind = kind.trim_start_matches('&').trim_start_matches("'a ").trim_start_matches("'static ");
    let inner = |start: &str, end: &str| kind.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
    if let Some(inside) = inner("Option<", ">") {
        return format!("{}; may be absent", in_words(inside, views));
    }
    if let Some(inside) = inner("Shared<", ">") {
        return in_words(inside, views);
    }
    if let Some(inside) = inner("Vec<", ">").or_else(|| inner("[", "]")) {
        return match inside.split_once("; ") {
            Some((item, count)) => format!("a list of {}, always {count}", in_words(item, views)),
            None => format!("a list of {}", in_words(inside, views)),
        };
    }
    if let Some((_, value)) = inner("BTreeMap<", ">").and_then(|inside| inside.split_once(", ")) {
        return format!("a mapping from names to {}", in_words(value, views));
    }
    let path = kind.split('<').next().unwrap_or_default();
    let name = path.rsplit("::").next().unwrap_or_default();
    match name {
        _ if views.contains_key(name) => format!("[{name}](#{})", name.to_lowercase()),
        "String" | "str" | "Cow" => "text".to_owned(),
        "Html" => "HTML, printed as it is".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" | "u8" | "i16" | "i64" | "u16" | "u32" => "a number".to_owned(),
        "Extra" => "whatever `extra` holds".to_owned(),
        "Value" => "a mapping".to_owned(),
        _ => panic!("say in words what a template sees of {kind}"),
    }
}

/// What an author of templates needs to know before the tables. `{version}` is that of Tera.
const ABOUT_TEMPLATES: &str = r#"Templates are written in Tera {version}; [its manual](https://keats.github.io/tera/) explains the language. Casebook adds no filters and no functions.

Tera resembles Jinja and Liquid, with these differences. Arguments have names: `{{ names | join(sep=", ") }}`. Texts are joined by `~`, and `+` adds numbers. A name that the view does not have is an error where it is printed or asked for a field; in an `if`, an `or` and before `default(value="…")` it counts as false, and so does a field that is absent, which prints nothing. There are no macros and no `assign`, `unless` or `elsif`, but components, `set`, `if not` and `elif`.

A template sees its view and nothing else. Each kind of page has a template of its own; what it sees is under its name. Three more things can be named:

- `site` in every template: [SiteView](#siteview).
- `words` in every template: [Words](#words).
- `page` in the template of a page: [PageHead](#pagehead). `masthead.html`, `footer.html` and `entry.html` are not pages and have none.

`base.html` is the frame that the other pages extend, and gets all that their views hold. A file in `parts/` gets all that the template which includes it has at that place, also what was `set` there; the comment at its start says what it uses. Names of views are links to their fields.

"#;

/// The fields of `page` that are HTML of other templates. They are added when the page is made.
const FRAME: [(&str, &str); 2] = [
    ("masthead", "What `masthead.html` made. `redirect.html` prints none."),
    ("foot", "What `footer.html` made. `redirect.html` prints none."),
];

/// The version of Tera that Cargo.toml asks for.
fn version_of_tera() -> String {
    let manifest = fs::read_to_string("Cargo.toml").unwrap();
    let after = manifest.split("\ntera = { version = \"").nth(1).unwrap();
    after.split('"').next().unwrap().to_owned()
}

fn templates() -> String {
    let views = views();
    let mut text = ABOUT_TEMPLATES.replace("{version}", &version_of_tera());
    let is_page = |view: &View| view.about.contains(".html`");
    let section = |text: &mut String, name: &str, view: &View| {
        write!(text, "## {name}\n\n{}\n\n", view.about).unwrap();
        text.push_str("| Field | What it is | Value |\n|---|---|---|\n");
        for (field, kind, about) in &view.fields {
            writeln!(text, "| `{field}` | {} | {} |", about.replace('|', "\\|"), in_words(kind, &views)).unwrap();
        }
        for (field, about) in FRAME.iter().filter(|_| name == "PageHead") {
            writeln!(text, "| `{field}` | {about} | HTML, printed as it is |").unwrap();
        }
        text.push('\n');
    };
    for (name, view) in views.iter().filter(|(_, view)| is_page(view)) {
        section(&mut text, name, view);
    }
    for (name, view) in views.iter().filter(|(_, view)| !is_page(view)) {
        section(&mut text, name, view);
    }
    page("Templates", "The language of templates, and every template of a theme with the fields that it sees.", &text)
}

fn words() -> String {
    let file = fs::read_to_string("themes/default/strings/en.yaml").unwrap();
    let mut text = "A theme changes words of the interface in `themes/NAME/strings/en.yaml`, which needs to hold only the words that it changes. `{…}` is filled in. A word with `one` and `other` goes with a number.\n\n".to_owned();
    let (intro, rest) = file.split_once("\n\n").unwrap();
    assert!(intro.lines().all(|line| line.starts_with('#')));
    for part in rest.split("\n\n") {
        let (title, lines) = part.split_once('\n').unwrap();
        let title = title.strip_prefix("# ").unwrap_or_else(|| panic!("a comment with the heading of {part}"));
        write!(text, "## {title}\n\n```yaml\n{}\n```\n\n", lines.trim_end()).unwrap();
    }
    page("Words of the interface", "Every word that the built-in theme prints, with its name.", &text)
}

/// The doc comments of an enum's variants, by their names.
fn variants(path: &str, name: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(path).unwrap();
    let inside = text.split(&format!("pub enum {name} {{\n")).nth(1).unwrap().split("\n}").next().unwrap();
    let mut variants = Vec::new();
    let mut docs = Vec::new();
    for line in inside.lines().map(str::trim) {
        match line.strip_prefix("///") {
            Some(doc) => docs.push(doc.trim().to_owned()),
            None => {
                let name: String = line.chars().take_while(|c| c.is_alphanumeric()).collect();
                variants.push((name, std::mem::take(&mut docs).join(" ")));
            }
        }
    }
    variants
}

/// The addresses that a library with one case does not have, by route.
const ELSEWHERE: [(&str, &str); 5] = [
    ("Region", "/places/south-west/"),
    ("LivesOfYear", "/lifelines/2010/"),
    ("RegionCard", "/places/south-west/share-card.png"),
    ("Drafts", "/drafts/"),
    ("SitemapPart", "/sitemap-2.xml"),
];

fn addresses() -> String {
    let body = case("![Desk](desk.png)\n\n[Report](report.pdf)\n")
        .replace("sector: health\n", "sector: health\nbarrier: political\nperiod: { from: 2006, to: 2013 }\n");
    let withdrawn = "---\ntitle: Taken back\nsummary: B.\ndate: 2026-01-01\nsector: health\nstatus: withdrawn\nwithdrawn: { date: 2026-02-01, why: It was wrong. }\n---\nText.\n";
    let files = [
        (
            "casebook.yaml",
            "title: Test\nbase_url: https://example.org/\npublisher: { name: A, email: a@example.org }\ncontribute: { email: a@example.org }\n",
        ),
        ("content/cases/a-case.md", body.as_str()),
        ("content/cases/taken-back.md", withdrawn),
        ("content/cases/desk.png", ""),
        ("content/cases/report.pdf", ""),
        ("content/pages/about.md", "---\ntitle: About\naliases: [/who/]\n---\nText.\n"),
        ("content/glossary.yaml", "- { term: PCT, full: primary care trust }\n"),
    ];
    let (site, _) = made(&with_needed(&files), &edition());
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (address, route) in site.routes() {
        let variant: String = format!("{route:?}").chars().take_while(|c| c.is_alphanumeric()).collect();
        found.entry(variant).or_default().push(address.to_string());
    }
    let mut text = "Where everything is, under `base_url`, by the example of a library with one case. What has several pages goes on at `page/2/` below the first. Addresses keep their form from release to release.\n\n| Example | What it is |\n|---|---|\n".to_owned();
    for (name, about) in variants("src/site/route.rs", "Route") {
        text += &address_rows(&name, &about, found.get(&name).map_or(&[], Vec::as_slice));
    }
    text.push_str("\n## Data files\n\nThe page `/data/` explains every column of the tables, in the words of your library.\n\n| File | What is in it |\n|---|---|\n");
    let names = found["DataFile"].clone();
    for (address, (_, about)) in data_files(&names) {
        writeln!(text, "| `{address}` | {about} |").unwrap();
    }
    page("Addresses", "Every address of a published site, and the files of its open data.", &text)
}

/// The rows of a route: one example, or all addresses where each of them is something else.
fn address_rows(route: &str, about: &str, addresses: &[String]) -> String {
    let elsewhere = || ELSEWHERE.iter().find(|(name, _)| *name == route).map(|(_, address)| *address);
    let Some(first) = addresses.first().map(String::as_str).or_else(elsewhere) else {
        panic!("an example of the address of {route}");
    };
    let row = |address: &str, about: &str| format!("| `{address}` | {about} |\n");
    match route {
        "Template" => {
            let of_template = |template: Template| row(template.address().as_str(), template.label());
            Template::ALL.map(of_template).concat()
        }
        "Map" | "File" => addresses.iter().map(|address| row(address, about)).collect(),
        _ => row(first, about),
    }
}

/// The files of the open data, each with the doc comment of its variant. The variants are in the order of the files.
fn data_files(addresses: &[String]) -> Vec<(String, (String, String))> {
    let named: BTreeMap<&str, &str> = [
        ("CasesJson", "cases.json"),
        ("CasesCsv", "cases.csv"),
        ("EvidenceMap", "evidence-map.csv"),
        ("Vocabularies", "vocabularies.jsonld"),
        ("Bibtex", "library.bib"),
        ("Ris", "library.ris"),
        ("CslJson", "library.json"),
        ("Package", "datapackage.json"),
    ]
    .into();
    let variants = variants("src/export/data_file.rs", "DataFile");
    let with_file = variants.into_iter().map(|variant| {
        let file = named.get(variant.0.as_str()).unwrap_or_else(|| panic!("the file of {}", variant.0));
        let address = addresses.iter().find(|address| address.ends_with(file));
        (address.unwrap_or_else(|| panic!("an address of {file}")).clone(), variant)
    });
    with_file.collect()
}

/// The functions of an open library, from the doc comments of the search module.
fn search_module() -> String {
    let module = fs::read_to_string("src/search/browser/search.js").unwrap();
    let inside = module.split("\n  return {\n").nth(1).unwrap().split("\n  };\n").next().unwrap();
    let mut text = "A page of your own can search the library with `/search/search.js`:\n\n```js\nimport { openLibrary } from \"/search/search.js\";\nconst library = await openLibrary();\nconst found = await library.search({ text: \"joint chief executive\", limit: 20 });\n```\n\nOn a site below a path, such as `/library/`, that path comes first: `/library/search/search.js`.\n\n`openLibrary(address)` opens the library whose index lies beside the module, or at another address. The library answers:\n\n| Call | What it gives |\n|---|---|\n".to_owned();
    let lines: Vec<&str> = inside.lines().map(str::trim).collect();
    for pair in lines.chunks(2) {
        let doc = pair[0].trim_start_matches("/**").trim_end_matches("*/").trim();
        let name = pair[1].split(':').next().unwrap();
        let taken = match name {
            "search" => "question",
            "suggest" => "text, limit",
            _ => "text",
        };
        writeln!(text, "| `{name}({taken})` | {doc} |").unwrap();
    }
    text.push_str(QUESTION);
    page("The search module", "How a page of your own searches the library.", &text)
}

/// The fields of a request and a response. The search tests check that the module has them.
const QUESTION: &str = r#"
## A question

| Field | What it is |
|---|---|
| `text` | Words, a last word that is still being typed, or "a quoted phrase". Common words ("how", "the") count only in a text that has no other. A word with marks ("COVID-19") also finds its parts side by side, and its parts apart if no case has it whole. |
| `filters` | Terms by vocabulary: `{ sector: ["health", "police"] }`. Any of a vocabulary, all of the vocabularies. |
| `match` | `{ sector: "all" }`: all terms of that vocabulary. |
| `years` | `[2006, 2013]`: cases whose period overlaps; either end may be null. A period without an end lasts until its `reported` year, or else until this year. |
| `sort` | `relevance`, `newest` or `title`. |
| `offset`, `limit` | Which of the results: from where, and how many. |
| `signal` | An `AbortSignal`, for a question that is not wanted any more. |

## An answer

| Field | What it is |
|---|---|
| `total` | How many cases match. |
| `complete` | How many of them have every word. |
| `results` | Each with `url`, `title`, `summary`, `excerpt`, `terms`, `place`, `region`, `period`, `date`, `score`, `missing` (the words that the case lacks, as typed or as corrected) and `life`: the years between which its lifeline is drawn, `{ from, known, last }`, or null. Only `excerpt` is HTML: text and `<mark>`. |
| `facets` | How many cases carry each term: `facets.sector.health`. |
| `correction` | The text that was searched instead, or null. |
| `suggestion` | A text that may have been meant, or null. |
| `ignored` | Ids of filters that the library does not have. |
| `pages` | Plain pages and entries of the glossary that answer the text. |
"#;
