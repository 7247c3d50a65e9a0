//! Facts age: a published case says by when they should be looked at again.

use std::sync::Arc;

use jiff::civil::Date;

use crate::{
    model::document::{CaseFile, Status},
    problem::{Problem, message},
};

/// A problem for each published case whose day of review has passed.
pub fn due(cases: &[Arc<CaseFile>], day: Date) -> Vec<Problem> {
    let published = cases.iter().filter(|case| case.status == Status::Published);
    published
        .filter_map(|case| {
            let review_by = case.review_by.as_ref().filter(|review_by| review_by.value < day)?;
            Some(message::case::review_due(&review_by.spot, review_by.value))
        })
        .collect()
}
