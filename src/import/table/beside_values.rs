//! What stands beside the values of cells, and the reader of workbooks does not give: comments, hidden rows and
//! columns, merged cells, and the links of OpenDocument tables.

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

/// What a sheet hides, and its merged cells.
#[derive(Clone, Debug, Default)]
pub(super) struct SheetLook {
    pub hidden_rows: Vec<Range<u32>>,
    pub hidden_columns: Vec<Range<u32>>,
    /// The rows and the first column of each cell that reaches over several rows.
    pub merged: Vec<(Range<u32>, u32)>,
}

/// The looks of the sheets of a workbook of Excel. The first row has the number 0.
pub(super) fn looks_of_xlsx(workbook: &[u8]) -> HashMap<String, SheetLook> {
    let part = |name: &str| parts(workbook, |part| part == name).pop().unwrap_or_default();
    let (sheets, relations) = (part("xl/workbook.xml"), part("xl/_rels/workbook.xml.rels"));
    let (Ok(sheets), Ok(relations)) = (Document::parse(&sheets), Document::parse(&relations)) else {
        return HashMap::new();
    };
    let relations = elements(relations.root(), "Relationship");
    let targets: HashMap<&str, &str> =
        relations.filter_map(|relation| Some((attribute(relation, "Id")?, attribute(relation, "Target")?))).collect();
    let look = |sheet: Node<'_, '_>| {
        let target = *targets.get(attribute(sheet, "id")?)?;
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        let mut zip = ZipArchive::new(Cursor::new(workbook)).ok()?;
        let xml = BufReader::new(zip.by_name(&path).ok()?);
        Some((attribute(sheet, "name")?.to_owned(), look_of_sheet(xml)))
    };
    elements(sheets.root(), "sheet").filter_map(look).collect()
}

/// The look of a sheet of Excel, which may be too large for a tree.
fn look_of_sheet(xml: impl BufRead) -> SheetLook {
    let mut reader = quick_xml::Reader::from_reader(xml);
    let (mut look, mut next, mut buffer) = (SheetLook::default(), 0_u32, Vec::new());
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                let value = |name: &str| {
                    let found = element.attributes().flatten().find(|found| found.key.as_ref() == name);
                    found.map(|found| found.value.into_owned())
                };
                let number = |name: &str| value(name).and_then(|number| number.parse::<u32>().ok());
                let is_hidden = || value("hidden").is_some_and(|hidden| matches!(&*hidden, "1" | "true"));
                match element.local_name().as_ref() {
                    "row" => {
                        // A row without a number follows the one before it.
                        let row = number("r").map_or(next, |number| number.saturating_sub(1));
                        next = row.saturating_add(1);
                        look.hidden_rows.extend(is_hidden().then_some(row..next));
                    }
                    "col" if is_hidden() => {
                        let columns = number("min").zip(number("max"));
                        look.hidden_columns.extend(columns.map(|(first, last)| first.saturating_sub(1)..last));
                    }
                    "mergeCell" => look.merged.extend(value("ref").and_then(|cells| merged(&cells))),
                    _ => {}
                }
            }
            Ok(Event::Eof) | Err(_) => return look,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

/// The rows and the first column of cells such as `B2:C4`; none if they are in one row.
fn merged(cells: &str) -> Option<(Range<u32>, u32)> {
    let (first, last) = cells.split_once(':')?;
    let ((top, column), (bottom, _)) = (place_of(first)?, place_of(last)?);
    (top < bottom).then_some((top..bottom + 1, column))
}

/// The place of a cell such as `B2`.
fn place_of(cell: &str) -> Option<CellPlace> {
    let letters = cell.len() - cell.trim_start_matches(|letter: char| letter.is_ascii_uppercase()).len();
    let (letters, number) = cell.split_at_checked(letters).filter(|(letters, _)| (1..=3).contains(&letters.len()))?;
    let column = letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    Some((number.parse::<u32>().ok()?.checked_sub(1)?, column - 1))
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
            for ((row, column), cell) in cells(sheet) {
                let addresses = elements(cell, "a").filter_map(|link| attribute(link, "href"));
                links.extend(addresses.map(|address| ((row, column), address.to_owned())));
                let place = place_in_words((row, column));
                let comments = elements(cell, "annotation");
                beside.losses.extend(comments.map(|comment| comment_on(&place, &text_of(comment, "p"))));
                if cell.attributes().any(|found| found.name() == "value-type" && found.value() == "error") {
                    beside.losses.push(error_in(&text_of(cell, "p"), &place));
                }
                let rows = repeats(cell, "number-rows-spanned");
                look.merged.extend((rows > 1).then_some((row..row.saturating_add(rows), column)));
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

/// Is a row or a column of an OpenDocument table hidden, or left out by a filter?
fn is_hidden(line: Node<'_, '_>) -> bool {
    attribute(line, "visibility").is_some_and(|visibility| visibility != "visible")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_and_the_column_of_merged_cells_are_found() {
        assert_eq!(merged("B2:C4"), Some((1..4, 1)));
        assert_eq!(merged("AA10:AA11"), Some((9..11, 26)));
        for cells in ["B2:C2", "B2", "B0:B2", "2:3", "ABCD1:ABCD2", "é1:é2", ""] {
            assert_eq!(merged(cells), None, "{cells}");
        }
    }
}
