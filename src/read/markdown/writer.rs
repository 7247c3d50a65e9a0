//! Markdown events → the parts of a body, in one pass.
//!
//! Says which part takes which event. Each part keeps its own state, and is given the output, the ids or the problems
//! if it adds to them. The events of a footnote are stored where it is defined, and are written at the end.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{
    alerts::{self, AlertTitle},
    autolinks,
    citations::{self, CitationText},
    code::OpenCodeBlock,
    footnotes::{Footnotes, Placed},
    headings::Headings,
    ids::ElementIds,
    links::OpenLinks,
    output::{HtmlOutput, WrittenHtml, shown_citations},
    pictures::OpenPicture,
    problems::BodyProblems,
    raw::{self, RawHtml, RawWriter},
    stray::{MarkupChecks, StrayKind},
    tables::Table,
    text::BodyText,
    wording::WordingFacts,
};
use crate::{
    model::document::{Body, Wording},
    problem::{Checked, message::source as message},
    read::{clean::clean, unprintable},
};

/// The parts of a body while it is read.
pub(super) struct Writer<'a> {
    text: BodyText<'a>,
    output: HtmlOutput,
    ids: ElementIds,
    problems: BodyProblems<'a>,
    checks: MarkupChecks,
    wording: WordingFacts<'a>,
    headings: Headings<'a>,
    footnotes: Footnotes<'a>,
    /// Whether the text is that of the footnotes, which name sources and are not prose.
    is_in_notes: bool,
    citation_text: CitationText,
    links: OpenLinks,
    alert_title: AlertTitle,
    table: Table,
    raw: RawHtml,
    picture: Option<OpenPicture<'a>>,
    code: Option<OpenCodeBlock>,
}

impl<'a> Writer<'a> {
    /// A writer for this text.
    pub(super) fn new(text: BodyText<'a>) -> Writer<'a> {
        Writer {
            text,
            output: HtmlOutput::with_capacity(text.markdown.len() * 2),
            ids: ElementIds::default(),
            problems: BodyProblems::new(text),
            checks: MarkupChecks::default(),
            wording: WordingFacts::new(text.markdown),
            headings: Headings::default(),
            footnotes: Footnotes::default(),
            is_in_notes: false,
            citation_text: CitationText::default(),
            links: OpenLinks::default(),
            alert_title: AlertTitle::None,
            table: Table::default(),
            raw: RawHtml::default(),
            picture: None,
            code: None,
        }
    }

    /// Writes a whole body.
    pub(super) fn write(mut self, events: impl Iterator<Item = Placed<'a>>) -> Writer<'a> {
        for event in events {
            if let Some((event, at)) = self.footnotes.store_if_in_definition(event) {
                self.event(event, at);
            }
        }
        self.output.html.close_all();
        self.headings.end_section(1, &self.output);
        self.is_in_notes = true;
        self.write_footnotes();
        self
    }

    /// The body, and its problems.
    pub(super) fn into_body(mut self, span: Range<usize>) -> Checked<Body> {
        self.footnotes.report_lost_notes(&mut self.problems);
        for (at, c) in unprintable::find(self.text.markdown) {
            self.problems.push_stray(StrayKind::Unprintable, at..at + c.len_utf8());
        }
        let near_citations = self.checks.finish(&mut self.problems);
        raw::report_unclosed_tags(self.output.html.take_unclosed(), &mut self.problems);
        let has_conflict = self.problems.has_conflict();
        let mut problems = self.problems.into_vec();
        let mut headings = self.headings;
        let (empty, of_sources) = (std::mem::take(&mut headings.empty), std::mem::take(&mut headings.of_sources));
        // Rules about prose wait until one of the two versions has been chosen.
        let wording = match has_conflict {
            true => Wording::default(),
            false => self.wording.into_wording(self.text, empty, of_sources),
        };
        let WrittenHtml { mut html, words, mut slots, links, mut citations } = self.output.into_parts();
        let (outline, problems_of_headings) = headings.into_outline(&mut html);
        // Equals signs of a conflict marker, or below a paragraph, make an accidental heading, which is reported
        // already.
        if !has_conflict && !self.checks.has_accidental_heading() {
            problems.extend(problems_of_headings);
        }
        if self.raw.is_used {
            (html, slots) = clean(&html, &slots, self.text.markdown);
            citations = shown_citations(&citations, &mut slots);
        }
        // Copied instead of shrunk, since bodies are kept, and an allocator may leave a shrunk block at its old size.
        let html = html.as_str().to_owned();
        let anchors = self.ids.given;
        Checked::new(
            Body { html, slots, outline, links, citations, near_citations, anchors, span, words, wording },
            problems,
        )
    }

    fn event(&mut self, event: Event<'a>, at: Range<usize>) {
        if self.citation_text.take(&event) {
            return;
        }
        if citations::begins(&event) {
            return self.write_citation(&at);
        }
        if let Some(picture) = &mut self.picture {
            if picture.add(&event) {
                self.end_picture();
            }
            return;
        }
        if self.code.is_none() {
            self.checks.search(&event, &at, self.is_in_notes, &mut self.problems);
            if self.is_in_prose() {
                self.wording.add(&event, &at);
            }
        }
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.run(&text, &at),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.push_text(&text),
            Event::Code(code) => {
                self.output.html.make_room_for_text();
                self.output.html.push_str("<code>");
                self.push_text(&code);
                self.output.html.push_str("</code>");
            }
            Event::Html(line) => self.raw.add(&line, at.start),
            Event::InlineHtml(tag) => self.raw_writer().write_inline(&tag, at.start),
            Event::FootnoteReference(label) => {
                if self.is_in_prose() {
                    self.wording.cite(at.start);
                }
                self.footnotes.write_reference(&label, &mut self.ids, &mut self.output);
            }
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => {
                self.output.begin_block();
                self.output.html.push_str("<hr>\n");
            }
            Event::TaskListMarker(is_done) => self.output.push_task_box(is_done),
        }
    }

    fn start(&mut self, tag: Tag<'a>, at: Range<usize>) {
        let output = &mut self.output;
        match tag {
            Tag::Paragraph => self.alert_title.start_paragraph(output),
            Tag::Heading { level, id, .. } => self.headings.start(level as u8, id, at, output),
            Tag::BlockQuote(None) => self.alert_title.start_quote(at, output, &mut self.problems),
            Tag::BlockQuote(Some(kind)) => alerts::start(alerts::kind(kind), self.text.spot(at), output),
            Tag::CodeBlock(kind) => self.code = Some(OpenCodeBlock::new(&kind)),
            Tag::HtmlBlock => output.html.close_tag("label"),
            Tag::List(None) => output.open_container("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => output.open_container("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => output.open_container(&format!("<ol start=\"{first}\">\n"), "</ol>\n"),
            Tag::Item => output.open_part("<li>", "</li>\n"),
            Tag::DefinitionList => output.open_container("<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => output.open_part("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => output.open_part("<dd>", "</dd>\n"),
            Tag::Table(alignments) => self.table.start(alignments, output),
            Tag::TableHead => self.table.start_head(output),
            Tag::TableRow => self.table.start_row(output),
            Tag::TableCell => self.table.start_cell(output),
            Tag::Emphasis => output.open_inline("<em>", "</em>"),
            Tag::Strong => output.open_inline("<strong>", "</strong>"),
            Tag::Strikethrough => output.open_inline("<del>", "</del>"),
            Tag::Superscript => output.open_inline("<sup>", "</sup>"),
            Tag::Subscript => output.open_inline("<sub>", "</sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.links.start(link_type, &dest_url, &title, &at, output, &mut self.problems);
            }
            Tag::Image { dest_url, title, .. } => {
                output.html.make_room_for_text();
                self.picture = Some(OpenPicture::new(dest_url, title, at));
            }
            Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_) => output.html.open_unwritten(""),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let output = &mut self.output;
        match tag {
            TagEnd::Heading(_) => self.headings.end(output, &mut self.ids, &mut self.problems),
            TagEnd::Paragraph => {
                self.alert_title.end_paragraph();
                output.close_paragraph();
            }
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    code.write(output);
                }
            }
            TagEnd::HtmlBlock => self.raw_writer().write_block(),
            TagEnd::TableCell => self.table.end_cell(output),
            TagEnd::Link => self.links.end(output, &mut self.problems),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {
                output.html.close();
            }
            _ => output.close_block(),
        }
    }

    /// Is the text prose, to which rules about wording apply?
    fn is_in_prose(&self) -> bool {
        !self.headings.is_open() && !self.is_in_notes
    }

    /// Writes a run of text, with links for the bare addresses in it.
    fn run(&mut self, text: &str, at: &Range<usize>) {
        let text = self.alert_title.without_mark(text, at);
        if self.code.is_some() || self.links.is_open() || self.output.html.is_within_tag("a") {
            return self.push_text(text);
        }
        let markdown = self.text.markdown;
        let after = &markdown[at.end..];
        let is_line_break = after.starts_with("\\\n") || after.starts_with("\\\r");
        let goes_on = !is_line_break && after.starts_with(|c: char| !c.is_whitespace() && !"<*_~`[])".contains(c));
        let start = at.end - text.len().min(at.end);
        // The characters before it in the same word belong to the address, which would be another without them.
        let is_begun = markdown[..start].ends_with(|c: char| c.is_alphanumeric() || c == '\\');
        let mut from = 0;
        for bare in autolinks::find(text, goes_on).into_iter().filter(|bare| !(is_begun && bare.at.start == 0)) {
            self.push_text(&text[from..bare.at.start]);
            let place = start + bare.at.start..start + bare.at.end;
            self.links.start(bare.link_type, &bare.target, "", &place, &mut self.output, &mut self.problems);
            self.push_text(&text[bare.at.clone()]);
            self.links.end(&mut self.output, &mut self.problems);
            from = bare.at.end;
        }
        self.push_text(&text[from..]);
    }

    /// Writes text: into the open code block, or into the page and its outline.
    fn push_text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            return code.push_text(text);
        }
        self.headings.add_text(text);
        self.output.push_text(text);
    }

    fn line_break(&mut self, html: &str) {
        if self.alert_title.end_at_line_break(&mut self.output) {
            return;
        }
        self.headings.add_text(" ");
        self.output.push_line_break(html);
    }

    /// Writes a citation; the events of its text are ignored.
    fn write_citation(&mut self, at: &Range<usize>) {
        self.citation_text.start();
        let Some(sources) = citations::sources(self.text, at) else { return };
        self.problems.extend(citations::invisible_character(self.text, at));
        if self.picture.is_some() {
            return self.problems.push(message::in_description(&self.text.spot(at.clone())));
        }
        if self.is_in_prose() {
            self.wording.cite(at.start);
        }
        self.output.push_citation(sources, self.output.html.is_within_tag("a"));
    }

    fn end_picture(&mut self) {
        let Some(picture) = self.picture.take() else { return };
        self.headings.add_text(&picture.alt);
        picture.write(&mut self.output, &mut self.problems);
    }

    fn raw_writer(&mut self) -> RawWriter<'_, 'a> {
        RawWriter { raw: &mut self.raw, output: &mut self.output, ids: &mut self.ids, problems: &mut self.problems }
    }

    fn write_footnotes(&mut self) {
        if !self.footnotes.has_references() {
            return;
        }
        self.footnotes.start_list(self.text, &mut self.output);
        let mut at = 0;
        while let Some(events) = self.footnotes.start_note(at, &mut self.output) {
            for (event, place) in events {
                self.event(event, place);
            }
            self.footnotes.end_note(at, &mut self.output);
            at += 1;
        }
        self.footnotes.end_list(&mut self.output);
    }
}
