//! A value of YAML → a typed value, or a problem at its place.
//!
//! Texts are cleaned here, once for all readers: blank text is absent, invisible characters are taken out, control
//! characters become U+FFFD, and letters are in Unicode form NFC, so that equal names are equal texts.

use std::borrow::Cow;

use serde_yaml::Value;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{Map, Trail};
use crate::{
    model::keys::Key,
    problem::{
        Problem, Side, Spot, Written,
        message::{doubtful, pasted, yaml as message},
    },
    read::{garbled, invisible, plain_text, unprintable::is_unprintable, yaml_mistake::BULLETS},
};

/// A value with its path.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    pub(super) value: &'a Value,
    pub(super) trail: &'a Trail<'a>,
}

impl<'a> Node<'a> {
    /// The top of some YAML.
    pub fn top(value: &'a Value, trail: &'a Trail<'a>) -> Node<'a> {
        Node { value, trail }
    }

    /// The place of the value.
    pub fn spot(&self) -> Spot {
        self.trail.spot(Side::Value)
    }

    /// Is it prose of the author, by the table of keys?
    pub fn is_prose(&self) -> bool {
        self.trail.is_prose()
    }

    /// Its number in the list that it is in, if it is in one.
    pub fn item(&self) -> Option<usize> {
        self.trail.item()
    }

    /// The name of the nearest key above.
    pub fn name(&self) -> &'a str {
        self.trail.name()
    }

    /// Is it a mapping?
    pub fn is_map(&self) -> bool {
        matches!(self.value, Value::Mapping(_))
    }

    /// Is it an empty mapping, as in an empty file?
    pub fn is_empty_map(&self) -> bool {
        matches!(self.value, Value::Mapping(entries) if entries.is_empty())
    }

    /// Is it a list?
    pub fn is_list(&self) -> bool {
        matches!(self.value, Value::Sequence(_))
    }

    /// Is it a list with entries, and without a value in any of them?
    pub fn is_list_of_nothing(&self) -> bool {
        matches!(self.value, Value::Sequence(items) if !items.is_empty() && items.iter().all(Value::is_null))
    }

    /// A mapping; anything else is `wrong-type`.
    pub fn map(self, problems: &mut Vec<Problem>) -> Option<Map<'a>> {
        match self.value {
            Value::Mapping(entries) => Some(Map { entries, trail: self.trail }),
            _ => self.wrong_type("keys and values", problems),
        }
    }

    /// A mapping, if there is a value.
    pub fn given_map(self, problems: &mut Vec<Problem>) -> Option<Map<'a>> {
        if self.value.is_null() { None } else { self.map(problems) }
    }

    /// Text. Blank text is absent; control characters, which no page may hold, are reported and become U+FFFD.
    pub fn text(self, problems: &mut Vec<Problem>) -> Option<Cow<'a, str>> {
        match self.value {
            Value::String(text) => {
                let text = self.cleaned(text, problems);
                if plain_text::may_be_marked(&text) && self.is_prose() {
                    plain_text::check(&self, &text, problems);
                }
                Some(text).filter(|text| !text.is_empty())
            }
            Value::Number(_) => self.unquoted("a number", problems),
            Value::Bool(_) => self.unquoted("true or false", problems),
            Value::Null => None,
            Value::Mapping(entries) if entries.len() == 1 && is_text_with_colon(&self.source()) => {
                problems.push(message::text_with_colon(&self.spot(), self.name(), &self.source()));
                None
            }
            _ => self.wrong_type("text", problems),
        }
    }

    /// Text with its spot.
    pub fn written(self, problems: &mut Vec<Problem>) -> Option<Written<String>> {
        let value = self.text(problems)?.into_owned();
        Some(Written { value, spot: self.spot() })
    }

    /// True or false.
    pub fn flag(self, problems: &mut Vec<Problem>) -> Option<bool> {
        match self.value {
            Value::Bool(flag) => Some(*flag),
            Value::Null => None,
            _ => self.wrong_type("true or false", problems),
        }
    }

    /// A whole number.
    pub fn number(self, problems: &mut Vec<Problem>) -> Option<i64> {
        match self.value {
            Value::Number(number) => number.as_i64().or_else(|| {
                let found = number.to_string();
                problems.push(message::wrong_type(&self.spot(), self.name(), "a whole number", &found, None));
                None
            }),
            Value::Null => None,
            _ => self.wrong_type("a whole number", problems),
        }
    }

    /// Any number, also one with a fraction.
    pub fn any_number(self, problems: &mut Vec<Problem>) -> Option<serde_json::Number> {
        match self.value {
            Value::Number(number) => match serde_json::to_value(number) {
                Ok(serde_json::Value::Number(number)) => Some(number),
                _ => self.wrong_type("a number", problems),
            },
            Value::Null => None,
            _ => self.wrong_type("a number", problems),
        }
    }

    /// Calls `take` with each text in this value.
    pub fn each_text(self, take: &mut impl FnMut(Node<'_>, &str)) {
        match self.value {
            Value::String(text) => take(self, text),
            Value::Sequence(items) => {
                for (n, value) in items.iter().enumerate() {
                    Node { value, trail: &Trail::Item(self.trail, n) }.each_text(take);
                }
            }
            Value::Mapping(entries) => {
                for (key, value) in entries {
                    let Some(key) = key.as_str() else { continue };
                    Node { value, trail: &Trail::Key(self.trail, key) }.each_text(take);
                }
            }
            _ => {}
        }
    }

    /// The value, if it is text.
    pub fn plain_text(&self) -> Option<&'a str> {
        self.value.as_str()
    }

    /// The value as text, if YAML reads it as a number, or as true or false.
    pub fn bare(&self) -> Option<String> {
        match self.value {
            Value::Number(_) | Value::Bool(_) => Some(self.source()),
            _ => None,
        }
    }

    /// The value as it is written in the file: if text is expected, 1.10 differs from 1.1.
    pub fn source(&self) -> String {
        self.trail.source().to_owned()
    }

    /// Reports a text on several lines without quotation marks, of which YAML makes one, where a list may stand. Says
    /// whether it did.
    pub fn report_lines_of_one_text(&self, problems: &mut Vec<Problem>) -> bool {
        let Some(text) = self.value.as_str().filter(|text| text.contains(' ')) else { return false };
        // The place of a value is its first line, and YAML has made a space of each line break.
        let first = self.source();
        let is_joined = text.len() > first.len() && !first.is_empty() && text.starts_with(&first);
        if is_joined && !is_lines_of_a_list(text) {
            problems.push(doubtful::lines_in_one_text(&self.spot(), self.name()));
        }
        is_joined
    }

    /// Is it text that is empty or blank?
    pub fn is_blank_text(&self) -> bool {
        matches!(self.value, Value::String(text) if text.trim().is_empty())
    }

    /// Any scalar as text: for dates and years, which YAML may read as numbers.
    pub fn scalar(self, problems: &mut Vec<Problem>) -> Option<String> {
        match self.value {
            Value::Number(number) if number.is_i64() => Some(number.to_string()),
            Value::Number(_) | Value::Bool(_) => Some(self.source()),
            Value::String(text) => Some(self.cleaned(text, problems).into_owned()).filter(|text| !text.is_empty()),
            Value::Null => None,
            _ => self.wrong_type("a date", problems),
        }
    }

    /// The items of a list; a single value is a list of one, and nothing is an empty list.
    pub fn each<T>(
        self,
        problems: &mut Vec<Problem>,
        mut read: impl FnMut(Node<'_>, &mut Vec<Problem>) -> Option<T>,
    ) -> Vec<T> {
        match self.value {
            Value::Null => Vec::new(),
            Value::Sequence(items) => {
                let mut item = |(n, value): (usize, &Value)| {
                    let item = Node { value, trail: &Trail::Item(self.trail, n) };
                    if value.is_null() {
                        problems.push(doubtful::empty_item(&item.spot(), self.name()));
                        return None;
                    }
                    read(item, problems)
                };
                // Lists of cases are short and are kept, so room for more items would waste memory.
                let mut list = Vec::with_capacity(items.len());
                list.extend(items.iter().enumerate().filter_map(&mut item));
                list
            }
            Value::String(text) if is_lines_of_a_list(text) => {
                problems.push(message::lines_of_a_list(&self.spot(), self.name()));
                Vec::new()
            }
            _ => read(self, problems).into_iter().collect(),
        }
    }

    /// The items of a list, each a mapping with some of these keys. If all items have another form, only the first is
    /// reported.
    pub fn each_map<T>(
        self,
        keys: &'static [Key],
        problems: &mut Vec<Problem>,
        mut read: impl FnMut(Map<'_>, &mut Vec<Problem>) -> Option<T>,
    ) -> Vec<T> {
        let mut is_reported = false;
        let name = self.name();
        self.each(problems, |node, problems| match node.value {
            Value::Mapping(entries) if Map { entries, trail: node.trail }.has_some(keys) => {
                read(Map { entries, trail: node.trail }, problems)
            }
            _ => {
                if !std::mem::replace(&mut is_reported, true) {
                    problems.push(message::bad_entry(&node.spot(), name, keys[0].name, node.trail.form()));
                }
                None
            }
        })
    }

    /// Reports a value of the wrong type.
    pub fn wrong_type<T>(&self, wanted: &str, problems: &mut Vec<Problem>) -> Option<T> {
        let found = match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "keys and values",
            Value::Tagged(_) => "a value with a YAML tag",
        };
        problems.push(match self.name() {
            "" => message::wrong_type_of_all(&self.spot(), wanted, found),
            name => message::wrong_type(&self.spot(), name, wanted, found, self.trail.form()),
        });
        None
    }

    /// A text without invisible characters, in Unicode form NFC, so that equal names are equal texts.
    fn cleaned(&self, text: &'a str, problems: &mut Vec<Problem>) -> Cow<'a, str> {
        if let Some(c) = text.chars().find(|&c| is_unprintable(c)) {
            problems.push(pasted::unprintable_in_value(&self.spot(), self.name(), c, garbled::of_windows(c)));
        }
        if text.contains(char::REPLACEMENT_CHARACTER) {
            problems.push(pasted::lost_character_in_value(&self.spot(), self.name()));
        }
        if text.is_ascii() {
            return printable(text.trim());
        }
        if let Some((at, _)) = garbled::first(text) {
            let now = garbled::restored(text.trim()).unwrap_or_default();
            problems.push(pasted::garbled_value(&self.spot(), self.name(), text.trim(), &text[at], &now));
            return printable(text.trim());
        }
        let text = match invisible::first(text) {
            Some(first) => {
                let without = invisible::without(text);
                problems.push(doubtful::invisible(&self.spot(), self.name(), text.trim(), &without, first));
                Cow::Owned(printable(&without).into_owned())
            }
            None => printable(text.trim()),
        };
        if is_nfc_quick(text.chars()) == IsNormalized::Yes { text } else { Cow::Owned(text.nfc().collect()) }
    }

    fn unquoted<T>(&self, found: &str, problems: &mut Vec<Problem>) -> Option<T> {
        problems.push(message::unquoted(&self.spot(), self.name(), found, &self.source()));
        None
    }
}

/// Is this key and value, as it is written, probably a text in which a colon stands?
fn is_text_with_colon(source: &str) -> bool {
    source.contains(": ") && !source.starts_with(['{', '?', '!', '&', '"', '\'']) && !source.contains(['"', '\\', '\n'])
}

/// The text without control characters, except line breaks and tabs.
fn printable(text: &str) -> Cow<'_, str> {
    let is_replaced = |c: char| is_unprintable(c) || c == '\r';
    match text.contains(is_replaced) {
        true => Cow::Owned(text.replace(is_replaced, "\u{fffd}")),
        false => Cow::Borrowed(text),
    }
}

/// Is this text really a list, whose lines begin with a bullet, or with a hyphen without a space?
pub(super) fn is_lines_of_a_list(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c.is_whitespace();
    let is_mark = |c: char| c == '-' || c == '*' || BULLETS.contains(&c);
    let mut start = text.chars();
    start.next().is_some_and(is_mark) && start.next().is_some_and(is_word)
}
