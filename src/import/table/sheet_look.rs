//! A workbook of Excel → what its sheets hide, their merged cells, and what their cells show for a number.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Cursor},
    ops::Range,
};

use quick_xml::events::{BytesStart, Event};
use roxmltree::{Document, Node};
use zip::ZipArchive;

use super::{
    beside_values::{elements, parts},
    number_formats::NumberFormats,
    workbook::CellPlace,
};
use crate::import::xml::attribute;

/// What a sheet hides, its merged cells, and what its cells show. The first row and the first column have the number 0.
#[derive(Clone, Debug, Default)]
pub(super) struct SheetLook {
    pub hidden_rows: Vec<Range<u32>>,
    pub hidden_columns: Vec<Range<u32>>,
    /// The rows and the first column of each cell that reaches over several rows.
    pub merged: Vec<(Range<u32>, u32)>,
    pub shown: Vec<ShownText>,
}

/// The text of cells whose number alone would say something else, such as `25%` for 0.25.
#[derive(Clone, Debug)]
pub(super) struct ShownText {
    pub rows: Range<u32>,
    pub columns: Range<u32>,
    pub text: String,
}

/// The looks of the sheets of a workbook, by the names of the sheets.
pub(super) fn looks_of_xlsx(workbook: &[u8]) -> HashMap<String, SheetLook> {
    let part = |name: &str| parts(workbook, |part| part == name).pop().unwrap_or_default();
    let (sheets, relations) = (part("xl/workbook.xml"), part("xl/_rels/workbook.xml.rels"));
    let (Ok(sheets), Ok(relations)) = (Document::parse(&sheets), Document::parse(&relations)) else {
        return HashMap::new();
    };
    let relations = elements(relations.root(), "Relationship");
    let targets: HashMap<&str, &str> =
        relations.filter_map(|relation| Some((attribute(relation, "Id")?, attribute(relation, "Target")?))).collect();
    let formats = NumberFormats::read(&part("xl/styles.xml"));
    let look = |sheet: Node<'_, '_>| {
        let target = *targets.get(attribute(sheet, "id")?)?;
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        let mut zip = ZipArchive::new(Cursor::new(workbook)).ok()?;
        let xml = BufReader::new(zip.by_name(&path).ok()?);
        Some((attribute(sheet, "name")?.to_owned(), LookReader::new(&formats).read(xml)))
    };
    elements(sheets.root(), "sheet").filter_map(look).collect()
}

/// Reads a sheet element by element, since it may be too large for a tree.
struct LookReader<'a> {
    formats: &'a NumberFormats,
    look: SheetLook,
    /// A row without a number follows the one before it, and so does a cell.
    next_row: u32,
    next_column: u32,
    /// The place and the style of the open cell, if its value is a number.
    cell: Option<(CellPlace, usize)>,
    in_value: bool,
}

impl LookReader<'_> {
    fn new(formats: &NumberFormats) -> LookReader<'_> {
        let look = SheetLook::default();
        LookReader { formats, look, next_row: 0, next_column: 0, cell: None, in_value: false }
    }

    fn read(mut self, xml: impl BufRead) -> SheetLook {
        let mut reader = quick_xml::Reader::from_reader(xml);
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(element) | Event::Empty(element)) => self.start(&element),
                Ok(Event::Text(text)) if self.in_value => self.value(&text),
                Ok(Event::Eof) | Err(_) => return self.look,
                Ok(_) => {}
            }
            buffer.clear();
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        let value = |name: &str| {
            let found = element.attributes().flatten().find(|found| found.key.as_ref() == name);
            found.map(|found| found.value.into_owned())
        };
        let number = |name: &str| value(name).and_then(|number| number.parse::<u32>().ok());
        let is_hidden = || value("hidden").is_some_and(|hidden| matches!(&*hidden, "1" | "true"));
        self.in_value = element.local_name().as_ref() == "v";
        match element.local_name().as_ref() {
            "row" => {
                let row = number("r").map_or(self.next_row, |number| number.saturating_sub(1));
                self.next_row = row.saturating_add(1);
                self.next_column = 0;
                self.look.hidden_rows.extend(is_hidden().then_some(row..self.next_row));
            }
            "c" => {
                let following = (self.next_row.saturating_sub(1), self.next_column);
                let place = value("r").and_then(|place| place_of(&place)).unwrap_or(following);
                self.next_column = place.1.saturating_add(1);
                let is_number = value("t").is_none_or(|kind| &*kind == "n");
                self.cell = number("s").filter(|_| is_number).map(|style| (place, style as usize));
            }
            "col" if is_hidden() => {
                let columns = number("min").zip(number("max"));
                self.look.hidden_columns.extend(columns.map(|(first, last)| first.saturating_sub(1)..last));
            }
            "mergeCell" => self.look.merged.extend(value("ref").and_then(|cells| merged(&cells))),
            _ => {}
        }
    }

    /// Takes the value of the open cell.
    fn value(&mut self, text: &str) {
        let Some((((row, column), style), number)) = self.cell.take().zip(text.trim().parse().ok()) else { return };
        let text = self.formats.shown(style, number);
        let shown = text.map(|text| ShownText { rows: row..row + 1, columns: column..column + 1, text });
        self.look.shown.extend(shown);
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
