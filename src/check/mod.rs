//! Rules about good content that are not needed to build: plain words, and whether facts are due for review.
//!
//! Takes the documents and the day; gives problems, all of them warnings. A library without these checks would be published
//! just the same.

mod review;
mod wording;

use crate::{
    model::{Documents, Edition},
    problem::Problem,
};

/// Everything that could be better in the content.
pub fn check(documents: &Documents, edition: &Edition) -> Vec<Problem> {
    [review::due(&documents.cases, edition.day), wording::wording(documents)].concat()
}
