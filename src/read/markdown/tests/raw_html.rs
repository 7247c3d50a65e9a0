//! Authors' own HTML: what is kept, what is removed and what is reported.

use super::*;

#[test]
fn pictures_and_recordings_in_raw_html_get_slots() {
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
