//! Every message that an author can meet: one named function for each, one file for each module that reports them.
//!
//! A message is one line: lower-case start, no full stop, the author's own text in double quotes. It says what is wrong
//! so that the line alone is enough; `help` is the way out. `rg 'pub fn' src/problem/message` lists them all.

pub mod address;
pub mod case;
pub mod config;
pub mod doubtful;
pub mod external;
pub mod file;
pub mod link;
pub mod markdown;
pub mod pasted;
pub mod plain;
pub mod source;
pub mod stray;
pub mod template;
pub mod unpublished;
pub mod vocabulary;
pub mod wording;
pub mod yaml;
pub mod yaml_syntax;

/// The candidate nearest to a misspelt word, and the number of typing errors between them; none if no candidate is
/// near enough.
///
/// Letter case is ignored. A swap of neighbours is one error. One error is allowed for every three letters, and one in
/// short words, so that unrelated words are not suggested. Ties go to the candidate that sorts first. Nothing is near a
/// word that is longer than any name, since a comparison takes the square of its length.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<(&'a str, usize)> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    if length > MAX_MISSPELT {
        return None;
    }
    let allowed = (length / 3).clamp(1, 3);
    candidates
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (candidate, strsim::osa_distance(&word, &candidate.to_lowercase())))
        .filter(|&(_, edits)| edits <= allowed)
        .min_by_key(|&(candidate, edits)| (edits, candidate))
}

/// The candidate nearest to a misspelt word, if one is near enough.
fn nearest_word<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    nearest(word, candidates).map(|(candidate, _)| candidate)
}

/// Is it the same word, apart from letter case and quotation marks around it?
pub(crate) fn is_the_same_word(word: &str, found: &str) -> bool {
    found.trim_matches(|c: char| c.is_whitespace() || "“”‘’\"'".contains(c)).to_lowercase() == word.to_lowercase()
}

/// `"a", "b" or "c"`, for a short list that an author chooses from.
pub(crate) fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// The most characters of a misspelt word: as many as the longest name of a file.
const MAX_MISSPELT: usize = 255;

/// The most characters of an author's text in a message.
const MAX_SHOWN: usize = 60;

/// An author's text as part of a message: at most 60 characters, on one line, with control characters as spaces.
pub(crate) fn shown(text: &str) -> String {
    let clean: String = text.chars().take(MAX_SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MAX_SHOWN).is_some() { format!("{}…", clean.trim_end()) } else { clean }
}

/// The size of a file in words: `3.4 megabytes`. It is rounded up, so that a file over a limit is never as large as it.
pub(crate) fn size_in_words(bytes: u64) -> String {
    let tenths = (u128::from(bytes) * 10).div_ceil(1024 * 1024);
    match (tenths / 10, tenths % 10) {
        (1, 0) => "1 megabyte".to_owned(),
        (whole, 0) => format!("{whole} megabytes"),
        (whole, tenth) => format!("{whole}.{tenth} megabytes"),
    }
}

/// Splits a text into the blanks at its start, the text between, and the blanks at its end.
fn split_ends(text: &str) -> (&str, &str, &str) {
    let words = text.trim_start();
    let (before, words) = (&text[..text.len() - words.len()], words.trim_end());
    (before, words, &text[before.len() + words.len()..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check_nearest(word: &str, candidates: &[&str], expected: Option<(&str, usize)>) {
        assert_eq!(nearest(word, candidates.iter().copied()), expected);
    }

    #[test]
    fn a_typing_error_is_an_insertion_a_deletion_a_replacement_or_a_swap() {
        check_nearest("healthh", &["health"], Some(("health", 1)));
        check_nearest("helth", &["health"], Some(("health", 1)));
        check_nearest("heolth", &["health"], Some(("health", 1)));
        check_nearest("haelth", &["health"], Some(("health", 1)));
        check_nearest("HEALTH", &["health"], Some(("health", 0)));
        check_nearest("SANTE", &["Santé"], Some(("Santé", 1)));
    }

    #[test]
    fn one_error_is_allowed_for_every_three_letters_up_to_three() {
        check_nearest("ab", &["abc"], Some(("abc", 1)));
        check_nearest("abcde", &["abxye"], None);
        check_nearest("abcdef", &["abxyef"], Some(("abxyef", 2)));
        check_nearest("local-governmxyz", &["local-government"], Some(("local-government", 3)));
        check_nearest("local-governwxyz", &["local-government"], None);
        check_nearest("police", &["health", "schools"], None);
        check_nearest("police", &[], None);
    }

    #[test]
    fn the_nearest_name_wins_and_ties_go_to_the_first() {
        check_nearest("healt", &["heat", "health", "heal"], Some(("heal", 1)));
        check_nearest("polices", &["policies", "police", "polite"], Some(("police", 1)));
        check_nearest("abcdef", &["abcdxy", "abcdex"], Some(("abcdex", 1)));
    }

    #[test]
    fn a_short_list_reads_as_a_sentence() {
        assert_eq!(one_of(&[]), "");
        assert_eq!(one_of(&["a"]), "\"a\"");
        assert_eq!(one_of(&["a", "b"]), "\"a\" or \"b\"");
        assert_eq!(one_of(&["a", "b", "c"]), "\"a\", \"b\" or \"c\"");
    }

    #[test]
    fn a_size_is_rounded_up() {
        const MEBIBYTE: u64 = 1024 * 1024;
        assert_eq!(size_in_words(MEBIBYTE), "1 megabyte");
        assert_eq!(size_in_words(64 * MEBIBYTE), "64 megabytes");
        assert_eq!(size_in_words(64 * MEBIBYTE + 1), "64.1 megabytes");
        assert_eq!(size_in_words(0), "0 megabytes");
        assert!(size_in_words(u64::MAX).ends_with(" megabytes"));
    }

    #[test]
    fn shown_values_fit_on_a_line() {
        assert_eq!(shown("a\u{1b}[2J\nb"), "a [2J b");
        assert_eq!(shown(&"é".repeat(60)), "é".repeat(60));
        assert_eq!(shown(&format!("{} {}", "é".repeat(59), "x")), format!("{}…", "é".repeat(59)));
    }

    proptest! {
        #[test]
        fn dissimilar_names_are_not_suggested(word: String, candidates: Vec<String>) {
            if let Some((found, edits)) = nearest(&word, candidates.iter().map(String::as_str)) {
                prop_assert!(candidates.iter().any(|candidate| candidate == found));
                prop_assert!(edits <= 3);
            }
        }
    }
}
