//! A workbook → a table for each of its sheets.
//!
//! A cell is stored with its place until all are known: one value far from the table would otherwise take the memory of
//! every cell between them.

use std::{
    collections::HashMap,
    io::{self, BufReader, Cursor, Read},
    ops::Range,
    panic,
};

use calamine::{Data, DataRef, ExcelDateTime, Hyperlink, Ods, OdsError, Reader, Sheet, SheetVisible, Xlsx, XlsxError};
use serde_yaml::{Number, Value};
use zip::ZipArchive;

use super::{
    Loss, MAX_CELLS, SourceTable,
    beside_values::{BesideValues, comments_of_xlsx, error_in, place_in_words},
    opendocument::largest_sheet,
    sheet_look::{SheetLook, ShownText, looks_of_xlsx},
};
use crate::import::zip_parts::ZipParts;

/// The largest size of all parts of a workbook together, unpacked, in bytes.
const LARGEST: u64 = 512 * 1024 * 1024;

const NO_WORKBOOK: &str = "it is not a file of Excel (.xlsx) or LibreOffice (.ods), or it is damaged";

/// A row and a column.
pub(super) type CellPlace = (u32, u32);

/// The cells of a sheet with values, and the addresses of those that are links.
#[derive(Default)]
struct SheetCells {
    values: Vec<(CellPlace, Value)>,
    links: Vec<(CellPlace, String)>,
    look: SheetLook,
    losses: Vec<Loss>,
}

/// The sheets of a workbook that are not empty.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<SourceTable>, String> {
    check_parts(bytes, LARGEST)?;
    // The reader may panic at a damaged workbook, for example at a cell in a row whose number is too large for it.
    panic::catch_unwind(|| read(bytes)).unwrap_or_else(|_| Err("it is damaged".to_owned()))
}

fn read(bytes: &[u8]) -> Result<Vec<SourceTable>, String> {
    let mut parts = ZipParts::open(bytes).ok_or(NO_WORKBOOK)?;
    let (mut sheets, losses) = match Xlsx::new(Cursor::new(bytes)) {
        Ok(workbook) => {
            let mut losses = Vec::new();
            let looks = looks_of_xlsx(&mut parts, &mut losses)?;
            losses.extend(comments_of_xlsx(&mut parts));
            let look = |sheet: &str| looks.get(sheet).cloned().unwrap_or_default();
            let sheets = sheets_of(workbook, |workbook, sheet| cells_of_xlsx(workbook, sheet, look(sheet)))?;
            (sheets, losses)
        }
        Err(no_xlsx) => {
            let workbook = Ods::new(Cursor::new(bytes)).map_err(|no_ods| match no_ods {
                OdsError::FileNotFound(_) | OdsError::InvalidMime(_) => no_xlsx.to_string(),
                damaged => damaged.to_string(),
            })?;
            let BesideValues { links, looks, losses } = BesideValues::of_ods(&mut parts);
            let links = |sheet: &str| links.get(sheet).cloned().unwrap_or_default();
            let look = |sheet: &str| looks.get(sheet).cloned().unwrap_or_default();
            let cells = |workbook: &mut Ods<_>, sheet: &str| cells_of_ods(workbook, sheet, links(sheet), look(sheet));
            let sheets = sheets_of(workbook, cells)?;
            (sheets, losses)
        }
    };
    if let [only] = sheets.as_mut_slice() {
        only.sheet.clear();
    }
    if let Some(first) = sheets.first_mut() {
        first.losses.extend(losses);
    }
    Ok(sheets)
}

/// Unpacks every part and drops it, since a part may be far larger than the directory of a zip says.
fn check_parts(bytes: &[u8], limit: u64) -> Result<(), String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NO_WORKBOOK)?;
    let mut left = limit;
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(|error| error.to_string())?;
        let is_table = part.name().is_ok_and(|name| name == "content.xml");
        let mut part = part.take(left);
        if is_table {
            let size = largest_sheet(BufReader::new(&mut part)).map_err(|why| format!("its part content.xml {why}"))?;
            if size.cells() > MAX_CELLS as u64 {
                return Err(format!("a sheet {}", too_large(size.last_row, size.last_column)));
            }
        }
        io::copy(&mut part, &mut io::sink()).map_err(|error| error.to_string())?;
        left = part.limit();
        if left == 0 {
            return Err("it is far too large".to_owned());
        }
    }
    Ok(())
}

fn sheets_of<'a, W: Reader<Cursor<&'a [u8]>>>(
    mut workbook: W,
    cells: impl Fn(&mut W, &str) -> Result<SheetCells, W::Error>,
) -> Result<Vec<SourceTable>, String>
where
    W::Error: ToString,
{
    let mut sheets = Vec::new();
    for Sheet { name, visible, .. } in workbook.sheets_metadata().to_vec() {
        let cells = cells(&mut workbook, &name).map_err(|error| error.to_string())?;
        let mut table = table(cells).map_err(|why| format!("the sheet {name} {why}"))?;
        if visible != SheetVisible::Visible {
            table.hidden_rows = (0..table.rows.len()).collect();
        }
        if table.rows.len() > 1 {
            sheets.push(SourceTable { sheet: name, ..table });
        }
    }
    Ok(sheets)
}

fn cells_of_xlsx(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, look: SheetLook) -> Result<SheetCells, XlsxError> {
    let mut reader = match workbook.worksheet_cells_reader(sheet) {
        Ok(reader) => reader,
        // A sheet that is a chart.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(SheetCells::default()),
        Err(error) => return Err(error),
    };
    let mut losses: Vec<Loss> =
        look.formulas.iter().map(|&place| Loss::formula_without_value(&place_in_words(place))).collect();
    let mut values = Vec::new();
    while let Some(found) = reader.next_cell()? {
        let place = found.get_position();
        match found.get_value() {
            DataRef::Empty => continue,
            DataRef::Error(error) => losses.push(error_in(&error.to_string(), &place_in_words(place))),
            _ => {}
        }
        values.push((place, cell(&Data::from(found.get_value().clone()))));
    }
    drop(reader);
    let address = |link: Hyperlink| match (link.target?, link.location) {
        (page, Some(part)) => Some((link.range.start, format!("{page}#{part}"))),
        (page, None) => Some((link.range.start, page)),
    };
    let links = workbook.hyperlinks_by_sheet_name(sheet)?.into_iter().filter_map(address).collect();
    Ok(SheetCells { values, links, look, losses })
}

fn cells_of_ods(
    workbook: &mut Ods<Cursor<&[u8]>>,
    sheet: &str,
    links: Vec<(CellPlace, String)>,
    look: SheetLook,
) -> Result<SheetCells, OdsError> {
    let range = workbook.worksheet_range(sheet)?;
    // The reader counts from the first cell with a value.
    let (top, left) = range.start().unwrap_or_default();
    let found = range.used_cells().filter_map(|(row, column, found)| {
        let place = (top + u32::try_from(row).ok()?, left + u32::try_from(column).ok()?);
        Some((place, cell(found)))
    });
    Ok(SheetCells { values: found.collect(), links, look, losses: Vec::new() })
}

fn too_large(row: u64, column: u64) -> String {
    format!(
        "has values as far as row {row} and column {column}, which is too large a table; delete what is far from the table"
    )
}

/// The rows from the first to the last value, all of one width.
fn table(SheetCells { values, links, look, losses }: SheetCells) -> Result<SourceTable, String> {
    let edges = |coordinate: fn(&(CellPlace, Value)) -> u32| {
        Some((values.iter().map(coordinate).min()?, values.iter().map(coordinate).max()?))
    };
    let (Some((top, bottom)), Some((left, right))) = (edges(|cell| cell.0.0), edges(|cell| cell.0.1)) else {
        return Ok(SourceTable::default());
    };
    let (height, width) = ((bottom - top) as usize + 1, (right - left) as usize + 1);
    if height.saturating_mul(width) > MAX_CELLS {
        return Err(too_large(u64::from(bottom) + 1, u64::from(right) + 1));
    }
    let mut rows = vec![vec![Value::Null; width]; height];
    for ((row, column), value) in values {
        rows[(row - top) as usize][(column - left) as usize] = value;
    }
    let in_table =
        |(row, column): CellPlace| Some((row.checked_sub(top)? as usize, column.checked_sub(left)? as usize));
    let SheetLook { hidden_rows, hidden_columns, merged, shown, .. } = look;
    for text in shown {
        write_shown(&mut rows, &text, top..bottom + 1, left..right + 1);
    }
    let link = |(place, address): (CellPlace, String)| {
        let (row, column) = in_table(place)?;
        let text = rows.get(row)?.get(column)?.as_str().unwrap_or_default();
        (!text.contains(without_scheme(&address))).then_some(((row, column), address))
    };
    let links: HashMap<(usize, usize), String> = links.into_iter().filter_map(link).collect();
    let in_rows =
        |(rows, column): (Range<u32>, u32)| Some((in_table((rows.start, column))?, (rows.end - top) as usize));
    Ok(SourceTable {
        rows,
        links,
        hidden_rows: within(hidden_rows, top..bottom + 1).collect(),
        hidden_columns: within(hidden_columns, left..right + 1).collect(),
        merged: merged.into_iter().filter_map(in_rows).collect(),
        losses,
        ..SourceTable::default()
    })
}

/// Puts a text in place of the numbers that the cells of a table show as this text.
fn write_shown(cells: &mut [Vec<Value>], shown: &ShownText, rows: Range<u32>, columns: Range<u32>) {
    for row in within(vec![shown.rows.clone()], rows) {
        for column in within(vec![shown.columns.clone()], columns.clone()) {
            let cell = &mut cells[row][column];
            if cell.is_number() {
                *cell = Value::from(shown.text.as_str());
            }
        }
    }
}

/// The rows or columns of a table that these ranges have, counted from its first. Each is given once, since a damaged
/// file may have any number of ranges.
fn within(mut ranges: Vec<Range<u32>>, table: Range<u32>) -> impl Iterator<Item = usize> {
    ranges.sort_unstable_by_key(|range| range.start);
    let mut next = table.start;
    let rest = move |range: Range<u32>| {
        let rest = range.start.max(next)..range.end.min(table.end);
        next = next.max(rest.end);
        rest
    };
    ranges.into_iter().flat_map(rest).map(move |number| (number - table.start) as usize)
}

/// An address as people write it.
fn without_scheme(address: &str) -> &str {
    let schemes = ["https://", "http://", "mailto:"];
    let rest = schemes.iter().find_map(|scheme| address.strip_prefix(scheme)).unwrap_or(address);
    rest.trim_end_matches('/')
}

/// A cell of a workbook. A whole number is written without a point.
fn cell(cell: &Data) -> Value {
    match cell {
        Data::Empty | Data::Error(_) => Value::Null,
        Data::String(text) => Value::from(text.as_str()),
        Data::Bool(flag) => Value::from(*flag),
        Data::Int(number) => Value::from(*number),
        #[expect(clippy::cast_possible_truncation, reason = "the number is whole and small")]
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => Value::from(*number as i64),
        Data::Float(number) => Value::Number(Number::from(*number)),
        Data::DateTime(moment) => Value::from(moment_text(moment)),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Value::from(text.as_str()),
    }
}

/// A moment as a day, with its time if it has one; a time without a day, and a duration, as hours and minutes.
fn moment_text(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
    if moment.is_duration() || days.abs() < 1.0 {
        let minutes = (days * 24.0 * 60.0).round();
        return format!("{:02}:{:02}", (minutes / 60.0).trunc(), (minutes % 60.0).abs());
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute) == (0, 0) { date } else { format!("{date} {hour:02}:{minute:02}") }
}

#[cfg(test)]
mod tests;
