//! Checks that the table of keys and the code that reads them agree.

use std::collections::BTreeSet;

use super::{LibraryKeys, document};
use crate::{
    model::keys::{self, DocumentKind, FileKind, Key, ValueKind},
    problem::{Code, FilePath, Problem, SpotPart, Step},
    source::SourceFile,
};

/// The problems of a file of this kind with this YAML.
fn problems(file: &FileKind, yaml: &str) -> Vec<Problem> {
    let path = FilePath::new(file.path.replace("**/", "").replace('*', "a").as_str());
    let text = if file.path.ends_with(".md") { format!("---\n{yaml}\n---\nText.\n") } else { yaml.to_owned() };
    let own = LibraryKeys { vocabularies: BTreeSet::from(["sector".into()]), fields: Vec::new() };
    document(&path, &SourceFile::Text(text.into_bytes().into()), &own).problems
}

/// The other keys that a key needs to be valid, apart from required ones.
const BESIDE: [(&str, &str); 4] = [
    ("withdrawn", "status: withdrawn"),
    ("adopted", "sources: [{ title: A report, id: kings-fund }]"),
    ("given", "family: Example"),
    ("suffix", "family: Example"),
];

/// A file with the key at the end of the path, and with the other keys that it needs. `value` is written after the key.
fn with(file: &FileKind, path: &[&'static Key], value: &str) -> String {
    let mut yaml = value.to_owned();
    let inner_keys = path.iter().rev().skip(1).map(|key| key.kind.keys()).chain([file.keys]);
    for (key, keys) in path.iter().rev().zip(inner_keys) {
        let is_list = matches!(key.kind, ValueKind::List(_) | ValueKind::OneOrMore(_));
        let has_keys_inside = !key.kind.keys().is_empty() && yaml.starts_with('{');
        let is_innermost = key.name == path.last().expect("a key").name;
        let own = match key.kind {
            ValueKind::Named(_) if !is_innermost => format!("{{ cost: {yaml} }}"),
            _ if is_list && has_keys_inside => format!("[{yaml}]"),
            _ => yaml,
        };
        let others = keys.iter().filter(|other| other.required && other.name != key.name);
        let others = others.map(|other| format!(", {}: {}", other.name, flow(other.example))).collect::<String>();
        let beside = BESIDE.iter().filter(|(name, _)| *name == key.name);
        let beside = beside.map(|(_, text)| format!(", {text}")).collect::<String>();
        yaml = format!("{{ {}: {own}{others}{beside} }}", key.name);
    }
    if file.is_list { format!("[{yaml}]") } else { yaml }
}

/// An example in flow style: an entry of a list in brackets, and a text in quotation marks if a comma would split it.
fn flow(example: &str) -> String {
    match example.strip_prefix("- ") {
        Some(entry) => format!("[{entry}]"),
        None if !example.starts_with(['[', '{', '"']) && example.contains([',', ':', '#']) => format!("{example:?}"),
        None => example.to_owned(),
    }
}

/// Calls a function with every key of a kind of file, and the keys above it.
fn for_every_key(check: impl Fn(&FileKind, &[&'static Key])) {
    fn go<'k>(
        file: &FileKind,
        keys: &'static [Key],
        way: &mut Vec<&'k Key>,
        check: &impl Fn(&FileKind, &[&'static Key]),
    ) where
        'static: 'k,
        'k: 'static,
    {
        for key in keys {
            way.push(key);
            check(file, way);
            go(file, key.kind.keys(), way, check);
            way.pop();
        }
    }
    for file in &keys::FILES {
        go(file, file.keys, &mut Vec::new(), &check);
    }
}

fn names(path: &[&Key]) -> Vec<&'static str> {
    path.iter().map(|key| key.name).collect()
}

#[test]
fn the_example_of_every_key_is_valid() {
    for_every_key(|file, path| {
        let key = path.last().expect("a key");
        let yaml = with(file, path, &flow(key.example));
        let problems = problems(file, &yaml);
        assert!(problems.is_empty(), "{} {:?}: {yaml}\n{problems:#?}", file.name, names(path));
    });
}

#[test]
fn every_key_of_the_tables_is_read() {
    for_every_key(|file, path| {
        // No key accepts a value with a tag, so the code that reads the key reports it.
        let problems = problems(file, &with(file, path, "!tag x"));
        let last = |problem: &Problem| match &problem.spot.part {
            SpotPart::Yaml { path, .. } => path.iter().rev().find_map(|step| match step {
                Step::Key(key) => Some(key.clone()),
                Step::Item(_) => None,
            }),
            _ => None,
        };
        let key = path.last().expect("a key");
        let is_reported = problems.iter().any(|problem| last(problem).as_deref() == Some(key.name));
        assert!(is_reported, "no code reads {} {:?}: {problems:#?}", file.name, names(path));
    });
}

#[test]
fn every_value_of_the_wrong_type_has_a_way_out() {
    let values =
        ["!tag x", "{ x: y }", "[x]", "[[x]]", "7", "-1", "1.5", "true", "null", "''", "2013-02-30", "x", "http://[/"];
    let without = std::cell::RefCell::new(std::collections::BTreeSet::new());
    for_every_key(|file, path| {
        for value in values {
            let problems = problems(file, &with(file, path, value)).into_iter();
            let messages = problems
                .filter(|problem| problem.code == Code::WrongType && problem.help.is_none())
                .map(|problem| problem.message);
            without
                .borrow_mut()
                .extend(messages.map(|message| format!("{} {:?}: {value}: {message}", file.name, names(path))));
        }
    });
    assert!(without.borrow().is_empty(), "{:#?}", without.borrow());
}

#[test]
fn an_unknown_key_is_reported_with_the_nearest_key() {
    let help = |file: DocumentKind, yaml: &str| {
        let problems = problems(file.row(), yaml);
        let problem = problems.into_iter().find(|problem| problem.code == Code::UnknownField);
        problem.map(|problem| format!("{}; {}", problem.message, problem.help.unwrap_or_default()))
    };
    let menu = "nothing reads the key `menu`: Casebook calls it `nav`; write it in this form: nav: 2";
    assert_eq!(help(DocumentKind::Page, "{ title: A, menu: 1 }").as_deref(), Some(menu));
    let tags = help(DocumentKind::Case, "{ title: A, tags: [x] }").expect("a problem");
    assert!(tags.contains("put its words under \"sector\""), "{tags}");
    assert_eq!(
        help(DocumentKind::Settings, "{ title: A, per_pag: 1 }")
            .map(|help| help.contains("`per_page`") || help.contains("\"per_page\"")),
        Some(true)
    );
}
