//! Tests over the sites of small libraries, which are put together here from documents.

mod addresses;
mod pages;
mod whole_site;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::date;

use super::{
    Content, Site,
    links::{DocumentLinks, Links},
    plan::plan,
    theme::{self, Theme, ThemeSource},
};
use crate::{
    model::{
        Address, CaseFile, CaseId, Config, IdMap, Ids, Library, PageFile, PageId,
        assemble::cases_by_term,
        cases::with_broader,
        config::BaseUrl,
        document::{
            Body, BodyLink, Contact, Extra, GlossaryEntry, Heading, LinkKind, Period, Place, Slot, Source, SourceKind,
            SourceUrl, Status, TermFile, VocabularyFile, Withdrawal,
        },
        evidence_map::MapAxes,
        ids::{Id, LinkId},
        library::{Case, CaseTerm, Page, Redirect},
        places_file::ListedPlaces,
        related::RelatedIndex,
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
        Arc::new(TermFile {
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
        })
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
    let summary = format!("A summary of {title}.");
    let body = Body { html: format!("<p>Words of {slug}.</p>"), ..Body::default() };
    CaseFile {
        subject: crate::model::related::subject(title, &summary),
        has_title: true,
        summary,
        date: Some(date(2026, 11, 22)),
        ..CaseFile::titled(&FilePath::new(format!("content/cases/{slug}.md")), title.to_owned(), body)
    }
}

/// A library of cases. A term of a case is given as the index of a vocabulary and the index of a term in it.
fn library(vocabularies: Vec<Arc<VocabularyFile>>, cases: Vec<(CaseFile, Vec<(usize, usize)>)>) -> Library {
    let (files, terms): (Vec<CaseFile>, Vec<_>) = cases.into_iter().unzip();
    let files: Vec<Arc<CaseFile>> = files.into_iter().map(Arc::new).collect();
    let mut ids = Ids::default();
    ids.assign(&files, &[], &vocabularies);
    let facets = vocabularies.len().min(3);
    let made = vocabularies.iter().map(|file| vocabulary(file, &ids).value);
    let vocabularies = Vocabularies::new(made.collect(), facets);
    let cases = files.iter().zip(terms).map(|(file, mut terms)| {
        terms.sort_by_key(|vocabulary| vocabulary.0);
        let used = |(vocabulary, term)| {
            let vocabulary = vocabularies.iter().nth(vocabulary).expect("a vocabulary");
            CaseTerm { vocabulary: vocabulary.id, term: vocabulary.terms.ids()[term], what: None, response: None }
        };
        let id = ids.case_at(file.path.as_str()).expect("an id");
        let terms: Vec<CaseTerm> = terms.into_iter().map(used).collect();
        let case = Case {
            id,
            address: Address::page(["cases", &file.slug.value]),
            file: file.clone(),
            terms_with_broader: with_broader(&terms, &vocabularies),
            terms,
            adopted: Vec::new(),
            related: Vec::new(),
        };
        (id, Arc::new(case))
    });
    let cases: IdMap<CaseId, Arc<Case>> = cases.collect();
    let facets: Vec<_> = vocabularies.facets().map(|facet| facet.id).collect();
    Library {
        config: Arc::new(Config { title: "Casebook & friends".to_owned(), ..Config::default() }),
        with_drafts: false,
        cases_by_term: cases_by_term(&cases, &vocabularies),
        map: (facets.len() == 3).then(|| MapAxes { rows: facets[2], columns: facets[0] }),
        vocabularies,
        marks: Vec::new(),
        cases,
        shown_early: Vec::new(),
        future_count: 0,
        draft_count: 0,
        withdrawn: IdMap::default(),
        pages: IdMap::default(),
        home: None,
        places: Arc::default(),
        listed_places: ListedPlaces::default(),
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
        terms_with_broader: with_broader(&carried_terms, &library.vocabularies),
        terms: carried_terms,
        adopted: Vec::new(),
        related: library.cases.ids()[..1].to_vec(),
    };
    let entries = library.cases.entries().map(|(id, case)| (id, case.clone()));
    let cases = entries.chain([(id, Arc::new(case))]).collect();
    Library { cases_by_term: cases_by_term(&cases, &library.vocabularies), cases, ..library }
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
    let related = RelatedIndex::of(&library);
    Site::new(library, plan, Arc::new(theme), Links::default(), related, BTreeSet::new())
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

/// A library that uses everything that a page can show.
fn full() -> Library {
    let library = small();
    let political = library.vocabularies.named("barrier").expect("a vocabulary");
    let political = CaseTerm {
        vocabulary: political.id,
        term: political.terms.ids()[0],
        what: Some("Votes & seats".into()),
        response: None,
    };
    let mut library = with_case(library, with_every_fact("kent", "Kent’s “gateways”"), vec![political]);
    let gone = withdrawn("gone");
    library.withdrawn = [(gone.id, gone)].into_iter().collect();
    library.pages = [plain_page(about())].into_iter().collect();
    library.glossary = Arc::new(vec![glossary_entry("CCG", &["PCT", "lost"]), glossary_entry("PCT", &[])]);
    library.redirects.insert(Address::page(["old"]), Redirect { to: Address::page(["cases", "torbay"]), spot: spot() });
    library
}

/// A case whose page has every part.
fn with_every_fact(slug: &str, title: &str) -> CaseFile {
    let mut file = case(slug, title);
    file.status = Status::Draft;
    file.places = ["Kent", "Medway", "Dover"].map(|name| Place::new(name.into(), None, None)).to_vec();
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
    file
}

fn withdrawn(slug: &str) -> Case {
    let mut file = case(slug, "A case that went");
    file.withdrawn = Some(Withdrawal { date: Some(date(2027, 3, 3)), why: Some("Figures were wrong.".into()) });
    Case {
        id: CaseId::from_number(2_000),
        address: Address::page(["cases", slug]),
        file: Arc::new(file),
        terms: Vec::new(),
        terms_with_broader: Vec::new(),
        adopted: Vec::new(),
        related: Vec::new(),
    }
}

fn about() -> PageFile {
    PageFile {
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
    }
}

fn glossary_entry(term: &str, see: &[&str]) -> GlossaryEntry {
    GlossaryEntry {
        term: written(term.to_owned()),
        full: format!("the {term}"),
        note: None,
        from: Some(2001),
        to: Some(2013),
        see: see.iter().map(|see| written((*see).to_owned())).collect(),
        is_well_known: false,
    }
}
