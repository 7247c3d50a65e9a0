//! What a document may say in the words of this library.
//!
//! Takes a library. Gives the hints of its template, the names of its fields and its language, by which a reader knows
//! what an author did not write, and which lines are answers.

use std::collections::HashSet;

use crate::model::{
    Library,
    keys::{self, CASE},
    questions::{AFTER, PARTNERSHIP, plain},
    template_hints::TemplateHint,
};

/// The words of a library.
#[derive(Clone, Debug, Default)]
pub struct LibraryWords {
    /// The hints of the template, which may come back filled in.
    pub hints: Vec<TemplateHint>,
    /// The names of keys, vocabularies and questions, as [`plain`] writes them.
    field_names: HashSet<String>,
    /// The language without its region, such as `en`.
    language: String,
}

impl LibraryWords {
    /// The words of this library.
    pub fn of(library: &Library) -> LibraryWords {
        let questions = PARTNERSHIP.iter().chain(&AFTER).map(|question| question.label);
        let vocabularies = library.vocabularies.iter().flat_map(|vocabulary| {
            let file = &vocabulary.file;
            [Some(&file.id), Some(&file.label), Some(&file.plural), file.question.as_ref()].into_iter().flatten()
        });
        let own = library.config.fields.iter().flat_map(|field| [&field.id.value, &field.label]);
        let names = keys::names(CASE).chain(questions).chain(vocabularies.chain(own).map(String::as_str));
        LibraryWords {
            hints: TemplateHint::all(library),
            field_names: names.map(plain).collect(),
            language: primary_language(&library.config.language),
        }
    }

    /// Does a field have this name?
    pub(super) fn has_field(&self, name: &str) -> bool {
        self.field_names.contains(&plain(name))
    }

    /// Is a language that of the library, apart from its region? Programs write the region that they were set up with.
    pub(super) fn is_own_language(&self, language: &str) -> bool {
        primary_language(language) == self.language
    }
}

/// The part of a language tag before the first hyphen.
fn primary_language(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or(tag).to_lowercase()
}
