//! Names: acronyms, synonyms, places, terms, and names with punctuation.

use super::*;

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
    let questions: [(&str, &[&str]); 33] = [
        ("A&E ", &["ae"]),
        ("A & E ", &["ae"]),
        ("R & D team ", &["ae"]),
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
        ("post-pupil ", &["h"]),
        ("A&F ", &[]),
    ];
    finds(&library(&cases, &[]), &questions);
}

#[test]
fn a_word_with_a_hyphen_is_found_by_its_parts_if_no_case_has_it_whole() {
    let mut cases = others();
    cases.push(("apart", 1, "One", "A home for adults, and the care that they get."));
    cases.push(("half", 1, "Two", "A home for adults."));
    finds(&library(&cases, &[]), &[("care-home ", &["apart"])]);
}

#[test]
fn the_parts_of_a_word_with_marks_must_be_side_by_side_if_a_case_has_it_whole() {
    let mut cases = others();
    cases.push(("whole", 1, "One", "The COVID-19 plan on GOV.UK."));
    cases.push(("beside", 1, "Two", "The COVID 19 plan on Gov UK."));
    cases.push(("apart", 1, "Three", "In covid year 19 the uk gov met."));
    for query in ["COVID-19 ", "GOV.UK "] {
        let answers = ask(&library(&cases, &[]), &[text(query)]);
        let mut found: Vec<&str> = answers[0].results.iter().map(|result| result.slug()).collect();
        found.sort_unstable();
        assert_eq!((found, answers[0].complete), (vec!["beside", "whole"], 2), "{query}");
    }
}

#[test]
fn a_very_long_word_is_found_by_its_first_letters() {
    let long = "quiteverylong".repeat(10);
    let mut cases = others();
    let text = format!("The word {long}.");
    cases.push(("long", 1, "One", &text));
    let [whole, changed] = [format!("{long} "), format!("{}x ", &long[..100])];
    finds(&library(&cases, &[]), &[(&whole, &["long"]), (&changed, &["long"])]);
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
            ("IT ", &["plural"]),
            ("two ITs ", &["plural"]),
            ("primary IT ", &["plural"]),
        ],
    );
    let [answer] = ask(&project, &[text("primary care trust ")]).try_into().unwrap();
    assert_eq!((answer.complete, answer.results[0].slug(), answer.results[3].slug()), (4, "often", "pronoun"));
    let pages: Vec<(&str, &str)> = answer.pages.iter().map(|page| (&*page.title, &*page.url)).collect();
    assert_eq!(pages, [("PCT: primary care trust", "/glossary/#cb-term-pct")]);
}

#[test]
fn related_entries_are_searched_only_if_no_case_has_the_name() {
    let cases = [("fund", 1, "One", "The BCF."), ("pooled", 1, "Two", "Money under S75.")];
    let project = library(&cases, &[("content/glossary.yaml", GLOSSARY)]);
    finds(&project, &[("BCF ", &["fund"]), ("better care fund ", &["fund"])]);
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
            ("south west xyzzy ", &["bay"]),
            ("NHS ", &["bay"]),
        ],
    );
}

#[test]
fn names_match_with_and_without_punctuation() {
    let mut cases = others();
    cases.push(("said", 1, "One", "The pandemic began."));
    cases.push(("fund", 1, "Two", "Pooled budgets were signed."));
    cases.push(("team", 1, "Three", "Those who look for what is new."));
    cases.push(("trust", 1, "Four", "Two PCTs."));
    cases.push(("outing", 1, "Five", "An outing."));
    let synonyms = "- { words: [covid-19, pandemic], why: One. }\n- { words: [s75, pooled budgets], why: Two. }\n- { words: [24/7 R&D team, look for what is new], why: Three. }\n- { words: [school trip, outing], why: Four. }\n";
    let project = library(&cases, &[("content/synonyms.yaml", synonyms), ("content/glossary.yaml", GLOSSARY)]);
    let questions: [(&str, &[&str]); 9] = [
        ("schools trip ", &["outing"]),
        ("24/7 R&D team ", &["team"]),
        ("247 RD team ", &["team"]),
        ("primary-care trust ", &["trust"]),
        ("covid-19 ", &["said"]),
        ("covid19 ", &["said"]),
        ("covid 19 ", &["said"]),
        ("s.75 ", &["fund"]),
        ("s75 ", &["fund"]),
    ];
    finds(&project, &questions);
}

#[test]
fn the_full_name_of_an_abbreviation_is_searched_as_a_whole() {
    let mut cases = others();
    cases.push(("apart", 1, "One", "Information on what freedom is."));
    cases.push(("whole", 1, "Two", "The freedom of information."));
    let glossary = ("content/glossary.yaml", "- { term: FOI, full: freedom of information }\n");
    let questions = ["FOI ", "F.O.I. "].map(text);
    let [short, dotted] = ask(&library(&cases, &[glossary]), &questions).try_into().unwrap();
    assert_eq!((short.slugs(), short.complete, &short.correction), (vec!["whole"], 1, &None));
    assert_eq!(dotted.slugs(), ["whole"]);
    cases.pop();
    let [none] = ask(&library(&cases, &[glossary]), &[text("FOI ")]).try_into().unwrap();
    assert_eq!((none.total, &none.correction), (0, &None), "a case with its words has not the name");
    assert_eq!(none.pages[0].title, "FOI: freedom of information");
}

#[test]
fn a_case_with_a_broader_term_lacks_an_abbreviation_of_the_glossary() {
    let vocabulary = "label: Sector\nplural: Sectors\nrequired: true\nterms:\n  - { id: police, label: Police, also: [PCC, constabulary, turf war] }\n  - { id: fire, label: Fire }\n";
    let glossary =
        "- { term: PCC, full: police and crime commissioner }\n- { term: OPCC, full: office of it, see: [PCC] }\n";
    let fire = "---\ntitle: A fire\nsummary: Far away.\ndate: 2026-01-01\nsector: fire\n---\nWords.\n";
    let said = [("said", 1, "One", "A PCC and a police and crime commissioner."), ("other", 2, "Two", "Words.")];
    let others = [
        ("content/vocabularies/sector.yaml", vocabulary),
        ("content/glossary.yaml", glossary),
        ("content/cases/fire.md", fire),
    ];
    let questions =
        ["PCC ", "police and crime commissioner ", "constabulary ", "OPCC ", "turf war ", "police "].map(text);
    let [short, full, term, related, two, label] = ask(&library(&said, &others), &questions).try_into().unwrap();
    assert_eq!((short.slugs(), short.complete), (vec!["said", "other"], 1));
    assert_eq!(short.results[1].missing, ["PCC"]);
    assert_eq!((full.complete, full.results[0].slug()), (1, "said"));
    assert_eq!((term.complete, term.total), (0, 2), "another name of a term, and no entry of the glossary");
    assert_eq!(term.results[0].missing, ["constabulary"]);
    assert_eq!((two.complete, two.total), (0, 2), "another name, of two words that no case has");
    assert_eq!((label.complete, label.total), (2, 2), "its label, which its cases have");
    assert_eq!((related.complete, related.total), (0, 2), "an entry that is only related");
}

#[test]
fn a_name_of_stop_words_does_not_lower_the_other_words() {
    let mut cases = others();
    cases.push(("named", 1, "One", "Who is who."));
    cases.push(("zebra", 1, "Two", "A zebra."));
    let synonyms = ("content/synonyms.yaml", "- { words: [who is who, directory], why: One. }\n");
    let questions = ["who is who zebra ", "zebra "].map(text);
    let [both, one] = ask(&library(&cases, &[synonyms]), &questions).try_into().unwrap();
    let score = |answer: &Answer| answer.results.iter().find(|found| found.slug() == "zebra").unwrap().score;
    assert_eq!(score(&both), score(&one));
}
