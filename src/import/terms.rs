//! Adds new terms to the text of a vocabulary, below the existing ones.

use std::collections::BTreeSet;

use serde_yaml::Value;

use super::front_matter::scalar;
use crate::model::address::slug;

/// New terms as lines of a vocabulary.
pub fn lines(labels: &BTreeSet<String>) -> String {
    indented(labels, "  ")
}

fn indented(labels: &BTreeSet<String>, indent: &str) -> String {
    let term = |label: &String| {
        format!("{indent}- id: {}\n{indent}  label: {}\n", scalar(&slug(label), false), scalar(label, false))
    };
    labels.iter().map(term).collect()
}

/// The text of a vocabulary with new terms; none if it is not written in a form that can be extended safely.
pub fn with_terms(text: &str, labels: &BTreeSet<String>) -> Option<String> {
    let before = terms_of(text)?;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let start = lines.iter().position(|line| line.trim_end() == "terms:" || line.starts_with("terms: #"))? + 1;
    let is_within = |line: &&str| line.starts_with([' ', '-', '\t', '#']) || line.trim().is_empty();
    let length = lines[start..].iter().take_while(|line| is_within(line)).count();
    let blank = lines[start..start + length].iter().rev().take_while(|line| line.trim().is_empty()).count();
    let end = start + length - blank;
    let item = lines[start..end].iter().find(|line| line.trim_start().starts_with("- "));
    let indent = item.map_or("  ", |line| &line[..line.len() - line.trim_start().len()]);
    let mut with = lines[..end].concat();
    if !with.ends_with('\n') {
        with.push('\n');
    }
    with.push_str(&indented(labels, indent));
    with.push_str(&lines[end..].concat());
    (terms_of(&with)? == before + labels.len()).then_some(with)
}

fn terms_of(text: &str) -> Option<usize> {
    let vocabulary: Value = serde_yaml::from_str(text).ok()?;
    match vocabulary.get("terms")? {
        Value::Sequence(terms) => Some(terms.len()),
        Value::Null => Some(0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_added_below_the_existing_ones() {
        let new = BTreeSet::from(["Open data".to_owned()]);
        let text = "label: Sector\nterms:\n- id: a\n  label: A\n\n# end\nplural: Sectors\n";
        let with = with_terms(text, &new).unwrap();
        assert!(with.contains("  label: A\n\n# end\n- id: open-data\n  label: Open data\nplural"), "{with}");
        assert_eq!(with_terms("terms: []\n", &new), None);
        assert!(with_terms("terms:\n", &new).is_some());
    }
}
