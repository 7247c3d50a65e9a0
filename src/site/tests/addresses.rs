//! The address of every list, and the pages of long lists.

use super::*;
use crate::site::plan::{MAX_SMALL_LIBRARY, region_address};

fn addresses(library: &Library) -> Vec<String> {
    plan(library).value.routes.keys().map(Address::to_string).filter(|address| address.ends_with('/')).collect()
}

#[test]
fn every_list_of_a_library_has_its_address() {
    let expected = [
        "/",
        "/a-z/",
        "/a-z/e/",
        "/a-z/h/",
        "/a-z/p/",
        "/a-z/t/",
        "/barrier/",
        "/barrier/political/",
        "/briefing/",
        "/cases/",
        "/cases/essex/",
        "/cases/torbay/",
        "/changes/",
        "/compare/",
        "/data/",
        "/map/",
        "/map/barrier/tier/",
        "/map/tier/sector/",
        "/places/",
        "/search/",
        "/sector/",
        "/sector/health/",
        "/sector/health/barrier/political/",
        "/sector/health/tier/unitary/",
        "/sector/hospital/",
        "/sector/hospital/barrier/political/",
        "/sector/hospital/tier/unitary/",
        "/sector/police/",
        "/sector/police/tier/unitary/",
        "/tier/",
        "/tier/county/",
        "/tier/unitary/",
        "/tier/unitary/barrier/political/",
    ];
    assert_eq!(addresses(&small()), expected);
}

#[test]
fn a_long_list_has_numbered_pages_after_the_first() {
    let library = with_config(small(), |config| config.per_page = 1);
    let paged: Vec<String> = addresses(&library).into_iter().filter(|address| address.contains("/page/")).collect();
    let expected =
        ["/cases/page/2/", "/sector/health/page/2/", "/sector/health/tier/unitary/page/2/", "/tier/unitary/page/2/"];
    assert_eq!(paged, expected);
    let page = text(&made(library), "/cases/page/2/");
    assert!(page.contains("2 to 2 of 2"), "{page}");
    assert!(page.contains("<title>Cases, page 2 of 2 – "), "{page}");
    assert!(page.contains("rel=\"prev\""));
    assert!(!page.contains("rel=\"next\""));
}

#[test]
fn with_few_files_cases_have_share_cards_only_if_the_settings_say_so() {
    let cards = |few_files, share_cards| {
        let library = with_config(small(), |config| {
            config.base = BaseUrl { origin: Some("https://example.org".to_owned()), path: "/".to_owned() };
            config.few_files = few_files;
            config.share_cards = share_cards;
        });
        let routes = plan(&library).value.routes;
        let cards = routes.keys().map(Address::to_string).filter(|address| address.ends_with("share-card.png"));
        cards.collect::<Vec<_>>()
    };
    let of_each = ["/cases/essex/share-card.png", "/cases/torbay/share-card.png", "/share-card.png"];
    assert_eq!(cards(None, None), of_each);
    assert_eq!(cards(Some(true), None), ["/share-card.png"]);
    assert_eq!(cards(Some(true), Some(true)), of_each);
    assert!(cards(None, Some(false)).is_empty());
}

#[test]
fn with_few_files_the_list_of_two_terms_continues_in_the_search() {
    let library = with_config(small(), |config| {
        config.per_page = 1;
        config.few_files = Some(true);
    });
    let paged: Vec<String> = addresses(&library).into_iter().filter(|address| address.contains("/page/")).collect();
    assert_eq!(paged, ["/cases/page/2/", "/sector/health/page/2/", "/tier/unitary/page/2/"]);
    let site = made(library);
    let page = text(&site, "/sector/health/tier/unitary/");
    let all = "<p><a href=\"/search/?sector=health&amp;tier=unitary\">All 2 cases, in the search</a></p>";
    assert!(page.contains("1 to 1 of 2") && page.contains(all), "{page}");
    let page = text(&site, "/sector/police/tier/unitary/");
    assert!(!page.contains("in the search</a>"), "a list of one page is whole: {page}");
}

#[test]
fn every_region_of_a_large_library_has_an_address() {
    let regions = [None, Some("Wales"), Some("—"), Some("Page"), Some("Not given"), Some("")];
    let of_region = |n: usize| {
        let region = regions[n % regions.len()].map(str::to_owned);
        let place = Place::new(format!("Place {n}"), None, region);
        (CaseFile { places: vec![place], ..case(&format!("case-{n}"), &format!("Case {n}")) }, Vec::new())
    };
    let site = plan(&library(three(), (0..MAX_SMALL_LIBRARY + 6).map(of_region).collect())).value;
    let of_regions: Vec<&str> = site
        .gazetteer
        .regions
        .iter()
        .map(|region| site.routes.get_key_value(&region_address(region)).unwrap().0.as_str())
        .collect();
    assert_eq!(
        of_regions,
        ["/places/not-given/", "/places/region/", "/places/wales/", "/places/region-2/", "/places/not-given-2/"]
    );
    let unlawful: Vec<&Address> =
        site.routes.keys().filter(|address| Address::parse(address.as_str()).is_none()).collect();
    assert!(unlawful.is_empty(), "{unlawful:?}");
}

#[test]
fn the_form_has_an_address_where_a_case_can_be_sent_to_the_publisher() {
    let publisher = |email: Option<&str>| crate::model::config::Publisher {
        name: "We".to_owned(),
        url: None,
        email: email.map(str::to_owned),
    };
    let has_form = |publisher| {
        let library = with_config(small(), |config| config.publisher = Some(publisher));
        addresses(&library).contains(&"/contribute/".to_owned())
    };
    assert!(!has_form(publisher(None)));
    assert!(has_form(publisher(Some("a@b.org"))));
}
