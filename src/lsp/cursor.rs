//! Finds the syntax at the cursor: a key or a value of YAML, a link, a citation, or text.
//!
//! Reads only the text, line by line, since a file is seldom valid YAML while it is being typed. Takes a file's text
//! and a byte; gives the path of keys, and the bytes that a completion would replace.

use crate::{model::document::is_in_source_id, problem::Span, read::front_matter};

/// The syntax at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// A key of YAML, or the place of one: the keys above it, and the bytes of the key so far.
    Key(Vec<String>, Span),
    /// A value of YAML: the path of keys, and the bytes of the value so far.
    Value(Vec<String>, Span),
    /// The id of a source in a citation.
    Citation(Span),
    /// The address of a link, between the brackets.
    Link(Span),
    /// The text of a heading.
    Heading(Span),
    /// A word of the body.
    Word(Span),
}

/// The YAML of a file: all of it, or its front matter.
pub fn yaml(text: &str, is_markdown: bool) -> Option<Span> {
    if !is_markdown {
        return Some(0..text.len());
    }
    match front_matter::split(text) {
        front_matter::Split::Both { yaml, .. } => Some(yaml),
        // Front matter is not closed yet while it is being typed.
        front_matter::Split::Unclosed { body, .. } => Some(body),
        front_matter::Split::NoFrontMatter { .. } => None,
    }
}

/// The syntax at a byte of a file.
pub fn cursor(text: &str, at: usize, is_markdown: bool) -> Cursor {
    match yaml(text, is_markdown) {
        Some(block) if (block.start..=block.end).contains(&at) => in_yaml(text, block.start, at),
        _ => in_body(text, at),
    }
}

/// The keys above a line by indentation, outermost first: each with its indentation and the start of its value.
fn keys_above(text: &str, start: usize, at: usize) -> Vec<(usize, String, usize)> {
    let mut open: Vec<(usize, String, usize)> = Vec::new();
    let mut line_start = start;
    for line in text[start..at].split_inclusive('\n') {
        let (mut indent, mut content) = unindented(line);
        // The hyphen of an item counts as indentation.
        while let Some(item) = content.strip_prefix("- ") {
            open.retain(|(known, ..)| *known < indent + 1);
            let inner = item.trim_start_matches(' ');
            indent += content.len() - inner.len();
            content = inner;
        }
        if let Some((key, value)) = key_of(content) {
            open.retain(|(known, ..)| *known < indent);
            let value_start = line_start + line.len() - value.len();
            open.push((indent, key.to_owned(), value_start));
        }
        line_start += line.len();
    }
    open
}

fn unindented(line: &str) -> (usize, &str) {
    let content = line.trim_start_matches(' ');
    (line.len() - content.len(), content)
}

/// A key, and the text after its colon.
fn key_of(content: &str) -> Option<(&str, &str)> {
    let end = content.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')))?;
    let value = content[end..].strip_prefix(':')?;
    (end > 0 && (value.is_empty() || value.starts_with([' ', '\n', '\r']))).then_some((&content[..end], value))
}

fn in_yaml(text: &str, start: usize, at: usize) -> Cursor {
    let open = keys_above(text, start, at);
    let line_start = text[..at].rfind('\n').map_or(start, |newline| (newline + 1).max(start));
    let (indent, content) = unindented(&text[line_start..at]);
    if let Some((_, _, value_start)) = open.last()
        && (*value_start >= line_start || is_in_brackets(&text[*value_start..at]))
    {
        let path = open.iter().map(|(_, key, _)| key.clone()).collect();
        return in_value(text, path, *value_start, at);
    }
    let item = content.trim_start_matches("- ");
    let item = item.strip_prefix('-').filter(|rest| rest.is_empty()).unwrap_or(item);
    let is_item = item.len() < content.len();
    let column = indent + content.len() - item.len();
    // A key has the column of its siblings. The hyphen of an item may have the column of its list's key.
    let is_above = |known: usize| if is_item { known <= indent } else { known < column };
    let path: Vec<String> = open.iter().filter(|(known, ..)| is_above(*known)).map(|(_, key, _)| key.clone()).collect();
    if is_item && item.starts_with(['{', '[']) {
        return in_value(text, path, at - item.len(), at);
    }
    let token = token(text, at - item.len(), at);
    if is_item && key_of(text[token.start..].lines().next().unwrap_or_default()).is_none() {
        return Cursor::Value(path, token);
    }
    Cursor::Key(path, token)
}

/// Is a bracket open at the end of a value?
fn is_in_brackets(value: &str) -> bool {
    let depth = |c: char| match c {
        '[' | '{' => 1,
        ']' | '}' => -1,
        _ => 0,
    };
    value.trim_start().starts_with(['[', '{']) && value.chars().map(depth).sum::<i32>() > 0
}

/// The syntax within the value of a key, which may contain brackets.
fn in_value(text: &str, mut path: Vec<String>, value_start: usize, at: usize) -> Cursor {
    let mut open: Vec<(char, Option<String>)> = Vec::new();
    let mut from = value_start;
    let mut quote = None;
    for (n, c) in text[value_start..at].char_indices() {
        match (quote, c) {
            (Some(mark), _) if mark == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if text[from..value_start + n].trim().is_empty() => quote = Some(c),
            (None, '[' | '{') => {
                open.push((c, None));
                from = value_start + n + 1;
            }
            (None, ']' | '}') => {
                open.pop();
                from = value_start + n + 1;
            }
            (None, ',') if !open.is_empty() => {
                if let Some((_, key)) = open.last_mut() {
                    *key = None;
                }
                from = value_start + n + 1;
            }
            (None, ':') if matches!(open.last(), Some(('{', None))) => {
                let name = text[from..value_start + n].trim().to_owned();
                if let Some((_, key)) = open.last_mut() {
                    *key = Some(name);
                }
                from = value_start + n + 1;
            }
            _ => {}
        }
    }
    path.extend(open.iter().filter_map(|(_, key)| key.clone()));
    let token = token(text, from, at);
    match open.last() {
        Some(('{', None)) => Cursor::Key(path, token),
        _ => Cursor::Value(path, token),
    }
}

/// The bytes from a position to the end of the token at the cursor, without blanks at the ends.
fn token(text: &str, from: usize, at: usize) -> Span {
    let start = at - text[from..at].trim_start().len();
    let start = if text[start..at].starts_with(['"', '\'']) { start + 1 } else { start };
    let rest = line(text, at);
    let end = rest.find([',', ']', '}', '"', '\'', ':', '#']).unwrap_or(rest.len());
    let end = at + rest[..end].trim_end().len();
    start..end.max(at)
}

/// The rest of a line.
fn line(text: &str, at: usize) -> &str {
    text[at..].lines().next().filter(|_| !text[at..].starts_with('\n')).unwrap_or_default()
}

fn in_body(text: &str, at: usize) -> Cursor {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = at + line(text, at).len();
    let (before, after) = (&text[start..at], &text[at..end]);
    if let Some(open) = before.rfind("](").filter(|open| !before[*open..].contains(')')) {
        let from = start + open + 2;
        let to = at + after.find([')', ' ']).unwrap_or(0);
        return Cursor::Link(from..to);
    }
    if let Some(open) = before.rfind('@')
        && let Some(bracket) = before[..open].rfind('[')
        && !before[bracket..].contains(']')
        && before[open + 1..].chars().all(is_in_source_id)
    {
        let to = at + after.find(|c| !is_in_source_id(c)).unwrap_or(after.len());
        return Cursor::Citation(start + open + 1..to);
    }
    let hashes = text[start..end].len() - text[start..end].trim_start_matches('#').len();
    if (1..=6).contains(&hashes) && at > start + hashes || (hashes > 0 && at == start + hashes) {
        let from = (start + hashes + 1).min(end);
        return Cursor::Heading(from..end);
    }
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '&');
    let from = before
        .rfind(|c: char| !is_word(c))
        .map_or(start, |gap| start + gap + before[gap..].chars().next().map_or(1, char::len_utf8));
    let to = at + after.find(|c: char| !is_word(c)).unwrap_or(after.len());
    Cursor::Word(from..to)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The syntax at the `|` in a text.
    fn at(marked: &str) -> String {
        let at = marked.find('|').expect("a cursor");
        let text = marked.replacen('|', "", 1);
        let found = cursor(&text, at, true);
        let (kind, path, span) = match found {
            Cursor::Key(path, span) => ("key", path, span),
            Cursor::Value(path, span) => ("value", path, span),
            Cursor::Citation(span) => ("citation", Vec::new(), span),
            Cursor::Link(span) => ("link", Vec::new(), span),
            Cursor::Heading(span) => ("heading", Vec::new(), span),
            Cursor::Word(span) => ("word", Vec::new(), span),
        };
        format!("{kind} {}: {}", path.join("."), &text[span])
    }

    #[test]
    fn positions_in_incomplete_front_matter_are_found() {
        let cases = [
            ("---\nti|\n---\n", "key : ti"),
            ("---\ntitle: A\n|\n---\n", "key : "),
            ("---\nsector: he|\n---\n", "value sector: he"),
            ("---\nsector: [police, he|\n---\n", "value sector: he"),
            ("---\nsector:\n  - he|\n---\n", "value sector: he"),
            ("---\nsector:\n- he|\ntier: a\n---\n", "value sector: he"),
            ("---\nplace: { name: A, re| }\n---\n", "key place: re"),
            ("---\nplace: { name: A, region: So| }\n---\n", "value place.region: So"),
            ("---\nperiod:\n  fr|\n---\n", "key period: fr"),
            ("---\nperiod:\n  from: 20|\ntitle: A\n---\n", "value period.from: 20"),
            ("---\nsources:\n  - title: A\n    ur|\n---\n", "key sources: ur"),
            ("---\nsources:\n  - title: A\n    url: h|\n---\n", "value sources.url: h"),
            ("---\nbarrier:\n  - term: pol|\n---\n", "value barrier.term: pol"),
            ("---\nsources:\n  - { title: A, ur| }\n---\n", "key sources: ur"),
            ("---\nsources:\n  - { title: A, kind: ev| }\n---\n", "value sources.kind: ev"),
            ("---\nsources:\n- { id: au|dit, title: A }\nrelated: [b]\n---\n", "value sources.id: audit"),
            ("---\nsources:\n  - title: A\n    kind: x\n  - {ti|\n---\n", "key sources: ti"),
            ("---\nstatus: \"dr|aft\"\n---\n", "value status: draft"),
            ("---\nti|tle: A\n---\n", "key : title"),
        ];
        for (marked, expected) in cases {
            assert_eq!(at(marked), expected, "{marked:?}");
        }
    }

    #[test]
    fn positions_in_a_body_are_found() {
        assert_eq!(at("---\na: b\n---\nSee [x](../pa|ges/a.md) now"), "link : ../pages/a.md");
        assert_eq!(at("---\na: b\n---\nSo [@au|dit] now"), "citation : audit");
        assert_eq!(at("---\na: b\n---\n## What ch|anged\n"), "heading : What changed");
        assert_eq!(at("---\na: b\n---\nThe PC|T paid"), "word : PCT");
    }

    proptest! {
        #[test]
        fn the_bytes_at_a_cursor_lie_in_the_text(text in "(---\n)?[a-z:\\[\\]{},\"'#@(é\n -]{0,60}", n: usize) {
            let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (Cursor::Key(_, span) | Cursor::Value(_, span) | Cursor::Citation(span) | Cursor::Link(span)
                | Cursor::Heading(span) | Cursor::Word(span)) = cursor(&text, ends[n % ends.len()], n % 2 == 0);
            prop_assert!(text.get(span.clone()).is_some(), "{span:?}");
        }
    }
}
