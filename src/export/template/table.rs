//! The table with one case to a row, and the table of terms that it accepts.

use crate::model::{
    Library,
    questions::{AFTER, PARTNERSHIP},
    section_headings::SECTION_HEADINGS,
};

/// The table for cases: the names of its columns.
pub fn table(library: &Library) -> String {
    let questions = PARTNERSHIP.iter().map(|question| question.label.to_owned());
    let vocabularies = library.vocabularies.iter().map(|vocabulary| vocabulary.file.label.clone());
    let own = library.config.fields.iter().map(|field| field.label.clone());
    let headings = SECTION_HEADINGS.iter().map(|heading| heading.title.to_owned());
    let after = AFTER.iter().map(|question| question.label.to_owned());
    let columns: Vec<String> =
        questions.chain(vocabularies).chain(own).chain(["Sources".to_owned()]).chain(headings).chain(after).collect();
    lines(&[columns])
}

/// The table of the terms of every vocabulary.
pub fn terms(library: &Library) -> String {
    let mut rows = vec![["Column", "Term", "What it means"].map(str::to_owned).to_vec()];
    for vocabulary in &library.vocabularies {
        rows.extend(vocabulary.terms.iter().map(|term| {
            vec![vocabulary.file.label.clone(), term.label.clone(), term.file.definition.clone().unwrap_or_default()]
        }));
    }
    lines(&rows)
}

/// Rows as CSV, with the byte-order mark by which Excel recognises UTF-8.
fn lines(rows: &[Vec<String>]) -> String {
    let mut csv = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // A spreadsheet would run such a text as a formula.
        let cell =
            |text: &String| if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.clone() };
        csv.write_record(row.iter().map(cell)).expect("memory takes all");
    }
    let bytes = csv.into_inner().expect("memory takes all");
    format!("\u{feff}{}", String::from_utf8(bytes).expect("texts are UTF-8"))
}
