//! The problems of a body, in the order in which they were found; of stray marks, one for each kind.

use std::ops::Range;

use super::{
    stray::{self, StrayKind, Strays},
    text::BodyText,
};
use crate::problem::{Problem, Spot};

/// The problems found so far.
pub(super) struct BodyProblems<'a> {
    pub(super) text: BodyText<'a>,
    found: Vec<Problem>,
    strays: Strays,
}

impl<'a> BodyProblems<'a> {
    /// No problems yet in this text.
    pub(super) fn new(text: BodyText<'a>) -> BodyProblems<'a> {
        BodyProblems { text, found: Vec::new(), strays: Strays::default() }
    }

    pub(super) fn push(&mut self, problem: Problem) {
        self.found.push(problem);
    }

    pub(super) fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.found.extend(problems);
    }

    /// Adds a stray mark at these bytes of the body.
    pub(super) fn push_stray(&mut self, kind: StrayKind, at: Range<usize>) {
        self.push_stray_as(kind, at, |spot, text| stray::problem(kind, spot, text));
    }

    /// Adds a stray mark whose message needs more than its text.
    pub(super) fn push_stray_as(
        &mut self,
        kind: StrayKind,
        at: Range<usize>,
        problem: impl FnOnce(&Spot, &str) -> Problem,
    ) {
        let problem = problem(&self.text.spot(at.clone()), &self.text.markdown[at]);
        self.strays.add(kind, problem);
    }

    /// All problems, those of stray marks last.
    pub(super) fn into_vec(mut self) -> Vec<Problem> {
        self.found.extend(self.strays.into_problems());
        self.found
    }
}
