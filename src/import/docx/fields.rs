//! Fields of a document: tables as in the template, with names in the first column or in the first row, and lines such
//! as `Place: Torbay` above the text.

use std::collections::HashMap;

use serde_yaml::{Mapping, Value};

use super::{
    super::{LibraryWords, Loss},
    markdown::{Block, NotPlain},
};
use crate::{
    import::mapping::{holds_list, holds_sources, names_key},
    model::questions::{CHOOSE, SOURCE_HEAD, TERM_HEAD, key_of_label, plain},
    problem::message::shown,
};

/// Two titles in the forms of one document.
pub(super) struct TwoTitles(pub String, pub String);

/// Removes the tables and lines that contain fields from the blocks, and gives the fields.
pub(super) fn take(
    blocks: &mut Vec<Block>,
    words: &LibraryWords,
    losses: &mut Vec<Loss>,
) -> Result<Mapping, TwoTitles> {
    let mut found = take_lines(blocks, words, losses);
    blocks.retain(|block| {
        let Block::Table(rows) = block else { return true };
        let of_table = rows_of_head(rows).map(|field| vec![field]).or_else(|| pairs(rows, losses));
        let is_text = of_table.is_none();
        found.extend(of_table.into_iter().flatten());
        is_text
    });
    let (mut fields, mut numbers) = (Mapping::new(), HashMap::new());
    for (name, value) in found {
        add(&mut fields, &name, value, &mut numbers, losses)?;
    }
    Ok(fields)
}

/// Removes the paragraphs above the text whose every line is a name of a field, a colon and a value.
fn take_lines(blocks: &mut Vec<Block>, words: &LibraryWords, losses: &mut Vec<Loss>) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let mut read = 0;
    for block in blocks.iter() {
        let Some(lines) = lines_of_fields(block, words) else { break };
        read += 1;
        let Some((first, _)) = lines.first() else { continue };
        let in_field = |part: NotPlain<'_>| Loss::not_plain_text(&format!("{part} in {}", shown(first)));
        match lines.as_slice() {
            [(name, _)] => {
                let with_name = answer(name, std::slice::from_ref(block), losses);
                let value = with_name.split_once(':').map_or("", |(_, value)| value.trim());
                found.push((name.clone(), Value::from(value)));
            }
            _ => {
                losses.extend(block.not_plain().into_iter().map(in_field));
                found.extend(lines.into_iter().map(|(name, value)| (name, Value::from(value))));
            }
        }
    }
    blocks.drain(..read);
    found
}

/// The fields of a paragraph, none of them if it is blank. A picture or a note makes it a part of the text.
fn lines_of_fields(block: &Block, words: &LibraryWords) -> Option<Vec<(String, String)>> {
    let Block::Paragraph(text) = block else { return None };
    if block.not_plain().iter().any(|part| matches!(part, NotPlain::Markdown(_))) {
        return None;
    }
    let field = |line: &str| {
        let (name, value) = line.split_once(':')?;
        let (name, value) = (name.trim(), value.trim());
        (!value.is_empty() && words.has_field(name)).then(|| (name.to_owned(), value.to_owned()))
    };
    text.plain().lines().filter(|line| !line.trim().is_empty()).map(field).collect()
}

/// Adds a field. Lists of one name are joined; another second value gets a name with a number. `numbers` has the last
/// one of each name.
fn add(
    fields: &mut Mapping,
    name: &str,
    value: Value,
    numbers: &mut HashMap<String, usize>,
    losses: &mut Vec<Loss>,
) -> Result<(), TwoTitles> {
    match (fields.get_mut(name), value) {
        (None, value) => drop(fields.insert(Value::from(name), value)),
        (Some(Value::Sequence(items)), Value::Sequence(more)) => items.extend(more),
        (Some(Value::String(lines)), Value::String(more)) if holds_list(name) => lines.push_str(&format!("\n{more}")),
        (Some(first), value) if *first == value => {}
        (Some(Value::String(first)), Value::String(second)) if key_of_label(name) == Some("title") => {
            return Err(TwoTitles(first.clone(), second));
        }
        (Some(_), value) => {
            let number = numbers.entry(name.to_owned()).or_insert(1);
            let mut free = name.to_owned();
            while fields.contains_key(free.as_str()) {
                *number += 1;
                free = format!("{name} {number}");
            }
            losses.push(Loss::question_twice(&format!("{}: now {}", shown(name), shown(&free))));
            fields.insert(Value::from(free), value);
        }
    }
    Ok(())
}

/// The text of a cell, one line for each paragraph.
fn words(cell: &[Block]) -> String {
    // A list without a choice shows a prompt, which some programs save as text.
    let is_answer = |line: &String| !line.trim().is_empty() && line.trim() != CHOOSE;
    let lines = cell.iter().map(Block::plain).filter(is_answer);
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The names of fields, beside the title, by which a table without our questions is known to have fields. Tables of the
/// text may have some of these names too.
const OTHER_NAMES: usize = 3;

/// The fields of a table of two columns, if most names in the first are names of fields. A hint in brackets after a
/// name is ignored. A row without a name goes on with the answer above it.
fn pairs(rows: &[Vec<Vec<Block>>], losses: &mut Vec<Loss>) -> Option<Vec<(String, Value)>> {
    let first = |row: &Vec<Vec<Block>>| row.first().map_or_else(String::new, |cell| words(cell));
    let name =
        |row: &Vec<Vec<Block>>| first(row).lines().next().unwrap_or_default().trim_end_matches(':').trim().to_owned();
    let below_name = |row: &Vec<Vec<Block>>| {
        let lines = first(row);
        let lines = lines.lines().skip(1).map(str::trim);
        lines.filter(|line| !(line.starts_with('(') && line.ends_with(')'))).collect::<Vec<_>>().join(" ")
    };
    let is_pair = rows.iter().all(|row| row.len() == 2);
    let names: Vec<String> = rows.iter().map(name).collect();
    let of_template = names.iter().filter(|name| key_of_label(name).is_some()).count();
    let of_key = names.iter().filter(|name| names_key(name)).count();
    let has_title = names.iter().any(|name| key_of_label(name) == Some("title"));
    let is_most = |known: usize| known * 2 >= names.iter().filter(|name| !name.is_empty()).count();
    let has_questions = of_template >= 2 && is_most(of_template);
    if !is_pair || !(has_questions || has_title && of_key > OTHER_NAMES && is_most(of_key)) {
        return None;
    }
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (name, row) in names.into_iter().zip(rows) {
        let below = below_name(row);
        if !below.is_empty() {
            losses.push(Loss::below_name_of_field(&format!("“{}” below {}", shown(&below), shown(&name))));
        }
        let answer = answer(&name, &row[1], losses);
        match pairs.last_mut() {
            Some((_, above)) if name.is_empty() => above.push_str(&format!("\n{answer}")),
            _ => pairs.push((name, answer)),
        }
    }
    let pairs = pairs.into_iter().map(|(name, answer)| (name, answer.trim().to_owned()));
    Some(pairs.filter(|(_, answer)| !answer.is_empty()).map(|(name, answer)| (name, Value::from(answer))).collect())
}

/// The text of an answer. The address of a link goes to its source; what else is not plain text is reported.
fn answer(name: &str, cell: &[Block], losses: &mut Vec<Loss>) -> String {
    let mut answer = words(cell);
    for other in cell.iter().flat_map(Block::not_plain) {
        match other {
            NotPlain::Link(address) if answer.contains(address) => {}
            NotPlain::Link(address) if holds_sources(name) && !answer.contains('\n') => {
                answer.push_str(&format!(" {address}"));
            }
            other => losses.push(Loss::not_plain_text(&format!("{other} in {}", shown(name)))),
        }
    }
    answer
}

/// The entries of a table with column names, one for each row: sources, or described terms.
fn rows_of_head(rows: &[Vec<Vec<Block>>]) -> Option<(String, Value)> {
    let head: Vec<String> =
        rows.first()?.iter().map(|cell| plain(words(cell).lines().next().unwrap_or_default())).collect();
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
                .filter_map(|(n, key)| Some((Value::from((*key)?), Value::from(words(row.get(n)?)))))
                .filter(|(_, value)| value.as_str().is_some_and(|text| !text.is_empty()))
                .collect();
            (!entry.is_empty()).then_some(Value::Mapping(entry))
        });
        return Some((field.to_owned(), Value::Sequence(entries.collect())));
    }
    None
}
