//! The A to Z: cases by title.

use std::sync::Arc;

use serde::Serialize;

use crate::{
    model::{Address, CaseId, IdMap, library::Case},
    site::{
        alphabet::Alphabet,
        plan::letter_address,
        route::Letter,
        theme::{Words, filled},
        view::{
            Common, Counted, Link, PageHead,
            entry::{Docket, docket},
        },
    },
};

/// The list of letters, or the titles under one letter: `a-z.html`.
#[derive(Debug, Serialize)]
pub struct TitlesView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// Every letter that a title begins with, with the number of titles.
    pub letters: Vec<LetterLink>,
    /// The titles under this letter, in order; empty on the page of all letters.
    pub titles: Vec<CaseLink<'a>>,
}

/// A link to the titles under a letter.
#[derive(Debug, Serialize)]
pub struct LetterLink {
    /// The letter, with the number of titles.
    #[serde(flatten)]
    pub link: Counted,
    /// Whether it is the letter of this page.
    pub is_current: bool,
}

/// A case in one line.
#[derive(Debug, Serialize)]
pub struct CaseLink<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its page.
    pub href: String,
    /// Its language, where it differs from the site's.
    pub language: Option<&'a str>,
    /// The first two places, and the number of others.
    pub place: Option<String>,
    /// The years: `2006–2013`.
    pub years: Option<String>,
}

/// The listed cases.
type Cases = IdMap<CaseId, Arc<Case>>;

/// Makes the view of the list of letters.
pub fn a_to_z<'a>(common: Common<'_>, address: &Address, alphabet: &Alphabet) -> TitlesView<'a> {
    let page = PageHead::new(common, address, common.words.a_to_z.clone());
    TitlesView { page, letters: letters(common, alphabet, None), titles: Vec::new() }
}

/// Makes the view of the titles under a letter.
pub fn letter<'a>(
    common: Common<'_>,
    address: &Address,
    alphabet: &Alphabet,
    letter: Letter,
    cases: &'a Cases,
) -> TitlesView<'a> {
    let words = common.words;
    let title = filled(&words.titles_under, &[("letter", &label(words, letter))]);
    let above = Link { text: words.a_to_z.clone(), href: common.href(&Address::page(["a-z"])) };
    let listed = alphabet.get(&letter).map_or(&[][..], Vec::as_slice);
    TitlesView {
        page: PageHead::new(common, address, title).under(vec![above]),
        letters: letters(common, alphabet, Some(letter)),
        titles: listed.iter().map(|&case| case_link(common, &cases[case])).collect(),
    }
}

/// A case in one line.
pub fn case_link<'a>(common: Common<'_>, case: &'a Case) -> CaseLink<'a> {
    let Docket { places, more, years, .. } = docket(common, case);
    let place = [places.join(&common.words.comma), more.unwrap_or_default()].join(" ");
    CaseLink {
        title: &case.file.title,
        href: common.href(&case.address),
        language: case.file.language.as_deref(),
        place: Some(place.trim_end().to_owned()).filter(|place| !place.is_empty()),
        years,
    }
}

fn letters(common: Common<'_>, alphabet: &Alphabet, current: Option<Letter>) -> Vec<LetterLink> {
    let link = |(&letter, cases): (&Letter, &Vec<CaseId>)| {
        let text = label(common.words, letter);
        let href = common.href(&letter_address(letter));
        LetterLink { link: Counted::new(common.words, &text, href, cases.len()), is_current: current == Some(letter) }
    };
    alphabet.iter().map(link).collect()
}

fn label(words: &Words, letter: Letter) -> String {
    match letter {
        Letter::Letter(letter) => letter.to_uppercase().to_string(),
        Letter::Digit => words.digits.clone(),
        Letter::Other => words.other_signs.clone(),
    }
}
