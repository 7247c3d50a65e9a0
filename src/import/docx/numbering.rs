//! Which lists of a document are numbered, and the number of each item.

use std::collections::{BTreeMap, HashMap};

use roxmltree::Document;

use crate::import::xml::{attribute, child, is, val};

/// A level of a list.
#[derive(Clone, Copy, Debug)]
struct Level {
    /// Whether its items have numbers or letters, not bullets or no marks.
    is_numbered: bool,
    /// Whether its numbers are letters or Roman numerals, for example.
    has_letters: bool,
    first: u32,
}

/// A list that paragraphs refer to by its id.
#[derive(Debug, Default)]
struct List {
    /// Lists with the same definition share their counts.
    definition: String,
    /// The levels whose numbers restart in this list, each with its first number.
    restarts: BTreeMap<u8, u32>,
}

/// The lists by their ids, with the last numbers that were given out.
#[derive(Debug, Default)]
pub(super) struct ListNumbering {
    lists: HashMap<String, List>,
    levels: HashMap<(String, u8), Level>,
    /// The last number of each level, by definition.
    counted: HashMap<String, BTreeMap<u8, u32>>,
}

/// What stands before an item of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ListMarker {
    #[default]
    Bullet,
    Number(u32),
}

impl ListNumbering {
    /// Reads the part that defines the lists.
    pub fn read(xml: Option<&str>) -> ListNumbering {
        let mut numbering = ListNumbering::default();
        let Some(tree) = xml.and_then(|xml| Document::parse(xml).ok()) else { return numbering };
        for list in tree.descendants().filter(|node| is(node, "abstractNum")) {
            let id = attribute(list, "abstractNumId").unwrap_or_default();
            for level in list.children().filter(|node| is(node, "lvl")) {
                let Some(depth) = attribute(level, "ilvl").and_then(|depth| depth.parse().ok()) else { continue };
                let form = child(level, "numFmt").and_then(val).unwrap_or("decimal");
                let first = child(level, "start").and_then(|start| val(start)?.parse().ok()).unwrap_or(1);
                let is_numbered = !matches!(form, "bullet" | "none");
                let has_letters = is_numbered && !matches!(form, "decimal" | "decimalZero");
                let level = Level { is_numbered, has_letters, first };
                numbering.levels.insert((id.to_owned(), depth), level);
            }
        }
        for list in tree.descendants().filter(|node| is(node, "num")) {
            let id = attribute(list, "numId").unwrap_or_default();
            let restarts = list.children().filter(|node| is(node, "lvlOverride")).filter_map(|level| {
                let depth = attribute(level, "ilvl")?.parse().ok()?;
                Some((depth, val(child(level, "startOverride")?)?.parse().ok()?))
            });
            let definition = child(list, "abstractNumId").and_then(val).unwrap_or_default().to_owned();
            numbering.lists.insert(id.to_owned(), List { definition, restarts: restarts.collect() });
        }
        numbering
    }

    /// Does Word show the numbers of this list and level as letters, or in another form that is not figures?
    pub fn has_letters(&self, list: &str, depth: u8) -> bool {
        let definition = self.lists.get(list).map(|list| list.definition.clone());
        let level = definition.and_then(|definition| self.levels.get(&(definition, depth)));
        level.is_some_and(|level| level.has_letters)
    }

    /// The marker of the next item of this list and level. None for list 0, by which Word removes a paragraph from its
    /// list.
    pub fn next_marker(&mut self, list: &str, depth: u8) -> Option<ListMarker> {
        if list == "0" {
            return None;
        }
        let Some(list) = self.lists.get_mut(list) else { return Some(ListMarker::Bullet) };
        let level = self.levels.get(&(list.definition.clone(), depth));
        let counted = self.counted.entry(list.definition.clone()).or_default();
        // An item restarts the numbers of all deeper levels.
        let restart = list.restarts.remove(&depth);
        counted.retain(|&deeper, _| deeper <= depth);
        let Some(level) = level.filter(|level| level.is_numbered) else { return Some(ListMarker::Bullet) };
        let number = match (restart, counted.get(&depth)) {
            (Some(first), _) => first,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => level.first,
        };
        counted.insert(depth, number);
        // Markdown has numbers of at most nine figures.
        Some(ListMarker::Number(number.min(999_999_999)))
    }
}
