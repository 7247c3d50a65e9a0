//! Text → words, as the index stores them: without letter case, accents and apostrophes.
//!
//! `browser/words.js` has the same rules, and the table `words.txt` tests both. A run is a sequence of letters and
//! digits, with single marks between them: `COVID-19`, `A&E`, `GOV.UK`, `1,250,000`. Its parts are words: decomposed,
//! without accents, letter case, apostrophes and a final `'s`, cut at 40 characters. If it has several parts, the run
//! is a word too, without its marks (`covid19`) and, for `&` and `/`, also with them (`a&e`). A character of a script
//! without spaces is a word by itself.

use std::borrow::Cow;

use crate::model::address::plain_letter;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longer words are cut, since nobody types them.
const LONGEST: usize = 40;

/// The number of ASCII letters and digits that fit into one number.
const SHORT: usize = 12;

/// The base of that number: no character, the letters and the digits.
const SIGNS: u64 = 37;

/// The digit of each ASCII letter, of either case, and digit; 0 for every other byte.
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

/// A folded word. Each word has only one of these forms. Most have the first, which needs no allocation to be made or
/// compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded<'a> {
    /// Up to twelve ASCII letters and digits, as a number.
    Short(u64),
    /// Any other word.
    Long(&'a str),
}

impl<'a> Folded<'a> {
    /// The value for a text that is folded already.
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

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// A part of a run.
    Part(Folded<'a>),
    /// The run before as one word, if it has several parts.
    Whole(Folded<'a>),
}

/// Calls `found` with each word of a text, folded, in order.
pub fn each_word(text: &str, mut found: impl FnMut(Token<'_>)) {
    let mut folded = WordRun::default();
    let mut rest = text;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let (number, plain) = number(rest.as_bytes());
        let end = match plain {
            1..=SHORT if !goes_on(&rest.as_bytes()[plain - 1..]) => {
                found(Token::Part(Folded::Short(number)));
                plain
            }
            _ if is_letter(first) => {
                let end = run_end(rest, is_letter(before) || is_joining(before));
                folded.read(&rest[..end], &mut found);
                end
            }
            _ if first == '&' && before.is_whitespace() && rest[1..].chars().next().is_none_or(char::is_whitespace) => {
                found(Token::Part(Folded::of("and")));
                1
            }
            _ => first.len_utf8(),
        };
        before = rest[..end].chars().next_back().unwrap_or(' ');
        rest = &rest[end..];
    }
}

/// Can a run continue after the ASCII letter or digit at the start of these bytes?
fn goes_on(bytes: &[u8]) -> bool {
    match bytes.get(1) {
        None => false,
        Some(b'\'' | b'.' | b',' | b'-' | b'/' | b'&') => {
            bytes.get(2).is_some_and(|next| !next.is_ascii() || next.is_ascii_alphanumeric())
        }
        Some(b'+' | b'#') => true,
        Some(byte) => !byte.is_ascii(),
    }
}

/// The ASCII letters and digits at the start of a text, as a number if they are not too many, and how many they are.
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

/// The words of a text: the parts of each run, followed by the run as one word if it has several parts.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |token| match token {
        Token::Part(word) | Token::Whole(word) => words.push(word.text()),
    });
    words
}

/// The parts of the runs of a text, without the runs themselves.
pub fn parts(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    each_word(text, |token| {
        if let Token::Part(word) = token {
            parts.push(word.text());
        }
    });
    parts
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_alphabetic() || c.is_numeric() || is_combining_mark(c)))
}

/// Soft hyphens and joiners: they do not split a word, and are removed from it.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Does a mark join two parts of a run wherever it is between them?
fn is_joining(c: char) -> bool {
    matches!(c, '\'' | '’' | '.' | '&') || is_hyphen(c)
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Chinese characters and Japanese syllables.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The length of the run at the start of a text. `is_inside` says that a letter or a mark precedes it.
fn run_end(text: &str, is_inside: bool) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut end = 0;
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        if stands_alone(c) {
            return if at == 0 { c.len_utf8() } else { end };
        }
        let next = chars.peek().map_or(' ', |&(_, next)| next);
        let is_in = match c {
            _ if is_letter(c) || is_invisible(c) => true,
            _ if !is_letter(next) || stands_alone(next) => false,
            ',' => before.is_ascii_digit() && is_thousands(&text[at + 1..]),
            '/' => before.is_ascii_digit() && next.is_ascii_digit(),
            _ => is_joining(c),
        };
        if !is_in {
            break;
        }
        (end, before) = (at + c.len_utf8(), c);
    }
    let is_one_letter = end == 1 && !is_inside && text.starts_with(|c: char| c.is_ascii_alphabetic());
    match &text[end..] {
        rest if is_one_letter && rest.starts_with("++") => 3,
        rest if is_one_letter && rest.starts_with('#') => 2,
        _ => end,
    }
}

/// Does a text begin with three digits, and no fourth?
fn is_thousands(text: &str) -> bool {
    text.bytes().take_while(u8::is_ascii_digit).count() == 3
}

/// The folded parts of a run.
#[derive(Default)]
struct WordRun {
    folded: String,
    kept: String,
    bare: String,
}

impl WordRun {
    /// Calls `found` with the parts of a run, and with the run as one word if it has several parts.
    fn read(&mut self, run: &str, found: &mut impl FnMut(Token<'_>)) {
        let (mut rest, mut count, mut has_kept) = (run, 0, false);
        self.kept.clear();
        self.bare.clear();
        loop {
            let (part, mark, after) = split(rest);
            count += 1;
            self.folded.clear();
            fold(part, &mut self.folded);
            if !self.folded.is_empty() {
                found(Token::Part(Folded::of(&self.folded)));
            }
            if count > 1 || mark.is_some() {
                self.kept.push_str(&self.folded);
                self.bare.push_str(&self.folded);
            }
            let Some(mark) = mark else { break };
            if matches!(mark, '&' | '/') {
                self.kept.push(mark);
                has_kept = true;
            }
            rest = after;
        }
        if count == 1 {
            return;
        }
        if has_kept {
            found(Token::Whole(Folded::of(cut(&self.kept))));
        }
        if has_kept || self.bare.contains(char::is_alphabetic) {
            found(Token::Whole(Folded::of(cut(&self.bare))));
        }
    }
}

/// The first part of a run, the mark after it, and the rest.
fn split(run: &str) -> (&str, Option<char>, &str) {
    let mut before = ' ';
    for (at, c) in run.char_indices() {
        let after = &run[at + c.len_utf8()..];
        let is_between_digits = || before.is_numeric() && after.starts_with(char::is_numeric);
        if matches!(c, '&' | '/') || is_hyphen(c) || (c == '.' && !is_between_digits()) {
            return (&run[..at], Some(c), after);
        }
        before = c;
    }
    (run, None, "")
}

fn cut(word: &str) -> &str {
    word.char_indices().nth(LONGEST).map_or(word, |(end, _)| &word[..end])
}

fn fold(part: &str, folded: &mut String) {
    if part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        folded.push_str(&part[..part.len().min(LONGEST)]);
        return folded.make_ascii_lowercase();
    }
    let lower: Cow<'_, str> = if part.is_ascii() {
        part.to_ascii_lowercase().into()
    } else {
        let decomposed = part.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).collect::<String>();
        let mut plain = String::new();
        for letter in decomposed.to_lowercase().chars() {
            match plain_letter(letter) {
                Some(letters) => plain.push_str(letters),
                None => plain.push(letter),
            }
        }
        plain.into()
    };
    let without_s = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).unwrap_or(&lower);
    // Characters such as "🄀" are a digit and a full stop in one.
    let next = without_s.chars().skip(1).chain([' ']);
    let is_kept = |&(c, next): &(char, char)| is_letter(c) || matches!(c, '+' | '#') || (c == '.' && next.is_numeric());
    folded.extend(without_s.chars().zip(next).filter(is_kept).map(|(c, _)| c).take(LONGEST));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table that `tests/browser/search.test.mjs` reads too.
    const TABLE: &str = include_str!("words.txt");

    #[test]
    fn words_are_folded_as_in_the_table() {
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
            for word in parts(&text) {
                // Removing characters can bring combining marks together, which then take their canonical order.
                let same = |word: &str| word.nfd().collect::<String>();
                proptest::prop_assert_eq!(same(&parts(&word).concat()), same(&word));
            }
        }

        #[test]
        fn a_word_is_either_a_number_or_a_text(a in "[a-c0-2]{1,14}|é[a-c]{0,3}", b in "[a-c0-2]{1,14}") {
            proptest::prop_assert_eq!(Folded::of(&a).text(), a.as_str());
            proptest::prop_assert_eq!(Folded::of(&a) == Folded::of(&b), a == b);
            proptest::prop_assert_eq!(matches!(Folded::of(&a), Folded::Short(_)), a.is_ascii() && a.len() <= SHORT);
        }
    }
}
