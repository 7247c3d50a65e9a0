//! Held: a library as the preview keeps it between edits.
//!
//! Takes the files as they are now and gives every document, of which those that were not edited are kept as they were read.
//! The library, the plan and the links are values of all documents together, and are made again as a whole, so that nothing
//! in them can be stale; save where some cases or pages were edited that everything else meets as before.

use std::sync::Arc;

use rayon::prelude::*;

use crate::{
    model::{CaseFile, Documents, Edition},
    pipeline,
    problem::{Checked, FilePath},
    read::{self, Document, LibraryKeys},
    site::Site,
    source::{Project, Snapshot, SourceFile},
};

/// More edits than this at once are no one's writing.
const MOST_EDITED: usize = 20;

/// A library: its files, and what each of them says.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// The files.
    pub snapshot: Snapshot,
    keys: LibraryKeys,
    /// What each of the files says, in the order of the files.
    documents: Vec<Checked<Option<Document>>>,
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
        let documents = files
            .into_par_iter()
            .map(|(path, file, kept)| kept.unwrap_or_else(|| read::document(path, file, &keys)))
            .collect();
        Held { documents, keys, snapshot }
    }

    /// The site of it, and everything that is wrong.
    pub fn site(&self, edition: &Edition) -> Checked<Site> {
        let mut problems = self.project().problems.clone();
        let read = self.documents.iter().cloned();
        let documents = read.filter_map(|document| document.unload(&mut problems)).collect();
        pipeline::site_of(Checked::new(read::gather(documents), problems), self.project(), edition)
    }

    /// What the files that changed since `before` said and what they say, each with what is wrong with the file; if all of them are
    /// cases, pages or the words for the home page, and everything else [meets them](Document::is_met_like) as before.
    pub fn edited(&self, before: &Held, changes: &[FilePath]) -> Option<[Checked<Documents>; 2]> {
        let keeps = self.keys == before.keys && self.project().problems == before.project().problems;
        // To look each up is quick for what editors do at once, and not for a branch that was switched.
        if !keeps || changes.len() > MOST_EDITED {
            return None;
        }
        let documents = |held: &Held| changes.iter().map(|path| held.document(path)).collect::<Option<Vec<_>>>();
        let (then, now) = (documents(before)?, documents(self)?);
        let is_met = now.iter().zip(&then).all(|(now, then)| now.value.is_met_like(&then.value));
        is_met.then(|| [then, now].map(together))
    }

    /// Was nothing edited but words of cases: is the front matter of each as it was?
    pub fn has_told_the_same(&self, before: &Held, [then, now]: [&Documents; 2]) -> bool {
        let front = |held: &Held, case: &CaseFile| {
            let front = held.project().bytes(&case.path)?.get(..case.body.span.start)?;
            Some((front.to_owned(), case.front_matter.is_some()))
        };
        let tells_the_same = |(now, then): (&Arc<CaseFile>, &Arc<CaseFile>)| {
            front(self, now).is_some_and(|now| front(before, then) == Some(now))
        };
        now.home.is_none() && now.pages.is_empty() && now.cases.iter().zip(&then.cases).all(tells_the_same)
    }

    /// What a file says.
    fn document(&self, path: &FilePath) -> Option<Checked<Document>> {
        let place = self.project().files.keys().position(|known| known == path)?;
        let Checked { value, problems } = self.documents[place].clone();
        Some(Checked::new(value?, problems))
    }

    /// The files.
    pub fn project(&self) -> &Project {
        &self.snapshot.project
    }
}

fn together(several: Vec<Checked<Document>>) -> Checked<Documents> {
    let mut problems = Vec::new();
    let documents = several.into_iter().map(|one| one.unload(&mut problems)).collect();
    Checked::new(read::gather(documents), problems)
}
