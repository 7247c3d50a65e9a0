//! Text → the words by which it is found: without letter case, accents and apostrophes.
//!
//! The rule is written twice, here and in `search.js`, and one table tests both: a word is a run of letters, digits and
//! marks, apostrophes within it included; it is decomposed, loses its accents and its case, a final `'s` and every
//! apostrophe, and is cut at 40 characters. A sign of a script that is written without spaces is a word by itself.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longer words are cut: nobody types them.
const LONGEST: usize = 40;

/// How many plain letters and digits a number holds.
const SHORT: usize = 12;

/// How many signs a number is counted in: no sign at all, the letters and the digits.
const SIGNS: u64 = 37;

/// The number of each plain letter, of either case, and digit; 0 for every other byte.
const NUMBERS: [u8; 256] = {
    let (mut numbers, mut n) = ([0; 256], 0);
    while n < 26 {
        numbers[b'a' as usize + n] = n as u8 + 1;
        numbers[b'A' as usize + n] = n as u8 + 1;
        n += 1;
    }
    while n < 36 {
        numbers[b'0' as usize + n - 26] = n as u8 + 1;
        n += 1;
    }
    numbers
};

/// A word, folded. Every word is in one of the two, and most are in the first, which is made and compared where it
/// stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded<'a> {
    /// Up to twelve plain letters and digits, as a number.
    Short(u64),
    /// Any other, as text.
    Long(&'a str),
}

impl<'a> Folded<'a> {
    /// A text that is folded.
    pub fn of(text: &'a str) -> Folded<'a> {
        match number(text.as_bytes()) {
            (number, end) if end == text.len() && end <= SHORT => Folded::Short(number),
            _ => Folded::Long(text),
        }
    }

    /// The word as text.
    pub fn text(self) -> String {
        match self {
            Folded::Short(number) => spelt(number),
            Folded::Long(text) => text.to_owned(),
        }
    }
}

/// Calls `found` with each word of a text, folded, in order.
pub fn each_word(text: &str, mut found: impl FnMut(Folded<'_>)) {
    let mut folded = String::with_capacity(2 * LONGEST);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (number, plain) = number(rest.as_bytes());
        let is_plain = rest.as_bytes().get(plain).is_none_or(|&byte| byte.is_ascii() && byte != b'\'');
        let end = match plain {
            1..=SHORT if is_plain => {
                found(Folded::Short(number));
                plain
            }
            _ if is_letter(first) => {
                let end = word_end(rest);
                folded.clear();
                fold(&rest[..end], &mut folded);
                if !folded.is_empty() {
                    found(Folded::of(&folded));
                }
                end
            }
            _ => first.len_utf8(),
        };
        rest = &rest[end..];
    }
}

/// The plain letters and digits that a text begins with, as a number if they are not too many, and how many there are.
fn number(text: &[u8]) -> (u64, usize) {
    let (mut sum, mut end) = (0_u64, 0);
    while let Some(number @ 1..) = text.get(end).map(|&byte| NUMBERS[usize::from(byte)]) {
        sum = sum.wrapping_mul(SIGNS).wrapping_add(u64::from(number));
        end += 1;
    }
    (sum, end)
}

/// The text of a number.
fn spelt(mut number: u64) -> String {
    let mut signs = Vec::with_capacity(SHORT);
    while number > 0 {
        signs.push(b"abcdefghijklmnopqrstuvwxyz0123456789"[(number % SIGNS) as usize - 1]);
        number /= SIGNS;
    }
    signs.into_iter().rev().map(char::from).collect()
}

/// The words of a text.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(word.text()));
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
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        folded.push_str(&word[..word.len().min(LONGEST)]);
        return folded.make_ascii_lowercase();
    }
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

        #[test]
        fn a_word_has_one_number_or_one_text(a in "[a-c0-2]{1,14}|é[a-c]{0,3}", b in "[a-c0-2]{1,14}") {
            proptest::prop_assert_eq!(Folded::of(&a).text(), a.as_str());
            proptest::prop_assert_eq!(Folded::of(&a) == Folded::of(&b), a == b);
            proptest::prop_assert_eq!(matches!(Folded::of(&a), Folded::Short(_)), a.is_ascii() && a.len() <= SHORT);
        }
    }
}
