//! Other people's files → cases of this library.
//!
//! Takes the bytes of a source: Markdown posts of another generator, Word documents, spreadsheets, the files of the
//! form at `/contribute/`. Every reader gives the same value, an [`ImportItem`]: fields under the source's own names, a
//! body in Markdown, pictures, and a list of content that could not be imported. A [`Mapping`](mapping::Mapping) maps
//! the fields to keys, [`plan`] gives every case its file, and [`front_matter`] writes it in the style of `casebook
//! new`.
//!
//! Nothing here touches the disk: the command passes bytes in, and writes the result.

mod docx;
mod escape;
mod file_names;
pub mod front_matter;
mod kind;
mod library_words;
mod link;
mod long_keys;
mod loss;
pub mod mapping;
pub mod plan;
mod posts;
pub mod report;
mod source_place;
mod table;
mod xml;
mod zip_parts;

pub use kind::{ImportKind, Unclear, is_site};
pub use library_words::LibraryWords;
pub use loss::Loss;
pub use source_place::{source_place, source_place_in_broken};

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_yaml::Mapping as Fields;

use crate::problem::FilePath;

/// The part of a source that becomes one case.
#[derive(Clone, Debug, Default)]
pub struct ImportItem {
    /// Its place in the source, for people and to recognise it in a second run: `blog/_posts/2013-05-01-hello.md`.
    pub source_place: String,
    /// Its file within the source.
    pub file: Option<FilePath>,
    /// The name for its case's file.
    pub name: String,
    /// Its fields, under the source's names.
    pub fields: Fields,
    /// Comments that stand above or beside a field.
    pub comments: BTreeMap<String, Vec<String>>,
    /// Its body, in Markdown.
    pub body: String,
    /// The fields that its name and its addresses come from.
    pub used_fields: Vec<String>,
    /// Its addresses in the source.
    pub addresses: Vec<String>,
    /// The anchor of the heading that became the title, to which links may still lead.
    pub title_anchor: Option<String>,
    /// The pictures inside the document, by their names in the body.
    pub embedded_pictures: Vec<EmbeddedPicture>,
    /// The content that could not be imported.
    pub losses: Vec<Loss>,
}

/// A picture inside a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbeddedPicture {
    /// The name under which it is written beside the case.
    pub name: String,
    /// Its path within the document.
    pub path: String,
}

/// A file that could not be read, with the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableFile {
    /// The file, within the source.
    pub file: String,
    /// The error, in lower case, without a full stop.
    pub message: String,
    /// The way out.
    pub help: String,
}

/// The files of a source, by their path from its top.
pub struct ImportSource<'a> {
    /// The name of its folder or file.
    pub name: String,
    /// Every file that may be read, sorted.
    pub files: Vec<FilePath>,
    /// The part that was asked for: a folder with its slash, a file, or all, which is empty.
    pub requested: String,
    /// Reads the bytes of a file.
    pub bytes: &'a (dyn Fn(&FilePath) -> Result<Vec<u8>, UnreadableFile> + Sync),
}

impl ImportSource<'_> {
    /// The files that were asked for. The others are read only if these need them.
    pub fn requested_files(&self) -> impl Iterator<Item = &FilePath> {
        let is_requested = |file: &&FilePath| is_requested(file.as_str(), &self.requested);
        self.files.iter().filter(is_requested).filter(|file| !kind::is_of_system(file))
    }

    /// The file that was asked for, if it was one file.
    fn only_file(&self) -> Option<&FilePath> {
        self.files.iter().find(|file| file.as_str() == self.requested)
    }
}

/// A file is matched as a whole, so that `report.doc` does not ask for `report.docx`.
fn is_requested(file: &str, requested: &str) -> bool {
    let is_folder = requested.is_empty() || requested.ends_with('/');
    file == requested || is_folder && file.starts_with(requested)
}

/// The contents of a source.
#[derive(Default)]
pub struct SourceContents {
    /// Its items, in the order of their files.
    pub items: Vec<ImportItem>,
    /// The files that could not be read.
    pub unreadable: Vec<UnreadableFile>,
    /// The files that are not imported, each with the reason.
    pub not_imported: Vec<Loss>,
    /// The files of kinds that nothing reads. A case may link to some of them.
    pub unknown: Vec<FilePath>,
    /// The address at which the source was published, without a slash at the end.
    pub published_at: Option<String>,
}

/// The bytes of a picture inside a document.
pub fn part(document: &[u8], path: &str) -> Option<Vec<u8>> {
    docx::part(document, path)
}

/// Reads a source. `words` are those of the library. `progress` is called once for each file that has been read.
pub fn read(
    kind: ImportKind,
    source: &ImportSource<'_>,
    words: &LibraryWords,
    progress: &(dyn Fn() + Sync),
) -> SourceContents {
    let mut contents = match kind {
        ImportKind::Docx => with_files_beside(docx::read(source, words, progress), source),
        ImportKind::Spreadsheet => {
            let mut contents = with_files_beside(table::read(source, progress), source);
            contents.unknown.retain(|file| !table::is_table(file, source));
            contents
        }
        ImportKind::Jekyll | ImportKind::Hugo | ImportKind::Markdown | ImportKind::Form => {
            posts::read(kind, source, progress)
        }
    };
    contents.items.par_iter_mut().for_each(long_keys::shorten);
    contents
}

/// Adds the files that are not read: those that must be saved in another format first, and those of unknown kinds.
fn with_files_beside(mut contents: SourceContents, source: &ImportSource<'_>) -> SourceContents {
    contents.unknown = source.requested_files().filter(|file| kind::is_unknown(file)).cloned().collect();
    for file in source.requested_files() {
        if let Some((_, ending)) = kind::convertible(file) {
            contents.unreadable.push(UnreadableFile {
                file: file.to_string(),
                message: format!("a file that ends in .{} cannot be read", file.extension()),
                help: format!("open it, save it as .{ending}, and import that file"),
            });
        }
    }
    contents
}

/// Reads files in parallel. The results are in the order of the files.
fn each_file(
    source: &ImportSource<'_>,
    files: &[FilePath],
    progress: &(dyn Fn() + Sync),
    read: impl Fn(&FilePath, Vec<u8>) -> Result<Vec<ImportItem>, UnreadableFile> + Sync,
) -> (Vec<ImportItem>, Vec<UnreadableFile>) {
    let read_file = |file: &FilePath| {
        let items = (source.bytes)(file).and_then(|bytes| read(file, bytes));
        progress();
        items
    };
    let read: Vec<_> = files.par_iter().map(read_file).collect();
    let (mut items, mut unreadable) = (Vec::new(), Vec::new());
    for file in read {
        match file {
            Ok(found) => items.extend(found),
            Err(refused) => unreadable.push(refused),
        }
    }
    (items, unreadable)
}
