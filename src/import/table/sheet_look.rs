//! A workbook of Excel → what its sheets hide, their merged cells, and what their cells show for a number.

use std::{
    collections::{HashMap, HashSet},
    io::BufRead,
    ops::Range,
};

use quick_xml::events::{BytesStart, Event};
use roxmltree::Document;

use super::{
    Loss,
    beside_values::{elements, text_or_loss, unread_part},
    number_formats::NumberFormats,
    workbook::CellPlace,
};
use crate::import::{
    xml::attribute,
    zip_parts::{ZipParts, folded, relations_of},
};

/// What a sheet hides, its merged cells, and what its cells show. The first row and the first column have the number 0.
#[derive(Clone, Debug, Default)]
pub(super) struct SheetLook {
    pub hidden_rows: Vec<Range<u32>>,
    pub hidden_columns: Vec<Range<u32>>,
    /// The rows and the first column of each cell that reaches over several rows.
    pub merged: Vec<(Range<u32>, u32)>,
    pub shown: Vec<ShownText>,
    /// The formulas without a stored value.
    pub formulas: Vec<CellPlace>,
}

/// The text of cells whose number alone would say something else, such as `25%` for 0.25.
#[derive(Clone, Debug)]
pub(super) struct ShownText {
    pub rows: Range<u32>,
    pub columns: Range<u32>,
    pub text: String,
}

/// The part with the list of sheets, if the workbook does not say.
const USUAL_LIST: &str = "xl/workbook.xml";

/// The looks of the sheets of a workbook, by the names of the sheets. A workbook whose list of sheets cannot be read is
/// refused, and so is one in which several sheets are one part: a small file could make a large one of it.
pub(super) fn looks_of_xlsx(
    parts: &mut ZipParts<'_>,
    losses: &mut Vec<Loss>,
) -> Result<HashMap<String, SheetLook>, String> {
    let list = parts.main_part().filter(|list| parts.has(list)).unwrap_or_else(|| USUAL_LIST.to_owned());
    let folder = list.rsplit_once('/').map_or("", |(folder, _)| folder);
    let [sheets, relations] = [&list, &relations_of(&list)].map(|name| required_text(parts, name));
    let (sheets, relations) = (sheets?, relations?);
    let (sheets, relations) = (tree(&sheets, &list)?, tree(&relations, &relations_of(&list))?);
    let relations = elements(relations.root(), "Relationship");
    let targets: HashMap<&str, &str> =
        relations.filter_map(|relation| Some((attribute(relation, "Id")?, attribute(relation, "Target")?))).collect();
    let formats = NumberFormats::read(&text_or_loss(parts, &format!("{folder}/styles.xml"), losses));
    let (mut looks, mut found) = (HashMap::new(), HashSet::new());
    for sheet in elements(sheets.root(), "sheet") {
        let name = attribute(sheet, "name").unwrap_or_default();
        let ids = sheet.attributes().filter(|attribute| attribute.name() == "id");
        for target in ids.filter_map(|id| targets.get(id.value())) {
            let path = target.strip_prefix('/').map_or_else(|| format!("{folder}/{target}"), str::to_owned);
            if !found.insert(folded(&path)) {
                return Err(format!("several of its sheets are one part, {path}"));
            }
            let Some(xml) = parts.reader(&path) else { continue };
            match LookReader::new(&formats).read(xml) {
                Ok(look) => drop(looks.insert(name.to_owned(), look)),
                Err(error) => losses.push(unread_part(&path, &error.to_string())),
            }
        }
    }
    Ok(looks)
}

fn required_text(parts: &mut ZipParts<'_>, name: &str) -> Result<String, String> {
    match parts.text(name) {
        Ok(text) => text.ok_or_else(|| format!("its part {name} is missing")),
        Err(why) => Err(format!("its part {name} cannot be read: {why}")),
    }
}

fn tree<'t>(xml: &'t str, name: &str) -> Result<Document<'t>, String> {
    Document::parse(xml).map_err(|error| format!("its part {name} cannot be read: {error}"))
}

/// Reads a sheet element by element, since it may be too large for a tree.
struct LookReader<'a> {
    formats: &'a NumberFormats,
    look: SheetLook,
    /// A row without a number follows the one before it, and so does a cell.
    next_row: u32,
    next_column: u32,
    /// The place and the style of the open cell, if its value is a number.
    cell: Option<(CellPlace, usize)>,
    /// The place of the open cell, unless its value is a text, which may be empty.
    cell_of_number: Option<CellPlace>,
    /// The place of the last formula, until its value is read.
    formula: Option<CellPlace>,
    in_value: bool,
}

impl LookReader<'_> {
    fn new(formats: &NumberFormats) -> LookReader<'_> {
        let look = SheetLook::default();
        let (next_row, next_column) = (0, 0);
        LookReader {
            formats,
            look,
            next_row,
            next_column,
            cell: None,
            cell_of_number: None,
            formula: None,
            in_value: false,
        }
    }

    fn read(mut self, xml: impl BufRead) -> Result<SheetLook, quick_xml::Error> {
        let mut reader = quick_xml::Reader::from_reader(xml);
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer)? {
                Event::Start(element) | Event::Empty(element) => self.start(&element),
                Event::Text(text) if self.in_value => self.value(&text),
                Event::Eof => {
                    self.look.formulas.extend(self.formula);
                    return Ok(self.look);
                }
                _ => {}
            }
            buffer.clear();
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        let value = |name: &str| {
            let found = element.attributes().flatten().find(|found| found.key.as_ref() == name);
            found.map(|found| found.value.into_owned())
        };
        let number = |name: &str| value(name).and_then(|number| number.parse::<u32>().ok());
        let is_hidden = || value("hidden").is_some_and(|hidden| matches!(&*hidden, "1" | "true"));
        self.in_value = element.local_name().as_ref() == "v";
        match element.local_name().as_ref() {
            "row" => {
                let row = number("r").map_or(self.next_row, |number| number.saturating_sub(1));
                self.next_row = row.saturating_add(1);
                self.next_column = 0;
                self.look.hidden_rows.extend(is_hidden().then_some(row..self.next_row));
            }
            "c" => {
                let following = (self.next_row.saturating_sub(1), self.next_column);
                let place = value("r").and_then(|place| place_of(&place)).unwrap_or(following);
                self.next_column = place.1.saturating_add(1);
                let is_number = value("t").is_none_or(|kind| &*kind == "n");
                self.cell = number("s").filter(|_| is_number).map(|style| (place, style as usize));
                self.cell_of_number = is_number.then_some(place);
                self.look.formulas.extend(self.formula.take());
            }
            "f" => self.formula = self.cell_of_number,
            "col" if is_hidden() => {
                let columns = number("min").zip(number("max"));
                self.look.hidden_columns.extend(columns.map(|(first, last)| first.saturating_sub(1)..last));
            }
            "mergeCell" => self.look.merged.extend(value("ref").and_then(|cells| merged(&cells))),
            _ => {}
        }
    }

    /// Takes the value of the open cell.
    fn value(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.formula = None;
        }
        let Some((((row, column), style), number)) = self.cell.take().zip(text.trim().parse().ok()) else { return };
        let text = self.formats.shown(style, number);
        let shown = text.map(|text| ShownText { rows: row..row + 1, columns: column..column + 1, text });
        self.look.shown.extend(shown);
    }
}

/// The rows and the first column of cells such as `B2:C4`; none if they are in one row.
fn merged(cells: &str) -> Option<(Range<u32>, u32)> {
    let (first, last) = cells.split_once(':')?;
    let ((top, column), (bottom, _)) = (place_of(first)?, place_of(last)?);
    (top < bottom).then_some((top..bottom + 1, column))
}

/// The place of a cell such as `B2`.
fn place_of(cell: &str) -> Option<CellPlace> {
    let letters = cell.len() - cell.trim_start_matches(|letter: char| letter.is_ascii_uppercase()).len();
    let (letters, number) = cell.split_at_checked(letters).filter(|(letters, _)| (1..=3).contains(&letters.len()))?;
    let column = letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    Some((number.parse::<u32>().ok()?.checked_sub(1)?, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_and_the_column_of_merged_cells_are_found() {
        assert_eq!(merged("B2:C4"), Some((1..4, 1)));
        assert_eq!(merged("AA10:AA11"), Some((9..11, 26)));
        for cells in ["B2:C2", "B2", "B0:B2", "2:3", "ABCD1:ABCD2", "é1:é2", ""] {
            assert_eq!(merged(cells), None, "{cells}");
        }
    }
}
