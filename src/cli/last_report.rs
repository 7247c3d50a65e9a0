//! The output of a preview for each save: what changed, which problems are solved and which are new, then the totals.
//!
//! Old problems are not printed again, so the last lines are always about the last save. Gaps of drafts are counted,
//! and are not problems.

use std::collections::BTreeMap;

use super::{
    terminal::Terminal,
    wording::{count_of, first_names},
};
use crate::{
    model::Address,
    preview::{
        former_pages::{FormerPage, PageChange},
        gaps::GapCount,
        state::PreviewState,
    },
    problem::{
        FilePath,
        report::{Report, Reported},
    },
};

/// The most names that are listed; others are counted.
const MAX_NAMED: usize = 3;

/// The problems, gaps and pages of the last output.
#[derive(Default)]
pub(super) struct LastReport {
    problems: Vec<Reported>,
    gaps: GapCount,
    former_pages: BTreeMap<Address, FormerPage>,
}

impl LastReport {
    /// Prints what is new after these files changed; at first, everything.
    pub(super) fn print_changes(&mut self, preview: &PreviewState, changes: &[FilePath], terminal: &mut Terminal) {
        let problems = problems(preview);
        let gaps = GapCount::of(&preview.site.library);
        let fixed = only_in_first(&self.problems, &problems);
        let new = only_in_first(&problems, &self.problems);
        let time = preview.at.strftime("%H:%M:%S");
        let moved =
            preview.former_pages.iter().filter(|(address, former)| self.former_pages.get(address) != Some(former));
        let moved: Vec<String> = moved.map(|(address, former)| change_line(address, former)).collect();
        if !changes.is_empty() {
            let counts = [(fixed.len(), "fixed"), (new.len(), "new")];
            let counts: Vec<String> =
                counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
            match moved.as_slice() {
                [] => terminal.say(
                    format!(
                        "{time}  {}   {}",
                        first_names(changes.iter().map(FilePath::to_string), MAX_NAMED),
                        counts.join(", ")
                    )
                    .trim_end(),
                ),
                lines => lines.iter().for_each(|line| terminal.say(&format!("{time}  {line}"))),
            }
        }
        let is_other = !fixed.is_empty() || !new.is_empty() || gaps != self.gaps;
        terminal.problems_in_full(&Report { problems: new.into_iter().cloned().collect() });
        if is_other {
            terminal.say_not_done(&totals(&problems, gaps, preview, changes));
        }
        *self = LastReport { problems, gaps, former_pages: preview.former_pages.clone() };
    }

    /// Prints all problems.
    pub(super) fn print_all(preview: &PreviewState, terminal: &mut Terminal) {
        let problems = problems(preview);
        terminal.problems_in_full(&Report { problems: problems.clone() });
        terminal.say_not_done(&totals(&problems, GapCount::of(&preview.site.library), preview, &[]));
    }
}

/// All problems, without the gaps of drafts.
fn problems(preview: &PreviewState) -> Vec<Reported> {
    preview.report.problems.iter().filter(|problem| !problem.is_gap()).cloned().collect()
}

/// The problems of one list that are not in the other. Lines are ignored, since an added line moves all problems below
/// it.
fn only_in_first<'a>(these: &'a [Reported], others: &[Reported]) -> Vec<&'a Reported> {
    let fault =
        |problem: &Reported| (problem.place.file.clone(), problem.code, problem.message.clone(), problem.help.clone());
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for other in others {
        *known.entry(fault(other)).or_default() += 1;
    }
    let is_unknown = |problem: &&Reported| match known.get_mut(&fault(problem)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    these.iter().filter(is_unknown).collect()
}

/// What happened to a page, in one line.
fn change_line(address: &Address, former: &FormerPage) -> String {
    let file = former.file.name();
    match &former.change {
        PageChange::Moved(now, _) if *now == former.file => {
            format!("{file} has another address; the old one is gone (aliases: [{address}])")
        }
        PageChange::Moved(now, _) => {
            format!("renamed {file} to {}; the old address is gone (aliases: [{address}])", now.name())
        }
        PageChange::OneOf(_) | PageChange::Removed(_) => {
            format!("removed {file}; its address is gone (gone: [{address}] in casebook.yaml)")
        }
        PageChange::Hidden => format!("{file} is not shown any more; its address is gone"),
    }
}

/// The totals: problems, gaps, and what is shown in place of pages with errors.
fn totals(problems: &[Reported], gaps: GapCount, preview: &PreviewState, changes: &[FilePath]) -> String {
    let mut text = Report { problems: problems.to_vec() }.summary();
    if gaps.gaps > 0 {
        text += &format!("; {} in {}", count_of(gaps.gaps, "gap"), count_of(gaps.drafts, "draft"));
    }
    let last_good_page = changes.iter().find_map(|file| preview.last_good_page_of(file));
    match (preview.held_back_since, last_good_page) {
        (Some(since), _) => text += &format!(". Every page stays as it was at {}.", since.strftime("%H:%M:%S")),
        (None, Some(page)) => text += &format!(". The page stays as it was at {}.", page.from.strftime("%H:%M:%S")),
        (None, None) => {}
    }
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
