//! Inline notes, `^[like this]`: converts their events to those of a footnote and a reference.
//!
//! Takes events with whole runs of text. A note ends at the bracket that closes it, in the same paragraph. Without one,
//! or if emphasis begins inside and ends outside, it is not a note and nothing is changed.

use std::collections::VecDeque;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::footnotes::Placed;

/// The events, with footnotes in place of inline notes.
pub(super) struct InlineNotes<'a, I> {
    events: I,
    markdown: &'a str,
    /// Does this body have any?
    is_on: bool,
    /// Events that have been read ahead.
    ready: VecDeque<Placed<'a>>,
    /// The text after a note in its run, which may contain the next note.
    rest: Option<Placed<'a>>,
    /// The number of open links, pictures and code blocks, in which there are no notes.
    closed_to_notes: usize,
    notes: usize,
}

const OPENING: &str = "^[";

impl<'a, I: Iterator<Item = Placed<'a>>> InlineNotes<'a, I> {
    pub(super) fn new(events: I, markdown: &'a str) -> InlineNotes<'a, I> {
        let is_on = markdown.contains(OPENING);
        InlineNotes { events, markdown, is_on, ready: VecDeque::new(), rest: None, closed_to_notes: 0, notes: 0 }
    }

    /// Reads a note whose text begins at `from` of this run, and everything up to its end.
    fn note(&mut self, run: &'a str, start: usize, from: usize) {
        let text = |text: &'a str, at: usize| (Event::Text(CowStr::Borrowed(text)), at..at + text.len());
        let mut inside = Vec::new();
        let (mut piece, mut at) = (&run[from..], start + from);
        let (mut brackets, mut nested) = (0_usize, 0_usize);
        loop {
            if nested == 0
                && let Some(close) = self.closing(piece, at, &mut brackets)
            {
                inside.push(text(&piece[..close], at));
                self.ready.push_back(text(&run[..from - OPENING.len()], start));
                self.push_note(inside, start + from);
                self.rest = Some(text(&piece[close + 1..], at + close + 1));
                return;
            }
            inside.push(text(piece, at));
            (piece, at) = loop {
                let next = self.events.next();
                let is_over = match &next {
                    None | Some((Event::Rule | Event::Html(_), _)) => true,
                    Some((Event::Start(tag), _)) => !is_inline(&tag.to_end()),
                    Some((Event::End(end), _)) => !is_inline(end) || nested == 0,
                    _ => false,
                };
                match &next {
                    Some((Event::Start(_), _)) => nested += 1,
                    Some((Event::End(_), _)) => nested = nested.saturating_sub(1),
                    _ => {}
                }
                match next {
                    Some((Event::Text(CowStr::Borrowed(piece)), at)) => break (piece, at.start),
                    next if is_over => return self.no_note(text(run, start), inside, next),
                    Some(next) => inside.push(next),
                    None => {}
                }
            };
        }
    }

    /// Leaves the events as they were. The first of the pieces is the end of the run.
    fn no_note(&mut self, run: Placed<'a>, pieces: Vec<Placed<'a>>, next: Option<Placed<'a>>) {
        self.ready.push_back(run);
        self.ready.extend(pieces.into_iter().skip(1));
        self.ready.extend(next);
    }

    /// The position where a text, which begins at `start` of the body, closes the open bracket. `brackets` counts those
    /// opened inside.
    fn closing(&self, text: &str, start: usize, brackets: &mut usize) -> Option<usize> {
        let is_escaped = self.markdown[..start].ends_with('\\');
        for (at, byte) in text.bytes().enumerate().skip(usize::from(is_escaped)) {
            match byte {
                b'[' => *brackets += 1,
                b']' if *brackets == 0 => return Some(at),
                b']' => *brackets -= 1,
                _ => {}
            }
        }
        None
    }

    fn push_note(&mut self, inside: Vec<Placed<'a>>, at: usize) {
        self.notes += 1;
        // A label of an author cannot contain a bracket.
        let label: CowStr<'a> = format!("{OPENING}{}", self.notes).into();
        let place = at..at;
        let events = [
            Event::FootnoteReference(label.clone()),
            Event::Start(Tag::FootnoteDefinition(label)),
            Event::Start(Tag::Paragraph),
        ];
        self.ready.extend(events.map(|event| (event, place.clone())));
        self.ready.extend(inside);
        let ends = [TagEnd::Paragraph, TagEnd::FootnoteDefinition];
        self.ready.extend(ends.map(|end| (Event::End(end), place.clone())));
    }
}

impl<'a, I: Iterator<Item = Placed<'a>>> Iterator for InlineNotes<'a, I> {
    type Item = Placed<'a>;

    fn next(&mut self) -> Option<Placed<'a>> {
        if !self.is_on {
            return self.events.next();
        }
        if let Some(ready) = self.ready.pop_front() {
            return Some(ready);
        }
        let (event, at) = self.rest.take().or_else(|| self.events.next())?;
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => self.closed_to_notes += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => self.closed_to_notes -= 1,
            Event::Text(CowStr::Borrowed(run)) if self.closed_to_notes == 0 => {
                if let Some(opening) = run.find(OPENING) {
                    self.note(run, at.start, opening + OPENING.len());
                    return self.next();
                }
            }
            _ => {}
        }
        Some((event, at))
    }
}

fn is_inline(end: &TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}
