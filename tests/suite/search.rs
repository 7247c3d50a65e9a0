//! Searching: questions to the sample library and to random ones, answered by the reference.
//!
//! The libraries' search files and the answers are left below cargo's folder for tests, where `tests/browser/` asks the
//! module of the browser the same.

use std::{collections::BTreeMap, fs, path::Path};

use casebook::{
    model::{Edition, Library},
    pipeline,
    search::{
        SearchFiles,
        bits::BitReader,
        collection::Collection,
        lexicon::by_units,
        order,
        postings::entries,
        prefixes::span,
        reference::{Answer, Question, Reference},
        shards::word_files,
    },
    site::{Content, Site, route::Route},
    source::{self, Project},
};

use crate::library::{edition, with_needed};

pub fn site(project: &Project) -> Site {
    pipeline::site(project, &edition()).value
}

/// The search files of a site.
pub fn files(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let found = site.routes().filter_map(|(address, route)| match (route, site.render(address, route)) {
        (Route::SearchFile(_), Ok(Content::Bytes(bytes))) => Some((address.output_path(), bytes)),
        _ => None,
    });
    found.collect()
}

fn question(text: &str) -> Question {
    Question { text: text.to_owned(), ..Question::default() }
}

/// A source of numbers that is always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const WORDS: [&str; 40] = [
    "partner",
    "partners",
    "partnership",
    "partnered",
    "council",
    "councils",
    "trust",
    "trusts",
    "trusted",
    "primary",
    "care",
    "cares",
    "caring",
    "PCT",
    "health",
    "healthy",
    "wealth",
    "police",
    "policed",
    "policy",
    "policies",
    "joint",
    "jointly",
    "chief",
    "executive",
    "board",
    "boards",
    "abroad",
    "économie",
    "economy",
    "O’Brien",
    "Łódź",
    "2006",
    "x",
    "an",
    "the",
    "of",
    "safeguarding",
    "neighbourhood",
    "neighbourhoods",
];

fn text(numbers: &mut Numbers, words: usize) -> String {
    let chosen: Vec<&str> = (0..words).map(|_| numbers.pick(&WORDS[..])).collect();
    chosen.join(" ")
}

const SECTOR: &str = "label: Sector\nplural: Sectors\nterms:\n  - { id: public, label: Public }\n  - { id: health, label: Health, also: [NHS, ICB], broader: public }\n  - { id: police, label: Police }\n  - { id: old, replaced_by: police }\n";

/// A library of nonsense that can be asked sensible questions.
pub fn random(seed: u64) -> Project {
    let mut numbers = Numbers(seed);
    let mut files = vec![
        ("content/glossary.yaml".to_owned(), "- { term: PCT, full: primary care trust }\n".to_owned()),
        ("content/vocabularies/sector.yaml".to_owned(), SECTOR.to_owned()),
    ];
    for n in 0..30 + numbers.below(40) {
        let words = numbers.below(5) + 1;
        let title = text(&mut numbers, words);
        let sectors = ["[health]", "[police, health]", "[public]", "[police]"][numbers.below(4)];
        let tier = numbers.pick(&["unitary", "county"]);
        let period = match numbers.below(4) {
            0 => String::new(),
            1 => format!("period: {{ from: {} }}\n", 1990 + numbers.below(30)),
            2 => format!("period: {{ to: {} }}\n", 1990 + numbers.below(30)),
            _ => format!("period: {{ from: {}, to: {} }}\n", 1980 + numbers.below(20), 2000 + numbers.below(20)),
        };
        let (summary, day) = (text(&mut numbers, 6), numbers.below(9) + 1);
        let words = numbers.below(80);
        let body = text(&mut numbers, words);
        let file = format!(
            "---\ntitle: \"{title}\"\nsummary: \"{summary}\"\ndate: 2026-01-0{day}\nsector: {sectors}\ntier: {tier}\n{period}---\n{body}\n\n```\nnever found\n```\n"
        );
        files.push((format!("content/cases/c{n}.md"), file));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    with_needed(&files)
}

/// A library of so many invented words that its index has many files, and beginnings that many of them share.
pub fn large() -> Project {
    let mut numbers = Numbers(11);
    let mut files = vec![("content/vocabularies/sector.yaml".to_owned(), SECTOR.to_owned())];
    let word = |numbers: &mut Numbers| -> String {
        let length = 2 + numbers.below(3);
        (0..length).map(|_| ["ba", "co", "da", "sh", "s", "an", "e"][numbers.below(7)]).collect()
    };
    for n in 0..600 {
        let mut words = |count: usize| (0..count).map(|_| word(&mut numbers)).collect::<Vec<_>>().join(" ");
        // Those of one sector stand together, so that the first of them is far from the beginning.
        let (sector, late) = if n < 560 { ("health", "") } else { ("police", "escape") };
        let file = format!(
            "---\ntitle: {}\nsummary: {}\ndate: 2026-01-0{}\nsector: {sector}\n---\n{} {late}\n",
            words(3),
            words(4),
            n % 9 + 1,
            words(200)
        );
        files.push((format!("content/cases/c{n}.md"), file));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    with_needed(&files)
}

#[test]
fn a_beginning_that_many_words_share_finds_every_case_that_has_one() {
    let project = large();
    let site = site(&project);
    assert!(files(&site).keys().any(|path| path.starts_with("search/beginnings/")));
    let texts = [
        "b", "s", "co", "ba", "bab", "cost", "babe", "dast", "stco ", "b c", "cobada s", "\"baba\"", "bxbada ",
        "escape ",
    ];
    let mut questions: Vec<Question> = texts.into_iter().map(question).collect();
    for sort in ["newest", "title"] {
        questions.push(Question { sort: sort.to_owned(), ..question("ba") });
    }
    let (collection, _) = Collection::of(&site.library, |case| pipeline::prose(case, &project));
    let list = word_files(&collection.lexicon, &entries(&collection), 600, &mut SearchFiles::new());
    let beginnings = collection.lexicon.forms.iter().flat_map(|form| (1..form.len()).map(|end| &form[..end]));
    let by_files: BTreeMap<usize, &str> = beginnings.map(|text| (span(&list, text), text)).collect();
    // As many files as are fetched at once, and one more.
    questions.extend([3, 4].map(|files| question(by_files.get(&files).expect("a beginning in so many files"))));
    let file =
        |&form: &usize| list.from.partition_point(|from| by_units(from, &collection.lexicon.forms[form]).is_le());
    let is_far = |members: &&Vec<usize>| members.iter().any(|member| file(member) != file(&members[0]));
    let far = collection.lexicon.members.iter().find(is_far).expect("forms of one word in different files");
    questions.extend(far.iter().map(|&form| question(&format!("{} ", collection.lexicon.forms[form]))));
    leave("large", &project, &site, &questions);
    let reference = Reference::new(&site.library, |case| pipeline::prose(case, &project));
    assert_eq!(reference.answer(&question("b")).results.len(), 600);
}

fn questions(seed: u64) -> Vec<Question> {
    let mut numbers = Numbers(seed);
    let fixed = [
        "",
        " ",
        "!!!",
        "\"",
        "\"the council\"",
        "\"joint chief\" trust ",
        "polcie ",
        "neihgbourhood ",
        "nieghbuorhood ",
        "zzzz ",
        "p",
        "par",
        "par ",
        "trust neigh ",
        "poxiciez ",
        "carely ",
        // An ending that is too long for a slip.
        "trustory ",
    ];
    let mut texts: Vec<String> = fixed.iter().map(|text| (*text).to_owned()).collect();
    texts.push(WORDS.join(" "));
    for _ in 0..60 {
        let words = numbers.below(4) + 1;
        let mut asked = text(&mut numbers, words);
        match numbers.below(6) {
            0 => asked.push(' '),
            1 => asked.truncate(asked.char_indices().nth(asked.chars().count() * 2 / 3).map_or(0, |(at, _)| at)),
            2 => asked = format!("\"{asked}\""),
            3 => drop(asked.pop()),
            4 => asked.push_str("q "),
            _ => {}
        }
        texts.push(asked);
    }
    let ids = ["health", "police", "public", "old", "nowhere"];
    let asked = texts.into_iter().map(|text| {
        let mut filters = BTreeMap::new();
        let mut match_ = BTreeMap::new();
        if numbers.below(2) == 0 {
            let chosen = (0..numbers.below(3) + 1).map(|_| numbers.pick(&ids).to_owned()).collect();
            filters.insert("sector".to_owned(), chosen);
        }
        if numbers.below(3) == 0 {
            filters.insert("tier".to_owned(), vec!["unitary".to_owned()]);
        }
        if numbers.below(3) == 0 {
            match_.insert("sector".to_owned(), "all".to_owned());
        }
        let year = |numbers: &mut Numbers| (numbers.below(4) == 0).then(|| 1985 + numbers.below(35) as i16);
        let years = [year(&mut numbers), year(&mut numbers)];
        let sort = numbers.pick(&["relevance", "relevance", "newest", "title"]).to_owned();
        Question { text, filters, match_, years, sort }
    });
    asked.collect()
}

/// Leaves a library's search files and these questions with their answers for the browser tests.
fn leave(name: &str, project: &Project, site: &Site, questions: &[Question]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("search").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    for (path, bytes) in files(site) {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    let reference = Reference::new(&site.library, |case| pipeline::prose(case, project));
    let answers: Vec<(&Question, Answer)> =
        questions.iter().map(|question| (question, reference.answer(question))).collect();
    fs::write(folder.join("answers.json"), serde_json::to_vec(&answers).unwrap()).unwrap();
    let asked = answers.iter().filter(|(_, answer)| !answer.results.is_empty()).count();
    assert!(asked > questions.len() / 3, "only {asked} questions have an answer");
}

#[test]
fn random_libraries_are_left_for_the_browser() {
    for seed in 1..=6 {
        let project = random(seed);
        let site = site(&project);
        leave(&format!("random-{seed}"), &project, &site, &questions(seed * 31));
    }
}

/// Of this case `tests/browser/` knows the excerpts.
#[test]
fn a_case_is_left_for_the_excerpts() {
    let opening = "Nothing in this beginning is asked for, and so it goes on, one short word after the other, until there \
                   are more words here than an excerpt shows, which takes a while, as you see.";
    let case = format!(
        "---\ntitle: A long road\nsummary: What the partners & others did.\ndate: 2026-01-01\nsector: health\n---\n\
         {opening} The café of Évora was old. Then the café &amp; the &lt;cafés&gt; of Évora agreed. {opening}[^1]\n\n\
         - One tram\n- Two trams\n\n[^1]: Évora papers, Évora council, Évora café.\n"
    );
    let project = with_needed(&[("content/cases/a.md", &case), ("content/vocabularies/sector.yaml", SECTOR)]);
    let asked = ["cafe ", "caf", "\"one tram\" ", "\"tram two\" ", "\"evora papers\" "].map(question);
    let site = site(&project);
    leave("excerpts", &project, &site, &asked);
    let found = asked.map(|question| count(&site.library, &project, &question.text));
    assert_eq!(found, [1, 1, 1, 0, 1], "a phrase ends where its paragraph, item or note ends");
}

fn sample() -> Project {
    source::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Questions to the sample library; the first so many results must be among these cases, and nothing is found where
/// there are none. They were written from reading the cases.
const KNOWN: [(&str, usize, &[&str]); 79] = [
    ("joint chief executive ", 1, &["herefordshire-one-chief-executive"]),
    ("shared chief executive primary care trust ", 1, &["herefordshire-one-chief-executive"]),
    ("one chief executive PCT ", 1, &["herefordshire-one-chief-executive"]),
    ("PCT ", 3, &["herefordshire-one-chief-executive", "croydon-total-place", "leicestershire-drugs-and-alcohol"]),
    (
        "primary care trust ",
        3,
        &["herefordshire-one-chief-executive", "croydon-total-place", "leicestershire-drugs-and-alcohol"],
    ),
    ("strategic health authority ", 1, &["herefordshire-one-chief-executive"]),
    (
        "integrated health and social care ICB ",
        3,
        &[
            "torbay-care-trust",
            "plymouth-one-system-one-budget",
            "greater-manchester-health-devolution",
            "highland-lead-agency",
            "lambeth-alliance",
        ],
    ),
    (
        "integrated care system ",
        2,
        &["greater-manchester-health-devolution", "plymouth-one-system-one-budget", "torbay-care-trust"],
    ),
    ("clinical commissioning group pooled fund ", 1, &["plymouth-one-system-one-budget"]),
    ("section 75 ", 3, &["plymouth-one-system-one-budget", "torbay-care-trust", "lambeth-alliance"]),
    ("pooled budgets ", 2, &["plymouth-one-system-one-budget", "lambeth-alliance"]),
    ("health and social care trust torbay ", 1, &["torbay-care-trust"]),
    ("helth trust torbay ", 1, &["torbay-care-trust"]),
    ("mrs smith torbay ", 1, &["torbay-care-trust"]),
    ("swap adult care and children's services ", 1, &["highland-lead-agency"]),
    ("\"lead agency\"", 1, &["highland-lead-agency"]),
    ("mental health charities contract ", 1, &["lambeth-alliance"]),
    ("alliance contracting ", 1, &["lambeth-alliance"]),
    ("loneliness ", 1, &["frome-compassionate-community"]),
    ("GP surgery town council ", 1, &["frome-compassionate-community"]),
    ("parish council ", 1, &["frome-compassionate-community"]),
    ("older people neighborhood networks ", 1, &["leeds-neighbourhood-networks"]),
    ("voluntary sector grants for older residents ", 1, &["leeds-neighbourhood-networks"]),
    ("marmot", 1, &["coventry-marmot-city"]),
    ("fire servce marmot ", 1, &["coventry-marmot-city"]),
    ("health inequalities ", 1, &["coventry-marmot-city"]),
    ("life expectancy ", 3, &["coventry-marmot-city", "wigan-deal", "greater-manchester-health-devolution"]),
    (
        "fire brigade ",
        5,
        &[
            "coventry-marmot-city",
            "hampshire-shared-back-office",
            "leicestershire-drugs-and-alcohol",
            "devon-safeguarding-hub",
            "gwent-public-services-board",
        ],
    ),
    (
        "fire authority ",
        5,
        &[
            "leicestershire-drugs-and-alcohol",
            "hampshire-shared-back-office",
            "coventry-marmot-city",
            "gwent-public-services-board",
            "devon-safeguarding-hub",
        ],
    ),
    ("gang violence ", 1, &["glasgow-gangs-to-court"]),
    ("CIRV ", 1, &["glasgow-gangs-to-court"]),
    ("VRU ", 1, &["glasgow-gangs-to-court"]),
    ("knife crime gangs ", 1, &["glasgow-gangs-to-court"]),
    ("violence emergency hospital data ", 1, &["cardiff-violence-prevention"]),
    ("preventing assaults ", 1, &["cardiff-violence-prevention"]),
    ("MASH ", 1, &["devon-safeguarding-hub"]),
    ("safegarding hub ", 1, &["devon-safeguarding-hub"]),
    ("probation ", 3, &["devon-safeguarding-hub", "leicestershire-drugs-and-alcohol", "gwent-public-services-board"]),
    (
        "youth offending team ",
        4,
        &[
            "devon-safeguarding-hub",
            "glasgow-gangs-to-court",
            "gwent-public-services-board",
            "leicestershire-drugs-and-alcohol",
        ],
    ),
    ("serious case review ", 1, &["oxfordshire-specialist-team"]),
    ("kingfisher ", 1, &["oxfordshire-specialist-team"]),
    ("childrens trust doncaster ", 1, &["doncaster-childrens-trust"]),
    ("ofsted inadequate ", 1, &["doncaster-childrens-trust"]),
    ("Total Place ", 2, &["croydon-total-place", "leicestershire-drugs-and-alcohol"]),
    ("LSP ", 1, &["croydon-total-place"]),
    ("community budgets whole place ", 1, &["west-cheshire-whole-place"]),
    ("drug action team ", 1, &["leicestershire-drugs-and-alcohol"]),
    ("local area agreement dorset ", 1, &["bournemouth-dorset-poole-multi-area-agreement"]),
    ("MAA ", 1, &["bournemouth-dorset-poole-multi-area-agreement"]),
    ("local enterprise partnership ", 1, &["bournemouth-dorset-poole-multi-area-agreement"]),
    ("flooding hull ", 1, &["hull-living-with-water"]),
    ("flood defences ", 1, &["hull-living-with-water"]),
    ("broadband ", 1, &["superfast-cornwall"]),
    ("superfast cornwal ", 1, &["superfast-cornwall"]),
    ("olympics east london ", 1, &["olympic-boroughs-convergence"]),
    ("regeneration stratford ", 1, &["olympic-boroughs-convergence"]),
    ("anchor institutions procurement ", 1, &["preston-anchor-institutions"]),
    ("community wealth building ", 1, &["preston-anchor-institutions"]),
    ("living wage ", 1, &["preston-anchor-institutions"]),
    ("gateway kent one stop ", 1, &["kent-gateways"]),
    ("one stop shops ", 1, &["kent-gateways"]),
    ("trading standards ", 1, &["worcestershire-regulatory-services"]),
    ("regulating ", 1, &["worcestershire-regulatory-services"]),
    ("joint committee of district councils ", 2, &["worcestershire-regulatory-services", "adur-and-worthing"]),
    ("two district councils sharing officers ", 1, &["adur-and-worthing"]),
    ("outsourcing to a private supplier ", 1, &["southwest-one"]),
    ("IBM ", 1, &["southwest-one"]),
    ("shared back office police and fire ", 1, &["hampshire-shared-back-office"]),
    ("sovereignty guarantee ", 1, &["tri-borough"]),
    ("west london boroughs sharing ", 1, &["tri-borough"]),
    ("scottish councils share education ", 1, &["stirling-and-clackmannanshire"]),
    ("combined authority transport north east ", 1, &["north-east-combined-authority"]),
    ("devolution deals ", 2, &["north-east-combined-authority", "greater-manchester-health-devolution"]),
    (
        "elected mayor ",
        4,
        &[
            "doncaster-childrens-trust",
            "greater-manchester-health-devolution",
            "torbay-care-trust",
            "north-east-combined-authority",
        ],
    ),
    ("PSB ", 2, &["gwent-public-services-board", "leicestershire-drugs-and-alcohol"]),
    ("wellbeing of future generations act ", 1, &["gwent-public-services-board"]),
    (
        "county councils ",
        4,
        &[
            "kent-gateways",
            "hampshire-shared-back-office",
            "oxfordshire-specialist-team",
            "worcestershire-regulatory-services",
            "southwest-one",
            "leicestershire-drugs-and-alcohol",
            "devon-safeguarding-hub",
            "bournemouth-dorset-poole-multi-area-agreement",
        ],
    ),
    ("austerity savings residents ", 1, &["wigan-deal"]),
    ("bin collection ", 0, &[]),
];

#[test]
fn the_sample_library_is_found_by_todays_words_and_yesterdays() {
    let project = sample();
    let site = site(&project);
    let reference = Reference::new(&site.library, |case| pipeline::prose(case, &project));
    let mut missed = Vec::new();
    for (text, first, slugs) in KNOWN {
        let found = reference.answer(&question(text)).results;
        let slug = |(url, _): &(String, usize)| url.trim_start_matches("cases/").trim_end_matches('/').to_owned();
        let found: Vec<String> = found.iter().map(slug).take(first.max(1)).collect();
        if found.len() < first || !found.iter().all(|slug| slugs.contains(&slug.as_str())) {
            missed.push(format!("{text:?}: {found:?}"));
        }
    }
    let questions: Vec<Question> = KNOWN.iter().map(|(text, _, _)| question(text)).collect();
    leave("sample", &project, &site, &questions);
    assert!(missed.is_empty(), "{missed:#?}");
}

/// How many cases of a library a text finds.
fn count(library: &Library, project: &Project, text: &str) -> usize {
    Reference::new(library, |case| pipeline::prose(case, project)).answer(&question(text)).results.len()
}

#[test]
fn a_case_is_found_by_the_other_names_of_its_terms_and_of_what_it_speaks_of() {
    let case = |sector: &str, body: &str| {
        format!("---\ntitle: A case\nsummary: What happened.\ndate: 2026-01-01\nsector: {sector}\n---\n{body}\n")
    };
    let (a, b, c) =
        (case("health", "Words."), case("police", "The PCT’s board."), case("police", "A primary care trust."));
    let project = with_needed(&[
        ("content/cases/a.md", &a),
        ("content/cases/b.md", &b),
        ("content/cases/c.md", &c),
        ("content/vocabularies/sector.yaml", SECTOR),
        ("content/glossary.yaml", "- { term: PCT, full: primary care trust }\n"),
    ]);
    let library = site(&project).library;
    for (text, cases) in [
        ("NHS ", 1),
        ("ICB ", 1),
        ("primary care trust ", 2),
        ("PCT ", 2),
        ("\"primary care trust\"", 2),
        ("public ", 1),
    ] {
        assert_eq!(count(&library, &project, text), cases, "{text}");
    }
}

/// The slugs of what a text finds among cases of the same words, each with its slug, day, title and body.
fn found(cases: &[(&str, u8, &str, &str)], text: &str) -> Vec<String> {
    let files: Vec<(String, String)> = cases
        .iter()
        .map(|(slug, day, title, body)| {
            let head = format!("title: {title}\nsummary: What happened.\ndate: 2026-01-0{day}\nsector: health");
            (format!("content/cases/{slug}.md"), format!("---\n{head}\n---\n{body}\n"))
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let project = with_needed(&files);
    let site = site(&project);
    let answer = Reference::new(&site.library, |case| pipeline::prose(case, &project)).answer(&question(text));
    let slug = |url: &str| url.trim_start_matches("cases/").trim_end_matches('/').to_owned();
    answer.results.iter().map(|(url, _)| slug(url)).collect()
}

#[test]
fn a_name_of_one_word_is_known_as_it_is_written_and_in_the_plural() {
    let case = |body: &str| {
        format!("---\ntitle: A case\nsummary: What happened.\ndate: 2026-01-01\nsector: police\n---\n{body}\n")
    };
    let cases = [
        ("plural", "Two primary care trusts and their ITs."),
        ("short", "Three PCTs."),
        ("pronoun", "It was what it was: its care of a primary trust, with fruITs. It\u{2019}s all."),
        ("often", "The PCT and another PCT and a primary care trust."),
    ];
    let files: Vec<_> = cases.map(|(slug, body)| (format!("content/cases/{slug}.md"), case(body))).into();
    let mut files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let glossary = "- { term: PCT, full: primary care trust }\n- { term: IT, full: information technology }\n";
    files.extend([("content/vocabularies/sector.yaml", SECTOR), ("content/glossary.yaml", glossary)]);
    let project = with_needed(&files);
    let library = site(&project).library;
    assert_eq!(count(&library, &project, "information technology "), 1);
    assert_eq!(count(&library, &project, "PCT "), 3);
    assert_eq!(count(&library, &project, "\"primary care trust\""), 3);
    let reference = Reference::new(&library, |case| pipeline::prose(case, &project));
    assert_eq!(reference.answer(&question("PCT ")).results[0].0, "cases/often/");
}

#[test]
fn a_name_counts_as_often_as_it_is_said() {
    let case = |body: &str| {
        format!("---\ntitle: A case\nsummary: What happened.\ndate: 2026-01-01\nsector: police\n---\n{body}\n")
    };
    let (named, spelt) = (case("One PCT."), case("A primary care trust, and a primary care trust."));
    let glossary = "- { term: PCT, full: primary care trust }\n";
    let files = [("content/glossary.yaml", glossary), ("content/cases/a.md", &named), ("content/cases/b.md", &spelt)];
    let project = with_needed(&files);
    let library = site(&project).library;
    let (collection, _) = Collection::of(&library, |case| pipeline::prose(case, &project));
    let entries = entries(&collection);
    let entry = &entries[collection.lexicon.find("pct").unwrap()];
    // Said once, and once more as its other name; the same for each of two.
    let mut bits = BitReader::new(&entry.places[1..]);
    let mut times = || {
        let times = bits.rice(1) + 1;
        assert_eq!((0..times).map(|_| bits.rice(u32::from(entry.places[0]))).count(), times as usize);
        times
    };
    assert_eq!([times(), times()], [2, 2]);
}

#[test]
fn a_case_is_found_by_where_it_happened_and_by_what_stood_in_its_way() {
    let case = "---\ntitle: A case\nsummary: What happened.\ndate: 2026-01-01\nsector:\n  - { term: health, what: Zebras came., response: Gates shut. }\nplace: { name: Torbay, region: South West }\npartners: [Badger Trust]\n---\nWords.\n";
    let project = with_needed(&[("content/cases/a.md", case)]);
    let library = site(&project).library;
    for text in ["zebras ", "gates ", "torbay ", "south ", "badger ", "words ", "happened ", "case ", "health "] {
        assert_eq!(count(&library, &project, text), 1, "{text}");
    }
}

#[test]
fn a_form_that_no_case_has_is_taken_for_another_of_the_word() {
    let cases = [("watched", 1, "One", "Regulators met."), ("other", 1, "Two", "A replating regular.")];
    assert_eq!(found(&cases, "regulating "), ["watched"]);
    assert_eq!(found(&[("a", 1, "One", "A partner.")], "partnering "), ["a"]);
    assert_eq!(found(&[("a", 1, "One", "A part.")], "partnering ").len(), 0);
}

#[test]
fn a_case_with_the_words_as_they_were_typed_comes_before_one_with_other_forms() {
    let typed = ("typed", 1, "One", "A council shared a board.");
    let other = ("other", 2, "Two", "A council shares boards. Shares, boards, shares, boards, shares and boards.");
    let plural = ("plural", 2, "Two", "Councils shared boards.");
    assert_eq!(found(&[typed, other], "shared board "), ["typed", "other"]);
    assert_eq!(found(&[other, plural], "shared board "), ["plural", "other"]);
}

#[test]
fn equals_stand_newest_first_and_then_by_their_slugs() {
    let case = |slug, day| (slug, day, "The same", "A zebra.");
    let cases = [case("a-b", 2), case("c", 3), case("b", 2), case("a", 2)];
    assert_eq!(found(&cases, "zebra "), ["c", "a", "a-b", "b"]);
}

#[test]
fn titles_stand_by_their_letters() {
    let title =
        |title: &str| format!("---\ntitle: {title}\nsummary: One.\ndate: 2026-01-01\nsector: health\n---\nOne.\n");
    let titles = ["Zebra", "Éclair", "“Quoted”", "banana", "Éclair"].map(title);
    let files: Vec<_> = titles
        .into_iter()
        .zip("abcde".chars())
        .map(|(text, slug)| (format!("content/cases/{slug}.md"), text))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let library = site(&with_needed(&files)).library;
    let order = order::order(&library);
    let address = |n: usize| library.cases[order.cases[n]].address.href("");
    let sorted: Vec<String> = order::titles(&library, &order).into_iter().map(address).collect();
    assert_eq!(sorted, ["d", "b", "e", "c", "a"].map(|slug| format!("cases/{slug}/")));
}

#[test]
fn a_word_in_the_title_counts_more_than_one_that_is_often_said() {
    let cases = [("said", 1, "Words", "Zebra, zebra, zebra and zebra."), ("titled", 1, "A zebra", "Words.")];
    assert_eq!(found(&cases, "zebra "), ["titled", "said"]);
}

#[test]
fn where_no_case_has_all_words_those_that_tell_most_decide() {
    let mut cases = vec![("striped", 1, "One", "A badger with a zebra.")];
    for slug in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        cases.push((slug, 1, "Many", "Every board met the council."));
    }
    assert_eq!(found(&cases, "council board zebra "), ["striped"]);
    cases.push(("both", 1, "Two", "A council with a zebra."));
    assert_eq!(found(&cases, "council zebra "), ["both"]);
    assert_eq!(found(&cases, "council board zebra "), ["both", "striped"]);
}

#[test]
fn a_word_that_every_case_has_is_found() {
    let slugs: Vec<String> = (0..99).map(|n| format!("c{n}")).collect();
    let cases: Vec<_> = slugs.iter().map(|slug| (slug.as_str(), 1, "One", "Every council.")).collect();
    assert_eq!(found(&cases, "council ").len(), 99);
}

#[test]
fn what_stands_in_quotation_marks_must_be_there() {
    let cases = [("plural", 1, "One", "The trusts."), ("single", 1, "Two", "A trust.")];
    assert_eq!(found(&cases, "trust "), ["single", "plural"]);
    assert_eq!(found(&cases, "\"trust\" two"), ["single"]);
    assert_eq!(found(&cases, "\"trust board\" two").len(), 0);
}

#[test]
fn what_is_not_public_is_not_in_the_index() {
    let hidden = |status: &str| {
        format!("---\ntitle: Hidden zebra\nsummary: Zebra.\ndate: 2026-01-01\nsector: health\n{status}\n---\nZebra.\n")
    };
    let (draft, gone) =
        (hidden("status: draft"), hidden("status: withdrawn\nwithdrawn: { date: 2026-01-02, why: Wrong. }"));
    let project = with_needed(&[("content/cases/a.md", &draft), ("content/cases/b.md", &gone)]);
    assert_eq!(count(&site(&project).library, &project, "zebra "), 0);
    let drafts = pipeline::site(&project, &Edition { with_drafts: true, ..edition() }).value;
    assert_eq!(count(&drafts.library, &project, "zebra "), 1);
}

#[test]
fn the_same_library_has_the_same_files_whatever_the_number_of_threads() {
    let project = large();
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| files(&site(&project)))
    };
    assert_eq!(with(1), with(3));
}

#[test]
fn every_file_but_the_module_and_the_head_is_named_by_its_content() {
    let (one, other) = (files(&site(&random(8))), files(&site(&random(9))));
    for (path, bytes) in &one {
        let is_fixed = ["search/search.js", "search/meta.json"].contains(&path.as_str());
        assert!(is_fixed || other.get(path).is_none_or(|others| others == bytes), "{path}");
    }
}

#[test]
fn the_search_page_knows_the_retired_terms_of_each_filter() {
    let site = site(&random(1));
    let (address, route) =
        site.routes().find(|(_, route)| matches!(route, Route::Search)).expect("a page for searching");
    let Ok(Content::Bytes(page)) = site.render(address, route) else { panic!("it can be made") };
    let page = String::from_utf8(page).expect("text");
    let police = page.lines().find(|line| line.contains("value=\"police\"")).expect("a filter");
    assert!(police.contains("data-was=\"old\""), "{police}");
}

#[test]
fn a_word_with_a_hyphen_is_found_without_it_and_phrases_run_on() {
    let case =
        |body: &str| format!("---\ntitle: A case\nsummary: Words.\ndate: 2026-01-01\nsector: health\n---\n{body}\n");
    let (a, b) = (case("A health co-operation board, 2008-09."), case("Well\u{2011}being, face-to-face and x-y."));
    let project = with_needed(&[
        ("content/cases/a.md", &a),
        ("content/cases/b.md", &b),
        ("content/vocabularies/sector.yaml", SECTOR),
    ]);
    let library = site(&project).library;
    for (text, cases) in [
        ("cooperation ", 1),
        ("co-operation ", 1),
        ("\"health co-operation board\" ", 1),
        ("\"board cooperation\" ", 0),
        ("wellbeing ", 1),
        ("200809 ", 0),
        ("facetoface ", 0),
        ("xy ", 0),
    ] {
        assert_eq!(count(&library, &project, text), cases, "{text}");
    }
}
