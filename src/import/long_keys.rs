//! Shortens keys of a source that YAML could not read on one line with their values.

use serde_yaml::{Mapping as Fields, Value};

use super::{ImportItem, Loss, front_matter::name};
use crate::yaml_text::{Context, scalar};

/// The longest key as it is written, in characters. YAML reads up to 1,024.
const LONGEST: usize = 1000;

/// The characters that are left of a longer key, each of which may be written as an escape of six.
const KEPT: usize = 80;

/// Is a text too long for a key?
pub(super) fn is_too_long(key: &str) -> bool {
    key.len() > KEPT && scalar(key, Context::Flow).chars().count() > LONGEST
}

/// Shortens the long keys of an item, and reports each.
pub(super) fn shorten(item: &mut ImportItem) {
    let mut shortened = Vec::new();
    shorten_within(&mut item.fields, &mut shortened);
    for (long, short) in shortened {
        if let Some(comments) = item.comments.remove(&long) {
            item.comments.insert(short.clone(), comments);
        }
        item.losses.push(Loss::long_key(&short));
    }
}

/// Shortens the long keys of a mapping and of the values in it. Adds each with its new form to `shortened`.
fn shorten_within(fields: &mut Fields, shortened: &mut Vec<(String, String)>) {
    fields.values_mut().for_each(|value| shorten_in_value(value, shortened));
    if !fields.keys().any(|key| is_too_long(&name(key))) {
        return;
    }
    let with_short_key = |(key, value): (Value, Value)| {
        let long = name(&key);
        if !is_too_long(&long) {
            return (key, value);
        }
        let short = short(&long);
        shortened.push((long.into_owned(), short.clone()));
        (Value::from(short), value)
    };
    *fields = std::mem::take(fields).into_iter().map(with_short_key).collect();
}

fn shorten_in_value(value: &mut Value, shortened: &mut Vec<(String, String)>) {
    match value {
        Value::Mapping(fields) => shorten_within(fields, shortened),
        Value::Sequence(items) => items.iter_mut().for_each(|item| shorten_in_value(item, shortened)),
        Value::Tagged(tagged) => shorten_in_value(&mut tagged.value, shortened),
        _ => {}
    }
}

/// The start of a key, with a hash: keys that begin alike stay apart, and a key has the same form in every item.
fn short(key: &str) -> String {
    let start: String = key.chars().take(KEPT).collect();
    format!("{}… ({})", start.trim_end(), &blake3::hash(key.as_bytes()).to_hex()[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_keys_are_shortened_at_every_depth_and_stay_apart() {
        let (one, two) = ("Which of these? ".repeat(70), "Which of these? ".repeat(71));
        let inner = Fields::from_iter([(Value::from("\u{2028}".repeat(400)), Value::from(3))]);
        let mut item = ImportItem {
            fields: Fields::from_iter([
                (Value::from(one.as_str()), Value::from(1)),
                (Value::from(two.as_str()), Value::Sequence(vec![Value::Mapping(inner)])),
                (Value::from("x".repeat(1000)), Value::from(4)),
            ]),
            comments: [(one, vec!["A comment".to_owned()])].into(),
            ..ImportItem::default()
        };
        shorten(&mut item);
        let keys: Vec<&str> = item.fields.keys().filter_map(Value::as_str).collect();
        assert!(keys[0].starts_with("Which of these? ") && keys[0].contains("these?… ("), "{keys:?}");
        assert!(keys[0] != keys[1] && keys[2].len() == 1000, "{keys:?}");
        assert_eq!(item.comments.keys().collect::<Vec<_>>(), [keys[0]]);
        let yaml = serde_json::to_string(&item.fields).unwrap();
        assert!(!yaml.contains(&"\u{2028}".repeat(81)), "{yaml}");
        assert_eq!(item.losses.len(), 3);
    }
}
