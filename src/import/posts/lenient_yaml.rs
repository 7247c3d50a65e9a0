//! YAML as other generators read it: a key may occur twice, and tags say nothing.

use std::{collections::HashMap, fmt};

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_yaml::{Mapping, Value};

use crate::{
    import::front_matter::{name, on_one_line},
    read::can_be_parsed,
};

/// Parses YAML. If a key occurs twice, the last value counts; the other entries are given, each on one line.
pub(super) fn lenient(yaml: &str) -> Result<(Value, Vec<String>), String> {
    if !can_be_parsed(yaml) {
        return Err(
            "it is larger than 1 megabyte, or has more brackets within each other than any front matter".to_owned()
        );
    }
    let mut replaced = Vec::new();
    let reader = LenientReader { replaced: &mut replaced };
    let value = reader.deserialize(serde_yaml::Deserializer::from_str(yaml)).map_err(|error| error.to_string())?;
    Ok((value, replaced))
}

/// Reads one value.
struct LenientReader<'r> {
    /// The entries whose key has another value further down.
    replaced: &'r mut Vec<String>,
}

impl LenientReader<'_> {
    /// A reader of a value within this one.
    fn inner(&mut self) -> LenientReader<'_> {
        LenientReader { replaced: self.replaced }
    }
}

impl<'de> DeserializeSeed<'de> for LenientReader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for LenientReader<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any YAML value")
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::from(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Value, A::Error> {
        let mut found = Vec::new();
        while let Some(item) = items.next_element_seed(self.inner())? {
            found.push(item);
        }
        Ok(Value::Sequence(found))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<Value, A::Error> {
        let mut found: Vec<(Value, Value)> = Vec::new();
        while let Some(key) = entries.next_key_seed(self.inner())? {
            found.push((key, entries.next_value_seed(self.inner())?));
        }
        let last: HashMap<Value, usize> = found.iter().enumerate().map(|(n, (key, _))| (key.clone(), n)).collect();
        let mut mapping = Mapping::with_capacity(last.len());
        for (n, (key, value)) in found.into_iter().enumerate() {
            if last.get(&key) == Some(&n) {
                mapping.insert(key, value);
            } else {
                self.replaced.push(format!("{}: {}", name(&key), on_one_line(&value)));
            }
        }
        Ok(Value::Mapping(mapping))
    }

    /// A value with a tag. Old Ruby wrote `! 'text'` for a text with marks, so many sites of Jekyll have it.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant_seed(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(yaml: &str, value: &str, replaced: &[&str]) {
        let (found, others) = lenient(yaml).unwrap();
        assert_eq!(serde_json::to_string(&found).unwrap(), value, "{yaml}");
        assert_eq!(others, replaced, "{yaml}");
    }

    #[test]
    fn every_value_is_read_as_yaml_is() {
        let yaml =
            "a: [1, -2, 3.5, true, ~, x, '1', 2013-05-01]\nb: {c: |-\n    d\n}\n\"e\": &f {g: 1}\nh: *f\ni:\n2: j\n";
        let (found, replaced) = lenient(&yaml.replace("{c: |-\n    d\n}", "\n  c: |-\n    d")).unwrap();
        assert_eq!(
            found,
            serde_yaml::from_str::<Value>(&yaml.replace("{c: |-\n    d\n}", "\n  c: |-\n    d")).unwrap()
        );
        assert_eq!(replaced, [""; 0]);
    }

    #[test]
    fn tags_are_dropped() {
        check("a: ! 'x'\nb: !ruby/hash {c: !d e}\n", r#"{"a":"x","b":{"c":"e"}}"#, &[]);
    }

    #[test]
    fn of_two_entries_with_one_key_the_last_counts() {
        check("a: 1\nb: [p,\n  q]\na: 2\nb: z\n", r#"{"a":2,"b":"z"}"#, &["a: 1", "b: [p, q]"]);
        check("a: {b: 1, b: 2}\nc: [{d: 1, d: {}}]\n", r#"{"a":{"b":2},"c":[{"d":{}}]}"#, &["b: 1", "d: 1"]);
        check("a: |\n  x\n  y\na: 2\n", r#"{"a":2}"#, &["a: \"x\\ny\\n\""]);
    }

    #[test]
    fn yaml_that_would_take_long_is_refused() {
        for yaml in
            ["[".repeat(2000), format!("a: {}", "x".repeat(2_000_000)), "a: &a [1]\n".repeat(2) + "b: [", "a: [".into()]
        {
            assert!(lenient(&yaml).is_err());
        }
    }
}
