//! Renames a term, the id of a source, a heading, or files, with all references to them.

use std::collections::{BTreeMap, HashMap};

use lsp_types::{Position, Range, RenameFilesParams, TextEdit, Url, WorkspaceEdit};

use super::{
    asked::{CursorQuery, Thing, url},
    library::LibraryState,
    links,
    navigation::{citations, links_to},
    text::{self, Encoding},
};
use crate::{
    edit::{self, Changes, TextChange},
    model::address::slug,
    problem::{FilePath, Span},
    read,
};

/// The range of the name that would be renamed.
pub fn prepare(asked: &CursorQuery<'_>, position: Position) -> Option<Range> {
    let (thing, span) = asked.thing(position)?;
    matches!(thing, Thing::Term(..) | Thing::Source(_) | Thing::Heading(_)).then(|| asked.range(&span))
}

/// The edits that rename the thing at a position, or the reason why it cannot have that name.
pub fn rename(asked: &CursorQuery<'_>, position: Position, name: &str) -> Result<WorkspaceEdit, String> {
    let nothing = || "there is nothing here that can be renamed".to_owned();
    let (thing, span) = asked.thing(position).ok_or_else(nothing)?;
    let known = asked.known;
    let bytes = |path: &FilePath| known.held.project().bytes(path);
    let changes = match thing {
        Thing::Term(vocabulary, term) => {
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
            edit::terms::rename(known.documents(), vocabulary, [&term.id.value, name], bytes)
        }
        Thing::Source(source) => {
            let id = source.id.as_ref().ok_or_else(nothing)?;
            let at = known.span(&id.spot).into_iter();
            let adopted = asked.case().map_or(&[][..], |case| &case.adopted);
            let adopted = adopted.iter().filter_map(|of| of.source.as_ref()).filter(|of| of.value == id.value);
            let adopted = adopted.filter_map(|of| known.span(&of.spot));
            let all = at.chain(adopted).chain(citations(asked.text, &id.value));
            of_one(asked.path, all.map(|at| TextChange { at, now: name.to_owned() }))
        }
        Thing::Heading(id) => {
            let mut changes = of_one(asked.path, [TextChange { at: span, now: name.to_owned() }]);
            let anchor = slug(name);
            for (spot, span) in spots(asked, &links_to(asked, asked.path, Some(&id))) {
                let Some(written) = known.text(&spot).and_then(|text| text.get(span.clone())) else { continue };
                let now = format!("{}#{anchor}", written.split('#').next().unwrap_or_default());
                changes.entry(spot).or_default().push(TextChange { at: span, now });
            }
            changes
        }
        _ => return Err(nothing()),
    };
    Ok(workspace_edit(known, &changes, asked.encoding))
}

fn of_one(path: &FilePath, changes: impl IntoIterator<Item = TextChange>) -> Changes {
    BTreeMap::from([(path.clone(), changes.into_iter().collect())])
}

/// The file and the bytes of each spot.
fn spots(asked: &CursorQuery<'_>, spots: &[&crate::problem::Spot]) -> Vec<(FilePath, Span)> {
    let spans = asked.known.spans(spots);
    spots.iter().zip(spans).filter_map(|(spot, span)| Some((spot.file.clone(), span?))).collect()
}

/// The edits of links that must be made before files are renamed.
pub fn files(known: &LibraryState, params: &RenameFilesParams, encoding: Encoding) -> WorkspaceEdit {
    let moved: BTreeMap<FilePath, FilePath> = params
        .files
        .iter()
        .filter_map(|file| Some((path_of(known, &file.old_uri)?, path_of(known, &file.new_uri)?)))
        .collect();
    let now = |path: &FilePath| moved.get(path).unwrap_or(path).clone();
    let mut changes = Changes::new();
    for (from, _, _, body) in links::bodies(known) {
        for link in &body.links {
            let Some((to, anchor)) = links::leads_to(known, from, &link.target) else { continue };
            let is_touched = moved.contains_key(&to) || moved.contains_key(from);
            if !is_touched || link.target.starts_with(['/', '#']) {
                continue;
            }
            let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
            let new = format!("{}{anchor}", links::path_between(&now(from), &now(&to)));
            let Some(at) = links::address_within(known, &link.spot, &link.target) else { continue };
            if new != link.target {
                changes.entry(from.clone()).or_default().push(TextChange { at, now: new });
            }
        }
    }
    for case in &known.documents().cases {
        for related in &case.related {
            let renamed = moved.iter().find(|(old, _)| old.case_name() == related.value);
            let Some((_, new)) = renamed.filter(|(old, new)| old.case_name() != new.case_name()) else { continue };
            if let Some(at) = known.span(&related.spot) {
                changes.entry(case.path.clone()).or_default().push(TextChange { at, now: new.case_name().to_owned() });
            }
        }
    }
    workspace_edit(known, &changes, encoding)
}

/// The path of a file within the library.
fn path_of(known: &LibraryState, uri: &str) -> Option<FilePath> {
    let path = Url::parse(uri).ok()?.to_file_path().ok()?;
    Some(FilePath::new(path.strip_prefix(&known.root).ok()?.to_string_lossy()))
}

/// Changes of files, in the form of the protocol.
pub fn workspace_edit(known: &LibraryState, changes: &Changes, encoding: Encoding) -> WorkspaceEdit {
    let mut edits: HashMap<Url, Vec<TextEdit>> = HashMap::new();
    for (path, changes) in changes {
        let (Some(url), Some(text)) = (url(&known.root, path), known.text(path)) else { continue };
        let of = |change: &TextChange| TextEdit::new(text::range(text, &change.at, encoding), change.now.clone());
        edits.insert(url, changes.iter().map(of).collect());
    }
    WorkspaceEdit { changes: Some(edits), ..WorkspaceEdit::default() }
}
