//! A Markdown body → safe HTML with slots, its outline, its links, its citations and its ids.
//!
//! Takes a file's text and the bytes of the body; gives a [`Body`] and problems, each at its bytes. Links within the
//! site become slots, since only the whole library can resolve them. Front matter is not read here, and rules about
//! prose are not applied; the facts for those rules are collected.

mod alerts;
mod autolinks;
mod braces;
mod citations;
mod code;
mod colons;
mod conflicts;
mod cut_addresses;
pub(super) mod destination;
mod footnotes;
mod headings;
mod ids;
mod inline_notes;
mod links;
mod mistakes;
mod near_citations;
mod nesting;
mod output;
mod pictures;
pub(super) mod plain;
mod problems;
mod raw;
mod runs;
mod stray;
mod tables;
mod tags;
mod text;
mod word_count;
mod wording;
mod writer;

use std::ops::Range;

use pulldown_cmark::Options;

use self::{
    cut_addresses::CutAddresses, footnotes::Placed, inline_notes::InlineNotes, runs::Runs, text::BodyText,
    writer::Writer,
};
pub(super) use self::{pictures::is_name_of_file, stray::StrayKind};
use crate::{
    model::document::Body,
    problem::{Checked, FilePath, Written},
};

/// Reads the body at `span` of a file's text.
pub fn body(file: &FilePath, text: &str, span: Range<usize>) -> Checked<Body> {
    let markdown = text.get(span.clone()).expect("a body begins and ends between characters of its file");
    let parsed = braces::hidden(colons::hidden(markdown));
    let text = BodyText::new(file, markdown, &parsed, span.start);
    Writer::new(text).write(events(markdown, &parsed)).into_body(span)
}

/// The anchor of a heading with this text, unless another heading of its page has it.
pub fn anchor(heading: &str) -> String {
    ids::slug(heading).unwrap_or_else(|| "section".to_owned())
}

/// The address in each definition of a link, such as `[name]: a.md`, in the order of the file. Left out are those with
/// an escaped character, and a second definition of a name, which no link has.
pub fn addresses_in_definitions(file: &FilePath, text: &str, span: Range<usize>) -> Vec<Written<String>> {
    let markdown = text.get(span.clone()).unwrap_or_default();
    if !markdown.contains("]:") {
        return Vec::new();
    }
    let parsed = colons::hidden(markdown);
    let body = BodyText::new(file, markdown, &parsed, span.start);
    let parser = citations::parser(markdown, &parsed);
    let definitions = parser.reference_definitions().iter().map(|(_, definition)| definition);
    let mut addresses: Vec<_> = definitions.filter_map(|found| body.bytes_of(&found.dest, &found.span)).collect();
    addresses.sort_by_key(|at| at.start);
    let written = |at: Range<usize>| Some(Written { value: markdown.get(at.clone())?.to_owned(), spot: body.spot(at) });
    addresses.into_iter().filter_map(written).collect()
}

/// The events of a body. `parsed` is the text for the parser.
fn events<'a>(markdown: &'a str, parsed: &'a str) -> impl Iterator<Item = Placed<'a>> {
    let events = citations::parser(markdown, parsed).into_offset_iter();
    InlineNotes::new(CutAddresses::new(Runs::new(events, markdown, parsed), markdown), markdown)
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
