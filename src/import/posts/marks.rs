//! Finds marks in a text. All searches forward for one mark take the time of one reading, however many they are.

use std::collections::HashMap;

/// A text in which marks are looked for, with what is known of them.
pub(super) struct MarkFinder<'a> {
    text: &'a str,
    known: HashMap<&'static str, Search>,
}

/// A search for a mark: there is none between its start and its result.
struct Search {
    from: usize,
    /// None if there is no mark up to the end.
    found: Option<usize>,
}

impl<'a> MarkFinder<'a> {
    pub fn new(text: &'a str) -> MarkFinder<'a> {
        MarkFinder { text, known: HashMap::new() }
    }

    /// The place of the next mark at or after a byte.
    pub fn next(&mut self, mark: &'static str, from: usize) -> Option<usize> {
        let is_answer = |search: &&Search| search.from <= from && search.found.is_none_or(|found| from <= found);
        if let Some(search) = self.known.get(mark).filter(is_answer) {
            return search.found;
        }
        let found = self.text[from..].find(mark).map(|found| from + found);
        self.known.insert(mark, Search { from, found });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_place_is_given_only_to_searches_that_lead_to_it() {
        let mut marks = MarkFinder::new("a}}}b}}c");
        let found = [0, 1, 2, 3, 6, 1, 7, 0, 6].map(|from| marks.next("}}", from));
        assert_eq!(found, [Some(1), Some(1), Some(2), Some(5), None, Some(1), None, Some(1), None]);
        assert_eq!(marks.next("%}", 0), None);
    }
}
