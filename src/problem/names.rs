//! Names to be guessed at: for finding, among very many, the one that was probably meant.
//!
//! A slip leaves the first half of a name as it was, or the last, so its match sorts near it, forwards or backwards. Looking
//! at those neighbours alone keeps ten thousand broken links in ten thousand files from taking a hundred million comparisons.

use std::collections::BTreeSet;

use super::message::nearest;

/// How many neighbours are looked at on each side.
const REACH: usize = 24;

/// Names, each standing for something: a file's name for its path.
#[derive(Clone, Debug, Default)]
pub struct NameIndex<'a> {
    /// Folded names, sorted, each with what it stands for.
    forwards: Vec<(String, &'a str)>,
    /// Folded names spelt backwards, sorted, each with its place in `forwards`.
    backwards: Vec<(String, usize)>,
}

impl<'a> NameIndex<'a> {
    /// Names, and what each stands for.
    pub fn new(names: impl IntoIterator<Item = (&'a str, &'a str)>) -> NameIndex<'a> {
        let mut forwards: Vec<(String, &str)> =
            names.into_iter().map(|(name, meaning)| (name.to_lowercase(), meaning)).collect();
        forwards.sort_unstable();
        let reversed = |(place, (name, _)): (usize, &(String, &str))| (name.chars().rev().collect(), place);
        let mut backwards: Vec<(String, usize)> = forwards.iter().enumerate().map(reversed).collect();
        backwards.sort_unstable();
        NameIndex { forwards, backwards }
    }

    /// What the name nearest to a misspelt one stands for.
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
