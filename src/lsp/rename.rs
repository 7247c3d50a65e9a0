//! Renames a term, the id of a source, a heading, or files, with all references to them.

use std::collections::{BTreeMap, HashMap};

use lsp_types::{Position, Range, RenameFilesParams, TextEdit, Url, WorkspaceEdit};

use super::{
    cursor_query::{CursorQuery, Definition, url},
    library::LibraryState,
    links,
    navigation::citations,
    text::{Encoding, LineIndex},
};
use crate::{
    edit::{self, Changes, TextChange},
    model::document::{TermFile, VocabularyFile, is_source_id},
    problem::{FilePath, Fix, Problem, Span, Spot, Written, message},
    read, source,
};

/// The range of the name that would be renamed.
pub fn prepare(query: &CursorQuery<'_>, position: Position) -> Option<Range> {
    let (definition, span) = query.definition_at(position)?;
    matches!(definition, Definition::Term(..) | Definition::Source(_) | Definition::Heading(_))
        .then(|| query.range(&span))
}

/// The edits that rename the definition at a position, or the reason why it cannot have that name.
pub fn rename(query: &CursorQuery<'_>, position: Position, name: &str) -> Result<WorkspaceEdit, String> {
    let (definition, span) = query.definition_at(position).ok_or_else(nothing)?;
    let changes = match definition {
        Definition::Term(vocabulary, found) => term(query, vocabulary, found, name),
        Definition::Source(source) => source.id.as_ref().ok_or_else(nothing).and_then(|id| source_id(query, id, name)),
        Definition::Heading(_) => heading(query, span, name),
        _ => Err(nothing()),
    };
    Ok(workspace_edit(query.state, &changes?, query.encoding))
}

fn nothing() -> String {
    "there is nothing here that can be renamed".to_owned()
}

fn term(query: &CursorQuery<'_>, file: &VocabularyFile, term: &TermFile, new: &str) -> Result<Changes, String> {
    let library = &query.state.site.library;
    let vocabulary = library.vocabularies.iter().find(|vocabulary| vocabulary.file.path == file.path);
    let vocabulary = vocabulary.ok_or_else(nothing)?;
    let refused = |refusal: edit::terms::TermRefusal| refusal.in_one_line();
    let old = edit::terms::active_id(vocabulary, &term.id.value).map_err(refused)?.ok_or_else(nothing)?;
    edit::terms::check_new_id(vocabulary, old, new).map_err(refused)?;
    let bytes = |path: &FilePath| query.state.loaded.project().bytes(path);
    edit::terms::rename(query.state.documents(), file, [old, new], bytes).map_err(refused)
}

/// The id of a source, where it stands in the front matter of its case and in citations.
fn source_id(query: &CursorQuery<'_>, id: &Written<String>, new: &str) -> Result<Changes, String> {
    let case = query.case().ok_or_else(nothing)?;
    let renamed = Written { value: new.to_owned(), spot: id.spot.clone() };
    if !is_source_id(new) {
        return Err(in_one_line(&message::source::bad_id(&renamed)));
    }
    let mut ids = case.sources.iter().filter_map(|source| source.id.as_ref());
    if let Some(other) = ids.find(|other| other.value == new && other.spot != id.spot) {
        return Err(in_one_line(&message::source::id_twice(&renamed, &other.spot)));
    }
    let adopted = case.adopted.iter().filter_map(|adoption| adoption.source.as_ref());
    let written = std::iter::once(id).chain(adopted.filter(|named| named.value == id.value));
    let fix = Fix::of_text(&id.value, new);
    let fixes: Vec<(&Spot, &Fix)> = written.map(|written| (&written.spot, &fix)).collect();
    let mut changes = edit::changes(&fixes, |path| query.state.loaded.project().bytes(path));
    let in_case = changes.entry(query.path.clone()).or_default();
    if in_case.len() < fixes.len() {
        return Err(format!("\"{}\" has an anchor, an alias or a tag of YAML; rename it by hand", id.value));
    }
    in_case.extend(citations(query, &id.value).map(|at| TextChange { at, now: new.to_owned() }));
    Ok(changes)
}

fn in_one_line(problem: &Problem) -> String {
    let help = problem.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    format!("{}{help}", problem.message)
}

/// A heading of this file, and the anchor of each link to it. Of two equal headings the later has a number in its
/// anchor, so the anchors of other headings may change too.
fn heading(query: &CursorQuery<'_>, at: Span, new: &str) -> Result<Changes, String> {
    let anchors = anchors_after(query, &at, new).ok_or_else(|| format!("\"{new}\" is not one heading"))?;
    let mut changes = Changes::from([(query.path.clone(), vec![TextChange { at, now: new.to_owned() }])]);
    for (from, _, _, body) in links::bodies(query.state) {
        for (target, at) in links::written_addresses(query.state, from, body) {
            let Some((to, Some(anchor))) = links::target_of(query.state, from, target) else { continue };
            if let Some(anchor) = anchors.get(&anchor).filter(|_| to == *query.path) {
                let now = format!("{}#{anchor}", target.split('#').next().unwrap_or_default());
                changes.entry(from.clone()).or_default().push(TextChange { at, now });
            }
        }
    }
    Ok(changes)
}

/// The anchors of headings that change if this text replaces a heading's, with the new ones. None if the file has other
/// headings then.
fn anchors_after(query: &CursorQuery<'_>, at: &Span, new: &str) -> Option<HashMap<String, String>> {
    let (_, _, _, body) = links::bodies(query.state).find(|(path, ..)| *path == query.path)?;
    let mut text = query.text.to_owned();
    text.replace_range(at.clone(), new);
    let after = read::markdown::body(query.path, &text, body.span.start..text.len()).value.outline;
    let is_same = body.outline.len() == after.len() && !new.contains(['\n', '\r']);
    let pairs = body.outline.iter().zip(after).map(|(before, after)| (before.id.clone(), after.id));
    is_same.then(|| pairs.filter(|(before, after)| before != after).collect())
}

/// The edits of links that must be made before files are renamed.
pub fn files(state: &LibraryState, params: &RenameFilesParams, encoding: Encoding) -> WorkspaceEdit {
    let moved = moved(state, params);
    let now = |path: &FilePath| moved.get(path).unwrap_or(path).clone();
    let mut changes = Changes::new();
    for (from, _, _, body) in links::bodies(state) {
        for (target, at) in links::written_addresses(state, from, body) {
            let Some((to, anchor)) = links::target_of(state, from, target) else { continue };
            let is_touched = moved.contains_key(&to) || moved.contains_key(from);
            if !is_touched || target.starts_with(['/', '#']) {
                continue;
            }
            let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
            let new = format!("{}{anchor}", links::path_between(&now(from), &now(&to)));
            if new != target {
                changes.entry(from.clone()).or_default().push(TextChange { at, now: new });
            }
        }
    }
    let cases = &state.documents().cases;
    let named: BTreeMap<&str, &str> = cases
        .iter()
        .filter_map(|case| Some((case.path.case_name(), moved.get(&case.path)?.case_name())))
        .filter(|(old, new)| old != new)
        .collect();
    for case in cases {
        for related in &case.related {
            let (Some(now), Some(at)) = (named.get(related.value.as_str()), state.span(&related.spot)) else {
                continue;
            };
            changes.entry(case.path.clone()).or_default().push(TextChange { at, now: (*now).to_owned() });
        }
    }
    workspace_edit(state, &changes, encoding)
}

/// The new path of each file that is renamed, or is in a folder that is renamed.
fn moved(state: &LibraryState, params: &RenameFilesParams) -> BTreeMap<FilePath, FilePath> {
    let path = |uri: &str| source::path_in_library(&state.root, &Url::parse(uri).ok()?.to_file_path().ok()?);
    let renames = params.files.iter().filter_map(|file| Some((path(&file.old_uri)?, path(&file.new_uri)?)));
    let files = &state.loaded.project().files;
    let mut moved = BTreeMap::new();
    for (old, new) in renames {
        let within = format!("{old}/");
        let in_folder = files.range(FilePath::new(&within)..).map(|(file, _)| file);
        let in_folder = in_folder.map_while(|file| Some((file, file.as_str().strip_prefix(&within)?)));
        moved.extend(in_folder.map(|(file, rest)| (file.clone(), FilePath::new(format!("{new}/{rest}")))));
        moved.insert(old, new);
    }
    moved
}

/// Changes of files, in the form of the protocol.
pub fn workspace_edit(state: &LibraryState, changes: &Changes, encoding: Encoding) -> WorkspaceEdit {
    let mut edits: HashMap<Url, Vec<TextEdit>> = HashMap::new();
    for (path, changes) in changes {
        let (Some(url), Some(text)) = (url(&state.root, path), state.text(path)) else { continue };
        let lines = LineIndex::new(text, encoding);
        let edit = |change: &TextChange| TextEdit::new(lines.range(&change.at), change.now.clone());
        edits.insert(url, changes.iter().map(edit).collect());
    }
    WorkspaceEdit { changes: Some(edits), ..WorkspaceEdit::default() }
}
