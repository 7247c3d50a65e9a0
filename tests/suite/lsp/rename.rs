//! Renaming and finding references from an editor.

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
    let mut params = client.at(CASE, &text, "audit]. They paid");
    params["newName"] = "report".into();
    let renamed = client.after(CASE, &text, &client.result("textDocument/rename", params));
    let expected = case_with_sources(&["audit", "audit.2"], &body("report")).replacen("id: audit,", "id: report,", 1);
    assert_eq!(renamed, expected);
    client.leave();
}
