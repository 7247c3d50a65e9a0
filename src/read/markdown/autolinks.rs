//! Bare addresses in text: `https://…`, `www.…` and `name@host.tld`, which become links as on GitHub.
//!
//! Takes a run of text; gives the positions and targets of its addresses. Whether an address is allowed is checked as
//! for any other link.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::LinkType;

/// A bare address.
pub(super) struct Bare {
    /// Its bytes in the text.
    pub(super) at: Range<usize>,
    pub(super) link_type: LinkType,
    /// Its target, as in a link of Markdown.
    pub(super) target: String,
}

/// The bare addresses of a text. `goes_on` says that the same word continues after it in the source.
pub(super) fn find(text: &str, goes_on: bool) -> Vec<Bare> {
    if !may_hold_address(text.as_bytes()) {
        return Vec::new();
    }
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]).url_must_have_scheme(false);
    let bare = |link: linkify::Link<'_>| {
        // Curly quotation marks and no-break spaces are not part of an address.
        let whole = link.as_str();
        let word = &whole[..whole.find(|c: char| c.is_whitespace() || "“”‘’«»…".contains(c)).unwrap_or(whole.len())];
        let at = link.start()..link.start() + word.len();
        let (link_type, target) = match link.kind() {
            LinkKind::Email => (LinkType::Email, word.to_owned()),
            _ if begins(word, "https://") || begins(word, "http://") => (LinkType::Autolink, word.to_owned()),
            _ if begins(word, "www.") => (LinkType::Autolink, format!("https://{word}")),
            _ => return None,
        };
        // An address that is cut by a character reference or emphasis would have a wrong target.
        let is_cut = goes_on && at.end == text.len();
        (!is_cut).then_some(Bare { at, link_type, target })
    };
    finder.links(text).filter_map(bare).collect()
}

fn begins(word: &str, start: &str) -> bool {
    word.get(..start.len()).is_some_and(|here| here.eq_ignore_ascii_case(start)) && word.len() > start.len()
}

/// Is there an at sign, `:/` or `ww`? Without branches, so that many bytes are compared at once; most text has none.
fn may_hold_address(bytes: &[u8]) -> bool {
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    pairs.fold(false, |found, (&a, &b)| {
        found | (a == b'@') | ((a == b':') & (b == b'/')) | ((a | 0x20 == b'w') & (b | 0x20 == b'w'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = find(text, false);
        let found: Vec<(&str, &str)> =
            found.iter().map(|bare| (&text[bare.at.clone()], bare.target.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn addresses_end_as_on_github() {
        check("See https://a.uk/b?c=d_e&f.", &[("https://a.uk/b?c=d_e&f", "https://a.uk/b?c=d_e&f")]);
        check("(www.a.uk/x_(y)), too", &[("www.a.uk/x_(y)", "https://www.a.uk/x_(y)")]);
        check("“HTTP://a.uk”", &[("HTTP://a.uk", "HTTP://a.uk")]);
        check("Ask jo.o-b@a.gov.uk.", &[("jo.o-b@a.gov.uk", "jo.o-b@a.gov.uk")]);
    }

    #[test]
    fn other_text_is_no_address() {
        check("GOV.UK, example.org, ftp://a.uk, @name, a@b, www., http://, powwow, file:///etc", &[]);
        assert!(find("https://a.uk/x", true).is_empty());
    }
}
