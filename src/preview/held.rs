//! Held: a library as the preview keeps it between edits.
//!
//! Takes the files as they are now and gives every document, of which those that were not edited are kept as they were read.
//! The library, the plan and the links are values of all documents together, and are made again as a whole, so that nothing
//! in them can be stale; save where the words alone of some cases were edited, of which they hold nothing.

use std::{collections::BTreeSet, sync::Arc};

use rayon::prelude::*;

use crate::{
    model::{CaseFile, Edition},
    pipeline,
    problem::{Checked, FilePath},
    read::{self, Document},
    site::Site,
    source::{Project, Snapshot, SourceFile},
};

/// More edits than this at once are no one's writing.
const MOST_REWORDED: usize = 20;

/// A library: its files, and what each of them says.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// The files.
    pub snapshot: Snapshot,
    taxonomies: BTreeSet<String>,
    /// What each of the files says, in the order of the files.
    documents: Vec<Checked<Option<Document>>>,
}

impl Held {
    /// The library after an edit: reads only the files that are not as they were. What a case may say depends on which
    /// taxonomies there are, so when these change everything is read again.
    #[must_use]
    pub fn after(&self, snapshot: Snapshot) -> Held {
        let taxonomies = read::taxonomies(&snapshot.project);
        let keeps = taxonomies == self.taxonomies;
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
            .map(|(path, file, kept)| kept.unwrap_or_else(|| read::document(path, file, &taxonomies)))
            .collect();
        Held { documents, taxonomies, snapshot }
    }

    /// The site of it, and everything that is wrong.
    pub fn site(&self, edition: &Edition) -> Checked<Site> {
        let mut problems = self.project().problems.clone();
        let read = self.documents.iter().cloned();
        let documents = read.filter_map(|document| document.unload(&mut problems)).collect();
        pipeline::site_of(Checked::new(read::gather(documents), problems), self.project(), edition)
    }

    /// The cases among the files that changed since `before`, if nothing else changed, their words alone are other than they
    /// were, and nothing is wrong with them.
    pub fn reworded(&self, before: &Held, changes: &[FilePath]) -> Option<Vec<Arc<CaseFile>>> {
        let front_matter = |held: &Held, case: &CaseFile| {
            let front = held.project().bytes(&case.path)?.get(..case.body.span.start)?;
            Some(front.to_owned())
        };
        let reworded = |path: &FilePath| {
            let (then, now) = (before.case(path)?, self.case(path)?);
            let is_so = front_matter(before, then) == front_matter(self, now) && now.body.is_met_like(&then.body);
            is_so.then(|| now.clone())
        };
        // To look each up is quick for what editors do at once, and not for a branch that was switched.
        if changes.len() > MOST_REWORDED {
            return None;
        }
        let keeps = self.taxonomies == before.taxonomies && self.project().problems == before.project().problems;
        changes.iter().map(reworded).collect::<Option<Vec<_>>>().filter(|_| keeps)
    }

    /// What the file of a case says, where nothing is wrong with it.
    fn case(&self, path: &FilePath) -> Option<&Arc<CaseFile>> {
        let place = self.project().files.keys().position(|known| known == path)?;
        match &self.documents[place] {
            Checked { value: Some(Document::Case(case)), problems } if problems.is_empty() => Some(case),
            _ => None,
        }
    }

    /// The files.
    pub fn project(&self) -> &Project {
        &self.snapshot.project
    }
}
