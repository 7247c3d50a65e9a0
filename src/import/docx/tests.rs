use std::io::Write;

use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::model::template_hints::TemplateHint;

/// A document with this text and these other parts.
fn document(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let text = format!(
        "<w:document xmlns:w=\"w\" xmlns:r=\"r\" xmlns:wp=\"wp\" xmlns:a=\"a\" xmlns:m=\"m\" xmlns:wps=\"wps\"><w:body>{body}</w:body></w:document>"
    );
    for (name, text) in [("word/document.xml", text.as_str())].iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read_document(bytes: &[u8]) -> Result<ImportItem, UnreadableFile> {
    let file = FilePath::new("a.docx");
    let bytes_of = |_: &FilePath| Ok(Vec::new());
    let source =
        ImportSource { name: "old".into(), files: vec![file.clone()], requested: String::new(), bytes: &bytes_of };
    let mut words = LibraryWords::default();
    words.hints.push(TemplateHint::new("What was wrong."));
    item(&source, &words, &file, bytes)
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[track_caller]
fn check(body: &str, parts: &[(&str, &str)], markdown: &str) {
    let item = read_document(&document(body, parts)).unwrap();
    assert_eq!(item.body, markdown);
    assert_eq!(item.losses, []);
}

#[test]
fn paragraphs_headings_and_formatting_become_markdown() {
    let run =
        |look: &str, text: &str| format!("<w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let looks = format!(
        "<w:p>{}{}{}{}</w:p>",
        run("", "Plain "),
        run("<w:b/>", "bold "),
        run("<w:b/><w:i/>", "both"),
        run("<w:b w:val=\"0\"/>", " 2 * 3 [x] a_b")
    );
    check(
        &[
            styled("Title", "The desk"),
            styled("Heading1", "Why"),
            looks,
            styled("Heading2", "Deeper"),
            styled("Quote", "Said."),
            p("1. Not a list"),
        ]
        .concat(),
        &[],
        "## Why\n\nPlain **bold** ***both*** 2 \\* 3 \\[x\\] a_b\n\n### Deeper\n\n> Said.\n\n1\\. Not a list\n",
    );
}

#[test]
fn text_with_marks_of_markdown_is_shown_as_it_was_typed() {
    let run =
        |look: &str, text: &str| format!("<w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let paragraph = |runs: &[String]| format!("<w:p>{}</w:p>", runs.concat());
    let code = "<w:rStyle w:val=\"VerbatimChar\"/>";
    let cell = |runs: &[String]| format!("<w:tc>{}</w:tc>", paragraph(runs));
    let table = format!(
        "<w:tbl><w:tr>{0}{0}</w:tr><w:tr>{1}{2}</w:tr></w:tbl>",
        cell(&[run("", "A")]),
        cell(&[run(code, "c|d"), run("", " e|f")]),
        cell(&[run("", "Last")])
    );
    check(
        &[
            paragraph(&[run("<w:b/>", "Note:"), run("", "text, ")]),
            styled("Heading1", "Learning C #"),
            paragraph(&[run("", "これは"), run("<w:b/>", "「太字」"), run("", "です")]),
            paragraph(&[run("", "a"), run("<w:i/>", "(b)"), run("", " c")]),
            p(": a colon"),
            p("1."),
            p("-"),
            p("+"),
            paragraph(&[run(code, "`t` and ``u``")]),
            table,
        ]
        .concat(),
        &[],
        "**Note**:text,\n\n## Learning C \\#\n\nこれは「**太字**」です\n\na(*b)* c\n\n\\: a colon\n\n1\\.\n\n\\-\n\n\\+\n\n\
         ``` `t` and ``u`` ```\n\n| A | A |\n| --- | --- |\n| `c\\|d` e\\|f | Last |\n",
    );
}

#[test]
fn the_title_and_the_author_are_found() {
    let core = "<cp xmlns:dc=\"dc\"><dc:title>From the properties</dc:title><dc:creator>Ann Jones</dc:creator></cp>";
    let bytes = document(&(styled("Title", "The desk") + &p("Text")), &[("docProps/core.xml", core)]);
    let item = read_document(&bytes).unwrap();
    assert_eq!(serde_json::to_string(&item.fields).unwrap(), r#"{"title":"The desk","author":"Ann Jones"}"#);
    assert_eq!(item.losses, [Loss::author_of_properties("Ann Jones")]);

    let row = |name: &str, value: &str| format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", p(name), p(value));
    for question in ["Who wrote this?", "Author"] {
        let rows = [row("Title", "The desk"), row("One lesson", "Ask."), row(question, "Bo Lee")].concat();
        let item = read_document(&document(&format!("<w:tbl>{rows}</w:tbl>"), &[("docProps/core.xml", core)])).unwrap();
        assert!(!item.fields.contains_key("author") && item.fields[question] == "Bo Lee", "{:?}", item.fields);
        assert_eq!(item.losses, []);
    }
}

#[test]
fn lists_and_tables_become_markdown() {
    let item = |list: u8, level: u8, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let numbering = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/></w:lvl>\
        <w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"bullet\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p(text));
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell("Year"),
        cell("Cost"),
        cell("2009"),
        cell("a | b")
    );
    check(
        &[item(1, 0, "One"), item(1, 1, "Deep"), item(1, 0, "Two"), table].concat(),
        &[("word/numbering.xml", numbering)],
        "1. One\n   - Deep\n2. Two\n\n| Year | Cost |\n| --- | --- |\n| 2009 | a \\| b |\n",
    );
}

#[test]
fn the_figures_of_a_table_in_a_cell_stay_apart_and_are_reported() {
    let table = |rows: &[&[String]]| {
        let row = |cells: &&[String]| {
            let cells: String = cells.iter().map(|cell| format!("<w:tc>{cell}</w:tc>")).collect();
            format!("<w:tr>{cells}</w:tr>")
        };
        format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
    };
    let inner = table(&[&[p("10"), p("20")], &[p("30"), p("40 | 50")]]);
    let read = |body: &str| read_document(&document(body, &[])).unwrap();
    let outer = read(&table(&[&[p("Year"), p("Cost")], &[p("2009"), p("In all:") + &inner]]));
    assert_eq!(outer.body, "| Year | Cost |\n| --- | --- |\n| 2009 | In all:<br>10; 20<br>30; 40 \\| 50 |\n");
    let lost: Vec<&str> = outer.losses.iter().map(|loss| loss.what.split(';').next().unwrap()).collect();
    assert_eq!(lost, ["tables inside cells of tables"]);
    let answer = read(&table(&[&[p("Title"), p("The desk")], &[p("One lesson"), inner.clone()]]));
    assert_eq!(answer.fields["One lesson"], "10; 20\n30; 40 | 50");
    let framed = read(&table(&[&[inner]]));
    assert_eq!((framed.body.as_str(), framed.losses.len()), ("| 10 | 20 |\n| --- | --- |\n| 30 | 40 \\| 50 |\n", 0));
}

#[test]
fn lists_are_counted_as_word_counts_them() {
    let item = |list: u8, level: u8, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let level = |level: u8, start: u8| {
        format!("<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"{start}\"/><w:numFmt w:val=\"decimal\"/></w:lvl>")
    };
    let numbering = format!(
        "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\">{}{}</w:abstractNum>\
        <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
        <w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/>\
        </w:lvlOverride></w:num></w:numbering>",
        level(0, 9),
        level(1, 1)
    );
    let body = [
        item(1, 0, "Nine"),
        item(1, 0, "Ten"),
        item(1, 1, "One"),
        item(1, 1, "Two"),
        p("Between."),
        item(1, 0, "Eleven"),
        item(1, 1, "One"),
        p("Anew."),
        item(2, 0, "One"),
        item(2, 0, "Two"),
    ];
    check(
        &body.concat(),
        &[("word/numbering.xml", &numbering)],
        "9. Nine\n10. Ten\n    1. One\n    2. Two\n\nBetween.\n\n11. Eleven\n    1. One\n\nAnew.\n\n1. One\n2. Two\n",
    );
}

#[test]
fn lists_in_a_row_stay_apart_and_letters_are_reported() {
    let item = |list: u8, level: u8, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let list = |id: u8, form: &str| {
        let levels: String =
            (0..3).map(|level| format!("<w:lvl w:ilvl=\"{level}\"><w:numFmt w:val=\"{form}\"/></w:lvl>")).collect();
        format!(
            "<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum><w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>"
        )
    };
    let lists = [list(1, "decimal"), list(2, "lowerLetter"), list(3, "decimal")].concat();
    let numbering = format!("<w:numbering xmlns:w=\"w\">{lists}</w:numbering>");
    let read = |items: &[String]| {
        read_document(&document(&items.concat(), &[("word/numbering.xml", numbering.as_str())])).unwrap()
    };
    let numbers = [item(1, 0, "One"), item(1, 0, "Two"), item(3, 0, "One"), item(3, 0, "Two")];
    let letters = [item(2, 0, "A"), item(2, 1, "A of A"), item(2, 0, "B")];
    let found = read(&[numbers.concat(), letters.concat()]);
    assert_eq!(found.body, "1. One\n2. Two\n1) One\n2) Two\n1. A\n   1. A of A\n2. B\n");
    let losses: Vec<&str> = found.losses.iter().map(|loss| loss.what.split(';').next().unwrap()).collect();
    assert_eq!(losses, ["lists with letters or Roman numerals"]);
    // A deep item without a parent would be a block of code, or words of the item above, if it were indented.
    let found = read(&[item(1, 2, "Deep"), p("Text."), item(3, 0, "One"), item(3, 2, "Deep")]);
    assert_eq!(found.body, "1. Deep\n\nText.\n\n1. One\n   1. Deep\n");
}

#[test]
fn the_styles_of_lists_below_others_give_their_level() {
    let style = |kind: &str, number: &str, list: u8| {
        format!(
            "<w:style w:styleId=\"List{kind}{number}\"><w:name w:val=\"List {kind} {number}\"/><w:pPr><w:numPr><w:numId \
             w:val=\"{list}\"/></w:numPr></w:pPr></w:style>"
        )
    };
    let list = |id: u8, form: &str| {
        format!(
            "<w:abstractNum w:abstractNumId=\"{id}\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"{form}\"/></w:lvl></w:abstractNum>\
             <w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>"
        )
    };
    let lists =
        [(1, "bullet"), (2, "bullet"), (3, "bullet"), (4, "decimal"), (5, "decimal")].map(|(id, form)| list(id, form));
    let styles = [("Bullet", "", 1), ("Bullet", "2", 2), ("Bullet", "3", 3), ("Number", "", 4), ("Number", "2", 5)];
    let styles =
        styles.map(|(kind, number, list)| style(kind, number, list)).concat().replace(" \"/><w:pPr>", "\"/><w:pPr>");
    let parts = [
        ("word/numbering.xml", format!("<w:numbering xmlns:w=\"w\">{}</w:numbering>", lists.concat())),
        ("word/styles.xml", format!("<w:styles xmlns:w=\"w\">{styles}</w:styles>")),
    ];
    let body = [
        styled("ListBullet", "One"),
        styled("ListBullet2", "Below"),
        styled("ListBullet3", "Below that"),
        styled("ListBullet", "Two"),
        p("Text."),
        styled("ListNumber", "One"),
        styled("ListNumber2", "Below"),
        styled("ListNumber2", "Below too"),
        styled("ListNumber", "Two"),
    ];
    check(
        &body.concat(),
        &parts.each_ref().map(|(name, text)| (*name, text.as_str())),
        "- One\n   - Below\n      - Below that\n- Two\n\nText.\n\n1. One\n   1. Below\n   2. Below too\n2. Two\n",
    );
}

#[test]
fn a_paragraph_may_say_itself_that_it_is_a_heading() {
    let of_level = |level: u8, text: &str| {
        format!("<w:p><w:pPr><w:outlineLvl w:val=\"{level}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    check(
        &[styled("Title", "The desk"), of_level(0, "Why"), of_level(1, "Deeper"), of_level(9, "Text.")].concat(),
        &[],
        "## Why\n\n### Deeper\n\nText.\n",
    );
}

#[test]
fn merged_cells_links_within_and_numbers_of_pages_are_reported_and_a_mark_of_a_note_is_left_out() {
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text));
    let table = format!(
        "<w:tbl><w:tr>{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell("<w:gridSpan w:val=\"2\"/>", "Both"),
        cell("", "A"),
        cell("", "B")
    );
    let field = |code: &str, text: &str| {
        let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        let run = |name: &str, text: &str| format!("<w:r><w:{name}>{text}</w:{name}></w:r>");
        [mark("begin"), run("instrText", code), mark("separate"), run("t", text), mark("end")].concat()
    };
    let link = "<w:hyperlink w:anchor=\"why\"><w:r><w:t>Why</w:t></w:r></w:hyperlink>";
    let contents = format!("<w:p><w:pPr><w:pStyle w:val=\"toc 1\"/></w:pPr>{link}{}</w:p>", field("PAGEREF a", "2"));
    let losses = |body: &str| {
        let losses = read_document(&document(body, &[])).unwrap().losses;
        losses.iter().map(|loss| loss.what.split(';').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(losses(&table), ["cells that were merged in a table"]);
    assert_eq!(losses(&contents), ["a table of contents"]);
    for within in [link.to_owned(), field("HYPERLINK \\l \"why\"", "Why")] {
        assert_eq!(losses(&format!("<w:p>{within}</w:p>")), ["links to places in the document"]);
    }
    for number in [
        field(" PAGEREF a \\h ", "3"),
        "<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>3</w:t></w:r></w:fldSimple>".to_owned(),
    ] {
        assert_eq!(losses(&format!("<w:p>{number}</w:p>")), ["numbers of pages of the document"]);
    }
    let note = "<w:p><w:r><w:t>Text.</w:t></w:r><w:r><w:footnoteReference w:customMarkFollows=\"1\" w:id=\"2\"/><w:t>*</w:t></w:r></w:p>";
    let notes =
        format!("<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>", p("* Note."));
    check(note, &[("word/footnotes.xml", &notes)], "Text.[^1]\n\n[^1]: Note.\n");
}

#[test]
fn a_large_first_letter_joins_its_paragraph() {
    let letter = "<w:p><w:pPr><w:framePr w:dropCap=\"drop\"/></w:pPr><w:r><w:t>T</w:t></w:r></w:p>";
    check(&[letter, &p("hey met.")].concat(), &[], "They met.\n");
}

#[test]
fn a_document_may_keep_its_text_elsewhere() {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let relations = "\u{feff}<Relationships><Relationship Id=\"r1\" Target=\"/text/main.xml\" \
        Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\"/></Relationships>";
    let links = "<Relationships><Relationship Id=\"r1\" Target=\"https://a.uk/\"/></Relationships>";
    let text = "<w:document xmlns:w=\"w\" xmlns:r=\"r\"><w:body><w:p><w:hyperlink r:id=\"r1\"><w:r><w:t>There</w:t></w:r>\
        </w:hyperlink></w:p></w:body></w:document>";
    for (name, part) in [("_rels/.rels", relations), ("text/main.xml", text), ("text/_rels/main.xml.rels", links)] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
    }
    assert_eq!(read_document(&zip.finish().unwrap().into_inner()).unwrap().body, "[There](https://a.uk/)\n");
}

#[test]
fn links_notes_and_pictures_come_along() {
    let rels = "<Relationships><Relationship Id=\"r1\" Target=\"https://a.uk/x\"/><Relationship Id=\"r2\" Target=\"media/Map 1.png\"/></Relationships>";
    let notes = "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"2\"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let body = "<w:p><w:hyperlink r:id=\"r1\"><w:r><w:t>there</w:t></w:r></w:hyperlink><w:r><w:footnoteReference w:id=\"2\"/></w:r>\
        <w:r><w:drawing><wp:docPr descr=\"The town\"/><a:blip r:embed=\"r2\"/></w:drawing></w:r></w:p>";
    let parts =
        [("word/_rels/document.xml.rels", rels), ("word/footnotes.xml", notes), ("word/media/Map 1.png", "png")];
    check(body, &parts, "[there](https://a.uk/x)[^1]![The town](map-1.png)\n\n[^1]: A note.\n");
    let bytes = document(body, &parts);
    let item = read_document(&bytes).unwrap();
    assert_eq!(part(&bytes, &item.embedded_pictures[0].path).unwrap(), b"png");
}

#[test]
fn every_picture_has_a_safe_name_of_its_own() {
    #[track_caller]
    fn check_names(parts: &[(&str, &str)]) {
        let relation = |(n, (path, _)): (usize, &(&str, &str))| {
            let target = path.trim_start_matches("word/").replace('\n', "&#10;");
            format!("<Relationship Id=\"r{n}\" Target=\"{target}\"/>")
        };
        let paths: Vec<_> = parts.iter().map(|(path, _)| (*path, *path)).collect();
        let rels = parts.iter().enumerate().map(relation).collect::<String>();
        let rels = format!("<Relationships>{rels}</Relationships>");
        let picture = |n: usize| format!("<w:p><w:r><w:drawing><a:blip r:embed=\"r{n}\"/></w:drawing></w:r></w:p>");
        let body: String = (0..parts.len()).map(picture).collect();
        let all = [&[("word/_rels/document.xml.rels", rels.as_str())], paths.as_slice()].concat();
        let bytes = document(&body, &all);
        let item = read_document(&bytes).unwrap();
        let names: Vec<&str> = item.embedded_pictures.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, parts.iter().map(|(_, name)| *name).collect::<Vec<_>>());
        assert_eq!(item.body, names.iter().map(|name| format!("![]({name})")).collect::<Vec<_>>().join("\n\n") + "\n");
        for (read, (path, _)) in item.embedded_pictures.iter().zip(parts) {
            assert_eq!(part(&bytes, &read.path).unwrap(), path.as_bytes());
        }
    }
    check_names(&[("word/media/a.png", "a.png"), ("word/other/a.png", "a-2.png")]);
    check_names(&[("word/media/image 1.png", "image-1.png"), ("word/media/image-1.png", "image-1-2.png")]);
    check_names(&[("word/media/Image1.PNG", "image1.png"), ("word/media/image1.png", "image1-2.png")]);
    check_names(&[("word/media/..\\..\\evil.png", "evil.png"), ("word/media/a\nb.png", "a-b.png")]);
    check_names(&[("word/media/.x.png", "x.png"), ("word/media/_x.png", "x-2.png"), ("word/media/.png", "file.png")]);
    check_names(&[("word/media/a#b.png", "a-b.png"), ("word/media/a?b.png", "a-b-2.png")]);
    check_names(&[("word/media/a%20b.png", "a-20b.png"), ("word/media/a)b.png", "a-b.png")]);
    let long = format!("word/media/{}.png", "x".repeat(300));
    check_names(&[(&long, &format!("{}.png", "x".repeat(80)))]);
}

#[test]
fn a_text_box_within_another_is_read_once() {
    let text_box = |inside: &str| {
        format!("<w:r><w:drawing><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></w:drawing></w:r>")
    };
    let rels = "<Relationships><Relationship Id=\"r2\" Target=\"media/map.png\"/></Relationships>";
    let picture = "<w:p><w:r><w:drawing><a:blip r:embed=\"r2\"/></w:drawing></w:r></w:p>";
    let inner = text_box(&[p("Inner."), picture.to_owned()].concat());
    let outer = text_box(&format!("{}<w:p>{inner}</w:p>", p("Outer.")));
    let parts = [("word/_rels/document.xml.rels", rels), ("word/media/map.png", "png")];
    let item = read_document(&document(&format!("<w:p><w:r><w:t>Text.</w:t></w:r>{outer}</w:p>"), &parts)).unwrap();
    assert_eq!(item.body, "Text.\n\nOuter.\n\nInner.\n\n![](map.png)\n");
}

#[test]
fn features_that_only_word_has_are_reported() {
    let body = "<w:p><w:ins><w:r><w:t>new </w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>\
        <m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath><w:r><w:commentReference w:id=\"1\"/></w:r></w:p>";
    let item =
        read_document(&document(body, &[("word/vbaProject.bin", "x"), ("word/charts/chart1.xml", "<c/>")])).unwrap();
    assert_eq!(item.body, "new x=1\n");
    let losses: Vec<&str> = item.losses.iter().map(|loss| loss.what.split([';', ' ']).next().unwrap()).collect();
    assert_eq!(losses, ["tracked", "equations", "comments", "macros", "a"]);
}

#[test]
fn tracked_deletions_of_ends_of_paragraphs_rows_and_cells_are_accepted() {
    let open = |text: &str| {
        format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
    };
    let read = |body: &str| {
        let item = read_document(&document(body, &[])).unwrap();
        let lost: Vec<String> = item.losses.into_iter().map(|loss| loss.what).collect();
        assert_eq!(lost, ["tracked changes; they were taken as accepted"]);
        item.body
    };
    assert_eq!(read(&[&open("One "), "<w:bookmarkStart/>", &open("and "), &p("two.")].concat()), "One and two.\n");
    let cell = |mark: &str, inside: &str| format!("<w:tc><w:tcPr>{mark}</w:tcPr>{inside}</w:tc>");
    let row = |mark: &str, cells: &str| format!("<w:tr><w:trPr>{mark}</w:trPr>{cells}</w:tr>");
    let rows = [
        row("", &[cell("", &p("A")), cell("", &open("B")), cell("<w:cellDel/>", &p("gone"))].concat()),
        row("<w:del/>", &[cell("", &p("gone")), cell("", &p("gone"))].concat()),
        row("", &[cell("", &p("1")), cell("", &p("2"))].concat()),
    ];
    // Nothing reaches beyond its cell, into a table or a text box.
    let text_box = |inside: &str| {
        format!(
            "<w:p><w:r><w:drawing><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></w:drawing></w:r></w:p>"
        )
    };
    let table = format!("<w:tbl>{}</w:tbl>", rows.concat());
    assert_eq!(
        read(&(open("Before.") + &table + &open("After."))),
        "Before.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\nAfter.\n"
    );
    let boxed = read_document(&document(&(open("Text.") + &text_box(&open("Box."))), &[])).unwrap();
    assert_eq!(boxed.body, "Text.\n\nBox.\n");
}

#[test]
fn hidden_text_is_left_out_and_reported() {
    let run =
        |look: &str, text: &str| format!("<w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let picture = "<w:r><w:rPr><w:vanish/></w:rPr><w:drawing><a:blip r:embed=\"r1\"/></w:drawing></w:r>";
    let body = format!(
        "<w:p>{}{}{}{}</w:p><w:p>{picture}</w:p>",
        run("", "Seen. "),
        run("<w:vanish/>", "Ask "),
        run("<w:vanish/>", "Ann."),
        run("<w:vanish w:val=\"0\"/>", "Also seen.")
    );
    let item = read_document(&document(&body, &[])).unwrap();
    assert_eq!(item.body, "Seen. Also seen.\n");
    assert_eq!(item.losses, [Loss::hidden_in_word("Ask Ann."), Loss::hidden_in_word("a picture")]);
}

#[test]
fn the_words_of_headers_and_footers_are_reported_once() {
    let read = |headers: &[&str]| {
        let target = |n: usize| format!("<Relationship Id=\"r{n}\" Target=\"header{n}.xml\"/>");
        let reference = |n: usize| format!("<w:headerReference r:id=\"r{n}\"/>");
        let rels = format!("<Relationships>{}</Relationships>", (0..headers.len()).map(target).collect::<String>());
        let body = p("Text.") + "<w:sectPr>" + &(0..headers.len()).map(reference).collect::<String>() + "</w:sectPr>";
        let part = |(n, text): (usize, &&str)| {
            (format!("word/header{n}.xml"), format!("<w:hdr xmlns:w=\"w\" xmlns:v=\"v\">{text}</w:hdr>"))
        };
        let parts: Vec<(String, String)> = headers.iter().enumerate().map(part).collect();
        let parts = parts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let all: Vec<_> = parts.chain([("word/_rels/document.xml.rels", rels.as_str())]).collect();
        let item = read_document(&document(&body, &all)).unwrap();
        assert_eq!(item.body, "Text.\n");
        item.losses
    };
    let secret = [p("OFFICIAL"), p("Not before 1 May.")].concat();
    let watermark = "<w:p><w:r><w:pict><v:shape><v:textpath string=\"DRAFT\"/></v:shape></w:pict></w:r></w:p>";
    let told = [Loss::header_or_footer("“OFFICIAL Not before 1 May.”; “DRAFT”")];
    assert_eq!(read(&[&secret, &p("Page 3 of 12"), &secret, watermark]), told);
    assert_eq!(read(&["", &p("– 3 –"), &p("Tudalen 3 o 12")]), []);
}

#[test]
fn the_reading_of_characters_follows_them_in_brackets() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let ruby = format!(
        "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
        run("とうきょう"),
        run("東京")
    );
    check(&format!("<w:p>{}{ruby}{}</w:p>", run("In "), run(".")), &[], "In 東京 (とうきょう).\n");
}

#[test]
fn a_break_of_any_kind_keeps_the_words_apart() {
    let run = |kind: &str| format!("<w:r><w:t>one</w:t>{kind}<w:t>two</w:t></w:r>");
    for (kind, between) in [
        ("<w:br/>", "\\\n"),
        ("<w:br w:type=\"textWrapping\"/>", "\\\n"),
        ("<w:br w:type=\"page\"/>", "\\\n"),
        ("<w:ptab/>", " "),
    ] {
        check(&format!("<w:p>{}</w:p>", run(kind)), &[], &format!("one{between}two\n"));
    }
}

#[test]
fn a_picture_without_its_file_is_reported_by_its_name() {
    let picture =
        |name: &str, blip: &str| format!("<w:r><w:drawing><wp:docPr{name}/><a:blip{blip}/></w:drawing></w:r>");
    let body = format!(
        "<w:p><w:r><w:t>Text</w:t></w:r>{}{}{}</w:p>",
        picture(" name=\"Picture 3\"", " r:embed=\"r9\""),
        picture("", ""),
        picture("", " r:embed=\"\" r:link=\"r2\"")
    );
    let rels = "<Relationships><Relationship Id=\"r2\" Target=\"media/map.png\"/></Relationships>";
    let parts = [("word/_rels/document.xml.rels", rels), ("word/media/map.png", "png")];
    let item = read_document(&document(&body, &parts)).unwrap();
    assert_eq!(item.body, "Text![](map.png)\n");
    let lost = ["Picture 3", "a picture without a name"].map(Loss::picture_not_in_word);
    assert_eq!(item.losses, lost);
}

#[test]
fn a_table_of_fields_gives_fields() {
    let row = |name: &str, value: &str| format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", p(name), p(value));
    let table = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row("Title:", "The desk"),
        row("Who took part?", "A Council"),
        row("Sector", "Health")
    );
    let item = read_document(&document(&(table + &p("Text.")), &[])).unwrap();
    assert_eq!(
        serde_json::to_string(&item.fields).unwrap(),
        r#"{"Title":"The desk","Who took part?":"A Council","Sector":"Health"}"#
    );
    assert_eq!(item.body, "Text.\n");
    let of_rows = |names: &[&str]| {
        let rows: String = names.iter().map(|name| row(name, "Words")).collect();
        read_document(&document(&format!("<w:tbl>{rows}</w:tbl>"), &[])).unwrap().fields.len()
    };
    assert_eq!(of_rows(&["Title", "Place", "Partners", "Start year", "Sector", "Summary"]), 6);
    // A table of the text.
    assert_eq!(of_rows(&["Title", "Author", "Publisher"]), 0);
    assert_eq!(of_rows(&["Town", "County", "Start", "End"]), 0);
}

#[test]
fn only_the_words_of_a_hint_are_left_out_and_not_what_was_typed_after_it_or_over_it() {
    let hint = |runs: &[&str]| {
        let run = |text: &&str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
        let runs: String = runs.iter().map(run).collect();
        format!("<w:p><w:pPr><w:pStyle w:val=\"CasebookHint\"/></w:pPr>{runs}</w:p>")
    };
    let body = [
        hint(&["What was ", "wrong."]),
        hint(&["After Enter."]),
        hint(&["What was", " wrong. In", " one paragraph."]),
        p("Below. What was wrong."),
    ];
    check(&body.concat(), &[], "After Enter.\n\nIn one paragraph.\n\nBelow. What was wrong.\n");

    let row = |name: &str, hint: &str, value: &str| {
        format!("<w:tr><w:tc>{}{hint}</w:tc><w:tc>{}</w:tc></w:tr>", p(name), p(value))
    };
    let rows = [
        row("Title", &hint(&["What was wrong."]), "The desk"),
        row("Who took part?", &hint(&["A Council"]), ""),
        row("One lesson", &p("(in a few words)"), ""),
    ];
    let item = read_document(&document(&format!("<w:tbl>{}</w:tbl>", rows.concat()), &[])).unwrap();
    assert_eq!(item.losses, [Loss::below_name_of_field("“A Council” below Who took part?")]);
}

#[test]
fn a_row_of_a_source_or_barrier_without_its_first_cell_is_kept() {
    let table = |rows: &[[&str; 2]]| {
        let row = |cells: &[&str; 2]| {
            let cells: String = cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", p(cell))).collect();
            format!("<w:tr>{cells}</w:tr>")
        };
        format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
    };
    let sources = table(&[["Title of the source", "Web address"], ["", "https://a.uk/x"], ["", ""]]);
    let barriers = table(&[["Barrier", "What they did about it"], ["", "Pooled."]]);
    let item = read_document(&document(&(sources + &barriers), &[])).unwrap();
    assert_eq!(
        serde_json::to_string(&item.fields).unwrap(),
        r#"{"sources":[{"url":"https://a.uk/x"}],"barrier":[{"response":"Pooled."}]}"#
    );
}

#[test]
fn other_scripts_are_read() {
    check(&[p("Llywodraeth Cymru ŵŷ"), p("شراكة محلية")].concat(), &[], "Llywodraeth Cymru ŵŷ\n\nشراكة محلية\n");
}

#[test]
fn files_that_are_not_documents_are_reported() {
    let error = |bytes: &[u8]| read_document(bytes).unwrap_err().message;
    assert!(error(b"not a zip").contains("not a Word document"));
    assert!(error(b"").contains("not a Word document"));
    assert!(error(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]).contains("password"));
    let mut cut = document(&p("Text"), &[]);
    cut.truncate(cut.len() / 2);
    assert!(error(&cut).contains("not a Word document"));
    let broken = document("</w:p>", &[]);
    assert!(error(&broken).contains("cannot be read"));
    let entities = document("&lol;", &[]);
    assert!(error(&entities).contains("cannot be read"));
}

#[test]
fn a_zip_bomb_is_refused() {
    let bomb = document(&" ".repeat(70 * 1024 * 1024), &[]);
    assert!(bomb.len() < 1024 * 1024);
    assert!(read_document(&bomb).unwrap_err().message.contains("far too large"));
}

#[test]
fn deep_nesting_is_cut() {
    let deep = |inside: &str| {
        let (opening, closing) = ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>");
        format!("{}{inside}{}", opening.repeat(20_000), closing.repeat(20_000))
    };
    let item = read_document(&document(&deep(&p("Deep words.")), &[])).unwrap();
    assert_eq!(item.losses, [Loss::nested_too_deeply("Deep words.")]);
    let table = format!("<w:tbl>{}</w:tbl>", deep(&format!("<w:tr><w:tc>{}</w:tc></w:tr>", p("x"))));
    assert_eq!(read_document(&document(&table, &[])).unwrap().body, "x\n");
}

#[test]
fn content_that_is_nested_too_deeply_is_reported() {
    let table = ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>");
    let text_box =
        ("<w:p><w:r><w:drawing><wps:txbx><w:txbxContent>", "</w:txbxContent></wps:txbx></w:drawing></w:r></w:p>");
    let control = ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>");
    let picture = "<w:p><w:r><w:drawing><a:blip r:embed=\"r1\"/></w:drawing></w:r></w:p>";
    for ((opening, closing), count) in [(table, 50), (text_box, 5), (control, 30)] {
        let nested = |inside: &str| {
            let body = format!("{}{}{inside}{}", p("First."), opening.repeat(count), closing.repeat(count));
            let item = read_document(&document(&body, &[])).unwrap();
            let losses = item.losses.iter().filter(|loss| loss.kind.contains("too many tables"));
            losses.map(|loss| loss.what.clone()).collect::<Vec<_>>()
        };
        assert_eq!(nested(&p("Deep words.")), ["Deep words."], "{opening}");
        assert_eq!(nested(picture), ["a picture"], "{opening}");
        assert!(nested("<w:p/>").is_empty(), "{opening}");
    }
    let inline = format!("<w:p>{}<w:r><w:t>Inline.</w:t></w:r>{}</w:p>", "<w:ins>".repeat(50), "</w:ins>".repeat(50));
    let losses = read_document(&document(&inline, &[])).unwrap().losses;
    assert!(losses.contains(&Loss::nested_too_deeply("Inline.")), "{losses:?}");
}

#[test]
fn subscript_and_superscript_are_kept() {
    let run =
        |look: &str, text: &str| format!("<w:r><w:rPr><w:vertAlign w:val=\"{look}\"/></w:rPr><w:t>{text}</w:t></w:r>");
    let body = format!("<w:p><w:r><w:t>CO</w:t></w:r>{}{}</w:p>", run("subscript", "2"), run("superscript", "a*b"));
    let item = read_document(&document(&body, &[])).unwrap();
    assert_eq!(item.body.trim(), "CO<sub>2</sub><sup>a\\*b</sup>");
}

#[test]
fn text_raised_from_the_line_is_superscript() {
    let run = |distance: &str, text: &str| {
        format!("<w:r><w:rPr><w:position w:val=\"{distance}\"/></w:rPr><w:t>{text}</w:t></w:r>")
    };
    let runs = [run("8", "1"), run("-4", "2"), run("2", "a"), run("0", "b"), run("x", "c")].concat();
    check(&format!("<w:p><w:r><w:t>report).</w:t></w:r>{runs}</w:p>"), &[], "report).<sup>1</sup><sub>2</sub>abc\n");
}

#[test]
fn symbols_become_characters_or_are_reported() {
    let symbol = |font: &str, code: &str| format!("<w:r><w:sym w:font=\"{font}\" w:char=\"{code}\"/></w:r>");
    let text = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let paragraph = |runs: &[String]| format!("<w:p>{}</w:p>", runs.concat());
    let known = paragraph(&[
        text("A "),
        symbol("Symbol", "F061"),
        symbol("Symbol", "0057"),
        symbol("Symbol", "F0B7"),
        symbol("symbol", "F0AE"),
        text(" B "),
        symbol("Wingdings", "F0FC"),
        symbol("Wingdings", "F0FB"),
        symbol("Wingdings", "f0e0"),
        symbol("Wingdings", "A7"),
        text(" C "),
        symbol("MS Gothic", "2612"),
    ]);
    check(&known, &[], "A αΩ•→ B ✔✘→▪ C ☒\n");
    let unknown = paragraph(&[text("Open "), text("in May "), symbol("House Signs", "F04A"), text("or June")]);
    let first = paragraph(&[symbol("Wingdings", "x"), text("&amp;")]);
    let item = read_document(&document(&[unknown, first].concat(), &[])).unwrap();
    assert_eq!(item.body, "Open in May or June\n\n&\n");
    let losses: Vec<&str> = item.losses.iter().map(|loss| loss.what.as_str()).collect();
    assert_eq!(losses, ["F04A of House Signs, after “Open in May”", "x of Wingdings, at the start of a paragraph"]);
}

#[test]
fn an_address_with_any_character_stays_one_link() {
    for (address, written) in [
        ("https://a.uk/x_(y)", "<https://a.uk/x_(y)>"),
        ("https://a.uk/&lt;x&gt; y", "<https://a.uk/%3Cx%3E y>"),
        ("https://a.uk/a&#10;b", "https://a.uk/a%0Ab"),
        ("https://a.uk/a\\b", "https://a.uk/a%5Cb"),
    ] {
        let rels = format!("<Relationships><Relationship Id=\"r1\" Target=\"{address}\"/></Relationships>");
        let body = "<w:p><w:hyperlink r:id=\"r1\"><w:r><w:t>there</w:t></w:r></w:hyperlink></w:p>";
        check(body, &[("word/_rels/document.xml.rels", &rels)], &format!("[there]({written})\n"));
    }
}

#[test]
fn a_document_with_two_titles_is_refused_and_several_headings_without_a_title_are_reported() {
    let title = |text: &str| styled("Title", text);
    let top = |text: &str| styled("Heading1", text);
    let read = |blocks: &[String]| read_document(&document(&blocks.concat(), &[]));
    let row = |name: &str| format!("<w:tr><w:tc>{}</w:tc><w:tc/></w:tr>", p(name));
    let blank_form = format!("<w:tbl>{}{}</w:tbl>", row("Title"), row("Where was it?"));
    let refused = read(&[title("A"), p("Text."), title("B"), p("Text.")]).unwrap_err();
    assert_eq!(refused.message, "it has two titles, “A” and “B”");
    for (blocks, loss) in [
        (vec![title("A"), top("B"), top("C")], None),
        (vec![title("A"), title(""), p("Text.")], None),
        (vec![top("A"), p("Text.")], None),
        (vec![blank_form.clone(), top("A"), p("Text."), top("B")], None),
        (vec![top("A"), p("Text."), top("B")], Some("“A”, “B” in a.docx")),
        (["A", "B", "C", "D", "E"].map(top).to_vec(), Some("“A”, “B”, “C” and 2 more in a.docx")),
    ] {
        let losses = read(&blocks).unwrap().losses;
        assert_eq!(losses, loss.map(Loss::several_top_headings).as_slice(), "{blocks:?}");
    }
}

#[test]
fn a_style_has_the_purpose_of_the_first_of_those_that_it_is_based_on() {
    let style = |id: &str, base: &str| format!("<w:style w:styleId=\"{id}\"><w:basedOn w:val=\"{base}\"/></w:style>");
    let chain: String = (1..9).map(|n| style(&format!("s{n}"), &format!("s{}", n - 1))).collect();
    let circle = style("x", "y") + &style("y", "x");
    let heading = "<w:style w:styleId=\"s0\"><w:name w:val=\"heading 2\"/></w:style>";
    let styles = format!("<w:styles xmlns:w=\"w\">{chain}{circle}{heading}</w:styles>");
    check(&[styled("s8", "A"), styled("x", "B")].concat(), &[("word/styles.xml", &styles)], "## A\n\nB\n");
}

#[test]
fn tables_with_more_cells_than_can_be_read_are_refused() {
    let cell = |span: usize| format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/></w:tcPr></w:tc>");
    let row = |cells: String| format!("<w:tr>{cells}</w:tr>");
    let wide = row(cell(64).repeat(1000));
    for rows in [
        wide.clone() + &row(cell(1)).repeat(2000),
        row(cell(1)).repeat(2000) + &wide,
        wide + &row(String::new()).repeat(2000),
    ] {
        let table = format!("<w:tbl>{rows}</w:tbl>");
        let refused = read_document(&document(&table, &[])).unwrap_err();
        assert_eq!(refused.message, "its tables have more than 200000 cells");
        let note = format!("<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"2\">{table}</w:footnote></w:footnotes>");
        let reference = "<w:p><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
        assert!(read_document(&document(reference, &[("word/footnotes.xml", &note)])).is_err());
    }
}
