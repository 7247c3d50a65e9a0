//! Obsidian: the types of properties, and a template for a case in a folder of templates.
//!
//! The vault is the library's folder. The name of the folder of templates begins with an underscore, so that Casebook
//! ignores it.

use serde_json::{Map, Value, json};

use super::SettingsFile;
use crate::{
    export::template,
    model::{
        Library,
        keys::{self, ValueKind},
        own_field::FieldKind,
    },
};

pub(super) const FIRST_STEPS: &str = "\
Open the library's folder as one vault. The cases are in content/cases.
In Settings, under \"Core plugins\", turn on \"Templates\" and choose the folder _templates.
In a new note in content/cases, choose \"Templates: Insert template\".
In Settings, under \"Files and links\", turn \"Use [[Wikilinks]]\" off: Casebook reads Markdown links.";

pub(super) fn files(library: &Library) -> Vec<SettingsFile> {
    let case = template::markdown("{{title}}", "{{date:YYYY-MM-DD}}", None, &[], library);
    let types = json!({ "types": types(library) });
    vec![
        SettingsFile { path: "_templates/case.md".to_owned(), text: case },
        SettingsFile { path: ".obsidian/types.json".to_owned(), text: format!("{types:#}\n") },
    ]
}

/// The type of each key that Obsidian can show as a property. It leaves mappings as they are.
fn types(library: &Library) -> Map<String, Value> {
    let known = keys::CASE.iter().filter_map(|key| Some((key.name.to_owned(), json!(kind(key.kind)?))));
    let vocabularies = library.vocabularies.iter().map(|vocabulary| {
        let kind = if vocabulary.file.many { "multitext" } else { "text" };
        (vocabulary.file.id.clone(), json!(kind))
    });
    let own = library.config.fields.iter().map(|field| {
        let kind = match field.kind {
            FieldKind::Number => "number",
            FieldKind::List => "multitext",
            FieldKind::Text | FieldKind::Date | FieldKind::Link => "text",
        };
        (field.id.value.clone(), json!(kind))
    });
    // Obsidian has types for properties with these two names.
    let named = |name: &str| matches!(name, "aliases" | "tags");
    known.chain(vocabularies).chain(own).filter(|(name, _)| !named(name)).collect()
}

fn kind(kind: ValueKind) -> Option<&'static str> {
    match kind {
        ValueKind::Flag => Some("checkbox"),
        ValueKind::Number | ValueKind::NumberWithin(..) | ValueKind::Year => Some("number"),
        ValueKind::Day => Some("date"),
        ValueKind::Map(_)
        | ValueKind::TextOrMap { .. }
        | ValueKind::Named(_)
        | ValueKind::Levels
        | ValueKind::Anything => None,
        ValueKind::List(inner) | ValueKind::OneOrMore(inner) => inner.keys().is_empty().then_some("multitext"),
        _ => Some("text"),
    }
}
