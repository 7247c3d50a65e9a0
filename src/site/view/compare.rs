//! The page that sets cases side by side. Which cases is in the address, so their words are put there by the page's script.

use serde::Serialize;

use crate::{
    model::Address,
    problem::Problem,
    site::{
        Site,
        route::Route,
        view::{Link, PageHead},
    },
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
pub fn page<'a>(site: &'a Site, address: &Address) -> Result<CompareView<'a>, Box<Problem>> {
    const MOST: usize = 300;
    let words = site.words();
    let way = |text: &str, part: &str| Link { text: text.to_owned(), href: site.href(&Address::page([part])) };
    let by_title = site.plan.alphabet.values().flatten().map(|&case| &site.library.cases[case].file);
    let choices = by_title.map(|file| Choice { slug: &file.slug.value, title: &file.title });
    Ok(CompareView {
        page: PageHead::new(site, address, &Route::Compare, words.compare.clone())?
            .described(Some(&words.compare_lead)),
        cases_href: site.href(&Address::page(["cases"])),
        choices: if site.library.cases.len() <= MOST { choices.collect() } else { Vec::new() },
        ways: vec![way(&words.all_cases, "cases"), way(&words.places, "places"), way(&words.a_to_z, "a-z")],
    })
}
