//! A Markdown body → safe HTML with slots, its outline, its links, its citations and its ids.
//!
//! Takes a file's text and the bytes of the body; gives a [`Body`] and problems, each at its bytes. Links within the
//! site become slots, since only the whole library can resolve them. Front matter is not read here, and rules about
//! prose are not applied; the facts for those rules are collected.

mod alerts;
mod autolinks;
mod citations;
mod colons;
pub(super) mod destination;
mod footnotes;
mod headings;
mod ids;
mod inline_notes;
mod links;
mod nesting;
mod raw;
mod runs;
mod slips;
mod stray;
mod tables;
mod tags;
mod word_count;
mod wording;
mod writer;

use std::ops::Range;

use pulldown_cmark::Options;

pub(super) use self::links::is_name_of_file;
use self::{footnotes::Placed, inline_notes::InlineNotes, runs::Runs, writer::Writer};
use super::clean::clean;
use crate::{
    model::document::Body,
    problem::{Checked, FilePath},
};

/// Reads the body at `span` of a file's text.
pub fn body(file: &FilePath, text: &str, span: Range<usize>) -> Checked<Body> {
    let markdown = text.get(span.clone()).expect("a body begins and ends between characters of its file");
    let parsed = colons::hidden(markdown);
    let mut writer = Writer::new(file, markdown, &parsed, span.start);
    writer.write(events(markdown, &parsed));
    let Writer {
        mut html, mut slots, links, citations, headings, ids, words, mut problems, raw, wording, strays, ..
    } = writer;
    let has_accidental_heading = writer.has_conflict || writer.has_paragraph_as_title;
    problems.extend(strays.into_problems());
    let mut headings = headings;
    let wording = wording.into_wording(span.start, std::mem::take(&mut headings.empty));
    let mut problems_of_headings = Vec::new();
    let outline = headings.into_outline(&mut html, &mut problems_of_headings);
    // Equals signs of a conflict marker, or below a paragraph, make an accidental heading, which is reported already.
    problems.extend(problems_of_headings.into_iter().filter(|_| !has_accidental_heading));
    if raw.is_used {
        (html, slots) = clean(&html, &slots, markdown);
    }
    // Copied instead of shrunk, since bodies are kept, and an allocator may leave a shrunk block at its old size.
    let html = html.as_str().to_owned();
    let body = Body { html, slots, outline, links, citations, anchors: ids.given, span, words: words.count, wording };
    Checked::new(body, problems)
}

/// The events of a body. `parsed` is the text for the parser.
fn events<'a>(markdown: &'a str, parsed: &'a str) -> impl Iterator<Item = Placed<'a>> {
    let events = citations::parser(markdown, parsed).into_offset_iter();
    InlineNotes::new(Runs::new(events, markdown, parsed), markdown)
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
