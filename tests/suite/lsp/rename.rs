//! Renaming and finding references from an editor.

use serde_json::{Value, json};

use super::{client::Client, on_disk};

const CASE: &str = "content/cases/b.md";

/// The front matter of a case with these sources, and a body.
fn case_with_sources(ids: &[&str], body: &str) -> String {
    let sources: String = ids.iter().map(|id| format!("  - {{ id: {id}, title: The {id} }}\n")).collect();
    format!("---\ntitle: B\nsummary: S\ndate: 2026-01-01\nsector: health\nsources:\n{sources}---\n{body}")
}

#[test]
fn renaming_a_source_changes_its_own_citations_only() {
    let body = |id: &str| {
        format!(
            "They met [@{id}]. They paid [see @{id}, p. 2; @audit.2] and `[@audit]`.\n\n    [@audit]\n\nAn end [@{id}.]\n"
        )
    };
    let text = case_with_sources(&["audit", "audit.2"], &body("audit"));
    let library = on_disk(&[(CASE, &text)]);
    let client = Client::start(library.path());
    client.open(CASE, &text);
    let expected = case_with_sources(&["audit", "audit.2"], &body("report")).replacen("id: audit,", "id: report,", 1);
    for place in ["audit]. They paid", "audit, title"] {
        let mut params = client.at(CASE, &text, place);
        params["newName"] = "report".into();
        let renamed = client.after(CASE, &text, &client.result("textDocument/rename", params));
        assert_eq!(renamed, expected, "{place}");
    }
    client.leave();
}

/// The text of a file after the edits that the client makes before it renames files.
fn after_moves(client: &Client, path: &str, text: &str, moves: &[(&str, &str)]) -> String {
    let files: Vec<Value> =
        moves.iter().map(|(old, new)| json!({ "oldUri": client.uri(old), "newUri": client.uri(new) })).collect();
    client.after(path, text, &client.result("workspace/willRenameFiles", json!({ "files": files })))
}

#[test]
fn moving_files_changes_links_and_related_cases() {
    let case = |related: &str, body: &str| {
        format!("---\ntitle: B\nsummary: S\ndate: 2026-01-01\nsector: health\nrelated: [{related}]\n---\n{body}\n")
    };
    let text = case("torbay", "[T](torbay.md) [P](../pages/torbay.md) ![A](pictures/a.webp)");
    let by_definition = |to: &str| case("", &format!("[T][t] and [torbay.md]\n\n[t]: <{to}>\n[torbay.md]: {to} 'T'"));
    let torbay = text.replace("title: B", "title: T").replace("related: [torbay]\n", "");
    let library = on_disk(&[
        (CASE, &text),
        ("content/cases/torbay.md", &torbay.replace("torbay.md", "b.md")),
        ("content/pages/torbay.md", "---\ntitle: Torbay\nsummary: S\n---\nText.\n"),
        ("content/cases/pictures/a.webp", ""),
        ("content/cases/c.md", &by_definition("torbay.md")),
    ]);
    let client = Client::start(library.path());
    client.open(CASE, &text);
    let moved = |moves: &[(&str, &str)]| after_moves(&client, CASE, &text, moves);
    assert_eq!(
        moved(&[("content/pages/torbay.md", "content/pages/tor.md")]),
        case("torbay", "[T](torbay.md) [P](../pages/tor.md) ![A](pictures/a.webp)")
    );
    assert_eq!(
        moved(&[("content/pages/torbay.md", "content/pages/old (tor.md")]),
        case("torbay", "[T](torbay.md) [P](../pages/old%20%28tor.md) ![A](pictures/a.webp)")
    );
    assert_eq!(
        moved(&[("content/cases/torbay.md", "content/cases/tor.md")]),
        case("tor", "[T](tor.md) [P](../pages/torbay.md) ![A](pictures/a.webp)")
    );
    assert_eq!(
        moved(&[("content/cases/pictures", "content/cases/images")]),
        case("torbay", "[T](torbay.md) [P](../pages/torbay.md) ![A](images/a.webp)")
    );
    let moves = [("content/cases/torbay.md", "content/cases/tor.md")];
    assert_eq!(
        after_moves(&client, "content/cases/c.md", &by_definition("torbay.md"), &moves),
        by_definition("tor.md")
    );
    client.leave();
}

#[test]
fn clients_are_asked_to_tell_of_every_renamed_file_of_content() {
    let library = on_disk(&[]);
    let client = Client::start(library.path());
    let filters = client.response(1).response_result.unwrap()["capabilities"]["workspace"]["fileOperations"]["willRename"]["filters"].clone();
    assert_eq!(filters, json!([{ "scheme": "file", "pattern": { "glob": "**/content/**" } }]));
    client.leave();
}

/// The text of a file after what stands where a text begins gets another name.
fn renamed(client: &Client, text: &str, begins: &str, name: &str) -> String {
    let mut params = client.at(CASE, text, begins);
    params["newName"] = name.into();
    client.after(CASE, text, &client.result("textDocument/rename", params))
}

/// The reason why what stands where a text begins cannot have a name.
fn refusal(client: &Client, (path, text): (&str, &str), begins: &str, name: &str) -> String {
    let mut params = client.at(path, text, begins);
    params["newName"] = name.into();
    client.refusal("textDocument/rename", params)
}

#[test]
fn renaming_a_heading_changes_the_addresses_of_links_and_definitions_only() {
    let case = |heading: &str, anchor: &str| {
        let links = format!("[that][x], [x], [#changed][], [it](b.md#{anchor} \"#changed\") and ![p][x]");
        case_with_sources(
            &["a"],
            &format!("## {heading}\n\nSee {links}.\n\n[x]: #{anchor} \"#changed\"\n[#changed]: <b.md#{anchor}>\n"),
        )
    };
    let text = case("Changed", "changed");
    let library = on_disk(&[(CASE, &text)]);
    let client = Client::start(library.path());
    client.open(CASE, &text);
    assert_eq!(
        renamed(&client, &text, "Changed", "The council’s café"),
        case("The council’s café", "the-councils-café")
    );
    client.leave();
}

#[test]
fn renaming_one_of_two_equal_headings_keeps_the_links_to_both() {
    let case = |first: &str, anchors: [&str; 2]| {
        let links = format!("See [one](#{}) and [two](#{}).", anchors[0], anchors[1]);
        case_with_sources(&["a"], &format!("## {first}\n\n{links}\n\n## Money\n\nWords.\n"))
    };
    let text = case("Money", ["money", "money-1"]);
    let library = on_disk(&[(CASE, &text)]);
    let client = Client::start(library.path());
    client.open(CASE, &text);
    assert_eq!(
        renamed(&client, &text, "Money", "A [lost](https://a.uk) cost"),
        case("A [lost](https://a.uk) cost", ["a-lost-cost", "money"])
    );
    let refused = refusal(&client, (CASE, &text), "Money", "One\n\n## Two");
    assert_eq!(refused, "\"One\n\n## Two\" is not one heading");
    client.leave();
}

#[test]
fn a_source_gets_an_id_that_is_valid_and_free_and_quoted_where_yaml_needs_it() {
    let case = |id: &str, cited: &str| {
        format!(
            "---\ntitle: B\nsummary: S\ndate: 2026-01-01\nsector: health\nsources:\n  - {{ id: {id}, title: One }}\n  \
            - {{ id: other, title: Two }}\nadopted: [{{ place: Torbay, source: {id} }}]\n---\nText [@{cited}].\n"
        )
    };
    let text = case("\"audit\"", "audit");
    let library = on_disk(&[(CASE, &text)]);
    let client = Client::start(library.path());
    client.open(CASE, &text);
    for (name, reason) in [
        ("a b]", "\"a b]\" cannot be the id of a source; use letters, digits and hyphens"),
        ("", "\"\" cannot be the id of a source"),
        ("other", "another source of this case has the id \"other\""),
    ] {
        for place in ["audit].", "audit\", title"] {
            let told = refusal(&client, (CASE, &text), place, name);
            assert!(told.starts_with(reason), "{told}");
        }
    }
    assert_eq!(renamed(&client, &text, "audit].", "report"), case("\"report\"", "report"));
    let plain = case("audit", "audit");
    client.write(CASE, &plain);
    assert_eq!(renamed(&client, &plain, "audit].", "true"), case("\"true\"", "true"));
    let anchored = case("audit", "audit").replace("{ id: audit", "{ id: &a audit");
    client.write(CASE, &anchored);
    let told = refusal(&client, (CASE, &anchored), "audit].", "report");
    assert!(told.contains("anchor"), "{told}");
    client.leave();
}

#[test]
fn a_term_gets_an_id_that_no_term_has_as_a_name() {
    const ROLE: &str = "content/vocabularies/role.yaml";
    let vocabulary = "label: Role\nterms:\n  - { id: chair, label: Chair, also: [head] }\n  - id: clerk\n    label: Scribe\n  \
        - { id: convenor, replaced_by: chair }\n";
    let library = on_disk(&[(ROLE, vocabulary)]);
    let client = Client::start(library.path());
    client.open(ROLE, vocabulary);
    for (term, name, reason) in [
        ("clerk", "head", "\"head\" is a name of \"chair\" already"),
        ("clerk", "convenor", "\"convenor\" is a name of \"chair\" already"),
        ("clerk", "The Clerk", "\"The Clerk\" cannot be a term's id; use lower-case letters"),
        (
            "clerk",
            "chair",
            "\"chair\" is a name of \"chair\" already; to make the two one: casebook terms merge role clerk chair",
        ),
        ("clerk", "clerk", "\"clerk\" is a name of \"clerk\" already; choose another"),
        ("convenor", "head-of-all", "\"convenor\" is retired already; it leads to \"chair\""),
    ] {
        let told = refusal(&client, (ROLE, vocabulary), term, name);
        assert!(told.starts_with(reason), "{term}, {name}: {told}");
    }
    let mut params = client.at(ROLE, vocabulary, "clerk");
    params["newName"] = "scribe".into();
    let renamed = client.after(ROLE, vocabulary, &client.result("textDocument/rename", params));
    assert!(
        renamed.contains("  - { id: clerk, replaced_by: scribe }\n  - id: scribe\n    label: Scribe\n"),
        "{renamed}"
    );
    client.leave();
}

#[test]
fn references_to_a_case_are_found_on_its_own_title_only() {
    let text = case_with_sources(&["audit"], "See [itself](b.md).\n");
    let settings = "title: Test\n";
    let library = on_disk(&[(CASE, &text), ("casebook.yaml", settings)]);
    let client = Client::start(library.path());
    client.open(CASE, &text);
    client.open("casebook.yaml", settings);
    let lines = |path: &str, text: &str, begins: &str| -> Vec<u64> {
        let mut params = client.at(path, text, begins);
        params["context"] = json!({ "includeDeclaration": false });
        let found = client.result("textDocument/references", params);
        found.as_array().unwrap().iter().map(|place| place["range"]["start"]["line"].as_u64().unwrap()).collect()
    };
    assert_eq!(lines(CASE, &text, "title: B"), [8]);
    assert_eq!(lines(CASE, &text, "B\n"), [8]);
    assert_eq!(lines(CASE, &text, "title: The audit"), [6]);
    assert_eq!(lines("casebook.yaml", settings, "title"), [0]);
    client.leave();
}

#[test]
fn the_key_of_a_vocabulary_is_explained_and_leads_to_its_file() {
    let text = case_with_sources(&[], "Words.\n").replace("sources:\n", "");
    let library = on_disk(&[(CASE, &text)]);
    let client = Client::start(library.path());
    client.open(CASE, &text);
    let params = client.at(CASE, &text, "sector");
    let hover = client.result("textDocument/hover", params.clone());
    let expected = "**Sector**\n\nRequired. One or more of: `local-government`, `health`, `police`.\n\n\
                    `content/vocabularies/sector.yaml`";
    assert_eq!(hover["contents"]["value"], expected);
    let definition = client.result("textDocument/definition", params).to_string();
    assert!(definition.contains("content/vocabularies/sector.yaml"), "{definition}");
    client.leave();
}
