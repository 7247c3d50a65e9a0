//! Completion in a library with more to choose from than a list can show.

use serde_json::Value;

use super::{client::Client, on_disk};

const CASE: &str = "content/cases/b.md";

/// The labels that are offered at the end of a text, and whether there are more.
fn offered(client: &Client, text: &str, typed: &str) -> (Vec<String>, bool) {
    client.write(CASE, text);
    let mut params = client.at(CASE, text, typed);
    let column = params["position"]["character"].as_u64().unwrap();
    params["position"]["character"] = Value::from(column + typed.len() as u64);
    let list = client.result("textDocument/completion", params);
    let items = list["items"].as_array().unwrap();
    let labels = items.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect();
    (labels, list["isIncomplete"].as_bool().unwrap())
}

#[test]
fn a_list_that_is_too_long_has_the_items_with_the_typed_text() {
    let files: Vec<(String, String)> = (0..600)
        .flat_map(|n| {
            let case = format!("---\ntitle: Number {n:03}\nsummary: S\ndate: 2026-01-01\nsector: health\n---\nText.\n");
            [(format!("content/cases/c{n:03}.md"), case), (format!("content/cases/p{n:03}.png"), String::new())]
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let library = on_disk(&files);
    let client = Client::start(library.path());
    let text = "---\ntitle: B\nsummary: S\ndate: 2026-01-01\nsector: health\nrelated: []\n---\nSee [it]().\n";
    client.open(CASE, text);
    client.notifications(CASE);

    let (labels, is_incomplete) = offered(&client, text, "related: [");
    assert_eq!((labels.len(), is_incomplete), (500, true));
    let (labels, is_incomplete) = offered(&client, &text.replace("[]", "[599]"), "related: [599");
    assert_eq!((labels.as_slice(), is_incomplete), (&["Number 599".to_owned()][..], true));

    let (labels, is_incomplete) = offered(&client, text, "[it](");
    assert_eq!((labels.len(), is_incomplete), (500, true));
    assert!(labels[0] == "c000.md", "pages come before other files: {labels:?}");
    let (labels, _) = offered(&client, &text.replace("()", "(p599)"), "[it](p599");
    assert_eq!(labels, ["p599.png"]);
    let (labels, _) = offered(&client, &text.replace("[it]()", "![it](c)"), "![it](c");
    assert!(labels.is_empty(), "a case is no picture: {labels:?}");
    client.leave();
}

#[test]
fn keys_are_offered_only_in_files_that_are_read_as_documents() {
    let library = on_disk(&[]);
    let client = Client::start(library.path());
    for (path, is_read) in [
        ("content/vocabularies/role.yaml", true),
        ("content/vocabularies/old/role.yaml", false),
        ("content/Index.md", true),
        ("content/vocabularies/notes.md", false),
    ] {
        let text = if path.ends_with(".md") { "---\npl\n---\n" } else { "pl\n" };
        client.open(path, text);
        client.notifications(path);
        let list = client.result("textDocument/completion", client.at(path, text, "l\n"));
        assert_eq!(!list["items"].as_array().unwrap().is_empty(), is_read, "{path}: {list}");
    }
    client.leave();
}

#[test]
fn a_value_that_is_chosen_is_quoted_where_yaml_needs_it() {
    let text = "---\ntitle: B\nsummary: S\ndate: 2026-01-01\nsector: health\npartners: [\"Torbay: the trust\"]\nyear: 20\n---\n";
    let library = on_disk(&[
        (CASE, text),
        ("content/vocabularies/year.yaml", "label: Year\nterms:\n  - { id: \"2010\", label: Then }\n"),
    ]);
    let client = Client::start(library.path());
    client.open(CASE, text);
    client.notifications(CASE);
    let chosen = |text: &str, typed: &str| {
        client.write(CASE, text);
        let list = client.result("textDocument/completion", client.at(CASE, text, typed));
        list["items"][0]["textEdit"]["newText"].as_str().map(str::to_owned)
    };
    assert_eq!(chosen(text, "0\n---\n").as_deref(), Some("\"2010\""));
    assert_eq!(chosen(&text.replace(": 20\n", ": \"20\"\n"), "0\"\n---\n").as_deref(), Some("2010"));
    let partners = text.replace("year: 20\n", "partners: [Tor]\n");
    assert_eq!(chosen(&partners, "r]\n---\n").as_deref(), Some("\"Torbay: the trust\""));
    client.leave();
}
