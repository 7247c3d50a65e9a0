//! Cases due for review: a case says when its facts were last checked, and by when they should be checked again.

use jiff::civil::Date;

use super::doubtful::is_far;
use crate::{
    model::document::{CaseFile, Status},
    problem::{Problem, Step, message},
};

/// The problems of the days that a case names.
pub(super) fn of_case(case: &CaseFile, day: Date, problems: &mut Vec<Problem>) {
    problems.extend(due(case, day));
    too_soon(case, day, problems);
}

/// Reports a check or change of a case that is dated after tomorrow: where the author is, it may be tomorrow already.
/// Cases with a date in the future are exempt, and so are days so far away that they are reported as such.
fn too_soon(case: &CaseFile, day: Date, problems: &mut Vec<Problem>) {
    let Some(front_matter) = case.front_matter.as_ref().filter(|_| case.date.is_none_or(|first| first <= day)) else {
        return;
    };
    let tomorrow = day.tomorrow().unwrap_or(day);
    let of_key = |(key, claimed): (&'static str, Option<Date>)| {
        Some((key, claimed?, front_matter.value([Step::Key(key.to_owned())])))
    };
    let of_case = [("updated", case.updated), ("reviewed", case.reviewed)].into_iter().filter_map(of_key);
    let corrected = case.corrections.iter().map(|correction| ("date", correction.date, correction.date_spot.clone()));
    let is_too_soon = |claimed: Date| claimed > tomorrow && !is_far(claimed.year(), day);
    for (key, claimed, spot) in of_case.chain(corrected).filter(|(_, claimed, _)| is_too_soon(*claimed)) {
        problems.push(message::doubtful::not_yet(&spot, key, claimed));
    }
}

/// The problem of a published case whose day of review has passed.
fn due(case: &CaseFile, day: Date) -> Option<Problem> {
    let is_due = |review_by: Date| review_by < day && !is_far(review_by.year(), day);
    let review_by = case.review_by.as_ref().filter(|review_by| is_due(review_by.value))?;
    (case.status == Status::Published).then(|| message::case::review_due(&review_by.spot, review_by.value))
}
