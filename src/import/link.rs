//! The links and pictures of items → their targets in the library.
//!
//! A link to another post becomes a link to its case. A picture or file of the source is copied. A link to another page
//! of the old site becomes a full address there. A link with no known target becomes its text with the address after
//! it, and is reported. Links to other sites stay.

mod find;
mod resolve;

pub(super) use find::{LinkForm, MarkdownLink, links};
pub(super) use resolve::{LinkTarget, LinkTargets};

use super::Loss;

/// A change of a text: the bytes to replace, and the new text.
pub(super) type Replacement = (std::ops::Range<usize>, String);

/// The changes that make a link lead to its target. `address` gives the address of a target for the text; none if it is
/// missing.
pub(super) fn edits(
    link: &MarkdownLink,
    target: &LinkTarget,
    address: Option<&str>,
    losses: &mut Vec<Loss>,
) -> Vec<Replacement> {
    let written = link.target.as_str();
    match (target, address) {
        (LinkTarget::Same, _) => Vec::new(),
        (LinkTarget::Elsewhere(full), _) if link.is_picture => {
            losses.push(Loss::at_another_site(full));
            as_link(link, full)
        }
        (LinkTarget::Elsewhere(full), _) => vec![(link.destination.clone(), link.written_as(full))],
        (_, Some(address)) => vec![(link.destination.clone(), link.written_as(address))],
        (_, None) => {
            let is_picture = link.is_picture;
            losses.push(if is_picture { Loss::missing_picture(written) } else { Loss::missing_target(written) });
            as_words(link, written)
        }
    }
}

/// A picture as a link to it; inside another link, its text alone.
fn as_link(link: &MarkdownLink, full: &str) -> Vec<Replacement> {
    match &link.form {
        LinkForm::Markdown { words, whole } => {
            let lead = if words.is_empty() { "Picture" } else { "Picture: " };
            if link.is_in_link {
                return vec![(whole.start..words.start, lead.to_owned()), (words.end..whole.end, String::new())];
            }
            vec![(whole.start..words.start, format!("[{lead}")), (link.destination.clone(), link.written_as(full))]
        }
        LinkForm::Html { tag, alt, .. } => {
            let words = if alt.is_empty() { "Picture".to_owned() } else { format!("Picture: {alt}") };
            let text =
                if link.is_in_link { words } else { format!("<a href=\"{}\">{words}</a>", full.replace('"', "%22")) };
            vec![(tag.clone(), text)]
        }
        LinkForm::Definition => Vec::new(),
    }
}

/// A link or a picture as its text, with its address in code.
fn as_words(link: &MarkdownLink, address: &str) -> Vec<Replacement> {
    let address = format!("`{}`", address.replace('`', "%60"));
    match &link.form {
        LinkForm::Markdown { words, whole } if link.is_picture => {
            let lead = if words.is_empty() { "(picture" } else { "(picture: " };
            vec![(whole.start..words.start, lead.to_owned()), (words.end..whole.end, format!(" {address})"))]
        }
        LinkForm::Markdown { words, whole } => {
            let gap = if words.is_empty() { "" } else { " " };
            vec![(whole.start..words.start, String::new()), (words.end..whole.end, format!("{gap}({address})"))]
        }
        LinkForm::Html { tag, alt, .. } if link.is_picture => {
            let lead = if alt.is_empty() { "picture".to_owned() } else { format!("picture: {alt}") };
            vec![(tag.clone(), format!("({lead} <code>{}</code>)", address.trim_matches('`')))]
        }
        // Remove the attribute, and keep the text between the tags.
        LinkForm::Html { attribute, .. } => vec![(attribute.clone(), String::new())],
        LinkForm::Definition => Vec::new(),
    }
}

/// Makes the changes to a text. Of changes that overlap, only the first is made.
pub(super) fn edited(text: &str, mut edits: Vec<Replacement>) -> String {
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    let mut edited = String::with_capacity(text.len());
    let mut at = 0;
    for (span, now) in edits {
        if span.start < at {
            continue;
        }
        edited.push_str(&text[at..span.start]);
        edited.push_str(&now);
        at = span.end;
    }
    edited.push_str(&text[at..]);
    edited
}

#[cfg(test)]
mod tests;
