//! The footnotes of a body. Their events are stored where they are defined, and written at the end in the order of
//! their first references, under a heading of their own. They have letters, since numbers are those of sources.
//!
//! A definition without a reference is never written. Each note is written once, so notes that refer to each other do
//! not loop.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    ops::Range,
};

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{
    ids::{ElementIds, slug},
    output::HtmlOutput,
    problems::BodyProblems,
    text::BodyText,
};
use crate::{
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

    /// Writes a reference to a note.
    pub(super) fn write_reference(&mut self, label: &str, ids: &mut ElementIds, output: &mut HtmlOutput) {
        let at = self.refer(label, ids);
        let note = &self.notes[at];
        let html = &mut output.html;
        html.make_room_for_text();
        html.push_str("<sup class=\"footnote-ref\" id=\"");
        html.push_value(note.references.last().map_or("", String::as_str));
        html.push_str("\"><a href=\"#");
        html.push_value(&note.id);
        html.extend(["\" role=\"doc-noteref\">", &letters(at), "</a></sup>"]);
    }

    /// Are there notes that the text refers to?
    pub(super) fn has_references(&self) -> bool {
        !self.notes.is_empty()
    }

    /// Writes the start of the list of notes.
    pub(super) fn start_list(&self, text: BodyText<'_>, output: &mut HtmlOutput) {
        output.html.push_str("<section class=\"footnotes\" role=\"doc-endnotes\"><h2>");
        output.push_slot("notes".to_owned(), LinkKind::Label, text.spot(0..0));
        output.html.push_str("</h2>\n<ol type=\"a\">\n");
    }

    pub(super) fn end_list(&self, output: &mut HtmlOutput) {
        output.html.push_str("</ol></section>\n");
    }

    /// Writes the start of the note with this index, and gives its events. None after the last note; a note may refer
    /// to further ones.
    pub(super) fn start_note(&mut self, at: usize, output: &mut HtmlOutput) -> Option<Vec<Placed<'a>>> {
        let note = self.notes.get(at)?;
        output.html.push_str("<li id=\"");
        output.html.push_value(&note.id);
        output.html.push_str("\">");
        Some(self.definitions.remove(&note.key).unwrap_or_default().events)
    }

    /// Ends a note with the links back to its references, at the end of its last paragraph.
    pub(super) fn end_note(&self, at: usize, output: &mut HtmlOutput) {
        let html = &mut output.html;
        html.close_all();
        let end = if html.as_str().ends_with("</p>\n") { "</p>\n" } else { "" };
        html.truncate(html.len() - end.len());
        for (earlier, id) in self.notes[at].references.iter().enumerate() {
            html.push_str(" <a class=\"footnote-back\" href=\"#");
            html.push_value(id);
            html.push_str("\" role=\"doc-backlink\">↩");
            if earlier > 0 {
                html.extend(["<sup>", &(earlier + 1).to_string(), "</sup>"]);
            }
            html.push_str("</a>");
        }
        html.push_str(end);
        html.push_str("</li>\n");
    }

    /// Reports the definitions without a reference, and those after the first of a name.
    pub(super) fn report_lost_notes(self, problems: &mut BodyProblems<'_>) {
        for definition in self.definitions.into_values() {
            report_note(&definition.at, message::unreferenced_note, problems);
        }
        for at in self.twice {
            report_note(&at, message::note_twice, problems);
        }
    }
}

fn report_note(at: &Range<usize>, problem: fn(&Spot, &str) -> Problem, problems: &mut BodyProblems<'_>) {
    let text = problems.text;
    let note = &text.markdown[at.clone()];
    let Some((label, _)) = note.strip_prefix("[^").and_then(|note| note.split_once(']')) else { return };
    problems.push(problem(&text.spot(at.start..at.start + "[^]".len() + label.len()), label));
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
