//! YAML values → typed values, with every mistake at once.
//!
//! Takes the tree of `yaml_tree`. A reader asks [`Map`] for each key with the expected type. An absent key
//! gives `None`; a value of another type gives `None` and a problem, and reading goes on. Spots are paths of keys,
//! which the report turns into lines and columns.

use std::borrow::Cow;

use serde_yaml::{Mapping, Value};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{LibraryKeys, garbled, plain_text, slip::BULLETS, unseen};
use crate::{
    model::keys::{self, Key},
    problem::{
        FilePath, Problem, Side, Span, Spot, SpotPart, Step, Written,
        message::doubtful,
        message::nearest,
        message::pasted,
        message::yaml::{self as message, Shape},
        report::locate,
    },
};

/// The path of keys to a value. It lives on the stack; a [`Spot`] is made of it only where one is kept.
#[derive(Clone, Copy)]
pub enum Trail<'t> {
    /// The top of the YAML at these bytes of a file with this text, and the keys that it may have.
    Top(&'t FilePath, &'t str, &'t Span, &'static [Key]),
    /// The value of a key.
    Key(&'t Trail<'t>, &'t str),
    /// An item of a list.
    Item(&'t Trail<'t>, usize),
}

impl Trail<'_> {
    /// The spot at the end of the trail.
    pub fn spot(&self, side: Side) -> Spot {
        let mut path = Vec::new();
        let mut trail = self;
        loop {
            match trail {
                Trail::Key(up, key) => {
                    path.push(Step::Key((*key).to_owned()));
                    trail = up;
                }
                Trail::Item(up, n) => {
                    path.push(Step::Item(*n));
                    trail = up;
                }
                Trail::Top(file, _, block, _) => {
                    path.reverse();
                    return Spot {
                        file: (*file).clone(),
                        part: SpotPart::Yaml { block: (*block).clone(), path, side },
                    };
                }
            }
        }
    }

    /// The text of the file.
    fn text(&self) -> &str {
        match self {
            Trail::Top(_, text, ..) => text,
            Trail::Key(up, _) | Trail::Item(up, _) => up.text(),
        }
    }

    /// The row of the nearest key above in the table of keys; none at the top, and for the id of a vocabulary.
    fn key(&self) -> Option<&'static Key> {
        match self {
            Trail::Key(up, name) => keys::named(up.keys(), name),
            Trail::Item(up, _) => up.key(),
            Trail::Top(..) => None,
        }
    }

    /// The keys that a mapping here may have.
    fn keys(&self) -> &'static [Key] {
        match self {
            Trail::Top(.., keys) => keys,
            Trail::Item(up, _) => up.keys(),
            Trail::Key(..) => self.key().map_or(&[], |key| key.kind.keys()),
        }
    }

    /// How the value of the nearest key above is written, or an entry of a file that is a list.
    fn form(&self) -> Option<String> {
        match self {
            Trail::Item(Trail::Top(.., keys), _) | Trail::Top(.., keys) => Some(keys::entry(keys)),
            _ => self.key().and_then(Key::form),
        }
    }

    /// The nearest key above, for messages: an item of `sector` is called `sector`.
    fn name(&self) -> &str {
        match self {
            Trail::Key(_, key) => key,
            Trail::Item(up, _) => up.name(),
            Trail::Top(..) => "",
        }
    }
}

/// A value with its path.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    value: &'a Value,
    trail: &'a Trail<'a>,
}

/// A mapping with its path.
#[derive(Clone, Copy)]
pub struct Map<'a> {
    entries: &'a Mapping,
    trail: &'a Trail<'a>,
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

    /// Text. Blank text is absent; control characters, which pages may not contain, become U+FFFD.
    pub fn text(self, problems: &mut Vec<Problem>) -> Option<Cow<'a, str>> {
        match self.value {
            Value::String(text) => {
                let text = self.seen(text, problems);
                plain_text::check(&self, &text, problems);
                Some(text).filter(|text| !text.is_empty())
            }
            Value::Number(_) => self.unquoted("a number", problems),
            Value::Bool(_) => self.unquoted("true or false", problems),
            Value::Null => None,
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

    /// Calls `tell` with each text in this value.
    pub fn each_text(self, tell: &mut impl FnMut(Node<'_>, &str)) {
        match self.value {
            Value::String(text) => tell(self, text),
            Value::Sequence(items) => {
                for (n, value) in items.iter().enumerate() {
                    Node { value, trail: &Trail::Item(self.trail, n) }.each_text(tell);
                }
            }
            Value::Mapping(entries) => {
                for (key, value) in entries {
                    let Some(key) = key.as_str() else { continue };
                    Node { value, trail: &Trail::Key(self.trail, key) }.each_text(tell);
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
        let text = self.trail.text();
        let span = locate::spans(&[&self.spot()], |_| Some(text.as_bytes())).pop().flatten();
        span.and_then(|span| text.get(span)).unwrap_or_default().to_owned()
    }

    /// Is it text without a letter in it?
    pub fn is_blank_text(&self) -> bool {
        matches!(self.value, Value::String(text) if text.trim().is_empty())
    }

    /// Any scalar as text: for dates and years, which YAML may read as numbers.
    pub fn scalar(self, problems: &mut Vec<Problem>) -> Option<String> {
        match self.value {
            Value::Number(number) if number.is_i64() => Some(number.to_string()),
            Value::Number(_) | Value::Bool(_) => Some(self.source()),
            Value::String(text) => Some(self.seen(text, problems).into_owned()).filter(|text| !text.is_empty()),
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
                let mut item = |(n, value)| read(Node { value, trail: &Trail::Item(self.trail, n) }, problems);
                items.iter().enumerate().filter_map(&mut item).collect()
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
        let mut is_told = false;
        let name = self.name();
        self.each(problems, |node, problems| match node.value {
            Value::Mapping(entries) if Map { entries, trail: node.trail }.has_some(keys) => {
                read(Map { entries, trail: node.trail }, problems)
            }
            _ => {
                if !std::mem::replace(&mut is_told, true) {
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
    fn seen(&self, text: &'a str, problems: &mut Vec<Problem>) -> Cow<'a, str> {
        if text.is_ascii() {
            return printable(text.trim());
        }
        if let Some((at, _)) = garbled::first(text) {
            let now = garbled::restored(text.trim()).unwrap_or_default();
            problems.push(pasted::garbled_value(&self.spot(), self.name(), text.trim(), &text[at], &now));
            return printable(text.trim());
        }
        let unseen = unseen::first(text);
        if let Some(first) = unseen {
            problems.push(doubtful::unseen(&self.spot(), self.name(), text.trim(), &unseen::without(text), first));
        }
        let text = match unseen {
            Some(_) => Cow::Owned(printable(unseen::without(text).trim()).into_owned()),
            None => printable(text.trim()),
        };
        if is_nfc_quick(text.chars()) == IsNormalized::Yes { text } else { Cow::Owned(text.nfc().collect()) }
    }

    fn unquoted<T>(&self, found: &str, problems: &mut Vec<Problem>) -> Option<T> {
        problems.push(message::unquoted(&self.spot(), self.name(), found, &self.source()));
        None
    }
}

/// The text without control characters, except line breaks and tabs.
fn printable(text: &str) -> Cow<'_, str> {
    let unprintable = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}')
    };
    match text.contains(unprintable) {
        true => Cow::Owned(text.replace(unprintable, "\u{fffd}")),
        false => Cow::Borrowed(text),
    }
}

impl<'a> Map<'a> {
    /// The place of the mapping.
    pub fn spot(&self) -> Spot {
        self.trail.spot(Side::Value)
    }

    /// The place of a key, or where it would be.
    pub fn key_spot(&self, key: &str) -> Spot {
        Trail::Key(self.trail, key).spot(Side::Key)
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
        if value.is_none() && problems.len() == before && !self.has_near(key) {
            let is_there = self.entries.contains_key(key);
            let missing = if is_there { message::empty_field } else { message::missing_field };
            problems.push(missing(&self.key_spot(key), key));
        }
        value
    }

    /// Does it have a misspelling of this absent key? The misspelling is reported as an unknown key, which is enough.
    pub fn has_near(&self, key: &str) -> bool {
        let is_it = |other: &str| {
            let elsewhere = keys::named_elsewhere(self.trail.keys(), other).is_some_and(|here| here.name == key);
            elsewhere || other.len() > 2 && nearest(other, [key].into_iter()).is_some()
        };
        !self.entries.contains_key(key) && self.keys().any(is_it)
    }

    /// Does it have one of these keys, or a misspelling of one?
    fn has_some(&self, keys: &'static [Key]) -> bool {
        let is_near = |key: &str| key.len() > 2 && nearest(key, keys::names(keys)).is_some();
        self.keys().any(|key| keys::named(keys, key).is_some() || is_near(key))
    }

    /// Does it have only keys without values?
    pub fn is_blank(&self) -> bool {
        self.entries.values().all(Value::is_null)
    }

    /// The text of a key that must be there.
    pub fn required(&self, key: &str, problems: &mut Vec<Problem>) -> Option<String> {
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

    /// Reports one text, under a key or in an item of its list, that probably contains several names.
    pub fn no_list_in_one_text(&self, key: &str, problems: &mut Vec<Problem>) {
        let parted = |text: &str, marks: &[char]| marks.iter().copied().find(|&mark| text.contains(mark));
        self.read(key, problems, |node, problems| {
            let mut tell = |node: Node<'_>, text: &str, mark| {
                problems.push(doubtful::list_in_one_text(&node.spot(), key, text.trim(), mark));
            };
            if let Some(text) = node.plain_text().filter(|text| !is_lines_of_a_list(text)) {
                return parted(text, &[';', ',']).map(|mark| tell(node, text, mark));
            }
            for (n, value) in node.value.as_sequence()?.iter().enumerate() {
                let item = Node { value, trail: &Trail::Item(node.trail, n) };
                if let Some(text) = item.plain_text().filter(|text| text.contains(';')) {
                    tell(item, text, ';');
                }
            }
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
    pub fn extra(&self, problems: &mut Vec<Problem>) -> crate::model::document::Extra {
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

    /// Every key with its value.
    pub fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.entries.keys().filter_map(Value::as_str)
    }

    /// Reports each key that is not one of these.
    pub fn only(&self, known: &'static [Key], problems: &mut Vec<Problem>) {
        let instead = match keys::named(known, "extra") {
            Some(_) => message::Instead::Extra,
            None => message::Instead::Nowhere,
        };
        self.only_these(known, &LibraryKeys::default(), instead, problems);
    }

    /// Reports each key that is neither one of these nor one of the library's own.
    pub fn only_or(&self, known: &'static [Key], own: &LibraryKeys, problems: &mut Vec<Problem>) {
        self.only_these(known, own, message::Instead::Fields, problems);
    }

    fn only_these(
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
                let names = keys::names(known).chain(own.iter());
                problems.push(match keys::named_elsewhere(known, key) {
                    Some(here) => message::key_of_another_tool(&self.key_spot(key), key, here.name, here.example),
                    None if !own.vocabularies.is_empty() && keys::SORTED_ELSEWHERE.contains(&key.as_str()) => {
                        message::sorted_by_vocabularies(&self.key_spot(key), key, &own.vocabularies)
                    }
                    None if matches!(instead, message::Instead::Fields) && !value.is_null() => {
                        message::own_key(&self.key_spot(key), key, Shape::of(value), names)
                    }
                    None => message::unknown_field(&self.key_spot(key), key, value.is_null(), instead, names),
                });
            }
        }
        self.only_text_keys(problems);
    }

    /// Reports each key that is not text: a number, true or false, nothing, or a list.
    pub fn only_text_keys(&self, problems: &mut Vec<Problem>) {
        let others = self.entries.keys().enumerate().filter(|(_, key)| !key.is_string());
        problems.extend(others.map(|(n, _)| message::key_no_text(&Trail::Item(self.trail, n).spot(Side::Key))));
    }
}

impl Shape {
    /// The shape of an unknown key's value.
    fn of(value: &Value) -> Shape {
        let is_term = |value: &Value| value.as_str().is_some_and(super::is_term_id);
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

/// Is this text really a list, whose lines begin with a bullet, or with a hyphen without a space?
fn is_lines_of_a_list(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c.is_whitespace();
    let is_mark = |c: char| c == '-' || c == '*' || BULLETS.contains(&c);
    let mut start = text.chars();
    start.next().is_some_and(is_mark) && start.next().is_some_and(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{problem::Code, read::yaml_tree::parse};

    /// The codes of the problems of reading a small mapping with values of every kind.
    #[track_caller]
    fn check(yaml: &str, ask: impl FnOnce(Map<'_>, &mut Vec<Problem>), expected: &[Code]) {
        let file = FilePath::new("a.yaml");
        let block = 0..yaml.len();
        let value = parse(&file, yaml, &block).expect("sound YAML");
        let top = Trail::Top(&file, yaml, &block, &[]);
        let mut problems = Vec::new();
        ask(Node::top(&value, &top).map(&mut Vec::new()).expect("a mapping"), &mut problems);
        assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn an_absent_key_is_none_and_no_problem() {
        check(
            "a:\nb: ''\n",
            |map, problems| {
                assert_eq!(map.text("a", problems), None);
                assert_eq!(map.text("b", problems), None);
                assert_eq!(map.text("c", problems), None);
                assert_eq!(map.flag("a", problems), None);
                assert!(map.each("a", problems, |node, problems| node.written(problems)).is_empty());
            },
            &[],
        );
    }

    #[test]
    fn a_missing_required_key_is_reported_once() {
        let ask = |map: Map<'_>, problems: &mut Vec<Problem>| assert_eq!(map.required("a", problems), None);
        check("b: x\n", ask, &[Code::MissingField]);
        check("a: [x]\n", ask, &[Code::WrongType]);
        check("a: 12\n", ask, &[Code::WrongType]);
    }

    #[test]
    fn a_single_value_is_a_list_of_one() {
        check(
            "a: x\nb: [y, z, 3]\n",
            |map, problems| {
                let texts =
                    |key, problems: &mut Vec<Problem>| map.each(key, problems, |node, problems| node.written(problems));
                assert_eq!(texts("a", problems).len(), 1);
                assert_eq!(texts("b", problems).len(), 2);
            },
            &[Code::WrongType],
        );
    }

    #[test]
    fn a_spot_has_the_path_to_the_value() {
        check(
            "a: [x, { b: y }]\n",
            |map, problems| {
                let spots = map.each("a", problems, |node, problems| {
                    if node.is_map() { node.map(problems)?.written("b", problems) } else { node.written(problems) }
                });
                let paths: Vec<SpotPart> = spots.into_iter().map(|written| written.spot.part).collect();
                let key = |key: &str| Step::Key(key.to_owned());
                let part = |path| SpotPart::Yaml { block: 0..17, path, side: Side::Value };
                assert_eq!(paths, [part(vec![key("a"), Step::Item(0)]), part(vec![key("a"), Step::Item(1), key("b")])]);
            },
            &[],
        );
    }

    #[test]
    fn every_unknown_key_is_reported() {
        check(
            "name: 1\nb: 2\n3: x\n[c]: y\n",
            |map, problems| map.only(keys::LICENCE, problems),
            &[Code::UnknownField; 3],
        );
    }

    #[test]
    fn control_characters_are_replaced_in_values() {
        check(
            "a: \"x\\u0007y\\nz\"\n",
            |map, problems| {
                assert_eq!(map.text("a", problems).as_deref(), Some("x\u{fffd}y\nz"));
            },
            &[],
        );
    }
}
