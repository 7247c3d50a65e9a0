//! The path of a file → what it is, and the kind of a document.

use super::page;
use crate::{
    model::{assemble::is_glossary, keys::DocumentKind},
    problem::FilePath,
};

/// What a file is by its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PathKind {
    /// A document.
    Document(DocumentKind),
    /// Not a document: published as it is, if something links to it.
    File,
    /// YAML or Markdown in a folder where nothing reads it.
    Misplaced,
    /// A file of a theme, which `site` reads.
    Theme,
}

/// The kind of the document at a path; none if the file there is none.
pub fn document_kind(path: &FilePath) -> Option<DocumentKind> {
    match PathKind::of(path) {
        PathKind::Document(kind) => Some(kind),
        PathKind::File | PathKind::Misplaced | PathKind::Theme => None,
    }
}

/// Do all pages depend on the file at this path, such as the settings or a vocabulary?
pub fn is_shared(path: &FilePath) -> bool {
    let is_beside_a_page = |folder: &str| path.as_str().starts_with(folder);
    let is_of_one_page = document_kind(path) == Some(DocumentKind::Home) || is_beside_a_page("content/cases/");
    !is_of_one_page && !is_beside_a_page(page::FOLDER)
}

impl PathKind {
    /// What the file at a path is.
    pub(super) fn of(path: &FilePath) -> PathKind {
        let extension = path.extension();
        let (is_yaml, is_markdown) = (matches!(extension.as_str(), "yaml" | "yml"), extension == "md");
        match path.folder() {
            "" if path.as_str() == "casebook.yaml" => PathKind::Document(DocumentKind::Settings),
            "content/vocabularies" if is_yaml => PathKind::Document(DocumentKind::Vocabulary),
            _ if is_glossary(path) => PathKind::Document(DocumentKind::Glossary),
            "content" if is_yaml && path.stem() == "places" => PathKind::Document(DocumentKind::Places),
            "content" if is_yaml && path.stem() == "synonyms" => PathKind::Document(DocumentKind::Synonyms),
            "content" if is_markdown && path.stem().eq_ignore_ascii_case("index") => {
                PathKind::Document(DocumentKind::Home)
            }
            folder if is_markdown && format!("{folder}/").starts_with("content/cases/") => {
                PathKind::Document(DocumentKind::Case)
            }
            folder if is_markdown && format!("{folder}/").starts_with(page::FOLDER) => {
                PathKind::Document(DocumentKind::Page)
            }
            folder if folder == "themes" || folder.starts_with("themes/") => PathKind::Theme,
            _ if is_yaml || is_markdown => PathKind::Misplaced,
            _ => PathKind::File,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_vocabularies_lists_and_themes_are_shared_and_cases_pages_and_what_lies_beside_them_are_not() {
        let is_shared = |path: &&str| is_shared(&FilePath::new(path));
        let shared = ["casebook.yaml", "content/glossary.yaml", "content/vocabularies/tier.yaml", "themes/a/base.html"];
        assert!(shared.iter().all(is_shared));
        let own = ["content/index.md", "content/Index.MD", "content/cases/a/b.md", "content/cases/a.yaml"];
        assert!(!own.iter().chain(&["content/pages/about.md", "content/pages/a.png"]).any(is_shared));
    }
}
