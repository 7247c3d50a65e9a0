//! The tables of the open data as CSV, and their columns, listed once for the files and for their descriptions.
//!
//! CSV as in RFC 4180, in UTF-8. A text cell that a spreadsheet would run as a formula gets a leading apostrophe.
//! Several values in a cell are separated by a semicolon and a space, which is not escaped in a value. Terms are given
//! by their ids, as written.

use std::{borrow::Cow, sync::Arc};

use csv::{Terminator, WriterBuilder};
use jiff::civil::Date;

use super::reference::licence;
use crate::model::{
    Library, TermId, VocabularyId,
    evidence_map::{self, MapAxes},
    library::Case,
    own_field::{FieldKind, FieldValue, OwnField},
};

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    /// Its name, at the head of the table.
    pub name: String,
    /// The type of its cells.
    pub kind: ColumnKind,
    /// Whether every row has a value.
    pub is_required: bool,
    /// The vocabulary whose terms it holds.
    pub vocabulary: Option<VocabularyId>,
    /// The library's own key that it holds.
    pub own_field: Option<&'a OwnField>,
}

/// The type of a column's cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// A day: `2026-11-22`.
    Day,
    /// A year of four digits.
    Year,
    /// A whole number.
    Number,
    /// Any number.
    Decimal,
}

/// Gives the text of a case's cell.
type Text = fn(&Library, &Case) -> String;

/// The source of the cells of a column of cases.
#[derive(Clone, Copy)]
enum CellSource<'a> {
    Of(Text),
    Terms(VocabularyId),
    /// The library's own key.
    Own(&'a OwnField),
}

/// The columns of vocabularies come before this one.
const AFTER_TERMS: &str = "language";

/// The columns of cases that every library has: name, type, whether every row has a value, cell.
const OF_CASES: [(&str, ColumnKind, bool, Text); 24] = [
    ("slug", ColumnKind::Text, true, |_, case| case.file.slug.value.clone()),
    ("url", ColumnKind::Text, true, |library, case| url(library, case)),
    ("title", ColumnKind::Text, true, |_, case| case.file.title.clone()),
    ("summary", ColumnKind::Text, false, |_, case| case.file.summary.clone()),
    ("date", ColumnKind::Day, false, |_, case| day(case.file.date)),
    ("updated", ColumnKind::Day, false, |_, case| day(case.file.updated)),
    ("reviewed", ColumnKind::Day, false, |_, case| day(case.file.reviewed)),
    ("review_by", ColumnKind::Day, false, |_, case| day(case.file.review_by.as_ref().map(|day| day.value))),
    ("place", ColumnKind::Text, false, |_, case| joined(case.file.places.iter().map(|place| &place.name))),
    ("place_code", ColumnKind::Text, false, |library, case| {
        joined_in_place(case.file.places.iter().map(|place| library.listed_places.code(place)))
    }),
    ("place_region", ColumnKind::Text, false, |library, case| {
        joined_in_place(case.file.places.iter().map(|place| library.listed_places.region(place)))
    }),
    ("short_place", ColumnKind::Text, false, |_, case| case.file.short_place.clone().unwrap_or_default()),
    ("period_from", ColumnKind::Year, false, |_, case| year(case.file.period.as_ref().and_then(|period| period.from))),
    ("period_to", ColumnKind::Year, false, |_, case| year(case.file.period.as_ref().and_then(|period| period.to))),
    ("period_changed", ColumnKind::Year, false, |_, case| {
        year(case.file.period.as_ref().and_then(|period| period.changed))
    }),
    ("period_reported", ColumnKind::Year, false, |_, case| {
        year(case.file.period.as_ref().and_then(|period| period.reported))
    }),
    ("period_note", ColumnKind::Text, false, |_, case| {
        case.file.period.as_ref().and_then(|period| period.note.clone()).unwrap_or_default()
    }),
    ("partners", ColumnKind::Text, false, |_, case| joined(case.file.partners.iter())),
    ("authors", ColumnKind::Text, false, |_, case| joined(case.file.authors.iter().map(|author| author.name.shown()))),
    ("lesson", ColumnKind::Text, false, |_, case| case.file.lesson.clone().unwrap_or_default()),
    ("corrected", ColumnKind::Day, false, |_, case| {
        day(case.file.corrections.last().map(|correction| correction.date))
    }),
    ("adopted", ColumnKind::Text, false, |_, case| joined(case.file.adopted.iter().map(|adoption| &adoption.place))),
    (AFTER_TERMS, ColumnKind::Text, true, |library, case| library.language_of(case).to_owned()),
    ("licence", ColumnKind::Text, false, |library, case| {
        licence(library, case).map_or(String::new(), |licence| licence.name.clone())
    }),
];

const OF_MAP: [(&str, ColumnKind); 5] = [
    ("row", ColumnKind::Text),
    ("row_label", ColumnKind::Text),
    ("column", ColumnKind::Text),
    ("column_label", ColumnKind::Text),
    ("cases", ColumnKind::Number),
];

/// The columns of the table of cases: these, with one for each vocabulary among them.
pub fn case_columns(library: &Library) -> Vec<Column<'_>> {
    case_table(library).into_iter().map(|(column, _)| column).collect()
}

/// The columns of the evidence map.
pub fn map_columns() -> Vec<Column<'static>> {
    OF_MAP.iter().map(|&(name, kind)| column(name, kind, true, None)).collect()
}

/// The table of cases.
pub fn cases(library: &Library) -> String {
    let (columns, cells): (Vec<Column<'_>>, Vec<CellSource<'_>>) = case_table(library).into_iter().unzip();
    let row = |case: &Arc<Case>| cells.iter().map(|cell| cell.text(library, case)).collect();
    csv(&columns, library.cases.iter().map(row))
}

/// The evidence map, one cell to a row.
pub fn evidence_map(library: &Library, axes: MapAxes) -> String {
    let map = evidence_map::evidence_map(library, axes);
    let term = |term: TermId| {
        let term = &library.vocabularies[term];
        [term.slug().to_owned(), term.label.clone()]
    };
    let cells = map.rows.iter().zip(&map.counts).flat_map(|(&row, counts)| {
        let in_row = map.columns.iter().zip(counts);
        in_row.map(move |(&column, count)| [&term(row)[..], &term(column), &[count.to_string()]].concat())
    });
    csv(&map_columns(), cells)
}

fn case_table(library: &Library) -> Vec<(Column<'_>, CellSource<'_>)> {
    let mut table = Vec::new();
    for (name, kind, is_required, cell) in OF_CASES {
        if name == AFTER_TERMS {
            table.extend(library.vocabularies.iter().map(|vocabulary| {
                // The only column that may have the name of a vocabulary: the names of all others are keys, which no
                // vocabulary may have.
                let name = if vocabulary.file.id == "url" { "url_terms" } else { vocabulary.file.id.as_str() };
                (column(name, ColumnKind::Text, false, Some(vocabulary.id)), CellSource::Terms(vocabulary.id))
            }));
            table.extend(library.config.fields.iter().map(|field| {
                let is_taken = OF_CASES.iter().any(|(name, ..)| *name == field.id.value);
                let name = if is_taken { format!("{}_field", field.id.value) } else { field.id.value.clone() };
                let own = Column { own_field: Some(field), ..column(&name, own_kind(field.kind), false, None) };
                (own, CellSource::Own(field))
            }));
        }
        table.push((column(name, kind, is_required, None), CellSource::Of(cell)));
    }
    table
}

fn column(name: &str, kind: ColumnKind, is_required: bool, vocabulary: Option<VocabularyId>) -> Column<'static> {
    Column { name: name.to_owned(), kind, is_required, vocabulary, own_field: None }
}

/// The type of one of the library's own keys. A date may be only a year, and a number may have a fraction.
fn own_kind(kind: FieldKind) -> ColumnKind {
    match kind {
        FieldKind::Number => ColumnKind::Decimal,
        FieldKind::Text | FieldKind::Date | FieldKind::Link | FieldKind::List => ColumnKind::Text,
    }
}

impl CellSource<'_> {
    fn text(self, library: &Library, case: &Case) -> String {
        match self {
            CellSource::Of(text) => text(library, case),
            CellSource::Own(field) => match case.file.own_fields.get(&field.id.value) {
                None => String::new(),
                Some(FieldValue::Text(text) | FieldValue::Link(text)) => text.clone(),
                Some(FieldValue::Number(number)) => number.to_string(),
                Some(FieldValue::Date(date)) => date.to_string(),
                Some(FieldValue::List(items)) => joined(items.iter()),
            },
            CellSource::Terms(vocabulary) => {
                let terms = &library.vocabularies[vocabulary].terms;
                joined(case.terms_of(vocabulary).iter().map(|carried| terms[carried.term].slug()))
            }
        }
    }
}

/// The address of a case: in full if the host is known, otherwise from the root of its site.
pub fn url(library: &Library, case: &Case) -> String {
    library.config.base.full_or_path(&case.address)
}

fn day(day: Option<Date>) -> String {
    day.map_or(String::new(), |day| day.to_string())
}

fn year(year: Option<i16>) -> String {
    year.map_or(String::new(), |year| format!("{year:04}"))
}

fn joined<'a>(values: impl Iterator<Item = &'a (impl AsRef<str> + ?Sized + 'a)>) -> String {
    values.map(AsRef::as_ref).collect::<Vec<_>>().join("; ")
}

/// Values that belong to those of another column, one by one: an absent one leaves its place empty, so that a reader
/// can tell whose each is. Empty if all are absent.
fn joined_in_place<'a>(values: impl Iterator<Item = Option<&'a str>>) -> String {
    let values: Vec<Option<&str>> = values.collect();
    match values.iter().all(Option::is_none) {
        true => String::new(),
        false => joined(values.into_iter().map(Option::unwrap_or_default)),
    }
}

fn csv(columns: &[Column<'_>], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let written = (|| {
        writer.write_record(columns.iter().map(|column| column.name.as_bytes()))?;
        for row in rows {
            let cells = columns.iter().zip(&row).map(|(column, cell)| match column.kind {
                ColumnKind::Text => never_a_formula(cell),
                ColumnKind::Day | ColumnKind::Year | ColumnKind::Number | ColumnKind::Decimal => {
                    Cow::Borrowed(cell.as_str())
                }
            });
            writer.write_record(cells.map(|cell| cell.as_bytes().to_vec()))?;
        }
        Ok::<(), csv::Error>(())
    })();
    written.expect("every row has a cell for each column, and memory takes every byte");
    let bytes = writer.into_inner().expect("memory takes every byte");
    String::from_utf8(bytes).expect("CSV made of text is text")
}

/// A cell that no spreadsheet runs as a formula.
fn never_a_formula(cell: &str) -> Cow<'_, str> {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => Cow::Owned(format!("'{cell}")),
        false => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(name: &str) -> Column<'static> {
        column(name, ColumnKind::Text, false, None)
    }

    #[test]
    fn cells_are_quoted_if_they_must_be() {
        let rows = [vec!["a,b".to_owned(), "say \"no\"\nor yes".to_owned()]];
        let table = csv(&[text("one"), text("two")], rows.into_iter());
        assert_eq!(table, "one,two\r\n\"a,b\",\"say \"\"no\"\"\nor yes\"\r\n");
    }

    #[test]
    fn a_formula_becomes_text_and_a_number_is_left_alone() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(never_a_formula(formula), format!("'{formula}"));
        }
        let number = Column { kind: ColumnKind::Number, ..text("n") };
        assert_eq!(csv(&[number], [vec!["-44".to_owned()]].into_iter()), "n\r\n-44\r\n");
    }

    #[test]
    fn a_value_stands_where_its_partner_does() {
        let of = |values: &[Option<&str>]| joined_in_place(values.iter().copied());
        assert_eq!(of(&[None, Some("E06000010")]), "; E06000010");
        assert_eq!(of(&[Some("A"), None, Some("B"), None]), "A; ; B; ");
        assert_eq!(of(&[None, None]), "");
        assert_eq!(of(&[]), "");
    }

    proptest! {
        #[test]
        fn a_written_table_is_read_back(cells in prop::collection::vec(any::<String>(), 1..4)) {
            let columns: Vec<Column<'_>> = cells.iter().map(|_| text("a")).collect();
            let table = csv(&columns, [cells.clone()].into_iter());
            let mut reader = csv::Reader::from_reader(table.as_bytes());
            let read: Vec<String> = reader.records().next().unwrap().unwrap().iter().map(str::to_owned).collect();
            let expected: Vec<String> = cells.iter().map(|cell| never_a_formula(cell).into_owned()).collect();
            prop_assert_eq!(read, expected);
        }
    }
}
