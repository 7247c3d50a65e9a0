//! Sources that were made to take long: four times as many pieces of them take about four times as much work.

use std::io::{Cursor, Write};

use casebook::{
    import::{self, ImportKind, ImportSource, LibraryWords},
    problem::FilePath,
};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::growth::too_fast_growth;

/// The number of pieces of the smaller source.
const FEW: usize = 3_000;

#[test]
fn the_work_of_an_import_grows_no_faster_than_its_source() {
    let sources = posts().into_iter().chain(tables()).chain(documents());
    let mut too_fast: Vec<String> = Vec::new();
    for (file, name, bytes) in sources {
        let (few, many) = (bytes(FEW), bytes(4 * FEW));
        let growth = too_fast_growth(|| import(file, &few), || import(file, &many));
        too_fast.extend(growth.map(|growth| format!("{name} in {file}: {growth:.0} times")));
    }
    assert_eq!(too_fast, [""; 0]);
}

/// Reads a source of one file.
fn import(file: &str, bytes: &[u8]) {
    let given = |_: &FilePath| Ok(bytes.to_vec());
    let files = vec![FilePath::new(file)];
    let source = ImportSource { name: "old".to_owned(), files, requested: String::new(), bytes: &given };
    let kind = ImportKind::guess(&source).unwrap();
    let contents = import::read(kind, &source, &LibraryWords::default(), &|| ());
    assert!(contents.items.len() + contents.unreadable.len() > 0, "{file}");
}

/// A source: its file, what it has many of, and its bytes for a number of them.
type Growing = (&'static str, &'static str, Box<dyn Fn(usize) -> Vec<u8>>);

fn growing(file: &'static str, name: &'static str, bytes: impl Fn(usize) -> Vec<u8> + 'static) -> Growing {
    (file, name, Box::new(bytes))
}

fn posts() -> Vec<Growing> {
    let body = |file: &'static str, piece: &'static str| -> Growing {
        let bytes = move |count: usize| format!("---\ntitle: A\n---\n{}", piece.repeat(count)).into_bytes();
        (file, piece, Box::new(bytes))
    };
    let in_yaml = |piece: &'static str| -> Growing {
        let bytes = move |count: usize| format!("---\ntitle: A\n{}---\n", piece.repeat(count)).into_bytes();
        ("a.md", piece, Box::new(bytes))
    };
    let mut posts = vec![
        growing("a.md", "front matter", |count| "---\na: 1\n---\n".repeat(count).into_bytes()),
        growing("a.md", "keys", |count| {
            let keys: String = (0..count).map(|n| format!("k{n}: 1 # c\n")).collect();
            format!("---\n{keys}{keys}---\n").into_bytes()
        }),
        growing("a.md", "TOML", |count| format!("+++\na = [{}]\n+++\n", "{b=1},".repeat(count)).into_bytes()),
    ];
    posts.extend(["a: 1\n", "[", "{", "- ", "'", "# c\n", "a: ! b\n"].map(in_yaml));
    for piece in ["<Ab ", "<Ab a='", "<Ab/>\n", "export {\n\n", "export {}\n\n", "import 'a'\n", "export {\n\n}}\n\n"] {
        posts.push(body("a.mdx", piece));
    }
    let pieces = [
        "{{< a ",
        "{% a %}\n",
        "{% raw %}",
        "{% highlight a %}",
        "[caption]",
        "[[",
        "[[a]] ",
        "![[a",
        "%%",
        "==a",
        "# A\n",
        "A\n=\n",
        "<!--",
        "<a href",
        "![a](",
        "> [!a]\n",
        "`",
        "```\n",
    ];
    posts.extend(pieces.map(|piece| body("a.md", piece)));
    posts
}

fn tables() -> Vec<Growing> {
    let text = |file: &'static str, piece: &'static str| -> Growing {
        (file, piece, Box::new(move |count: usize| format!("Title,b\n{}", piece.repeat(count)).into_bytes()))
    };
    let sheet = |name: &'static str, rows: fn(usize) -> String, after: fn(usize) -> String| -> Growing {
        (
            "a.xlsx",
            name,
            Box::new(move |count| {
                let rows = format!("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>Title</v></c></row>{}", rows(count));
                workbook(&format!("<sheetData>{rows}</sheetData>{}", after(count)), 1, &[])
            }),
        )
    };
    let rows = |count: usize| {
        (2..count + 2)
            .map(|n| format!("<row r=\"{n}\" hidden=\"1\"><c r=\"A{n}\" t=\"str\"><v>a</v></c></row>"))
            .collect()
    };
    let merged = |count: usize| (2..count + 2).map(|n| format!("<mergeCell ref=\"A{n}:A{}\"/>", count + 2)).collect();
    let ods = |name: &'static str, rows: fn(usize) -> String| -> Growing {
        ("a.ods", name, Box::new(move |count| open_document(&rows(count))))
    };
    vec![
        text("a.csv", "a,b\n"),
        text("a.csv", "\"a\"\"b\",\n"),
        text("a.csv", "a\u{e9},"),
        ("a.csv", "columns", Box::new(|count| format!("Title{}\na\n", ",b".repeat(count)).into_bytes())),
        (
            "a.csv",
            "letters of Windows",
            Box::new(|count| [b"Title\nA \xc3\xa9".to_vec(), b"\xe9a".repeat(count)].concat()),
        ),
        sheet("rows", rows, |_| String::new()),
        sheet("merged cells", rows, merged),
        sheet("merged cells below the table", |_| String::new(), merged),
        ("a.xlsx", "sheets of one part", Box::new(|count| workbook(&"<row/>".repeat(count), count / 100, &[]))),
        growing("a.xlsx", "comments within each other", |count| {
            let comments = format!("{}{}", "<comment><t>".repeat(count), "</t></comment>".repeat(count));
            let comments = format!("<comments><commentList>{comments}</commentList></comments>");
            workbook("<sheetData><row/></sheetData>", 1, &[("xl/comments1.xml", &comments)])
        }),
        ods("rows", |count| {
            "<table:table-row table:visibility=\"collapse\"><table:table-cell office:value-type=\"string\"><text:p>a</text:p>\
             </table:table-cell></table:table-row>".repeat(count)
        }),
        ods("cells within each other", |count| {
            let (open, close) = ("<table:table-row><table:table-cell>", "</table:table-cell></table:table-row>");
            open.repeat(count) + &close.repeat(count)
        }),
        ods("comments", |count| {
            format!(
                "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>a</text:p>{}</table:table-cell>\
                 </table:table-row>",
                "<office:annotation><text:p>b</text:p></office:annotation>".repeat(count)
            )
        }),
    ]
}

fn documents() -> Vec<Growing> {
    let body = |name: &'static str, body: fn(usize) -> String| -> Growing {
        ("a.docx", name, Box::new(move |count| document(&body(count), &[])))
    };
    let repeated = |piece: &'static str| -> Growing {
        ("a.docx", piece, Box::new(move |count| document(&piece.repeat(count), &[])))
    };
    let mut documents = vec![
        body("rows below a wide one", |count| {
            let wide = "<w:tc><w:tcPr><w:gridSpan w:val=\"64\"/></w:tcPr></w:tc>".repeat(count / 10);
            format!("<w:tbl><w:tr>{wide}</w:tr>{}</w:tbl>", "<w:tr><w:tc/></w:tr>".repeat(count))
        }),
        body("references to notes", |count| {
            let reference = |n| format!("<w:p><w:r><w:footnoteReference w:id=\"{n}\"/></w:r></w:p>");
            (0..count).map(reference).collect()
        }),
        body("pictures", |count| {
            let picture = |n| format!("<w:p><w:r><w:drawing><a:blip r:embed=\"p{n}\"/></w:drawing></w:r></w:p>");
            (0..count).map(picture).collect()
        }),
        body("answers with links", |count| {
            let link = |n| format!("<w:p><w:hyperlink r:id=\"l{n}\"><w:r><w:t>a</w:t></w:r></w:hyperlink></w:p>");
            let link: String = (0..count).map(link).collect();
            let row = |name: &str| {
                format!("<w:tr><w:tc><w:p><w:r><w:t>{name}</w:t></w:r></w:p></w:tc><w:tc>{link}</w:tc></w:tr>")
            };
            format!("<w:tbl>{}{}</w:tbl>", row("Title"), row("Place"))
        }),
        body("nested tables", |count| {
            format!("{}{}", "<w:tbl><w:tr><w:tc>".repeat(count / 10), "</w:tc></w:tr></w:tbl>".repeat(count / 10))
        }),
        growing("a.docx", "styles", |count| {
            let style = |n| format!("<w:style w:styleId=\"s{n}\"><w:basedOn w:val=\"s{}\"/></w:style>", n + 1);
            let styles: String = (0..count).map(style).collect();
            document("", &[("word/styles.xml", &format!("<w:styles xmlns:w=\"w\">{styles}</w:styles>"))])
        }),
        growing("a.docx", "notes", |count| {
            let note = |n| format!("<w:footnote w:id=\"{n}\"><w:p><w:r><w:t>a</w:t></w:r></w:p></w:footnote>");
            let notes: String = (0..count).map(note).collect();
            let reference = |n| format!("<w:r><w:footnoteReference w:id=\"{n}\"/></w:r>");
            let text: String = (0..count).map(reference).collect();
            let notes = format!("<w:footnotes xmlns:w=\"w\">{notes}</w:footnotes>");
            document(&format!("<w:p>{text}</w:p>"), &[("word/footnotes.xml", &notes)])
        }),
    ];
    documents.extend(
        [
            "<w:p><w:r><w:t>a</w:t></w:r></w:p>",
            "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>",
            "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>",
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r></w:p>",
            "<w:tbl><w:tr><w:tc/><w:tc/></w:tr></w:tbl>",
        ]
        .map(repeated),
    );
    documents
}

fn document(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let spaces = "xmlns:w=\"w\" xmlns:r=\"r\" xmlns:a=\"a\"";
    let text = format!("<w:document {spaces}><w:body>{body}</w:body></w:document>");
    let picture_and_link = |n| {
        format!(
            "<Relationship Id=\"p{n}\" Target=\"media/{n}.png\"/><Relationship Id=\"l{n}\" Target=\"https://a.uk/{n}\"/>"
        )
    };
    let relations: String = (0..4 * FEW).map(picture_and_link).collect();
    let relations = format!("<Relationships>{relations}</Relationships>");
    let mut parts = vec![("word/document.xml", text.as_str()), ("word/_rels/document.xml.rels", &relations)];
    parts.extend(others);
    zip(&parts)
}

/// A workbook with several sheets, which are all one part, and with these other parts.
fn workbook(sheet: &str, sheets: usize, others: &[(&str, &str)]) -> Vec<u8> {
    let space = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |id: &str, kind: &str, to: &str| {
        format!("<Relationships><Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{to}\"/></Relationships>")
    };
    let list: String = (0..sheets).map(|n| format!("<sheet name=\"S{n}\" sheetId=\"{n}\" r:id=\"a\"/>")).collect();
    let parts = [
        ("_rels/.rels", &*relations("a", "officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", &relations("a", "worksheet", "worksheets/sheet1.xml")),
        ("xl/workbook.xml", &format!("<workbook {space} xmlns:r=\"{office}\"><sheets>{list}</sheets></workbook>")),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet {space}>{sheet}</worksheet>")),
    ];
    zip(&[&parts[..], others].concat())
}

fn open_document(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Cases\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    zip(&[("mimetype", kind), ("META-INF/manifest.xml", "<manifest/>"), ("content.xml", &content)])
}

fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
