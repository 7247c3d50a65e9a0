//! The commands of the language server, which open pages in the preview.

use serde_json::{Value, json};

use super::{client::Client, on_disk};
use crate::library::case;

fn run(client: &Client, id: i32, command: &str, path: &str) {
    let arguments: Value = json!([client.uri(path)]);
    client.ask(id, "workspace/executeCommand", json!({ "command": command, "arguments": arguments }));
}

#[test]
fn the_page_that_was_asked_for_last_is_shown_even_while_the_preview_starts() {
    let library = on_disk(&[("content/cases/a.md", &case("A.\n")), ("content/cases/b.md", &case("B.\n"))]);
    let client = Client::start(library.path());
    for path in ["content/cases/a.md", "content/cases/b.md"] {
        client.open(path, &case("Text.\n"));
        client.notifications(path);
    }
    run(&client, 11, "casebook.openPreview", "content/cases/a.md");
    run(&client, 12, "casebook.openPreview", "content/cases/b.md");
    let mut ids = Vec::new();
    loop {
        let shown = client.request("window/showDocument");
        ids.push(shown.id.to_string());
        if shown.params["uri"].as_str().unwrap().ends_with("/cases/b/") {
            break;
        }
    }
    run(&client, 13, "casebook.openPreview", "content/cases/a.md");
    ids.push(client.request("window/showDocument").id.to_string());
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "each request has its own id: {ids:?}");
    client.leave();
}

#[test]
fn an_unknown_command_is_refused_and_starts_no_preview() {
    let library = on_disk(&[("content/cases/a.md", &case("A.\n"))]);
    let client = Client::start(library.path());
    client.open("content/cases/a.md", &case("A.\n"));
    client.notifications("content/cases/a.md");
    run(&client, 11, "casebook.openPreviews", "content/cases/a.md");
    let refused = client.response(11).response_result.unwrap_err();
    assert!(refused.message.contains("there is no command casebook.openPreviews"), "{}", refused.message);
    client.leave();
}
