//! The page that sets cases side by side. Which cases is in the address, so their words are put there by the page's script.

use serde::Serialize;

use crate::{
    model::{Address, library::Case},
    site::view::{Common, Link, PageHead},
};

/// Cases side by side: `compare.html`.
#[derive(Debug, Serialize)]
pub struct CompareView<'a> {
    /// The page.
    pub page: PageHead,
    /// The list of all cases, below which each case has its page.
    pub cases_href: String,
    /// The cases to choose from, by title; none where they are too many for one field.
    pub choices: Vec<Choice<'a>>,
    /// Where else to choose cases.
    pub ways: Vec<Link>,
}

/// A case that may be chosen.
#[derive(Debug, Serialize)]
pub struct Choice<'a> {
    /// The last part of its address.
    pub slug: &'a str,
    /// Its title.
    pub title: &'a str,
}

/// The page.
pub fn page<'a>(
    common: Common<'_>,
    address: &Address,
    by_title: impl ExactSizeIterator<Item = &'a Case>,
) -> CompareView<'a> {
    const MOST: usize = 300;
    let words = common.words;
    let way = |text: &str, part: &str| Link { text: text.to_owned(), href: common.href(&Address::page([part])) };
    let is_few = by_title.len() <= MOST;
    let choices = by_title.map(|case| Choice { slug: &case.file.slug.value, title: &case.file.title });
    CompareView {
        page: PageHead::new(common, address, words.compare.clone()).described(Some(&words.compare_lead)),
        cases_href: common.href(&Address::page(["cases"])),
        choices: if is_few { choices.collect() } else { Vec::new() },
        ways: vec![way(&words.all_cases, "cases"), way(&words.places, "places"), way(&words.a_to_z, "a-z")],
    }
}
