//! Adds new terms to the text of a vocabulary, below the existing ones and in their style.

use std::collections::BTreeSet;

use serde_yaml::Value;

use super::{TextChange, as_yaml, changed, with_line_ends_of};
use crate::model::address::slug;

/// New terms as lines of a vocabulary.
pub fn lines(labels: &BTreeSet<String>) -> String {
    indented(labels, "  ", false)
}

/// The lines of new terms; with `in_braces`, one for each term.
fn indented(labels: &BTreeSet<String>, indent: &str, in_braces: bool) -> String {
    let term = |label: &String| {
        let (id, label) = (as_yaml(&slug(label), ""), as_yaml(label, ""));
        match in_braces {
            true => format!("{indent}- {{ id: {id}, label: {label} }}\n"),
            false => format!("{indent}- id: {id}\n{indent}  label: {label}\n"),
        }
    };
    labels.iter().map(term).collect()
}

/// The insertion of new terms into the text of a vocabulary; none if it is not written in a form that can be extended
/// safely.
pub fn insertion(text: &str, labels: &BTreeSet<String>) -> Option<TextChange> {
    let before = terms_of(text)?;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let start = lines.iter().position(|line| line.trim_end() == "terms:" || line.starts_with("terms: #"))? + 1;
    let is_within = |line: &&str| line.starts_with([' ', '-', '\t', '#']) || line.trim().is_empty();
    let length = lines[start..].iter().take_while(|line| is_within(line)).count();
    let blank = lines[start..start + length].iter().rev().take_while(|line| line.trim().is_empty()).count();
    let end = start + length - blank;
    let item = lines[start..end].iter().rfind(|line| line.trim_start().starts_with("- "));
    let indent = item.map_or("  ", |line| &line[..line.len() - line.trim_start().len()]);
    let in_braces = item.is_some_and(|line| line.trim_start().starts_with("- {"));
    let at = lines[..end].iter().map(|line| line.len()).sum();
    let line_break = if text[..at].ends_with('\n') { "" } else { "\n" };
    let added = format!("{line_break}{}", indented(labels, indent, in_braces));
    let change = TextChange { at: at..at, now: with_line_ends_of(text, &added) };
    let with = String::from_utf8(changed(text.as_bytes(), std::slice::from_ref(&change))).ok()?;
    (terms_of(&with)? == before + labels.len()).then_some(change)
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

    #[track_caller]
    fn check(text: &str, label: &str, expected: Option<&str>) {
        let change = insertion(text, &BTreeSet::from([label.to_owned()]));
        let with = change.map(|change| String::from_utf8(changed(text.as_bytes(), &[change])).unwrap());
        assert_eq!(with.as_deref(), expected);
    }

    #[test]
    fn terms_are_added_below_the_existing_ones_in_their_style() {
        check(
            "label: Sector\nterms:\n- id: a\n  label: A\n\n# end\nplural: Sectors\n",
            "Open data",
            Some(
                "label: Sector\nterms:\n- id: a\n  label: A\n\n# end\n- id: open-data\n  label: Open data\nplural: Sectors\n",
            ),
        );
        check(
            "terms:\n    - { id: a, label: A }",
            "Health, social care",
            Some(
                "terms:\n    - { id: a, label: A }\n    - { id: health-social-care, label: \"Health, social care\" }\n",
            ),
        );
        check("terms:\n", "Null", Some("terms:\n  - id: \"null\"\n    label: \"Null\"\n"));
        check("terms: []\n", "A", None);
    }

    #[test]
    fn the_line_ends_of_the_vocabulary_are_kept() {
        check(
            "label: Sector\r\nterms:\r\n- id: a\r\n  label: A\r\nplural: Sectors\r\n",
            "B",
            Some("label: Sector\r\nterms:\r\n- id: a\r\n  label: A\r\n- id: b\r\n  label: B\r\nplural: Sectors\r\n"),
        );
        check(
            "label: Sector\r\nterms:\r\n  - { id: a, label: A }",
            "B",
            Some("label: Sector\r\nterms:\r\n  - { id: a, label: A }\r\n  - { id: b, label: B }\r\n"),
        );
    }
}
