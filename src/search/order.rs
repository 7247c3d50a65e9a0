//! The order in which the index numbers cases: by their facets, so that cases with equal terms are adjacent.
//!
//! Every query counts the facets of every case; in this order they compress to a few runs of equal rows.

use std::{cmp::Reverse, collections::BTreeMap};

use rayon::prelude::*;

use crate::model::{
    CaseId, Library,
    ids::{IdVec, ids},
    vocabulary::Vocabulary,
};

ids! {
    /// A document, by its number in the index: cases come first, in their [`Order`], then plain pages and entries of
    /// the glossary. The files of the index hold these numbers.
    DocumentNumber;
}

/// The cases in the order of the index, and their facets.
#[derive(Debug)]
pub struct Order {
    /// The case of each number in the index.
    pub cases: IdVec<DocumentNumber, CaseId>,
    /// For each facet, the sets of terms that occur, in order. They include broader terms.
    pub sets: Vec<Vec<Vec<usize>>>,
    /// For each case, the number of its set in each facet.
    pub rows: IdVec<DocumentNumber, Vec<usize>>,
}

/// The order of a library.
pub fn order(library: &Library) -> Order {
    let facets: Vec<&Vocabulary> = library.vocabularies.facets().collect();
    let facets = facets.into_par_iter().map(|facet| sets(library, facet));
    let (sets, columns): (Vec<_>, Vec<_>) = facets.collect::<Vec<_>>().into_iter().unzip();
    let row = |case: usize| columns.iter().map(|column: &Vec<usize>| column[case]).collect();
    let mut numbered: Vec<(Vec<usize>, usize)> = (0..library.cases.len()).map(|case| (row(case), case)).collect();
    numbered.par_sort_unstable();
    let (rows, newest): (Vec<_>, Vec<usize>) = numbered.into_iter().unzip();
    Order { cases: newest.into_iter().map(|n| library.cases.ids()[n]).collect(), sets, rows: rows.into() }
}

/// The sets of terms of a facet that occur, in order, and the number of the set of each case.
fn sets(library: &Library, facet: &Vocabulary) -> (Vec<Vec<usize>>, Vec<usize>) {
    let under = library.cases.iter().map(|case| {
        let found = case.found_under(facet).into_iter();
        found.filter_map(|term| facet.terms.position(term)).collect()
    });
    let under: Vec<Vec<usize>> = under.collect();
    let mut numbers: BTreeMap<&[usize], usize> = under.iter().map(|set| (set.as_slice(), 0)).collect();
    numbers.values_mut().enumerate().for_each(|(n, number)| *number = n);
    let column = under.iter().map(|set| numbers[set.as_slice()]).collect();
    (numbers.into_keys().map(<[usize]>::to_vec).collect(), column)
}

/// The numbers of the cases by date, newest first, then by address. Results with equal scores are in this order.
pub fn newest(library: &Library, order: &Order) -> Vec<DocumentNumber> {
    let key = |&case: &CaseId| (Reverse(library.cases[case].file.date), slug(library, case));
    sorted(order, key)
}

/// The numbers of the cases by title, then by address.
pub fn titles(library: &Library, order: &Order) -> Vec<DocumentNumber> {
    let key = |&case: &CaseId| {
        let file = &library.cases[case].file;
        let title = crate::model::address::sort_key(&file.title);
        let letters = title.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned();
        (letters, file.title.clone(), slug(library, case))
    };
    sorted(order, key)
}

/// The address of a case as the browser's scripts compare it: without the slash at its end.
fn slug(library: &Library, case: CaseId) -> String {
    library.cases[case].address.href("").trim_end_matches('/').to_owned()
}

fn sorted<K: Ord>(order: &Order, key: impl Fn(&CaseId) -> K) -> Vec<DocumentNumber> {
    let mut sorted: Vec<DocumentNumber> = order.cases.entries().map(|(number, _)| number).collect();
    sorted.sort_by_cached_key(|&number| key(&order.cases[number]));
    sorted
}
