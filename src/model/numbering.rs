//! Numbers the sources of a case in the order of their first citation, then those that are not cited.
//!
//! Takes a case file and gives a [`SourceNumbering`]. Citations are in the body and its footnotes; an adoption may cite
//! a source too, and counts after the body. A citation of an unknown id has no number; it was reported when the
//! file was read.

use rustc_hash::FxHashMap;

use crate::model::{
    document::CaseFile,
    ids::{CitationId, Id, SourceId},
};

/// The numbers of the sources of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceNumbering {
    /// The sources in the order of their numbers.
    pub order: Vec<SourceId>,
    /// The number of cited sources, which come first.
    pub cited: usize,
    /// The number of each source.
    numbers: Vec<Option<usize>>,
    /// The number of citations of each source.
    uses: Vec<usize>,
    /// The numbers of the sources of each citation of the body.
    citations: Vec<Vec<Option<Number>>>,
}

/// The number of a source in a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// The number, from 1.
    pub number: usize,
    /// Whether this is its first citation.
    pub is_first: bool,
}

impl SourceNumbering {
    /// The numbers of a case's sources.
    pub fn of(case: &CaseFile) -> SourceNumbering {
        let ids: FxHashMap<&str, usize> = case
            .sources
            .iter()
            .enumerate()
            .filter_map(|(n, source)| Some((source.id.as_ref()?.value.as_str(), n)))
            .collect();
        let mut numbers: Vec<Option<usize>> = vec![None; case.sources.len()];
        let mut uses = vec![0; case.sources.len()];
        let mut order = Vec::with_capacity(case.sources.len());
        let mut number = |id: &str| {
            let source = *ids.get(id)?;
            let is_first = numbers[source].is_none();
            let number = *numbers[source].get_or_insert_with(|| {
                order.push(SourceId::at(source));
                order.len()
            });
            Some((source, Number { number, is_first }))
        };
        let mut cite = |id: &str| {
            let (source, number) = number(id)?;
            uses[source] += 1;
            Some(number)
        };
        let of_body = case.body.citations.iter();
        let citations =
            of_body.map(|citation| citation.sources.iter().map(|cited| cite(&cited.id.value)).collect()).collect();
        for source in case.adopted.iter().filter_map(|adoption| adoption.source.as_ref()) {
            number(&source.value);
        }
        let cited = order.len();
        for (source, number) in numbers.iter_mut().enumerate().filter(|(_, number)| number.is_none()) {
            order.push(SourceId::at(source));
            *number = Some(order.len());
        }
        SourceNumbering { order, cited, numbers, uses, citations }
    }

    /// The number of a source, from 1.
    pub fn number(&self, source: SourceId) -> Option<usize> {
        *self.numbers.get(source.position())?
    }

    /// The number of citations of a source.
    pub fn uses(&self, source: SourceId) -> usize {
        self.uses[source.position()]
    }

    /// For each source that a citation of the body names, its number; none for an id that no source has.
    pub fn citation(&self, citation: CitationId) -> &[Option<Number>] {
        &self.citations[citation.position()]
    }
}
