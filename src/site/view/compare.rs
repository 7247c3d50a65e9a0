//! The pages that compare cases, on a screen and on paper. The address says which cases, so a script inserts them.

use serde::Serialize;

use crate::{
    model::{Address, library::Case},
    site::view::{Common, Link, PageHead, entry::place},
};

/// The comparison (`compare.html`) and the briefing for paper (`briefing.html`).
#[derive(Debug, Serialize)]
pub struct CompareView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// The list of all cases; the script finds the page of each case below it.
    pub cases_href: String,
    /// The cases to choose from, by title; empty if they are too many for one field.
    pub choices: Vec<Choice<'a>>,
    /// Links to other lists to choose cases from.
    pub ways: Vec<Link>,
}

/// A case that can be chosen.
#[derive(Debug, Serialize)]
pub struct Choice<'a> {
    /// The last part of its address.
    pub slug: &'a str,
    /// Its place and title.
    pub name: String,
}

/// Makes the view of a comparison or a briefing.
pub fn page<'a>(
    common: Common<'_>,
    address: &Address,
    title: &str,
    by_title: impl ExactSizeIterator<Item = &'a Case>,
) -> CompareView<'a> {
    const MOST: usize = 300;
    let words = common.words;
    let way = |text: &str, part: &str| Link { text: text.to_owned(), href: common.href(&Address::page([part])) };
    let is_few = by_title.len() <= MOST;
    let choices = by_title.map(|case| Choice { slug: &case.file.slug.value, name: named(common, case) });
    CompareView {
        page: PageHead::new(common, address, title.to_owned()).described(Some(&words.compare_lead)),
        cases_href: common.href(&Address::page(["cases"])),
        choices: if is_few { choices.collect() } else { Vec::new() },
        ways: vec![way(&words.all_cases, "cases"), way(&words.places, "places"), way(&words.a_to_z, "a-z")],
    }
}

/// The place and title of a case.
fn named(common: Common<'_>, case: &Case) -> String {
    let place = place(common, case);
    let parts = [place.as_str(), &case.file.title];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}
