//! Text → a scalar of YAML that is read back as the same text, for all code that writes YAML.
//!
//! A text has quotation marks only if it needs them.

use std::{borrow::Cow, fmt::Write};

use serde::Serialize;
use serde_yaml::Value;

/// Where a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// After a key or a hyphen, to the end of the line.
    Block,
    /// Within a list or a mapping on one line, where more texts need quotation marks.
    Flow,
}

/// A text as YAML, quoted only if necessary.
pub fn scalar(text: &str, context: Context) -> Cow<'_, str> {
    if needs_quotes(text, context) { Cow::from(quoted(text)) } else { Cow::from(text) }
}

/// A value as JSON, which is YAML once the characters that only YAML takes for line breaks or refuses are escaped.
pub fn quoted(value: &(impl Serialize + ?Sized)) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    if !json.contains(is_special_in_yaml) {
        return json;
    }
    json.chars().fold(String::with_capacity(json.len() + 8), |mut yaml, c| {
        match is_special_in_yaml(c) {
            true => write!(yaml, "\\u{:04x}", u32::from(c)).expect("a text takes every text"),
            false => yaml.push(c),
        }
        yaml
    })
}

/// Is this a character that YAML takes for a line break or a mark of the encoding, or does not allow, and that JSON
/// does not escape?
fn is_special_in_yaml(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn needs_quotes(text: &str, context: Context) -> bool {
    let starts_oddly =
        text.starts_with(|c: char| "-?:,[]{}#&*!|>'\"%@`=~.".contains(c) || c.is_whitespace() || c == '\u{feff}');
    let is_structure =
        text.contains(": ") || text.ends_with(':') || text.contains(" #") || text.ends_with(char::is_whitespace);
    let is_odd = text.contains(|c: char| c.is_control() || is_special_in_yaml(c));
    let is_parted =
        context == Context::Flow && text.contains([',', '[', ']', '{', '}', ':', '#']) && !is_web_address(text);
    text.is_empty() || starts_oddly || is_structure || is_odd || is_parted || is_other_kind(text)
}

/// A web address contains a colon without a space after it, and needs no quotation marks.
fn is_web_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains([',', '[', ']', '{', '}', ' '])
}

/// Would YAML 1.1 or 1.2 read this text as a value of another type, or as a merge? A date is no problem. Version 1.1
/// has numbers such as `0777`, `1_000` and `12:30`.
fn is_other_kind(text: &str) -> bool {
    const WORDS: [&str; 12] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf", "<<"];
    if WORDS.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return true;
    }
    let is_of_digits = text.chars().all(|c| c.is_ascii_digit() || "_:.+".contains(c));
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '+');
    is_number && (is_of_digits || serde_yaml::from_str::<Value>(text).map_or(true, |value| !value.is_string()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_quoted_only_if_it_needs_it() {
        for (text, in_block, in_flow) in [
            ("Third sector", "Third sector", "Third sector"),
            ("2013-05-01", "2013-05-01", "2013-05-01"),
            ("https://a.uk/b#c", "https://a.uk/b#c", "https://a.uk/b#c"),
            ("a, b", "a, b", "\"a, b\""),
            ("a: b", "\"a: b\"", "\"a: b\""),
            ("2010", "\"2010\"", "\"2010\""),
            ("12:30", "\"12:30\"", "\"12:30\""),
            ("1_000", "\"1_000\"", "\"1_000\""),
            ("It\u{92}s", "\"It\\u0092s\"", "\"It\\u0092s\""),
            ("no", "\"no\"", "\"no\""),
            ("", "\"\"", "\"\""),
        ] {
            assert_eq!(scalar(text, Context::Block), in_block);
            assert_eq!(scalar(text, Context::Flow), in_flow);
        }
    }

    proptest! {
        #[test]
        fn a_written_text_is_read_back(
            text in "[ -~é\\n\u{80}-\u{9f}\u{7f}\u{2028}\u{feff}\u{fffe}\u{ffff}\t]{0,20}|[a-z0-9:,\\[\\]{}#&*!|>'\"%@`.=<~+-]{0,6}|[0-9xeo_.+]{1,6}|null|True|no|<<"
        ) {
            let (block, flow) = (scalar(&text, Context::Block), scalar(&text, Context::Flow));
            let yaml = format!("block: {block}\nitems:\n  - {block}\nlist: [{flow}, {flow}]\nmap: {{ a: {flow} }}\n");
            let read: Value = serde_yaml::from_str(&yaml).map_err(|error| TestCaseError::fail(format!("{error}: {yaml}")))?;
            let values = [&read["block"], &read["items"][0], &read["list"][0], &read["list"][1], &read["map"]["a"]];
            for value in values {
                prop_assert_eq!(value, &Value::from(text.as_str()), "{}", yaml);
            }
        }
    }
}
