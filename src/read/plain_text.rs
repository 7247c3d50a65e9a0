//! Finds Markdown and HTML in values of YAML, which are plain text and would be printed as written.
//!
//! Takes a text and its node; reports entities, tags, links and asterisks in the texts that readers see, and quotation
//! marks around a whole text.

use pulldown_cmark::{Event, Parser};

use super::{
    bounded::{LONGEST_MARK, first_bytes},
    yaml::Node,
};
use crate::problem::{Problem, message::plain as message};

/// The keys of texts that readers see.
const SEEN: [&str; 14] = [
    "alt",
    "credit",
    "definition",
    "full",
    "label",
    "lesson",
    "note",
    "plural",
    "question",
    "response",
    "summary",
    "tagline",
    "title",
    "what",
];

/// Reports markup in a text.
pub(super) fn check(node: &Node<'_>, text: &str, problems: &mut Vec<Problem>) {
    let is_marked = |byte: u8| matches!(byte, b'&' | b'<' | b'[' | b'*' | b'=' | b'_' | b'`');
    if !text.bytes().any(is_marked) && !text.starts_with(['“', '‘', '"']) || !SEEN.contains(&node.name()) {
        return;
    }
    if let Some(entity) = entity(text) {
        problems.push(message::entity(&node.spot(), node.name(), entity, text, &without_entities(text)));
    } else if let Some(markup) = tag(text).or_else(|| markdown(text)) {
        problems.push(message::markup(&node.spot(), node.name(), markup));
    } else if let Some(inner) = quoted(text).filter(|_| matches!(node.name(), "title" | "lesson")) {
        problems.push(message::quoted_whole(&node.spot(), node.name(), text, inner));
    }
}

/// The most bytes of a character reference.
const LONGEST_ENTITY: usize = 10;

/// The first character reference.
fn entity(text: &str) -> Option<&str> {
    text.match_indices('&').find_map(|(at, _)| {
        let end = first_bytes(&text[at..], LONGEST_ENTITY).find(';').filter(|&end| end >= 2)?;
        let name = &text[at + 1..at + end];
        let is_number = name
            .strip_prefix('#')
            .is_some_and(|digits| digits.trim_start_matches(['x', 'X']).bytes().all(|byte| byte.is_ascii_hexdigit()));
        let is_it = is_number || name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let entity = &text[at..=at + end];
        (is_it && without_entities(entity) != entity).then_some(entity)
    })
}

/// The text with its character references resolved.
fn without_entities(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in text.match_indices('&') {
        let Some(end) =
            first_bytes(&text[at..], LONGEST_ENTITY).find(';').filter(|&end| end >= 2).map(|end| at + end + 1)
        else {
            continue;
        };
        let character: String = Parser::new(&text[at..end])
            .filter_map(|event| if let Event::Text(text) = event { Some(text.into_string()) } else { None })
            .collect();
        if at >= from && !character.is_empty() && character != text[at..end] {
            whole.push_str(&text[from..at]);
            whole.push_str(&character.replace('\u{a0}', " "));
            from = end;
        }
    }
    whole.push_str(&text[from..]);
    whole
}

/// The first tag of HTML.
fn tag(text: &str) -> Option<&str> {
    const NAMES: [&str; 17] = [
        "a", "abbr", "b", "br", "code", "div", "em", "font", "i", "img", "li", "p", "span", "strong", "sub", "sup", "u",
    ];
    text.match_indices('<').find_map(|(at, _)| {
        let inner = first_bytes(&text[at + 1..], LONGEST_MARK).split_once('>')?.0;
        let name = inner.trim_start_matches('/').split([' ', '/']).next()?;
        NAMES.contains(&name.to_ascii_lowercase().as_str()).then(|| &text[at..at + inner.len() + 2])
    })
}

/// The first link or emphasis of Markdown.
fn markdown(text: &str) -> Option<&str> {
    let link = text.find("](").and_then(|middle| {
        let start = text[..middle].rfind('[')?;
        let end = middle + text[middle..].find(')')? + 1;
        Some(&text[start..end])
    });
    let pair = |mark: &'static str| {
        let start = text.find(mark)?;
        let length = text[start + mark.len()..].find(mark).filter(|&length| length > 0)?;
        let inner = &text[start + mark.len()..start + mark.len() + length];
        let is_tight = inner.trim() == inner && !text[..start].ends_with(char::is_alphanumeric);
        is_tight.then(|| &text[start..start + length + 2 * mark.len()])
    };
    link.or_else(|| pair("**"))
        .or_else(|| pair("__"))
        .or_else(|| pair("=="))
        .or_else(|| pair("*"))
        .or_else(|| pair("`"))
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
    fn markup_is_found() {
        assert_eq!(entity("Health &amp; care"), Some("&amp;"));
        assert_eq!(without_entities("The council&#8217;s &amp; &nbsp; R&D; x"), "The council’s &   R&D; x");
        assert_eq!(entity("R&D; A&E, &c."), None);
        assert_eq!(tag("a <em>b</em>"), Some("<em>"));
        assert_eq!(tag("a < b > c, <name>"), None);
        assert_eq!(markdown("see [the report](https://a.uk)"), Some("[the report](https://a.uk)"));
        assert_eq!(markdown("a **b** c"), Some("**b**"));
        assert_eq!(markdown("a `b` c"), Some("`b`"));
        assert_eq!(markdown("2*3*4, f**k, a * b * c, [sic]"), None);
        assert_eq!(quoted("“One desk”"), Some("One desk"));
        assert_eq!(quoted("“One desk\""), Some("One desk"));
        assert_eq!(quoted("“One” and “two”"), None);
    }
}
