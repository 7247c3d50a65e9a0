//! The lifelines of a library, ready to be drawn: one for each case, on one axis, in drawing order.
//!
//! The axis ends with the latest year in which a case was added, changed or checked. That is the present as far as the
//! library knows it, and it does not depend on the day of the build.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::{
    model::{CaseId, IdMap, Library, library::Case, life_years::LifeYears},
    site::lifeline::{Axis, Life, columns},
};

/// The lives of a library's partnerships.
#[derive(Clone, Debug)]
pub struct Lives {
    /// The years of every drawing; none if no case gives its first year.
    pub axis: Option<Axis>,
    /// The cases that have a life, in drawing order: by first year, then last year, then place.
    pub ordered: Vec<CaseId>,
    of: IdMap<CaseId, Option<Life>>,
}

impl Lives {
    /// The lives of a library.
    pub fn of(library: &Library) -> Lives {
        let of_case = |case: &Arc<Case>| (life(library, case), case.last_change());
        let lives: Vec<(Option<Life>, Option<Date>)> = library.cases.values().par_iter().map(of_case).collect();
        let all: Vec<Life> = lives.iter().filter_map(|(life, _)| *life).collect();
        let last_change = lives.iter().filter_map(|(_, last_change)| *last_change).max();
        let axis = Axis::of(&all, last_change.map(Date::year));
        let of: IdMap<CaseId, Option<Life>> =
            library.cases.ids().iter().copied().zip(lives.into_iter().map(|(life, _)| life)).collect();
        let ordered = library.cases.iter().zip(of.iter()).filter_map(|(case, life)| {
            let (life, file) = ((*life)?, &case.file);
            Some((life.from, life.last.unwrap_or(i16::MAX), &*file.place_key, file.slug.value.as_str(), case.id))
        });
        let mut ordered: Vec<_> = ordered.collect();
        ordered.par_sort_unstable();
        Lives { axis, ordered: ordered.into_iter().map(|(.., case)| case).collect(), of }
    }

    /// The life of a case, with the axis of the library.
    pub fn get(&self, case: CaseId) -> Option<(&Life, Axis)> {
        Some((self.of.get(case)?.as_ref()?, self.axis?))
    }

    /// The cases that ran in each year of the axis, in drawing order. Those that ended before the axis count in its
    /// first year.
    pub fn running(&self) -> BTreeMap<i16, Vec<CaseId>> {
        let Some(axis) = self.axis else { return BTreeMap::new() };
        let first = columns::first_year(axis);
        let years = first..=axis.to.max(first);
        let mut running = vec![Vec::new(); years.len()];
        for &case in &self.ordered {
            let Some(life) = self.of[case] else { continue };
            let (from, to) = (life.from.max(first), life.runs_to(axis.to).min(axis.to).max(first));
            for year in from..=to {
                running[(year - first) as usize].push(case);
            }
        }
        years.zip(running).filter(|(_, cases)| !cases.is_empty()).collect()
    }

    /// The lives of some cases, in drawing order.
    pub fn among(&self, cases: &[CaseId]) -> Vec<(CaseId, &Life)> {
        let is_whole = cases.len() == self.of.len();
        let mut wanted: Vec<CaseId> = cases.to_vec();
        wanted.sort_unstable();
        let among = self.ordered.iter().filter(|case| is_whole || wanted.binary_search(case).is_ok());
        among.filter_map(|&case| Some((case, self.of[case].as_ref()?))).collect()
    }
}

fn life(library: &Library, case: &Case) -> Option<Life> {
    let mark = library.marks_of(case).find_map(|(_, term)| term.file.mark);
    let line = library.marks_of(case).find_map(|(_, term)| term.file.line);
    Life::new(LifeYears::of(case)?, mark, line)
}
