//! Writes front matter: keys in the order of `casebook new`, values in the form that an editor would write.
//!
//! Short lists and mappings are on one line, long ones on several; texts have quotation marks only if YAML needs them.
//! A property test checks that every value is read back unchanged.

use std::{borrow::Cow, collections::BTreeMap};

use serde_yaml::{Mapping, Value};

use crate::{
    model::{
        Library,
        keys::{self, CASE},
        vocabulary::Vocabulary,
    },
    yaml_text::{Context, quoted, scalar},
};

/// The longest line before a value is split.
const LONGEST_LINE: usize = 100;

/// The first of the keys that come after the vocabularies.
const FIRST_AFTER_VOCABULARIES: &str = "place";

/// The keys whose lists are written below them, one item to a line.
const ONE_ITEM_PER_LINE: [&str; 1] = ["sources"];

/// The front matter between its two lines of hyphens. A title that nobody wrote is an empty line. With `choices`, a
/// vocabulary without a value has its terms as a comment to choose from.
pub fn front_matter(
    fields: &Mapping,
    comments: &BTreeMap<String, Vec<String>>,
    library: &Library,
    choices: bool,
) -> String {
    let mut text = "---\n".to_owned();
    let mut write = |key: &str| {
        // A hint of the template on an empty key is not needed any more.
        let is_hint = |comment: &str| !fields.contains_key(key) && hint(key).as_deref() == Some(comment);
        for comment in comments.get(key).into_iter().flatten().filter(|comment| !is_hint(comment)) {
            text.push_str(&format!("# {comment}\n"));
        }
        let vocabulary = library.vocabularies.iter().find(|vocabulary| vocabulary.file.id == key);
        match (fields.get(key), vocabulary) {
            (Some(value), _) => entry(&mut text, key, value),
            (None, _) if key == "title" => text.push_str("title:\n"),
            (None, Some(vocabulary)) if choices => {
                text.push_str(&self::choices(vocabulary));
                text.push_str(&format!("{key}:\n"));
            }
            _ => {}
        }
    };
    let vocabularies: Vec<&str> = library.vocabularies.iter().map(|vocabulary| vocabulary.file.id.as_str()).collect();
    let first = keys::names(CASE).take_while(|key| *key != FIRST_AFTER_VOCABULARIES);
    let rest = keys::names(CASE).skip_while(|key| *key != FIRST_AFTER_VOCABULARIES).filter(|key| *key != "extra");
    let is_placed = |key: &&str| vocabularies.contains(key) || keys::names(CASE).any(|known| known == *key);
    let own = fields.keys().filter_map(Value::as_str).filter(|key| !is_placed(key));
    for key in first.chain(vocabularies.iter().copied()).chain(rest).chain(own).chain(["extra"]) {
        write(key);
    }
    text.push_str("---\n");
    text
}

/// The comment that `casebook new` writes above a key.
fn hint(key: &str) -> Option<String> {
    let row = CASE.iter().find(|row| row.name == key)?;
    Some(row.comment().trim_start_matches("# ").to_owned())
}

/// The terms of a vocabulary, as a comment to choose from.
pub fn choices(vocabulary: &Vocabulary) -> String {
    let question = vocabulary.file.question.clone().unwrap_or_else(|| vocabulary.file.label.clone());
    let how_many = if vocabulary.file.many { "one or several" } else { "one" };
    let width = vocabulary.terms.iter().map(|term| term.slug().chars().count()).max().unwrap_or(0);
    let mut text = format!("# {} ({how_many} of these)\n", question.replace('\n', " "));
    for term in &vocabulary.terms {
        text.push_str(&format!("#   {:width$}  {}\n", term.slug(), term.label.replace('\n', " ")));
    }
    text
}

/// A key of the top level with its value.
fn entry(text: &mut String, key: &str, value: &Value) {
    match value {
        Value::Sequence(items) if ONE_ITEM_PER_LINE.contains(&key) && !items.is_empty() => {
            text.push_str(&format!("{}:\n", scalar(key, Context::Block)));
            items.iter().for_each(|item| list_item(text, item, 1));
        }
        // `extra` may be long, so each of its keys has a line.
        Value::Mapping(fields) if key == "extra" && !fields.is_empty() => {
            text.push_str("extra:\n");
            fields.iter().for_each(|(key, value)| pair(text, &name(key), value, 1));
        }
        value => pair(text, key, value, 0),
    }
}

/// A key and its value, at a depth of indentation.
fn pair(text: &mut String, key: &str, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    let key = scalar(key, Context::Block);
    if let Some(flow) = flow(value).filter(|flow| !is_long(flow, value, depth + key.len())) {
        text.push_str(&format!("{indent}{key}: {flow}\n"));
        return;
    }
    match value {
        Value::Mapping(fields) => {
            text.push_str(&format!("{indent}{key}:\n"));
            for (key, value) in fields {
                pair(text, &name(key), value, depth + 1);
            }
        }
        Value::Sequence(items) => {
            text.push_str(&format!("{indent}{key}:\n"));
            items.iter().for_each(|item| list_item(text, item, depth + 1));
        }
        Value::String(words) => text.push_str(&format!("{indent}{key}: {}\n", block(words, depth + 1))),
        other => text.push_str(&format!("{indent}{key}: {}\n", flow_of_scalar(other))),
    }
}

/// An item of a list.
fn list_item(text: &mut String, item: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    match item {
        Value::Mapping(fields) if !fields.is_empty() => {
            let mut inner = String::new();
            for (key, value) in fields {
                pair(&mut inner, &name(key), value, depth + 1);
            }
            text.push_str(&format!("{indent}- {}", inner.trim_start_matches(' ')));
        }
        Value::String(words) => text.push_str(&format!("{indent}- {}\n", block(words, depth + 1))),
        Value::Sequence(_) if flow(item).is_none() => {
            // Lists within lists are rare, so write them as JSON, which is YAML.
            text.push_str(&format!("{indent}- {}\n", quoted(item)));
        }
        other => text.push_str(&format!("{indent}- {}\n", flow(other).unwrap_or_else(|| flow_of_scalar(other)))),
    }
}

/// A key as text.
pub(super) fn name(key: &Value) -> Cow<'_, str> {
    match key {
        Value::String(name) => Cow::from(name),
        other => Cow::from(flow_of_scalar(other)),
    }
}

/// A value on one line, if it can be written so.
fn flow(value: &Value) -> Option<String> {
    Some(match value {
        Value::Sequence(items) => {
            let items: Option<Vec<String>> = items.iter().map(flow_within).collect();
            format!("[{}]", items?.join(", "))
        }
        Value::Mapping(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Mapping(fields) => {
            let pairs: Option<Vec<String>> = fields
                .iter()
                .map(|(key, value)| Some(format!("{}: {}", scalar(&name(key), Context::Flow), flow_within(value)?)))
                .collect();
            format!("{{ {} }}", pairs?.join(", "))
        }
        Value::String(words) if words.contains('\n') => return None,
        Value::String(words) => scalar(words, Context::Block).into_owned(),
        other => flow_of_scalar(other),
    })
}

/// A value on one line: as YAML, or, if it has a text of several lines, as JSON.
pub(super) fn on_one_line(value: &Value) -> String {
    flow(value).unwrap_or_else(|| quoted(value))
}

fn flow_within(value: &Value) -> Option<String> {
    match value {
        Value::String(words) if words.contains('\n') => None,
        Value::String(words) => Some(scalar(words, Context::Flow).into_owned()),
        other => flow(other),
    }
}

/// Is a line too long for a list or a mapping? A single text cannot be split.
fn is_long(flow: &str, value: &Value, before: usize) -> bool {
    let is_deep = matches!(value, Value::Sequence(items) if items.iter().any(Value::is_mapping));
    !value.is_string() && (is_deep || before + flow.chars().count() > LONGEST_LINE)
}

fn flow_of_scalar(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        other => serde_json::to_string(other).unwrap_or_default(),
    }
}

/// A text of several lines below its key. One that a block would change is quoted instead.
fn block(words: &str, depth: usize) -> String {
    let is_plain = |c: char| !c.is_control() || c == '\n';
    let is_sound = words.contains('\n')
        && words.chars().all(is_plain)
        && !words.contains(['\u{85}', '\u{2028}', '\u{2029}', '\u{feff}'])
        && !words.starts_with([' ', '\n'])
        && !words.ends_with('\n')
        && !words.contains(" \n")
        && !words.ends_with(" ");
    if !is_sound {
        return scalar(words, Context::Block).into_owned();
    }
    let indent = "  ".repeat(depth);
    let lines: Vec<String> =
        words.split('\n').map(|line| if line.is_empty() { String::new() } else { format!("{indent}{line}") }).collect();
    format!("|-\n{}", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(value: &Value) -> String {
        let mut text = String::new();
        entry(&mut text, "key", value);
        text
    }

    #[track_caller]
    fn check(yaml: &str, text: &str) {
        let value: Value = serde_yaml::from_str(yaml).unwrap();
        assert_eq!(written(&value), text);
    }

    #[test]
    fn values_are_written_in_the_form_that_an_editor_would_write() {
        check("'One chief executive'", "key: One chief executive\n");
        check("'One: two'", "key: \"One: two\"\n");
        check("'2013'", "key: \"2013\"\n");
        check("[[\"a\\n\\u2028 \"]]", "key:\n  - [\"a\\n\\u2028 \"]\n");
        check("2013", "key: 2013\n");
        check("'2013-05-01'", "key: 2013-05-01\n");
        check("'no'", "key: \"no\"\n");
        check("[a, 'b, c']", "key: [a, \"b, c\"]\n");
        check("{name: Torbay, region: South West}", "key: { name: Torbay, region: South West }\n");
        check("[{term: a, what: 'B: c'}]", "key:\n  - term: a\n    what: \"B: c\"\n");
        check("\"a\\nb\"", "key: |-\n  a\n  b\n");
    }

    fn value() -> impl Strategy<Value = Value> {
        let text = prop_oneof!["[ -~é\\n\u{2028}\u{feff}\t]{0,30}", "[a-z0-9:,\\[\\]{}#&*!|>'\"%@`.=~+-]{0,6}"];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            text.prop_map(Value::from)
        ];
        leaf.prop_recursive(3, 20, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Sequence),
                prop::collection::vec(("[a-z: #]{1,6}", inner), 0..4).prop_map(|pairs| Value::Mapping(
                    pairs.into_iter().map(|(key, value)| (Value::from(key), value)).collect()
                )),
            ]
        })
    }

    proptest! {
        #[test]
        fn written_values_are_read_back(value in value()) {
            let text = written(&value);
            let read: Value = serde_yaml::from_str(&text).map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
            prop_assert_eq!(&read["key"], &value, "{}", text);
        }
    }
}
