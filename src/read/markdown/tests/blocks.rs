//! Text, blocks, headings, tables, code and alerts.

use super::*;

#[test]
fn text_is_escaped() {
    check("5 < 6 &amp; \"7\"", "<p>5 &lt; 6 &amp; \"7\"</p>");
    check("*a* **b** ~~c~~ `<d>`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>&lt;d&gt;</code></p>");
    check_problems(
        "a\0b",
        "<p>a\u{FFFD}b</p>",
        &["stray-markup \"\\0\" no page may hold the character U+0000, so readers see a question mark"],
    );
    check("a  \r\nb\r\nc", "<p>a<br>\nb\nc</p>");
    check("\\{{ x }} ${y}", "<p>{{ x }} ${y}</p>");
}

#[test]
fn lists_quotations_definitions_and_alerts_become_html() {
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
fn code_is_escaped_and_its_language_becomes_a_class() {
    check("    a < b\n", "<pre class=\"code\" tabindex=\"0\"><code>a &lt; b\n</code></pre>");
    check("```\n\na\n```\n", "<pre class=\"code\" tabindex=\"0\"><code>\na\n</code></pre>");
    check(
        "```Rust,ignore\nlet x = 1; // one\n```\n",
        "<pre class=\"code\" tabindex=\"0\"><code class=\"language-rust\">let x = 1; // one\n</code></pre>",
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
fn words_in_braces_stay_in_a_heading() {
    check("## Costs {draft}\n\nA.\n", "<h2 id=\"costs-draft\">Costs {draft}</h2>\n<p>A.</p>");
    check("## {x}\n\nA.\n", "<h2 id=\"x\">{x}</h2>\n<p>A.</p>");
    check("Set {1, *2*}\n---\nA.\n", "<h2 id=\"set-1-2\">Set {1, <em>2</em>}</h2>\n<p>A.</p>");
    check("## Set \\{#1}\n\nA.\n", "<h2 id=\"set-1\">Set {#1}</h2>\n<p>A.</p>");
    check("[a][b]\n\n[b]: https://c.uk/{d}\n---\n", "<p><a href=\"https://c.uk/%7Bd%7D\">a</a></p>\n<hr>");
    check_problems(
        "## A {.b}\n\nC.\n",
        "<h2 id=\"a-b\">A {.b}</h2>\n<p>C.</p>",
        &["stray-markup \"{.b}\" \"{.b}\" changes nothing here, and readers see it"],
    );
}

#[test]
fn ids_that_are_taken_or_invalid_are_reported() {
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
        "> [!tip]+ Title\n>\n> Words\n> of two lines.\n",
        "<div class=\"alert alert-tip\"><p class=\"alert-label\">{tip}: Title</p>\n<p>Words\nof two lines.</p>\n</div>",
    );
    check(
        "> [!note] Title\n\nWords\nof two lines.\n",
        "<div class=\"alert alert-note\"><p class=\"alert-label\">{note}: Title</p>\n</div>\n<p>Words\nof two lines.</p>",
    );
    check_problems(
        "> [!info] Title\n> Words.\n",
        "<blockquote>\n<p>[!info] Title\nWords.</p>\n</blockquote>",
        &["stray-markup \"[!info]\" \"[!info]\" is not a kind of alert, and readers see it"],
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
