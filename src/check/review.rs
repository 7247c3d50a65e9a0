//! Cases due for review: a case says when its facts were last checked, and by when they should be checked again.

use std::sync::Arc;

use jiff::civil::Date;

use crate::{
    model::document::{CaseFile, Status},
    problem::{Problem, message},
};

/// A problem for each case that claims to have been checked or changed on a future day. Tomorrow is accepted, since it
/// may be tomorrow already in the author's time zone, and so are days of a case with a date in the future.
pub fn too_soon(cases: &[Arc<CaseFile>], day: Date) -> Vec<Problem> {
    let tomorrow = day.tomorrow().unwrap_or(day);
    let mut problems = Vec::new();
    for case in cases.iter().filter(|case| case.date.is_none_or(|first| first <= day)) {
        let corrected = case.corrections.last().map(|correction| correction.date);
        for (key, claimed) in [("updated", case.updated), ("reviewed", case.reviewed), ("corrections", corrected)] {
            if let (Some(front_matter), Some(claimed)) = (&case.front_matter, claimed.filter(|day| *day > tomorrow)) {
                problems.push(message::case::not_yet(&front_matter.key(key), key, claimed));
            }
        }
    }
    problems
}

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
