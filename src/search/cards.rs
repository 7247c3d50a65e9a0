//! Cards: the data that a result shows of a document, one file for each.
//!
//! A result needs the text of its case, for the excerpt. Measured at 10,000 cases of 850 words, ten results load 23 kB
//! with one card in a file, 43 kB with two, 82 kB with four, and 308 kB with sixteen, whatever the order, since results
//! come from everywhere. Excerpts from the published pages, and the rest from files of sixteen cards, would be 223 kB,
//! or 78 kB if the host compresses pages. Ranges of one large file would be as small as single files, but a host
//! without support for ranges would send all of it. So each card has a file, or for hosts that limit the number of
//! files, some eleven cards share one ([`record_files`](mod@super::record_files)). Cards are written when the words of
//! their case are read. They are packed with little effort, since packing takes a sixth of the time of the whole index.

use std::{borrow::Cow, collections::BTreeMap};

use serde::Serialize;

use crate::{
    model::{
        Address, Library,
        document::GlossaryEntry,
        library::{Case, Page},
        life_years::{DrawnYears, LifeYears},
    },
    search::{pack::Packed, record_files::Batching},
};

/// The length of the text that excerpts are taken from, in bytes: far longer than most cases, and far shorter than a
/// file may be.
const EXCERPTED: usize = 60_000;

/// A text of more bytes than this is long: its card has the first piece, and other files the rest. Measured on 1,900
/// public posts, a third of what a query loads were long texts, and few excerpts need more than the first piece.
const LONG: usize = 6_000;

/// The most bytes of a piece of a long text.
const PIECE: usize = 4_000;

/// How cards are batched in a library of `all` cases. A large library has larger batches, because every search reads
/// the list of their names. With some eleven in a shared file, a site of 10,000 cases has fewer than 20,000 files, and
/// a host that sends whole files sends some 25 kB for each result.
pub fn batching(all: usize, is_shared: bool) -> Batching {
    Batching { least: if is_shared { 6 } else { 16 * (all / 16_384).next_power_of_two().min(8) }, is_shared }
}

/// The card of a case.
#[derive(Clone, Debug, Serialize)]
pub struct ResultCard<'a> {
    /// Its address, relative to the site's first page and percent-encoded.
    pub url: String,
    /// Its title.
    pub title: &'a str,
    /// Its summary.
    pub summary: &'a str,
    /// The day of first publication.
    pub date: Option<String>,
    /// Its places, short.
    pub place: String,
    /// The region of all its places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<&'a str>,
    /// The years of the partnership.
    pub period: Option<CardYears>,
    /// Between which years its lifeline is drawn.
    pub life: Option<DrawnYears>,
    /// Its terms by facet, in the order written.
    pub terms: BTreeMap<&'a str, Vec<&'a str>>,
    /// The text of its body without footnotes, for excerpts, or the first piece of it.
    pub text: &'a str,
    /// The names of the files with the other pieces of the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rest: Vec<String>,
}

/// A card, and the other pieces of a long text.
#[derive(Debug)]
pub struct PackedCard {
    /// The card.
    pub card: Packed,
    /// The other pieces of its text.
    pub rest: Vec<Packed>,
}

/// The card of a plain page, or of an entry of the glossary.
#[derive(Clone, Debug, Serialize)]
pub struct PageCard<'a> {
    /// Its address, relative to the site's first page and percent-encoded.
    pub url: String,
    /// Its title.
    pub title: Cow<'a, str>,
    /// A sentence about it.
    pub summary: &'a str,
    /// Its text, for excerpts.
    pub text: &'a str,
}

/// The card of a plain page.
pub fn page_card<'a>(page: &'a Page, prose: &'a str) -> PageCard<'a> {
    let summary = page.file.summary.as_deref().unwrap_or_default();
    PageCard { url: page.address.href(""), title: page.file.title.as_str().into(), summary, text: excerpted(prose) }
}

/// The card of an entry of the glossary. `id` is its id in the page.
pub fn entry_card<'a>(entry: &'a GlossaryEntry, id: &str) -> PageCard<'a> {
    let url = format!("{}#{id}", Address::page(["glossary"]).href(""));
    let title = format!("{}: {}", entry.term.value, entry.full);
    PageCard { url, title: title.into(), summary: entry.note.as_deref().unwrap_or_default(), text: "" }
}

/// The years of a partnership.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct CardYears {
    /// The first year.
    pub from: Option<i16>,
    /// The last year.
    pub to: Option<i16>,
}

/// The card of a case. `text` is its text, or the first piece of it if `rest` names the files of others.
pub fn card<'a>(library: &'a Library, case: &'a Case, text: &'a str, rest: Vec<String>) -> ResultCard<'a> {
    let file = &case.file;
    let names = || file.places.iter().map(|place| place.name.as_str()).collect::<Vec<_>>().join(", ");
    let terms = library.vocabularies.facets().map(|vocabulary| {
        let carried = case.terms_of(vocabulary.id).iter();
        (vocabulary.file.id.as_str(), carried.map(|carried| vocabulary.terms[carried.term].slug()).collect())
    });
    let region = file.places.first().and_then(|place| place.region.as_deref());
    let mark = library.marks_of(case).find_map(|(_, term)| term.file.mark);
    ResultCard {
        url: case.address.href(""),
        title: &file.title,
        summary: &file.summary,
        date: file.date.map(|date| date.to_string()),
        region: region.filter(|_| file.places.iter().all(|place| place.region.as_deref() == region)),
        place: file.short_place.clone().unwrap_or_else(names),
        period: file.period.as_ref().map(|period| CardYears { from: period.from, to: period.to }),
        life: LifeYears::of(case).and_then(|years| years.drawn(mark)),
        terms: terms.collect(),
        text,
        rest,
    }
}

/// The text of a case for excerpts, in pieces if it is long. `prose` is the plain text of its body, then an empty line
/// and its footnotes.
pub fn pieces(prose: &str) -> Vec<&str> {
    let mut left = excerpted(prose);
    let mut pieces = Vec::new();
    while left.len() > LONG {
        let ends = left.char_indices().take_while(|(at, _)| *at <= PIECE).filter(|(_, c)| c.is_whitespace());
        let Some((end, _)) = ends.last().filter(|(end, _)| *end > 0) else { break };
        let (piece, rest) = left.split_at(end);
        pieces.push(piece);
        left = rest;
    }
    pieces.push(left);
    pieces
}

/// The part of a text that excerpts are taken from: up to the footnotes, which follow an empty line.
pub fn excerpted(prose: &str) -> &str {
    let prose = prose.split_once("\n\n").map_or(prose, |(prose, _)| prose);
    let end = (0..=EXCERPTED.min(prose.len())).rev().find(|&at| prose.is_char_boundary(at));
    &prose[..end.unwrap_or(0)]
}

/// Writes a card as the content of its file.
pub fn write(card: &impl Serialize, content: &mut Vec<u8>) {
    content.clear();
    serde_json::to_writer(content, card).expect("texts and numbers are JSON");
}
