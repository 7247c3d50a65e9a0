//! The problems of a body, in the order in which they were found; of stray marks, one for each kind. Within a conflict
//! of git, where two versions of the text are mixed, only the conflict is reported.

use std::ops::Range;

use super::{
    conflicts::Conflicts,
    stray::{self, StrayKind, Strays},
    text::BodyText,
};
use crate::problem::{Problem, Spot, SpotPart, message::markdown as message};

/// The problems found so far.
pub(super) struct BodyProblems<'a> {
    pub(super) text: BodyText<'a>,
    found: Vec<Problem>,
    strays: Strays,
    conflicts: Conflicts,
}

impl<'a> BodyProblems<'a> {
    /// No problems yet in this text.
    pub(super) fn new(text: BodyText<'a>) -> BodyProblems<'a> {
        let conflicts = Conflicts::of(text.markdown);
        BodyProblems { text, found: Vec::new(), strays: Strays::default(), conflicts }
    }

    pub(super) fn push(&mut self, problem: Problem) {
        if !self.is_in_conflict(&problem) {
            self.found.push(problem);
        }
    }

    pub(super) fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        for problem in problems {
            self.push(problem);
        }
    }

    fn is_in_conflict(&self, problem: &Problem) -> bool {
        let SpotPart::Bytes(at) = &problem.spot.part else { return false };
        self.text.in_body(at.start).is_some_and(|at| self.conflicts.contain(at))
    }

    /// Remembers code in a fence, in which conflict markers are no mistake.
    pub(super) fn add_fenced_code(&mut self, at: &Range<usize>) {
        self.conflicts.add_fenced_code(at);
    }

    /// Has git left a conflict in the text?
    pub(super) fn has_conflict(&self) -> bool {
        self.conflicts.iter().next().is_some()
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
        if !self.is_in_conflict(&problem) {
            self.strays.add(kind, problem);
        }
    }

    /// All problems, those of stray marks last.
    pub(super) fn into_vec(mut self) -> Vec<Problem> {
        let first_line = |at: &Range<usize>| at.start..at.start + self.text.line_from(at.start).len();
        let conflicts = self.conflicts.iter().map(|at| {
            let problem = message::conflict(&self.text.spot(first_line(at)));
            // A line of equals signs may also have been typed to divide a text.
            if self.text.markdown[at.clone()].starts_with('=') { problem.as_warning() } else { problem }
        });
        self.found.extend(conflicts);
        self.found.extend(self.strays.into_problems());
        self.found
    }
}
