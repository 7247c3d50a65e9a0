//! A case, a page or an entry of the glossary → the texts that it is indexed by, by field.

use crate::model::{
    Library,
    document::GlossaryEntry,
    library::{Case, Page},
};

/// The number of fields: title, summary and lesson, terms, headings, body, mentions by other pages.
pub const FIELDS: usize = 6;

/// The field of the terms, places and partners, which also holds the tags.
pub const TERMS: usize = 2;

/// The texts of each field. A phrase never continues from one text into the next.
pub type Fields<'a> = [Vec<&'a str>; FIELDS];

/// The texts of a case. `prose` is the plain text of its body, with a line for each paragraph, item or cell; `mentions`
/// are passages of pages that link to it.
pub fn fields<'a>(library: &'a Library, case: &'a Case, prose: &'a str, mentions: &'a [String]) -> Fields<'a> {
    let file = &case.file;
    let terms = case.terms_with_broader.iter().map(|&term| library.vocabularies[term].label.as_str());
    let places = file.places.iter().flat_map(|place| [Some(place.name.as_str()), place.region.as_deref()]);
    let happened = case.terms.iter().flat_map(|carried| [carried.what.as_deref(), carried.response.as_deref()]);
    [
        vec![&file.title],
        [Some(file.summary.as_str()), file.lesson.as_deref()].into_iter().flatten().collect(),
        terms.chain(places.flatten()).chain(file.partners.iter().map(String::as_str)).collect(),
        file.body.outline.iter().map(|heading| heading.text.as_str()).collect(),
        happened.flatten().chain(prose.lines()).collect(),
        (file.sources.iter().map(|source| source.title.as_str())).chain(mentions.iter().map(String::as_str)).collect(),
    ]
}

/// The texts of a plain page.
pub fn page_fields<'a>(page: &'a Page, prose: &'a str) -> Fields<'a> {
    let file = &page.file;
    let headings = file.body.outline.iter().map(|heading| heading.text.as_str());
    let mut fields = Fields::default();
    fields[0] = vec![&file.title];
    fields[1] = file.summary.as_deref().into_iter().collect();
    fields[3] = headings.collect();
    fields[4] = prose.lines().collect();
    fields
}

/// The texts of an entry of the glossary.
pub fn entry_fields(entry: &GlossaryEntry) -> Fields<'_> {
    let mut fields = Fields::default();
    fields[0] = vec![&entry.term.value, &entry.full];
    fields[4] = entry.note.as_deref().into_iter().collect();
    fields
}
