//! The lives of one term's cases, side by side and without labels: for cards, where there is no room for rows.

use super::{
    Axis, Life,
    strip::ticks,
    stroke::{DrawingScale, draw},
};

/// The most lines of a bundle whose height is not fixed.
pub const MAX_LINES: usize = 40;

const WIDTH: f64 = 300.0;

/// Draws a bundle: by first year, each line at least three units from the next, at most 40 lines.
pub fn bundle(lives: &[&Life], axis: Axis) -> String {
    let lines = lives.len().clamp(1, MAX_LINES);
    let pitch = (84.0 / f64::from(u32::try_from(lines).unwrap_or(1))).clamp(3.0, 12.0);
    drawing(&lives[..lives.len().min(MAX_LINES)], axis, pitch, None)
}

/// Draws a bundle with a fixed height of 130 units, so that neighbouring cards line up.
pub fn fixed(lives: &[&Life], axis: Axis) -> String {
    const HEIGHT: f64 = 130.0;
    let lines = f64::from(u32::try_from(lives.len().max(1)).unwrap_or(u32::MAX));
    drawing(lives, axis, (122.0 / lines).min(11.0), Some(HEIGHT))
}

fn drawing(lives: &[&Life], axis: Axis, pitch: f64, height: Option<f64>) -> String {
    let lines = f64::from(u32::try_from(lives.len()).unwrap_or(u32::MAX));
    let height = height.unwrap_or(lines * pitch + 8.0);
    let scale = DrawingScale {
        axis,
        left: 6.0,
        right: WIDTH - 8.0,
        size: (pitch / 14.0).clamp(0.3, 0.7),
        widest: (pitch * 0.7).min(8.0),
    };
    let mut svg = format!(
        r#"<svg class="cb-bundle" viewBox="0 0 {WIDTH} {}" fill="none" stroke="currentColor" aria-hidden="true">"#,
        super::stroke::Coordinate(height)
    );
    ticks(&mut svg, &scale, 4, (0.0, height));
    for (life, n) in lives.iter().zip(0_u32..) {
        svg.push_str("<g class=\"");
        svg.push_str(life.class());
        svg.push_str("\">");
        draw(&mut svg, life, &scale, 4.0 + pitch * (f64::from(n) + 0.5));
        svg.push_str("</g>");
    }
    svg.push_str("</svg>");
    svg
}
