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
    beside_values::{BesideValues, SheetLook, comments_of_xlsx, error_in, looks_of_xlsx, place_in_words},
    opendocument::largest_sheet,
};

/// The largest size of all parts of a workbook together, unpacked, in bytes.
const LARGEST: u64 = 512 * 1024 * 1024;

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
    let (mut sheets, losses) = match Xlsx::new(Cursor::new(bytes)) {
        Ok(workbook) => {
            let looks = looks_of_xlsx(bytes);
            let look = |sheet: &str| looks.get(sheet).cloned().unwrap_or_default();
            let sheets = sheets_of(workbook, |workbook, sheet| cells_of_xlsx(workbook, sheet, look(sheet)))?;
            (sheets, comments_of_xlsx(bytes))
        }
        Err(no_xlsx) => {
            let workbook = Ods::new(Cursor::new(bytes)).map_err(|no_ods| match no_ods {
                OdsError::FileNotFound(_) | OdsError::InvalidMime(_) => no_xlsx.to_string(),
                damaged => damaged.to_string(),
            })?;
            let BesideValues { links, looks, losses } = BesideValues::of_ods(bytes);
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
    let zip = ZipArchive::new(Cursor::new(bytes));
    let mut zip = zip.map_err(|_| "it is not a file of Excel (.xlsx) or LibreOffice (.ods), or it is damaged")?;
    let mut left = limit;
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(|error| error.to_string())?;
        let is_table = part.name().is_ok_and(|name| name == "content.xml");
        let mut part = part.take(left);
        if is_table {
            let size = largest_sheet(BufReader::new(&mut part)).ok_or("its part content.xml is not whole")?;
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
    let (mut values, mut losses) = (Vec::new(), Vec::new());
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
        "has values as far as row {row} and column {column}, which is too large a table; delete what stands far from the table"
    )
}

/// The rows from the first to the last value, all of one width.
fn table(SheetCells { values, links, look, losses }: SheetCells) -> Result<SourceTable, String> {
    let edges = |of: fn(&(CellPlace, Value)) -> u32| Some((values.iter().map(of).min()?, values.iter().map(of).max()?));
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
    let in_table = |((row, column), address): (CellPlace, String)| {
        let place = (row.checked_sub(top)? as usize, column.checked_sub(left)? as usize);
        let text = rows.get(place.0)?.get(place.1)?.as_str().unwrap_or_default();
        (!text.contains(without_scheme(&address))).then_some((place, address))
    };
    let links: HashMap<(usize, usize), String> = links.into_iter().filter_map(in_table).collect();
    let SheetLook { hidden_rows, hidden_columns, merged } = look;
    let in_table = |(rows, column): (Range<u32>, u32)| {
        let place = (rows.start.checked_sub(top)? as usize, column.checked_sub(left)? as usize);
        Some((place, (rows.end - top) as usize))
    };
    Ok(SourceTable {
        rows,
        links,
        hidden_rows: within(hidden_rows, top..bottom + 1).collect(),
        hidden_columns: within(hidden_columns, left..right + 1).collect(),
        merged: merged.into_iter().filter_map(in_table).collect(),
        losses,
        ..SourceTable::default()
    })
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
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// A workbook with one sheet of these rows. The styles after the first are those of a day, of a time of day, of a
    /// day with a time, and of a duration.
    fn workbook(rows: &str) -> Vec<u8> {
        workbook_with(rows, "", &[])
    }

    /// A workbook with one sheet of these rows, with these elements after them, and with these other parts.
    fn workbook_with(rows: &str, after: &str, others: &[(&str, &str)]) -> Vec<u8> {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let sheet = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
        let relation = |id: &str, kind: &str, to: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{to}\"/>")
        };
        let relations = |all: String| {
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
            )
        };
        let parts = [
            ("_rels/.rels", relations(relation("a", "officeDocument", "xl/workbook.xml"))),
            (
                "xl/_rels/workbook.xml.rels",
                relations(relation("a", "worksheet", "worksheets/sheet1.xml") + &relation("b", "styles", "styles.xml")),
            ),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook {sheet} xmlns:r=\"{office}\"><sheets><sheet name=\"Cases\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/styles.xml",
                format!(
                    "<styleSheet {sheet}><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"20\"/><xf numFmtId=\"22\"/><xf numFmtId=\"46\"/></cellXfs></styleSheet>"
                ),
            ),
            (
                "xl/worksheets/sheet1.xml",
                format!("<worksheet {sheet} xmlns:r=\"{office}\"><sheetData>{rows}</sheetData>{after}</worksheet>"),
            ),
        ];
        let parts = parts.iter().map(|(name, text)| (*name, text.as_str())).chain(others.iter().copied());
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn the_cells_of_a_workbook_keep_their_kinds() {
        let text = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let names = ["Title", "Date", "Cost"].map(text).concat();
        let values = format!("{}<c s=\"1\"><v>43831</v></c><c><v>12.5</v></c>", text("Caf\u{e9}"));
        let read = sheets(&workbook(&format!("<row>{names}</row><row>{values}</row>"))).unwrap();
        let [SourceTable { sheet, rows, .. }] = read.as_slice() else { panic!("one sheet") };
        assert_eq!(sheet, "");
        assert_eq!(rows[0], ["Title", "Date", "Cost"].map(Value::from));
        assert_eq!(rows[1], [Value::from("Caf\u{e9}"), Value::from("2020-01-01"), Value::from(12.5)]);
        let refused = sheets(b"no workbook").unwrap_err();
        assert_eq!(refused, "it is not a file of Excel (.xlsx) or LibreOffice (.ods), or it is damaged");
    }

    #[test]
    fn times_and_durations_keep_their_hours() {
        let cell = |style: usize, value: f64| format!("<c s=\"{style}\"><v>{value}</v></c>");
        let names = ["A", "B", "C", "D"].map(|name| format!("<c t=\"inlineStr\"><is><t>{name}</t></is></c>")).concat();
        let values =
            [cell(1, 43832.0), cell(2, 9.5 / 24.0), cell(3, 43832.0 + 13.75 / 24.0), cell(4, 30.0 / 24.0)].concat();
        let read = sheets(&workbook(&format!("<row>{names}</row><row>{values}</row>"))).unwrap();
        assert_eq!(read[0].rows[1], ["2020-01-02", "09:30", "2020-01-02 13:45", "30:00"].map(Value::from));
    }

    #[test]
    fn links_of_cells_are_found_and_comments_are_reported() {
        let text = |place: &str, text: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let rows = format!(
            "<row r=\"3\">{}</row><row r=\"4\">{}{}</row>",
            text("B3", "Title"),
            text("B4", "The desk"),
            text("C4", "www.a.uk/b")
        );
        let link = |place: &str, id: &str, part: &str| format!("<hyperlink ref=\"{place}\" r:id=\"{id}\"{part}/>");
        let links = [link("B4", "a", " location=\"part\""), link("C4", "b", "")].concat();
        let inside = "<hyperlink ref=\"B3\" location=\"Cases!A1\"/>";
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";
        let relation = |id: &str, to: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{to}\" TargetMode=\"External\"/>")
        };
        let relations = format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}{}</Relationships>",
            relation("a", "https://a.uk/desk"),
            relation("b", "http://www.a.uk/b/")
        );
        let comment =
            |cell: &str, text: &str| format!("<comment ref=\"{cell}\"><text><r><t>{text}</t></r></text></comment>");
        let notice = "[Threaded comment]\n\nYour version of Excel cannot edit it.\n\nComment:\n    Why?";
        let comments = format!(
            "<comments><commentList>{}{}</commentList></comments>",
            comment("B4", "Ask Ann."),
            comment("C4", notice)
        );
        let bytes = workbook_with(
            &rows,
            &format!("<hyperlinks>{links}{inside}</hyperlinks>"),
            &[("xl/worksheets/_rels/sheet1.xml.rels", relations.as_str()), ("xl/comments1.xml", comments.as_str())],
        );
        let read = sheets(&bytes).unwrap();
        assert_eq!(read[0].links, HashMap::from([((1, 0), "https://a.uk/desk#part".to_owned())]));
        assert_eq!(read[0].losses, ["“Ask Ann.” on B4", "“Why?” on C4"].map(Loss::comment_on_cell));
    }

    #[test]
    fn hidden_rows_are_found_wherever_the_table_begins() {
        let row = |number: u32, look: &str| {
            format!("<row r=\"{number}\"{look}><c t=\"inlineStr\"><is><t>{number}</t></is></c></row>")
        };
        let hidden = " hidden=\"1\"";
        let rows = [row(2, hidden), row(4, ""), row(5, hidden), row(6, " hidden=\"0\""), row(7, " hidden=\"true\"")];
        let read = sheets(&workbook(&rows.concat())).unwrap();
        assert_eq!(read[0].hidden_rows, HashSet::from([0, 3, 5]));

        let row = |text: &str, look: &str| {
            let cell =
                format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>");
            format!("<table:table-row{look}>{cell}</table:table-row>")
        };
        let rows = [
            row("Title", ""),
            row("Shown", ""),
            row("Hidden", " table:visibility=\"collapse\""),
            row("Filtered", " table:visibility=\"filter\" table:number-rows-repeated=\"2\""),
            row("Shown", " table:visibility=\"visible\""),
        ];
        let sheet = |name: &str, style: &str| {
            format!("<table:table table:name=\"{name}\" table:style-name=\"{style}\">{}</table:table>", rows.concat())
        };
        let content = format!(
            "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\">\
             <style:style style:name=\"a\"><style:table-properties table:display=\"true\"></style:table-properties></style:style>\
             <style:style style:name=\"b\"><style:table-properties table:display=\"false\"></style:table-properties></style:style>\
             <office:body><office:spreadsheet>{}{}</office:spreadsheet></office:body></office:document-content>",
            sheet("Seen", "a"),
            sheet("Unseen", "b")
        );
        let read = sheets(&open_document(&content)).unwrap();
        assert_eq!(read[0].hidden_rows, HashSet::from([2, 3, 4]));
        assert_eq!(read[1].hidden_rows, (0..6).collect());
    }

    #[test]
    fn a_value_far_from_the_table_is_reported_and_takes_no_memory() {
        let far = |place: &str| {
            let value = |place: &str| format!("<row><c r=\"{place}\" t=\"inlineStr\"><is><t>x</t></is></c></row>");
            sheets(&workbook(&["A1", "B2", place].map(value).concat()))
        };
        let expected = "the sheet Cases has values as far as row 1048576 and column 16384, which is too large a table; delete what \
                        stands far from the table";
        assert_eq!(far("XFD1048576").unwrap_err(), expected);
        let rows = far("C9").unwrap().remove(0).rows;
        assert_eq!((rows.len(), rows[0].len(), &rows[8][2]), (9, 3, &Value::from("x")));
    }

    #[test]
    fn a_row_number_that_is_too_large_is_refused() {
        let row = "<row><c r=\"A99999999999\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
        assert!(sheets(&workbook(row)).is_err());
    }

    #[test]
    fn a_table_may_begin_anywhere_in_a_sheet() {
        let at = |place: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{place}</t></is></c>");
        let below = [at("C5"), at("D5")].concat();
        let read = sheets(&workbook(&format!("<row r=\"5\">{below}</row><row r=\"7\">{}</row>", at("D7")))).unwrap();
        let text = |text: &str| Value::from(text);
        assert_eq!(read[0].rows, [vec![text("C5"), text("D5")], vec![Value::Null; 2], vec![Value::Null, text("D7")]]);
    }

    /// An OpenDocument table with this content.
    fn open_document(content: &str) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let kind = "application/vnd.oasis.opendocument.spreadsheet";
        for (name, text) in [("mimetype", kind), ("META-INF/manifest.xml", "<manifest/>"), ("content.xml", content)] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn links_of_an_open_document_are_found_and_its_comments_are_reported() {
        let cell = |inside: &str| format!("<table:table-cell office:value-type=\"string\">{inside}</table:table-cell>");
        let comment =
            "<office:annotation><dc:creator>Ann</dc:creator><text:p>Why &amp; when?</text:p></office:annotation>";
        let content = format!(
            "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:xlink=\"l\" xmlns:dc=\"d\">\
             <office:body><office:spreadsheet><table:table table:name=\"Cases\">\
             <table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>\
             <table:table-row><table:table-cell table:number-columns-repeated=\"3\"/>{}</table:table-row>\
             <table:table-row><table:table-cell table:number-columns-repeated=\"3\"/>{}</table:table-row>\
             </table:table></office:spreadsheet></office:body></office:document-content>",
            cell("<text:p>Title</text:p>"),
            cell(&format!("{comment}<text:p><text:a xlink:href=\"https://a.uk/desk\">The desk</text:a></text:p>"))
        );
        let read = sheets(&open_document(&content)).unwrap();
        assert_eq!(read[0].rows, [[Value::from("Title")], [Value::from("The desk")]]);
        assert_eq!(read[0].links, HashMap::from([((1, 0), "https://a.uk/desk".to_owned())]));
        assert_eq!(read[0].losses, [Loss::comment_on_cell("“Why & when?” on row 4, column 4")]);
    }

    #[test]
    fn an_open_document_that_is_cut_off_is_refused_without_waiting_for_its_end() {
        let cell = |text: &str| {
            format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
        };
        let row = |text: &str| format!("<table:table-row>{}</table:table-row>", cell(text));
        let content = format!(
            "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
             <table:table table:name=\"Cases\">{}{}</table:table></office:spreadsheet></office:body></office:document-content>",
            row("title"),
            row("One")
        );
        let read = sheets(&open_document(&content)).unwrap();
        assert_eq!(read[0].rows, [[Value::from("title")], [Value::from("One")]]);
        for end in content.match_indices('<').map(|(at, _)| at).skip(1) {
            assert_eq!(
                sheets(&open_document(&content[..end])).unwrap_err(),
                "its part content.xml is not whole",
                "cut at {end}"
            );
        }
    }

    #[test]
    fn an_open_document_with_a_cell_repeated_millions_of_times_is_refused_without_making_the_cells() {
        let content = "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Cases\">\
                       <table:table-row table:number-rows-repeated=\"6000\">\
                       <table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16384\"><text:p>x</text:p>\
                       </table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>\
                       </office:document-content>";
        let expected = "a sheet has values as far as row 6000 and column 16384, which is too large a table; delete what stands \
                        far from the table";
        assert_eq!(sheets(&open_document(content)).unwrap_err(), expected);
    }

    #[test]
    fn a_workbook_that_is_too_large_unpacked_is_refused() {
        let spaces = workbook(&" ".repeat(100_000));
        assert!(spaces.len() < 10_000);
        assert_eq!(check_parts(&spaces, 100_000).unwrap_err(), "it is far too large");
        assert!(check_parts(&spaces, 110_000).is_ok());
    }
}
