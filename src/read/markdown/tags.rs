//! An author's HTML → its tags, with their bytes in the source.
//!
//! Works like a browser's tokeniser, with two differences that limit mistakes: a tag or comment that is not closed ends
//! with its text, and such a tag is text. Comments, declarations and processing instructions are skipped. Other modules
//! decide which tags are allowed, and how they nest.

use std::ops::Range;

/// A part of an author's HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum HtmlToken<'a> {
    /// Text, with its character references.
    Text(&'a str),
    /// `<name …>`.
    Start(StartTag<'a>),
    /// `</name>`.
    End(&'a str),
}

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StartTag<'a> {
    pub(super) name: &'a str,
    pub(super) span: Range<usize>,
    pub(super) attributes: Vec<Attribute<'a>>,
}

/// An attribute as written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute<'a> {
    pub(super) name: &'a str,
    pub(super) name_span: Range<usize>,
    /// Without its quotation marks, with its character references.
    pub(super) value: &'a str,
    pub(super) value_span: Range<usize>,
}

/// The tokens of an author's HTML, in order.
pub(super) struct Tokens<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Tokens<'a> {
        Tokens { html, at: 0 }
    }

    /// Skips everything up to and including the end tag with this name, or all the rest if there is none. Was there
    /// one?
    pub(super) fn skip_past_end(&mut self, name: &str) -> bool {
        while let Some(found) = self.rest().find("</") {
            self.at += found + 2;
            let end = self.at + name.len();
            if self.html.get(self.at..end).is_some_and(|here| here.eq_ignore_ascii_case(name)) {
                self.at = end;
                self.skip_past(">");
                return true;
            }
        }
        self.at = self.html.len();
        false
    }

    fn rest(&self) -> &'a str {
        &self.html[self.at..]
    }

    fn skip_past(&mut self, end: &str) {
        self.at = self.rest().find(end).map_or(self.html.len(), |found| self.at + found + end.len());
    }

    fn skip_while(&mut self, holds: impl Fn(u8) -> bool) -> Range<usize> {
        let start = self.at;
        let length = self.rest().bytes().position(|byte| !holds(byte)).unwrap_or(self.html.len() - start);
        self.at += length;
        start..self.at
    }

    /// The rest, as text.
    fn all_text(&mut self, from: usize) -> HtmlToken<'a> {
        self.at = self.html.len();
        HtmlToken::Text(&self.html[from..])
    }

    fn start_tag(&mut self) -> HtmlToken<'a> {
        let start = self.at;
        self.at += 1;
        let name = self.skip_while(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>'));
        let mut attributes = Vec::new();
        loop {
            self.skip_while(|byte| is_space(byte) || byte == b'/');
            match self.rest().bytes().next() {
                None => return self.all_text(start),
                Some(b'>') => break,
                Some(_) => match self.attribute() {
                    Some(attribute) => attributes.push(attribute),
                    None => return self.all_text(start),
                },
            }
        }
        self.at += 1;
        HtmlToken::Start(StartTag { name: &self.html[name], span: start..self.at, attributes })
    }

    /// None if its quotation marks are not closed.
    fn attribute(&mut self) -> Option<Attribute<'a>> {
        let start = self.at;
        // In browsers, a name may begin with an equals sign.
        self.at += if self.rest().starts_with('=') { 1 } else { 0 };
        self.skip_while(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='));
        let name_span = start..self.at;
        let after_name = self.at;
        self.skip_while(is_space);
        let value_span = if self.rest().starts_with('=') {
            self.at += 1;
            self.skip_while(is_space);
            self.value()?
        } else {
            self.at = after_name;
            after_name..after_name
        };
        let (name, value) = (&self.html[name_span.clone()], &self.html[value_span.clone()]);
        Some(Attribute { name, name_span, value, value_span })
    }

    fn value(&mut self) -> Option<Range<usize>> {
        let Some(quote) = self.rest().bytes().next().filter(|byte| matches!(byte, b'"' | b'\'')) else {
            return Some(self.skip_while(|byte| !is_space(byte) && byte != b'>'));
        };
        self.at += 1;
        let value = self.skip_while(|byte| byte != quote);
        self.at += 1;
        (self.at <= self.html.len()).then_some(value)
    }

    fn end_tag(&mut self) -> HtmlToken<'a> {
        let start = self.at;
        self.at += 2;
        let name = self.skip_while(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>'));
        if !self.rest().contains('>') {
            return self.all_text(start);
        }
        self.skip_past(">");
        HtmlToken::End(&self.html[name])
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = HtmlToken<'a>;

    fn next(&mut self) -> Option<HtmlToken<'a>> {
        loop {
            let rest = self.rest();
            let begins_name = |at: usize| rest.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic);
            match rest.as_bytes() {
                [] => return None,
                [b'<', ..] if begins_name(1) => return Some(self.start_tag()),
                [b'<', b'/', ..] if begins_name(2) => return Some(self.end_tag()),
                [b'<', b'!', b'-', b'-', b'>', ..] => self.at += "<!-->".len(),
                [b'<', b'!', b'-', b'-', ..] => self.skip_past("-->"),
                [b'<', b'!', b'[', ..] => self.skip_past("]]>"),
                [b'<', b'?', ..] => self.skip_past("?>"),
                [b'<', b'!' | b'/', ..] => self.skip_past(">"),
                _ => {
                    let length =
                        rest.bytes().skip(1).position(|byte| byte == b'<').map_or(rest.len(), |found| found + 1);
                    self.at += length;
                    return Some(HtmlToken::Text(&rest[..length]));
                }
            }
        }
    }
}

/// A value with the character references resolved that addresses and ids may need. Others are kept as text.
pub(super) fn resolved(value: &str) -> String {
    let mut resolved = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        resolved.push_str(&rest[..at]);
        rest = &rest[at..];
        let (character, length) = reference(rest).unwrap_or(('&', 1));
        resolved.push(character);
        rest = &rest[length..];
    }
    resolved + rest
}

/// The character of a reference at the front, with the reference's length.
fn reference(text: &str) -> Option<(char, usize)> {
    #[rustfmt::skip]
    const NAMED: &[(&str, char)] = &[
        ("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&apos;", '\''), ("&nbsp;", '\u{A0}'), ("&colon;", ':'),
        ("&sol;", '/'), ("&bsol;", '\\'), ("&num;", '#'), ("&period;", '.'), ("&quest;", '?'), ("&Tab;", '\t'), ("&NewLine;", '\n'),
    ];
    let Some(number) = text.strip_prefix("&#") else {
        return NAMED.iter().find(|(name, _)| text.starts_with(name)).map(|(name, character)| (*character, name.len()));
    };
    let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
    let end = digits.bytes().position(|byte| !char::from(byte).is_digit(radix)).unwrap_or(digits.len());
    // Browsers accept a reference without a semicolon, and read an invalid number as U+FFFD.
    let code = u32::from_str_radix(digits.get(..end).filter(|digits| !digits.is_empty())?, radix);
    let character = code.ok().and_then(char::from_u32).filter(|&character| character != '\0');
    let is_closed = digits[end..].starts_with(';');
    let length = text.len() - digits.len() + end + usize::from(is_closed);
    Some((character.unwrap_or(char::REPLACEMENT_CHARACTER), length))
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each token as it would be written again, in brackets.
    fn shown(html: &str) -> String {
        let show = |token| match token {
            HtmlToken::Text(text) => format!("[{text}]"),
            HtmlToken::End(name) => format!("[/{name}]"),
            HtmlToken::Start(tag) => {
                let attributes = tag.attributes.iter().map(|attribute| {
                    assert_eq!(&html[attribute.name_span.clone()], attribute.name);
                    assert_eq!(&html[attribute.value_span.clone()], attribute.value);
                    format!(" {}={}", attribute.name, attribute.value)
                });
                format!("[<{}{}]", tag.name, attributes.collect::<String>())
            }
        };
        Tokens::new(html).map(show).collect()
    }

    #[test]
    fn tags_are_told_from_text() {
        let check = |html, expected: &str| assert_eq!(shown(html), expected);
        check("a<b>c</b>é", "[a][<b][c][/b][é]");
        check("<A b=c D='e\"f' g = \"h>\" i/j>", "[<A b=c D=e\"f g=h> i= j=]");
        check("1 < 2 <> <3 </ x>", "[1 ][< 2 ][<> ][<3 ]");
        check("<!-- a --><!--><?php b > ?><!c><![CDATA[ d > ]]>e", "[e]");
        check("<b =c></b d>", "[<b =c=][/b]");
    }

    #[test]
    fn an_unclosed_tag_is_text() {
        let check = |html, expected: &str| assert_eq!(shown(html), expected);
        check("a<b", "[a][<b]");
        check("<b c=\"d><e>", "[<b c=\"d><e>]");
        check("<b></c", "[<b][</c]");
        check("<b><!-- c <d>", "[<b]");
    }

    #[test]
    fn references_are_resolved() {
        let check = |value, expected: &str| assert_eq!(resolved(value), expected);
        check("a&amp;b&colon;c&#x6A;&#106avas&#0;&#x110000;", "a&b:cjjavas\u{FFFD}\u{FFFD}");
        check("?a=1&lt=2&copy=3&#;&#x;&", "?a=1&lt=2&copy=3&#;&#x;&");
    }

    #[test]
    fn long_input_takes_linear_time() {
        for piece in ["<a b=\"", "<", "<!--", "</a", "<a b='>", "&#"] {
            let html = piece.repeat(200_000);
            let length: usize =
                Tokens::new(&html).map(|token| if let HtmlToken::Text(text) = token { text.len() } else { 0 }).sum();
            assert!(length <= html.len());
            assert!(resolved(&html).len() <= html.len());
        }
    }
}
