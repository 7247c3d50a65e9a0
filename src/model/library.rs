//! The library: every case, page and term of this publication, by id and in order.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;

use crate::model::{
    Address, CaseFile, Config, PageFile,
    document::{GlossaryEntry, HomeFile, Synonyms},
    evidence_map::MapAxes,
    ids::{CaseId, IdMap, PageId, TermId, VocabularyId},
    places_file::{ListedPlaces, PlaceEntry},
    vocabularies::Vocabularies,
    vocabulary::{Term, Vocabulary},
};

/// The content of one publication.
#[derive(Clone, Debug)]
pub struct Library {
    /// The settings.
    pub config: Arc<Config>,
    /// Whether drafts and cases with a date in the future are shown.
    pub with_drafts: bool,
    /// The vocabularies: the facets first, in their configured order, then the others by id.
    pub vocabularies: Vocabularies,
    /// The axes of the evidence map.
    pub map: Option<MapAxes>,
    /// The vocabularies of marks, in their order.
    pub marks: Vec<VocabularyId>,
    /// The cases that are listed: newest first by `date`, then by title, then by slug.
    pub cases: IdMap<CaseId, Arc<Case>>,
    /// The number of cases with a date in the future.
    pub future_count: usize,
    /// The number of drafts that are left out.
    pub draft_count: usize,
    /// The cases that are shown although their date is in the future, by date.
    pub shown_early: Vec<CaseId>,
    /// The cases that have been withdrawn, by slug.
    pub withdrawn: IdMap<CaseId, Case>,
    /// The plain pages, by address.
    pub pages: IdMap<PageId, Page>,
    /// The home page.
    pub home: Option<Arc<HomeFile>>,
    /// The entries of the glossary, sorted by term.
    pub glossary: Arc<Vec<GlossaryEntry>>,
    /// The list of places.
    pub places: Arc<Vec<PlaceEntry>>,
    /// The regions and codes of that list, for places of cases that leave them out.
    pub listed_places: ListedPlaces,
    /// Synonyms.
    pub synonyms: Arc<Vec<Synonyms>>,
    /// Old addresses, with their redirects.
    pub redirects: BTreeMap<Address, Redirect>,
    /// For each term: the cases that carry it or a narrower term, newest first, each once.
    pub cases_by_term: IdMap<TermId, Vec<CaseId>>,
}

/// A case study in its library.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// The content of its file.
    pub file: Arc<CaseFile>,
    /// Where it is published.
    pub address: Address,
    /// Its terms, vocabulary by vocabulary, and within each as written, without repetitions.
    pub terms: Vec<CaseTerm>,
    /// Every term under which it is listed: its own and all broader ones, sorted by rank, each once.
    pub terms_with_broader: Vec<TermId>,
    /// The outcome of each adoption: a term of the vocabulary `outcome`, if it is known.
    pub adopted: Vec<Option<TermId>>,
    /// The listed cases that its editors name as related.
    pub related: Vec<CaseId>,
}

/// A term that a case carries, with its description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseTerm {
    /// The vocabulary of the term.
    pub vocabulary: VocabularyId,
    /// The term.
    pub term: TermId,
    /// The description: what got in the way.
    pub what: Option<Arc<str>>,
    /// The response: what they did about it.
    pub response: Option<Arc<str>>,
}

/// The target of an old address.
#[derive(Clone, Debug)]
pub struct Redirect {
    /// The new address.
    pub to: Address,
    /// The place where the old address is written.
    pub spot: crate::problem::Spot,
}

/// A plain page in its library.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its id.
    pub id: PageId,
    /// The content of its file.
    pub file: Arc<PageFile>,
    /// Where it is published.
    pub address: Address,
}

impl Case {
    /// The day of the last change: of substance, of a correction, of a check of the facts, or of the publication.
    pub fn last_change(&self) -> Option<Date> {
        let file = &self.file;
        let corrected = file.corrections.last().map(|correction| correction.date);
        [file.updated, corrected, file.reviewed, file.date].into_iter().flatten().max()
    }

    /// Its language.
    pub fn language<'a>(&'a self, config: &'a Config) -> &'a str {
        self.file.language.as_ref().unwrap_or(&config.language)
    }

    /// Its terms of one vocabulary, as written.
    pub fn terms_of(&self, vocabulary: VocabularyId) -> &[CaseTerm] {
        let is_before = |carried: &&CaseTerm| carried.vocabulary != vocabulary;
        let start = self.terms.iter().take_while(is_before).count();
        let own = self.terms[start..].iter().take_while(|carried| carried.vocabulary == vocabulary);
        &self.terms[start..start + own.count()]
    }

    /// Its first term of each of these vocabularies, whose terms are marks.
    pub fn marks<'a>(
        &'a self,
        marks: &'a [VocabularyId],
        vocabularies: &'a Vocabularies,
    ) -> impl Iterator<Item = (VocabularyId, &'a Term)> {
        marks.iter().filter_map(move |&vocabulary| {
            let carried = self.terms_of(vocabulary).first()?;
            Some((vocabulary, &vocabularies[carried.term]))
        })
    }

    /// Every term of a vocabulary under which the case is listed: its own and the broader ones, in the vocabulary's
    /// order.
    pub fn found_under(&self, vocabulary: &Vocabulary) -> Vec<TermId> {
        self.terms_with_broader.iter().copied().filter(|&term| vocabulary.terms.get(term).is_some()).collect()
    }
}

/// The number of cases from which few files are made, if the settings do not say. Otherwise a site has about three
/// files for each case, and a common limit is 20,000.
const MANY: usize = 5_000;

impl Library {
    /// The term of a case that is a mark, of each vocabulary whose terms are marks.
    pub fn marks_of<'a>(&'a self, case: &'a Case) -> impl Iterator<Item = (VocabularyId, &'a Term)> {
        case.marks(&self.marks, &self.vocabularies)
    }

    /// Whether few files are made, for hosts that limit their number: records of the search index share files, and the
    /// list of the cases of two terms is one page, with a link to the rest in the search.
    pub fn has_few_files(&self) -> bool {
        self.config.few_files.unwrap_or(self.cases.len() >= MANY)
    }

    /// Whether each case has a share card, if there are not too many. A card is a file, so with few files only the
    /// settings can ask for them.
    pub fn has_card_for_each_case(&self) -> bool {
        self.config.share_cards.unwrap_or(!self.has_few_files())
    }

    /// The language of a case.
    pub fn language_of<'a>(&'a self, case: &'a Case) -> &'a str {
        case.language(&self.config)
    }
}
