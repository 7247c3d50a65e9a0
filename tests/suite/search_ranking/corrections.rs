//! Slips of the keyboard: which words are corrected, and to what.

use super::*;

#[test]
fn a_long_word_is_corrected_with_an_error_in_each_half() {
    let mut cases = others();
    cases.push(("partnership", 1, "One", "A partnership with a neighbourhood."));
    cases.push(("lake", 1, "Two", "A lake."));
    let questions = ["pratnershpi ", "pratnershpi nieghbourhodo ", "pratnrshpi "].map(text);
    let [two, both, three] = ask(&library(&cases, &[]), &questions).try_into().unwrap();
    assert_eq!((two.slugs(), two.correction.as_deref()), (vec!["partnership"], Some("partnership ")));
    assert_eq!(both.correction.as_deref(), Some("partnership neighbourhood "));
    assert_eq!((three.total, three.correction), (0, None), "three errors are too many");
}

#[test]
fn a_slip_of_a_short_word_is_corrected_if_a_case_then_has_every_word() {
    let mut cases = others();
    cases.push(("hub", 1, "One", "A safeguarding hub with a map."));
    cases.push(("zebra", 1, "Two", "A zebra by the sea."));
    let questions =
        ["safegarding hubb ", "hubb zebra ", "hubb ", "HUBB zebra safeguarding ", "safeguarding mapp hubb "].map(text);
    let [both, apart, alone, acronym, several] = ask(&library(&cases, &[]), &questions).try_into().unwrap();
    assert_eq!((both.slugs(), both.correction.as_deref()), (vec!["hub"], Some("safeguarding hub ")));
    assert_eq!((apart.correction, apart.suggestion.as_deref()), (None, Some("hub zebra ")));
    assert_eq!((alone.correction, alone.suggestion.as_deref()), (None, Some("hub ")));
    assert_eq!((acronym.correction, acronym.suggestion.as_deref()), (None, Some("hub zebra safeguarding ")));
    assert_eq!(several.correction.as_deref(), Some("safeguarding map hub "));
    let mut similar = cases.clone();
    similar.push(("hut", 1, "Three", "A hut."));
    let [unsure] = ask(&library(&similar, &[]), &[text("safeguarding hutb ")]).try_into().unwrap();
    assert_eq!((unsure.correction, unsure.suggestion), (None, None), "hub and hut are alike");
}

#[test]
fn the_more_frequent_correction_is_chosen() {
    let mut cases = others();
    for slug in ["a", "b", "c", "d", "e"] {
        cases.push((slug, 1, "One", "A partnership board met."));
    }
    cases.push(("bold", 1, "Two", "A partnership with a bold plan."));
    let [answer] = ask(&library(&cases, &[]), &[text("partnership bord ")]).try_into().unwrap();
    assert_eq!(answer.correction.as_deref(), Some("partnership board "));
}

#[test]
fn a_word_that_cannot_be_corrected_is_named_as_missing() {
    let mut cases = others();
    cases.push(("hub", 1, "One", "A safeguarding hub with a map."));
    let questions = ["safegarding xqzvw ", "safeguarding xqzvw ", "safegarding lance "].map(text);
    let [slips, one, word] = ask(&library(&cases, &[]), &questions).try_into().unwrap();
    assert_eq!((slips.slugs(), slips.complete), (vec!["hub"], 0));
    assert_eq!(
        (slips.correction.as_deref(), &*slips.results[0].missing),
        (Some("safeguarding xqzvw "), &["xqzvw".to_owned()][..])
    );
    assert_eq!(
        (one.total, word.total),
        (0, 0),
        "a word of the language that no case has tells that there is no answer"
    );
}

#[test]
fn a_slip_is_corrected_to_a_word_of_a_case_and_not_to_one_that_only_pages_have() {
    let page = ("content/pages/about.md", "---\ntitle: About\n---\nA xylophone.\n");
    let cases = [("harmonica", 1, "One", "A harmonica.")];
    let [page, case] = ask(&library(&cases, &[page]), &["xylphone ", "harmnica "].map(text)).try_into().unwrap();
    assert_eq!((page.total, page.correction, page.suggestion), (0, None, None));
    assert_eq!(case.correction.as_deref(), Some("harmonica "));
}

#[test]
fn nothing_is_suggested_for_a_word_of_a_name_that_is_found() {
    let mut cases = others();
    cases.push(("savings", 1, "One", "Savings of eight."));
    let synonyms = "- { words: [money is tight, savings], why: One. }\n";
    let project = library(&cases, &[("content/synonyms.yaml", synonyms)]);
    let [name, word] = ask(&project, &["money is tight ", "savings tight "].map(text)).try_into().unwrap();
    assert_eq!((name.slugs(), name.suggestion.as_deref()), (vec!["savings"], None));
    assert_eq!(word.suggestion.as_deref(), Some("savings eight "));
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
