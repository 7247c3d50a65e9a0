//! Colour: a publisher's accent, moved until it can be read.
//!
//! Takes the accent of `casebook.yaml` and gives the CSS rules that put it in place of the theme's own, once for light
//! and once for dark. A colour that is too near the paper is mixed with black or white until it reaches 4.5 to 1 on
//! every surface on which links stand.

/// Red, green and blue from 0 to 1, as screens count them.
type Colour = [f64; 3];

/// The least contrast between text and what it stands on.
const READABLE: f64 = 4.5;

/// What links stand on: paper, cards, notices. The same colours as in the built-in style sheet.
const LIGHT: [&str; 3] = ["#f6f1e6", "#fdfaf2", "#f1e5c6"];
const DARK: [&str; 3] = ["#1a1813", "#23201a", "#3a2d18"];

/// The rules that set the accent; none where the text is not a colour.
pub fn accent_rules(accent: &str) -> Option<String> {
    let accent = parsed(accent)?;
    let rules = |surfaces: [&str; 3], towards: f64| {
        let surfaces: Vec<Colour> = surfaces.into_iter().filter_map(parsed).collect();
        let accent = readable(accent, &surfaces, towards);
        format!("--cb-accent:{};--cb-deep:{}", written(accent), written(mixed(accent, towards, 0.3)))
    };
    let (light, dark) = (rules(LIGHT, 0.0), rules(DARK, 1.0));
    Some(format!(
        "@media screen{{:root{{{light}}}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    ))
}

/// The colour itself, or mixed with black (0) or white (1) as little as makes it readable.
fn readable(colour: Colour, surfaces: &[Colour], towards: f64) -> Colour {
    let steps = (0..=50).map(|step| mixed(colour, towards, f64::from(step) / 50.0));
    let is_readable = |colour: &Colour| surfaces.iter().all(|&surface| contrast(*colour, surface) >= READABLE);
    steps.clone().find(is_readable).unwrap_or([towards; 3])
}

fn mixed(colour: Colour, towards: f64, part: f64) -> Colour {
    colour.map(|channel| channel + (towards - channel) * part)
}

/// As WCAG 2 defines it.
fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: Colour) -> f64 {
    let [red, green, blue] = colour.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn parsed(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let number = u32::from_str_radix(digits, 16).ok()?;
    Some([16, 8, 0].map(|shift| f64::from((number >> shift) & 0xff) / 255.0))
}

fn written(colour: Colour) -> String {
    let [red, green, blue] = colour.map(|channel| (channel * 255.0).round() as u8);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_readable_accent_stays_as_it_is_on_light_paper() {
        let rules = accent_rules("#0b5d5e").expect("a colour");
        assert!(rules.starts_with("@media screen{:root{--cb-accent:#0b5d5e;"), "{rules}");
    }

    #[test]
    fn what_is_no_colour_sets_nothing() {
        for text in ["teal", "#fff", "#12345g", "#１２３４５６", "", "#+12345"] {
            assert_eq!(accent_rules(text), None, "{text}");
        }
    }

    #[test]
    fn the_surfaces_are_those_of_the_style_sheet() {
        let style = include_str!("../../../themes/default/assets/style.css");
        for surface in LIGHT.iter().chain(&DARK) {
            assert!(style.contains(surface), "{surface}");
        }
    }

    proptest! {
        #[test]
        fn every_accent_ends_readable(red in 0u8.., green in 0u8.., blue in 0u8..) {
            let accent = parsed(&format!("#{red:02x}{green:02x}{blue:02x}")).expect("a colour");
            for (surfaces, towards) in [(LIGHT, 0.0), (DARK, 1.0)] {
                let surfaces: Vec<Colour> = surfaces.into_iter().filter_map(parsed).collect();
                let text = readable(accent, &surfaces, towards);
                // Writing it in whole steps of 255 may cost a hundredth.
                let shown = parsed(&written(text)).expect("a colour");
                prop_assert!(surfaces.iter().all(|&surface| contrast(shown, surface) > READABLE - 0.05));
            }
        }
    }
}
