//! The headings of a body, in order: their positions in the HTML, the outline of the page, and problems with their
//! levels.
//!
//! Whether a body has a heading of level 1 is known only at its end; then all its headings move down one level, since
//! the title is the only level 1 of a page. A skipped level is one in the levels that the author wrote.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::{
    ids::{is_id, slug},
    writer::Writer,
};
use crate::{
    html::push_value,
    model::document::{Heading, Section},
    problem::{Problem, Spot, SpotPart, message},
};

/// The headings found so far.
#[derive(Default)]
pub(super) struct Headings {
    entries: Vec<WrittenHeading>,
    /// The position in the HTML after the last heading.
    section_at: usize,
    /// The headings without text below them.
    pub(super) empty: Vec<Section>,
}

struct WrittenHeading {
    heading: Heading,
    /// The positions of the digits of its two tags in the HTML.
    digits: [usize; 2],
    spot: Spot,
}

/// A heading that has not ended.
pub(super) struct OpenHeading<'a> {
    level: u8,
    explicit_id: Option<CowStr<'a>>,
    at: Range<usize>,
    /// The position of its level and id in the HTML.
    digit: usize,
    id_at: usize,
    /// The index of the first slot that moves when the id is inserted.
    first_slot: usize,
    pub(super) text: String,
}

/// Is it a usual heading for a list of sources?
fn is_of_sources(heading: &str) -> bool {
    ["sources", "references", "bibliography"].iter().any(|name| heading.eq_ignore_ascii_case(name))
}

impl Headings {
    /// The outline. Moves headings down a level if necessary, in the HTML too.
    pub(super) fn into_outline(mut self, html: &mut String, problems: &mut Vec<Problem>) -> Vec<Heading> {
        self.report_levels(problems);
        if self.entries.iter().any(|entry| entry.heading.level == 1) {
            for entry in &mut self.entries {
                entry.heading.level = (entry.heading.level + 1).min(6);
                for at in entry.digits {
                    html.replace_range(at..at + 1, &entry.heading.level.to_string());
                }
            }
        }
        // A new vector, because collecting in place would keep the memory of the larger entries.
        let mut outline = Vec::with_capacity(self.entries.len());
        outline.extend(self.entries.into_iter().map(|entry| entry.heading));
        outline
    }

    fn report_levels(&self, problems: &mut Vec<Problem>) {
        if let Some(first) = self.entries.iter().find(|entry| entry.heading.level == 1) {
            problems.push(message::markdown::level_one_heading(&first.spot));
        }
        let mut before = None;
        for WrittenHeading { heading, spot, .. } in &self.entries {
            if heading.level > before.unwrap_or(1) + 1 {
                problems.push(message::markdown::skipped_level(spot, before, heading.level));
            }
            before = Some(heading.level);
        }
    }
}

impl<'a> Writer<'a> {
    pub(super) fn start_heading(&mut self, level: u8, explicit_id: Option<CowStr<'a>>, at: Range<usize>) {
        self.end_section(level);
        const ENDS: [&str; 6] = ["</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"];
        self.leaf("<h", ENDS[usize::from(level - 1)]);
        let digit = self.html.len();
        self.html.extend([char::from(b'0' + level), ' ']);
        self.html.push_str("id=\"\">");
        let (id_at, first_slot) = (self.html.len() - 2, self.slots.len());
        self.heading = Some(OpenHeading { level, explicit_id, at, digit, id_at, first_slot, text: String::new() });
    }

    /// Ends the section of the last heading before a heading of this level. The section is empty if nothing was
    /// written.
    pub(super) fn end_section(&mut self, level: u8) {
        let Some(last) = self.headings.entries.last() else { return };
        if level <= last.heading.level && self.html[self.headings.section_at..].trim().is_empty() {
            self.headings.empty.push(Section { text: last.heading.text.clone(), at: last.heading.at.clone() });
        }
    }

    pub(super) fn end_heading(&mut self) {
        self.nesting.close(&mut self.html);
        self.words.end_word();
        let Some(OpenHeading { level, explicit_id, at, digit, id_at, first_slot, text }) = self.heading.take() else {
            return;
        };
        let id = self.heading_id(explicit_id.as_deref(), &text, &at);
        let mut escaped = String::with_capacity(id.len());
        push_value(&mut escaped, &id);
        let end_digit = self.html.len() - "2>\n".len() + escaped.len();
        self.html.insert_str(id_at, &escaped);
        for (slot, _) in &mut self.slots[first_slot..] {
            *slot += escaped.len();
        }
        let spot = self.spot_of("", &at);
        let in_file = match &spot.part {
            SpotPart::Bytes(bytes) => bytes.clone(),
            SpotPart::Whole | SpotPart::Yaml { .. } => at.clone(),
        };
        let heading = Heading { level, id, text: text.trim().to_owned(), at: in_file };
        if is_of_sources(&heading.text) {
            self.wording.own_sources.push(Section { text: heading.text.clone(), at: at.clone() });
        }
        self.headings.entries.push(WrittenHeading { heading, digits: [digit, end_digit], spot });
        self.headings.section_at = self.html.len();
    }

    fn heading_id(&mut self, explicit: Option<&str>, text: &str, at: &Range<usize>) -> String {
        let own = slug(text).unwrap_or_else(|| "section".to_owned());
        match explicit {
            None => self.ids.unique(own),
            Some(id) if !is_id(id) => {
                self.problems.push(message::markdown::not_an_id(&self.spot_of(id, at), id));
                self.ids.unique(own)
            }
            Some(id) if self.ids.claim(id) => id.to_owned(),
            Some(id) => {
                self.problems.push(message::markdown::id_taken(&self.spot_of(id, at), id));
                self.ids.unique(id.to_owned())
            }
        }
    }
}
