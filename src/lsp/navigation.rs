//! Go to definition, and find references.

use lsp_types::{GotoDefinitionResponse, Location, Position, Range};

use super::{
    cursor::Cursor,
    cursor_query::{CursorQuery, Definition, location, locations, term, url},
    links,
};
use crate::{
    model::{
        document::{TermFile, VocabularyFile},
        keys::DocumentKind,
    },
    problem::{FilePath, Span, Spot},
};

/// The location of the definition that a position refers to.
pub fn definition(query: &CursorQuery<'_>, position: Position) -> Option<GotoDefinitionResponse> {
    let (definition, _) = query.definition_at(position)?;
    let of_spot = |spot: &Spot| locations(query.state, [spot], query.encoding).pop();
    let found = match definition {
        Definition::Term(_, term) => of_spot(&term.id.spot),
        Definition::Source(source) => of_spot(&source.id.as_ref()?.spot),
        Definition::Entry(entry) => of_spot(&entry.term.spot),
        Definition::Vocabulary(vocabulary) => of_file(query, &vocabulary.path, None),
        Definition::File(path, anchor) => of_file(query, &path, anchor.as_deref()),
        Definition::Key(_) | Definition::Heading(_) => None,
    };
    found.map(GotoDefinitionResponse::Scalar)
}

/// The location of a file, or of a heading in it.
fn of_file(query: &CursorQuery<'_>, path: &FilePath, anchor: Option<&str>) -> Option<Location> {
    let heading = anchor.and_then(|anchor| {
        let (_, _, body) = links::body_of(query.state, path)?;
        let (_, line) = links::headings(query.state.text(path)?, body).find(|(heading, _)| heading.id == anchor)?;
        location(query.state, path, &line, query.encoding)
    });
    heading.or_else(|| Some(Location::new(url(&query.state.root, path)?, Range::default())))
}

/// All references to the definition at a position. On the title of a case, the references to the case.
pub fn references(query: &CursorQuery<'_>, position: Position) -> Option<Vec<Location>> {
    if is_title_of_page(query, &query.cursor(position)) {
        return Some(of_case(query, query.path));
    }
    let (definition, span) = query.definition_at(position)?;
    let state = query.state;
    Some(match definition {
        Definition::Term(vocabulary, term) => locations(state, uses_of(query, vocabulary, term), query.encoding),
        Definition::Source(source) => {
            let id = &source.id.as_ref()?.value;
            citations(query, id).filter_map(|at| location(state, query.path, &at, query.encoding)).collect()
        }
        Definition::File(path, None) => of_case(query, &path),
        Definition::File(path, Some(anchor)) => to_heading(query, &path, &anchor),
        Definition::Heading(id) => to_heading(query, query.path, &id),
        Definition::Entry(entry) => words(query, &entry.term.value),
        Definition::Vocabulary(_) | Definition::Key(_) => vec![location(state, query.path, &span, query.encoding)?],
    })
}

/// Is the cursor on the title of the case or the plain page in this file?
fn is_title_of_page(query: &CursorQuery<'_>, cursor: &Cursor) -> bool {
    let has_page = matches!(query.kind(), Some(DocumentKind::Case | DocumentKind::Page));
    has_page
        && match cursor {
            Cursor::Key(above, name) => above.is_empty() && query.text[name.clone()] == *"title",
            Cursor::Value(path, _) => *path == ["title"],
            _ => false,
        }
}

/// The spots in cases that carry a term.
pub fn uses_of<'a>(query: &CursorQuery<'a>, vocabulary: &'a VocabularyFile, found: &'a TermFile) -> Vec<&'a Spot> {
    let uses = query.state.documents().cases.iter().filter_map(|case| case.terms.get(vocabulary.id.as_str())).flatten();
    let is_it = |word: &str| term(vocabulary, word).is_some_and(|term| term.id.value == found.id.value);
    uses.map(|used| &used.term).filter(|used| is_it(&used.value)).map(|used| &used.spot).collect()
}

/// The bytes of the id in each citation of a source of this case.
pub fn citations(query: &CursorQuery<'_>, id: &str) -> impl Iterator<Item = Span> {
    let cited = query.case().into_iter().flat_map(|case| &case.body.citations).flat_map(|citation| &citation.sources);
    let spots: Vec<&Spot> = cited.filter(|cited| cited.id.value == id).map(|cited| &cited.id.spot).collect();
    query.state.spans(&spots).into_iter().flatten().map(|with_mark| with_mark.start + '@'.len_utf8()..with_mark.end)
}

/// Links to a file, and its mentions under `related`.
fn of_case(query: &CursorQuery<'_>, path: &FilePath) -> Vec<Location> {
    let documents = query.state.documents();
    let name = path.case_name();
    let named = documents.cases.iter().flat_map(|case| &case.related).filter(|related| related.value == name);
    let mut found = locations(query.state, named.map(|related| &related.spot), query.encoding);
    found.extend(locations(query.state, links_to(query, path, None), query.encoding));
    found
}

fn to_heading(query: &CursorQuery<'_>, path: &FilePath, anchor: &str) -> Vec<Location> {
    locations(query.state, links_to(query, path, Some(anchor)), query.encoding)
}

/// The spots of the links to a file, or to one of its headings.
fn links_to<'a>(query: &CursorQuery<'a>, path: &FilePath, anchor: Option<&str>) -> Vec<&'a Spot> {
    let mut spots = Vec::new();
    for (from, _, _, body) in links::bodies(query.state) {
        for link in &body.links {
            let is_it = links::leads_to(query.state, from, &link.target, (path, anchor));
            spots.extend(is_it.then_some(&link.spot));
        }
    }
    spots
}

/// All occurrences of a word in bodies.
fn words(query: &CursorQuery<'_>, word: &str) -> Vec<Location> {
    let mut found = Vec::new();
    for (path, _, _, body) in links::bodies(query.state) {
        let Some(text) = query.state.text(path) else { continue };
        let from = body.span.start.min(text.len());
        for (at, _) in text[from..].match_indices(word) {
            let (start, end) = (from + at, from + at + word.len());
            let is_apart =
                !text[..start].ends_with(char::is_alphanumeric) && !text[end..].starts_with(char::is_alphanumeric);
            found.extend(location(query.state, path, &(start..end), query.encoding).filter(|_| is_apart));
        }
    }
    found
}
