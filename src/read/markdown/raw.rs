//! Authors' own HTML in the Markdown: allowed tags are written again, well nested, and others are removed.
//!
//! Each kind of tag or attribute that is removed is reported once, at its first place. Addresses are checked like those
//! of Markdown, and get slots in the same way. The page is cleaned as a whole afterwards, so a mistake here can lose a
//! tag or a message, but not safety.

use std::{collections::BTreeSet, ops::Range};

use super::{
    ids::{ElementIds, is_id},
    links::check_address,
    nesting::UnclosedTag,
    output::HtmlOutput,
    pictures::LATER,
    plain::{self, PlainMark, PlainMarkKind},
    problems::BodyProblems,
    stray::StrayKind,
    tags::{Attribute, HtmlToken, StartTag, Tokens, resolved},
};
use crate::{
    model::document::LinkKind,
    problem::{Problem, Spot, message},
    read::clean::{AllowedTag, EVERYWHERE, LEFT_OUT, TAGS, known_classes},
};

/// The HTML that a body contains.
#[derive(Default)]
pub(super) struct RawHtml {
    /// Whether the body has any.
    pub(super) is_used: bool,
    /// The block that is being read: its lines joined, which may be apart in the body, in a quote or a list.
    block: String,
    /// The start of each line in the block and in the body.
    lines: Vec<(usize, usize)>,
    /// The kinds of tag and attribute that have been reported.
    reported: BTreeSet<String>,
}

impl RawHtml {
    /// Adds a line to the block that is being read.
    pub(super) fn add(&mut self, line: &str, at: usize) {
        self.lines.push((self.block.len(), at));
        self.block.push_str(line);
    }

    /// The bytes in the body of some bytes of the block.
    fn place(&self, at: &Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let line = self.lines.partition_point(|&(start, _)| start <= at).saturating_sub(1);
            self.lines.get(line).map_or(0, |&(start, in_body)| in_body + (at - start))
        };
        let start = place(at.start);
        if at.is_empty() { start..start } else { start..place(at.end - 1) + 1 }
    }
}

/// Writes authors' own HTML to the output.
pub(super) struct RawWriter<'w, 'a> {
    pub(super) raw: &'w mut RawHtml,
    pub(super) output: &'w mut HtmlOutput,
    pub(super) ids: &'w mut ElementIds,
    pub(super) problems: &'w mut BodyProblems<'a>,
}

/// Tags that are removed with their content, since it is not for readers.
const HIDDEN: &[&str] = &[
    "applet", "canvas", "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "select", "style",
    "svg", "template", "textarea", "title", "xmp",
];

/// Tags whose text is shown as it is typed.
const VERBATIM: &[&str] = &["code", "kbd", "pre", "samp"];

const VOID: &[&str] = &["br", "col", "hr", "img", "source", "track", "wbr"];

impl RawWriter<'_, '_> {
    /// Writes the block of HTML that has been read.
    pub(super) fn write_block(mut self) {
        let block = std::mem::take(&mut self.raw.block);
        if let Some(at) = unclosed_comment(&block) {
            self.problems.push(message::markdown::unclosed_comment(&self.raw_spot(&(at..at + OPENING.len()))));
        }
        let mut tokens = Tokens::new(&block);
        while let Some(token) = tokens.next() {
            self.output.end_word();
            match token {
                HtmlToken::Text(text) => {
                    self.look_for_markdown(text, text.as_ptr() as usize - block.as_ptr() as usize);
                    self.output.push_raw_text(text);
                }
                HtmlToken::End(name) => self.output.html.close_tag(name),
                HtmlToken::Start(tag) => {
                    if self.raw_start(&tag).is_some() && !tokens.skip_past_end(tag.name) {
                        self.report_swallowed(&tag.span, tag.name);
                    }
                }
            }
        }
        self.output.end_word();
        self.finish_raw();
    }

    /// Writes a tag within a paragraph.
    pub(super) fn write_inline(mut self, html: &str, at: usize) {
        self.raw.lines.push((0, at));
        for token in Tokens::new(html) {
            match token {
                HtmlToken::Text(text) => self.output.push_raw_text(text),
                HtmlToken::End(name) => self.output.html.close_tag(name),
                HtmlToken::Start(tag) => {
                    // Its content follows as Markdown, and is removed with the element when the page is cleaned.
                    if let Some(name) = self.raw_start(&tag).filter(|_| !self.output.html.is_deepest()) {
                        self.output.html.extend(["<", LEFT_OUT, ">"]);
                        self.output.html.open_tag(name, LEFT_OUT, at);
                    }
                }
            }
        }
        self.finish_raw();
    }

    /// Reports a tag that is removed with its content and not closed, so that the rest of its block is removed too.
    fn report_swallowed(&mut self, tag: &Range<usize>, name: &str) {
        self.problems.push(message::stray::swallowed_by_tag(&self.raw_spot(tag), name));
    }

    fn finish_raw(&mut self) {
        self.raw.lines.clear();
        self.raw.is_used = true;
    }

    /// Writes a start tag if it is allowed. Otherwise gives its name, if its content must be removed too.
    fn raw_start(&mut self, tag: &StartTag<'_>) -> Option<&'static str> {
        let Some(allowed) = TAGS.iter().find(|allowed| allowed.name.eq_ignore_ascii_case(tag.name)) else {
            let name = tag.name.to_ascii_lowercase();
            self.report_once(format!("<{name}>"), &tag.span, |spot| message::markdown::tag_left_out(spot, &name));
            return HIDDEN.iter().find(|hidden| **hidden == name).copied();
        };
        let is_void = VOID.contains(&allowed.name);
        if self.output.html.is_deepest() && !is_void {
            return None;
        }
        if matches!(allowed.name, "source" | "track") && !self.output.html.is_in_tag(&["audio", "video"]) {
            let kind = format!("<{}>", allowed.name);
            self.report_once(kind, &tag.span, |spot| message::markdown::not_in_media(spot, allowed.name));
            return None;
        }
        self.output.html.make_room_for_tag(allowed.name);
        let start = self.output.html.len();
        self.output.html.extend(["<", allowed.name]);
        let is_whole = self.raw_attributes(tag, allowed);
        if allowed.name == "img" {
            self.complete_picture(tag);
        }
        self.output.html.push_str(">");
        match allowed.name {
            "img" if !is_whole => {
                self.output.html.truncate(start);
                self.output.html.push_raw(attribute(tag, "alt").map_or("", |alt| alt.value));
            }
            _ if is_void => {}
            name => self.output.html.open_tag(name, name, self.raw.place(&tag.span).start),
        }
        None
    }

    /// Adds the attributes that a picture needs and its author has not given.
    fn complete_picture(&mut self, tag: &StartTag<'_>) {
        let has = |name| attribute(tag, name).is_some();
        if !has("alt") {
            self.problems.push(message::markdown::missing_alt_attribute(&self.raw_spot(&tag.span)));
            self.output.html.push_str(" alt=\"\"");
        }
        if !has("loading") && !has("decoding") {
            self.output.html.push_str(LATER);
        }
    }

    /// Writes the allowed attributes. False if an address is missing or not allowed.
    fn raw_attributes(&mut self, tag: &StartTag<'_>, allowed: &AllowedTag) -> bool {
        let mut written: Vec<&str> = Vec::new();
        let is_measured = ["width", "height"].into_iter().any(|side| attribute(tag, side).is_some());
        let media = if allowed.name == "img" && !is_measured { LinkKind::Picture } else { LinkKind::Media };
        // A picture without an address is not written.
        let mut is_whole = allowed.name != "img" || attribute(tag, "src").is_some();
        for attribute in &tag.attributes {
            let known =
                EVERYWHERE.iter().chain(allowed.attributes).find(|name| name.eq_ignore_ascii_case(attribute.name));
            match known.copied() {
                None if allowed.name == "a" && attribute.name.eq_ignore_ascii_case("name") => {
                    self.old_anchor(attribute, written.contains(&"id"));
                }
                None => self.report_attribute(attribute),
                // The first of two counts.
                Some(name) if written.contains(&name) => {}
                Some(name) => {
                    written.push(name);
                    is_whole &= self.raw_attribute(name, attribute, media);
                }
            }
        }
        is_whole
    }

    /// Writes an attribute. False if it is an address that is not allowed.
    fn raw_attribute(&mut self, name: &'static str, attribute: &Attribute<'_>, media: LinkKind) -> bool {
        match name {
            "href" => return self.raw_address(name, LinkKind::Link, attribute),
            "src" | "poster" => return self.raw_address(name, media, attribute),
            "width" | "height" if !is_whole_number(attribute.value) => self.report_attribute(attribute),
            "id" => self.raw_id(attribute),
            "class" => {
                let known = known_classes(attribute.value);
                if known.split(' ').count() < attribute.value.split_ascii_whitespace().count() || known.is_empty() {
                    self.report_attribute(attribute);
                }
                if !known.is_empty() {
                    self.push_raw_attribute(name, &known);
                }
            }
            _ => self.push_raw_attribute(name, attribute.value),
        }
        true
    }

    fn raw_address(&mut self, name: &str, kind: LinkKind, attribute: &Attribute<'_>) -> bool {
        let spot = self.raw_spot(&attribute.value_span);
        let checked = check_address(&resolved(attribute.value), kind, &spot, self.problems);
        let is_allowed = checked.is_some();
        if let Some(address) = checked {
            self.output.push_address(name, address, kind, spot);
        }
        is_allowed
    }

    /// `<a name>`, the old form of an anchor: written as an id.
    fn old_anchor(&mut self, attribute: &Attribute<'_>, has_id: bool) {
        self.report_once("name".to_owned(), &attribute.name_span, |spot| {
            message::markdown::old_anchor(spot, attribute.name)
        });
        if !has_id {
            self.raw_id(attribute);
        }
    }

    fn raw_id(&mut self, attribute: &Attribute<'_>) {
        let id = resolved(attribute.value);
        if !is_id(&id) {
            self.problems.push(message::markdown::not_an_id(&self.raw_spot(&attribute.value_span), &id));
        } else if !self.ids.claim(&id) {
            self.problems.push(message::markdown::id_taken(&self.raw_spot(&attribute.value_span), &id));
        } else {
            self.push_raw_attribute("id", attribute.value);
        }
    }

    fn push_raw_attribute(&mut self, name: &str, value: &str) {
        self.output.html.extend([" ", name, "=\""]);
        self.output.html.push_raw(value);
        self.output.html.push_str("\"");
    }

    fn report_attribute(&mut self, attribute: &Attribute<'_>) {
        let name = attribute.name.to_ascii_lowercase();
        let hides = name == "hidden" || name == "style" && is_hidden(attribute.value);
        let problem = |spot: &Spot| match hides {
            true => message::markdown::no_longer_hidden(spot, &name),
            false => message::markdown::attribute_left_out(spot, &name),
        };
        self.report_once(format!("{name} {hides}"), &attribute.name_span, problem);
    }

    fn report_once(&mut self, kind: String, at: &Range<usize>, problem: impl FnOnce(&Spot) -> Problem) {
        if !self.raw.reported.contains(&kind) {
            self.raw.reported.insert(kind);
            self.problems.push(problem(&self.raw_spot(at)));
        }
    }

    /// Reports the Markdown in a block of HTML. `start` is the position of the text in the block.
    fn look_for_markdown(&mut self, text: &str, start: usize) {
        if !plain::may_hold_marks(text) || VERBATIM.iter().any(|name| self.output.html.is_within_tag(name)) {
            return;
        }
        // What stands directly after a tag begins no list.
        let first_line = text.find('\n').unwrap_or(text.len());
        for PlainMark { kind, at } in plain::marks(text) {
            let kind = match kind {
                // HTML has character references of its own.
                PlainMarkKind::Entity | PlainMarkKind::Tag => continue,
                PlainMarkKind::Item if at.start < first_line => continue,
                // In a table of figures, asterisks often follow a number.
                PlainMarkKind::Stray(StrayKind::UnclosedEmphasis) => continue,
                PlainMarkKind::Stray(kind) if kind.is_mended_without_markdown() => kind,
                _ => StrayKind::MarkdownInHtml,
            };
            self.problems.push_stray(kind, self.raw_place(&(start + at.start..start + at.end)));
        }
    }

    fn raw_spot(&self, at: &Range<usize>) -> Spot {
        self.problems.text.spot(self.raw_place(at))
    }

    fn raw_place(&self, at: &Range<usize>) -> Range<usize> {
        let place = self.raw.place(at);
        place.start..place.end.min(self.problems.text.markdown.len())
    }
}

/// Reports the tags that are not closed.
pub(super) fn report_unclosed_tags(unclosed: Vec<UnclosedTag>, problems: &mut BodyProblems<'_>) {
    // A span alone changes nothing that readers see.
    for UnclosedTag { at, name, is_left_out } in unclosed.into_iter().filter(|tag| tag.name != "span") {
        let place = at..at + "<".len() + name.len();
        if is_left_out {
            problems.push(message::stray::swallowed_by_tag(&problems.text.spot(place), name));
        } else {
            problems.push_stray_as(StrayKind::UnclosedTag, place, |spot, _| message::stray::unclosed_tag(spot, name));
        }
    }
}

const OPENING: &str = "<!--";

/// The start of a comment that is not closed, and so hides the rest of the block.
fn unclosed_comment(block: &str) -> Option<usize> {
    let at = block.rfind(OPENING)?;
    // In `<!-->`, the hyphens that open the comment also close it.
    (!block[at + 2..].contains("-->")).then_some(at)
}

/// Does this style hide its element?
fn is_hidden(style: &str) -> bool {
    let style: String = style.to_ascii_lowercase().split_whitespace().collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Is it a number of pixels? `100%` and `2em` are not.
fn is_whole_number(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}

fn attribute<'t, 'a>(tag: &'t StartTag<'a>, name: &str) -> Option<&'t Attribute<'a>> {
    tag.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
}
