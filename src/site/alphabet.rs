//! The A to Z: places, topics and titles in one alphabetical order, each under its letter.
//!
//! Letter case, accents of Latin letters, quotation marks and an article before the first word make no difference. A
//! letter of another script is its own heading. The plan needs only the [`letters`] that have a page; the [`alphabet`]
//! is sorted when the first of these pages is asked for.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rayon::prelude::*;
use unicode_normalization::char::is_combining_mark;

use crate::{
    model::{CaseId, Config, IdMap, Library, TermId, address::sort_key, library::Case},
    site::{
        gazetteer::{Gazetteer, OtherNameId, PlaceId},
        route::Letter,
    },
};

/// The entries under each letter that has any, in alphabetical order.
pub type Alphabet = BTreeMap<Letter, Vec<IndexEntry>>;

/// The target of an entry. Entries with equal names are in the order of these kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IndexEntry {
    /// A place of the gazetteer.
    Place(PlaceId),
    /// Another name of places.
    OtherName(OtherNameId),
    /// A topic: a term of a facet that some cases carry, and not all.
    Term(TermId),
    /// A case, by its title.
    Case(CaseId),
}

/// The sort key of an entry: its name, then texts that no other target of its kind has, then the target.
type Keyed<'a> = (Cow<'a, str>, [&'a str; 2], IndexEntry);

/// The letters that have entries.
pub fn letters(library: &Library, gazetteer: &Gazetteer) -> BTreeSet<Letter> {
    let titles = library.cases.values().par_iter().map(|case| letter(sorted_title(case, &library.config)));
    let mut letters: BTreeSet<Letter> = titles.collect();
    let others = places(gazetteer).chain(other_names(gazetteer)).chain(topics(library));
    letters.extend(others.map(|(name, ..)| letter(&name)));
    letters
}

/// The alphabet of a library.
pub fn alphabet(library: &Library, gazetteer: &Gazetteer) -> Alphabet {
    let mut keyed: Vec<Keyed<'_>> = keyed(library, gazetteer).collect();
    keyed.par_sort_unstable();
    let mut alphabet = Alphabet::new();
    for same in keyed.chunk_by(|(a, ..), (b, ..)| a.chars().next() == b.chars().next()) {
        let entries = alphabet.entry(letter(&same[0].0)).or_default();
        entries.extend(same.iter().map(|&(.., entry)| entry));
    }
    alphabet
}

fn keyed<'a>(library: &'a Library, gazetteer: &'a Gazetteer) -> impl Iterator<Item = Keyed<'a>> {
    places(gazetteer)
        .chain(other_names(gazetteer))
        .chain(topics(library))
        .chain(titles(&library.cases, &library.config))
}

fn places(gazetteer: &Gazetteer) -> impl Iterator<Item = Keyed<'_>> {
    let places = gazetteer.places();
    places.map(|(id, place)| (sort_key(&place.name).into(), [&place.id, ""], IndexEntry::Place(id)))
}

fn other_names(gazetteer: &Gazetteer) -> impl Iterator<Item = Keyed<'_>> {
    let names = gazetteer.other_names.entries();
    names.map(|(id, other)| (sort_key(&other.name).into(), [&other.name, ""], IndexEntry::OtherName(id)))
}

fn topics(library: &Library) -> impl Iterator<Item = Keyed<'_>> {
    let terms = library.vocabularies.facets().flat_map(|facet| facet.terms.iter().map(move |term| (facet, term)));
    let is_telling = |cases: usize| cases > 0 && cases < library.cases.len();
    let telling = terms.filter(move |(_, term)| is_telling(library.cases_by_term[term.id].len()));
    telling
        .map(|(facet, term)| (sort_key(&term.label).into(), [term.slug(), &facet.file.id], IndexEntry::Term(term.id)))
}

fn titles<'a>(cases: &'a IdMap<CaseId, Arc<Case>>, config: &'a Config) -> impl Iterator<Item = Keyed<'a>> {
    let keyed = |case: &'a Arc<Case>| {
        (sorted_title(case, config).into(), [case.address.as_str(), ""], IndexEntry::Case(case.id))
    };
    cases.iter().map(keyed)
}

/// The title of a case in the form by which it is sorted.
fn sorted_title<'a>(case: &'a Case, config: &Config) -> &'a str {
    without_article(&case.file.title_sort_key, articles(case.language(config)))
}

/// The articles of a language, in the form by which titles are sorted; none if they are not known.
fn articles(language: &str) -> &'static [&'static str] {
    match language.split('-').next().unwrap_or_default() {
        "en" => &["a ", "an ", "the "],
        "cy" => &["y ", "yr "],
        "ga" => &["an ", "na "],
        "de" => &["der ", "die ", "das ", "ein ", "eine "],
        "nl" => &["de ", "het ", "een "],
        "fr" => &["le ", "la ", "les ", "l'", "l’", "un ", "une "],
        "it" => &["il ", "lo ", "la ", "i ", "gli ", "le ", "l'", "l’", "un ", "uno ", "una "],
        "es" => &["el ", "la ", "los ", "las ", "un ", "una "],
        "pt" => &["o ", "a ", "os ", "as ", "um ", "uma "],
        _ => &[],
    }
}

/// A title without its article, unless it has no other word.
fn without_article<'a>(title: &'a str, articles: &[&str]) -> &'a str {
    let rest = articles.iter().find_map(|article| title.strip_prefix(article));
    rest.filter(|rest| !rest.trim().is_empty()).unwrap_or(title)
}

/// The letter that a title is listed under. `title_sort_key` is the form of the title that is sorted.
fn letter(title_sort_key: &str) -> Letter {
    match title_sort_key.chars().next() {
        Some(c) if c.is_numeric() => Letter::Digit,
        Some(c) if c.is_alphabetic() && !is_combining_mark(c) => Letter::Letter(c),
        _ => Letter::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::address::sort_key;

    #[track_caller]
    fn check(title: &str, expected: Letter) {
        assert_eq!(letter(&sort_key(title)), expected, "{title}");
    }

    #[test]
    fn a_title_is_listed_under_its_first_letter() {
        check("Torbay", Letter::Letter('t'));
        check("Éire", Letter::Letter('e'));
        check("“Public Service Trust”", Letter::Letter('p'));
        check("Łódź", Letter::Letter('l'));
        check("Ысык", Letter::Letter('ы'));
        check("東京", Letter::Letter('東'));
        check("2008: a call", Letter::Digit);
        check("½ a loaf", Letter::Digit);
        check("£62m", Letter::Other);
        check("<b>", Letter::Other);
        check("\u{301}", Letter::Other);
        check("", Letter::Other);
    }

    #[test]
    fn titles_are_sorted_without_their_article() {
        for (language, title, sorted) in [
            ("en-GB", "the lakes", "lakes"),
            ("en", "a city", "city"),
            ("en", "anchor", "anchor"),
            ("en", "a ", "a "),
            ("fr", "l’accord", "accord"),
            ("de", "the lakes", "the lakes"),
            ("", "the lakes", "the lakes"),
        ] {
            assert_eq!(without_article(title, articles(language)), sorted, "{language}");
        }
    }
}
