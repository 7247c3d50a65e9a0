//! References as CSL-JSON, the format of citation processors.

use serde_json::{Value, json};

use super::{
    json::{with_lines, without_absent},
    reference::Reference,
};
use crate::model::name::Name;

/// A reference as an item.
pub fn item(reference: &Reference<'_>) -> Value {
    let name = |name: &Name| match name {
        Name::Person(person) => json!({
            "family": person.family,
            "given": some(&person.given),
            "non-dropping-particle": some(&person.particle),
            "suffix": some(&person.suffix),
        }),
        Name::Body(name) => json!({ "literal": name }),
    };
    without_absent(json!({
        "id": reference.key,
        "type": "report",
        "genre": "Case study",
        "title": reference.title,
        "author": reference.authors.iter().map(name).collect::<Vec<_>>(),
        "issued": reference.date.map(|date| json!({ "date-parts": [[date.year(), date.month(), date.day()]] })),
        "collection-title": reference.collection,
        "publisher": reference.publisher,
        "URL": reference.url,
        "abstract": Some(&reference.summary).filter(|text| !text.is_empty()),
        "keyword": Some(reference.keywords.join("; ")).filter(|words| !words.is_empty()),
        "language": reference.language,
        "note": reference.licence.map(|licence| format!("Licence: {}", licence.name)),
    }))
}

fn some(part: &str) -> Option<&str> {
    Some(part).filter(|part| !part.is_empty())
}

/// References as a CSL-JSON file.
pub fn library<'a>(references: impl Iterator<Item = Reference<'a>>) -> String {
    with_lines(String::new(), references.map(|reference| item(&reference))) + "\n"
}
