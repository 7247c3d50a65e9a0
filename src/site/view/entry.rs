//! A case as lists show it: place and years, then title, summary and terms.

use serde::Serialize;

use crate::{
    model::{
        CaseId, TermId,
        document::Status,
        evidence_map::MapAxes,
        library::Case,
        vocabulary::{EndMark, Vocabulary},
    },
    site::{
        theme::{Html, filled},
        view::{
            Common, Shared, TermLink, Terms, VocabularyLink,
            lifelines::strip_of,
            marks::{MarkView, capitalised, marks_of},
            overview::Overview,
        },
    },
};

/// The template for it.
pub const TEMPLATE: &str = "entry.html";

/// A case in a list: `entry.html`.
#[derive(Debug, Serialize)]
pub struct EntryView<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its page.
    pub href: String,
    /// The last part of its address, by which the comparison identifies it.
    pub slug: &'a str,
    /// A short name: its place, or its title if it names no place.
    pub name: String,
    /// Its language, where it differs from the site's.
    pub language: Option<&'a str>,
    /// Its place and years.
    pub docket: Docket<'a>,
    /// The first sentence of its summary.
    pub sentence: &'a str,
    /// The terms that distinguish it from other cases, by facet.
    pub terms: Vec<EntryTerms>,
    /// Its lifeline.
    pub strip: Option<Html>,
    /// The outcome, and the strength of the evidence.
    pub marks: Vec<MarkView>,
    /// Whether it is a draft.
    pub is_draft: bool,
    /// Whether somebody adopted it elsewhere.
    pub is_used_elsewhere: bool,
}

/// The terms of one vocabulary.
#[derive(Debug, Serialize)]
pub struct EntryTerms {
    /// The vocabulary.
    pub vocabulary: Shared<VocabularyLink>,
    /// The first terms, in the order written.
    pub terms: Vec<Shared<TermLink>>,
    /// `and 2 more`, if there are more.
    pub more: Option<String>,
}

/// The place and years of a case, for the margin.
#[derive(Debug, Serialize)]
pub struct Docket<'a> {
    /// The first two places.
    pub places: Vec<&'a str>,
    /// `and 3 more`, if there are more places.
    pub more: Option<String>,
    /// The region, if all places are in one region.
    pub region: Option<&'a str>,
    /// The years: `2006–2013`.
    pub years: Option<String>,
}

/// The terms of a case from one vocabulary.
#[derive(Debug, Serialize)]
pub struct TermLine {
    /// The vocabulary.
    pub vocabulary: Shared<VocabularyLink>,
    /// The terms, in the order written.
    pub terms: Vec<Shared<TermLink>>,
}

/// Makes the entry of a case.
pub fn entry<'a>(overview: Overview<'a>, id: CaseId) -> EntryView<'a> {
    let case = &overview.cases[id];
    EntryView {
        title: &case.file.title,
        href: overview.href(&case.address),
        slug: &case.file.slug.value,
        name: name(overview.common, case),
        language: case.file.language.as_deref(),
        docket: docket(overview, case),
        sentence: first_sentence(&case.file.summary),
        terms: entry_terms(overview, case),
        strip: strip_of(overview, id),
        marks: marks_of(overview, case),
        is_draft: case.file.status == Status::Draft,
        is_used_elsewhere: !case.file.adopted.is_empty(),
    }
}

/// The place and years of a case.
pub fn docket<'a>(overview: Overview<'_>, case: &'a Case) -> Docket<'a> {
    let years = years(overview, case).map(|years| capitalised(&years));
    Docket { years, ..whereabouts(overview.common, case) }
}

/// The place of a case, without its years.
fn whereabouts<'a>(common: Common<'_>, case: &'a Case) -> Docket<'a> {
    const SHOWN: usize = 2;
    let places = &case.file.places;
    let short = case.file.short_place.as_deref();
    let more = if short.is_some() { 0 } else { places.len().saturating_sub(SHOWN) };
    let region = places.first().and_then(|place| place.region.as_deref());
    let named = places.iter().take(SHOWN).map(|place| place.name.as_str());
    Docket {
        places: short.map_or_else(|| named.collect(), |short| vec![short]),
        more: (more > 0).then(|| common.words.count(&common.words.more_places, more)),
        region: region.filter(|_| places.iter().all(|place| place.region.as_deref() == region)),
        years: None,
    }
}

/// The places of a case, short; empty if it names none.
pub fn place(common: Common<'_>, case: &Case) -> String {
    let Docket { places, more, .. } = whereabouts(common, case);
    let words = common.words;
    let places: Vec<String> = places.into_iter().map(str::to_owned).collect();
    match more {
        Some(more) => format!("{} {more}", places.join(&words.comma)),
        None => words.list(&places),
    }
}

/// All places of a case.
pub fn place_names(common: Common<'_>, case: &Case) -> String {
    let names: Vec<&str> = case.file.places.iter().map(|place| place.name.as_str()).collect();
    names.join(&common.words.comma)
}

/// The years of a case: `2006–2013`, or `2006–` if it continues; `from 2006` if it came to another outcome in a year
/// that is not known.
pub fn years(overview: Overview<'_>, case: &Case) -> Option<String> {
    let (words, period) = (overview.words(), case.file.period.as_ref()?);
    let outcome = overview.marks_of(case).find_map(|(_, term)| term.file.mark);
    let is_over = outcome.is_some_and(|mark| mark != EndMark::Arrow);
    match (period.from, period.to) {
        (Some(from), None) if is_over => Some(filled(&words.years_from, &[("from", &from.to_string())])),
        (from, to) => words.years_short(from, to),
    }
}

/// A short name of a case, for places with room for a few words.
pub fn name(common: Common<'_>, case: &Case) -> String {
    let place = place(common, case);
    if place.is_empty() { case.file.title.clone() } else { place }
}

/// The first sentence of a text. `firstSentence` in `texts.js` of the theme has the same rule, since the search page
/// makes its entries in the browser; the table `sentences.txt` tests both.
pub fn first_sentence(text: &str) -> &str {
    let ends = text.match_indices(['.', '?', '!']).map(|(at, end)| at + end.len());
    let is_end = |&at: &usize| {
        let mut after = text[at..].chars();
        let begins_anew = after.next() == Some(' ') && after.next().is_some_and(|c| !c.is_lowercase());
        let word = text[..at - 1].rsplit(char::is_whitespace).next().unwrap_or_default();
        begins_anew && !is_abbreviation(word)
    };
    ends.into_iter().find(is_end).map_or(text, |end| &text[..end])
}

/// Is a word before a full stop an abbreviation, as in "St. Albans", "A. B. Smith" and "c. 1900"?
fn is_abbreviation(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphanumeric());
    let (first, second, third) = (letters.next(), letters.next(), letters.next());
    third.is_none() && (second.is_none() || first.is_some_and(char::is_uppercase))
}

/// The terms that distinguish a case, from the first facets: rows of the evidence map first, columns last. Terms that
/// every case carries are left out, unless the case has no other term of that vocabulary.
fn entry_terms(overview: Overview<'_>, case: &Case) -> Vec<EntryTerms> {
    const FACETS: usize = 3;
    const SHOWN: usize = 3;
    let mut facets: Vec<&Vocabulary> = overview.terms.vocabularies.facets().take(FACETS).collect();
    if let Some(MapAxes { rows, columns }) = overview.map {
        facets.sort_by_key(|facet| {
            if facet.id == rows {
                0
            } else if facet.id == columns {
                2
            } else {
                1
            }
        });
    }
    let words = overview.words();
    let of_facet = |facet: &Vocabulary| {
        let carried = case.terms_of(facet.id);
        let telling: Vec<TermId> =
            carried.iter().map(|use_| use_.term).filter(|&term| !is_everywhere(overview, term)).collect();
        let more = telling.len().saturating_sub(SHOWN);
        (!telling.is_empty()).then(|| EntryTerms {
            vocabulary: overview.vocabulary(facet.id),
            terms: telling.into_iter().take(SHOWN).map(|term| overview.term(term)).collect(),
            more: (more > 0).then(|| words.count(&words.more_terms, more)),
        })
    };
    let is_mark = |facet: &&&Vocabulary| overview.marks.contains(&facet.id);
    facets.iter().filter(|facet| !is_mark(facet)).filter_map(|facet| of_facet(facet)).collect()
}

/// Does every case carry this term, so that it distinguishes none? Always false in a library of a few cases, where that
/// is chance.
pub fn is_everywhere(overview: Overview<'_>, term: TermId) -> bool {
    const FEW: usize = 5;
    let cases = overview.cases.len();
    cases > FEW && overview.terms.cases_by_term[term].len() == cases
}

/// The terms of a case from one vocabulary, if it has any.
pub fn term_line(terms: Terms<'_>, case: &Case, vocabulary: &Vocabulary) -> Option<TermLine> {
    let links = case.terms_of(vocabulary.id).iter().map(|carried| terms.term(carried.term));
    let links: Vec<_> = links.collect();
    (!links.is_empty()).then(|| TermLine { vocabulary: terms.vocabulary(vocabulary.id), terms: links })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table that `tests/browser/search-page.test.mjs` reads too.
    const TABLE: &str = include_str!("sentences.txt");

    #[test]
    fn the_first_sentence_is_that_of_the_table() {
        let lines: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        for line in &lines {
            let (text, first) = line.split_once(" => ").expect("a text and its first sentence");
            assert_eq!(first_sentence(text), first);
        }
        assert!(lines.len() > 10);
        assert_eq!(first_sentence(""), "");
    }
}
