//! Finds code in Markdown, where tags and links have no meaning.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// The bytes of every code block and code span, in order.
pub(super) fn code(text: &str) -> Vec<Range<usize>> {
    if !text.contains(['`', '~']) && !text.contains("    ") && !text.contains('\t') {
        return Vec::new();
    }
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
    events
        .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_)) | Event::Code(_)))
        .map(|(_, at)| at)
        .collect()
}

/// Is this byte in code?
pub(super) fn is_in(code: &[Range<usize>], at: usize) -> bool {
    let after = code.partition_point(|span| span.end <= at);
    code.get(after).is_some_and(|span| span.contains(&at))
}
