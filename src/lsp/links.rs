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
    problem::{FilePath, Span, Spot, SpotPart},
    read::markdown,
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
        None => relative_file(from, &path).filter(|file| state.loaded.project().files.contains_key(file))?,
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
    // Characters that end an address in Markdown, or mean something in one.
    const ENCODED: [char; 9] = [' ', '(', ')', '<', '>', '#', '?', '%', '\\'];
    let encoded = |c: char| match ENCODED.contains(&c) {
        true => format!("%{:02X}", u32::from(c)),
        false => c.to_string(),
    };
    FilePath::relative(from.folder(), to.as_str()).chars().map(encoded).collect()
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
    bodies(state).find(|(file, ..)| *file == path).map(|(_, title, summary, body)| (title, summary, body))
}

/// The headings of a body, each with the bytes of its line in the text.
pub fn headings<'t>(text: &'t str, body: &'t Body) -> impl Iterator<Item = (&'t Heading, Span)> {
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

/// Does an address in the file `from` lead to a file, or to one of its headings?
pub fn leads_to(
    state: &LibraryState,
    from: &FilePath,
    target: &str,
    (path, anchor): (&FilePath, Option<&str>),
) -> bool {
    target_of(state, from, target).is_some_and(|(to, at)| to == *path && (anchor.is_none() || at.as_deref() == anchor))
}

/// The addresses of a file's links as they are written, each with its bytes: in the link itself, or in a definition
/// such as `[name]: a.md`.
pub fn written_addresses<'k>(state: &'k LibraryState, path: &FilePath, body: &Body) -> Vec<(&'k str, Span)> {
    let Some(text) = state.text(path) else { return Vec::new() };
    let in_links = body.links.iter().filter_map(|link| address_within(text, &link.spot, &link.target));
    let in_definitions = markdown::addresses_in_definitions(path, text, body.span.clone());
    let in_definitions =
        in_definitions.iter().filter_map(|address| address_within(text, &address.spot, &address.value));
    in_links.chain(in_definitions).filter_map(|at| Some((text.get(at.clone())?, at))).collect()
}

/// The bytes of an address within the bytes of a link; none if the link has it from a definition.
fn address_within(text: &str, spot: &Spot, target: &str) -> Option<Span> {
    let SpotPart::Bytes(link) = &spot.part else { return None };
    let written = text.get(link.clone())?;
    let is_by_definition = written.ends_with(']') && written != target;
    let at = written.rfind(target).filter(|_| !is_by_definition)?;
    Some(link.start + at..link.start + at + target.len())
}
