//! Facts age: a published case says by when they should be looked at again, and when somebody last did.

use std::sync::Arc;

use jiff::civil::Date;

use crate::{
    model::document::{CaseFile, Status},
    problem::{Problem, message},
};

/// A problem for each case that claims to have been checked or changed on a day that has not come. Where it is a new day
/// already is for the author to say, so tomorrow is no mistake.
pub fn too_soon(cases: &[Arc<CaseFile>], day: Date) -> Vec<Problem> {
    let tomorrow = day.tomorrow().unwrap_or(day);
    let of_case = |case: &Arc<CaseFile>| {
        let front_matter = case.front_matter.clone();
        let is_early = move |date: Date| case.date.is_none_or(|first| first <= day) && date > tomorrow;
        let claims = [("updated", case.updated), ("reviewed", case.reviewed)];
        let early = claims.into_iter().filter_map(move |(key, date)| Some((key, date.filter(|date| is_early(*date))?)));
        early
            .filter_map(|(key, date)| Some(message::case::not_yet(&front_matter.as_ref()?.key(key), key, date)))
            .collect::<Vec<_>>()
    };
    cases.iter().flat_map(of_case).collect()
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
