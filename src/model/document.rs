//! The content of one file, typed, before it is compared with the rest of the library.
//!
//! Made by `read`, one value per file, never changed afterwards, so that a preview can keep those that were not edited.
//! A file with mistakes is still a document: what could not be read is absent, and the title falls back to the name of
//! the file. What only the library as a whole can check (terms, addresses, links) keeps the place where it was written.

use std::sync::Arc;

use jiff::civil::Date;

use crate::{
    model::{
        Address, Config, Ids,
        ids::{CaseId, IdMap, PageId},
        places_file::PlaceEntry,
    },
    problem::{FilePath, Written},
};

mod body;
mod case;
mod source;
mod vocabulary;

pub use body::{
    Acronym, Body, BodyLink, Citation, Cited, Heading, LONG_SENTENCE, LinkKind, NearCitation, Section, Sentence, Slot,
    Wording,
};
pub use case::{
    Adoption, Author, CaseFile, Contact, Correction, FrontMatter, Image, Licence, Period, Place, TermUse, Withdrawal,
};
pub use source::{PartialDate, Source, SourceKind, SourceUrl, is_in_source_id, is_source_id};
pub use vocabulary::{TermFile, VocabularyFile};

/// The most characters that a summary may have.
pub const LONGEST_SUMMARY: usize = 300;

/// Notes that editors write where something is missing. They look like acronyms, but are none.
pub const NOTES_TO_SELF: [&str; 6] = ["FIXME", "TBA", "TBC", "TBD", "TODO", "XXX"];

/// The most characters that a lesson may have.
pub const LONGEST_LESSON: usize = 200;

/// Every document of a project, by kind; each list in the order of the paths.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// `casebook.yaml`.
    pub config: Arc<Config>,
    /// `content/vocabularies/*.yaml`.
    pub vocabularies: Vec<Arc<VocabularyFile>>,
    /// `content/glossary.yaml`; empty where there is none.
    pub glossary: Arc<Vec<GlossaryEntry>>,
    /// Whether there is a glossary that could not be read.
    pub is_glossary_unreadable: bool,
    /// `content/places.yaml`; empty where there is none.
    pub places: Arc<Vec<PlaceEntry>>,
    /// `content/synonyms.yaml`; empty where there is none.
    pub synonyms: Arc<Vec<Synonyms>>,
    /// `content/index.md`.
    pub home: Option<Arc<HomeFile>>,
    /// `content/cases/**/*.md`.
    pub cases: IdMap<CaseId, Arc<CaseFile>>,
    /// `content/pages/**/*.md`.
    pub pages: IdMap<PageId, Arc<PageFile>>,
    /// The other files under `content/`, which links may lead to.
    pub files: Vec<OtherFile>,
    /// Files of a kind of which a library has one, each after another of its kind.
    pub second_files: Vec<SecondFile>,
    /// The ids of all of these, and of earlier ones that were deleted.
    pub ids: Arc<Ids>,
}

/// A file of a kind of which a library has one, which replaces another: `places.yml` beside `places.yaml`.
#[derive(Clone, Debug)]
pub struct SecondFile {
    /// What it is: "glossary".
    pub what: &'static str,
    /// Its path.
    pub path: FilePath,
    /// The path of the file that it replaces.
    pub first: FilePath,
}

/// A file that is not a document, such as a picture.
#[derive(Clone, Debug)]
pub struct OtherFile {
    /// Its path.
    pub path: FilePath,
    /// The facts about it, if it is a picture.
    pub picture: Option<PictureFacts>,
}

/// The facts about a picture that pages and checks need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureFacts {
    /// Its width and height in pixels.
    pub size: (u32, u32),
    /// Its size in bytes.
    pub bytes: u64,
    /// Whether it contains the position where it was taken.
    pub has_position: bool,
}

/// An entry of the glossary.
#[derive(Clone, Debug)]
pub struct GlossaryEntry {
    /// The acronym or name.
    pub term: Written<String>,
    /// The full name.
    pub full: String,
    /// A sentence about it.
    pub note: Option<String>,
    /// The first year in which it existed.
    pub from: Option<i16>,
    /// The last year.
    pub to: Option<i16>,
    /// Related entries, by their `term`.
    pub see: Vec<Written<String>>,
    /// Whether it is so well known that no page spells it out.
    pub is_well_known: bool,
}

/// Synonyms of `content/synonyms.yaml`.
#[derive(Clone, Debug)]
pub struct Synonyms {
    /// The words, or phrases.
    pub words: Vec<Written<String>>,
    /// The reason why they are synonyms.
    pub why: Option<String>,
}

/// `content/index.md`: the text of the home page.
#[derive(Clone, Debug)]
pub struct HomeFile {
    /// Its file.
    pub path: FilePath,
    /// `title`, where given.
    pub title: Option<String>,
    /// `summary`, where given.
    pub summary: Option<String>,
    /// `extra`, for a theme.
    pub extra: Extra,
    /// The body.
    pub body: Body,
}

/// A plain page.
#[derive(Clone, Debug)]
pub struct PageFile {
    /// Its file.
    pub path: FilePath,
    /// `title`, or one made from the file's name.
    pub title: String,
    /// Whether `title` is given.
    pub has_title: bool,
    /// `summary`.
    pub summary: Option<String>,
    /// Where it is published: from the path, or with `slug` as the last part.
    pub address: Written<Address>,
    /// Its position in the menu; absent if it is not in the menu.
    pub nav: Option<i64>,
    /// Whether the public sees it.
    pub status: Status,
    /// The day on which its facts were checked.
    pub reviewed: Option<Date>,
    /// Old addresses.
    pub aliases: Vec<Written<Address>>,
    /// `extra`, for a theme.
    pub extra: Extra,
    /// The body.
    pub body: Body,
}

/// Whether the public sees a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// Only with `--drafts`.
    Draft,
    /// Shown to everybody.
    #[default]
    Published,
    /// A withdrawn case, whose page says so.
    Withdrawn,
}

impl Status {
    /// The statuses of a case, each with the word that front matter uses.
    pub const OF_CASE: [(&'static str, Status); 3] =
        [("draft", Status::Draft), ("published", Status::Published), ("withdrawn", Status::Withdrawn)];

    /// The statuses of a page. A page cannot be withdrawn; it is deleted.
    pub const OF_PAGE: [(&'static str, Status); 2] = [Status::OF_CASE[0], Status::OF_CASE[1]];
}

/// Values for a theme, which Casebook does not read.
pub type Extra = serde_json::Map<String, serde_json::Value>;
