//! A mapping of YAML: reads the value of each key with the type that its reader expects.

use std::borrow::Cow;

use serde_yaml::{Mapping, Value};

use super::{Node, Trail, node::is_lines_of_a_list};
use crate::{
    model::{
        document::Extra,
        keys::{self, Key},
    },
    problem::{
        Problem, Side, Spot, Written,
        message::{doubtful, nearest, yaml as message},
    },
};

/// A mapping with its path.
#[derive(Clone, Copy)]
pub struct Map<'a> {
    pub(super) entries: &'a Mapping,
    pub(super) trail: &'a Trail<'a>,
}

impl<'a> Map<'a> {
    /// The place of the mapping.
    pub fn spot(&self) -> Spot {
        self.trail.spot(Side::Value)
    }

    /// Its number in the list that it is in, if it is in one.
    pub fn item(&self) -> Option<usize> {
        self.trail.item()
    }

    /// The place of a key, or where it would be.
    pub fn key_spot(&self, key: &str) -> Spot {
        Trail::Key(self.trail, key).spot(Side::Key)
    }

    /// The place of a key's value, or where it would be.
    pub fn value_spot(&self, key: &str) -> Spot {
        Trail::Key(self.trail, key).spot(Side::Value)
    }

    /// Reads the value of a key; `None` where the key is absent.
    pub fn read<T>(
        &self,
        key: &str,
        problems: &mut Vec<Problem>,
        read: impl FnOnce(Node<'_>, &mut Vec<Problem>) -> Option<T>,
    ) -> Option<T> {
        let value = self.entries.get(key)?;
        read(Node { value, trail: &Trail::Key(self.trail, key) }, problems)
    }

    /// The text of a key.
    pub fn text(&self, key: &str, problems: &mut Vec<Problem>) -> Option<String> {
        self.read(key, problems, |node, problems| node.text(problems).map(Cow::into_owned))
    }

    /// The text of a key, with its spot.
    pub fn written(&self, key: &str, problems: &mut Vec<Problem>) -> Option<Written<String>> {
        self.read(key, problems, |node, problems| node.written(problems))
    }

    /// Reads the value of a key that must be there; its absence is `missing-field`.
    pub fn require<T>(
        &self,
        key: &str,
        problems: &mut Vec<Problem>,
        read: impl FnOnce(Node<'_>, &mut Vec<Problem>) -> Option<T>,
    ) -> Option<T> {
        let before = problems.len();
        let value = self.read(key, problems, read);
        if value.is_none() && problems.len() == before {
            self.report_missing(key, problems);
        }
        value
    }

    /// Reports that a key is absent or empty, unless a misspelling of it is there.
    pub fn report_missing(&self, key: &str, problems: &mut Vec<Problem>) {
        if !self.has_near(key) {
            let is_there = self.entries.contains_key(key);
            let missing = match self.trail.source().starts_with('{') {
                _ if is_there => message::empty_field,
                true => message::missing_in_braces,
                false => message::missing_field,
            };
            problems.push(missing(&self.key_spot(key), key));
        }
    }

    /// Does it have a misspelling of this absent key? The misspelling is reported as an unknown key, which is enough.
    pub fn has_near(&self, key: &str) -> bool {
        let is_misspelling = |other: &str| {
            let elsewhere = keys::named_elsewhere(self.trail.keys(), other).is_some_and(|here| here.name == key);
            elsewhere || other.len() > 2 && nearest(other, [key].into_iter()).is_some()
        };
        !self.entries.contains_key(key) && self.keys().any(is_misspelling)
    }

    /// Does it have one of these keys, or a misspelling of one?
    pub(super) fn has_some(&self, keys: &'static [Key]) -> bool {
        let is_near = |key: &str| key.len() > 2 && nearest(key, keys::names(keys)).is_some();
        self.keys().any(|key| keys::named(keys, key).is_some() || is_near(key))
    }

    /// Does it have only keys without values?
    pub fn is_blank(&self) -> bool {
        self.entries.values().all(Value::is_null)
    }

    /// The text of a key that must be there.
    pub fn required_text(&self, key: &str, problems: &mut Vec<Problem>) -> Option<String> {
        self.require(key, problems, |node, problems| node.text(problems).map(Cow::into_owned))
    }

    /// The true or false under a key.
    pub fn flag(&self, key: &str, problems: &mut Vec<Problem>) -> Option<bool> {
        self.read(key, problems, |node, problems| node.flag(problems))
    }

    /// The items of a key's list.
    pub fn each<T>(
        &self,
        key: &str,
        problems: &mut Vec<Problem>,
        item: impl FnMut(Node<'_>, &mut Vec<Problem>) -> Option<T>,
    ) -> Vec<T> {
        self.read(key, problems, |node, problems| Some(node.each(problems, item))).unwrap_or_default()
    }

    /// Reports one text, under a key or alone in its list, that probably contains several names.
    pub fn no_list_in_one_text(&self, key: &str, problems: &mut Vec<Problem>) {
        let separator = |text: &str, marks: &[char]| marks.iter().copied().find(|&mark| text.contains(mark));
        self.read(key, problems, |node, problems| {
            if node.report_lines_of_one_text(problems) {
                return None;
            }
            let mut report = |node: Node<'_>, text: &str, mark| {
                problems.push(doubtful::list_in_one_text(&node.spot(), key, text.trim(), mark));
            };
            if let Some(text) = node.plain_text().filter(|text| !is_lines_of_a_list(text)) {
                return separator(text, &[';', ',']).map(|mark| report(node, text, mark));
            }
            // In a list of several, a semicolon is a part of a name.
            let [only] = node.value.as_sequence()?.as_slice() else { return None };
            let item = Node { value: only, trail: &Trail::Item(node.trail, 0) };
            let text = item.plain_text().filter(|text| text.contains(';'))?;
            report(item, text, ';');
            Some(())
        });
    }

    /// The mapping under a key; an absent value is no mapping.
    pub fn map<T>(
        &self,
        key: &str,
        problems: &mut Vec<Problem>,
        read: impl FnOnce(Map<'_>, &mut Vec<Problem>) -> Option<T>,
    ) -> Option<T> {
        self.read(key, problems, |node, problems| {
            let map = node.given_map(problems)?;
            read(map, problems)
        })
    }

    /// The mapping under a key, unchanged: for `extra`.
    pub fn extra(&self, problems: &mut Vec<Problem>) -> Extra {
        let read = |node: Node<'_>, problems: &mut Vec<Problem>| match node.value {
            Value::Null => None,
            Value::Mapping(_) => match serde_json::to_value(node.value) {
                Ok(serde_json::Value::Object(object)) => Some(object),
                _ => node.wrong_type("keys and values, each key a text", problems),
            },
            _ => node.wrong_type("keys and values", problems),
        };
        self.read("extra", problems, read).unwrap_or_default()
    }

    /// Every key that is text.
    pub fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.entries.keys().filter_map(Value::as_str)
    }
}
