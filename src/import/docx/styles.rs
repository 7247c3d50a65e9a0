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
    numbers: HashMap<String, (String, u8)>,
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
                    styles.numbers.insert(id.clone(), (list.to_owned(), level));
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

    /// The list and level of a style's paragraphs.
    pub fn list(&self, id: &str) -> Option<&(String, u8)> {
        self.numbers.get(id)
    }
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
