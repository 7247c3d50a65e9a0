//! Hides braces at the end of a heading that hold no anchor from the parser of Markdown.
//!
//! `## Costs {#costs}` gives a heading an anchor. The parser takes whatever stands in braces there for attributes and
//! drops it, so the last words of `## Costs {draft}` would be lost. Such a closing brace is replaced by a character of
//! the same length, and restored in [`super::runs`].

use std::borrow::Cow;

/// The replacement for a closing brace while the Markdown is parsed. It cannot be typed.
pub(super) const STAND_IN: char = '\u{1C}';

/// The Markdown with a [`STAND_IN`] for the last brace of each heading that ends in braces without an anchor.
pub(super) fn hidden(markdown: Cow<'_, str>) -> Cow<'_, str> {
    let braces = if markdown.contains('}') { closing_braces(&markdown) } else { Vec::new() };
    if braces.is_empty() || markdown.contains(STAND_IN) {
        return markdown;
    }
    let mut hidden = String::with_capacity(markdown.len());
    let mut from = 0;
    for at in braces {
        hidden.push_str(&markdown[from..at]);
        hidden.push(STAND_IN);
        from = at + 1;
    }
    hidden.push_str(&markdown[from..]);
    Cow::Owned(hidden)
}

/// A text of the parser with its braces restored.
pub(super) fn restored(text: &str) -> String {
    text.replace(STAND_IN, "}")
}

/// The positions of the last braces of headings that hold no anchor.
fn closing_braces(markdown: &str) -> Vec<usize> {
    let mut lines = markdown.split_inclusive('\n').peekable();
    let mut start = 0;
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let is_underlined = lines.peek().is_some_and(|next| is_underline(next)) && !is_link_definition(line);
        let is_heading = begins_heading(line) || is_underlined;
        if is_heading && ends_in_text_in_braces(line) {
            found.push(start + line.trim_end().len() - 1);
        }
        start += line.len();
    }
    found
}

/// Does a heading begin in this line, perhaps in a quote, an item of a list, a definition or a note?
fn begins_heading(line: &str) -> bool {
    let is_before = |c: char| c.is_ascii_digit() || " \t>-+*.):".contains(c);
    let rest = line.trim_start_matches(is_before);
    let in_note = rest.strip_prefix("[^").and_then(|note| note.split_once("]:")).map(|(_, text)| text);
    in_note.map_or(rest, |text| text.trim_start_matches(is_before)).starts_with('#')
}

/// Does this line make a heading of the line above?
fn is_underline(line: &str) -> bool {
    let marks = line.trim_matches([' ', '\t', '>', '\r', '\n']);
    !marks.is_empty() && ["=", "-"].iter().any(|mark| marks.trim_matches(|c| mark.contains(c)).is_empty())
}

/// Does this line give the address of a link (`[name]: address`), so that a line below it underlines nothing?
fn is_link_definition(line: &str) -> bool {
    let rest = line.trim_start_matches([' ', '\t', '>']);
    rest.starts_with('[') && rest.contains("]:")
}

fn ends_in_text_in_braces(line: &str) -> bool {
    let inner = line.trim_end().strip_suffix('}').and_then(|rest| rest.rsplit_once('{'));
    inner.is_some_and(|(before, inner)| before.ends_with('\\') || !is_anchor(inner))
}

/// Is this one `#id`, with or without classes and attributes?
fn is_anchor(inner: &str) -> bool {
    let (ids, others): (Vec<&str>, Vec<&str>) =
        inner.split_ascii_whitespace().partition(|word| word.len() > 1 && word.starts_with('#'));
    ids.len() == 1 && others.iter().all(|word| word.starts_with('.') || word.contains('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_anchor_is_left_to_the_parser() {
        let shown = |markdown: &'static str| hidden(Cow::Borrowed(markdown)).replace(STAND_IN, "!");
        assert_eq!(
            shown("## A {draft}\n\n> # B {1, 2} \r\n- ## C {.c}\n"),
            "## A {draft!\n\n> # B {1, 2! \r\n- ## C {.c!\n"
        );
        assert_eq!(shown("[^1]: # A {x}\n: ## B {y}\n"), "[^1]: # A {x!\n: ## B {y!\n");
        assert_eq!(shown("A {2019}\n===\nB {x}\n\n---\n"), "A {2019!\n===\nB {x}\n\n---\n");
        assert_eq!(shown("## A {#1 and 2}\n## B \\{#b}\n"), "## A {#1 and 2!\n## B \\{#b!\n");
        let kept = "## A {#a}\n## B {#b .c k=v}\nText {x}\n## C {x} d\n";
        assert!(matches!(hidden(Cow::Borrowed(kept)), Cow::Borrowed(same) if same == kept));
        assert_eq!(restored(&hidden(Cow::Borrowed("## A {x}"))), "## A {x}");
    }
}
