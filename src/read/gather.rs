//! Documents of single files → [`Documents`]: sorted by kind, each case and page with its id.

use std::{collections::HashMap, sync::Arc};

use super::Document;
use crate::{
    model::{
        Ids,
        assemble::is_glossary,
        document::{Documents, OtherFile, SecondFile},
    },
    problem::FilePath,
};

/// One document, with the settings, vocabularies and glossary that it depends on, and no other case or page.
pub fn documents_of_file(path: &FilePath, document: Document, library: &Documents) -> Documents {
    let vocabularies = library.vocabularies.iter().filter(|vocabulary| vocabulary.path != *path);
    let glossary = library.files.iter().map(|file| &file.path).find(|file| is_glossary(file) && *file != path);
    let glossary = glossary.map(|path| {
        Document::Glossary(path.clone(), (!library.is_glossary_unreadable).then(|| library.glossary.clone()))
    });
    let shared = [Document::Config(library.config.clone())].into_iter().chain(glossary);
    let shared = shared.chain(vocabularies.cloned().map(Document::Vocabulary));
    // Later settings replace earlier ones.
    documents_of_library(shared.chain([document]).collect(), library.ids.clone())
}

/// Sorts documents by kind; they come in the order of their paths. Documents with an id keep it, and others get one.
pub fn documents_of_library(documents: Vec<Document>, mut ids: Arc<Ids>) -> Documents {
    let mut gathered = Documents::default();
    let (mut cases, mut pages) = (Vec::with_capacity(documents.len()), Vec::new());
    let (mut single, mut second_files) = (HashMap::new(), Vec::new());
    let mut replace = |what: &'static str, path: &FilePath| {
        if let Some(first) = single.insert(what, path.clone()) {
            second_files.push(SecondFile { what, path: path.clone(), first });
        }
    };
    for document in documents {
        match document {
            Document::Config(config) => gathered.config = config,
            Document::Vocabulary(vocabulary) => {
                gathered.files.push(OtherFile { path: vocabulary.path.clone(), picture: None });
                gathered.vocabularies.push(vocabulary);
            }
            Document::Glossary(path, glossary) => {
                replace("glossary", &path);
                gathered.files.push(OtherFile { path, picture: None });
                gathered.is_glossary_unreadable = glossary.is_none();
                gathered.glossary = glossary.unwrap_or_default();
            }
            Document::Places(path, places) => {
                replace("list of places", &path);
                gathered.files.push(OtherFile { path, picture: None });
                gathered.places = places;
            }
            Document::Synonyms(path, synonyms) => {
                replace("list of synonyms", &path);
                gathered.files.push(OtherFile { path, picture: None });
                gathered.synonyms = synonyms;
            }
            Document::Home(home) => {
                replace("home page", &home.path);
                gathered.home = Some(home);
            }
            Document::Case(case) => cases.push(case),
            Document::Page(page) => pages.push(page),
            Document::File(file) => gathered.files.push(file),
        }
    }
    let known = ids.of(&cases, &pages, &gathered.vocabularies);
    let (case_ids, page_ids) =
        known.unwrap_or_else(|| Arc::make_mut(&mut ids).assign(&cases, &pages, &gathered.vocabularies));
    let cases = case_ids.into_iter().zip(cases).collect();
    let pages = page_ids.into_iter().zip(pages).collect();
    Documents { cases, pages, second_files, ids, ..gathered }
}
