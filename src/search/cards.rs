//! Cards: what a result shows of a case, one file for each.
//!
//! A result needs the text of its case, for the passage with the words. So a question moves as many of the units that
//! are fetched as it has results, and there are as many files as the units go into the library. Measured at 10,000
//! cases of 850 words, ten results move 23 kB with one case in a file, 43 kB with two, 82 kB with four, 308 kB with
//! sixteen, in whichever order, since results come from everywhere. The passages from the published pages instead, and
//! the rest from files of sixteen, are 223 kB, or 78 kB where the host packs pages. Ranges of one large file would be
//! as small as one case in a file, but a host that does not know ranges sends it whole. So it is one file, or for hosts that
//! count files some eleven in one ([`together`](mod@super::together)), made at once
//! with the case's words and with no more care than pays: packing takes a sixth of the time that the index takes.

use std::{borrow::Cow, collections::BTreeMap};

use serde::Serialize;

use crate::{
    model::{
        Address, Library,
        document::GlossaryEntry,
        library::{Case, Page},
    },
    search::{SearchFiles, format::catalogue::Cards, pack::Packed, together},
};

/// How much of a body excerpts are taken from, in bytes: far more than a case has, far less than a file may have.
const EXCERPTED: usize = 60_000;

/// How many cards share a name at the least, in a library of so many: as many more in a large one, since every search
/// reads the list of names. At the most it is four times as many.
fn least(all: usize) -> usize {
    16 * (all / 16_384).next_power_of_two().min(8)
}

/// How many cards share a file at the least, where they do. With some eleven in a file, 10,000 cases and all their pages are
/// below 20,000 files, and a host that sends whole files sends some 25 kB for each result.
const LEAST_TOGETHER: usize = 6;

/// What a result shows of a case.
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
    /// Its places.
    pub place: String,
    /// The years of the partnership.
    pub period: Option<CardYears>,
    /// Its terms, as written, by facet.
    pub terms: BTreeMap<&'a str, Vec<&'a str>>,
    /// The words of its body, for excerpts: not those of its notes, which name sources.
    pub text: &'a str,
}

/// What is shown of a plain page, or of an entry of the glossary.
#[derive(Clone, Debug, Serialize)]
pub struct PageCard<'a> {
    /// Its address, relative to the site's first page and percent-encoded.
    pub url: String,
    /// Its title.
    pub title: Cow<'a, str>,
    /// A sentence about it.
    pub summary: &'a str,
    /// Its words, for excerpts.
    pub text: &'a str,
}

/// The card of a plain page.
pub fn page_card<'a>(page: &'a Page, prose: &'a str) -> PageCard<'a> {
    let summary = page.file.summary.as_deref().unwrap_or_default();
    PageCard { url: page.address.href(""), title: page.file.title.as_str().into(), summary, text: beginning(prose) }
}

/// The card of an entry of the glossary, which has this id on its page.
pub fn entry_card<'a>(entry: &'a GlossaryEntry, id: &str) -> PageCard<'a> {
    let url = format!("{}#cb-{id}", Address::page(["glossary"]).href(""));
    let title = format!("{}: {}", entry.term.value, entry.full);
    PageCard { url, title: title.into(), summary: entry.note.as_deref().unwrap_or_default(), text: "" }
}

/// The years of a partnership.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct CardYears {
    /// The first.
    pub from: Option<i16>,
    /// The last.
    pub to: Option<i16>,
}

/// The card of a case. `prose` is the plain text of its body, and after an empty line that of its notes.
pub fn card<'a>(library: &'a Library, case: &'a Case, prose: &'a str) -> ResultCard<'a> {
    let file = &case.file;
    let places: Vec<&str> = file.places.iter().map(|place| place.name.as_str()).collect();
    let terms = library.vocabularies.facets().map(|vocabulary| {
        let carried = case.terms_of(vocabulary.key).iter();
        (vocabulary.id.as_str(), carried.map(|carried| vocabulary.terms[carried.term].id.as_str()).collect())
    });
    ResultCard {
        url: case.address.href(""),
        title: &file.title,
        summary: &file.summary,
        date: file.date.map(|date| date.to_string()),
        place: places.join(", "),
        period: file.period.as_ref().map(|period| CardYears { from: period.from, to: period.to }),
        terms: terms.collect(),
        text: beginning(prose),
    }
}

/// As much of a text as excerpts are taken from: up to its notes, which come after an empty line.
fn beginning(prose: &str) -> &str {
    let prose = prose.split_once("\n\n").map_or(prose, |(prose, _)| prose);
    let end = (0..=EXCERPTED.min(prose.len())).rev().find(|&at| prose.is_char_boundary(at));
    &prose[..end.unwrap_or(0)]
}

/// Writes the content of a card's file.
pub fn write(card: &impl Serialize, content: &mut Vec<u8>) {
    content.clear();
    serde_json::to_writer(content, card).expect("texts and numbers are JSON");
}

/// Puts the cards among the files, named by the content of their batch and their place in it, or a whole batch in one file.
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
