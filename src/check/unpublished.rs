//! What is wrong in files that the public does not see: drafts, and cases whose day has not come.
//!
//! Takes the problems of all stages; gives the same, each marked that lies in such a file. Where drafts are left out, what is wrong
//! in one is a warning: it stops nothing that is published. A case that waits for its day will be published as it is, so its
//! errors count.

use rustc_hash::FxHashMap;

use crate::{
    model::{Documents, Edition, document::Status},
    problem::{FilePath, Problem},
};

/// Why a file is not seen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unseen {
    Draft,
    Waiting,
}

/// The problems, with those of unpublished files marked, and those of drafts that are left out lowered.
pub fn judged(problems: Vec<Problem>, documents: &Documents, edition: &Edition) -> Vec<Problem> {
    if problems.is_empty() {
        return problems;
    }
    let unseen = unseen(documents, edition);
    let judged = |problem: Problem| match unseen.get(&problem.spot.file) {
        Some(Unseen::Draft) if !edition.with_drafts => problem.as_warning().in_unpublished(),
        Some(_) => problem.in_unpublished(),
        None => problem,
    };
    problems.into_iter().map(judged).collect()
}

fn unseen<'a>(documents: &'a Documents, edition: &Edition) -> FxHashMap<&'a FilePath, Unseen> {
    let cases = documents.cases.iter().filter_map(|case| {
        let waits = case.date.is_some_and(|date| date > edition.day);
        let why = if case.status == Status::Draft { Some(Unseen::Draft) } else { waits.then_some(Unseen::Waiting) };
        Some((&case.path, why?))
    });
    let pages = documents.pages.iter().filter(|page| page.status == Status::Draft);
    cases.chain(pages.map(|page| (&page.path, Unseen::Draft))).collect()
}
