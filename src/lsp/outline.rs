//! The outline of a file, its folding ranges, and inlay hints with the labels of ids.

use lsp_types::{
    DocumentSymbol, FoldingRange, FoldingRangeKind, InlayHint, InlayHintKind, InlayHintLabel, Range, SymbolKind,
};

use super::{
    cursor_query::{CursorQuery, term},
    links,
    text::LineIndex,
};
use crate::problem::Span;

/// A symbol: a key of YAML, or a heading.
#[allow(deprecated, reason = "the field has no other way to be left out")]
fn symbol(lines: &LineIndex<'_>, name: &str, kind: SymbolKind, all: &Span, own: &Span) -> DocumentSymbol {
    DocumentSymbol {
        name: name.to_owned(),
        detail: None,
        kind,
        tags: None,
        deprecated: None,
        range: lines.range(all),
        selection_range: lines.range(own),
        children: None,
    }
}

/// The outline of a file.
pub fn symbols(query: &CursorQuery<'_>) -> Vec<DocumentSymbol> {
    let lines = query.lines();
    let mut symbols = Vec::new();
    if let Some(block) = query.yaml() {
        symbols.extend(keys(query, &lines, &block));
    }
    symbols.extend(
        sections(query).into_iter().map(|(name, all, own)| symbol(&lines, &name, SymbolKind::STRING, &all, &own)),
    );
    symbols
}

fn keys(query: &CursorQuery<'_>, lines: &LineIndex<'_>, block: &Span) -> Vec<DocumentSymbol> {
    let mut starts: Vec<(usize, &str)> = Vec::new();
    let mut start = block.start;
    for line in query.text[block.clone()].split_inclusive('\n') {
        let key =
            line.split_once(':').map(|(key, _)| key).filter(|key| !key.is_empty() && !key.starts_with([' ', '#', '-']));
        starts.extend(key.map(|key| (start, key)));
        start += line.len();
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([block.end]);
    let spans = starts.iter().zip(ends).map(|(&(at, key), end)| (key, at, at + query.text[at..end].trim_end().len()));
    spans
        .map(|(key, at, end)| {
            symbol(lines, key, SymbolKind::KEY, &(at..end.max(at + key.len())), &(at..at + key.len()))
        })
        .collect()
}

/// Each heading with its section: up to the next heading of its level or above.
fn sections(query: &CursorQuery<'_>) -> Vec<(String, Span, Span)> {
    let Some((_, _, body)) = links::body_of(query.state, query.path) else { return Vec::new() };
    let headings: Vec<_> = links::headings(query.text, body).collect();
    let section = |(n, (heading, line)): (usize, &(&crate::model::document::Heading, Span))| {
        let next = headings[n + 1..].iter().find(|(next, _)| next.level <= heading.level);
        let end = next.map_or(query.text.len(), |(_, next)| next.start);
        let end = line.start + query.text[line.start..end].trim_end().len();
        (heading.text.clone(), line.start..end.max(line.end), line.clone())
    };
    headings.iter().enumerate().map(section).collect()
}

/// The folding ranges: the front matter and each section.
pub fn folding(query: &CursorQuery<'_>) -> Vec<FoldingRange> {
    let front = query.yaml().filter(|_| query.is_markdown());
    let front = front.map(|block| 0..block.end.saturating_sub(1));
    let sections = sections(query).into_iter().map(|(_, all, _)| all);
    let lines = query.lines();
    let fold = |span: Span| {
        let range = lines.range(&span);
        FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            kind: Some(FoldingRangeKind::Region),
            ..FoldingRange::default()
        }
    };
    front.into_iter().chain(sections).map(fold).filter(|fold| fold.end_line > fold.start_line).collect()
}

/// The label of each term of a case, shown after its id.
pub fn labels(query: &CursorQuery<'_>, range: Range) -> Vec<InlayHint> {
    let Some(case) = query.case() else { return Vec::new() };
    let lines = query.lines();
    let mut hints = Vec::new();
    for (id, uses) in &case.terms {
        let Some(vocabulary) = query.vocabulary(id) else { continue };
        let spots: Vec<_> = uses.iter().map(|used| &used.term.spot).collect();
        for (used, span) in uses.iter().zip(query.state.spans(&spots)) {
            let (Some(span), Some(term)) = (span, term(vocabulary, &used.term.value)) else { continue };
            // The state may be older than the text in the editor.
            let is_there = query.text.get(span.clone()).is_some_and(|text| text.contains(used.term.value.as_str()));
            if is_there && term.label.value != used.term.value {
                hints.push(hint(lines.position(span.end), &term.label.value));
            }
        }
    }
    hints.retain(|hint| range.start <= hint.position && hint.position <= range.end);
    hints
}

fn hint(position: lsp_types::Position, label: &str) -> InlayHint {
    InlayHint {
        position,
        label: InlayHintLabel::String(label.to_owned()),
        kind: Some(InlayHintKind::TYPE),
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}
