//! Library → the files of the search index: words → index → shards.
//!
//! Modules in reading order. [`tokenize`] splits text into words. [`fields`] and [`mentions`] choose the texts of a
//! document, and [`names`] collects the other names of its subjects. [`reading`] turns the texts into numbered words. A
//! [`segment`] is the inverted index of some documents, and the [`collection`] has all segments and their [`lexicon`].
//! It numbers cases in an [`order`] that keeps facets small. [`postings`] has the documents of each word and its
//! [`weight`] in each, and [`prefixes`] the documents of prefixes that many words share. [`dictionary_filter`]
//! recognises common words that are similar to a word of the library ([`similar_words`]). [`cards`] are the data of
//! results. [`shards`] cuts all this into records, which are compressed ([`pack`]), put into batches of files or into
//! shared files ([`record_files`]), and named by their content. Each module of [`format`](mod@format) is one kind of
//! record. The scripts in `browser/` read the records; [`scripts`](mod@scripts) makes one module of the scripts.

pub mod tokenize;

pub mod fields;
pub mod mentions;
pub mod names;
pub mod reading;

pub mod collection;
pub mod lexicon;
pub mod order;
pub mod segment;

pub mod dictionary_filter;
pub mod postings;
pub mod prefixes;
pub mod similar_words;
pub mod weight;

pub mod cards;

pub mod bits;
pub mod format;
pub mod pack;
pub mod record_files;
pub mod shards;

pub mod scripts;

use std::collections::BTreeMap;

use crate::{
    model::{Library, document::Body},
    problem::FilePath,
};
use collection::Collection;

/// The files below `/search/`, by their path there.
pub type SearchFiles = BTreeMap<String, Vec<u8>>;

/// Makes the search index of a library. `prose` gives the plain text of a body.
pub fn files(library: &Library, prose: impl Fn(&FilePath, &Body) -> String + Sync) -> SearchFiles {
    let (collection, cards) = Collection::of(library, prose);
    let mut files = shards::shards(library, collection, cards);
    files.extend(scripts::scripts());
    files
}

#[cfg(test)]
mod tests;
