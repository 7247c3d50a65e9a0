//! Markdown events → HTML with slots, in one pass and into one string.
//!
//! Everything is escaped, in a form that [`super::super::clean`] does not change. The id of a heading is inserted at
//! its end, and its level at the end of the body, when they are known. Whether an address or a tag is allowed is
//! decided in [`super::links`] and [`super::raw`].

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::{
    alerts::{self, AlertTitle},
    autolinks, citations,
    footnotes::{Footnotes, Placed},
    headings::{Headings, OpenHeading},
    ids::ElementIds,
    links::OpenPicture,
    nesting::Nesting,
    raw::Raw,
    stray::Strays,
    tables::Table,
    word_count::WordCount,
    wording::WordingFacts,
};
use crate::{
    html::push_text,
    model::document::{BodyLink, Citation, Slot},
    problem::{FilePath, Problem, Spot},
};

/// The HTML of a body while it is written.
pub(super) struct Writer<'a> {
    pub(super) file: &'a FilePath,
    /// Whether it contains conflict markers of git.
    pub(super) has_conflict: bool,
    /// Whether a line of equals signs has turned a paragraph into a heading, which is reported.
    pub(super) has_paragraph_as_title: bool,
    /// The Markdown of the body, and its start in the file.
    pub(super) markdown: &'a str,
    pub(super) start: usize,
    /// The text for the parser: the same bytes, except for some colons.
    parsed: &'a str,
    pub(super) html: String,
    pub(super) slots: Vec<(usize, Slot)>,
    pub(super) links: Vec<BodyLink>,
    pub(super) citations: Vec<Citation>,
    /// The number of open constructs of a citation.
    pub(super) citation_depth: usize,
    pub(super) headings: Headings,
    pub(super) ids: ElementIds,
    pub(super) words: WordCount,
    pub(super) problems: Vec<Problem>,
    pub(super) wording: WordingFacts<'a>,
    pub(super) strays: Strays,
    pub(super) alert_title: AlertTitle,
    /// Whether the text is that of the footnotes, which name sources and are not prose.
    pub(super) is_in_notes: bool,
    pub(super) raw: Raw,
    pub(super) nesting: Nesting,
    pub(super) footnotes: Footnotes<'a>,
    pub(super) heading: Option<OpenHeading<'a>>,
    pub(super) picture: Option<OpenPicture<'a>>,
    /// The number of open links. Only the outermost is written, since HTML has no link in a link.
    pub(super) links_open: usize,
    /// The bytes of the outermost open link in the body, and the start of its text in the HTML.
    pub(super) link: (Range<usize>, usize),
    code: Option<OpenCodeBlock>,
    pub(super) table: Table,
}

/// A block of code that has not ended.
struct OpenCodeBlock {
    language: Option<String>,
    text: String,
}

impl<'a> Writer<'a> {
    /// A writer for the Markdown that begins at `start` of the file. `parsed` is the text for the parser.
    pub(super) fn new(file: &'a FilePath, markdown: &'a str, parsed: &'a str, start: usize) -> Writer<'a> {
        Writer {
            file,
            markdown,
            start,
            parsed,
            html: String::with_capacity(markdown.len() * 2),
            slots: Vec::new(),
            links: Vec::new(),
            citations: Vec::new(),
            citation_depth: 0,
            headings: Headings::default(),
            ids: ElementIds::default(),
            words: WordCount::default(),
            has_conflict: false,
            has_paragraph_as_title: false,
            problems: Vec::new(),
            wording: WordingFacts::new(markdown),
            strays: Strays::default(),
            alert_title: AlertTitle::None,
            is_in_notes: false,
            raw: Raw::default(),
            nesting: Nesting::default(),
            footnotes: Footnotes::default(),
            heading: None,
            picture: None,
            links_open: 0,
            link: (0..0, 0),
            code: None,
            table: Table::default(),
        }
    }

    /// Writes a whole body.
    pub(super) fn write(&mut self, events: impl Iterator<Item = Placed<'a>>) {
        for event in events {
            if let Some((event, at)) = self.footnotes.store_if_in_definition(event) {
                self.event(event, at);
            }
        }
        self.nesting.close_all(&mut self.html);
        self.end_section(1);
        self.is_in_notes = true;
        self.write_footnotes();
        self.report_unclosed_tags();
    }

    /// The spot of some bytes of the body.
    pub(super) fn spot(&self, at: Range<usize>) -> Spot {
        Spot::bytes(self.file, self.start + at.start..self.start + at.end)
    }

    /// The place of a part of a construct, if the source has the same letters; otherwise that of the construct.
    pub(super) fn spot_of(&self, part: &str, construct: &Range<usize>) -> Spot {
        // A part without escapes is a slice of the body, so its offset follows from its pointer.
        let from = (part.as_ptr() as usize).wrapping_sub(self.parsed.as_ptr() as usize);
        let is_within = from >= construct.start && from < construct.end && part.len() <= construct.end - from;
        let at = if is_within && !part.is_empty() { from..from + part.len() } else { construct.clone() };
        let trimmed = self.markdown.get(at.clone()).map_or(0, |text| text.trim_end().len());
        self.spot(at.start..at.start + trimmed)
    }

    pub(super) fn event(&mut self, event: Event<'a>, at: Range<usize>) {
        if self.citation_depth > 0 {
            return self.citation_event(&event);
        }
        if citations::begins(&event) {
            return self.start_citation(&at);
        }
        if self.picture.is_some() {
            return self.picture_event(event);
        }
        self.gather_wording(&event, &at);
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.run(&text, &at),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::Code(code) => {
                self.nesting.make_room_for_text(&mut self.html);
                self.html.push_str("<code>");
                self.text(&code);
                self.html.push_str("</code>");
            }
            Event::Html(line) => self.raw.add(&line, at.start),
            Event::InlineHtml(tag) => self.raw_inline(&tag, at.start),
            Event::FootnoteReference(label) => {
                if self.heading.is_none() && !self.is_in_notes {
                    self.wording.cite(at.start);
                }
                self.footnote_reference(&label);
            }
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => {
                self.begin_block();
                self.html.push_str("<hr>\n");
            }
            Event::TaskListMarker(is_done) => self.task(is_done),
        }
    }

    /// Gathers the facts for rules about prose, and reports text that was meant as Markdown and is not.
    fn gather_wording(&mut self, event: &Event<'_>, at: &Range<usize>) {
        if let Event::Start(Tag::Paragraph | Tag::Heading { .. }) = event {
            self.look_for_conflict(at.start);
        }
        if self.code.is_some() {
            return;
        }
        match event {
            Event::Text(text) => self.look_for_marks(text, at),
            Event::Start(Tag::Paragraph) => {
                self.look_for_stray_lines(at);
                self.wording.look_for_hint(at);
            }
            Event::Start(Tag::Heading { .. }) => self.look_for_heading_by_rule(at),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => self.look_for_indented_prose(at),
            Event::Start(Tag::Item) => self.look_for_task_box(at),
            Event::Start(Tag::Strikethrough) => self.look_for_single_tilde(at),
            _ => {}
        }
        if self.heading.is_some() || self.is_in_notes {
            return;
        }
        match event {
            Event::Text(text) => self.wording.text(text, at),
            Event::Start(Tag::Paragraph) => self.look_for_heading_slip(at.start),
            Event::Start(tag) if !is_inline(tag) => self.wording.end_sentence(),
            Event::End(TagEnd::TableCell) => self.wording.end_cell(),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::DefinitionListTitle) => {
                self.wording.end_sentence();
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, at: Range<usize>) {
        match tag {
            Tag::Paragraph => self.start_paragraph(),
            Tag::Heading { level, id, .. } => self.start_heading(level as u8, id, at),
            Tag::BlockQuote(None) => self.start_quote(at),
            Tag::BlockQuote(Some(kind)) => self.start_alert(alerts::kind(kind), at),
            Tag::CodeBlock(kind) => self.start_code(&kind, &at),
            Tag::HtmlBlock => self.nesting.close_tag(&mut self.html, "label"),
            Tag::List(None) => self.container("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.container("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => self.container(&format!("<ol start=\"{first}\">\n"), "</ol>\n"),
            Tag::Item => self.part("<li>", "</li>\n"),
            Tag::DefinitionList => self.container("<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => self.part("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => self.part("<dd>", "</dd>\n"),
            Tag::Table(alignments) => {
                self.leaf("<div class=\"table\" tabindex=\"0\"><table>\n", "</tbody>\n</table></div>\n");
                self.table.alignments = alignments;
            }
            Tag::TableHead => self.start_row("<thead>\n<tr>", "</tr>\n</thead>\n<tbody>\n", true),
            Tag::TableRow => {
                self.look_for_lost_cells(&at, self.table.alignments.len());
                self.look_for_text_in_table(&at, self.table.alignments.len());
                self.start_row("<tr>", "</tr>\n", false);
            }
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.inline("<em>", "</em>"),
            Tag::Strong => self.inline("<strong>", "</strong>"),
            Tag::Strikethrough => self.inline("<del>", "</del>"),
            Tag::Superscript => self.inline("<sup>", "</sup>"),
            Tag::Subscript => self.inline("<sub>", "</sub>"),
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title, &at),
            Tag::Image { dest_url, title, .. } => self.start_picture(dest_url, title, at),
            Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_) => self.nesting.open_unwritten(""),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => self.raw_block(),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Link => self.end_link(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {
                self.nesting.close(&mut self.html);
            }
            _ => {
                self.nesting.close(&mut self.html);
                self.words.end_word();
            }
        }
    }

    pub(super) fn begin_block(&mut self) {
        self.nesting.make_room_for_block(&mut self.html);
        self.words.end_word();
    }

    pub(super) fn leaf(&mut self, start: &str, end: &'static str) {
        self.begin_block();
        self.nesting.open(&mut self.html, start, end);
    }

    pub(super) fn container(&mut self, start: &str, end: &'static str) {
        self.begin_block();
        self.nesting.open_nested(&mut self.html, start, end, "\n");
    }

    fn part(&mut self, start: &str, end: &'static str) {
        self.words.end_word();
        self.nesting.open_part(&mut self.html, start, end);
    }

    fn inline(&mut self, start: &str, end: &'static str) {
        self.nesting.make_room_for_text(&mut self.html);
        self.nesting.open_nested(&mut self.html, start, end, "");
    }

    /// Writes a run of text, with links for the bare addresses in it.
    fn run(&mut self, text: &str, at: &Range<usize>) {
        let text = self.without_alert_mark(text, at);
        if self.code.is_some() || self.links_open > 0 || self.nesting.is_within_tag("a") {
            return self.text(text);
        }
        let goes_on = self.markdown[at.end..].starts_with(|c: char| !c.is_whitespace() && !"<*_~`[])".contains(c));
        let start = at.end - text.len().min(at.end);
        // The characters before it in the same word belong to the address, which would be another without them.
        let is_begun = self.markdown[..start].ends_with(|c: char| c.is_alphanumeric() || c == '\\');
        let mut from = 0;
        for bare in autolinks::find(text, goes_on).into_iter().filter(|bare| !(is_begun && bare.at.start == 0)) {
            self.text(&text[from..bare.at.start]);
            self.start_link(bare.link_type, &bare.target, "", &(start + bare.at.start..start + bare.at.end));
            self.text(&text[bare.at.clone()]);
            self.end_link();
            from = bare.at.end;
        }
        self.text(&text[from..]);
    }

    /// Writes text: into the open code block, or into the page and its outline.
    pub(super) fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            return code.text.push_str(text);
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        self.nesting.make_room_for_text(&mut self.html);
        self.words.add(text);
        push_text(&mut self.html, text);
    }

    fn line_break(&mut self, html: &str) {
        if self.ends_alert_title() {
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push(' ');
        }
        self.words.end_word();
        self.html.push_str(html);
    }

    /// Ends a paragraph. One without any output is removed.
    fn end_paragraph(&mut self) {
        self.words.end_word();
        let at = self.html.len().saturating_sub("<p>".len());
        let has_slot = self.slots.last().is_some_and(|&(slot, _)| slot == self.html.len());
        if !(self.html.ends_with("<p>") && !has_slot && self.nesting.take_back(&mut self.html, at)) {
            self.nesting.close(&mut self.html);
        }
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>, at: &Range<usize>) {
        if matches!(kind, CodeBlockKind::Fenced(_)) {
            self.look_for_unclosed_code(at);
        }
        self.code = Some(OpenCodeBlock { language: language(kind), text: String::new() });
    }

    fn end_code(&mut self) {
        let Some(OpenCodeBlock { language, text }) = self.code.take() else { return };
        self.begin_block();
        self.html.push_str("<pre class=\"code\" tabindex=\"0\"><code");
        if let Some(language) = &language {
            self.html.extend([" class=\"language-", language, "\""]);
        }
        self.html.push('>');
        push_text(&mut self.html, &text);
        self.html.push_str("</code></pre>\n");
    }

    /// Writes the box of a task. The box and its text are one label, so that the box has a name.
    fn task(&mut self, is_done: bool) {
        let checked = if is_done { " checked=\"\"" } else { "" };
        self.html.extend(["<label class=\"task\"><input type=\"checkbox\" disabled=\"\"", checked, "> "]);
        self.nesting.open_tag("label", "label", 0);
    }
}

/// Does a sentence continue through this tag?
fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

/// The language of a fence, if it can be the name of a class.
fn language(kind: &CodeBlockKind<'_>) -> Option<String> {
    let CodeBlockKind::Fenced(info) = kind else { return None };
    let word = info.split(|c: char| c.is_whitespace() || c == ',').next().unwrap_or_default();
    let is_plain = word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '_' | '#'));
    (is_plain && !word.is_empty()).then(|| word.to_ascii_lowercase())
}
