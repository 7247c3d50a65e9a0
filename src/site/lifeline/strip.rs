//! The lifeline of one case: small in lists and beside related cases, large with years at the top of the case.

use std::fmt::Write;

use super::{
    Axis, Life,
    life::class,
    stroke::{Coordinate, DrawingScale, draw, write_line, write_mark},
};
use crate::model::vocabulary::{EndMark, LineStyle};

/// The size of dots and marks in small drawings.
const SMALL: f64 = 0.85;

/// Draws the small strip: 210 wide, 18 high, with faint ticks.
pub fn small(life: &Life, axis: Axis) -> String {
    let scale = small_scale(axis);
    let mut svg = open(&format!("cb-strip {}", life.class()), 210.0, 18.0);
    ticks(&mut svg, &scale, 4, (2.0, 16.0));
    draw(&mut svg, life, &scale, 9.0);
    svg.push_str("</svg>");
    svg
}

/// The same strip without a life and its colour, and with the years of its edges, for a script that draws one in it.
pub fn blank(axis: Axis) -> String {
    let scale = small_scale(axis);
    let mut svg = open("cb-strip", 210.0, 18.0);
    svg.pop();
    push_edges(&mut svg, &scale);
    ticks(&mut svg, &scale, 4, (2.0, 16.0));
    svg.push_str("</svg>");
    svg
}

fn small_scale(axis: Axis) -> DrawingScale {
    DrawingScale { axis, left: 4.0, right: 204.0, size: SMALL, widest: 12.0 }
}

/// Where the axis begins and ends, and with which years, for scripts. Ends the tag.
fn push_edges(svg: &mut String, scale: &DrawingScale) {
    let _ = write!(
        svg,
        r#" data-from="{}" data-to="{}" data-left="{}" data-right="{}">"#,
        scale.axis.from,
        scale.axis.to,
        Coordinate(scale.left),
        Coordinate(scale.right)
    );
}

/// Draws the large strip for the top of a case, with the years of the axis and of the case. It is drawn in two widths,
/// since text would shrink with the drawing; the style sheet shows one of them. Events are not drawn: beside one life
/// an event looks like its cause, which only a source can say.
pub fn head(life: &Life, axis: Axis) -> String {
    head_of("cb-wide", 720.0, life, axis) + &head_of("cb-narrowest", 320.0, life, axis)
}

fn head_of(class: &str, width: f64, life: &Life, axis: Axis) -> String {
    let (y, floor) = (16.0, 32.0);
    let scale = DrawingScale { axis, left: 14.0, right: width - 34.0, size: 1.0, widest: 12.0 };
    let mut svg = open(&format!("cb-strip cb-headstrip {class} {}", life.class()), width, floor + 18.0);
    // For pages that show a part of the axis.
    svg.pop();
    push_edges(&mut svg, &scale);
    let _ = write!(
        svg,
        r#"<path class="cb-tick" d="M{} {}H{}"/>"#,
        Coordinate(scale.left),
        Coordinate(floor),
        Coordinate(scale.right)
    );
    years(&mut svg, &scale, (2.0, floor), floor + 15.0);
    draw(&mut svg, life, &scale, y);
    own_years(&mut svg, life, &scale, y + 5.0);
    svg.push_str("</svg>");
    svg
}

/// Writes the years of the life: the first before its dot, the last after its mark.
fn own_years(svg: &mut String, life: &Life, scale: &DrawingScale, y: f64) {
    let start = scale.x(life.from);
    let is_at_the_edge = start - scale.left < 30.0;
    if !is_at_the_edge {
        let _ = write!(
            svg,
            r#"<text class="cb-own" x="{}" y="{}" text-anchor="end">{}</text>"#,
            Coordinate(start - 6.0),
            Coordinate(y),
            life.from
        );
    }
    if let Some(last) = life.last.filter(|&last| last > life.from) {
        let x = scale.x(last).max(start + 14.0) + 6.0;
        let _ = write!(svg, r#"<text class="cb-own" x="{}" y="{}">{last}</text>"#, Coordinate(x), Coordinate(y));
    }
}

/// Writes the years below the axis, each with a tick. A round year too near an end has no text.
fn years(svg: &mut String, scale: &DrawingScale, (top, floor): (f64, f64), y: f64) {
    const APART: f64 = 44.0;
    let Axis { from, to } = scale.axis;
    let ticks = scale.axis.ticks(5);
    let marks: String = ticks
        .iter()
        .chain([&from, &to])
        .map(|&year| format!("M{} {}V{}", Coordinate(scale.x(year)), Coordinate(top), Coordinate(floor)))
        .collect();
    let _ = write!(svg, r#"<path class="cb-tick" d="{marks}"/>"#);
    let is_clear = |year: &&i16| scale.x(**year) - scale.left > APART && scale.right - scale.x(**year) > APART;
    for year in ticks.iter().filter(is_clear).chain([&from, &to]) {
        let _ = write!(
            svg,
            r#"<text class="cb-year" x="{}" y="{}" text-anchor="middle">{year}</text>"#,
            Coordinate(scale.x(*year)),
            Coordinate(y)
        );
    }
}

/// Draws faint ticks.
pub fn ticks(svg: &mut String, scale: &DrawingScale, most: usize, (top, bottom): (f64, f64)) {
    let ticks: String = scale
        .axis
        .ticks(most)
        .iter()
        .map(|&year| format!("M{} {}V{}", Coordinate(scale.x(year)), Coordinate(top), Coordinate(bottom)))
        .collect();
    if !ticks.is_empty() {
        let _ = write!(svg, r#"<path class="cb-tick" d="{ticks}"/>"#);
    }
}

/// The icon of an outcome: a short line with its mark.
pub fn mark_icon(mark: EndMark) -> String {
    const END: f64 = 24.0;
    let mut svg = open(&format!("cb-icon {}", class(Some(mark))), 28.0, 16.0);
    let (line, mark_at) = match mark {
        EndMark::Fork => (END - 11.0 * SMALL, END),
        EndMark::Dots => (9.0, 9.0),
        EndMark::Arrow | EndMark::Stop => (END - 1.0, END),
    };
    let _ = write!(svg, r#"<path stroke-width="2" d="M2 8H{}"/>"#, Coordinate(line));
    write_mark(&mut svg, mark, mark_at, 8.0, SMALL);
    svg.push_str("</svg>");
    svg
}

/// The icon of a strength of evidence: a short line of that weight.
pub fn line_icon(line: LineStyle) -> String {
    let mut svg = open(&format!("cb-icon {}", class(None)), 28.0, 16.0);
    let scale = DrawingScale { axis: Axis { from: 0, to: 1 }, left: 2.0, right: 26.0, size: SMALL, widest: 12.0 };
    write_line(&mut svg, line, (scale.left, scale.right), 8.0, &scale);
    svg.push_str("</svg>");
    svg
}

/// The start tag of a drawing that screen readers skip, since the text beside it says the same.
fn open(classes: &str, width: f64, height: f64) -> String {
    format!(
        r#"<svg class="{classes}" viewBox="0 0 {width} {height}" fill="none" stroke="currentColor" aria-hidden="true">"#
    )
}
