//! Share cards: the picture, 1200 × 630 pixels, that other sites show beside a link.
//!
//! Takes the text of a card and its lifelines, and gives a PNG. A card is drawn as SVG with the strokes of the
//! lifelines, and rendered by `resvg` with two typefaces that ship with Casebook. Text with letters that the typefaces
//! do not have is left out.

use std::{fmt::Write, sync::Arc};

use quick_xml::escape::escape;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

use crate::{
    model::vocabulary::EndMark,
    site::lifeline::{
        Axis, Life,
        label::width,
        stroke::{Coordinate, DrawingScale, draw},
    },
};

/// The width of a card.
pub const WIDTH: u32 = 1200;
/// Its height.
pub const HEIGHT: u32 = 630;
/// The most cases for which each has a card. A larger library has one card for each region.
pub const MAX_CASES: usize = 3_000;

/// The texts of a card.
#[derive(Clone, Debug, Default)]
pub struct ShareCard<'a> {
    /// In bold above the title: the place.
    pub place: &'a str,
    /// After the place: the region and the years.
    pub about: &'a str,
    /// The title.
    pub title: &'a str,
    /// In bold below the drawing: the outcome.
    pub outcome: &'a str,
    /// After the outcome: the strength of the evidence.
    pub evidence: &'a str,
    /// The name of the library.
    pub library: &'a str,
}

/// The typefaces and colours of cards, made once for a site.
#[derive(Clone, Debug)]
pub struct CardRenderer {
    fonts: Arc<Database>,
    /// The accent of the library, for lifelines that continue.
    go: String,
}

impl CardRenderer {
    /// Loads the typefaces, and takes the accent of the library.
    pub fn new(accent: Option<&str>) -> CardRenderer {
        let mut fonts = Database::new();
        fonts.load_font_data(include_bytes!("../../fonts/Caladea-Regular.ttf").to_vec());
        fonts.load_font_data(include_bytes!("../../fonts/Caladea-Bold.ttf").to_vec());
        CardRenderer { fonts: Arc::new(fonts), go: accent.unwrap_or(GO).to_owned() }
    }

    /// Draws the card of one case.
    pub fn of_case(&self, card: &ShareCard<'_>, life: Option<(&Life, Axis)>) -> Vec<u8> {
        let mut svg = self.frame(card);
        if let Some((life, axis)) = life {
            self.axis(&mut svg, axis, (365.0, 450.0));
            let scale = DrawingScale { size: 2.6, widest: 22.0, ..scale(axis) };
            self.life(&mut svg, life, &scale, 408.0);
        }
        self.print(svg)
    }

    /// Draws the card of many cases, with their lifelines by first year, then last year.
    pub fn of_many(&self, card: &ShareCard<'_>, lives: &[&Life], axis: Option<Axis>) -> Vec<u8> {
        const TOP: f64 = 250.0;
        const FLOOR: f64 = 462.0;
        /// The most lifelines that the eye can distinguish on a card.
        const SHOWN: usize = 70;
        let mut svg = self.frame(card);
        if let Some(axis) = axis.filter(|_| !lives.is_empty()) {
            self.axis(&mut svg, axis, (TOP, FLOOR));
            let every = lives.len().div_ceil(SHOWN);
            let shown: Vec<&&Life> = lives.iter().step_by(every).collect();
            let pitch = ((FLOOR - TOP - 8.0) / f64::from(u32::try_from(shown.len()).unwrap_or(u32::MAX))).min(22.0);
            let scale = DrawingScale { size: (pitch / 12.0).clamp(0.3, 1.2), widest: pitch * 0.6, ..scale(axis) };
            for (life, n) in shown.iter().zip(0_u32..) {
                self.life(&mut svg, life, &scale, TOP + 6.0 + pitch * (f64::from(n) + 0.5));
            }
        }
        self.print(svg)
    }

    /// Everything but the drawing.
    fn frame(&self, card: &ShareCard<'_>) -> String {
        let mut svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Caladea" fill="{INK}"><rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/><rect width="{WIDTH}" height="14"/>"#
        );
        self.line_of_two(&mut svg, (card.place, card.about), 100.0);
        title(&mut svg, card.title);
        let _ = write!(svg, r#"<path stroke="{INK}" stroke-width="2" d="M0 520H{WIDTH}M0 527H{WIDTH}"/>"#);
        let name = written(card.library);
        let name_width = width(name, 28.0);
        if name_width < 480.0 {
            let _ = write!(
                svg,
                r#"<text x="{}" y="584" font-size="28" font-weight="700" text-anchor="end">"#,
                WIDTH - MARGIN
            );
            svg.push_str(&escape(name));
            svg.push_str("</text>");
        }
        self.line_of_two(&mut svg, (card.outcome, card.evidence), 584.0);
        svg
    }

    /// Draws a line whose first words are bold.
    fn line_of_two(&self, svg: &mut String, (first, rest): (&str, &str), y: f64) {
        let (first, rest) = (written(first), written(rest));
        let dot = if first.is_empty() || rest.is_empty() { "" } else { " · " };
        let _ = write!(svg, r#"<text x="{MARGIN}" y="{y}" font-size="30"><tspan font-weight="700">"#);
        svg.push_str(&escape(first));
        let _ = write!(svg, r#"</tspan><tspan fill="{MUTED}">{dot}"#);
        svg.push_str(&escape(rest));
        svg.push_str("</tspan></text>");
    }

    /// Draws the ticks of the axis, with their years.
    fn axis(&self, svg: &mut String, axis: Axis, (top, floor): (f64, f64)) {
        let scale = scale(axis);
        for year in axis.ticks(6) {
            let x = Coordinate(scale.x(year));
            let _ = write!(
                svg,
                r#"<path stroke="{RULE}" stroke-width="2" d="M{x} {top}V{floor}"/><text x="{x}" y="{}" font-size="24" fill="{MUTED}" text-anchor="middle">{year}</text>"#,
                floor + 32.0
            );
        }
    }

    fn life(&self, svg: &mut String, life: &Life, scale: &DrawingScale, y: f64) {
        let colour = match life.mark {
            Some(EndMark::Arrow) => &self.go,
            Some(EndMark::Fork) => FORK,
            Some(EndMark::Stop) => INK,
            Some(EndMark::Dots) | None => LOST,
        };
        // `currentColor` is the colour of the group. Strokes are enlarged by the same factor as marks.
        let mut strokes = String::new();
        draw(&mut strokes, life, scale, y);
        let _ = write!(
            svg,
            r#"<g color="{colour}" stroke="currentColor" fill="none" stroke-width="{}">{strokes}</g>"#,
            Coordinate(scale.size.max(1.0))
        );
    }

    /// Renders the SVG to PNG.
    fn print(&self, mut svg: String) -> Vec<u8> {
        svg.push_str("</svg>");
        let options = Options { fontdb: self.fonts.clone(), font_family: "Caladea".to_owned(), ..Options::default() };
        let tree = Tree::from_str(&svg, &options).expect("the card is well-formed, and its words are escaped");
        let mut picture = Pixmap::new(WIDTH, HEIGHT).expect("the size of a card is not nought");
        resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
        picture.encode_png().expect("a picture of this size can be written")
    }
}

const MARGIN: u32 = 84;
const PAPER: &str = "#f6f1e6";
const INK: &str = "#221e17";
const MUTED: &str = "#5b5344";
const RULE: &str = "#d3c9b4";
const GO: &str = "#0b5d5e";
const FORK: &str = "#8a4a0f";
const LOST: &str = "#6b624f";

fn scale(axis: Axis) -> DrawingScale {
    let margin = f64::from(MARGIN);
    DrawingScale { axis, left: margin, right: f64::from(WIDTH) - margin - 4.0, size: 1.0, widest: 12.0 }
}

/// Draws the title in at most three balanced lines. A long title is smaller, and so is one with a very long word.
fn title(svg: &mut String, title: &str) {
    const ROOM: f64 = (WIDTH - 2 * MARGIN) as f64;
    let title = written(title);
    let longest_word = |size| title.split_whitespace().map(|word| width(word, size)).fold(0.0, f64::max);
    let fits = |&(size, lines): &(f64, f64)| width(title, size) < ROOM * lines * 0.92 && longest_word(size) < ROOM;
    let smallest = 38.0 * (ROOM / longest_word(38.0)).min(1.0);
    let (size, lines) = [(62.0, 2.0), (56.0, 3.0), (46.0, 3.0)].into_iter().find(fits).unwrap_or((smallest, 3.0));
    let lines = broken(title, size, ROOM, lines);
    for (line, n) in lines.iter().zip(0_u32..) {
        let y = 190.0 + f64::from(n) * size * 1.12;
        let _ = write!(svg, r#"<text x="{MARGIN}" y="{}" font-size="{size}" font-weight="700">"#, Coordinate(y));
        svg.push_str(&escape(line));
        svg.push_str("</text>");
    }
}

/// Breaks a text into at most `most` lines of about the same width; text that does not fit is cut.
fn broken(text: &str, size: f64, room: f64, most: f64) -> Vec<String> {
    let whole = width(text, size);
    let lines = (whole / (room * 0.92)).ceil().clamp(1.0, most);
    let aim = (whole / lines).max(room * 0.3) + size;
    let mut broken: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let is_last = f64::from(u32::try_from(broken.len()).unwrap_or(u32::MAX)) >= lines;
        let line = broken.last_mut().expect("there is always a line");
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        let is_full = width(&longer, size) > if is_last { room } else { aim.min(room) };
        match (is_full && !line.is_empty(), is_last) {
            (true, true) => {
                line.push('…');
                break;
            }
            (true, false) => broken.push(word.to_owned()),
            (false, _) => *line = longer,
        }
    }
    broken
}

/// The text, if the typefaces have all its letters; otherwise an empty text.
fn written(text: &str) -> &str {
    let is_known =
        |c: char| matches!(c, ' '..='~' | '\u{a0}'..='\u{17f}' | '–' | '—' | '‘' | '’' | '“' | '”' | '…' | '•' | '€');
    if text.chars().all(is_known) { text } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::life_years::LifeYears;

    fn life() -> Life {
        let years = LifeYears { from: Some(2006), to: Some(2013), ..LifeYears::default() };
        Life::new(years, Some(EndMark::Stop), None).expect("a life")
    }

    const AXIS: Axis = Axis { from: 1986, to: 2026 };

    #[test]
    fn every_text_gives_a_png_of_the_promised_size() {
        let long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk ".repeat(9);
        for title in
            ["One chief executive for a council", "شراكة المياه", "A & B <i>", "St\u{a0}Helens", "", long.as_str()]
        {
            let card =
                ShareCard { title, place: title, library: title, about: "West Midlands", ..ShareCard::default() };
            let png = CardRenderer::new(None).of_case(&card, Some((&life(), AXIS)));
            let size = imagesize::blob_size(&png).expect("a picture");
            assert_eq!((size.width, size.height), (1200, 630), "{title}");
        }
    }

    #[test]
    fn a_title_is_broken_into_balanced_lines_and_cut_if_it_is_too_long() {
        let lines = broken("One chief executive for a council and a primary care trust", 62.0, 1032.0, 2.0);
        assert_eq!(lines, ["One chief executive for a", "council and a primary care trust"]);
        let cut = broken(&"partnership ".repeat(60), 38.0, 1032.0, 3.0);
        assert_eq!(cut.len(), 3);
        assert!(cut[2].ends_with('…'), "{cut:?}");
    }

    #[test]
    fn a_title_is_so_small_that_its_longest_word_fits() {
        let word = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
        let mut svg = String::new();
        title(&mut svg, word);
        let (_, rest) = svg.split_once("font-size=\"").expect("a text");
        let size: f64 = rest.split('"').next().and_then(|size| size.parse().ok()).expect("a number");
        assert!(svg.contains(word) && width(word, size) <= 1032.1, "{svg}");
    }

    #[test]
    fn the_colours_are_those_of_the_style_sheet() {
        let style = include_str!("../../themes/default/assets/style.css");
        for (token, colour) in [
            ("paper", PAPER),
            ("ink", INK),
            ("muted", MUTED),
            ("rule", RULE),
            ("accent", GO),
            ("fork", FORK),
            ("lost", LOST),
        ] {
            assert!(style.contains(&format!("--cb-{token}: {colour};")), "{token}");
        }
    }
}
