//! Markup that is not read, and text that no reader would see.

use super::*;

#[test]
fn each_kind_of_stray_mark_is_reported_once_with_its_count() {
    check_only_problems(
        "See [[b]] and [[c]].\n\n- [[d]]\n",
        &[
            "stray-markup \"[[b]]\" \"[[b]]\" is not a link here, and readers see its brackets (and 2 more in this file)",
        ],
    );
    check_only_problems("`[[b]]` \\[[c]]\n\n```\n[[d]] {{ e }}\n• f\n```\n", &[]);
}

#[test]
fn invisible_text_is_reported() {
    check_only_problems(
        "| Year | Saved |\n|---|---|\n| 2019 | £1m | half of it |\n| 2020 | £2m | |\n",
        &["lost-text \"half of it\" no reader would see \"half of it\": the head of this table has fewer cells"],
    );
    check_only_problems(
        "A[^b].\n\n[^b]: One.\n\n[^b]: Two.\n",
        &["lost-text \"[^b]\" no reader would see this note: there is another \"b\" above it"],
    );
    check_only_problems(
        "<iframe src=\"x\">\nAfter.\n",
        &[
            "unsafe-html \"<iframe src=\\\"x\\\">\" `<iframe>` is not allowed and was left out",
            "lost-text \"<iframe src=\\\"x\\\">\" `<iframe>` is never closed, so no reader would see the text after it",
        ],
    );
}

#[test]
fn blocks_that_were_read_as_something_else_are_reported() {
    check_only_problems(
        "The board met.\n---\n",
        &["stray-markup \"---\" this line makes a heading of the whole paragraph above it"],
    );
    check_only_problems(
        "---\ntitle: Again\n---\n\nWords.\n",
        &["stray-markup \"title: Again\" this looks like front matter, and readers see it as a heading"],
    );
    check_only_problems(
        "    The board met every month.\n",
        &[
            "stray-markup \"The board met every month.\" four spaces or a tab at the start of a line make it code, shown letter by letter in one line",
        ],
    );
    check_only_problems(
        "A <b>bold word.\n",
        &["stray-markup \"<b\" `<b>` is never closed, so it goes on further than you meant"],
    );
    check_only_problems(
        "[](b.md)",
        &[
            "stray-markup \"[](b.md)\" this link has no words, so nobody can see it and a screen reader has nothing to say",
        ],
    );
    check_only_problems("Heading\n---\n\n    cargo run\n\n<p>a\n", &[]);
}
