//! All vocabularies of a library, in their order: the facets as the settings list them, then the others by id.

use std::{iter, ops::Index};

use crate::model::{
    Address,
    ids::{IdMap, TermId, VocabularyId},
    vocabulary::{Term, Vocabulary},
};

/// The vocabularies of a library. `vocabularies[id]` is a vocabulary or a term, by the type of the id.
#[derive(Clone, Debug, Default)]
pub struct Vocabularies {
    all: IdMap<VocabularyId, Vocabulary>,
    facets: usize,
    /// The vocabulary of each term, in the order of the vocabularies and of their terms.
    terms: IdMap<TermId, VocabularyId>,
}

impl Vocabularies {
    /// Vocabularies in their order. The first `facets` are facets.
    pub fn new(all: Vec<Vocabulary>, facets: usize) -> Vocabularies {
        let all: IdMap<VocabularyId, Vocabulary> = all.into_iter().map(|one| (one.id, one)).collect();
        let terms = all.iter().flat_map(|one| one.terms.ids().iter().map(|&term| (term, one.id))).collect();
        Vocabularies { all, facets, terms }
    }

    /// The number of vocabularies.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Is it empty?
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// All vocabularies, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Vocabulary> {
        self.all.iter()
    }

    /// The facets, by which cases are filtered and combined, in order.
    pub fn facets(&self) -> impl DoubleEndedIterator<Item = &Vocabulary> + ExactSizeIterator {
        self.all.iter().take(self.facets)
    }

    /// Is it a facet?
    pub fn is_facet(&self, vocabulary: VocabularyId) -> bool {
        self.all.position(vocabulary).is_some_and(|position| position < self.facets)
    }

    /// The vocabulary with this id in files and addresses.
    pub fn named(&self, id: &str) -> Option<&Vocabulary> {
        self.all.iter().find(|vocabulary| vocabulary.file.id == id)
    }

    /// Every term, in order.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.all.iter().flat_map(|vocabulary| &vocabulary.terms)
    }

    /// The vocabulary of a term.
    pub fn of(&self, term: TermId) -> &Vocabulary {
        &self.all[self.terms[term]]
    }

    /// The position of a vocabulary in the order.
    ///
    /// # Panics
    ///
    /// If the library does not have the vocabulary, as for `vocabularies[id]`.
    pub fn position(&self, vocabulary: VocabularyId) -> usize {
        self.all.position(vocabulary).expect("the vocabulary is one of these")
    }

    /// The rank of a term: its position among all terms, by which terms are sorted.
    ///
    /// # Panics
    ///
    /// If the library does not have the term, as for `vocabularies[id]`.
    pub fn rank(&self, term: TermId) -> usize {
        self.terms.position(term).expect("the term is one of these")
    }

    /// The term with a rank.
    pub fn ranked(&self, rank: usize) -> Option<TermId> {
        self.terms.ids().get(rank).copied()
    }

    /// The address of a term.
    pub fn term_address(&self, term: TermId) -> Address {
        Address::page(self.parts(term))
    }

    /// The address of the cases that carry both terms. The term of the earlier facet comes first.
    pub fn pair_address(&self, a: TermId, b: TermId) -> Address {
        let (first, second) = if self.rank(a) <= self.rank(b) { (a, b) } else { (b, a) };
        Address::page(self.parts(first).into_iter().chain(self.parts(second)))
    }

    /// The parts of a term's address: the vocabulary's id and its own.
    pub fn parts(&self, term: TermId) -> [&str; 2] {
        let vocabulary = self.of(term);
        [&vocabulary.file.id, vocabulary.terms[term].slug()]
    }

    /// The term and its ancestors, nearest first.
    pub fn with_broader(&self, term: TermId) -> impl Iterator<Item = TermId> {
        iter::successors(Some(term), |&term| self[term].broader)
    }
}

impl Index<VocabularyId> for Vocabularies {
    type Output = Vocabulary;

    fn index(&self, id: VocabularyId) -> &Vocabulary {
        &self.all[id]
    }
}

impl Index<TermId> for Vocabularies {
    type Output = Term;

    fn index(&self, id: TermId) -> &Term {
        &self.of(id).terms[id]
    }
}

impl<'a> IntoIterator for &'a Vocabularies {
    type Item = &'a Vocabulary;
    type IntoIter = std::slice::Iter<'a, Vocabulary>;

    fn into_iter(self) -> std::slice::Iter<'a, Vocabulary> {
        self.iter()
    }
}
