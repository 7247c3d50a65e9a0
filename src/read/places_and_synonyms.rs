//! `content/places.yaml` and `content/synonyms.yaml` → their entries.

use super::{case::place_code, yaml::Node};
use crate::{
    model::{document::Synonyms, keys, places_file::PlaceEntry},
    problem::{Problem, Written, message::config as message},
};

/// The places of a list.
pub(super) fn places(node: Node<'_>, problems: &mut Vec<Problem>) -> Vec<PlaceEntry> {
    if node.is_empty_map() {
        return Vec::new();
    }
    node.each_map(keys::LISTED_PLACE, problems, |map, problems| {
        map.only_keys(keys::LISTED_PLACE, problems);
        let name = map.require("name", problems, |node, problems| node.written(problems));
        map.no_list_in_one_text("also", problems);
        let also = map.each("also", problems, |node, problems| node.written(problems));
        let region = map.written("region", problems);
        let code = place_code(map, problems);
        let within = map.written("within", problems);
        Some(PlaceEntry { name: name?, also, region, code, within })
    })
}

/// The sets of synonyms of a list: each a list of words, or `words` with a `why`.
pub(super) fn synonyms(node: Node<'_>, problems: &mut Vec<Problem>) -> Vec<Synonyms> {
    if node.is_empty_map() {
        return Vec::new();
    }
    node.each(problems, |node, problems| {
        let (spot, before) = (node.spot(), problems.len());
        let (words, why) = if node.is_map() {
            let map = node.map(problems)?;
            map.only_keys(keys::SYNONYMS, problems);
            let words = map.require("words", problems, |node, problems| Some(written_each(node, problems)));
            (words?, map.text("why", problems))
        } else if node.is_list() {
            (written_each(node, problems), None)
        } else {
            return node.wrong_type("a list of words, or `words` and `why`", problems);
        };
        if words.len() < 2 {
            // A word that could not be read has been reported.
            if problems.len() == before {
                problems.push(message::single_synonym(&spot));
            }
            return None;
        }
        Some(Synonyms { words, why })
    })
}

fn written_each(node: Node<'_>, problems: &mut Vec<Problem>) -> Vec<Written<String>> {
    node.each(problems, |node, problems| node.written(problems))
}
