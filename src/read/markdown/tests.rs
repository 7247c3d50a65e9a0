use proptest::prelude::*;

use super::body;
use crate::{
    model::document::{Body, Cited, LinkKind, Slot},
    problem::{Checked, FilePath, Problem, SpotPart},
    read::clean::clean,
};

fn read(markdown: &str) -> Checked<Body> {
    body(&FilePath::new("content/cases/torbay.md"), markdown, 0..markdown.len())
}

/// The HTML with each slot shown as `{target}`, and each citation as `{@id, place; @id}`.
fn shown(body: &Body) -> String {
    let cited = |cited: &Cited| {
        let before = if cited.before.is_empty() { String::new() } else { format!("{} ", cited.before) };
        let place = if cited.place.is_empty() { String::new() } else { format!(", {}", cited.place) };
        format!("{before}@{}{place}", cited.id.value)
    };
    body.html_with(|slot| match slot {
        Slot::Link(link) => format!("{{{}}}", body.links[link].target).into(),
        Slot::Citation(n) => {
            let sources: Vec<String> = body.citations[n].sources.iter().map(cited).collect();
            format!("{{{}}}", sources.join("; ")).into()
        }
    })
}

/// `code "the text at its spot" message`, one line for each problem.
fn problems(markdown: &str, problems: &[Problem]) -> Vec<String> {
    let line = |problem: &Problem| match &problem.spot.part {
        SpotPart::Bytes(at) => format!("{} {:?} {}", problem.code, &markdown[at.clone()], problem.message),
        part => panic!("a problem of a body has bytes, not {part:?}"),
    };
    problems.iter().map(line).collect()
}

#[track_caller]
fn check(markdown: &str, html: &str) {
    let read = read(markdown);
    assert_eq!(shown(&read.value).trim(), html);
    assert_eq!(problems(markdown, &read.problems), [""; 0]);
}

#[track_caller]
fn check_problems(markdown: &str, html: &str, expected: &[&str]) {
    let read = read(markdown);
    assert_eq!(shown(&read.value).trim(), html);
    assert_eq!(problems(markdown, &read.problems), expected);
}

#[test]
fn text_is_escaped() {
    check("5 < 6 &amp; \"7\"", "<p>5 &lt; 6 &amp; \"7\"</p>");
    check("*a* **b** ~~c~~ `<d>`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>&lt;d&gt;</code></p>");
    check("a\0b", "<p>a\u{FFFD}b</p>");
    check("a  \r\nb\r\nc", "<p>a<br>\nb\nc</p>");
    check("\\{{ x }} ${y}", "<p>{{ x }} ${y}</p>");
}

#[test]
fn blocks() {
    check("- a\n- b\n\n3. c\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol start=\"3\">\n<li>c</li>\n</ol>");
    check("- a\n\n- b\n", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>");
    check("> a\n\n---\n", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>");
    check("Term\n: What it means\n", "<dl>\n<dt>Term</dt>\n<dd>What it means</dd>\n</dl>");
    check(
        "> [!NOTE]\n> Mind *this*.\n",
        "<div class=\"alert alert-note\"><p class=\"alert-label\">{note}</p>\n<p>Mind <em>this</em>.</p>\n</div>",
    );
}

#[test]
fn tables_align_by_class() {
    check(
        "| | A | B |\n|---|:-:|--:|\n| x | 1 | 2 |\n| y |\n",
        "<div class=\"table\" tabindex=\"0\"><table>\n<thead>\n<tr><td></td><th scope=\"col\" class=\"align-center\">A</th>\
         <th scope=\"col\" class=\"align-right\">B</th></tr>\n</thead>\n<tbody>\n\
         <tr><td>x</td><td class=\"align-center\">1</td><td class=\"align-right\">2</td></tr>\n\
         <tr><td>y</td><td class=\"align-center\"></td><td class=\"align-right\"></td></tr>\n</tbody>\n</table></div>",
    );
}

#[test]
fn the_box_of_a_task_has_a_name() {
    check(
        "- [x] *done*\n  - [ ] not\n",
        "<ul>\n<li><label class=\"task\"><input type=\"checkbox\" disabled=\"\" checked=\"\"> <em>done</em></label><ul>\n\
         <li><label class=\"task\"><input type=\"checkbox\" disabled=\"\"> not</label></li>\n</ul>\n</li>\n</ul>",
    );
    check(
        "- [ ] a\n\n- [ ] b\n",
        "<ul>\n<li><p><label class=\"task\"><input type=\"checkbox\" disabled=\"\"> a</label></p>\n</li>\n\
         <li><p><label class=\"task\"><input type=\"checkbox\" disabled=\"\"> b</label></p>\n</li>\n</ul>",
    );
}

#[test]
fn code() {
    check("    a < b\n", "<pre class=\"code\" tabindex=\"0\"><code>a &lt; b\n</code></pre>");
    check("```\n\na\n```\n", "<pre class=\"code\" tabindex=\"0\"><code>\na\n</code></pre>");
    check(
        "```Rust,ignore\nlet x = 1; // one\n```\n",
        "<pre class=\"code\" tabindex=\"0\"><code class=\"language-rust\"><span class=\"hl-keyword\">let</span> x = \
         <span class=\"hl-value\">1</span>; <span class=\"hl-comment\">// one\n</span></code></pre>",
    );
    check(
        "```no-such\r\na\r\n```\r\n",
        "<pre class=\"code\" tabindex=\"0\"><code class=\"language-no-such\">a\n</code></pre>",
    );
    check("```{.x \"y\"}\na\n```", "<pre class=\"code\" tabindex=\"0\"><code>a\n</code></pre>");
}

#[test]
fn headings_get_ids() {
    check(
        "## What *was* tried?\n\n## What was tried\n\n### — !\n\n### X {#own .c k=v}\n",
        "<h2 id=\"what-was-tried\">What <em>was</em> tried?</h2>\n<h2 id=\"what-was-tried-1\">What was tried</h2>\n\
         <h3 id=\"section\">— !</h3>\n<h3 id=\"own\">X</h3>",
    );
    check("## [a](b.md) & c\n", "<h2 id=\"a--c\"><a href=\"{b.md}\">a</a> &amp; c</h2>");
    let body = read("## A `b`\nc\n\nD\ne\n---\n").value;
    let outline: Vec<_> = body.outline.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str())).collect();
    assert_eq!(outline, [(2, "a-b", "A b"), (2, "d-e", "D e")]);
    assert_eq!(body.anchors, ["a-b", "d-e"]);
}

#[test]
fn invalid_ids() {
    check_problems(
        "## A\n\n## B {#a}\n\n## C {#b c}\n",
        "<h2 id=\"a\">A</h2>\n<h2 id=\"a-1\">B</h2>\n<h2 id=\"c\">C</h2>",
        &[
            "bad-value \"a\" the id \"a\" is taken already on this page",
            "bad-value \"b\\u{a0}c\" \"b c\" cannot be an id",
        ],
    );
}

#[test]
fn headings_move_below_the_title() {
    check_problems(
        "# A\n\n## B\n\n###### C\n",
        "<h2 id=\"a\">A</h2>\n<h3 id=\"b\">B</h3>\n<h6 id=\"c\">C</h6>",
        &[
            "heading-order \"# A\" the title is the only level-1 heading, so all headings here were moved down one",
            "heading-order \"###### C\" a heading of level 6 follows one of level 2",
        ],
    );
    check_problems(
        "## A\n\nB\n===\n\n# C\n",
        "<h3 id=\"a\">A</h3>\n<h2 id=\"b\">B</h2>\n<h2 id=\"c\">C</h2>",
        &["heading-order \"B\\n===\" the title is the only level-1 heading, so all headings here were moved down one"],
    );
    check_problems(
        "### A\n\n### B\n\n## C\n\n### D\n",
        "<h3 id=\"a\">A</h3>\n<h3 id=\"b\">B</h3>\n<h2 id=\"c\">C</h2>\n<h3 id=\"d\">D</h3>",
        &["heading-order \"### A\" the first heading has level 3, but the title above it has level 1"],
    );
}

#[test]
fn links() {
    check_problems(
        "[a](https://b.uk/c d?e=1&f='é' \"T\") <https://g.uk> <h@i.uk>",
        "<p>[a](<a href=\"https://b.uk/c\">https://b.uk/c</a> d?e=1&amp;f='é' \"T\") <a href=\"https://g.uk\">https://g.uk</a> \
         <a href=\"mailto:h@i.uk\">h@i.uk</a></p>",
        &[
            "broken-link \"(https://b.uk/c d?e=1&f='é' \\\"T\\\")\" this was meant for a link, and readers see its brackets",
        ],
    );
    check(
        "[a](<https://b.uk/c d?e=1&f='é'> \"T\")",
        "<p><a href=\"https://b.uk/c%20d?e=1&amp;f='%C3%A9'\" title=\"T\">a</a></p>",
    );
    check(
        "[a](../b.md#c) [d](/e/) [f](#g) [h][]\n\n[h]: <i\\_j k.pdf>",
        "<p><a href=\"{../b.md#c}\">a</a> <a href=\"{/e/}\">d</a> <a href=\"{#g}\">f</a> <a href=\"{i_j k.pdf}\">h</a></p>",
    );
    check("[a <https://b.uk> c](d.md)", "<p><a href=\"{d.md}\">a https://b.uk c</a></p>");
}

#[test]
fn links_have_spots() {
    let check = |markdown: &str, spot: &str| {
        let body = read(markdown).value;
        assert_eq!(
            body.links[0].spot.part,
            SpotPart::Bytes(markdown.find(spot).map(|at| at..at + spot.len()).unwrap())
        );
    };
    check("é [b.md](a/b.md \"b.md\")", "a/b.md");
    check("> - ![x](c.png)", "c.png");
    check("[x](a\\_b.md)", "[x](a\\_b.md)");
    check("[x][y]\n\n[y]: z.md", "[x][y]");
    let text = "---\n---\n[x](y.md)";
    let body = body(&FilePath::new("a.md"), text, 8..text.len()).value;
    assert_eq!((body.span, &body.links[0].spot.part), (8..17, &SpotPart::Bytes(12..16)));
}

#[test]
fn unsafe_links_leave_their_text() {
    check_problems(
        "[a](javascript:alert(1)) [b](JaVa&#115;cript:x) [c](//d.uk/e) [f](C:\\g.pdf) [h](http://)",
        "<p>a b c f h</p>",
        &[
            "unsafe-url \"javascript:alert(1)\" \"javascript:alert(1)\" is not a safe address and was left out",
            "unsafe-url \"[b](JaVa&#115;cript:x)\" \"JaVascript:x\" is not a safe address and was left out",
            "unsafe-url \"//d.uk/e\" \"//d.uk/e\" does not say how to get there and was left out",
            "unsafe-url \"C:\\\\g.pdf\" \"C:\\g.pdf\" is not a safe address and was left out",
            "bad-value \"http://\" \"http://\" is not a web address and was left out",
        ],
    );
}

#[test]
fn pictures() {
    check(
        "![A *map* of `x`](map.png \"T\")",
        "<p><img src=\"{map.png}\" alt=\"A map of x\" title=\"T\" loading=\"lazy\" decoding=\"async\"></p>",
    );
    check_problems(
        "![](a.png) ![b](https://c.uk/d.png) ![e [f](javascript:g)](data:h)",
        "<p><img src=\"{a.png}\" alt=\"\" loading=\"lazy\" decoding=\"async\"> b e f</p>",
        &[
            "missing-alt \"![](a.png)\" this picture has no description",
            "unsafe-url \"https://c.uk/d.png\" \"https://c.uk/d.png\" lies on another site and was left out",
            "unsafe-url \"data:h\" \"data:h\" is not a safe address and was left out",
        ],
    );
    assert_eq!(read("![a](b.png)").value.links[0].kind, LinkKind::Picture);
}

#[test]
fn pictures_and_recordings_in_raw_html() {
    let kinds = |markdown| read(markdown).value.links.iter().map(|link| link.kind).collect::<Vec<_>>();
    assert_eq!(kinds("<img src=a.png alt=''>"), [LinkKind::Picture]);
    assert_eq!(kinds("<img src=a.png alt='' height=5>"), [LinkKind::Media]);
    assert_eq!(kinds("<video src=a.mp4 poster=b.png></video>"), [LinkKind::Media; 2]);
    check("<img alt=a src=b.png loading=eager>\n", "<img alt=\"a\" src=\"{b.png}\" loading=\"eager\">");
    check(
        "<video controls><source src=a.mp4><track src=a.vtt></video>\n",
        "<p><video controls=\"\"><source src=\"{a.mp4}\"><track src=\"{a.vtt}\"></video></p>",
    );
    check_problems(
        "a <picture><source src=b.png><img src=c.png alt=d width='50%'></picture> <img alt=e>\n",
        "<p>a <img src=\"{c.png}\" alt=\"d\" loading=\"lazy\" decoding=\"async\"> e</p>",
        &[
            "unsafe-html \"<picture>\" `<picture>` is not allowed and was left out",
            "unsafe-html \"<source src=b.png>\" `<source>` means nothing outside `<audio>` and `<video>` and was left out",
            "unsafe-html \"width\" `width` is not allowed here and was left out",
        ],
    );
}

#[test]
fn the_label_of_an_alert_is_a_slot_also_beside_raw_html() {
    let body = read("> [!TIP]\n> <b>a</b> [c](d.md)\n").value;
    assert_eq!(body.links[0].kind, LinkKind::Label);
    let label = "<div class=\"alert alert-tip\"><p class=\"alert-label\">{tip}</p>\n";
    assert_eq!(shown(&body).trim(), format!("{label}<p><b>a</b> <a href=\"{{d.md}}\">c</a></p>\n</div>"));
}

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
    check(
        "| a |\n|---|\n| b [@c] |\n",
        "<div class=\"table\" tabindex=\"0\"><table>\n<thead>\n<tr><th scope=\"col\">a</th></tr>\n</thead>\n<tbody>\n<tr><td>b{@c}</td></tr>\n</tbody>\n</table></div>",
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
    let told = |markdown: &str| problems(markdown, &read(markdown).problems);
    assert_eq!(
        told("As [@kings-fund says.\n"),
        ["unknown-source \"[@kings-fund\" this citation is never closed, and readers see its bracket"]
    );
    assert_eq!(
        told("As [@] and [@a; b] say.\n"),
        [
            "unknown-source \"[@]\" this citation names no source, and readers see its brackets",
            "unknown-source \"[@a\" this citation names no source, and readers see its brackets"
        ]
    );
    assert_eq!(
        told("<div>\nAs [@a] says\n</div>\n"),
        ["unknown-source \"[@\" Markdown is not read within HTML, so readers see this citation's brackets"]
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
fn bare_addresses_are_links() {
    check(
        "See www.a.uk/b_c_d, **https://e.uk** or f@g.uk.\n\n`www.a.uk` <a href=\"b.md\">www.c.uk</a>",
        "<p>See <a href=\"https://www.a.uk/b_c_d\">www.a.uk/b_c_d</a>, <strong><a href=\"https://e.uk\">https://e.uk</a></strong> \
         or <a href=\"mailto:f@g.uk\">f@g.uk</a>.</p>\n<p><code>www.a.uk</code> <a href=\"{b.md}\">www.c.uk</a></p>",
    );
    check("https://a.uk/?b&amp;c", "<p>https://a.uk/?b&amp;c</p>");
}

#[test]
fn a_definition_begins_with_a_colon_and_a_space() {
    check("Doors open at\n:30 past.", "<p>Doors open at\n:30 past.</p>");
    check("Two.\n\n:one: Ask.", "<p>Two.</p>\n<p>:one: Ask.</p>");
    check("Run `one\n: two` now", "<p>Run <code>one : two</code> now</p>");
    check(
        "[a](b.md \"c\n:d\")\n\n```\n:e\n```",
        "<p><a href=\"{b.md}\" title=\"c\n:d\">a</a></p>\n<pre class=\"code\" tabindex=\"0\"><code>:e\n</code></pre>",
    );
}

#[test]
fn an_alert_may_have_a_title() {
    check(
        "> [!NOTE] Good *to* know\n> Words.\n",
        "<div class=\"alert alert-note\"><p class=\"alert-label\">{note}: Good <em>to</em> know</p>\n<p>Words.</p>\n</div>",
    );
    check(
        "> [!tip]+ Title\n>\n> Words.\n",
        "<div class=\"alert alert-tip\"><p class=\"alert-label\">{tip}: Title</p>\n<p>Words.</p>\n</div>",
    );
    check_problems(
        "> [!info] Title\n> Words.\n",
        "<blockquote>\n<p>[!info] Title\nWords.</p>\n</blockquote>",
        &["stray-markup \"[!info]\" \"[!info]\" is no kind of alert, and readers see it"],
    );
}

/// Checks the problems of a body, each with the text at its place.
#[track_caller]
fn check_only_problems(markdown: &str, expected: &[&str]) {
    assert_eq!(problems(markdown, &read(markdown).problems), expected, "{markdown}");
}

#[test]
fn each_kind_of_stray_mark_is_reported_once_with_its_count() {
    check_only_problems(
        "See [[b]] and [[c]].\n\n- [[d]]\n",
        &["stray-markup \"[[b]]\" \"[[b]]\" is no link here, and readers see its brackets (and 2 more in this file)"],
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
            "stray-markup \"The board met every month.\" four spaces at the start of a line make it code, shown letter by letter in one line",
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

#[test]
fn footnotes_may_refer_to_each_other() {
    let body = read("[a[^x]\n\n[^x]: See [^y]\n\n[^y]: See [^x] and [^y]\n").value;
    assert_eq!(body.anchors, ["fn-x", "fnref-x", "fn-y", "fnref-y", "fnref-x-2", "fnref-y-2"]);
    assert_eq!(body.html.matches("<li ").count(), 2);
}

#[test]
fn safe_raw_html_is_kept() {
    check(
        "a<sub>2</sub> &copy; <abbr title=\"x &eacute;\">b</abbr>",
        "<p>a<sub>2</sub> © <abbr title=\"x é\">b</abbr></p>",
    );
    check(
        "<details open>\n<summary>A</summary>\n\n*b*\n\n</details>\n\nc\n",
        "<details open=\"\">\n<summary>A</summary>\n<p><em>b</em></p>\n</details>\n<p>c</p>",
    );
    check(
        "<figure id=f>\n<img src=a.png alt='B \"c\"' width=5>\n<figcaption>d</figcaption></figure>",
        "<figure id=\"f\">\n<img src=\"{a.png}\" alt=\"B &quot;c&quot;\" width=\"5\" loading=\"lazy\" decoding=\"async\">\n<figcaption>d</figcaption></figure>",
    );
    check("a <!-- b --> c <?d?> <!E> <![CDATA[f]]> g", "<p>a  c    g</p>");
    assert_eq!(read("<p id=f>a").value.anchors, ["f"]);
}

#[test]
fn unsafe_raw_html_is_removed() {
    check_problems(
        "<script>alert(\"a\")</script>\n\nb <font onclick=c>d</font> <em onclick='e' style=\"f\">g</em> <font>h</font>\n",
        "<p>b d <em>g</em> h</p>",
        &[
            "unsafe-html \"<script>\" `<script>` is not allowed and was left out",
            "unsafe-html \"<font onclick=c>\" `<font>` is not allowed and was left out",
            "unsafe-html \"onclick\" `onclick` is not allowed here and was left out",
            "unsafe-html \"style\" `style` is not allowed here and was left out",
        ],
    );
    check_problems(
        "a <style>b *c* [d](e.md)</style> f\n\n<h1 id=g>h</h1>\n",
        "<p>a  f</p>\nh",
        &[
            "unsafe-html \"<style>\" `<style>` is not allowed and was left out",
            "unsafe-html \"<h1 id=g>\" `<h1>` is not allowed and was left out",
        ],
    );
    check_problems(
        "> <div\n> class=\"x alert\"\n> onload=\"y\">z</div>\n",
        "<blockquote>\n<div class=\"alert\">z</div>\n</blockquote>",
        &[
            "unsafe-html \"class\" `class` is not allowed here and was left out",
            "unsafe-html \"onload\" `onload` is not allowed here and was left out",
        ],
    );
}

#[test]
fn links_in_raw_html_have_the_rules_of_markdown_links() {
    check(
        "<a href=\"../b.md?c=1&amp;d\">e</a> <a href='https://f.uk/g h'>i</a>",
        "<p><a href=\"{../b.md?c=1&d}\">e</a> <a href=\"https://f.uk/g%20h\">i</a></p>",
    );
    check_problems(
        "<a href=\" java\tscript&colon;x\">a</a> <a href=&#106avascript:x>b</a> <img src=//c.uk/d alt=e> <img src=f.png>",
        "<p><a>a</a> <a>b</a> e <img src=\"{f.png}\" alt=\"\" loading=\"lazy\" decoding=\"async\"></p>",
        &[
            "unsafe-url \" java\\tscript&colon;x\" \" java script:x\" is not a safe address and was left out",
            "unsafe-url \"&#106avascript:x\" \"javascript:x\" is not a safe address and was left out",
            "unsafe-url \"//c.uk/d\" \"//c.uk/d\" does not say how to get there and was left out",
            "missing-alt \"<img src=f.png>\" this picture has no description",
        ],
    );
    check_problems(
        "## A\n\n<p id=a>b</p>\n\n<p id=''>c</p>\n",
        "<h2 id=\"a\">A</h2>\n<p>b</p>\n<p>c</p>",
        &["bad-value \"a\" the id \"a\" is taken already on this page", "bad-value \"\" \"\" cannot be an id"],
    );
}

#[test]
fn raw_html_is_closed_with_its_block() {
    check_problems(
        "- a <b>c\n- d\n\n</b></ul></div>\n\ne",
        "<ul>\n<li>a <b>c</b></li>\n<li>d</li>\n</ul>\n<p>e</p>",
        &["stray-markup \"<b\" `<b>` is never closed, so it goes on further than you meant"],
    );
    check("<p>a\n\nb\n", "<p>a\n</p><p>b</p>");
    check(
        "<div title=\"\n\n[a](b.md)\n\n\">c</div>\n",
        "&lt;div title=\"\n<p><a href=\"{b.md}\">a</a></p>\n<p>\"&gt;c</p>",
    );
    check_problems(
        "<!-- a\n\nb\n\n[^1]: c",
        "",
        &["bad-value \"<!--\" this comment is never closed, so nobody would see the text after it"],
    );
    check(
        "<ul><li>a<li>b</ul><table><tr><td>c<td>d<tr><td>e</table>",
        "<ul><li>a</li><li>b</li></ul><table><tbody><tr><td>c</td><td>d</td></tr><tr><td>e</td></tr></tbody></table>",
    );
    check("<table>\n\na *b*\n\n</table>", "<table>\n</table><p>a <em>b</em></p>");
}

#[test]
fn words_are_counted() {
    let count = |markdown| read(markdown).value.words;
    assert_eq!(count("One *two*three `four five`\nsix\n\n## Seven\n\n```\nnot these\n```\n"), 6);
    assert_eq!(count("| a | b |\n|---|---|\n| c | d |\n\n- e\n- f\n\n<p>g</p>h"), 8);
    assert_eq!(count("a[^1]\n\n[^1]: b c\n\n[^2]: d"), 3);
}

#[test]
fn deep_nesting_is_flattened() {
    for (open, text) in [(">", " x"), ("- ", "x"), ("1. ", "x"), ("> - ", "x"), ("[", "x"), ("![", "x"), ("<b>", "x")] {
        let body = read(&(open.repeat(10_000) + text)).value;
        assert!(body.html.contains('x'), "{open}");
        assert!(deepest(&body.html) <= 110, "{open}");
    }
    let emphasis = "*a **b ".repeat(5_000) + &"** *".repeat(5_000);
    assert!(deepest(&read(&emphasis).value.html) <= 110);
    let blocks = "<div>\n\n".repeat(5_000) + "x";
    assert!(deepest(&read(&blocks).value.html) <= 110);
}

fn deepest(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in html.split('<').skip(1) {
        let name = tag.split([' ', '>']).next().unwrap_or_default();
        let is_void = ["br", "col", "hr", "img", "input", "source", "track", "wbr"].contains(&name);
        match tag.starts_with('/') {
            true => depth -= 1,
            false => depth += usize::from(!is_void),
        }
        deepest = deepest.max(depth);
    }
    assert_eq!(depth, 0, "every tag is closed");
    deepest
}

/// Markdown with everything that Casebook reads.
fn markdown() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
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
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

/// Markdown with authors' own tags.
fn markdown_with_html() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
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
    let html = prop::collection::vec(prop::sample::select(PIECES), 1..20).prop_map(|pieces| pieces.concat());
    prop::collection::vec(prop_oneof![markdown(), html], 0..6).prop_map(|parts| parts.concat())
}

fn check_body(body: &Body) {
    deepest(&body.html);
    assert!(body.slots.is_sorted_by_key(|&(at, _)| at));
    for &(at, slot) in &body.slots {
        let Slot::Link(link) = slot else { continue };
        assert!(link < body.links.len());
        let (before, after) = match body.links[link].kind {
            LinkKind::Label if body.links[link].target == "notes" => ("<h2>", ["</h2>"; 2]),
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
