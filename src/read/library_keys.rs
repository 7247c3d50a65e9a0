//! The keys of a case that depend on other files: the library's vocabularies, and the keys that casebook.yaml declares.
//!
//! They are known before any case is read, so each case can be read by itself and kept while these keys stay the same.

use std::{collections::BTreeSet, sync::Arc};

use super::{Document, document, document_kind};
use crate::{
    model::{
        assemble::REQUIRED_VOCABULARIES,
        keys::{self, DocumentKind},
        own_field::OwnField,
    },
    problem::FilePath,
    source::Project,
};

/// The keys of a case that depend on other files of the library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryKeys {
    /// The ids of the library's vocabularies.
    pub vocabularies: BTreeSet<Arc<str>>,
    /// The keys that casebook.yaml declares.
    pub fields: Vec<OwnField>,
}

impl LibraryKeys {
    /// Every key.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        let fields = self.fields.iter().map(|field| field.id.value.as_str());
        self.vocabularies.iter().map(|id| &**id).chain(fields)
    }
}

/// The keys of cases in this project that depend on its files. The vocabularies are the files in
/// `content/vocabularies/`, and those that every library must have: a missing vocabulary is one mistake, and not one in
/// every case.
pub fn library_keys(project: &Project) -> LibraryKeys {
    let files = project.files.range(FilePath::new("content/vocabularies/")..).map(|(path, _)| path);
    let files = files.take_while(|path| path.as_str().starts_with("content/vocabularies/"));
    let files = files.filter(|path| document_kind(path) == Some(DocumentKind::Vocabulary));
    let vocabularies: BTreeSet<&str> = files.map(FilePath::stem).chain(REQUIRED_VOCABULARIES).collect();
    // A vocabulary of this name is reported once, when the library is put together; cases have the key for something
    // else.
    let vocabularies: BTreeSet<Arc<str>> =
        vocabularies.into_iter().filter(|id| keys::named(keys::CASE, id).is_none()).map(Arc::from).collect();
    let settings = project.files.get_key_value(&FilePath::new("casebook.yaml"));
    let config = settings.and_then(|(path, file)| document(path, file, &LibraryKeys::default()).value);
    // `model` reports keys with the name of a vocabulary.
    let fields = match config {
        Some(Document::Config(config)) => config.fields.clone(),
        _ => Vec::new(),
    };
    LibraryKeys {
        fields: fields.into_iter().filter(|field| !vocabularies.contains(&*field.id.value)).collect(),
        vocabularies,
    }
}
