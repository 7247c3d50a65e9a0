//! Renames a term, or merges two: the changes in the vocabulary and in every case.
//!
//! The old id stays in the vocabulary as a retired term, so that its address redirects and no link breaks. A place that
//! cannot be changed word for word keeps the old id, which then is `retired-term` and works. Nothing is changed if the
//! retired term has no place: a vocabulary may give its only term without a list.

use std::collections::BTreeSet;

use super::{Changes, TextChange, as_yaml, changes, line_end, sort_without_overlaps};
use crate::{
    model::{
        address::{is_term_id, title},
        document::{Documents, TermFile, TermUse, VocabularyFile},
        vocabulary::{TermMatch, Vocabulary},
    },
    problem::{FilePath, Fix, Span, Spot, SpotPart, Step, Written, message, report::locate::spans},
};

/// The reason why a term cannot be changed, and the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermRefusal {
    /// The reason.
    pub message: String,
    /// The help: what to do about it.
    pub help: String,
}

impl TermRefusal {
    /// The reason and the help.
    pub fn in_one_line(&self) -> String {
        format!("{}; {}", self.message, self.help)
    }
}

/// The id of the term that a word names; none if no term has that name. Refuses a term that is retired.
pub fn active_id<'v>(vocabulary: &'v Vocabulary, word: &str) -> Result<Option<&'v str>, TermRefusal> {
    match vocabulary.named(word) {
        Some(TermMatch::Id(term) | TermMatch::Synonym(term)) => Ok(Some(vocabulary.terms[term].slug())),
        Some(TermMatch::Retired(term)) => Err(TermRefusal {
            message: format!("\"{word}\" is retired already"),
            help: format!("it leads to \"{}\", which you may name", vocabulary.terms[term].slug()),
        }),
        None => Ok(None),
    }
}

/// Can the term `old` have the id `new`? It must be valid, and no name of another term, retired or not.
pub fn check_new_id(vocabulary: &Vocabulary, old: &str, new: &str) -> Result<(), TermRefusal> {
    if !is_term_id(new) {
        return Err(TermRefusal {
            message: format!("\"{new}\" cannot be a term's id"),
            help: "use lower-case letters, digits and hyphens; the full name belongs in the term's `label`".to_owned(),
        });
    }
    let Some(found) = vocabulary.named(new) else { return Ok(()) };
    let owner = vocabulary.terms[found.term()].slug();
    let is_own_name = owner == old && !matches!(found, TermMatch::Retired(_));
    if is_own_name && new != old {
        return Ok(());
    }
    let help = match owner == old {
        true => "choose another".to_owned(),
        false => format!("to make the two one: casebook terms merge {} {old} {owner}", vocabulary.file.id),
    };
    Err(TermRefusal { message: format!("\"{new}\" is a name of \"{owner}\" already"), help })
}

/// The label of a term that is only its id in other letters.
fn label_like_id<'v>(vocabulary: &'v VocabularyFile, id: &str) -> Option<&'v Written<String>> {
    let term = vocabulary.terms.iter().find(|term| term.id.value == id)?;
    (term.label.spot != term.id.spot && is_id(&term.label.value, id)).then_some(&term.label)
}

/// The label that [`rename`] changes, before and after.
pub fn changed_label(vocabulary: &VocabularyFile, [old, new]: [&str; 2]) -> Option<[String; 2]> {
    label_like_id(vocabulary, old).map(|label| [label.value.clone(), title(new)])
}

/// Changes the id of a term from `old` to `new`. A label that is only the old id in other letters becomes one made of
/// the new id, since the old one now belongs to the retired term. Refused if that has no place.
pub fn rename<'a>(
    documents: &Documents,
    vocabulary: &VocabularyFile,
    [old, new]: [&str; 2],
    bytes: impl Fn(&FilePath) -> Option<&'a [u8]>,
) -> Result<Changes, TermRefusal> {
    let mut fixes = references_in_vocabulary(vocabulary, [old, new]);
    fixes.extend(ids(vocabulary).filter(|id| id.value == old).map(|id| fix(id, new)));
    fixes.extend(label_like_id(vocabulary, old).map(|label| fix(label, &title(new))));
    check_words(&fixes, vocabulary, &bytes)?;
    fixes.extend(uses_in_cases(documents, vocabulary, new, |word| is_id(word, old)));
    let entry = format!("{{ id: {}, replaced_by: {} }}", as_yaml(old, ""), as_yaml(new, ""));
    let insertion = entry_before(vocabulary, old, &entry, &bytes).ok_or_else(|| no_place(vocabulary))?;
    Ok(with_insertion(&fixes, Some(insertion), vocabulary, &bytes))
}

/// Retires the term `from` of a vocabulary in favour of `into`. `id_of` gives the term of a word in a case. If a case
/// carries both, `from` is removed, unless the case describes it. Refused if `replaced_by` has no place.
pub fn merge<'a, 'v>(
    documents: &Documents,
    vocabulary: &VocabularyFile,
    [from, into]: [&str; 2],
    id_of: impl Fn(&str) -> Option<&'v str>,
    bytes: impl Fn(&FilePath) -> Option<&'a [u8]>,
) -> Result<Changes, TermRefusal> {
    check_words(&references_in_vocabulary(vocabulary, [from, into]), vocabulary, &bytes)?;
    let insertion = key_after_id(vocabulary, from, into, &bytes).ok_or_else(|| no_place(vocabulary))?;
    Ok(merge_changes(documents, vocabulary, [from, into], id_of, Some(insertion), bytes))
}

/// The refusal of a vocabulary that has no place for a retired term.
fn no_place(vocabulary: &VocabularyFile) -> TermRefusal {
    TermRefusal {
        message: format!("the terms of {} are not a list, so there is no place to keep the old id", vocabulary.path),
        help: message::vocabulary::LIST_THE_TERMS.to_owned(),
    }
}

/// Refuses the fixes of a vocabulary if one of its words cannot be changed.
fn check_words<'a>(
    fixes: &[(&Spot, Fix)],
    vocabulary: &VocabularyFile,
    bytes: &impl Fn(&FilePath) -> Option<&'a [u8]>,
) -> Result<(), TermRefusal> {
    match fixes.iter().find(|(spot, fix)| changes(&[(*spot, fix)], bytes).is_empty()) {
        Some((_, fix)) => Err(TermRefusal {
            message: format!("\"{}\" has an anchor, an alias or a tag of YAML in {}", fix.was, vocabulary.path),
            help: "write the word out there, without &, * and !, and run the command again".to_owned(),
        }),
        None => Ok(()),
    }
}

/// Finishes a rename or a merge that could not be written to some cases. The vocabulary has `from` as a retired term
/// already.
pub fn finish<'a, 'v>(
    documents: &Documents,
    vocabulary: &VocabularyFile,
    [from, into]: [&str; 2],
    id_of: impl Fn(&str) -> Option<&'v str>,
    bytes: impl Fn(&FilePath) -> Option<&'a [u8]>,
) -> Changes {
    let mut changes = merge_changes(documents, vocabulary, [from, into], id_of, None, bytes);
    changes.retain(|_, changes| !changes.is_empty());
    changes
}

/// The cases with a word for a term that passes the test.
pub fn cases_with(
    documents: &Documents,
    vocabulary: &VocabularyFile,
    is_it: impl Fn(&str) -> bool,
) -> BTreeSet<FilePath> {
    let fixes = uses_in_cases(documents, vocabulary, "", is_it);
    fixes.into_iter().map(|(spot, _)| spot.file.clone()).collect()
}

fn merge_changes<'a, 'v>(
    documents: &Documents,
    vocabulary: &VocabularyFile,
    [from, into]: [&str; 2],
    id_of: impl Fn(&str) -> Option<&'v str>,
    insertion: Option<TextChange>,
    bytes: impl Fn(&FilePath) -> Option<&'a [u8]>,
) -> Changes {
    let is = |used: &TermUse, id: &str| id_of(&used.term.value) == Some(id);
    let mut fixes = references_in_vocabulary(vocabulary, [from, into]);
    for uses in documents.cases.iter().filter_map(|case| case.terms.get(vocabulary.id.as_str())) {
        let mut has_target = uses.iter().any(|used| is(used, into));
        for used in uses.iter().filter(|used| is(used, from)) {
            match has_target && used.what.is_none() && used.response.is_none() {
                true => fixes.push((&used.term.spot, Fix::removal_of(&used.term.value))),
                false => fixes.push(fix(&used.term, into)),
            }
            has_target = true;
        }
    }
    let adopted = adoption_outcomes(documents, vocabulary).filter(|word| id_of(&word.value) == Some(from));
    fixes.extend(adopted.map(|word| fix(word, into)));
    with_insertion(&fixes, insertion, vocabulary, &bytes)
}

/// Is this word the id, in any letter case?
pub fn is_id(word: &str, id: &str) -> bool {
    word.trim().to_lowercase() == id.to_lowercase()
}

fn fix<'d>(written: &'d Written<String>, now: &str) -> (&'d Spot, Fix) {
    (&written.spot, Fix::of_text(&written.value, now))
}

fn ids(vocabulary: &VocabularyFile) -> impl Iterator<Item = &Written<String>> {
    vocabulary.terms.iter().map(|term| &term.id)
}

/// The references of other terms to a term, each with its correction.
fn references_in_vocabulary<'d>(vocabulary: &'d VocabularyFile, [old, new]: [&str; 2]) -> Vec<(&'d Spot, Fix)> {
    let others = |term: &'d TermFile| term.broader.iter().chain(&term.replaced_by);
    let named = vocabulary.terms.iter().flat_map(|term| others(term)).filter(|name| name.value == old);
    named.map(|name| fix(name, new)).collect()
}

/// The uses of a term in every case, drafts included, each with its correction.
fn uses_in_cases<'d>(
    documents: &'d Documents,
    vocabulary: &VocabularyFile,
    new: &str,
    is_it: impl Fn(&str) -> bool,
) -> Vec<(&'d Spot, Fix)> {
    let uses = documents.cases.iter().filter_map(|case| case.terms.get(vocabulary.id.as_str())).flatten();
    let words = uses.map(|used| &used.term).chain(adoption_outcomes(documents, vocabulary));
    words.filter(|word| is_it(&word.value)).map(|word| fix(word, new)).collect()
}

/// The outcomes of adoptions, if the vocabulary is that of outcomes.
fn adoption_outcomes<'d>(
    documents: &'d Documents,
    vocabulary: &VocabularyFile,
) -> impl Iterator<Item = &'d Written<String>> + use<'d> {
    let cases = if vocabulary.id == "outcome" { documents.cases.values() } else { &[] };
    cases.iter().flat_map(|case| &case.adopted).filter_map(|adoption| adoption.outcome.as_ref())
}

fn with_insertion<'a>(
    fixes: &[(&Spot, Fix)],
    insertion: Option<TextChange>,
    vocabulary: &VocabularyFile,
    bytes: &impl Fn(&FilePath) -> Option<&'a [u8]>,
) -> Changes {
    let fixes: Vec<(&Spot, &Fix)> = fixes.iter().map(|(spot, fix)| (*spot, fix)).collect();
    let mut changes = changes(&fixes, bytes);
    let of_vocabulary = changes.entry(vocabulary.path.clone()).or_default();
    of_vocabulary.extend(insertion);
    sort_without_overlaps(of_vocabulary);
    changes
}

/// Inserts a new entry before that of a term, in the form of the list.
fn entry_before<'a>(
    vocabulary: &VocabularyFile,
    id: &str,
    entry: &str,
    bytes: &impl Fn(&FilePath) -> Option<&'a [u8]>,
) -> Option<TextChange> {
    let id = ids(vocabulary).find(|written| written.value == id)?;
    let text = std::str::from_utf8(bytes(&vocabulary.path)?).ok()?;
    let item = span(&item_of(&id.spot)?, bytes)?;
    let line = text[..item.start].rfind('\n').map_or(0, |newline| newline + 1);
    let before = &text[line..item.start];
    let (at, now) = match before.trim() {
        "-" => (line, format!("{before}{entry}{}", line_end(text))),
        _ => (item.start, format!("{entry}, ")),
    };
    Some(TextChange { at: at..at, now })
}

/// Inserts `replaced_by` after the id of a term, in the form of its entry.
fn key_after_id<'a>(
    vocabulary: &VocabularyFile,
    id: &str,
    into: &str,
    bytes: &impl Fn(&FilePath) -> Option<&'a [u8]>,
) -> Option<TextChange> {
    let id = ids(vocabulary).find(|written| written.value == id)?;
    let text = std::str::from_utf8(bytes(&vocabulary.path)?).ok()?;
    let (item, value) = (span(&item_of(&id.spot)?, bytes)?, span(&id.spot, bytes)?);
    let key = format!("replaced_by: {}", as_yaml(into, ""));
    if text[item.start..].starts_with('{') {
        return Some(TextChange { at: value.end..value.end, now: format!(", {key}") });
    }
    // All keys of an entry start in the same column.
    let line = text[..item.start].rfind('\n').map_or(0, |newline| newline + 1);
    let indent = " ".repeat(text[line..item.start].chars().count());
    let end = text[value.end..].find('\n').map_or(text.len(), |newline| value.end + newline);
    let end = if text[..end].ends_with('\r') { end - 1 } else { end };
    Some(TextChange { at: end..end, now: format!("{}{indent}{key}", line_end(text)) })
}

/// The spot of the list item that contains a value.
fn item_of(value: &Spot) -> Option<Spot> {
    let mut spot = value.clone();
    let SpotPart::Yaml { path, .. } = &mut spot.part else { return None };
    path.pop();
    matches!(path.last(), Some(Step::Item(_))).then_some(spot)
}

fn span<'a>(spot: &Spot, bytes: &impl Fn(&FilePath) -> Option<&'a [u8]>) -> Option<Span> {
    spans(&[spot], bytes).pop()?
}
