//! Alerts, `> [!NOTE]`: quotes that are set apart, with a label or a title.
//!
//! The parser knows those of GitHub, whose mark is alone on its line. A mark with a title after it is read here, and a
//! mark of an unknown kind is reported. A label is a text of the interface, in the language of the site.

use std::ops::Range;

use pulldown_cmark::BlockQuoteKind;

use super::{output::HtmlOutput, problems::BodyProblems, stray::StrayKind};
use crate::{
    model::{alert::AlertKind, document::LinkKind},
    problem::{Spot, message::stray as message},
};

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

impl AlertTitle {
    /// Begins a quote, which may be an alert with a title.
    pub(super) fn start_quote(&mut self, at: Range<usize>, output: &mut HtmlOutput, problems: &mut BodyProblems<'_>) {
        let text = problems.text;
        if let Some(mark) = mark(&text.markdown[at.clone()]) {
            let place = at.start + mark.at.start..at.start + mark.at.end;
            let name = &text.markdown[place.start + 2..place.end - 1];
            match AlertKind::named(name) {
                Some(kind) if mark.has_title => {
                    *self = AlertTitle::Next(place.end);
                    return start(kind, text.spot(at), output);
                }
                Some(_) => {}
                None => {
                    let meant = AlertKind::meant_by(name).map(AlertKind::name);
                    problems.push_stray_as(StrayKind::Callout, place, |spot, text| message::callout(spot, text, meant));
                }
            }
        }
        output.open_container("<blockquote>\n", "</blockquote>\n");
    }

    /// Begins a paragraph. The first of an alert contains the label too.
    pub(super) fn start_paragraph(&self, output: &mut HtmlOutput) {
        let label_end = "</p>\n";
        let html = &mut output.html;
        match self {
            AlertTitle::Next(_) if html.as_str().ends_with(label_end) => {
                html.truncate(html.len() - label_end.len());
                html.push_str(": ");
                html.open("", label_end);
            }
            _ => output.open_leaf("<p>", label_end),
        }
    }

    /// The part of a text after the mark of an alert, if there is one at its start.
    pub(super) fn without_mark<'t>(&mut self, text: &'t str, at: &Range<usize>) -> &'t str {
        match *self {
            AlertTitle::Next(end) if at.contains(&(end - 1)) => {
                *self = AlertTitle::Open;
                text.get(end - at.start..).unwrap_or_default().trim_start_matches(FOLD).trim_start()
            }
            _ => text,
        }
    }

    /// Ends the title at the end of its line, unless emphasis is open; a new paragraph begins.
    pub(super) fn end_at_line_break(&mut self, output: &mut HtmlOutput) -> bool {
        let ends = *self == AlertTitle::Open && output.html.innermost_ends_with("</p>\n");
        if ends {
            self.end_paragraph();
            output.close_block();
            output.open_leaf("<p>", "</p>\n");
        }
        ends
    }

    /// Ends a paragraph, and with it the title.
    pub(super) fn end_paragraph(&mut self) {
        *self = AlertTitle::None;
    }
}

/// Begins an alert. Without a title, its label is inserted now.
pub(super) fn start(kind: AlertKind, spot: Spot, output: &mut HtmlOutput) {
    output.begin_block();
    if output.html.is_deepest() {
        return output.html.open_unwritten("\n");
    }
    output.html.open("<div class=\"alert alert-", "</div>\n");
    output.html.extend([kind.class(), "\"><p class=\"alert-label\">"]);
    output.push_slot(kind.class().to_owned(), LinkKind::Label, spot);
    output.html.push_str("</p>\n");
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
