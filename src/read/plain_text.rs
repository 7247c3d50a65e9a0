//! Reports Markdown, HTML and marks of other tools in values of YAML, which are plain text and would be printed as
//! written, and quotation marks around a whole text.

use pulldown_cmark::{Event, Parser};

use super::{
    bounded::first_bytes,
    document_kind, invisible,
    markdown::{
        StrayKind,
        plain::{self, PlainMark, PlainMarkKind},
    },
    yaml::Node,
};
use crate::{
    model::keys::DocumentKind,
    problem::{
        Problem,
        message::{pasted, plain as message, source},
    },
};

/// May [`check`] find something in this text?
pub(super) fn may_be_marked(text: &str) -> bool {
    plain::may_hold_marks(text) || text.starts_with(['“', '‘', '"'])
}

/// Reports the marks of a text that readers see: one problem for a text.
pub(super) fn check(node: &Node<'_>, text: &str, problems: &mut Vec<Problem>) {
    let marks = marks(text);
    if let Some(entity) = marks.iter().find(|mark| mark.kind == PlainMarkKind::Entity) {
        problems.push(of_entity(node, text, &text[entity.at.clone()]));
    } else if let Some(mark) = marks.first() {
        problems.push(of_mark(node, text, mark));
    } else if let Some(inner) = quoted(text).filter(|_| matches!(node.name(), "title" | "lesson")) {
        problems.push(message::quoted_whole(&node.spot(), node.name(), text, inner));
    }
}

/// The marks of a value. What the value has beside them, such as a line that begins with a hyphen, is meant so.
fn marks(text: &str) -> Vec<PlainMark> {
    let mut marks = plain::marks(text);
    let is_list = marks.iter().filter(|mark| mark.kind == PlainMarkKind::Item).count() > 1;
    let is_reported = |mark: &PlainMark| match mark.kind {
        PlainMarkKind::Item => is_list,
        // These are reported where the text is cleaned.
        PlainMarkKind::Stray(kind) => !matches!(kind, StrayKind::Garbled | StrayKind::LostCharacter),
        _ => true,
    };
    marks.retain(is_reported);
    marks
}

fn of_mark(node: &Node<'_>, text: &str, mark: &PlainMark) -> Problem {
    let written = &text[mark.at.clone()];
    match mark.kind {
        PlainMarkKind::Citation => {
            let spot = node.spot();
            let is_in_case = document_kind(&spot.file) == Some(DocumentKind::Case);
            source::not_read_here(&spot, node.name(), is_in_case)
        }
        PlainMarkKind::Stray(StrayKind::Gap) => pasted::gap(&node.spot(), written),
        PlainMarkKind::Stray(StrayKind::WordField) => pasted::word_field(&node.spot(), written),
        _ => message::markup(&node.spot(), node.name(), written),
    }
}

/// The problem of a character reference. It is corrected if nothing else in the text needs a correction.
fn of_entity(node: &Node<'_>, text: &str, entity: &str) -> Problem {
    let resolved = without_entities(text);
    if marks(&resolved).is_empty() {
        let character = without_entities(entity);
        return message::entity(&node.spot(), node.name(), [entity, &character], text, &resolved);
    }
    let words = without_entities(&plain::words(text));
    match marks(&words).is_empty() {
        true => message::entity_among_marks(&node.spot(), node.name(), entity, Some(&words)),
        false => message::entity_among_marks(&node.spot(), node.name(), entity, None),
    }
}

/// The most bytes of a character reference.
const LONGEST_ENTITY: usize = 40;

/// The text with its character references resolved: with a plain space for one of another width, and without
/// characters that nobody sees.
fn without_entities(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in text.match_indices('&') {
        let near = first_bytes(&text[at..], LONGEST_ENTITY);
        let Some(end) = near.find(';').filter(|&end| end >= 2).map(|end| at + end + 1) else { continue };
        let character: String = Parser::new(&text[at..end])
            .filter_map(|event| if let Event::Text(text) = event { Some(text.into_string()) } else { None })
            .collect();
        if at >= from && !character.is_empty() && character != text[at..end] {
            whole.push_str(&text[from..at]);
            whole.push_str(&match character.chars().all(char::is_whitespace) {
                true => " ".to_owned(),
                false => invisible::without(&character),
            });
            from = end;
        }
    }
    whole.push_str(&text[from..]);
    whole
}

/// The text between quotation marks, if they enclose the whole text.
pub(super) fn quoted(text: &str) -> Option<&str> {
    [('“', '”'), ('‘', '’'), ('"', '"'), ('“', '"'), ('"', '”')].into_iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains([open, close]) && !inner.is_empty()).then_some(inner)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        assert_eq!(without_entities("The council&#8217;s &amp; &nbsp; R&D; x"), "The council’s &   R&D; x");
        assert_eq!(without_entities("a&nbsp;b&shy;c&#8203;d&ensp;e"), "a bcd e");
    }

    #[test]
    fn quotation_marks_around_a_whole_text_are_found() {
        assert_eq!(quoted("“One desk”"), Some("One desk"));
        assert_eq!(quoted("“One desk\""), Some("One desk"));
        assert_eq!(quoted("“One” and “two”"), None);
    }
}
