//! The conflict markers that git leaves in a body when two versions of a file are merged.
//!
//! Takes the Markdown and the places of code in fences, which may show such markers; gives the lines of each conflict.
//! A conflict is found line by line, since the parser reads its markers as text, headings and quotations.

use std::{collections::BTreeMap, ops::Range};

/// The conflicts of a body, in order.
#[derive(Default)]
pub(super) struct Conflicts {
    /// From the first marker of each to the end of its last.
    found: Vec<Range<usize>>,
    /// The end of each piece of code in a fence that was read so far, by its start.
    fenced: BTreeMap<usize, usize>,
}

impl Conflicts {
    /// The conflicts of a text. A marker without the others of its conflict counts too.
    pub(super) fn of(markdown: &str) -> Conflicts {
        let mut found: Vec<Range<usize>> = Vec::new();
        // Most texts have no marker.
        if !["<<<<<<< ", ">>>>>>> ", MIDDLE].iter().any(|marker| markdown.contains(marker)) {
            return Conflicts::default();
        }
        let mut is_open = false;
        let mut start = 0;
        let mut before = "";
        for line in markdown.split_inclusive('\n') {
            let at = start..start + line.trim_end().len();
            start += line.len();
            match found.last_mut().filter(|_| is_open && line.starts_with(">>>>>>> ")) {
                Some(open) => (open.end, is_open) = (at.end, false),
                None if line.starts_with("<<<<<<< ") => {
                    found.push(at);
                    is_open = true;
                }
                None if line.starts_with(">>>>>>> ") => found.push(at),
                None if !is_open && line.trim_end() == MIDDLE && !is_heading(before) => found.push(at),
                None => {}
            }
            before = line.trim();
        }
        Conflicts { found, fenced: BTreeMap::new() }
    }

    /// Remembers code in a fence, in which markers are shown and not left over.
    pub(super) fn add_fenced_code(&mut self, at: &Range<usize>) {
        if !self.found.is_empty() {
            self.fenced.insert(at.start, at.end);
        }
    }

    /// Is this byte within a conflict?
    pub(super) fn contain(&self, at: usize) -> bool {
        let before = self.found.partition_point(|conflict| conflict.start <= at);
        let last = self.found[..before].last();
        last.is_some_and(|conflict| at < conflict.end && self.is_left_over(conflict))
    }

    /// The conflicts outside code.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Range<usize>> {
        self.found.iter().filter(|conflict| self.is_left_over(conflict))
    }

    fn is_left_over(&self, conflict: &Range<usize>) -> bool {
        let code = self.fenced.range(..=conflict.start).next_back();
        code.is_none_or(|(_, &end)| end <= conflict.start)
    }
}

/// The marker between the two versions.
const MIDDLE: &str = "=======";

/// Can this line be a heading that a line of equals signs below makes? Sentences, marks and empty lines are none.
fn is_heading(line: &str) -> bool {
    let is_sentence = line.ends_with(['.', '!', '?', ';', ':', ',', ']', '”']);
    !is_sentence && line.starts_with(|c: char| c.is_alphanumeric() || "*_“‘\"'>".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &[&str]) {
        let found: Vec<&str> = Conflicts::of(markdown).found.into_iter().map(|at| &markdown[at]).collect();
        assert_eq!(found, expected, "{markdown:?}");
    }

    #[test]
    fn a_conflict_goes_from_its_first_marker_to_its_last() {
        check("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> jo\nd\n", &["<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> jo"]);
        check("<<<<<<< HEAD\r\n=======\r\n>>>>>>> jo\r\n", &["<<<<<<< HEAD\r\n=======\r\n>>>>>>> jo"]);
        check("<<<<<<< a\n>>>>>>> b\n<<<<<<< c\n>>>>>>> d", &["<<<<<<< a\n>>>>>>> b", "<<<<<<< c\n>>>>>>> d"]);
    }

    #[test]
    fn a_marker_alone_is_a_conflict_of_its_own() {
        check("a\n>>>>>>> jo\nb\n<<<<<<< HEAD\nc", &[">>>>>>> jo", "<<<<<<< HEAD"]);
        check("The desks closed.[@report]\n=======\nb\n", &["======="]);
        check("a\n\n=======\r\n\nb\n", &["======="]);
        check("a <<<<<<< b\n<<<<<<<<\n\n========\n> quoted\n\nResults\n=======\n\nb\n", &[]);
    }
}
