//! Sections of Hugo whose pages are all drafts: their `_index.md` has `cascade: { draft: true }`.

use serde_yaml::Value;

use super::{
    super::{ImportKind, ImportSource},
    front_matter::split,
    settings::Settings,
};
use crate::problem::FilePath;

/// The files of a site that make the pages beside and below them drafts.
pub(super) fn indexes_of_drafts(kind: ImportKind, source: &ImportSource<'_>) -> Vec<FilePath> {
    let is_index = |file: &&FilePath| kind == ImportKind::Hugo && file.name().starts_with("_index.");
    source.files.iter().filter(is_index).filter(|file| makes_drafts(file, source).unwrap_or(false)).cloned().collect()
}

fn makes_drafts(index: &FilePath, source: &ImportSource<'_>) -> Option<bool> {
    let bytes = (source.bytes)(index).ok()?;
    let post = split(std::str::from_utf8(&bytes).ok()?).ok()?;
    let is_draft = |cascade: &Value| cascade.get("draft") == Some(&Value::from(true));
    Some(match post.fields.get("cascade")? {
        Value::Sequence(several) => several.iter().any(is_draft),
        one => is_draft(one),
    })
}

/// The file that makes this page a draft.
pub(super) fn of_drafts<'s>(page: &FilePath, settings: &'s Settings) -> Option<&'s FilePath> {
    let folder = format!("{}/", page.folder());
    settings.indexes_of_drafts.iter().find(|index| folder.starts_with(&format!("{}/", index.folder())))
}
