//! Corrections and insertions that the language server offers.

use serde_json::{Value, json};

use super::{client::Client, on_disk};

const CASE: &str = "content/cases/b.md";

/// The edit of the action with this title, offered where a text begins.
fn edit_of(client: &Client, text: &str, begins: &str, title: &str) -> Value {
    let mut params = client.at(CASE, text, begins);
    let place = params["position"].take();
    params["range"] = json!({ "start": place, "end": place });
    params["context"] = json!({ "diagnostics": [] });
    let actions = client.result("textDocument/codeAction", params);
    let actions = actions.as_array().unwrap();
    let found = actions.iter().find(|action| action["title"] == title);
    found.unwrap_or_else(|| panic!("no action {title:?} among {actions:#?}"))["edit"].clone()
}

/// The text of a case after the action with this title, offered where a text begins.
fn after(client: &Client, text: &str, begins: &str, title: &str) -> String {
    client.write(CASE, text);
    client.after(CASE, text, &edit_of(client, text, begins, title))
}

fn case_with(line: &str) -> String {
    format!("---\ntitle: B\nsummary: S\ndate: 2026-01-01\nsector: health\n{line}\n---\n## Words\n\nThey met.\n")
}

#[test]
fn a_term_that_is_added_to_its_vocabulary_is_valid_yaml() {
    const ROLE: &str = "content/vocabularies/role.yaml";
    let flow = "label: Role\nterms:\n  - { id: chair, label: Chair }\nplural: Roles\n";
    let block = "label: Role\nterms:\n- id: chair\n  label: Chair\n";
    for (vocabulary, word, added, expected) in [
        (
            flow,
            "Health, social care",
            "health-social-care",
            flow.replace(" }\n", " }\n  - { id: health-social-care, label: \"Health, social care\" }\n"),
        ),
        (block, "\"Yes: no\"", "yes-no", format!("{block}- id: yes-no\n  label: \"Yes: no\"\n")),
        (flow, "\"Null\"", "null", flow.replace(" }\n", " }\n  - { id: \"null\", label: \"Null\" }\n")),
    ] {
        let text = case_with(&format!("role:\n  - {word}"));
        let library = on_disk(&[(CASE, &text), (ROLE, vocabulary)]);
        let client = Client::start(library.path());
        client.open(CASE, &text);
        let edit = edit_of(&client, &text, word, &format!("Add \"{added}\" to {ROLE}"));
        assert_eq!(client.after(ROLE, vocabulary, &edit), expected, "{word}");
        let quoted = if added == "null" { "\"null\"" } else { added };
        assert_eq!(client.after(CASE, &text, &edit), text.replace(word, quoted), "{word}");
        client.leave();
    }
}

#[test]
fn an_acronym_is_added_to_the_file_that_is_the_glossary() {
    let text = case_with("tier: unitary").replace("They met", "The CQVX met");
    let glossary = "- { term: PCT, full: primary care trust }\n";
    let library =
        on_disk(&[(CASE, &text), ("content/glossary.md", "# Not the glossary\n"), ("content/glossary.yaml", glossary)]);
    let client = Client::start(library.path());
    client.open(CASE, &text);
    let edit = edit_of(&client, &text, "CQVX", "Add \"CQVX\" to the glossary");
    let expected = format!("{glossary}- term: CQVX\n  full: what CQVX stands for\n");
    assert_eq!(client.after("content/glossary.yaml", glossary, &edit), expected);
    client.leave();
}

#[test]
fn a_partner_that_is_named_again_is_removed() {
    let text = case_with("partners: [Police, NHS, Police]");
    let library = on_disk(&[(CASE, &text)]);
    let client = Client::start(library.path());
    client.open(CASE, &text);
    assert_eq!(after(&client, &text, "Police]", "Remove \"Police\""), text.replace(", Police]", "]"));
    let thrice = case_with("partners: [Police, Police, Police]");
    let all = "Make every certain correction in this file";
    assert_eq!(after(&client, &thrice, "Police]", all), thrice.replace(", Police, Police]", "]"));
    client.leave();
}

#[test]
fn a_paragraph_becomes_a_list_and_its_neighbours_stay() {
    const TITLE: &str = "Turn these lines into a list of Markdown";
    let case = |body: &str| case_with("tier: unitary").replace("They met.\n", body);
    let library = on_disk(&[(CASE, &case("Text.\n"))]);
    let client = Client::start(library.path());
    client.open(CASE, &case("Text.\n"));
    for (body, expected) in [
        ("Text.\n\n• one\n• two\n\nMore.\n", "Text.\n\n- one\n- two\n\nMore.\n"),
        ("Text.\n \n• one\n• two", "Text.\n \n- one\n- two\n"),
    ] {
        for line_end in ["\n", "\r\n"] {
            let lines = |body: &str| case(body).replace('\n', line_end);
            let expected = lines(expected);
            assert_eq!(after(&client, &lines(body), "ne", TITLE), expected, "{body:?}");
            assert_eq!(after(&client, &lines(body), "• one", TITLE), expected, "{body:?}");
        }
    }
    client.leave();
}

#[test]
fn added_lines_have_the_line_ends_of_their_file() {
    let windows = |text: &str| text.replace('\n', "\r\n");
    let text = windows(&case_with("tier: unitary").replace("They met", "The CQVX met"));
    let glossary = windows("- { term: PCT, full: primary care trust }\n");
    let library = on_disk(&[(CASE, &text), ("content/glossary.yaml", &glossary)]);
    let client = Client::start(library.path());
    client.open(CASE, &text);
    let edit = edit_of(&client, &text, "CQVX", "Add \"CQVX\" to the glossary");
    let expected = format!("{glossary}- term: CQVX\r\n  full: what CQVX stands for\r\n");
    assert_eq!(client.after("content/glossary.yaml", &glossary, &edit), expected);
    let withdrawn = after(&client, &text, "tier", "Withdraw this case");
    let added = "status: withdrawn\r\nwithdrawn: { date: 2026-11-22, why: why it was withdrawn }\r\n---\r\n";
    assert!(withdrawn.contains(added), "{withdrawn:?}");
    client.leave();
}
