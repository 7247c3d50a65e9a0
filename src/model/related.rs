//! Related cases: the cases most similar to a case, and what they share.
//!
//! Two cases are related by shared terms and by shared words of their titles and summaries; rare features count for
//! more than frequent ones. A case is compared only with candidates from the lists of its rarest features, each of
//! which gives a bounded number, so the work grows with the number of cases and not with its square. Cases named by the
//! editors come first. The views put the reason into words.

use std::{
    cmp::Reverse,
    sync::{LazyLock, OnceLock},
};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{CaseFile, CaseId, Library, TermId, stop_words::stop_words};

/// The most related cases that are found for a case, unless the editors name more. Its page shows the first of them.
const SHOWN: usize = 6;
/// The number of a case's features, the rarest first, that give candidates.
const FEATURES_WITH_CANDIDATES: usize = 8;
/// The number of candidates that each feature gives: those nearest in the order of publication.
const CANDIDATES_PER_FEATURE: usize = 12;
/// The number of candidates that are compared feature by feature.
const COMPARED: usize = 10;
/// The most words of a case that are read.
const WORDS: usize = 400;
/// The number of a case's words that are kept, the rarest.
const KEPT: usize = 24;
/// How many shared words are shown.
const SHOWN_WORDS: usize = 3;
/// The least weight of shared features. Less is coincidence.
const MIN_WEIGHT: u32 = 8;

/// An index of the features of all cases. Within this module, a case is its position in the list of the newest first,
/// and a feature is a number. Results do not depend on these numbers.
#[derive(Debug)]
pub struct RelatedIndex {
    features: Features,
    /// For each case, its terms and words, in any order, possibly repeated.
    found: Lists,
    /// For each feature, its cases: ascending.
    cases: Lists,
    /// For each feature, its weight.
    weights: Vec<u32>,
    /// For each case, the features that are compared. Made when they are first needed.
    kept: Vec<OnceLock<Box<[u32]>>>,
}

/// Features, each with a number: terms first, by rank, then words.
#[derive(Clone, Debug, Default)]
struct Features {
    terms: usize,
    words: Vec<u64>,
    numbers_of_words: FxHashMap<u64, u32>,
}

/// Lists of numbers, one after the other.
#[derive(Debug, Default)]
struct Lists {
    numbers: Vec<u32>,
    ends: Vec<u32>,
}

/// A related case, and the shared features, the rarest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The other case.
    pub case: CaseId,
    /// The terms that both carry.
    pub terms: Vec<TermId>,
    /// The first shared words, if the two share no term.
    pub words: Vec<String>,
}

/// A feature of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Feature {
    /// A term, by its rank.
    Term(u32),
    /// A word of a [`subject`].
    Word(u64),
}

impl Lists {
    fn get(&self, n: usize) -> &[u32] {
        let start = if n == 0 { 0 } else { self.ends[n - 1] };
        &self.numbers[start as usize..self.ends[n] as usize]
    }

    fn push(&mut self, list: impl Iterator<Item = u32>) {
        self.numbers.extend(list);
        self.ends.push(self.numbers.len() as u32);
    }

    /// Inverts the lists: for each number below `count`, the indexes of the lists that contain it, ascending, each
    /// once.
    fn inverted(&self, count: usize) -> Lists {
        let (mut ends, mut last) = (vec![0; count + 1], vec![u32::MAX; count]);
        self.each(|list, number| {
            if std::mem::replace(&mut last[number], list) != list {
                ends[number + 1] += 1;
            }
        });
        for n in 0..count {
            ends[n + 1] += ends[n];
        }
        // Until it is filled, each list ends where it begins.
        let mut numbers = vec![0; ends[count] as usize];
        last.fill(u32::MAX);
        self.each(|list, number| {
            if std::mem::replace(&mut last[number], list) != list {
                numbers[ends[number] as usize] = list;
                ends[number] += 1;
            }
        });
        ends.truncate(count);
        Lists { numbers, ends }
    }

    /// Calls `found` with each number and the index of its list.
    fn each(&self, mut found: impl FnMut(u32, usize)) {
        for list in 0..self.ends.len() {
            self.get(list).iter().for_each(|&number| found(list as u32, number as usize));
        }
    }
}

impl Features {
    fn number(&mut self, word: u64) -> u32 {
        *self.numbers_of_words.entry(word).or_insert_with(|| {
            self.words.push(word);
            (self.terms + self.words.len()) as u32 - 1
        })
    }

    fn count(&self) -> usize {
        self.terms + self.words.len()
    }

    fn get(&self, number: u32) -> Feature {
        match (number as usize).checked_sub(self.terms) {
            Some(word) => Feature::Word(self.words[word]),
            None => Feature::Term(number),
        }
    }
}

impl RelatedIndex {
    /// Makes the index of a library.
    pub fn of(library: &Library) -> RelatedIndex {
        let mut features = Features { terms: library.vocabularies.terms().count(), ..Features::default() };
        let mut found = Lists::default();
        for case in &library.cases {
            let terms = case.terms_with_broader.iter().map(|&term| library.vocabularies.rank(term) as u32);
            found.push(terms.chain(case.file.subject.iter().map(|&word| features.number(word))));
        }
        let cases = found.inverted(features.count());
        let all = library.cases.len() as u64;
        let of_facets: usize = library.vocabularies.facets().map(|facet| facet.terms.len()).sum();
        let weights = (0..features.count()).map(|n| {
            let rarity = rarity(cases.get(n).len() as u64, all);
            if n < of_facets { 3 * rarity } else { rarity }
        });
        RelatedIndex {
            weights: weights.collect(),
            kept: vec![OnceLock::new(); library.cases.len()],
            features,
            found,
            cases,
        }
    }

    /// The cases related to one: those named by the editors, then the most similar.
    pub fn related(&self, library: &Library, case: CaseId) -> Vec<Relation> {
        let Some(case) = library.cases.position(case) else { return Vec::new() };
        let by_hand = library.cases.values()[case].related.iter();
        let mut found: Vec<usize> = by_hand.filter_map(|&other| library.cases.position(other)).collect();
        found.retain(|&other| other != case);
        let mut computed = self.named(case);
        computed.retain(|other| !found.contains(other));
        let mut compared: Vec<(u32, usize)> =
            computed.into_iter().map(|other| (self.weight(case, other), other)).collect();
        compared.retain(|&(weight, _)| weight >= MIN_WEIGHT);
        compared.sort_unstable_by_key(|&(weight, other)| (Reverse(weight), other));
        let free = SHOWN.saturating_sub(found.len());
        found.extend(compared.into_iter().take(free).map(|(_, other)| other));
        found.into_iter().map(|other| self.relation(library, case, other)).collect()
    }

    /// The features of a case that are compared, if another case has them too: its terms, and its rarest words.
    fn kept(&self, case: usize) -> &[u32] {
        self.kept[case].get_or_init(|| {
            let is_word = |feature: u32| feature as usize >= self.features.terms;
            let mut own = self.found.get(case).to_vec();
            own.sort_unstable();
            own.dedup();
            let shared = own.into_iter().filter(|&feature| self.cases.get(feature as usize).len() > 1);
            let mut words: Vec<_> =
                shared.clone().filter(|&feature| is_word(feature)).map(|word| self.rank(word)).collect();
            let last = (words.len() > KEPT).then(|| *words.select_nth_unstable(KEPT - 1).1);
            shared.filter(|&feature| !is_word(feature) || last.is_none_or(|last| self.rank(feature) <= last)).collect()
        })
    }

    /// The key by which features are sorted: the rarest first.
    fn rank(&self, feature: u32) -> (usize, Feature) {
        (self.cases.get(feature as usize).len(), self.features.get(feature))
    }

    /// The candidates of a case's rarest features, those with the greatest shared weight so far.
    fn named(&self, case: usize) -> Vec<usize> {
        let mut features = self.kept(case).to_vec();
        features.sort_unstable_by_key(|&feature| self.rank(feature));
        let mut weights: Vec<(u32, u32)> = Vec::with_capacity(FEATURES_WITH_CANDIDATES * (CANDIDATES_PER_FEATURE + 1));
        for feature in features.into_iter().take(FEATURES_WITH_CANDIDATES) {
            let cases = self.cases.get(feature as usize);
            let at = cases.partition_point(|&other| (other as usize) < case);
            let near = &cases
                [at.saturating_sub(CANDIDATES_PER_FEATURE / 2)..(at + 1 + CANDIDATES_PER_FEATURE / 2).min(cases.len())];
            let weight = self.weights[feature as usize];
            weights.extend(near.iter().filter(|&&other| other as usize != case).map(|&other| (other, weight)));
        }
        weights.sort_unstable_by_key(|&(other, _)| other);
        let sum = |same: &[(u32, u32)]| (Reverse(same.iter().map(|(_, weight)| weight).sum::<u32>()), same[0].0);
        let mut named: Vec<_> = weights.chunk_by(|a, b| a.0 == b.0).map(sum).collect();
        named.sort_unstable();
        named.into_iter().take(COMPARED).map(|(_, other)| other as usize).collect()
    }

    /// Calls `found` with each feature that both cases have.
    fn each_shared(&self, a: usize, b: usize, mut found: impl FnMut(u32)) {
        let (a, b) = (self.kept(a), self.kept(b));
        let (mut i, mut j) = (0, 0);
        while i < a.len() && j < b.len() {
            let (one, other) = (a[i], b[j]);
            if one == other {
                found(one);
            }
            i += usize::from(one <= other);
            j += usize::from(other <= one);
        }
    }

    fn weight(&self, a: usize, b: usize) -> u32 {
        let mut weight = 0;
        self.each_shared(a, b, |feature| weight += self.weights[feature as usize]);
        weight
    }

    /// The shared features of two cases. Features of most cases, whose rarity is 0 (those of more than some 70 %), are
    /// left out if there are others.
    fn relation(&self, library: &Library, case: usize, other: usize) -> Relation {
        let weight = |feature: u32| self.weights[feature as usize];
        let mut shared = Vec::new();
        self.each_shared(case, other, |feature| shared.push(feature));
        let subject = &library.cases.values()[case].file.subject;
        shared.sort_by_cached_key(|&feature| (Reverse(weight(feature)), self.features.get(feature).place(subject)));
        if shared.iter().any(|&feature| weight(feature) > 0) {
            shared.retain(|&feature| weight(feature) > 0);
        }
        let mut relation = Relation { case: library.cases.ids()[other], terms: Vec::new(), words: Vec::new() };
        let mut words = Vec::new();
        for feature in shared {
            match self.features.get(feature) {
                Feature::Term(term) => relation.terms.extend(library.vocabularies.ranked(term as usize)),
                Feature::Word(hash) => words.push((hash, self.cases.get(feature as usize)[0])),
            }
        }
        if relation.terms.is_empty() {
            let written = |&(hash, first): &(u64, u32)| written(hash, &library.cases.values()[first as usize].file);
            relation.words = words.iter().take(SHOWN_WORDS).filter_map(written).collect();
        }
        relation
    }
}

impl Feature {
    /// The position of a feature among those of a case: terms in the order of the vocabularies, then words as written.
    fn place(self, subject: &[u64]) -> (bool, usize) {
        match self {
            Feature::Term(term) => (false, term as usize),
            Feature::Word(hash) => (true, subject.iter().position(|&word| word == hash).unwrap_or(usize::MAX)),
        }
    }
}

/// The significant words of a title and a summary, each as a hash that ignores letter case. Hashes avoid a copy of
/// every word, and sixty-four bits do not collide here. Common words of English are left out in every language, since a
/// file does not tell the language of its library.
pub fn subject(title: &str, summary: &str) -> Box<[u64]> {
    static COMMON: LazyLock<FxHashSet<u64>> = LazyLock::new(|| stop_words("en").into_iter().map(folded_hash).collect());
    words(title, summary).map(folded_hash).filter(|word| !COMMON.contains(word)).collect()
}

/// Twice the binary logarithm of the ratio of all cases to those with a feature, rounded down to a whole number, so
/// that every machine agrees.
fn rarity(with: u64, all: u64) -> u32 {
    (all * all / (with * with).max(1)).max(1).ilog2()
}

/// The first occurrence of a word in a file, by its hash.
fn written(hash: u64, file: &CaseFile) -> Option<String> {
    words(&file.title, &file.summary).find(|word| folded_hash(word) == hash).map(str::to_owned)
}

/// The longer words.
fn words<'a>(title: &'a str, summary: &'a str) -> impl Iterator<Item = &'a str> {
    let words = [title, summary].into_iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| word.len() > 3 && word.starts_with(char::is_alphabetic)).take(WORDS)
}

/// A hash (FNV-1a) that ignores letter case.
fn folded_hash(word: &str) -> u64 {
    let step = |hash: u64, letter: u64| (hash ^ letter).wrapping_mul(0x0100_0000_01b3);
    let start = 0xcbf2_9ce4_8422_2325;
    if word.is_ascii() {
        return word.bytes().fold(start, |hash, letter| step(hash, letter.to_ascii_lowercase().into()));
    }
    word.chars().flat_map(char::to_lowercase).fold(start, |hash, letter| step(hash, letter.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_and_short_words_do_not_relate_cases() {
        assert!(subject("How they put it into", "Which of THEM should also have been there?").is_empty());
        assert_eq!(subject("Into the Harbour", "").as_ref(), [folded_hash("harbour")]);
    }
}
