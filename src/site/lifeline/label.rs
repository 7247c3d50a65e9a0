//! Estimates the width of a label without a browser, well enough to decide whether it fits.

/// The width of a text in a common sans-serif face, in the units of its size.
pub fn width(text: &str, size: f64) -> f64 {
    size * text.chars().map(em).sum::<f64>()
}

/// The width of a text in bold.
pub fn bold_width(text: &str, size: f64) -> f64 {
    1.08 * width(text, size)
}

/// The start of a text that fits, with an ellipsis if it was cut.
pub fn cut(text: &str, size: f64, most: f64) -> String {
    if width(text, size) <= most {
        return text.to_owned();
    }
    let mut room = most - size;
    let kept: String = text
        .chars()
        .take_while(|&c| {
            room -= size * em(c);
            room >= 0.0
        })
        .collect();
    format!("{}…", kept.trim_end())
}

/// Breaks a text at a space into two lines of about the same width; a short text stays in one line.
pub fn two_lines(text: &str, size: f64, most: f64) -> (String, Option<String>) {
    if width(text, size) <= most {
        return (text.to_owned(), None);
    }
    let whole = width(text, size);
    let breaks = text.match_indices(' ').map(|(at, _)| at);
    let longer = |at: usize| width(&text[..at], size).max(whole - width(&text[..at], size));
    match breaks.min_by(|&a, &b| longer(a).total_cmp(&longer(b))) {
        Some(at) => (cut(&text[..at], size, most), Some(cut(&text[at + 1..], size, most))),
        None => (cut(text, size, most), None),
    }
}

/// The width of a character as a fraction of the font size: wide enough for common typefaces.
fn em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' | '!' | '.' | ',' | ':' | ';' | 'I' | '’' => 0.28,
        'f' | 't' | 'r' | ' ' | '(' | ')' | '-' | '/' => 0.34,
        'm' | 'w' | 'M' | 'W' => 0.86,
        'A'..='Z' => 0.69,
        '0'..='9' => 0.56,
        c if c.is_ascii() || c.is_lowercase() => 0.53,
        // Letters of other scripts may be as wide as they are high.
        _ => 1.0,
    }
}
