//! Reads a new case back before it is written, as `casebook check` would: moves values that a key refuses to `extra`,
//! and lists the parts that the case must still have before it can be published.

use std::collections::BTreeSet;

use serde_yaml::Value;

use super::ExistingLibrary;
use crate::{
    import::{Loss, front_matter::front_matter, mapping::ImportedCase},
    model::Library,
    problem::{Code, FilePath, Severity, SpotPart, Step},
    read::{self, Document, LibraryKeys},
    source::SourceFile,
};

/// Writes the front matter, and moves every key that the reader refuses to `extra`.
pub(super) fn accepted_front_matter(
    case: &mut ImportedCase,
    file: &FilePath,
    is_draft: bool,
    existing: &ExistingLibrary<'_>,
) -> String {
    loop {
        let mut fields = case.fields.clone();
        fields.insert("extra".into(), Value::Mapping(case.extra.clone()));
        let text = front_matter(&fields, &case.comments, existing.library, is_draft);
        let refused = refused_keys(&text, file, &existing.keys);
        let refused: Vec<&String> =
            refused.iter().filter(|key| case.fields.contains_key(key.as_str()) && *key != "extra").collect();
        if refused.is_empty() {
            return text;
        }
        for key in refused {
            if let Some(value) = case.fields.remove(key.as_str()) {
                let what = format!("{key}: {}", serde_json::to_string(&value).unwrap_or_default());
                case.losses.push(Loss::unfit_value(&what));
                case.keep(key, value);
            }
        }
    }
}

/// The keys of front matter that the reader refuses. A value of which it only warns is for the editor to judge.
fn refused_keys(text: &str, file: &FilePath, keys: &LibraryKeys) -> BTreeSet<String> {
    let read = read::document(file, &SourceFile::Text(text.as_bytes().into()), keys);
    let errors = read.problems.iter().filter(|problem| problem.severity == Severity::Error);
    let of_front_matter = errors.filter_map(|problem| match &problem.spot.part {
        SpotPart::Yaml { path, .. } => match path.as_slice() {
            [Step::Key(key)] if problem.code != Code::MissingField => Some(key.clone()),
            [Step::Key(key), _, ..] => Some(key.clone()),
            _ => None,
        },
        _ => None,
    });
    debug_assert!(matches!(read.value, Some(Document::Case(_))));
    of_front_matter.collect()
}

/// Would `check` take this text for more of the front matter above it?
pub(super) fn continues_front_matter(front: &str, body: &str, file: &FilePath, keys: &LibraryKeys) -> bool {
    let may_continue = || body.lines().any(|line| line.trim_end() == "---");
    let is_refused = || {
        let text = format!("{front}\n{body}\n");
        let read = read::document(file, &SourceFile::Text(text.as_bytes().into()), keys);
        read.problems.iter().any(|problem| problem.code == Code::BadYaml)
    };
    may_continue() && is_refused()
}

/// The name of the body among the parts that are missing. A case without it can be published.
pub(super) const MISSING_TEXT: &str = "text";

/// The parts that a case must still have before it can be published. `text` is its whole file, which ends with its
/// body.
pub(super) fn missing(case: &ImportedCase, file: &FilePath, text: &str, body: &str, library: &Library) -> Vec<String> {
    let has = |key: &str| case.fields.contains_key(key);
    let mut missing: Vec<String> = ["summary"].into_iter().filter(|key| !has(key)).map(str::to_owned).collect();
    let required =
        library.vocabularies.iter().filter(|vocabulary| vocabulary.file.required && !has(&vocabulary.file.id));
    missing.extend(required.map(|vocabulary| vocabulary.file.id.clone()));
    if body.is_empty() {
        missing.push(MISSING_TEXT.to_owned());
    }
    if has_pictures_without_words(file, text, body) {
        missing.push("words for its pictures".to_owned());
    }
    missing
}

/// Would `check` report missing alternative texts? A body without pictures is not read.
fn has_pictures_without_words(file: &FilePath, text: &str, body: &str) -> bool {
    let may_have_pictures = body.contains("![") || body.contains("<img") || body.contains("<IMG");
    let start = text.rfind(body).unwrap_or(text.len());
    let problems = || read::markdown::body(file, text, start..text.len()).problems;
    may_have_pictures && problems().iter().any(|problem| problem.code == Code::MissingAlt)
}
