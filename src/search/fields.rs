//! A case, a page or an entry of the glossary → the texts by which it is found, field by field.

use crate::model::{
    Library,
    document::GlossaryEntry,
    library::{Case, Page},
};

/// How many fields there are: title, summary and lesson, terms, headings, body, what others say.
pub const FIELDS: usize = 6;

/// The field of the terms, places and partners, which has the tags as well.
pub const TERMS: usize = 2;

/// The pieces of text in each field; a phrase never runs from one piece into the next.
pub type Fields<'a> = [Vec<&'a str>; FIELDS];

/// The texts by which a case is found. `prose` is the plain text of its body, a line for each paragraph, item or cell;
/// `mentions` is what pages say of it.
pub fn fields<'a>(library: &'a Library, case: &'a Case, prose: &'a str, mentions: &'a [String]) -> Fields<'a> {
    let file = &case.file;
    let terms = case.found.iter().map(|&term| library.vocabularies[term].label.as_str());
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

/// The texts by which a plain page is found.
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

/// The texts by which an entry of the glossary is found.
pub fn entry_fields(entry: &GlossaryEntry) -> Fields<'_> {
    let mut fields = Fields::default();
    fields[0] = vec![&entry.term.value, &entry.full];
    fields[4] = entry.note.as_deref().into_iter().collect();
    fields
}
