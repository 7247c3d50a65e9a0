//! Tests of workbooks, which are put together here from their parts.

use std::collections::HashSet;

use super::*;

/// A workbook with one sheet of these rows. The styles after the first are those of a day, of a time of day, of a
/// day with a time, of a duration, of a percentage, and of pounds.
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
                "<styleSheet {sheet}><numFmts><numFmt numFmtId=\"164\" formatCode=\"&quot;£&quot;#,##0\"/></numFmts>\
                 <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"20\"/><xf numFmtId=\"22\"/>\
                 <xf numFmtId=\"46\"/><xf numFmtId=\"9\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
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
fn a_formula_without_a_stored_value_is_reported() {
    let text = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let names = ["Title", "Cost", "Notes", "More", "Last"].map(text).concat();
    let formulas =
        "<c><f>1+1</f><v></v></c><c><f>1+2</f><v>3</v></c><c t=\"str\"><f>\"\"</f><v></v></c><c><f>A1</f></c>";
    let read = sheets(&workbook(&format!("<row>{names}</row><row>{}{formulas}</row>", text("One")))).unwrap();
    let losses: Vec<&str> = read[0].losses.iter().map(|loss| loss.what.as_str()).collect();
    assert_eq!(losses, ["row 2, column 2", "row 2, column 5"]);
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
fn percentages_and_sums_of_money_keep_their_signs() {
    let name = |place: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{place}</t></is></c>");
    let names = ["B3", "C3", "D3", "E3"].map(name).concat();
    // A cell without a place follows the one before it; the result of a formula is a value too.
    let values = "<c r=\"B4\" s=\"5\"><v>0.25</v></c><c s=\"6\"><f>B4*5</f><v>1250</v></c><c><v>0.25</v></c>\
                  <c r=\"E4\" s=\"5\" t=\"str\"><v>0.25</v></c>";
    let read = sheets(&workbook(&format!("<row r=\"3\">{names}</row><row r=\"4\">{values}</row>"))).unwrap();
    let expected = [Value::from("25%"), Value::from("£1,250"), Value::from(0.25), Value::from("0.25")];
    assert_eq!(read[0].rows[1], expected);

    let cell = |kind: &str, value: &str, shown: &str| {
        format!(
            "<table:table-cell office:value-type=\"{kind}\" office:value=\"{value}\" table:number-columns-repeated=\"2\">\
             <text:p>{shown}</text:p></table:table-cell>"
        )
    };
    let values =
        [cell("percentage", "0.25", "25%"), cell("currency", "1250", "£1,250"), cell("float", "1250", "1,250")];
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Cases\"><table:table-row table:number-rows-repeated=\"2\">{}</table:table-row>\
         </table:table></office:spreadsheet></office:body></office:document-content>",
        values.concat()
    );
    let read = sheets(&open_document(&content)).unwrap();
    let pairs = [Value::from("25%"), Value::from("£1,250"), Value::from(1250)];
    let row: Vec<Value> = pairs.iter().flat_map(|value| [value.clone(), value.clone()]).collect();
    assert_eq!(read[0].rows, [row.clone(), row]);
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
        let cell = format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>");
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
                    is far from the table";
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
    let comment = "<office:annotation><dc:creator>Ann</dc:creator><text:p>Why &amp; when?</text:p></office:annotation>";
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
    let expected = "a sheet has values as far as row 6000 and column 16384, which is too large a table; delete what is \
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

#[test]
fn a_part_of_a_workbook_that_cannot_be_read_is_reported() {
    let rows = "<row><c t=\"str\"><v>Title</v></c></row><row><c t=\"str\"><v>A</v></c></row>";
    let too_large = " ".repeat(64 * 1024 * 1024 + 1);
    for (comments, why) in
        [(too_large.as_str(), "it is far too large"), ("<comments", "the document does not have a root node")]
    {
        let read = sheets(&workbook_with(rows, "", &[("xl/comments1.xml", comments)])).unwrap();
        assert_eq!(read[0].rows.len(), 2);
        assert_eq!(read[0].losses, [Loss::unread_part_of_workbook(&format!("xl/comments1.xml: {why}"))]);
    }
}
