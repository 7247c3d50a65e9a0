//! Links, bare addresses and pictures.

use super::*;

#[test]
fn addresses_of_links_are_encoded_or_become_slots() {
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
fn pictures_get_a_slot_and_need_a_description() {
    check(
        "![A *map* of `x`](map.png \"T\")",
        "<p><img src=\"{map.png}\" alt=\"A map of x\" title=\"T\" loading=\"lazy\" decoding=\"async\"></p>",
    );
    check_problems(
        "![](a.png) ![b](https://c.uk/d.png) ![e [f](javascript:g)](data:h)",
        "<p><img src=\"{a.png}\" alt=\"\" loading=\"lazy\" decoding=\"async\"> b e f</p>",
        &[
            "missing-alt \"![](a.png)\" this picture has no description",
            "unsafe-url \"https://c.uk/d.png\" \"https://c.uk/d.png\" is on another site and was left out",
            "unsafe-url \"data:h\" \"data:h\" is not a safe address and was left out",
        ],
    );
    assert_eq!(read("![a](b.png)").value.links[0].kind, LinkKind::Picture);
}

#[test]
fn bare_addresses_are_links() {
    check(
        "See www.a.uk/b_c_d, **https://e.uk** or f@g.uk.\n\n`www.a.uk` <a href=\"b.md\">www.c.uk</a>",
        "<p>See <a href=\"https://www.a.uk/b_c_d\">www.a.uk/b_c_d</a>, <strong><a href=\"https://e.uk\">https://e.uk</a></strong> \
         or <a href=\"mailto:f@g.uk\">f@g.uk</a>.</p>\n<p><code>www.a.uk</code> <a href=\"{b.md}\">www.c.uk</a></p>",
    );
    check(
        "(https://a.uk/b\\\nwww.c.uk/?d=(e))+f)",
        "<p>(<a href=\"https://a.uk/b\">https://a.uk/b</a><br>\n<a href=\"https://www.c.uk/?d=(e))+f\">www.c.uk/?d=(e))+f</a>)</p>",
    );
}

/// Checks the one link of a paragraph: its address, and what the paragraph shows before and after it.
#[track_caller]
fn check_link(markdown: &str, [before, address, shown, after]: [&str; 4]) {
    check(markdown, &format!("<p>{before}<a href=\"{address}\">{shown}</a>{after}</p>"));
}

#[test]
fn bare_addresses_go_on_after_an_escape_and_a_character_reference() {
    let address = "https://e.org/?a=1&amp;b=2";
    check_link("See https://e.org/?a=1&amp;b=2, too", ["See ", address, address, ", too"]);
    check_link("(www.e.org/a&amp;b)", ["(", "https://www.e.org/a&amp;b", "www.e.org/a&amp;b", ")"]);
    check_link("https://e.org/a\\_b\\_c. And", ["", "https://e.org/a_b_c", "https://e.org/a_b_c", ". And"]);
    check_link("x first\\_last@e.org\\_", ["x ", "mailto:first_last@e.org", "first_last@e.org", "_"]);
    check_link("A\\*b https://e.org/a\\_b c\\_d", ["A*b ", "https://e.org/a_b", "https://e.org/a_b", " c_d"]);
    check_link("https://e.org/a&nbsp;b", ["", "https://e.org/a", "https://e.org/a", "&nbsp;b"]);
    check_link("https://e.org/a&lt;b\\_c", ["", "https://e.org/a", "https://e.org/a", "&lt;b_c"]);
    check("`https://e.org/a\\_b` x\\_y", "<p><code>https://e.org/a\\_b</code> x_y</p>");
    check_link("[https://e.org/a\\_b](https://f.uk)", ["", "https://f.uk", "https://e.org/a_b", ""]);
}

#[test]
fn emphasis_within_a_bare_address_is_part_of_it() {
    check_link("https://e.org/_a_", ["", "https://e.org/_a_", "https://e.org/_a_", ""]);
    check_link("**https://e.org/a*b*c**", ["<strong>", "https://e.org/a*b*c", "https://e.org/a*b*c", "</strong>"]);
    check_link(
        "https://e.org/~~a~~_b_/c. *d*",
        ["", "https://e.org/~~a~~_b_/c", "https://e.org/~~a~~_b_/c", ". <em>d</em>"],
    );
    check_link("https://e.org*a*", ["", "https://e.org", "https://e.org", "<em>a</em>"]);
    check_link("*https://e.org/a*, *b*", ["<em>", "https://e.org/a", "https://e.org/a", "</em>, <em>b</em>"]);
    check_link("https://e.org/a *b*", ["", "https://e.org/a", "https://e.org/a", " <em>b</em>"]);
}
