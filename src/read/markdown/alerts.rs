//! Alerts, `> [!NOTE]`: quotes that are set apart, with a label or a title.
//!
//! The parser knows those of GitHub, whose mark is alone on its line. A mark with a title after it is read here, and a
//! mark of an unknown kind is reported. A label is a text of the interface, in the language of the site.

use std::ops::Range;

use pulldown_cmark::BlockQuoteKind;

use super::writer::Writer;
use crate::{
    model::{alert::AlertKind, document::LinkKind},
    problem::message::stray as message,
};

use super::stray::StrayKind;

/// The title of an alert that is being read.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum AlertTitle {
    #[default]
    None,
    /// The quote has begun; its first paragraph begins with a mark that ends here.
    Next(usize),
    /// The title is being written.
    Open,
}

impl Writer<'_> {
    /// Begins a quote, which may be an alert with a title.
    pub(super) fn start_quote(&mut self, at: Range<usize>) {
        let Some(mark) = mark(&self.markdown[at.clone()]) else {
            return self.container("<blockquote>\n", "</blockquote>\n");
        };
        let place = at.start + mark.at.start..at.start + mark.at.end;
        let name = &self.markdown[place.start + 2..place.end - 1];
        match AlertKind::named(name) {
            Some(kind) if mark.has_title => {
                self.start_alert(kind, at);
                self.alert_title = AlertTitle::Next(place.end);
            }
            Some(_) => self.container("<blockquote>\n", "</blockquote>\n"),
            None => {
                let meant = AlertKind::meant_by(name).map(AlertKind::name);
                self.stray(StrayKind::Callout, place, |spot, text| message::callout(spot, text, meant));
                self.container("<blockquote>\n", "</blockquote>\n");
            }
        }
    }

    /// Begins an alert. Without a title, its label is inserted now.
    pub(super) fn start_alert(&mut self, kind: AlertKind, at: Range<usize>) {
        self.begin_block();
        if self.nesting.is_deepest() {
            return self.nesting.open_unwritten("\n");
        }
        self.nesting.open(&mut self.html, "<div class=\"alert alert-", "</div>\n");
        self.html.extend([kind.class(), "\"><p class=\"alert-label\">"]);
        self.push_slot(kind.class().to_owned(), LinkKind::Label, self.spot(at));
        self.html.push_str("</p>\n");
    }

    /// Begins a paragraph. The first of an alert contains the label too.
    pub(super) fn start_paragraph(&mut self) {
        let label_end = "</p>\n";
        match self.alert_title {
            AlertTitle::Next(_) if self.html.ends_with(label_end) => {
                self.html.truncate(self.html.len() - label_end.len());
                self.html.push_str(": ");
                self.nesting.open(&mut self.html, "", label_end);
            }
            _ => self.leaf("<p>", label_end),
        }
    }

    /// The part of a text after the mark of an alert, if there is one at its start.
    pub(super) fn without_alert_mark<'t>(&mut self, text: &'t str, at: &Range<usize>) -> &'t str {
        match self.alert_title {
            AlertTitle::Next(end) if at.contains(&(end - 1)) => {
                self.alert_title = AlertTitle::Open;
                text.get(end - at.start..).unwrap_or_default().trim_start_matches(FOLD).trim_start()
            }
            _ => text,
        }
    }

    /// Ends the title at the end of its line, unless emphasis is open; a new paragraph begins.
    pub(super) fn ends_alert_title(&mut self) -> bool {
        let ends = self.alert_title == AlertTitle::Open && self.nesting.innermost_ends_with("</p>\n");
        if ends {
            self.alert_title = AlertTitle::None;
            self.nesting.close(&mut self.html);
            self.words.end_word();
            self.leaf("<p>", "</p>\n");
        }
        ends
    }
}

/// The marks of alerts that Obsidian folds.
const FOLD: [char; 2] = ['-', '+'];

/// The mark of an alert.
struct AlertMark {
    /// Its bytes in the quote.
    at: Range<usize>,
    has_title: bool,
}

/// The mark at the start of a quote: `[!kind]`, with or without a title after it.
fn mark(quote: &str) -> Option<AlertMark> {
    let line = quote.lines().next()?;
    let start = line.len() - line.strip_prefix('>')?.trim_start_matches([' ', '\t']).len();
    let name = line[start..].strip_prefix("[!")?;
    let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')?;
    let rest = name[length..].strip_prefix(']')?;
    let rest = rest.strip_prefix(FOLD).unwrap_or(rest);
    let end = start + "[!".len() + length + "]".len();
    let is_whole = length > 0 && (rest.is_empty() || rest.starts_with([' ', '\t']));
    is_whole.then(|| AlertMark { at: start..end, has_title: !rest.trim().is_empty() })
}

/// The kind of an alert of the parser.
pub(super) fn kind(parsed: BlockQuoteKind) -> AlertKind {
    match parsed {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}

/// The kind that a box of another tool means by the word after its marks: `:::tip`, `!!! note`.
pub(super) fn kind_of_box(text: &str) -> AlertKind {
    let words = text.trim_start_matches([':', '!', '?', '+', ' ']);
    let word = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    AlertKind::meant_by(word).unwrap_or(AlertKind::Note)
}
