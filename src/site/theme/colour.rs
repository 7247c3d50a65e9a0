//! A publisher's accent colour, adjusted to sufficient contrast, and the shades of the evidence map made from it.
//!
//! Takes the accent of `casebook.yaml` and gives the CSS rules that replace the theme's own, for light and for dark. A
//! colour too near the background is mixed with black or white until its contrast is 4.5 to 1 on every surface that
//! links are on. Each shade has the same contrast with the text colour as the theme's own, so the numbers on it can be
//! read, and the steps are as distinct.

/// Red, green and blue from 0 to 1, in sRGB.
type Rgb = [f64; 3];

/// The least contrast between text and its background.
const READABLE: f64 = 4.5;

/// A colour scheme of the built-in style sheet.
struct Scheme {
    /// The backgrounds of links: paper first, then cards and notices.
    surfaces: [&'static str; 3],
    /// The text colour.
    ink: &'static str,
    /// The contrast of the text colour with each shade of the map, from the one nearest the paper.
    shades: [f64; 5],
    /// The colour to mix into an unreadable accent: black (0) or white (1).
    towards: f64,
}

const LIGHT: Scheme = Scheme {
    surfaces: ["#f6f1e6", "#fdfaf2", "#f1e5c6"],
    ink: "#221e17",
    shades: [13.6, 11.9, 9.9, 7.9, 6.0],
    towards: 0.0,
};
const DARK: Scheme = Scheme {
    surfaces: ["#1a1813", "#23201a", "#3a2d18"],
    ink: "#ece5d5",
    shades: [11.4, 9.6, 7.8, 6.4, 5.2],
    towards: 1.0,
};

/// The rules that set the accent; none if the text is not a colour.
pub fn accent_rules(accent: &str) -> Option<String> {
    let accent = parsed(accent)?;
    let links = |scheme: &Scheme| {
        let readable = scheme.readable(accent);
        let deep = mixed(readable, [scheme.towards; 3], 0.3);
        format!("--cb-accent:{};--cb-deep:{}", written(readable), written(deep))
    };
    let shades = |scheme: &Scheme| -> String {
        let shades = scheme.shades_of(accent).into_iter().enumerate();
        shades.map(|(n, shade)| format!("--cb-s{}:{};", n + 1, written(shade))).collect()
    };
    // Paper uses the light shades, and black links.
    Some(format!(
        ":root{{{}}}\n@media screen{{:root{{{}}}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{}{}}}}}\n",
        shades(&LIGHT),
        links(&LIGHT),
        shades(&DARK),
        links(&DARK)
    ))
}

/// An accent adjusted for light paper; none if the text is not a colour.
pub fn on_light_paper(accent: &str) -> Option<String> {
    parsed(accent).map(|accent| written(LIGHT.readable(accent)))
}

impl Scheme {
    /// The colour, mixed with as little black or white as makes it readable.
    fn readable(&self, colour: Rgb) -> Rgb {
        let surfaces = self.surfaces.map(known);
        let is_readable = |colour: &Rgb| surfaces.iter().all(|&surface| contrast(*colour, surface) >= READABLE);
        steps(colour, [self.towards; 3]).find(is_readable).unwrap_or([self.towards; 3])
    }

    /// The shades between the paper and the readable form of a colour.
    fn shades_of(&self, colour: Rgb) -> [Rgb; 5] {
        let (paper, ink) = (known(self.surfaces[0]), known(self.ink));
        let way: Vec<Rgb> = steps(paper, colour).chain(steps(colour, self.readable(colour))).collect();
        self.shades.map(|least| {
            let reaching = way.iter().copied().filter(|&shade| contrast(shade, ink) >= least);
            reaching.min_by(|&a, &b| contrast(a, ink).total_cmp(&contrast(b, ink))).unwrap_or(paper)
        })
    }
}

/// The mixtures of two colours, in small steps.
fn steps(from: Rgb, to: Rgb) -> impl Iterator<Item = Rgb> {
    (0..=200).map(move |step| mixed(from, to, f64::from(step) / 200.0))
}

fn mixed(from: Rgb, to: Rgb, part: f64) -> Rgb {
    [0, 1, 2].map(|channel| from[channel] + (to[channel] - from[channel]) * part)
}

/// Parses a colour that is written in this file.
fn known(text: &str) -> Rgb {
    parsed(text).expect("the colours of the schemes are six hexadecimal digits")
}

/// The contrast ratio of WCAG 2.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: Rgb) -> f64 {
    let [red, green, blue] = colour.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn parsed(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let number = u32::from_str_radix(digits, 16).ok()?;
    Some([16, 8, 0].map(|shift| f64::from((number >> shift) & 0xff) / 255.0))
}

fn written(colour: Rgb) -> String {
    let [red, green, blue] = colour.map(|channel| (channel * 255.0).round() as u8);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The colours in the rules for a scheme: the accent, then the shades.
    fn colours(accent: Rgb, scheme: &Scheme) -> (Rgb, [Rgb; 5]) {
        // Rounding to whole steps of 255 may cost a hundredth.
        let shown = |colour: Rgb| parsed(&written(colour)).expect("a colour");
        (shown(scheme.readable(accent)), scheme.shades_of(accent).map(shown))
    }

    #[test]
    fn a_readable_accent_stays_as_it_is_on_light_paper() {
        let rules = accent_rules("#0b5d5e").expect("a colour");
        assert!(rules.contains("@media screen{:root{--cb-accent:#0b5d5e;"), "{rules}");
        assert_eq!(rules.matches("--cb-s5:").count(), 2, "{rules}");
    }

    #[test]
    fn a_text_that_is_no_colour_sets_nothing() {
        for text in ["teal", "#fff", "#12345g", "#１２３４５６", "", "#+12345"] {
            assert_eq!(accent_rules(text), None, "{text}");
        }
    }

    #[test]
    fn the_schemes_are_those_of_the_style_sheet() {
        let style = include_str!("../../../themes/default/assets/style.css");
        let (light, dark) = style.split_once("prefers-color-scheme: dark").expect("two schemes");
        for (scheme, part) in [(LIGHT, light), (DARK, dark)] {
            for colour in scheme.surfaces.iter().chain([&scheme.ink]) {
                assert!(part.contains(colour), "{colour}");
            }
            for (n, least) in scheme.shades.iter().enumerate() {
                let (_, after) = part.split_once(&format!("--cb-s{}: ", n + 1)).expect("a shade");
                let found = contrast(known(&after[..7]), known(scheme.ink));
                assert!((found - least).abs() < 0.06, "shade {}: {found}", n + 1);
            }
        }
    }

    proptest! {
        #[test]
        fn every_accent_and_the_numbers_on_its_shades_are_readable(rgb in any::<[u8; 3]>()) {
            let accent = rgb.map(|channel| f64::from(channel) / 255.0);
            for scheme in [LIGHT, DARK] {
                let (text, shades) = colours(accent, &scheme);
                prop_assert!(scheme.surfaces.iter().all(|surface| contrast(text, known(surface)) > READABLE - 0.05));
                let found = shades.map(|shade| contrast(shade, known(scheme.ink)));
                prop_assert!(found.iter().all(|&contrast| contrast >= READABLE), "{found:?}");
                for (found, least) in found.iter().zip(scheme.shades) {
                    prop_assert!((found - least).abs() < 0.4, "{found} for {least}");
                }
            }
        }
    }
}
