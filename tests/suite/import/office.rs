//! Word documents and workbooks as office programs write them.

use std::{io::Write, path::Path};

use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::read;
use crate::commands::{casebook, library};

/// A zip of these parts, as a file of this name in a folder called `old`.
fn office_file(name: &str, parts: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("old")).unwrap();
    let mut zip = ZipWriter::new(std::fs::File::create(folder.path().join("old").join(name)).unwrap());
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    folder
}

fn document(body: &str) -> TempDir {
    let text = format!("<w:document xmlns:w=\"w\" xmlns:r=\"r\" xmlns:v=\"v\"><w:body>{body}</w:body></w:document>");
    let links = "<Relationships><Relationship Id=\"r1\" Target=\"https://a.uk/audit\"/></Relationships>";
    office_file("a.docx", &[("word/document.xml", &text), ("word/_rels/document.xml.rels", links)])
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn form(rows: &[(&str, &str)]) -> String {
    let row = |(name, answer): &(&str, &str)| {
        let answer = if answer.starts_with('<') { (*answer).to_owned() } else { p(answer) };
        format!("<w:tr><w:tc>{}</w:tc><w:tc>{answer}</w:tc></w:tr>", p(name))
    };
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

fn open_document(table: &str) -> TempDir {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Cases\">{table}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    office_file("t.ods", &[("mimetype", kind), ("META-INF/manifest.xml", "<manifest/>"), ("content.xml", &content)])
}

fn cell(text: &str, look: &str) -> String {
    match text {
        "" => format!("<table:table-cell{look}/>"),
        _ => format!("<table:table-cell office:value-type=\"string\"{look}><text:p>{text}</text:p></table:table-cell>"),
    }
}

fn row(cells: &[&str], look: &str) -> String {
    let cells: String = cells.iter().map(|text| cell(text, "")).collect();
    format!("<table:table-row{look}>{cells}</table:table-row>")
}

fn import(library: &Path, source: &TempDir) -> String {
    let made = casebook(library, &["import", &source.path().join("old").to_string_lossy()]);
    assert_eq!((made.status, made.err.as_str()), (0, ""), "{}", made.out);
    made.out
}

/// A document with this language in its properties.
fn document_in(language: &str, body: &str) -> TempDir {
    let text = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let core = format!("<cp xmlns:dc=\"dc\"><dc:language>{language}</dc:language></cp>");
    office_file("a.docx", &[("word/document.xml", &text), ("docProps/core.xml", &core)])
}

#[test]
fn lines_above_the_text_are_fields() {
    let library = library(&[]);
    let styled = "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>The desk</w:t></w:r></w:p>";
    let bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Summary:</w:t></w:r><w:r><w:t> It was: tried.</w:t></w:r></w:p>";
    let two = "<w:p><w:r><w:t>Place: Torbay</w:t><w:br/><w:t>From which year?: 2006</w:t></w:r></w:p>";
    let lines = [styled, &p("Sector: Health"), &p(""), bold, two, &p("It began."), &p("Lesson: none."), &p("Note: x")];
    import(library.path(), &document(&lines.concat()));
    let case = read(library.path(), "content/cases/a.md");
    for key in [
        "title: The desk",
        "summary: \"It was: tried.\"",
        "sector: [health]",
        "place: Torbay",
        "period: { from: 2006 }",
    ] {
        assert!(case.contains(&format!("\n{key}\n")), "{key} is not in {case}");
    }
    assert!(case.ends_with("---\n\nIt began.\n\nLesson: none.\n\nNote: x\n"), "{case}");
}

#[test]
fn a_line_with_another_name_begins_the_text() {
    let library = library(&[]);
    import(library.path(), &document(&[p("Background: the desk."), p("Sector: Health"), p("Summary:")].concat()));
    let case = read(library.path(), "content/cases/a.md");
    assert!(case.ends_with("---\n\nBackground: the desk.\n\nSector: Health\n\nSummary:\n"), "{case}");
}

#[test]
fn only_another_language_than_that_of_the_library_is_a_statement_of_the_author() {
    for (language, is_kept) in [("en-US", false), ("en", false), ("cy-GB", true)] {
        let library = library(&[]);
        import(library.path(), &document_in(language, &p("Text.")));
        let case = read(library.path(), "content/cases/a.md");
        assert_eq!(case.contains("language"), is_kept, "{case}");
    }
}

#[test]
fn a_question_that_stands_twice_keeps_both_answers() {
    let library = library(&[]);
    let told = import(
        library.path(),
        &document(&form(&[
            ("Title", "The desk"),
            ("Where was it?", "Torbay"),
            ("Who took part?", "A Council"),
            ("Who took part?", "B Trust"),
            ("", "C Police"),
            ("Note", "First."),
            ("Note", "Second."),
            ("", "Going on."),
        ])),
    );
    let case = read(library.path(), "content/cases/the-desk.md");
    assert!(case.contains("\npartners: [A Council, B Trust, C Police]\n"), "{case}");
    assert!(case.contains("  Note: First.\n") && case.contains("  Note 2: |-\n    Second.\n    Going on.\n"), "{case}");
    let expected = "1 × a question that is there twice; its second answer is kept under a name with a number:\n    Note: now Note 2 (the-desk.md)\n";
    assert!(told.contains(expected), "{told}");
}

#[test]
fn a_document_with_two_forms_is_refused() {
    let library = library(&[]);
    let two =
        form(&[("Title", "One"), ("Where was it?", "Poole")]) + &form(&[("Title", "Two"), ("Where was it?", "Kent")]);
    let source = document(&two);
    let made = casebook(library.path(), &["import", &source.path().join("old").to_string_lossy()]);
    assert_eq!(made.status, 1, "{}{}", made.out, made.err);
    assert!(made.err.contains("a.docx: it has two titles, “One” and “Two”"), "{}", made.err);
    assert!(!library.path().join("content/cases").exists());
}

#[test]
fn what_an_answer_or_a_title_cannot_have_is_reported() {
    let library = library(&[]);
    let link = |words: &str| format!("<w:p><w:hyperlink r:id=\"r1\"><w:r><w:t>{words}</w:t></w:r></w:hyperlink></w:p>");
    let note = "<w:p><w:r><w:t>Five staff</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
    let told = import(
        library.path(),
        &document(&form(&[
            ("Title", &link("The desk")),
            ("Where was it?", "Torbay"),
            ("Sources", &link("Audit")),
            ("Staff", note),
        ])),
    );
    let case = read(library.path(), "content/cases/the-desk.md");
    assert!(case.contains("\n  - title: Audit\n    url: https://a.uk/audit\n"), "{case}");
    let expected = "2 × something in a title or an answer, which are plain text; it was left out:\n    \
                    the link to https://a.uk/audit in Title (the-desk.md)\n    a note in Staff (the-desk.md)\n";
    assert!(told.contains(expected), "{told}");
}

#[test]
fn the_fields_of_old_forms_and_words_that_word_draws_are_not_lost() {
    let library = library(&[]);
    let field = |data: &str| {
        let mark =
            |kind: &str, inside: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\">{inside}</w:fldChar></w:r>");
        [
            mark("begin", &format!("<w:ffData>{data}</w:ffData>")),
            "<w:r><w:instrText> FORM </w:instrText></w:r>".to_owned(),
            mark("separate", ""),
            mark("end", ""),
        ]
        .concat()
    };
    let list = field(
        "<w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"Health\"/><w:listEntry w:val=\"Police\"/></w:ddList>",
    );
    let ticked = field("<w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox>");
    let open = field("<w:checkBox><w:default w:val=\"0\"/></w:checkBox>");
    let body = [
        format!("<w:p><w:r><w:t xml:space=\"preserve\">Sector: </w:t></w:r>{list}</w:p>"),
        format!(
            "<w:p>{ticked}<w:r><w:t xml:space=\"preserve\"> yes </w:t></w:r>{open}<w:r><w:t xml:space=\"preserve\"> no</w:t></w:r></w:p>"
        ),
        "<w:p><w:r><w:rPr><w:dstrike/></w:rPr><w:t>gone</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:pict><v:shape><v:textpath string=\"NOT FOR USE\"/></v:shape></w:pict></w:r></w:p>".to_owned(),
        "<w:altChunk r:id=\"r1\"/>".to_owned(),
        "<w:p><w:r><w:pict><v:shape alt=\"The town\"><v:imagedata r:id=\"r1\"/></v:shape></w:pict></w:r></w:p>"
            .to_owned(),
    ];
    let told = import(library.path(), &document(&body.concat()));
    let case = read(library.path(), "content/cases/a.md");
    assert!(case.contains("sector: [police]\n"), "{case}");
    assert!(case.ends_with("---\n\n☒ yes ☐ no\n\n~~gone~~\n\n[The town](https://a.uk/audit)\n"), "{case}");
    for expected in ["“NOT FOR USE” (a.md)", "another document inside this one; it was left out"] {
        assert!(told.contains(expected), "{expected} is not in {told}");
    }
}

#[test]
fn a_column_that_is_filled_to_its_end_makes_no_cases() {
    let library = library(&[]);
    let far = " table:number-rows-repeated=\"60000\"";
    let rows = [row(&["Title", "Status"], ""), row(&["One", "draft"], ""), row(&["", "draft"], far)];
    let told = import(library.path(), &open_document(&rows.concat()));
    let expected = "1 × rows without a title that only repeat cells of the row above; they were left out:\n    \
                    60000 rows of t.ods, from row 3 (one.md)\n";
    assert!(told.contains(expected) && told.contains("Cases: 1 made."), "{told}");

    let rows = [row(&["Title", "Status"], ""), row(&["One", "draft"], " table:number-rows-repeated=\"20000\"")];
    let source = open_document(&rows.concat());
    let made = casebook(library.path(), &["import", &source.path().join("old").to_string_lossy()]);
    assert_eq!(made.status, 1, "{}", made.out);
    assert!(
        made.err.contains("t.ods: it has 20000 rows below its names of columns, where 10000 are the most"),
        "{}",
        made.err
    );
}

#[test]
fn a_merged_cell_is_that_of_all_its_rows_and_hidden_columns_and_errors_are_reported() {
    let library = library(&[]);
    let merged = cell("Torbay", " table:number-rows-spanned=\"2\"");
    let error = "<table:table-cell office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\" \
                 xmlns:calcext=\"c\"><text:p>#REF!</text:p></table:table-cell>";
    let rows = [
        "<table:table-column/><table:table-column/><table:table-column table:visibility=\"collapse\"/>".to_owned(),
        row(&["Title", "Place", "Cost"], ""),
        format!("<table:table-row>{}{merged}{}</table:table-row>", cell("One", ""), cell("5", "")),
        format!("<table:table-row>{}<table:covered-table-cell/>{error}</table:table-row>", cell("Two", "")),
    ];
    let told = import(library.path(), &open_document(&rows.concat()));
    for case in ["one", "two"] {
        assert!(read(library.path(), &format!("content/cases/{case}.md")).contains("\nplace: Torbay\n"), "{case}");
    }
    for expected in [
        "a hidden column; it was imported, so check whether it may be published:\n    Cost of t.ods (one.md)\n",
        "a formula with an error in place of a value; its cell was left out:\n    #REF! in row 3, column 3 of t.ods (one.md)\n",
    ] {
        assert!(told.contains(expected), "{expected} is not in {told}");
    }
}
