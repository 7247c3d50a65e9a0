//! Every page of a site can be made, and every link leads to a page or file of it.

use super::*;

/// Makes every page of a site: none may fail, and every link must lead to a page or file of the site.
#[track_caller]
fn check_whole(site: &Site) {
    let base = &site.library.config.base.path;
    let known: std::collections::BTreeSet<String> = site.routes().map(|(address, _)| address.href(base)).collect();
    for (address, route) in site.routes() {
        let Content::Bytes(bytes) = site.render(address, route).expect("a template that works") else { continue };
        if !(address.as_str().ends_with('/') || address.as_str().ends_with(".html")) {
            continue;
        }
        let page = String::from_utf8(bytes).expect("text");
        for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let target = link.split(['#', '?']).next().unwrap_or_default();
            if target.starts_with('/') {
                assert!(known.contains(target), "{address} links to {target}");
            }
        }
        if !address.output_path().ends_with(".html") {
            continue;
        }
        let is_listed = !page.contains("<meta name=\"robots\" content=\"noindex\">");
        let descriptions = page.matches("<meta name=\"description\" content=\"").count();
        assert!(!is_listed || descriptions == 1 && !page.contains("content=\"\""), "{address} has no description");
        for word in ["None", "null", "undefined", "style=", "<script>", "onclick"] {
            assert!(!page.contains(word), "{address} says {word}");
        }
    }
}

#[test]
fn every_page_of_a_full_library_can_be_made() {
    check_whole(&made(full()));
    let base = BaseUrl { origin: Some("https://example.org".to_owned()), path: "/book/".to_owned() };
    check_whole(&made(with_config(full(), |config| config.base = base)));
}

#[test]
fn search_engines_read_what_a_list_holds_and_which_part_of_it_a_page_shows() {
    let library = with_config(small(), |config| {
        config.title = "Casebook".to_owned();
        config.per_page = 1;
    });
    let site = made(library);
    for (address, description) in [
        ("/cases/", "All 2 cases in Casebook, the newest first."),
        ("/cases/page/2/", "All 2 cases in Casebook, the newest first. Page 2."),
        ("/sector/health/", "What health means. Health: 2 cases in Casebook."),
        ("/tier/unitary/", "What unitary means. Unitary: 2 cases in Casebook."),
        ("/a-z/", "Places, topics and titles in Casebook, from A to Z."),
    ] {
        let page = text(&site, address);
        let meta = format!("<meta name=\"description\" content=\"{description}\">");
        assert!(page.contains(&meta), "{address}: {page}");
    }
}

#[test]
fn every_page_of_an_empty_library_can_be_made() {
    check_whole(&made(library(vec![], vec![])));
    check_whole(&made(library(vec![terms("sector", &[])], vec![])));
}
