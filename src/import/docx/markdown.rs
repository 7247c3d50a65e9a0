//! Blocks and runs → Markdown.
//!
//! Text is escaped where it would have a meaning in Markdown. Marks of bold and italic are next to the words, as
//! CommonMark requires.

use std::fmt;

use super::numbering::ListMarker;
use crate::{
    import::escape::{escaped, link_to, longest_run_of_backticks},
    problem::message::shown,
};

/// A piece of text with one formatting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TextRun {
    pub text: String,
    pub is_bold: bool,
    pub is_italic: bool,
    pub is_struck: bool,
    pub is_code: bool,
    /// `sub` or `sup`, for subscript and superscript. Markdown has no mark for them, but allows the HTML.
    pub vertical_tag: Option<&'static str>,
    /// Text that is Markdown already: a picture or a footnote reference.
    pub is_markdown: bool,
    /// The target of its link.
    pub link: Option<String>,
}

impl TextRun {
    fn not_plain(&self) -> Option<NotPlain<'_>> {
        match self.is_markdown {
            true => Some(NotPlain::Markdown(&self.text)),
            false => self.link.as_deref().map(NotPlain::Link),
        }
    }
}

/// The runs of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TextRuns(pub Vec<TextRun>);

/// A block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Title(TextRuns),
    Heading(u8, TextRuns),
    Paragraph(TextRuns),
    Quote(TextRuns),
    Code(String),
    /// An item of a list: its depth, its marker, its text.
    Item(u8, ListMarker, TextRuns),
    Table(Vec<Vec<Vec<Block>>>),
}

/// What a block consists of, whatever its role.
enum BlockContent<'a> {
    Text(&'a TextRuns),
    Code(&'a str),
    Table(&'a [Vec<Vec<Block>>]),
}

impl Block {
    fn content(&self) -> BlockContent<'_> {
        match self {
            Block::Title(text)
            | Block::Heading(_, text)
            | Block::Paragraph(text)
            | Block::Quote(text)
            | Block::Item(_, _, text) => BlockContent::Text(text),
            Block::Code(code) => BlockContent::Code(code),
            Block::Table(rows) => BlockContent::Table(rows),
        }
    }

    /// Is it empty?
    pub fn is_blank(&self) -> bool {
        match self.content() {
            BlockContent::Text(text) => text.0.iter().all(|run| run.text.trim().is_empty()),
            BlockContent::Code(code) => code.trim().is_empty(),
            BlockContent::Table(rows) => rows.iter().flatten().flatten().all(Block::is_blank),
        }
    }

    /// What its text without formatting lacks.
    pub fn not_plain(&self) -> Vec<NotPlain<'_>> {
        match self.content() {
            BlockContent::Text(text) => text.not_plain(),
            BlockContent::Code(_) => Vec::new(),
            BlockContent::Table(rows) => rows.iter().flatten().flatten().flat_map(Block::not_plain).collect(),
        }
    }

    /// Its text without formatting.
    pub fn plain(&self) -> String {
        match self.content() {
            BlockContent::Text(text) => text.plain(),
            BlockContent::Code(code) => code.to_owned(),
            BlockContent::Table(rows) => {
                let is_filled = |block: &&Block| !block.is_blank();
                let cell =
                    |cell: &Vec<Block>| cell.iter().filter(is_filled).map(Block::plain).collect::<Vec<_>>().join(" ");
                let line = |row: &Vec<Vec<Block>>| row.iter().map(cell).collect::<Vec<_>>().join(BETWEEN_CELLS);
                rows.iter().map(line).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

/// A part of a text that is not in its plain form.
pub(super) enum NotPlain<'a> {
    /// The address of a link.
    Link(&'a str),
    /// A picture or a reference to a note, in Markdown.
    Markdown(&'a str),
}

impl fmt::Display for NotPlain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotPlain::Link(address) => write!(f, "the link to {}", shown(address)),
            NotPlain::Markdown(text) if text.starts_with("[^") => f.write_str("a note"),
            NotPlain::Markdown(_) => f.write_str("a picture"),
        }
    }
}

/// What stands between the cells of a row that is written on one line.
const BETWEEN_CELLS: &str = "; ";

/// Does a block have several cells, if frames around it do not count?
pub(super) fn has_cells(block: &Block) -> bool {
    let Block::Table(rows) = block else { return false };
    match one_cell(rows) {
        Some(cell) => cell.iter().any(has_cells),
        None => true,
    }
}

/// The only cell of a table, which is a frame around text.
pub(super) fn one_cell(rows: &[Vec<Vec<Block>>]) -> Option<&Vec<Block>> {
    match rows {
        [row] if row.len() == 1 => row.first(),
        _ => None,
    }
}

impl TextRuns {
    /// The text without formatting.
    pub fn plain(&self) -> String {
        self.0.iter().filter(|run| !run.is_markdown).map(|run| run.text.as_str()).collect::<String>().trim().to_owned()
    }

    /// What the text without formatting lacks. The runs of a link are one link.
    pub fn not_plain(&self) -> Vec<NotPlain<'_>> {
        let is_same = |a: &TextRun, b: &TextRun| !a.is_markdown && !b.is_markdown && a.link == b.link;
        let firsts = self.0.chunk_by(is_same).filter_map(<[TextRun]>::first);
        firsts.filter_map(TextRun::not_plain).collect()
    }

    /// The text without a mark at its start.
    pub fn without_mark(self, mark: &str) -> TextRuns {
        let start: String = self.0.iter().map(|run| run.text.as_str()).collect();
        let blank = start.len() - start.trim_start().len();
        if start.trim_start().starts_with(mark) { self.without_start(blank + mark.len()) } else { self }
    }

    /// The text without its first bytes.
    pub fn without_start(mut self, mut bytes: usize) -> TextRuns {
        for run in &mut self.0 {
            let cut = bytes.min(run.text.len());
            run.text.drain(..cut);
            bytes -= cut;
        }
        self
    }

    /// The last words of the text without formatting, to name a place by.
    pub fn last_words(&self) -> String {
        // A paragraph of any length may need its last words for each of its symbols, so few runs and letters are read.
        let runs = self.0.iter().rev().take(20).filter(|run| !run.is_markdown);
        let letters: Vec<char> = runs.flat_map(|run| run.text.chars().rev()).take(60).collect();
        let tail: String = letters.into_iter().rev().collect();
        let words: Vec<&str> = tail.split_whitespace().collect();
        words[words.len().saturating_sub(4)..].join(" ")
    }

    /// The text as Markdown, on one line except for line breaks.
    pub fn markdown(&self) -> String {
        let mut runs: Vec<TextRun> = Vec::new();
        for run in self.0.iter().filter(|run| !run.text.is_empty()) {
            match runs.last_mut() {
                Some(last) if same_look(last, run) => last.text.push_str(&run.text),
                _ => runs.push(run.clone()),
            }
        }
        let mut markdown = String::new();
        let mut at = 0;
        while at < runs.len() {
            let link = runs[at].link.clone();
            let length = runs[at..].iter().take_while(|run| run.link == link).count();
            let words = marked(&runs[at..at + length]);
            match link.filter(|_| !words.trim().is_empty()) {
                Some(address) => {
                    let (before, words, after) = split_blanks(&words);
                    markdown.push_str(&format!("{before}{}{after}", link_to(&address, words)));
                }
                None => markdown.push_str(&words),
            }
            at += length;
        }
        markdown.trim().to_owned()
    }
}

fn same_look(a: &TextRun, b: &TextRun) -> bool {
    let marks =
        |run: &TextRun| (run.is_bold, run.is_italic, run.is_struck, run.is_code, run.vertical_tag, run.is_markdown);
    let look = |run: &TextRun| (marks(run), run.link.clone());
    !a.is_markdown && look(a) == look(b)
}

/// Splits a text into the space before, the text, and the space after, since marks must be next to words.
fn split_blanks(text: &str) -> (&str, &str, &str) {
    let words = text.trim();
    let start = text.len() - text.trim_start().len();
    (&text[..start], words, &text[start + words.len()..])
}

/// Runs with their Markdown marks.
fn marked(runs: &[TextRun]) -> String {
    let mut markdown = String::new();
    for (n, run) in runs.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|n| runs[n].text.chars().next_back());
        let after = runs.get(n + 1).and_then(|next| next.text.chars().next());
        markdown.push_str(&with_marks(run, before.is_some_and(is_letter), after.is_some_and(is_letter)));
    }
    markdown
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
}

/// Text of a run in three parts: punctuation before the part that has the marks, that part, and punctuation after it.
/// A mark between a letter and punctuation would stay a mark, as in `**Note:**text`, so the punctuation goes outside.
fn split_punctuation(words: &str, is_after_letter: bool, is_before_letter: bool) -> (&str, &str, &str) {
    let is_punctuation = |c: char| !is_letter(c) && !c.is_whitespace();
    let start = if is_after_letter { words.trim_start_matches(is_punctuation) } else { words };
    let inner = if is_before_letter { start.trim_end_matches(is_punctuation) } else { start };
    (&words[..words.len() - start.len()], inner, &start[inner.len()..])
}

/// A run with its Markdown marks, and whether there is a letter beside it.
fn with_marks(run: &TextRun, is_after_letter: bool, is_before_letter: bool) -> String {
    if run.is_markdown {
        return run.text.clone();
    }
    let (before, words, after) = split_blanks(&run.text);
    if words.is_empty() {
        return run.text.clone();
    }
    if run.is_code {
        return format!("{before}{}{after}", code(words));
    }
    let is_marked = run.is_bold || run.is_italic || run.is_struck;
    let (first, words, last) = split_punctuation(
        words,
        is_marked && is_after_letter && before.is_empty(),
        is_marked && is_before_letter && after.is_empty(),
    );
    let (before, after) = (format!("{before}{}", escaped(first)), format!("{}{after}", escaped(last)));
    if words.is_empty() {
        return before + &after;
    }
    let mark = match (run.is_bold, run.is_italic) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => "",
    };
    let struck = if run.is_struck { "~~" } else { "" };
    let (open, close) = run.vertical_tag.map_or_else(Default::default, |tag| (format!("<{tag}>"), format!("</{tag}>")));
    // A line break inside marks would end them, so each line has its own marks.
    let lines: Vec<String> = words
        .split('\n')
        .map(|line| {
            if line.trim().is_empty() {
                String::new()
            } else {
                format!("{mark}{struck}{open}{}{close}{struck}{mark}", escaped(line.trim()))
            }
        })
        .collect();
    format!("{before}{}{after}", lines.join("\\\n"))
}

/// Code between more backticks than it has in a row.
fn code(text: &str) -> String {
    let ticks = "`".repeat(longest_run_of_backticks(text) + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
}

/// Escapes the start of a paragraph that would begin another kind of block.
fn escape_start(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let is_marker =
        |mark: &str| line[digits..].strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    if (1..10).contains(&digits) && [".", ")"].into_iter().any(is_marker) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    let is_line_of = |mark| !line.is_empty() && line.trim_end_matches(mark).is_empty();
    let is_mark = ["- ", "+ ", ": ", ">", "#", "---", "==="].iter().any(|mark| line.starts_with(mark));
    if is_mark || ['-', '=', '+'].into_iter().any(is_line_of) { format!("\\{line}") } else { line.to_owned() }
}

/// The lines of a paragraph, each with its start escaped.
fn paragraph(text: &TextRuns) -> String {
    text.markdown().lines().map(|line| escape_start(line.trim_start())).collect::<Vec<_>>().join("\n")
}

/// Writes all blocks, then the footnotes.
pub(super) fn write(blocks: &[Block], notes: &[(String, Vec<Block>)]) -> String {
    let mut markdown = blocks_to_markdown(blocks);
    for (name, blocks) in notes {
        let text = blocks_to_markdown(blocks);
        let mut lines = text.lines();
        markdown.push_str(&format!("\n\n[^{name}]: {}", lines.next().unwrap_or_default()));
        for line in lines {
            markdown.push_str(if line.is_empty() { "\n" } else { "\n    " });
            markdown.push_str(line);
        }
    }
    markdown.trim().to_owned() + "\n"
}

fn blocks_to_markdown(blocks: &[Block]) -> String {
    // The highest level of heading becomes the level below the title, and others move with it.
    let highest =
        blocks.iter().filter_map(|block| if let Block::Heading(level, _) = block { Some(*level) } else { None }).min();
    let mut markdown = String::new();
    let mut before: Option<&Block> = None;
    let mut open_items: Vec<OpenItem> = Vec::new();
    for block in blocks.iter().filter(|block| !block.is_blank()) {
        let is_in_list = matches!((before, block), (Some(Block::Item(..)), Block::Item(..)));
        if !is_in_list {
            open_items.clear();
        }
        let is_in_code = matches!((before, block), (Some(Block::Code(_)), Block::Code(_)));
        if !markdown.is_empty() {
            markdown.push_str(if is_in_list || is_in_code { "\n" } else { "\n\n" });
        }
        match block {
            Block::Title(text) => markdown.push_str(&format!("## {}", heading(text))),
            Block::Heading(level, text) => {
                let level = (level - highest.unwrap_or(1) + 2).min(6);
                markdown.push_str(&format!("{} {}", "#".repeat(level.into()), heading(text)));
            }
            Block::Paragraph(text) => markdown.push_str(&paragraph(text)),
            Block::Quote(text) => {
                let lines: Vec<String> = paragraph(text).lines().map(|line| format!("> {line}")).collect();
                markdown.push_str(&lines.join("\n"));
            }
            Block::Code(code) => {
                let lines: Vec<String> = code.lines().map(|line| format!("    {line}")).collect();
                markdown.push_str(&lines.join("\n"));
            }
            Block::Item(depth, marker, text) => {
                let depth = usize::from(*depth);
                let item = OpenItem::after(open_items.get(depth), *marker);
                let mark = item.mark();
                open_items.truncate(depth);
                // A nested item is indented to the text of its parent. One without a parent would be code if indented.
                open_items.resize(depth, OpenItem::default());
                let indent = " ".repeat(open_items.iter().map(|parent| parent.indent).sum());
                let hanging = format!("\n{indent}{}", " ".repeat(mark.len()));
                open_items.push(item);
                markdown.push_str(&format!("{indent}{mark}{}", paragraph(text).replace('\n', &hanging)));
            }
            Block::Table(rows) => markdown.push_str(&table(rows)),
        }
        before = Some(block);
    }
    markdown
}

/// The least indentation of a nested list, in characters.
const INDENT: usize = 3;

/// The last item of a level of lists.
#[derive(Clone, Copy, Default)]
struct OpenItem {
    marker: ListMarker,
    /// What follows its number. Markdown ends a list where this character changes.
    delimiter: char,
    /// The indentation of lists within it.
    indent: usize,
}

impl OpenItem {
    /// An item after another of its level. Where its number does not follow, a new list begins.
    fn after(before: Option<&OpenItem>, marker: ListMarker) -> OpenItem {
        let delimiter = match (before, marker) {
            (Some(OpenItem { marker: ListMarker::Number(last), delimiter, .. }), ListMarker::Number(next)) => {
                let is_same_list = next == last + 1;
                if (*delimiter == '.') == is_same_list { '.' } else { ')' }
            }
            _ => '.',
        };
        let item = OpenItem { marker, delimiter, indent: 0 };
        OpenItem { indent: item.mark().len().max(INDENT), ..item }
    }

    fn mark(&self) -> String {
        match self.marker {
            ListMarker::Bullet => "- ".to_owned(),
            ListMarker::Number(number) => format!("{number}{} ", self.delimiter),
        }
    }
}

/// The text of a heading, on one line. A mark of headings at its end would be dropped.
fn heading(text: &TextRuns) -> String {
    let line = text.markdown().replace("\\\n", " ").replace('\n', " ").replace("**", "");
    let words = line.trim_end_matches('#');
    if words.len() == line.len() { line } else { format!("{words}\\{}", &line[words.len()..]) }
}

/// Writes a table; its first row is the header. Of a frame only the text is written.
fn table(rows: &[Vec<Vec<Block>>]) -> String {
    if let Some(cell) = one_cell(rows) {
        return blocks_to_markdown(cell);
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let line = |row: &[Vec<Block>]| {
        let cells: Vec<String> = (0..width).map(|n| row.get(n).map_or(String::new(), |cell| cell_text(cell))).collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut lines = vec![line(rows.first().map_or(&[], Vec::as_slice)), format!("|{}", " --- |".repeat(width))];
    lines.extend(rows.iter().skip(1).map(|row| line(row)));
    lines.join("\n")
}

/// A cell on one line. A row of a table in it is a part of the line.
fn cell_text(cell: &[Block]) -> String {
    let row = |row: &Vec<Vec<Block>>| row.iter().map(|cell| cell_text(cell)).collect::<Vec<_>>().join(BETWEEN_CELLS);
    let texts = cell.iter().filter(|block| !block.is_blank()).map(|block| match block {
        Block::Title(text) | Block::Heading(_, text) | Block::Paragraph(text) | Block::Quote(text) => text.markdown(),
        Block::Item(_, ListMarker::Bullet, text) => format!("• {}", text.markdown()),
        Block::Item(_, ListMarker::Number(number), text) => format!("{number}. {}", text.markdown()),
        Block::Table(rows) => rows.iter().map(row).collect::<Vec<_>>().join("<br>"),
        Block::Code(code) => escaped(code),
    });
    with_escaped_pipes(&texts.collect::<Vec<_>>().join("<br>").replace("\\\n", "<br>").replace('\n', " "))
}

/// A pipe ends a cell, also in code, unless a backslash stands before it.
fn with_escaped_pipes(cell: &str) -> String {
    let mut with = String::with_capacity(cell.len());
    for c in cell.chars() {
        if c == '|' && !with.ends_with('\\') {
            with.push('\\');
        }
        with.push(c);
    }
    with
}
