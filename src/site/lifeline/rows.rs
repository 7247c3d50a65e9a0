//! The lives of up to sixty partnerships: one row each, by first year, then last year, with the title, the place and a
//! link.
//!
//! Sorted like this, the starts form a diagonal, and the empty half of the drawing has room for the labels, each to the
//! left of its dot.

use std::fmt::Write;

use super::{
    Axis, Life,
    label::{bold_width, cut, two_lines, width},
    stroke::{Coordinate, DrawingScale, draw},
};
use crate::html::{push_text, push_value};

/// The most rows in one drawing.
pub const MAX_ROWS: usize = 60;

/// An event: a year that a drawing marks.
#[derive(Clone, Copy, Debug)]
pub struct DrawnYear<'a> {
    /// The year.
    pub year: i16,
    /// What happened in it.
    pub label: &'a str,
}

/// A row of the drawing.
#[derive(Clone, Debug)]
pub struct LifeRow {
    /// The life.
    pub life: Life,
    /// The case's title.
    pub title: String,
    /// Its place, as lists show it; empty if it has none.
    pub place: String,
    /// The link to the case; absent for a row in the background.
    pub href: Option<String>,
    /// The drawing in sentences, for the name of the link. That of the outcome is the first and begins with its year.
    pub spoken: Vec<String>,
    /// The choices that highlight it, as the numbers of the classes `g1` to `g12`.
    pub groups: Vec<usize>,
}

const WIDTH: f64 = 1083.0;
const HEIGHT: f64 = 24.0;
const TOP: f64 = 64.0;
const FOOT: f64 = 26.0;
const RIGHT: f64 = 1024.0;
/// The gap between a label and its dot.
const GAP: f64 = 11.0;
const PLACE_SIZE: f64 = 14.5;
const TITLE_SIZE: f64 = 13.5;

/// Draws the rows in the given order. `name` and `description` are for screen readers; `id` makes their ids unique in
/// the page.
pub fn rows(rows: &[LifeRow], axis: Axis, events: &[DrawnYear<'_>], [id, name, description]: [&str; 3]) -> String {
    let top = if events.is_empty() { 16.0 } else { TOP };
    let floor = top + HEIGHT * count(rows.len());
    let scale = DrawingScale { axis, left: left(rows, axis), right: RIGHT, size: 1.0, widest: 12.0 };
    let mut svg = String::with_capacity(1024 * rows.len() + 2048);
    let _ = write!(
        svg,
        r#"<svg class="cb-lives" viewBox="0 0 {WIDTH} {}" role="group" aria-labelledby="{id}-t {id}-d" fill="none" stroke="currentColor"><title id="{id}-t">"#,
        Coordinate(floor + FOOT)
    );
    push_text(&mut svg, name);
    let _ = write!(svg, r#"</title><desc id="{id}-d">"#);
    push_text(&mut svg, description);
    svg.push_str(r#"</desc><g aria-hidden="true">"#);
    years(&mut svg, &scale, (top - 8.0, floor));
    events_of(&mut svg, events, &scale, floor);
    svg.push_str("</g>");
    for (n, row) in rows.iter().enumerate() {
        write_row(&mut svg, row, &scale, top + HEIGHT * count(n));
    }
    svg.push_str("</svg>");
    svg
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// The left end of the axis: far enough from the edge to leave room for the place of each row before its dot.
fn left(rows: &[LifeRow], axis: Axis) -> f64 {
    let needed = |row: &LifeRow| {
        let part = axis.x(row.life.from, 0.0, 1.0);
        // Typefaces differ, and a label that is wider than expected must not be cut off.
        let label = 1.1 * bold_width(main_label(row), PLACE_SIZE) + GAP;
        (part < 0.9).then(|| (label - part * RIGHT) / (1.0 - part))
    };
    rows.iter().filter_map(needed).fold(24.0, f64::max).min(300.0)
}

/// The label that a row always has: its place, or its title if it has none.
fn main_label(row: &LifeRow) -> &str {
    if row.place.is_empty() { &row.title } else { &row.place }
}

fn years(svg: &mut String, scale: &DrawingScale, (top, floor): (f64, f64)) {
    const APART: f64 = 40.0;
    let Axis { from, to } = scale.axis;
    let is_clear = |year: &i16| scale.x(*year) - scale.left > APART && scale.right - scale.x(*year) > APART;
    let ticks: Vec<i16> = scale.axis.ticks(12).into_iter().filter(is_clear).collect();
    let marks: String = ticks
        .iter()
        .map(|&year| format!("M{} {}V{}", Coordinate(scale.x(year)), Coordinate(top), Coordinate(floor)))
        .collect();
    let _ = write!(svg, r#"<path class="cb-tick" d="{marks}"/>"#);
    for year in ticks.into_iter().chain([from, to]) {
        let _ = write!(
            svg,
            r#"<text class="cb-year" x="{}" y="{}" text-anchor="middle">{year}</text>"#,
            Coordinate(scale.x(year)),
            Coordinate(floor + 16.0)
        );
    }
}

/// Draws events as dotted lines, each with a label of two short lines beside its top.
fn events_of(svg: &mut String, events: &[DrawnYear<'_>], scale: &DrawingScale, floor: f64) {
    const WIDEST: f64 = 124.0;
    /// Some faces are wider than the estimate.
    const SPARE: f64 = 1.1;
    /// The gap between a line and its label, and between labels.
    const APART: f64 = 6.0;
    let mut taken = 0.0;
    for event in events {
        let x = scale.x(event.year);
        let _ = write!(svg, r#"<path class="cb-event" d="M{} 6V{}"/>"#, Coordinate(x), Coordinate(floor));
        let (first, second) = two_lines(&format!("{}: {}", event.year, event.label), TITLE_SIZE, WIDEST);
        let widths = [Some(&first), second.as_ref()].into_iter().flatten().map(|line| width(line, TITLE_SIZE));
        let long = SPARE * widths.fold(0.0, f64::max);
        let (after, before) = (x + APART, x - APART - long);
        // If there is room on neither side, the line has no label; the text below the drawing lists all events.
        let (at, anchor, from) = if after >= taken && after + long <= WIDTH {
            (after, "start", after)
        } else if before >= taken {
            (x - APART, "end", before)
        } else {
            continue;
        };
        taken = from + long + APART;
        for (line, y) in [(Some(first), 16), (second, 33)] {
            let Some(line) = line else { continue };
            let _ = write!(svg, r#"<text class="cb-year" x="{}" y="{y}" text-anchor="{anchor}">"#, Coordinate(at));
            push_text(svg, &line);
            svg.push_str("</text>");
        }
    }
}

/// The text of a row: before its dot, and after its mark. The name of its link has the same words.
struct Label<'a> {
    /// The title, if there is room for it.
    title: Option<&'a str>,
    /// The place, or the title of a case without one.
    place: String,
    /// The last year, if there is room for it after the mark.
    last: Option<i16>,
    /// The right end of the text before the dot.
    right: f64,
    /// The left end of the last year.
    after: f64,
}

impl<'a> Label<'a> {
    fn of(row: &'a LifeRow, scale: &DrawingScale) -> Label<'a> {
        let start = scale.x(row.life.from);
        let right = start - GAP;
        let place = cut(main_label(row), PLACE_SIZE * 1.08, right);
        let room = right - bold_width(&place, PLACE_SIZE) - 8.0;
        let has_title = row.href.is_some() && !row.place.is_empty() && width(&row.title, TITLE_SIZE) < room;
        let after = row.life.last.map_or(start, |last| scale.x(last)).max(start + 14.0) + 9.0;
        let last = row.life.last.filter(|_| row.href.is_some() && after + 36.0 < scale.right);
        Label { title: has_title.then_some(row.title.as_str()), place, last, right, after }
    }
}

fn write_row(svg: &mut String, row: &LifeRow, scale: &DrawingScale, top: f64) {
    let label = Label::of(row, scale);
    match &row.href {
        Some(href) => {
            let groups: String = row.groups.iter().map(|group| format!(" g{group}")).collect();
            let _ = write!(svg, "\n<a class=\"cb-life {}{groups}\" href=\"", row.life.class());
            push_value(svg, href);
            svg.push_str("\" aria-label=\"");
            push_value(svg, &name(row, &label));
            let _ = write!(
                svg,
                r#""><rect class="cb-life-hit" x="0" y="{}" width="{WIDTH}" height="{HEIGHT}"/>"#,
                Coordinate(top)
            );
        }
        None => svg.push_str("\n<g class=\"cb-life cb-thin\" aria-hidden=\"true\">"),
    }
    write_label(svg, &label, top + 17.0);
    if let Some(last) = label.last {
        let _ = write!(
            svg,
            r#" <text class="cb-year" aria-hidden="true" x="{}" y="{}">{last}</text>"#,
            Coordinate(label.after),
            Coordinate(top + 16.8)
        );
    }
    draw(svg, &row.life, scale, top + 12.0);
    svg.push_str(if row.href.is_some() { "</a>" } else { "</g>" });
}

/// The name of a row's link: the visible words first, with the outcome after its year, then the title or place that did
/// not fit, then the rest of the drawing in words.
fn name(row: &LifeRow, label: &Label<'_>) -> String {
    let place = if label.place.ends_with('…') { main_label(row) } else { &label.place };
    let visible: Vec<&str> = label.title.into_iter().chain([place]).collect();
    let mut sentences = vec![format!("{}.", visible.join(", "))];
    let mut spoken = row.spoken.iter().cloned();
    if let Some(last) = label.last.map(|last| last.to_string()) {
        let begins_with_it = row.spoken.first().is_some_and(|first| first.starts_with(&last));
        sentences.extend(if begins_with_it { spoken.next() } else { Some(format!("{last}.")) });
    }
    sentences.extend((label.title.is_none() && !row.place.is_empty()).then(|| format!("{}.", row.title)));
    sentences.extend(spoken);
    sentences.join(" ")
}

/// Writes the title and the place before the dot.
fn write_label(svg: &mut String, label: &Label<'_>, y: f64) {
    let _ = write!(
        svg,
        r#"<text class="cb-life-name" aria-hidden="true" x="{}" y="{}" text-anchor="end">"#,
        Coordinate(label.right),
        Coordinate(y)
    );
    if let Some(title) = label.title {
        svg.push_str(r#"<tspan class="cb-life-title">"#);
        push_text(svg, title);
        svg.push_str(r#"</tspan> <tspan class="cb-life-place" dx="5">"#);
    } else {
        svg.push_str(r#"<tspan class="cb-life-place">"#);
    }
    push_text(svg, &label.place);
    svg.push_str("</tspan></text>");
}
