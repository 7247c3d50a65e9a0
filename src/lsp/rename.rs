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
    model::address::slug,
    problem::{FilePath, message},
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
    let nothing = || "there is nothing here that can be renamed".to_owned();
    let (definition, span) = query.definition_at(position).ok_or_else(nothing)?;
    let state = query.state;
    let bytes = |path: &FilePath| state.held.project().bytes(path);
    let changes = match definition {
        Definition::Term(vocabulary, term) => {
            if !read::is_term_id(name) {
                return Err(format!(
                    "\"{name}\" cannot be the id of a term: use lower-case letters, digits and hyphens"
                ));
            }
            if vocabulary.terms.iter().any(|other| other.id.value == name) {
                return Err(format!(
                    "the vocabulary has a term \"{name}\" already; `casebook terms merge` makes two terms one"
                ));
            }
            edit::terms::rename(state.documents(), vocabulary, [&term.id.value, name], bytes)
                .ok_or(message::vocabulary::LIST_THE_TERMS)?
        }
        Definition::Source(source) => {
            let id = source.id.as_ref().ok_or_else(nothing)?;
            let at = state.span(&id.spot).into_iter();
            let adopted = query.case().map_or(&[][..], |case| &case.adopted);
            let adopted = adopted.iter().filter_map(|of| of.source.as_ref()).filter(|of| of.value == id.value);
            let adopted = adopted.filter_map(|of| state.span(&of.spot));
            let all = at.chain(adopted).chain(citations(query, &id.value));
            in_one_file(query.path, all.map(|at| TextChange { at, now: name.to_owned() }))
        }
        Definition::Heading(id) => {
            let mut changes = in_one_file(query.path, [TextChange { at: span, now: name.to_owned() }]);
            let anchor = slug(name);
            for (from, _, _, body) in links::bodies(state) {
                let written = links::written_addresses(state, from, body).into_iter();
                for (target, at) in
                    written.filter(|(target, _)| links::leads_to(state, from, target, (query.path, Some(&id))))
                {
                    let now = format!("{}#{anchor}", target.split('#').next().unwrap_or_default());
                    changes.entry(from.clone()).or_default().push(TextChange { at, now });
                }
            }
            changes
        }
        _ => return Err(nothing()),
    };
    Ok(workspace_edit(state, &changes, query.encoding))
}

fn in_one_file(path: &FilePath, changes: impl IntoIterator<Item = TextChange>) -> Changes {
    BTreeMap::from([(path.clone(), changes.into_iter().collect())])
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
    let files = &state.held.project().files;
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
        let of = |change: &TextChange| TextEdit::new(lines.range(&change.at), change.now.clone());
        edits.insert(url, changes.iter().map(of).collect());
    }
    WorkspaceEdit { changes: Some(edits), ..WorkspaceEdit::default() }
}
