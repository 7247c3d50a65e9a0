//! The address of a link as written → the kind of address, and whether it may be published.
//!
//! Read as in a browser: spaces and control characters before it, and tabs and line ends in it, are ignored, the scheme
//! has no letter case, and a backslash is a slash. Character references are resolved before. `site` checks whether an
//! address within the site exists.

use std::borrow::Cow;

use url::Url;

use crate::{
    html::percent_encoded,
    model::document::LinkKind,
    problem::{
        Problem, Spot,
        message::{markdown as message, stray::quoted_address},
    },
};

/// An address that may be published.
pub(in crate::read) enum SafeAddress {
    /// In the form that is published.
    Elsewhere(String),
    /// As the author wrote it, for the site to resolve.
    Here(String),
}

/// Checks an address: gives it, or the problem if it is not allowed.
pub(in crate::read) fn check(target: &str, kind: LinkKind, spot: &Spot) -> Result<SafeAddress, Box<Problem>> {
    if target.trim_start().starts_with(['“', '”', '‘']) {
        return Err(Box::new(quoted_address(spot, target)));
    }
    Err(Box::new(match (destination(target), kind) {
        (LinkDestination::Site, _) => return Ok(SafeAddress::Here(target.to_owned())),
        (LinkDestination::Web(address) | LinkDestination::Contact(address), LinkKind::Link) => {
            return Ok(SafeAddress::Elsewhere(address));
        }
        (LinkDestination::Web(_) | LinkDestination::Contact(_), _) => message::media_elsewhere(spot, target),
        (LinkDestination::Malformed, _) => message::not_an_address(spot, target),
        (LinkDestination::NoScheme, _) => message::no_scheme(spot, target),
        (LinkDestination::Unsafe(scheme), _) => message::unsafe_scheme(spot, target, &scheme),
    }))
}

/// The kind of a link's address.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::read) enum LinkDestination {
    /// A web page elsewhere, ready to be written.
    Web(String),
    /// An e-mail address or a telephone number, ready to be written.
    Contact(String),
    /// A file or address of this site, or an anchor of the page.
    Site,
    /// `http:` or `https:` with an invalid address.
    Malformed,
    /// `//host/…`, without a scheme.
    NoScheme,
    /// Any other scheme, which could run code or lead to the author's own computer.
    Unsafe(String),
}

/// Classifies an address.
pub(in crate::read) fn destination(written: &str) -> LinkDestination {
    let address = as_browsers_read(written);
    let Some((scheme, rest)) = split_scheme(&address) else {
        let is_slash = |at: usize| matches!(address.as_bytes().get(at), Some(b'/' | b'\\'));
        return if is_slash(0) && is_slash(1) { LinkDestination::NoScheme } else { LinkDestination::Site };
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" if rest.starts_with("//") => {
            published(&address).filter(|_| is_host(rest)).map_or(LinkDestination::Malformed, LinkDestination::Web)
        }
        "http" | "https" => LinkDestination::Malformed,
        "mailto" if !is_mailbox(rest) => LinkDestination::Malformed,
        "tel" if !rest.contains(|c: char| c.is_ascii_digit()) => LinkDestination::Malformed,
        "mailto" | "tel" => published(&address).map_or(LinkDestination::Malformed, LinkDestination::Contact),
        other => LinkDestination::Unsafe(other.to_owned()),
    }
}

fn as_browsers_read(written: &str) -> Cow<'_, str> {
    let is_edge = |c: char| c <= ' ';
    let trimmed = written.trim_matches(is_edge);
    let is_dropped = |c: char| matches!(c, '\t' | '\n' | '\r');
    if trimmed.contains(is_dropped) { trimmed.replace(is_dropped, "").into() } else { trimmed.into() }
}

fn split_scheme(address: &str) -> Option<(&str, &str)> {
    let end = address.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')))?;
    let is_scheme = address.starts_with(|c: char| c.is_ascii_alphabetic()) && address[end..].starts_with(':');
    is_scheme.then(|| (&address[..end], &address[end + 1..]))
}

/// Can this be the name of a host? A second `https:` cannot, and a comma is a typing error for a dot.
fn is_host(rest: &str) -> bool {
    let host = rest.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or_default();
    !host.contains(',') && !matches!(host.trim_end_matches(':').to_ascii_lowercase().as_str(), "http" | "https")
}

/// Is there the name of a mailbox before a question mark?
fn is_mailbox(rest: &str) -> bool {
    let mailbox = rest.split('?').next().unwrap_or_default();
    let is_strange = |c: char| c.is_whitespace() || "<>".contains(c);
    mailbox.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
        && !mailbox.contains(is_strange)
}

/// The address in the form that is published, if a browser can read it.
fn published(address: &str) -> Option<String> {
    let encoded = percent_encoded(address);
    Url::parse(&encoded).is_ok().then_some(encoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: LinkDestination, written: &[&str]) {
        for address in written {
            assert_eq!(destination(address), expected, "{address:?}");
        }
    }

    #[test]
    fn addresses_elsewhere_are_encoded() {
        check(
            LinkDestination::Web("HTTPS://a.uk/b%20c".into()),
            &["HTTPS://a.uk/b c", " HTTPS://a.uk/b c", "HT\nTPS://a.uk/b c"],
        );
        check(LinkDestination::Contact("mailto:a@b.uk?subject=x".into()), &["mailto:a@b.uk?subject=x"]);
        check(LinkDestination::Contact("tel:+44".into()), &["tel:+44"]);
    }

    #[test]
    fn addresses_of_the_site_are_normalised() {
        check(
            LinkDestination::Site,
            &["", "#who", "/cases/", "../pages/about.md#who", "a b.md", "?q=x:y", "./a:b", "é:b", ":x"],
        );
    }

    #[test]
    fn invalid_addresses_are_refused() {
        check(
            LinkDestination::Malformed,
            &["https://https://a.uk", "https://a,uk/b", "mailto:", "mailto:not an address", "tel:"],
        );
        check(LinkDestination::Malformed, &["http://", "https:a.uk", "http:/a.uk", "https://a b.uk/", "http://[x]/"]);
        check(LinkDestination::NoScheme, &["//a.uk/b", r"\\a.uk", r"/\a.uk", " //a.uk", "/\t/a.uk"]);
    }

    #[test]
    fn unsafe_schemes_are_refused() {
        let spellings =
            ["javascript:alert(1)", "JavaScript:x", "\u{1}javascript:x", " java\tscript:x", "j\r\navascript:x"];
        check(LinkDestination::Unsafe("javascript".into()), &spellings);
        check(LinkDestination::Unsafe("data".into()), &["data:text/html,x"]);
        check(LinkDestination::Unsafe("vbscript".into()), &["vbscript:x"]);
        check(LinkDestination::Unsafe("file".into()), &["file:///etc/passwd"]);
        check(LinkDestination::Unsafe("c".into()), &[r"C:\photos\a.jpg", "c:/a"]);
    }
}
