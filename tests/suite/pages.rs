//! Pages of small libraries: what stands on them, from the files of a library to the HTML.

use casebook::{
    model::Address,
    problem::FilePath,
    site::{Content, Site},
    source::{Project, SourceFile},
};

use crate::library::{case, edition, made, with_needed};

/// The site of these files, which must have no mistakes.
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
fn pictures_have_the_size_of_their_files() {
    let body = "![A map](map.png)\n\n![A plan](plan.png)\n\n<img src=\"map.png\" alt=\"b\" width=\"64\">\n";
    let head = case(body).replace("sector: health\n", "sector: health\nimage: { src: map.png, alt: A head }\n");
    let mut project = with_needed(&[
        ("casebook.yaml", "title: Test\nlogo: cases/map.png\n"),
        ("content/cases/torbay.md", &head),
        ("content/cases/map.png", ""),
        ("content/cases/plan.png", ""),
    ]);
    project.files.insert(FilePath::new("content/cases/map.png"), SourceFile::Other(Some((640, 480))));
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
fn alerts_are_labelled_in_the_language_of_the_site() {
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
fn the_foot_leads_to_pages_files_people_and_other_sites() {
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
fn a_case_without_place_and_years_leaves_no_empty_line_for_them() {
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
fn acronyms_are_spelled_out_once_on_a_page_wherever_readers_meet_them_first() {
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
    let pct = "<abbr title=\"primary care trust, 2001–2013\">PCT</abbr>";
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
