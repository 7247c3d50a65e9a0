//! The years of a partnership, from which lifelines are drawn.
//!
//! Takes a case file; gives its first year, the year up to which its sources report on it, and its last year.

use serde::Serialize;

use crate::model::{document::Period, library::Case, vocabulary::EndMark};

/// The years that a case gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LifeYears {
    /// The first year.
    pub from: Option<i16>,
    /// The last year.
    pub to: Option<i16>,
    /// The year in which it took another form.
    pub changed: Option<i16>,
    /// The year until which its sources report on it: as given, or else the later of its latest dated source and of the
    /// change of form, which an undated source may tell.
    pub reported: Option<i16>,
}

/// The years between which a lifeline is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DrawnYears {
    /// The first year.
    pub from: i16,
    /// The year up to which it is known: its last year, or the year of the latest dated source.
    pub known: i16,
    /// The year in which it ended; absent if no end is recorded.
    pub last: Option<i16>,
}

impl LifeYears {
    /// The years of a case; none if it gives no period.
    pub fn of(case: &Case) -> Option<LifeYears> {
        let period = case.file.period.as_ref()?;
        let Period { from, to, changed, .. } = *period;
        Some(LifeYears { from, to, changed, reported: reported_until(period, case.file.latest_source) })
    }

    /// The year of an outcome with this mark: if the partnership became something else, the year of that, or else its
    /// last year.
    pub fn last(self, mark: Option<EndMark>) -> Option<i16> {
        self.changed.filter(|_| mark == Some(EndMark::Fork)).or(self.to)
    }

    /// The year until which its sources report on it, if it was running then and no end is recorded.
    pub fn running_until(self, mark: Option<EndMark>) -> Option<i16> {
        let reported = self.reported.map(|reported| self.from.map_or(reported, |from| reported.max(from)));
        reported.filter(|_| mark == Some(EndMark::Arrow) && self.last(mark).is_none())
    }

    /// The years between which the lifeline is drawn; none without a first year.
    pub fn drawn(self, mark: Option<EndMark>) -> Option<DrawnYears> {
        let from = self.from?;
        let last = self.last(mark).map(|last| last.max(from));
        let known = last.or(self.reported).unwrap_or(from).max(from);
        Some(DrawnYears { from, known, last })
    }
}

/// The year until which sources report on a partnership, of which the latest dated one is of this year.
fn reported_until(period: &Period, latest_source: Option<i16>) -> Option<i16> {
    period.reported.or(latest_source.max(period.changed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_report_on_a_change_even_if_none_is_dated_so_late() {
        let changed = Period { changed: Some(2015), ..Period::default() };
        assert_eq!(reported_until(&changed, Some(2011)), Some(2015));
        assert_eq!(reported_until(&changed, Some(2018)), Some(2018));
        assert_eq!(reported_until(&changed, None), Some(2015));
        assert_eq!(reported_until(&Period { reported: Some(2012), ..changed }, Some(2018)), Some(2012));
        assert_eq!(reported_until(&Period::default(), None), None);
    }

    #[test]
    fn a_changed_form_has_the_year_of_the_change_and_other_outcomes_the_last_year() {
        let years = LifeYears { from: Some(2010), to: Some(2018), changed: Some(2016), reported: None };
        assert_eq!(years.last(Some(EndMark::Fork)), Some(2016));
        assert_eq!(years.last(Some(EndMark::Stop)), Some(2018));
        assert_eq!(LifeYears { to: None, ..years }.last(Some(EndMark::Arrow)), None);
        assert_eq!(LifeYears { changed: None, ..years }.last(Some(EndMark::Fork)), Some(2018));
    }

    #[test]
    fn only_what_was_running_at_the_last_report_has_its_year() {
        let open = LifeYears { from: Some(2010), to: None, changed: None, reported: Some(2015) };
        assert_eq!(open.running_until(Some(EndMark::Arrow)), Some(2015));
        assert_eq!(open.running_until(Some(EndMark::Dots)), None);
        assert_eq!(LifeYears { to: Some(2014), ..open }.running_until(Some(EndMark::Arrow)), None);
        assert_eq!(LifeYears { reported: None, ..open }.running_until(Some(EndMark::Arrow)), None);
    }
}
