//! The table of lifelines: the years and marks of all cases, or of those that ran in one year.

use serde::Serialize;

use crate::{
    model::{Address, CaseId, PageNumber, life_years::LifeYears},
    site::{
        plan::{LIVES_PER_PAGE, year_address},
        theme::{Html, filled},
        view::{
            Link, PageHead,
            description::of_cases,
            entry::place,
            lifelines::strip_of,
            list::{Pager, pager},
            marks::{MarkView, marks_of},
            overview::Overview,
        },
    },
};

/// The table of lifelines: `lifelines.html`.
#[derive(Debug, Serialize)]
pub struct LifelinesTableView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// The labels of the vocabularies of marks, one for each column.
    pub marks: Vec<&'a str>,
    /// Whether a row has the year in which a partnership took another form.
    pub has_changed: bool,
    /// Whether a row has the year of the last report.
    pub has_reported: bool,
    /// The rows, by first year.
    pub rows: Vec<RowView<'a>>,
    /// The number of rows.
    pub count: String,
    /// Links to the other pages.
    pub pager: Option<Pager>,
}

/// A case in the table.
#[derive(Debug, Serialize)]
pub struct RowView<'a> {
    /// The place.
    pub place: String,
    /// The title.
    pub title: &'a str,
    /// The link to the case.
    pub href: String,
    /// Its language, where it differs from the site's.
    pub language: Option<&'a str>,
    /// The first year.
    pub from: Option<i16>,
    /// The last year.
    pub to: Option<i16>,
    /// The year in which it took another form.
    pub changed: Option<i16>,
    /// The year until which its sources report on it, if no end is recorded.
    pub reported: Option<i16>,
    /// The marks, in the order of the columns; none where the case has no such mark.
    pub marks: Vec<Option<MarkView>>,
    /// Its lifeline.
    pub strip: Option<Html>,
}

/// Makes the view of a page of all lifelines.
pub fn of_all<'a>(overview: Overview<'a>, address: &Address, number: PageNumber) -> LifelinesTableView<'a> {
    let words = overview.words();
    let description = filled(&words.lives_described, &[("site", &overview.common.config.title)]);
    let page = PageHead::new(overview.common, address, words.lives.clone()).described(description);
    table(overview, page, &Address::page(["lifelines"]), &overview.lives.ordered, number)
}

/// Makes the view of a page of the cases that ran in a year: `running`.
pub fn of_year<'a>(
    overview: Overview<'a>,
    address: &Address,
    year: i16,
    running: &[CaseId],
    number: PageNumber,
) -> LifelinesTableView<'a> {
    let words = overview.words();
    let title = filled(&words.running_in, &[("year", &year.to_string())]);
    let above = Link { text: words.lives.clone(), href: overview.href(&Address::page(["lifelines"])) };
    let description = of_cases(overview.common, &title, running.len(), number);
    let page = PageHead::new(overview.common, address, title).described(description).under(vec![above]);
    table(overview, page, &year_address(year), running, number)
}

fn table<'a>(
    overview: Overview<'a>,
    page: PageHead,
    start: &Address,
    cases: &[CaseId],
    number: PageNumber,
) -> LifelinesTableView<'a> {
    let (vocabularies, words) = (overview.terms.vocabularies, overview.words());
    let last = PageNumber::last(cases.len(), LIVES_PER_PAGE);
    let shown = cases[number.items(cases.len(), LIVES_PER_PAGE)].iter();
    let rows: Vec<RowView<'_>> = shown.map(|&case| row(overview, case)).collect();
    LifelinesTableView {
        page: page.numbered(overview.common, number, last),
        marks: overview.marks.iter().map(|&vocabulary| vocabularies[vocabulary].file.label.as_str()).collect(),
        has_changed: rows.iter().any(|row| row.changed.is_some()),
        has_reported: rows.iter().any(|row| row.reported.is_some()),
        rows,
        count: words.count(&words.cases, cases.len()),
        pager: pager(overview.common, start, number, last),
    }
}

fn row(overview: Overview<'_>, id: CaseId) -> RowView<'_> {
    let case = &overview.cases[id];
    let period = case.file.period.as_ref();
    let mut carried = marks_of(overview, case).into_iter();
    let marks = overview
        .marks
        .iter()
        .map(|&vocabulary| if case.terms_of(vocabulary).is_empty() { None } else { carried.next() });
    RowView {
        place: place(overview.common, case),
        title: &case.file.title,
        href: overview.href(&case.address),
        language: case.file.language.as_deref(),
        from: period.and_then(|period| period.from),
        to: period.and_then(|period| period.to),
        changed: period.and_then(|period| period.changed),
        reported: LifeYears::of(case).filter(|years| years.to.is_none()).and_then(|years| years.reported),
        marks: marks.collect(),
        strip: strip_of(overview, id),
    }
}
