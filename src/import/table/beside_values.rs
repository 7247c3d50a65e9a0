//! What stands beside the values of cells, and the reader of workbooks does not give: comments, hidden rows, and the
//! links of OpenDocument tables.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Cursor, Read},
    ops::Range,
};

use quick_xml::events::Event;
use roxmltree::{Document, Node};
use zip::ZipArchive;

use super::{Loss, workbook::CellPlace};
use crate::{
    import::xml::{attribute, is},
    problem::message::shown,
};

/// The most bytes of a part that are read.
const LARGEST_PART: u64 = 64 * 1024 * 1024;

/// The comments on the cells of a workbook of Excel, which are in parts of their own.
pub(super) fn comments_of_xlsx(workbook: &[u8]) -> Vec<Loss> {
    let mut losses = Vec::new();
    for xml in parts(workbook, |name| name.starts_with("xl/comments") && name.ends_with(".xml")) {
        let Ok(tree) = Document::parse(&xml) else { continue };
        for comment in elements(tree.root(), "comment") {
            let text = text_of(comment, "t");
            // Above a comment with replies stands a notice of Excel.
            let text = text.split_once("\nComment:\n").map_or(text.as_str(), |(_, comment)| comment);
            losses.push(comment_on(attribute(comment, "ref").unwrap_or("a cell"), text));
        }
    }
    losses
}

/// The hidden rows of a workbook of Excel, by sheet. The first row has the number 0.
pub(super) fn hidden_rows_of_xlsx(workbook: &[u8]) -> HashMap<String, Vec<Range<u32>>> {
    let part = |name: &str| parts(workbook, |part| part == name).pop().unwrap_or_default();
    let (sheets, relations) = (part("xl/workbook.xml"), part("xl/_rels/workbook.xml.rels"));
    let (Ok(sheets), Ok(relations)) = (Document::parse(&sheets), Document::parse(&relations)) else {
        return HashMap::new();
    };
    let relations = elements(relations.root(), "Relationship");
    let targets: HashMap<&str, &str> =
        relations.filter_map(|relation| Some((attribute(relation, "Id")?, attribute(relation, "Target")?))).collect();
    let hidden = |sheet: Node<'_, '_>| {
        let target = *targets.get(attribute(sheet, "id")?)?;
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        let mut zip = ZipArchive::new(Cursor::new(workbook)).ok()?;
        let xml = BufReader::new(zip.by_name(&path).ok()?);
        Some((attribute(sheet, "name")?.to_owned(), hidden_rows(xml)))
    };
    elements(sheets.root(), "sheet").filter_map(hidden).collect()
}

/// The hidden rows of a sheet of Excel, which may be too large for a tree.
fn hidden_rows(xml: impl BufRead) -> Vec<Range<u32>> {
    let mut reader = quick_xml::Reader::from_reader(xml);
    let (mut hidden, mut next, mut buffer) = (Vec::new(), 0_u32, Vec::new());
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(row) | Event::Empty(row)) if row.local_name().as_ref() == "row" => {
                let value = |name: &str| row.attributes().flatten().find(|found| found.key.as_ref() == name);
                // A row without a number follows the one before it.
                let number = value("r").and_then(|number| number.value.parse().ok());
                let row = number.map_or(next, |number: u32| number.saturating_sub(1));
                next = row.saturating_add(1);
                if value("hidden").is_some_and(|hidden| matches!(&*hidden.value, "1" | "true")) {
                    hidden.push(row..next);
                }
            }
            Ok(Event::Eof) | Err(_) => return hidden,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

fn comment_on(cell: &str, text: &str) -> Loss {
    Loss::comment_on_cell(&format!("“{}” on {}", shown(text.trim()), shown(cell)))
}

/// What stands beside the values of an OpenDocument table.
#[derive(Debug, Default)]
pub(super) struct BesideValues {
    /// The addresses of links, with their cells, by sheet.
    pub links: HashMap<String, Vec<(CellPlace, String)>>,
    /// By sheet.
    pub hidden_rows: HashMap<String, Vec<Range<u32>>>,
    pub comments: Vec<Loss>,
}

impl BesideValues {
    pub fn of_ods(workbook: &[u8]) -> BesideValues {
        let mut beside = BesideValues::default();
        let content = parts(workbook, |name| name == "content.xml").pop().unwrap_or_default();
        let Ok(tree) = Document::parse(&content) else { return beside };
        for sheet in elements(tree.root(), "table") {
            let name = attribute(sheet, "name").unwrap_or_default();
            let links = beside.links.entry(name.to_owned()).or_default();
            for ((row, column), cell) in cells(sheet) {
                let addresses = elements(cell, "a").filter_map(|link| attribute(link, "href"));
                links.extend(addresses.map(|address| ((row, column), address.to_owned())));
                let place = format!("row {}, column {}", row + 1, column + 1);
                let comments = elements(cell, "annotation");
                beside.comments.extend(comments.map(|comment| comment_on(&place, &text_of(comment, "p"))));
            }
            let hidden = rows(sheet).into_iter().filter(|(_, row)| is_hidden(*row)).map(|(numbers, _)| numbers);
            beside.hidden_rows.insert(name.to_owned(), hidden.collect());
        }
        beside
    }
}

/// The cells of a sheet with their places. Repeated ones are given once.
fn cells<'a, 'i>(sheet: Node<'a, 'i>) -> Vec<(CellPlace, Node<'a, 'i>)> {
    let mut cells = Vec::new();
    for (numbers, row) in rows(sheet) {
        let mut column = 0_u32;
        for cell in row.children().filter(|node| is(node, "table-cell") || is(node, "covered-table-cell")) {
            cells.push(((numbers.start, column), cell));
            column = column.saturating_add(repeats(cell, "number-columns-repeated"));
        }
    }
    cells
}

/// The rows of a sheet with their numbers, of which a repeated one has several.
fn rows<'a, 'i>(sheet: Node<'a, 'i>) -> Vec<(Range<u32>, Node<'a, 'i>)> {
    let mut next = 0_u32;
    let numbered = |row: Node<'a, 'i>| {
        let first = next;
        next = next.saturating_add(repeats(row, "number-rows-repeated"));
        (first..next, row)
    };
    elements(sheet, "table-row").map(numbered).collect()
}

/// Is a row of an OpenDocument table hidden, or left out by a filter?
fn is_hidden(row: Node<'_, '_>) -> bool {
    attribute(row, "visibility").is_some_and(|visibility| visibility != "visible")
}

fn repeats(node: Node<'_, '_>, name: &str) -> u32 {
    attribute(node, name).and_then(|number| number.parse().ok()).unwrap_or(1)
}

fn elements<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |node| is(node, name))
}

/// The text in the elements of this name.
fn text_of(node: Node<'_, '_>, name: &'static str) -> String {
    let texts = elements(node, name).flat_map(|part| part.descendants()).filter(Node::is_text);
    texts.filter_map(|text| text.text()).collect()
}

/// The parts whose names pass the test.
fn parts(workbook: &[u8], is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(workbook)) else { return Vec::new() };
    let names: Vec<String> = zip.file_names().flatten().filter(|name| is_wanted(name)).map(Into::into).collect();
    let read = |name: &String| {
        let mut xml = String::new();
        zip.by_name(name).ok()?.take(LARGEST_PART).read_to_string(&mut xml).ok()?;
        Some(xml)
    };
    names.iter().filter_map(read).collect()
}
