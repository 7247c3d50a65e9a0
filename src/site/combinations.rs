//! Combinations: which cases carry two terms of different facets.
//!
//! Takes a library and gives every pair of facet terms that has a case, once, in the order of the facets. Each case's
//! terms are walked once, so the work grows with the cases and not with the pairs that could be.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::{
    model::{Library, Renumbering, renumbering::enter},
    site::route::TermRef,
};

/// Every pair of facet terms that some case carries.
#[derive(Clone, Debug, Default)]
pub struct Combinations {
    cases: BTreeMap<(TermRef, TermRef), Vec<usize>>,
    with: BTreeMap<TermRef, Vec<(TermRef, usize)>>,
}

impl Combinations {
    /// The combinations of a library.
    pub fn of(library: &Library) -> Combinations {
        let mut both: FxHashMap<(TermRef, TermRef), Vec<usize>> = FxHashMap::default();
        for (number, terms) in library.found().into_iter().enumerate() {
            pairs(library, terms, |pair| both.entry(pair).or_default().push(number));
        }
        Combinations::counted(both.into_iter().collect())
    }

    /// The combinations after an edit: only the terms of the cases that were edited are looked at.
    pub fn after(&self, library: &Library, renumbering: &Renumbering) -> Combinations {
        let kept = self.cases.iter().map(|(&pair, cases)| (pair, renumbering.kept(cases)));
        let mut both: BTreeMap<_, _> = kept.collect();
        for &number in renumbering.edited() {
            let terms = library.cases[number].found(&library.vocabularies);
            pairs(library, terms, |pair| enter(both.entry(pair).or_default(), number));
        }
        both.retain(|_, cases| !cases.is_empty());
        Combinations::counted(both)
    }

    /// What is known when each pair has its cases.
    fn counted(cases: BTreeMap<(TermRef, TermRef), Vec<usize>>) -> Combinations {
        let mut with: BTreeMap<TermRef, Vec<(TermRef, usize)>> = BTreeMap::new();
        for (&(first, second), both) in &cases {
            with.entry(first).or_default().push((second, both.len()));
            with.entry(second).or_default().push((first, both.len()));
        }
        with.values_mut().for_each(|others| others.sort_unstable());
        Combinations { cases, with }
    }

    /// Every pair with its cases, in order.
    pub fn iter(&self) -> impl Iterator<Item = (TermRef, TermRef, &[usize])> {
        self.cases.iter().map(|(&(first, second), cases)| (first, second, cases.as_slice()))
    }

    /// The cases that carry both, ascending. The pair is in the order of the facets.
    pub fn cases(&self, first: TermRef, second: TermRef) -> &[usize] {
        self.cases.get(&(first, second)).map_or(&[], Vec::as_slice)
    }

    /// The terms that share a case with this one, in order, and how many cases they share.
    pub fn with(&self, term: TermRef) -> &[(TermRef, usize)] {
        self.with.get(&term).map_or(&[], Vec::as_slice)
    }
}

/// Tells each pair of facet terms among the terms under which a case is found.
fn pairs(library: &Library, terms: Vec<(usize, usize)>, mut tell: impl FnMut((TermRef, TermRef))) {
    let of_facets = terms.into_iter().filter(|&(vocabulary, _)| vocabulary < library.facets);
    let terms: Vec<TermRef> = of_facets.map(|(vocabulary, term)| TermRef { vocabulary, term }).collect();
    for (n, &first) in terms.iter().enumerate() {
        let others = terms[n + 1..].iter().filter(|second| second.vocabulary != first.vocabulary);
        others.for_each(|&second| tell((first, second)));
    }
}
