//! What the exports need of a site: the words of the interface, and bodies with their links in place.

use crate::{
    export::{
        data_file::Account,
        feed::{self, ATOM, Channel, JSON},
        links, opensearch,
    },
    model::{Address, CaseId, TermId},
    site::{
        Site,
        plan::{term_address, term_feed_address},
        theme::filled,
        view::page::body,
    },
};

/// The newest cases, as Atom.
pub fn feed(site: &Site) -> String {
    feed::atom(&site.library, &all(site, ATOM), site.library.cases.ids(), |case| words_of(site, case))
}

/// The newest cases, as JSON Feed.
pub fn json_feed(site: &Site) -> String {
    feed::json_feed(&site.library, &all(site, JSON), site.library.cases.ids(), |case| words_of(site, case))
}

/// The description by which a browser offers the library's search; empty where the host is not known.
pub fn opensearch(site: &Site) -> String {
    let config = &site.library.config;
    let description = config.tagline.as_deref().unwrap_or(&config.title);
    opensearch::opensearch(&site.library, description).unwrap_or_default()
}

/// The newest cases of a term, as Atom.
pub fn term_feed(site: &Site, term: TermId) -> String {
    let library = &site.library;
    let channel = Channel {
        title: term_feed_title(site, term),
        subtitle: library.vocabularies[term].definition.as_deref(),
        page: term_address(library, term),
        own: term_feed_address(library, term),
    };
    feed::atom(library, &channel, &library.carried[term], |case| words_of(site, case))
}

/// The title of a term's feed.
pub fn term_feed_title(site: &Site, term: TermId) -> String {
    let label = &site.library.vocabularies[term].label;
    filled(&site.words().window_title, &[("page", label), ("site", &site.library.config.title)])
}

/// What is said of the open data. `description` is made by [`description`].
pub fn account<'a>(site: &'a Site, description: &'a str) -> Account<'a> {
    Account { description, columns: &site.words().data_columns }
}

/// What the open data is, in a sentence or two.
pub fn description(site: &Site) -> String {
    filled(&site.words().data_description, &[("site", &site.library.config.title)])
}

fn all<'a>(site: &'a Site, name: &str) -> Channel<'a> {
    let config = &site.library.config;
    Channel {
        title: config.title.clone(),
        subtitle: config.tagline.as_deref(),
        page: Address::page([]),
        own: Address::file(name),
    }
}

/// The words of a case, with full addresses.
fn words_of(site: &Site, case: CaseId) -> String {
    let case = &site.library.cases[case];
    let html = body(site, &case.file.path, &case.file.body);
    let page = site.full_address(&case.address).unwrap_or_default();
    links::in_full(&html, site.library.config.base.origin.as_deref().unwrap_or_default(), &page)
}
