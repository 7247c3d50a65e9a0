//! What stands beside the values of cells, and the reader of workbooks does not give: comments, and the links of
//! OpenDocument tables.

use std::{
    collections::HashMap,
    io::{Cursor, Read},
};

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

fn comment_on(cell: &str, text: &str) -> Loss {
    Loss::comment_on_cell(&format!("“{}” on {}", shown(text.trim()), shown(cell)))
}

/// What stands beside the values of an OpenDocument table.
#[derive(Debug, Default)]
pub(super) struct BesideValues {
    /// The addresses of links, with their cells, by sheet.
    pub links: HashMap<String, Vec<(CellPlace, String)>>,
    pub comments: Vec<Loss>,
}

impl BesideValues {
    pub fn of_ods(workbook: &[u8]) -> BesideValues {
        let mut beside = BesideValues::default();
        let content = parts(workbook, |name| name == "content.xml").pop().unwrap_or_default();
        let Ok(tree) = Document::parse(&content) else { return beside };
        for sheet in elements(tree.root(), "table") {
            let links = beside.links.entry(attribute(sheet, "name").unwrap_or_default().to_owned()).or_default();
            for ((row, column), cell) in cells(sheet) {
                let addresses = elements(cell, "a").filter_map(|link| attribute(link, "href"));
                links.extend(addresses.map(|address| ((row, column), address.to_owned())));
                let place = format!("row {}, column {}", row + 1, column + 1);
                let comments = elements(cell, "annotation");
                beside.comments.extend(comments.map(|comment| comment_on(&place, &text_of(comment, "p"))));
            }
        }
        beside
    }
}

/// The cells of a sheet with their places. Repeated ones are given once.
fn cells<'a, 'i>(sheet: Node<'a, 'i>) -> Vec<(CellPlace, Node<'a, 'i>)> {
    let (mut cells, mut row_number) = (Vec::new(), 0_u32);
    for row in elements(sheet, "table-row") {
        let mut column = 0_u32;
        for cell in row.children().filter(|node| is(node, "table-cell") || is(node, "covered-table-cell")) {
            cells.push(((row_number, column), cell));
            column = column.saturating_add(repeats(cell, "number-columns-repeated"));
        }
        row_number = row_number.saturating_add(repeats(row, "number-rows-repeated"));
    }
    cells
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
