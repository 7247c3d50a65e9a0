//! Colours of terms: which words of a file are terms, so that a client can show at a glance what the vocabularies have.
//!
//! Takes a question about a file; gives its semantic tokens, all of the type [`TYPE`]. A word that no vocabulary has gets none.

use lsp_types::{Position, SemanticToken, SemanticTokenType, SemanticTokens};

use super::{
    asked::{CursorQuery, term},
    text,
};
use crate::problem::{Spot, Written};

/// The one type of token.
pub const TYPE: SemanticTokenType = SemanticTokenType::ENUM_MEMBER;

/// The terms of a case, or of a vocabulary.
pub fn terms(asked: &CursorQuery<'_>) -> SemanticTokens {
    let written = words(asked);
    let spots: Vec<&Spot> = written.iter().map(|word| &word.spot).collect();
    let spans = asked.known.spans(&spots).into_iter();
    let mut found: Vec<(Position, u32)> = written
        .iter()
        .zip(spans)
        .filter_map(|(word, span)| {
            // The spot of a text within quotation marks holds these too.
            let shown = asked.text.get(span.clone()?)?;
            let start = span?.start + shown.find(&word.value)?;
            let [from, to] = [start, start + word.value.len()].map(|at| text::position(asked.text, at, asked.encoding));
            (from.line == to.line).then(|| (from, to.character - from.character))
        })
        .collect();
    found.sort();
    found.dedup();
    let mut before = Position::default();
    let token = |(at, length): (Position, u32)| {
        let delta_line = at.line - before.line;
        let delta_start = if delta_line == 0 { at.character - before.character } else { at.character };
        before = at;
        SemanticToken { delta_line, delta_start, length, token_type: 0, token_modifiers_bitset: 0 }
    };
    SemanticTokens { result_id: None, data: found.into_iter().map(token).collect() }
}

/// The words of the file that are terms.
fn words<'a>(asked: &CursorQuery<'a>) -> Vec<&'a Written<String>> {
    let documents = asked.known.documents();
    if let Some(own) = documents.vocabularies.iter().find(|vocabulary| vocabulary.path == *asked.path) {
        return own.terms.iter().map(|term| &term.id).collect();
    }
    let Some(case) = asked.case() else { return Vec::new() };
    let known = case.terms.iter().filter_map(|(id, uses)| Some((asked.vocabulary(id)?, uses)));
    let words = known.flat_map(|(vocabulary, uses)| {
        uses.iter().map(|used| &used.term).filter(|word| term(vocabulary, &word.value).is_some())
    });
    words.collect()
}
