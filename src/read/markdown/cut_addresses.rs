//! Bare addresses that the parser has cut into several texts: at an escaped character (`a\_b@c.uk`, as Pandoc writes
//! it), at a character reference (`https://a.uk/?b&amp;c`), or at marks of emphasis (`https://a.uk/_b_`).
//!
//! Takes events with whole runs of text. Where a word goes on in the next event and has an address, its events are
//! replaced by those of a link; all others are passed on as they are.

use std::{collections::VecDeque, iter::Peekable, ops::Range};

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::{
    autolinks::{self, Bare},
    footnotes::Placed,
};
use crate::read::bounded::LONGEST_MARK;

/// The events, with links for addresses in several pieces.
pub(super) struct CutAddresses<'a, I: Iterator> {
    events: Peekable<I>,
    markdown: &'a str,
    /// Can this body have any?
    is_on: bool,
    /// Events that have been read ahead.
    ready: VecDeque<Placed<'a>>,
    /// The text after a word, which may end in the next such word.
    rest: Option<Placed<'a>>,
    /// The number of open links, pictures and code blocks, in which no address becomes a link.
    closed_to_links: usize,
}

impl<'a, I: Iterator<Item = Placed<'a>>> CutAddresses<'a, I> {
    pub(super) fn new(events: I, markdown: &'a str) -> CutAddresses<'a, I> {
        let is_on = autolinks::may_hold_address(markdown.as_bytes());
        let (ready, rest) = (VecDeque::new(), None);
        CutAddresses { events: events.peekable(), markdown, is_on, ready, rest, closed_to_links: 0 }
    }

    /// Passes on a text. If its last word goes on in the next events and has an address, they become links.
    fn pass_on(&mut self, (text, at): (CowStr<'a>, Range<usize>)) -> Option<Placed<'a>> {
        let start = text.len() - text.rsplit(char::is_whitespace).next().unwrap_or_default().len();
        let mut word = CutWord::default();
        word.push(&text[start..], at.end - (text.len() - start).min(at.len())..at.end, false);
        let mut taken = Vec::new();
        let after = self.take_rest_of_word(&mut word, &mut taken);
        let found = if taken.is_empty() { Vec::new() } else { autolinks::find(&word.text, false) };
        if found.is_empty() {
            // A blank in the last text ends the word, so the next one may begin there.
            self.rest = after.and_then(|_| taken.pop());
            self.ready.extend(taken);
            return Some((Event::Text(text), at));
        }
        self.rest = after;
        let before = at.start..word.source(0);
        word.push_links(found, &mut self.ready);
        match start {
            0 => self.next(),
            _ => Some((Event::Text(part(text, 0..start)), before)),
        }
    }

    /// Takes the events in which a word goes on. Gives what follows the word in the last of them.
    fn take_rest_of_word(&mut self, word: &mut CutWord, taken: &mut Vec<Placed<'a>>) -> Option<Placed<'a>> {
        if word.text.is_empty() {
            return None;
        }
        loop {
            let (markdown, end) = (self.markdown, word.end());
            let is_next = |at: &Range<usize>| {
                at.start == end || at.start == end + 1 && markdown.as_bytes().get(end) == Some(&b'\\')
            };
            match self.events.peek()? {
                (Event::Text(_), at) if is_next(at) => {
                    let (event, at) = self.events.next()?;
                    taken.push((event.clone(), at.clone()));
                    let Event::Text(text) = event else { return None };
                    let length = text.find(char::is_whitespace).unwrap_or(text.len());
                    let place = at.start..at.end - (text.len() - length).min(at.len());
                    let after = place.end..at.end;
                    word.push(&text[..length], place, false);
                    if length < text.len() {
                        let length = length..text.len();
                        return Some((Event::Text(part(text, length)), after));
                    }
                }
                (Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough), at)
                    if at.start == end && is_of_one_word(&markdown[at.clone()]) && word.takes_marks() =>
                {
                    let at = at.clone();
                    taken.extend(std::iter::from_fn(|| self.events.next_if(|(_, inside)| inside.start < at.end)));
                    word.push(&markdown[at.clone()], at, true);
                }
                _ => return None,
            }
        }
    }
}

impl<'a, I: Iterator<Item = Placed<'a>>> Iterator for CutAddresses<'a, I> {
    type Item = Placed<'a>;

    fn next(&mut self) -> Option<Placed<'a>> {
        if !self.is_on {
            return self.events.next();
        }
        if let Some(ready) = self.ready.pop_front() {
            return Some(ready);
        }
        let (event, at) = self.rest.take().or_else(|| self.events.next())?;
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => self.closed_to_links += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => self.closed_to_links -= 1,
            Event::Text(text) if self.closed_to_links == 0 => return self.pass_on((text, at)),
            _ => {}
        }
        Some((event, at))
    }
}

/// A word in several pieces.
#[derive(Default)]
struct CutWord {
    /// The word, as readers see it.
    text: String,
    pieces: Vec<Piece>,
    /// Whether marks of emphasis would be part of an address, if that was asked already.
    takes_marks: Option<bool>,
}

/// A piece of a word.
struct Piece {
    start: usize,
    /// Its bytes in the body.
    place: Range<usize>,
    /// Whether it is a text in marks of emphasis, with these marks.
    has_marks: bool,
}

impl CutWord {
    fn push(&mut self, text: &str, place: Range<usize>, has_marks: bool) {
        self.pieces.push(Piece { start: self.text.len(), place, has_marks });
        self.text.push_str(text);
    }

    /// The end of the last piece in the body.
    fn end(&self) -> usize {
        self.pieces.last().map_or(0, |piece| piece.place.end)
    }

    /// Is the end of the word in the path of an address, so that marks of emphasis would be part of it?
    fn takes_marks(&mut self) -> bool {
        let whole = self.text.len() + "*a".len();
        *self.takes_marks.get_or_insert_with(|| {
            autolinks::find(&format!("{}*a", self.text), false).last().is_some_and(|bare| bare.at.end == whole)
        })
    }

    /// The position in the body for a position in the word.
    fn source(&self, at: usize) -> usize {
        let n = self.pieces.partition_point(|piece| piece.start < at).saturating_sub(1);
        let Some(piece) = self.pieces.get(n) else { return 0 };
        (piece.place.start + (at - piece.start)).min(piece.place.end)
    }

    /// An address, with the whole of the last text in marks that it has a part of.
    fn with_marks(&self, bare: Bare) -> Bare {
        let n = self.pieces.partition_point(|piece| piece.start < bare.at.end).saturating_sub(1);
        let end = self.pieces.get(n + 1).map_or(self.text.len(), |next| next.start);
        if self.pieces.get(n).is_some_and(|piece| piece.has_marks) { bare.up_to(end, &self.text) } else { bare }
    }

    /// Adds the events of the word, with links.
    fn push_links(&self, found: Vec<Bare>, events: &mut VecDeque<Placed<'_>>) {
        let mut from = 0;
        let text = |at: Range<usize>| {
            let place = self.source(at.start)..self.source(at.end);
            (!at.is_empty()).then(|| (Event::Text(self.text[at].to_owned().into()), place))
        };
        for bare in found.into_iter().map(|bare| self.with_marks(bare)) {
            let Bare { at, link_type, target } = bare;
            let place = self.source(at.start)..self.source(at.end);
            let (dest_url, title, id) = (target.into(), CowStr::Borrowed(""), CowStr::Borrowed(""));
            events.extend(text(from..at.start));
            events.push_back((Event::Start(Tag::Link { link_type, dest_url, title, id }), place.clone()));
            events.extend(text(at.clone()));
            events.push_back((Event::End(TagEnd::Link), place));
            from = at.end;
        }
        events.extend(text(from..self.text.len()));
    }
}

/// Is a text in marks of emphasis one word without other marks, and not too long for one?
fn is_of_one_word(marked: &str) -> bool {
    marked.len() <= LONGEST_MARK
        && !marked.contains(|c: char| c.is_whitespace() || c.is_control() || "\\&<>\"`|[]{}".contains(c))
}

/// A part of a text.
fn part(text: CowStr<'_>, at: Range<usize>) -> CowStr<'_> {
    match text {
        CowStr::Borrowed(text) => CowStr::Borrowed(&text[at]),
        text => text[at].to_owned().into(),
    }
}
