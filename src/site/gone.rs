//! Reports addresses that the last published site had and this one would lose.
//!
//! Takes a site and the paths of the files of the last published site, and gives a problem for each address of a case,
//! a plain page, a term or a redirect that now has neither a page nor a redirect. Pages of lists, pairs of terms and
//! Casebook's own pages change with the cases, and are not checked. Only the paths of the old site are known, so a pair
//! is recognised by its terms: `/sector/health/tier/unitary/` is a pair if both `/sector/health/` and `/tier/unitary/`
//! were pages. A redirect from an address such as `/2019/old.html` is recognised by its ending. One from `/old.aspx`
//! has no file, so it is not known.

use std::{cell::LazyCell, collections::BTreeSet};

use crate::{
    model::{
        Address, Library,
        assemble::{REQUIRED_VOCABULARIES, RESERVED},
    },
    problem::{Problem, message::address as message},
    site::{
        Site,
        plan::{file_of, is_named_as_page},
    },
};

/// A page that only a site with drafts has. Such a site was a preview, and was never published.
const DRAFTS: &str = "drafts/index.html";

/// A problem for each address that would be lost.
pub fn gone<'a>(site: &Site, before: impl Iterator<Item = &'a str>) -> Vec<Problem> {
    let before: BTreeSet<&str> = before.collect();
    if before.contains(DRAFTS) || site.library.with_drafts {
        return Vec::new();
    }
    let pages: BTreeSet<&str> = before.iter().filter_map(|&path| folder_of_page(path)).collect();
    let addresses = before.iter().filter_map(|&path| folder_of_page(path).or(is_file_of_page(path).then_some(path)));
    let lasting = addresses.filter(|page| lasts(page, &pages) && !is_of_unreadable_vocabulary(&site.library, page));
    let lasting = lasting.filter_map(|page| Address::parse(&format!("/{page}")));
    let routes = &site.plan.routes;
    // Made only if an address is missing, which is rare.
    let files: LazyCell<BTreeSet<String>, _> = LazyCell::new(|| routes.keys().map(file_of).collect());
    let is_kept = |address: &Address| routes.contains_key(address) || files.contains(&file_of(address));
    let removed_on_purpose: BTreeSet<String> =
        site.library.config.gone.iter().map(|address| file_of(&address.value)).collect();
    let is_missed = |address: &Address| !is_kept(address) && !removed_on_purpose.contains(&file_of(address));
    let lost = lasting.filter(is_missed);
    lost.map(|address| message::gone(&site.library.config.spot, address.as_str())).collect()
}

/// The folder of a page, from the path of its file: `cases/torbay/` of `cases/torbay/index.html`.
fn folder_of_page(path: &str) -> Option<&str> {
    path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'))
}

/// Is this the path of a redirect with an ending, such as `2019/old.html`?
fn is_file_of_page(path: &str) -> bool {
    path != "404.html" && is_named_as_page(path)
}

/// Is this a page of a vocabulary whose file could not be read? That mistake has been reported already.
fn is_of_unreadable_vocabulary(library: &Library, page: &str) -> bool {
    let top = page.split('/').next().unwrap_or_default();
    let vocabulary = library.vocabularies.iter().find(|vocabulary| vocabulary.file.id == top);
    vocabulary.map_or(REQUIRED_VOCABULARIES.contains(&top), |vocabulary| vocabulary.file.is_stub)
}

/// Is this the page of a case, a plain page or a term, or a redirect, whose address people may have kept?
fn lasts(page: &str, pages: &BTreeSet<&str>) -> bool {
    let parts: Vec<&str> = page.trim_end_matches('/').split('/').collect();
    match parts[..] {
        [""] => false,
        ["cases"] => false,
        ["cases", _] => true,
        [.., "page", number] if number.parse::<usize>().is_ok() => false,
        [top, ..] if RESERVED.contains(&top) => false,
        [a, b, c, d] => !(pages.contains(&*format!("{a}/{b}/")) && pages.contains(&*format!("{c}/{d}/"))),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: bool) {
        let pages = ["cases/", "cases/torbay/", "sector/health/", "tier/unitary/", page];
        assert_eq!(lasts(page, &pages.into_iter().collect()), expected, "{page}");
    }

    #[test]
    fn addresses_of_cases_terms_and_plain_pages_are_checked() {
        for page in
            ["cases/torbay/", "sector/", "sector/health/", "about/", "about/team/", "a/b/c/d/", "cases-of-old/x/"]
        {
            check(page, true);
        }
    }

    #[test]
    fn redirects_are_known_by_their_ending() {
        for path in ["old.html", "2019/05/old.HTM", "cases/torbay.html", "x/404.html"] {
            assert!(is_file_of_page(path), "{path}");
        }
        let own = ["404.html", "_headers", ".nojekyll", "robots.txt", "sitemap-2.xml", "feed.json", "tier/a/feed.xml"];
        for path in own.into_iter().chain(["cases/photo.JPG", "cases/torbay/share-card.png", "a.pdf"]) {
            assert!(!is_file_of_page(path), "{path}");
        }
        assert_eq!(folder_of_page("index.html"), Some(""));
        assert_eq!(folder_of_page("old/my-index.html"), None);
    }

    #[test]
    fn addresses_of_lists_pairs_and_casebooks_own_pages_are_not_checked() {
        let passing = ["", "cases/", "cases/page/2/", "sector/health/page/3/", "sector/health/tier/unitary/"];
        let own = ["a-z/", "a-z/t/", "places/", "data/", "glossary/", "search/", "map/", "compare/"];
        for page in passing.into_iter().chain(own) {
            check(page, false);
        }
    }
}
