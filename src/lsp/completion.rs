//! Completion: the values that are valid at the cursor, each with its meaning.

use std::{collections::BTreeSet, sync::Arc};

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTag, CompletionList, CompletionTextEdit, Documentation,
    InsertTextFormat, MarkupContent, MarkupKind, Position, TextEdit,
};

use super::{cursor::Cursor, cursor_query::CursorQuery, links, text};
use crate::{
    edit,
    model::{
        document::{Heading, Source, TermFile, VocabularyFile},
        keys::{self, Completion, DocumentKind, Key, ValueKind},
        section_headings::{SECTION_HEADINGS, SectionHeading},
    },
    problem::{Code, Span},
};

/// The most items of a completion.
const MAX_ITEMS: usize = 500;

/// The completions at a position.
pub fn completion(query: &CursorQuery<'_>, position: Position) -> CompletionList {
    let (items, span) = match query.cursor(position) {
        Cursor::Key(path, span) => (keys_at(query, &path, &span), span),
        Cursor::Value(path, span) => (values_at(query, &path, &span), span),
        Cursor::Citation(span) => (sources(query), span),
        Cursor::Link(span) => match query.text[span.clone()].split_once('#') {
            Some((path, _)) => (anchors(query, path), span.start + path.len() + 1..span.end),
            None if is_of_picture(query, &span) => (files(query).collect(), span),
            None => (targets(query), span),
        },
        Cursor::Heading(span) => (headings(query), span),
        Cursor::Word(span) => (Vec::new(), span),
    };
    let at = text::offset(query.text, position, query.encoding);
    list(query, items, &span, query.text.get(span.start..at).unwrap_or_default())
}

/// The items as a list. Of too many, only those with what is `typed` are kept, and the client asks again when more is
/// typed.
fn list(query: &CursorQuery<'_>, mut items: Vec<CompletionItem>, span: &Span, typed: &str) -> CompletionList {
    let is_incomplete = items.len() > MAX_ITEMS;
    if is_incomplete {
        let typed = typed.to_lowercase();
        let has_typed =
            |item: &CompletionItem| item.filter_text.as_ref().unwrap_or(&item.label).to_lowercase().contains(&typed);
        items.retain(has_typed);
        items.truncate(MAX_ITEMS);
    }
    let range = query.range(span);
    for item in &mut items {
        let new = item.insert_text.take().unwrap_or_default();
        item.text_edit = Some(CompletionTextEdit::Edit(TextEdit::new(range, new)));
    }
    CompletionList { is_incomplete, items }
}

/// An item with its new text. [`list`] adds the place of that text.
fn item(label: &str, kind: CompletionItemKind, new: String) -> CompletionItem {
    CompletionItem { label: label.to_owned(), kind: Some(kind), insert_text: Some(new), ..CompletionItem::default() }
}

fn documentation(text: String) -> Option<Documentation> {
    Some(Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value: text }))
}

/// The keys that can still be added, required ones first.
fn keys_at(query: &CursorQuery<'_>, path: &[String], span: &Span) -> Vec<CompletionItem> {
    let Some(kind) = query.kind() else { return Vec::new() };
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    let table = match names.as_slice() {
        [] => kind.row().keys,
        [id] if kind == DocumentKind::Case && query.vocabulary(id).is_some() => keys::TERM_USE,
        ["checks"] if kind == DocumentKind::Settings => return codes(),
        _ => query.key(&names).map_or(&[][..], |key| key.kind.keys()),
    };
    let present = if path.is_empty() { top_keys(query, span) } else { BTreeSet::new() };
    let has_colon = query.text[span.end..].starts_with(':');
    let mut items: Vec<CompletionItem> =
        table.iter().filter(|key| !present.contains(key.name)).map(|key| of_key(query, key, has_colon)).collect();
    if path.is_empty() && kind == DocumentKind::Case {
        let vocabularies = &query.state.documents().vocabularies;
        items.extend(vocabularies.iter().filter(|vocabulary| !present.contains(vocabulary.id.as_str())).map(
            |vocabulary| {
                let new = if has_colon { vocabulary.id.clone() } else { format!("{}: ", vocabulary.id) };
                CompletionItem {
                    detail: vocabulary.question.clone(),
                    sort_text: Some(format!("{}{}", u8::from(!vocabulary.required), vocabulary.id)),
                    ..item(&vocabulary.id, CompletionItemKind::FIELD, new)
                }
            },
        ));
        let own = query.state.documents().config.fields.iter();
        items.extend(own.filter(|field| !present.contains(field.id.value.as_str())).map(|field| {
            let id = &field.id.value;
            let new = if has_colon { id.clone() } else { format!("{id}: ") };
            CompletionItem {
                detail: Some(field.label.clone()),
                sort_text: Some(format!("1{id}")),
                ..item(id, CompletionItemKind::FIELD, new)
            }
        }));
    }
    items
}

fn of_key(query: &CursorQuery<'_>, key: &Key, has_colon: bool) -> CompletionItem {
    let snippet = snippet(key).filter(|_| query.with_snippets && !has_colon);
    let new = match &snippet {
        Some(snippet) => snippet.clone(),
        None if has_colon => key.name.to_owned(),
        None => format!("{}: ", key.name),
    };
    CompletionItem {
        detail: Some(if key.required { "required".to_owned() } else { key.kind.in_words() }),
        documentation: documentation(format!("{}\n\n```yaml\n{}\n```", key.sentence, key.written())),
        sort_text: Some(format!("{}{}", u8::from(!key.required), key.name)),
        insert_text_format: snippet.is_some().then_some(InsertTextFormat::SNIPPET),
        ..item(key.name, CompletionItemKind::PROPERTY, new)
    }
}

/// A key with the keys inside it, as a snippet.
fn snippet(key: &Key) -> Option<String> {
    let is_list = matches!(
        key.kind,
        ValueKind::List(ValueKind::Map(_)) | ValueKind::OneOrMore(ValueKind::Map(_) | ValueKind::TextOrMap { .. })
    );
    let inside = key.kind.keys();
    let required = inside.iter().filter(|key| key.required).count();
    let blanks: Vec<String> =
        inside.iter().take(required.max(3)).enumerate().map(|(n, key)| format!("{}: ${}", key.name, n + 1)).collect();
    match (is_list, inside.is_empty()) {
        (_, true) => None,
        (true, _) => Some(format!("{}:\n  - {}", key.name, blanks.join("\n    "))),
        (false, _) => Some(format!("{}:\n  {}", key.name, blanks.join("\n  "))),
    }
}

/// The keys at the top level of the file, except the one at the cursor.
fn top_keys<'t>(query: &CursorQuery<'t>, at: &Span) -> BTreeSet<&'t str> {
    let Some(block) = query.yaml() else { return BTreeSet::new() };
    let mut start = block.start;
    let mut keys = BTreeSet::new();
    for line in query.text[block].split_inclusive('\n') {
        let is_cursor = (start..=start + line.len()).contains(&at.start) && line.starts_with(&query.text[at.clone()]);
        if let Some((key, _)) = line.split_once(':').filter(|(key, _)| !is_cursor && !key.starts_with([' ', '#', '-']))
        {
            keys.insert(key);
        }
        start += line.len();
    }
    keys
}

fn codes() -> Vec<CompletionItem> {
    let code_item = |code: &Code| CompletionItem {
        detail: Some(code.meaning().to_owned()),
        documentation: documentation(code.rule().why.to_owned()),
        ..item(code.as_str(), CompletionItemKind::ENUM_MEMBER, format!("{code}: "))
    };
    Code::ALL.iter().map(code_item).collect()
}

/// The values of a key.
fn values_at(query: &CursorQuery<'_>, path: &[String], span: &Span) -> Vec<CompletionItem> {
    let Some(kind) = query.kind() else { return Vec::new() };
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    match (kind, names.as_slice()) {
        (DocumentKind::Case, [id] | [id, "term"]) if query.vocabulary(id).is_some() => {
            let mut items = query.vocabulary(id).map_or_else(Vec::new, |vocabulary| terms(query, vocabulary, span));
            if names.len() == 1 {
                items.extend(whole_entry(query, "with what happened", keys::TERM_USE, span));
            }
            return items;
        }
        (DocumentKind::Settings, ["checks", _]) => return words(&["off", "warning", "error"]),
        _ => {}
    }
    let Some(key) = query.key(&names) else { return Vec::new() };
    if let Some(completion) = key.completion {
        return completed(query, completion, span);
    }
    let mut items = of_kind(query, key.kind, span);
    if !key.kind.keys().is_empty() && query.text[..span.start].trim_end().ends_with(['-', '{']) {
        items.extend(key.kind.keys().iter().map(|inner| of_key(query, inner, false)));
        items.extend(whole_entry(query, &format!("a whole entry of {}", key.name), key.kind.keys(), span));
    }
    items
}

/// The names that the library has already.
fn completed(query: &CursorQuery<'_>, completion: Completion, span: &Span) -> Vec<CompletionItem> {
    let documents = query.state.documents();
    let places = || documents.cases.iter().flat_map(|case| &case.places);
    match completion {
        Completion::TermsOf(id) => query.vocabulary(id).map_or_else(Vec::new, |found| terms(query, found, span)),
        Completion::OtherTerms => {
            let own = documents.vocabularies.iter().find(|vocabulary| vocabulary.path == *query.path);
            own.map_or_else(Vec::new, |vocabulary| terms(query, vocabulary, span))
        }
        Completion::Partners => {
            let partners = documents.cases.iter().flat_map(|case| &case.partners);
            names_of(query, span, partners.map(String::as_str))
        }
        Completion::Places => {
            let used = places().map(|place| place.name.as_str());
            let listed = documents.places.iter().map(|place| place.name.value.as_str());
            names_of(query, span, used.chain(listed))
        }
        Completion::Regions => {
            let used = places().filter_map(|place| place.region.as_deref());
            let listed = documents.places.iter().filter_map(|place| Some(place.region.as_ref()?.value.as_str()));
            names_of(query, span, used.chain(listed))
        }
        Completion::Files => files(query).collect(),
    }
}

/// An entry of a list on one line, as a snippet with its first keys; only at the start of an entry.
fn whole_entry(query: &CursorQuery<'_>, label: &str, table: &[Key], span: &Span) -> Option<CompletionItem> {
    /// The most placeholders of a snippet. More are quicker to add than to skip.
    const MAX_BLANKS: usize = 6;
    if !query.with_snippets || !query.text[..span.start].trim_end_matches(' ').ends_with("-") {
        return None;
    }
    let blank = |(n, key): (usize, &Key)| match key.kind {
        ValueKind::Text | ValueKind::TextUpTo(_) => format!("{}: \"${{{}}}\"", key.name, n + 1),
        ValueKind::Word(words) => format!("{}: ${{{}|{}|}}", key.name, n + 1, words.join(",")),
        _ => format!("{}: ${{{}}}", key.name, n + 1),
    };
    let shown = table.iter().filter(|key| key.kind.keys().is_empty()).take(MAX_BLANKS);
    let blanks: Vec<String> = shown.enumerate().map(blank).collect();
    Some(CompletionItem {
        detail: Some("keys and values".to_owned()),
        insert_text_format: Some(InsertTextFormat::SNIPPET),
        sort_text: Some("2".to_owned()),
        ..item(label, CompletionItemKind::SNIPPET, format!("{{ {} }}", blanks.join(", ")))
    })
}

fn of_kind(query: &CursorQuery<'_>, kind: ValueKind, span: &Span) -> Vec<CompletionItem> {
    let documents = query.state.documents();
    match kind {
        ValueKind::Word(all) => words(all),
        ValueKind::Flag => words(&["true", "false"]),
        ValueKind::Vocabulary => {
            let ids: Vec<&str> = documents.vocabularies.iter().map(|vocabulary| vocabulary.id.as_str()).collect();
            words(&ids)
        }
        ValueKind::CitationId => sources(query),
        ValueKind::CaseName => documents
            .cases
            .iter()
            .filter(|case| case.path != *query.path)
            .map(|case| CompletionItem {
                detail: Some(case.summary.clone()),
                filter_text: Some(format!("{} {}", case.title, case.path.case_name())),
                ..item(&case.title, CompletionItemKind::FILE, as_value(query, span, case.path.case_name()))
            })
            .collect(),
        ValueKind::List(kind) | ValueKind::OneOrMore(kind) => of_kind(query, *kind, span),
        _ => Vec::new(),
    }
}

fn words(words: &[&str]) -> Vec<CompletionItem> {
    words.iter().map(|word| item(word, CompletionItemKind::ENUM_MEMBER, (*word).to_owned())).collect()
}

/// The terms of a vocabulary, found by id, label and other names.
fn terms(query: &CursorQuery<'_>, vocabulary: &VocabularyFile, span: &Span) -> Vec<CompletionItem> {
    let term_item = |(n, term): (usize, &Arc<TermFile>)| {
        let also: Vec<&str> = term.also.iter().map(|name| name.value.as_str()).collect();
        let also_in_words = if also.is_empty() { String::new() } else { format!("\n\nAlso: {}", also.join(", ")) };
        let retired = term.replaced_by.as_ref().map(|by| format!("\n\nReplaced by `{}`.", by.value));
        let about = format!(
            "{}{also_in_words}{}",
            term.definition.as_deref().unwrap_or_default(),
            retired.clone().unwrap_or_default()
        );
        CompletionItem {
            detail: Some(term.label.value.clone()),
            documentation: documentation(about),
            filter_text: Some(format!("{} {} {}", term.id.value, term.label.value, also.join(" "))),
            sort_text: Some(format!("{}{n:05}", u8::from(retired.is_some()))),
            tags: retired.map(|_| vec![CompletionItemTag::DEPRECATED]),
            ..item(&term.id.value, CompletionItemKind::ENUM_MEMBER, as_value(query, span, &term.id.value))
        }
    };
    vocabulary.terms.iter().enumerate().map(term_item).collect()
}

/// Names that are used in the library already, from A to Z.
fn names_of<'a>(query: &CursorQuery<'_>, span: &Span, names: impl Iterator<Item = &'a str>) -> Vec<CompletionItem> {
    let all: BTreeSet<&str> = names.collect();
    let start = query.text[span.clone()].to_lowercase();
    let near = all.into_iter().filter(|text| text.to_lowercase().contains(&start));
    near.map(|text| item(text, CompletionItemKind::VALUE, as_value(query, span, text))).collect()
}

/// A text as YAML, for a place that may be within quotation marks already.
fn as_value(query: &CursorQuery<'_>, span: &Span, text: &str) -> String {
    match query.text[..span.start].ends_with(['"', '\'']) {
        true => text.to_owned(),
        false => edit::as_yaml(text, ""),
    }
}

/// The sources of this case.
fn sources(query: &CursorQuery<'_>) -> Vec<CompletionItem> {
    let sources = query.case().map_or(&[][..], |case| &case.sources);
    let source_item = |source: &Source| {
        let id = &source.id.as_ref()?.value;
        Some(CompletionItem {
            detail: Some(source.title.clone()),
            filter_text: Some(format!("{id} {}", source.title)),
            ..item(id, CompletionItemKind::REFERENCE, id.clone())
        })
    };
    sources.iter().filter_map(source_item).collect()
}

/// The headings of the file at a path, by their anchors.
fn anchors(query: &CursorQuery<'_>, path: &str) -> Vec<CompletionItem> {
    let Some((file, _)) = links::target_of(query.state, query.path, path) else { return Vec::new() };
    let Some((_, _, body)) = links::body_of(query.state, &file) else { return Vec::new() };
    let heading_item = |heading: &Heading| CompletionItem {
        detail: Some(heading.text.clone()),
        filter_text: Some(format!("{} {}", heading.id, heading.text)),
        ..item(&heading.id, CompletionItemKind::REFERENCE, heading.id.clone())
    };
    body.outline.iter().map(heading_item).collect()
}

/// Files to link to: pages first.
fn targets(query: &CursorQuery<'_>) -> Vec<CompletionItem> {
    let pages =
        links::bodies(query.state).filter(|(path, ..)| *path != query.path && path.as_str() != "content/index.md");
    let pages = pages.map(|(path, title, summary, _)| {
        let to = links::path_between(query.path, path);
        CompletionItem {
            detail: Some(title.to_owned()),
            documentation: documentation(summary.to_owned()),
            filter_text: Some(format!("{to} {title}")),
            ..item(&to, CompletionItemKind::FILE, to.clone())
        }
    });
    pages.chain(files(query)).collect()
}

/// Files that are no documents, such as pictures.
fn files(query: &CursorQuery<'_>) -> impl Iterator<Item = CompletionItem> {
    let files =
        query.state.documents().files.iter().filter(|file| !matches!(file.path.extension().as_str(), "yaml" | "yml"));
    files.map(|file| {
        let to = links::path_between(query.path, &file.path);
        item(&to, CompletionItemKind::FILE, to.clone())
    })
}

/// Is this the address of a picture: `![words](address)`?
fn is_of_picture(query: &CursorQuery<'_>, address: &Span) -> bool {
    let words = query.text[..address.start].strip_suffix("](").and_then(|before| before.rsplit_once('['));
    words.is_some_and(|(before, _)| before.ends_with('!'))
}

/// The headings of a case that it does not have yet.
fn headings(query: &CursorQuery<'_>) -> Vec<CompletionItem> {
    if query.case().is_none() {
        return Vec::new();
    }
    let has = |title: &str| query.text.lines().any(|line| line.strip_prefix("## ").map(str::trim) == Some(title));
    let is_missing = |heading: &SectionHeading| !has(heading.title);
    let missing = SECTION_HEADINGS.iter().enumerate().filter(|(_, heading)| is_missing(heading));
    let heading_item = |(n, heading): (usize, &SectionHeading)| CompletionItem {
        documentation: documentation(heading.guidance.to_owned()),
        sort_text: Some(n.to_string()),
        ..item(heading.title, CompletionItemKind::TEXT, heading.title.to_owned())
    };
    missing.map(heading_item).collect()
}
