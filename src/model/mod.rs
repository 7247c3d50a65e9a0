//! Documents → a library: its cases, pages and terms, and the relations between them.
//!
//! Modules in reading order. [`document`] is the content of a single file, [`config`] the library's settings;
//! [`mod@assemble`] makes a [`Library`] of them. Nothing here reads the disk, the clock or the syntax of a file.

pub mod address;
pub mod alert;
pub mod assemble;
pub mod cases;
pub mod changes;
pub mod config;
pub mod copies;
pub mod document;
pub mod evidence_map;
pub mod ids;
pub mod keys;
pub mod library;
pub mod life_years;
pub mod name;
pub mod numbering;
pub mod own_field;
pub mod page_number;
pub mod places_file;
pub mod prose;
pub mod questions;
pub mod related;
pub mod section_headings;
pub mod spelling;
pub mod stop_words;
pub mod template_hints;
pub mod vocabularies;
pub mod vocabulary;

pub use address::Address;
pub use assemble::{Edition, assemble};
pub use config::Config;
pub use document::{CaseFile, Documents, PageFile};
pub use ids::{CaseId, IdMap, Ids, PageId, TermId, VocabularyId};
pub use library::Library;
pub use page_number::PageNumber;
