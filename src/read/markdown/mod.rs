//! A Markdown body → safe HTML with slots, its outline, its links and its ids.
//!
//! Takes a file's text and where the body lies in it; gives a [`Body`] and what was wrong, each problem at the bytes where it
//! was written. Links within the site are left open, as slots: only the whole library can answer them. Front matter, and
//! rules about good prose, are elsewhere; what those rules look at is gathered here.

pub(super) mod destination;
mod footnotes;
mod headings;
mod ids;
mod links;
mod nesting;
pub mod prose;
mod raw;
mod slips;
mod tables;
mod tags;
mod wording;
mod words;
mod writer;

use std::ops::Range;

use pulldown_cmark::{Options, Parser};

use self::writer::Writer;
use super::clean::clean;
use crate::{
    model::document::Body,
    problem::{Checked, FilePath},
};

/// Reads the body that lies at `span` in the text of a file.
pub fn body(file: &FilePath, text: &str, span: Range<usize>) -> Checked<Body> {
    let markdown = text.get(span.clone()).expect("a body begins and ends between characters of its file");
    let mut writer = Writer::new(file, markdown, span.start);
    writer.write(Parser::new_ext(markdown, options()).into_offset_iter());
    let Writer { mut html, mut slots, links, headings, ids, words, mut problems, raw, wording, has_conflict, .. } =
        writer;
    let wording = wording.into_wording(span.start);
    let mut of_headings = Vec::new();
    let outline = headings.into_outline(&mut html, &mut of_headings);
    // The equals signs between two versions make a heading that nobody wrote.
    problems.extend(of_headings.into_iter().filter(|_| !has_conflict));
    if raw.is_used {
        (html, slots) = clean(&html, &slots, markdown);
    }
    // Copied, not shrunk: an allocator may leave a block that is shrunk as large as it was, and bodies are kept.
    let html = html.as_str().to_owned();
    let body = Body { html, slots, outline, links, anchors: ids.given, span, words: words.count, wording };
    Checked::new(body, problems)
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

#[cfg(test)]
mod tests;
