//! Lists the terms of a library.
//!
//! Takes a library; gives lines for the terminal. Changes nothing.

use std::collections::HashSet;

use crate::{
    cli::wording::count_of,
    model::{Library, TermId, vocabulary::Term},
};

/// A block for each vocabulary: its name, then a line for each term with its count.
pub(super) fn list(library: &Library) -> String {
    let blocks = library.vocabularies.iter().map(|vocabulary| {
        let width =
            |text: fn(&Term) -> &str| vocabulary.terms.iter().map(|term| text(term).chars().count()).max().unwrap_or(0);
        let (ids, labels) = (width(|term| term.slug()), width(|term| &term.label));
        let line = |term: &Term| {
            format!("  {:ids$}  {:labels$}  {:>5}\n", term.slug(), term.label, library.cases_by_term[term.id].len())
        };
        let lines: String = vocabulary.terms.iter().map(line).collect();
        let retired: String = vocabulary
            .retired
            .iter()
            .map(|(id, term)| format!("  {id}  now {}\n", vocabulary.terms[*term].slug()))
            .collect();
        format!(
            "{} ({}): {}\n{lines}{retired}",
            vocabulary.file.label,
            vocabulary.file.id,
            count_of(vocabulary.terms.len(), "term")
        )
    });
    blocks.collect::<Vec<_>>().join("\n")
}

/// A line for each term that neither a case nor a narrower term uses; empty if all are used.
pub(super) fn unused(library: &Library) -> String {
    let mut lines = String::new();
    let withdrawn = library.withdrawn.iter().flat_map(|case| case.terms_with_broader.iter().copied());
    let withdrawn: HashSet<TermId> = withdrawn.collect();
    for vocabulary in &library.vocabularies {
        let is_unused = |term: &&Term| library.cases_by_term[term.id].is_empty() && !withdrawn.contains(&term.id);
        for term in vocabulary.terms.iter().filter(is_unused) {
            lines.push_str(&format!("{}  {}\n", vocabulary.file.id, term.slug()));
        }
    }
    lines
}
