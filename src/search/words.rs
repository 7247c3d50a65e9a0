//! Text → the words by which it is found: without letter case, accents and apostrophes.
//!
//! The rule is written twice, here and in `search.js`, and one table tests both: a word is a run of letters, digits and
//! marks, apostrophes within it included; it is decomposed, loses its accents and its case, a final `'s` and every
//! apostrophe, and is cut at 40 characters. A sign of a script that is written without spaces is a word by itself.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longer words are cut: nobody types them.
const LONGEST: usize = 40;

/// Calls `found` with each word of a text, folded, in order.
pub fn each_word(text: &str, mut found: impl FnMut(&str)) {
    let mut folded = String::with_capacity(2 * LONGEST);
    let mut rest = text;
    while let Some(start) = rest.find(is_letter) {
        rest = &rest[start..];
        let plain = plain_end(rest);
        let (word, after) = rest.split_at(plain.unwrap_or_else(|| word_end(rest)));
        folded.clear();
        if plain.is_some() {
            folded.push_str(&word[..word.len().min(LONGEST)]);
            folded.make_ascii_lowercase();
        } else {
            fold(word, &mut folded);
        }
        if !folded.is_empty() {
            found(&folded);
        }
        rest = after;
    }
}

/// Where the word ends that a text begins with, if it is of ASCII letters and digits only: most are.
fn plain_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let end = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(bytes.len());
    let is_plain = end > 0 && bytes.get(end).is_none_or(|&byte| byte.is_ascii() && byte != b'\'');
    is_plain.then_some(end)
}

/// The words of a text.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(word.to_owned()));
    words
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_alphabetic() || c.is_numeric() || is_combining_mark(c)))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Chinese characters and Japanese syllables.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Where the word ends that a text begins with.
fn word_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut end = 0;
    while let Some((at, c)) = chars.next() {
        let goes_on = is_letter(c) || (is_apostrophe(c) && chars.peek().is_some_and(|&(_, next)| is_letter(next)));
        if !goes_on || (stands_alone(c) && at > 0) {
            break;
        }
        end = at + c.len_utf8();
        if stands_alone(c) {
            break;
        }
    }
    end
}

fn fold(word: &str, folded: &mut String) {
    let lower: Cow<'_, str> = if word.is_ascii() {
        word.to_ascii_lowercase().into()
    } else {
        let plain = word.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).collect::<String>();
        plain.to_lowercase().into()
    };
    let without_s = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).unwrap_or(&lower);
    folded.extend(without_s.chars().filter(|&c| is_letter(c)).take(LONGEST));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table that `tests/browser/search.test.mjs` reads too.
    const TABLE: &str = include_str!("words.txt");

    #[test]
    fn words_are_folded_as_the_table_says() {
        let mut lines = 0;
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let (text, expected) = line.split_once(" => ").expect("a text and its words");
            assert_eq!(words(text).join(" "), expected.trim_end(), "{text}");
            lines += 1;
        }
        assert!(lines > 10);
    }

    proptest::proptest! {
        #[test]
        fn a_folded_word_folds_to_itself(text in "\\PC{0,40}") {
            for word in words(&text) {
                // What is left out can bring marks together that stood apart, which then take their canonical order.
                let same = |word: &str| word.nfd().collect::<String>();
                proptest::prop_assert_eq!(same(&words(&word).concat()), same(&word));
            }
        }
    }
}
