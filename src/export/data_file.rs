//! The files of the open data: the only list of them, with the function that makes each.

use std::collections::BTreeMap;

use super::{bibtex, cases_json, csl_json, data_package, reference::references, ris, skos, table};
use crate::model::{Address, Library};

/// A file under `/data/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataFile {
    /// Every case, with barriers and sources.
    CasesJson,
    /// Every case, one to a row.
    CasesCsv,
    /// The evidence map, one cell to a row.
    EvidenceMap,
    /// The vocabularies, in SKOS.
    Vocabularies,
    /// References in BibTeX.
    Bibtex,
    /// References in RIS.
    Ris,
    /// References in CSL-JSON.
    CslJson,
    /// A description of the tables, for programs.
    Package,
}

/// The description of the open data, in the language of the interface.
#[derive(Clone, Copy, Debug)]
pub struct DataDescription<'a> {
    /// A description of the data, in a sentence or two.
    pub description: &'a str,
    /// The meaning of each column, by its name. A vocabulary's column is under `vocabulary`.
    pub columns: &'a BTreeMap<String, String>,
}

impl DataFile {
    /// Every file, in the order of the data dictionary.
    pub const ALL: [DataFile; 8] = [
        DataFile::CasesCsv,
        DataFile::CasesJson,
        DataFile::EvidenceMap,
        DataFile::Vocabularies,
        DataFile::Bibtex,
        DataFile::Ris,
        DataFile::CslJson,
        DataFile::Package,
    ];

    /// The files of a library: no map without axes, and no linked data without a host.
    pub fn of(library: &Library) -> Vec<DataFile> {
        let is_there = |file: &DataFile| match file {
            DataFile::EvidenceMap => library.map.is_some(),
            DataFile::Vocabularies => library.config.base.origin.is_some(),
            _ => true,
        };
        DataFile::ALL.into_iter().filter(is_there).collect()
    }

    /// Its name under `/data/`.
    pub fn name(self) -> &'static str {
        match self {
            DataFile::CasesJson => "cases.json",
            DataFile::CasesCsv => "cases.csv",
            DataFile::EvidenceMap => "evidence-map.csv",
            DataFile::Vocabularies => "vocabularies.jsonld",
            DataFile::Bibtex => "library.bib",
            DataFile::Ris => "library.ris",
            DataFile::CslJson => "library.json",
            DataFile::Package => "datapackage.json",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            DataFile::CasesJson | DataFile::Package => "application/json",
            DataFile::CasesCsv | DataFile::EvidenceMap => "text/csv",
            DataFile::Vocabularies => "application/ld+json",
            DataFile::Bibtex => "application/x-bibtex",
            DataFile::Ris => "application/x-research-info-systems",
            DataFile::CslJson => "application/vnd.citationstyles.csl+json",
        }
    }

    /// Its address.
    pub fn address(self) -> Address {
        Address::file(&format!("data/{}", self.name()))
    }

    /// Its content.
    pub fn text(self, library: &Library, description: DataDescription<'_>) -> String {
        match self {
            DataFile::CasesJson => cases_json::cases_json(library),
            DataFile::CasesCsv => table::cases(library),
            DataFile::EvidenceMap => library.map.map_or(String::new(), |axes| table::evidence_map(library, axes)),
            DataFile::Vocabularies => skos::vocabularies(library),
            DataFile::Bibtex => bibtex::library(references(library)),
            DataFile::Ris => ris::library(references(library)),
            DataFile::CslJson => csl_json::library(references(library)),
            DataFile::Package => data_package::data_package(library, description),
        }
    }
}
