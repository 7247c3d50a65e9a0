//! The settings of drawings and of the question on the home page: `events`, `finder`, `regions`.

use super::{
    config::settings_link,
    fields,
    yaml::{Map, Node},
};
use crate::{
    model::{
        config::{Finder, FinderPart, MAX_COLUMNS, MAX_EVENTS, MAX_ROWS, MarkedYear, RegionTile},
        keys,
    },
    problem::{Problem, Written, message::config as message},
};

/// The events: as many as the drawing has room for.
pub(super) fn events(node: Node<'_>, problems: &mut Vec<Problem>) -> Vec<MarkedYear> {
    let spot = node.spot();
    let mut events = node.each_map(keys::EVENT, problems, event);
    if events.len() > MAX_EVENTS {
        problems.push(message::too_many_entries(&spot, "events", MAX_EVENTS));
        events.truncate(MAX_EVENTS);
    }
    events.sort_by_key(|event| event.year);
    events
}

fn event(map: Map<'_>, problems: &mut Vec<Problem>) -> Option<MarkedYear> {
    map.only_keys(keys::EVENT, problems);
    let year = map.require("year", problems, fields::year);
    let label = map.required_text("label", problems);
    let url = map.read("url", problems, settings_link);
    Some(MarkedYear { year: year?, spot: map.value_spot("year"), label: label?, url })
}

/// The sentence of the home page, in which `{tier}` is a choice of the terms of a vocabulary.
pub(super) fn finder(map: Map<'_>, problems: &mut Vec<Problem>) -> Option<Finder> {
    map.only_keys(keys::FINDER, problems);
    let sentence = map.require("sentence", problems, |node, problems| node.written(problems))?;
    let parts = parts(&sentence);
    let choices = parts.iter().filter(|part| matches!(part, FinderPart::Choice(_))).count();
    if !(1..=4).contains(&choices) {
        problems.push(message::wrong_number_of_choices(&sentence.spot));
        return None;
    }
    Some(Finder { parts })
}

/// The texts and the names in braces, in order. An unclosed brace is text.
fn parts(sentence: &Written<String>) -> Vec<FinderPart> {
    let mut parts = Vec::new();
    let mut rest = sentence.value.as_str();
    while let Some((words, name, after)) = next_choice(rest) {
        if !words.is_empty() {
            parts.push(FinderPart::Words(words.to_owned()));
        }
        parts.push(FinderPart::Choice(Written { value: name.to_owned(), spot: sentence.spot.clone() }));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(FinderPart::Words(rest.to_owned()));
    }
    parts
}

fn next_choice(text: &str) -> Option<(&str, &str, &str)> {
    let (words, after) = text.split_once('{')?;
    let (name, rest) = after.split_once('}')?;
    Some((words, name.trim(), rest))
}

/// The tiles: each region once, and no two at one position.
pub(super) fn regions(node: Node<'_>, problems: &mut Vec<Problem>) -> Vec<RegionTile> {
    let mut tiles: Vec<RegionTile> = Vec::new();
    for (tile, spot) in node.each_map(keys::REGION, problems, region) {
        match tiles.iter().find(|known| known.name == tile.name || (known.column, known.row) == (tile.column, tile.row))
        {
            Some(known) => {
                problems.push(message::region_twice(&spot, &known.name));
            }
            None => tiles.push(tile),
        }
    }
    tiles
}

fn region(map: Map<'_>, problems: &mut Vec<Problem>) -> Option<(RegionTile, crate::problem::Spot)> {
    map.only_keys(keys::REGION, problems);
    let spot = map.key_spot("name");
    let name = map.required_text("name", problems);
    let [column, row] = [("column", MAX_COLUMNS), ("row", MAX_ROWS)]
        .map(|(key, most)| map.require(key, problems, |node, problems| place(node, most, problems)));
    Some((RegionTile { name: name?, column: column?, row: row? }, spot))
}

/// A column or a row, from 1.
fn place(node: Node<'_>, most: u8, problems: &mut Vec<Problem>) -> Option<u8> {
    let number = node.number(problems)?;
    let place = u8::try_from(number).ok().filter(|place| (1..=most).contains(place));
    if place.is_none() {
        problems.push(message::number_not_within(&node.spot(), node.name(), most.into()));
    }
    place
}
