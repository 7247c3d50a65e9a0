//! What the reader of workbooks does not give: comments, and of OpenDocument tables the looks of their sheets and the
//! links of their cells.

use std::{
    collections::HashMap,
    io::{Cursor, Read},
    ops::Range,
};

use roxmltree::{Document, Node};
use zip::ZipArchive;

use super::{
    Loss,
    number_formats::is_number,
    sheet_look::{SheetLook, ShownText},
    workbook::CellPlace,
};
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

/// An error that a cell shows in place of a value.
pub(super) fn error_in(error: &str, place: &str) -> Loss {
    Loss::error_in_cell(&format!("{} in {place}", shown(error)))
}

/// The place of a cell in words, for programs that number rows and columns.
pub(super) fn place_in_words((row, column): CellPlace) -> String {
    format!("row {}, column {}", row + 1, column + 1)
}

/// What stands beside the values of an OpenDocument table.
#[derive(Debug, Default)]
pub(super) struct BesideValues {
    /// The addresses of links, with their cells, by sheet.
    pub links: HashMap<String, Vec<(CellPlace, String)>>,
    /// By sheet.
    pub looks: HashMap<String, SheetLook>,
    /// The comments, and the errors of formulas.
    pub losses: Vec<Loss>,
}

impl BesideValues {
    pub fn of_ods(workbook: &[u8]) -> BesideValues {
        let mut beside = BesideValues::default();
        let content = parts(workbook, |name| name == "content.xml").pop().unwrap_or_default();
        let Ok(tree) = Document::parse(&content) else { return beside };
        for sheet in elements(tree.root(), "table") {
            let name = attribute(sheet, "name").unwrap_or_default();
            let links = beside.links.entry(name.to_owned()).or_default();
            let mut look = SheetLook::default();
            for (rows, column, cell) in cells(sheet) {
                let row = rows.start;
                let addresses = elements(cell, "a").filter_map(|link| attribute(link, "href"));
                links.extend(addresses.map(|address| ((row, column), address.to_owned())));
                let place = place_in_words((row, column));
                let comments = elements(cell, "annotation");
                beside.losses.extend(comments.map(|comment| comment_on(&place, &text_of(comment, "p"))));
                if cell.attributes().any(|found| found.name() == "value-type" && found.value() == "error") {
                    beside.losses.push(error_in(&text_of(cell, "p"), &place));
                }
                let spanned = repeats(cell, "number-rows-spanned");
                look.merged.extend((spanned > 1).then_some((row..row.saturating_add(spanned), column)));
                let columns = column..column.saturating_add(repeats(cell, "number-columns-repeated"));
                look.shown.extend(shown_in(cell).map(|text| ShownText { rows, columns, text }));
            }
            let hidden = rows(sheet).into_iter().filter(|(_, row)| is_hidden(*row)).map(|(numbers, _)| numbers);
            look.hidden_rows.extend(hidden);
            let mut next = 0_u32;
            for column in elements(sheet, "table-column") {
                let first = next;
                next = next.saturating_add(repeats(column, "number-columns-repeated"));
                look.hidden_columns.extend(is_hidden(column).then_some(first..next));
            }
            beside.looks.insert(name.to_owned(), look);
        }
        beside
    }
}

/// The cells of a sheet with their rows and their first column. Repeated ones are given once.
fn cells<'a, 'i>(sheet: Node<'a, 'i>) -> Vec<(Range<u32>, u32, Node<'a, 'i>)> {
    let mut cells = Vec::new();
    for (numbers, row) in rows(sheet) {
        let mut column = 0_u32;
        for cell in row.children().filter(|node| is(node, "table-cell") || is(node, "covered-table-cell")) {
            cells.push((numbers.clone(), column, cell));
            column = column.saturating_add(repeats(cell, "number-columns-repeated"));
        }
    }
    cells
}

/// The text that a cell shows for a number, if the number alone would say something else.
fn shown_in(cell: Node<'_, '_>) -> Option<String> {
    let number = attribute(cell, "value")?.parse().ok()?;
    let text = text_of(cell, "p");
    let shown = text.trim();
    (!shown.is_empty() && !is_number(shown, number)).then(|| shown.to_owned())
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

/// Is a row or a column of an OpenDocument table hidden, or left out by a filter?
fn is_hidden(line: Node<'_, '_>) -> bool {
    attribute(line, "visibility").is_some_and(|visibility| visibility != "visible")
}

fn repeats(node: Node<'_, '_>, name: &str) -> u32 {
    attribute(node, name).and_then(|number| number.parse().ok()).unwrap_or(1)
}

pub(super) fn elements<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |node| is(node, name))
}

/// The text in the elements of this name.
fn text_of(node: Node<'_, '_>, name: &'static str) -> String {
    let texts = elements(node, name).flat_map(|part| part.descendants()).filter(Node::is_text);
    texts.filter_map(|text| text.text()).collect()
}

/// The parts whose names pass the test.
pub(super) fn parts(workbook: &[u8], is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(workbook)) else { return Vec::new() };
    let names: Vec<String> = zip.file_names().flatten().filter(|name| is_wanted(name)).map(Into::into).collect();
    let read = |name: &String| {
        let mut xml = String::new();
        zip.by_name(name).ok()?.take(LARGEST_PART).read_to_string(&mut xml).ok()?;
        Some(xml)
    };
    names.iter().filter_map(read).collect()
}
