//! Rules about sources: every source is cited, and every figure has one.
//!
//! Both are reported only on request, because older cases list their sources without citing them.

use std::sync::Arc;

use crate::{
    model::{
        Config,
        document::{CaseFile, Status},
        numbering::SourceNumbering,
    },
    problem::{Code, Problem, Spot, message::source as message},
};

/// The problems of the published cases.
pub(super) fn sources(cases: &[Arc<CaseFile>], config: &Config) -> Vec<Problem> {
    let is_on = |code: Code| config.checks.get(&code).copied().unwrap_or(code.usual_level()).is_some();
    let cases = || cases.iter().filter(|case| case.status != Status::Withdrawn);
    let mut problems = Vec::new();
    if is_on(Code::UncitedSource) {
        problems.extend(cases().flat_map(|case| uncited(case)));
    }
    if is_on(Code::UnsourcedFigure) {
        let figures = |case: &Arc<CaseFile>| {
            let figures = case.body.wording.figures.iter();
            figures.map(|at| message::unsourced_figure(&Spot::bytes(&case.path, at.clone()))).collect::<Vec<_>>()
        };
        problems.extend(cases().flat_map(figures));
    }
    problems
}

fn uncited(case: &CaseFile) -> Vec<Problem> {
    let numbering = SourceNumbering::of(case);
    let mut uncited = numbering.order[numbering.cited..].to_vec();
    uncited.sort_unstable();
    let spot = |source: usize| match &case.sources[source].id {
        Some(id) => Some(id.spot.clone()),
        None => case.front_matter.as_ref().map(|front_matter| front_matter.key("sources")),
    };
    let problem = |source: usize| Some(message::uncited(&spot(source)?, &case.sources[source].title));
    uncited.into_iter().filter_map(problem).collect()
}
