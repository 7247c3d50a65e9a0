//! A case → the texts by which it is found, field by field, and the card that a result shows.
//!
//! The weights are BM25F's: how much a word counts in a field, and how far the field's length tempers that.

use serde::Serialize;
use std::collections::BTreeMap;

use crate::model::{Library, library::Case};

/// How many fields there are.
pub const FIELDS: usize = 6;

/// A field's weight, and the share of its length that tempers it: title, summary, terms, headings, body, other names.
pub const WEIGHTS: [(f32, f32); FIELDS] = [(16.0, 0.3), (3.0, 0.3), (3.0, 0.1), (2.0, 0.3), (1.0, 0.75), (1.0, 0.1)];

/// The field of the other names of terms and of what the glossary knows: the last.
pub const NAMES: usize = FIELDS - 1;

/// How much of a body excerpts are taken from, in bytes: far more than a case has, far less than a file may have.
const EXCERPTED: usize = 60_000;

/// The pieces of text in each field of a case; a phrase never runs from one piece into the next.
pub type Fields<'a> = [Vec<&'a str>; FIELDS];

/// What a result shows of a case.
#[derive(Clone, Debug, Serialize)]
pub struct Card<'a> {
    /// Its address, relative to the site's first page and percent-encoded.
    pub url: String,
    /// Its title.
    pub title: &'a str,
    /// Its summary.
    pub summary: &'a str,
    /// The day of first publication.
    pub date: Option<String>,
    /// Its places.
    pub place: String,
    /// The years of the partnership.
    pub period: Option<Years>,
    /// Its terms, as written, by facet.
    pub terms: BTreeMap<&'a str, Vec<&'a str>>,
    /// Its language, where it differs from the library's.
    pub language: Option<&'a str>,
    /// The words of its body, for excerpts.
    pub text: &'a str,
}

/// The years of a partnership.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Years {
    /// The first.
    pub from: Option<i16>,
    /// The last.
    pub to: Option<i16>,
}

/// The texts by which a case is found. `prose` is the plain text of its body.
pub fn fields<'a>(library: &'a Library, case: &'a Case, prose: &'a str) -> Fields<'a> {
    let file = &case.file;
    let found = |v: usize| {
        let vocabulary = &library.vocabularies[v];
        case.found_under(v, &library.vocabularies).into_iter().map(|term| &vocabulary.terms[term])
    };
    let terms: Vec<_> = (0..library.vocabularies.len()).flat_map(found).collect();
    let places = file.places.iter().flat_map(|place| [Some(place.name.as_str()), place.region.as_deref()]);
    let happened =
        case.terms.iter().flatten().flat_map(|carried| [carried.what.as_deref(), carried.response.as_deref()]);
    [
        vec![&file.title],
        vec![&file.summary],
        (terms.iter().map(|term| term.label.as_str()))
            .chain(places.flatten())
            .chain(file.partners.iter().map(String::as_str))
            .collect(),
        file.body.outline.iter().map(|heading| heading.text.as_str()).collect(),
        happened.flatten().chain([prose]).collect(),
        terms.iter().flat_map(|term| term.also.iter().map(String::as_str)).collect(),
    ]
}

/// The card of a case.
pub fn card<'a>(library: &'a Library, case: &'a Case, prose: &'a str) -> Card<'a> {
    let file = &case.file;
    let places: Vec<&str> = file.places.iter().map(|place| place.name.as_str()).collect();
    let terms = (0..library.facets).map(|v| {
        let vocabulary = &library.vocabularies[v];
        let carried = case.terms[v].iter().map(|carried| vocabulary.terms[carried.term].id.as_str());
        (vocabulary.id.as_str(), carried.collect())
    });
    Card {
        url: case.address.href(""),
        title: &file.title,
        summary: &file.summary,
        date: file.date.map(|date| date.to_string()),
        place: places.join(", "),
        period: file.period.as_ref().map(|period| Years { from: period.from, to: period.to }),
        terms: terms.collect(),
        language: file.language.as_deref(),
        text: beginning(prose),
    }
}

/// As much of a text as excerpts are taken from.
fn beginning(prose: &str) -> &str {
    let end = (0..=EXCERPTED.min(prose.len())).rev().find(|&at| prose.is_char_boundary(at));
    &prose[..end.unwrap_or(0)]
}
