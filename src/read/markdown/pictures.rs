//! Pictures of the Markdown. The description is gathered first, since it is an attribute.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, TagEnd};

use super::{links::check_address, output::HtmlOutput, problems::BodyProblems};
use crate::{model::document::LinkKind, problem::message};

/// Attributes by which a picture is loaded when it comes into view, without delaying the text.
pub(super) const LATER: &str = " loading=\"lazy\" decoding=\"async\"";

/// A picture that has not ended; its description is being gathered.
pub(super) struct OpenPicture<'a> {
    target: CowStr<'a>,
    title: CowStr<'a>,
    at: Range<usize>,
    pub(super) alt: String,
    /// The number of open constructs in the description.
    depth: usize,
}

impl<'a> OpenPicture<'a> {
    pub(super) fn new(target: CowStr<'a>, title: CowStr<'a>, at: Range<usize>) -> OpenPicture<'a> {
        OpenPicture { target, title, at, alt: String::new(), depth: 0 }
    }

    /// Adds an event to the description: only its words count. True if the event ends the picture.
    pub(super) fn add(&mut self, event: &Event<'a>) -> bool {
        match event {
            Event::End(TagEnd::Image) if self.depth == 0 => return true,
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth -= 1,
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.alt.push_str(text);
            }
            Event::SoftBreak | Event::HardBreak => self.alt.push(' '),
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
        false
    }

    /// Writes the picture, or only its description if its address may not be published.
    pub(super) fn write(self, output: &mut HtmlOutput, problems: &mut BodyProblems<'_>) {
        let OpenPicture { target, title, at, alt, .. } = self;
        let text = problems.text;
        let spot = text.spot_of(&target, &at);
        let Some(address) = check_address(&target, LinkKind::Picture, &spot, problems) else {
            return output.push_text(&alt);
        };
        if alt.trim().is_empty() {
            problems.push(message::markdown::missing_alt(&text.spot(at)));
        } else if is_name_of_file(&alt, &target) {
            problems.push(message::case::file_name_as_alt(&text.spot(at), &alt));
        }
        output.html.push_str("<img");
        output.push_address("src", address, LinkKind::Picture, spot);
        output.html.push_str(" alt=\"");
        output.html.push_value(&alt);
        output.html.push_str("\"");
        output.push_title(&title);
        output.html.push_str(LATER);
        output.html.push_str(">");
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
