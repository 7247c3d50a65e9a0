//! The events of a body, searched for text that was meant as Markdown and is not.
//!
//! Takes each event outside code, and gives problems. The HTML does not depend on what is found here.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::{
    StrayKind, blocks,
    blocks::StrayBlock,
    bullets::{self, BulletList},
    lines,
    lists::{self, ShallowList},
    marks::{self, MarkMeaning},
    tight::TightText,
    typed_notes::TypedNotes,
};
use crate::{
    model::document::NearCitation,
    problem::{Spot, message::stray as message},
    read::{
        invisible,
        markdown::{mistakes, near_citations, problems::BodyProblems},
    },
};

/// What later checks need to know of earlier events.
#[derive(Default)]
pub(in crate::read::markdown) struct MarkupChecks {
    /// Whether a line of equals signs has turned a paragraph into a heading.
    has_paragraph_as_heading: bool,
    /// The number of columns of the last table.
    columns: usize,
    bullets: BulletList,
    tight: TightText,
    /// The last list, if it was a numbered one.
    numbered: Option<Range<usize>>,
    /// The first number of the last list.
    first_number: Option<u64>,
    typed_notes: TypedNotes,
    /// The words that may have been meant as citations.
    near_citations: Vec<NearCitation>,
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
        if let Some(text) = self.tight.ended_by(event, at) {
            self.search_text(&text, problems);
        }
        let mut push = |found: Option<StrayBlock>| {
            if let Some((kind, at)) = found {
                problems.push_stray(kind, at);
            }
        };
        match event {
            Event::Text(run) => {
                search_run(run, at, problems);
                if text.markdown.get(at.clone()) == Some(run) {
                    for (start, c) in invisible::in_words(run) {
                        let start = at.start + start;
                        problems.push_stray(StrayKind::InvisibleInWord, start..start + c.len_utf8());
                    }
                    self.typed_notes.search(text.markdown, at);
                    self.near_citations
                        .extend(near_citations::find(run).iter().map(|near| near.in_body(text, at.start)));
                }
            }
            Event::Start(Tag::Paragraph) => {
                self.search_text(at, problems);
                if !is_in_notes {
                    let paragraph = &text.markdown[at.clone()];
                    let is_alone = !paragraph.trim_end().contains('\n');
                    let starts = lines::line_starts(paragraph);
                    problems
                        .extend(starts.filter_map(|start| mistakes::not_a_heading(text, at.start + start, is_alone)));
                }
            }
            Event::Start(Tag::Heading { .. }) => self.search_heading(at, problems),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => push(blocks::indented_prose(text.markdown, at)),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                problems.add_fenced_code(at);
                problems.extend(mistakes::unclosed_code(text, at));
            }
            Event::Start(Tag::List(first)) => {
                push(lists::text_under_list(text.markdown, at));
                push(
                    first.filter(|&first| lists::is_year(first)).and_then(|_| lists::year_as_number(text.markdown, at)),
                );
                self.first_number = *first;
                let above = std::mem::replace(&mut self.numbered, first.map(|_| at.clone()));
                if let Some(list) = above.and_then(|above| lists::shallow_list(text.markdown, &above, at)) {
                    push_shallow_list(&list, problems);
                }
            }
            Event::Start(Tag::BlockQuote(_)) => push(lists::text_under_quote(text.markdown, at)),
            Event::Start(Tag::Item) => {
                push(blocks::task_box(text.markdown, at));
                let counts_no_years = self.first_number.is_some_and(|first| !lists::is_year(first));
                push(counts_no_years.then(|| lists::year_as_number(text.markdown, at)).flatten());
            }
            Event::Start(Tag::Strikethrough) => push(blocks::single_tilde(text.markdown, at)),
            Event::Start(Tag::Table(alignments)) => self.columns = alignments.len(),
            Event::Start(Tag::TableCell) => push(bullets::in_cell(text.markdown, at)),
            Event::Start(Tag::TableRow) => {
                push(blocks::lost_cells(text.markdown, at, self.columns));
                push(blocks::text_in_table(text.markdown, at, self.columns));
            }
            _ => {}
        }
    }

    /// Reports what only the whole body shows, and gives the words that may have been meant as citations.
    pub(in crate::read::markdown) fn finish(&mut self, problems: &mut BodyProblems<'_>) -> Vec<NearCitation> {
        for at in std::mem::take(&mut self.typed_notes).found() {
            problems.push_stray(StrayKind::TypedNote, at);
        }
        std::mem::take(&mut self.near_citations)
    }

    /// Searches the lines of a paragraph, or of an item without one.
    fn search_text(&mut self, at: &Range<usize>, problems: &mut BodyProblems<'_>) {
        match bullets::in_item(problems.text.markdown, at) {
            Some((kind, place)) => problems.push_stray(kind, place),
            None => self.search_bullets(at, problems),
        }
        search_lines(at, problems);
    }

    /// Searches the lines of a paragraph for bullets.
    fn search_bullets(&mut self, at: &Range<usize>, problems: &mut BodyProblems<'_>) {
        let text = problems.text;
        for line in self.bullets.lines(text.markdown, at) {
            let replaced = text.spot(line.replaced.clone());
            let problem = |spot: &Spot, mark: &str| {
                message::with_fix(message::bullet(spot, mark), &replaced, &text.markdown[line.replaced], &line.now)
            };
            problems.push_stray_as(StrayKind::Bullet, line.at, problem);
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

/// Adds a list that is not indented enough, with a fix for each of its lines.
fn push_shallow_list(list: &ShallowList, problems: &mut BodyProblems<'_>) {
    let text = problems.text;
    problems.push_stray_as(StrayKind::ShallowList, list.at.clone(), |spot, _| {
        list.indents.iter().fold(message::shallow_list(spot, list.needed), |problem, indent| {
            let was = &text.markdown[indent.clone()];
            message::with_fix(problem, &text.spot(indent.clone()), was, &format!("{was}{}", " ".repeat(list.missing)))
        })
    });
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
    for mark in marks::marks(run, marks::after_escape(text.markdown, at.start, run)) {
        let place = at.start + mark.at.start..at.start + mark.at.end;
        match mark.found {
            MarkMeaning::NoLink => problems.push(mistakes::not_a_link(text, place.start + 1)),
            MarkMeaning::NoNote => problems.extend(mistakes::no_footnote(text, place.start)),
            MarkMeaning::NoCitation => problems.push(mistakes::no_citation(text, place.start)),
            MarkMeaning::Stray(StrayKind::SpacedEmphasis) => {
                let (before, after) = (&text.markdown[..place.start], &text.markdown[place.end..]);
                let has_spaces = [before.ends_with(char::is_whitespace), after.starts_with(char::is_whitespace)];
                let problem = |spot: &Spot, mark: &str| message::spaced_emphasis(spot, mark, has_spaces);
                problems.push_stray_as(StrayKind::SpacedEmphasis, place, problem);
            }
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
