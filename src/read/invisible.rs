//! Invisible characters in values: zero-width spaces and joiners, soft hyphens, marks of direction, line separators.
//!
//! Pasted with a word, they make it another word for a program, but not for a reader. Joiners are needed in some
//! scripts, so they count only in text of Latin letters.

/// The first invisible character.
pub fn first(text: &str) -> Option<char> {
    text.trim().chars().find(invisible_in(text))
}

/// The first character of a key that cannot be seen, or that only looks like a space.
pub fn first_in_key(key: &str) -> Option<char> {
    let is_invisible = invisible_in(key);
    key.chars().find(|c| is_invisible(c) || c.is_whitespace() && !c.is_ascii())
}

/// Separators of lines and paragraphs, which stand between words.
pub const SEPARATORS: [char; 2] = ['\u{2028}', '\u{2029}'];

/// The text without them, and without space at its ends. A separator becomes a space.
pub fn without(text: &str) -> String {
    let is_invisible = invisible_in(text);
    let visible = |line: &str| line.chars().filter(|c| !is_invisible(c)).collect::<String>().trim().to_owned();
    let lines: Vec<String> = text.split(SEPARATORS).map(visible).filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

/// The invisible characters that change a running text: one that divides a word of Latin letters, where a search would
/// not find it, and those that turn the order of letters round.
pub(super) fn in_words(text: &str) -> Vec<(usize, char)> {
    const TURNS: [char; 2] = ['\u{202d}', '\u{202e}'];
    const DIVIDES: char = '\u{200b}';
    // Most texts have none.
    if !text.contains(DIVIDES) && !TURNS.iter().any(|&c| text.contains(c)) {
        return Vec::new();
    }
    let is_letter = |c: Option<char>| c.is_some_and(|c| c < '\u{250}' && c.is_alphanumeric());
    let is_found = |&(at, c): &(usize, char)| {
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        TURNS.contains(&c) || c == DIVIDES && is_letter(before.chars().next_back()) && is_letter(after.chars().next())
    };
    text.char_indices().filter(is_found).collect()
}

/// Which characters are invisible in this text?
pub(super) fn invisible_in(text: &str) -> impl Fn(&char) -> bool {
    let is_latin = text.chars().all(|c| c < '\u{250}' || c.is_ascii_punctuation() || is_joiner(c));
    move |&c| match c {
        '\u{ad}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => true,
        _ if is_joiner(c) => is_latin,
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
        assert_eq!(without("\u{2066}a\u{2069}"), "a");
        assert_eq!(without("one\u{2028}two \u{2029}\u{200b}\u{2028} three"), "one two three");
        assert_eq!(first("Ynys Môn “x” –\u{a0}y"), None);
        assert_eq!(first("a\u{200d}b"), Some('\u{200d}'));
        assert_eq!(first("क्\u{200d}ष 👩\u{200d}💻"), None);
    }

    #[test]
    fn those_that_change_a_running_text_are_found() {
        assert_eq!(in_words("a part\u{200b}ner"), [(6, '\u{200b}')]);
        assert_eq!(in_words("a \u{202e}b"), [(2, '\u{202e}')]);
        assert_eq!(in_words("either/\u{200b}or, ກ\u{200b}ກ, a\u{200b} b, co\u{ad}operate"), []);
    }

    #[test]
    fn a_key_may_hold_no_space_but_a_plain_one() {
        assert_eq!(first_in_key("the title"), None);
        assert_eq!(first_in_key("\u{a0}title"), Some('\u{a0}'));
        assert_eq!(first_in_key("title\u{200b}"), Some('\u{200b}'));
        assert_eq!(first_in_key("می\u{200c}خواهم"), None);
    }
}
