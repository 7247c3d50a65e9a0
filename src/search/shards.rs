//! The index → files: cut into pieces of a size that suits a phone, packed, and named by their content.
//!
//! A range of forms ends where it is large enough *and* the last form's hash says so, so that after an edit the cuts
//! soon fall where they fell before, and most files keep their names. Batches of cards end by the same rule.

use std::{io::Write, ops::Range};

use flate2::{Compression, GzBuilder};
use rayon::prelude::*;
use serde::Serialize;

use crate::{
    model::Library,
    search::{
        SearchFiles,
        collection::Collection,
        fields::Years,
        format::{
            catalogue::{Catalogue, Files, Rare, runs},
            column, endings,
            head::{Head, VERSION, facets},
            places, words,
        },
        lexicon::by_units,
        order,
        postings::{Entry, entries},
    },
};

/// How large a file of words or places is at the least, before it is packed.
const RANGE: usize = 8_000;

/// How many forms a file of endings has at the least.
const ENDINGS: usize = 2_000;

/// How many cards a batch has at the least, and at the most.
const BATCH: Range<usize> = 16..64;

/// A packed file, and the hash of what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// The file.
    pub bytes: Vec<u8>,
    /// The hash of what was packed.
    pub hash: blake3::Hash,
}

/// Packs the content of a file.
pub fn pack(content: &[u8]) -> Packed {
    let mut packer = GzBuilder::new().write(Vec::with_capacity(content.len() / 2), Compression::new(6));
    let written = packer.write_all(content).and_then(|()| packer.finish());
    Packed { bytes: written.expect("memory takes what is written"), hash: blake3::hash(content) }
}

/// Every file of the index.
pub fn shards(library: &Library, collection: &Collection, cards: Vec<Packed>) -> SearchFiles {
    let entries = entries(collection);
    let mut files = SearchFiles::new();
    let rare = Rare {
        places: place_files(collection, &entries, &mut files),
        endings: ending_files(collection, &entries, &mut files),
    };
    let (runs, steps) = runs(&collection.order);
    let (batches, names) = card_files(cards, &mut files);
    let words = word_files(collection, &entries, &mut files);
    let catalogue = Catalogue { words, batches, cards: names, sets: &collection.order.sets, runs, steps };
    let head = Head {
        version: VERSION,
        cases: collection.documents.len(),
        facets: facets(library),
        catalogue: json_file("catalogue", &catalogue, &mut files),
        rare: json_file("rare", &rare, &mut files),
        newest: column_file(column::ranks(&order::newest(&collection.order)), &mut files),
        titles: column_file(column::ranks(&order::titles(library, &collection.order)), &mut files),
        years: column_file(column::years(&periods(library, collection)), &mut files),
    };
    files.insert("meta.json".to_owned(), json(&head));
    files
}

fn periods(library: &Library, collection: &Collection) -> Vec<Option<Years>> {
    let period = |&case: &usize| library.cases[case].file.period.as_ref();
    let years = |case| period(case).map(|period| Years { from: period.from, to: period.to });
    collection.order.cases.iter().map(years).collect()
}

fn word_files(collection: &Collection, entries: &[Entry], files: &mut SearchFiles) -> Files {
    let lexicon = &collection.lexicon;
    let ranges = ranges(&lexicon.forms, |form| entries[form].postings.len());
    let made: Vec<Vec<u8>> = ranges.par_iter().map(|range| words::file(lexicon, entries, range.clone())).collect();
    listed("words", &lexicon.forms, &ranges, &made, files)
}

fn place_files(collection: &Collection, entries: &[Entry], files: &mut SearchFiles) -> Files {
    let forms = &collection.lexicon.forms;
    let ranges = ranges(forms, |form| entries[form].places.len());
    let file = |range: &Range<usize>| {
        let forms: Vec<_> = range.clone().map(|form| (&*forms[form], entries[form].places.as_slice())).collect();
        places::file(&forms)
    };
    let made: Vec<Vec<u8>> = ranges.par_iter().map(file).collect();
    listed("places", forms, &ranges, &made, files)
}

fn ending_files(collection: &Collection, entries: &[Entry], files: &mut SearchFiles) -> Files {
    let forms = collection.lexicon.forms.iter().zip(entries).filter(|(form, _)| form.chars().count() > 3);
    let mut backwards: Vec<(String, usize)> =
        forms.map(|(form, entry)| (form.chars().rev().collect(), entry.cases)).collect();
    backwards.par_sort_unstable_by(|(a, _), (b, _)| by_units(a, b));
    let names: Vec<Box<str>> = backwards.iter().map(|(form, _)| form.as_str().into()).collect();
    let ranges = ranges(&names, |_| RANGE / ENDINGS);
    let made: Vec<Vec<u8>> = ranges.par_iter().map(|range| endings::file(&backwards[range.clone()])).collect();
    listed("endings", &names, &ranges, &made, files)
}

/// Cuts a list of forms, each with the size of its record.
fn ranges(forms: &[Box<str>], size: impl Fn(usize) -> usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut from, mut sum) = (0, 0);
    for (form, text) in forms.iter().enumerate() {
        sum += size(form) + 3;
        let is_cut = blake3::hash(text.as_bytes()).as_bytes()[0].is_multiple_of(4) || sum > 2 * RANGE;
        if (sum > RANGE && is_cut) || form + 1 == forms.len() {
            ranges.push(from..form + 1);
            (from, sum) = (form + 1, 0);
        }
    }
    ranges
}

/// Packs the files of ranges, and lists them.
fn listed(
    folder: &str,
    forms: &[Box<str>],
    ranges: &[Range<usize>],
    made: &[Vec<u8>],
    files: &mut SearchFiles,
) -> Files {
    let packed: Vec<Packed> = made.par_iter().map(|content| pack(content)).collect();
    let mut list = Files::default();
    for (range, packed) in ranges.iter().zip(packed) {
        let before = if range.start == 0 { "" } else { &forms[range.start - 1] };
        list.from.push(separator(before, &forms[range.start]));
        list.names.push(name(&packed.hash));
        files.insert(format!("{folder}/{}.bin", name(&packed.hash)), packed.bytes);
    }
    list
}

/// The shortest beginning of a form that comes after the form before it.
fn separator(before: &str, form: &str) -> String {
    let ends = form.char_indices().map(|(at, c)| at + c.len_utf8());
    let mut beginnings = ends.map(|end| &form[..end]);
    beginnings.find(|beginning| by_units(beginning, before).is_gt()).unwrap_or(form).to_owned()
}

/// Names the cards: by the content of their batch, and their place in it.
fn card_files(cards: Vec<Packed>, files: &mut SearchFiles) -> (Vec<usize>, Vec<String>) {
    let (mut batches, mut names, mut batch) = (Vec::new(), Vec::new(), Vec::<Packed>::new());
    let mut cards = cards.into_iter().peekable();
    while let Some(card) = cards.next() {
        let is_cut = batch.len() + 1 >= BATCH.start && card.hash.as_bytes()[0].is_multiple_of(16);
        batch.push(card);
        if is_cut || batch.len() + 1 == BATCH.end || cards.peek().is_none() {
            let mut hasher = blake3::Hasher::new();
            for card in &batch {
                hasher.update(card.hash.as_bytes());
            }
            let name = name(&hasher.finalize());
            batches.push(batch.len());
            for (n, card) in batch.drain(..).enumerate() {
                files.insert(format!("cards/{name}-{n}.bin"), card.bytes);
            }
            names.push(name);
        }
    }
    (batches, names)
}

fn column_file(content: Vec<u8>, files: &mut SearchFiles) -> String {
    let packed = pack(&content);
    let path = format!("columns/{}.bin", name(&packed.hash));
    files.insert(path.clone(), packed.bytes);
    path
}

fn json_file(stem: &str, record: &impl Serialize, files: &mut SearchFiles) -> String {
    let packed = pack(&json(record));
    let path = format!("{stem}.{}.bin", name(&packed.hash));
    files.insert(path.clone(), packed.bytes);
    path
}

fn json(record: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(record).expect("texts and numbers are JSON")
}

fn name(hash: &blake3::Hash) -> String {
    hash.to_hex()[..10].to_owned()
}
