//! The library: every case, page and term that this publication shows, each knowing its own place.
//!
//! Indices stand for things: a case is its place in [`Library::cases`], a term its place in its vocabulary. They are valid
//! for one library value, which is never changed.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;

use crate::model::{
    Address, CaseFile, Config, PageFile,
    document::{GlossaryEntry, HomeFile},
    vocabulary::Vocabulary,
};

/// What is published.
#[derive(Clone, Debug)]
pub struct Library {
    /// The settings.
    pub config: Arc<Config>,
    /// Drafts and cases of a later day are shown.
    pub with_drafts: bool,
    /// The vocabularies: the facets first, in their configured order, then the others by id.
    pub vocabularies: Vec<Vocabulary>,
    /// How many of `vocabularies` are facets.
    pub facets: usize,
    /// The axes of the evidence map, rows and columns: indices into `vocabularies`.
    pub map: Option<[usize; 2]>,
    /// The vocabularies whose terms stand with every title as marks, in their order: indices into `vocabularies`.
    pub marks: Vec<usize>,
    /// The cases that are listed: newest first by `date`, then by title, then by slug.
    pub cases: Vec<Arc<Case>>,
    /// How many cases wait for their day.
    pub waiting: usize,
    /// The cases that have been withdrawn, by slug.
    pub withdrawn: Vec<Case>,
    /// The plain pages, by address.
    pub pages: Vec<Page>,
    /// The words for the home page.
    pub home: Option<Arc<HomeFile>>,
    /// The glossary, in the order of its terms.
    pub glossary: Arc<Vec<GlossaryEntry>>,
    /// Old addresses, and where each leads now.
    pub redirects: BTreeMap<Address, Redirect>,
    /// For each vocabulary and each of its terms: the cases that carry it or a narrower term, ascending, each once.
    pub carried: Vec<Vec<Vec<usize>>>,
}

/// A case study in its library.
#[derive(Clone, Debug)]
pub struct Case {
    /// What its file says.
    pub file: Arc<CaseFile>,
    /// Where it is published.
    pub address: Address,
    /// Its terms, as written, for each vocabulary; none twice.
    pub terms: Vec<Vec<CaseTerm>>,
    /// The cases named by hand as related: indices into [`Library::cases`].
    pub related: Vec<usize>,
}

/// A term that a case carries, and what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseTerm {
    /// An index into its vocabulary's terms.
    pub term: usize,
    /// What got in the way.
    pub what: Option<Arc<str>>,
    /// What they did about it.
    pub response: Option<Arc<str>>,
}

/// Where an old address leads.
#[derive(Clone, Debug)]
pub struct Redirect {
    /// The address now.
    pub to: Address,
    /// Where the old address was written.
    pub spot: crate::problem::Spot,
}

/// A plain page in its library.
#[derive(Clone, Debug)]
pub struct Page {
    /// What its file says.
    pub file: Arc<PageFile>,
    /// Where it is published.
    pub address: Address,
}

impl Case {
    /// The day of the last change: of substance, of a check of the facts, or of publication, whichever was last.
    pub fn last_change(&self) -> Option<Date> {
        [self.file.updated, self.file.reviewed, self.file.date].into_iter().flatten().max()
    }

    /// Every term of a vocabulary under which the case is found: its own and those above them; ascending, each once.
    pub fn found_under(&self, vocabulary: usize, vocabularies: &[Vocabulary]) -> Vec<usize> {
        let own = self.terms[vocabulary].iter();
        let mut terms: Vec<usize> = own.flat_map(|use_| vocabularies[vocabulary].with_broader(use_.term)).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// The same of all vocabularies: each term as its vocabulary and its place there.
    pub fn found(&self, vocabularies: &[Vocabulary]) -> Vec<(usize, usize)> {
        let found =
            |vocabulary| self.found_under(vocabulary, vocabularies).into_iter().map(move |term| (vocabulary, term));
        (0..vocabularies.len()).flat_map(found).collect()
    }
}

impl Library {
    /// The language that a case is written in.
    pub fn language_of<'a>(&'a self, case: &'a Case) -> &'a str {
        case.file.language.as_ref().unwrap_or(&self.config.language)
    }

    /// For each case, every term under which it is [found](Case::found): what `carried` says, the other way round.
    pub fn found(&self) -> Vec<Vec<(usize, usize)>> {
        let mut found = vec![Vec::new(); self.cases.len()];
        for (vocabulary, terms) in self.carried.iter().enumerate() {
            for (term, cases) in terms.iter().enumerate() {
                cases.iter().for_each(|&case| found[case].push((vocabulary, term)));
            }
        }
        found
    }

    /// The same library with other words in some of its listed cases, whose files say the same of themselves as before.
    /// None where one of them is not listed.
    pub fn reworded(&self, files: &[Arc<CaseFile>]) -> Option<Library> {
        let mut library = self.clone();
        for file in files {
            let case = library.cases.iter_mut().find(|case| case.file.path == file.path)?;
            *case = Arc::new(Case { file: file.clone(), ..(**case).clone() });
        }
        Some(library)
    }
}
