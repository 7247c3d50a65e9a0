//! Hover: an explanation of what is at the cursor.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use super::{
    cursor_query::{CursorQuery, Definition, term},
    links,
};
use crate::model::document::{Source, TermFile, VocabularyFile};

/// Explains what a position refers to.
pub fn hover(query: &CursorQuery<'_>, position: Position) -> Option<Hover> {
    let (definition, span) = query.definition_at(position)?;
    let value = match definition {
        Definition::Term(vocabulary, term) => of_term(query, vocabulary, term),
        Definition::Vocabulary(vocabulary) => of_vocabulary(vocabulary),
        Definition::Key(key) => {
            let required = if key.required { " Required." } else { "" };
            format!("{}{required}\n\nValue: {}.\n\n```yaml\n{}\n```", key.sentence, key.kind.in_words(), key.written())
        }
        Definition::Source(source) => of_source(source),
        Definition::File(path, anchor) => {
            let (title, summary, body) = links::body_of(query.state, &path)?;
            let heading = anchor.and_then(|anchor| body.outline.iter().find(|heading| heading.id == anchor));
            let heading = heading.map(|heading| format!(" › {}", heading.text)).unwrap_or_default();
            format!("**{title}**{heading}\n\n{summary}\n\n`{path}`")
        }
        Definition::Entry(entry) => {
            let note = entry.note.as_deref().map(|note| format!("\n\n{note}")).unwrap_or_default();
            format!("**{}**: {}{note}", entry.term.value, entry.full)
        }
        Definition::Heading(_) => return None,
    };
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    Some(Hover { contents, range: Some(query.range(&span)) })
}

fn of_vocabulary(vocabulary: &VocabularyFile) -> String {
    const SHOWN: usize = 30;
    let terms = vocabulary.terms.iter().filter(|term| term.replaced_by.is_none());
    let ids: Vec<String> = terms.map(|term| format!("`{}`", term.id.value)).collect();
    let more = if ids.len() > SHOWN { " and others" } else { "" };
    let number = if vocabulary.many { "One or more of" } else { "One of" };
    let required = if vocabulary.required { "Required. " } else { "" };
    let mut lines = vec![format!("**{}**", vocabulary.label)];
    lines.extend(vocabulary.question.clone());
    lines.push(format!("{required}{number}: {}{more}.", ids[..ids.len().min(SHOWN)].join(", ")));
    lines.push(format!("`{}`", vocabulary.path));
    lines.join("\n\n")
}

fn of_term(query: &CursorQuery<'_>, vocabulary: &VocabularyFile, found: &TermFile) -> String {
    let cases = &query.state.documents().cases;
    let carries = |word: &str| term(vocabulary, word).is_some_and(|term| term.id.value == found.id.value);
    let count = cases
        .iter()
        .filter(|case| {
            case.terms.get(vocabulary.id.as_str()).is_some_and(|uses| uses.iter().any(|used| carries(&used.term.value)))
        })
        .count();
    let counted = if count == 1 { "1 case".to_owned() } else { format!("{count} cases") };
    let also: Vec<&str> = found.also.iter().map(|name| name.value.as_str()).collect();
    let mut lines = vec![format!("**{}** ({}, `{}`)", found.label.value, vocabulary.label, found.id.value)];
    lines.extend(found.definition.clone());
    lines.extend((!also.is_empty()).then(|| format!("Also: {}", also.join(", "))));
    lines.extend(found.replaced_by.as_ref().map(|by| format!("Replaced by `{}`.", by.value)));
    lines.push(counted);
    lines.join("\n\n")
}

fn of_source(source: &Source) -> String {
    let date = source.date.map(|date| date.to_string());
    let parts: Vec<String> = source.publisher.clone().into_iter().chain(date).collect();
    let kind = source.kind.map(|kind| format!(" ({})", kind.as_str())).unwrap_or_default();
    format!("**{}**{kind}\n\n{}", source.title, parts.join(", "))
}
