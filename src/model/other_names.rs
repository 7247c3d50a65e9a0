//! Other names for search: `content/places.yaml` and `content/synonyms.yaml`, typed.

use crate::problem::Written;

/// A place of `content/places.yaml`.
#[derive(Clone, Debug)]
pub struct PlaceEntry {
    /// Its name, as cases have it.
    pub name: Written<String>,
    /// Other names, and smaller places in it.
    pub also: Vec<Written<String>>,
    /// The nation or region.
    pub region: Option<Written<String>>,
    /// Its official code.
    pub code: Option<String>,
    /// A larger place of the list, by its name.
    pub within: Option<Written<String>>,
}

/// Synonyms of `content/synonyms.yaml`.
#[derive(Clone, Debug)]
pub struct Synonyms {
    /// The words, or phrases.
    pub words: Vec<Written<String>>,
    /// The reason why they are synonyms.
    pub why: Option<String>,
}
