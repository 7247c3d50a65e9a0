//! Library → the files with which a browser searches it: words → index → shards.
//!
//! Modules in reading order. [`words`] says what a word is, and [`common`] which words say nothing; [`fields`] and
//! [`mentions`] what a document is found by, and [`names`] what else people call its subjects. [`reading`] makes numbered
//! words of them, a [`batch`] of documents at a time is turned round, from words to documents, and a [`collection`] is all
//! batches with their [`lexicon`], in an [`order`] that keeps facets small. [`postings`] has the documents of each word with
//! its [`weight`] there, [`prefixes`] those of beginnings that many words share, [`known`] the common words that no case has;
//! [`cards`] are what results show. [`shards`] cuts it all into files, [`pack`]ed and named by their content, one kind of
//! record for each module of [`format`](mod@format). The scripts in `browser/` read them.

pub mod words;

pub mod common;
pub mod fields;
pub mod mentions;
pub mod names;
pub mod reading;

pub mod batch;
pub mod collection;
pub mod lexicon;
pub mod order;

pub mod known;
pub mod postings;
pub mod prefixes;
pub mod weight;

pub mod cards;

pub mod bits;
pub mod format;
pub mod pack;
pub mod shards;

use std::collections::BTreeMap;

use crate::{
    model::{Library, document::Body},
    problem::FilePath,
};
use collection::Collection;

/// The scripts that read the index in a browser, each before those that use it.
const SCRIPTS: [&str; 7] = [
    include_str!("browser/words.js"),
    include_str!("browser/files.js"),
    include_str!("browser/spelling.js"),
    include_str!("browser/question.js"),
    include_str!("browser/filters.js"),
    include_str!("browser/excerpt.js"),
    include_str!("browser/search.js"),
];

/// The files below `/search/`, by their path there.
pub type SearchFiles = BTreeMap<String, Vec<u8>>;

/// Makes the files with which a library is searched. `prose` gives the plain words of a body.
pub fn files(library: &Library, prose: impl Fn(&FilePath, &Body) -> String + Sync) -> SearchFiles {
    let (collection, cards) = Collection::of(library, prose);
    let mut files = shards::shards(library, collection, cards);
    files.insert("search.js".to_owned(), module().into_bytes());
    files
}

/// The module that browsers load: the scripts as one, since each file is a request. Their imports of one another are one
/// line each, and only the last names what others may use. Lines that are comments, and types within lines, stay behind.
pub fn module() -> String {
    let is_left_out = |line: &&str| {
        let line = line.trim_start();
        line.starts_with("import ")
            || line == "*"
            || ["//", "/**", "* ", "*/"].iter().any(|start| line.starts_with(start))
    };
    let mut module = String::new();
    for (n, script) in SCRIPTS.iter().enumerate() {
        for line in script.lines().filter(|line| !is_left_out(line)) {
            let is_last = n + 1 == SCRIPTS.len();
            let line = if is_last { line } else { line.strip_prefix("export ").unwrap_or(line) };
            module.push_str(&without_types(line));
            module.push('\n');
        }
    }
    module
}

/// A line without the types that stand in it as comments.
fn without_types(line: &str) -> String {
    let mut parts = line.split("/** ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| before + part.split_once("*/ ").map_or(part, |(_, after)| after))
}

#[cfg(test)]
mod tests;
