//! A request about a position in a file, and what it refers to in the library.

use std::path::Path;

use lsp_types::{Location, Position, Range, Url};

use super::{
    cursor::{Cursor, cursor, yaml},
    library::LibraryState,
    links, text,
    text::{Encoding, LineIndex},
};
use crate::{
    model::{
        document::{CaseFile, GlossaryEntry, Source, TermFile, VocabularyFile},
        keys::{self, DocumentKind, Key},
    },
    problem::{FilePath, Span, Spot},
    read,
};

/// A request about a position in a file.
pub struct CursorQuery<'a> {
    /// The state of the library.
    pub state: &'a LibraryState,
    /// The file.
    pub path: &'a FilePath,
    /// Its text as the editor shows it.
    pub text: &'a str,
    /// The unit of columns.
    pub encoding: Encoding,
    /// Whether the client supports snippets.
    pub with_snippets: bool,
}

/// The part of a library that a position refers to.
pub enum Definition<'a> {
    /// A term, in a case or in its vocabulary.
    Term(&'a VocabularyFile, &'a TermFile),
    /// A vocabulary, by its key in a case.
    Vocabulary(&'a VocabularyFile),
    /// A key.
    Key(&'static Key),
    /// A source of the case.
    Source(&'a Source),
    /// Another file, and an anchor in it.
    File(FilePath, Option<String>),
    /// An entry of the glossary.
    Entry(&'a GlossaryEntry),
    /// A heading of this file, by its id.
    Heading(String),
}

impl<'a> CursorQuery<'a> {
    /// The syntax at a position.
    pub fn cursor(&self, position: Position) -> Cursor {
        let at = text::offset(self.text, position, self.encoding);
        cursor(self.text, at, self.is_markdown())
    }

    /// Is the file Markdown?
    pub fn is_markdown(&self) -> bool {
        self.path.extension() == "md"
    }

    /// The YAML of the file: all of it, or its front matter.
    pub fn yaml(&self) -> Option<Span> {
        yaml(self.text, self.is_markdown())
    }

    /// The part of the library that a position refers to, and the bytes of its name.
    pub fn definition_at(&self, position: Position) -> Option<(Definition<'a>, Span)> {
        match self.cursor(position) {
            Cursor::Key(path, span) => {
                let name = self.text[span.clone()].to_owned();
                let path: Vec<&str> = path.iter().map(String::as_str).chain([name.as_str()]).collect();
                let vocabulary = match path[..] {
                    [id] if self.kind() == Some(DocumentKind::Case) => self.vocabulary(id),
                    _ => None,
                };
                let definition = vocabulary.map(Definition::Vocabulary);
                Some((definition.or_else(|| self.key(&path).map(Definition::Key))?, span))
            }
            Cursor::Value(path, span) => Some((self.value(&path, &self.text[span.clone()])?, span)),
            Cursor::Citation(span) => Some((Definition::Source(self.source(&self.text[span.clone()])?), span)),
            Cursor::Link(span) => {
                let (file, anchor) = links::target_of(self.state, self.path, &self.text[span.clone()])?;
                Some((Definition::File(file, anchor), span))
            }
            Cursor::Heading(span) => {
                let (_, _, body) = links::body_of(self.state, self.path)?;
                let heading = links::headings(self.text, body)
                    .find(|(_, line)| line.end == span.end || line.contains(&span.start))?;
                Some((Definition::Heading(heading.0.id.clone()), span))
            }
            Cursor::Word(span) => Some((Definition::Entry(self.entry(&self.text[span.clone()])?), span)),
        }
    }

    /// The part of the library that a value of YAML refers to.
    fn value(&self, path: &[String], value: &str) -> Option<Definition<'a>> {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let documents = self.state.documents();
        match (self.kind()?, path.as_slice()) {
            (DocumentKind::Case, [id] | [id, "term"]) if self.vocabulary(id).is_some() => {
                let vocabulary = self.vocabulary(id)?;
                Some(Definition::Term(vocabulary, term(vocabulary, value)?))
            }
            (DocumentKind::Case, ["adopted", "source"] | ["sources", "id"]) => {
                self.source(value).map(Definition::Source)
            }
            (DocumentKind::Case, ["adopted", "outcome"]) => {
                let vocabulary = self.vocabulary("outcome")?;
                Some(Definition::Term(vocabulary, term(vocabulary, value)?))
            }
            (DocumentKind::Case, ["related"]) => {
                let named = |case: &&CaseFile| case.path.case_name() == value;
                let case = documents.cases.iter().map(AsRef::as_ref).find(named)?;
                Some(Definition::File(case.path.clone(), None))
            }
            (DocumentKind::Case, ["image", "src"]) => {
                let (file, _) = links::target_of(self.state, self.path, value)?;
                Some(Definition::File(file, None))
            }
            (DocumentKind::Vocabulary, ["terms", "id" | "broader" | "replaced_by"]) => {
                let own = documents.vocabularies.iter().find(|vocabulary| vocabulary.path == *self.path)?;
                Some(Definition::Term(own, term(own, value)?))
            }
            (DocumentKind::Settings, ["facets" | "marks"] | ["map", _]) => {
                Some(Definition::File(self.vocabulary(value)?.path.clone(), None))
            }
            (DocumentKind::Glossary, ["term" | "see"]) => self.entry(value).map(Definition::Entry),
            _ => Some(Definition::Key(self.key(&path)?)),
        }
    }

    /// The kind of the file, if it has keys.
    pub fn kind(&self) -> Option<DocumentKind> {
        read::document_kind(self.path)
    }

    /// The key at a path of names.
    pub fn key(&self, path: &[&str]) -> Option<&'static Key> {
        let kind = self.kind()?;
        match path {
            [id, name] if kind == DocumentKind::Case && self.vocabulary(id).is_some() => {
                keys::named(keys::TERM_USE, name)
            }
            _ => keys::at(kind.row().keys, path),
        }
    }

    /// The vocabulary of that id.
    pub fn vocabulary(&self, id: &str) -> Option<&'a VocabularyFile> {
        self.state.documents().vocabularies.iter().map(AsRef::as_ref).find(|vocabulary| vocabulary.id == id)
    }

    /// The case in this file.
    pub fn case(&self) -> Option<&'a CaseFile> {
        self.state.documents().cases.iter().map(AsRef::as_ref).find(|case| case.path == *self.path)
    }

    fn source(&self, id: &str) -> Option<&'a Source> {
        let is_it = |source: &&Source| source.id.as_ref().is_some_and(|own| own.value == id);
        self.case()?.sources.iter().find(is_it)
    }

    fn entry(&self, word: &str) -> Option<&'a GlossaryEntry> {
        let entries = self.state.documents().glossary.iter();
        entries.into_iter().find(|entry| entry.term.value == word || word.strip_suffix('s') == Some(&entry.term.value))
    }

    /// The lines of this file, for any number of positions.
    pub fn lines(&self) -> LineIndex<'a> {
        LineIndex::new(self.text, self.encoding)
    }

    /// The range of some bytes of this file.
    pub fn range(&self, span: &Span) -> Range {
        self.lines().range(span)
    }
}

/// The term with this id, label or other name.
pub fn term<'v>(vocabulary: &'v VocabularyFile, word: &str) -> Option<&'v TermFile> {
    let says = |name: &str| name.to_lowercase() == word.to_lowercase();
    let by_id = vocabulary.terms.iter().find(|term| term.id.value == word);
    let is_named = |term: &TermFile| says(&term.label.value) || term.also.iter().any(|name| says(&name.value));
    by_id.or_else(|| vocabulary.terms.iter().find(|term| is_named(term))).map(|term| &**term)
}

/// The address of a file, for clients.
pub fn url(root: &Path, path: &FilePath) -> Option<Url> {
    Url::from_file_path(root.join(path.as_str())).ok()
}

/// The location of some bytes of a file.
pub fn location(state: &LibraryState, path: &FilePath, span: &Span, encoding: Encoding) -> Option<Location> {
    Some(Location::new(url(&state.root, path)?, LineIndex::new(state.text(path)?, encoding).range(span)))
}

/// The location of each spot.
pub fn locations<'s>(
    state: &LibraryState,
    spots: impl IntoIterator<Item = &'s Spot>,
    encoding: Encoding,
) -> Vec<Location> {
    let spots: Vec<&Spot> = spots.into_iter().collect();
    let spans = state.spans(&spots).into_iter();
    spots.iter().zip(spans).filter_map(|(spot, span)| location(state, &spot.file, &span?, encoding)).collect()
}
