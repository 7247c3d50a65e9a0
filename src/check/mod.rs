//! Rules about good content that are not needed to build: plain words, sources of facts, and days of review.
//!
//! Takes the documents and the day; gives warnings. A library without these checks would be published
//! just the same. The rules about one file are applied to it together, since the preview applies them to every file
//! after each edit.

mod doubtful;
mod review;
mod sources;
mod spellings;
pub mod unpublished;
mod wording;

use std::sync::Arc;

use rayon::prelude::*;

use crate::{
    model::{
        Documents, Edition,
        document::{CaseFile, Status},
    },
    problem::Problem,
};

/// The warnings of all rules.
pub fn check(documents: &Documents, edition: &Edition) -> Vec<Problem> {
    let (day, config) = (edition.day, &documents.config);
    let (sources, wording) = (sources::SourceRules::of(config), wording::WordingRules::of(documents));
    let regions = doubtful::regions_that_are_no_places(config);
    let of_case = |mut problems: Vec<Problem>, case: &Arc<CaseFile>| {
        review::of_case(case, day, &mut problems);
        doubtful::of_case(case, day, &regions, &mut problems);
        if case.status != Status::Withdrawn {
            sources.of_case(case, &mut problems);
            wording.of_case(case, &mut problems);
        }
        problems
    };
    let cases = documents.cases.values().par_iter().fold(Vec::new, of_case);
    let between_cases = || [doubtful::titles_twice(documents), spellings::spellings(documents)].concat();
    let (mut problems, between_cases) = rayon::join(|| cases.flatten().collect::<Vec<_>>(), between_cases);
    problems.extend(between_cases);
    problems.extend(doubtful::years_of_library(documents, day));
    for page in &documents.pages {
        wording.of_page(page, &mut problems);
    }
    if let Some(home) = &documents.home {
        wording.of_home(home, &mut problems);
    }
    problems
}
