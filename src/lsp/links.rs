//! The targets of links within a library, and relative paths between files.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use super::library::LibraryState;
use crate::{
    model::{
        Address,
        document::{Body, Heading},
    },
    problem::{FilePath, Spot, SpotPart},
};

/// The file and the anchor that a link leads to. `target` is the address as written in the file `from`.
pub fn target_of(state: &LibraryState, from: &FilePath, target: &str) -> Option<(FilePath, Option<String>)> {
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let anchor = anchor.map(|anchor| decoded(anchor).into_owned());
    if path.is_empty() {
        return Some((from.clone(), anchor));
    }
    let path = decoded(path);
    let found = match path.strip_prefix('/') {
        Some(_) => at_address(state, &path)?,
        None => relative_file(from, &path).filter(|file| state.held.project().files.contains_key(file))?,
    };
    Some((found, anchor))
}

fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

/// The file at a relative path.
fn relative_file(from: &FilePath, path: &str) -> Option<FilePath> {
    let path: String = FilePath::resolve(from.folder(), path)?.nfc().collect();
    Some(FilePath::new(path))
}

/// The file of the page at an address of the site.
fn at_address(state: &LibraryState, address: &str) -> Option<FilePath> {
    let is_it = |page: &Address| page.as_str().trim_end_matches('/') == address.trim_end_matches('/');
    addresses(state).find(|(_, page)| is_it(page)).map(|(path, _)| path.clone())
}

/// Every file of a case or a page, with the address of its page. Drafts have one too, though the site of the state does
/// not show them.
pub fn addresses(state: &LibraryState) -> impl Iterator<Item = (&FilePath, &Address)> {
    let documents = state.documents();
    let cases = documents.cases.iter().map(|case| (&case.path, &case.address));
    cases.chain(documents.pages.iter().map(|page| (&page.path, &page.address.value)))
}

/// The relative path from one file to another.
pub fn path_between(from: &FilePath, to: &FilePath) -> String {
    FilePath::relative(from.folder(), to.as_str()).replace(' ', "%20")
}

/// Every file with a body: its path, title, summary and body.
pub fn bodies(state: &LibraryState) -> impl Iterator<Item = (&FilePath, &str, &str, &Body)> {
    let documents = state.documents();
    let cases = documents.cases.iter().map(|case| (&case.path, case.title.as_str(), case.summary.as_str(), &case.body));
    let pages = documents
        .pages
        .iter()
        .map(|page| (&page.path, page.title.as_str(), page.summary.as_deref().unwrap_or_default(), &page.body));
    let home = documents.home.iter().map(|home| (&home.path, "Home", "", &home.body));
    cases.chain(pages).chain(home)
}

/// The body of a file.
pub fn body_of<'k>(state: &'k LibraryState, path: &FilePath) -> Option<(&'k str, &'k str, &'k Body)> {
    bodies(state).find(|(of, ..)| *of == path).map(|(_, title, summary, body)| (title, summary, body))
}

/// The headings of a body, each with the bytes of its line in the text.
pub fn headings<'t>(text: &'t str, body: &'t Body) -> impl Iterator<Item = (&'t Heading, std::ops::Range<usize>)> {
    let mut from = body.span.start.min(text.len());
    body.outline.iter().filter_map(move |heading| {
        let mut start = from;
        for line in text.get(from..)?.split_inclusive('\n') {
            let words = line.trim().trim_start_matches('#').trim();
            let is_heading = line.starts_with('#') && same_words(words, &heading.text);
            if is_heading {
                from = start + line.len();
                return Some((heading, start..start + line.trim_end().len()));
            }
            start += line.len();
        }
        None
    })
}

/// Does a line of Markdown have this plain text? Marks of emphasis and code are ignored.
fn same_words(line: &str, words: &str) -> bool {
    let plain = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    plain(line.split(" {#").next().unwrap_or(line)) == plain(words)
}

/// The bytes of a link's address within the bytes of the whole link.
pub fn address_within(state: &LibraryState, spot: &Spot, target: &str) -> Option<std::ops::Range<usize>> {
    let span = match &spot.part {
        SpotPart::Bytes(span) => span.clone(),
        _ => state.span(spot)?,
    };
    let text = state.text(&spot.file)?.get(span.clone())?;
    let at = text.rfind(target)?;
    Some(span.start + at..span.start + at + target.len())
}
