//! Links of the Markdown: checked, reported, and written with a slot if the address is within this site.

use std::ops::Range;

use pulldown_cmark::LinkType;
use url::Url;

use super::{
    destination::{self, SafeAddress},
    output::HtmlOutput,
    problems::BodyProblems,
    stray::StrayKind,
};
use crate::{
    model::document::LinkKind,
    problem::{Spot, message},
    read::{invisible, unusable_address},
};

/// The open links. Only the outermost is written, since HTML has no link in a link.
#[derive(Default)]
pub(super) struct OpenLinks {
    count: usize,
    /// The bytes of the outermost open link in the body, and the start of its text in the HTML.
    outermost: (Range<usize>, usize),
    /// Whether the outermost open link has no address, which is reported when links are resolved.
    has_no_address: bool,
}

impl OpenLinks {
    pub(super) fn is_open(&self) -> bool {
        self.count > 0
    }

    pub(super) fn start(
        &mut self,
        link_type: LinkType,
        target: &str,
        title: &str,
        at: &Range<usize>,
        output: &mut HtmlOutput,
        problems: &mut BodyProblems<'_>,
    ) {
        self.count += 1;
        output.html.make_room_for_text();
        if self.count > 1 {
            return output.html.open_unwritten("");
        }
        self.outermost = (at.clone(), output.html.len());
        self.has_no_address = target.is_empty();
        let text = problems.text;
        let spot = if is_inline(link_type) { text.spot_of(target, at) } else { text.spot(at.clone()) };
        let checked = match link_type {
            LinkType::Email => check_address(&format!("mailto:{target}"), LinkKind::Link, &spot, problems),
            _ => check_address(target, LinkKind::Link, &spot, problems),
        };
        let Some(address) = checked else { return output.html.open_unwritten("") };
        if matches!(address, SafeAddress::Elsewhere(_)) {
            problems.extend(Url::parse(target).ok().and_then(|url| unusable_address::problem(&url, target, &spot)));
        }
        output.html.open("<a", "</a>");
        output.push_address("href", address, LinkKind::Link, spot);
        output.push_title(title);
        output.html.push_str(">");
        self.outermost.1 = output.html.len();
    }

    pub(super) fn end(&mut self, output: &mut HtmlOutput, problems: &mut BodyProblems<'_>) {
        self.count -= 1;
        let (at, words_at) = &self.outermost;
        if self.count == 0 && !self.has_no_address && output.html.as_str()[*words_at..].trim().is_empty() {
            problems.push_stray(StrayKind::EmptyLink, at.clone());
        }
        output.html.close();
    }
}

/// Checks an address. Reports one that may not be published, and gives none.
pub(super) fn check_address(
    target: &str,
    kind: LinkKind,
    spot: &Spot,
    problems: &mut BodyProblems<'_>,
) -> Option<SafeAddress> {
    let invisible = if target.is_ascii() { None } else { invisible::first(target) };
    let checked = match invisible {
        None => destination::check(target, kind, spot),
        Some(first) => {
            // A separator was not typed: an address has no spaces.
            let without = invisible::without(&target.replace(invisible::SEPARATORS, ""));
            problems.push(message::doubtful::invisible(spot, "address", target, &without, first));
            destination::check(&without, kind, spot)
        }
    };
    checked.map_err(|problem| problems.push(*problem)).ok()
}

/// Is the address in the link itself, and not in a definition?
fn is_inline(link_type: LinkType) -> bool {
    matches!(link_type, LinkType::Inline | LinkType::Autolink | LinkType::Email)
}
