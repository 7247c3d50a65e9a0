//! Vocabularies: the terms by which a library classifies its cases, and their other names.
//!
//! Takes the vocabulary files and gives [`Vocabulary`] values whose every term, parent and replacement exists, with the
//! problems of those that did not. A name is looked up with letter case ignored: id first, then label, then other
//! names.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use rustc_hash::FxHashMap;

use crate::{
    model::{
        Address,
        document::{TermFile, VocabularyFile},
        ids::{IdMap, TermId, VocabularyId},
    },
    problem::NameIndex,
};

mod from_file;

pub use from_file::vocabulary;

/// A set of terms that classifies cases: sector, tier, barrier, or any that the editors added.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Its id in the library.
    pub id: VocabularyId,
    /// Its file, which says all that does not depend on other files.
    pub file: Arc<VocabularyFile>,
    /// The terms in use, in the file's order.
    pub terms: IdMap<TermId, Term>,
    /// Retired ids, with the terms that replace them.
    pub retired: BTreeMap<String, TermId>,
    names: FxHashMap<String, TermMatch>,
    /// The names, to find one that was misspelt; made for the first misspelt word.
    similar_names: OnceLock<NameIndex<TermId>>,
}

/// A term that cases may carry.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its id in the library.
    pub id: TermId,
    /// Its vocabulary.
    pub vocabulary: VocabularyId,
    /// What the file of its vocabulary says of it.
    pub file: Arc<TermFile>,
    /// Its label: as the file says, or its id made readable.
    pub label: String,
    /// The broader term.
    pub broader: Option<TermId>,
    /// The narrower terms, in the file's order.
    pub narrower: Vec<TermId>,
}

impl Term {
    /// Its id as files and addresses have it: `health`.
    pub fn slug(&self) -> &str {
        &self.file.id.value
    }

    /// Its other names.
    pub fn also(&self) -> impl Iterator<Item = &str> {
        self.file.also.iter().map(|name| name.value.as_str())
    }
}

/// The mark at the end of a lifeline, for the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndMark {
    /// It continued: an open arrow.
    Arrow,
    /// It became something else: a fork.
    Fork,
    /// It ended: a bar.
    Stop,
    /// It is unknown: three dots.
    Dots,
}

impl EndMark {
    /// Every mark with the word that a vocabulary uses.
    pub const ALL: [(&'static str, EndMark); 4] =
        [("arrow", EndMark::Arrow), ("fork", EndMark::Fork), ("stop", EndMark::Stop), ("dots", EndMark::Dots)];

    /// The word that a vocabulary uses.
    pub fn word(self) -> &'static str {
        let [arrow, fork, stop, dots] = EndMark::ALL.map(|(word, _)| word);
        match self {
            EndMark::Arrow => arrow,
            EndMark::Fork => fork,
            EndMark::Stop => stop,
            EndMark::Dots => dots,
        }
    }
}

/// The style of a lifeline, for the strength of the evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineStyle {
    /// Dashed: only a forecast.
    Dashed,
    /// As heavy as the evidence is strong: 1 to 5.
    Weight(u8),
    /// Two thin lines: not on the scale.
    Double,
}

impl LineStyle {
    /// Every line with the word that a vocabulary uses.
    pub const ALL: [(&'static str, LineStyle); 7] = [
        ("dashed", LineStyle::Dashed),
        ("1", LineStyle::Weight(1)),
        ("2", LineStyle::Weight(2)),
        ("3", LineStyle::Weight(3)),
        ("4", LineStyle::Weight(4)),
        ("5", LineStyle::Weight(5)),
        ("double", LineStyle::Double),
    ];
}

impl Default for LineStyle {
    /// The style of a case that does not say how strong its evidence is.
    fn default() -> LineStyle {
        LineStyle::Weight(1)
    }
}

/// The result of looking up an author's word for a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermMatch {
    /// The exact id.
    Id(TermId),
    /// Another name of the term.
    Synonym(TermId),
    /// The id or another name of a term that this one replaces.
    Retired(TermId),
}

impl TermMatch {
    /// The term that was found.
    pub fn term(self) -> TermId {
        let (TermMatch::Id(term) | TermMatch::Synonym(term) | TermMatch::Retired(term)) = self;
        term
    }
}

impl Vocabulary {
    /// Looks up a word: an id, a label or another name.
    pub fn named(&self, word: &str) -> Option<TermMatch> {
        // Most words are correct ids, which are folded already.
        let named = self.names.get(word).copied().or_else(|| self.names.get(&fold(word)).copied());
        match named? {
            TermMatch::Id(term) if self.terms[term].slug() != word => Some(TermMatch::Synonym(term)),
            named => Some(named),
        }
    }

    /// The id of the term that a word means.
    pub fn id_of(&self, word: &str) -> Option<&str> {
        Some(self.terms[self.named(word)?.term()].slug())
    }

    /// The id of the term whose id, label or other name is nearest to a misspelt word, or is one word of several:
    /// "police" in "Police service".
    pub fn nearest(&self, word: &str) -> Option<&str> {
        let names = || self.names.iter().map(|(name, found)| (name.as_str(), found.term()));
        let similar = self.similar_names.get_or_init(|| NameIndex::new(names()));
        match similar.nearest(word) {
            Some(term) => Some(self.terms[term].slug()),
            None => word.split_whitespace().find_map(|part| self.id_of(part)),
        }
    }

    /// The address of its page.
    pub fn address(&self) -> Address {
        Address::page([self.file.id.as_str()])
    }

    /// The address of the page of one of its terms, by the term's id.
    pub fn term_address(&self, id: &str) -> Address {
        Address::page([self.file.id.as_str(), id])
    }

    /// The term and its ancestors, nearest first.
    pub fn with_broader(&self, term: TermId) -> impl Iterator<Item = TermId> {
        std::iter::successors(Some(term), |&term| self.terms[term].broader)
    }
}

fn fold(word: &str) -> String {
    word.trim().to_lowercase()
}
