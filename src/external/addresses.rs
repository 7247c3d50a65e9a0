//! The pages of a site and the texts of its files → the external addresses, each with its places.
//!
//! Only addresses that a page links to are requested, since readers can follow them. Their places are the occurrences
//! of the same address in files of the library. An address that no file contains, because the site makes it itself, is
//! left out.

use std::collections::{BTreeMap, BTreeSet};

use lol_html::{RewriteStrSettings, element, rewrite_str};
use url::Url;

use crate::{
    model::document::Source,
    problem::{FilePath, Spot},
};

/// An external address with its places: at least one.
#[derive(Debug)]
pub struct ExternalAddress {
    /// The address, without the part after `#`, which is not sent to a server.
    pub address: Url,
    /// Its places, in the order of the files.
    pub spots: Vec<Spot>,
    /// The archived copy, if a source has one.
    pub archived: Option<String>,
}

/// The external addresses that a page links to. `own` is the full address of the site, if it has one.
pub fn linked(page: &str, own: Option<&str>) -> Vec<Url> {
    let is_external = |address: &Url| own.is_none_or(|own| !address.as_str().starts_with(own));
    let mut links = Vec::new();
    let link = element!("[href]", |element| {
        let address = element.get_attribute("href").and_then(|address| read(&address));
        links.extend(address.filter(is_external));
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(link).with_strict(false);
    rewrite_str(page, settings).expect("no handler fails, nothing is strict, and memory is not limited");
    links
}

/// The archived copies of sources, by the address of the source.
pub fn archived<'a>(sources: impl Iterator<Item = &'a Source>) -> BTreeMap<Url, &'a str> {
    sources.filter_map(|source| Some((read(source.web()?)?, source.archived.as_deref()?))).collect()
}

/// The places of these addresses in the files of a library.
pub fn places<'a>(
    linked: &BTreeSet<Url>,
    archived: &BTreeMap<Url, &str>,
    files: impl Iterator<Item = (&'a FilePath, &'a [u8])>,
) -> Vec<ExternalAddress> {
    let mut places: BTreeMap<Url, Vec<Spot>> = BTreeMap::new();
    for (path, text) in files {
        let Ok(text) = std::str::from_utf8(text) else { continue };
        for (at, written) in written(text) {
            if let Some((address, length)) = longest_known_prefix(written, linked) {
                places.entry(address).or_default().push(Spot::bytes(path, at..at + length));
            }
        }
    }
    let outside = |(address, spots): (Url, Vec<Spot>)| {
        let archived = archived.get(&address).map(|copy| (*copy).to_owned());
        ExternalAddress { address, spots, archived }
    };
    places.into_iter().map(outside).collect()
}

/// The possible addresses in a text, each with its start. An address continues to the next character that cannot be in
/// one, and may end with punctuation that belongs to the text.
fn written(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`');
    let starts = ["http://", "https://", "HTTP://", "HTTPS://", "www."];
    let mut found: Vec<usize> = starts.iter().flat_map(|start| text.match_indices(start)).map(|(at, _)| at).collect();
    found.sort_unstable();
    // `https://www.…` is one address, and an address inside another counts as part of it.
    let mut end = 0;
    let mut found = found.into_iter();
    std::iter::from_fn(move || {
        let at = found.by_ref().find(|at| *at >= end)?;
        let rest = &text[at..];
        let token = &rest[..rest.find(is_end).unwrap_or(rest.len())];
        let inner = token.get(4..).and_then(|inner| inner.find("](").map(|cut| cut + 4));
        let token = &token[..inner.unwrap_or(token.len())];
        end = at + token.len();
        Some((at, token))
    })
}

/// The most characters at the end of a text that are cut off as punctuation. Each is one more attempt.
const MAX_PUNCTUATION: usize = 32;

/// The longest prefix of a text that is one of these addresses, with its length.
fn longest_known_prefix(written: &str, linked: &BTreeSet<Url>) -> Option<(Url, usize)> {
    let mut cut = written;
    for _ in 0..=MAX_PUNCTUATION {
        let known = read(cut).filter(|address| linked.contains(address));
        let bare = || ["http://", "https://"].iter().find_map(|scheme| read(&format!("{scheme}{cut}")));
        let known = known.or_else(|| bare().filter(|address| cut.starts_with("www.") && linked.contains(address)));
        if let Some(address) = known {
            return Some((address, cut.len()));
        }
        let last = cut.chars().next_back()?;
        if last.is_alphanumeric() || last == '/' {
            return None;
        }
        cut = &cut[..cut.len() - last.len_utf8()];
    }
    None
}

/// The address of an external link as it is in the settings, without the part after `#`.
pub fn of_setting(address: &str) -> Option<Url> {
    read(address)
}

/// Parses an address as a browser does, without the part after `#`.
fn read(written: &str) -> Option<Url> {
    let plain = written.replace("&amp;", "&").replace("&#39;", "'").replace("&#x27;", "'").replace("&quot;", "\"");
    let mut address = Url::parse(&plain).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    address.set_fragment(None);
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::SpotPart;

    fn linked_on(page: &str) -> Vec<String> {
        linked(page, Some("https://own.example/library/")).into_iter().map(String::from).collect()
    }

    #[test]
    fn only_web_addresses_are_external_links() {
        let page = r##"<a href="https://a.org/x?b=1&amp;c=2#d">A</a> <a href="/cases/">B</a> <a href="mailto:a@b.org">C</a>
            <link href="https://own.example/library/cases/"> <a href="https://own.example/other/">D</a>"##;
        assert_eq!(linked_on(page), ["https://a.org/x?b=1&c=2", "https://own.example/other/"]);
    }

    #[test]
    fn an_address_in_an_example_of_code_is_no_link() {
        let page =
            r#"<code>&lt;a href="https://gone.example/x"&gt;</code> <i data-href="https://gone.example/y">A</i>"#;
        assert_eq!(linked_on(page), [""; 0]);
    }

    /// Checks the places of these addresses in a text.
    #[track_caller]
    fn check(text: &str, linked: &[&str], expected: &[(&str, &str)]) {
        let linked = linked.iter().map(|address| Url::parse(address).expect("an address")).collect();
        let path = FilePath::new("a.md");
        let found = places(&linked, &BTreeMap::new(), [(&path, text.as_bytes())].into_iter());
        let found: Vec<(String, String)> = found
            .iter()
            .flat_map(|one| one.spots.iter().map(|spot| (one.address.to_string(), &spot.part)))
            .map(|(address, part)| match part {
                SpotPart::Bytes(bytes) => (address, text[bytes.clone()].to_owned()),
                other => panic!("{other:?}"),
            })
            .collect();
        let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_address_is_found_in_every_spelling() {
        let (a, b) = ("https://a.org/b", "https://a.org/b_(c)");
        for text in
            ["<https://a.org/b>", "[x](https://a.org/b)", "See https://a.org/b.", "{ url: https://a.org/b, x: 1 }"]
        {
            check(text, &[a], &[(a, "https://a.org/b")]);
        }
        check("[x](https://a.org/b_(c)), [y](https://a.org/b \"t\")", &[a, b], &[(a, "https://a.org/b"), (b, b)]);
        check("[https://a.org/b](https://a.org/b)", &[a], &[(a, a), (a, a)]);
        check("**www.a.org/b**", &["http://www.a.org/b"], &[("http://www.a.org/b", "www.a.org/b")]);
        check(
            "url: https://a.org/b?x=1&amp;y#top",
            &["https://a.org/b?x=1&y"],
            &[("https://a.org/b?x=1&y", "https://a.org/b?x=1&amp;y#top")],
        );
    }

    #[test]
    fn addresses_that_no_page_links_to_are_not_requested() {
        check("`https://a.org/example` and https://a.org/bc", &["https://a.org/b"], &[]);
    }
}
