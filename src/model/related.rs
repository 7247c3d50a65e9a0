//! Related cases: which cases have most in common with one, and what that is.
//!
//! Two cases are related by the terms that both carry and by the words of their titles and summaries; what few
//! cases share counts for more than what many share. A case is compared only with those that its rarest features name, and
//! each feature names a bounded number, so the work grows with the cases and not with their square. Cases named by hand come
//! first. How a reason reads in words is not decided here.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Library, library::Case};

/// How many cases are shown as related, unless more are named by hand.
const SHOWN: usize = 6;
/// How many features of a case, the rarest first, name other cases.
const NAMING: usize = 8;
/// How many cases a feature names: those nearest in the order of publication.
const NAMED: usize = 12;
/// How many of the cases named are compared feature by feature.
const COMPARED: usize = 10;
/// How many words of a case are looked at.
const WORDS: usize = 400;
/// How many of a case's words, the rarest, are kept.
const KEPT: usize = 24;
/// How many shared words are told.
const TOLD: usize = 3;
/// The least weight of what two cases share; less is chance.
const ENOUGH: u64 = 8;

/// What the cases of a library have in common, made ready for looking up.
#[derive(Debug)]
pub struct Kinship {
    features: Vec<Feature>,
    /// For each case, its features: ascending, each once.
    of_case: Vec<Vec<usize>>,
    /// For each feature, its cases: ascending.
    cases: Vec<Vec<usize>>,
    /// For each feature, what sharing it counts for.
    weights: Vec<u64>,
}

/// A case that is related to another, and what they share, the rarest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// An index into the library's cases.
    pub case: usize,
    /// The terms that both carry: a vocabulary, and a term of it.
    pub terms: Vec<(usize, usize)>,
    /// The words that both use: the first few.
    pub words: Vec<String>,
}

/// What cases may share.
#[derive(Debug)]
enum Feature {
    /// A term of a vocabulary; a facet's counts for more.
    Term { vocabulary: usize, term: usize, is_facet: bool },
    /// A word, as it was written first.
    Word(String),
}

impl Kinship {
    /// What the cases of a library have in common.
    pub fn of(library: &Library) -> Kinship {
        let mut kinship = Kinship { features: Vec::new(), of_case: Vec::new(), cases: Vec::new(), weights: Vec::new() };
        let mut terms = BTreeMap::new();
        let mut words = HashMap::new();
        for case in &library.cases {
            let mut found = Vec::new();
            for vocabulary in 0..library.vocabularies.len() {
                let is_facet = vocabulary < library.facets;
                for term in case.found_under(vocabulary, &library.vocabularies) {
                    let feature = || Feature::Term { vocabulary, term, is_facet };
                    found.push(*terms.entry((vocabulary, term)).or_insert_with(|| kinship.feature(feature())));
                }
            }
            for word in words_of(case) {
                let feature = || Feature::Word(word.to_owned());
                found.push(*words.entry(folded_hash(word)).or_insert_with(|| kinship.feature(feature())));
            }
            kinship.add(found);
        }
        kinship.weigh();
        kinship
    }

    /// The cases related to one: those named by hand, then those that have most in common with it.
    pub fn related(&self, library: &Library, case: usize) -> Vec<Relation> {
        let by_hand = &library.cases[case].related;
        let mut found: Vec<usize> = by_hand.iter().copied().filter(|&other| other != case).collect();
        let mut computed = self.named(case);
        computed.retain(|other| !found.contains(other));
        let mut compared: Vec<(u64, usize)> =
            computed.into_iter().map(|other| (self.weight(case, other), other)).collect();
        compared.retain(|&(weight, _)| weight >= ENOUGH);
        compared.sort_unstable_by_key(|&(weight, other)| (std::cmp::Reverse(weight), other));
        let free = SHOWN.saturating_sub(found.len());
        found.extend(compared.into_iter().take(free).map(|(_, other)| other));
        found.into_iter().map(|other| self.relation(case, other)).collect()
    }

    fn feature(&mut self, feature: Feature) -> usize {
        self.features.push(feature);
        self.cases.push(Vec::new());
        self.features.len() - 1
    }

    fn add(&mut self, mut features: Vec<usize>) {
        features.sort_unstable();
        features.dedup();
        let case = self.of_case.len();
        features.iter().for_each(|&feature| self.cases[feature].push(case));
        self.of_case.push(features);
    }

    /// The cases that this one's rarest features name: those with the greatest weight in common, as far as that shows.
    fn named(&self, case: usize) -> Vec<usize> {
        let mut features = self.of_case[case].clone();
        features.sort_unstable_by_key(|&feature| (self.cases[feature].len(), feature));
        features.truncate(NAMING);
        let mut weights: Vec<(usize, u64)> = Vec::new();
        for feature in features {
            let cases = &self.cases[feature];
            let at = cases.partition_point(|&other| other < case);
            let near = &cases[at.saturating_sub(NAMED / 2)..(at + 1 + NAMED / 2).min(cases.len())];
            let weight = self.weights[feature];
            weights.extend(near.iter().filter(|&&other| other != case).map(|&other| (other, weight)));
        }
        weights.sort_unstable();
        let sum = |same: &[(usize, u64)]| (same.iter().map(|(_, weight)| weight).sum::<u64>(), same[0].0);
        let mut named: Vec<(u64, usize)> = weights.chunk_by(|a, b| a.0 == b.0).map(sum).collect();
        named.sort_unstable_by_key(|&(weight, other)| (std::cmp::Reverse(weight), other));
        named.into_iter().take(COMPARED).map(|(_, other)| other).collect()
    }

    /// The features of both cases.
    fn shared(&self, a: usize, b: usize) -> impl Iterator<Item = usize> {
        let mut others = self.of_case[b].iter().copied().peekable();
        self.of_case[a].iter().copied().filter(move |&feature| {
            while others.next_if(|&other| other < feature).is_some() {}
            others.peek() == Some(&feature)
        })
    }

    fn weight(&self, a: usize, b: usize) -> u64 {
        self.shared(a, b).map(|feature| self.weights[feature]).sum()
    }

    /// Weighs every feature, and leaves to each case its terms and its rarest words that another case uses too.
    fn weigh(&mut self) {
        self.weights = (0..self.features.len()).map(|feature| self.rarity(feature)).collect();
        let (features, cases) = (&self.features, &self.cases);
        let is_term = |feature: usize| matches!(features[feature], Feature::Term { .. });
        for own in &mut self.of_case {
            own.retain(|&feature| cases[feature].len() > 1);
            own.sort_unstable_by_key(|&feature| (!is_term(feature), cases[feature].len(), feature));
            let terms = own.iter().take_while(|&&feature| is_term(feature)).count();
            own.truncate(terms + KEPT);
            own.sort_unstable();
        }
    }

    /// Half the doublings from the cases with a feature to all cases: whole numbers, so that every machine agrees.
    fn rarity(&self, feature: usize) -> u64 {
        let (all, with) = (self.of_case.len() as u64, self.cases[feature].len() as u64);
        let rarity = u64::from((all * all / (with * with).max(1)).max(1).ilog2());
        match self.features[feature] {
            Feature::Term { is_facet: true, .. } => 3 * rarity,
            Feature::Term { .. } | Feature::Word(_) => rarity,
        }
    }

    /// What two cases share. What more than half of all cases share is no reason, unless there is no other.
    fn relation(&self, case: usize, other: usize) -> Relation {
        let mut shared: Vec<usize> = self.shared(case, other).collect();
        shared.sort_by_key(|&feature| std::cmp::Reverse(self.weights[feature]));
        if shared.iter().any(|&feature| self.weights[feature] > 0) {
            shared.retain(|&feature| self.weights[feature] > 0);
        }
        let mut relation = Relation { case: other, terms: Vec::new(), words: Vec::new() };
        for feature in shared {
            match &self.features[feature] {
                Feature::Term { vocabulary, term, .. } => relation.terms.push((*vocabulary, *term)),
                Feature::Word(word) if relation.words.len() < TOLD => relation.words.push(word.clone()),
                Feature::Word(_) => {}
            }
        }
        relation
    }
}

/// A hash (FNV-1a) that letter case does not change: it spares a copy of every word, and sixty-four bits do not collide here.
fn folded_hash(word: &str) -> u64 {
    let step = |hash: u64, letter: u64| (hash ^ letter).wrapping_mul(0x0100_0000_01b3);
    let start = 0xcbf2_9ce4_8422_2325;
    if word.is_ascii() {
        return word.bytes().fold(start, |hash, letter| step(hash, letter.to_ascii_lowercase().into()));
    }
    word.chars().flat_map(char::to_lowercase).fold(start, |hash, letter| step(hash, letter.into()))
}

/// The words of a case that may say what it is about: the longer ones.
fn words_of(case: &Case) -> impl Iterator<Item = &str> {
    let words =
        [&case.file.title, &case.file.summary].into_iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| word.len() > 3 && word.starts_with(char::is_alphabetic)).take(WORDS)
}
