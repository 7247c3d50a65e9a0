//! Characters that no page may contain: control characters, and code points that are not characters.
//!
//! Where they are published, readers see U+FFFD, a question mark. Many come from text of Windows, whose curly quotation
//! marks and dashes have the numbers of control characters.

use super::garbled;

/// May no page contain this character?
pub(super) fn is_unprintable(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t') || matches!(c, '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}')
}

/// The unprintable characters of a text, with their positions. One in a garbled sequence is reported with that.
pub(super) fn find(text: &str) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    if !may_hold_one(text.as_bytes()) {
        return found;
    }
    let mut garbled_end = 0;
    for (at, c) in text.char_indices() {
        if at < garbled_end {
            continue;
        }
        match garbled::at_start(&text[at..]) {
            Some((length, _)) => garbled_end = at + length,
            None if is_unprintable(c) => found.push((at, c)),
            None => {}
        }
    }
    found
}

/// Is there a byte with which such a character begins? The compiler compares many bytes at once, as long as the two
/// lists are plain slices.
fn may_hold_one(bytes: &[u8]) -> bool {
    let begins_one = |byte: u8, next: u8| {
        (byte < b' ') & (byte != b'\n') & (byte != b'\r') & (byte != b'\t')
            | (byte == 0x7f)
            | (byte == 0xc2) & (next < 0xa0)
            | (byte == 0xef) & (next >= 0xb7)
    };
    let nexts = bytes.get(1..).unwrap_or_default();
    let any = bytes.iter().zip(nexts).fold(false, |found, (&byte, &next)| found | begins_one(byte, next));
    any || bytes.last().is_some_and(|&last| begins_one(last, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_found() {
        assert_eq!(find("don\u{92}t\u{7}"), [(3, '\u{92}'), (6, '\u{7}')]);
        for c in ['\0', '\u{b}', '\u{c}', '\u{1b}', '\u{7f}', '\u{85}', '\u{fdd0}', '\u{ffff}'] {
            assert_eq!(find(&c.to_string()), [(0, c)]);
        }
        assert_eq!(find("£5,\u{a0}“a”\tb\r\nc\u{fffd}\u{feff}é \u{2028}"), []);
        assert_eq!(find("â€œjointâ€\u{9d} \u{93}"), [("â€œjointâ€\u{9d} ".len(), '\u{93}')]);
    }
}
