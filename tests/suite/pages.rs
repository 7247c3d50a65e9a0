//! Pages of small libraries, from files to HTML.

use casebook::{
    model::Address,
    problem::{Code, FilePath},
    site::{Content, Site},
    source::{Project, SourceFile, picture::Measured},
};

use crate::library::{case, edition, made, with_needed};

/// The site of these files, which must have no problems.
#[track_caller]
fn site(project: &Project) -> Site {
    let (site, report) = made(project, &edition());
    assert_eq!(report.problems.iter().map(|problem| &problem.message).collect::<Vec<_>>(), [""; 0]);
    site
}

#[track_caller]
fn text(site: &Site, address: &str) -> String {
    let address = Address::parse(address).expect("an address");
    match site.render(&address, &site.plan.routes[&address]) {
        Ok(Content::Bytes(bytes)) => String::from_utf8(bytes).expect("text"),
        other => panic!("{address}: {other:?}"),
    }
}

#[track_caller]
fn check(page: &str, expected: &[&str]) {
    for part in expected {
        assert!(page.contains(part), "no {part} in {page}");
    }
}

#[test]
fn places_have_the_region_of_the_list_and_the_cases_of_places_in_them() {
    let placed = |title: &str, place: &str| {
        let head = format!("title: {title}\nplace: {place}\n");
        case("Words.\n").replace("title: A case\n", &head)
    };
    let [bay, county, town] = [placed("A bay", "Torbay"), placed("A county", "Devon"), placed("A town", "Exeter")];
    let project = with_needed(&[
        (
            "content/places.yaml",
            "- { name: Devon, region: South West }\n- { name: Torbay, also: [Torquay], within: Devon }\n",
        ),
        ("content/cases/bay.md", &bay),
        ("content/cases/county.md", &county),
        ("content/cases/town.md", &town),
    ]);
    let site = site(&project);
    let regions = site.plan.gazetteer.regions.iter();
    let named = regions.map(|region| {
        let places = region.places.iter().map(|place| (place.name.as_str(), place.cases.len()));
        (region.name.as_deref(), places.collect::<Vec<_>>())
    });
    let expected = [(Some("South West"), vec![("Devon", 2), ("Torbay", 1)]), (None, vec![("Exeter", 1)])];
    assert_eq!(named.collect::<Vec<_>>(), expected);
    check(&text(&site, "/cases/bay/"), &["/places/#cb-place-torbay"]);
}

#[test]
fn no_entry_of_the_glossary_and_no_place_has_an_id_of_the_page_itself() {
    let names = ["Main", "Filter", "Left", "Names", "Regions", "Foot", "Term Main", "Place Main"];
    let entries = names.map(|name| format!("- {{ term: {name:?}, full: An entry }}\n")).concat();
    let cases = names.map(|name| {
        let place = format!("title: In {name}\nplace: {{ name: {name:?}, region: {name:?} }}\n");
        (format!("content/cases/{name}.md"), case("Words.\n").replace("title: A case\n", &place))
    });
    let mut files = vec![("content/glossary.yaml", entries.as_str())];
    files.extend(cases.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let site = site(&with_needed(&files));
    for (page, rows) in [("/glossary/", names.len()), ("/places/", 2 * names.len())] {
        let html = text(&site, page);
        let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let count = ids.len();
        assert!(count > rows, "{page} has {ids:?}");
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{page} has an id twice: {ids:?}");
    }
}

#[test]
fn a_place_of_a_large_library_lists_its_newest_cases_and_a_search_for_the_others() {
    let files = |count: usize| -> Vec<(String, String)> {
        let placed = |n: usize| format!("title: Case {n}\nplace: Brighton & Hove\n");
        let file = |n| (format!("content/cases/{n}.md"), case("Words.\n").replace("title: A case\n", &placed(n)));
        (0..count).map(file).collect()
    };
    let places = |count| {
        let files = files(count);
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let page = text(&site(&with_needed(&files)), "/places/");
        page.split_once("id=\"cb-place-brighton-hove\"").expect("the place").1.split("</li>").next().unwrap().to_owned()
    };
    let large = places(401);
    assert_eq!(large.matches("<a href=\"/cases/").count(), 3, "{large}");
    check(&large, &["<a href=\"/search/?q=Brighton%20%26%20Hove\">and 398 more cases</a>"]);
    let small = places(5);
    assert_eq!(small.matches("<a href=").count(), 5, "{small}");
}

/// A common host takes 20,000 files. Of seven facets nearly every pair of terms has cases, a hundred to a thousand
/// each.
#[test]
fn ten_thousand_cases_with_seven_facets_are_fewer_than_twenty_thousand_files() {
    let facets = [
        ("sector", 10),
        ("tier", 10),
        ("barrier", 4),
        ("outcome", 4),
        ("evidence", 7),
        ("arrangement", 9),
        ("role", 5),
    ];
    let vocabularies = facets.map(|(id, terms)| {
        let terms: String = (0..terms).map(|n| format!("  - {{ id: t{n}, label: {id} {n} }}\n")).collect();
        (format!("content/vocabularies/{id}.yaml"), format!("label: {id}\nterms:\n{terms}"))
    });
    let cases = (0..10_000).map(|n: usize| {
        // As the cases of the sample library: three sectors, two barriers, about one term of each other facet.
        let own = facets.map(|(id, terms)| {
            let many = [("sector", 3), ("barrier", 2)]
                .iter()
                .find(|(vocabulary, _)| *vocabulary == id)
                .map_or(1, |&(_, many)| many);
            let first = (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (terms + 20)) + id.len();
            let ids: Vec<String> = (0..many).map(|next| format!("t{}", (first + next) % terms)).collect();
            format!("{id}: [{}]\n", ids.join(", "))
        });
        (
            format!("content/cases/c{n}.md"),
            format!("---\ntitle: Case {n}\nsummary: A case.\ndate: 2026-01-01\n{}---\nWords.\n", own.concat()),
        )
    });
    let files: Vec<(String, String)> = vocabularies.into_iter().chain(cases).collect();
    let mut files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("casebook.yaml", "title: Test\nbase_url: https://example.org/\nfacets: [sector, tier, barrier, outcome, evidence, arrangement, role]\n"));
    let site = crate::library::site(&with_needed(&files), &edition()).value;
    let pairs = site.plan.combinations.iter().count();
    assert!(pairs > 900, "nearly all of 1,007 pairs: {pairs}");
    // The assets, and the files with which it is searched, are 1,400 where cases have 850 words.
    let planned = site.plan.routes.len() + 1_400;
    assert!(planned < 20_000, "{planned}");
}

#[test]
fn pictures_have_the_size_of_their_files() {
    let body = "![A map](map.png)\n\n![A plan](plan.png)\n\n<img src=\"map.png\" alt=\"b\" width=\"64\">\n";
    let head = case(body).replace("sector: health\n", "sector: health\nimage: { src: map.png, alt: A head }\n");
    let mut project = with_needed(&[
        ("casebook.yaml", "title: Test\nlogo: cases/map.png\n"),
        ("content/cases/torbay.md", &head),
        ("content/cases/map.png", ""),
        ("content/cases/plan.png", ""),
    ]);
    let drawing = Measured { size: (640, 480), bytes: 40_000, has_position: false };
    project.files.insert(FilePath::new("content/cases/map.png"), SourceFile::Other(Some(drawing)));
    let page = text(&site(&project), "/cases/torbay/");
    let late = "loading=\"lazy\" decoding=\"async\">";
    check(
        &page,
        &[
            &format!("<img src=\"/cases/map.png\" width=\"640\" height=\"480\" alt=\"A map\" {late}"),
            &format!("<img src=\"/cases/plan.png\" alt=\"A plan\" {late}"),
            &format!("<img src=\"/cases/map.png\" alt=\"b\" width=\"64\" {late}"),
            &format!("<img src=\"/cases/map.png\" alt=\"A head\" width=\"640\" height=\"480\" {late}"),
            "<img class=\"cb-logo\" src=\"/cases/map.png\" alt=\"\" width=\"640\" height=\"480\">",
        ],
    );
}

#[test]
fn alerts_have_labels_in_the_language_of_the_site() {
    let kinds = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
    let body: String = kinds.iter().map(|kind| format!("> [!{kind}]\n> a\n\n")).collect();
    let labels = |settings: &str, strings: &str| {
        let page = case(&body);
        let files = [
            ("casebook.yaml", settings),
            ("themes/own/strings/cy.yaml", strings),
            ("content/cases/torbay.md", page.as_str()),
        ];
        let page = text(&site(&with_needed(&files)), "/cases/torbay/");
        let labels = page.split("<p class=\"alert-label\">").skip(1);
        labels.filter_map(|rest| Some(rest.split_once("</p>")?.0.to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(labels("title: Test\n", ""), ["Note", "Tip", "Important", "Warning", "Caution"]);
    let own = labels("title: Test\nlanguage: cy\ntheme: own\n", "alerts: { note: N&b, tip: T }\n");
    assert_eq!(own, ["N&amp;b", "T", "Important", "Warning", "Caution"]);
}

#[test]
fn the_settings_may_name_a_drawing_as_logo_and_link_events_to_pages() {
    let settings = "title: Test\nbase_url: /base/\nlogo: logo.svg\nfavicon: icon.ico\nevents:\n  - { year: 2008, label: A, url: cases/torbay.md }\n  - { year: 2009, label: B }\n  - { year: 2010, label: C, url: 'https://c.uk/?a=b&c=d' }\n";
    let dated = case("Words.")
        .replace("sector: health\n", "sector: health\noutcome: ended\nperiod: { from: 2006, to: 2013 }\n");
    let outcome = "label: Outcome\nterms:\n  - { id: ended, label: Ended, mark: stop }\n";
    let site = site(&with_needed(&[
        ("casebook.yaml", settings),
        ("content/vocabularies/outcome.yaml", outcome),
        ("content/logo.svg", "<svg/>"),
        ("content/icon.ico", ""),
        ("content/cases/torbay.md", &dated),
    ]));
    check(
        &text(&site, "/"),
        &[
            "src=\"/base/logo.svg\"",
            "href=\"/base/icon.ico\"",
            "<a href=\"/base/cases/torbay/\">2008, A</a>",
            "2009, B;",
            "<a href=\"https://c.uk/?a=b&amp;c=d\">2010, C</a>",
        ],
    );
    check(&text(&site, "/_headers"), &["/base/logo.svg\n  Content-Security-Policy: default-src 'none'; sandbox\n"]);
}

#[test]
fn the_footer_links_to_pages_files_people_and_other_sites() {
    let settings = "title: Test\nfooter:\n  - { text: A, url: /about/ }\n  - { text: B, url: pages/about.md }\n  - { text: C, url: 'mailto:a@b.uk' }\n  - { text: D, url: 'tel:+441234' }\n  - { text: E, url: 'https://c.uk/#d#e' }\n";
    let about = "---\ntitle: About\nsummary: On us.\n---\nWords.\n";
    let page = text(&site(&with_needed(&[("casebook.yaml", settings), ("content/pages/about.md", about)])), "/");
    let hrefs = ["/about/", "/about/", "mailto:a@b.uk", "tel:+441234", "https://c.uk/#d%23e"];
    let links: Vec<String> = hrefs
        .iter()
        .zip(["A", "B", "C", "D", "E"])
        .map(|(href, text)| format!("<a href=\"{href}\">{text}</a>"))
        .collect();
    check(&page, &links.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn a_case_without_place_and_years_has_no_empty_line_for_them() {
    let dated = case("Words.\n").replace("sector: health\n", "sector: health\nperiod: { from: 2006, to: 2013 }\n");
    let page = case("Words.\n").replace("title: A case", "title: Bare");
    let site = site(&with_needed(&[("content/cases/dated.md", &dated), ("content/cases/bare.md", &page)]));
    assert!(!text(&site, "/cases/bare/").split("cb-related").next().unwrap_or_default().contains("cb-docket"));
    assert_eq!(text(&site, "/cases/").matches("<p class=\"cb-docket\">").count(), 1);
}

#[test]
fn a_page_has_one_search_box() {
    let site = site(&with_needed(&[("content/cases/torbay.md", &case("Words.\n"))]));
    for address in ["/", "/404.html", "/search/", "/cases/", "/cases/torbay/"] {
        assert_eq!(text(&site, address).matches("role=\"search\"").count(), 1, "{address}");
    }
    check(&text(&site, "/404.html"), &["<label for=\"cb-q\">Search the cases</label>", "href=\"/map/\""]);
}

#[test]
fn acronyms_are_spelled_out_once_on_a_page_at_their_first_use() {
    let glossary = "- { term: PCT, full: primary care trust, from: 2001, to: 2013 }\n";
    let listed = case("A PCT.\n")
        .replace("What happened.", "A PCT and a council.")
        .replace("sector: health\n", "sector: health\npartners: [Torbay PCT]\n");
    let facts = listed.replace("A PCT and a council.", "What happened.").replace("title: A case", "title: Facts");
    let site = site(&with_needed(&[
        ("content/glossary.yaml", glossary),
        ("content/cases/listed.md", &listed),
        ("content/cases/facts.md", &facts),
    ]));
    let pct = "<button type=\"button\" class=\"cb-acronym\" popovertarget=\"cb-acronym-0\">\
               <abbr title=\"primary care trust, 2001–2013\">PCT</abbr></button>\
               <span class=\"cb-meant\" id=\"cb-acronym-0\" popover>primary care trust, 2001–2013</span>";
    for (address, first) in [
        ("/", format!("<p>A {pct} and a council.</p>")),
        ("/cases/", format!("<p>A {pct} and a council.</p>")),
        ("/sector/health/", format!("<p>A {pct} and a council.</p>")),
        ("/cases/facts/", format!("<dd>Torbay {pct}</dd>")),
    ] {
        let page = text(&site, address);
        check(&page, &[&first]);
        assert_eq!(page.matches(pct).count(), 1, "{address}");
    }
}

#[test]
fn a_page_of_two_terms_has_a_title_of_their_phrases() {
    let title = |sector: &str, barrier: &str| {
        let head = "label: Sector\nrequired: true\nterms: [{ id: health, label: Health, plain: the NHS }]\n";
        let sector = format!("{sector}{head}");
        let barrier = format!("{barrier}label: Barrier\nterms: [{{ id: resource, label: Money }}]\n");
        let case = case("Words.\n").replace("sector: health\n", "sector: health\nbarrier: resource\n");
        let page = text(
            &site(&with_needed(&[
                ("content/vocabularies/sector.yaml", &sector),
                ("content/vocabularies/barrier.yaml", &barrier),
                ("content/cases/a.md", &case),
            ])),
            "/sector/health/barrier/resource/",
        );
        page.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).expect("a heading").to_owned()
    };
    let (with, where_) = ("phrase: with {term}\n", "phrase: where {term} got in the way\n");
    assert_eq!(title(with, where_), "Partnerships with the NHS and where money got in the way");
    assert_eq!(title(with, ""), "Health and Money");
}

/// A library with a case that was corrected and adopted, at a known address.
fn with_afterlife() -> Site {
    let head = "---\ntitle: A case\nsummary: What happened.\ndate: 2026-01-05\nupdated: 2026-03-01\nsector: health\n\
                place: { name: Torbay }\nauthors: [{ name: \"Dr Ann van der Berg, MBE\" }, Kent County Council]\n\
                outcome: { term: ended, what: It closed. }\nlesson: Agree early.\ncost: 1200\nseen: 2013-03\n\
                corrections: [{ date: 2026-02-01, what: \"The year was <wrong>.\" }]\n\
                adopted: [{ place: Cardiff, from: 2019, outcome: ended, what: It spread., source: report }]\n\
                sources:\n  - { id: uncited, title: Nobody cites this }\n\
                \x20 - { id: audit, title: The audit, authors: [{ name: Ann Smith Jr. }], kind: evaluation, accessed: 2026-01-02, archived: \"https://archive.example/a\" }\n\
                \x20 - { id: report, title: The report, url: reports/the%20report.pdf }\n---\n";
    let body = "Told twice.[@audit, p. 12] Once more.[@audit] A remark.[^a]\n\n[^a]: Only a remark.\n";
    let outcome = "label: Outcome\nmany: false\nterms: [{ id: ended, label: Ended }]\n";
    let gone = "---\ntitle: Gone\nsummary: S.\ndate: 2026-01-01\nsector: health\nstatus: withdrawn\n\
                place: Secretplace\nwithdrawn: { date: 2026-04-01, why: It was wrong. }\n---\n\nWords.\n";
    site(&with_needed(&[
        (
            "casebook.yaml",
            "title: Test\nbase_url: https://example.org/book/\nfields: { cost: { label: Cost, kind: number }, seen: { kind: date } }\n",
        ),
        ("content/cases/a.md", &format!("{head}{body}")),
        ("content/cases/gone.md", gone),
        ("content/cases/reports/the report.pdf", ""),
        ("content/vocabularies/outcome.yaml", outcome),
    ]))
}

#[test]
fn a_case_shows_all_its_text_whatever_its_headings_and_terms_are() {
    let body = "## The challenge\n\nFirst.\n\n## What got in the way\n\nSecond.\n\n## What changed\n\nThird.\n";
    let outcome = "label: Outcome\nmany: false\nterms: [{ id: ended, label: Ended }]\n";
    for keys in ["", "outcome: { term: ended, what: It closed. }\n", "barrier: { term: political, what: Votes. }\n"] {
        let case = format!("---\ntitle: A\nsummary: S.\ndate: 2026-01-01\nsector: health\n{keys}---\n{body}");
        let site = site(&with_needed(&[
            ("content/cases/a.md", &case),
            ("content/vocabularies/outcome.yaml", outcome),
            ("content/vocabularies/barrier.yaml", "label: Barrier\nterms: [{ id: political, label: Politics }]\n"),
        ]));
        let page = text(&site, "/cases/a/");
        let (challenge, way, changed) = (page.find("First."), page.find("Second."), page.find("<p>Third."));
        assert!(challenge.is_some() && challenge < way && way < changed, "{keys:?}: {page}");
    }
}

#[test]
fn the_feed_and_the_pairs_of_a_retired_term_redirect_to_those_of_its_replacement() {
    let sector = "label: Sector\nterms: [{ id: old, replaced_by: health }, { id: health, label: Health }]\n";
    let tier = "label: Tier\nterms: [{ id: county, label: County }, { id: shire, replaced_by: county }]\n";
    let body = "[feed](/sector/old/feed.xml) [pair](/sector/old/tier/county/) [pair](/sector/health/tier/shire/)";
    let case = format!("---\ntitle: A\nsummary: S.\ndate: 2026-01-01\nsector: health\ntier: county\n---\n{body}\n");
    let files = [
        ("casebook.yaml", "title: T\nbase_url: https://e.org/b/\n"),
        ("content/cases/a.md", case.as_str()),
        ("content/vocabularies/sector.yaml", sector),
        ("content/vocabularies/tier.yaml", tier),
    ];
    let site = site(&with_needed(&files));
    check(
        &text(&site, "/_redirects"),
        &[
            "/b/sector/old/ /b/sector/health/ 301\n",
            "/b/sector/old/feed.xml /b/sector/health/feed.xml 301\n",
            "/b/sector/old/tier/county/ /b/sector/health/tier/county/ 301\n",
            "/b/sector/health/tier/shire/ /b/sector/health/tier/county/ 301\n",
        ],
    );
    check(&text(&site, "/cases/a/"), &["href=\"/b/sector/health/feed.xml\"", "href=\"/b/sector/health/tier/county/\""]);
}

#[test]
fn no_page_names_the_place_of_a_withdrawn_case() {
    let site = with_afterlife();
    for address in ["/cases/gone/", "/changes/", "/places/", "/feed.xml", "/changes/feed.xml"] {
        let page = text(&site, address);
        assert!(!page.contains("Secretplace"), "{address}");
    }
    assert!(text(&site, "/changes/").contains("Gone"));
}

#[test]
fn a_source_is_numbered_by_its_first_citation_and_links_back() {
    let page = text(&with_afterlife(), "/cases/a/");
    check(
        &page,
        &[
            "Told twice.<sup class=\"cb-ref\"><a href=\"#cb-source-1\" id=\"cb-cited-1\" role=\"doc-biblioref\" aria-label=\"Source 1\">1</a>, p. 12</sup>",
            "Once more.<sup class=\"cb-ref\"><a href=\"#cb-source-1\" role=\"doc-biblioref\" aria-label=\"Source 1\">1</a></sup>",
            "<li id=\"cb-source-1\" value=\"1\">",
            "Smith, A., Jr. <cite>The audit</cite>",
            "<a href=\"https://archive.example/a\">Archived copy</a>",
            "<a class=\"cb-uses\" href=\"#cb-cited-1\" role=\"doc-backlink\">cited 2 times</a>",
            "<cite><a href=\"/book/cases/reports/the%20report.pdf\">The report</a></cite>",
            "not cited in the text</p>",
            "<li id=\"cb-source-3\" value=\"3\">",
            "<h2>Notes</h2>\n<ol type=\"a\">",
            "role=\"doc-noteref\">a</a>",
        ],
    );
}

#[test]
fn a_citation_inside_an_html_link_is_not_a_link() {
    let case = "---\ntitle: A\nsummary: S.\ndate: 2026-01-01\nsector: health\ntier: county\nbarrier: resource\n\
                sources:\n  - { id: audit, title: Audit, url: https://example.org/audit }\n---\n\n\
                Read <a href=\"https://example.org/\">the report [@audit]</a>, and again [@audit].\n";
    let site = site(&with_needed(&[("content/cases/a.md", case)]));
    check(
        &text(&site, "/cases/a/"),
        &[
            "<a href=\"https://example.org/\">the report<sup class=\"cb-ref\"><span id=\"cb-cited-1\">1</span></sup></a>, and again",
            "again<sup class=\"cb-ref\"><a href=\"#cb-source-1\" role=\"doc-biblioref\" aria-label=\"Source 1\">1</a></sup>.",
            "href=\"#cb-cited-1\"",
        ],
    );
}

#[test]
fn a_citation_in_a_removed_element_does_not_count() {
    let case = "---\ntitle: A\nsummary: S.\ndate: 2026-01-01\nsector: health\ntier: county\nbarrier: resource\n\
                sources:\n  - { id: a, title: A, url: https://example.org/a }\n\
                \x20 - { id: b, title: B, url: https://example.org/b }\n---\n\n\
                Words <template>[@a]</template> of [@b].\n";
    let (site, _) = made(&with_needed(&[("content/cases/a.md", case)]), &edition());
    let page = text(&site, "/cases/a/");
    check(&page, &["of<sup class=\"cb-ref\"><a href=\"#cb-source-1\" id=\"cb-cited-1\"", "not cited in the text</p>"]);
    assert!(!page.contains("#cb-cited-2"), "{page}");
    assert_eq!(page.matches("<ol class=\"cb-sources\"").count(), 1, "one list of sources: {page}");
}

#[test]
fn corrections_and_adoptions_are_on_the_page_in_the_data_and_in_the_changes() {
    let site = with_afterlife();
    let corrected = "<b>Corrected on 1\u{a0}February\u{a0}2026:</b> The year was &lt;wrong&gt;.";
    check(
        &text(&site, "/cases/a/"),
        &[
            corrected,
            "<b>Cardiff</b>, from 2019: <a href=\"/book/outcome/ended/\">Ended</a>. It spread.<sup class=\"cb-ref\"><a href=\"#cb-source-2\"",
            "<span class=\"cb-what-of\">: It closed.</span>",
            "<div data-compare=\"Cost\"><dt>Cost</dt><dd>1,200</dd>",
            "<dt>Seen</dt><dd>March\u{a0}2013</dd>",
            "van der Berg, A., &amp; Kent County Council. (2026, January 5).",
        ],
    );
    check(&text(&site, "/cases/"), &["Used elsewhere"]);
    let new = text(&site, "/changes/");
    let places: Vec<usize> =
        ["1\u{a0}April", "Withdrawn:", "It was wrong.", "1\u{a0}March", "Changed:", "Corrected:", "New case:"]
            .iter()
            .map(|part| new.find(part).unwrap_or_else(|| panic!("no {part} in {new}")))
            .collect();
    assert!(places.is_sorted(), "{new}");
    check(
        &text(&site, "/changes/feed.xml"),
        &[
            "<id>https://example.org/book/cases/a/#corrected-2026-02-01</id>",
            "<title xml:lang=\"en-GB\">Withdrawn: Gone</title>",
        ],
    );
    let feed = text(&site, "/feed.xml");
    check(
        &feed,
        &[
            "Corrected on 1",
            "The year was &amp;lt;wrong&amp;gt;.",
            "&lt;a href=&quot;https://example.org/book/cases/a/#cb-source-1&quot;",
            "&lt;h2&gt;Sources&lt;/h2&gt;\n&lt;ol&gt;\n&lt;li&gt;",
        ],
    );
    check(
        &text(&site, "/data/cases.json"),
        &[
            "\"lesson\":\"Agree early.\"",
            "\"outcome\":\"ended\",\"outcome_what\":\"It closed.\"",
            "\"fields\":{\"cost\":1200,\"seen\":\"2013-03\"}",
            "\"corrections\":[{\"date\":\"2026-02-01\",\"what\":\"The year was <wrong>.\"}]",
            "\"adopted\":[{\"place\":\"Cardiff\",\"from\":2019,\"outcome\":\"ended\",\"what\":\"It spread.\",\"source\":\"report\"}]",
            "\"url\":\"https://example.org/book/cases/reports/the%20report.pdf\"",
            "{\"name\":\"Kent County Council\",\"organisation\":null,\"is_body\":true,",
        ],
    );
    check(
        &text(&site, "/cases/a/"),
        &["\"name\":\"The report\",\"url\":\"https://example.org/book/cases/reports/the%20report.pdf\""],
    );
    check(&text(&site, "/data/cases.csv"), &[",cost,seen,", ",1200,2013-03,", "Agree early."]);
    check(&text(&site, "/data/"), &["<code>cost</code>", "<code>period_reported</code>"]);
    check(&text(&site, "/data/library.bib"), &["author = {van der Berg, Ann and {Kent County Council}}"]);
}

#[test]
fn a_linked_picture_is_reported_if_it_is_large_or_contains_a_position() {
    let codes = |body: &str| {
        let mut project = with_needed(&[("content/cases/torbay.md", &case(body))]);
        let photograph = Measured { size: (4000, 3000), bytes: 9_000_000, has_position: true };
        project.files.insert(FilePath::new("content/cases/desk.jpg"), SourceFile::Other(Some(photograph)));
        made(&project, &edition()).1.problems.iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(codes("![The desk](desk.jpg)\n"), [Code::HeavyPicture, Code::PhotographPosition]);
    assert_eq!(codes("Words.\n"), [Code::MisplacedFile]);
}

#[test]
fn code_in_markdown_is_highlighted_in_its_page() {
    let body = "Words.\n\n```rust\nlet x = 1; // one\n```\n\n```sh\necho 1 # one\n```\n";
    let project = with_needed(&[("content/cases/a.md", &case(body))]);
    let page = text(&site(&project), "/cases/a/");
    check(
        &page,
        &["<span class=\"hl-keyword\">let</span> x", "<span class=\"hl-comment\">// one", "echo 1 # one\n</code>"],
    );
}

#[test]
fn a_long_title_is_cut_to_the_names_that_a_browser_accepts() {
    let title = "Partnerships of councils and hospitals in the whole of England";
    let settings = format!("title: {title}\nbase_url: https://example.org/\n");
    let description = text(&site(&with_needed(&[("casebook.yaml", &settings)])), "/opensearch.xml");
    check(
        &description,
        &[
            "<ShortName>Partnerships of…</ShortName>",
            "<LongName>Partnerships of councils and hospitals in the…</LongName>",
        ],
    );
}
