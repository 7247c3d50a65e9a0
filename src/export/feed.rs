//! Feeds: the newest cases in full, as Atom and as JSON Feed, and changes to cases, as Atom.
//!
//! Takes a library, the cases of a list (newest first) and a description of the feed; `words` gives a case's body as
//! HTML with full addresses. An entry is identified by its full address, so a library without a host has no feeds.
//! `updated` is the day of the last change, not of the build: the same library gives the same feed.

use std::collections::BTreeMap;

use atom_syndication as atom;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{
    json::{text, without_absent},
    reference::{keywords, licence},
};
use crate::model::{
    Address, CaseId, Library,
    changes::{CaseChange, ChangeKind},
    library::Case,
};

/// The most entries of a feed.
pub const NEWEST: usize = 50;

/// The path of the feed of all cases, as Atom.
pub const ATOM: &str = "feed.xml";

/// The path of the feed of all cases, as JSON Feed.
pub const JSON: &str = "feed.json";

/// The path of the feed of changes.
pub const CHANGES: &str = "changes/feed.xml";

/// The description of a feed.
#[derive(Clone, Debug)]
pub struct Channel<'a> {
    /// Its title.
    pub title: String,
    /// A line under it.
    pub subtitle: Option<&'a str>,
    /// The page whose cases it lists.
    pub page: Address,
    /// Its own address.
    pub own: Address,
}

/// A feed as Atom; empty if the host is not known.
pub fn atom(library: &Library, channel: &Channel<'_>, cases: &[CaseId], words: impl Fn(CaseId) -> String) -> String {
    let newest = &cases[..cases.len().min(NEWEST)];
    feed_of(library, channel, newest.iter().map(|&case| entry(library, case, words(case))).collect())
}

/// A change to a case, as an entry of a feed.
#[derive(Clone, Debug)]
pub struct ChangeEntry<'a> {
    /// The title: the kind of change, and the case.
    pub title: String,
    /// The change.
    pub change: CaseChange<'a>,
    /// The text.
    pub text: &'a str,
}

/// A feed of changes as Atom, the newest first; empty if the host is not known. An entry is identified by the address
/// of the case, the kind of change and the day, so that the same change is the same entry in every build.
pub fn changes(library: &Library, channel: &Channel<'_>, changes: &[ChangeEntry<'_>]) -> String {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let entry = |entry: &ChangeEntry<'_>| {
        let CaseChange { day, what, case } = entry.change;
        let what = match what {
            ChangeKind::Withdrawn(_) => "withdrawn",
            ChangeKind::Corrected(_) => "corrected",
            ChangeKind::Changed => "changed",
            ChangeKind::Published => "published",
        };
        let url = library.config.base.full(&case.address).unwrap_or_default();
        let id = format!("{url}#{what}-{day}");
        let earlier = seen.entry(id.clone()).or_default();
        *earlier += 1;
        let language = library.language_of(case);
        atom::Entry {
            title: atom::Text { lang: Some(language.to_owned()), ..atom::Text::plain(entry.title.clone()) },
            id: if *earlier == 1 { id } else { format!("{id}-{earlier}") },
            updated: utc_midnight(day),
            published: Some(utc_midnight(day)),
            links: vec![link("alternate", url, "text/html")],
            content: Some(atom::Content {
                lang: Some(language.to_owned()),
                value: Some(entry.text.to_owned()),
                content_type: Some("text".to_owned()),
                ..atom::Content::default()
            }),
            ..atom::Entry::default()
        }
    };
    feed_of(library, channel, changes.iter().map(entry).collect())
}

fn feed_of(library: &Library, channel: &Channel<'_>, entries: Vec<atom::Entry>) -> String {
    let full = |address: &Address| library.config.base.full(address).unwrap_or_default();
    let feed = atom::Feed {
        title: atom::Text::plain(channel.title.clone()),
        subtitle: channel.subtitle.map(atom::Text::plain),
        id: full(&channel.own),
        updated: entries.iter().map(|entry| entry.updated).max().unwrap_or_default(),
        authors: vec![person(publisher(library))],
        rights: library.config.licence.as_ref().map(|licence| atom::Text::plain(licence.name.clone())),
        links: vec![
            link("self", full(&channel.own), "application/atom+xml"),
            link("alternate", full(&channel.page), "text/html"),
        ],
        generator: Some(atom::Generator { value: "Casebook".to_owned(), ..atom::Generator::default() }),
        lang: Some(library.config.language.clone()),
        entries,
        ..atom::Feed::default()
    };
    without_invalid_characters(&feed.to_string())
}

/// A feed as JSON Feed.
pub fn json_feed(
    library: &Library,
    channel: &Channel<'_>,
    cases: &[CaseId],
    words: impl Fn(CaseId) -> String,
) -> String {
    let (config, base) = (&library.config, &library.config.base);
    let newest = &cases[..cases.len().min(NEWEST)];
    let publisher = config.publisher.as_ref();
    text(&without_absent(json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.subtitle,
        "home_page_url": base.full(&channel.page),
        "feed_url": base.full(&channel.own),
        "language": config.language,
        "authors": publisher.map(|publisher| json!([{ "name": publisher.name, "url": publisher.url }])),
        "items": newest.iter().map(|&case| item(library, case, words(case))).collect::<Vec<_>>(),
    })))
}

fn item(library: &Library, id: CaseId, words: String) -> Value {
    let case = &library.cases[id];
    let file = &case.file;
    let url = library.config.base.full(&case.address);
    json!({
        "id": url,
        "url": url,
        "title": file.title,
        "summary": Some(&file.summary).filter(|text| !text.is_empty()),
        "content_html": words,
        "date_published": file.date.map(midnight),
        "date_modified": case.last_change().map(midnight),
        "authors": file.authors.iter().map(|author| json!({ "name": author.name.shown() })).collect::<Vec<_>>(),
        "tags": keywords(library, case),
        "language": library.language_of(case),
    })
}

fn entry(library: &Library, id: CaseId, words: String) -> atom::Entry {
    let case = &library.cases[id];
    let file = &case.file;
    let url = library.config.base.full(&case.address).unwrap_or_default();
    let language = library.language_of(case);
    atom::Entry {
        title: atom::Text { lang: Some(language.to_owned()), ..atom::Text::plain(file.title.clone()) },
        id: url.clone(),
        updated: case.last_change().map(utc_midnight).unwrap_or_default(),
        published: file.date.map(utc_midnight),
        authors: file.authors.iter().map(|author| person(author.name.shown())).collect(),
        categories: categories(library, case),
        summary: Some(&file.summary).filter(|text| !text.is_empty()).map(|text| atom::Text::plain(text.clone())),
        rights: licence(library, case).map(|licence| atom::Text::plain(licence.name.clone())),
        links: vec![link("alternate", url.clone(), "text/html")],
        content: Some(atom::Content {
            base: Some(url),
            lang: Some(language.to_owned()),
            value: Some(words),
            content_type: Some("html".to_owned()),
            ..atom::Content::default()
        }),
        ..atom::Entry::default()
    }
}

fn categories(library: &Library, case: &Case) -> Vec<atom::Category> {
    let terms = case.terms.iter().map(|carried| (library.vocabularies.of(carried.term), carried.term));
    terms
        .map(|(vocabulary, term)| atom::Category {
            term: vocabulary.terms[term].slug().to_owned(),
            scheme: library.config.base.full(&vocabulary.address()),
            label: Some(vocabulary.terms[term].label.clone()),
        })
        .collect()
}

fn publisher(library: &Library) -> &str {
    library.config.publisher.as_ref().map_or(&library.config.title, |publisher| &publisher.name)
}

fn person(name: &str) -> atom::Person {
    atom::Person { name: name.to_owned(), ..atom::Person::default() }
}

fn link(rel: &str, href: String, kind: &str) -> atom::Link {
    atom::Link { href, rel: rel.to_owned(), mime_type: Some(kind.to_owned()), ..atom::Link::default() }
}

fn midnight(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

fn utc_midnight(day: Date) -> atom::FixedDateTime {
    midnight(day).parse().unwrap_or_default()
}

/// Removes the characters that XML cannot contain in any form, such as a bell in a title.
fn without_invalid_characters(xml: &str) -> String {
    let is_lawful =
        |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    xml.chars().filter(is_lawful).collect()
}
