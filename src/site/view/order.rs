//! The A to Z: one page of places, topics and titles in a library that fits on it, else one page for each letter.

use serde::Serialize;

use crate::{
    model::{Address, CaseId, TermId, library::Case},
    site::{
        alphabet::{Alphabet, IndexEntry},
        gazetteer::{OtherName, PlaceCases},
        plan::letter_address,
        route::Letter,
        theme::{Words, filled},
        view::{
            Counted, Link, PageHead, Shared, VocabularyLink,
            entry::{Docket, docket, years},
            overview::Overview,
            places::places_of,
        },
    },
};

/// The most entries of an index on one page. With more, each letter has a page of its own.
const MAX_ON_ONE_PAGE: usize = 400;

/// The index, or one letter of it: `a-z.html`.
#[derive(Debug, Serialize)]
pub struct AlphabetView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// Every letter that has entries, with their number.
    pub letters: Vec<LetterLink>,
    /// The letters with their entries; none on the first page of an index whose letters have pages of their own.
    pub groups: Vec<LetterGroup<'a>>,
}

/// A link to the entries under a letter.
#[derive(Debug, Serialize)]
pub struct LetterLink {
    /// The letter, with the number of its entries.
    #[serde(flatten)]
    pub link: Counted,
    /// Whether it is the letter of this page.
    pub is_current: bool,
}

/// The entries under one letter.
#[derive(Debug, Serialize)]
pub struct LetterGroup<'a> {
    /// The id of the letter in the page.
    pub id: String,
    /// The letter, if there are several on the page.
    pub heading: Option<String>,
    /// The entries, in order.
    pub entries: Vec<IndexLine<'a>>,
}

/// A line of the index.
#[derive(Debug, Serialize)]
pub struct IndexLine<'a> {
    /// The name of the place or the topic, or the title of the case.
    pub text: &'a str,
    /// Its link; absent if it leads to several cases.
    pub href: Option<String>,
    /// Its language, where it differs from the site's.
    pub language: Option<&'a str>,
    /// The vocabulary of a topic.
    pub vocabulary: Option<Shared<VocabularyLink>>,
    /// More about it: the place and years of a case, or the title of the only case of a place.
    pub note: Option<String>,
    /// The number of cases of a topic or a place.
    pub count: Option<String>,
    /// The cases of a place that has a few, or the places of another name.
    pub cases: Vec<Link>,
}

/// Makes the view of the first page of the index.
pub fn a_to_z<'a>(overview: Overview<'a>, alphabet: &Alphabet, address: &Address) -> AlphabetView<'a> {
    let is_whole = alphabet.values().map(Vec::len).sum::<usize>() <= MAX_ON_ONE_PAGE;
    let group = |(&letter, entries): (&Letter, &Vec<IndexEntry>)| LetterGroup {
        heading: Some(label(overview.words(), letter)),
        ..self::group(overview, letter, entries)
    };
    let href =
        |letter: Letter| if is_whole { format!("#{}", anchor(letter)) } else { overview.href(&letter_address(letter)) };
    AlphabetView {
        page: PageHead::new(overview.common, address, overview.words().a_to_z.clone()).described(description(overview)),
        letters: letters(overview.words(), alphabet, None, href),
        groups: if is_whole { alphabet.iter().map(group).collect() } else { Vec::new() },
    }
}

fn description(overview: Overview<'_>) -> String {
    filled(&overview.words().a_to_z_described, &[("site", &overview.common.config.title)])
}

/// Makes the view of the page of a letter.
pub fn letter<'a>(overview: Overview<'a>, alphabet: &Alphabet, address: &Address, letter: Letter) -> AlphabetView<'a> {
    let words = overview.words();
    let title = filled(&words.titles_under, &[("letter", &label(words, letter))]);
    let above = Link { text: words.a_to_z.clone(), href: overview.href(&Address::page(["a-z"])) };
    AlphabetView {
        page: PageHead::new(overview.common, address, title).described(description(overview)).under(vec![above]),
        letters: letters(words, alphabet, Some(letter), |letter| overview.href(&letter_address(letter))),
        groups: alphabet.get(&letter).map(|entries| group(overview, letter, entries)).into_iter().collect(),
    }
}

fn group<'a>(overview: Overview<'a>, letter: Letter, entries: &[IndexEntry]) -> LetterGroup<'a> {
    LetterGroup {
        id: anchor(letter),
        heading: None,
        entries: entries.iter().map(|&entry| line(overview, entry)).collect(),
    }
}

fn anchor(letter: Letter) -> String {
    format!("cb-letter-{}", letter.id())
}

fn line(overview: Overview<'_>, entry: IndexEntry) -> IndexLine<'_> {
    match entry {
        IndexEntry::Place(place) => place_line(overview, overview.gazetteer.place(place)),
        IndexEntry::OtherName(name) => other_name_line(overview, &overview.gazetteer.other_names[name]),
        IndexEntry::Term(term) => topic_line(overview, term),
        IndexEntry::Case(case) => title_line(overview, &overview.cases[case]),
    }
}

/// The entry of a place. It leads to its only case, lists a few cases, or leads to the page of places.
fn place_line<'a>(overview: Overview<'a>, place: &'a PlaceCases) -> IndexLine<'a> {
    const FEW: usize = 3;
    let link = |&case: &CaseId| {
        let case = &overview.cases[case];
        Link { text: case.file.title.clone(), href: overview.href(&case.address) }
    };
    let mut cases: Vec<Link> = place.cases.iter().take(FEW + 1).map(link).collect();
    let (href, note, count) = match cases.len() {
        1 => cases.pop().map_or((None, None, None), |case| (Some(case.href), Some(case.text), None)),
        0..=FEW => (None, None, None),
        _ => {
            cases.clear();
            let places = overview.href(&Address::page(["places"]));
            (Some(format!("{places}#{}", place.id)), None, Some(overview.words().number(place.cases.len())))
        }
    };
    IndexLine { text: &place.name, href, language: None, vocabulary: None, note, count, cases }
}

/// The entry of another name, which links to the place on the page of places.
fn other_name_line<'a>(overview: Overview<'a>, other: &'a OtherName) -> IndexLine<'a> {
    let cases = places_of(overview, other, &overview.href(&Address::page(["places"])));
    IndexLine { text: &other.name, href: None, language: None, vocabulary: None, note: None, count: None, cases }
}

fn topic_line(overview: Overview<'_>, term: TermId) -> IndexLine<'_> {
    IndexLine {
        text: overview.terms.label(term),
        href: Some(overview.terms.href(term)),
        language: None,
        vocabulary: Some(overview.vocabulary(overview.terms.vocabularies[term].vocabulary)),
        note: None,
        count: Some(overview.words().number(overview.terms.count(term))),
        cases: Vec::new(),
    }
}

fn title_line<'a>(overview: Overview<'a>, case: &'a Case) -> IndexLine<'a> {
    IndexLine {
        text: &case.file.title,
        href: Some(overview.href(&case.address)),
        language: case.file.language.as_deref(),
        vocabulary: None,
        note: places_and_years(overview, case),
        count: None,
        cases: Vec::new(),
    }
}

/// `Adur, Worthing, 2007–`
fn places_and_years(overview: Overview<'_>, case: &Case) -> Option<String> {
    let (common, Docket { places, more, .. }) = (overview.common, docket(overview, case));
    let place = [places.join(&common.words.comma), more.unwrap_or_default()].join(" ");
    let parts = [Some(place.trim_end().to_owned()), years(overview, case)];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(&common.words.comma))
}

fn letters(
    words: &Words,
    alphabet: &Alphabet,
    current: Option<Letter>,
    href: impl Fn(Letter) -> String,
) -> Vec<LetterLink> {
    let link = |(&letter, entries): (&Letter, &Vec<IndexEntry>)| LetterLink {
        link: Counted::new(words, &label(words, letter), href(letter), entries.len()),
        is_current: current == Some(letter),
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
