//! Finds the place in YAML of an error that the value parser reports without a place, or cannot reach.
//!
//! Walks the events of a parser with positions, only if there is something to report. Spans are bytes of the YAML;
//! without a result, the place is the first line.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

use crate::problem::Span;

/// The first key that occurs twice in its mapping, with the place of the first and of the second.
pub(super) fn key_twice(yaml: &str) -> Option<(String, [Span; 2])> {
    /// A collection that has begun and not ended.
    struct WalkedCollection {
        is_mapping: bool,
        /// Is a key expected next?
        at_key: bool,
        /// The keys so far, with their places.
        keys: HashMap<String, Span>,
    }
    // After a complete node in a mapping, a key is followed by a value, and a value by a key.
    let turn = |open: &mut Vec<WalkedCollection>| {
        if let Some(last) = open.last_mut() {
            last.at_key = last.is_mapping && !last.at_key;
        }
    };
    let begin = |is_mapping| WalkedCollection { is_mapping, at_key: is_mapping, keys: HashMap::new() };
    let mut open: Vec<WalkedCollection> = Vec::new();
    events(yaml).find_map(|(event, here)| {
        match event {
            Event::MappingStart(..) => open.push(begin(true)),
            Event::SequenceStart(..) => open.push(begin(false)),
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                turn(&mut open);
            }
            Event::Scalar(key, ..) => {
                if let Some(last) = open.last_mut().filter(|last| last.at_key)
                    && let Some(first) = last.keys.insert(key.to_string(), here.clone())
                {
                    return Some((key.into_owned(), [first, here]));
                }
                turn(&mut open);
            }
            Event::Alias(_) => turn(&mut open),
            _ => {}
        }
        None
    })
}

/// Comments after a text on its line, if the text is the value of one of these keys and has no quotation marks: the
/// key, and the comment.
pub(super) fn comments_after(yaml: &str, keys: &[&str]) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    let mut before = String::new();
    for (event, here) in events(yaml) {
        let Event::Scalar(value, style, ..) = event else {
            before.clear();
            continue;
        };
        let rest = yaml[here.end..].lines().next().unwrap_or_default();
        let comment = rest.trim_start();
        let is_apart = yaml[..here.end].ends_with([' ', '\t']) || comment.len() < rest.len();
        let is_text = style == ScalarStyle::Plain && !value.is_empty() && keys.contains(&before.as_str());
        if is_text && is_apart && comment.starts_with('#') {
            let start = here.end + (rest.len() - comment.len());
            found.push((before.clone(), start..start + comment.trim_end().len()));
        }
        let is_key = yaml[here.end..].trim_start_matches(' ').starts_with(':');
        before = if is_key { value.into_owned() } else { String::new() };
    }
    found
}

/// The first list or mapping inside more than `deepest` others.
pub(super) fn too_deep(yaml: &str, deepest: usize) -> Option<Span> {
    let mut depth = 0_usize;
    events(yaml).find_map(|(event, here)| {
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
            Event::MappingEnd | Event::SequenceEnd => depth -= 1,
            _ => {}
        }
        (depth > deepest).then(|| here.start..here.start + 1)
    })
}

/// The first alias with which the values, expanded, are more than a hundred times those written.
pub(super) fn alias_too_many(yaml: &str) -> Span {
    const MAX_EXPANSION: usize = 100;
    let written = events(yaml).count();
    // The number of expanded values so far, and that of each anchor.
    let mut all = 0_usize;
    let mut sizes: HashMap<usize, usize> = HashMap::new();
    // For each open collection: its anchor, and the number of values before it.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let found = events(yaml).find_map(|(event, here)| {
        match event {
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                open.push((anchor, all));
                all = all.saturating_add(1);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (anchor, before) = open.pop()?;
                sizes.insert(anchor, all - before);
            }
            Event::Scalar(_, _, anchor, _) => {
                sizes.insert(anchor, 1);
                all = all.saturating_add(1);
            }
            Event::Alias(anchor) => {
                all = all.saturating_add(sizes.get(&anchor).copied().unwrap_or(1));
                return (all / MAX_EXPANSION > written).then_some(here);
            }
            _ => {}
        }
        None
    });
    found.unwrap_or_else(|| first_line(yaml))
}

/// The parser's events with their bytes, up to its first error.
fn events(yaml: &str) -> impl Iterator<Item = (Event<'_>, Span)> {
    let bytes: Vec<usize> = yaml.char_indices().map(|(at, _)| at).chain([yaml.len()]).collect();
    let byte = move |mark: Marker| bytes[mark.index().min(bytes.len() - 1)];
    Parser::new_from_str(yaml).map_while(Result::ok).map(move |(event, marks)| {
        let start = byte(marks.start);
        (event, start..byte(marks.end).max(start))
    })
}

fn first_line(yaml: &str) -> Span {
    0..yaml.lines().next().map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_two_keys_is_found_in_its_own_mapping() {
        let yaml = "a: { b: 1 }\nb: é\nc:\n  - b: 1\n    b: 2\n";
        let (key, [first, second]) = key_twice(yaml).unwrap();
        assert_eq!((&*key, &yaml[first.start..], &yaml[second.start..]), ("b", "b: 1\n    b: 2\n", "b: 2\n"));
        let yaml = "\"a\\\"b\": 1\nc: [c, c]\n'a\"b': 2\n";
        let (key, [first, second]) = key_twice(yaml).unwrap();
        assert_eq!((&*key, &yaml[first], &yaml[second]), ("a\"b", "\"a\\\"b\"", "'a\"b'"));
        assert_eq!(key_twice("a: { a: 1 }\nb: a\n"), None);
    }

    #[test]
    fn the_place_of_too_deep_nesting_is_found() {
        let yaml = "a: [[[é, [x]]]]\n";
        assert_eq!(too_deep(yaml, 4).map(|at| &yaml[at.start..]), Some("[x]]]]\n"));
        assert_eq!(too_deep(yaml, 5), None);
    }

    #[test]
    fn the_place_of_the_first_alias_over_the_limit_is_found() {
        let mut yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..8 {
            let before = vec![format!("*a{}", n - 1); 9].join(", ");
            yaml.push_str(&format!("a{n}: &a{n} [{before}]\n"));
        }
        let found = alias_too_many(&yaml);
        assert_eq!(&yaml[found], "*a3");
        assert_eq!(alias_too_many("a: &a x\nb: *a\n"), 0.."a: &a x".len());
    }
}
