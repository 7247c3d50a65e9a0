//! The page for searching: a form that works with scripts, and every way into the library that works without.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    model::{Address, TermId, vocabulary::Vocabulary},
    problem::Problem,
    site::{
        Site,
        route::Route,
        theme::Words,
        view::{
            Counted, Link, PageHead, Shared, TaxonomyLink,
            list::{Combined, counted, later_combinations},
        },
    },
};

/// The page for searching: `search.html`.
#[derive(Debug, Serialize)]
pub struct SearchView<'a> {
    /// The page.
    pub page: PageHead,
    /// The module that searches.
    pub module: String,
    /// What every search reads, so that a browser may ask for it at once.
    pub preloads: Vec<String>,
    /// This page, without a question.
    pub href: String,
    /// What the page's script says, as JSON.
    pub texts: String,
    /// The page that calls for what is missing, where the library has one.
    pub call: Option<String>,
    /// The glossary, where there is one: what the acronyms in the results stand for.
    pub glossary: Option<String>,
    /// The filters, in their order.
    pub facets: Vec<FacetView<'a>>,
    /// Other ways into the library.
    pub ways: Vec<Link>,
    /// How many results stand on a page.
    pub per_page: usize,
}

/// A filter, and the way in by its taxonomy.
#[derive(Debug, Serialize)]
pub struct FacetView<'a> {
    /// The taxonomy's id: the name of the filter.
    pub id: &'a str,
    /// The taxonomy.
    pub taxonomy: Shared<TaxonomyLink>,
    /// A case may carry several of its terms.
    pub many: bool,
    /// Its terms.
    pub terms: Vec<FacetTerm<'a>>,
}

/// A term of a filter.
#[derive(Debug, Serialize)]
pub struct FacetTerm<'a> {
    /// The term's id: the value of the filter.
    pub id: &'a str,
    /// Its label.
    pub label: &'a str,
    /// Its other names, for whoever finds nothing.
    pub also: String,
    /// The retired terms that it stands for, by their ids.
    pub was: String,
    /// Its page, with how many cases.
    pub link: Counted,
    /// Its combinations with terms of later facets.
    pub combinations: Vec<Combined>,
}

/// The page for searching.
pub fn search<'a>(site: &'a Site, address: &Address) -> Result<SearchView<'a>, Box<Problem>> {
    let words = site.words();
    let way = |text: &str, address: Address| Link { text: text.to_owned(), href: site.href(&address) };
    Ok(SearchView {
        page: PageHead::new(site, address, &Route::Search, words.search.clone())?,
        module: site.href(&Address::file("search/search.js")),
        preloads: preloads(site),
        href: site.href(address),
        texts: texts(words),
        call: site.page_on("contribute").map(|page| site.href(&page.address)),
        glossary: site.published(&Address::page(["glossary"])),
        facets: site.library.vocabularies.facets().map(|of| facet(site, of)).collect(),
        ways: vec![
            way(&words.all_cases, Address::page(["cases"])),
            way(&words.places, Address::page(["places"])),
            way(&words.a_to_z, Address::page(["a-z"])),
        ],
        per_page: site.library.config.per_page.min(50),
    })
}

fn preloads(site: &Site) -> Vec<String> {
    let is_needed = |name: &&String| *name == "meta.json" || name.starts_with("catalogue.");
    let names = site.search.get().into_iter().flat_map(BTreeMap::keys).filter(is_needed);
    names.map(|name| site.href(&Address::file(&format!("search/{name}")))).collect()
}

/// The words of the page's script.
fn texts(words: &Words) -> String {
    serde_json::json!({
        "cases": words.cases,
        "none": words.search_none,
        "clear": words.search_clear,
        "remove": words.search_remove,
        "corrected": words.search_corrected,
        "ignored": words.search_ignored,
        "failed": words.search_failed,
        "unknown": words.search_unknown,
        "missing": words.search_missing,
        "page": words.search_page,
        "previous": words.previous,
        "next": words.next,
        "years": words.years_short,
        "until": words.years_to,
        "abbreviation": words.abbreviation,
        "compare": words.compare_choose,
        "thousands": words.thousands,
        "comma": words.comma,
    })
    .to_string()
}

fn facet<'a>(site: &'a Site, of: &'a Vocabulary) -> FacetView<'a> {
    let retired = |term: TermId| {
        let ids = of.retired.iter().filter(|(_, by)| **by == term).map(|(id, _)| id.as_str());
        ids.collect::<Vec<_>>().join(" ")
    };
    let terms = of.terms.iter().map(|term| FacetTerm {
        id: &term.id,
        label: &term.label,
        also: term.also.join(&site.words().comma),
        was: retired(term.key),
        link: counted(site, term.key),
        combinations: later_combinations(site, term.key),
    });
    FacetView { id: &of.id, taxonomy: site.taxonomy(of.key).clone(), many: of.many, terms: terms.collect() }
}
