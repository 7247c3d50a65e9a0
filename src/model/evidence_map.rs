//! The evidence map: the number of cases for each pair of terms of two vocabularies.
//!
//! Takes a library and two of its vocabularies; gives every row, column, count and total, including zeros, since the
//! map exists to show gaps. A case counts once in each cell, even if several of its terms belong there. The view
//! decides how much of the map is shown, and how.

use crate::model::{Library, TermId, VocabularyId};

/// The two vocabularies of a map. `V` names a vocabulary: its id, or its name as it is written in the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapAxes<V = VocabularyId> {
    /// The vocabulary of the rows.
    pub rows: V,
    /// The vocabulary of the columns.
    pub columns: V,
}

/// The number of cases for each pair of terms of two vocabularies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceMap {
    /// The terms of the rows, in the order of their vocabulary.
    pub rows: Vec<TermId>,
    /// The terms of the columns, in the order of their vocabulary.
    pub columns: Vec<TermId>,
    /// For each row and each column, the number of cases with both terms.
    pub counts: Vec<Vec<usize>>,
    /// For each row, the number of cases with it and any column.
    pub row_totals: Vec<usize>,
    /// For each column, the number of cases with it and any row.
    pub column_totals: Vec<usize>,
    /// The number of cases with any row and any column.
    pub total: usize,
}

/// The evidence map of two vocabularies of a library.
pub fn evidence_map(library: &Library, axes: MapAxes) -> EvidenceMap {
    let [of_rows, of_columns] = [axes.rows, axes.columns].map(|axis| &library.vocabularies[axis]);
    let mut map = EvidenceMap {
        rows: of_rows.terms.ids().to_vec(),
        columns: of_columns.terms.ids().to_vec(),
        counts: vec![vec![0; of_columns.terms.len()]; of_rows.terms.len()],
        row_totals: vec![0; of_rows.terms.len()],
        column_totals: vec![0; of_columns.terms.len()],
        total: 0,
    };
    for case in &library.cases {
        let [in_rows, in_columns] = [of_rows, of_columns].map(|vocabulary| {
            let found = case.found_under(vocabulary).into_iter();
            found.filter_map(|term| vocabulary.terms.position(term)).collect::<Vec<_>>()
        });
        if in_rows.is_empty() || in_columns.is_empty() {
            continue;
        }
        map.total += 1;
        in_columns.iter().for_each(|&column| map.column_totals[column] += 1);
        for row in in_rows {
            map.row_totals[row] += 1;
            in_columns.iter().for_each(|&column| map.counts[row][column] += 1);
        }
    }
    map
}
