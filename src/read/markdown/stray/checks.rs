//! The events of a body, searched for text that was meant as Markdown and is not.
//!
//! Takes each event outside code, and gives problems. The HTML does not depend on what is found here.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::{
    StrayKind, blocks,
    blocks::StrayBlock,
    lines,
    marks::{self, MarkMeaning},
};
use crate::read::markdown::{mistakes, problems::BodyProblems};

/// What later checks need to know of earlier events.
#[derive(Default)]
pub(in crate::read::markdown) struct MarkupChecks {
    /// Whether a line of equals signs has turned a paragraph into a heading.
    has_paragraph_as_heading: bool,
    /// The number of columns of the last table.
    columns: usize,
}

impl MarkupChecks {
    /// Have equals signs below a paragraph, which are reported already, made a heading?
    pub(in crate::read::markdown) fn has_accidental_heading(&self) -> bool {
        self.has_paragraph_as_heading
    }

    /// Searches an event outside code.
    pub(in crate::read::markdown) fn search(
        &mut self,
        event: &Event<'_>,
        at: &Range<usize>,
        is_in_notes: bool,
        problems: &mut BodyProblems<'_>,
    ) {
        let text = problems.text;
        let mut push = |found: Option<StrayBlock>| {
            if let Some((kind, at)) = found {
                problems.push_stray(kind, at);
            }
        };
        match event {
            Event::Text(run) => search_run(run, at, problems),
            Event::Start(Tag::Paragraph) => {
                search_lines(at, problems);
                if !is_in_notes {
                    let starts = lines::line_starts(&text.markdown[at.clone()]);
                    problems.extend(starts.filter_map(|start| mistakes::not_a_heading(text, at.start + start)));
                }
            }
            Event::Start(Tag::Heading { .. }) => self.search_heading(at, problems),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => push(blocks::indented_prose(text.markdown, at)),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                problems.add_fenced_code(at);
                problems.extend(mistakes::unclosed_code(text, at));
            }
            Event::Start(Tag::Item) => push(blocks::task_box(text.markdown, at)),
            Event::Start(Tag::Strikethrough) => push(blocks::single_tilde(text.markdown, at)),
            Event::Start(Tag::Table(alignments)) => self.columns = alignments.len(),
            Event::Start(Tag::TableRow) => {
                push(blocks::lost_cells(text.markdown, at, self.columns));
                push(blocks::text_in_table(text.markdown, at, self.columns));
            }
            _ => {}
        }
    }

    fn search_heading(&mut self, at: &Range<usize>, problems: &mut BodyProblems<'_>) {
        let markdown = problems.text.markdown;
        let Some((kind, place)) = blocks::heading_by_rule(markdown, at) else { return };
        let is_title = markdown[at.clone()].trim_end().ends_with('=');
        self.has_paragraph_as_heading |= is_title && kind == StrayKind::HeadingByRule;
        problems.push_stray(kind, place);
    }
}

/// Searches a run of text for marks.
fn search_run(run: &str, at: &Range<usize>, problems: &mut BodyProblems<'_>) {
    let text = problems.text;
    if text.markdown.get(at.clone()) != Some(run) {
        return;
    }
    let is_escaped = text.markdown[..at.start].ends_with('\\');
    if is_escaped && (run.starts_with("](http") || run.starts_with("](www.")) {
        problems.push_stray(StrayKind::EscapedLink, at.start - 1..at.start + 1);
    }
    let from = if is_escaped { run.chars().next().map_or(0, char::len_utf8) } else { 0 };
    for mark in marks::marks(run, from) {
        let place = at.start + mark.at.start..at.start + mark.at.end;
        match mark.found {
            MarkMeaning::NoLink => problems.push(mistakes::not_a_link(text, place.start + 1)),
            MarkMeaning::NoNote => problems.extend(mistakes::no_footnote(text, place.start)),
            MarkMeaning::NoCitation => problems.push(mistakes::no_citation(text, place.start)),
            MarkMeaning::Stray(kind) => problems.push_stray(kind, place),
        }
    }
}

/// Searches the lines of a paragraph.
fn search_lines(at: &Range<usize>, problems: &mut BodyProblems<'_>) {
    for line in lines::stray_lines(&problems.text.markdown[at.clone()]) {
        problems.push_stray(line.kind, at.start + line.at.start..at.start + line.at.end);
    }
}
