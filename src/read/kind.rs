//! The path of a file → its kind, and the keys that such a file may have.

use super::page;
use crate::{
    model::{
        assemble::is_glossary,
        keys::{self, Key},
    },
    problem::FilePath,
};

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DocumentKind {
    Config,
    Vocabulary,
    Glossary,
    Places,
    Synonyms,
    Home,
    Case,
    Page,
    /// Not a document: published as it is, if something links to it.
    File,
    /// YAML or Markdown in a folder where nothing reads it.
    Misplaced,
    /// A file of a theme, which `site` reads.
    Theme,
}

impl DocumentKind {
    /// The keys of such a file; empty if nothing reads its keys.
    pub(super) fn keys(self) -> &'static [Key] {
        match self {
            DocumentKind::Config => keys::SETTINGS,
            DocumentKind::Vocabulary => keys::VOCABULARY,
            DocumentKind::Glossary => keys::ENTRY,
            DocumentKind::Places => keys::LISTED_PLACE,
            DocumentKind::Synonyms => keys::SYNONYMS,
            DocumentKind::Home => keys::HOME,
            DocumentKind::Case => keys::CASE,
            DocumentKind::Page => keys::PAGE,
            DocumentKind::File | DocumentKind::Misplaced | DocumentKind::Theme => &[],
        }
    }

    /// Is the whole of such a file YAML? Others are Markdown with front matter.
    pub(super) fn is_yaml(self) -> bool {
        use DocumentKind::{Config, Glossary, Places, Synonyms, Vocabulary};
        matches!(self, Config | Vocabulary | Glossary | Places | Synonyms)
    }

    /// The kind of the file at a path.
    pub(super) fn of(path: &FilePath) -> DocumentKind {
        let extension = path.extension();
        let (is_yaml, is_markdown) = (matches!(extension.as_str(), "yaml" | "yml"), extension == "md");
        match path.folder() {
            "" if path.as_str() == "casebook.yaml" => DocumentKind::Config,
            "content/vocabularies" if is_yaml => DocumentKind::Vocabulary,
            _ if is_glossary(path) => DocumentKind::Glossary,
            "content" if is_yaml && path.stem() == "places" => DocumentKind::Places,
            "content" if is_yaml && path.stem() == "synonyms" => DocumentKind::Synonyms,
            "content" if is_markdown && path.stem().eq_ignore_ascii_case("index") => DocumentKind::Home,
            folder if is_markdown && format!("{folder}/").starts_with("content/cases/") => DocumentKind::Case,
            folder if is_markdown && format!("{folder}/").starts_with(page::FOLDER) => DocumentKind::Page,
            folder if folder == "themes" || folder.starts_with("themes/") => DocumentKind::Theme,
            _ if is_yaml || is_markdown => DocumentKind::Misplaced,
            _ => DocumentKind::File,
        }
    }
}
