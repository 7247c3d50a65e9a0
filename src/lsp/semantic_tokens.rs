//! Semantic tokens for terms, so that a client can highlight the words that a vocabulary has.
//!
//! Takes a request about a file; gives its semantic tokens, all of the type [`TYPE`]. A word that is in no vocabulary
//! has no token.

use lsp_types::{Position, SemanticToken, SemanticTokenType, SemanticTokens};

use super::cursor_query::{CursorQuery, term};
use crate::problem::{Spot, Written};

/// The only type of token.
pub const TYPE: SemanticTokenType = SemanticTokenType::ENUM_MEMBER;

/// The tokens of a case's terms, or of a vocabulary's.
pub fn terms(query: &CursorQuery<'_>) -> SemanticTokens {
    let written = words(query);
    let spots: Vec<&Spot> = written.iter().map(|word| &word.spot).collect();
    let spans = query.state.spans(&spots).into_iter();
    let lines = query.lines();
    let mut found: Vec<(Position, u32)> = written
        .iter()
        .zip(spans)
        .filter_map(|(word, span)| {
            // The spot of a quoted text includes the quotation marks.
            let shown = query.text.get(span.clone()?)?;
            let start = span?.start + shown.find(&word.value)?;
            let [from, to] = [start, start + word.value.len()].map(|at| lines.position(at));
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

/// The terms in the file.
fn words<'a>(query: &CursorQuery<'a>) -> Vec<&'a Written<String>> {
    let documents = query.state.documents();
    if let Some(own) = documents.vocabularies.iter().find(|vocabulary| vocabulary.path == *query.path) {
        return own.terms.iter().map(|term| &term.id).collect();
    }
    let Some(case) = query.case() else { return Vec::new() };
    let uses = case.terms.iter().filter_map(|(id, uses)| Some((query.vocabulary(id)?, uses)));
    let words = uses.flat_map(|(vocabulary, uses)| {
        uses.iter().map(|used| &used.term).filter(|word| term(vocabulary, &word.value).is_some())
    });
    words.collect()
}
