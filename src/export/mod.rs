//! Library → formats for other programs: metadata, citations, feeds, open data. One file for each format.
//!
//! Modules in reading order. [`mod@reference`] is a case as a citable work, which [`plain`], [`bibtex`], [`ris`] and
//! [`csl_json`] write; [`tags`] and [`json_ld`] are the metadata of a page; pages refer to [`feed`] and [`opensearch`].
//! [`data_file`] lists the open data: [`table`], [`cases_json`], [`skos`], [`data_package`]. [`schema`] serves editors'
//! completion. [`links`] and [`archive`] rewrite pages for readers elsewhere. All functions are pure: a library goes
//! in, text comes out. Drafts and withdrawn cases are not in a library's list of cases, and contact details are never
//! read here.

pub mod json;
pub mod when;

pub mod reference;

pub mod plain;

pub mod bibtex;
pub mod csl_json;
pub mod ris;

pub mod json_ld;
pub mod schema_org;
pub mod tags;

pub mod feed;
pub mod opensearch;

pub mod data_file;

pub mod cases_json;
pub mod data_package;
pub mod skos;
pub mod table;

pub mod editors;
pub mod schema;
pub mod template;

pub mod archive;
pub mod links;
