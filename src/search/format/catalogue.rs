//! The catalogue, which every query needs, and the lists of files that few queries need. Packed JSON.

use serde::Serialize;

use crate::search::{names::NameGroup, order::Order};

/// `catalogue.….bin`.
#[derive(Debug, Serialize)]
pub struct Catalogue<'a> {
    /// The records of words.
    pub words: RecordList,
    /// The cards.
    pub cards: RecordList,
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

/// `spellings.….bin`: the records for spelling corrections.
#[derive(Debug, Serialize)]
pub struct SpellingLists {
    /// The records of forms, sorted by spelling.
    pub forwards: RecordList,
    /// The records of forms spelt backwards, sorted.
    pub backwards: RecordList,
    /// The filters of common words that no case has, if there is a list for the language.
    pub dictionary: Option<RecordList>,
}

/// `positions.….bin`: the records of positions, and the frequent words.
#[derive(Debug, Serialize)]
pub struct Positions<'a> {
    /// The records.
    #[serde(flatten)]
    pub records: RecordList,
    /// The frequent words. Other words store them as neighbours, by their number from 1.
    pub frequent: Vec<&'a str>,
}

/// The records of one kind, in batches: see [`record_files`](mod@crate::search::record_files). `prefixes.….bin` is
/// such a list too.
#[derive(Debug, Default, Serialize)]
pub struct RecordList {
    /// For each record, a text that sorts after the forms of the record before, and not after its own. Empty for cards,
    /// which are found by the number of their document.
    pub from: Vec<String>,
    /// The number of records of each batch.
    pub batches: Vec<usize>,
    /// The name of each batch, a hash of its content. It is the name of its file, or the first half of the names of its
    /// records' files; the second half is the position of the record in the batch.
    pub names: Vec<String>,
    /// A character for the length of each record, if the records of a batch share a file; `0` for a record that is
    /// alone in its file.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sizes: String,
}

/// The runs of an order, and the steps of each facet.
pub fn runs(order: &Order) -> (Vec<usize>, Vec<Vec<i64>>) {
    let runs: Vec<&[Vec<usize>]> = order.rows.values().chunk_by(|a, b| a == b).collect();
    let steps = (0..order.sets.len()).map(|facet| {
        let sets = runs.iter().map(|run| run[0][facet] as i64);
        sets.scan(0, |before, set| Some(set - std::mem::replace(before, set))).collect()
    });
    (runs.iter().map(|run| run.len()).collect(), steps.collect())
}
