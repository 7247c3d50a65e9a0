//! Tests over the sites of small libraries.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::date;

use super::{
    Content, Site,
    links::Links,
    plan::plan,
    theme::{self, Theme, ThemeSource},
};
use crate::{
    model::{
        Address, CaseFile, CaseId, Config, IdMap, Ids, Library, PageFile, PageId,
        assemble::carried,
        cases::found,
        config::BaseUrl,
        document::{
            Body, BodyLink, Contact, Extra, GlossaryEntry, Heading, LinkKind, Period, Place, Slot, Source, SourceKind,
            SourceUrl, Status, TermFile, VocabularyFile, Withdrawal,
        },
        ids::Id,
        library::{Case, CaseTerm, Page, Redirect},
        related::Kinship,
        vocabularies::Vocabularies,
        vocabulary::vocabulary,
    },
    problem::{Code, FilePath, Spot, SpotPart, Written},
};

fn spot() -> Spot {
    Spot::whole(&FilePath::new("content/a.md"))
}

fn written<T>(value: T) -> Written<T> {
    Written { value, spot: spot() }
}

/// A vocabulary of terms named `id` or `id<broader`.
fn terms(id: &str, terms: &[&str]) -> Arc<VocabularyFile> {
    let term = |text: &&str| {
        let (id, broader) = text.split_once('<').map_or((*text, None), |(id, broader)| (id, Some(broader)));
        TermFile {
            id: written(id.to_owned()),
            label: written(format!("{}{}", id[..1].to_uppercase(), &id[1..])),
            definition: Some(format!("What {id} means.")),
            also: Vec::new(),
            broader: broader.map(|broader| written(broader.to_owned())),
            replaced_by: None,
            plain: None,
            phrase: None,
            ask: None,
            mark: None,
            line: None,
        }
    };
    Arc::new(VocabularyFile {
        path: FilePath::new(format!("content/vocabularies/{id}.yaml")),
        id: id.to_owned(),
        label: format!("{}{}", id[..1].to_uppercase(), &id[1..]),
        plural: format!("{}{}s", id[..1].to_uppercase(), &id[1..]),
        question: None,
        phrase: None,
        required: false,
        many: true,
        ordered: false,
        is_stub: false,
        terms: terms.iter().map(term).collect(),
    })
}

fn case(slug: &str, title: &str) -> CaseFile {
    CaseFile {
        path: FilePath::new(format!("content/cases/{slug}.md")),
        title_key: crate::model::address::sorted_as(title).into(),
        place_key: Box::default(),
        address: Address::page(["cases", slug]),
        subject: crate::model::related::subject(title, &format!("A summary of {title}.")),
        title: title.to_owned(),
        has_title: true,
        summary: format!("A summary of {title}."),
        date: Some(date(2026, 11, 22)),
        updated: None,
        terms: BTreeMap::new(),
        places: Vec::new(),
        short_place: None,
        period: None,
        partners: Vec::new(),
        lesson: None,
        authors: Vec::new(),
        sources: Vec::new(),
        corrections: Vec::new(),
        adopted: Vec::new(),
        own_fields: BTreeMap::new(),
        status: Status::Published,
        withdrawn: None,
        reviewed: None,
        review_by: None,
        slug: written(slug.to_owned()),
        aliases: Vec::new(),
        related: Vec::new(),
        image: None,
        contact: None,
        licence: None,
        language: None,
        extra: Extra::new(),
        front_matter: None,
        body: Body { html: format!("<p>Words of {slug}.</p>"), ..Body::default() },
    }
}

/// A library of cases. A term of a case is given as the index of a vocabulary and the index of a term in it.
fn library(vocabularies: Vec<Arc<VocabularyFile>>, cases: Vec<(CaseFile, Vec<(usize, usize)>)>) -> Library {
    let (files, terms): (Vec<CaseFile>, Vec<_>) = cases.into_iter().unzip();
    let files: Vec<Arc<CaseFile>> = files.into_iter().map(Arc::new).collect();
    let mut ids = Ids::default();
    ids.give(&files, &[], &vocabularies);
    let facets = vocabularies.len().min(3);
    let made = vocabularies.iter().map(|file| vocabulary(file, &ids).value);
    let vocabularies = Vocabularies::new(made.collect(), facets);
    let cases = files.iter().zip(terms).map(|(file, mut terms)| {
        terms.sort_by_key(|of| of.0);
        let used = |(of, term)| {
            let vocabulary = vocabularies.iter().nth(of).expect("a vocabulary");
            CaseTerm { vocabulary: vocabulary.key, term: vocabulary.terms.ids()[term], what: None, response: None }
        };
        let id = ids.case(&file.path);
        let terms: Vec<CaseTerm> = terms.into_iter().map(used).collect();
        let case = Case {
            id,
            address: Address::page(["cases", &file.slug.value]),
            file: file.clone(),
            found: found(&terms, &vocabularies),
            terms,
            adopted: Vec::new(),
            related: Vec::new(),
        };
        (id, Arc::new(case))
    });
    let cases: IdMap<CaseId, Arc<Case>> = cases.collect();
    let axes: Vec<_> = vocabularies.facets().map(|facet| facet.key).collect();
    Library {
        config: Arc::new(Config { title: "Casebook & friends".to_owned(), ..Config::default() }),
        with_drafts: false,
        carried: carried(&cases, &vocabularies),
        map: (axes.len() == 3).then(|| [axes[2], axes[0]]),
        vocabularies,
        marks: Vec::new(),
        cases,
        ahead: Vec::new(),
        waiting: 0,
        withdrawn: IdMap::default(),
        pages: IdMap::default(),
        home: None,
        places: Arc::default(),
        synonyms: Arc::default(),
        glossary: Arc::new(Vec::new()),
        redirects: BTreeMap::new(),
    }
}

/// The same library with one more case.
fn with_case(library: Library, file: CaseFile, carried_terms: Vec<CaseTerm>) -> Library {
    let id = CaseId::from_number(1_000 + library.cases.len() as u32);
    let case = Case {
        id,
        address: Address::page(["cases", &file.slug.value]),
        file: Arc::new(file),
        found: found(&carried_terms, &library.vocabularies),
        terms: carried_terms,
        adopted: Vec::new(),
        related: library.cases.ids()[..1].to_vec(),
    };
    let entries = library.cases.entries().map(|(id, case)| (id, case.clone()));
    let cases = entries.chain([(id, Arc::new(case))]).collect();
    Library { carried: carried(&cases, &library.vocabularies), cases, ..library }
}

/// The same library with its nth case changed.
fn with_changed(library: Library, n: usize, change: impl FnOnce(&mut Case)) -> Library {
    let mut cases: Vec<_> = library.cases.entries().map(|(id, case)| (id, case.clone())).collect();
    change(Arc::make_mut(&mut cases[n].1));
    Library { cases: cases.into_iter().collect(), ..library }
}

/// A plain page made from this file.
fn plain_page(file: PageFile) -> (PageId, Page) {
    let id = PageId::from_number(0);
    (id, Page { id, address: file.address.value.clone(), file: Arc::new(file) })
}

fn three() -> Vec<Arc<VocabularyFile>> {
    vec![
        terms("sector", &["health", "hospital<health", "police"]),
        terms("tier", &["unitary", "county"]),
        terms("barrier", &["political"]),
    ]
}

/// Two cases: one in a hospital of a unitary, one of the police.
fn small() -> Library {
    let cases = vec![
        (case("torbay", "Torbay <b>"), vec![(0, 1), (1, 0), (2, 0)]),
        (case("essex", "Éssex"), vec![(0, 2), (0, 0), (1, 0)]),
    ];
    library(three(), cases)
}

fn with_config(library: Library, change: impl FnOnce(&mut Config)) -> Library {
    let mut config = (*library.config).clone();
    change(&mut config);
    Library { config: Arc::new(config), ..library }
}

fn built_in(config: &Config) -> Theme {
    let theme = theme::load(ThemeSource::new(config, BTreeMap::new(), ""));
    assert_eq!(theme.problems, []);
    theme.value
}

fn made(library: Library) -> Site {
    let theme = built_in(&library.config);
    let plan = plan(&library).value;
    Site::new(library, plan, Arc::new(theme), Links::default())
}

#[track_caller]
fn text(site: &Site, address: &str) -> String {
    let address = Address::parse(address).expect("an address");
    let route = site.route(&address).unwrap_or_else(|| panic!("no route at {address}"));
    match site.render(&address, route).expect("a template that works") {
        Content::Bytes(bytes) => String::from_utf8(bytes).expect("text"),
        Content::File(file) => panic!("{file} is a file"),
    }
}

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
    assert!(page.contains("rel=\"prev\""));
    assert!(!page.contains("rel=\"next\""));
}

#[test]
fn where_few_files_are_made_the_list_of_two_terms_goes_on_in_the_search() {
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
        for word in ["None", "null", "undefined", "style=", "<script>", "onclick"] {
            assert!(!page.contains(word), "{address} says {word}");
        }
    }
}

/// A library that uses everything that a page can show.
fn full() -> Library {
    let library = small();
    let mut file = case("kent", "Kent’s “gateways”");
    file.status = Status::Draft;
    file.places =
        ["Kent", "Medway", "Dover"].map(|name| Place { name: name.into(), code: None, region: None }).to_vec();
    file.period = Some(Period { from: Some(1996), note: Some("Still going.".to_owned()), ..Period::default() });
    file.partners = vec!["Kent County Council".to_owned()];
    file.sources = vec![
        Source {
            title: "Minutes".into(),
            url: Some(SourceUrl::Web("javascript:alert(1)".into())),
            ..Source::default()
        },
        Source {
            title: "Report".into(),
            url: Some(SourceUrl::Web("https://example.org/?a=1&b=2".into())),
            publisher: Some("Audit".into()),
            date: Some(crate::model::document::PartialDate::Month(2013, 3)),
            kind: Some(SourceKind::Evaluation),
            ..Source::default()
        },
    ];
    file.reviewed = Some(date(2026, 11, 23));
    file.contact = Some(Contact { name: None, email: Some("a&b@example.org".to_owned()) });
    file.language = Some("cy".to_owned());
    file.body.outline = vec![Heading { level: 2, id: "led".into(), text: "Who <led>".into(), at: 0..0 }];
    let political = library.vocabularies.named("barrier").expect("a vocabulary");
    let political = CaseTerm {
        vocabulary: political.key,
        term: political.terms.ids()[0],
        what: Some("Votes & seats".into()),
        response: None,
    };
    let mut library = with_case(library, file, vec![political]);
    let mut gone = case("gone", "A case that went");
    gone.withdrawn = Some(Withdrawal { date: Some(date(2027, 3, 3)), why: Some("Figures were wrong.".into()) });
    let id = CaseId::from_number(2_000);
    let gone = Case {
        id,
        address: Address::page(["cases", "gone"]),
        file: Arc::new(gone),
        terms: Vec::new(),
        found: Vec::new(),
        adopted: Vec::new(),
        related: Vec::new(),
    };
    library.withdrawn = [(id, gone)].into_iter().collect();
    let about = PageFile {
        path: FilePath::new("content/pages/about.md"),
        title: "About".to_owned(),
        has_title: true,
        summary: None,
        address: written(Address::page(["about"])),
        nav: Some(1),
        status: Status::Published,
        reviewed: None,
        aliases: Vec::new(),
        extra: Extra::new(),
        body: Body::default(),
    };
    library.pages = [plain_page(about)].into_iter().collect();
    let entry = |term: &str, see: &[&str]| GlossaryEntry {
        term: written(term.to_owned()),
        full: format!("the {term}"),
        note: None,
        from: Some(2001),
        to: Some(2013),
        see: see.iter().map(|see| written((*see).to_owned())).collect(),
        is_well_known: false,
    };
    library.glossary = Arc::new(vec![entry("CCG", &["PCT", "lost"]), entry("PCT", &[])]);
    library.redirects.insert(Address::page(["old"]), Redirect { to: Address::page(["cases", "torbay"]), spot: spot() });
    library
}

#[test]
fn every_page_of_a_full_library_can_be_made() {
    check_whole(&made(full()));
    let base = BaseUrl { origin: Some("https://example.org".to_owned()), path: "/book/".to_owned() };
    check_whole(&made(with_config(full(), |config| config.base = base)));
}

#[test]
fn every_page_of_an_empty_library_can_be_made() {
    check_whole(&made(library(vec![], vec![])));
    check_whole(&made(library(vec![terms("sector", &[])], vec![])));
}

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
        assert!(page.contains("built with drafts") || address.as_str() == "/old/", "{address}");
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
        slots: vec![(9, Slot::Link(0))],
        links: vec![link],
        ..Body::default()
    };
    let path = file.path.clone();
    let library = with_changed(library, 0, |case| case.file = Arc::new(file));
    let links = Links { hrefs: [(path, vec!["/b/?x=1&amp;y=2".to_owned()])].into_iter().collect(), ..Links::default() };
    let (theme, plan) = (built_in(&library.config), plan(&library).value);
    let page = text(&Site::new(library, plan, Arc::new(theme), links), "/cases/torbay/");
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
    let site = Site::new(library, plan, Arc::new(theme.value), Links::default());
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
    let relations = Kinship::of(&library).related(&library, own);
    assert_eq!(relations.iter().map(|relation| relation.case).collect::<Vec<_>>(), [hand, near]);
    let page = text(&made(library), "/cases/self/");
    assert!(page.contains("Both involve police and legal."), "{page}");
}

#[test]
fn the_link_to_report_an_error_names_the_case_and_needs_the_publishers_address() {
    let library = small();
    assert!(!text(&made(library.clone()), "/cases/torbay/").contains("mailto:"));
    let publisher = crate::model::config::Publisher { name: "We".into(), url: None, email: Some("a@b.org".into()) };
    let page = text(&made(with_config(library, |config| config.publisher = Some(publisher))), "/cases/torbay/");
    assert!(page.contains("mailto:a@b.org?subject=Something%20wrong%3A%20Torbay%20%3Cb%3E&amp;body="), "{page}");
}
