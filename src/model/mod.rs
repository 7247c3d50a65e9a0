//! What a library means: from documents, one by one, to a whole that knows its terms, addresses and links.
//!
//! Modules in reading order. [`document`] holds what a single file says, [`config`] the library's settings; [`assemble`]
//! makes a [`Library`] of them. Nothing here reads a disk, a clock or a file's syntax: it gets typed documents and a day.

pub mod address;
pub mod assemble;
pub mod cases;
pub mod changes;
pub mod config;
pub mod document;
pub mod evidence_map;
pub mod frame;
pub mod ids;
pub mod keys;
pub mod library;
pub mod name;
pub mod numbering;
pub mod other_names;
pub mod own_field;
pub mod prose;
pub mod questions;
pub mod related;
pub mod vocabularies;
pub mod vocabulary;

pub use address::Address;
pub use assemble::{Edition, assemble};
pub use config::Config;
pub use document::{CaseFile, Documents, PageFile};
pub use ids::{CaseId, IdMap, Ids, PageId, TermId, VocabularyId};
pub use library::Library;
