//! Finds the links and pictures in Markdown, with their bytes, including those in raw HTML and in definitions.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::import::escape::link_destination;

/// A link or picture in a text.
#[derive(Debug, PartialEq, Eq)]
pub struct MarkdownLink {
    /// Its target, without escapes.
    pub target: String,
    /// Whether it is a picture.
    pub is_picture: bool,
    /// Whether it is in the text of another link.
    pub is_in_link: bool,
    /// The bytes of its address, with the brackets or quotation marks around it.
    pub destination: Range<usize>,
    /// Its form.
    pub form: LinkForm,
}

/// The form of a link.
#[derive(Debug, PartialEq, Eq)]
pub enum LinkForm {
    /// `[words](address)`.
    Markdown {
        /// Its text.
        words: Range<usize>,
        /// All of it.
        whole: Range<usize>,
    },
    /// An attribute of a tag.
    Html {
        /// The tag.
        tag: Range<usize>,
        /// The attribute with its name.
        attribute: Range<usize>,
        /// The alternative text.
        alt: String,
    },
    /// `[name]: address`.
    Definition,
}

impl MarkdownLink {
    /// An address as this form of link needs it.
    pub fn written_as(&self, address: &str) -> String {
        match self.form {
            LinkForm::Html { .. } => format!("\"{}\"", address.replace('&', "&amp;").replace('"', "%22")),
            LinkForm::Markdown { .. } | LinkForm::Definition => link_destination(address),
        }
    }
}

/// Every link and picture of a text, in order.
pub fn links(text: &str) -> Vec<MarkdownLink> {
    if !text.contains('[') && !text.contains('<') {
        return Vec::new();
    }
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let parser = Parser::new_ext(text, options);
    let definitions: Vec<_> =
        parser.reference_definitions().iter().map(|(_, link)| (link.dest.to_string(), link.span.clone())).collect();
    let mut links: Vec<MarkdownLink> =
        definitions.into_iter().filter_map(|(target, span)| definition(text, target, span)).collect();
    let mut open: Vec<(String, bool, bool, Range<usize>, usize)> = Vec::new();
    for (event, at) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                open.push((dest_url.to_string(), link_type == LinkType::Inline, false, at.clone(), at.start + 1));
            }
            Event::Start(Tag::Image { link_type, dest_url, .. }) => {
                open.push((dest_url.to_string(), link_type == LinkType::Inline, true, at.clone(), at.start + 2));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let Some((target, is_inline, is_picture, whole, words_end)) = open.pop() else { continue };
                let is_in_link = open.iter().any(|(_, _, is_picture, ..)| !is_picture);
                if let Some((.., outer_end)) = open.last_mut() {
                    *outer_end = at.end;
                }
                let words = whole.start + if is_picture { 2 } else { 1 }..words_end;
                if is_inline && let Some(destination) = destination(text, words_end) {
                    let form = LinkForm::Markdown { words, whole };
                    links.push(MarkdownLink { target, is_picture, is_in_link, destination, form });
                }
            }
            Event::Start(Tag::HtmlBlock) => html(text, at, false, &mut links),
            Event::InlineHtml(_) => {
                if let Some((.., end)) = open.last_mut() {
                    *end = at.end;
                }
                html(text, at, !open.is_empty(), &mut links);
            }
            _ => {
                if let Some((.., end)) = open.last_mut() {
                    *end = at.end.max(*end);
                }
            }
        }
    }
    links.sort_by_key(|link| link.destination.start);
    links
}

/// The bytes of the address after the text of a link, which ends at `words_end`.
fn destination(text: &str, words_end: usize) -> Option<Range<usize>> {
    let rest = text[words_end..].strip_prefix("](")?;
    let start = words_end + 2 + (rest.len() - rest.trim_start().len());
    let rest = &text[start..];
    if let Some(length) = length_in_brackets(rest) {
        return Some(start..start + length);
    }
    let mut depth = 0;
    let mut is_escaped = false;
    let end = rest.find(|c: char| {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '(' => depth += 1,
            ')' if depth == 0 => return true,
            ')' => depth -= 1,
            _ => return c.is_whitespace(),
        }
        false
    })?;
    Some(start..start + end)
}

/// A definition, `[name]: address "title"`, whose bytes and target are known.
fn definition(text: &str, target: String, span: Range<usize>) -> Option<MarkdownLink> {
    let after = span.start + text.get(span.clone())?.find("]:")? + 2;
    let start = after + (text[after..].len() - text[after..].trim_start().len());
    let rest = &text[start..];
    let length = length_in_brackets(rest).or_else(|| rest.find(char::is_whitespace)).unwrap_or(rest.len());
    let destination = start..start + length;
    Some(MarkdownLink { target, is_picture: false, is_in_link: false, destination, form: LinkForm::Definition })
}

/// The length of an address in angle brackets, which may contain spaces; none if the text begins with no such address.
fn length_in_brackets(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    let mut is_escaped = false;
    let end = inside.find(|c: char| {
        let is_end = c == '>' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    })?;
    Some('<'.len_utf8() + end + '>'.len_utf8())
}

/// The addresses of pictures and links in HTML tags.
fn html(text: &str, span: Range<usize>, is_in_link: bool, links: &mut Vec<MarkdownLink>) {
    let html = &text[span.clone()];
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|found| at + found) {
        let Some(close) = html[open..].find('>').map(|found| open + found + 1) else { return };
        let tag = &html[open..close];
        let name = tag[1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
        let attribute_name = match name.as_str() {
            "a" => "href",
            "img" => "src",
            _ => "",
        };
        if !attribute_name.is_empty()
            && let Some((attribute, value)) = attribute(tag, attribute_name)
        {
            let at = |range: Range<usize>| span.start + open + range.start..span.start + open + range.end;
            let alt = self::attribute(tag, "alt").map_or("", |(_, alt)| tag[alt].trim_matches(['"', '\'']));
            links.push(MarkdownLink {
                target: tag[value.clone()].trim_matches(['"', '\'']).trim().replace("&amp;", "&"),
                is_picture: name == "img",
                is_in_link,
                destination: at(value),
                form: LinkForm::Html { tag: at(0..tag.len()), attribute: at(attribute), alt: alt.to_owned() },
            });
        }
        at = close;
    }
}

/// An attribute of a tag with the space before it, and its value with the marks around it.
fn attribute(tag: &str, name: &str) -> Option<(Range<usize>, Range<usize>)> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let at = from + lower[from..].find(name)?;
        from = at + name.len();
        let rest = tag[from..].trim_start();
        let value = rest.strip_prefix('=').map(str::trim_start);
        let before = tag[..at].strip_suffix(char::is_whitespace);
        let (Some(before), Some(value)) = (before, value) else { continue };
        let start = tag.len() - value.len();
        let length = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].find(quote)? + 2,
            _ => value.find(|c: char| c.is_whitespace() || c == '>')?,
        };
        return Some((before.len()..start + length, start..start + length));
    }
}
