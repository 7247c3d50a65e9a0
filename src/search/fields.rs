//! A case, a page or an entry of the glossary → the texts that it is indexed by, by field.

use std::ops::{Index, IndexMut};

use crate::model::{
    Library,
    document::{Body, GlossaryEntry},
    library::{Case, Page},
};

/// A field of a document: texts of one kind. A word counts differently in each: see [`weight`](mod@super::weight).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The title; of an entry of the glossary, the term and its full name.
    Title,
    /// The summary and the lesson.
    Summary,
    /// The terms, places and partners, and the tags.
    Terms,
    /// The headings of the body.
    Headings,
    /// The body; of an entry of the glossary, the note.
    Body,
    /// The titles of the sources, and passages of pages that link to the case.
    Mentions,
}

/// The number of fields.
pub const FIELD_COUNT: usize = Field::ALL.len();

impl Field {
    /// Every field, in the order in which a document is read.
    pub const ALL: [Field; 6] =
        [Field::Title, Field::Summary, Field::Terms, Field::Headings, Field::Body, Field::Mentions];
}

// The value of a field is at the field's position in its list.
const _: () = {
    let mut at = 0;
    while at < FIELD_COUNT {
        assert!(Field::ALL[at] as usize == at);
        at += 1;
    }
};

/// A value for each field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByField<T>([T; FIELD_COUNT]);

impl<T> ByField<T> {
    /// The value of each field, from a function.
    pub fn of(value: impl FnMut(Field) -> T) -> ByField<T> {
        ByField(Field::ALL.map(value))
    }

    /// The values, in the order of the fields.
    pub fn values(&self) -> &[T; FIELD_COUNT] {
        &self.0
    }
}

impl<T> Index<Field> for ByField<T> {
    type Output = T;

    fn index(&self, field: Field) -> &T {
        &self.0[field as usize]
    }
}

impl<T> IndexMut<Field> for ByField<T> {
    fn index_mut(&mut self, field: Field) -> &mut T {
        &mut self.0[field as usize]
    }
}

/// The texts of each field. A phrase never continues from one text into the next.
pub type Fields<'a> = ByField<Vec<&'a str>>;

/// The texts of a case. `prose` is the plain text of its body, with a line for each paragraph, item or cell; `mentions`
/// are passages of pages that link to it.
pub fn fields<'a>(library: &'a Library, case: &'a Case, prose: &'a str, mentions: &'a [String]) -> Fields<'a> {
    let file = &case.file;
    Fields::of(|field| match field {
        Field::Title => vec![&file.title],
        Field::Summary => [Some(file.summary.as_str()), file.lesson.as_deref()].into_iter().flatten().collect(),
        Field::Terms => {
            let terms = case.terms_with_broader.iter().map(|&term| library.vocabularies[term].label.as_str());
            let places = file.places.iter().flat_map(|place| [Some(place.name.as_str()), place.region.as_deref()]);
            terms.chain(places.flatten()).chain(file.partners.iter().map(String::as_str)).collect()
        }
        Field::Headings => headings(&file.body),
        Field::Body => {
            let happened = case.terms.iter().flat_map(|carried| [carried.what.as_deref(), carried.response.as_deref()]);
            happened.flatten().chain(prose.lines()).collect()
        }
        Field::Mentions => {
            let sources = file.sources.iter().map(|source| source.title.as_str());
            sources.chain(mentions.iter().map(String::as_str)).collect()
        }
    })
}

/// The texts of a plain page.
pub fn page_fields<'a>(page: &'a Page, prose: &'a str) -> Fields<'a> {
    let file = &page.file;
    Fields::of(|field| match field {
        Field::Title => vec![&file.title],
        Field::Summary => file.summary.as_deref().into_iter().collect(),
        Field::Headings => headings(&file.body),
        Field::Body => prose.lines().collect(),
        Field::Terms | Field::Mentions => Vec::new(),
    })
}

/// The texts of an entry of the glossary.
pub fn entry_fields(entry: &GlossaryEntry) -> Fields<'_> {
    Fields::of(|field| match field {
        Field::Title => vec![&entry.term.value, &entry.full],
        Field::Body => entry.note.as_deref().into_iter().collect(),
        Field::Summary | Field::Terms | Field::Headings | Field::Mentions => Vec::new(),
    })
}

fn headings(body: &Body) -> Vec<&str> {
    body.outline.iter().map(|heading| heading.text.as_str()).collect()
}
