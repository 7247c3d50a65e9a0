//! A page for an archive copy, which is opened from a folder on a disk: its links are relative and name files.
//!
//! Takes a published page and gives the same page; nothing in the templates knows of it. The content security policy is
//! taken out, because on a disk no address is "self" and a browser would refuse even the style sheet. No browser runs a module
//! from a disk, so those go too, and the page is the one for readers whose scripts are off. Links to other sites and full
//! addresses of this one stay: an archive says where it came from.

use lol_html::{RewriteStrSettings, element, rewrite_str};

use super::links::rewrite;
use crate::model::Address;

/// A page as it stands in an archive. `base` is the path of the site, with slashes at both ends.
pub fn page(html: &str, address: &Address, base: &str) -> String {
    let depth = address.output_path().matches('/').count();
    let links = element!("*", |element| {
        rewrite(element, |link| relative(link, depth, base));
        Ok(())
    });
    let orders = element!("meta[http-equiv]", |element| {
        let kind = element.get_attribute("http-equiv").unwrap_or_default();
        let content = element.get_attribute("content").unwrap_or_default();
        if kind.eq_ignore_ascii_case("content-security-policy") {
            element.remove();
        } else if let Some((wait, link)) = content.split_once("url=")
            && let Some(link) = relative(link, depth, base)
        {
            element.set_attribute("content", &format!("{wait}url={link}"))?;
        }
        Ok(())
    });
    let modules = element!("script[type=module], link[rel=modulepreload], link[rel=preload]", |element| {
        element.remove();
        Ok(())
    });
    let without = element!("noscript", |element| {
        element.remove_and_keep_content();
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(links)
        .append_element_content_handler(modules)
        .append_element_content_handler(without)
        .append_element_content_handler(orders)
        .with_strict(false);
    rewrite_str(html, settings).expect("no handler fails, nothing is strict, and memory is not limited")
}

/// A link from a page so many folders deep to a file of the same archive; none where it leads out of the site.
fn relative(link: &str, depth: usize, base: &str) -> Option<String> {
    if link.starts_with("//") {
        return None;
    }
    let within = link.strip_prefix(base)?;
    let end = within.find(['?', '#']).unwrap_or(within.len());
    let (path, rest) = within.split_at(end);
    let up = if depth == 0 { "./".to_owned() } else { "../".repeat(depth) };
    let file = if path.is_empty() || path.ends_with('/') { "index.html" } else { "" };
    Some(format!("{up}{path}{file}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(link: &str, from: &str, expected: &str) {
        let html = format!("<a href=\"{link}\">x</a>");
        let made = page(&html, &Address::parse(from).unwrap(), "/book/");
        assert_eq!(made, format!("<a href=\"{expected}\">x</a>"));
    }

    #[test]
    fn links_are_relative_and_name_files() {
        check("/book/", "/", "./index.html");
        check("/book/cases/torbay/", "/", "./cases/torbay/index.html");
        check("/book/cases/torbay/#a", "/cases/essex/", "../../cases/torbay/index.html#a");
        check("/book/search/?q=a&amp;b=1#x", "/places/", "../search/index.html?q=a&amp;b=1#x");
        check("/book/assets/style.0a.css", "/404.html", "./assets/style.0a.css");
        check("/book/a%20b/", "/", "./a%20b/index.html");
    }

    #[test]
    fn what_leads_elsewhere_stays() {
        for link in ["#a", "https://example.org/book/", "//example.org/book/", "/other/", "data:text/plain,/book/", ""]
        {
            check(link, "/a/", link);
        }
    }

    #[test]
    fn a_redirect_leads_to_a_file_and_the_policy_goes() {
        let html = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">\
                    <meta http-equiv=\"refresh\" content=\"0; url=/book/a/\"><meta name=\"x\" content=\"url=/book/\">";
        let made = page(html, &Address::parse("/old/").unwrap(), "/book/");
        assert_eq!(
            made,
            "<meta http-equiv=\"refresh\" content=\"0; url=../a/index.html\"><meta name=\"x\" content=\"url=/book/\">"
        );
    }

    #[test]
    fn it_is_the_page_for_readers_whose_scripts_are_off() {
        let html = "<link rel=\"modulepreload\" href=\"/m.js\"><script type=\"module\" src=\"/s.js\"></script>\
                    <script type=\"application/ld+json\">{}</script><noscript><p>Off.</p></noscript>";
        let made = page(html, &Address::parse("/search/").unwrap(), "/");
        assert_eq!(made, "<script type=\"application/ld+json\">{}</script><p>Off.</p>");
    }

    #[test]
    fn a_site_at_the_root_is_rewritten_too() {
        let made = page("<img src=\"/a.png\"><a href=\"//b/\">b</a>", &Address::parse("/c/").unwrap(), "/");
        assert_eq!(made, "<img src=\"../a.png\"><a href=\"//b/\">b</a>");
    }
}
