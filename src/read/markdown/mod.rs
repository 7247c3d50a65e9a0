//! A Markdown body → safe HTML with slots, its outline, its links, its citations and its ids.
//!
//! Takes a file's text and where the body lies in it; gives a [`Body`] and what was wrong, each problem at the bytes where it
//! was written. Links within the site are left as slots: only the whole library can resolve them. Front matter, and
//! rules about prose, are elsewhere; the facts for those rules are gathered here.

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

/// Reads the body that lies at `span` in the text of a file.
pub fn body(file: &FilePath, text: &str, span: Range<usize>) -> Checked<Body> {
    let markdown = text.get(span.clone()).expect("a body begins and ends between characters of its file");
    let parsed = colons::hidden(markdown);
    let mut writer = Writer::new(file, markdown, &parsed, span.start);
    writer.write(events(markdown, &parsed));
    let Writer {
        mut html, mut slots, links, citations, headings, ids, words, mut problems, raw, wording, strays, ..
    } = writer;
    let has_heading_of_nobody = writer.has_conflict || writer.has_paragraph_as_title;
    problems.extend(strays.into_problems());
    let mut headings = headings;
    let wording = wording.into_wording(span.start, std::mem::take(&mut headings.empty));
    let mut of_headings = Vec::new();
    let outline = headings.into_outline(&mut html, &mut of_headings);
    // The equals signs of a conflict marker, or under a paragraph, make a heading that nobody meant, which is reported already.
    problems.extend(of_headings.into_iter().filter(|_| !has_heading_of_nobody));
    if raw.is_used {
        (html, slots) = clean(&html, &slots, markdown);
    }
    // Copied, not shrunk: an allocator may leave a shrunk block at its old size, and bodies are kept.
    let html = html.as_str().to_owned();
    let body = Body { html, slots, outline, links, citations, anchors: ids.given, span, words: words.count, wording };
    Checked::new(body, problems)
}

/// The events of a body, of which `parsed` is the form for the parser.
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
