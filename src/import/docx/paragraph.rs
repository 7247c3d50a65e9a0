//! The XML of a document's text → blocks. Runs are read in [`run`], drawings in [`drawing`].

use std::collections::{HashMap, HashSet};

use roxmltree::{Document, Node};

use super::{
    super::{EmbeddedPicture, Loss, file_names::FreeNames},
    markdown::{Block, TextRun, TextRuns, has_cells, one_cell},
    numbering::ListNumbering,
    package::{DocumentError, Package},
    page_margins,
    styles::{ListPlace, StyleRole, Styles},
};
use crate::{
    import::{
        xml::{attribute, child, is, val},
        zip_parts::relations_of,
    },
    model::template_hints::TemplateHint,
    problem::message::shown,
};

mod drawing;
mod run;

/// The deepest nesting of tables and text boxes that is followed.
const MAX_DEPTH: usize = 40;

/// The most cells of all tables of a document together, with those that fill up shorter rows. Nobody could read a case
/// with more.
const MAX_CELLS: usize = 200_000;

/// Reads one document.
pub(super) struct ParagraphReader<'p, 'a> {
    package: &'p mut Package<'a>,
    losses: &'p mut Vec<Loss>,
    hints: &'p [TemplateHint],
    styles: Styles,
    numbering: ListNumbering,
    links: HashMap<String, String>,
    /// The pictures in the text, by their names beside the case.
    pub pictures: Vec<EmbeddedPicture>,
    /// The same by their paths in the document.
    picture_names: HashMap<String, String>,
    taken_names: HashSet<String>,
    free_names: FreeNames,
    /// The notes that the text refers to, by kind and id, numbered in the order of their first references.
    referenced_notes: HashMap<(&'static str, String), usize>,
    /// The marks that authors gave to notes in place of numbers, by kind and id.
    own_marks: HashMap<(&'static str, String), String>,
    /// The cells of the tables so far.
    cells: usize,
    /// The kinds of losses that have been reported.
    reported: Vec<&'static str>,
    /// The hidden text of the open paragraph.
    hidden: String,
    /// Whether the open paragraph is a line of a table of contents, which is left out.
    is_in_contents: bool,
    /// The text that the next paragraph begins with: a drop cap, or a paragraph whose end was deleted.
    start_of_next: TextRuns,
    /// The Word field that is open, such as a link in an old document.
    field: WordField,
}

#[derive(Default)]
struct WordField {
    is_in_code: bool,
    code: String,
    link: Option<String>,
}

const LOSSES: [(&str, &str); 12] = [
    ("toc", "a table of contents; it was left out, since a page of many headings is given one"),
    ("txbxContent", "text boxes; their words follow the paragraph that they hang on"),
    ("oMath", "equations; their letters and figures are in the text"),
    ("chart", "charts; put their figures into a table or show them as a picture"),
    ("tbl", "tables inside cells of tables; each of their rows is a part of the cell, with semicolons between figures"),
    ("ins", "tracked changes; they were taken as accepted"),
    ("commentReference", "comments; they were left out"),
    ("altChunk", "another document inside this one; it was left out, so copy its text into this one"),
    ("gridSpan", "cells that were merged in a table; their words stand in the first of them, and the others are empty"),
    (
        "anchor",
        "links to places in the document; their words stand without a link, so link to the heading: [words](#heading)",
    ),
    ("PAGEREF", "numbers of pages of the document; they stand in the text, and a web page has none"),
    ("numFmt", "lists with letters or Roman numerals; they have figures now, so look at references to them"),
];

impl<'p, 'a> ParagraphReader<'p, 'a> {
    /// Reads the styles, lists and links that the text depends on.
    pub fn new(
        package: &'p mut Package<'a>,
        losses: &'p mut Vec<Loss>,
        hints: &'p [TemplateHint],
    ) -> Result<ParagraphReader<'p, 'a>, DocumentError> {
        let mut sibling = |name: &str| package.xml(&package.sibling_path(name));
        let styles = Styles::read(sibling("styles.xml")?.as_deref());
        let numbering = ListNumbering::read(sibling("numbering.xml")?.as_deref());
        let links = links(package.xml(&relations_of(&package.text_path))?.as_deref());
        Ok(ParagraphReader {
            package,
            losses,
            hints,
            styles,
            numbering,
            links,
            pictures: Vec::new(),
            picture_names: HashMap::new(),
            taken_names: HashSet::new(),
            free_names: FreeNames::default(),
            referenced_notes: HashMap::new(),
            own_marks: HashMap::new(),
            cells: 0,
            reported: Vec::new(),
            hidden: String::new(),
            is_in_contents: false,
            start_of_next: TextRuns::default(),
            field: WordField::default(),
        })
    }

    /// The blocks of the text.
    pub fn body(&mut self) -> Result<Vec<Block>, DocumentError> {
        let text = self.package.text_path.clone();
        let xml = self.package.xml(&text)?.unwrap_or_default();
        let broken = |error: roxmltree::Error| DocumentError {
            message: format!("its text cannot be read: {error}"),
            help: "open it in Word and save it again",
        };
        let tree = Document::parse(&xml).map_err(broken)?;
        let mut blocks = Vec::new();
        // The tree borrows its text, so it is walked here, before the text is dropped.
        if let Some(body) = tree.descendants().find(|node| is(node, "body")) {
            self.part(body, &mut blocks, 0);
        }
        let margins = page_margins::ids(&tree).filter_map(|id| self.links.get(id));
        self.losses.extend(page_margins::left_out(self.package, margins));
        self.check_cells()?;
        Ok(blocks)
    }

    /// The notes that the text refers to, with the names of their references.
    pub fn notes(&mut self) -> Result<Vec<(String, Vec<Block>)>, DocumentError> {
        let mut notes = Vec::new();
        for (kind, name) in [("footnote", "footnotes.xml"), ("endnote", "endnotes.xml")] {
            let part = self.package.sibling_path(name);
            let Ok(Some(xml)) = self.package.xml(&part) else { continue };
            let Ok(tree) = Document::parse(&xml) else { continue };
            let links = links(self.package.xml(&relations_of(&part)).ok().flatten().as_deref());
            let of_text = std::mem::replace(&mut self.links, links);
            for note in tree.descendants().filter(|node| is(node, kind)) {
                let id = attribute(note, "id").unwrap_or_default();
                let Some(&number) = self.referenced_notes.get(&(kind, id.to_owned())) else { continue };
                let mut blocks = Vec::new();
                self.part(note, &mut blocks, 0);
                if let Some(mark) = self.own_marks.get(&(kind, id.to_owned()))
                    && let Some(Block::Paragraph(text)) = blocks.first_mut()
                {
                    *text = std::mem::take(text).without_mark(mark);
                }
                notes.push((number, blocks));
            }
            self.links = of_text;
        }
        notes.sort_by_key(|(number, _)| *number);
        self.check_cells()?;
        Ok(notes.into_iter().map(|(number, blocks)| (name_of_note(number), blocks)).collect())
    }

    /// Refuses a document whose tables have too many cells.
    fn check_cells(&self) -> Result<(), DocumentError> {
        if self.cells <= MAX_CELLS {
            return Ok(());
        }
        Err(DocumentError {
            message: format!("its tables have more than {MAX_CELLS} cells"),
            help: "import a long table as a workbook (.xlsx), and link to other figures as a file",
        })
    }

    fn report(&mut self, element: &str) {
        let Some((_, what)) = LOSSES.iter().find(|(name, _)| *name == element) else { return };
        if !self.reported.contains(what) {
            self.reported.push(what);
            self.losses.push(Loss::element_of_word(what));
        }
    }

    /// Reports an element, unless it is in a table of contents.
    fn report_in_text(&mut self, element: &str) {
        if !self.is_in_contents {
            self.report(element);
        }
    }

    /// Reports a field whose text a web page cannot keep up to date: the number of a page, a link within the document.
    fn report_field(&mut self, code: &str) {
        match code.split_whitespace().collect::<Vec<_>>()[..] {
            ["PAGEREF" | "PAGE" | "NUMPAGES", ..] => self.report_in_text("PAGEREF"),
            ["HYPERLINK", "\\l", ..] => self.report_in_text("anchor"),
            _ => {}
        }
    }

    /// Reports the content of a node that is nested too deeply to be read.
    fn report_dropped(&mut self, parent: Node<'_, '_>) {
        let start = content_start(parent);
        if !start.trim().is_empty() {
            self.losses.push(Loss::nested_too_deeply(&shown(&start)));
        }
    }

    /// The blocks of a part that no paragraph reaches beyond: the body, a cell, a note, a text box.
    fn part(&mut self, parent: Node<'_, '_>, blocks: &mut Vec<Block>, depth: usize) {
        self.blocks(parent, blocks, depth);
        self.end_paragraph(blocks);
    }

    /// Ends a paragraph that no other one follows.
    fn end_paragraph(&mut self, blocks: &mut Vec<Block>) {
        let text = Block::Paragraph(std::mem::take(&mut self.start_of_next));
        blocks.extend(Some(text).filter(|text| !text.is_blank()));
    }

    fn blocks(&mut self, parent: Node<'_, '_>, blocks: &mut Vec<Block>, depth: usize) {
        if depth > MAX_DEPTH {
            return self.report_dropped(parent);
        }
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => self.paragraph(node, blocks, depth),
                "tbl" => {
                    self.end_paragraph(blocks);
                    let rows = self.rows(node, depth);
                    let is_frame = one_cell(&rows).is_some();
                    if !is_frame && rows.iter().flatten().flatten().any(has_cells) {
                        self.report("tbl");
                    }
                    if !rows.is_empty() {
                        blocks.push(Block::Table(rows));
                    }
                }
                "del" | "moveFrom" | "sectPr" | "pPr" | "rPr" | "tcPr" | "sdtPr" | "sdtEndPr" => {}
                "altChunk" => self.report("altChunk"),
                "AlternateContent" => self.blocks(alternative(node), blocks, depth + 1),
                _ => self.blocks(node, blocks, depth + 1),
            }
        }
    }

    fn rows(&mut self, table: Node<'_, '_>, depth: usize) -> Vec<Vec<Vec<Block>>> {
        let (mut rows, mut widest) = (Vec::new(), 0);
        let before = self.cells;
        for row in within(table, "tr") {
            if self.is_deleted(child(row, "trPr"), "del") {
                continue;
            }
            let mut cells = Vec::new();
            for cell in within(row, "tc") {
                if self.is_deleted(child(cell, "tcPr"), "cellDel") {
                    continue;
                }
                let mut blocks = Vec::new();
                self.part(cell, &mut blocks, depth + 1);
                cells.push(blocks);
                // A cell across several columns is followed by empty cells, so that columns stay aligned.
                let properties = child(cell, "tcPr");
                let span = properties
                    .and_then(|properties| child(properties, "gridSpan"))
                    .and_then(|span| val(span)?.parse::<usize>().ok());
                let span = span.unwrap_or(1).min(64);
                if span > 1 || properties.is_some_and(|properties| child(properties, "vMerge").is_some()) {
                    self.report("gridSpan");
                }
                cells.extend((1..span).map(|_| Vec::new()));
                if !self.has_room_for_cells(before, rows.len() + 1, widest.max(cells.len())) {
                    return Vec::new();
                }
            }
            widest = widest.max(cells.len());
            rows.push(cells);
            if !self.has_room_for_cells(before, rows.len(), widest) {
                return Vec::new();
            }
        }
        rows
    }

    /// Counts the cells of a table, of which every row is written with as many as the widest has. `before` is the count
    /// of all tables before it.
    fn has_room_for_cells(&mut self, before: usize, rows: usize, widest: usize) -> bool {
        self.cells = self.cells.max(before.saturating_add(rows.saturating_mul(widest)));
        self.cells <= MAX_CELLS
    }

    /// Do the properties of a row, a cell or the end of a paragraph say that it was deleted? It is reported.
    fn is_deleted(&mut self, properties: Option<Node<'_, '_>>, mark: &str) -> bool {
        let is_deleted = properties.is_some_and(|properties| child(properties, mark).is_some());
        if is_deleted {
            self.report("ins");
        }
        is_deleted
    }

    fn paragraph(&mut self, paragraph: Node<'_, '_>, blocks: &mut Vec<Block>, depth: usize) {
        let properties = child(paragraph, "pPr");
        let style = properties.and_then(|properties| child(properties, "pStyle")).and_then(val).unwrap_or_default();
        let outline = properties
            .and_then(|properties| child(properties, "outlineLvl"))
            .and_then(|level| val(level)?.parse::<u8>().ok());
        let role = match (self.styles.role(style), outline) {
            // The paragraph itself says that it is a heading.
            (StyleRole::Text, Some(level @ ..6)) => StyleRole::Heading(level + 1),
            (role, _) => role,
        };
        self.is_in_contents = role == StyleRole::Contents;
        let mut text = std::mem::take(&mut self.start_of_next);
        let mut aside = Vec::new();
        self.field = WordField::default();
        self.runs(paragraph, &mut text, None, &mut aside, depth);
        let hidden = std::mem::take(&mut self.hidden);
        if !hidden.trim().is_empty() {
            self.losses.push(Loss::hidden_in_word(&shown(hidden.trim())));
        }
        let end = properties.and_then(|properties| child(properties, "rPr"));
        let has_no_end = self.is_deleted(end, "del") || self.is_deleted(end, "moveFrom");
        let frame = properties.and_then(|properties| child(properties, "framePr"));
        // A drop cap is a paragraph of its own, before the one that it belongs to.
        if has_no_end || frame.is_some_and(|frame| attribute(frame, "dropCap").is_some()) {
            self.start_of_next = text;
            blocks.extend(aside);
            return;
        }
        let own = properties.and_then(|properties| child(properties, "numPr")).and_then(|properties| {
            let list = child(properties, "numId").and_then(val)?.to_owned();
            let level = child(properties, "ilvl").and_then(|level| val(level)?.parse().ok()).unwrap_or(0);
            Some(ListPlace { list, level, depth: level })
        });
        let of_list = own.or_else(|| self.styles.list(style).cloned());
        if of_list.as_ref().is_some_and(|place| self.numbering.has_letters(&place.list, place.level)) {
            self.report("numFmt");
        }
        let list = of_list
            .and_then(|ListPlace { list, level, depth }| Some((depth, self.numbering.next_marker(&list, level)?)));
        if role == StyleRole::Contents {
            self.report("toc");
        }
        if role == StyleRole::Hint {
            text = self.without_hint(text);
        }
        blocks.push(match (role, list) {
            (StyleRole::Contents, _) => Block::Paragraph(TextRuns::default()),
            (StyleRole::Title, _) => Block::Title(text),
            (StyleRole::Heading(level), _) => Block::Heading(level, text),
            (StyleRole::Quote, None) => Block::Quote(text),
            (StyleRole::Code, None) => Block::Code(text.plain()),
            (_, Some((depth, marker))) => Block::Item(depth.min(8), marker, text),
            (StyleRole::Text | StyleRole::Hint, None) => Block::Paragraph(text),
        });
        blocks.extend(aside);
    }

    /// A paragraph in the style of hints without the hint of the template at its start.
    fn without_hint(&self, text: TextRuns) -> TextRuns {
        let words: String = text.0.iter().map(|run| run.text.as_str()).collect();
        let after = self.hints.iter().filter_map(|hint| hint.words_after(&words)).map(str::len).min();
        match after {
            Some(after) => text.without_start(words.len() - after),
            None => text,
        }
    }

    /// The runs of a node. Content that is anchored to the paragraph, but not part of its text, goes to `aside`.
    fn runs(
        &mut self,
        parent: Node<'_, '_>,
        text: &mut TextRuns,
        link: Option<&str>,
        aside: &mut Vec<Block>,
        depth: usize,
    ) {
        if depth > MAX_DEPTH {
            return self.report_dropped(parent);
        }
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "r" => self.run(node, text, link, aside, depth),
                "del" | "moveFrom" | "pPr" | "sdtPr" | "sdtEndPr" => {
                    if matches!(node.tag_name().name(), "del" | "moveFrom") {
                        self.report("ins");
                    }
                }
                "ins" | "moveTo" => {
                    self.report("ins");
                    self.runs(node, text, link, aside, depth + 1);
                }
                "hyperlink" => {
                    let to = self.target(node);
                    if attribute(node, "id").is_none() && attribute(node, "anchor").is_some() {
                        self.report_in_text("anchor");
                    }
                    self.runs(node, text, to.as_deref().or(link), aside, depth + 1);
                }
                "oMath" | "oMathPara" => {
                    self.report("oMath");
                    let words: String = node
                        .descendants()
                        .filter(|node| node.tag_name().name() == "t")
                        .filter_map(|node| node.text())
                        .collect();
                    text.0.push(TextRun { text: words, ..TextRun::default() });
                }
                "AlternateContent" => self.runs(alternative(node), text, link, aside, depth + 1),
                "fldSimple" => {
                    self.report_field(attribute(node, "instr").unwrap_or_default());
                    self.runs(node, text, link, aside, depth + 1);
                }
                _ => self.runs(node, text, link, aside, depth + 1),
            }
        }
    }

    /// The target of a link: an address on the web; none for a place in the document.
    fn target(&self, node: Node<'_, '_>) -> Option<String> {
        let address = self.links.get(attribute(node, "id")?)?;
        let anchor = attribute(node, "anchor").map_or(String::new(), |anchor| format!("#{anchor}"));
        Some(format!("{address}{anchor}")).filter(|address| address.contains(':'))
    }

    fn note(&mut self, kind: &'static str, node: Node<'_, '_>, text: &mut TextRuns) {
        let Some(id) = attribute(node, "id") else { return };
        let next = self.referenced_notes.len();
        let number = *self.referenced_notes.entry((kind, id.to_owned())).or_insert(next);
        text.0.push(TextRun { text: format!("[^{}]", name_of_note(number)), is_markdown: true, ..TextRun::default() });
    }

    /// A mark of a field. The text between its start and its separator is code; the text after it is shown.
    fn field_mark(&mut self, kind: &str) {
        match kind {
            "begin" => self.field = WordField { is_in_code: true, ..WordField::default() },
            "separate" => {
                self.field.is_in_code = false;
                let code = std::mem::take(&mut self.field.code);
                self.report_field(&code);
                let address = code.trim().strip_prefix("HYPERLINK").and_then(|rest| rest.split('"').nth(1));
                self.field.link = address.filter(|address| address.contains(':')).map(str::to_owned);
            }
            _ => self.field = WordField::default(),
        }
    }
}

/// The first words of a node; where it has none, its pictures.
fn content_start(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(|node| is(node, "t")).filter_map(|node| node.text());
    let start: String = texts.flat_map(str::chars).take(100).collect();
    let has_picture = || node.descendants().any(|node| is(&node, "blip") || is(&node, "imagedata"));
    if start.trim().is_empty() && has_picture() { "a picture".to_owned() } else { start }
}

fn name_of_note(number: usize) -> String {
    (number + 1).to_string()
}

/// One of the alternative forms of the same content: the preferred one, if there is one.
fn alternative<'a, 'i>(node: Node<'a, 'i>) -> Node<'a, 'i> {
    child(node, "Choice").or_else(|| child(node, "Fallback")).unwrap_or(node)
}

/// The rows of a table, or the cells of a row, including those in content controls.
fn within<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    // A stack, not recursion: a small file may hold any number of controls within each other.
    let mut open: Vec<Node<'a, 'i>> = node.children().rev().collect();
    while let Some(node) = open.pop() {
        match node.tag_name().name() {
            tag if tag == name => found.push(node),
            "sdt" | "sdtContent" | "ins" | "customXml" | "smartTag" => open.extend(node.children().rev()),
            _ => {}
        }
    }
    found
}

/// The targets of a part's relationships, by id.
fn links(xml: Option<&str>) -> HashMap<String, String> {
    let Some(tree) = xml.and_then(|xml| Document::parse(xml).ok()) else { return HashMap::new() };
    let relations = tree.descendants().filter(|node| node.tag_name().name() == "Relationship");
    relations
        .filter_map(|node| Some((attribute(node, "Id")?.to_owned(), attribute(node, "Target")?.to_owned())))
        .collect()
}
