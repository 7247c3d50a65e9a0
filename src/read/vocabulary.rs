//! A vocabulary's file → [`VocabularyFile`], and the glossary's → its entries.

use std::sync::Arc;

use super::{
    fields,
    yaml::{Map, Node},
};
use crate::{
    model::{
        address,
        document::{GlossaryEntry, TermFile, VocabularyFile},
        keys,
        vocabulary::{EndMark, LineStyle},
    },
    problem::{FilePath, Problem, message::config as message},
};

/// A vocabulary whose file could not be read: its name, and no terms.
pub(super) fn stub(path: &FilePath) -> VocabularyFile {
    let id = path.stem().to_owned();
    VocabularyFile {
        path: path.clone(),
        label: address::title(&id),
        plural: id.clone(),
        id,
        question: None,
        phrase: None,
        required: false,
        many: true,
        ordered: false,
        terms: Vec::new(),
        is_stub: true,
    }
}

/// A vocabulary from its file.
pub(super) fn vocabulary(path: &FilePath, map: Map<'_>, problems: &mut Vec<Problem>) -> VocabularyFile {
    map.only_keys(keys::VOCABULARY, problems);
    let id = path.stem().to_owned();
    let label = map.text("label", problems).unwrap_or_else(|| address::title(&id));
    let terms = map.require("terms", problems, |node, problems| {
        let before = problems.len();
        let terms = node.each_map(keys::TERM, problems, term);
        // `terms:` with nothing after it is an unfinished file; `terms: []` is an empty vocabulary.
        (!terms.is_empty() || node.is_list() || problems.len() > before).then_some(terms)
    });
    VocabularyFile {
        path: path.clone(),
        plural: map.text("plural", problems).unwrap_or_else(|| label.clone()),
        label,
        id,
        question: map.text("question", problems),
        phrase: map.read("phrase", problems, phrase),
        required: map.flag("required", problems).unwrap_or(false),
        many: map.flag("many", problems).unwrap_or(true),
        ordered: map.flag("ordered", problems).unwrap_or(false),
        is_stub: terms.is_none(),
        terms: terms.unwrap_or_default().into_iter().map(Arc::new).collect(),
    }
}

/// A phrase with `{term}` in it.
fn phrase(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<String> {
    let phrase = node.text(problems)?.into_owned();
    if !phrase.contains("{term}") {
        problems.push(message::phrase_without_term(&node.spot()));
        return None;
    }
    Some(phrase)
}

fn term(map: Map<'_>, problems: &mut Vec<Problem>) -> Option<TermFile> {
    map.only_keys(keys::TERM, problems);
    let written = |key: &str, problems: &mut Vec<Problem>| map.written(key, problems);
    let id = map.require("id", problems, |node, problems| node.written(problems))?;
    if !address::is_term_id(&id.value) {
        problems.push(message::bad_term_id(&id, address::own_slug(&id.value).as_deref()));
        return None;
    }
    Some(TermFile {
        label: written("label", problems).unwrap_or_else(|| id.clone()),
        definition: map.text("definition", problems),
        also: {
            map.no_list_in_one_text("also", problems);
            map.each("also", problems, |node, problems| node.written(problems))
        },
        broader: written("broader", problems),
        replaced_by: written("replaced_by", problems),
        plain: map.text("plain", problems),
        phrase: map.text("phrase", problems),
        ask: map.text("ask", problems),
        mark: map.read("mark", problems, |node, problems| fields::word(node, &EndMark::ALL, problems)),
        line: map.read("line", problems, line),
        id,
    })
}

/// How lifelines are drawn: a word, or a weight as a number.
fn line(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<LineStyle> {
    fields::word(node, &LineStyle::ALL, problems)
}

/// The entries of the glossary.
pub(super) fn glossary(node: Node<'_>, problems: &mut Vec<Problem>) -> Vec<GlossaryEntry> {
    if node.is_empty_map() {
        return Vec::new();
    }
    node.each_map(keys::ENTRY, problems, |map, problems| {
        map.only_keys(keys::ENTRY, problems);
        let term = map.require("term", problems, |node, problems| node.written(problems));
        let full = map.required_text("full", problems);
        let (from, to) = (map.read("from", problems, fields::year), map.read("to", problems, fields::year));
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            problems.push(message::ends_before_it_begins(&map.key_spot("to"), from));
        }
        Some(GlossaryEntry {
            term: term?,
            full: full?,
            note: map.text("note", problems),
            from,
            to,
            see: map.each("see", problems, |node, problems| node.written(problems)),
            is_well_known: map.flag("well_known", problems).unwrap_or_default(),
        })
    })
}
