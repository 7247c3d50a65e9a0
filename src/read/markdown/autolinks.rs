//! Bare addresses in text: `https://…`, `www.…` and `name@host.tld`, which become links as on GitHub.
//!
//! Takes a run of text; gives the positions and targets of its addresses. An address goes on to the next blank or
//! quotation mark, without the punctuation at its end. Whether an address is allowed is checked as for any other link.

use std::ops::Range;

use pulldown_cmark::LinkType;

/// A bare address.
pub(super) struct Bare {
    /// Its bytes in the text.
    pub(super) at: Range<usize>,
    pub(super) link_type: LinkType,
    /// Its target, as in a link of Markdown.
    pub(super) target: String,
}

impl Bare {
    fn new(text: &str, at: Range<usize>, link_type: LinkType) -> Bare {
        let word = &text[at.clone()];
        let has_no_scheme = link_type == LinkType::Autolink && !word.contains("://");
        let target = if has_no_scheme { format!("https://{word}") } else { word.to_owned() };
        Bare { at, link_type, target }
    }

    /// The same address, up to a later end in its text.
    pub(super) fn up_to(self, end: usize, text: &str) -> Bare {
        Bare::new(text, self.at.start..end, self.link_type)
    }
}

/// The bare addresses of a text. `goes_on` says that the same word continues after it in the source.
pub(super) fn find(text: &str, goes_on: bool) -> Vec<Bare> {
    if !may_hold_address(text.as_bytes()) {
        return Vec::new();
    }
    let mut found: Vec<Bare> = Vec::new();
    // A name before an at sign may hold a mark that was searched already, but no part of an earlier address.
    let (mut from, mut free) = (0, 0);
    while let Some(mark) = text.as_bytes()[from..].iter().position(|byte| matches!(byte, b':' | b'@' | b'w' | b'W')) {
        let mark = from + mark;
        let address = match text.as_bytes()[mark] {
            b':' => web_address(text, free, mark),
            b'@' => Ok(email(text, free, mark)),
            _ => address_of_www(text, mark),
        };
        from = match &address {
            Ok(Some(at)) => at.end,
            Ok(None) => mark + 1,
            Err(searched) => *searched,
        };
        let link_type = if text.as_bytes()[mark] == b'@' { LinkType::Email } else { LinkType::Autolink };
        free = if matches!(address, Ok(Some(_))) { from } else { free };
        found.extend(address.ok().flatten().map(|at| Bare::new(text, at, link_type)));
    }
    // An address that the parser has cut would have a wrong target.
    let last_word = text.rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
    found.retain(|bare| !goes_on || bare.at.end <= last_word);
    found
}

/// The address whose scheme ends before this colon, or the position up to which there is none.
fn web_address(text: &str, free: usize, colon: usize) -> Result<Option<Range<usize>>, usize> {
    let before = &text[free..colon];
    let scheme = ["https", "http"].into_iter().find(|scheme| ends_with(before, scheme));
    let Some(scheme) = scheme.filter(|_| text[colon..].starts_with("://")) else { return Ok(None) };
    let start = colon - scheme.len();
    if text[..start].ends_with(char::is_alphanumeric) {
        return Ok(None);
    }
    let host = colon + "://".len();
    with_host(text, start, host)
}

/// The address that begins with `www.` here, or the position up to which there is none.
fn address_of_www(text: &str, start: usize) -> Result<Option<Range<usize>>, usize> {
    const WWW: &str = "www.";
    let begins = text.get(start..start + WWW.len()).is_some_and(|here| here.eq_ignore_ascii_case(WWW));
    // These come before a part of a longer address, or of a word.
    let is_inside = text[..start].ends_with(|c: char| c.is_alphanumeric() || "/.@-=&?#%+".contains(c));
    if !begins || is_inside {
        return Ok(None);
    }
    // `www.name@example.org` is an e-mail address.
    let is_email = text[start..].trim_start_matches(is_of_host).starts_with('@');
    if is_email { Ok(None) } else { with_host(text, start, start) }
}

/// The address that begins at `start`, with its host at `host`; or the end of a text that is no host.
fn with_host(text: &str, start: usize, host: usize) -> Result<Option<Range<usize>>, usize> {
    let length = text[host..].find(|c| !is_of_host(c)).unwrap_or(text.len() - host);
    let name = text[host..host + length].trim_end_matches('.');
    let is_www_alone = start == host && !name.contains('.');
    let has_marks = name.rsplit('.').take(2).any(|part| part.contains('_'));
    if name.is_empty() || name.starts_with('.') || is_www_alone || has_marks {
        return Err(host + length);
    }
    let end = host + length + length_of_rest(&text[host + length..]);
    Ok(Some(start..start + without_punctuation(&text[start..end]).len()))
}

/// The length of what follows a host: a port, a path or a query, up to a blank, a mark that no address has, or a
/// bracket that was opened before the address.
fn length_of_rest(text: &str) -> usize {
    let is_port = text.strip_prefix(':').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    if !is_port && !text.starts_with(['/', '?', '#', '@']) {
        return 0;
    }
    let is_end = |c: char| c.is_whitespace() || c.is_control() || "<>\"`|“”‘’«»…\u{fffd}".contains(c);
    let (mut square, mut curly) = (0_usize, 0_usize);
    let end = text.char_indices().find(|&(_, c)| {
        let open = match c {
            '[' | ']' => &mut square,
            '{' | '}' => &mut curly,
            _ => return is_end(c),
        };
        match c {
            '[' | '{' => *open += 1,
            _ if *open == 0 => return true,
            _ => *open -= 1,
        }
        false
    });
    end.map_or(text.len(), |(at, _)| at)
}

/// An address without the punctuation at its end. A closing bracket there belongs to it if it was opened inside.
fn without_punctuation(address: &str) -> &str {
    let count = |mark: char| address.matches(mark).count();
    let mut unopened = count(')').saturating_sub(count('('));
    let mut rest = address;
    loop {
        rest = match rest.chars().next_back() {
            Some(')') if unopened > 0 => {
                unopened -= 1;
                &rest[..rest.len() - 1]
            }
            // What an opening bracket at the end belongs to stands behind the address.
            Some('?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '(' | '[' | '{') => {
                &rest[..rest.len() - 1]
            }
            _ => return rest,
        };
    }
}

/// The e-mail address with this at sign.
fn email(text: &str, free: usize, at_sign: usize) -> Option<Range<usize>> {
    let is_of_name = |c: char| c.is_alphanumeric() || "._+-'&".contains(c);
    let before = &text[free..at_sign];
    let name =
        before.rfind(|c| !is_of_name(c)).map_or(before, |at| before[at..].trim_start_matches(|c| !is_of_name(c)));
    let name = name.trim_start_matches(['.', '\'', '&', '_']);
    let start = at_sign - name.len();
    let rest = &text[at_sign + 1..];
    let host = &rest[..rest.find(|c| !is_of_host(c)).unwrap_or(rest.len())];
    let host = host.trim_end_matches(['.', '-', '_']);
    let is_host = host.contains('.') && host.split('.').all(|part| !part.is_empty());
    // `@name@host` is the name of an account, and not an e-mail address.
    let is_email = !name.is_empty() && is_host && !text[..start].ends_with('@');
    is_email.then(|| start..at_sign + 1 + host.len())
}

fn is_of_host(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_')
}

fn ends_with(text: &str, end: &str) -> bool {
    text.len().checked_sub(end.len()).and_then(|at| text.get(at..)).is_some_and(|last| last.eq_ignore_ascii_case(end))
}

/// Is there an at sign, `:/` or `ww`? Without branches, so that many bytes are compared at once; most text has none.
pub(super) fn may_hold_address(bytes: &[u8]) -> bool {
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

    /// Checks an address between words, whose target is itself.
    #[track_caller]
    fn check_one(text: &str, address: &str) {
        check(text, &[(address, address)]);
    }

    #[test]
    fn addresses_end_as_on_github() {
        check_one("See https://a.uk/b?c=d_e&f.", "https://a.uk/b?c=d_e&f");
        check("(www.a.uk/x_(y)), too", &[("www.a.uk/x_(y)", "https://www.a.uk/x_(y)")]);
        check("www.a.uk/?q=(b))+ok", &[("www.a.uk/?q=(b))+ok", "https://www.a.uk/?q=(b))+ok")]);
        check_one("https://a.uk/b)c, x", "https://a.uk/b)c");
        check_one("“HTTP://a.uk”", "HTTP://a.uk");
        check_one("a=\"https://a.uk/b\"", "https://a.uk/b");
        check_one("[https://a.uk/b[]=1] x", "https://a.uk/b[]=1");
        check_one("https://a.uk/b_c*d*e** 'x", "https://a.uk/b_c*d*e");
        check_one("https://münchen.de/é?;", "https://münchen.de/é");
        check(
            "https://a.uk,https://b.uk:8/",
            &[("https://a.uk", "https://a.uk"), ("https://b.uk:8/", "https://b.uk:8/")],
        );
    }

    #[test]
    fn an_email_address_may_have_dots_and_signs_in_its_name() {
        check_one("Ask jo.o-b@a.gov.uk.", "jo.o-b@a.gov.uk");
        check_one("(first.last+tag@e.org)", "first.last+tag@e.org");
        check_one("Ask 'o'brien_b@e.org'", "o'brien_b@e.org");
        check_one("mailto:www.a@e.org/x", "www.a@e.org");
        check_one("owen.wwwood@e.org", "owen.wwwood@e.org");
        check("a@b.uk,c@d.uk", &[("a@b.uk", "a@b.uk"), ("c@d.uk", "c@d.uk")]);
    }

    #[test]
    fn other_text_is_no_address() {
        check("GOV.UK, example.org, ftp://a.uk, @name, a@b, www., http://, powwow, file:///etc", &[]);
        check("@name@a.uk a@b..uk a@@b.uk xhttps://a.uk a.www.b.uk www.a_b.uk https://a_b.uk/c_d", &[]);
        assert!(find("https://a.uk/x", true).is_empty());
        assert!(find("https://a.uk/x.", true).is_empty());
        assert_eq!(find("https://a.uk/x y", true).len(), 1);
    }

    /// If each mark searched the rest of its word, these would take minutes.
    #[test]
    fn long_words_are_searched_once() {
        for part in ["www._", "_www.", "http://_", "a@", "a@b_", "(", ")", ";", "https://a_b_"] {
            find(&format!("https://a.uk/{}", part.repeat(100_000)), false);
            find(&part.repeat(100_000), false);
        }
    }
}
