//! Rewrites the addresses of HTML in one pass with a real parser.
//!
//! Takes HTML and a function from one address to another, both escaped as in an attribute. If the function returns
//! none, the address stays; everything else stays byte by byte.

use lol_html::{RewriteStrSettings, element, html_content::Element, rewrite_str};

/// The attributes that hold one address.
const ADDRESSES: [&str; 4] = ["href", "src", "poster", "action"];

/// HTML with other addresses.
pub fn with_links(html: &str, rewritten: impl Fn(&str) -> Option<String>) -> String {
    let links = element!("*", |element| {
        rewrite(element, &rewritten);
        Ok(())
    });
    // Not strict, so that ambiguous nesting is accepted too.
    let settings = RewriteStrSettings::new().append_element_content_handler(links).with_strict(false);
    rewrite_str(html, settings).expect("no handler fails, nothing is strict, and memory is not limited")
}

/// The HTML of a case for readers elsewhere: every link is in full. `origin` is that of the site, `page` the address of
/// the case.
pub fn in_full(html: &str, origin: &str, page: &str) -> String {
    with_links(html, |address| match address.as_bytes() {
        [b'/', b'/', ..] => None,
        [b'/', ..] => Some(format!("{origin}{address}")),
        [b'#', ..] => Some(format!("{page}{address}")),
        _ => None,
    })
}

/// Replaces the addresses of an element.
pub fn rewrite(element: &mut Element<'_, '_>, rewritten: impl Fn(&str) -> Option<String>) {
    for name in ADDRESSES {
        if let Some(address) = element.get_attribute(name).and_then(|address| rewritten(&address)) {
            element.set_attribute(name, &address).expect("the name was found in a page");
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn links_become_full_addresses_and_nothing_else_changes() {
        let html = "<p id=a>5 < 6 &amp; <a href=\"/book/a/?b=1&amp;c#d\">a</a> <A HREF='#x'>b</A> <img src=/book/p.png alt=\"/x\">\
                    <a href=\"//cdn.example/\">c</a><a href=\"mailto:a@b\">d</a><!-- href=\"/no\" --></p>";
        let expected = "<p id=a>5 < 6 &amp; <a href=\"https://h/book/a/?b=1&amp;c#d\">a</a> <A href=\"https://h/a/#x\">b</A> \
                        <img src=\"https://h/book/p.png\" alt=\"/x\"><a href=\"//cdn.example/\">c</a><a href=\"mailto:a@b\">d</a>\
                        <!-- href=\"/no\" --></p>";
        assert_eq!(in_full(html, "https://h", "https://h/a/").replace("<A HREF=", "<A href="), expected);
    }

    proptest! {
        #[test]
        fn any_html_is_accepted(html: String) {
            prop_assert_eq!(with_links(&html, |_| None), html);
        }
    }
}
