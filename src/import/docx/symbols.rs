//! The symbols of a document → characters.
//!
//! Word writes a symbol as a font and a code. In a symbol font, the code is the position of the glyph; in any other
//! font, it is the character itself.

/// The glyphs of a font as characters: the position of the first, and the characters from there on. Where the exact
/// character is too new for most fonts, a similar one takes its place.
type Glyphs = &'static [(u32, &'static str)];

const SYMBOL: Glyphs = &[
    (0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅"),
    (0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾"),
    (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xa0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    (0xbf, "↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑"),
    (0xf1, "⟩∫"),
];

const WINGDINGS: Glyphs = &[
    (0x20, " "),
    (0x28, "☎✆✉"),
    (0x41, "✌👌👍👎☜☞☝☟"),
    (0x4a, "☺😐☹"),
    (0x6c, "●"),
    (0x6e, "■□□❑❒⬧⧫◆❖⬥⌧"),
    (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    (0x9e, "·•"),
    (0xa1, "○○○◉◎"),
    (0xa7, "▪◻"),
    (0xab, "★"),
    (0xd8, "➢"),
    (0xdf, "←→↑↓↖↗↙↘←➔↑↓↖↗↙↘⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂"),
    (0xfb, "✘✔☒☑"),
];

const WINGDINGS_2: Glyphs = &[(0x4f, "✗✓☒☑☒☒"), (0xa3, "□")];

/// The character of a symbol, whose code is hexadecimal; none if it is not known.
pub(super) fn character(font: &str, code: &str) -> Option<char> {
    let code = u32::from_str_radix(code, 16).ok()?;
    // Word adds F000 to most positions in symbol fonts.
    let position = code.checked_sub(0xf000).filter(|position| *position <= 0xff).unwrap_or(code);
    match font.to_ascii_lowercase().as_str() {
        "symbol" => glyph(SYMBOL, position),
        "wingdings" => glyph(WINGDINGS, position),
        "wingdings 2" => glyph(WINGDINGS_2, position),
        "wingdings 3" | "webdings" => None,
        _ => char::from_u32(code).filter(|c| !c.is_control() && !is_private(*c)),
    }
}

fn glyph(glyphs: Glyphs, position: u32) -> Option<char> {
    glyphs.iter().find_map(|(first, characters)| {
        let index = position.checked_sub(*first)?;
        characters.chars().nth(usize::try_from(index).ok()?)
    })
}

/// Does each font give the character a meaning of its own?
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyphs_become_the_characters_that_they_show() {
        // The last of each run, since a character too few or too many would move it.
        for (font, code, shown) in [
            ("Symbol", "F040", '≅'),
            ("Symbol", "F060", '‾'),
            ("Symbol", "7E", '∼'),
            ("Symbol", "F06D", 'μ'),
            ("Symbol", "F0B3", '≥'),
            ("Symbol", "F0BC", '…'),
            ("Symbol", "F0E5", '∑'),
            ("Symbol", "F0F2", '∫'),
            ("Wingdings", "F048", '☟'),
            ("Wingdings", "F04A", '☺'),
            ("Wingdings", "F078", '⌧'),
            ("Wingdings", "F095", '❿'),
            ("Wingdings", "F0A5", '◎'),
            ("Wingdings", "F0E8", '➔'),
            ("Wingdings", "F0F8", '⬂'),
            ("Wingdings", "F0FE", '☑'),
            ("Wingdings 2", "F050", '✓'),
            ("Wingdings 2", "F052", '☑'),
            ("Segoe UI Symbol", "2713", '✓'),
        ] {
            assert_eq!(character(font, code), Some(shown), "{font} {code}");
        }
        for (font, code) in [("Wingdings", "F0FF"), ("Webdings", "61"), ("Logos", "F061"), ("Arial", "D800"), ("", "7")]
        {
            assert_eq!(character(font, code), None, "{font} {code}");
        }
    }
}
