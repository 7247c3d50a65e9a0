//! Finds the title of a post in its body, and moves headings that would be titles too.
//!
//! A heading that becomes the title leaves the body, so links to its anchor must lead to the page itself.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_yaml::{Mapping, Value};

use crate::read::markdown::anchor;

/// Removes headings of level 1 from the body, since the title of a case is its only one. The first becomes the title if
/// there is none, and is removed if it repeats the title; if others remain, all headings move down by one level. Gives
/// the body, and the anchor of the heading that was removed.
pub(super) fn without_title(body: String, fields: &mut Mapping) -> (String, Option<String>) {
    if !body.contains('#') && !body.contains("\n=") {
        return (body, None);
    }
    let headings = headings(&body);
    if !headings.iter().any(|heading| heading.level == HeadingLevel::H1) {
        return (body, None);
    }
    let title = fields.get("title").and_then(Value::as_str).map(str::to_owned);
    let first =
        headings.first().filter(|first| first.level == HeadingLevel::H1 && body[..first.start].trim().is_empty());
    let is_repeated = |words: &str| title.as_deref().is_none_or(|title| same(title, words));
    let taken = first.filter(|first| !first.words.trim().is_empty() && is_repeated(&first.words));
    if let (Some(first), None) = (taken, &title) {
        fields.insert(Value::from("title"), Value::from(first.words.trim()));
    }
    let skipped = usize::from(taken.is_some());
    let is_deep = headings[skipped..].iter().any(|heading| heading.level == HeadingLevel::H1);
    let mut text = String::with_capacity(body.len() + headings.len());
    let mut at = taken.map_or(0, |first| first.end);
    for heading in headings[skipped..].iter().filter(|_| is_deep) {
        text.push_str(&body[at..heading.start]);
        text.push_str(&lower(&body[heading.start..heading.end], heading));
        at = heading.end;
    }
    text.push_str(&body[at..]);
    (text.trim_start_matches('\n').to_owned(), taken.map(|first| anchor(&first.words)))
}

struct MarkdownHeading {
    level: HeadingLevel,
    words: String,
    start: usize,
    end: usize,
}

fn headings(body: &str) -> Vec<MarkdownHeading> {
    let mut headings: Vec<MarkdownHeading> = Vec::new();
    let mut is_open = false;
    for (event, at) in Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                headings.push(MarkdownHeading { level, words: String::new(), start: at.start, end: at.end });
                is_open = true;
            }
            Event::End(TagEnd::Heading(_)) => is_open = false,
            Event::Text(text) | Event::Code(text) if is_open => {
                if let Some(heading) = headings.last_mut() {
                    heading.words.push_str(&text);
                }
            }
            _ => {}
        }
    }
    headings
}

/// A heading one level lower, unless it is at the lowest level.
fn lower(text: &str, heading: &MarkdownHeading) -> String {
    if text.starts_with('#') {
        return if heading.level == HeadingLevel::H6 { text.to_owned() } else { format!("#{text}") };
    }
    // An underlined heading can only have two levels, so write it with hashes.
    let words = text
        .trim_end()
        .rsplit_once('\n')
        .map_or(text, |(words, _)| words)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let mark = if heading.level == HeadingLevel::H1 { "##" } else { "###" };
    format!("{mark} {words}\n")
}

fn same(a: &str, b: &str) -> bool {
    let words =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    words(a) == words(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: Option<&str>, body: &str, title_then: Option<&str>, body_then: &str) {
        let mut fields = Mapping::new();
        fields.extend(title.map(|title| (Value::from("title"), Value::from(title))));
        assert_eq!(without_title(body.to_owned(), &mut fields).0, body_then);
        assert_eq!(fields.get("title").and_then(Value::as_str), title_then);
    }

    #[test]
    fn the_first_heading_is_the_title_if_there_is_none() {
        check(None, "# A *b*\n\nText\n\n## C\n", Some("A b"), "Text\n\n## C\n");
        check(Some("A b"), "A b!\n====\n\nText\n", Some("A b"), "Text\n");
        check(None, "Text\n\n## C\n", None, "Text\n\n## C\n");
    }

    #[test]
    fn the_anchor_of_a_heading_that_was_removed_is_known() {
        let removed = |body: &str| without_title(body.to_owned(), &mut Mapping::new()).1;
        assert_eq!(removed("# Our *first* desk!\n\nText\n").as_deref(), Some("our-first-desk"));
        assert_eq!(removed("Text\n\n# Later\n"), None);
    }

    #[test]
    fn other_headings_of_level_one_move_all_headings_down() {
        check(Some("T"), "# A\n\nText\n\nB\n---\n\n###### C\n", Some("T"), "## A\n\nText\n\n### B\n\n###### C\n");
        check(None, "# T\n\n# A\n\n## B\n", Some("T"), "## A\n\n### B\n");
        check(Some("T"), "```\n# A\n```\n", Some("T"), "```\n# A\n```\n");
    }
}
