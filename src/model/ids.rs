//! The ids of cases, pages, vocabularies and terms within a library, and lists by id.
//!
//! A case or a page has an id for the path of its file, a vocabulary for its id in files and addresses, a term for its
//! vocabulary and its own id there. If the [`Ids`] are kept from one edit to the next, each of these keeps its id, even
//! if others are added, removed or moved; a build starts with none. The number of such an id must never reach the
//! output: orders are lists, and [`IdMap`] keeps values in such an order. A position in a list of one value has a type
//! of id too, so that it is never used for another list.

use std::{
    fmt,
    hash::Hash,
    marker::PhantomData,
    ops::{Index, IndexMut, Range},
    sync::Arc,
};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::{
    model::document::{CaseFile, PageFile, VocabularyFile},
    problem::FilePath,
};

/// An id: a number with a type of its own.
pub trait Id: Copy + Eq + Ord + Hash + fmt::Debug {
    /// The id with a number.
    fn from_number(number: u32) -> Self;

    /// Its number.
    fn number(self) -> u32;

    /// The id of the thing at a position of a list.
    fn at(position: usize) -> Self {
        Self::from_number(u32::try_from(position).expect("no list has four billion things"))
    }

    /// The position in a list of the thing with this id.
    fn position(self) -> usize {
        self.number() as usize
    }

    /// The ids of the things at a range of positions of a list.
    fn range_at(positions: Range<usize>) -> Range<Self> {
        Self::at(positions.start)..Self::at(positions.end)
    }

    /// Each id of a range, in order.
    fn each(range: Range<Self>) -> impl Iterator<Item = Self> {
        (range.start.number()..range.end.number()).map(Self::from_number)
    }
}

/// Declares types of ids.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $crate::model::ids::Id for $name {
            fn from_number(number: u32) -> $name {
                $name(number)
            }

            fn number(self) -> u32 {
                self.0
            }
        }
    )*};
}

ids! {
    /// A case study, by its file.
    CaseId;
    /// A plain page, by its file.
    PageId;
    /// A vocabulary, by its id.
    VocabularyId;
    /// A term that cases may carry, by its vocabulary and its id there.
    TermId;
}

// Ids within one document: positions in one of its lists.
ids! {
    /// A source of a case, by its position in the list of the case.
    SourceId;
    /// A link of a body, by its position in the body's links.
    LinkId;
    /// A citation of a body, by its position in the body's citations.
    CitationId;
}

pub(crate) use ids;

/// The ids that have been assigned.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    cases: FxHashMap<FilePath, CaseId>,
    pages: FxHashMap<FilePath, PageId>,
    vocabularies: FxHashMap<String, VocabularyId>,
    terms: FxHashMap<(VocabularyId, String), TermId>,
}

impl Ids {
    /// Assigns an id to each of these files, and to each term in them, that has none yet, in this order. Gives those of
    /// the cases and of the pages.
    pub fn assign(
        &mut self,
        cases: &[Arc<CaseFile>],
        pages: &[Arc<PageFile>],
        vocabularies: &[Arc<VocabularyFile>],
    ) -> (Vec<CaseId>, Vec<PageId>) {
        for file in vocabularies {
            let vocabulary = assign(&mut self.vocabularies, &file.id);
            for term in &file.terms {
                assign(&mut self.terms, &(vocabulary, term.id.value.clone()));
            }
        }
        let cases = cases.iter().map(|file| assign(&mut self.cases, &file.path)).collect();
        let pages = pages.iter().map(|file| assign(&mut self.pages, &file.path)).collect();
        (cases, pages)
    }

    /// The ids of these cases and pages; none if one of them, or a term of these vocabularies, has no id yet.
    pub fn of(
        &self,
        cases: &[Arc<CaseFile>],
        pages: &[Arc<PageFile>],
        vocabularies: &[Arc<VocabularyFile>],
    ) -> Option<(Vec<CaseId>, Vec<PageId>)> {
        for file in vocabularies {
            let vocabulary = *self.vocabularies.get(&file.id)?;
            for term in &file.terms {
                self.terms.get(&(vocabulary, term.id.value.clone()))?;
            }
        }
        let cases = cases.par_iter().map(|file| self.cases.get(&file.path).copied()).collect::<Option<_>>()?;
        let pages = pages.iter().map(|file| self.pages.get(&file.path).copied()).collect::<Option<_>>()?;
        Some((cases, pages))
    }

    /// The id of the case with this path, if it has one.
    pub fn case_at(&self, path: &str) -> Option<CaseId> {
        self.cases.get(path).copied()
    }

    /// The id of the page with this path, if it has one.
    pub fn page_at(&self, path: &str) -> Option<PageId> {
        self.pages.get(path).copied()
    }

    /// The id of a vocabulary.
    ///
    /// # Panics
    ///
    /// If none has been assigned.
    pub fn vocabulary(&self, id: &str) -> VocabularyId {
        self.vocabularies[id]
    }

    /// The id of a term.
    ///
    /// # Panics
    /// If no id was assigned to the term.
    pub fn term(&self, vocabulary: VocabularyId, id: &str) -> TermId {
        self.terms[&(vocabulary, id.to_owned())]
    }
}

/// The id of a thing, assigned if it has none yet.
fn assign<K: Clone + Eq + Hash, I: Id>(assigned: &mut FxHashMap<K, I>, thing: &K) -> I {
    if let Some(&id) = assigned.get(thing) {
        return id;
    }
    let id = I::at(assigned.len());
    assigned.insert(thing.clone(), id);
    id
}

/// Values by their ids, in an order of their own.
#[derive(Clone)]
pub struct IdMap<I, T> {
    /// The ids in order.
    ids: Vec<I>,
    /// The values in the same order.
    values: Vec<T>,
    /// The position of each value, by its number less the lowest.
    positions: Vec<u32>,
    lowest: u32,
}

/// The position of an id that is not in the map.
const ABSENT: u32 = u32::MAX;

impl<I: Id, T> IdMap<I, T> {
    /// Is it empty?
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The number of values.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// The ids, in order.
    pub fn ids(&self) -> &[I] {
        &self.ids
    }

    /// The values, in order.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The values, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.values.iter()
    }

    /// The ids with their values, in order.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = (I, &T)> {
        self.ids.iter().copied().zip(&self.values)
    }

    /// The value of an id, if it has one.
    pub fn get(&self, id: I) -> Option<&T> {
        self.values.get(self.position(id)?)
    }

    /// The position of an id in the order, if it has a value.
    pub fn position(&self, id: I) -> Option<usize> {
        let position = *self.positions.get(id.number().checked_sub(self.lowest)? as usize)?;
        (position != ABSENT).then_some(position as usize)
    }
}

impl<I: Id, T> FromIterator<(I, T)> for IdMap<I, T> {
    /// Makes a map of values in this order. An id must not occur twice.
    fn from_iter<E: IntoIterator<Item = (I, T)>>(entries: E) -> IdMap<I, T> {
        let (ids, values): (Vec<I>, Vec<T>) = entries.into_iter().unzip();
        let numbers = || ids.iter().map(|id| id.number());
        let lowest = numbers().min().unwrap_or(0);
        let mut positions = vec![ABSENT; numbers().max().map_or(0, |highest| (highest - lowest) as usize + 1)];
        for (position, number) in numbers().enumerate() {
            let free = std::mem::replace(&mut positions[(number - lowest) as usize], position as u32);
            debug_assert_eq!(free, ABSENT, "an id comes twice");
        }
        IdMap { ids, values, positions, lowest }
    }
}

impl<I: Id, T> Default for IdMap<I, T> {
    fn default() -> IdMap<I, T> {
        IdMap::from_iter([])
    }
}

impl<I: Id, T> Index<I> for IdMap<I, T> {
    type Output = T;

    /// # Panics
    ///
    /// If the id has no value here.
    fn index(&self, id: I) -> &T {
        self.get(id).expect("the id is one of this map")
    }
}

impl<'a, I: Id, T> IntoIterator for &'a IdMap<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> std::slice::Iter<'a, T> {
        self.iter()
    }
}

impl<I: Id, T: fmt::Debug> fmt::Debug for IdMap<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.entries()).finish()
    }
}

/// A list with a value for each id from 0 on. The id of a value is its position, so the id of another list does not
/// fit.
#[derive(Clone)]
pub struct IdVec<I, T> {
    values: Vec<T>,
    ids: PhantomData<I>,
}

impl<I: Id, T> IdVec<I, T> {
    /// The same value for so many ids.
    pub fn filled(value: T, len: usize) -> IdVec<I, T>
    where
        T: Clone,
    {
        vec![value; len].into()
    }

    /// Is it empty?
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The number of values.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// The id of the next value that is appended.
    pub fn next_id(&self) -> I {
        I::at(self.values.len())
    }

    /// Appends a value, and gives its id.
    pub fn push(&mut self, value: T) -> I {
        let id = self.next_id();
        self.values.push(value);
        id
    }

    /// The values, in order.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The values, in order, to be changed.
    pub fn values_mut(&mut self) -> &mut [T] {
        &mut self.values
    }

    /// The ids with their values, in order.
    pub fn entries(&self) -> impl Iterator<Item = (I, &T)> {
        (0..).zip(&self.values).map(|(number, value)| (I::from_number(number), value))
    }
}

impl<I, T> From<Vec<T>> for IdVec<I, T> {
    fn from(values: Vec<T>) -> IdVec<I, T> {
        IdVec { values, ids: PhantomData }
    }
}

impl<I, T> FromIterator<T> for IdVec<I, T> {
    fn from_iter<E: IntoIterator<Item = T>>(values: E) -> IdVec<I, T> {
        Vec::from_iter(values).into()
    }
}

impl<I, T> Default for IdVec<I, T> {
    fn default() -> IdVec<I, T> {
        Vec::new().into()
    }
}

impl<I: Id, T> Index<I> for IdVec<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.values[id.position()]
    }
}

impl<I: Id, T> IndexMut<I> for IdVec<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.values[id.position()]
    }
}

impl<I: Id, T> Index<Range<I>> for IdVec<I, T> {
    type Output = [T];

    fn index(&self, ids: Range<I>) -> &[T] {
        &self.values[ids.start.position()..ids.end.position()]
    }
}

impl<I: Id, T: fmt::Debug> fmt::Debug for IdVec<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.entries()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stays_when_others_come_and_go() {
        let (a, b, c) = (FilePath::new("a.md"), FilePath::new("b.md"), FilePath::new("c.md"));
        let mut given: FxHashMap<FilePath, CaseId> = FxHashMap::default();
        let [of_b, of_c] = [&b, &c].map(|path| assign(&mut given, path));
        let of_a = assign(&mut given, &a);
        assert_eq!([assign(&mut given, &b), assign(&mut given, &c)], [of_b, of_c]);
        assert!(of_a != of_b && of_a != of_c);
    }

    #[test]
    fn values_are_found_by_id_and_listed_in_their_order() {
        let map: IdMap<CaseId, &str> = [(CaseId(9), "nine"), (CaseId(7), "seven")].into_iter().collect();
        assert_eq!(map.iter().copied().collect::<Vec<_>>(), ["nine", "seven"]);
        assert_eq!((map[CaseId(7)], map.position(CaseId(9)), map.position(CaseId(7))), ("seven", Some(0), Some(1)));
        assert_eq!([6, 8, 10].map(|number| map.get(CaseId(number))), [None; 3]);
        assert!(IdMap::<CaseId, ()>::default().get(CaseId(0)).is_none());
    }

    #[test]
    fn push_gives_the_id_of_the_appended_value() {
        let mut list: IdVec<CaseId, &str> = ["zero", "one"].into_iter().collect();
        assert_eq!((list.next_id(), list.push("two")), (CaseId(2), CaseId(2)));
        list[CaseId(0)] = "none";
        assert_eq!((list[CaseId(0)], list[CaseId(2)], list.len()), ("none", "two", 3));
        let range = CaseId::range_at(1..3);
        assert_eq!(list[range.clone()], CaseId::each(range).map(|id| list[id]).collect::<Vec<_>>());
    }
}
