//! Text with commas, semicolons or tabs between its cells → a table.

use std::collections::BTreeMap;

use serde_yaml::Value;

use super::{Loss, MAX_CELLS, SourceTable, TableRow};
use crate::problem::message::shown;

/// Has the first line of a text tabs between its words?
pub(in crate::import) fn has_tabs(bytes: &[u8]) -> bool {
    let text = decoded(&bytes[..bytes.len().min(LONGEST_HEAD)]).0;
    text.trim_start().lines().next().is_some_and(|line| line.trim_end().contains('\t'))
}

/// The bytes in which tabs of the first line are searched for.
const LONGEST_HEAD: usize = 64 * 1024;

/// The table of a file of text.
pub(super) fn table(bytes: &[u8], has_tabs: bool) -> Result<SourceTable, String> {
    // A row is added at the end. If a quotation mark is never closed, that row becomes part of its cell.
    const END: &str = "\u{e000}end";
    let (mut text, losses) = decoded(bytes);
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
        None | Some(END) => Ok(SourceTable { rows, losses, ..SourceTable::default() }),
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

/// Decodes bytes: by their byte-order mark, as UTF-8, or as Windows-1252. A table in UTF-8 may have letters of
/// Windows-1252 that were pasted into it: the first of each line is reported.
fn decoded(bytes: &[u8]) -> (String, Vec<Loss>) {
    let (encoding, mark) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    let bytes = &bytes[mark..];
    if encoding != encoding_rs::UTF_8 {
        return (encoding.decode_without_bom_handling(bytes).0.into_owned(), Vec::new());
    }
    let of_windows = |bytes| encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0;
    // Letters of Windows-1252 are hardly ever UTF-8 by chance.
    if mark == 0 && bytes.utf8_chunks().all(|chunk| chunk.valid().is_ascii()) {
        return (of_windows(bytes).into_owned(), Vec::new());
    }
    let (mut text, mut line) = (String::with_capacity(bytes.len()), 1);
    let mut losses: BTreeMap<usize, Loss> = BTreeMap::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        line += chunk.valid().matches('\n').count();
        let letters = of_windows(chunk.invalid());
        text.push_str(&letters);
        if !letters.is_empty() {
            let before = text.char_indices().rev().take_while(|(_, letter)| *letter != '\n').take(20);
            let start = before.last().map_or(text.len(), |(at, _)| at);
            let loss = || Loss::other_encoding(&format!("“{}” in line {line}", shown(&text[start..])));
            losses.entry(line).or_insert_with(loss);
        }
    }
    (text, losses.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<Vec<String>> {
        let text = |cell: &Value| cell.as_str().unwrap_or_default().to_owned();
        table(bytes, false).unwrap().rows.iter().map(|row| row.iter().map(text).collect()).collect()
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_reported_with_its_line() {
        let unclosed = |text: &str| table(text.as_bytes(), false).err();
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
    fn letters_of_windows_in_a_table_in_utf_8_are_read_and_reported_with_their_line() {
        let read = table(b"title,caf\xc3\xa9\na,it\x92s a \x93b\n", false).unwrap();
        assert_eq!(read.rows[1][1], Value::from("it’s a “b"));
        assert_eq!(read.losses, [Loss::other_encoding("“a,it’” in line 2")]);
        assert_eq!(table("café\n".as_bytes(), false).unwrap().losses, []);
        assert_eq!(table(b"caf\xe9\n", false).unwrap().losses, []);
    }

    #[test]
    fn an_apostrophe_before_a_formula_is_removed() {
        assert_eq!(texts(b"a,b\n'=1+1,'tis\n")[1], ["=1+1", "'tis"]);
    }
}
