//! Combinations: which cases carry two terms of different facets.
//!
//! Takes a library and gives every pair of facet terms that has a case, once, in the order of the facets. Each case's
//! terms are visited once, so the work grows with the cases and not with the possible pairs.

use rustc_hash::FxHashMap;

use crate::model::{CaseId, Library, TermId};

/// Every pair of facet terms that some case carries.
#[derive(Clone, Debug, Default)]
pub struct Combinations {
    /// Each pair with its cases, in the order of the facets and their terms.
    pairs: Vec<(TermId, TermId, Vec<CaseId>)>,
    /// The index of each pair in `pairs`.
    positions: FxHashMap<(TermId, TermId), usize>,
    /// For each term, the terms that share a case with it, and the number of those cases.
    with: FxHashMap<TermId, Vec<(TermId, usize)>>,
}

impl Combinations {
    /// The combinations of a library.
    pub fn of(library: &Library) -> Combinations {
        let vocabularies = &library.vocabularies;
        let mut both: FxHashMap<(TermId, TermId), Vec<CaseId>> = FxHashMap::default();
        for case in &library.cases {
            let is_of_facet = |term: &&TermId| vocabularies.is_facet(vocabularies[**term].vocabulary);
            let terms: Vec<TermId> = case.terms_with_broader.iter().filter(is_of_facet).copied().collect();
            for (n, &first) in terms.iter().enumerate() {
                let own = vocabularies[first].vocabulary;
                for &second in terms[n + 1..].iter().filter(|&&second| vocabularies[second].vocabulary != own) {
                    both.entry((first, second)).or_default().push(case.id);
                }
            }
        }
        let mut pairs: Vec<_> = both.into_iter().map(|((first, second), cases)| (first, second, cases)).collect();
        pairs.sort_unstable_by_key(|&(first, second, _)| [first, second].map(|term| vocabularies.rank(term)));
        let mut with: FxHashMap<TermId, Vec<(TermId, usize)>> = FxHashMap::default();
        for (first, second, cases) in &pairs {
            with.entry(*first).or_default().push((*second, cases.len()));
            with.entry(*second).or_default().push((*first, cases.len()));
        }
        with.values_mut().for_each(|others| others.sort_unstable_by_key(|&(term, _)| vocabularies.rank(term)));
        let positions = pairs.iter().enumerate().map(|(n, (first, second, _))| ((*first, *second), n)).collect();
        Combinations { pairs, positions, with }
    }

    /// Every pair with its cases, in order.
    pub fn iter(&self) -> impl Iterator<Item = (TermId, TermId, &[CaseId])> {
        self.pairs.iter().map(|(first, second, cases)| (*first, *second, cases.as_slice()))
    }

    /// The cases that carry both terms, newest first. The pair must be in the order of the facets.
    pub fn cases(&self, first: TermId, second: TermId) -> &[CaseId] {
        self.positions.get(&(first, second)).map_or(&[], |&n| &self.pairs[n].2)
    }

    /// The terms that share a case with this one, in order, with the number of shared cases.
    pub fn with(&self, term: TermId) -> &[(TermId, usize)] {
        self.with.get(&term).map_or(&[], Vec::as_slice)
    }
}
