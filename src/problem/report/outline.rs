//! A block of YAML → the place of each of its keys and values.
//!
//! Made only for a block with problems. Nothing is validated here: where the parser stops, the outline ends, except for
//! top-level keys that a plain search finds below. An entry of a mapping is found by its key or, if the key is not a
//! text, by its position. Values of an alias or a merge have no path. Of two equal keys the later is found. A value of
//! several lines is its first line.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

use super::ruler::Ruler;
use crate::problem::{Side, Span, Step};

/// The places of the keys and values of a block of YAML, in bytes of the file.
pub struct Outline {
    nodes: Vec<OutlineNode>,
    children: BTreeMap<(usize, Step), usize>,
    /// For each line, the end of its content before a comment.
    line_ends: BTreeMap<usize, usize>,
    /// The collections around the next event, outermost first.
    open: Vec<OpenCollection>,
}

/// A value and, in a mapping, its key.
struct OutlineNode {
    key: Option<Span>,
    value: Option<Span>,
}

/// A collection that has begun and not ended.
struct OpenCollection {
    node: usize,
    line: usize,
    inside: Inside,
}

enum Inside {
    /// The index of the next item.
    List(usize),
    /// The number of entries, and the key whose value is next, with its name if it has one.
    Mapping(usize, Option<(Option<String>, Span)>),
}

impl Outline {
    /// Reads the block of a text.
    pub fn of(text: &str, block: &Span) -> Outline {
        let ruler = Ruler::new(text.as_bytes());
        Outline::read(&ruler, &ruler.fit(block))
    }

    /// Reads the block of a file at a fitted span. A block that is not text has no keys.
    pub(super) fn read(ruler: &Ruler, block: &Span) -> Outline {
        let text = ruler.text(block).unwrap_or_default();
        let mut outline =
            Outline { nodes: Vec::new(), children: BTreeMap::new(), line_ends: BTreeMap::new(), open: Vec::new() };
        let before = ruler.characters_before(block.start);
        let byte = |mark: Marker| ruler.byte_of(before + mark.index()).clamp(block.start, block.end);
        // YAML allows a tab after a colon, but this parser stops there. A space in its place keeps all positions.
        for event in Parser::new_from_str(&text.replace('\t', " ")) {
            match event {
                Ok((Event::DocumentEnd, _)) => break,
                Ok((event, marks)) => {
                    let start = byte(marks.start);
                    outline.take(event, start..byte(marks.end).max(start), marks.start.line(), ruler);
                }
                Err(_) => {
                    outline.search(block.start, text);
                    break;
                }
            }
        }
        outline
    }

    /// The span of the key or the value at a path. If a step is missing, that of the nearest key around it; none at the
    /// top level.
    pub fn find(&self, path: &[Step], side: Side) -> Option<Span> {
        let mut at = 0;
        for step in path {
            match self.children.get(&(at, step.clone())) {
                Some(&next) => at = next,
                None => return self.enclosing(at),
            }
        }
        match side {
            Side::Key => self.enclosing(at),
            Side::Value => self.nodes.get(at).and_then(|node| node.value.clone().or(node.key.clone())),
        }
    }

    /// The key of a node, or the item itself.
    fn enclosing(&self, at: usize) -> Option<Span> {
        let node = self.nodes.get(at).filter(|_| at > 0)?;
        node.key.clone().or(node.value.clone())
    }

    /// Adds the top-level keys that the parser did not reach: `key:` at the start of a line.
    fn search(&mut self, start: usize, text: &str) {
        if self.nodes.is_empty() {
            self.nodes.push(OutlineNode { key: None, value: None });
        }
        let mut at = start;
        for line in text.split_inclusive('\n') {
            let key = line.split_once(':').map_or("", |(key, _)| key.trim_end());
            if !key.is_empty() && !key.starts_with([' ', '\t', '#', '-']) {
                let node = self.nodes.len();
                self.nodes.push(OutlineNode { key: Some(at..at + key.len()), value: None });
                self.children.entry((0, Step::Key(key.to_owned()))).or_insert(node);
            }
            at += line.len();
        }
    }

    fn take(&mut self, event: Event, span: Span, line: usize, ruler: &Ruler) {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
                let is_absent = text.is_empty() && !is_quoted && anchor == 0 && tag.is_none() && !self.is_in_list();
                let span = first_line(ruler.text(&span).unwrap_or_default(), span, style);
                if !is_absent {
                    self.end_line_at(line, span.end);
                }
                self.add(Some(text.into_owned()), span, is_absent);
            }
            Event::Alias(_) => {
                self.end_line_at(line, span.end);
                self.add(None, span, false);
            }
            Event::SequenceStart(..) => self.begin(Inside::List(0), span, line),
            Event::MappingStart(..) => self.begin(Inside::Mapping(0, None), span, line),
            Event::SequenceEnd | Event::MappingEnd => {
                self.end_line_at(line, span.end);
                self.end();
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {}
        }
    }

    fn is_in_list(&self) -> bool {
        self.open.last().is_some_and(|open| matches!(open.inside, Inside::List(_)))
    }

    fn end_line_at(&mut self, line: usize, end: usize) {
        let known = self.line_ends.entry(line).or_default();
        *known = end.max(*known);
    }

    /// Adds the next key, value or item. `name` is its name if it is a key.
    fn add(&mut self, name: Option<String>, span: Span, is_absent: bool) -> usize {
        let node = self.nodes.len();
        let value = (!is_absent).then(|| span.clone());
        let mut key = None;
        if let Some(open) = self.open.last_mut() {
            let (next, name) = match &mut open.inside {
                Inside::List(next) => (Some(next), None),
                Inside::Mapping(next, due) => match due.take() {
                    Some((name, key_span)) => {
                        key = Some(key_span);
                        (Some(next), name)
                    }
                    None => {
                        *due = Some((name, span));
                        (None, None)
                    }
                },
            };
            if let Some(next) = next {
                self.children.insert((open.node, Step::Item(*next)), node);
                *next += 1;
            }
            if let Some(name) = name {
                self.children.insert((open.node, Step::Key(name)), node);
            }
        }
        self.nodes.push(OutlineNode { key, value });
        node
    }

    fn begin(&mut self, inside: Inside, span: Span, line: usize) {
        self.end_line_at(line, span.end);
        let node = self.add(None, span, false);
        self.open.push(OpenCollection { node, line, inside });
    }

    fn end(&mut self) {
        let Some(OpenCollection { node, line, .. }) = self.open.pop() else { return };
        let end = self.line_ends.get(&line).copied().unwrap_or_default();
        if let Some(value) = &mut self.nodes[node].value {
            value.end = end.max(value.start);
        }
    }
}

/// The first line of a scalar, with its quotation marks and without a comment. (The parser's own span of a quoted text
/// extends to the end of the line, including comments.)
fn first_line(text: &str, span: Span, style: ScalarStyle) -> Span {
    let end = match style {
        ScalarStyle::SingleQuoted => closing(text, '\'', '\''),
        ScalarStyle::DoubleQuoted => closing(text, '"', '\\'),
        ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded => text.len(),
    };
    let line = text[..end].split(['\n', '\r']).next().unwrap_or_default();
    span.start..span.start + line.trim_end().len()
}

/// The end of a quoted text. A quotation mark after `escape`, which may be the quotation mark itself, does not end it.
fn closing(text: &str, quote: char, escape: char) -> usize {
    let opening = text.find(quote).map_or(0, |at| at + 1);
    let mut rest = text[opening..].char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let is_escaped = c == escape && rest.next_if(|&(_, next)| next == quote || next == escape).is_some();
        if c == quote && !is_escaped {
            return opening + at + 1;
        }
    }
    text.len()
}
