//! One life as strokes: a dot, a line as heavy as its evidence, a hairline to the present, and the mark of its outcome.

use std::fmt::Write;

use super::{Axis, Life};
use crate::model::vocabulary::{EndMark, LineStyle};

/// The position of the axis in a drawing, and the size of marks.
#[derive(Clone, Copy, Debug)]
pub struct DrawingScale {
    /// The years.
    pub axis: Axis,
    /// The position of its first year.
    pub left: f64,
    /// The position of its last year.
    pub right: f64,
    /// The size of dots and marks: 1 in the large drawing.
    pub size: f64,
    /// The widest stroke that fits.
    pub widest: f64,
}

impl DrawingScale {
    /// The position of a year.
    pub fn x(&self, year: i16) -> f64 {
        self.axis.x(year, self.left, self.right)
    }
}

/// A number of a drawing: one digit after the point at most.
pub struct Coordinate(pub f64);

impl std::fmt::Display for Coordinate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = (self.0 * 10.0).round() / 10.0;
        // Never write `-0`.
        write!(f, "{}", if tenths == 0.0 { 0.0 } else { tenths })
    }
}

/// Writes a life at a height. The element around it says `fill="none" stroke="currentColor"`.
pub fn draw(svg: &mut String, life: &Life, scale: &DrawingScale, y: f64) {
    let start = scale.x(life.from);
    let end = end(life, scale, start);
    let full = full(life, scale, start, end);
    let _ = write!(
        svg,
        r#"<circle cx="{}" cy="{}" r="{}" fill="currentColor" stroke="none"/>"#,
        Coordinate(start),
        Coordinate(y),
        Coordinate(2.8 * scale.size)
    );
    write_line(svg, life.line, (start, full), y, scale);
    if life.is_open() && end - full > 1.0 {
        let _ = write!(svg, r#"<path d="M{} {}H{}"/>"#, Coordinate(full), Coordinate(y), Coordinate(end));
    }
    if let Some(mark) = life.mark {
        write_mark(svg, mark, if mark == EndMark::Dots { full } else { end }, y, scale.size);
    }
}

/// The end of the line: the last year, or where the sources end if it changed form in a year that is not known, but
/// with room for the mark after the dot.
fn end(life: &Life, scale: &DrawingScale, start: f64) -> f64 {
    let room = match life.mark {
        Some(EndMark::Fork) => 14.0,
        Some(EndMark::Arrow) => 9.0,
        _ => 4.0,
    };
    let known = life.last.or_else(|| (life.mark == Some(EndMark::Fork)).then_some(life.known_to));
    let end = known.map_or(scale.right, |last| scale.x(last));
    end.max(start + room * scale.size)
}

/// The end of the full line; it stops before an open mark.
fn full(life: &Life, scale: &DrawingScale, start: f64, end: f64) -> f64 {
    let known = scale.x(life.known_to).max(start + 3.0 * scale.size);
    match life.mark {
        Some(EndMark::Fork) => known.min(end - 11.0 * scale.size),
        Some(EndMark::Arrow) => known.min(end - 2.0 * scale.size),
        _ if life.last.is_some() => end,
        _ => known,
    }
}

/// Writes the line, in the style of its evidence.
pub fn write_line(svg: &mut String, line: LineStyle, (from, to): (f64, f64), y: f64, scale: &DrawingScale) {
    let (from, to, at) = (Coordinate(from), Coordinate(to), Coordinate(y));
    let _ = match line {
        LineStyle::Dashed => {
            write!(
                svg,
                r#"<path stroke-width="{}" stroke-dasharray="5 3.5" d="M{from} {at}H{to}"/>"#,
                scale.widest.min(2.2)
            )
        }
        LineStyle::Double => {
            let apart = (2.4 * scale.size).min(scale.widest * 0.4);
            let (above, below) = (Coordinate(y - apart), Coordinate(y + apart));
            let width = Coordinate((scale.widest / 3.0).min(1.5));
            write!(svg, r#"<path stroke-width="{width}" d="M{from} {above}H{to}M{from} {below}H{to}"/>"#)
        }
        LineStyle::Weight(weight) => {
            let width = WEIGHTS[usize::from(weight.clamp(1, 5)) - 1].min(scale.widest);
            write!(svg, r#"<path stroke-width="{width}" d="M{from} {at}H{to}"/>"#)
        }
    };
}

/// The widths of the five line styles.
const WEIGHTS: [f64; 5] = [2.6, 5.0, 8.0, 9.5, 12.0];

/// Writes the mark of an outcome. The mark ends at `end`; dots begin there.
pub fn write_mark(svg: &mut String, mark: EndMark, end: f64, y: f64, size: f64) {
    let at = |x: f64| Coordinate(end + x * size);
    let down = |dy: f64| Coordinate(y + dy * size);
    let _ = match mark {
        EndMark::Arrow => write!(
            svg,
            r#"<path stroke-width="2" d="M{} {}L{} {}L{} {}"/>"#,
            at(-6.0),
            down(-6.0),
            at(0.0),
            down(0.0),
            at(-6.0),
            down(6.0)
        ),
        EndMark::Fork => {
            let (stem, bend, tip) = (at(-11.0), at(-5.0), at(1.0));
            let (high, low, mid) = (down(-6.0), down(6.0), down(0.0));
            write!(
                svg,
                r#"<path stroke-width="2" d="M{stem} {mid}C{bend} {mid} {bend} {high} {tip} {high}M{stem} {mid}C{bend} {mid} {bend} {low} {tip} {low}"/>"#
            )
        }
        EndMark::Stop => write!(svg, r#"<path stroke-width="3.2" d="M{} {}V{}"/>"#, at(0.0), down(-7.0), down(7.0)),
        EndMark::Dots => {
            write!(
                svg,
                r#"<path class="cb-dots" stroke-width="2.6" stroke-linecap="round" stroke-dasharray="0 {}" d="M{} {}H{}"/>"#,
                Coordinate(5.0 * size),
                at(5.0),
                down(0.0),
                at(15.4)
            )
        }
    };
}
