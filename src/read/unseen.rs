//! Invisible characters in values: zero-width spaces and joiners, soft hyphens, marks of direction, line separators.
//!
//! Pasted with a word, they make it another word for a program, but not for a reader. Joiners are needed in some
//! scripts, so they count only in text of Latin letters.

/// The first invisible character.
pub(super) fn first(text: &str) -> Option<char> {
    text.trim().chars().find(|&c| is_unseen(c, text))
}

/// The text without them.
pub(super) fn without(text: &str) -> String {
    let whole = text;
    let seen: String = text.trim().chars().filter(|&c| !is_unseen(c, whole)).collect();
    seen.trim().to_owned()
}

fn is_unseen(c: char, text: &str) -> bool {
    match c {
        '\u{ad}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}' => true,
        '\u{200c}' | '\u{200d}' => text.chars().all(|c| c < '\u{250}' || c.is_ascii_punctuation() || is_joiner(c)),
        _ => false,
    }
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_removed() {
        assert_eq!(first("unitary\u{200b}"), Some('\u{200b}'));
        assert_eq!(without(" \u{202a}a\u{ad}b\u{2028} "), "ab");
        assert_eq!(first("Ynys Môn “x” –\u{a0}y"), None);
        assert_eq!(first("a\u{200d}b"), Some('\u{200d}'));
        assert_eq!(first("क्\u{200d}ष 👩\u{200d}💻"), None);
    }
}
