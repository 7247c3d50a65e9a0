//! Text in UTF-8 that was read as Windows-1252 (mojibake): `donâ€™t`, `Â£3m`, `cafÃ©`.
//!
//! Takes a text; gives the first garbled characters and the intended ones. A letter such as Â counts as garbled only if
//! its byte and the next ones are one character in UTF-8, which happens in no language.

use std::ops::Range;

/// The characters that Windows-1252 has for the bytes from 0x80 to 0x9F.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The first characters of most garbled sequences: the bytes 0xC2, 0xC3, 0xC5, 0xE2 and 0xF0.
const BEGINNINGS: [char; 5] = ['Â', 'Ã', 'Å', 'â', 'ð'];

/// The first run of garbled characters, and the intended text.
pub(super) fn first(text: &str) -> Option<(Range<usize>, String)> {
    text.match_indices(BEGINNINGS).find_map(|(at, _)| {
        let (length, meant) = at_start(&text[at..])?;
        Some((at..at + length, meant))
    })
}

/// The text with the intended characters; none if nothing is garbled.
pub(super) fn restored(text: &str) -> Option<String> {
    let mut whole = String::new();
    let mut from = 0;
    while let Some((at, meant)) = first(&text[from..]) {
        whole.extend([&text[from..from + at.start], &meant]);
        from += at.end;
    }
    (from > 0).then(|| whole + &text[from..])
}

/// The length of the garbled text at the start, and the intended text.
pub(super) fn at_start(text: &str) -> Option<(usize, String)> {
    let mut meant = String::new();
    let mut end = 0;
    while let Some((length, character)) = garbled_run(&text[end..]) {
        meant.push(character);
        end += length;
    }
    (end > 0).then_some((end, meant))
}

/// One character that was read as several, with their length.
fn garbled_run(text: &str) -> Option<(usize, char)> {
    let first = text.chars().next().filter(|c| BEGINNINGS.contains(c))?;
    // The last byte of ” has no character in Windows-1252, so it is often lost.
    if text.strip_prefix("â€").is_some_and(|rest| rest.chars().next().is_none_or(|c| byte(c).is_none())) {
        return Some(("â€".len(), '”'));
    }
    let size = match byte(first)? {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    };
    let read = text.chars().take(size);
    let length = read.clone().map(char::len_utf8).sum();
    let bytes = read.map(byte).collect::<Option<Vec<u8>>>()?;
    let meant = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    (!meant.is_control()).then_some((length, meant))
}

/// The character that Windows-1252 has under the number of a control character.
pub(super) fn of_windows(control: char) -> Option<char> {
    let place = u32::from(control).checked_sub(0x80)?;
    let meant = *WINDOWS.get(usize::try_from(place).ok()?)?;
    (!meant.is_control()).then_some(meant)
}

fn byte(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0xa0..=0xff => u8::try_from(code).ok(),
        _ => WINDOWS.iter().position(|&known| known == c).and_then(|place| u8::try_from(0x80 + place).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_read_in_the_wrong_encoding_are_known() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(restored(text).as_deref(), expected, "{text}");
        check("The council didnâ€™t pay Â£3m", Some("The council didn’t pay £3m"));
        check("cafÃ© â€“ â€œyesâ€\u{9d}", Some("café – “yes”"));
        check("cafÃ©”", Some("café”"));
        check("â€œjointâ€ post", Some("“joint” post"));
        check("Â\u{a0}x", Some("\u{a0}x"));
        check("Château, Âge, Ã, pão, â, Ångström, £3m, “don’t” – café", None);
    }

    #[test]
    fn control_characters_are_characters_of_windows() {
        assert_eq!(['\u{92}', '\u{85}', '\u{9f}'].map(of_windows), [Some('’'), Some('…'), Some('Ÿ')]);
        assert_eq!(['\u{81}', '\u{7f}', '\u{a0}', 'a'].map(of_windows), [None; 4]);
    }
}
