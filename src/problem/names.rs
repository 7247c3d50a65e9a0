//! An index of names, which finds the one most similar to a misspelt name among very many.
//!
//! A typing error leaves the first or the last half of a name unchanged, so the right name sorts near it, forwards or
//! backwards, unless very many names share that half. Comparing only these neighbours keeps ten thousand broken links
//! in ten thousand files from taking a hundred million comparisons.

use std::collections::BTreeSet;

use super::message::nearest;

/// The number of neighbours that are compared on each side.
const REACH: usize = 24;

/// So many names are all compared, so that none is missed that differs in both halves.
const FEW: usize = 200;

/// Names, each with a value: the name of a file with its path, or a name of a term with the term.
#[derive(Clone, Debug)]
pub struct NameIndex<V> {
    /// Folded names, sorted, each with its value.
    forwards: Vec<(String, V)>,
    /// Folded names spelt backwards, sorted, each with its index in `forwards`.
    backwards: Vec<(String, usize)>,
}

impl<V: Copy + Ord> NameIndex<V> {
    /// Makes an index of names with their values.
    pub fn new<'a>(names: impl IntoIterator<Item = (&'a str, V)>) -> NameIndex<V> {
        let mut forwards: Vec<(String, V)> =
            names.into_iter().map(|(name, value)| (name.to_lowercase(), value)).collect();
        forwards.sort_unstable();
        let reversed = |(index, (name, _)): (usize, &(String, V))| (name.chars().rev().collect(), index);
        let mut backwards: Vec<(String, usize)> = forwards.iter().enumerate().map(reversed).collect();
        backwards.sort_unstable();
        NameIndex { forwards, backwards }
    }

    /// The value of the name most similar to a misspelt one.
    pub fn nearest(&self, misspelt: &str) -> Option<V> {
        let word = misspelt.to_lowercase();
        let (found, _) = match self.forwards.len() {
            0..=FEW => nearest(&word, self.forwards.iter().map(|(name, _)| name.as_str()))?,
            _ => nearest(&word, self.neighbours(&word).into_iter().map(|index| self.forwards[index].0.as_str()))?,
        };
        let first = self.forwards.partition_point(|(name, _)| name.as_str() < found);
        Some(self.forwards[first].1)
    }

    /// The indices of the names that sort near a folded word, forwards or backwards.
    fn neighbours(&self, word: &str) -> BTreeSet<usize> {
        let reversed: String = word.chars().rev().collect();
        let forward_at = self.forwards.partition_point(|(name, _)| name.as_str() < word);
        let backward_at = self.backwards.partition_point(|(name, _)| *name < reversed);
        let around = |at: usize, length: usize| at.saturating_sub(REACH)..(at + REACH).min(length);
        around(forward_at, self.forwards.len())
            .chain(around(backward_at, self.backwards.len()).map(|index| self.backwards[index].1))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_anywhere_finds_its_name_among_many() {
        let many: Vec<String> = (0..10_000).map(|n| format!("case-{:05}-{}", n * 7919 % 10_000, n % 13)).collect();
        let all = many.iter().map(|name| (name.as_str(), name.as_str())).chain([("torbay-care.md", "content/torbay")]);
        let names = NameIndex::new(all);
        for misspelt in ["torbay-care.md", "trobay-care.md", "torbay-crae.md", "orbay-care.md", "Torbay-care.m"] {
            assert_eq!(names.nearest(misspelt), Some("content/torbay"), "{misspelt}");
        }
        assert_eq!(names.nearest("nothing like it"), None);
        assert_eq!(NameIndex::<()>::new([]).nearest("x"), None);
    }
}
