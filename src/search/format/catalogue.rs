//! The catalogue: what every query needs, packed JSON. And the lists of files that few queries need.

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
    /// Other names of the subjects of the library.
    pub names: &'a [NameGroup],
    /// The pieces of the order by date.
    pub newest: Vec<String>,
    /// The pieces of the order by title.
    pub title: Vec<String>,
    /// For each facet, the sets of terms that occur, as numbers of the head.
    pub sets: &'a [Vec<Vec<usize>>],
    /// Runs of cases with equal terms: how many cases.
    pub runs: Vec<usize>,
    /// For each facet and each run, how much the number of its set is above that of the run before.
    pub steps: Vec<Vec<i64>>,
}

/// `slips.….bin`: the files of spellings.
#[derive(Debug, Serialize)]
pub struct Slips {
    /// The files of forms as they are spelt.
    pub forwards: Files,
    /// The files of forms spelt backwards.
    pub backwards: Files,
}

/// `places.….bin`: the files of places, and the frequent words.
#[derive(Debug, Serialize)]
pub struct Places<'a> {
    /// The files.
    #[serde(flatten)]
    pub files: Files,
    /// The frequent words, which other words store as neighbours, by their number, from 1.
    pub frequent: Vec<&'a str>,
}

/// The cards, in batches.
#[derive(Debug, Default, Serialize)]
pub struct Cards {
    /// How many cards each batch has.
    pub batches: Vec<usize>,
    /// The name of each batch, by its content: of its file, or the first half of the name of each card's file, which goes on
    /// with the card's place in the batch.
    pub names: Vec<String>,
    /// Where the cards of a batch share a file, the length of each: see [`together`](mod@crate::search::together).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sizes: String,
}

/// The records of one kind, each for a range of forms; `beginnings.….bin` is such a list.
#[derive(Debug, Default, Serialize)]
pub struct Files {
    /// For each record, a text that its forms do not come before, and those of the record before do.
    pub from: Vec<String>,
    /// The name of each file: as many records as the head says stand in one.
    pub names: Vec<String>,
    /// Where records share files, the length of each: see [`together`](mod@crate::search::together).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sizes: String,
}

/// The runs of an order: how long each is, and the steps of its facets.
pub fn runs(order: &Order) -> (Vec<usize>, Vec<Vec<i64>>) {
    let runs: Vec<&[Vec<usize>]> = order.rows.chunk_by(|a, b| a == b).collect();
    let steps = (0..order.sets.len()).map(|facet| {
        let sets = runs.iter().map(|run| run[0][facet] as i64);
        sets.scan(0, |before, set| Some(set - std::mem::replace(before, set))).collect()
    });
    (runs.iter().map(|run| run.len()).collect(), steps.collect())
}
