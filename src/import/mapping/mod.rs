//! The mapping of a source's fields and values to this library.
//!
//! [`guess()`] proposes it from the names and values of the items; [`proposal`] writes it for a person to correct;
//! [`Mapping::parse`] reads it back; [`apply()`] uses it. A field can be mapped to one or more keys of a case, to the
//! body, to a heading of the body, to `extra`, or be left out. A field that a mapping does not name goes to `extra`, so
//! nothing is lost.

mod apply;
mod date_order;
mod file;
mod guess;
mod shape;
mod status;
mod terms;
mod values;

pub(super) use apply::one_line;
pub use apply::{ImportedCase, apply};
pub use date_order::DateOrders;
pub use file::proposal;
pub use guess::guess;
pub(super) use guess::{holds_authors, holds_list, holds_sources, names_key, title_column};
pub(super) use shape::day;

use std::collections::BTreeMap;

/// The mapping of a source's fields and values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The destinations of each field.
    pub fields: BTreeMap<String, Vec<FieldDestination>>,
    /// The mapping of values that are not terms: by field, then by value without letter case, spaces and marks.
    pub values: BTreeMap<String, BTreeMap<String, MappedValue>>,
}

/// A value of a field and its destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedValue {
    /// The value, as the mapping names it.
    pub written: String,
    /// Its destination.
    pub destination: ValueDestination,
}

/// A destination of a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldDestination {
    /// A key of a case, as `summary`, or a key within it, as `place.name`.
    Key(String),
    /// The body.
    Body,
    /// The body, below a heading.
    Heading(String),
    /// `extra`, under the name of the field.
    Extra,
    /// The field is left out.
    LeaveOut,
}

/// The destination of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueDestination {
    /// The term of this id.
    Term(String),
    /// A new term of the vocabulary, made from the value.
    NewTerm,
    /// Kept in `extra`.
    Extra,
    /// The value is left out.
    LeaveOut,
}

impl Mapping {
    /// The destinations of a field; `extra` if the mapping does not name it.
    pub fn of(&self, field: &str) -> &[FieldDestination] {
        self.fields.get(field).map_or(&[FieldDestination::Extra], Vec::as_slice)
    }
}

/// The names of destinations that are not keys.
const BODY: &str = "body";
const HEADING: &str = "heading: ";
const EXTRA: &str = "extra";
const LEAVE_OUT: &str = "leave out";
const NEW_TERM: &str = "new term";

#[cfg(test)]
mod tests;
