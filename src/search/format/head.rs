//! The head: `meta.json`, the only file of the index with a fixed name. The files that it names are named by their
//! content.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::Library;

/// The version of the format. A module refuses an index of another version.
pub const VERSION: u32 = 8;

/// `meta.json`.
#[derive(Debug, Serialize)]
pub struct Head<'a> {
    /// The version of the format.
    pub version: u32,
    /// The number of cases.
    pub cases: usize,
    /// The number of plain pages and entries of the glossary. They are numbered after the cases.
    pub others: usize,
    /// The facets, in their order.
    pub facets: Vec<Facet<'a>>,
    /// The file of the catalogue.
    pub catalogue: String,
    /// The list of prefixes.
    pub prefixes: String,
    /// The list of positions.
    pub positions: String,
    /// The lists for spelling corrections.
    pub spellings: String,
    /// The file of years.
    pub years: String,
}

/// A facet.
#[derive(Debug, Serialize)]
pub struct Facet<'a> {
    /// The vocabulary's id.
    pub id: &'a str,
    /// The ids of its terms.
    pub terms: Vec<&'a str>,
    /// Retired ids, each with the id that replaces it.
    pub retired: BTreeMap<&'a str, &'a str>,
}

/// The facets of a library.
pub fn facets(library: &Library) -> Vec<Facet<'_>> {
    let facets = library.vocabularies.facets();
    let facet = facets.map(|vocabulary| Facet {
        id: &vocabulary.file.id,
        terms: vocabulary.terms.iter().map(|term| term.slug()).collect(),
        retired: vocabulary.retired.iter().map(|(old, &new)| (old.as_str(), vocabulary.terms[new].slug())).collect(),
    });
    facet.collect()
}
