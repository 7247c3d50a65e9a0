//! JSON for all exports: absent values are left out, and JSON inside a page cannot end its script element.

use serde::Serialize;
use serde_json::Value;

/// Removes nulls and empty lists from a value, however deep.
pub fn without_absent(value: Value) -> Value {
    let is_there = |value: &Value| !value.is_null() && !value.as_array().is_some_and(Vec::is_empty);
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().map(|(key, value)| (key, without_absent(value)));
            Value::Object(kept.filter(|(_, value)| is_there(value)).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_absent).filter(is_there).collect()),
        plain => plain,
    }
}

/// JSON for a file: indented, with a line break at the end.
pub fn text(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("texts, numbers and lists under text keys are JSON");
    text.push('\n');
    text
}

/// Adds a long list to a text, one item to a line, so that two versions can be compared line by line, and only one item
/// is in memory at a time.
pub fn with_lines<T: Serialize>(before: String, items: impl Iterator<Item = T>) -> String {
    let mut text = before.into_bytes();
    text.push(b'[');
    for (n, item) in items.enumerate() {
        text.extend_from_slice(if n == 0 { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut text, &item).expect("texts, numbers and lists under text keys are JSON");
    }
    text.extend_from_slice(b"\n]");
    String::from_utf8(text).expect("JSON is text")
}

/// JSON without white space.
pub fn compact(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts, numbers and lists under text keys are JSON")
}

/// JSON for a script element. `<` is escaped, so that nothing in it can end the element or begin another.
pub fn embedded(value: &impl Serialize) -> String {
    compact(value).replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn absent_values_are_left_out() {
        let value = json!({ "a": null, "b": [], "c": [null, { "d": null, "e": 0 }], "f": "" });
        assert_eq!(without_absent(value), json!({ "c": [{ "e": 0 }], "f": "" }));
    }

    #[test]
    fn a_list_has_one_item_to_a_line() {
        let items = [json!({ "a": [1, { "b": "c\nd" }] }), json!({}), json!("e")];
        assert_eq!(with_lines("c: ".to_owned(), items.iter()), "c: [\n{\"a\":[1,{\"b\":\"c\\nd\"}]},\n{},\n\"e\"\n]");
        assert_eq!(with_lines(String::new(), std::iter::empty::<Value>()), "[\n]");
    }

    #[test]
    fn no_text_ends_the_script_element() {
        let value = json!({ "name": "</script><!-- <b> & \"q\"" });
        let text = embedded(&value);
        assert!(!text.contains('<'), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(value));
    }
}
