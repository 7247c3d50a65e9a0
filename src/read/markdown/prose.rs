//! A Markdown body → its plain words, for whoever looks for words and not for a page.
//!
//! Takes the text of a file and where the body lies in it; gives one line for each paragraph, item or cell, and after an
//! empty line those of the footnotes, wherever they stand. Headings are left out, since a body's outline has them, and
//! so are code blocks, which are no prose, and citations. Of raw HTML only the text is kept.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{citations::without_citations, colons};

/// The plain words of the body that lies at `span` in the text of a file.
pub fn prose(text: &str, span: Range<usize>) -> String {
    let Some(markdown) = text.get(span) else { return String::new() };
    let (mut prose, mut other) = (String::with_capacity(markdown.len()), String::new());
    let mut left_out = 0_usize;
    let parsed = colons::hidden(markdown);
    for (event, _) in without_citations(super::events(markdown, &parsed)) {
        match event {
            // Notes never stand in one another: from here to the end of it, `prose` is that of the note.
            Event::Start(Tag::FootnoteDefinition(_)) => std::mem::swap(&mut prose, &mut other),
            Event::End(TagEnd::FootnoteDefinition) => {
                end_line(&mut prose);
                std::mem::swap(&mut prose, &mut other);
            }
            Event::Start(Tag::Heading { .. } | Tag::CodeBlock(_)) => left_out += 1,
            Event::End(TagEnd::Heading(_) | TagEnd::CodeBlock) => left_out = left_out.saturating_sub(1),
            Event::Text(text) | Event::Code(text) if left_out == 0 => prose.push_str(&text),
            Event::Html(html) if left_out == 0 => push_text_of(&html, &mut prose),
            Event::SoftBreak | Event::HardBreak if left_out == 0 => prose.push(' '),
            Event::End(end) if !is_within_words(end) => end_line(&mut prose),
            _ => {}
        }
    }
    prose.truncate(prose.trim_end().len());
    let notes = other.trim_end();
    if !notes.is_empty() {
        prose.extend(["\n\n", notes]);
    }
    prose
}

/// Does the end of it leave the reader in the midst of a line?
fn is_within_words(end: TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}

fn end_line(prose: &mut String) {
    if !prose.is_empty() && !prose.ends_with('\n') {
        prose.push('\n');
    }
}

/// Adds what stands between the tags of a line of HTML.
fn push_text_of(html: &str, prose: &mut String) {
    for part in html.split('<') {
        let text = part.split_once('>').map_or(part, |(_, text)| text).trim();
        if !text.is_empty() {
            prose.push_str(text);
            prose.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        assert_eq!(prose(markdown, 0..markdown.len()), expected);
    }

    #[test]
    fn only_the_words_are_kept() {
        check("One *two*\n[three](x.md).\n\n- four\n- five `six`\n", "One two three.\nfour\nfive six");
        check("## Heading\n\nText[^a].\n\n[^a]: Note.\n\nMore.\n\n[^b]: Two.\n", "Text.\nMore.\n\nNote.\nTwo.");
        check("Text [@a, p. 12], more.[@b]\n\n[@c; @d]\n", "Text , more.");
        check("[^a]: Note.\n", "\n\nNote.");
        check("```sh\nrm -rf\n```\n\nAfter.\n", "After.");
        check("| a | b |\n|---|---|\n| c | d |\n", "a\nb\nc\nd");
        check("<p>Raw <b>words</b></p>\n\nMore.\n", "Raw words \nMore.");
        check("", "");
    }
}
