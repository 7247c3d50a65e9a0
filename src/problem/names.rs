//! An index of names, which finds the one most similar to a misspelt name among very many.
//!
//! A typing error leaves the first or the last half of a name unchanged, so the right name sorts near it, forwards or
//! backwards. Comparing only these neighbours keeps ten thousand broken links in ten thousand files from taking a
//! hundred million comparisons.

use std::collections::BTreeSet;

use super::message::nearest;

/// The number of neighbours that are compared on each side.
const REACH: usize = 24;

/// Names, each with a value: the name of a file with its path.
#[derive(Clone, Debug, Default)]
pub struct NameIndex<'a> {
    /// Folded names, sorted, each with its value.
    forwards: Vec<(String, &'a str)>,
    /// Folded names spelt backwards, sorted, each with its index in `forwards`.
    backwards: Vec<(String, usize)>,
}

impl<'a> NameIndex<'a> {
    /// Makes an index of names with their values.
    pub fn new(names: impl IntoIterator<Item = (&'a str, &'a str)>) -> NameIndex<'a> {
        let mut forwards: Vec<(String, &str)> =
            names.into_iter().map(|(name, meaning)| (name.to_lowercase(), meaning)).collect();
        forwards.sort_unstable();
        let reversed = |(place, (name, _)): (usize, &(String, &str))| (name.chars().rev().collect(), place);
        let mut backwards: Vec<(String, usize)> = forwards.iter().enumerate().map(reversed).collect();
        backwards.sort_unstable();
        NameIndex { forwards, backwards }
    }

    /// The value of the name most similar to a misspelt one.
    pub fn nearest(&self, misspelt: &str) -> Option<&'a str> {
        let word = misspelt.to_lowercase();
        let reversed: String = word.chars().rev().collect();
        let here = self.forwards.partition_point(|(name, _)| *name < word);
        let there = self.backwards.partition_point(|(name, _)| *name < reversed);
        let around = |at: usize, length: usize| at.saturating_sub(REACH)..(at + REACH).min(length);
        let near: BTreeSet<usize> = around(here, self.forwards.len())
            .chain(around(there, self.backwards.len()).map(|place| self.backwards[place].1))
            .collect();
        let (found, _) = nearest(&word, near.iter().map(|&place| self.forwards[place].0.as_str()))?;
        let place = near.into_iter().find(|&place| self.forwards[place].0 == found)?;
        Some(self.forwards[place].1)
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
        assert_eq!(NameIndex::default().nearest("x"), None);
    }
}
