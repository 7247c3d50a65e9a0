//! Hides colons that do not begin a definition from the parser of Markdown.
//!
//! A definition begins with a colon and a space. The parser takes any colon at the start of a line for one, including
//! those of `:30 past` and `:::note`, and one inside a code span that began in the line before. Each of these is
//! replaced by a character of the same length, and restored in [`super::runs`]. A body without such colons is not
//! copied.

use std::borrow::Cow;

/// The replacement for a colon while the Markdown is parsed. It cannot be typed.
pub(super) const STAND_IN: char = '\u{1A}';

/// The Markdown with a [`STAND_IN`] for each colon that does not begin a definition.
pub(super) fn hidden(markdown: &str) -> Cow<'_, str> {
    if !has_colon_at_line_start(markdown.as_bytes()) || markdown.contains(STAND_IN) {
        return Cow::Borrowed(markdown);
    }
    let mut hidden = String::with_capacity(markdown.len());
    let mut above = "";
    for line in markdown.split_inclusive('\n') {
        let rest = line.trim_start_matches([' ', '\t', '>']);
        match rest.strip_prefix(':') {
            Some(after) if !begins_definition(after, above) => {
                hidden.push_str(&line[..line.len() - rest.len()]);
                hidden.push(STAND_IN);
                hidden.push_str(after);
            }
            _ => hidden.push_str(line),
        }
        above = line;
    }
    if hidden == markdown { Cow::Borrowed(markdown) } else { Cow::Owned(hidden) }
}

/// A text of the parser with its colons restored.
pub(super) fn restored(text: &str) -> String {
    text.replace(STAND_IN, ":")
}

/// Does a colon before this text, and below this line, begin a definition?
fn begins_definition(after: &str, above: &str) -> bool {
    let is_in_code = above.matches('`').count() % 2 == 1 && after.contains('`');
    after.starts_with([' ', '\t', '\r', '\n']) && !is_in_code
}

/// Does a colon follow a line end, or the blanks and quote marks at the start of a line? Many bytes are compared at
/// once.
fn has_colon_at_line_start(bytes: &[u8]) -> bool {
    let can_precede = |byte: u8| (byte == b'\n') | (byte == b' ') | (byte == b'\t') | (byte == b'>');
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    bytes.first() == Some(&b':')
        || pairs.fold(false, |found, (&before, &byte)| found | ((byte == b':') & can_precede(before)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_needs_a_space() {
        assert_eq!(restored(&hidden("Doors\n:30 past\n")), "Doors\n:30 past\n");
        let shown = |markdown: &str| hidden(markdown).replace(STAND_IN, "#");
        assert_eq!(shown("Doors\n:30 past\n"), "Doors\n#30 past\n");
        assert_eq!(shown(":one: a\n> :::note\n"), "#one: a\n> #::note\n");
        assert_eq!(shown("Term\n: Meaning\n:\tTwo\n"), "Term\n: Meaning\n:\tTwo\n");
        assert_eq!(shown("Run `one\n: two` now"), "Run `one\n# two` now");
        assert!(matches!(hidden("a: b\n"), Cow::Borrowed(_)));
    }
}
