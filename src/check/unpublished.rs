//! The problems of unpublished files: drafts, and cases with a date in the future.
//!
//! Takes the problems of all stages; marks those in such files. If drafts are not shown, their errors become warnings,
//! since they do not affect what is published. A case with a date in the future will be published as it is, so its
//! errors count.

use rustc_hash::FxHashMap;

use crate::{
    model::{Documents, Edition, document::Status},
    problem::{FilePath, Problem},
};

/// The reason why a file is not published.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unseen {
    Draft,
    Waiting,
}

/// Marks the problems of unpublished files, and lowers those of drafts that are not shown.
pub fn marked(problems: Vec<Problem>, documents: &Documents, edition: &Edition) -> Vec<Problem> {
    if problems.is_empty() {
        return problems;
    }
    let unseen = unseen(documents, edition);
    let mark = |problem: Problem| match unseen.get(&problem.spot.file) {
        Some(Unseen::Draft) if !edition.with_drafts => problem.as_warning().in_unpublished(),
        Some(_) => problem.in_unpublished(),
        None => problem,
    };
    problems.into_iter().map(mark).collect()
}

fn unseen<'a>(documents: &'a Documents, edition: &Edition) -> FxHashMap<&'a FilePath, Unseen> {
    let cases = documents.cases.iter().filter_map(|case| {
        let future_date = case.date.is_some_and(|date| date > edition.day);
        let why =
            if case.status == Status::Draft { Some(Unseen::Draft) } else { future_date.then_some(Unseen::Waiting) };
        Some((&case.path, why?))
    });
    let pages = documents.pages.iter().filter(|page| page.status == Status::Draft);
    cases.chain(pages.map(|page| (&page.path, Unseen::Draft))).collect()
}
