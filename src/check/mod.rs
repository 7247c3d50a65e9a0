//! Rules about good content that are not needed to build: plain words, sources of facts, and days of review.
//!
//! Takes the documents and the day; gives warnings. A library without these checks would be published
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

/// The warnings of all rules.
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
