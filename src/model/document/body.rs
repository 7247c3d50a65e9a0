//! A body: safe HTML with slots, and the facts about its text that other stages need.

use std::{borrow::Cow, ops::Range};

use crate::{
    model::{
        ids::{CitationId, LinkId},
        prose::prose,
    },
    problem::{Spot, Written},
};

/// The body of a page: safe HTML, with slots for the addresses of links within the site.
///
/// An address depends on the whole library, so it is filled in when the page is made; everything else is fixed when the
/// file is read.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// Safe HTML, without the content of the slots.
    pub html: String,
    /// The slots, each with its position in `html`, ascending.
    pub slots: Vec<(usize, Slot)>,
    /// The headings, in order.
    pub outline: Vec<Heading>,
    /// The links within this site: to files, to addresses that begin with `/`, and to anchors of this page.
    pub links: Vec<BodyLink>,
    /// The citations of sources, in the order of the page.
    pub citations: Vec<Citation>,
    /// The words that may have been meant as citations, if they are ids of sources.
    pub near_citations: Vec<NearCitation>,
    /// Every id that a link may point at.
    pub anchors: Vec<String>,
    /// The bytes of the body in the file.
    pub span: Range<usize>,
    /// The number of words.
    pub words: usize,
    /// The facts for rules about prose.
    pub wording: Wording,
}

impl Body {
    /// Its plain text: a line for each paragraph, item or cell, then after an empty line those of the footnotes.
    pub fn prose(&self) -> String {
        prose(&self.html)
    }

    /// The HTML with the slots filled by `put`, whose values are escaped already. If it gives an empty text for a link,
    /// the text of the link stays, and a picture is replaced by its description.
    pub fn html_with<'a>(&self, put: impl Fn(Slot) -> Cow<'a, str>) -> String {
        let mut html = String::with_capacity(self.html.len() + self.slots.len() * 32);
        let mut from = 0;
        for &(at, slot) in &self.slots {
            // This slot may be in a picture that was left out.
            let Some(before) = self.html.get(from..at) else { continue };
            html.push_str(before);
            let text = put(slot);
            html.push_str(&text);
            let is_left_out = text.is_empty() && matches!(slot, Slot::Link(_));
            from = if is_left_out { self.leave_out(at, &mut html) } else { at };
        }
        html.push_str(&self.html[from..]);
        html
    }

    /// Removes the attribute whose slot is at `at`, and the whole tag if it is a picture. Returns the position where
    /// the HTML continues.
    fn leave_out(&self, at: usize, html: &mut String) -> usize {
        // Inside a tag `<` and `>` are escaped, so these are its ends.
        let (Some(start), Some(length)) = (html.rfind('<'), self.html[at..].find('>')) else { return at };
        let rest = &self.html[at..at + length];
        if html[start..].starts_with("<img ") {
            let tag = [&html[start..], rest].concat();
            let alt = tag.split_once(" alt=\"").and_then(|(_, alt)| alt.split('"').next()).unwrap_or_default();
            html.truncate(start);
            html.push_str(alt);
            return at + length + 1;
        }
        html.truncate(html.rfind(' ').unwrap_or(start));
        at + usize::from(rest.starts_with('"'))
    }
}

/// The content of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The address of a link.
    Link(LinkId),
    /// The numbers of the sources that are cited.
    Citation(CitationId),
}

/// A value that the site fills into a slot: an address, or a text of the interface.
#[derive(Clone, Debug)]
pub struct BodyLink {
    /// As written, percent signs and all: `../pages/about.md#who`.
    pub target: String,
    /// Its kind.
    pub kind: LinkKind,
    /// Its place.
    pub spot: Spot,
}

/// What a link shows or leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// Another page, or a file to download.
    Link,
    /// A sound, a film, or a picture whose size the author gives.
    Media,
    /// A picture without a given size. The site adds the size after the address.
    Picture,
    /// A text of the interface: the label of an alert, by its kind.
    Label,
}

/// What looks like a citation and is none: `[report, p. 3]`, `@report`.
#[derive(Clone, Debug)]
pub struct NearCitation {
    /// The word that may be the id of a source, and the place of the whole mark.
    pub id: Written<String>,
    /// What follows the word within the brackets: `, p. 3`.
    pub rest: String,
}

/// A citation.
#[derive(Clone, Debug)]
pub struct Citation {
    /// The sources, in the order written; one at least.
    pub sources: Vec<Cited>,
    /// It is inside a link that is written in HTML, so it cannot be a link itself.
    pub is_in_link: bool,
}

/// A source as a citation names it.
#[derive(Clone, Debug)]
pub struct Cited {
    /// The text before it: `see`.
    pub before: String,
    /// The id of the source. Its place includes the `@`.
    pub id: Written<String>,
    /// The place in the source: `p. 12`.
    pub place: String,
}

/// A heading of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its id, unique in the page.
    pub id: String,
    /// Its plain text.
    pub text: String,
    /// The bytes of the heading in the file.
    pub at: Range<usize>,
}

/// The most words of a sentence that is not long, as in the government's style guide.
pub const LONG_SENTENCE: usize = 25;

/// The facts for rules about prose. Places are bytes of the file.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// The long sentences, in order.
    pub sentences: Vec<Sentence>,
    /// The sentences with a figure and no source, in order.
    pub figures: Vec<Range<usize>>,
    /// The first use of each acronym that the body does not spell out, in order.
    pub acronyms: Vec<Acronym>,
    /// The headings without any text below them, in order.
    pub empty_sections: Vec<Section>,
    /// The headings under which an editor seems to list sources.
    pub own_sources: Vec<Section>,
    /// The paragraphs that are hints of a new library's example.
    pub hints: Vec<Range<usize>>,
    /// The gaps of a new library's pages, in square brackets, that nobody has filled in.
    pub gaps: Vec<Range<usize>>,
}

/// A part of a body, by its heading.
#[derive(Clone, Debug)]
pub struct Section {
    /// The text of the heading.
    pub text: String,
    /// The bytes of the heading.
    pub at: Range<usize>,
}

/// A sentence.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Its bytes.
    pub at: Range<usize>,
    /// The number of its words.
    pub words: usize,
}

/// An acronym, without a plural s.
#[derive(Clone, Debug)]
pub struct Acronym {
    /// Its letters.
    pub text: String,
    /// Its bytes.
    pub at: Range<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::Id;

    #[test]
    fn a_link_without_a_target_keeps_its_text() {
        let link = |n| Slot::Link(LinkId::at(n));
        let html = "<p><a class=\"x\" href=\"\">a</a> <img src=\"\" alt=\"b &amp; c\" loading=\"lazy\"> <a href=\"\">d</a></p>";
        let slots = html.match_indices("=\"\"").map(|(at, _)| at + 2).zip((0..).map(link)).collect();
        let body = Body { html: html.to_owned(), slots, ..Body::default() };
        assert_eq!(
            body.html_with(|slot| if slot == link(2) { "/d/".into() } else { "".into() }),
            "<p><a class=\"x\">a</a> b &amp; c <a href=\"/d/\">d</a></p>"
        );
    }
}
