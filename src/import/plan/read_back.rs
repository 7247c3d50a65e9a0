//! Reads a new case back before it is written, as `casebook check` would: moves values that a key refuses to `extra`,
//! and lists the parts that the case must still have before it can be published.

use std::collections::BTreeSet;

use serde_yaml::{Mapping, Value};

use super::ExistingLibrary;
use crate::{
    import::{
        Loss,
        front_matter::front_matter,
        mapping::{ImportedCase, one_line},
    },
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
        let mut refused = refused_values(&text, file, &existing.keys);
        refused.retain(|refused| case.fields.contains_key(refused.key.as_str()) && refused.key != "extra");
        if refused.is_empty() {
            return text;
        }
        // The last items first, so that the others keep their places in the list.
        for refused in refused.iter().rev() {
            if let Some(value) = taken_out(&mut case.fields, refused) {
                case.losses.push(Loss::unfit_value(&format!("{}: {}", refused.key, one_line(&value))));
                case.keep(&refused.key, value);
            }
        }
    }
}

/// A value that the reader refuses: that of a key, an item of a list there, or a field of that item.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Refused {
    key: String,
    item: Option<usize>,
    field: Option<String>,
}

/// Takes a refused value out of the fields, and no more than that: a source with a wrong date keeps its title. The
/// value of a field comes with the title of its item.
fn taken_out(fields: &mut Mapping, refused: &Refused) -> Option<Value> {
    let key = refused.key.as_str();
    let (items, at) = match (fields.get_mut(key), refused.item) {
        (Some(Value::Sequence(items)), Some(at)) if at < items.len() => (items, at),
        _ => return fields.remove(key),
    };
    let (item, field) = (&mut items[at], refused.field.as_deref());
    let value = item.as_mapping_mut().zip(field).and_then(|(item, field)| item.shift_remove(field));
    let of_field = value.zip(field).map(|(value, field)| {
        let title = item.get("title").map(|title| (Value::from("title"), title.clone()));
        Value::Mapping(title.into_iter().chain([(Value::from(field), value)]).collect())
    });
    let out = of_field.unwrap_or_else(|| items.remove(at));
    if items.is_empty() {
        fields.remove(key);
    }
    Some(Value::Sequence(vec![out]))
}

/// The values in front matter that the reader refuses. One of which it only warns is for the editor to judge.
fn refused_values(text: &str, file: &FilePath, keys: &LibraryKeys) -> BTreeSet<Refused> {
    let read = read::document(file, &SourceFile::Text(text.as_bytes().into()), keys);
    let errors = read.problems.iter().filter(|problem| problem.severity == Severity::Error);
    let of_front_matter = errors.filter_map(|problem| match &problem.spot.part {
        SpotPart::Yaml { path, .. } => match path.as_slice() {
            [Step::Key(key)] if problem.code == Code::MissingField => None,
            [Step::Key(key), within @ ..] => {
                let item = within.first().and_then(|step| if let Step::Item(at) = step { Some(*at) } else { None });
                let field =
                    within.get(1).and_then(|step| if let Step::Key(of) = step { Some(of.clone()) } else { None });
                Some(Refused { key: key.clone(), field: field.filter(|_| item.is_some()), item })
            }
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

/// The parts that a case must still have before it can be published. `text` is its whole file, which ends with its
/// body.
pub(super) fn missing(case: &ImportedCase, file: &FilePath, text: &str, body: &str, library: &Library) -> Vec<String> {
    let has = |key: &str| case.fields.contains_key(key);
    let mut missing: Vec<String> =
        ["title", "summary"].into_iter().filter(|key| !has(key)).map(str::to_owned).collect();
    let required =
        library.vocabularies.iter().filter(|vocabulary| vocabulary.file.required && !has(&vocabulary.file.id));
    missing.extend(required.map(|vocabulary| vocabulary.file.id.clone()));
    if body.is_empty() {
        missing.push("text".to_owned());
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
