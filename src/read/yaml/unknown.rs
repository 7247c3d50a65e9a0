//! Reports the keys of a mapping that nothing reads, each with the help that fits it: the correct spelling, the name
//! that Casebook has for it, or a place for keys of the library's own.

use serde_yaml::Value;

use super::{Map, Trail};
use crate::{
    model::{
        address::is_term_id,
        keys::{self, Key, ValueKind},
    },
    problem::{
        Problem, Side,
        message::yaml::{self as message, Shape},
    },
    read::{LibraryKeys, invisible},
};

impl Map<'_> {
    /// Reports each key that is not one of these.
    pub fn only_keys(&self, known: &'static [Key], problems: &mut Vec<Problem>) {
        let instead = match keys::named(known, "extra") {
            Some(_) => message::Instead::Extra,
            None => message::Instead::Nowhere,
        };
        self.only_listed_keys(known, &LibraryKeys::default(), instead, problems);
    }

    /// Reports each key that is neither one of these nor one of the library's own.
    pub fn only_keys_or_own(&self, known: &'static [Key], own: &LibraryKeys, problems: &mut Vec<Problem>) {
        self.only_listed_keys(known, own, message::Instead::Fields, problems);
    }

    fn only_listed_keys(
        &self,
        known: &'static [Key],
        own: &LibraryKeys,
        instead: message::Instead,
        problems: &mut Vec<Problem>,
    ) {
        for (key, value) in self.entries {
            if let Value::String(key) = key
                && keys::named(known, key).is_none()
                && !own.iter().any(|own| own == key)
            {
                problems.push(self.unknown_key(key, value, known, own, instead));
            }
        }
        self.only_text_keys(problems);
    }

    fn unknown_key(
        &self,
        key: &str,
        value: &Value,
        known: &'static [Key],
        own: &LibraryKeys,
        instead: message::Instead,
    ) -> Problem {
        let spot = self.key_spot(key);
        if let Some(here) = keys::named_elsewhere(known, key) {
            if here.name == "status" && says_published(key, value) {
                return message::published_anyway(&spot, key);
            }
            let own = match value {
                Value::String(text)
                    if matches!(here.kind, ValueKind::Text | ValueKind::TextUpTo(_)) && !text.contains('\n') =>
                {
                    Some(text)
                }
                _ => None,
            };
            return message::key_of_another_tool(&spot, key, here.name, here.example, own.map(String::as_str));
        }
        if !own.vocabularies.is_empty() && keys::SORTED_ELSEWHERE.contains(&key) {
            let ids: Vec<&str> = own.vocabularies.iter().map(|id| &**id).collect();
            return message::sorted_by_vocabularies(&spot, key, &ids);
        }
        if let Some(character) = invisible::first_in_key(key) {
            return message::invisible_in_key(&spot, key, character);
        }
        let names = keys::names(known).chain(own.iter());
        match instead {
            message::Instead::Fields if !value.is_null() => message::own_key(&spot, key, Shape::of(value), names),
            _ => message::unknown_field(&spot, key, value.is_null(), instead, names),
        }
    }

    /// Reports each key that is not text: a number, true or false, nothing, or a list.
    pub fn only_text_keys(&self, problems: &mut Vec<Problem>) {
        let others = self.entries.keys().enumerate().filter(|(_, key)| !key.is_string());
        problems.extend(others.map(|(n, _)| message::key_no_text(&Trail::Item(self.trail, n).spot(Side::Key))));
    }
}

/// Does a key of another tool, such as `draft` or `published`, say that the page is published?
fn says_published(key: &str, value: &Value) -> bool {
    let is = |value: &Value, words: [&str; 3]| match value {
        Value::Bool(flag) => words[0].parse() == Ok(*flag),
        Value::String(text) => words.contains(&text.to_lowercase().as_str()),
        _ => false,
    };
    match key {
        "draft" | "hidden" => is(value, ["false", "no", "off"]),
        _ => is(value, ["true", "yes", "on"]),
    }
}

impl Shape {
    /// The shape of an unknown key's value.
    fn of(value: &Value) -> Shape {
        let is_term = |value: &Value| value.as_str().is_some_and(is_term_id);
        match value {
            Value::Sequence(items) if items.iter().all(is_term) => Shape::Terms,
            Value::Sequence(_) => Shape::List,
            Value::Number(_) => Shape::Number,
            Value::String(text) if text.starts_with("http://") || text.starts_with("https://") => Shape::Link,
            Value::String(text) if text.parse::<jiff::civil::Date>().is_ok() => Shape::Date,
            text if is_term(text) => Shape::Terms,
            _ => Shape::Text,
        }
    }
}
