//! Alerts, `> [!NOTE]`: a quote that is set apart from the text, with a label or a title.
//!
//! The parser knows those of GitHub, whose mark stands alone in its line. A mark with a title behind it is read here, and a
//! mark of an unknown kind is reported. A label is a text of the interface, in the language of the site.

use std::ops::Range;

use pulldown_cmark::BlockQuoteKind;

use super::writer::Writer;
use crate::{model::document::LinkKind, problem::message::stray as message};

use super::stray::StrayKind;

/// The title of an alert, while it is read.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum AlertTitle {
    #[default]
    None,
    /// The quote is open; its first paragraph begins with a mark that ends here.
    Next(usize),
    /// The words of the title are being written.
    Open,
}

/// The kinds of alert, as they are written and as classes and labels name them.
const KINDS: [(&str, &str); 5] =
    [("NOTE", "note"), ("TIP", "tip"), ("IMPORTANT", "important"), ("WARNING", "warning"), ("CAUTION", "caution")];

/// What other tools call them.
const OTHER_NAMES: [(&str, &str); 16] = [
    ("ABSTRACT", "NOTE"),
    ("ATTENTION", "WARNING"),
    ("BUG", "CAUTION"),
    ("DANGER", "CAUTION"),
    ("ERROR", "CAUTION"),
    ("EXAMPLE", "NOTE"),
    ("FAILURE", "CAUTION"),
    ("FAQ", "NOTE"),
    ("HELP", "TIP"),
    ("HINT", "TIP"),
    ("INFO", "NOTE"),
    ("QUESTION", "NOTE"),
    ("QUOTE", "NOTE"),
    ("SUCCESS", "TIP"),
    ("SUMMARY", "NOTE"),
    ("TODO", "NOTE"),
];

impl Writer<'_> {
    /// Begins a quote, which may be an alert with a title.
    pub(super) fn start_quote(&mut self, at: Range<usize>) {
        let Some(mark) = mark(&self.markdown[at.clone()]) else {
            return self.container("<blockquote>\n", "</blockquote>\n");
        };
        let place = at.start + mark.at.start..at.start + mark.at.end;
        let name = self.markdown[place.start + 2..place.end - 1].to_uppercase();
        match KINDS.iter().find(|(written, _)| *written == name) {
            Some((_, kind)) if mark.has_title => {
                self.start_alert(kind, at);
                self.alert_title = AlertTitle::Next(place.end);
            }
            Some(_) => self.container("<blockquote>\n", "</blockquote>\n"),
            None => {
                let meant = OTHER_NAMES.iter().find(|(other, _)| *other == name).map(|(_, meant)| *meant);
                self.stray(StrayKind::Callout, place, |spot, text| message::callout(spot, text, meant));
                self.container("<blockquote>\n", "</blockquote>\n");
            }
        }
    }

    /// Begins an alert. Where it has no title, its label is put in now.
    pub(super) fn start_alert(&mut self, kind: &str, at: Range<usize>) {
        self.begin_block();
        if self.nesting.is_deepest() {
            return self.nesting.open_unwritten("\n");
        }
        self.nesting.open(&mut self.html, "<div class=\"alert alert-", "</div>\n");
        self.html.extend([kind, "\"><p class=\"alert-label\">"]);
        self.push_slot(kind.to_owned(), LinkKind::Label, self.spot(at));
        self.html.push_str("</p>\n");
    }

    /// Begins a paragraph, which the first of an alert shares with the label.
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

    /// What of a text is to be written, where the mark of an alert may stand at its front.
    pub(super) fn without_alert_mark<'t>(&mut self, text: &'t str, at: &Range<usize>) -> &'t str {
        match self.alert_title {
            AlertTitle::Next(end) if at.contains(&(end - 1)) => {
                self.alert_title = AlertTitle::Open;
                text.get(end - at.start..).unwrap_or_default().trim_start_matches(FOLD).trim_start()
            }
            _ => text,
        }
    }

    /// Ends the title at the end of its line; the paragraph goes on in one of its own. Not in the midst of emphasis.
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

/// What stands behind the mark of one that Obsidian folds.
const FOLD: [char; 2] = ['-', '+'];

/// The mark of an alert.
struct AlertMark {
    /// Where in the quote.
    at: Range<usize>,
    has_title: bool,
}

/// The mark with which a quote begins: `[!kind]`, and a title or nothing behind it.
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

/// The kind of an alert, which its class and its label are named by.
pub(super) fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}
