//! A line of YAML, for code that looks at the text around a syntax error. Spans are bytes of the YAML.

use crate::problem::Span;

/// A line of the YAML, without its line break.
#[derive(Clone, Copy)]
pub(super) struct YamlLine<'a> {
    pub(super) yaml: &'a str,
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl<'a> YamlLine<'a> {
    pub(super) fn at(yaml: &'a str, at: usize) -> YamlLine<'a> {
        let at = at.min(yaml.len());
        let start = yaml[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = yaml[at..].find('\n').map_or(yaml.len(), |newline| at + newline);
        YamlLine { yaml, start, text: yaml[start..end].trim_end() }
    }

    /// The nearest line above with content.
    pub(super) fn above(&self) -> Option<YamlLine<'a>> {
        let above = self.yaml[..self.start].trim_end();
        (!above.is_empty()).then(|| YamlLine::at(self.yaml, above.rfind('\n').map_or(0, |newline| newline + 1)))
    }

    pub(super) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// Its content, without the indentation.
    pub(super) fn whole(&self) -> Span {
        let text = self.text.trim_start();
        self.start + self.text.len() - text.len()..self.start + self.text.len()
    }

    /// Its value after the first colon and space, with the start of the value.
    pub(super) fn value(&self) -> (usize, &'a str) {
        let value = self.text.split_once(": ").map_or("", |(_, value)| value.trim_start());
        (self.start + self.text.len() - value.len(), value)
    }

    /// Its value after the first colon and space, or else the item after its hyphen, with the start.
    pub(super) fn value_or_item(&self) -> (usize, &'a str) {
        let item = self.text.trim_start().strip_prefix("- ").map(str::trim_start);
        match self.value() {
            (end, "") => item.map_or((end, ""), |item| (self.start + self.text.len() - item.len(), item)),
            value => value,
        }
    }

    /// The character at a position.
    pub(super) fn character(&self, at: usize) -> Span {
        let width = self.yaml[at..].chars().next().filter(|c| !c.is_control()).map_or(0, char::len_utf8);
        at..at + width
    }

    /// From a position to the end of the line, without a comma or bracket after the word.
    pub(super) fn word(&self, at: usize) -> Span {
        let end = (self.start + self.text.len()).max(at);
        let rest = &self.yaml[at..end];
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}')).unwrap_or(rest.len());
        if length == 0 { self.character(at) } else { at..at + length }
    }
}
