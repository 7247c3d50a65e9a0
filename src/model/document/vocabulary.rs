//! A vocabulary and its terms, as their file defines them.

use std::sync::Arc;

use crate::{
    model::vocabulary::{EndMark, LineStyle},
    problem::{FilePath, Written},
};

/// A vocabulary as its file defines it.
#[derive(Clone, Debug)]
pub struct VocabularyFile {
    /// Its file.
    pub path: FilePath,
    /// The file's name without the ending: the vocabulary's id.
    pub id: String,
    /// `label`, or the id.
    pub label: String,
    /// `plural`, or the label.
    pub plural: String,
    /// `question`: the question that it answers about a case.
    pub question: Option<String>,
    /// `phrase`: how titles say that cases carry one of its terms, with `{term}` for the term.
    pub phrase: Option<String>,
    /// Whether a case without it is an error.
    pub required: bool,
    /// Whether a case may carry several of its terms.
    pub many: bool,
    /// Whether the order of its terms means something, such as from small to large.
    pub ordered: bool,
    /// The terms in the file's order.
    pub terms: Vec<Arc<TermFile>>,
    /// Whether the file could not be read, so that an unknown word may be a term.
    pub is_stub: bool,
}

/// A term as the file of its vocabulary defines it.
#[derive(Clone, Debug)]
pub struct TermFile {
    /// Its id.
    pub id: Written<String>,
    /// `label`, or the id with the id's spot.
    pub label: Written<String>,
    /// `definition`.
    pub definition: Option<String>,
    /// Other names.
    pub also: Vec<Written<String>>,
    /// The id of the broader term.
    pub broader: Option<Written<String>>,
    /// The id of the term that replaces it.
    pub replaced_by: Option<Written<String>>,
    /// `plain`: a few words for the question on the home page.
    pub plain: Option<String>,
    /// `phrase`: how titles say that cases carry it.
    pub phrase: Option<String>,
    /// `ask`: a question for the briefing.
    pub ask: Option<String>,
    /// `mark`: how lifelines end.
    pub mark: Option<EndMark>,
    /// `line`: how lifelines are drawn.
    pub line: Option<LineStyle>,
}
