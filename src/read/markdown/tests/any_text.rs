//! Any text at all, and random Markdown with and without authors' tags: what must hold for every body.

use proptest::prelude::*;

use super::{deepest, read};
use crate::{
    model::{
        document::{Body, LinkKind, Slot},
        ids::Id,
    },
    read::clean::clean,
};

/// Pieces of Markdown, of everything that Casebook reads.
const MARKDOWN: &[&str] = &[
    "a",
    "é",
    "b c",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\0",
    "&",
    "&amp;",
    "&#1;",
    "\u{A0}",
    "\"",
    "'",
    "<",
    ">",
    "*",
    "**",
    "~~",
    "`",
    "```",
    "\n```rust\n",
    "    ",
    "# ",
    "## ",
    "#### ",
    " {#a}",
    " {a}",
    "- ",
    "- [ ] ",
    "1. ",
    "> ",
    "> [!TIP]\n",
    "[",
    "]",
    "](",
    ")",
    "](b.md)",
    "](#a)",
    "[@a]",
    "[@b, p. 2]",
    "](https://c.uk)",
    "](javascript:x)",
    "](//d)",
    "![",
    "<https://e.uk>",
    "<f@g.uk>",
    "[^1]",
    "[^b]",
    "\n[^1]: ",
    "\n[^b]: ",
    "\n\n[x]: y\n",
    "[x]",
    "|",
    "\n|---|:-:|\n",
    "\n| a | b |\n|---|--:|\n",
    "\n: ",
    "\n---\n",
    "\n===\n",
    "\\",
    "\u{FEFF}",
    "\u{7F}",
    "\u{85}",
];

/// Pieces of an author's own HTML.
const HTML: &[&str] = &[
    "<b>",
    "</b>",
    "<a href=x>",
    "</a>",
    "<div>",
    "</div>",
    "<p id=a>",
    "</p>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<li>",
    "<ul>",
    "</ul>",
    "<script>",
    "</script>",
    "<svg>",
    "<style>",
    "<img src=x>",
    "<img src=http://y onerror=z>",
    "<!--",
    "-->",
    "<select>",
    "<template>",
    "<h2>",
    "</h3>",
    "<details>",
    "<form>",
    "<math>",
    "<mi>",
    "<title>",
    "<i title=\"",
    "'>",
    "<plaintext>",
    "<col>",
    "<caption>",
    "<dt>",
    "<a href=\"javascript:x\">",
    "<frameset>",
    "<body onload=x>",
    "<?",
    "<![CDATA[",
];

/// Markdown of random pieces.
fn markdown() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(MARKDOWN), 0..60).prop_map(|pieces| pieces.concat())
}

/// Markdown with authors' own tags.
fn markdown_with_html() -> impl Strategy<Value = String> {
    let html = prop::collection::vec(prop::sample::select(HTML), 1..20).prop_map(|pieces| pieces.concat());
    prop::collection::vec(prop_oneof![markdown(), html], 0..6).prop_map(|parts| parts.concat())
}

fn check_body(body: &Body) {
    deepest(&body.html);
    assert!(body.slots.is_sorted_by_key(|&(at, _)| at));
    for &(at, slot) in &body.slots {
        let Slot::Link(id) = slot else {
            assert!(body.html[..at].rfind('<') <= body.html[..at].rfind('>'), "a citation is not inside a tag");
            continue;
        };
        let link = &body.links[id.position()];
        let (before, after) = match link.kind {
            LinkKind::Label if link.target == "notes" => ("<h2>", ["</h2>"; 2]),
            LinkKind::Label => ("<p class=\"alert-label\">", ["</p>", ": "]),
            _ => ("=\"", ["\""; 2]),
        };
        assert!(body.html[..at].ends_with(before) && after.iter().any(|after| body.html[at..].starts_with(after)));
    }
    let mut ids: Vec<&str> = body.html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "no id twice in {}", body.html);
}

proptest! {
    #[test]
    fn cleaning_the_writers_output_changes_nothing(markdown in markdown()) {
        let body = read(&markdown).value;
        check_body(&body);
        let (html, slots) = clean(&body.html, &body.slots, &markdown);
        prop_assert_eq!((html, slots), (body.html, body.slots));
    }

    #[test]
    fn raw_html_never_runs_or_closes_the_page(markdown in markdown_with_html()) {
        let body = read(&markdown).value;
        check_body(&body);
        let without_values: String = body.html.split('"').step_by(2).collect();
        for never in ["<script", "<style", "<svg", " on", "<!--"] {
            let in_tag = |tag: &str| format!("<{}", tag.split('>').next().unwrap_or_default()).contains(never);
            prop_assert!(!without_values.split('<').skip(1).any(in_tag), "{never} in {}", body.html);
        }
        let has = |never: &str| body.html.split('<').any(|tag| tag.split('>').next().is_some_and(|tag| tag.contains(never)));
        for never in ["href=\"javascript", "src=\"h", "casebook-"] {
            prop_assert!(!has(never), "{never} in {}", body.html);
        }
    }

    #[test]
    fn the_same_text_gives_the_same_body(markdown in markdown_with_html()) {
        prop_assert_eq!(format!("{:?}", read(&markdown)), format!("{:?}", read(&markdown)));
    }

    #[test]
    fn any_text_is_read(text in "\\PC*") {
        check_body(&read(&text).value);
    }
}
