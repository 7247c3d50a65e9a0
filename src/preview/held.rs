//! Held: a library as the preview keeps it between edits.
//!
//! Takes the files as they are now and gives every document, of which those that were not edited are kept as they were read.
//! The library, the plan and the links are values of all documents together, and are made again as a whole, so that nothing
//! in them can be stale.

use rayon::prelude::*;

use crate::{
    model::{Documents, Edition},
    pipeline,
    problem::{Checked, FilePath},
    read::{self, Document, LibraryKeys},
    site::Site,
    source::{Project, Snapshot, SourceFile},
};

/// A library: its files, and what each of them says.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// The files.
    pub snapshot: Snapshot,
    keys: LibraryKeys,
    /// What each of the files says, in the order of the files.
    documents: Vec<Checked<Option<Document>>>,
    /// The same, by kind.
    gathered: Documents,
}

impl Held {
    /// The library after an edit: reads only the files that are not as they were. What a case may say depends on which
    /// taxonomies there are and on the keys that the settings declare, so when these change everything is read again.
    #[must_use]
    pub fn after(&self, snapshot: Snapshot) -> Held {
        let keys = read::library_keys(&snapshot.project);
        let keeps = keys == self.keys;
        let mut earlier = self.project().files.iter().zip(&self.documents).peekable();
        let mut kept = |path: &FilePath, file: &SourceFile| {
            while earlier.next_if(|((known, _), _)| *known < path).is_some() {}
            let same = earlier.next_if(|((known, _), _)| *known == path);
            same.filter(|((_, before), _)| keeps && file.is_same_as(before)).map(|(_, document)| document.clone())
        };
        let files = snapshot.project.files.iter();
        let files: Vec<_> = files.map(|(path, file)| (path, file, kept(path, file))).collect();
        let documents: Vec<_> = files
            .into_par_iter()
            .map(|(path, file, kept)| kept.unwrap_or_else(|| read::document(path, file, &keys)))
            .collect();
        let said = documents.iter().filter_map(|document| document.value.clone()).collect();
        Held { gathered: read::gather(said, self.gathered.ids.clone()), documents, keys, snapshot }
    }

    /// The site of it, and everything that is wrong.
    pub fn site(&self, edition: &Edition) -> Checked<Site> {
        let mut problems = self.project().problems.clone();
        problems.extend(self.documents.iter().flat_map(|document| document.problems.iter().cloned()));
        pipeline::site(self.project(), Checked::new(self.gathered.clone(), problems), edition)
    }

    /// What every file says, by kind.
    pub fn documents(&self) -> &Documents {
        &self.gathered
    }

    /// The files.
    pub fn project(&self) -> &Project {
        &self.snapshot.project
    }
}
