//! A library that stays in memory from edit to edit, for the preview and the language server.
//!
//! Takes the files as they are now, and gives their documents. Only changed files are read again, and the theme only if
//! one of its files has changed. The library, the plan and the links depend on all documents, so the whole site is made
//! again after every edit, and nothing in it can be out of date.

use std::sync::Arc;

use imbl::OrdMap;
use rayon::prelude::*;

use crate::{
    model::{Documents, Edition},
    pipeline::{self, Contents},
    problem::{Checked, FilePath, Problem},
    read::{self, Document, LibraryKeys},
    site::Site,
    source::{Project, SETTINGS, Snapshot, SourceFile},
};

/// A library in memory: its files and their documents.
#[derive(Clone, Debug)]
pub struct LoadedLibrary {
    /// The files.
    pub snapshot: Snapshot,
    keys: LibraryKeys,
    /// The document of each file. A copy shares all that does not change.
    documents: OrdMap<FilePath, Checked<Option<Document>>>,
    /// The documents by kind, and the theme.
    contents: Contents,
}

impl LoadedLibrary {
    /// Reads a library for the first time.
    pub fn read(snapshot: Snapshot) -> LoadedLibrary {
        LoadedLibrary::load(None, snapshot)
    }

    /// The library after an edit. Reads only the files that changed. The keys of a case depend on the vocabularies and
    /// the settings, so all documents are read again if the keys change.
    #[must_use]
    pub fn after(&self, snapshot: Snapshot) -> LoadedLibrary {
        LoadedLibrary::load(Some(self), snapshot)
    }

    fn load(before: Option<&LoadedLibrary>, snapshot: Snapshot) -> LoadedLibrary {
        let keys = read::library_keys(&snapshot.project);
        let files = &snapshot.project.files;
        let (mut documents, changed) = match before.filter(|before| before.keys == keys) {
            Some(before) => (before.documents.clone(), snapshot.changes_since(&before.snapshot)),
            None => (OrdMap::new(), files.keys().cloned().collect()),
        };
        let read = |path: &FilePath| Some(read::document(path, files.get(path)?, &keys));
        let read: Vec<_> = changed.par_iter().map(read).collect();
        for (path, document) in changed.into_iter().zip(read) {
            match document {
                Some(document) => documents.insert(path, document),
                None => documents.remove(&path),
            };
        }
        let mut problems = snapshot.project.problems.clone();
        problems.extend(documents.values().flat_map(|document| document.problems.iter().cloned()));
        let contents = documents.values().filter_map(|document| document.value.clone()).collect();
        let ids = before.map(|before| before.documents().ids.clone()).unwrap_or_default();
        let gathered = read::documents_of_library(contents, ids);
        let source = pipeline::theme_source(&snapshot.project, &gathered.config);
        let theme = before.map(|before| &before.contents.theme).filter(|theme| theme.value.source == source);
        let theme = theme.cloned().unwrap_or_else(|| pipeline::theme(source));
        LoadedLibrary {
            contents: Contents { documents: Checked::new(gathered, problems), theme },
            documents,
            keys,
            snapshot,
        }
    }

    /// The problems of a file with new content, compared with a site of its earlier content. `library_problems` are the
    /// problems of the file that only the whole library shows.
    pub fn problems_in(
        &self,
        path: &FilePath,
        file: &SourceFile,
        mut library_problems: Vec<Problem>,
        (site, edition): (&Site, &Edition),
    ) -> Vec<Problem> {
        let Checked { value, problems } = read::document(path, file, &self.keys);
        library_problems.extend(problems);
        match value {
            Some(document) => {
                pipeline::document(path, Checked::new(document, library_problems), self.documents(), site, edition)
            }
            None => library_problems,
        }
    }

    /// Makes the site, and gives all problems.
    pub fn site(&self, edition: &Edition) -> Checked<Site> {
        pipeline::site(&self.contents, edition)
    }

    /// Can a template fail now that did not fail before? Only if the theme or the settings changed. Only then need all
    /// pages be made to find out.
    pub fn may_templates_fail_since(&self, before: &LoadedLibrary) -> bool {
        let settings = FilePath::new(SETTINGS);
        let [now, then] = [self, before].map(|loaded| loaded.project().files.get(&settings));
        !Arc::ptr_eq(&self.contents.theme.value, &before.contents.theme.value) || now != then
    }

    /// The documents, by kind.
    pub fn documents(&self) -> &Documents {
        &self.contents.documents.value
    }

    /// The files.
    pub fn project(&self) -> &Project {
        &self.snapshot.project
    }
}
