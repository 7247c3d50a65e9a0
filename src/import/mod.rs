//! Other people's files → cases of this library.
//!
//! Takes the bytes of a source: Markdown posts of another generator, Word documents, spreadsheets, the file that the form
//! at `/contribute/` gives. Every reader gives the same value, an [`ImportItem`]: fields under the source's own names, a body in
//! Markdown, the files that it shows, and what could not be carried over. A [`Mapping`](mapping::Mapping) says what the
//! fields become, [`plan`] gives every case its file, and [`front_matter`] writes it in the style of `casebook new`.
//!
//! Nothing here touches the disk: the command hands bytes in, and writes what comes out.

mod docx;
pub mod front_matter;
mod kind;
mod link;
pub mod mapping;
pub mod plan;
mod posts;
pub mod report;
mod table;
pub mod terms;

pub use kind::{ImportKind, Unclear};

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_yaml::Mapping as Fields;

use crate::problem::FilePath;

/// One thing of a source that becomes one case.
#[derive(Clone, Debug, Default)]
pub struct ImportItem {
    /// Where it comes from, for people and for a second run: `blog/_posts/2013-05-01-hello.md`.
    pub origin: String,
    /// Its file within the source.
    pub file: Option<FilePath>,
    /// What its own file is to be called after.
    pub name: String,
    /// What its source says of it, under the source's names.
    pub fields: Fields,
    /// Comments that stand above or beside a field.
    pub comments: BTreeMap<String, Vec<String>>,
    /// Its words, in Markdown.
    pub body: String,
    /// The addresses that it had.
    pub addresses: Vec<String>,
    /// The pictures inside a document, by the name that the body uses.
    pub parts: Vec<EmbeddedPicture>,
    /// What could not be carried over.
    pub losses: Vec<Loss>,
}

/// A picture that lies inside a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbeddedPicture {
    /// The name under which it is written beside the case.
    pub name: String,
    /// Its path within the document.
    pub path: String,
}

/// Something that a case could not carry over, or carries in another form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    /// What kind of thing, and what became of it: one line for all of its kind.
    pub kind: &'static str,
    /// The thing itself.
    pub what: String,
}

impl Loss {
    pub(crate) fn new(kind: &'static str, what: impl Into<String>) -> Loss {
        Loss { kind, what: what.into() }
    }
}

/// A file that could not be read, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The file, within the source.
    pub file: String,
    /// What is wrong, in lower case, without a full stop.
    pub message: String,
    /// The way out.
    pub help: String,
}

/// The files of a source, by their path from its top.
pub struct ImportSource<'a> {
    /// What it is called: the name of its folder or file.
    pub name: String,
    /// Every file that may be looked at, sorted.
    pub files: Vec<FilePath>,
    /// The folder within it that was asked for, where a part of a site was; else empty.
    pub asked: String,
    /// The bytes of a file.
    pub bytes: &'a (dyn Fn(&FilePath) -> Result<Vec<u8>, Unread> + Sync),
}

/// What a source holds.
#[derive(Default)]
pub struct SourceContents {
    /// Its items, in the order of their files.
    pub items: Vec<ImportItem>,
    /// The files that could not be read.
    pub unread: Vec<Unread>,
    /// The files that no case is made of, each with the reason.
    pub left: Vec<Loss>,
    /// Where the site of a source was published, without a closing slash.
    pub published_at: Option<String>,
}

/// The files that mark the folder of a site, with the settings and pictures of what lies below it.
pub const SITE_MARKERS: [&str; 8] = [
    "_config.yml",
    "_config.yaml",
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config/_default/hugo.toml",
    "config/_default/config.toml",
];

/// The bytes of a picture within a document.
pub fn part(document: &[u8], path: &str) -> Option<Vec<u8>> {
    docx::part(document, path)
}

/// Reads a source of a kind. `progress` is called once for every file that has been read.
pub fn read(kind: ImportKind, source: &ImportSource<'_>, progress: &(dyn Fn() + Sync)) -> SourceContents {
    match kind {
        ImportKind::Docx => docx::read(source, progress),
        ImportKind::Csv => table::read(source, progress),
        ImportKind::Jekyll | ImportKind::Hugo | ImportKind::Markdown | ImportKind::Form => {
            posts::read(kind, source, progress)
        }
    }
}

/// Reads files in parallel; what comes of each stays in the order of the files.
fn each_file(
    source: &ImportSource<'_>,
    files: &[FilePath],
    progress: &(dyn Fn() + Sync),
    read: impl Fn(&FilePath, Vec<u8>) -> Result<Vec<ImportItem>, Unread> + Sync,
) -> (Vec<ImportItem>, Vec<Unread>) {
    let read_file = |file: &FilePath| {
        let items = (source.bytes)(file).and_then(|bytes| read(file, bytes));
        progress();
        items
    };
    let read: Vec<_> = files.par_iter().map(read_file).collect();
    let (mut items, mut unread) = (Vec::new(), Vec::new());
    for file in read {
        match file {
            Ok(found) => items.extend(found),
            Err(refused) => unread.push(refused),
        }
    }
    (items, unread)
}
