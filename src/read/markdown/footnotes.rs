//! The footnotes of a body. Their events are stored where they are defined, and written at the end in the order of
//! their first references, under a heading of their own. They have letters, since numbers are those of sources.
//!
//! A definition without a reference is never written. Each note is written once, so notes that refer to each other do
//! not loop.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    ops::Range,
};

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::{
    ids::{ElementIds, slug},
    writer::Writer,
};
use crate::{
    html::push_value,
    model::document::LinkKind,
    problem::{Problem, Spot, message::stray as message},
};

/// An event, with its bytes in the source.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// The footnotes found so far.
#[derive(Default)]
pub(super) struct Footnotes<'a> {
    /// The notes with references, in order.
    notes: Vec<Note>,
    numbers: BTreeMap<String, usize>,
    definitions: BTreeMap<String, FootnoteText<'a>>,
    /// The definitions that are being read, the innermost last.
    open: Vec<(String, FootnoteText<'a>)>,
    /// Repeated definitions of a name, by their start.
    twice: Vec<Range<usize>>,
}

/// The content of a note, and its place.
#[derive(Default)]
struct FootnoteText<'a> {
    events: Vec<Placed<'a>>,
    at: Range<usize>,
}

/// A footnote that the text refers to.
struct Note {
    /// Its label, in the form for ids.
    name: String,
    id: String,
    /// The ids of the references to it.
    references: Vec<String>,
    key: String,
}

impl<'a> Footnotes<'a> {
    /// Stores the event if it belongs to a definition; otherwise gives it back.
    pub(super) fn store_if_in_definition(&mut self, event: Placed<'a>) -> Option<Placed<'a>> {
        match event.0 {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.open.push((key(&label), FootnoteText { events: Vec::new(), at: event.1 }));
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((key, definition)) = self.open.pop() {
                    // As on GitHub, the first of two definitions counts.
                    match self.definitions.entry(key) {
                        Entry::Vacant(free) => drop(free.insert(definition)),
                        Entry::Occupied(_) => self.twice.push(definition.at),
                    }
                }
            }
            _ => match self.open.last_mut() {
                Some((_, definition)) => definition.events.push(event),
                None => return Some(event),
            },
        }
        None
    }

    /// Adds a reference. Gives the index of its note.
    fn refer(&mut self, label: &str, ids: &mut ElementIds) -> usize {
        let key = key(label);
        let at = self.numbers.get(&key).copied().unwrap_or(self.notes.len());
        if at == self.notes.len() {
            let name = slug(label).unwrap_or_else(|| (at + 1).to_string());
            let id = ids.unique(format!("fn-{name}"));
            self.numbers.insert(key.clone(), at);
            self.notes.push(Note { name, id, references: Vec::new(), key });
        }
        let Note { name, references, .. } = &mut self.notes[at];
        let id = match references.len() {
            0 => format!("fnref-{name}"),
            earlier => format!("fnref-{name}-{}", earlier + 1),
        };
        references.push(ids.unique(id));
        at
    }

    /// The events of a note.
    fn take(&mut self, at: usize) -> Vec<Placed<'a>> {
        self.definitions.remove(&self.notes[at].key).unwrap_or_default().events
    }
}

impl<'a> Writer<'a> {
    pub(super) fn footnote_reference(&mut self, label: &CowStr<'a>) {
        self.nesting.make_room_for_text(&mut self.html);
        let at = self.footnotes.refer(label, &mut self.ids);
        let note = &self.footnotes.notes[at];
        self.html.push_str("<sup class=\"footnote-ref\" id=\"");
        push_value(&mut self.html, note.references.last().map_or("", String::as_str));
        self.html.push_str("\"><a href=\"#");
        push_value(&mut self.html, &note.id);
        self.html.extend(["\" role=\"doc-noteref\">", &letters(at), "</a></sup>"]);
    }

    pub(super) fn write_footnotes(&mut self) {
        if !self.footnotes.notes.is_empty() {
            self.write_called_footnotes();
        }
        self.report_lost_notes();
    }

    /// Reports the definitions without a reference.
    fn report_lost_notes(&mut self) {
        let uncalled = std::mem::take(&mut self.footnotes.definitions);
        for at in uncalled.into_values().map(|definition| definition.at) {
            self.report_note(&at, message::unreferenced_note);
        }
        for at in std::mem::take(&mut self.footnotes.twice) {
            self.report_note(&at, message::note_twice);
        }
    }

    fn report_note(&mut self, at: &Range<usize>, problem: fn(&Spot, &str) -> Problem) {
        let note = &self.markdown[at.clone()];
        let Some((label, _)) = note.strip_prefix("[^").and_then(|note| note.split_once(']')) else { return };
        let spot = self.spot(at.start..at.start + "[^]".len() + label.len());
        self.problems.push(problem(&spot, label));
    }

    fn write_called_footnotes(&mut self) {
        self.html.push_str("<section class=\"footnotes\" role=\"doc-endnotes\"><h2>");
        self.push_slot("notes".to_owned(), LinkKind::Label, self.spot(0..0));
        self.html.push_str("</h2>\n<ol type=\"a\">\n");
        let mut at = 0;
        // A note may refer to further ones.
        while at < self.footnotes.notes.len() {
            let id = self.footnotes.notes[at].id.clone();
            self.push_id("<li id=\"", &id);
            self.html.push_str("\">");
            for (event, place) in self.footnotes.take(at) {
                self.event(event, place);
            }
            self.nesting.close_all(&mut self.html);
            self.write_back_links(at);
            self.html.push_str("</li>\n");
            at += 1;
        }
        self.html.push_str("</ol></section>\n");
    }

    /// Writes the links back to the references, at the end of a note's last paragraph.
    fn write_back_links(&mut self, at: usize) {
        let end = if self.html.ends_with("</p>\n") { "</p>\n" } else { "" };
        self.html.truncate(self.html.len() - end.len());
        let references = std::mem::take(&mut self.footnotes.notes[at].references);
        for (earlier, id) in references.iter().enumerate() {
            self.push_id(" <a class=\"footnote-back\" href=\"#", id);
            self.html.push_str("\" role=\"doc-backlink\">↩");
            if earlier > 0 {
                self.html.extend(["<sup>", &(earlier + 1).to_string(), "</sup>"]);
            }
            self.html.push_str("</a>");
        }
        self.footnotes.notes[at].references = references;
        self.html.push_str(end);
    }

    fn push_id(&mut self, start: &str, id: &str) {
        self.html.push_str(start);
        push_value(&mut self.html, id);
    }
}

/// The letters of a note by its index: `a`, `z`, `aa`.
fn letters(at: usize) -> String {
    const ALPHABET: usize = 26;
    let last = char::from(b'a' + (at % ALPHABET) as u8);
    let before = if at < ALPHABET { String::new() } else { letters(at / ALPHABET - 1) };
    format!("{before}{last}")
}

/// The form in which labels are compared, without letter case.
fn key(label: &str) -> String {
    if label.is_ascii() { label.to_ascii_uppercase() } else { label.to_lowercase().to_uppercase() }
}
