//! Library → the files with which a browser searches it: words → index → shards.
//!
//! Modules in reading order. [`tokenize`] splits text into words, and [`common`] lists stop words; [`fields`] and
//! [`mentions`] say which texts of a document are indexed, and [`names`] which other names its subjects have. [`reading`] makes numbered
//! words of them, a [`batch`] of documents at a time is inverted, from words to documents, and a [`collection`] is all
//! batches with their [`lexicon`], in an [`order`] that keeps facets small. [`postings`] has the documents of each word with
//! its [`weight`] there, [`prefixes`] those of beginnings that many words share, [`known`] the common words that no case has;
//! [`cards`] are what results show. [`shards`] cuts it all into files, [`pack`]ed and named by their content, one kind of
//! record for each module of [`format`](mod@format). The scripts in `browser/` read them.

pub mod tokenize;

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
const SCRIPTS: [&str; 8] = [
    include_str!("browser/words.js"),
    include_str!("browser/files.js"),
    include_str!("browser/spelling.js"),
    include_str!("browser/question.js"),
    include_str!("browser/filters.js"),
    include_str!("browser/excerpt.js"),
    include_str!("browser/tally.js"),
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

/// The module that browsers load: the scripts as one, since each file is a request. Only the last names what others may
/// use. Comments, types and the imports of one another stay behind.
pub fn module() -> String {
    let mut module = String::new();
    for (n, script) in SCRIPTS.iter().enumerate() {
        // The end of what is being left out, where it goes on over lines.
        let mut until = None;
        for line in script.lines() {
            let text = line.trim();
            if let Some(end) = until {
                until = until.filter(|_| !text.ends_with(end));
                continue;
            }
            let is_comment = text.starts_with("//") || (text.starts_with("/**") && !text.contains("*/"));
            if is_comment || text.starts_with("import ") {
                let end = if text.starts_with("import ") { ";" } else { "*/" };
                until = Some(end).filter(|end| !text.starts_with("//") && !text.ends_with(end));
                continue;
            }
            let is_last = n + 1 == SCRIPTS.len();
            let line = without_types(if is_last { line } else { line.strip_prefix("export ").unwrap_or(line) });
            if !line.trim().is_empty() {
                module.push_str(&line);
                module.push('\n');
            }
        }
    }
    module
}

/// A line without the types that stand in it as comments.
fn without_types(line: &str) -> String {
    let mut parts = line.split("/** ");
    let first = parts.next().unwrap_or_default().to_owned();
    let after = |part| part_after(part).unwrap_or(part);
    parts.fold(first, |before, part| before + after(part))
}

/// What follows a comment in a line.
fn part_after(part: &str) -> Option<&str> {
    let (_, after) = part.split_once("*/")?;
    Some(after.strip_prefix(' ').unwrap_or(after))
}

#[cfg(test)]
mod tests;
