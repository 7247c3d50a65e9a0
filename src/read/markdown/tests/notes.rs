//! Citations of sources, and footnotes.

use super::*;

#[test]
fn citations_are_slots() {
    check(
        "A claim.[@kings-fund] Another [@a, p. 12; see @b].\n",
        "<p>A claim.{@kings-fund} Another{@a, p. 12; see @b}.</p>",
    );
    check(
        "A *claim*\n[@a][@b].\n\n> [@c]\n",
        "<p>A <em>claim</em>\n{@a; @b}.</p>\n<blockquote>\n<p>{@c}</p>\n</blockquote>",
    );
    check("It ended.  [@a] [@b]  [@c]\n", "<p>It ended.{@a; @b; @c}</p>");
    check("It ended.  [@a][@b][@c]", "<p>It ended.{@a; @b; @c}</p>");
    check(
        "| a | [@d] |\n|---|---|\n| b [@c] | [@c] |\n",
        "<div class=\"table\" tabindex=\"0\"><table>\n<thead>\n<tr><th scope=\"col\">a</th><th scope=\"col\">{@d}</th></tr>\n</thead>\n<tbody>\n<tr><td>b{@c}</td><td>{@c}</td></tr>\n</tbody>\n</table></div>",
    );
}

#[test]
fn a_citation_is_no_part_of_a_heading_a_description_or_code() {
    let body = read("## What *they* did [@a, p. 2]\n\n`[@b]` \\[@c] [ann@example.org] [@d](https://d.uk)\n").value;
    assert_eq!(body.outline[0].text, "What they did");
    assert_eq!(body.outline[0].id, "what-they-did");
    assert_eq!(body.citations.len(), 1);
    assert!(
        shown(&body).contains("<p><code>[@b]</code> [@c] [<a href=\"mailto:ann@example.org\">ann@example.org</a>] <a href=\"https://d.uk\">@d</a></p>"),
        "{}",
        shown(&body)
    );
    check_problems(
        "![A bridge [@a] in Cardiff](bridge.jpg)\n",
        "<p><img src=\"{bridge.jpg}\" alt=\"A bridge  in Cardiff\" loading=\"lazy\" decoding=\"async\"></p>",
        &["unknown-source \"[@a]\" a picture's description cannot cite a source, so this was left out"],
    );
}

#[test]
fn text_that_was_meant_as_a_citation_is_reported() {
    let found = |markdown: &str| problems(markdown, &read(markdown).problems);
    assert_eq!(
        found("As [@kings-fund says.\n"),
        ["unknown-source \"[@kings-fund\" this citation is never closed, and readers see its bracket"]
    );
    assert_eq!(
        found("As [@] and [@a; b] say.\n"),
        [
            "unknown-source \"[@]\" this citation names no source, and readers see its brackets",
            "unknown-source \"[@a\" this citation names no source, and readers see its brackets"
        ]
    );
    assert_eq!(
        found("<div>\nAs [@a] says\n</div>\n"),
        ["unknown-source \"[@a]\" Markdown is not read within HTML, so readers see this citation's brackets"]
    );
}

#[test]
fn a_figure_needs_a_source_in_or_after_its_sentence() {
    let figures = |markdown: &str| {
        let figures = read(markdown).value.wording.figures;
        figures.into_iter().map(|at| markdown[at].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(figures("It cost £43m. It saved 72%.[@a] In 2013 it ended on 31 March 2013.\n"), ["It cost £43m."]);
    assert_eq!(figures("It cost 1,200 pounds [@a]. Or 3.5 million.[^b]\n\n[^b]: Note 12.\n"), Vec::<String>::new());
    assert_eq!(figures("From 2018-23 and 2012/13.\n\n| 12 |\n|---|\n| 13 |\n"), Vec::<String>::new());
}

#[test]
fn footnotes_are_at_the_end() {
    check_problems(
        "A[^b] c[^A-1] d[^B].\n\n[^a-1]: One\n\n    two\n\n[^b]: > Three\n\n[^c]: Never[^d]\n\n[^d]: Nor this\n",
        "<p>A<sup class=\"footnote-ref\" id=\"fnref-b\"><a href=\"#fn-b\" role=\"doc-noteref\">a</a></sup> \
         c<sup class=\"footnote-ref\" id=\"fnref-a-1\"><a href=\"#fn-a-1\" role=\"doc-noteref\">b</a></sup> \
         d<sup class=\"footnote-ref\" id=\"fnref-b-2\"><a href=\"#fn-b\" role=\"doc-noteref\">a</a></sup>.</p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\"><h2>{notes}</h2>\n\
         <ol type=\"a\">\n\
         <li id=\"fn-b\"><blockquote>\n<p>Three</p>\n</blockquote>\n \
         <a class=\"footnote-back\" href=\"#fnref-b\" role=\"doc-backlink\">↩</a> \
         <a class=\"footnote-back\" href=\"#fnref-b-2\" role=\"doc-backlink\">↩<sup>2</sup></a></li>\n\
         <li id=\"fn-a-1\"><p>One</p>\n<p>two \
         <a class=\"footnote-back\" href=\"#fnref-a-1\" role=\"doc-backlink\">↩</a></p>\n</li>\n</ol></section>",
        &[
            "lost-text \"[^c]\" no reader would see the note \"c\": nothing in the text calls it",
            "lost-text \"[^d]\" no reader would see the note \"d\": nothing in the text calls it",
        ],
    );
}

#[test]
fn a_footnote_may_be_inline() {
    check(
        "A^[One *two* [x](b.md) \\] `]` c] b^[Three].\n\n| ^[Four] |\n|---|\n",
        "<p>A<sup class=\"footnote-ref\" id=\"fnref-1\"><a href=\"#fn-1\" role=\"doc-noteref\">a</a></sup> \
         b<sup class=\"footnote-ref\" id=\"fnref-2\"><a href=\"#fn-2\" role=\"doc-noteref\">b</a></sup>.</p>\n\
         <div class=\"table\" tabindex=\"0\"><table>\n<thead>\n<tr><th scope=\"col\">\
         <sup class=\"footnote-ref\" id=\"fnref-3\"><a href=\"#fn-3\" role=\"doc-noteref\">c</a></sup></th></tr>\n</thead>\n\
         <tbody>\n</tbody>\n</table></div>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\"><h2>{notes}</h2>\n\
         <ol type=\"a\">\n\
         <li id=\"fn-1\"><p>One <em>two</em> <a href=\"{b.md}\">x</a> ] <code>]</code> c \
         <a class=\"footnote-back\" href=\"#fnref-1\" role=\"doc-backlink\">↩</a></p>\n</li>\n\
         <li id=\"fn-2\"><p>Three <a class=\"footnote-back\" href=\"#fnref-2\" role=\"doc-backlink\">↩</a></p>\n</li>\n\
         <li id=\"fn-3\"><p>Four <a class=\"footnote-back\" href=\"#fnref-3\" role=\"doc-backlink\">↩</a></p>\n</li>\n</ol></section>",
    );
    let unclosed =
        "stray-markup \"^[\" this note is never closed, so readers see its marks in the text (and 1 more in this file)";
    check_problems("a^[b *c] d* e^[f", "<p>a^[b <em>c] d</em> e^[f</p>", &[unclosed]);
    check("`^[a]` [b ^[c]](d.md)", "<p><code>^[a]</code> <a href=\"{d.md}\">b ^[c]</a></p>");
}

#[test]
fn footnotes_may_refer_to_each_other() {
    let body = read("[a[^x]\n\n[^x]: See [^y]\n\n[^y]: See [^x] and [^y]\n").value;
    assert_eq!(body.anchors, ["fn-x", "fnref-x", "fn-y", "fnref-y", "fnref-x-2", "fnref-y-2"]);
    assert_eq!(body.html.matches("<li ").count(), 2);
}
