//! The changes of cases, by day: publications, changes of substance, corrections and withdrawals.
//!
//! Takes a library and gives its [`CaseChange`]s, the newest first. The views decide how they are shown.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::{Library, library::Case};

/// A change of a case.
#[derive(Clone, Copy, Debug)]
pub struct CaseChange<'a> {
    /// The day.
    pub day: Date,
    /// The kind of change.
    pub what: ChangeKind<'a>,
    /// The case.
    pub case: &'a Case,
}

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind<'a> {
    /// A withdrawal, with its reason.
    Withdrawn(Option<&'a str>),
    /// A correction, with its text.
    Corrected(&'a str),
    /// A change of substance.
    Changed,
    /// The publication.
    Published,
}

/// The changes of a library: newest first, on the same day in the order of [`ChangeKind`], then by the title of the
/// case.
pub fn changes(library: &Library) -> Vec<CaseChange<'_>> {
    let listed = library.cases.iter().flat_map(|case| of_case(case));
    let withdrawn = library.withdrawn.iter().filter_map(|case| {
        let withdrawal = case.file.withdrawn.as_ref()?;
        Some(CaseChange { day: withdrawal.date?, what: ChangeKind::Withdrawn(withdrawal.why.as_deref()), case })
    });
    let mut changes: Vec<CaseChange<'_>> = listed.chain(withdrawn).collect();
    changes.sort_by_key(|change| (Reverse(change.day), change.what, &change.case.file.title, &change.case.address));
    changes
}

fn of_case(case: &Case) -> impl Iterator<Item = CaseChange<'_>> {
    let file = &case.file;
    let changed = file.updated.filter(|updated| Some(*updated) != file.date);
    let days = [(file.date, ChangeKind::Published), (changed, ChangeKind::Changed)];
    let days = days.into_iter().filter_map(|(day, what)| Some((day?, what)));
    let corrected =
        file.corrections.iter().map(|correction| (correction.date, ChangeKind::Corrected(&correction.what)));
    days.chain(corrected).map(move |(day, what)| CaseChange { day, what, case })
}
