//! Rules about good content that are not needed to build: plain words, what facts rest on, and whether they are due for review.
//!
//! Takes the documents and the day; gives problems, all of them warnings. A library without these checks would be published
//! just the same.

mod doubtful;
mod left_over;
mod review;
mod sources;
mod spellings;
pub mod unpublished;
mod wording;

use crate::{
    model::{Documents, Edition},
    problem::Problem,
};

/// Everything that could be better in the content.
pub fn check(documents: &Documents, edition: &Edition) -> Vec<Problem> {
    let (cases, day) = (documents.cases.values(), edition.day);
    let sources = sources::sources(cases, &documents.config);
    [
        review::due(cases, day),
        review::too_soon(cases, day),
        sources,
        doubtful::doubtful(documents, day),
        spellings::spellings(documents),
        left_over::left_over(documents),
        wording::wording(documents),
    ]
    .concat()
}
