//! The lives of very many cases: a column for each year, as high as the number of cases that ran in it, stacked by
//! outcome. Each column may be a link.

use std::fmt::Write;

use super::{Axis, Life, stroke::Coordinate};
use crate::{
    html::{push_text, push_value},
    model::vocabulary::EndMark,
};

/// The parts of a column from the bottom up.
pub const PARTS: [Option<EndMark>; 5] =
    [Some(EndMark::Arrow), Some(EndMark::Fork), Some(EndMark::Dots), None, Some(EndMark::Stop)];

/// A year, with the number of cases that ran in it, for each of [`PARTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year {
    /// The year.
    pub year: i16,
    /// The number of cases of each part.
    pub counts: [usize; 5],
}

impl Year {
    /// The number of cases that ran in it.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// The most columns that there is room for. Earlier cases are counted in the first column.
const MAX_COLUMNS: i16 = 120;

/// The first year that has a column.
pub fn first_year(axis: Axis) -> i16 {
    axis.from.max(axis.to.saturating_sub(MAX_COLUMNS - 1))
}

/// The number of cases that ran in each of the latest years of the axis.
pub fn years(lives: &[&Life], axis: Axis) -> Vec<Year> {
    let first = first_year(axis);
    let mut years: Vec<Year> = (first..=axis.to).map(|year| Year { year, counts: [0; 5] }).collect();
    let place = |year: i16| usize::try_from(i32::from(year) - i32::from(first)).unwrap_or(0);
    for life in lives {
        let part = PARTS.iter().position(|&part| part == life.mark).unwrap_or_default();
        let (from, to) = (place(life.from), place(life.runs_to(axis.to)).min(years.len() - 1));
        years.get_mut(from..=to).into_iter().flatten().for_each(|year| year.counts[part] += 1);
    }
    years
}

const WIDTH: f64 = 1083.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 64.0;
const TOP: f64 = 24.0;
const FLOOR: f64 = 270.0;

/// Draws the columns. For each year, `link` gives the address of its link, if it has one, and its name.
pub fn columns(
    years: &[Year],
    link: impl Fn(&Year) -> (Option<String>, String),
    [id, name, description]: [&str; 3],
) -> String {
    let mut svg = String::with_capacity(512 * years.len() + 1024);
    let _ = write!(
        svg,
        r#"<svg class="cb-columnchart" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-labelledby="{id}-t {id}-d" fill="none" stroke="currentColor"><title id="{id}-t">"#
    );
    push_text(&mut svg, name);
    let _ = write!(svg, r#"</title><desc id="{id}-d">"#);
    push_text(&mut svg, description);
    svg.push_str("</desc>");
    let top = round_up(years.iter().map(Year::total).max().unwrap_or(0));
    let up = |count: usize| count_of(count) / count_of(top) * (FLOOR - TOP);
    lines(&mut svg, top, up);
    let each = (WIDTH - LEFT - 8.0) / count_of(years.len().max(1));
    let step = label_step(years);
    for (n, year) in years.iter().enumerate() {
        let x = LEFT + each * count_of(n);
        if year.total() > 0 {
            let (href, name) = link(year);
            svg.push_str(if href.is_some() { "<a" } else { "<g role=\"img\"" });
            svg.push_str(" class=\"cb-column\" aria-label=\"");
            push_value(&mut svg, &name);
            if let Some(href) = &href {
                svg.push_str("\" href=\"");
                push_value(&mut svg, href);
            }
            let _ = write!(
                svg,
                r#""><rect class="cb-life-hit" x="{}" y="{TOP}" width="{}" height="{}"/>"#,
                Coordinate(x),
                Coordinate(each),
                Coordinate(FLOOR - TOP + 20.0)
            );
            column(&mut svg, year, (x + each * 0.1, each * 0.8), up);
            svg.push_str(if href.is_some() { "</a>" } else { "</g>" });
        }
        let is_end = n == 0 || n + 1 == years.len();
        if is_end || (year.year % step == 0 && n > 2 && n + 3 < years.len()) {
            let _ = write!(
                svg,
                r#"<text class="cb-year" aria-hidden="true" x="{}" y="{}" text-anchor="middle">{}</text>"#,
                Coordinate(x + each / 2.0),
                Coordinate(FLOOR + 18.0),
                year.year
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

/// Draws the parts of a column, with gaps between them.
fn column(svg: &mut String, year: &Year, (x, width): (f64, f64), up: impl Fn(usize) -> f64) {
    const PAPER: f64 = 3.0;
    let mut floor = FLOOR;
    for (part, &count) in PARTS.iter().zip(&year.counts).filter(|(_, count)| **count > 0) {
        let height = (up(count) - PAPER).max(1.0);
        // Half of an outline's width lies outside its box.
        let inset =
            if matches!(part, Some(EndMark::Fork | EndMark::Dots) | None) { 1.0_f64.min(height / 2.0) } else { 0.0 };
        let _ = write!(
            svg,
            r#"<rect class="cb-part {}" x="{}" y="{}" width="{}" height="{}"/>"#,
            super::life::class(*part),
            Coordinate(x + inset),
            Coordinate(floor - height + inset),
            Coordinate((width - 2.0 * inset).max(1.0)),
            Coordinate((height - 2.0 * inset).max(0.5))
        );
        floor -= up(count).max(PAPER + 1.0);
    }
}

/// Draws the lines of the scale, from zero to the round number at the top.
fn lines(svg: &mut String, top: usize, up: impl Fn(usize) -> f64) {
    let parts = if top.is_multiple_of(4) {
        4
    } else if top.is_multiple_of(3) {
        3
    } else {
        2
    };
    svg.push_str(r#"<g aria-hidden="true">"#);
    for part in 0..=parts {
        let count = top * part / parts;
        let y = FLOOR - up(count);
        let _ = write!(
            svg,
            r#"<path class="cb-tick" d="M{} {}H{}"/><text class="cb-year" x="{}" y="{}" text-anchor="end">{count}</text>"#,
            Coordinate(LEFT),
            Coordinate(y),
            Coordinate(WIDTH - 8.0),
            Coordinate(LEFT - 8.0),
            Coordinate(y + 5.0)
        );
    }
    svg.push_str("</g>");
}

/// The smallest round number that is at least this count.
fn round_up(count: usize) -> usize {
    let mut power = 1;
    loop {
        if let Some(round) = [2, 3, 4, 6, 8, 10].map(|digit| digit * power).into_iter().find(|&round| round >= count) {
            return round;
        }
        power *= 10;
    }
}

/// The number of years from one label to the next.
fn label_step(years: &[Year]) -> i16 {
    [5, 10, 20, 50, 100, 500]
        .into_iter()
        .find(|&step| years.len() / usize::try_from(step).unwrap_or(1) <= 14)
        .unwrap_or(1000)
}

fn count_of(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}
