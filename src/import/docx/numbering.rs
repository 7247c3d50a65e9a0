//! Which lists of a document are numbered, level by level.

use std::collections::HashMap;

use roxmltree::Document;

use super::xml::{attribute, child, is, val};

/// The lists by their ids.
#[derive(Debug, Default)]
pub(super) struct ListNumbering {
    /// For each list and level, whether its items have numbers or letters; absent if items have no mark at all.
    levels: HashMap<(String, u8), bool>,
}

impl ListNumbering {
    /// Reads the part that defines the lists.
    pub fn read(xml: Option<&str>) -> ListNumbering {
        let mut numbering = ListNumbering::default();
        let Some(tree) = xml.and_then(|xml| Document::parse(xml).ok()) else { return numbering };
        let mut abstracts: HashMap<&str, Vec<(u8, bool)>> = HashMap::new();
        for list in tree.descendants().filter(|node| is(node, "abstractNum")) {
            let levels = list.children().filter(|node| is(node, "lvl")).filter_map(|level| {
                let depth = attribute(level, "ilvl")?.parse().ok()?;
                let form = child(level, "numFmt").and_then(val).unwrap_or("decimal");
                Some((depth, !matches!(form, "bullet" | "none")))
            });
            abstracts.insert(attribute(list, "abstractNumId").unwrap_or_default(), levels.collect());
        }
        for list in tree.descendants().filter(|node| is(node, "num")) {
            let id = attribute(list, "numId").unwrap_or_default();
            let of = child(list, "abstractNumId").and_then(val).unwrap_or_default();
            for &(depth, is_numbered) in abstracts.get(of).into_iter().flatten() {
                numbering.levels.insert((id.to_owned(), depth), is_numbered);
            }
        }
        numbering
    }

    /// Is an item of this list and level numbered? None if there is no such list: list 0 means no list.
    pub fn is_numbered(&self, list: &str, level: u8) -> Option<bool> {
        if list == "0" {
            return None;
        }
        Some(self.levels.get(&(list.to_owned(), level)).copied().unwrap_or(false))
    }
}
