//! The catalogue, which every query needs, and the lists of files that few queries need. Packed JSON.

use serde::Serialize;

use crate::search::{names::NameGroup, order::Order};

/// `catalogue.….bin`.
#[derive(Debug, Serialize)]
pub struct Catalogue<'a> {
    /// The files of words.
    pub words: Files,
    /// The cards.
    pub cards: Cards,
    /// Stop words: common words of the language, which are not searched for.
    pub common: Vec<&'static str>,
    /// Other names of subjects.
    pub names: &'a [NameGroup],
    /// The pieces of the order by date.
    pub newest: Vec<String>,
    /// The pieces of the order by title.
    pub title: Vec<String>,
    /// For each facet, the sets of terms that occur, as indexes into the terms of the head.
    pub sets: &'a [Vec<Vec<usize>>],
    /// Runs of cases with equal terms: the number of cases of each.
    pub runs: Vec<usize>,
    /// For each facet and each run, the number of its set, as the difference from the run before.
    pub steps: Vec<Vec<i64>>,
}

/// `slips.….bin`: the files of spellings.
#[derive(Debug, Serialize)]
pub struct Slips {
    /// The files of forms, sorted by spelling.
    pub forwards: Files,
    /// The files of forms spelt backwards, sorted.
    pub backwards: Files,
}

/// `places.….bin`: the files of positions, and the frequent words.
#[derive(Debug, Serialize)]
pub struct Places<'a> {
    /// The files.
    #[serde(flatten)]
    pub files: Files,
    /// The frequent words. Other words store them as neighbours, by their number from 1.
    pub frequent: Vec<&'a str>,
}

/// The cards, in batches.
#[derive(Debug, Default, Serialize)]
pub struct Cards {
    /// The number of cards of each batch.
    pub batches: Vec<usize>,
    /// The name of each batch, a hash of its content. It is the name of its file, or the first half of the names of its
    /// cards' files; the second half is the position of the card in the batch.
    pub names: Vec<String>,
    /// The length of each card, if the cards of a batch share a file: see [`together`](mod@crate::search::together).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sizes: String,
}

/// The records of one kind, each for a range of forms. `beginnings.….bin` is a list of this type too.
#[derive(Debug, Default, Serialize)]
pub struct Files {
    /// For each record, a text that sorts after the forms of the record before, and not after its own.
    pub from: Vec<String>,
    /// The name of each file. The head says how many records a file has.
    pub names: Vec<String>,
    /// The length of each record, if records share files: see [`together`](mod@crate::search::together).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sizes: String,
}

/// The runs of an order, and the steps of each facet.
pub fn runs(order: &Order) -> (Vec<usize>, Vec<Vec<i64>>) {
    let runs: Vec<&[Vec<usize>]> = order.rows.chunk_by(|a, b| a == b).collect();
    let steps = (0..order.sets.len()).map(|facet| {
        let sets = runs.iter().map(|run| run[0][facet] as i64);
        sets.scan(0, |before, set| Some(set - std::mem::replace(before, set))).collect()
    });
    (runs.iter().map(|run| run.len()).collect(), steps.collect())
}
