//! Joins the text events of the parser, so that each unbroken run of text in the source is one event.
//!
//! A parser ends a text at every character that could begin something: a bracket, an asterisk, an ampersand. Rules
//! about words and marks need the text that the author typed. Escaped characters and character references are not part
//! of a run, so a run equals the source exactly. If the parser was given a changed text ([`super::colons`],
//! [`super::braces`]), the author's text is restored here.

use std::{iter::Peekable, ops::Range};

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use super::{braces, colons, footnotes::Placed};

/// The events, with whole runs of text.
pub(super) struct Runs<'a, I: Iterator> {
    events: Peekable<I>,
    markdown: &'a str,
    parsed: &'a str,
}

impl<'a, I: Iterator<Item = Placed<'a>>> Runs<'a, I> {
    /// The events of `parsed`, which was parsed in place of `markdown`; the two have the same bytes except for some
    /// colons and braces.
    pub(super) fn new(events: I, markdown: &'a str, parsed: &'a str) -> Runs<'a, I> {
        Runs { events: events.peekable(), markdown, parsed }
    }

    /// The event with the author's text.
    fn as_written(&self, event: Event<'a>) -> Event<'a> {
        if std::ptr::eq(self.markdown, self.parsed) {
            return event;
        }
        let restored = |text: CowStr<'a>| match text.contains([colons::STAND_IN, braces::STAND_IN]) {
            true => braces::restored(&colons::restored(&text)).into(),
            false => text,
        };
        match event {
            Event::Text(text) => Event::Text(restored(text)),
            Event::Code(text) => Event::Code(restored(text)),
            Event::Html(text) => Event::Html(restored(text)),
            Event::InlineHtml(text) => Event::InlineHtml(restored(text)),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Link { link_type, dest_url, title: restored(title), id })
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Image { link_type, dest_url, title: restored(title), id })
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(restored(info))))
            }
            other => other,
        }
    }
}

impl<'a, I: Iterator<Item = Placed<'a>>> Iterator for Runs<'a, I> {
    type Item = Placed<'a>;

    fn next(&mut self) -> Option<Placed<'a>> {
        let (event, at) = self.events.next()?;
        if !is_literal(&event, &at, self.parsed) {
            return Some((self.as_written(event), at));
        }
        let mut end = at.end;
        let (events, parsed) = (&mut self.events, self.parsed);
        while let Some((_, next)) = events.next_if(|(event, next)| next.start == end && is_literal(event, next, parsed))
        {
            end = next.end;
        }
        Some((Event::Text(CowStr::Borrowed(&self.markdown[at.start..end])), at.start..end))
    }
}

/// Is it a text that is unchanged in the source?
fn is_literal(event: &Event<'_>, at: &Range<usize>, parsed: &str) -> bool {
    matches!(event, Event::Text(text) if parsed.get(at.clone()).is_some_and(|source| std::ptr::eq(source, &**text)))
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Parser;

    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &[&str]) {
        let runs = Runs::new(Parser::new(markdown).into_offset_iter(), markdown, markdown);
        let texts =
            runs.filter_map(|(event, _)| if let Event::Text(text) = event { Some(text.into_string()) } else { None });
        assert_eq!(texts.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_run_ends_where_text_and_source_differ() {
        check("a [b] c & d_e ** f", &["a [b] c & d_e ** f"]);
        check("a \\[b] *c* &amp; d\ne", &["a ", "[b] ", "c", " ", "&", " d", "e"]);
    }
}
