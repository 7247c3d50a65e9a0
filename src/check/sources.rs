//! Rules about sources: every source is cited, and every figure has one.
//!
//! Both are reported only on request, because older cases list their sources without citing them.

use crate::{
    model::{
        Config,
        document::{CaseFile, Source},
        ids::Id,
        numbering::SourceNumbering,
    },
    problem::{Code, Problem, Spot, message::source as message},
};

/// Which of the rules the settings ask for.
pub(super) struct SourceRules {
    uncited: bool,
    figures: bool,
}

impl SourceRules {
    pub(super) fn of(config: &Config) -> SourceRules {
        SourceRules { uncited: config.is_on(Code::UncitedSource), figures: config.is_on(Code::UnsourcedFigure) }
    }

    /// The problems of a published case.
    pub(super) fn of_case(&self, case: &CaseFile, problems: &mut Vec<Problem>) {
        if self.uncited {
            problems.extend(uncited(case));
        }
        if self.figures {
            let figures = case.body.wording.figures.iter();
            problems.extend(figures.map(|at| message::unsourced_figure(&Spot::bytes(&case.path, at.clone()))));
        }
    }
}

fn uncited(case: &CaseFile) -> Vec<Problem> {
    let numbering = SourceNumbering::of(case);
    let mut uncited = numbering.order[numbering.cited..].to_vec();
    uncited.sort_unstable();
    let spot = |source: &Source| match &source.id {
        Some(id) => Some(id.spot.clone()),
        None => case.front_matter.as_ref().map(|front_matter| front_matter.key("sources")),
    };
    let problem = |source: &Source| Some(message::uncited(&spot(source)?, &source.title));
    uncited.into_iter().filter_map(|id| problem(&case.sources[id.position()])).collect()
}
