//! The ids of elements of a page: each is unique, and made as on GitHub.
//!
//! Takes the names that headings, footnotes and authors ask for, in the order of the page; gives ids that no other
//! element of the page has. Whether something links to them does not matter here.

use std::collections::{BTreeMap, btree_map::Entry};

use unicode_normalization::char::is_combining_mark;

/// The prefix of all ids of the theme.
const OF_THE_THEME: &str = "cb-";

/// The ids assigned so far.
#[derive(Default)]
pub(super) struct ElementIds {
    /// Every id, with the last number that was tried after it.
    taken: BTreeMap<String, usize>,
    /// The ids in the order of the page.
    pub(super) given: Vec<String>,
}

impl ElementIds {
    /// Assigns exactly this id, if it is free. Ids with the theme's prefix are not.
    pub(super) fn claim(&mut self, id: &str) -> bool {
        if id.starts_with(OF_THE_THEME) {
            return false;
        }
        let Entry::Vacant(free) = self.taken.entry(id.to_owned()) else { return false };
        free.insert(0);
        self.given.push(id.to_owned());
        true
    }

    /// Assigns this id, or the first of `id-1`, `id-2` … that is free.
    pub(super) fn unique(&mut self, id: String) -> String {
        let id = if id.starts_with(OF_THE_THEME) { format!("section-{id}") } else { id };
        if self.claim(&id) {
            return id;
        }
        // The number is kept, so that thousands of headings of one name do not each start at 1.
        let mut number = self.taken[&id];
        loop {
            number += 1;
            let numbered = format!("{id}-{number}");
            if self.claim(&numbered) {
                self.taken.insert(id, number);
                return numbered;
            }
        }
    }
}

/// A text as GitHub writes it in an anchor: lower case, without punctuation, with hyphens for spaces. None if nothing
/// is left.
pub(super) fn slug(text: &str) -> Option<String> {
    let kept = |c: char| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '-' | '_');
    let slug: String = text
        .trim()
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| if matches!(c, ' ' | '\t' | '\n') { Some('-') } else { kept(c).then_some(c) })
        .collect();
    slug.contains(char::is_alphanumeric).then_some(slug)
}

/// Can this be an id in HTML?
pub(super) fn is_id(id: &str) -> bool {
    !id.is_empty() && !id.contains(|c: char| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_follow_githubs_rule() {
        let check = |text, expected: &str| assert_eq!(slug(text).as_deref(), Some(expected), "{text}");
        check("What was tried?", "what-was-tried");
        check("  Health & care — one budget ", "health--care--one-budget");
        check("Ynys Môn: Étape_2", "ynys-môn-étape_2");
        check("2008", "2008");
        check("हिन्दी", "हिन्दी");
        assert_eq!(slug("— ?! 🎉"), None);
        assert_eq!(slug("- -"), None);
    }

    #[test]
    fn equal_names_are_numbered() {
        let mut ids = ElementIds::default();
        assert!(ids.claim("a-1"));
        let given: Vec<String> = (0..4).map(|_| ids.unique("a".to_owned())).collect();
        assert_eq!(given, ["a", "a-2", "a-3", "a-4"]);
        assert!(!ids.claim("a-4"));
        assert_eq!(ids.given, ["a-1", "a", "a-2", "a-3", "a-4"]);
    }

    #[test]
    fn many_equal_names_take_linear_time() {
        let mut ids = ElementIds::default();
        for _ in 0..100_000 {
            ids.unique("section".to_owned());
        }
        assert_eq!(ids.given.last().map(String::as_str), Some("section-99999"));
    }
}
