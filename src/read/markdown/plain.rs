//! Marks of Markdown, HTML and other tools in a text in which none of them is read: a value of YAML, or the text within
//! a block of HTML. Readers see such marks as they are written.
//!
//! Each line is parsed as a body is, so a mark here is what a body would recognise, or report with [`super::stray`].

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{
    citations,
    runs::Runs,
    stray::{self, StrayKind},
    tags::{HtmlToken, Tokens},
};
use crate::read::clean::TAGS;

/// A mark in a text that is no Markdown.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::read) struct PlainMark {
    pub(in crate::read) kind: PlainMarkKind,
    /// Its bytes in the text.
    pub(in crate::read) at: Range<usize>,
}

/// What a mark would be in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum PlainMarkKind {
    Citation,
    /// A character reference of HTML.
    Entity,
    /// The mark of an item in a list.
    Item,
    Link,
    Tag,
    /// Other Markdown that a body would recognise.
    Markdown,
    /// What a body would report.
    Stray(StrayKind),
}

/// Can the text hold a mark? Most texts have no byte with which one begins; many bytes are compared at once.
pub(in crate::read) fn may_hold_marks(text: &str) -> bool {
    let begins_one = |byte: u8| {
        (byte == b'&')
            | (byte == b'<')
            | (byte == b'[')
            | (byte == b'*')
            | (byte == b'=')
            | (byte == b'_')
            | (byte == b'`')
            | (byte == b'{')
            | (byte == b'%')
            | (byte == b'~')
            | (byte == b'$')
            | (byte == b'^')
            | (byte == b'\\')
            | (byte == b'!')
            | (byte == b'#')
            | (byte == b'|')
            | (byte == b'\n')
    };
    text.bytes().fold(false, |found, byte| found | begins_one(byte)) || text.starts_with([':', '+', '.', '-', 'h'])
}

/// The marks of a text, in the order of its lines.
pub(in crate::read) fn marks(text: &str) -> Vec<PlainMark> {
    let mut found = Vec::new();
    if !may_hold_marks(text) {
        return found;
    }
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim();
        // Indented lines are no code here.
        let from = start + (whole.len() - whole.trim_start().len());
        if may_hold_marks(line) || line.starts_with(|c: char| c.is_ascii_digit()) {
            let marks = marks_of_line(line).into_iter();
            found.extend(marks.map(|mark| PlainMark { at: from + mark.at.start..from + mark.at.end, ..mark }));
        }
        start += whole.len();
    }
    found.extend(stray::marks_of_lines(text).map(|(kind, at)| PlainMark { kind: PlainMarkKind::Stray(kind), at }));
    found
}

/// The text as a body would show it, without its marks. Links keep their words.
pub(in crate::read) fn words(text: &str) -> String {
    let words = |line: &str| {
        let events = citations::parser(line, line);
        let text = |event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.into_string()),
            _ => None,
        };
        events.filter_map(text).collect::<String>()
    };
    text.lines().map(|line| words(line.trim())).collect::<Vec<_>>().join("\n")
}

fn marks_of_line(line: &str) -> Vec<PlainMark> {
    let mut found = Vec::new();
    let mut push = |kind, at: Range<usize>| found.push(PlainMark { kind, at });
    // Where the last event ended, and how many constructs are open within a citation or in code.
    let (mut end, mut hidden) = (0, 0);
    for (event, at) in Runs::new(citations::parser(line, line).into_offset_iter(), line, line) {
        if hidden > 0 {
            hidden += i32::from(matches!(event, Event::Start(_))) - i32::from(matches!(event, Event::End(_)));
            end = at.end;
            continue;
        }
        match &event {
            _ if citations::begins(&event) => {
                push(PlainMarkKind::Citation, at.clone());
                hidden = 1;
            }
            Event::Start(Tag::CodeBlock(_)) => {
                push(PlainMarkKind::Markdown, at.start..at.start + "```".len());
                hidden = 1;
            }
            Event::Start(Tag::Heading { .. }) if line[at.start..].starts_with('#') => {
                let hashes = line[at.start..].bytes().take_while(|&byte| byte == b'#').count();
                push(PlainMarkKind::Markdown, at.start..at.start + hashes);
            }
            Event::Start(Tag::Item) => push(PlainMarkKind::Item, at.clone()),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => push(PlainMarkKind::Link, at.clone()),
            // `2*3*4` and `M*A*S*H` are meant as they are written.
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
                if !line[..at.start].ends_with(char::is_alphanumeric) =>
            {
                push(PlainMarkKind::Markdown, at.clone());
            }
            Event::Code(_) => push(PlainMarkKind::Markdown, at.clone()),
            Event::Html(html) | Event::InlineHtml(html) if is_tag_or_comment(html) => {
                push(PlainMarkKind::Tag, at.clone());
            }
            Event::Text(text) => {
                let source = &line[at.clone()];
                if *source != **text && source.starts_with('&') {
                    push(PlainMarkKind::Entity, at.clone());
                }
                // A backslash that the parser has taken for the escape of a mark.
                let is_escape = end < at.start && line[end..at.start].ends_with('\\') && !source.starts_with('\\');
                if is_escape {
                    let length = source.chars().next().map_or(0, char::len_utf8);
                    push(PlainMarkKind::Markdown, at.start - 1..at.start + length);
                }
                for (kind, mark) in stray::marks_of_run(line, &at, text) {
                    push(kind.map_or(PlainMarkKind::Citation, PlainMarkKind::Stray), mark);
                }
            }
            _ => {}
        }
        // Only what is whole has been read to its end.
        end = match event {
            Event::Start(_) => at.start.max(end),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::List(_)) => end,
            _ => at.end,
        };
    }
    found
}

/// Is it a tag that readers know from pages, or a comment? `<name>` is not.
fn is_tag_or_comment(html: &str) -> bool {
    const OLD: [&str; 5] = ["center", "font", "h1", "iframe", "script"];
    let is_known = |name: &str| {
        let name = name.to_ascii_lowercase();
        TAGS.iter().any(|tag| tag.name == name) || OLD.contains(&&*name)
    };
    let is_one = |token| match token {
        HtmlToken::Start(tag) => is_known(tag.name),
        HtmlToken::End(name) => is_known(name),
        HtmlToken::Text(_) => false,
    };
    html.starts_with("<!--") || Tokens::new(html).any(is_one)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = marks(text).into_iter().map(|mark| &text[mark.at]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn markdown_and_html_are_found() {
        check("a **b** and *c*", &["**b**", "*c*"]);
        check("a `b`, ~~c~~ and [the report](https://a.uk)", &["`b`", "~~c~~", "[the report](https://a.uk)"]);
        check("a <em>b</em> &amp; c", &["<em>", "</em>", "&amp;"]);
        check("<div>a</div>", &["<div>a</div>"]);
        check("Q\\&A for all", &["\\&"]);
        check("[@x, p. 3] and [@y", &["[@x, p. 3]", "[@"]);
        check("## A heading", &["##"]);
        check("They:\n  - one\n  - two", &["- one", "- two"]);
        check("<ann@example.org>", &["<ann@example.org>"]);
    }

    #[test]
    fn marks_of_other_tools_are_found() {
        check("{{ site.title }} x", &["{{ site.title }}"]);
        check("{% include a %}", &["{% include a %}"]);
        check("[[Torbay]] x", &["[[Torbay]]"]);
        check("{++ x ++} it", &["{++ x ++}"]);
        check("%%x%% it", &["%%x%%"]);
        check("**big x", &["**"]);
        check("~~x it", &["~~"]);
        check("[x] (https://x.org)", &["[x] (https://x.org)"]);
        check("A fact [^1]", &["[^"]);
        check("x {.red}", &["{.red}"]);
        check("[caption id=1]x", &["[caption id=1]"]);
        check("== Results ==", &["== Results =="]);
    }

    #[test]
    fn other_texts_are_left_alone() {
        for text in [
            "2*3*4, M*A*S*H, f**k, a * b * c, [sic], A* to C*",
            "R&D; A&E, &c., a < b > c, <name>, 30% of £5 and 40%",
            "Our kind of council is {tier}, and {term}",
            "C:\\temp and \\\\server",
            "2012. A year",
            "> 50 per cent",
            "#1 in the list; C#",
            "Wow! Who? (see below) - x",
            "-5 degrees",
            "how it went",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn words_have_no_marks() {
        assert_eq!(words("A, &amp; *B* [c](d) `e` <em>f</em>\n**g**"), "A, & B c e f\ng");
    }

    proptest! {
        #[test]
        fn marks_are_within_the_text(text in "[\\[\\]()*%{}=$!. a-cé\u{a0}/#:^+<>_~&;\\\\\n@-]{0,60}") {
            for mark in marks(&text) {
                prop_assert!(text.get(mark.at.clone()).is_some());
                prop_assert!(!mark.at.is_empty());
            }
        }
    }
}
