//! The pages that compare cases, on a screen and on paper. The address says which cases, so a script fills the tables.
//! This module makes their rows: a label, and a selector for what the script takes from the page of each case.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use serde::Serialize;

use crate::{
    model::{
        Address,
        address::sort_key,
        document::Heading,
        library::{Case, CaseTerm},
        vocabulary::Term,
    },
    site::{
        theme::filled,
        view::{Link, PageHead, entry::place, overview::Overview},
    },
};

/// The comparison (`compare.html`) and the briefing for paper (`briefing.html`).
#[derive(Debug, Serialize)]
pub struct CompareView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// The title of the window when cases are shown: `{cases}`.
    pub window_title: String,
    /// The list of all cases; the script finds the page of each case below it.
    pub cases_href: String,
    /// The rows of short facts.
    pub facts: Vec<ComparedRow>,
    /// The rows of barriers, each with the response to it; only for the comparison.
    pub pairs: Vec<ComparedRow>,
    /// The rows that are folded, each in a table of its own; only for the comparison.
    pub folded: Vec<ComparedRow>,
    /// The cases to choose from, by place and title as they are shown; empty if they are too many for one field.
    pub choices: Vec<Choice<'a>>,
    /// Links to other lists to choose cases from.
    pub ways: Vec<Link>,
}

/// A row of a table, with a cell for each case.
#[derive(Debug, Serialize)]
pub struct ComparedRow {
    /// Its label.
    pub label: String,
    /// The selector of what a cell takes from the page of its case.
    pub take: String,
}

/// A case that can be chosen.
#[derive(Debug, Serialize)]
pub struct Choice<'a> {
    /// The last part of its address.
    pub slug: &'a str,
    /// Its place and title.
    pub name: String,
}

/// Makes the view of the comparison.
pub fn compare<'a>(overview: Overview<'a>, address: &Address) -> CompareView<'a> {
    let words = overview.words();
    let [first, last] = shared_headings(overview).map(|heading| heading.map(section));
    let partners = ComparedRow { label: words.partners.other.clone(), take: "[data-part=partners] > dd".to_owned() };
    CompareView {
        facts: [lifeline(overview)].into_iter().chain(marks(overview)).chain(facts(overview)).collect(),
        pairs: pairs(overview),
        folded: [last, Some(partners), first].into_iter().flatten().collect(),
        ..empty_view(overview, address, [&words.compare, &words.compare_lead, &words.beside_title])
    }
}

/// Makes the view of the briefing.
pub fn briefing<'a>(overview: Overview<'a>, address: &Address) -> CompareView<'a> {
    let words = overview.words();
    let pairs = "[data-term], [data-part=what], [data-part=response]".to_owned();
    let pairs = ComparedRow { label: words.barriers.clone(), take: pairs };
    CompareView {
        facts: marks(overview).chain([pairs]).collect(),
        ..empty_view(overview, address, [&words.briefing, &words.briefing_lead, &words.briefing_of])
    }
}

/// The view without rows. `titled` is the title with cases.
fn empty_view<'a>(overview: Overview<'a>, address: &Address, [title, lead, titled]: [&str; 3]) -> CompareView<'a> {
    let words = overview.words();
    let way = |text: &str, part: &str| Link { text: text.to_owned(), href: overview.href(&Address::page([part])) };
    CompareView {
        page: PageHead::new(overview.common, address, title.to_owned()).described(lead),
        window_title: filled(&words.window_title, &[("page", titled), ("site", &overview.common.config.title)]),
        cases_href: overview.href(&Address::page(["cases"])),
        facts: Vec::new(),
        pairs: Vec::new(),
        folded: Vec::new(),
        choices: choices(overview),
        ways: vec![way(&words.all_cases, "cases"), way(&words.places, "places"), way(&words.a_to_z, "a-z")],
    }
}

/// The cases, in the order of their names, if they fit in one field.
fn choices<'a>(overview: Overview<'a>) -> Vec<Choice<'a>> {
    const MAX_CHOICES: usize = 300;
    if overview.cases.len() > MAX_CHOICES {
        return Vec::new();
    }
    let choice = |case: &'a Case| Choice { slug: &case.file.slug.value, name: place_and_title(overview, case) };
    let mut choices: Vec<Choice<'_>> = overview.cases.iter().map(|case| choice(case)).collect();
    choices.sort_by_cached_key(|choice| (sort_key(&choice.name), choice.slug));
    choices
}

/// The place and title of a case.
fn place_and_title(overview: Overview<'_>, case: &Case) -> String {
    let place = place(overview.common, case);
    let parts = [place.as_str(), &case.file.title];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

/// The page of a case has its lifeline in two widths, the narrow one last.
fn lifeline(overview: Overview<'_>) -> ComparedRow {
    ComparedRow { label: overview.words().beside_lifeline.clone(), take: "svg[data-left] + svg[data-left]".to_owned() }
}

fn marks(overview: Overview<'_>) -> impl Iterator<Item = ComparedRow> {
    overview.marks.iter().map(move |&vocabulary| fact(&overview.terms.vocabularies[vocabulary].file.label))
}

/// The rows of places, of terms that are not marks, of the library's own keys, and of the kinds of sources.
fn facts(overview: Overview<'_>) -> impl Iterator<Item = ComparedRow> {
    let words = overview.words();
    let others = overview.terms.vocabularies.iter().filter(move |vocabulary| !overview.marks.contains(&vocabulary.id));
    let terms = others.map(|vocabulary| fact(&vocabulary.file.label));
    let own = overview.common.config.fields.iter().map(|field| fact(&field.label));
    let sources = ComparedRow { label: words.sources.clone(), take: format!("{} > p", labelled(&words.sources)) };
    [fact(&words.place.other)].into_iter().chain(terms).chain(own).chain([sources])
}

fn fact(label: &str) -> ComparedRow {
    ComparedRow { label: label.to_owned(), take: format!("{} > dd", labelled(label)) }
}

/// A selector for the element of a case's page that has this label.
fn labelled(label: &str) -> String {
    format!("[data-compare={}]", quoted(label))
}

/// A text as a string of a selector.
fn quoted(text: &str) -> String {
    let mut string = String::from("\"");
    for c in text.chars() {
        if c.is_control() {
            let _ = write!(string, "\\{:x} ", u32::from(c));
        } else {
            string.extend(matches!(c, '"' | '\\').then_some('\\'));
            string.push(c);
        }
    }
    string.push('"');
    string
}

/// A row for each term that any case describes. Marks are left out, since the short facts have them.
fn pairs(overview: Overview<'_>) -> Vec<ComparedRow> {
    let vocabularies = overview.terms.vocabularies;
    let is_described = |term_use: &&CaseTerm| term_use.what.is_some() || term_use.response.is_some();
    let uses = overview.cases.iter().flat_map(|case| case.terms.iter().filter(is_described));
    let described: BTreeSet<_> =
        uses.filter(|term_use| !overview.marks.contains(&term_use.vocabulary)).map(|term_use| term_use.term).collect();
    let terms = vocabularies.terms().filter(|term| described.contains(&term.id));
    let row = |term: &Term| ComparedRow {
        label: term.label.clone(),
        take: format!("[data-part=pair]:has([href={}]) [data-part]", quoted(&overview.terms.href(term.id))),
    };
    terms.map(row).collect()
}

/// The headings with which most cases begin and end, if more than half of them do.
fn shared_headings<'a>(overview: Overview<'a>) -> [Option<&'a Heading>; 2] {
    let mut tallies = [BTreeMap::new(), BTreeMap::new()];
    for case in overview.cases.iter() {
        let mut headings = case.file.body.outline.iter().filter(|heading| heading.level == 2);
        let [first, last] = [headings.next(), headings.next_back()];
        for (tally, heading) in tallies.iter_mut().zip([first, last]) {
            if let Some(heading) = heading {
                tally.entry(&heading.id).or_insert((0, heading)).0 += 1;
            }
        }
    }
    let most = |tally: BTreeMap<&'a String, (usize, &'a Heading)>| {
        let (count, heading) = tally.into_values().max_by_key(|(count, _)| *count)?;
        (count * 2 > overview.cases.len()).then_some(heading)
    };
    tallies.map(most)
}

/// The row for the text under a heading, without the table of barriers and the notes.
fn section(heading: &Heading) -> ComparedRow {
    let take = format!("[data-under={}]:not([data-part], section)", quoted(&heading.id));
    ComparedRow { label: heading.text.clone(), take }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_in_a_selector_is_escaped() {
        assert_eq!(labelled("What happened next"), r#"[data-compare="What happened next"]"#);
        assert_eq!(quoted("a \"b\" \\ c\nd"), r#""a \"b\" \\ c\a d""#);
    }
}
