//! The purpose of the styles of a document: titles, headings by level, quotations, code, lists.

use std::collections::{HashMap, HashSet};

use roxmltree::Document;

use crate::import::xml::{attribute, child, is, val};

/// The purpose of a style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum StyleRole {
    /// Running text.
    #[default]
    Text,
    /// The title of the document.
    Title,
    /// A heading of this level.
    Heading(u8),
    /// A quotation.
    Quote,
    /// Code.
    Code,
    /// A hint of the template, or what was typed after it or over it.
    Hint,
    /// A line of a table of contents.
    Contents,
}

/// The styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    roles: HashMap<String, StyleRole>,
    numbers: HashMap<String, ListPlace>,
}

/// The place of a paragraph in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListPlace {
    /// The list, by its id.
    pub list: String,
    /// The level of its definition, which says how it is numbered.
    pub level: u8,
    /// How deep it stands: below the styles List Bullet 2 and 3, each of which has a list of its own.
    pub depth: u8,
}

/// The style of the template's hints.
pub(super) const HINT: &str = "CasebookHint";

impl Styles {
    /// Reads the part that defines the styles. They are recognised by their names, which Word keeps in English, not by
    /// their ids.
    pub fn read(xml: Option<&str>) -> Styles {
        let mut styles = Styles::default();
        let Some(tree) = xml.and_then(|xml| Document::parse(xml).ok()) else { return styles };
        let mut bases: HashMap<String, String> = HashMap::new();
        for style in tree.descendants().filter(|node| is(node, "style")) {
            let id = attribute(style, "styleId").unwrap_or_default().to_owned();
            let name = child(style, "name").and_then(val).unwrap_or_default().to_lowercase();
            let outline = child(style, "pPr")
                .and_then(|properties| child(properties, "outlineLvl"))
                .and_then(|level| val(level)?.parse::<u8>().ok());
            let role =
                role(&name, &id).or(outline.filter(|level| *level < 6).map(|level| StyleRole::Heading(level + 1)));
            if let Some(number) = child(style, "pPr").and_then(|properties| child(properties, "numPr")) {
                let level = child(number, "ilvl").and_then(|level| val(level)?.parse().ok()).unwrap_or(0);
                if let Some(list) = child(number, "numId").and_then(val) {
                    let depth = depth_of_name(&name).saturating_add(level);
                    styles.numbers.insert(id.clone(), ListPlace { list: list.to_owned(), level, depth });
                }
            }
            match (role, child(style, "basedOn").and_then(val)) {
                (Some(role), _) => drop(styles.roles.insert(id, role)),
                (None, Some(base)) => drop(bases.insert(id, base.to_owned())),
                (None, None) => {}
            }
        }
        styles.inherit_roles(&bases);
        styles
    }

    /// Gives each style without a purpose that of the style which it is based on. `bases` has that one for each.
    fn inherit_roles(&mut self, bases: &HashMap<String, String>) {
        let mut visited: HashSet<&str> = HashSet::new();
        for id in bases.keys() {
            let (mut style, mut chain) = (id.as_str(), Vec::new());
            // A style that was visited before has its role by now, or none. So a circle ends too.
            while !self.roles.contains_key(style) && visited.insert(style) {
                chain.push(style);
                style = bases.get(style).map_or(style, String::as_str);
            }
            if let Some(&role) = self.roles.get(style) {
                self.roles.extend(chain.into_iter().map(|style| (style.to_owned(), role)));
            }
        }
    }

    /// The purpose of a style.
    pub fn role(&self, id: &str) -> StyleRole {
        self.roles.get(id).copied().or_else(|| role(&id.to_lowercase(), id)).unwrap_or_default()
    }

    /// The place of a style's paragraphs in a list.
    pub fn list(&self, id: &str) -> Option<&ListPlace> {
        self.numbers.get(id)
    }
}

/// How deep the lists of a style stand by its name: List Bullet 3 stands below List Bullet 2.
fn depth_of_name(name: &str) -> u8 {
    let number = ["list bullet ", "list number "].iter().find_map(|start| name.strip_prefix(start)?.parse::<u8>().ok());
    number.unwrap_or(1).clamp(1, 9) - 1
}

fn role(name: &str, id: &str) -> Option<StyleRole> {
    if id == HINT {
        return Some(StyleRole::Hint);
    }
    if let Some(level) = name.strip_prefix("heading").and_then(|rest| rest.trim().parse::<u8>().ok()) {
        return Some(StyleRole::Heading(level.clamp(1, 6)));
    }
    Some(match name {
        "title" => StyleRole::Title,
        "quote" | "intense quote" | "block text" | "quotations" | "intensequote" => StyleRole::Quote,
        "html preformatted" | "source code" | "preformatted text" | "code" | "sourcecode" | "plain text" => {
            StyleRole::Code
        }
        name if name.starts_with("toc ") || name == "table of figures" => StyleRole::Contents,
        _ => return None,
    })
}
