//! Spreadsheets → items, one for each row: text with commas, semicolons or tabs between cells, and workbooks.
//!
//! The first row has the names of the columns if one of them is that of the title. Otherwise the first row with more
//! than one cell has them, since captions may stand above a table. Text may be UTF-8, UTF-16 or Windows-1252. A
//! formula gives the value that the program stored with it.

use std::collections::{HashMap, HashSet};

use serde_yaml::{Mapping, Value};

use super::{ImportItem, ImportKind, ImportSource, Loss, SourceContents, Unread, each_file, mapping::title_column};
use crate::problem::FilePath;

mod opendocument;
mod workbook;

/// The most cells of a table that is read.
const MAX_CELLS: usize = 5_000_000;

/// A row of a table.
type TableRow = Vec<Value>;

/// Reads every table of a source.
pub(super) fn read(source: &ImportSource<'_>, progress: &(dyn Fn() + Sync)) -> SourceContents {
    let is_table = |file: &&FilePath| ImportKind::Spreadsheet.endings().contains(&file.extension().as_str());
    let files: Vec<FilePath> = source.requested_files().filter(is_table).cloned().collect();
    let read = |file: &FilePath, bytes: Vec<u8>| {
        let unread = |message: String, help: &str| Unread { file: file.to_string(), message, help: help.to_owned() };
        let tables = match file.extension().as_str() {
            "xlsx" | "xlsm" | "ods" => workbook::sheets(&bytes).map_err(|why| {
                unread(
                    format!("it cannot be read as a workbook: {why}"),
                    "save it again as .xlsx without a password, or as .csv",
                )
            })?,
            ending => vec![(
                String::new(),
                rows(&bytes, ending == "tsv")
                    .map_err(|why| unread(why, "fix the line, or save the table again as CSV"))?,
            )],
        };
        let mut found = Vec::new();
        for (sheet, rows) in tables {
            let items = items(source, file, &sheet, rows).map_err(|first| {
                unread(
                    format!("its first row has no names of columns but values: {first}"),
                    "add a first row that names the columns: title, summary, …",
                )
            })?;
            found.extend(items);
        }
        if found.is_empty() {
            return Err(unread(
                "it has no row below its names of columns".to_owned(),
                "let the first row name the columns: title, summary, …",
            ));
        }
        Ok(found)
    };
    let (items, unread) = each_file(source, &files, progress, read);
    SourceContents { items, unread, ..SourceContents::default() }
}

/// The items of a table. The error is the first row, if it has values where the names of the columns should be.
fn items(
    source: &ImportSource<'_>,
    file: &FilePath,
    sheet: &str,
    rows: Vec<TableRow>,
) -> Result<Vec<ImportItem>, String> {
    let filled = |row: &TableRow| row.iter().filter(|cell| !is_blank(cell)).count();
    let first = |is_head: &dyn Fn(&TableRow) -> bool| rows.iter().position(is_head);
    let names_title = |row: &TableRow| title_column(&names(row, &mut Vec::new())).is_some();
    let top = first(&|row| filled(row) > 0);
    let head = top.filter(|&top| names_title(&rows[top])).or_else(|| first(&|row| filled(row) > 1)).or(top);
    let Some(head) = head else {
        return Ok(Vec::new());
    };
    let mut losses = Vec::new();
    let names = names(&rows[head], &mut losses);
    let title_column = title_column(&names);
    if title_column.is_none() {
        let is_value = |name: &String| name.parse::<f64>().is_ok() || name.parse::<jiff::civil::Date>().is_ok();
        if names.iter().all(is_value) {
            return Err(names.join(", "));
        }
        losses.push(Loss::head_without_title(&names.join(", ")));
    }
    let mut items = Vec::new();
    for (n, row) in rows.into_iter().enumerate().skip(head + 1) {
        if filled(&row) == 0 {
            continue;
        }
        let place = if sheet.is_empty() { format!("row {}", n + 1) } else { format!("{sheet} row {}", n + 1) };
        let mut fields = Mapping::new();
        for (column, cell) in row.into_iter().enumerate().filter(|(_, cell)| !is_blank(cell)) {
            let name = names.get(column).cloned().unwrap_or_else(|| format!("column {}", column + 1));
            fields.insert(Value::from(name), cell);
        }
        let title = title_column.and_then(|column| fields.get(column));
        let name = title.and_then(Value::as_str).map_or_else(|| format!("{} {place}", file.stem()), str::to_owned);
        // All items share one header row, so its losses are reported once, with the first item.
        let losses = std::mem::take(&mut losses);
        items.push(ImportItem {
            origin: format!("{}/{file}#{place}", source.name),
            file: Some(file.clone()),
            name,
            fields,
            losses,
            ..ImportItem::default()
        });
    }
    Ok(items)
}

fn is_blank(cell: &Value) -> bool {
    cell.is_null() || cell.as_str().is_some_and(|text| text.trim().is_empty())
}

/// The names of the columns. A repeated name gets a number; a column without a name is named by its position.
fn names(head: &TableRow, losses: &mut Vec<Loss>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let (mut taken, mut numbers): (HashSet<String>, HashMap<String, usize>) = (HashSet::new(), HashMap::new());
    for (n, cell) in head.iter().enumerate() {
        let text = match cell {
            Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        let name = if text.is_empty() { format!("column {}", n + 1) } else { text };
        let mut free = name.clone();
        while !taken.insert(free.clone()) {
            // Numbers below the last one are taken.
            let number = numbers.entry(name.clone()).or_insert(1);
            *number += 1;
            free = format!("{name} {number}");
        }
        if free != name {
            losses.push(Loss::column_twice(&format!("{name}: now {free}")));
        }
        names.push(free);
    }
    names
}

/// The rows of a text table.
fn rows(bytes: &[u8], has_tabs: bool) -> Result<Vec<TableRow>, String> {
    // A row is added at the end. If a quotation mark is never closed, that row becomes part of its cell.
    const END: &str = "\u{e000}end";
    let mut text = decoded(bytes);
    text.push('\n');
    text.push_str(END);
    let delimiter = if has_tabs { b'\t' } else { delimiter(&text) };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows: Vec<TableRow> = Vec::new();
    let mut cells = 0;
    for record in reader.records() {
        let record = record.map_err(|error| format!("it cannot be read as a table: {error}"))?;
        cells += record.len();
        if cells > MAX_CELLS {
            return Err("it has too many cells".to_owned());
        }
        // An apostrophe before text keeps a spreadsheet from reading it as a formula; it is not part of the text.
        let cell = |cell: &str| {
            let is_guarded = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r']));
            Value::from(is_guarded.unwrap_or(cell))
        };
        rows.push(record.iter().map(cell).collect());
    }
    let last = rows.pop().unwrap_or_default();
    match last.last().and_then(Value::as_str) {
        None | Some(END) => Ok(rows),
        Some(cell) => {
            let line = 1 + text.matches('\n').count() - cell.matches('\n').count();
            Err(format!("a quotation mark is opened in line {line} and never closed"))
        }
    }
}

/// The separator of cells: the candidate that the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    [(',', b','), (';', b';'), ('\t', b'\t')]
        .into_iter()
        .rev()
        .max_by_key(|(mark, _)| count(*mark))
        .map_or(b',', |(_, byte)| byte)
}

/// Decodes bytes: by their byte-order mark, as UTF-8, or as Windows-1252.
fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<Vec<String>> {
        let text = |cell: &Value| cell.as_str().unwrap_or_default().to_owned();
        rows(bytes, false).unwrap().iter().map(|row| row.iter().map(text).collect()).collect()
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_reported_with_its_line() {
        let unclosed = |text: &str| rows(text.as_bytes(), false).err();
        let in_line = |line: usize| Some(format!("a quotation mark is opened in line {line} and never closed"));
        assert_eq!(unclosed("title,summary\nOne,\"open\nTwo,b\n"), in_line(2));
        assert_eq!(unclosed("title,summary\nOne,a\nTwo,\"b"), in_line(3));
        assert_eq!(unclosed("title,text\na,\"b\nc,d\ne,f\ng,h\n"), in_line(2));
        assert_eq!(unclosed("title,summary\nOne,\"closed\nin two lines\"\nA 5\" pipe,b\n"), None);
        assert_eq!(texts(b"a,b\n\n"), [["a", "b"]]);
    }

    #[test]
    fn text_is_read_in_every_encoding() {
        let wanted = vec![vec!["title".to_owned(), "café".to_owned()]];
        assert_eq!(texts("title,café\n".as_bytes()), wanted);
        assert_eq!(texts("\u{feff}title;café\n".as_bytes()), wanted);
        assert_eq!(texts(b"title\tcaf\xe9\r\n"), wanted);
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("title,café\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(texts(&wide), wanted);
    }

    #[test]
    fn repeated_and_empty_column_names_become_distinct() {
        let mut losses = Vec::new();
        let head = ["title", "", "title"].map(Value::from).to_vec();
        assert_eq!(names(&head, &mut losses), ["title", "column 2", "title 2"]);
        assert_eq!(losses.len(), 1);
        // Of 25,000 equal names each must be found without trying the numbers of all others.
        let many = names(&vec![Value::from("c"); 25_000], &mut losses);
        assert_eq!((many[1].as_str(), many[24_999].as_str()), ("c 2", "c 25000"));
    }

    #[test]
    fn an_apostrophe_before_a_formula_is_removed() {
        assert_eq!(texts(b"a,b\n'=1+1,'tis\n")[1], ["=1+1", "'tis"]);
    }
}
