//! Searching: rankings worked out by hand, and the published module held to a plain search of its own over random libraries.
//!
//! The oracle shares nothing with what it judges: it reads the texts that it wrote into the library with rules of its own,
//! knows by a table which of its words are forms of one, and asks the module that is published.

use std::{collections::BTreeSet, fs, path::Path};

use casebook::{
    model::Edition,
    source::{self, Project},
};
use serde_json::{Value, json};

use crate::{
    library::{edition, with_needed},
    published::{Answer, ask, ask_site, files, site, text, write},
};

/// A random number generator with a fixed seed.
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

/// The words of the random libraries: each line has the forms of one word.
const WORDS: [&[&str]; 25] = [
    &["partner", "partners", "partnered"],
    &["partnership"],
    &["council", "councils"],
    &["trust", "trusts", "trusted"],
    &["primary"],
    &["care", "cares", "caring"],
    &["health"],
    &["healthy"],
    &["wealth"],
    &["police", "policed"],
    &["policy", "policies"],
    &["joint", "jointly"],
    &["chief"],
    &["executive"],
    &["board", "boards"],
    &["abroad"],
    &["économie", "economy"],
    &["O’Brien"],
    &["Łódź"],
    &["2006"],
    &["A&E"],
    &["co-operation", "cooperation"],
    &["safeguarding"],
    &["neighbourhood", "neighbourhoods"],
    &["1,250,000"],
];

/// Stop words.
const COMMON: [&str; 3] = ["an", "the", "of"];

const SECTOR: &str = "label: Sector\nplural: Sectors\nterms:\n  - { id: public, label: Public }\n  - { id: health, label: Health, also: [NHS, ICB], broader: public }\n  - { id: police, label: Police }\n  - { id: old, replaced_by: police }\n";

/// A case, as the oracle sees it.
struct Made {
    slug: String,
    title: String,
    /// The title, the summary, the labels of its terms and the body. No phrase continues from one into the next.
    texts: Vec<String>,
    /// Its sectors, with the broader ones.
    sectors: Vec<&'static str>,
    tier: &'static str,
    /// The first and the last year; none without a period.
    years: Option<(i16, i16)>,
    day: usize,
}

impl Made {
    /// Does it have a word in any form?
    fn has(&self, word: &str) -> bool {
        let family = family(word);
        self.texts.iter().flat_map(|text| text.split(' ')).any(|there| family == family_of(there))
    }

    /// Does it contain a phrase?
    fn holds(&self, phrase: &str) -> bool {
        let wanted: Vec<String> = phrase.split(' ').map(str::to_lowercase).collect();
        let holds = |text: &String| {
            let words: Vec<String> = text.split(' ').map(str::to_lowercase).collect();
            words.windows(wanted.len()).any(|there| there == wanted)
        };
        self.texts.iter().any(holds)
    }
}

/// The number of the word that a text is a form of.
fn family_of(word: &str) -> Option<usize> {
    WORDS.iter().position(|forms| forms.iter().any(|form| form.eq_ignore_ascii_case(word)))
}

fn family(word: &str) -> Option<usize> {
    Some(family_of(word).expect("a word of the table"))
}

fn any_word(numbers: &mut Numbers) -> &'static str {
    if numbers.below(8) == 0 {
        return numbers.pick(&COMMON);
    }
    let family = numbers.below(WORDS.len());
    numbers.pick(WORDS[family])
}

fn sentence(numbers: &mut Numbers, words: usize) -> String {
    (0..words).map(|_| any_word(numbers)).collect::<Vec<_>>().join(" ")
}

fn made(seed: u64) -> Vec<Made> {
    let mut numbers = Numbers(seed);
    let count = 30 + numbers.below(40);
    let cases = (0..count).map(|n| {
        let words = numbers.below(5) + 1;
        let title = sentence(&mut numbers, words);
        let summary = sentence(&mut numbers, 6);
        let words = numbers.below(30) + 1;
        let body = sentence(&mut numbers, words);
        let sectors =
            [&["public", "health"][..], &["public", "health", "police"], &["public"], &["police"]][numbers.below(4)];
        let (from, to) = (1980 + numbers.below(20) as i16, 2000 + numbers.below(20) as i16);
        let years = [None, Some((from, i16::MAX)), Some((i16::MIN, to)), Some((from, to))][numbers.below(4)];
        let labels = sectors.iter().map(|sector| (*sector).to_owned());
        let texts = [title.clone(), summary, body].into_iter().chain(labels).collect();
        let (tier, day) = (["unitary", "county"][numbers.below(2)], numbers.below(9) + 1);
        Made { slug: format!("c{n}"), title, texts, sectors: sectors.to_vec(), tier, years, day }
    });
    cases.collect()
}

fn written(cases: &[Made], settings: &str) -> Project {
    let file = |case: &Made| {
        let own = case.sectors.iter().filter(|&&sector| sector != "public" || case.sectors.len() == 1);
        let sectors = own.copied().collect::<Vec<_>>().join(", ");
        let year = |year: i16| (year != i16::MAX && year != i16::MIN).then_some(year);
        let side = |name: &str, value: i16| year(value).map_or(String::new(), |year| format!("{name}: {year}, "));
        let period = case
            .years
            .map_or(String::new(), |(from, to)| format!("period: {{ {}{}}}\n", side("from", from), side("to", to)));
        format!(
            "---\ntitle: \"{}\"\nsummary: \"{}\"\ndate: 2026-01-0{}\nsector: [{sectors}]\ntier: {}\n{period}---\n{}\n\n```\nnever found\n```\n",
            case.title, case.texts[1], case.day, case.tier, case.texts[2]
        )
    };
    let files: Vec<_> = cases.iter().map(|case| (format!("content/cases/{}.md", case.slug), file(case))).collect();
    let mut files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("content/vocabularies/sector.yaml", SECTOR));
    let settings = format!("title: Casebook\n{settings}");
    files.push(("casebook.yaml", &settings));
    with_needed(&files)
}

/// A random library.
pub fn random(seed: u64) -> Project {
    written(&made(seed), "")
}

/// The same library, with records that share files.
fn random_in_few_files(seed: u64) -> Project {
    written(&made(seed), "few_files: true\n")
}

/// A library of many invented words, whose index has many files and prefixes that many words share.
pub fn large() -> Project {
    let mut numbers = Numbers(11);
    let mut files = vec![("content/vocabularies/sector.yaml".to_owned(), SECTOR.to_owned())];
    let word = |numbers: &mut Numbers| -> String {
        let length = 2 + numbers.below(3);
        (0..length).map(|_| ["ba", "co", "da", "sh", "s", "an", "e"][numbers.below(7)]).collect()
    };
    for n in 0..600 {
        let mut words = |count: usize| (0..count).map(|_| word(&mut numbers)).collect::<Vec<_>>().join(" ");
        // The cases of one sector are adjacent, so that the first of them is far from the start.
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

/// The words of a query, each once, without stop words unless there are no others.
fn deciding<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut distinct: Vec<&str> = Vec::new();
    words.iter().for_each(|word| {
        if !distinct.contains(word) {
            distinct.push(word)
        }
    });
    let telling: Vec<&str> = distinct.iter().copied().filter(|word| !COMMON.contains(word)).collect();
    if telling.is_empty() { Vec::new() } else { telling }
}

#[test]
fn cases_with_every_word_come_first_and_others_name_the_words_that_they_lack() {
    for seed in 1..=6 {
        let (cases, mut numbers) = (made(seed), Numbers(seed * 31));
        let asked: Vec<Vec<&str>> =
            (0..40).map(|_| (0..=numbers.below(4)).map(|_| any_word(&mut numbers)).collect()).collect();
        let questions: Vec<Value> = asked.iter().map(|words| text(&format!("{} ", words.join(" ")))).collect();
        for (words, answer) in asked.iter().zip(ask(&written(&cases, ""), &questions)) {
            let wanted = deciding(words);
            if wanted.is_empty() {
                continue;
            }
            let lacks = |case: &Made| wanted.iter().copied().filter(|word| !case.has(word)).collect::<Vec<_>>();
            let complete: BTreeSet<&str> =
                cases.iter().filter(|case| lacks(case).is_empty()).map(|case| &*case.slug).collect();
            assert_eq!(answer.complete, complete.len(), "{words:?}");
            assert_eq!(
                answer.results[..complete.len()].iter().map(|found| found.slug()).collect::<BTreeSet<_>>(),
                complete,
                "{words:?}"
            );
            assert!(answer.results.is_sorted_by(|a, b| a.score >= b.score), "{words:?}");
            for found in &answer.results {
                let case = cases.iter().find(|case| case.slug == found.slug()).unwrap();
                assert_eq!(found.missing, lacks(case), "{words:?} in {}", case.slug);
            }
            assert_eq!(answer.total, answer.results.len());
            assert_eq!(answer.correction, None, "{words:?}");
        }
    }
}

#[test]
fn a_case_must_contain_the_phrases_and_none_of_the_excluded_words() {
    for seed in 1..=4 {
        let (cases, mut numbers) = (made(seed), Numbers(seed * 17));
        let words = |numbers: &mut Numbers| WORDS[numbers.below(WORDS.len() - 5)][0];
        let pairs: Vec<[&str; 2]> = (0..20).map(|_| [words(&mut numbers), words(&mut numbers)]).collect();
        let phrases: Vec<String> = cases
            .iter()
            .filter_map(|case| case.texts[2].split_once(' '))
            .map(|(first, rest)| format!("{first} {}", rest.split(' ').next().unwrap()))
            .collect();
        let mut questions: Vec<Value> = phrases.iter().map(|phrase| text(&format!("\"{phrase}\""))).collect();
        questions.extend(pairs.iter().flat_map(|[a, b]| [text(&format!("{a} -{b} ")), text(&format!("{a} OR {b} "))]));
        let answers = ask(&written(&cases, ""), &questions);
        let slugs = |wanted: &dyn Fn(&Made) -> bool| {
            cases.iter().filter(|case| wanted(case)).map(|case| &*case.slug).collect::<BTreeSet<_>>()
        };
        let found =
            |answer: &Answer| answer.results.iter().map(|found| found.slug().to_owned()).collect::<BTreeSet<_>>();
        for (phrase, answer) in phrases.iter().zip(&answers) {
            let wanted = slugs(&|case| case.holds(phrase));
            assert_eq!(found(answer).iter().map(String::as_str).collect::<BTreeSet<_>>(), wanted, "{phrase}");
        }
        for ([a, b], answers) in pairs.iter().zip(answers[phrases.len()..].chunks(2)) {
            let wanted = slugs(&|case| case.has(a) && !case.holds(b));
            assert_eq!(found(&answers[0]).iter().map(String::as_str).collect::<BTreeSet<_>>(), wanted, "{a} -{b}");
            assert_eq!(
                found(&answers[1]).iter().map(String::as_str).collect::<BTreeSet<_>>(),
                slugs(&|case| case.has(a) || case.has(b)),
                "{a} OR {b}"
            );
        }
    }
}

#[test]
fn filters_narrow_the_results_and_their_counts_are_right() {
    for seed in 1..=4 {
        let (cases, mut numbers) = (made(seed), Numbers(seed * 7));
        let case = |slug: &str| cases.iter().find(|case| case.slug == slug).unwrap();
        let has = |case: &Made, facet: &str, term: &str| {
            if facet == "sector" { case.sectors.contains(&term) } else { case.tier == term }
        };
        let mut questions = Vec::new();
        let mut asked = Vec::new();
        for _ in 0..20 {
            let words = [any_word(&mut numbers), any_word(&mut numbers)].join(" ") + " ";
            let words = if numbers.below(3) == 0 { String::new() } else { words };
            let mut chosen: Vec<&str> = (0..numbers.below(3))
                .map(|_| numbers.pick(&["health", "police", "public", "old", "nowhere"]))
                .collect();
            chosen.dedup();
            let (is_all, tier) = (numbers.below(3) == 0, numbers.below(2) == 0);
            let mut year = || (numbers.below(4) == 0).then(|| 1985 + numbers.below(35) as i16);
            let years = [year(), year()];
            let question = |sectors: &[&str], tiers: &[&str]| {
                let filters = json!({ "sector": sectors, "tier": tiers });
                let match_ = json!({ "sector": if is_all { "all" } else { "any" } });
                json!({ "text": words, "filters": filters, "match": match_, "years": years, "limit": 1000 })
            };
            let tiers: &[&str] = if tier { &["unitary"] } else { &[] };
            questions.extend([text(&words), question(&chosen, tiers), question(&[], tiers), question(&chosen, &[])]);
            asked.push((chosen, is_all, tier, years));
        }
        let answers = ask(&written(&cases, ""), &questions);
        for ((chosen, is_all, tier, years), answers) in asked.into_iter().zip(answers.chunks(4)) {
            let [all, narrowed, any_sector, any_tier] = answers else { panic!("four answers") };
            let sectors = chosen.iter().map(|&term| if term == "old" { "police" } else { term });
            let sectors: Vec<&str> = sectors.filter(|term| *term != "nowhere").collect();
            let passes = |case: &Made| {
                let is_in = |term: &&str| case.sectors.contains(term);
                let in_sector =
                    sectors.is_empty() || if is_all { sectors.iter().all(is_in) } else { sectors.iter().any(is_in) };
                let [first, last] = [years[0].unwrap_or(i16::MIN), years[1].unwrap_or(i16::MAX)];
                let in_years =
                    years == [None, None] || case.years.is_some_and(|(from, to)| from <= last && to >= first);
                in_sector && in_years && (!tier || case.tier == "unitary")
            };
            let wanted: BTreeSet<&str> = all.slugs().into_iter().filter(|slug| passes(case(slug))).collect();
            assert_eq!(narrowed.slugs().into_iter().collect::<BTreeSet<_>>(), wanted);
            assert_eq!(narrowed.ignored.len(), chosen.iter().filter(|term| **term == "nowhere").count());
            let of_sector = if is_all { narrowed } else { any_sector };
            for (facet, terms, lifted) in
                [("sector", &["public", "health", "police"][..], of_sector), ("tier", &["unitary", "county"], any_tier)]
            {
                for term in terms {
                    let count = lifted.slugs().into_iter().filter(|slug| has(case(slug), facet, term)).count();
                    assert_eq!(narrowed.facets[facet][*term], count, "{facet} {term}");
                }
            }
        }
    }
}

#[test]
fn pages_of_results_are_parts_of_the_whole_in_every_order() {
    let cases = made(3);
    for words in ["council board ", "trust ", ""] {
        for sort in ["relevance", "newest", "title"] {
            let piece =
                |offset: usize, limit: usize| json!({ "text": words, "sort": sort, "offset": offset, "limit": limit });
            let answers =
                ask(&written(&cases, ""), &[piece(0, 1000), piece(0, 4), piece(3, 4), piece(9, 5), piece(10, 10)]);
            let all = answers[0].slugs();
            for (answer, range) in answers[1..].iter().zip([0..4, 3..7, 9..14, 10..20]) {
                assert_eq!(answer.slugs(), all[range.start.min(all.len())..range.end.min(all.len())], "{words}{sort}");
            }
            let lacking: Vec<bool> = answers[0].results.iter().map(|found| !found.missing.is_empty()).collect();
            assert!(lacking.is_sorted(), "{words}{sort}");
            let case = |slug: &str| cases.iter().find(|case| case.slug == slug).unwrap();
            if sort == "newest" {
                let of_all = all[..answers[0].complete].iter().map(|slug| (std::cmp::Reverse(case(slug).day), *slug));
                assert!(of_all.is_sorted(), "{words}");
            }
        }
    }
}

#[test]
fn a_prefix_that_many_words_share_finds_every_case_with_one() {
    let project = large();
    let site = site(&project);
    assert!(files(&site).keys().any(|path| path.starts_with("search/beginnings/")));
    let starts = ["b", "s", "co", "ba", "bab", "cost", "babe", "dast", "stco"];
    let answers = ask_site(&site, &starts.map(text));
    for (start, answer) in starts.iter().zip(answers) {
        let begins =
            |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word.to_lowercase().starts_with(start));
        let of_vocabularies = |path: &str| path.contains("vocabularies");
        let count = project
            .files
            .iter()
            .filter(|(path, _)| path.as_str().starts_with("content/cases/") && !of_vocabularies(path.as_str()));
        let count = count.filter(|(path, _)| {
            let text = std::str::from_utf8(project.bytes(path).unwrap()).unwrap();
            let values = text.lines().filter(|line| !line.starts_with("date:") && !line.starts_with("---"));
            let values = values.map(|line| line.split_once(": ").map_or(line, |(_, value)| value));
            values.into_iter().any(begins)
        });
        let count = count.count();
        // A text that is the prefix of no word may be corrected to another word.
        assert!(answer.total == count || (count == 0 && answer.correction.is_some()), "{start}: {count}");
    }
}

/// Writes the libraries that the browser tests use.
#[test]
fn libraries_are_written_for_the_browser_tests() {
    let leave = |name: &str, project: &Project| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("search").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        write(&site(project), &folder);
    };
    leave("random-1", &random(1));
    leave("random-2", &random(2));
    leave("few-files", &random_in_few_files(1));
    leave("sample", &sample());
    let opening = "Nothing in this beginning is asked for, and so it goes on, one short word after the other, until there \
                   are more words here than an excerpt shows, which takes a while, as you see.";
    let case = format!(
        "---\ntitle: A long road\nsummary: What the partners & others did.\ndate: 2026-01-01\nsector: health\n---\n\
         {opening} The café of Évora was old. Then the café &amp; the &lt;cafés&gt; of Évora agreed. {opening}[^1]\n\n\
         - One tram\n- Two trams\n\n[^1]: Évora papers, Évora council, Évora café.\n"
    );
    let excerpts = with_needed(&[("content/cases/a.md", &case), ("content/vocabularies/sector.yaml", SECTOR)]);
    leave("excerpts", &excerpts);
    let found = ask(&excerpts, &["cafe ", "caf", "\"one tram\" ", "\"tram two\" ", "\"evora papers\" "].map(text));
    let found: Vec<usize> = found.iter().map(|answer| answer.total).collect();
    assert_eq!(found, [1, 1, 1, 0, 1], "a phrase ends where its paragraph, item or note ends");
}

fn sample() -> Project {
    source::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Queries to the sample library. The first results, up to the number, must be among these cases; without cases,
/// nothing must be found. The list was written from reading the cases.
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
        2,
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
    ("safegaurding hub ", 1, &["devon-safeguarding-hub"]),
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
fn the_sample_library_is_found_by_words_of_today_and_of_the_past() {
    let answers = ask(&sample(), &KNOWN.map(|(asked, _, _)| text(asked)));
    let mut missed = Vec::new();
    for ((asked, first, slugs), answer) in KNOWN.iter().zip(&answers) {
        let found: Vec<&str> = answer.slugs().into_iter().take((*first).max(1)).collect();
        if found.len() < *first || !found.iter().all(|slug| slugs.contains(slug)) {
            missed.push(format!("{asked:?}: {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

/// A library of cases with the same terms, each with its slug, day, title and body, and with these other files.
fn library(cases: &[(&str, u8, &str, &str)], others: &[(&str, &str)]) -> Project {
    let files: Vec<(String, String)> = cases
        .iter()
        .map(|(slug, day, title, body)| {
            let head = format!("title: \"{title}\"\nsummary: What happened.\ndate: 2026-01-0{day}\nsector: police");
            (format!("content/cases/{slug}.md"), format!("---\n{head}\n---\n{body}\n"))
        })
        .collect();
    let mut files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.extend(others);
    with_needed(&files)
}

/// The slugs that a query finds among cases.
fn found(cases: &[(&str, u8, &str, &str)], asked: &str) -> Vec<String> {
    let [answer] = ask(&library(cases, &[]), &[text(asked)]).try_into().unwrap();
    answer.slugs().into_iter().map(str::to_owned).collect()
}

/// Checks the results of queries: the slugs, in order.
#[track_caller]
fn finds(project: &Project, expected: &[(&str, &[&str])]) {
    let questions: Vec<Value> = expected.iter().map(|(asked, _)| text(asked)).collect();
    for ((asked, slugs), answer) in expected.iter().zip(ask(project, &questions)) {
        assert_eq!(answer.slugs(), *slugs, "{asked}");
    }
}

/// Cases about something else.
fn others() -> Vec<(&'static str, u8, &'static str, &'static str)> {
    ["o1", "o2", "o3", "o4", "o5", "o6", "o7", "o8", "o9"]
        .map(|slug| {
            (slug, 1, "Other", "Every adult was asked about a plan. Each elder ended the day with a dance in 1972.")
        })
        .to_vec()
}

#[test]
fn a_case_with_the_words_as_typed_comes_before_one_with_other_forms() {
    let typed = ("typed", 1, "One", "A council shared a board.");
    let other = ("other", 2, "Two", "A council shares boards. Shares, boards, shares, boards, shares and boards.");
    let plural = ("plural", 2, "Two", "Councils shared boards.");
    assert_eq!(found(&[typed, other], "shared board "), ["typed", "other"]);
    assert_eq!(found(&[other, plural], "shared board "), ["plural", "other"]);
}

#[test]
fn equal_scores_are_sorted_newest_first_and_then_by_slug() {
    let case = |slug, day| (slug, day, "The same", "A zebra.");
    let cases = [case("a-b", 2), case("c", 3), case("b", 2), case("a", 2)];
    assert_eq!(found(&cases, "zebra "), ["c", "a", "a-b", "b"]);
}

#[test]
fn titles_are_sorted_by_their_letters() {
    let cases: Vec<_> = ["Zebra", "Éclair", "“Quoted”", "banana", "Éclair", "Łódź", "Lorry"]
        .into_iter()
        .zip(["a", "b", "c", "d", "e", "f", "g"])
        .map(|(title, slug)| (slug, 1, title, "One."))
        .collect();
    let [answer] = ask(&library(&cases, &[]), &[json!({ "sort": "title" })]).try_into().unwrap();
    assert_eq!(answer.slugs(), ["d", "b", "e", "f", "g", "c", "a"]);
}

#[test]
fn a_word_in_the_title_counts_more_than_repeated_words() {
    let cases = [("said", 1, "Words", "Zebra, zebra, zebra and zebra."), ("titled", 1, "A zebra", "Words.")];
    assert_eq!(found(&cases, "zebra "), ["titled", "said"]);
}

#[test]
fn words_near_each_other_rank_higher() {
    let apart = (
        "apart",
        2,
        "One",
        "Years ago, in the early days, trust was strained, and the breakdown of a lorry cost years. Early trust.",
    );
    let near = ("near", 1, "Two", "Work with the early years, and a trust breakdown, for years. Early on, trust.");
    assert_eq!(found(&[apart, near], "early years ")[0], "near");
    assert_eq!(found(&[apart, near], "trust breakdown ")[0], "near");
}

#[test]
fn if_no_case_has_all_words_the_rarest_decide() {
    let mut cases = vec![("striped", 1, "One", "A badger with a zebra.")];
    for slug in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        cases.push((slug, 1, "Many", "Every board met the council."));
    }
    assert_eq!(found(&cases, "council board zebra "), ["striped"]);
    cases.push(("both", 1, "Two", "A council with a zebra."));
    assert_eq!(found(&cases, "council zebra ")[..2], ["both", "striped"]);
    assert_eq!(found(&cases, "council board zebra ")[..2], ["both", "striped"]);
}

#[test]
fn a_missing_word_is_named_and_stop_words_alone_find_nothing() {
    let mut cases = others();
    cases.push(("money", 1, "One", "The section on money says how partners stay together when a plan is slow."));
    cases.push(("place", 1, "Torbay and its section", "A place."));
    let project = library(&cases, &[]);
    let questions = [
        "section 114 ",
        "council tax ",
        "how do partners stay together when money is tight ",
        "torbay pension ",
        "the section ",
    ];
    let [section, tax, money, torbay, common] = ask(&project, &questions.map(text)).try_into().unwrap();
    assert_eq!((section.slugs(), section.complete), (vec!["place"], 0), "its title has the word");
    assert_eq!((tax.total, tax.correction), (0, None));
    assert_eq!((money.slugs()[0], money.complete), ("money", 0));
    assert_eq!(money.results[0].missing, ["tight"]);
    assert_eq!((torbay.slugs(), &torbay.results[0].missing), (vec!["place"], &vec!["pension".to_owned()]));
    assert_eq!((common.complete, common.total), (2, 2), "common words decide nothing");
    assert!(!common.results[0].excerpt.contains("<mark>The</mark>"), "and are not marked");
}

#[test]
fn with_a_missing_word_a_case_must_cover_a_third_of_the_query_or_be_about_its_subject() {
    let mut cases = others();
    cases.push(("trading", 1, "One", "Trading standards and one school."));
    cases.push(("apart", 2, "Two", "Standards of trading; a zebra and a school."));
    cases.push(("board", 3, "Three", "The PSB met near a lake."));
    cases.push(("admission", 4, "Four", "Admissions rose."));
    let glossary = "- { term: PSB, full: public services board }\n";
    let project = library(&cases, &[("content/glossary.yaml", glossary)]);
    finds(
        &project,
        &[
            ("trading standards xyzzy plugh ", &["trading"]),
            ("standards trading xyzzy plugh ", &[]),
            ("PSB xyzzy ", &["board"]),
            ("lake xyzzy ", &[]),
            ("zebra school xyzzy ", &["apart"]),
            ("zebra admissions xyzzy ", &[]),
        ],
    );
}

#[test]
fn a_case_with_a_synonym_comes_before_one_without_the_word() {
    let mut cases = others();
    cases.push(("title", 1, "Living by the sea", "A lake."));
    cases.push(("alone", 2, "Alone", "A lake."));
    cases.push(("elderly", 2, "Four", "Older people who have a living."));
    let synonyms = "- { words: [pensioners, older people], why: One. }\n";
    let project = library(&cases, &[("content/synonyms.yaml", synonyms)]);
    finds(&project, &[("pensioners living alone ", &["elderly", "alone"])]);
}

#[test]
fn a_word_of_the_language_is_never_corrected() {
    let cases =
        [("a", 1, "One", "Eight partners and a partner change the class of aims and regular partners in Leicester.")];
    let project = library(&cases, &[]);
    let words = [
        "tight ",
        "charge ",
        "arms ",
        "clash ",
        "partnering ",
        "lester ",
        "partnre ",
        "leicestre ",
        "co-partner ",
        "xyzzyq ",
    ];
    let answers = ask(&project, &words.map(text));
    let corrections: Vec<Option<&str>> = answers.iter().map(|answer| answer.correction.as_deref()).collect();
    let expected = [None, None, None, None, None, None, Some("partner "), Some("leicester "), None, None];
    assert_eq!(corrections, expected);
    assert_eq!(answers[0].suggestion.as_deref(), Some("eight "));
    assert_eq!(answers[4].total, 1, "other forms are no corrections");
    let german = library(&cases, &[("casebook.yaml", "title: Test\nlanguage: de\n")]);
    let [answer] = ask(&german, &[text("partnre ")]).try_into().unwrap();
    assert_eq!((answer.total, answer.correction, answer.suggestion.as_deref()), (0, None, Some("partner ")));
    let [quoted] = ask(&project, &[text("\"partnre\" ")]).try_into().unwrap();
    assert_eq!((quoted.total, quoted.correction), (0, None), "what is quoted is asked as it is");
}

#[test]
fn words_with_marks_are_one_word_and_are_found_without_marks() {
    let mut cases = others();
    cases.push(("ae", 1, "Front door", "The A&E department, the R&D team and a C++ course."));
    cases.push(("h", 1, "Hyphens", "During COVID-19 the co-op opened a drop-in for post-16 pupils in Stratford-upon-Avon, open 24/7, see GOV.UK and s.106 by O'Brien, Ph.D., for 1,250,000 people."));
    cases.push((
        "w",
        1,
        "Łódź links",
        "Współpraca w Łodzi. Øresund, Straße, œuvre, Þingvellir, Đặng. A soft\u{ad}hyphen. A stop gap and a stopgap.",
    ));
    let questions: [(&str, &[&str]); 30] = [
        ("A&E ", &["ae"]),
        ("a&e", &["ae"]),
        ("R&D ", &["ae"]),
        ("C++ ", &["ae"]),
        ("covid-19 ", &["h"]),
        ("covid-19", &["h"]),
        ("covid19 ", &["h"]),
        ("covid 19 ", &["h"]),
        ("coop ", &["h"]),
        ("co-op ", &["h"]),
        ("dropin ", &["h"]),
        ("drop in ", &["h"]),
        ("post16 ", &["h"]),
        ("stratforduponavon ", &["h"]),
        ("stratford upon avon ", &["h"]),
        ("24/7 ", &["h"]),
        ("gov.uk ", &["h"]),
        ("govuk ", &["h"]),
        ("s106 ", &["h"]),
        ("s.106 ", &["h"]),
        ("o'brien ", &["h"]),
        ("phd ", &["h"]),
        ("1250000 ", &["h"]),
        ("lodz ", &["w"]),
        ("strasse ", &["w"]),
        ("oeuvre ", &["w"]),
        ("oresund thingvellir dang ", &["w"]),
        ("softhyphen ", &["w"]),
        ("stop-gap ", &["w"]),
        ("A&F ", &[]),
    ];
    finds(&library(&cases, &[]), &questions);
}

const GLOSSARY: &str = "- { term: PCT, full: primary care trust }\n- { term: IT, full: information technology }\n- { term: BCF, full: Better Care Fund, see: [S75] }\n- { term: S75, full: section 75 of an Act }\n";

#[test]
fn a_name_is_searched_by_its_other_names_as_written_and_in_the_plural() {
    let cases = [
        ("plural", 1, "A case", "Two primary care trusts and their ITs."),
        ("short", 1, "A case", "Three PCTs met here and there, and were heard by all of them in time."),
        ("pronoun", 1, "A case", "It was what it was: its care of a primary trust, with fruITs."),
        ("often", 1, "A case", "The PCT and another PCT and a primary care trust."),
        ("pooled", 1, "A case", "Money under S75."),
    ];
    let project = library(&cases, &[("content/glossary.yaml", GLOSSARY)]);
    finds(
        &project,
        &[
            ("information technology ", &["plural"]),
            ("PCT ", &["often", "short", "plural"]),
            ("\"primary care trust\" ", &["often"]),
            ("BCF ", &["pooled"]),
            ("it ", &["pronoun", "plural"]),
        ],
    );
    let [answer] = ask(&project, &[text("primary care trust ")]).try_into().unwrap();
    assert_eq!((answer.complete, answer.results[0].slug(), answer.results[3].slug()), (4, "often", "pronoun"));
    let pages: Vec<(&str, &str)> = answer.pages.iter().map(|page| (&*page.title, &*page.url)).collect();
    assert_eq!(pages, [("PCT: primary care trust", "/glossary/#cb-pct")]);
}

#[test]
fn synonyms_places_and_terms_find_their_cases() {
    let cases = [
        ("said", 1, "One", "The pandemic began, and covid."),
        ("other", 2, "A pandemic", "A pandemic, the pandemic. Rural internet."),
        ("apart", 2, "Two", "The internet came, and much later rural shops."),
    ];
    let torbay = "---\ntitle: A bay\nsummary: What happened.\ndate: 2026-01-01\nsector: health\nplace: { name: Torbay, region: South West }\n---\nWords.\n";
    let project = library(
        &cases,
        &[
            ("content/cases/bay.md", torbay),
            ("content/places.yaml", "- { name: Torbay, also: [Torquay], within: Devon }\n- { name: Devon }\n"),
            (
                "content/synonyms.yaml",
                "- [covid, pandemic]\n- { words: [broadband, rural internet], why: Older name. }\n",
            ),
        ],
    );
    finds(
        &project,
        &[
            ("covid ", &["said", "other"]),
            ("broadband ", &["other"]),
            ("torquay ", &["bay"]),
            ("devon ", &["bay"]),
            ("south west ", &["bay"]),
            ("NHS ", &["bay"]),
        ],
    );
}

#[test]
fn a_case_is_found_by_all_its_texts() {
    let case = "---\ntitle: A case\nsummary: What happened.\ndate: 2026-01-01\nsector:\n  - { term: health, what: Zebras came., response: Gates shut. }\nplace: { name: Torbay, region: South West }\npartners: [Badger Trust]\nlesson: Hedgehogs wait.\nsources: [{ title: Otters reviewed }]\n---\n## Foxes\n\nWords.\n";
    let page = "---\ntitle: What they have in common\n---\nAn overview of lynxes. [One](../cases/a.md) had wolves. Others had none.\n";
    let project = with_needed(&[("content/cases/a.md", case), ("content/pages/theme.md", page)]);
    let words = [
        "zebras ",
        "gates ",
        "torbay ",
        "south ",
        "badger ",
        "words ",
        "happened ",
        "case ",
        "health ",
        "hedgehogs ",
        "otters ",
        "foxes ",
        "wolves ",
    ];
    for (word, answer) in words.iter().zip(ask(&project, &words.map(text))) {
        assert_eq!(answer.total, 1, "{word}");
    }
    let [lynxes] = ask(&project, &[text("lynxes ")]).try_into().unwrap();
    assert_eq!(
        (lynxes.total, &*lynxes.pages[0].url, &*lynxes.pages[0].title),
        (0, "/theme/", "What they have in common")
    );
}

#[test]
fn a_form_that_no_case_has_is_found_by_other_forms_of_the_word() {
    let cases = [("watched", 1, "One", "Regulators met."), ("other", 1, "Two", "A replating.")];
    assert_eq!(found(&cases, "regulating "), ["watched"]);
    assert_eq!(found(&[("a", 1, "One", "A partner.")], "partnering "), ["a"]);
    assert_eq!(found(&[("a", 1, "One", "A part.")], "partnering ").len(), 0);
}

#[test]
fn a_word_that_every_case_has_is_found() {
    let slugs: Vec<String> = (0..99).map(|n| format!("c{n}")).collect();
    let cases: Vec<_> = slugs.iter().map(|slug| (slug.as_str(), 1, "One", "Every council.")).collect();
    assert_eq!(found(&cases, "council ").len(), 99);
}

#[test]
fn a_phrase_in_quotation_marks_is_required() {
    let cases = [("plural", 1, "One", "The trusts."), ("single", 1, "Two", "A trust.")];
    finds(
        &library(&cases, &[]),
        &[
            ("trust ", &["single", "plural"]),
            ("\"trust\" two", &["single"]),
            ("\"trust board\" two", &[]),
            ("trust -\"a trust\" ", &["plural"]),
            ("\"the trusts\" OR two ", &["single", "plural"]),
        ],
    );
}

#[test]
fn a_phrase_with_a_frequent_word_is_found() {
    // A word is frequent at 30,000 positions.
    let filler = "of the ".repeat(180);
    let cases: Vec<(String, String)> = (0..180)
        .map(|n| {
            let phrase = ["duty of care", "duty the care", "duty of some care", "care of duty"][n % 4];
            (format!("content/cases/c{n}.md"), format!("---\ntitle: A case\nsummary: One.\ndate: 2026-01-01\nsector: health\n---\n{filler}\n\nA {phrase}.\n"))
        })
        .collect();
    let files: Vec<(&str, &str)> = cases.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let project = with_needed(&files);
    let counts =
        ask(&project, &["\"duty of care\" ", "\"duty the care\" ", "\"of duty\" ", "\"a duty of\" "].map(text));
    assert_eq!(counts.iter().map(|answer| answer.total).collect::<Vec<_>>(), [45, 45, 45, 90]);
}

#[test]
fn unpublished_content_is_not_in_the_index() {
    let hidden = |status: &str| {
        format!("---\ntitle: Hidden zebra\nsummary: Zebra.\ndate: 2026-01-01\nsector: health\n{status}\n---\nZebra.\n")
    };
    let (draft, gone) =
        (hidden("status: draft"), hidden("status: withdrawn\nwithdrawn: { date: 2026-01-02, why: Wrong. }"));
    let project = with_needed(&[("content/cases/a.md", &draft), ("content/cases/b.md", &gone)]);
    assert_eq!(ask(&project, &[text("zebra ")])[0].total, 0);
    let drafts = crate::library::site(&project, &Edition { with_drafts: true, ..edition() }).value;
    assert_eq!(ask_site(&drafts, &[text("zebra ")])[0].total, 1);
}

#[test]
fn the_index_does_not_depend_on_the_number_of_threads() {
    let project = large();
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| files(&site(&project)))
    };
    assert_eq!(with(1), with(3));
}

#[test]
fn every_file_except_the_module_and_the_head_is_named_by_its_content() {
    let (one, other) = (files(&site(&random(8))), files(&site(&random(9))));
    for (path, bytes) in &one {
        let is_fixed = ["search/search.js", "search/meta.json"].contains(&path.as_str());
        assert!(is_fixed || other.get(path).is_none_or(|others| others == bytes), "{path}");
    }
}

#[test]
fn the_search_page_has_the_retired_terms_of_each_filter() {
    let site = site(&random(1));
    let (address, route) = site
        .routes()
        .find(|(_, route)| matches!(route, casebook::site::route::Route::Search))
        .expect("a page for searching");
    let Ok(casebook::site::Content::Bytes(page)) = site.render(address, route) else { panic!("it can be made") };
    let page = String::from_utf8(page).expect("text");
    let police = page.lines().find(|line| line.contains("value=\"police\"")).expect("a filter");
    assert!(police.contains("data-was=\"old\""), "{police}");
}

#[test]
fn shared_files_give_the_same_results_from_fewer_files() {
    let (many, few) = (random(4), random_in_few_files(4));
    let count = |project: &Project| files(&site(project)).keys().filter(|path| path.starts_with("search/")).count();
    assert!(count(&few) * 2 < count(&many), "{} of {}", count(&few), count(&many));
    let questions = ["joint board ", "\"primary care\" ", "par", "safegarding ", "joint -board", ""].map(text);
    assert_eq!(format!("{:?}", ask(&few, &questions)), format!("{:?}", ask(&many, &questions)));
}
