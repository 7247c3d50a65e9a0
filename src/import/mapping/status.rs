//! What a field of a source says of the status of its case: `draft: true`, `published: no`, or a word.

use serde_yaml::Value;

use super::values::text;
use crate::model::questions::plain;

/// What a source says of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SourceStatus {
    Draft,
    Published,
}

/// The fields that are true for what everybody sees, and those that are true for what nobody sees.
const TRUE_IF_PUBLISHED: [&str; 3] = ["published", "publish", "public"];
const TRUE_IF_DRAFT: [&str; 4] = ["draft", "hidden", "private", "headless"];

/// The status that a field gives; none if it is not understood.
pub(super) fn status(field: &str, value: &Value) -> Option<SourceStatus> {
    let field = plain(field);
    let has_name = |names: &[&str]| names.contains(&field.as_str());
    match flag(value) {
        Some(flag) if has_name(&TRUE_IF_PUBLISHED) => Some(status_if_published(flag)),
        Some(flag) if has_name(&TRUE_IF_DRAFT) => Some(status_if_published(!flag)),
        Some(_) => None,
        None => match text(value)?.to_lowercase().as_str() {
            "draft" | "pending" | "private" | "future" => Some(SourceStatus::Draft),
            "publish" | "published" | "live" | "public" => Some(SourceStatus::Published),
            _ => None,
        },
    }
}

fn status_if_published(is_published: bool) -> SourceStatus {
    if is_published { SourceStatus::Published } else { SourceStatus::Draft }
}

/// A yes or no in any of the words of YAML 1.1, which other generators read, also between quotation marks.
fn flag(value: &Value) -> Option<bool> {
    match text(value)?.to_lowercase().as_str() {
        "true" | "yes" | "y" | "on" => Some(true),
        "false" | "no" | "n" | "off" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_says_its_status_in_any_words_of_yaml() {
        for (field, value, said) in [
            ("draft", "true", Some(SourceStatus::Draft)),
            ("draft", "yes", Some(SourceStatus::Draft)),
            ("Draft?", "'On'", Some(SourceStatus::Draft)),
            ("draft", "'false'", Some(SourceStatus::Published)),
            ("published", "no", Some(SourceStatus::Draft)),
            ("published", "'false'", Some(SourceStatus::Draft)),
            ("public", "OFF", Some(SourceStatus::Draft)),
            ("publish", "y", Some(SourceStatus::Published)),
            ("private", "true", Some(SourceStatus::Draft)),
            ("hidden", "false", Some(SourceStatus::Published)),
            ("status", "Draft", Some(SourceStatus::Draft)),
            ("status", "live", Some(SourceStatus::Published)),
            ("status", "true", None),
            ("status", "in progress", None),
            ("published", "archived", None),
            ("draft", "{ a: b }", None),
        ] {
            assert_eq!(status(field, &serde_yaml::from_str(value).unwrap()), said, "{field}: {value}");
        }
    }
}
