//! The HTML of a body while it is written: its slots, what they stand for, and the count of its words.
//!
//! Takes blocks, texts, addresses and citations in the order of the page. Everything is escaped, in a form that
//! [`super::super::clean`] does not change. Which event of the Markdown makes which element is decided in
//! [`super::writer`] and the files beside it; [`super::nesting`] keeps the elements well nested.

use super::{destination::SafeAddress, nesting::NestedHtml, word_count::WordCount};
use crate::{
    model::{
        document::{BodyLink, Citation, Cited, LinkKind, Slot},
        ids::{CitationId, Id, LinkId},
    },
    problem::Spot,
};

/// What has been written so far.
pub(super) struct HtmlOutput {
    pub(super) html: NestedHtml,
    words: WordCount,
    /// The slots, each with its position in the HTML.
    slots: Vec<(usize, Slot)>,
    links: Vec<BodyLink>,
    citations: Vec<Citation>,
}

/// The parts of a body that has been written.
pub(super) struct WrittenHtml {
    pub(super) html: String,
    pub(super) words: usize,
    pub(super) slots: Vec<(usize, Slot)>,
    pub(super) links: Vec<BodyLink>,
    pub(super) citations: Vec<Citation>,
}

impl HtmlOutput {
    /// An empty output, with room for this many bytes.
    pub(super) fn with_capacity(bytes: usize) -> HtmlOutput {
        HtmlOutput {
            html: NestedHtml::with_capacity(bytes),
            words: WordCount::default(),
            slots: Vec::new(),
            links: Vec::new(),
            citations: Vec::new(),
        }
    }

    pub(super) fn into_parts(self) -> WrittenHtml {
        let HtmlOutput { html, words, slots, links, citations } = self;
        WrittenHtml { html: html.into_string(), words: words.count, slots, links, citations }
    }

    /// Prepares for a block of Markdown.
    pub(super) fn begin_block(&mut self) {
        self.html.make_room_for_block();
        self.words.end_word();
    }

    /// Opens a block that cannot contain others of its kind.
    pub(super) fn open_leaf(&mut self, start: &str, end: &'static str) {
        self.begin_block();
        self.html.open(start, end);
    }

    /// Opens a block that may contain others of its kind.
    pub(super) fn open_container(&mut self, start: &str, end: &'static str) {
        self.begin_block();
        self.html.open_nested(start, end, "\n");
    }

    /// Opens a part of a container: an item of a list.
    pub(super) fn open_part(&mut self, start: &str, end: &'static str) {
        self.words.end_word();
        self.html.open_part(start, end);
    }

    /// Opens an element within a line.
    pub(super) fn open_inline(&mut self, start: &str, end: &'static str) {
        self.html.make_room_for_text();
        self.html.open_nested(start, end, "");
    }

    /// Closes the innermost block of Markdown.
    pub(super) fn close_block(&mut self) {
        self.html.close();
        self.words.end_word();
    }

    /// Closes a paragraph. One without any output is removed.
    pub(super) fn close_paragraph(&mut self) {
        self.words.end_word();
        let at = self.html.len().saturating_sub("<p>".len());
        let is_empty = self.html.as_str().ends_with("<p>") && self.is_empty_since(self.html.len());
        if !(is_empty && self.html.take_back(at)) {
            self.html.close();
        }
    }

    /// Has nothing been written since this position of the HTML, not even a slot?
    pub(super) fn is_empty_since(&self, at: usize) -> bool {
        self.html.len() == at && self.slots.last().is_none_or(|&(slot, _)| slot < at)
    }

    /// Writes text.
    pub(super) fn push_text(&mut self, text: &str) {
        self.html.make_room_for_text();
        self.words.add(text);
        self.html.push_text(text);
    }

    /// Writes a text of an author's own HTML.
    pub(super) fn push_raw_text(&mut self, text: &str) {
        if !text.trim_ascii().is_empty() {
            self.html.make_room_for_text();
        }
        self.words.add(text);
        self.html.push_raw(text);
    }

    /// Writes the end of a line.
    pub(super) fn push_line_break(&mut self, html: &str) {
        self.words.end_word();
        self.html.push_str(html);
    }

    /// Writes the box of a task. The box and its text are one label, so that the box has a name.
    pub(super) fn push_task_box(&mut self, is_done: bool) {
        let checked = if is_done { " checked=\"\"" } else { "" };
        self.html.extend(["<label class=\"task\"><input type=\"checkbox\" disabled=\"\"", checked, "> "]);
        self.html.open_tag("label", "label", 0);
    }

    /// Ends a word, where no text follows directly.
    pub(super) fn end_word(&mut self) {
        self.words.end_word();
    }

    /// Writes ` title="…"`, unless the title is empty.
    pub(super) fn push_title(&mut self, title: &str) {
        if !title.is_empty() {
            self.html.push_str(" title=\"");
            self.html.push_value(title);
            self.html.push_str("\"");
        }
    }

    /// Writes ` name="address"`, with a slot for an address of this site.
    pub(super) fn push_address(&mut self, name: &str, address: SafeAddress, kind: LinkKind, spot: Spot) {
        self.html.extend([" ", name, "=\""]);
        match address {
            SafeAddress::Elsewhere(address) => self.html.push_value(&address),
            SafeAddress::Here(target) => self.push_slot(target, kind, spot),
        }
        self.html.push_str("\"");
    }

    /// Writes a slot, which the site fills.
    pub(super) fn push_slot(&mut self, target: String, kind: LinkKind, spot: Spot) {
        self.slots.push((self.html.len(), Slot::Link(LinkId::at(self.links.len()))));
        self.links.push(BodyLink { target, kind, spot });
    }

    /// Writes a slot for the numbers of these sources.
    pub(super) fn push_citation(&mut self, sources: Vec<Cited>, is_in_link: bool) {
        self.html.make_room_for_text();
        self.trim_before_number();
        match self.slots.last() {
            // Numbers that follow one another are one citation, or they would be read as one number.
            Some(&(at, Slot::Citation(last)))
                if at == self.html.len() && self.citations[last.position()].is_in_link == is_in_link =>
            {
                self.citations[last.position()].sources.extend(sources);
            }
            _ => {
                self.slots.push((self.html.len(), Slot::Citation(CitationId::at(self.citations.len()))));
                self.citations.push(Citation { sources, is_in_link });
            }
        }
    }

    /// Removes white space from the end of the text, since a number follows its word without a space. White space
    /// before an earlier slot stays, since it is the slot's position.
    fn trim_before_number(&mut self) {
        if self.html.as_str().ends_with(">\n") {
            return;
        }
        let least = self.slots.last().map_or(0, |&(at, _)| at);
        let end = self.html.as_str().trim_end_matches([' ', '\n']).len();
        self.html.truncate(end.max(least));
    }

    /// Inserts a value at an earlier position, and moves the slots after it.
    pub(super) fn insert_value(&mut self, at: usize, value: &str) {
        let length = self.html.insert_value(at, value);
        for (slot, _) in self.slots.iter_mut().rev().take_while(|(slot, _)| *slot > at) {
            *slot += length;
        }
    }
}

/// The citations that a body still has after it was cleaned, in the order of its slots, which then name them by their
/// new ids. A citation in an element that was removed has no slot, and must not count as a use of its source.
pub(super) fn shown_citations(citations: &[Citation], slots: &mut [(usize, Slot)]) -> Vec<Citation> {
    let mut shown = Vec::with_capacity(citations.len());
    for (_, slot) in slots {
        if let Slot::Citation(id) = slot {
            shown.push(citations[id.position()].clone());
            *id = CitationId::at(shown.len() - 1);
        }
    }
    shown
}
