//! Code actions: fixes and insertions at the cursor.

use std::collections::BTreeSet;

use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, Range};

use super::{
    cursor_query::CursorQuery,
    diagnostics::{diagnostic, range_of},
    pasted_list,
    rename::workspace_edit,
    text::{LineIndex, offset},
};
use crate::{
    edit::{self, Changes, TextChange, new_terms},
    model::{
        address::{is_term_id, slug, title},
        keys::DocumentKind,
    },
    problem::{Code, FilePath, Fix, Problem, Span, report::TextRange},
    read,
};

/// The actions for a range of a file, of the kinds that the editor asks for. `today` is the day for a withdrawal.
pub fn actions(
    query: &CursorQuery<'_>,
    range: Range,
    only: Option<&[CodeActionKind]>,
    today: Option<jiff::civil::Date>,
) -> Vec<CodeActionOrCommand> {
    let (from, to) = (offset(query.text, range.start, query.encoding), offset(query.text, range.end, query.encoding));
    let here: Vec<&Problem> = query.state.problems.iter().filter(|problem| problem.spot.file == *query.path).collect();
    let spots: Vec<_> = here.iter().map(|problem| &problem.spot).collect();
    let placed = here.iter().zip(query.state.spans(&spots)).filter_map(|(problem, span)| Some((*problem, span?)));
    let mut actions = Vec::new();
    for (problem, span) in placed.filter(|(_, span)| span.start <= to && from <= span.end) {
        actions.extend(fix(query, problem));
        actions.extend(did_you_mean(query, problem, &span));
        match problem.code {
            Code::UnknownTerm => actions.extend(new_term(query, problem, &span)),
            Code::UndefinedAcronym => actions.extend(new_entry(query, problem, &span)),
            Code::UnsourcedFigure => actions.extend(cite(query, problem, &span)),
            _ => {}
        }
    }
    actions.extend(fix_all(query, &here));
    actions.extend(list(query, &(from..to)));
    actions.extend(withdraw(query, from, today));
    // An editor that asks for one kind may make the first action of the answer without asking its user.
    actions.retain(|action| only.is_none_or(|only| only.iter().any(|kind| is_of_kind(action, kind))));
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Is an action of this kind, or of a kind within it? `refactor` includes `refactor.rewrite`.
fn is_of_kind(action: &CodeAction, kind: &CodeActionKind) -> bool {
    let own = action.kind.as_ref().map_or("", CodeActionKind::as_str);
    let within = own.strip_prefix(kind.as_str());
    within.is_some_and(|rest| kind.as_str().is_empty() || rest.is_empty() || rest.starts_with('.'))
}

fn action(
    query: &CursorQuery<'_>,
    title: String,
    kind: CodeActionKind,
    problem: Option<&Problem>,
    changes: &Changes,
) -> CodeAction {
    let reported = problem.and_then(|problem| {
        query
            .state
            .report
            .problems
            .iter()
            .find(|reported| reported.code == problem.code && reported.message == problem.message)
    });
    CodeAction {
        title,
        kind: Some(kind),
        diagnostics: reported.map(|reported| {
            let form = &query.state.form;
            let range = |place: &TextRange| {
                let lines = query.state.text(&place.file).map(|text| LineIndex::new(text, form.encoding));
                range_of(lines.as_ref(), place)
            };
            vec![diagnostic(reported, &query.state.root, form, range)]
        }),
        edit: Some(workspace_edit(query.state, changes, query.encoding)),
        ..CodeAction::default()
    }
}

fn quick(query: &CursorQuery<'_>, title: String, problem: &Problem, changes: &Changes) -> CodeAction {
    action(query, title, CodeActionKind::QUICKFIX, Some(problem), changes)
}

fn in_this_file(query: &CursorQuery<'_>, at: Span, now: String) -> Changes {
    Changes::from([(query.path.clone(), vec![TextChange { at, now }])])
}

/// The fix that `check --fix` would make.
fn fix(query: &CursorQuery<'_>, problem: &Problem) -> Option<CodeAction> {
    let changes = edit::fixes(std::slice::from_ref(problem), |path| query.state.loaded.project().bytes(path));
    let (_, Fix { was, now }) = problem.fixes.first()?;
    let title = now.text().map_or_else(|| format!("Remove {}", shown(was)), |now| format!("Write {}", shown(now)));
    (!changes.is_empty()).then(|| quick(query, title, problem, &changes))
}

fn shown(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    format!("\"{line}{}\"", if line.len() < text.trim_end().len() { " …" } else { "" })
}

/// All fixes that `check --fix` would make in this file.
fn fix_all(query: &CursorQuery<'_>, here: &[&Problem]) -> Option<CodeAction> {
    let problems: Vec<Problem> =
        here.iter().filter(|problem| !problem.fixes.is_empty()).map(|problem| (*problem).clone()).collect();
    let mut changes = edit::fixes(&problems, |path| query.state.loaded.project().bytes(path));
    changes.retain(|path, _| path == query.path);
    let kind = CodeActionKind::SOURCE_FIX_ALL;
    (!changes.is_empty())
        .then(|| action(query, "Make every certain correction in this file".to_owned(), kind, None, &changes))
}

fn did_you_mean(query: &CursorQuery<'_>, problem: &Problem, span: &Span) -> Option<CodeAction> {
    let meant = problem.suggestion.as_deref().filter(|_| problem.fixes.is_empty())?;
    Some(quick(query, format!("Change to \"{meant}\""), problem, &in_this_file(query, span.clone(), meant.to_owned())))
}

/// Adds a new term to its vocabulary.
fn new_term(query: &CursorQuery<'_>, problem: &Problem, span: &Span) -> Option<CodeAction> {
    let (vocabulary, word) = query.case()?.terms.iter().find_map(|(vocabulary, uses)| {
        let used = uses.iter().find(|used| used.term.spot == problem.spot)?;
        Some((query.vocabulary(vocabulary)?, used.term.value.as_str()))
    })?;
    let label = title(word);
    let id = slug(&label);
    let text = query.state.text(&vocabulary.path)?;
    let insertion = new_terms::insertion(text, &BTreeSet::from([label])).filter(|_| is_term_id(&id))?;
    let mut changes = Changes::from([(vocabulary.path.clone(), vec![insertion])]);
    let now = edit::as_yaml(&id, "");
    if query.text.get(span.clone())? != now {
        changes.insert(query.path.clone(), vec![TextChange { at: span.clone(), now }]);
    }
    Some(quick(query, format!("Add \"{id}\" to {}", vocabulary.path), problem, &changes))
}

/// Adds an acronym to the glossary, with its full name left to the author.
fn new_entry(query: &CursorQuery<'_>, problem: &Problem, span: &Span) -> Option<CodeAction> {
    let word = query.text.get(span.clone())?;
    let is_glossary = |path: &&FilePath| read::document_kind(path) == Some(DocumentKind::Glossary);
    let glossary = query.state.loaded.project().files.keys().find(is_glossary)?;
    let text = query.state.text(glossary)?;
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let now = format!("{gap}- term: {word}\n  full: what {word} stands for\n");
    let now = edit::with_line_ends_of(text, &now);
    let changes = Changes::from([(glossary.clone(), vec![TextChange { at: text.len()..text.len(), now }])]);
    Some(quick(query, format!("Add \"{word}\" to the glossary"), problem, &changes))
}

/// Adds a citation at the end of a sentence with a figure: one action for each source with an id.
fn cite(query: &CursorQuery<'_>, problem: &Problem, span: &Span) -> Vec<CodeAction> {
    let sources = query.case().map_or(&[][..], |case| &case.sources);
    let written = query.text.get(span.clone()).unwrap_or_default();
    let at = span.start + written.trim_end_matches(['.', '!', '?', ' ', '\n']).len();
    let completed = |source: &crate::model::document::Source| {
        let id = &source.id.as_ref()?.value;
        let changes = in_this_file(query, at..at, format!(" [@{id}]"));
        Some(quick(query, format!("Cite {}", shown(&source.title)), problem, &changes))
    };
    sources.iter().filter_map(completed).collect()
}

/// Converts the selected lines, or the paragraph around a place in one line, to a Markdown list, if they were typed as
/// a list in another program.
fn list(query: &CursorQuery<'_>, chosen: &Span) -> Option<CodeAction> {
    let body = query.yaml().map_or(0, |block| block.end);
    let selected = query.text.get(chosen.clone()).filter(|_| query.is_markdown() && chosen.start > body)?;
    let at = match selected.contains('\n') {
        true => whole_lines(query.text, chosen),
        false => paragraph_at(query.text, chosen.start),
    };
    let at = at.start.max(body)..at.end;
    let lines = &query.text[at.clone()];
    let now = edit::with_line_ends_of(query.text, &pasted_list::markdown_list(lines)?);
    (now.trim_end() != lines.trim_end()).then_some(())?;
    let kind = CodeActionKind::REFACTOR_REWRITE;
    Some(action(
        query,
        "Turn these lines into a list of Markdown".to_owned(),
        kind,
        None,
        &in_this_file(query, at, now),
    ))
}

/// The lines that these bytes are in.
fn whole_lines(text: &str, chosen: &Span) -> Span {
    let start = text[..chosen.start].rfind('\n').map_or(0, |end| end + 1);
    let end = text[chosen.end..].find('\n').map_or(text.len(), |end| chosen.end + end + 1);
    start..end
}

/// The line at a byte, with those above and below it up to the next blank line.
fn paragraph_at(text: &str, at: usize) -> Span {
    let line = whole_lines(text, &(at..at));
    let is_written = |line: &&str| !line.trim().is_empty();
    let above = text[..line.start].split_inclusive('\n').rev().take_while(is_written);
    let from_here = text[line.start..].split_inclusive('\n').take_while(is_written);
    line.start - above.map(str::len).sum::<usize>()..line.start + from_here.map(str::len).sum::<usize>()
}

/// Adds the front matter of a withdrawal.
fn withdraw(query: &CursorQuery<'_>, at: usize, today: Option<jiff::civil::Date>) -> Option<CodeAction> {
    query.case().filter(|case| case.withdrawn.is_none())?;
    let block = query.yaml().filter(|block| at <= block.end)?;
    let mut start = block.start;
    let mut status = None;
    for line in query.text[block.clone()].split_inclusive('\n') {
        if line.starts_with("status:") {
            status = Some(start..start + line.len());
        }
        start += line.len();
    }
    let at = status.unwrap_or(block.end..block.end);
    let now = format!("status: withdrawn\nwithdrawn: {{ date: {}, why: why it was withdrawn }}\n", today?);
    let changes = in_this_file(query, at, edit::with_line_ends_of(query.text, &now));
    Some(action(query, "Withdraw this case".to_owned(), CodeActionKind::REFACTOR, None, &changes))
}
