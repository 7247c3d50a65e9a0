//! Phrases, excluded words, OR, words with marks, and long queries.

use super::*;

#[test]
fn phrases_exclusions_and_or_can_be_combined() {
    let mut cases = others();
    cases.push(("both", 1, "One", "The trust board met."));
    cases.push(("apart", 2, "Two", "A board of a trust, with a zebra."));
    cases.push(("home", 3, "Three", "Care at home."));
    cases.push(("lake", 4, "Four", "A lake with a zebra."));
    cases.push(("plank", 5, "Five", "Board by board."));
    let project = library(&cases, &[]);
    finds(
        &project,
        &[
            ("\"!!\" trust ", &["both", "apart"]),
            ("\"trust board ", &["both", "apart"]),
            ("trust OR ", &["both", "apart"]),
            ("OR \"trust board\" ", &["both"]),
            ("zebra OR \"trust board\" ", &["both", "lake", "apart"]),
            ("\"trust board\" OR lake ", &["both", "lake"]),
            ("\"xyzzy board\" OR lake ", &["lake"]),
            ("\"board xyzzy\" OR lake ", &["lake"]),
            ("\"every adult\" OR xyzzy lake ", &["lake"]),
            ("trust -\"trust board\" ", &["apart"]),
            ("trust - \"trust board\" ", &["both"]),
            ("trust -\"trust board\" OR lake ", &["lake", "apart"]),
            ("zebra OR \"trust board\" OR lake ", &["both", "lake", "apart"]),
            ("\"!!\" OR lake ", &["lake"]),
            ("\"trust board\" \"!!\" OR zebra ", &["both"]),
            ("board -trust-board ", &["plank", "both", "apart"]),
            ("home -zebra-lake ", &["home"]),
            ("-adult -board ", &["lake", "home"]),
        ],
    );
    let questions = ["zebra lake OR \"care at home\" ", "the OR zebra board "].map(text);
    let [beside, common] = ask(&project, &questions).try_into().unwrap();
    assert_eq!((beside.complete, beside.results[0].slug()), (1, "lake"), "OR is between the words beside it");
    assert_eq!(beside.results[1].missing, ["zebra"]);
    assert_eq!((common.complete, common.results[2].slug()), (2, "plank"), "a stop word with OR is searched");
}

#[test]
fn the_parts_of_a_word_with_marks_are_found_only_together_and_only_if_they_are_words() {
    let mut cases = others();
    cases.push(("home", 1, "One", "The x at home: co and op, care and trust."));
    let questions: [(&str, &[&str]); 6] = [
        ("care-home ", &["home"]),
        ("care-zebra-home ", &[]),
        ("care-xyzzy ", &[]),
        ("trust&care ", &[]),
        ("x-home ", &[]),
        ("co-op ", &[]),
    ];
    finds(&library(&cases, &[]), &questions);
}

#[test]
fn the_first_32_words_of_a_query_are_searched() {
    let word = |n: u8| format!("w{}{}x", char::from(b'a' + n / 26), char::from(b'a' + n % 26));
    let words = |count| (0..count).map(word).collect::<Vec<_>>().join(" ") + " ";
    let [all, most] = [words(40), words(31)];
    let project = library(&[("all", 2, "One", &all), ("most", 1, "Two", &most)], &[]);
    let answers = ask(&project, &[31, 32, 40].map(|count| text(&words(count))));
    assert_eq!(answers.iter().map(|answer| answer.complete).collect::<Vec<_>>(), [2, 1, 1]);
    assert_eq!(answers[1].results[1].missing, [word(31)]);
    assert_eq!(answers[2].results[1].missing, [word(31)]);
}
