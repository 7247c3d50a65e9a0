//! Tables that contain fields, as in the template: with names in the first column or in the first row.

use serde_yaml::{Mapping, Value};

use super::{super::Loss, markdown::Block};
use crate::{
    model::questions::{CHOOSE, SOURCE_HEAD, TERM_HEAD, key_of_label, plain},
    problem::message::shown,
};

/// Removes the tables that contain fields from the blocks, and gives the fields.
pub(super) fn take(blocks: &mut Vec<Block>, losses: &mut Vec<Loss>) -> Mapping {
    let mut fields = Mapping::new();
    blocks.retain(|block| {
        let Block::Table(rows) = block else { return true };
        let of_rows = rows_of_head(rows).or_else(|| pairs(rows, losses));
        let Some(found) = of_rows else { return true };
        for (name, value) in found {
            match (fields.get_mut(&name), value) {
                (Some(Value::Sequence(items)), Value::Sequence(more)) => items.extend(more),
                (_, value) => drop(fields.insert(name, value)),
            }
        }
        false
    });
    fields
}

/// The text of a cell, one line for each paragraph.
fn words(cell: Option<&Vec<Block>>) -> String {
    // A list without a choice shows a prompt, which some programs save as text.
    let is_answer = |line: &String| !line.trim().is_empty() && line.trim() != CHOOSE;
    let lines = cell.into_iter().flatten().map(Block::plain).filter(is_answer);
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The fields of a table of two columns, if most names in the first are names of fields. A hint in brackets after a
/// name is ignored.
fn pairs(rows: &[Vec<Vec<Block>>], losses: &mut Vec<Loss>) -> Option<Mapping> {
    let name = |row: &Vec<Vec<Block>>| {
        words(row.first()).lines().next().unwrap_or_default().trim_end_matches(':').trim().to_owned()
    };
    let below_name = |row: &Vec<Vec<Block>>| {
        let lines = words(row.first());
        let lines = lines.lines().skip(1).map(str::trim);
        lines.filter(|line| !(line.starts_with('(') && line.ends_with(')'))).collect::<Vec<_>>().join(" ")
    };
    let is_pair = rows.iter().all(|row| row.len() == 2);
    let known = rows.iter().filter(|row| key_of_label(&name(row)).is_some()).count();
    if !is_pair || known < 2 || known * 2 < rows.len() {
        return None;
    }
    for (row, words) in rows.iter().map(|row| (row, below_name(row))).filter(|(_, words)| !words.is_empty()) {
        losses.push(Loss::below_name_of_field(&format!("“{}” below {}", shown(&words), shown(&name(row)))));
    }
    let pair = |row: &Vec<Vec<Block>>| Some((Value::from(name(row)), Value::from(words(row.get(1)))));
    Some(
        rows.iter().filter_map(pair).filter(|(_, value)| value.as_str().is_some_and(|text| !text.is_empty())).collect(),
    )
}

/// The entries of a table with column names, one for each row: sources, or described terms.
fn rows_of_head(rows: &[Vec<Vec<Block>>]) -> Option<Mapping> {
    let head: Vec<String> =
        rows.first()?.iter().map(|cell| plain(words(Some(cell)).lines().next().unwrap_or_default())).collect();
    for (names, field) in [(SOURCE_HEAD, "sources"), (TERM_HEAD, "barrier")] {
        let keys: Vec<Option<&str>> = head
            .iter()
            .map(|cell| names.iter().find(|(_, others)| others.contains(&cell.as_str())).map(|(key, _)| *key))
            .collect();
        // Tables of the text may have a column of the same name, so the first two must match.
        if !names[..2].iter().all(|(key, _)| keys.contains(&Some(*key))) {
            continue;
        }
        let entries = rows[1..].iter().filter_map(|row| {
            let entry: Mapping = keys
                .iter()
                .enumerate()
                .filter_map(|(n, key)| Some((Value::from((*key)?), Value::from(words(row.get(n))))))
                .filter(|(_, value)| value.as_str().is_some_and(|text| !text.is_empty()))
                .collect();
            (!entry.is_empty()).then_some(Value::Mapping(entry))
        });
        return Some(Mapping::from_iter([(Value::from(field), Value::Sequence(entries.collect()))]));
    }
    None
}
