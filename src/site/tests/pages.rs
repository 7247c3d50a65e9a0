//! What pages show of a small library.

use super::*;

#[test]
fn texts_are_escaped_and_only_web_addresses_become_links() {
    let page = text(&made(full()), "/cases/kent/");
    assert!(page.contains("Who &lt;led&gt;"));
    assert!(page.contains("Votes &amp; seats"));
    assert!(page.contains("https://example.org/?a=1&amp;b=2"));
    assert!(page.contains("mailto:a%26b@example.org"));
    assert!(!page.contains("href=\"javascript:"));
    assert!(page.contains("<article class=\"cb-case\" data-part=\"case\"") && page.contains(" lang=\"cy\">"));
    assert!(text(&made(full()), "/").contains("Torbay &lt;b&gt;"));
}

#[test]
fn a_withdrawn_case_shows_only_when_and_why() {
    let page = text(&made(full()), "/cases/gone/");
    assert!(page.contains("Withdrawn on 3\u{a0}March\u{a0}2027."), "{page}");
    assert!(page.contains("Figures were wrong."));
    assert!(page.contains("noindex"));
    assert!(!page.contains("A summary of"));
    assert!(!page.contains("Words of"));
}

#[test]
fn every_page_of_a_site_with_drafts_says_so() {
    let library = Library { with_drafts: true, ..full() };
    let site = made(library);
    for (address, _) in site.plan.routes.iter().filter(|(address, _)| address.as_str().ends_with('/')) {
        let page = text(&site, address.as_str());
        assert!(page.contains("noindex"), "{address}");
        assert!(page.contains("shows drafts") || address.as_str() == "/old/", "{address}");
    }
    assert!(!text(&made(full()), "/").contains("noindex"));
}

#[test]
fn addresses_of_links_are_put_into_a_body() {
    let library = small();
    let mut file = (*library.cases.values()[0].file).clone();
    let link = BodyLink { target: "b.md".to_owned(), kind: LinkKind::Link, spot: spot() };
    file.body = Body {
        html: "<a href=\"\">b</a>".to_owned(),
        slots: vec![(9, Slot::Link(LinkId::at(0)))],
        links: vec![link],
        ..Body::default()
    };
    let library = with_changed(library, 0, |case| case.file = Arc::new(file));
    let hrefs = DocumentLinks { hrefs: vec!["/b/?x=1&amp;y=2".to_owned()], ..DocumentLinks::default() };
    let links = Links { cases: [(library.cases.ids()[0], hrefs)].into_iter().collect(), ..Links::default() };
    let (theme, plan) = (built_in(&library.config), plan(&library).value);
    let related = RelatedIndex::of(&library);
    let page = text(&Site::new(library, plan, Arc::new(theme), links, related, BTreeSet::new()), "/cases/torbay/");
    assert!(page.contains("<a href=\"/b/?x=1&amp;y=2\">b</a>"), "{page}");
}

#[test]
fn files_for_machines_need_full_addresses() {
    let base = BaseUrl { origin: Some("https://example.org".to_owned()), path: "/book/".to_owned() };
    let hosted = made(with_config(full(), |config| config.base = base));
    let sitemap = text(&hosted, "/sitemap.xml");
    assert!(
        sitemap.contains("<url><loc>https://example.org/book/cases/kent/</loc><lastmod>2026-11-23</lastmod></url>")
    );
    assert!(!sitemap.contains("gone"));
    assert_eq!(
        text(&hosted, "/robots.txt"),
        "User-agent: *\nDisallow:\nSitemap: https://example.org/book/sitemap.xml\n"
    );
    assert_eq!(text(&hosted, "/_redirects"), "/book/old/ /book/cases/torbay/ 301\n");
    let old = text(&hosted, "/old/");
    assert!(old.contains("<link rel=\"canonical\" href=\"https://example.org/book/cases/torbay/\">"));
    assert!(old.contains("content=\"0; url=/book/cases/torbay/\""));

    let search = crate::export::opensearch::opensearch(&hosted.library, "Search <cases>").expect("a host");
    assert!(search.contains("template=\"https://example.org/book/search/?q={searchTerms}\""), "{search}");
    assert!(search.contains("<Description>Search &lt;cases&gt;</Description>"), "{search}");
    let term = text(&hosted, "/sector/health/");
    assert!(
        term.contains("href=\"/book/sector/health/feed.xml\"") && term.contains("href=\"/book/feed.xml\""),
        "{term}"
    );
    let withdrawn = [
        "/feed.xml",
        "/feed.json",
        "/data/cases.json",
        "/data/cases.csv",
        "/data/library.bib",
        "/sector/health/feed.xml",
    ];
    assert!(!withdrawn.iter().any(|address| text(&hosted, address).contains("gone")));
    let data = ["/data/cases.json", "/data/cases.csv"].map(|address| text(&hosted, address));
    assert!(!data.iter().any(|text| text.contains("a&b@example.org")), "contact details are in the data");

    let homeless = made(full());
    assert!(!homeless.plan.routes.keys().any(|address| address.as_str().contains("feed")));
    assert_eq!(crate::export::opensearch::opensearch(&homeless.library, ""), None);
    assert!(!homeless.plan.routes.keys().any(|address| address.as_str().contains("sitemap")));
    assert_eq!(text(&homeless, "/robots.txt"), "User-agent: *\nDisallow:\n");
    assert!(!text(&homeless, "/").contains("canonical"));
}

#[test]
fn the_error_of_a_template_names_its_place_and_the_page() {
    let library = with_config(small(), |config| config.theme = written("own".to_owned()));
    let broken = "{% extends \"base.html\" %}\n{% block main %}{{ titel }}{% endblock %}";
    let files = [(FilePath::new("themes/own/cases.html"), Arc::from(broken.as_bytes()))].into();
    let theme = theme::load(ThemeSource::new(&library.config, files, ""));
    assert_eq!(theme.problems, []);
    let plan = plan(&library).value;
    let related = RelatedIndex::of(&library);
    let site = Site::new(library, plan, Arc::new(theme.value), Links::default(), related, BTreeSet::new());
    let address = Address::page(["cases"]);
    let page = site.render(&address, &site.plan.routes[&address]).expect_err("`titel` is in no view");
    let problem = &page.problems()[0];
    assert_eq!(problem.code, Code::Template);
    assert_eq!(problem.spot.file.as_str(), "themes/own/cases.html");
    let SpotPart::Bytes(bytes) = &problem.spot.part else { panic!("a place in the file") };
    assert_eq!(&broken[bytes.clone()], "titel");
    assert!(problem.help.as_deref().is_some_and(|help| help.contains("/cases/")), "{problem:?}");
}

#[test]
fn the_map_links_counts_to_cases_and_gaps_to_the_page_on_contributing() {
    let mut library = small();
    let page = text(&made(library.clone()), "/map/");
    assert!(
        page.contains("href=\"/sector/health/barrier/political/\" aria-label=\"Political: Health 1 case\""),
        "{page}"
    );
    assert!(page.contains("<span class=\"cb-s0\"><span class=\"cb-of\">Police</span>"), "{page}");
    let help = PageFile {
        path: FilePath::new("content/pages/contribute.md"),
        title: "Help".to_owned(),
        has_title: true,
        summary: None,
        address: written(Address::page(["help-us"])),
        nav: None,
        status: Status::Published,
        reviewed: None,
        aliases: Vec::new(),
        extra: Extra::new(),
        body: Body::default(),
    };
    library.pages = [plain_page(help)].into_iter().collect();
    let page = text(&made(library), "/map/");
    assert!(page.contains("href=\"/help-us/\" aria-label=\"Political: Police none yet\""), "{page}");
}

#[test]
fn a_case_lists_related_cases_with_the_reason() {
    let vocabularies = vec![
        terms("sector", &["health", "police"]),
        terms("tier", &["unitary"]),
        terms("barrier", &["political", "legal"]),
    ];
    let with = |slug: &str, carried: &[(usize, usize)]| (case(slug, slug), carried.to_vec());
    let mut cases = vec![with("hand", &[]), with("near", &[(0, 1), (2, 1)]), with("self", &[(0, 1), (2, 1)])];
    cases.extend((0..9).map(|n| with(&format!("far{n}"), &[(0, 0), (2, 0)])));
    let library = library(vocabularies, cases);
    let [hand, near, own] = [0, 1, 2].map(|n| library.cases.ids()[n]);
    let library = with_changed(library, 2, |case| case.related = vec![hand]);
    let relations = RelatedIndex::of(&library).related(&library, own);
    assert_eq!(relations.iter().map(|relation| relation.case).collect::<Vec<_>>(), [hand, near]);
    let page = text(&made(library), "/cases/self/");
    assert!(page.contains("In common: police and legal."), "{page}");
}

#[test]
fn the_link_to_report_an_error_names_the_case_and_needs_the_publishers_address() {
    let library = small();
    let page = text(&made(library.clone()), "/cases/torbay/");
    assert!(!page.contains("mailto:"), "{page}");
    assert!(page.contains("Share and cite</h2>"), "nobody can be told of an error: {page}");
    let publisher = crate::model::config::Publisher { name: "We".into(), url: None, email: Some("a@b.org".into()) };
    let page = text(&made(with_config(library, |config| config.publisher = Some(publisher))), "/cases/torbay/");
    assert!(page.contains("mailto:a@b.org?subject=Something%20wrong%3A%20Torbay%20%3Cb%3E&amp;body="), "{page}");
    assert!(page.contains("Share, cite, correct</h2>"), "{page}");
}
