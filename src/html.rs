//! Text → escaped HTML, for all code that writes HTML without a template.
//!
//! The form is the one in which HTML parsers write a document back, so that cleaning a page that needs no cleaning
//! gives the same bytes. NUL and the other control characters become U+FFFD, CR and CRLF a line feed; tab and line feed
//! stay.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Writes text between tags.
pub fn push_text(html: &mut String, text: &str) {
    push(html, text, &IN_TEXT);
}

/// Writes a value between double quotes.
pub fn push_value(html: &mut String, value: &str) {
    push(html, value, &IN_VALUE);
}

/// A text as an attribute value, which is also correct as text between tags.
pub fn value(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    push_value(&mut value, text);
    value
}

/// Writes an author's own HTML text or attribute value, whose character references are kept.
pub fn push_raw(html: &mut String, text: &str) {
    push(html, text, &IN_RAW);
}

/// Percent-encodes the characters that CommonMark encodes. Existing percent signs are kept. A second `#`, which no
/// address may contain, is encoded.
pub fn percent_encoded(address: &str) -> String {
    let (page, anchor) = address.split_at(address.find('#').map_or(address.len(), |at| at + 1));
    format!("{}{}", utf8_percent_encode(page, IN_ADDRESS), utf8_percent_encode(anchor, IN_ANCHOR))
}

const IN_ADDRESS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

const IN_ANCHOR: &AsciiSet = &IN_ADDRESS.add(b'#');

const IN_TEXT: [bool; 256] = escaped(b"&<>");
const IN_VALUE: [bool; 256] = escaped(b"&<>\"");
const IN_RAW: [bool; 256] = escaped(b"<>\"");

/// The bytes that need escaping: `marks`, control characters, and the first byte of a no-break space.
const fn escaped(marks: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = byte != b'\t' as usize && byte != b'\n' as usize;
        byte += 1;
    }
    let mut mark = 0;
    while mark < marks.len() {
        table[marks[mark] as usize] = true;
        mark += 1;
    }
    table[NO_BREAK_SPACE[0] as usize] = true;
    table[0x7F] = true;
    table[0xEF] = true;
    table
}

const NO_BREAK_SPACE: [u8; 2] = [0xC2, 0xA0];

fn push(html: &mut String, text: &str, special: &[bool; 256]) {
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    loop {
        at += bytes[at..].as_chunks().0.iter().take_while(|chunk| is_plain(chunk)).count() * CHUNK;
        let Some(step) = bytes[at..].iter().position(|&byte| special[byte as usize]) else { break };
        at += step;
        let (replacement, length) = replacement(&bytes[at..]);
        if let Some(replacement) = replacement {
            html.push_str(&text[from..at]);
            html.push_str(replacement);
            from = at + length;
        }
        at += length;
    }
    html.push_str(&text[from..]);
}

/// The number of bytes that are checked together, since nearly all text needs no change.
const CHUNK: usize = 16;

/// Is no byte of the chunk in a table? Without branches, so that the compiler can vectorise it.
fn is_plain(chunk: &[u8; CHUNK]) -> bool {
    let is_special = |byte: u8| {
        (byte < b' ')
            | (byte == 0x7F)
            | (byte == 0xEF)
            | (byte == b'&')
            | (byte == b'<')
            | (byte == b'>')
            | (byte == b'"')
            | (byte == NO_BREAK_SPACE[0])
    };
    !chunk.iter().fold(false, |found, &byte| found | is_special(byte))
}

/// The replacement for the bytes at the front, and their number.
fn replacement(bytes: &[u8]) -> (Option<&'static str>, usize) {
    match bytes {
        [b'&', ..] => (Some("&amp;"), 1),
        [b'<', ..] => (Some("&lt;"), 1),
        [b'>', ..] => (Some("&gt;"), 1),
        [b'"', ..] => (Some("&quot;"), 1),
        [b'\r', b'\n', ..] => (Some("\n"), 2),
        [b'\r', ..] => (Some("\n"), 1),
        [0xC2, 0xA0, ..] => (Some("&nbsp;"), 2),
        // The second block of control characters, and code points that are not characters.
        [0xC2, 0x80..=0x9F, ..] => (Some("\u{FFFD}"), 2),
        [0xC2, ..] => (None, 1),
        [0xEF, 0xB7, 0x90..=0xAF, ..] | [0xEF, 0xBF, 0xBE | 0xBF, ..] => (Some("\u{FFFD}"), 3),
        [0xEF, ..] => (None, 1),
        _ => (Some("\u{FFFD}"), 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(push: fn(&mut String, &str), text: &str, expected: &str) {
        let mut html = String::new();
        push(&mut html, text);
        assert_eq!(html, expected);
    }

    #[test]
    fn special_characters_are_escaped() {
        check(push_text, "Rock & <roll> \"live\"", "Rock &amp; &lt;roll&gt; \"live\"");
        check(push_value, "a\"b&c", "a&quot;b&amp;c");
        check(push_raw, "&pound;5 < \"6\"", "&pound;5 &lt; &quot;6&quot;");
        check(push_text, "a text that is longer than a chunk & more", "a text that is longer than a chunk &amp; more");
        check(push_text, "£\u{A0}5 Âé", "£&nbsp;5 Âé");
    }

    #[test]
    fn control_characters_are_replaced() {
        check(push_text, "a\0b\u{1b}c\td\r\ne\rf\ng", "a\u{FFFD}b\u{FFFD}c\td\ne\nf\ng");
    }

    #[test]
    fn addresses_keep_their_own_percent_signs() {
        assert_eq!(percent_encoded("https://a.uk/b c%20d?é=[1]&x='y'"), "https://a.uk/b%20c%20d?%C3%A9=%5B1%5D&x='y'");
    }

    #[test]
    fn an_address_has_at_most_one_anchor() {
        assert_eq!(percent_encoded("https://a.uk/#b#c d"), "https://a.uk/#b%23c%20d");
        assert_eq!(percent_encoded("https://a.uk/##"), "https://a.uk/#%23");
    }
}
