//! Links and pictures of the Markdown: checked, reported, and written with a slot if the address is within this site.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, TagEnd};

use super::{
    destination::{self, SafeAddress},
    stray::StrayKind,
    writer::Writer,
};
use crate::{
    html::push_value,
    model::{
        document::{BodyLink, LinkKind, Slot},
        ids::{Id, LinkId},
    },
    problem::{Spot, message},
    read::{invisible, wrapped},
};

/// A picture that has not ended; its description is being gathered.
pub(super) struct OpenPicture<'a> {
    target: CowStr<'a>,
    title: CowStr<'a>,
    at: Range<usize>,
    alt: String,
    /// The number of open constructs in the description.
    depth: usize,
}

/// Attributes by which a picture is loaded when it comes into view, without delaying the text.
pub(super) const LATER: &str = " loading=\"lazy\" decoding=\"async\"";

impl<'a> Writer<'a> {
    /// Checks an address. Reports one that may not be published, and gives none.
    pub(super) fn check_address(&mut self, target: &str, kind: LinkKind, spot: &Spot) -> Option<SafeAddress> {
        let invisible = if target.is_ascii() { None } else { invisible::first(target) };
        if let Some(first) = invisible {
            let without = invisible::without(target);
            self.problems.push(message::doubtful::invisible(spot, "address", target, &without, first));
            return destination::check(&without, kind, spot).map_err(|problem| self.problems.push(*problem)).ok();
        }
        destination::check(target, kind, spot).map_err(|problem| self.problems.push(*problem)).ok()
    }

    /// Writes ` name="address"`, with a slot for an address of this site.
    pub(super) fn push_address(&mut self, name: &str, address: SafeAddress, kind: LinkKind, spot: Spot) {
        self.html.extend([" ", name, "=\""]);
        match address {
            SafeAddress::Elsewhere(address) => push_value(&mut self.html, &address),
            SafeAddress::Here(target) => self.push_slot(target, kind, spot),
        }
        self.html.push('"');
    }

    /// Writes a slot, which the site fills.
    pub(super) fn push_slot(&mut self, target: String, kind: LinkKind, spot: Spot) {
        self.slots.push((self.html.len(), Slot::Link(LinkId::at(self.links.len()))));
        self.links.push(BodyLink { target, kind, spot });
    }

    pub(super) fn start_link(&mut self, link_type: LinkType, target: &str, title: &str, at: &Range<usize>) {
        self.links_open += 1;
        self.nesting.make_room_for_text(&mut self.html);
        self.link = (at.clone(), self.html.len());
        if self.links_open > 1 {
            return self.nesting.open_unwritten("");
        }
        let spot = if is_inline(link_type) { self.spot_of(target, at) } else { self.spot(at.clone()) };
        let checked = match link_type {
            LinkType::Email => self.check_address(&format!("mailto:{target}"), LinkKind::Link, &spot),
            _ => self.check_address(target, LinkKind::Link, &spot),
        };
        let Some(address) = checked else { return self.nesting.open_unwritten("") };
        if matches!(address, SafeAddress::Elsewhere(_)) {
            self.problems.extend(wrapped::doubtful(target, &spot));
        }
        self.nesting.open(&mut self.html, "<a", "</a>");
        self.push_address("href", address, LinkKind::Link, spot);
        self.push_title(title);
        self.html.push('>');
        self.link.1 = self.html.len();
    }

    pub(super) fn end_link(&mut self) {
        self.links_open -= 1;
        let (at, words_at) = self.link.clone();
        if self.links_open == 0 && self.html[words_at..].trim().is_empty() {
            self.stray(StrayKind::EmptyLink, at, |spot, _| message::stray::empty_link(spot));
        }
        self.nesting.close(&mut self.html);
    }

    pub(super) fn start_picture(&mut self, target: CowStr<'a>, title: CowStr<'a>, at: Range<usize>) {
        self.nesting.make_room_for_text(&mut self.html);
        self.picture = Some(OpenPicture { target, title, at, alt: String::new(), depth: 0 });
    }

    /// Takes an event of a picture's description: only its words count.
    pub(super) fn picture_event(&mut self, event: Event<'a>) {
        let Some(picture) = &mut self.picture else { return };
        match event {
            Event::End(TagEnd::Image) if picture.depth == 0 => self.end_picture(),
            Event::Start(_) => picture.depth += 1,
            Event::End(_) => picture.depth -= 1,
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                picture.alt.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => picture.alt.push(' '),
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }

    fn end_picture(&mut self) {
        let Some(OpenPicture { target, title, at, alt, .. }) = self.picture.take() else { return };
        let spot = self.spot_of(&target, &at);
        let Some(address) = self.check_address(&target, LinkKind::Picture, &spot) else { return self.text(&alt) };
        if alt.trim().is_empty() {
            self.problems.push(message::markdown::missing_alt(&self.spot(at)));
        } else if is_name_of_file(&alt, &target) {
            self.problems.push(message::case::file_name_as_alt(&self.spot(at), &alt));
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(&alt);
        }
        self.html.push_str("<img");
        self.push_address("src", address, LinkKind::Picture, spot);
        self.html.push_str(" alt=\"");
        push_value(&mut self.html, &alt);
        self.html.push('"');
        self.push_title(&title);
        self.html.push_str(LATER);
        self.html.push('>');
    }

    fn push_title(&mut self, title: &str) {
        if !title.is_empty() {
            self.html.push_str(" title=\"");
            push_value(&mut self.html, title);
            self.html.push('"');
        }
    }
}

/// Is the description of a picture only a file name: its own, or one that a camera gives?
pub(in crate::read) fn is_name_of_file(alt: &str, target: &str) -> bool {
    const ENDINGS: [&str; 6] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"];
    let (alt, target) = (alt.trim().to_ascii_lowercase(), target.to_ascii_lowercase());
    let own = target.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(stem, _)| stem);
    let is_numbered = |start: &str| {
        alt.strip_prefix(start).is_some_and(|rest| rest.len() > 2 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    ENDINGS.iter().any(|ending| alt.ends_with(ending))
        || alt == own && own.contains(['_', '-']) && !alt.contains(' ')
        || ["img_", "dsc_", "dsc", "img-", "image", "pxl_"].iter().any(|start| is_numbered(start))
}

/// Is the address in the link itself, and not in a definition?
fn is_inline(link_type: LinkType) -> bool {
    matches!(link_type, LinkType::Inline | LinkType::Autolink | LinkType::Email)
}
