//! Finds code in Markdown, where tags and links have no meaning.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// The bytes of every code block and code span, in order.
pub(super) fn code(text: &str) -> Vec<Range<usize>> {
    found(text, |event| matches!(event, Event::Start(Tag::CodeBlock(_)) | Event::Code(_)))
}

/// The bytes of every code block in fences and every code span, in order. In MDX, indented lines are not code.
pub(super) fn fences_and_spans(text: &str) -> Vec<Range<usize>> {
    found(text, |event| matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) | Event::Code(_)))
}

fn found(text: &str, is_wanted: impl Fn(&Event<'_>) -> bool) -> Vec<Range<usize>> {
    if !text.contains(['`', '~']) && !text.contains("    ") && !text.contains('\t') {
        return Vec::new();
    }
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
    events.filter(|(event, _)| is_wanted(event)).map(|(_, at)| at).collect()
}

/// Is this byte in code?
pub(super) fn is_in(code: &[Range<usize>], at: usize) -> bool {
    let after = code.partition_point(|span| span.end <= at);
    code.get(after).is_some_and(|span| span.contains(&at))
}
