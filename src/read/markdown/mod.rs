//! A Markdown body → safe HTML with slots, its outline, its links, its citations and its ids.
//!
//! Takes a file's text and the bytes of the body; gives a [`Body`] and problems, each at its bytes. Links within the
//! site become slots, since only the whole library can resolve them. Front matter is not read here, and rules about
//! prose are not applied; the facts for those rules are collected.

mod alerts;
mod autolinks;
mod citations;
mod code;
mod colons;
pub(super) mod destination;
mod footnotes;
mod headings;
mod ids;
mod inline_notes;
mod links;
mod nesting;
mod output;
mod pictures;
mod problems;
mod raw;
mod runs;
mod slips;
mod stray;
mod tables;
mod tags;
mod text;
mod word_count;
mod wording;
mod writer;

use std::ops::Range;

use pulldown_cmark::Options;

pub(super) use self::pictures::is_name_of_file;
use self::{footnotes::Placed, inline_notes::InlineNotes, runs::Runs, text::BodyText, writer::Writer};
use crate::{
    model::document::Body,
    problem::{Checked, FilePath},
};

/// Reads the body at `span` of a file's text.
pub fn body(file: &FilePath, text: &str, span: Range<usize>) -> Checked<Body> {
    let markdown = text.get(span.clone()).expect("a body begins and ends between characters of its file");
    let parsed = colons::hidden(markdown);
    let text = BodyText::new(file, markdown, &parsed, span.start);
    Writer::new(text).write(events(markdown, &parsed)).into_body(span)
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
