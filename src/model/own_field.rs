//! Keys of a case that a library declares itself, with `fields` in casebook.yaml, and their values.

use serde::{Serialize, Serializer};

use super::document::PartialDate;
use crate::problem::Written;

/// A key that the library has declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnField {
    /// The key.
    pub id: Written<String>,
    /// Its label for readers.
    pub label: String,
    /// The kind of its value.
    pub kind: FieldKind,
}

/// The kind of value of an own key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// A line of text.
    #[default]
    Text,
    /// A number.
    Number,
    /// A year, a month or a day.
    Date,
    /// The address of a web page.
    Link,
    /// Several texts.
    List,
}

impl FieldKind {
    /// Every kind with the word that settings use.
    pub const ALL: [(&'static str, FieldKind); 5] = [
        ("text", FieldKind::Text),
        ("number", FieldKind::Number),
        ("date", FieldKind::Date),
        ("link", FieldKind::Link),
        ("list", FieldKind::List),
    ];
}

/// The value of an own key.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// A line of text.
    Text(String),
    /// A number, as written.
    Number(serde_json::Number),
    /// A year, a month or a day.
    Date(PartialDate),
    /// The address of a web page.
    Link(String),
    /// Several texts.
    List(Vec<String>),
}

impl Serialize for FieldValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            FieldValue::Text(text) | FieldValue::Link(text) => text.serialize(serializer),
            FieldValue::Number(number) => number.serialize(serializer),
            FieldValue::Date(date) => date.to_string().serialize(serializer),
            FieldValue::List(items) => items.serialize(serializer),
        }
    }
}
