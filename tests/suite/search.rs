//! Searching: the published module compared with a simple search of our own, over random libraries.
//!
//! The simple search shares no code with the module. It made the library, so it knows all texts, and it has a table of
//! the forms of each word.

use std::{collections::BTreeSet, fs, path::Path};

use casebook::{
    model::Edition,
    source::{self, Project},
};
use serde_json::{Value, json};

use crate::{
    library::{edition, with_needed},
    published::{Answer, ask, ask_site, files, site, text, write},
    random_library::{
        COMMON, Numbers, RandomCase, SECTOR, WORDS, any_word, large, project, random, random_cases, random_in_few_files,
    },
};

/// The words of a query that decide what it finds: each once, without stop words.
fn required_words<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut distinct: Vec<&str> = Vec::new();
    words.iter().for_each(|word| {
        if !distinct.contains(word) {
            distinct.push(word)
        }
    });
    distinct.retain(|word| !COMMON.contains(word));
    distinct
}

#[test]
fn cases_with_every_word_come_first_and_others_name_missing_words() {
    for seed in 1..=6 {
        let (cases, mut numbers) = (random_cases(seed), Numbers(seed * 31));
        let asked: Vec<Vec<&str>> =
            (0..40).map(|_| (0..=numbers.below(4)).map(|_| any_word(&mut numbers)).collect()).collect();
        let questions: Vec<Value> = asked.iter().map(|words| text(&format!("{} ", words.join(" ")))).collect();
        for (words, answer) in asked.iter().zip(ask(&project(&cases, ""), &questions)) {
            let wanted = required_words(words);
            if wanted.is_empty() {
                continue;
            }
            let lacks = |case: &RandomCase| wanted.iter().copied().filter(|word| !case.has(word)).collect::<Vec<_>>();
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

/// A word with one mistake: a letter more, a letter less, or two letters the other way round.
fn mistyped(word: &str, numbers: &mut Numbers) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + numbers.below(letters.len() - 2);
    match numbers.below(3) {
        0 => letters.insert(at, 'x'),
        1 => drop(letters.remove(at)),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

#[test]
fn a_corrected_query_finds_what_the_same_query_typed_rightly_finds() {
    let mut corrected = 0;
    for seed in 1..=4 {
        let mut numbers = Numbers(seed * 13);
        let mut library = project(&random_cases(seed), "");
        let synonyms = b"- { words: [joint tornado, trust], why: One. }\n- { words: [chief hurricane squad, wealth], why: One. }\n";
        library.files.extend(crate::library::project([("content/synonyms.yaml", &synonyms[..])]).files);
        let asked: Vec<String> = (0..60)
            .map(|_| {
                let words = (0..=numbers.below(4)).map(|_| {
                    let word = if numbers.below(4) == 0 {
                        numbers.pick(&["joint tornado", "chief hurricane squad", "xylophone"])
                    } else {
                        any_word(&mut numbers)
                    };
                    if word.len() > 4 && numbers.below(2) == 0 { mistyped(word, &mut numbers) } else { word.to_owned() }
                });
                words.collect::<Vec<_>>().join(" ") + " "
            })
            .collect();
        let site = site(&library);
        let answers = ask_site(&site, &asked.iter().map(|asked| text(asked)).collect::<Vec<_>>());
        let found = |answer: &Answer| {
            let results =
                answer.results.iter().map(|found| (found.url.clone(), found.missing.clone(), found.excerpt.clone()));
            (answer.total, answer.complete, results.collect::<Vec<_>>())
        };
        let (typed, corrections): (Vec<Answer>, Vec<String>) =
            answers.into_iter().filter_map(|answer| answer.correction.clone().map(|text| (answer, text))).unzip();
        let questions: Vec<Value> = corrections.iter().map(|asked| text(asked)).collect();
        for ((answer, correction), right) in typed.iter().zip(&corrections).zip(ask_site(&site, &questions)) {
            assert_eq!(found(answer), found(&right), "{correction}");
            assert_eq!(right.correction, None, "{correction}");
        }
        corrected += corrections.len();
    }
    assert!(corrected > 50, "{corrected}");
}

#[test]
fn a_case_must_contain_the_phrases_and_none_of_the_excluded_words() {
    for seed in 1..=4 {
        let (cases, mut numbers) = (random_cases(seed), Numbers(seed * 17));
        let words = |numbers: &mut Numbers| WORDS[numbers.below(WORDS.len() - 5)][0];
        let pairs: Vec<[&str; 2]> = (0..20).map(|_| [words(&mut numbers), words(&mut numbers)]).collect();
        let phrases: Vec<String> = cases
            .iter()
            .filter_map(|case| case.texts[2].split_once(' '))
            .map(|(first, rest)| format!("{first} {}", rest.split(' ').next().unwrap()))
            .collect();
        let mut questions: Vec<Value> = phrases.iter().map(|phrase| text(&format!("\"{phrase}\""))).collect();
        questions.extend(pairs.iter().flat_map(|[a, b]| [text(&format!("{a} -{b} ")), text(&format!("{a} OR {b} "))]));
        let answers = ask(&project(&cases, ""), &questions);
        let slugs = |wanted: &dyn Fn(&RandomCase) -> bool| {
            cases.iter().filter(|case| wanted(case)).map(|case| &*case.slug).collect::<BTreeSet<_>>()
        };
        let found =
            |answer: &Answer| answer.results.iter().map(|found| found.slug().to_owned()).collect::<BTreeSet<_>>();
        for (phrase, answer) in phrases.iter().zip(&answers) {
            let wanted = slugs(&|case| case.has_phrase(phrase));
            assert_eq!(found(answer).iter().map(String::as_str).collect::<BTreeSet<_>>(), wanted, "{phrase}");
        }
        for ([a, b], answers) in pairs.iter().zip(answers[phrases.len()..].chunks(2)) {
            let wanted = slugs(&|case| case.has(a) && !case.has_phrase(b));
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
        let (cases, mut numbers) = (random_cases(seed), Numbers(seed * 7));
        let case = |slug: &str| cases.iter().find(|case| case.slug == slug).unwrap();
        let has = |case: &RandomCase, facet: &str, term: &str| {
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
        let answers = ask(&project(&cases, ""), &questions);
        for ((chosen, is_all, tier, years), answers) in asked.into_iter().zip(answers.chunks(4)) {
            let [all, narrowed, any_sector, any_tier] = answers else { panic!("four answers") };
            let sectors = chosen.iter().map(|&term| if term == "old" { "police" } else { term });
            let sectors: Vec<&str> = sectors.filter(|term| *term != "nowhere").collect();
            let passes = |case: &RandomCase| {
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
    let cases = random_cases(3);
    for words in ["council board ", "trust ", ""] {
        for sort in ["relevance", "newest", "title"] {
            let piece =
                |offset: usize, limit: usize| json!({ "text": words, "sort": sort, "offset": offset, "limit": limit });
            let answers =
                ask(&project(&cases, ""), &[piece(0, 1000), piece(0, 4), piece(3, 4), piece(9, 5), piece(10, 10)]);
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
fn the_orders_of_a_large_library_have_every_case() {
    let piece = |sort: &str, offset: usize, limit: usize| json!({ "sort": sort, "offset": offset, "limit": limit });
    let answers = ask(
        &large(),
        &[piece("newest", 0, 1000), piece("newest", 290, 20), piece("title", 0, 1000), piece("title", 590, 20)],
    );
    let [newest, part, titles, last] = answers.try_into().unwrap();
    let day = |slug: &str| slug[1..].parse::<usize>().unwrap() % 9 + 1;
    assert_eq!((newest.results.len(), newest.complete, titles.results.len()), (600, 600, 600));
    assert!(newest.slugs().into_iter().map(|slug| (std::cmp::Reverse(day(slug)), slug)).is_sorted());
    assert_eq!(part.slugs(), newest.slugs()[290..310]);
    assert_eq!(last.slugs(), titles.slugs()[590..]);
}

#[test]
fn a_prefix_that_many_words_share_finds_every_case_with_one() {
    let library = large();
    let site = site(&library);
    assert!(files(&site).keys().any(|path| path.starts_with("search/prefixes/")));
    let starts = ["b", "s", "co", "ba", "bab", "cost", "babe", "dast", "stco", "escape"];
    let answers = ask_site(&site, &starts.map(text));
    for (start, answer) in starts.iter().zip(answers) {
        let begins =
            |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word.to_lowercase().starts_with(start));
        let of_vocabularies = |path: &str| path.contains("vocabularies");
        let count = library
            .files
            .iter()
            .filter(|(path, _)| path.as_str().starts_with("content/cases/") && !of_vocabularies(path.as_str()));
        let count = count.filter(|(path, _)| {
            let text = std::str::from_utf8(library.bytes(path).unwrap()).unwrap();
            let values = text.lines().filter(|line| !line.starts_with("date:") && !line.starts_with("---"));
            let values = values.map(|line| line.split_once(": ").map_or(line, |(_, value)| value));
            values.into_iter().any(begins)
        });
        let count = count.count();
        // A text that is the prefix of no word may be corrected to another word.
        assert!(answer.total == count || (count == 0 && answer.correction.is_some()), "{start}: {count}");
        let is_marked = answer.results.iter().any(|found| found.excerpt.contains(&format!("<mark>{start}")));
        assert!(is_marked || count == 0, "{start}");
    }
}

/// A library with each kind of name.
const NAMES: [(&str, &str); 6] = [
    (
        "content/cases/a.md",
        "---\ntitle: A bay\nsummary: What happened.\ndate: 2026-01-01\nsector: health\nplace: { name: Torbay, region: South West }\n---\nTwo PCTs in the pandemic.\n",
    ),
    ("content/pages/about.md", "---\ntitle: About\n---\nA xylophone.\n"),
    (
        "content/glossary.yaml",
        "- { term: PCT, full: primary care trust }\n- { term: BCF, full: Better Care Fund }\n- { term: IT, full: information technology }\n",
    ),
    ("content/places.yaml", "- { name: Torbay, also: [Torquay], within: Devon }\n- { name: Devon }\n"),
    ("content/synonyms.yaml", "- { words: [covid, pandemic], why: One. }\n"),
    (
        "content/vocabularies/sector.yaml",
        "label: Sector\nplural: Sectors\nrequired: true\nterms:\n  - { id: health, label: Health, also: [NHS, Hospital care] }\n  - { id: police, label: Police }\n  - { id: trust, label: Primary Care Trust, also: [Primary care, Primal paper] }\n",
    ),
];

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
    leave("names", &with_needed(&NAMES));
    let found = ask(&excerpts, &["cafe ", "caf", "\"one tram\" ", "\"tram two\" ", "\"evora papers\" "].map(text));
    let found: Vec<usize> = found.iter().map(|answer| answer.total).collect();
    assert_eq!(found, [1, 1, 1, 0, 1], "a phrase ends where its paragraph, item or note ends");
}

/// The sample library.
pub fn sample() -> Project {
    source::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap()
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
