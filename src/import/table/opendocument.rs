//! The XML of OpenDocument tables → the size of the largest of them, without its cells; or why it cannot be read.
//!
//! The reader of these tables makes every repeated cell, so that a few bytes could fill the memory, and waits for ever
//! for the end of an element that is not closed. So the XML is read once before.

use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};

/// The most columns and rows that an office program has.
const MAX_COLUMNS: u64 = 16_384;
const MAX_ROWS: u64 = 1_048_576;

/// The most elements within each other. Office programs write about twenty.
const MAX_DEPTH: usize = 200;

/// The last row and column with a value, and the rows from the first one with a value on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SheetSize {
    pub last_row: u64,
    pub last_column: u64,
    rows: u64,
}

impl SheetSize {
    /// The number of cells that the reader makes.
    pub fn cells(&self) -> u64 {
        self.rows.saturating_mul(self.last_column)
    }
}

/// A sheet while it is read.
#[derive(Default)]
struct Sheet {
    size: SheetSize,
    /// The rows so far.
    row: u64,
    row_repeats: u64,
    /// The columns of this row so far, and those up to its last value.
    column: u64,
    filled: u64,
}

impl Sheet {
    fn begin_row(&mut self, row: &BytesStart<'_>) {
        self.row_repeats = repeats(row, "table:number-rows-repeated");
        (self.column, self.filled) = (0, 0);
    }

    fn add_cell(&mut self, cell: &BytesStart<'_>) {
        self.column = self.column.saturating_add(repeats(cell, "table:number-columns-repeated")).min(MAX_COLUMNS);
        if has_value(cell) {
            self.filled = self.column;
        }
    }

    fn end_row(&mut self) {
        let before = self.row;
        self.row = self.row.saturating_add(self.row_repeats).min(MAX_ROWS);
        if self.filled > 0 {
            let first = self.size.last_row - self.size.rows;
            let first = if self.size.rows == 0 { before } else { first };
            let last_column = self.size.last_column.max(self.filled);
            self.size = SheetSize { last_row: self.row, last_column, rows: self.row - first };
        }
    }
}

/// The size of the sheet with the most cells. The error is the reason why the XML cannot be read.
pub(super) fn largest_sheet(xml: impl BufRead) -> Result<SheetSize, &'static str> {
    const NOT_WHOLE: &str = "is not whole";
    let mut reader = quick_xml::Reader::from_reader(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut open, mut buffer) = (0_usize, Vec::new());
    let (mut sheet, mut largest) = (Sheet::default(), SheetSize::default());
    loop {
        match reader.read_event_into(&mut buffer).map_err(|_| NOT_WHOLE)? {
            Event::Start(element) => {
                open += 1;
                if open > MAX_DEPTH {
                    return Err("has too many elements within each other");
                }
                match element.name().as_ref() {
                    "table:table" => sheet = Sheet::default(),
                    "table:table-row" => sheet.begin_row(&element),
                    "table:table-cell" | "table:covered-table-cell" => sheet.add_cell(&element),
                    _ => {}
                }
            }
            Event::End(element) => {
                open -= 1;
                if element.name().as_ref() == "table:table-row" {
                    sheet.end_row();
                    largest = if sheet.size.cells() > largest.cells() { sheet.size } else { largest };
                }
            }
            Event::Eof if open > 0 => return Err(NOT_WHOLE),
            Event::Eof => return Ok(largest),
            _ => {}
        }
        buffer.clear();
    }
}

/// The number in an attribute; one if there is none.
fn repeats(element: &BytesStart<'_>, attribute: &str) -> u64 {
    let found = element.attributes().flatten().find(|found| found.key.as_ref() == attribute);
    let number = found.and_then(|found| found.value.trim().parse().ok());
    number.unwrap_or(1)
}

/// A cell without a value has attributes of its look at most.
fn has_value(cell: &BytesStart<'_>) -> bool {
    let is_of_value = |key: &str| key.starts_with("office:") || key == "table:formula";
    cell.attributes().flatten().any(|found| is_of_value(found.key.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(count: u64, value: &str) -> String {
        format!("<table:table-cell table:number-columns-repeated=\"{count}\"{value}/>")
    }

    fn row(count: u64, cells: &[String]) -> String {
        format!("<table:table-row table:number-rows-repeated=\"{count}\">{}</table:table-row>", cells.concat())
    }

    #[test]
    fn the_size_of_a_sheet_is_that_of_its_values() {
        const VALUE: &str = " office:value-type=\"string\"";
        let size = |rows: &[String]| {
            let size = largest_sheet(format!("<table:table>{}</table:table>", rows.concat()).as_bytes()).unwrap();
            (size.last_row, size.last_column, size.cells())
        };
        let empty = row(1_000_000, &[cell(16_384, " table:style-name=\"a\"")]);
        let values = row(2, &[cell(3, ""), cell(2, VALUE), cell(9_999, "")]);
        assert_eq!(size(std::slice::from_ref(&empty)), (0, 0, 0));
        assert_eq!(size(&[values.clone(), empty.clone()]), (2, 5, 10));
        assert_eq!(size(&[row(7, &[]), values.clone(), empty, values]), (1_000_011, 5, 5_000_020));
        assert_eq!(size(&[row(u64::MAX, &[cell(u64::MAX, VALUE)])]), (MAX_ROWS, MAX_COLUMNS, MAX_ROWS * MAX_COLUMNS));
        assert_eq!(largest_sheet("<table:table><table:table-row>".as_bytes()), Err("is not whole"));
        let deep = format!("{}{}", "<a>".repeat(201), "</a>".repeat(201));
        assert_eq!(largest_sheet(deep.as_bytes()), Err("has too many elements within each other"));
    }
}
