//! A case → the texts by which it is found, field by field.

use crate::model::{Library, library::Case};

/// How many fields there are: title, summary, terms, headings, body, other names.
pub const FIELDS: usize = 6;

/// The field of the other names of terms, and of all names of what the glossary knows: the last.
pub const NAMES: usize = FIELDS - 1;

/// The pieces of text in each field of a case; a phrase never runs from one piece into the next.
pub type Fields<'a> = [Vec<&'a str>; FIELDS];

/// The texts by which a case is found. `prose` is the plain text of its body, a line for each paragraph, item or cell.
pub fn fields<'a>(library: &'a Library, case: &'a Case, prose: &'a str) -> Fields<'a> {
    let file = &case.file;
    let terms = case.found(&library.vocabularies);
    let terms: Vec<_> = terms.into_iter().map(|term| &library.vocabularies[term]).collect();
    let places = file.places.iter().flat_map(|place| [Some(place.name.as_str()), place.region.as_deref()]);
    let happened = case.terms.iter().flat_map(|carried| [carried.what.as_deref(), carried.response.as_deref()]);
    [
        vec![&file.title],
        vec![&file.summary],
        (terms.iter().map(|term| term.label.as_str()))
            .chain(places.flatten())
            .chain(file.partners.iter().map(String::as_str))
            .collect(),
        file.body.outline.iter().map(|heading| heading.text.as_str()).collect(),
        happened.flatten().chain(prose.lines()).collect(),
        terms.iter().flat_map(|term| term.also.iter().map(String::as_str)).collect(),
    ]
}
