//! The HTML of a body → plain text, for search and other code that needs text only.
//!
//! Takes the HTML that `read` made of a body; gives one line for each paragraph, item or cell, then after an empty line
//! those of the footnotes. Headings are left out, since a body's outline has them, and so is preformatted code, which
//! is not prose. The HTML has a known form: values are in double quotation marks, and few characters are written as
//! references.

/// Elements that do not start a new line.
const INLINE: [&str; 19] = [
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "input", "ins", "kbd", "label", "mark", "q", "s",
    "small", "span", "strong",
];

/// The characters that are written as references.
const REFERENCES: [(&str, &str); 5] =
    [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", "\u{a0}")];

/// The plain text of a body.
pub fn prose(html: &str) -> String {
    let mut lines = Lines { words: String::with_capacity(html.len()), ..Lines::default() };
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let length = rest[start..].find('>').map_or(rest.len() - start, |end| end + 1);
        lines.text(&rest[..start]);
        lines.tag(&rest[start..start + length]);
        rest = &rest[start + length..];
    }
    lines.text(rest);
    lines.end_line();
    lines.words.truncate(lines.words.trim_end().len());
    let notes = lines.notes.trim_end();
    if !notes.is_empty() {
        lines.words.extend(["\n\n", notes]);
    }
    lines.words
}

/// The lines so far.
#[derive(Default)]
struct Lines {
    /// The lines of the text or, inside the footnotes, of the footnotes.
    words: String,
    /// The other lines.
    notes: String,
    /// The element that is being skipped, if one is open.
    left_out: Option<&'static str>,
}

impl Lines {
    fn text(&mut self, text: &str) {
        if self.left_out.is_some() {
            return;
        }
        let mut rest = text;
        while let Some(at) = rest.find(['&', '\n']) {
            self.push(&rest[..at]);
            let reference = REFERENCES.iter().find(|(reference, _)| rest[at..].starts_with(reference));
            let (written, character) = reference.copied().unwrap_or((&rest[at..=at], &rest[at..=at]));
            self.push(if character == "\n" { " " } else { character });
            rest = &rest[at + written.len()..];
        }
        self.push(rest);
    }

    /// Adds text. A line does not begin with a space, and line breaks of the HTML do not become double spaces.
    fn push(&mut self, words: &str) {
        let is_at_start = self.words.is_empty() || self.words.ends_with('\n');
        let is_doubled = words == " " && self.words.ends_with(' ');
        if !is_doubled {
            self.words.push_str(if is_at_start { words.trim_start_matches(' ') } else { words });
        }
    }

    fn tag(&mut self, tag: &str) {
        let is_end = tag.starts_with("</");
        let inner = tag.trim_start_matches(['<', '/']);
        let name = &inner[..inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len())];
        match self.left_out {
            Some(open) if is_end && open == name => self.left_out = None,
            Some(_) => return,
            None if !is_end => self.left_out = left_out(name, tag),
            None => {}
        }
        match name {
            "br" => self.push(" "),
            "img" => {
                let alt = tag.split_once(" alt=\"").and_then(|(_, rest)| rest.split_once('"'));
                self.text(alt.map_or("", |(alt, _)| alt));
                self.end_line();
            }
            "section" => {
                self.end_line();
                std::mem::swap(&mut self.words, &mut self.notes);
            }
            "sup" | "sub" => {}
            name if !INLINE.contains(&name) => self.end_line(),
            _ => {}
        }
    }

    fn end_line(&mut self) {
        self.words.truncate(self.words.trim_end_matches(' ').len());
        if !self.words.is_empty() && !self.words.ends_with('\n') {
            self.words.push('\n');
        }
    }
}

/// The element that begins with a tag, if its content is not prose: a heading, code, or a footnote reference.
fn left_out(name: &str, tag: &str) -> Option<&'static str> {
    const LEFT_OUT: [&str; 7] = ["h1", "h2", "h3", "h4", "h5", "h6", "pre"];
    match name {
        "sup" if tag.contains("class=\"footnote-ref\"") => Some("sup"),
        "a" if tag.contains("class=\"footnote-back\"") => Some("a"),
        name => LEFT_OUT.into_iter().find(|left_out| *left_out == name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(prose(html), expected);
    }

    #[test]
    fn each_block_is_a_line() {
        check("<p>One <em>two</em>\n<a href=\"\">three</a>.</p>\n<ul>\n<li>four</li>\n</ul>\n", "One two three.\nfour");
        check("<p>One<br>\ntwo</p>\n", "One two");
        check("<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n", "a\nb");
        check("<table>\n<tr><th>a</th><td>b</td></tr>\n</table>\n", "a\nb");
        check("", "");
    }

    #[test]
    fn headings_and_code_blocks_are_left_out_and_descriptions_of_pictures_are_kept() {
        check("<h2 id=\"x\">Head <em>ing</em></h2>\n<p>Text</p>\n", "Text");
        check("<pre class=\"code\"><code>rm <span>-rf</span></code></pre>\n<p>After <code>x</code>.</p>\n", "After x.");
        check("<p>A <img alt=\"a &quot;picture&quot;\" src=\"\"> b</p>\n", "A a \"picture\"\nb");
    }

    #[test]
    fn notes_come_last_without_their_marks() {
        let note = "<section class=\"footnotes\" role=\"doc-endnotes\"><ol>\n<li id=\"fn-1\"><p>Note. <a class=\"footnote-back\" \
                    href=\"#fnref-1\" role=\"doc-backlink\">↩<sup>2</sup></a></p>\n</li>\n</ol></section>\n";
        let reference = "<sup class=\"footnote-ref\" id=\"fnref-1\"><a href=\"#fn-1\">1</a></sup>";
        check(&format!("<p>Text{reference}, more.</p>\n{note}"), "Text, more.\n\nNote.");
    }

    #[test]
    fn references_are_read_and_a_lone_ampersand_stays() {
        check("<p>a &lt;b&gt; &amp;c&nbsp;d & e</p>", "a <b> &c\u{a0}d & e");
    }

    proptest::proptest! {
        #[test]
        fn prose_is_no_longer_than_its_html(html in "([<>\"&; \\na-c]|</?(h2|pre|p|section|sup|img)>|<img alt=\"x\">){0,24}") {
            proptest::prop_assert!(prose(&html).len() <= html.len());
        }
    }
}
