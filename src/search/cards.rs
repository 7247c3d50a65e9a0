//! Cards: the data that a result shows of a document, one file for each.
//!
//! A result needs the text of its case, for the excerpt. Measured at 10,000 cases of 850 words, ten results load 23 kB
//! with one card in a file, 43 kB with two, 82 kB with four, and 308 kB with sixteen, whatever the order, since results
//! come from everywhere. Excerpts from the published pages, and the rest from files of sixteen cards, would be 223 kB,
//! or 78 kB if the host compresses pages. Ranges of one large file would be as small as single files, but a host
//! without support for ranges would send all of it. So each card has a file, or for hosts that limit the number of
//! files, some eleven cards share one ([`together`](mod@super::together)). Cards are written when the words of their
//! case are read. They are packed with little effort, since packing takes a sixth of the time of the whole index.

use std::{borrow::Cow, collections::BTreeMap};

use serde::Serialize;

use crate::{
    model::{
        Address, Library,
        document::GlossaryEntry,
        library::{Case, Page},
        life_years::{DrawnYears, LifeYears},
    },
    search::{SearchFiles, format::catalogue::Cards, pack::Packed, together},
};

/// The length of the text that excerpts are taken from, in bytes. Far more than a case usually has, and far less than a
/// file may have.
const EXCERPTED: usize = 60_000;

/// The fewest cards of a batch, which share a name, in a library of `all` cases. A batch has at most four times as
/// many. A large library has larger batches, because every search reads the list of names.
fn least(all: usize) -> usize {
    16 * (all / 16_384).next_power_of_two().min(8)
}

/// The fewest cards that share a file, if they do. With some eleven in a file, a site of 10,000 cases has fewer than
/// 20,000 files, and a host that sends whole files sends some 25 kB for each result.
const LEAST_TOGETHER: usize = 6;

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
    /// The text of its body without footnotes, for excerpts.
    pub text: &'a str,
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
    PageCard { url: page.address.href(""), title: page.file.title.as_str().into(), summary, text: beginning(prose) }
}

/// The card of an entry of the glossary. `id` is its id in the page.
pub fn entry_card<'a>(entry: &'a GlossaryEntry, id: &str) -> PageCard<'a> {
    let url = format!("{}#cb-{id}", Address::page(["glossary"]).href(""));
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

/// The card of a case. `prose` is the plain text of its body, then an empty line and its footnotes.
pub fn card<'a>(library: &'a Library, case: &'a Case, prose: &'a str) -> ResultCard<'a> {
    let file = &case.file;
    let names = || file.places.iter().map(|place| place.name.as_str()).collect::<Vec<_>>().join(", ");
    let terms = library.vocabularies.facets().map(|vocabulary| {
        let carried = case.terms_of(vocabulary.key).iter();
        (vocabulary.file.id.as_str(), carried.map(|carried| vocabulary.terms[carried.term].id.as_str()).collect())
    });
    let region = file.places.first().and_then(|place| place.region.as_deref());
    let mark = library.marks_of(case).find_map(|(_, term)| term.mark);
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
        text: beginning(prose),
    }
}

/// The part of a text that excerpts are taken from: up to the footnotes, which follow an empty line.
fn beginning(prose: &str) -> &str {
    let prose = prose.split_once("\n\n").map_or(prose, |(prose, _)| prose);
    let end = (0..=EXCERPTED.min(prose.len())).rev().find(|&at| prose.is_char_boundary(at));
    &prose[..end.unwrap_or(0)]
}

/// Writes a card as the content of its file.
pub fn write(card: &impl Serialize, content: &mut Vec<u8>) {
    content.clear();
    serde_json::to_writer(content, card).expect("texts and numbers are JSON");
}

/// Adds the cards to the files: a file for each card, named by the content of its batch and its position in it, or a
/// file for a whole batch.
pub fn files(cards: Vec<Packed>, is_together: bool, files: &mut SearchFiles) -> Cards {
    let (mut list, mut batch) = (Cards::default(), Vec::<Packed>::new());
    let least = if is_together { LEAST_TOGETHER } else { least(cards.len()) };
    let mut cards = cards.into_iter().peekable();
    while let Some(card) = cards.next() {
        let is_cut = batch.len() + 1 >= least && usize::from(card.hash.as_bytes()[0]).is_multiple_of(least);
        batch.push(card);
        if is_cut || batch.len() == 4 * least || cards.peek().is_none() {
            let name = together::name_of(&batch);
            list.batches.push(batch.len());
            if is_together {
                files.insert(format!("cards/{name}.bin"), together::file(&batch, &mut list.sizes).bytes);
                batch.clear();
            }
            for (n, card) in batch.drain(..).enumerate() {
                files.insert(format!("cards/{name}-{n}.bin"), card.bytes);
            }
            list.names.push(name);
        }
    }
    list
}
