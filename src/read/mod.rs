//! Bytes → documents, file by file, in parallel.
//!
//! [`document`] reads one file and needs to know only the [`LibraryKeys`]; [`read`] reads all files. Whether terms,
//! addresses and links exist is checked in `model` and `site`.
//!
//! Modules in reading order. `kind` tells the kind of a file from its path, [`front_matter`] splits it, `from_text`
//! reads it. `yaml_tree` parses YAML, and [`yaml`] gives typed values; `fields` has the kinds of value that several
//! files share; `config`, `vocabulary`, `case`, `page` and their neighbours read one kind of file or key each.
//! [`markdown`] makes HTML of a body. `documents_of_library` sorts the documents by kind.

mod bad_yaml;
mod bounded;
mod case;
mod clean;
pub mod config;
mod dates;
mod disguised;
mod features;
mod fields;
mod from_text;
pub mod front_matter;
mod garbled;
mod gather;
pub mod invisible;
mod kind;
mod left_over;
mod library_keys;
mod long_address;
pub mod markdown;
mod own_field;
mod page;
mod places_and_synonyms;
mod plain_text;
mod source;
#[cfg(test)]
mod tests;
mod unprintable;
mod unusable_address;
mod vocabulary;
pub mod yaml;
mod yaml_fix;
mod yaml_mistake;
mod yaml_tree;
mod yaml_walk;

use std::sync::Arc;

use rayon::prelude::*;
use serde_yaml::Value;

use self::{
    from_text::{DocumentText, stub},
    front_matter::Split,
    kind::PathKind,
};
pub use self::{
    gather::{documents_of_file, documents_of_library},
    kind::{document_kind, is_shared},
    library_keys::{LibraryKeys, library_keys},
    yaml_tree::can_be_parsed,
};
use crate::{
    model::{
        Config, address,
        copies::looks_like_copy,
        document::{
            Body, CaseFile, Documents, GlossaryEntry, HomeFile, OtherFile, PageFile, PictureFacts, Synonyms,
            VocabularyFile,
        },
        keys::DocumentKind,
        places_file::PlaceEntry,
    },
    problem::{Checked, FilePath, Problem, message},
    source::{LARGEST_TEXT, Project, SourceFile, picture::Measured},
};

/// The content of one file.
#[derive(Clone, Debug)]
pub enum Document {
    /// `casebook.yaml`.
    Config(Arc<Config>),
    /// A vocabulary.
    Vocabulary(Arc<VocabularyFile>),
    /// The glossary; none if it could not be read.
    Glossary(FilePath, Option<Arc<Vec<GlossaryEntry>>>),
    /// Places.
    Places(FilePath, Arc<Vec<PlaceEntry>>),
    /// Synonyms.
    Synonyms(FilePath, Arc<Vec<Synonyms>>),
    /// The home page.
    Home(Arc<HomeFile>),
    /// A case study.
    Case(Arc<CaseFile>),
    /// A plain page.
    Page(Arc<PageFile>),
    /// Not a document: published as it is, if something links to it.
    File(OtherFile),
}

/// Reads every file of a project.
pub fn read(project: &Project) -> Checked<Documents> {
    let keys = library_keys(project);
    let files: Vec<_> = project.files.iter().collect();
    let read: Vec<Checked<Option<Document>>> =
        files.par_iter().map(|(path, file)| document(path, file, &keys)).collect();
    let mut problems = project.problems.clone();
    let documents: Vec<Document> = read.into_iter().filter_map(|checked| checked.into_value(&mut problems)).collect();
    Checked::new(documents_of_library(documents, Arc::default()), problems)
}

/// The front matter of every case that can be read, unchanged.
pub fn front_matter_of_cases(project: &Project) -> Vec<(FilePath, Value)> {
    let front_matter = |(path, file): (&FilePath, &SourceFile)| {
        let SourceFile::Text(bytes) = file else { return None };
        let text = std::str::from_utf8(bytes).ok()?;
        match front_matter::split(text) {
            Split::Both { yaml, .. } => Some((path.clone(), yaml_tree::parse(path, text, &yaml).ok()?)),
            Split::NoFrontMatter { .. } | Split::Unclosed { .. } => None,
        }
    };
    let cases = project.files.iter().filter(|(path, _)| document_kind(path) == Some(DocumentKind::Case));
    let cases: Vec<_> = cases.collect();
    cases.into_par_iter().filter_map(front_matter).collect()
}

/// Reads one file; none for files of a theme, and files in folders that are ignored.
pub fn document(path: &FilePath, file: &SourceFile, keys: &LibraryKeys) -> Checked<Option<Document>> {
    let mut problems = Vec::new();
    let kind = match PathKind::of(path) {
        PathKind::Document(kind) => kind,
        PathKind::Theme => {
            problems.extend(too_large(path, file));
            return Checked::new(None, problems);
        }
        PathKind::File => {
            return Checked::new(Some(Document::File(other(path, file))), problems);
        }
        PathKind::Misplaced => {
            let file = (path.extension() != "md").then(|| Document::File(other(path, file)));
            let problem = match looks_like_copy(path) {
                true => message::file::copy(path),
                false => message::file::misplaced(path),
            };
            return Checked::new(file, vec![problem]);
        }
    };
    let text = match file {
        SourceFile::Text(bytes) => decode(path, bytes, &mut problems),
        SourceFile::TooLarge(_) | SourceFile::Other(_) => {
            problems.extend(too_large(path, file));
            None
        }
    };
    let document = match text {
        Some(text) => DocumentText { path, kind, text }.read(keys, &mut problems),
        None => stub(path, kind, Body::default()),
    };
    left_over::left_over(&document, &mut problems);
    long_address::long_addresses(&document, &mut problems);
    Checked::new(Some(document), problems)
}

/// The intended day of a date in another form.
pub fn day_meant(text: &str) -> Option<jiff::civil::Date> {
    dates::meant(text)
}

/// The days that a text of numbers ending with a year means: one with the day first, one with the month first.
pub fn days_in_both_orders(text: &str) -> Option<[Option<jiff::civil::Date>; 2]> {
    dates::in_both_orders(text)
}

/// The intended month of a text in another form, as `2020-03`.
pub fn month_meant(text: &str) -> Option<String> {
    dates::month_meant(text)
}

/// The problem of a text file over the limit.
fn too_large(path: &FilePath, file: &SourceFile) -> Option<Problem> {
    let SourceFile::TooLarge(size) = file else { return None };
    Some(message::file::too_large(path, *size, LARGEST_TEXT))
}

/// A file that is not a document.
fn other(path: &FilePath, file: &SourceFile) -> OtherFile {
    let picture = match file {
        SourceFile::Other(Some(Measured { size, bytes, has_position })) => {
            Some(PictureFacts { size: *size, bytes: *bytes, has_position: *has_position })
        }
        _ => None,
    };
    OtherFile { path: path.clone(), picture }
}

/// A title for a file without one: `torbay-care-trust.md` is "Torbay care trust".
fn title_from(path: &FilePath) -> String {
    match address::title(path.stem()) {
        title if title.is_empty() => path.name().to_owned(),
        title => title,
    }
}

/// The file's text, or a problem that names its encoding.
fn decode<'a>(path: &FilePath, bytes: &'a [u8], problems: &mut Vec<Problem>) -> Option<&'a str> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Some(text),
        Err(error) => error,
    };
    if let Some(problem) = disguised::disguised(path, bytes) {
        problems.push(problem);
        return None;
    }
    let looks_like = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16"),
        // In British prose these bytes are mostly curly quotation marks and dashes of Windows-1252.
        _ if matches!(bytes[error.valid_up_to()], 0x82..=0x97 | 0xa0..=0xff) => Some("Windows-1252"),
        _ => None,
    };
    problems.push(message::file::not_utf8(path, error.valid_up_to(), looks_like));
    None
}
