//! The invariants of ARCHITECTURE.md, checked on the source itself and on libraries.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use casebook::{
    model::{
        Edition,
        assemble::{RESERVED, SEARCH_PARAMETERS},
    },
    site::{Content, route::Route},
};
use walkdir::WalkDir;

use crate::library::{case, edition, with_needed};

/// The top-level modules that each of them may use, from the table in ARCHITECTURE.md.
fn may_use() -> Vec<(String, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let modules = text.split("\n## Modules\n").nth(1).unwrap();
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let rows = modules.lines().filter(|line| line.starts_with("| `")).map(|line| {
        let cells: Vec<&str> = line.trim_matches(['|', ' ']).split(" | ").collect();
        (names(cells[0]).remove(0), names(cells[cells.len() - 1]))
    });
    rows.chain([("main".to_owned(), vec!["cli".to_owned()])]).collect()
}

/// Names that only some modules may use.
const ONLY: &[(&str, &[&str], &[&str])] = &[
    (
        "the disk",
        &[
            "std::fs",
            "fs::",
            "walkdir",
            " File::",
            "tempfile",
            "rustix",
            ".canonicalize()",
            ".is_file()",
            ".is_dir()",
            ".exists()",
            ".metadata()",
            ".read_dir()",
        ],
        &["disk", "source", "output"],
    ),
    (
        "writing",
        &[
            "fs::write",
            "fs::create",
            "fs::remove",
            "fs::rename",
            "fs::copy",
            "fs::hard_link",
            "fs::set_permissions",
            "File::create",
            "File::options",
            "OpenOptions",
            "tempfile",
        ],
        &["disk", "output"],
    ),
    ("the clock", &["Instant::now", "SystemTime::now", "Timestamp::now", "Zoned::now"], &["cli", "preview"]),
    ("sockets", &["TcpListener", "tokio", "axum", "hyper::"], &["preview"]),
    ("the network", &["ureq", "TcpStream", "UdpSocket", "ToSocketAddrs"], &["external"]),
    ("the pipeline", &["pipeline::"], &["cli", "preview"]),
];

/// Each source file: its top-level module, its path, and its text without tests.
fn sources() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    for entry in WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        if !path.ends_with(".rs") || path.ends_with("tests.rs") || path.contains("/tests/") || path == "lib.rs" {
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        let text = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
        let module = path.split(['/', '.']).next().unwrap().to_owned();
        sources.push((module, path, text));
    }
    sources
}

/// The lines of code, without comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn modules_use_only_the_modules_in_their_row() {
    let mut broken = Vec::new();
    let modules = may_use();
    for (module, path, text) in sources() {
        let (_, allowed) =
            modules.iter().find(|(name, _)| *name == module).unwrap_or_else(|| panic!("a new module: {module}"));
        let code: String = code(&text).flat_map(|line| [line, "\n"]).collect();
        for (other, _) in modules.iter().filter(|(other, _)| *other != module && !allowed.contains(other)) {
            let named = ["::", ";"].iter().any(|end| code.contains(&format!("crate::{other}{end}")));
            let in_group = uses_in_group(&code, other);
            if named || in_group {
                broken.push(format!("{path} uses {other}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Is the module named in a `use crate::{ … }`?
fn uses_in_group(code: &str, module: &str) -> bool {
    code.split("use crate::{").skip(1).any(|group| {
        let group = group.split("};").next().unwrap();
        let mut depth = 0;
        let top: String = group
            .chars()
            .filter(|c| {
                depth += i32::from(*c == '{') - i32::from(*c == '}');
                depth == 0
            })
            .collect();
        top.split(',').any(|item| item.trim().split("::").next() == Some(module))
    })
}

#[test]
fn only_some_modules_use_the_disk_the_clock_and_sockets() {
    let mut broken = Vec::new();
    for (module, path, text) in sources() {
        for (what, words, modules) in ONLY {
            if modules.contains(&module.as_str()) {
                continue;
            }
            for line in code(&text).filter(|line| words.iter().any(|word| line.contains(word))) {
                broken.push(format!("{path} uses {what}: {}", line.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// SECURITY.md names a test for each promise: a file, or `module::function` of this suite, or a function of a test file
/// before it.
#[test]
fn every_test_named_in_security_md_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let all: String = ["src", "tests/suite"]
        .iter()
        .flat_map(|folder| WalkDir::new(root.join(folder)))
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"))
        .map(|entry| fs::read_to_string(entry.path()).unwrap())
        .collect();
    let promises = text.split("## What is promised").nth(1).unwrap().split("\n## ").next().unwrap();
    let held_by = promises.lines().filter(|line| line.starts_with('|')).filter_map(|line| line.split('|').nth(2));
    let mut named = 0;
    for name in held_by.flat_map(|cell| cell.split('`').skip(1).step_by(2)) {
        let is_there = match name.rsplit("::").next().unwrap() {
            path if path.contains('/') => root.join(path).exists(),
            part if part.contains('…') => all.contains(part.trim_matches('…')),
            target if root.join(format!("fuzz/fuzz_targets/{target}.rs")).exists() => true,
            function => all.contains(&format!("fn {function}(")),
        };
        assert!(is_there, "SECURITY.md names {name}, which is not there");
        named += 1;
    }
    assert!(named > 20, "only {named} tests were seen");
}

#[test]
fn every_path_named_in_architecture_md_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let in_code = text.split('`').skip(1).step_by(2);
    let tops = ["src/", "tests/", "themes/", "benches/", "fuzz/", "docs/", "fonts/"];
    let mut seen = 0;
    for path in in_code.filter(|word| tops.iter().any(|top| word.starts_with(top))) {
        assert!(root.join(path).exists(), "ARCHITECTURE.md names {path}, which is not there");
        seen += 1;
    }
    assert!(seen > 40, "only {seen} paths were seen");
}

#[test]
fn a_type_has_a_name_of_its_own() {
    // One for each way to the disk.
    const PER_SYSTEM: &[&str] = &["Opened"];
    let mut files: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, path, text) in sources() {
        for line in code(&text) {
            let line = line.trim_start().trim_start_matches("pub(super) ").trim_start_matches("pub ");
            let kinds = ["struct ", "enum ", "trait ", "type "];
            let Some(rest) = kinds.iter().find_map(|kind| line.strip_prefix(kind)) else { continue };
            // `type Item = …;` of an implementation repeats the name of its trait.
            let is_associated = line.starts_with("type ") && !text.contains(&format!("\n{line}"));
            let name = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap();
            if !is_associated && !PER_SYSTEM.contains(&name) {
                files.entry(name.to_owned()).or_default().insert(path.clone());
            }
        }
    }
    files.retain(|_, files| files.len() > 1);
    assert!(files.is_empty(), "{files:#?}");
}

/// No formatter breaks comments.
#[test]
fn comments_are_at_most_120_wide() {
    const WIDTH: usize = 120;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["src", "themes", "tests/suite", "benches"];
    let files = folders.into_iter().flat_map(|folder| WalkDir::new(root.join(folder)));
    let is_code = |path: &std::path::PathBuf| ["rs", "js"].iter().any(|kind| path.extension() == Some(kind.as_ref()));
    let files = files.map(|entry| entry.unwrap().into_path()).filter(is_code);
    let begins = |line: &str| ["//", "/*", "* "].iter().any(|sign| line.starts_with(sign));
    let is_comment = |line: &str| begins(line) && !line.contains("// |") && !line.contains("//! |");
    let mut wide = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().zip(1..).filter(|(line, _)| is_comment(line.trim_start()));
        wide.extend(
            lines.filter(|(line, _)| line.chars().count() > WIDTH).map(|(_, n)| format!("{}:{n}", path.display())),
        );
    }
    assert!(wide.is_empty(), "{wide:#?}");
}

#[test]
fn no_code_exits_or_keeps_global_state() {
    let forbidden = ["process::exit", "static mut", "thread_local!", "set_current_dir", "todo!(", "unimplemented!("];
    for (_, path, text) in sources() {
        for word in forbidden {
            assert!(!code(&text).any(|line| line.contains(word)), "{path} has {word}");
        }
    }
}

#[test]
fn every_file_of_the_built_in_theme_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let names: Vec<String> = WalkDir::new(&root)
        .into_iter()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"))
        .collect();
    let mut text: String = sources().into_iter().map(|(_, _, text)| text).collect();
    for name in names.iter().filter(|name| name.ends_with(".html") || name.ends_with(".js")) {
        text.push_str(&fs::read_to_string(root.join(name)).unwrap().replace("\"./", "\""));
    }
    for name in names.iter().filter(|name| !name.starts_with("strings/")) {
        let name = name.strip_prefix("assets/").unwrap_or(name);
        assert!(text.contains(&format!("\"{name}\"")), "nothing names {name}");
    }
}

#[test]
fn every_text_of_the_interface_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let mut text: String = sources().into_iter().map(|(_, _, text)| text).collect();
    for entry in WalkDir::new(&root).into_iter().map(|entry| entry.unwrap()) {
        if entry.path().extension().is_some_and(|ending| ending == "html") {
            text.push_str(&fs::read_to_string(entry.path()).unwrap());
        }
    }
    let strings = fs::read_to_string(root.join("strings/en.yaml")).unwrap();
    let keys = strings.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    for key in keys.map(|line| line.split(':').next().unwrap()) {
        // `words.map` must not match `words.map_rows`.
        let is_key = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let is_used = |start: &str| text.match_indices(start).any(|(at, found)| is_key(&text[at + found.len()..]));
        let ways = ["words", "words()", "self"].map(|whose| format!("{whose}.{key}"));
        assert!(ways.iter().any(|way| is_used(way)), "nothing says `{key}`");
    }
}

/// Every page of a library, by address.
fn pages(files: &[(&str, &str)], edition: &Edition) -> Vec<(String, Vec<u8>)> {
    let site = crate::library::site(&with_needed(files), edition).value;
    let bytes = |content| match content {
        Content::Bytes(bytes) => bytes,
        Content::File(path) => path.to_string().into_bytes(),
    };
    site.routes()
        .map(|(address, route)| (address.to_string(), bytes(site.render(address, route).expect("a page"))))
        .collect()
}

#[test]
fn reserved_names_are_the_first_parts_of_casebooks_own_addresses() {
    let body = case("Text.\n").replace("sector:", "period: { from: 2006, to: 2013 }\nsector:");
    let files = [
        ("casebook.yaml", "title: Test\nbase_url: https://example.org/\ncontribute: { email: a@example.org }\n"),
        ("content/cases/a.md", body.as_str()),
        ("content/glossary.yaml", "- { term: PCT, full: primary care trust }\n"),
    ];
    let site = crate::library::site(&with_needed(&files), &Edition { with_drafts: true, ..edition() }).value;
    let is_own =
        |route: &Route| !matches!(route, Route::Vocabulary(_) | Route::Term(..) | Route::Pair(..) | Route::TermFeed(_));
    let own = site.routes().filter(|(_, route)| is_own(route));
    let own: BTreeSet<&str> = own
        .filter_map(|(address, _)| address.as_str().trim_start_matches('/').split_once('/'))
        .map(|(top, _)| top)
        .collect();
    assert_eq!(own, RESERVED.into());
}

#[test]
fn reserved_parameters_are_those_of_the_search_page_and_its_script() {
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let names = |path: &str, before: &str| -> Vec<String> {
        let text = fs::read_to_string(theme.join(path)).unwrap();
        let names = text.split(before).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        names.filter(|name| !name.starts_with("{{")).collect()
    };
    let of_form = names("search.html", " name=\"");
    let read = names("assets/search-address.js", "address.get(\"");
    let written = names("assets/search-address.js", "parts.append(\"");
    let own: BTreeSet<String> = of_form.into_iter().chain(read).chain(written).collect();
    assert_eq!(own, SEARCH_PARAMETERS.map(str::to_owned).into());
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let body = case("## One\n\nText[^a] and [two](b.md#one).\n\n```rust\nfn main() {}\n```\n\n[^a]: Note.\n");
    let files = [("content/cases/a.md", body.as_str()), ("content/cases/b.md", body.as_str())];
    assert_eq!(pages(&files, &edition()), pages(&files, &edition()));
}

#[test]
fn no_page_shows_the_day_of_the_build() {
    let body = case("Text.\n");
    let files = [("content/cases/a.md", body.as_str())];
    let later = Edition { day: "2027-05-06".parse().unwrap(), ..edition() };
    assert_eq!(pages(&files, &edition()), pages(&files, &later));
}

#[test]
fn every_link_on_every_page_has_a_target() {
    let first = case("[B](b.md), [term](/sector/health/), [home](/), ![Picture](p.png)\n");
    let second = case("## Deep\n\n[A](a.md)\n");
    let files = [
        ("content/cases/a.md", first.as_str()),
        ("content/cases/b.md", second.as_str()),
        ("content/cases/p.png", ""),
        ("content/glossary.yaml", "- { term: PCT, full: primary care trust }\n"),
        ("content/pages/about.md", "---\ntitle: About\nnav: 1\naliases: [/old/]\n---\nText.\n"),
    ];
    let base = casebook::read::config::parse_base_url("/library/").unwrap();
    let pages = pages(&files, &Edition { base: Some(base), ..edition() });
    let addresses: BTreeSet<String> = pages.iter().map(|(address, _)| format!("/library{address}")).collect();
    let mut seen = 0;
    for (address, bytes) in pages.iter().filter(|(address, _)| address.ends_with('/') || address.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        for link in
            html.split([' ', '\n']).filter_map(|word| word.strip_prefix("href=\"").or(word.strip_prefix("src=\"")))
        {
            let link = link.split(['"', '#', '?']).next().unwrap();
            if link.is_empty() || link.starts_with("http") || link.starts_with("mailto:") || link.starts_with("data:") {
                continue;
            }
            seen += 1;
            assert!(addresses.contains(link), "{address} links to {link}, which is not there");
        }
    }
    assert!(seen > 50, "only {seen} links were seen");
}
