//! What the reader of workbooks does not give: comments, and of OpenDocument tables the looks of their sheets and the
//! links of their cells.

use std::{collections::HashMap, ops::Range};

use roxmltree::{Document, Node};

use super::{
    Loss,
    number_formats::is_number,
    sheet_look::{SheetLook, ShownText},
    workbook::CellPlace,
};
use crate::{
    import::{
        xml::{attribute, is},
        zip_parts::ZipParts,
    },
    problem::message::shown,
};

/// The comments on the cells of a workbook of Excel, which are in parts of their own.
pub(super) fn comments_of_xlsx(parts: &mut ZipParts<'_>) -> Vec<Loss> {
    let mut losses = Vec::new();
    let is_of_comments = |name: &String| name.starts_with("xl/comments") && name.ends_with(".xml");
    let names: Vec<String> = parts.names().filter(is_of_comments).collect();
    for name in names {
        let xml = text_or_loss(parts, &name, &mut losses);
        let Some(tree) = tree_or_loss(&xml, &name, &mut losses) else { continue };
        let list = tree.descendants().find(|node| is(node, "commentList"));
        for comment in list.into_iter().flat_map(|list| list.children()).filter(|node| is(node, "comment")) {
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
    pub fn of_ods(parts: &mut ZipParts<'_>) -> BesideValues {
        const CONTENT: &str = "content.xml";
        let mut beside = BesideValues::default();
        let content = text_or_loss(parts, CONTENT, &mut beside.losses);
        let Some(tree) = tree_or_loss(&content, CONTENT, &mut beside.losses) else { return beside };
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
    let mut text = String::new();
    // Whether each open node is in an element of the name.
    let mut open = vec![(node, false)];
    while let Some((node, is_within)) = open.pop() {
        if node.is_text() && is_within {
            text.push_str(node.text().unwrap_or_default());
        }
        let is_within = is_within || is(&node, name);
        open.extend(node.children().rev().map(|child| (child, is_within)));
    }
    text
}

/// The text of a part; empty if there is no such part. One that cannot be read is reported.
pub(super) fn text_or_loss(parts: &mut ZipParts<'_>, name: &str, losses: &mut Vec<Loss>) -> String {
    parts.text(name).map(Option::unwrap_or_default).unwrap_or_else(|why| {
        losses.push(unread_part(name, &why));
        String::new()
    })
}

/// The tree of the text of a part; none if it is empty. One that cannot be read is reported.
fn tree_or_loss<'t>(xml: &'t str, name: &str, losses: &mut Vec<Loss>) -> Option<Document<'t>> {
    if xml.is_empty() {
        return None;
    }
    Document::parse(xml).map_err(|error| losses.push(unread_part(name, &error.to_string()))).ok()
}

pub(super) fn unread_part(name: &str, why: &str) -> Loss {
    Loss::unread_part_of_workbook(&format!("{}: {why}", shown(name)))
}
