//! What the fields and values of a source become in this library.
//!
//! [`guess`] proposes it from the names and values that the items have; [`proposal`] writes it for a person to correct;
//! [`Mapping::parse`] reads it back; [`apply`] uses it. A field goes to one or more keys of a case, to the body, below a
//! heading of the body, to `extra`, or nowhere. What a mapping does not name goes to `extra`, so nothing is lost.

mod apply;
mod file;
mod guess;
mod shape;
mod values;

pub use apply::{ImportedCase, apply};
pub use file::proposal;
pub use guess::guess;

use std::collections::BTreeMap;

/// What becomes of a source's fields and values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Where each field goes.
    pub fields: BTreeMap<String, Vec<FieldDestination>>,
    /// What the values of a field become, where they are no terms already.
    pub values: BTreeMap<String, BTreeMap<String, Value>>,
}

/// Where a field goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldDestination {
    /// A key of a case, `summary`, or one within it, `place.name`.
    Key(String),
    /// The body.
    Body,
    /// The body, below a heading.
    Heading(String),
    /// `extra`, under its own name.
    Extra,
    /// Nowhere.
    LeaveOut,
}

/// What a value becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// The term of this id.
    Term(String),
    /// A new term of the vocabulary, made from the value.
    NewTerm,
    /// Kept in `extra`.
    Extra,
    /// Nothing.
    LeaveOut,
}

impl Mapping {
    /// Where a field goes; to `extra` where the mapping does not name it.
    pub fn of(&self, field: &str) -> &[FieldDestination] {
        self.fields.get(field).map_or(&[FieldDestination::Extra], Vec::as_slice)
    }
}

/// The words of a mapping for what is no key.
const BODY: &str = "body";
const HEADING: &str = "heading: ";
const EXTRA: &str = "extra";
const LEAVE_OUT: &str = "leave out";
const NEW_TERM: &str = "new term";

#[cfg(test)]
mod tests;
