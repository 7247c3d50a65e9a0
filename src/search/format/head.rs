//! The head: `meta.json`, the only file of the index with a fixed name. What it names is named by its content.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::Library;

/// The version of the format, which a module of another version refuses.
pub const VERSION: u32 = 6;

/// `meta.json`.
#[derive(Debug, Serialize)]
pub struct Head<'a> {
    /// The version of the format.
    pub version: u32,
    /// How many cases there are.
    pub cases: usize,
    /// How many plain pages and entries of the glossary are found too; they are numbered after the cases.
    pub others: usize,
    /// How many records stand in a file.
    pub together: usize,
    /// The facets, in their order.
    pub facets: Vec<Facet<'a>>,
    /// The file of the catalogue.
    pub catalogue: String,
    /// The list of files of beginnings.
    pub beginnings: String,
    /// The list of files of places.
    pub places: String,
    /// The lists of files of spellings.
    pub slips: String,
    /// The file of years.
    pub years: String,
    /// The filter of common words that no case has, where the language has one.
    pub known: Option<String>,
}

/// A facet.
#[derive(Debug, Serialize)]
pub struct Facet<'a> {
    /// The vocabulary's id.
    pub id: &'a str,
    /// The ids of its terms.
    pub terms: Vec<&'a str>,
    /// Retired ids, and the id that each leads to.
    pub retired: BTreeMap<&'a str, &'a str>,
}

/// The facets of a library.
pub fn facets(library: &Library) -> Vec<Facet<'_>> {
    let facets = library.vocabularies.facets();
    let facet = facets.map(|vocabulary| Facet {
        id: &vocabulary.id,
        terms: vocabulary.terms.iter().map(|term| term.id.as_str()).collect(),
        retired: vocabulary
            .retired
            .iter()
            .map(|(old, &new)| (old.as_str(), vocabulary.terms[new].id.as_str()))
            .collect(),
    });
    facet.collect()
}
