//! Spreadsheets → items, one for each row: text with commas, semicolons or tabs between cells, and workbooks.
//!
//! The first row has the names of the columns if one of them is that of the title. Otherwise one of the next rows may,
//! since captions and names of groups may stand above them. Text may be UTF-8, UTF-16 or Windows-1252. A
//! formula gives the value that the program stored with it, and a link of a cell becomes a field of its own.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_yaml::{Mapping, Value};

use super::{
    ImportItem, ImportKind, ImportSource, Loss, SourceContents, UnreadableFile, each_file, kind,
    mapping::{holds_sources, title_column},
    posts,
};
use crate::{
    model::questions::plain,
    problem::{FilePath, message::shown},
};

mod beside_values;
mod number_formats;
mod opendocument;
mod sheet_look;
mod text;
mod workbook;

pub(super) use text::has_tabs;

/// The most rows that stand above the names of the columns.
const MAX_ROWS_ABOVE: usize = 5;

/// The most cases of a table.
const MAX_CASES: usize = 10_000;

/// The most cells of a table that is read.
const MAX_CELLS: usize = 5_000_000;

/// A row of a table.
type TableRow = Vec<Value>;

/// A table of a file: a file of text has one, a workbook has one for each sheet.
#[derive(Debug, Default)]
struct SourceTable {
    /// The name of its sheet; empty if the file has one table.
    sheet: String,
    rows: Vec<TableRow>,
    /// The addresses of the cells that are links, by row and column, unless the cell shows them.
    links: HashMap<(usize, usize), String>,
    /// The rows that are hidden in the program, or stand on a hidden sheet.
    hidden_rows: HashSet<usize>,
    hidden_columns: BTreeSet<usize>,
    /// The cells that reach over several rows, by row and column: the row after the last.
    merged: HashMap<(usize, usize), usize>,
    /// The content that could not be read, each with its line or cell at its end.
    losses: Vec<Loss>,
}

/// Is a file read as a table? One that was asked for alone may have any extension that says nothing else.
pub(super) fn is_table(file: &FilePath, source: &ImportSource<'_>) -> bool {
    let has_ending = ImportKind::Spreadsheet.endings().contains(&file.extension().as_str());
    has_ending || source.only_file() == Some(file) && kind::is_unknown(file)
}

/// Reads every table of a source.
pub(super) fn read(source: &ImportSource<'_>, progress: &(dyn Fn() + Sync)) -> SourceContents {
    let files: Vec<FilePath> = source.requested_files().filter(|file| is_table(file, source)).cloned().collect();
    let read = |file: &FilePath, bytes: Vec<u8>| {
        let unreadable =
            |message: String, help: &str| UnreadableFile { file: file.to_string(), message, help: help.to_owned() };
        let tables = match file.extension().as_str() {
            "xlsx" | "xlsm" | "ods" => workbook::sheets(&bytes).map_err(|why| {
                unreadable(
                    format!("it cannot be read as a workbook: {why}"),
                    "save it again as .xlsx without a password, or as .csv",
                )
            })?,
            ending => vec![
                text::table(&bytes, ending == "tsv")
                    .map_err(|why| unreadable(why, "fix the line, or save the table again as CSV"))?,
            ],
        };
        let mut found = Vec::new();
        for table in tables {
            found.extend(items(source, file, table).map_err(|(message, help)| unreadable(message, help))?);
        }
        if found.is_empty() {
            return Err(unreadable(
                "it has no row below its names of columns".to_owned(),
                "let the first row name the columns: title, summary, …",
            ));
        }
        Ok(found)
    };
    let (items, unreadable) = each_file(source, &files, progress, read);
    SourceContents { items, unreadable, ..SourceContents::default() }
}

/// Why a table cannot be read, and the way out.
type TableError = (String, &'static str);

/// The items of a table.
fn items(source: &ImportSource<'_>, file: &FilePath, table: SourceTable) -> Result<Vec<ImportItem>, TableError> {
    let SourceTable { sheet, mut rows, links, hidden_rows, hidden_columns, merged, losses } = table;
    let Some(head) = head(&rows) else {
        return Ok(Vec::new());
    };
    fill_merged_cells(&mut rows, merged.into_iter().filter(|((row, _), _)| *row > head).collect());
    let in_file = |loss: Loss| Loss { what: format!("{} of {file}", loss.what), ..loss };
    let mut losses: Vec<Loss> = losses.into_iter().map(in_file).collect();
    losses.extend(captions(&rows[..head], file));
    let names = names(&rows[head], &mut losses);
    check_title_column(&names, &mut losses)?;
    let is_filled = |column: &usize| rows[head + 1..].iter().any(|row| has_cell(row, *column));
    let hidden = hidden_columns.into_iter().filter(is_filled).map(|column| name_of(&names, column));
    losses.extend(hidden.map(|name| Loss::hidden_column(&format!("{name} of {file}"))));
    let reader = RowReader::new(source, file, sheet, &names, links);
    let copies = copies(&rows, head, reader.title.and_then(|title| names.iter().position(|name| name == title)));
    losses.extend(loss_of_copies(&copies, file));
    let is_case = |n: usize, row: &TableRow| filled(row) > 0 && !copies.contains(&n);
    check_count(rows.iter().enumerate().skip(head + 1).filter(|(n, row)| is_case(*n, row)).count())?;
    let rows = rows.into_iter().enumerate().skip(head + 1).filter(|(n, row)| is_case(*n, row));
    let item = |(n, row)| {
        // All items share one header row, so its losses are reported once, with the first item.
        let mut losses = std::mem::take(&mut losses);
        if hidden_rows.contains(&n) {
            losses.push(Loss::hidden_row(&format!("{} of {file}", reader.place(n))));
        }
        ImportItem { losses, ..reader.item(n, row) }
    };
    Ok(rows.map(item).collect())
}

/// Reports a table in which no column is that of the title. An error if the first row has values and no names.
fn check_title_column(names: &[String], losses: &mut Vec<Loss>) -> Result<(), TableError> {
    if title_column(names).is_some() {
        return Ok(());
    }
    let is_value = |name: &String| name.parse::<f64>().is_ok() || name.parse::<jiff::civil::Date>().is_ok();
    if names.iter().all(is_value) {
        return Err((
            format!("its first row has no names of columns but values: {}", names.join(", ")),
            "add a first row that names the columns: title, summary, …",
        ));
    }
    losses.push(Loss::head_without_title(&names.join(", ")));
    Ok(())
}

/// Makes items of the rows of one table.
struct RowReader<'a> {
    source: &'a ImportSource<'a>,
    file: &'a FilePath,
    sheet: String,
    /// The names of the columns.
    names: &'a [String],
    title: Option<&'a str>,
    slug: Option<&'a str>,
    permalink: Option<&'a str>,
    links: HashMap<(usize, usize), String>,
}

impl<'a> RowReader<'a> {
    fn new(
        source: &'a ImportSource<'a>,
        file: &'a FilePath,
        sheet: String,
        names: &'a [String],
        links: HashMap<(usize, usize), String>,
    ) -> RowReader<'a> {
        let column_of = |wanted: &str| names.iter().find(|name| plain(name) == wanted).map(String::as_str);
        let (slug, permalink) = (column_of("slug"), column_of("permalink"));
        RowReader { source, file, sheet, names, title: title_column(names), slug, permalink, links }
    }

    /// The place of a row in the file, for people.
    fn place(&self, n: usize) -> String {
        if self.sheet.is_empty() { format!("row {}", n + 1) } else { format!("{} row {}", self.sheet, n + 1) }
    }

    fn item(&self, n: usize, row: TableRow) -> ImportItem {
        let RowReader { file, slug, permalink, .. } = *self;
        let fields = self.fields(n, row);
        let text = |column: Option<&str>| fields.get(column?).and_then(Value::as_str).map(str::to_owned);
        let address = text(permalink).and_then(|address| posts::path_of(address.trim()));
        let used_fields = [slug.filter(|_| text(slug).is_some()), permalink.filter(|_| address.is_some())];
        let place = self.place(n);
        ImportItem {
            source_place: format!("{}/{file}#{place}", self.source.name),
            file: Some(file.clone()),
            name: text(slug).or_else(|| text(self.title)).unwrap_or_else(|| format!("{} {place}", file.stem())),
            used_fields: used_fields.into_iter().flatten().map(str::to_owned).collect(),
            addresses: address.into_iter().collect(),
            fields,
            ..ImportItem::default()
        }
    }

    /// The cells of a row that have a value, by the names of their columns.
    fn fields(&self, n: usize, row: TableRow) -> Mapping {
        let mut fields = Mapping::new();
        for (column, cell) in row.into_iter().enumerate().filter(|(_, cell)| !is_blank(cell)) {
            let name = name_of(self.names, column);
            match self.links.get(&(n, column)) {
                Some(address) => add_with_link(&mut fields, &name, cell, address),
                None => drop(fields.insert(Value::from(name), cell)),
            }
        }
        fields
    }
}

/// Gives the values of merged cells to each of their rows that has other cells.
fn fill_merged_cells(rows: &mut [TableRow], mut merged: Vec<((usize, usize), usize)>) {
    let has_cells: Vec<bool> = rows.iter().map(|row| filled(row) > 0).collect();
    merged.sort_unstable_by_key(|((row, column), _)| (*column, *row));
    let mut last = (usize::MAX, 0);
    for ((row, column), end) in merged {
        // Merged cells do not overlap, except in a damaged workbook.
        let is_free = last.0 != column || last.1 <= row;
        let value = rows.get(row).and_then(|row| row.get(column)).filter(|value| is_free && !is_blank(value));
        let Some(value) = value.cloned() else { continue };
        last = (column, end);
        for (row, _) in rows.iter_mut().zip(&has_cells).take(end).skip(row + 1).filter(|(_, has_cells)| **has_cells) {
            match row.get_mut(column) {
                Some(cell) if is_blank(cell) => *cell = value.clone(),
                _ => break,
            }
        }
    }
}

/// The rows without a title whose every cell equals that of the row above: a column that was filled to its end.
fn copies(rows: &[TableRow], head: usize, title: Option<usize>) -> HashSet<usize> {
    let Some(title) = title else { return HashSet::new() };
    let is_copy = |n: &usize| {
        let (above, row) = (&rows[n - 1], &rows[*n]);
        let is_same = |(column, cell): (usize, &Value)| is_blank(cell) || above.get(column) == Some(cell);
        !has_cell(row, title) && filled(row) > 0 && row.iter().enumerate().all(is_same)
    };
    (head + 2..rows.len()).filter(is_copy).collect()
}

fn loss_of_copies(copies: &HashSet<usize>, file: &FilePath) -> Option<Loss> {
    let first = copies.iter().min()? + 1;
    let count = if copies.len() == 1 { "1 row".to_owned() } else { format!("{} rows", copies.len()) };
    Some(Loss::rows_of_copies(&format!("{count} of {file}, from row {first}")))
}

fn check_count(cases: usize) -> Result<(), TableError> {
    if cases <= MAX_CASES {
        return Ok(());
    }
    Err((
        format!("it has {cases} rows below its names of columns, where {MAX_CASES} are the most"),
        "delete the rows that are not cases, or split the table",
    ))
}

fn has_cell(row: &TableRow, column: usize) -> bool {
    row.get(column).is_some_and(|cell| !is_blank(cell))
}

fn name_of(names: &[String], column: usize) -> String {
    names.get(column).cloned().unwrap_or_else(|| format!("column {}", column + 1))
}

/// The row with the names of the columns: the first, if it names the title; otherwise one of the next rows that names
/// it and has more cells than all above; otherwise the first with more than one cell.
fn head(rows: &[TableRow]) -> Option<usize> {
    let names_title = |row: &TableRow| title_column(&names(row, &mut Vec::new())).is_some();
    let top = rows.iter().position(|row| filled(row) > 0)?;
    if names_title(&rows[top]) {
        return Some(top);
    }
    let is_wider = |row: usize| rows[top..row].iter().all(|above| filled(above) < filled(&rows[row]));
    let mut next = (top + 1..rows.len()).take(MAX_ROWS_ABOVE);
    let named = next.find(|&row| names_title(&rows[row]) && is_wider(row));
    named.or_else(|| rows.iter().position(|row| filled(row) > 1)).or(Some(top))
}

/// What stands above the names of the columns.
fn captions(rows: &[TableRow], file: &FilePath) -> impl Iterator<Item = Loss> {
    let text = |cell: &Value| match cell {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let captions = rows.iter().map(move |row| row.iter().filter_map(text).collect::<Vec<_>>().join(", "));
    let captions = captions.filter(|caption| !caption.is_empty());
    captions.map(move |caption| Loss::above_names(&format!("“{}” in {file}", shown(&caption))))
}

/// The number of cells with a value.
fn filled(row: &TableRow) -> usize {
    row.iter().filter(|cell| !is_blank(cell)).count()
}

/// Adds a cell that is a link. A source takes the address; beside another cell, the address is a field of its own.
fn add_with_link(fields: &mut Mapping, name: &str, cell: Value, address: &str) {
    match cell.as_str().filter(|text| holds_sources(name) && !text.contains(['\n', ';', '|'])) {
        Some(source) => drop(fields.insert(Value::from(name), Value::from(format!("{source} {address}")))),
        None => {
            fields.insert(Value::from(name), cell);
            fields.insert(Value::from(format!("{name} (link)")), Value::from(address));
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn the_address_of_a_link_goes_to_its_source_or_to_a_field_of_its_own() {
        let row = |cells: [&str; 3]| cells.map(Value::from).to_vec();
        let rows = vec![row(["Title", "Sources", "More sources"]), row(["Desk", "Audit", "One; two"])];
        let links = (0..3).map(|column| ((1, column), format!("https://a.uk/{column}"))).collect();
        let file = FilePath::new("a.xlsx");
        let bytes = |_: &FilePath| Ok(Vec::new());
        let source = ImportSource { name: "old".into(), files: Vec::new(), requested: String::new(), bytes: &bytes };
        let items = items(&source, &file, SourceTable { rows, links, ..SourceTable::default() }).unwrap();
        assert_eq!(
            serde_json::to_string(&items[0].fields).unwrap(),
            r#"{"Title":"Desk","Title (link)":"https://a.uk/0","Sources":"Audit https://a.uk/1","More sources":"One; two","More sources (link)":"https://a.uk/2"}"#
        );
    }
}
