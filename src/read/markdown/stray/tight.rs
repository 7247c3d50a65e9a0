//! The text of an item of a tight list, which the parser gives without the events of a paragraph.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// The text of the item that has just begun.
#[derive(Default)]
pub(super) struct TightText {
    is_item_begun: bool,
    at: Option<Range<usize>>,
}

impl TightText {
    /// Takes each event; gives the bytes of the text that it ends.
    pub(super) fn ended_by(&mut self, event: &Event<'_>, at: &Range<usize>) -> Option<Range<usize>> {
        if is_inline(event) {
            if self.is_item_begun {
                let start = self.at.as_ref().map_or(at.start, |text| text.start);
                self.at = Some(start..at.end.max(self.at.as_ref().map_or(0, |text| text.end)));
            }
            return None;
        }
        self.is_item_begun = matches!(event, Event::Start(Tag::Item));
        self.at.take()
    }
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => {
            matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
        }
        Event::End(tag) => {
            matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
        }
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}
