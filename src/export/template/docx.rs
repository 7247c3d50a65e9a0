//! The blank case as a Word document: questions beside space for answers, terms as lists to choose from.
//!
//! `casebook import` reads only the labels, so the file survives Word, LibreOffice and other programs that drop what
//! they do not know.

use std::io::{Cursor, Write};

use quick_xml::escape::escape;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::model::{
    Library,
    questions::{AFTER, CHOOSE, KINDS, PARTNERSHIP, SOURCE_COLUMNS, TERM_COLUMNS},
    section_headings::SECTION_HEADINGS,
    template_hints::TemplateHint,
    vocabulary::Vocabulary,
};

/// The most terms of a vocabulary that can be chosen.
const MAX_CHOICES: usize = 4;

/// The number of rows for sources, and for barriers.
const ROWS: usize = 6;

/// The document.
pub fn docx(library: &Library) -> Vec<u8> {
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.to_owned()),
        ("word/styles.xml", styles()),
        ("word/document.xml", document(library)),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("memory takes all");
        zip.write_all(text.as_bytes()).expect("memory takes all");
    }
    zip.finish().expect("memory takes all").into_inner()
}

const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></Types>";
const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
const DOCUMENT_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn styles() -> String {
    let style = |kind: &str, id: &str, name: &str, inside: &str| {
        format!("<w:style w:type=\"{kind}\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{inside}</w:style>")
    };
    // Enter at the end of a heading or a hint begins a paragraph of text.
    let next = "<w:next w:val=\"Normal\"/>";
    let heading = "<w:pPr><w:keepNext/><w:spacing w:before=\"360\"/><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/><w:sz w:val=\"30\"/></w:rPr>";
    let grey = "<w:rPr><w:color w:val=\"595959\"/><w:sz w:val=\"20\"/></w:rPr>";
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles xmlns:w=\"{WORD}\">{}{}{}{}</w:styles>",
        style("paragraph", "Normal", "Normal", "<w:rPr><w:sz w:val=\"24\"/></w:rPr>"),
        style("paragraph", "Heading1", "heading 1", &format!("{next}{heading}")),
        style("paragraph", "CasebookHint", "Casebook hint", &format!("{next}{grey}")),
        style("character", "PlaceholderText", "Placeholder Text", "<w:rPr><w:color w:val=\"595959\"/></w:rPr>"),
    )
}

fn document(library: &Library) -> String {
    let mut body = hint(&TemplateHint::of_library(library));
    let mut rows: Vec<String> = PARTNERSHIP
        .iter()
        .map(|question| row(question.label, Some(TemplateHint::new(question.hint)), &paragraph("")))
        .collect();
    let in_table = library.vocabularies.iter().filter(|vocabulary| vocabulary.file.id != "barrier");
    rows.extend(in_table.map(|vocabulary| {
        row(&vocabulary.file.label, Some(TemplateHint::of_vocabulary(vocabulary)), &choices(vocabulary))
    }));
    rows.extend(library.config.fields.iter().map(|field| row(&field.label, None, &paragraph(""))));
    rows.extend(
        AFTER.iter().map(|question| row(question.label, Some(TemplateHint::new(question.hint)), &paragraph(""))),
    );
    body.push_str(&table(&rows.concat()));
    if let Some(barrier) = library.vocabularies.named("barrier") {
        body.push_str(&hint(&TemplateHint::of_vocabulary(barrier)));
        let row = |_| cells(&[choice(barrier), paragraph(""), paragraph("")]);
        body.push_str(&table(&(head(&TERM_COLUMNS) + &(0..ROWS).map(row).collect::<String>())));
    }
    body.push_str(&hint(&TemplateHint::of_sources()));
    let kinds: Vec<(&str, &str)> = KINDS.to_vec();
    let row = |_| cells(&[paragraph(""), paragraph(""), paragraph(""), paragraph(""), list("Kind", "kind", &kinds)]);
    body.push_str(&table(&(head(&SOURCE_COLUMNS) + &(0..ROWS).map(row).collect::<String>())));
    for heading in SECTION_HEADINGS {
        body.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>{}</w:p>{}{}",
            run(heading.title),
            hint(&TemplateHint::new(heading.guidance)),
            paragraph("")
        ));
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"{WORD}\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    )
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}

fn paragraph(text: &str) -> String {
    if text.is_empty() { "<w:p/>".to_owned() } else { format!("<w:p>{}</w:p>", run(text)) }
}

fn hint(hint: &TemplateHint) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"CasebookHint\"/></w:pPr>{}</w:p>", run(&hint.to_string()))
}

fn table(rows: &str) -> String {
    let border = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:color=\"808080\"/>");
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].into_iter().map(border).collect();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>{rows}</w:tbl><w:p/>"
    )
}

fn cells(cells: &[String]) -> String {
    let cell = |inside: &String| format!("<w:tc><w:tcPr/>{inside}</w:tc>");
    format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>())
}

fn head(names: &[&str]) -> String {
    cells(&names.iter().map(|name| paragraph(name)).collect::<Vec<_>>())
}

/// A question and the space for its answer.
fn row(label: &str, help: Option<TemplateHint>, answer: &str) -> String {
    let question = paragraph(label) + &help.as_ref().map_or_else(String::new, hint);
    cells(&[question, answer.to_owned()])
}

/// Lists to choose terms from: one, or several if a case may carry several.
fn choices(vocabulary: &Vocabulary) -> String {
    let count = if vocabulary.file.many { MAX_CHOICES } else { 1 };
    choice(vocabulary).repeat(count)
}

fn choice(vocabulary: &Vocabulary) -> String {
    let terms: Vec<(&str, &str)> = vocabulary.terms.iter().map(|term| (term.slug(), term.label.as_str())).collect();
    list(&vocabulary.file.label, &vocabulary.file.id, &terms)
}

/// A list to choose from.
fn list(label: &str, tag: &str, items: &[(&str, &str)]) -> String {
    let item = |(value, text): &(&str, &str)| {
        format!("<w:listItem w:displayText=\"{}\" w:value=\"{}\"/>", escape(*text), escape(*value))
    };
    let items: String = items.iter().map(item).collect();
    format!(
        "<w:p><w:sdt><w:sdtPr><w:alias w:val=\"{}\"/><w:tag w:val=\"{}\"/><w:showingPlcHdr/><w:dropDownList>{items}</w:dropDownList></w:sdtPr>\
         <w:sdtContent><w:r><w:rPr><w:rStyle w:val=\"PlaceholderText\"/></w:rPr><w:t>{CHOOSE}</w:t></w:r></w:sdtContent></w:sdt></w:p>",
        escape(label),
        escape(tag)
    )
}
