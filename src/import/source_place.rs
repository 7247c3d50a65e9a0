//! Finds where a case was imported from if its front matter cannot be read, so that a second import knows the case.

use serde_json::Value;

/// The place in the source and the fingerprint of an imported case, as `extra.imported` has them.
pub fn source_place(imported: &Value) -> Option<(String, String)> {
    let text = |key: &str| imported.get(key).and_then(Value::as_str).map(str::to_owned);
    Some((text("from")?, text("mark").unwrap_or_default()))
}

/// The same for a text whose front matter is broken elsewhere: from the line of `imported:`, or from that line and the
/// two below it.
pub fn source_place_in_broken(text: &str) -> Option<(String, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.trim_start().starts_with("imported:"))?;
    [1, 3].into_iter().find_map(|count| {
        let lines = lines.get(at..at + count)?.join("\n");
        let yaml: Value = serde_yaml::from_str(lines.trim_start()).ok()?;
        source_place(yaml.get("imported")?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_in_the_source_is_found_on_one_line_and_on_several() {
        let found = Some(("old/a: b.md".to_owned(), "0f".to_owned()));
        for imported in ["{ from: \"old/a: b.md\", mark: 0f }", "\n    from: \"old/a: b.md\"\n    mark: 0f"] {
            let text = format!("---\ntitle: [A\nextra:\n  a: 1\n  imported: {imported}\n---\nText.\n");
            assert_eq!(source_place_in_broken(&text), found, "{text}");
        }
        for text in ["", "imported:", "imported: {", "imported: x\na", "imported:\n  from: [\n"] {
            assert_eq!(source_place_in_broken(text), None, "{text}");
        }
    }
}
