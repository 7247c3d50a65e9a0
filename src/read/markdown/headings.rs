//! The headings of a body, in order: their positions in the HTML, the outline of the page, and problems with their
//! levels.
//!
//! Whether a body has a heading of level 1 is known only at its end; then all its headings move down one level, since
//! the title is the only level 1 of a page. A skipped level is one in the levels that the author wrote.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::{
    anchor,
    ids::{ElementIds, is_id},
    output::HtmlOutput,
    problems::BodyProblems,
};
use crate::{
    model::document::{Heading, Section},
    problem::{Problem, Spot, message},
};

/// The headings found so far.
#[derive(Default)]
pub(super) struct Headings<'a> {
    open: Option<OpenHeading<'a>>,
    entries: Vec<WrittenHeading>,
    /// The position in the HTML after the last heading.
    section_at: usize,
    /// The headings without text below them.
    pub(super) empty: Vec<Section>,
    /// The headings of an author's own list of sources.
    pub(super) of_sources: Vec<Section>,
}

struct WrittenHeading {
    heading: Heading,
    /// The positions of the digits of its two tags in the HTML.
    digits: [usize; 2],
    spot: Spot,
}

/// A heading that has not ended.
struct OpenHeading<'a> {
    level: u8,
    explicit_id: Option<CowStr<'a>>,
    at: Range<usize>,
    /// The position of its level and id in the HTML.
    digit: usize,
    id_at: usize,
    text: String,
}

/// The tags of each level, without the id.
const TAGS: [(&str, &str); 6] = [
    ("<h1 id=\"\">", "</h1>\n"),
    ("<h2 id=\"\">", "</h2>\n"),
    ("<h3 id=\"\">", "</h3>\n"),
    ("<h4 id=\"\">", "</h4>\n"),
    ("<h5 id=\"\">", "</h5>\n"),
    ("<h6 id=\"\">", "</h6>\n"),
];

/// Is it a usual heading for a list of sources?
fn is_of_sources(heading: &str) -> bool {
    ["sources", "references", "bibliography"].iter().any(|name| heading.eq_ignore_ascii_case(name))
}

impl<'a> Headings<'a> {
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    pub(super) fn start(
        &mut self,
        level: u8,
        explicit_id: Option<CowStr<'a>>,
        at: Range<usize>,
        output: &mut HtmlOutput,
    ) {
        self.end_section(level, output);
        let (start, end) = TAGS[usize::from(level - 1)];
        output.open_leaf(start, end);
        let after = output.html.len();
        let (digit, id_at) = (after - "1 id=\"\">".len(), after - "\">".len());
        self.open = Some(OpenHeading { level, explicit_id, at, digit, id_at, text: String::new() });
    }

    /// Adds text to the heading, if one is open.
    pub(super) fn add_text(&mut self, text: &str) {
        if let Some(heading) = &mut self.open {
            heading.text.push_str(text);
        }
    }

    /// Ends the section of the last heading before a heading of this level. The section is empty if nothing was
    /// written.
    pub(super) fn end_section(&mut self, level: u8, output: &HtmlOutput) {
        let Some(last) = self.entries.last() else { return };
        let has_words = !last.heading.text.is_empty();
        if has_words && level <= last.heading.level && output.html.as_str()[self.section_at..].trim().is_empty() {
            self.empty.push(Section { text: last.heading.text.clone(), at: last.heading.at.clone() });
        }
    }

    pub(super) fn end(&mut self, output: &mut HtmlOutput, ids: &mut ElementIds, problems: &mut BodyProblems<'_>) {
        let is_empty = self.open.as_ref().is_some_and(|open| output.is_empty_since(open.id_at + "\">".len()));
        output.close_block();
        let Some(OpenHeading { level, explicit_id, at, digit, id_at, text }) = self.open.take() else { return };
        if is_empty {
            problems
                .push(message::stray::heading_without_words(&problems.text.spot(problems.text.trimmed(at.clone()))));
        }
        let id = heading_id(explicit_id.as_deref(), &text, &at, ids, problems);
        output.insert_value(id_at, &id);
        let end_digit = output.html.len() - "2>\n".len();
        let source = problems.text;
        let in_file = source.in_file(source.trimmed(at.clone()));
        let heading = Heading { level, id, text: text.trim().to_owned(), at: in_file };
        if is_of_sources(&heading.text) {
            self.of_sources.push(Section { text: heading.text.clone(), at: source.in_file(at.clone()) });
        }
        let spot = source.spot(source.trimmed(at));
        self.entries.push(WrittenHeading { heading, digits: [digit, end_digit], spot });
        self.section_at = output.html.len();
    }

    /// The outline, and the problems with its levels. Moves headings down a level if necessary, in the HTML too.
    pub(super) fn into_outline(mut self, html: &mut String) -> (Vec<Heading>, Vec<Problem>) {
        let problems = self.problems_of_levels();
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
        (outline, problems)
    }

    fn problems_of_levels(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if let Some(first) = self.entries.iter().find(|entry| entry.heading.level == 1) {
            let has_level_two = self.entries.iter().any(|entry| entry.heading.level == 2);
            problems.push(message::markdown::level_one_heading(&first.spot, has_level_two));
        }
        let mut before = None;
        for WrittenHeading { heading, spot, .. } in &self.entries {
            if heading.level > before.unwrap_or(1) + 1 {
                problems.push(message::markdown::skipped_level(spot, before, heading.level));
            }
            before = Some(heading.level);
        }
        problems
    }
}

fn heading_id(
    explicit: Option<&str>,
    text: &str,
    at: &Range<usize>,
    ids: &mut ElementIds,
    problems: &mut BodyProblems<'_>,
) -> String {
    let own = anchor(text);
    match explicit {
        None => ids.unique(own),
        Some(id) if !is_id(id) => {
            problems.push(message::markdown::not_an_id(&problems.text.spot_of(id, at), id));
            ids.unique(own)
        }
        Some(id) if ids.claim(id) => id.to_owned(),
        Some(id) => {
            problems.push(message::markdown::id_taken(&problems.text.spot_of(id, at), id));
            ids.unique(id.to_owned())
        }
    }
}
