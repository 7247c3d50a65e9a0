//! Values of a source → words, texts and lists.

use serde_yaml::Value;

use crate::read::invisible;

/// A value as text. The items of a list are joined by commas; a mapping has no text.
pub(super) fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => clean(text),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Sequence(items) => {
            let words: Option<Vec<String>> = items.iter().map(text_of_item).collect();
            words?.join(", ")
        }
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

fn text_of_item(value: &Value) -> Option<String> {
    if value.is_sequence() { None } else { text(value) }
}

/// The items of a list. A text is split at semicolons, bars and line ends.
pub(super) fn items(value: &Value) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Sequence(items) => {
            items.iter().flat_map(|item| if item.is_sequence() { items_of(item) } else { vec![item.clone()] }).collect()
        }
        Value::String(text) => {
            let parts = parts(text).into_iter().map(without_bullet).filter(|part| !part.is_empty());
            parts.map(Value::from).collect()
        }
        other => vec![other.clone()],
    }
}

/// The parts of a text between semicolons, bars and line ends. A semicolon within an address is a part of it.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut word) = (Vec::new(), 0, 0);
    for (at, letter) in text.char_indices() {
        let is_in_address = || {
            let rest = &text[at + 1..];
            text[word..at].contains("://")
                && !rest.starts_with("http")
                && rest.starts_with(|next: char| !next.is_whitespace())
        };
        if matches!(letter, '|' | '\n') || letter == ';' && !is_in_address() {
            parts.push(&text[start..at]);
            (start, word) = (at + 1, at + 1);
        } else if letter.is_whitespace() {
            word = at + letter.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts
}

fn items_of(value: &Value) -> Vec<Value> {
    value.as_sequence().cloned().unwrap_or_default()
}

/// A part of a list without its bullet.
fn without_bullet(part: &str) -> String {
    clean(part.trim().trim_start_matches(['•', '·', '–', '*', '-']).trim())
}

/// The words of a list of terms. A text that is no term as a whole is also split at commas.
pub(super) fn words(value: &Value, is_term: impl Fn(&str) -> bool) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for item in items(value).iter().filter_map(text) {
        match item.contains(',') && !is_term(&item) {
            true => words.extend(item.split(',').map(without_bullet).filter(|word| !word.is_empty())),
            false => words.push(item),
        }
    }
    words
}

/// Removes invisible and control characters, and space at the ends. All line breaks become `\n`.
pub(super) fn clean(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let printable: String = lines
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .map(|c| if c == '\u{a0}' { ' ' } else { c })
        .collect();
    invisible::without(&printable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_several_words() {
        let words_of = |text: &str| words(&Value::from(text), |word| word == "Trade, industry");
        assert_eq!(words_of("Health; Police | Fire\n• Housing"), ["Health", "Police", "Fire", "Housing"]);
        assert_eq!(words_of("Health, Police"), ["Health", "Police"]);
        assert_eq!(words_of("Trade, industry"), ["Trade, industry"]);
        assert!(words_of(" ; ").is_empty());
        assert_eq!(words_of("https://a.uk/x;y=z;https://b.uk; Fire"), ["https://a.uk/x;y=z", "https://b.uk", "Fire"]);
    }

    #[test]
    fn invisible_characters_are_removed() {
        assert_eq!(clean(" a\u{200b}b\u{a0}c\r\nd\u{2028}e\u{7} "), "ab c\nd\ne");
    }

    #[test]
    fn joiners_that_a_script_needs_are_kept() {
        for text in ["क्\u{200d}ष 👨\u{200d}👩", "می\u{200c}خواهم"] {
            assert_eq!(clean(text), text);
        }
    }
}
