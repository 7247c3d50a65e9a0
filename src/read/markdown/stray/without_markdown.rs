//! The marks of a text in which Markdown is not read, such as a value of YAML.

use std::ops::Range;

use super::{
    StrayKind,
    lines::{StrayLine, stray_lines},
    marks::{MarkMeaning, after_escape, marks},
};

/// The marks of the run at these bytes of a line without Markdown; one without a kind is a citation. A run that differs
/// from its source has none.
pub(in crate::read::markdown) fn marks_of_run(
    line: &str,
    at: &Range<usize>,
    run: &str,
) -> impl Iterator<Item = (Option<StrayKind>, Range<usize>)> {
    let run = if line.get(at.clone()) == Some(run) { run } else { "" };
    let start = at.start;
    marks(run, after_escape(line, start, run)).into_iter().map(move |mark| {
        let kind = match mark.found {
            MarkMeaning::Stray(kind) => Some(kind),
            MarkMeaning::NoLink | MarkMeaning::NoNote => Some(StrayKind::Reference),
            MarkMeaning::NoCitation => None,
        };
        (kind, start + mark.at.start..start + mark.at.end)
    })
}

/// The lines of a text without Markdown that were meant as markup, whatever stands around them.
pub(in crate::read::markdown) fn marks_of_lines(text: &str) -> impl Iterator<Item = (StrayKind, Range<usize>)> {
    let is_mark = |line: &StrayLine| {
        matches!(
            line.kind,
            StrayKind::Fence
                | StrayKind::GridTable
                | StrayKind::HeadingOfAnotherTool
                | StrayKind::PipeRows
                | StrayKind::RuleOfOtherWidth
                | StrayKind::SpacedDefinition
                | StrayKind::TemplateTag
        )
    };
    stray_lines(text).into_iter().filter(is_mark).map(|line| (line.kind, line.at))
}
