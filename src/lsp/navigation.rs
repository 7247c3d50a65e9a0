//! Go to definition, and find references.

use lsp_types::{GotoDefinitionResponse, Location, Position, Range};

use super::{
    asked::{CursorQuery, Thing, location, locations, term, url},
    links,
};
use crate::{
    model::document::{TermFile, VocabularyFile},
    problem::{FilePath, Spot},
};

/// The definition of the thing at a position.
pub fn definition(asked: &CursorQuery<'_>, position: Position) -> Option<GotoDefinitionResponse> {
    let (thing, _) = asked.thing(position)?;
    let of_spot = |spot: &Spot| locations(asked.known, [spot], asked.encoding).pop();
    let found = match thing {
        Thing::Term(_, term) => of_spot(&term.id.spot),
        Thing::Source(source) => of_spot(&source.id.as_ref()?.spot),
        Thing::Entry(entry) => of_spot(&entry.term.spot),
        Thing::File(path, anchor) => of_file(asked, &path, anchor.as_deref()),
        Thing::Key(_) | Thing::Heading(_) => None,
    };
    found.map(GotoDefinitionResponse::Scalar)
}

/// The location of a file, or of a heading in it.
fn of_file(asked: &CursorQuery<'_>, path: &FilePath, anchor: Option<&str>) -> Option<Location> {
    let heading = anchor.and_then(|anchor| {
        let (_, _, body) = links::body_of(asked.known, path)?;
        let (_, line) = links::headings(asked.known.text(path)?, body).find(|(heading, _)| heading.id == anchor)?;
        location(asked.known, path, &line, asked.encoding)
    });
    heading.or_else(|| Some(Location::new(url(&asked.known.root, path)?, Range::default())))
}

/// All uses of the thing at a position. On the title of a case, the uses of the case.
pub fn references(asked: &CursorQuery<'_>, position: Position) -> Option<Vec<Location>> {
    let (thing, span) = asked.thing(position)?;
    let known = asked.known;
    Some(match thing {
        Thing::Term(vocabulary, term) => locations(known, uses_of(asked, vocabulary, term), asked.encoding),
        Thing::Source(source) => {
            let id = &source.id.as_ref()?.value;
            citations(asked.text, id).filter_map(|at| location(known, asked.path, &at, asked.encoding)).collect()
        }
        Thing::File(path, None) => of_case(asked, &path),
        Thing::File(path, Some(anchor)) => to_heading(asked, &path, &anchor),
        Thing::Heading(id) => to_heading(asked, asked.path, &id),
        Thing::Entry(entry) => words(asked, &entry.term.value),
        Thing::Key(key) if key.name == "title" => of_case(asked, asked.path),
        Thing::Key(_) => vec![location(known, asked.path, &span, asked.encoding)?],
    })
}

/// The spots in cases that carry a term.
pub fn uses_of<'a>(asked: &CursorQuery<'a>, vocabulary: &'a VocabularyFile, found: &'a TermFile) -> Vec<&'a Spot> {
    let uses = asked.known.documents().cases.iter().filter_map(|case| case.terms.get(&vocabulary.id)).flatten();
    let is_it = |word: &str| term(vocabulary, word).is_some_and(|term| term.id.value == found.id.value);
    uses.map(|used| &used.term).filter(|used| is_it(&used.value)).map(|used| &used.spot).collect()
}

/// The bytes of each citation of a source.
pub fn citations<'t>(text: &'t str, id: &'t str) -> impl Iterator<Item = std::ops::Range<usize>> + 't {
    let is_of_id = |c: char| c.is_alphanumeric() || "-_:/+".contains(c);
    text.match_indices('@').filter_map(move |(at, _)| {
        let rest = &text[at + 1..];
        let is_it = rest.starts_with(id) && !rest[id.len()..].starts_with(is_of_id);
        let is_cited = text[..at].rfind('[').is_some_and(|open| !text[open..at].contains(']'));
        (is_it && is_cited).then_some(at + 1..at + 1 + id.len())
    })
}

/// Links to a file, and its mentions under `related`.
fn of_case(asked: &CursorQuery<'_>, path: &FilePath) -> Vec<Location> {
    let documents = asked.known.documents();
    let name = path.case_name();
    let named = documents.cases.iter().flat_map(|case| &case.related).filter(|related| related.value == name);
    let mut found = locations(asked.known, named.map(|related| &related.spot), asked.encoding);
    found.extend(locations(asked.known, links_to(asked, path, None), asked.encoding));
    found
}

fn to_heading(asked: &CursorQuery<'_>, path: &FilePath, anchor: &str) -> Vec<Location> {
    locations(asked.known, links_to(asked, path, Some(anchor)), asked.encoding)
}

/// The spots of the links to a file, or to one of its headings.
pub fn links_to<'a>(asked: &CursorQuery<'a>, path: &FilePath, anchor: Option<&str>) -> Vec<&'a Spot> {
    let mut spots = Vec::new();
    for (from, _, _, body) in links::bodies(asked.known) {
        for link in &body.links {
            let is_it = links::leads_to(asked.known, from, &link.target)
                .is_some_and(|(to, at)| to == *path && (anchor.is_none() || at.as_deref() == anchor));
            spots.extend(is_it.then_some(&link.spot));
        }
    }
    spots
}

/// All occurrences of a word in bodies.
fn words(asked: &CursorQuery<'_>, word: &str) -> Vec<Location> {
    let mut found = Vec::new();
    for (path, _, _, body) in links::bodies(asked.known) {
        let Some(text) = asked.known.text(path) else { continue };
        let from = body.span.start.min(text.len());
        for (at, _) in text[from..].match_indices(word) {
            let (start, end) = (from + at, from + at + word.len());
            let is_apart =
                !text[..start].ends_with(char::is_alphanumeric) && !text[end..].starts_with(char::is_alphanumeric);
            found.extend(location(asked.known, path, &(start..end), asked.encoding).filter(|_| is_apart));
        }
    }
    found
}
