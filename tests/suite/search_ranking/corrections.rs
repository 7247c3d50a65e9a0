//! Spelling correction: which mistyped words are corrected, and to what.

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
fn one_error_is_corrected_in_a_word_of_up_to_seven_letters_and_two_in_a_longer_one() {
    let mut cases = others();
    cases.push(("house", 1, "One", "A harmonic harmony of a partnership in a house with a garden."));
    let expected = [
        ("ohuse ", Some("house ")),
        ("hosue ", Some("house ")),
        ("houes ", Some("house ")),
        ("zhouse ", Some("house ")),
        ("houzse ", Some("house ")),
        ("gadren ", Some("garden ")),
        ("hosxe ", None),
        ("hoxue ", None),
        ("hramoyn ", None),
        ("hramoinc ", Some("harmonic ")),
        ("bartnership ", Some("partnership ")),
    ];
    let answers = ask(&library(&cases, &[]), &expected.map(|(asked, _)| text(asked)));
    for ((asked, correction), answer) in expected.iter().zip(answers) {
        assert_eq!(answer.correction.as_deref(), *correction, "{asked}");
    }
}

#[test]
fn every_mistyped_word_of_a_query_is_corrected_in_its_place() {
    let mut cases = others();
    cases.push(("hub", 1, "One", "A safeguarding hub and partnership for a neighbourhood in a terrible tornado."));
    let questions = [
        "safegarding pratnership nieghbourhood terible tornaod ",
        "-zebra (partnreship) \"hub\" tornaod ",
        "partnreship OR tornaod ",
    ];
    let [five, operators, either] = ask(&library(&cases, &[]), &questions.map(text)).try_into().unwrap();
    assert_eq!(five.correction.as_deref(), Some("safeguarding partnership neighbourhood terrible tornado "));
    assert_eq!(operators.correction.as_deref(), Some("-zebra (partnership) \"hub\" tornado "));
    assert_eq!((either.total, either.correction), (0, None), "words with OR between them are asked as they are");
}

#[test]
fn the_other_words_decide_the_correction() {
    let mut cases = others();
    cases.push(("tornado", 1, "One", "A tornado with cross people."));
    cases.extend(["a", "b", "c"].map(|slug| (slug, 1, "Two", "The cost of it.")));
    let questions = ["coss ", "coss tornado ", "tornado coss "].map(text);
    let answers = ask(&library(&cases, &[]), &questions);
    let corrections: Vec<Option<&str>> = answers.iter().map(|answer| answer.correction.as_deref()).collect();
    assert_eq!(corrections, [Some("cost "), Some("cross tornado "), Some("tornado cross ")]);
}

#[test]
fn of_similar_words_the_one_with_the_same_first_letter_is_chosen() {
    let mut cases = others();
    cases.push(("lard", 1, "One", "A board with lard by a lake."));
    let [alone, beside] = ask(&library(&cases, &[]), &["loard ", "lake loard "].map(text)).try_into().unwrap();
    assert_eq!(alone.correction.as_deref(), Some("lard "));
    assert_eq!(beside.correction.as_deref(), Some("lake lard "));
}

#[test]
fn only_the_last_word_of_a_query_may_be_unfinished() {
    let mut cases = others();
    cases.push(("hub", 1, "One", "A safeguarding hub."));
    let [first, last] = ask(&library(&cases, &[]), &["safeg hub", "hub safeg"].map(text)).try_into().unwrap();
    assert_eq!((first.complete, last.complete), (0, 1));
}

#[test]
fn a_short_mistyped_word_is_corrected_if_a_case_then_has_every_word() {
    let mut cases = others();
    cases.push(("hub", 1, "One", "A safeguarding hub with a map."));
    cases.push(("zebra", 1, "Two", "A zebra by the sea."));
    let questions =
        ["safegarding hubb ", "hubb zebra ", "hubb ", "HUBB safeguarding ", "safeguarding mapp hubb "].map(text);
    let [both, apart, alone, acronym, several] = ask(&library(&cases, &[]), &questions).try_into().unwrap();
    assert_eq!((both.slugs(), both.correction.as_deref()), (vec!["hub"], Some("safeguarding hub ")));
    assert_eq!((apart.correction, apart.suggestion.as_deref()), (None, Some("hub zebra ")));
    assert_eq!((alone.correction, alone.suggestion.as_deref()), (None, Some("hub ")));
    assert_eq!((acronym.correction, acronym.suggestion.as_deref()), (None, Some("hub safeguarding ")));
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
fn a_word_that_cannot_be_corrected_stays_beside_one_that_can() {
    let mut cases = others();
    cases.push(("hub", 1, "One", "A safeguarding hub with a map."));
    let questions = ["safegarding xqzvw ", "safeguarding xqzvw ", "safegarding lance "].map(text);
    let [both, one, word] = ask(&library(&cases, &[]), &questions).try_into().unwrap();
    assert_eq!(both.correction.as_deref(), Some("safeguarding xqzvw "));
    assert_eq!((both.total, one.total, word.total), (0, 0, 0), "a word that no case has tells that there is no answer");
}

#[test]
fn a_case_without_a_corrected_word_lacks_the_correction() {
    let mut cases = others();
    cases.push(("hub", 1, "One", "A safeguarding hub."));
    cases.push(("badger", 1, "Two", "A badger of the county."));
    let [answer] = ask(&library(&cases, &[]), &[text("safegarding badger ")]).try_into().unwrap();
    assert_eq!(answer.correction.as_deref(), Some("safeguarding badger "));
    let badger = answer.results.iter().find(|result| result.slug() == "badger").unwrap();
    assert_eq!(badger.missing, ["safeguarding"]);
}

#[test]
fn a_mistyped_word_is_corrected_only_to_a_word_of_a_case() {
    let page = ("content/pages/about.md", "---\ntitle: About\n---\nA xylophone.\n");
    let cases = [("harmonica", 1, "One", "A harmonica.")];
    let [page, case] = ask(&library(&cases, &[page]), &["xylphone ", "harmnica "].map(text)).try_into().unwrap();
    assert_eq!((page.total, page.correction, page.suggestion), (0, None, None));
    assert_eq!(case.correction.as_deref(), Some("harmonica "));
}

#[test]
fn nothing_is_suggested_for_a_word_of_a_name_that_is_found() {
    let mut cases = others();
    cases.push(("savings", 1, "One", "Savings: eight pounds."));
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
        "tight partners ",
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
    let expected = [None, None, None, None, None, None, None, Some("partner "), Some("leicester "), None, None];
    assert_eq!(corrections, expected);
    assert_eq!((&answers[0].suggestion, answers[1].suggestion.as_deref()), (&None, Some("eight partners ")));
    assert_eq!(answers[5].total, 1, "other forms are no corrections");
    let german = library(&cases, &[("casebook.yaml", "title: Test\nlanguage: de\n")]);
    let [answer] = ask(&german, &[text("partnre ")]).try_into().unwrap();
    assert_eq!((answer.total, answer.correction, answer.suggestion.as_deref()), (0, None, Some("partner ")));
    let [quoted] = ask(&project, &[text("\"partnre\" ")]).try_into().unwrap();
    assert_eq!((quoted.total, quoted.correction), (0, None), "what is quoted is asked as it is");
}

/// Words of the language in forms that its list lacks, each before its base form.
const FORMS: [[&str; 2]; 26] = [
    ["denies", "deny"],
    ["purified", "purify"],
    ["touchily", "touchy"],
    ["lunches", "lunch"],
    ["humoured", "humour"],
    ["heard", "hear"],
    ["bawling", "bawl"],
    ["pliantly", "pliant"],
    ["yeller", "yell"],
    ["yellers", "yell"],
    ["lewdness", "lewd"],
    ["abated", "abate"],
    ["shaking", "shake"],
    ["decoder", "decode"],
    ["strokers", "stroke"],
    ["cuddly", "cuddle"],
    ["deterring", "deter"],
    ["slobbed", "slob"],
    ["impeller", "impel"],
    ["impellers", "impel"],
    ["powers", "power"],
    ["fingers", "finger"],
    ["rivers", "river"],
    ["tigers", "tiger"],
    ["lamps", "lamp"],
    ["houses", "house"],
];

#[test]
fn a_form_of_a_word_of_the_language_is_never_corrected() {
    let similar = |word: &str| format!("z{}", &word[1..]);
    let body = FORMS.as_flattened().iter().map(|word| similar(word)).collect::<Vec<_>>().join(" ")
        + " stopped stopper putting.";
    let project = library(&[("a", 1, "One", &body)], &[]);
    let answers = ask(&project, &FORMS.map(|[word, base]| text(&format!("{word} {} ", similar(base)))));
    for ([word, base], answer) in FORMS.iter().zip(answers) {
        let offered = (answer.correction, answer.suggestion);
        assert_eq!(offered, (None, Some(format!("{} {} ", similar(word), similar(base)))), "{word}");
    }
    let mistyped = [("stoped ", "stopped "), ("stoper ", "stopper "), ("puting ", "putting ")];
    for ((typed, word), answer) in mistyped.iter().zip(ask(&project, &mistyped.map(|(typed, _)| text(typed)))) {
        assert_eq!(answer.correction.as_deref(), Some(*word), "{typed}: a short word doubles its last letter");
    }
}

#[test]
fn a_number_is_never_corrected_to_another() {
    let mut cases = others();
    cases.push(("year", 1, "One", "In 1990, under the Act of 1972 and section 12345."));
    let answers = ask(&library(&cases, &[]), &["1999 ", "1973 ", "12346 ", "s1234 "].map(text));
    for answer in answers {
        assert_eq!((answer.total, answer.correction, answer.suggestion), (0, None, None));
    }
}

#[test]
fn overspent_finds_overspend_and_is_not_corrected() {
    let mut cases = others();
    cases.push(("spend", 1, "One", "They overspend and rebuild."));
    for answer in ask(&library(&cases, &[]), &["overspent ", "rebuilt "].map(text)) {
        assert_eq!((answer.slugs(), &answer.correction), (vec!["spend"], &None));
    }
}

#[test]
fn an_inflection_of_another_word_is_suggested_and_not_taken() {
    let project = library(&[("a", 1, "One", "A boat launches, and a dented car.")], &[]);
    for (word, offered) in [("boat lunches ", "boat launches "), ("denied car ", "dented car ")] {
        let [answer] = ask(&project, &[text(word)]).try_into().unwrap();
        assert_eq!((answer.correction, answer.suggestion.as_deref()), (None, Some(offered)), "{word}");
    }
}

#[test]
fn a_common_word_is_doubted_only_where_a_case_has_the_similar_word_beside_the_same_word() {
    let mut cases = others();
    cases.push((
        "health",
        1,
        "One",
        "Eight councils were the cause of a late exit. A survey followed on care and health.",
    ));
    let expected = [
        ("tight councils ", Some("eight councils ")),
        ("late and exist ", None),
        ("tight and slow councils ", None),
        ("care and heath ", Some("care and health ")),
        ("exit clause ", None),
        ("clause ", None),
        ("surrey ", None),
    ];
    for ((asked, suggestion), answer) in
        expected.iter().zip(ask(&library(&cases, &[]), &expected.map(|(asked, _)| text(asked))))
    {
        assert_eq!((answer.correction, answer.suggestion.as_deref()), (None, *suggestion), "{asked}");
    }
}

#[test]
fn a_name_is_not_corrected_to_another_word() {
    let mut cases = others();
    cases.push(("body", 1, "One", "The body of a hospital had more space for parking than Torbay."));
    let expected = [
        ("khan ", None),
        ("Barking ", None),
        ("hospital of Hody ", None),
        ("hospital in Bodx ", None),
        ("hospital in Torbey ", Some("hospital in torbay ")),
        ("Hospitel ", Some("hospital ")),
    ];
    let places = ("content/places.yaml", "- { name: Torbay, also: [Torquay] }\n");
    let answers = ask(&library(&cases, &[places]), &expected.map(|(asked, _)| text(asked)));
    for ((asked, correction), answer) in expected.iter().zip(answers) {
        assert_eq!((answer.correction.as_deref(), answer.suggestion), (*correction, None), "{asked}");
    }
}

#[test]
fn a_contraction_is_no_mistyped_word() {
    let mut cases = others();
    cases.push(("done", 1, "One", "What was done is done, and they want a door."));
    let project = library(&cases, &[]);
    let contractions = ["dont ", "don’t ", "don't ", "wasn't ", "wont "];
    for (asked, answer) in contractions.iter().zip(ask(&project, &contractions.map(text))) {
        assert_eq!((answer.total, answer.correction.as_deref()), (0, None), "{asked}");
    }
}

#[test]
fn a_correction_may_complete_a_name_whose_words_no_case_has() {
    let mut cases = others();
    cases.push(("gangs", 1, "One", "Gangs met."));
    cases.push(("casualty", 1, "Two", "Casualty was full; an emergency."));
    let synonyms = "- { words: [anti social behaviour, gangs], why: One. }\n- { words: [accident and emergency, casualty], why: One. }\n";
    finds(
        &library(&cases, &[("content/synonyms.yaml", synonyms)]),
        &[
            ("anti social behaviour ", &["gangs"]),
            ("anti social behavuor ", &["gangs"]),
            ("accident and emergency ", &["casualty"]),
            ("accident and emergancy ", &["casualty"]),
        ],
    );
}
