//! The order of results: small libraries whose rankings were worked out by hand.

use casebook::source::Project;
use serde_json::{Value, json};

use crate::{
    library::with_needed,
    published::{Answer, ask, text},
};

mod corrections;
mod names;
mod operators;

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
fn a_missing_word_requires_a_third_of_the_query_or_the_subject() {
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
            ("trading, standards xyzzy plugh ", &[]),
            ("trading of standards xyzzy plugh ", &[]),
            ("zebra school xyzzy ", &["apart"]),
            ("zebra admissions xyzzy ", &[]),
        ],
    );
}

#[test]
fn a_word_of_nearly_all_cases_does_not_make_a_case_about_the_subject() {
    let mut cases = others();
    cases.push(("titled", 1, "An adult", "Every adult was asked."));
    cases.push(("eleventh", 1, "One", "A lake."));
    finds(&library(&cases, &[]), &[("adult xyzzy ", &[])]);
    cases.push(("twelfth", 1, "Two", "A lake."));
    finds(&library(&cases, &[]), &[("adult xyzzy ", &["titled"])]);
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
fn a_synonym_of_a_frequent_word_does_not_lower_the_weight_of_the_other_words() {
    let mut cases: Vec<_> =
        others().into_iter().map(|(slug, day, title, _)| (slug, day, title, "Older people.")).collect();
    cases.push(("other", 1, "One", "The lake has a xylophone with younger people."));
    cases.push(("both", 1, "Two", "The lake has a zebra with older people."));
    cases.push(("one", 2, "Two", "The lake has a zebra with younger people."));
    let synonyms = "- { words: [pensioners, older people], why: One. }\n";
    let project = library(&cases, &[("content/synonyms.yaml", synonyms)]);
    finds(&project, &[("pensioners zebra xylophone ", &["other", "both", "one"])]);
}

#[test]
fn cases_with_every_word_in_their_title_come_first_in_any_inflection() {
    let mut cases = others();
    let said = "Schools share budgets. They share budgets, share budgets, share budgets and share budgets.";
    cases.push(("said", 2, "Schools", said));
    cases.push(("titled", 1, "A shared budget for schools", "A lake and a river."));
    cases.push(("longer", 2, "What the county learned when it shared a budget with schools", "A lake and a river."));
    finds(
        &library(&cases, &[]),
        &[
            ("schools share budgets ", &["titled", "longer", "said"]),
            ("school sharing budgets ", &["titled", "longer", "said"]),
            ("a shared budget for schools ", &["titled", "longer", "said"]),
        ],
    );
}

#[test]
fn the_shorter_title_comes_first_if_both_have_every_word() {
    let mut cases = others();
    let said = "Shared budgets of schools. ".repeat(12);
    cases.push(("whole", 1, "Shared budgets of schools", "A lake and a river."));
    cases.push(("part", 2, "Shared budgets of schools, libraries, museums and parks", &said));
    finds(&library(&cases, &[]), &[("shared budgets of schools ", &["whole", "part"])]);
}

#[test]
fn an_excerpt_of_a_long_text_shows_words_that_only_its_end_has() {
    let long = format!(
        "A zebra and a lake. {}The badger saw a zebra crossing, as the otter did.",
        "Every adult was asked. ".repeat(400)
    );
    let project = library(&[("long", 1, "One", &long), ("leopard", 1, "Two", "A leopard.")], &[]);
    // Each by itself, since what is loaded for one stays for the next.
    let excerpt = |asked: &str| {
        let [answer] = ask(&project, &[text(asked)]).try_into().unwrap();
        answer.results[0].excerpt.clone()
    };
    let beginning = "A <mark>zebra</mark> and";
    assert!(excerpt("zebra ").starts_with(beginning), "the beginning is enough");
    assert!(excerpt("zebra badger otter ").starts_with(beginning), "a third of the words is enough");
    assert!(excerpt("zebra badger otter leopard ").starts_with(beginning), "a third of those that the case has");
    for (asked, marks) in [("badger ", 1), ("badger otter crossing zebra ", 4), ("\"zebra crossing\" ", 2)] {
        assert_eq!(excerpt(asked).matches("<mark>").count(), marks, "{asked}");
    }
    assert!(excerpt("\"zebra crossing\" ").contains("<mark>zebra</mark> <mark>crossing</mark>"));
}

#[test]
fn an_excerpt_has_the_marks_around_its_first_word() {
    let [answer] = ask(&library(&[("a", 1, "One", "“Quoted” words.")], &[]), &[text("quoted ")]).try_into().unwrap();
    assert_eq!(answer.results[0].excerpt, "“<mark>Quoted</mark>” words.");
}

#[test]
fn an_excerpt_begins_and_ends_with_whole_tokens() {
    let others = "Nothing here. ".repeat(40);
    let long = format!("Badger {}twenty-four {others}", "one ".repeat(30));
    let expected = [
        ("zebra ", format!("{others}A not-for-profit one two three zebra. {others}"), "… not-for-profit one", ""),
        ("lynx ", format!("{others}It cost £1,300m of one two lynx. {others}"), "… £1,300m of", ""),
        ("otter ", format!("{others}In 2010/11 of one two otter. {others}"), "… 2010/11 of", ""),
        ("badger ", long, "<mark>Badger</mark> one", " one twenty-four …"),
    ];
    let cases = expected.each_ref().map(|(slug, body, ..)| (slug.trim(), 1, "One", body.as_str()));
    let answers = ask(&library(&cases, &[]), &expected.each_ref().map(|(asked, ..)| text(asked)));
    for ((asked, _, start, end), answer) in expected.iter().zip(answers) {
        let excerpt = &answer.results[0].excerpt;
        assert!(excerpt.starts_with(start) && excerpt.ends_with(end), "{asked}: {excerpt}");
    }
}

#[test]
fn a_page_whose_best_passage_is_the_cells_of_a_table_shows_its_summary() {
    let table = "| Place | Law |\n|---|---|\n| Otter | One |\n| Zebra | Two |\n| Lynx | Three |\n| Badger | Four |\n";
    let page = format!(
        "---\ntitle: Counts\nsummary: How many there are.\n---\nA heron in a lake. {}\n\n{table}",
        "Nothing here. ".repeat(40)
    );
    let project = library(&others(), &[("content/pages/counts.md", &page)]);
    let [cells, prose] = ask(&project, &["zebra ", "heron "].map(text)).try_into().unwrap();
    assert_eq!(cells.pages[0].excerpt, "How many there are.");
    assert!(prose.pages[0].excerpt.starts_with("A <mark>heron</mark> in a lake."), "{}", prose.pages[0].excerpt);
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
    assert_eq!(found(&[("a", 1, "One", "Two cars.")], "caring ").len(), 0, "three letters are too few");
    let forms = [
        ("regulate", "regulatory "),
        ("treats", "treatment "),
        ("treatments", "treats "),
        ("happy", "happiest "),
        ("great", "greatest "),
        ("kindly", "kindness "),
        ("crafts", "crafty "),
        ("creations", "create "),
        ("drawer", "drawings "),
        ("operator", "operate "),
    ];
    for (there, asked) in forms {
        assert_eq!(found(&[("a", 1, "One", there)], asked), ["a"], "{asked}");
    }
}

#[test]
fn stop_words_alone_find_a_title_that_consists_of_them() {
    assert_eq!(found(&[("a", 1, "What and how", "One."), ("b", 1, "Two", "Three.")], "what and how "), ["a"]);
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
    let mut files: Vec<(&str, &str)> = cases.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let without_the = "---\ntitle: Other\nsummary: One.\ndate: 2026-01-01\nsector: health\n---\nOf care.\n";
    files.push(("content/cases/other.md", without_the));
    let project = with_needed(&files);
    let phrases = ["\"duty of care\" ", "\"duty the care\" ", "\"of duty\" ", "\"a duty of\" ", "\"of the\" "];
    let counts = ask(&project, &phrases.map(text));
    assert_eq!(counts.iter().map(|answer| answer.total).collect::<Vec<_>>(), [45, 45, 45, 90, 180]);
}

#[test]
fn a_partnership_without_an_end_is_found_until_the_year_up_to_which_it_is_known() {
    let case = |period: &str| {
        format!("---\ntitle: One\nsummary: Two.\ndate: 2026-01-01\nsector: police\nperiod: {period}\n---\nWords.\n")
    };
    let periods = [
        ("ended", "{ from: 2001, to: 2004 }"),
        ("open", "{ from: 2001 }\nsources: [{ title: Report, date: 2005 }]"),
        ("reported", "{ from: 2001, reported: 2010 }"),
    ];
    let files = periods.map(|(slug, period)| (slug, case(period)));
    let files = files.map(|(slug, text)| (format!("content/cases/{slug}.md"), text));
    let project = with_needed(&files.each_ref().map(|(path, text)| (path.as_str(), text.as_str())));
    let expected: [(Value, &[&str]); 4] = [
        (json!([2004, null]), &["ended", "open", "reported"]),
        (json!([2010, 2012]), &["open", "reported"]),
        (json!([2011, null]), &["open"]),
        (json!([3000, null]), &[]),
    ];
    let questions = expected.each_ref().map(|(years, _)| json!({ "years": years, "sort": "newest" }));
    for ((years, slugs), answer) in expected.iter().zip(ask(&project, &questions)) {
        assert_eq!(answer.slugs(), *slugs, "{years}");
    }
}
