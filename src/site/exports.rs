//! Calls the exports with what they need from a site: texts of the interface, and bodies with their links filled in.

use crate::{
    export::{
        data_file::{DataDescription, DataFile},
        feed::{self, ATOM, CHANGES, Channel, JSON},
        links, opensearch,
    },
    html,
    model::{
        Address, CaseId, Config, TermId,
        changes::{self, CaseChange, ChangeKind},
        ids::{CitationId, Id},
        numbering::SourceNumbering,
    },
    site::{
        Site,
        plan::term_feed_address,
        theme::{Words, filled},
        view::{
            Dated,
            changes::kind,
            citations::citation,
            page::cited_body,
            sources::{SourceView, sources},
        },
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

/// The OpenSearch description, by which a browser offers the library's search; empty if the host is not known.
pub fn opensearch(site: &Site) -> String {
    let config = &site.library.config;
    let description = config.tagline.as_deref().unwrap_or(&config.title);
    opensearch::opensearch(&site.library, description).unwrap_or_default()
}

/// The newest cases of a term, as Atom.
pub fn term_feed(site: &Site, term: TermId) -> String {
    let library = &site.library;
    let channel = Channel {
        title: term_feed_title(&site.theme.words, &library.config, &library.vocabularies[term].label),
        subtitle: library.vocabularies[term].file.definition.as_deref(),
        page: library.vocabularies.term_address(term),
        own: term_feed_address(&library.vocabularies, term),
    };
    feed::atom(library, &channel, &library.cases_by_term[term], |case| words_of(site, case))
}

/// The latest changes, as Atom.
pub fn changes_feed(site: &Site) -> String {
    let (library, words) = (&site.library, &site.theme.words);
    let channel = Channel {
        title: filled(&words.window_title, &[("page", &words.changes), ("site", &library.config.title)]),
        subtitle: Some(&words.changes_lead),
        page: Address::page(["changes"]),
        own: Address::file(CHANGES),
    };
    let changes = changes::changes(library);
    let newest = &changes[..changes.len().min(feed::NEWEST)];
    let notices: Vec<_> = newest.iter().map(|&change| change_entry(words, change)).collect();
    feed::changes(library, &channel, &notices)
}

fn change_entry<'a>(words: &Words, change: CaseChange<'a>) -> feed::ChangeEntry<'a> {
    let file = &change.case.file;
    let text = match change.what {
        ChangeKind::Corrected(what) => what,
        ChangeKind::Withdrawn(why) => why.unwrap_or_default(),
        ChangeKind::Changed | ChangeKind::Published => &file.summary,
    };
    feed::ChangeEntry { title: format!("{}: {}", kind(words, &change.what), file.title), change, text }
}

/// The title of a term's feed.
pub fn term_feed_title(words: &Words, config: &Config, label: &str) -> String {
    filled(&words.window_title, &[("page", label), ("site", &config.title)])
}

/// A file of the open data.
pub fn data_file(site: &Site, file: DataFile) -> String {
    let words = &site.theme.words;
    let description = description(words, &site.library.config);
    file.text(&site.library, account(words, &description))
}

/// The description of the open data. `description` is made by [`description`].
pub fn account<'a>(words: &'a Words, description: &'a str) -> DataDescription<'a> {
    DataDescription { description, columns: &words.data_columns }
}

/// A description of the open data, in a sentence or two.
pub fn description(words: &Words, config: &Config) -> String {
    filled(&words.data_description, &[("site", &config.title)])
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

/// The body of a case with its corrections above it and its sources below, and with full addresses.
fn words_of(site: &Site, case: CaseId) -> String {
    let (case, words) = (&site.library.cases[case], &site.theme.words);
    let mut html = String::new();
    for correction in case.file.corrections.iter().rev() {
        let when = filled(&words.corrected_on, &[("date", &Dated::new(words, correction.date).text)]);
        html.push_str("<p><strong>");
        html::push_text(&mut html, &when);
        html.push_str("</strong> ");
        html::push_text(&mut html, &correction.what);
        html.push_str("</p>\n");
    }
    let (links, numbering) = (site.links.of_case(case.id), SourceNumbering::of(&case.file));
    let cited = |id: CitationId| citation(words, &case.file.body.citations[id.position()], numbering.citation(id));
    html.push_str(&cited_body(words, &links.hrefs, &case.file.body, cited));
    push_sources(&mut html, words, sources(words, case, &numbering, &links.sources));
    let page = site.full_address(&case.address).unwrap_or_default();
    links::in_full(&html, site.library.config.base.origin.as_deref().unwrap_or_default(), &page)
}

/// A plain list of sources: those that the text cites, then the others. Their numbers go on from one to the other, as
/// on the page.
fn push_sources(html: &mut String, words: &Words, (cited, others): (Vec<SourceView<'_>>, Vec<SourceView<'_>>)) {
    if cited.is_empty() && others.is_empty() {
        return;
    }
    html.push_str("<h2>");
    html::push_text(html, &words.sources);
    html.push_str("</h2>\n<ol>\n");
    for source in cited.iter().chain(&others) {
        html.push_str("<li>");
        if let Some(authors) = &source.authors {
            html::push_text(html, authors);
            html.push(' ');
        }
        if let Some(href) = source.href {
            html.push_str("<a href=\"");
            html::push_value(html, href);
            html.push_str("\">");
        }
        html::push_text(html, source.title);
        html.push_str(if source.href.is_some() { "</a>" } else { "" });
        for more in [source.publisher, source.date.as_deref()].into_iter().flatten() {
            html.push_str(", ");
            html::push_text(html, more);
        }
        html.push_str("</li>\n");
    }
    html.push_str("</ol>\n");
}
