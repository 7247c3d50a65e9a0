//! The headers and footers of a document: their words are reported, since they may say who may read it, and until when.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

use super::{super::Loss, package::Package};
use crate::{
    import::xml::{attribute, is},
    problem::message::shown,
};

/// The ids of the headers and footers of a text.
pub(super) fn ids<'a>(text: &'a Document<'_>) -> impl Iterator<Item = &'a str> {
    let is_reference = |node: &Node<'_, '_>| is(node, "headerReference") || is(node, "footerReference");
    text.descendants().filter(is_reference).filter_map(|node| attribute(node, "id"))
}

/// The most headers and footers that are read. Word has at most six for each section.
const MAX_READ: usize = 60;

/// The words in these headers and footers, each once; none if they have only page numbers.
pub(super) fn left_out<'a>(package: &mut Package<'_>, parts: impl Iterator<Item = &'a String>) -> Option<Loss> {
    let mut found: Vec<String> = Vec::new();
    // A small file may refer to one large part any number of times, and may have any number of parts.
    let parts: BTreeSet<&String> = parts.collect();
    for part in parts.into_iter().take(MAX_READ) {
        let part = package.sibling_path(part);
        let Ok(Some(xml)) = package.xml(&part) else { continue };
        let Ok(tree) = Document::parse(&xml) else { continue };
        let words = words(tree.root());
        if !is_page_number(&words) && !found.contains(&words) {
            found.push(words);
        }
    }
    let quoted: Vec<String> = found.iter().map(|words| format!("“{}”", shown(words))).collect();
    (!quoted.is_empty()).then(|| Loss::header_or_footer(&quoted.join("; ")))
}

/// The words of a part on one line, with those of its watermarks.
fn words(part: Node<'_, '_>) -> String {
    let mut words = String::new();
    // A stack, not recursion: a small file may hold any number of elements within each other.
    let mut open = vec![part];
    while let Some(node) = open.pop() {
        match node.tag_name().name() {
            "del" | "moveFrom" | "Fallback" => continue,
            "t" => words.push_str(node.text().unwrap_or_default()),
            "p" | "tab" | "ptab" | "br" => words.push(' '),
            "textpath" => words.push_str(attribute(node, "string").unwrap_or_default()),
            _ => {}
        }
        open.extend(node.children().rev());
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Is it nothing, a number, or words such as "Page 3 of 12", also in Welsh?
fn is_page_number(words: &str) -> bool {
    let mut parts = words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let is_of_number = |part: &str| ["page", "p", "of", "tudalen", "o"].contains(&part.to_lowercase().as_str());
    parts.all(|part| part.bytes().all(|byte| byte.is_ascii_digit()) || is_of_number(part))
}
