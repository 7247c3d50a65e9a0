//! Visual Studio Code: recommended extensions, tasks with a problem matcher, schemas for YAML files, snippets.

use serde_json::{Map, Value, json};

use super::SettingsFile;
use crate::{
    export::{schema, template},
    model::{
        Library,
        keys::{FILES, FileKind},
        vocabulary::Vocabulary,
    },
};

pub(super) const FIRST_STEPS: &str = "\
Open the library's folder, and install the extensions that it recommends.
Press Ctrl+Shift+B (on a Mac, Cmd+Shift+B) to see what is wrong; problems open at their lines.
In a case type casebook- and choose a snippet.";

pub(super) fn files(library: &Library) -> Vec<SettingsFile> {
    let file = |path: &str, text: String| SettingsFile { path: format!(".vscode/{path}"), text };
    let schemas = yaml_files().map(|kind| file(&schema_of(kind), schema::schema_of(library, kind)));
    [
        file("extensions.json", written(&json!({ "recommendations": ["redhat.vscode-yaml"] }))),
        file("tasks.json", written(&tasks())),
        file("settings.json", written(&settings())),
        file("casebook.code-snippets", written(&snippets(library))),
    ]
    .into_iter()
    .chain(schemas)
    .collect()
}

fn written(value: &Value) -> String {
    format!("{value:#}\n")
}

/// The kinds of files that are YAML only.
fn yaml_files() -> impl Iterator<Item = &'static FileKind> {
    const { &FILES }.iter().filter(|kind| kind.path.ends_with(".yaml"))
}

fn schema_of(kind: &FileKind) -> String {
    format!("casebook-{}.schema.json", kind.name)
}

fn settings() -> Value {
    let schemas: Map<String, Value> =
        yaml_files().map(|kind| (format!("./.vscode/{}", schema_of(kind)), json!(kind.path))).collect();
    json!({
        "yaml.schemas": schemas,
        // The schemas are in the library, so do not load others from another host.
        "yaml.schemaStore.enable": false,
        "files.associations": { "casebook.yaml": "yaml" },
        "search.exclude": { "output": true },
    })
}

fn tasks() -> Value {
    let task = |label: &str, arguments: &[&str], matcher: Value| {
        json!({
            "label": label,
            "type": "process",
            "command": "casebook",
            "args": arguments,
            "problemMatcher": matcher,
            "presentation": { "clear": true },
        })
    };
    let mut check = task("Casebook: say what is wrong", &["--color", "never", "check"], matcher());
    check["group"] = json!({ "kind": "build", "isDefault": true });
    let mut preview = task("Casebook: preview", &["serve", "--open"], json!([]));
    preview["isBackground"] = json!(true);
    json!({
        "version": "2.0.0",
        "tasks": [
            check,
            task("Casebook: fix what is certain", &["--color", "never", "check", "--fix"], matcher()),
            task("Casebook: publish into output/", &["--color", "never", "build"], matcher()),
            preview,
        ],
    })
}

/// The format of a report: a line with the message, then a line with its place.
fn matcher() -> Value {
    json!({
        "owner": "casebook",
        "source": "casebook",
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": [
            { "regexp": "^(error|warning)\\[([a-z0-9-]+)\\]: (.*)$", "severity": 1, "code": 2, "message": 3 },
            { "regexp": "^\\s*--> (.*):(\\d+):(\\d+)$", "file": 1, "line": 2, "column": 3 },
        ],
    })
}

/// The day on which a snippet is inserted.
const TODAY: &str = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE";

fn snippets(library: &Library) -> Value {
    let snippet = |prefix: &str, about: &str, body: Vec<String>| json!({ "scope": "markdown", "prefix": prefix, "description": about, "body": body });
    let mut all = Map::new();
    let case = template::markdown("", "", None, &[], library);
    all.insert(
        "A new case".to_owned(),
        snippet("casebook-case", "A draft with its front matter and headings", case_body(&case, library)),
    );
    for vocabulary in &library.vocabularies {
        let Some(term) = choice(1, vocabulary) else { continue };
        let body = vec![
            format!("- term: {term}"),
            "  what: ${2:What happened.}".to_owned(),
            "  response: ${3:What they did about it.}".to_owned(),
        ];
        let about = vocabulary.file.question.clone().unwrap_or_else(|| vocabulary.file.label.clone());
        all.insert(
            format!("{}, with what happened", vocabulary.file.label),
            snippet(&format!("casebook-{}", vocabulary.file.id), &about, body),
        );
    }
    let source = "- { id: ${1:id}, title: ${2:Title}, url: ${3:https://}, publisher: ${4:Publisher}, date: ${5:2013}, kind: ${6|evaluation,official,journalism,party,reference,other|} }";
    all.insert("A source".to_owned(), snippet("casebook-source", "A source of a case", vec![source.to_owned()]));
    let correction = format!("- {{ date: {TODAY}, what: ${{1:What was wrong, and what is correct.}} }}");
    all.insert(
        "A correction".to_owned(),
        snippet("casebook-correction", "What was put right, and when", vec![correction]),
    );
    Value::Object(all)
}

/// The lines of a new case with placeholders: its title, its summary, a term of each vocabulary, its text.
fn case_body(case: &str, library: &Library) -> Vec<String> {
    let mut stop = 0;
    let mut next = || {
        stop += 1;
        stop
    };
    let lines = case.lines().map(|line| match line.split_once(':') {
        Some(("date", _)) => format!("date: {TODAY}"),
        Some(("title", _)) => format!("title: \"${{{}:What it is called}}\"", next()),
        Some(("summary", _)) => format!("summary: \"${{{}:One or two sentences}}\"", next()),
        Some((key, value)) if value.trim().is_empty() => {
            let vocabulary = library.vocabularies.iter().find(|vocabulary| vocabulary.file.id == key);
            match vocabulary.and_then(|vocabulary| Some((vocabulary, choice(next(), vocabulary)?))) {
                Some((vocabulary, choice)) if vocabulary.file.many => format!("{key}: [{choice}]"),
                Some((_, choice)) => format!("{key}: {choice}"),
                None => literal(line),
            }
        }
        _ => literal(line),
    });
    lines.collect()
}

/// A line without placeholders.
fn literal(line: &str) -> String {
    line.replace('\\', "\\\\").replace('$', "\\$")
}

/// A choice of the terms of a vocabulary; none if it has no terms.
fn choice(stop: usize, vocabulary: &Vocabulary) -> Option<String> {
    let ids: Vec<&str> = vocabulary.terms.iter().map(|term| term.slug()).collect();
    (!ids.is_empty()).then(|| format!("${{{stop}|{}|}}", ids.join(",")))
}
