//! The lives of a library's partnerships, ready to be drawn: each by its case, all on one axis, and in the order of drawings.
//!
//! The axis ends with the year in which the library was last added to, changed or checked: the present as far as the library
//! can speak of it, and the same on whatever day the site is built.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    model::{CaseId, IdMap, Library, VocabularyId, document::PartialDate, library::Case, vocabulary::Term},
    site::lifeline::{Axis, Life, columns, life::LifeYears},
};

/// The lives of a library's partnerships.
#[derive(Clone, Debug)]
pub struct Lives {
    /// The years of every drawing; none where no case gives its first year.
    pub axis: Option<Axis>,
    /// The cases that have a life, in the order of drawings: by first year, then last year, then place.
    pub ordered: Vec<CaseId>,
    of: IdMap<CaseId, Option<Life>>,
}

impl Lives {
    /// The lives of a library.
    pub fn of(library: &Library) -> Lives {
        let lives: Vec<_> = library.cases.values().par_iter().map(|case| (case.id, life(library, case))).collect();
        let of: IdMap<CaseId, Option<Life>> = lives.into_iter().collect();
        let all: Vec<Life> = of.iter().copied().flatten().collect();
        let changes = library.cases.iter().filter_map(|case| case.last_change());
        let axis = Axis::of(&all, changes.max().map(jiff::civil::Date::year));
        let ordered = library.cases.iter().zip(of.iter()).filter_map(|(case, life)| {
            let (life, file) = ((*life)?, &case.file);
            Some((life.from, life.last.unwrap_or(i16::MAX), &*file.place_key, file.slug.value.as_str(), case.id))
        });
        let mut ordered: Vec<_> = ordered.collect();
        ordered.par_sort_unstable();
        Lives { axis, ordered: ordered.into_iter().map(|(.., case)| case).collect(), of }
    }

    /// The life of a case with the axis that it is drawn on.
    pub fn get(&self, case: CaseId) -> Option<(&Life, Axis)> {
        Some((self.of.get(case)?.as_ref()?, self.axis?))
    }

    /// The cases that ran in each year of the axis, in the order of drawings. Of those that began before it, the first year tells.
    pub fn running(&self) -> BTreeMap<i16, Vec<CaseId>> {
        let mut running: BTreeMap<i16, Vec<CaseId>> = BTreeMap::new();
        let Some(axis) = self.axis else { return running };
        let first = columns::first_year(axis);
        for &case in &self.ordered {
            let Some(life) = self.of[case] else { continue };
            for year in life.from.max(first)..=life.runs_to(axis.to).min(axis.to).max(first) {
                running.entry(year).or_default().push(case);
            }
        }
        running
    }

    /// The lives of some cases, in the order of drawings.
    pub fn among(&self, cases: &[CaseId]) -> Vec<(CaseId, &Life)> {
        let is_whole = cases.len() == self.of.len();
        let mut wanted: Vec<CaseId> = cases.to_vec();
        wanted.sort_unstable();
        let among = self.ordered.iter().filter(|case| is_whole || wanted.binary_search(case).is_ok());
        among.filter_map(|&case| Some((case, self.of[case].as_ref()?))).collect()
    }
}

/// The term of a case that is a mark, of each vocabulary whose terms are marks.
pub fn marks<'a>(library: &'a Library, case: &'a Case) -> impl Iterator<Item = (VocabularyId, &'a Term)> {
    library.marks.iter().filter_map(|&vocabulary| {
        let carried = case.terms_of(vocabulary).first()?;
        Some((vocabulary, &library.vocabularies[carried.term]))
    })
}

fn life(library: &Library, case: &Case) -> Option<Life> {
    let period = case.file.period.as_ref()?;
    let mark = marks(library, case).find_map(|(_, term)| term.mark);
    let line = marks(library, case).find_map(|(_, term)| term.line);
    let years = LifeYears {
        from: period.from,
        to: period.to,
        changed: period.changed,
        reported: period.reported.or_else(|| latest_source(case)),
    };
    Life::new(years, mark, line)
}

/// The year of the latest dated source.
fn latest_source(case: &Case) -> Option<i16> {
    let year = |date: PartialDate| match date {
        PartialDate::Year(year) | PartialDate::Month(year, _) => year,
        PartialDate::Day(day) => day.year(),
    };
    case.file.sources.iter().filter_map(|source| source.date.map(year)).max()
}
