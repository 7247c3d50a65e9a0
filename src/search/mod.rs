//! Library → the files with which a browser searches it: words → index → shards.
//!
//! Modules in reading order. [`words`] says what a word is; [`fields`] what a case is found by, and [`names`] the other
//! names of what it speaks of. [`reading`] makes numbered words of them, a [`batch`] of cases at a time is turned
//! round, from words to cases, and a [`collection`] is all batches with their [`lexicon`], in an [`order`] that keeps
//! facets small. [`postings`] has the cases of each word with its [`weight`] there, [`prefixes`] those of beginnings
//! that many words share; [`cards`] are what results show. [`shards`] cuts it all into files, [`pack`]ed and named by
//! their content, one kind of record for each module of [`format`](mod@format). `search.js` beside this file reads
//! them; [`reference`](mod@reference) answers the same questions by walking through every case, for tests to hold it
//! to.

pub mod words;

pub mod fields;
pub mod names;
pub mod reading;

pub mod batch;
pub mod collection;
pub mod lexicon;
pub mod order;

pub mod postings;
pub mod prefixes;
pub mod weight;

pub mod cards;

pub mod bits;
pub mod format;
pub mod pack;
pub mod shards;

pub mod reference;

use std::collections::BTreeMap;

use crate::model::{CaseFile, Library};
use collection::Collection;

/// The module that reads the index in a browser.
const MODULE: &str = include_str!("search.js");

/// The files below `/search/`, by their path there.
pub type SearchFiles = BTreeMap<String, Vec<u8>>;

/// Makes the files with which a library is searched. `prose` gives the plain words of a case's body.
pub fn files(library: &Library, prose: impl Fn(&CaseFile) -> String + Sync) -> SearchFiles {
    let (collection, cards) = Collection::of(library, prose);
    let mut files = shards::shards(library, collection, cards);
    files.insert("search.js".to_owned(), published(MODULE).into_bytes());
    files
}

/// A script as it is published: without the comments that have lines of their own, and without spaces and ends of lines
/// that do nothing. Its statements end in semicolons.
fn published(script: &str) -> String {
    let is_comment = |line: &&str| line.starts_with("//") || (line.starts_with("/*") && line.ends_with("*/"));
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    let goes_on = |line: &str| line.ends_with([';', '{', '}', ',', '(', '[']) && !line.contains("//");
    let squeezed = lines.flat_map(|line| [squeezed(line), if goes_on(line) { "" } else { "\n" }.to_owned()]);
    squeezed.collect::<String>().replace(";}", "}")
}

/// A line without the spaces beside signs, outside texts in quotation marks; as it is where it may hold a pattern or a
/// text that is written otherwise.
fn squeezed(line: &str) -> String {
    let is_sign = |c: char| "=>{}(),:;?<&|*/[]+-!".contains(c);
    let mut chars = line.chars().peekable();
    let mut squeezed = String::with_capacity(line.len());
    let mut text_until = None;
    let mut is_after_space = false;
    while let Some(c) = chars.next() {
        let (before, after) = (squeezed.chars().next_back(), chars.peek().copied());
        let is_division = is_after_space && after == Some(' ');
        if text_until.is_none() && (c == '\'' || (c == '/' && !is_division)) {
            return line.to_owned();
        }
        is_after_space = c == ' ';
        let is_beside = before.is_some_and(is_sign) || after.is_some_and(is_sign);
        let is_one_sign = before == after && matches!(after, Some('+' | '-'));
        text_until = match text_until {
            None => Some(c).filter(|c| ['"', '`'].contains(c)),
            Some(end) => Some(end).filter(|&end| end != c),
        };
        if text_until.is_some() || c != ' ' || !is_beside || is_one_sign {
            squeezed.push(c);
        }
    }
    squeezed
}

#[cfg(test)]
mod tests;
