//! `casebook terms`: lists vocabularies, and renames and merges terms.

use std::{
    collections::{BTreeSet, HashSet},
    path::Path,
    sync::Arc,
};

use clap::{Args, Subcommand};

use super::{ExitStatus, Global, day, error::CommandError, new, rewrite, root, terminal::Terminal, unread};
use crate::{
    edit::{self, Changes},
    model::{
        Edition, Library, TermId, assemble,
        document::{Documents, VocabularyFile},
        vocabulary::{Term, TermMatch, Vocabulary},
    },
    pipeline,
    problem::{
        FilePath, Severity, message,
        report::{Reported, locate::locate},
    },
    read,
    source::{self, Project},
};

/// List the vocabularies with their counts, find unused terms, rename a term or merge two
#[derive(Args)]
#[command(after_help = "\
Every term with its number of cases:      casebook terms
Terms that no case carries:               casebook terms unused
A better name for a term:                 casebook terms rename sector third-sector voluntary
Two terms merged:                         casebook terms merge sector police criminal-justice

`rename` and `merge` change the vocabulary and every case, including drafts. The old name stays as
a retired term, so that old links and addresses redirect.")]
pub(super) struct TermsArgs {
    #[command(subcommand)]
    action: Option<TermsAction>,
}

#[derive(Subcommand)]
enum TermsAction {
    /// List every vocabulary with its terms, and the number of published cases with each
    List,
    /// List the terms that no case carries, drafts included
    Unused,
    /// Give a term another id, in its vocabulary and in every case
    Rename {
        /// The vocabulary, such as sector
        vocabulary: String,
        /// The term's id now
        old: String,
        /// The id that it gets
        new: String,
    },
    /// Retire a term in favour of another, which its cases get instead
    Merge {
        /// The vocabulary, such as sector
        vocabulary: String,
        /// The term that goes
        from: String,
        /// The term that stays
        into: String,
    },
}

pub(super) fn run(args: &TermsArgs, global: &Global, terminal: &mut Terminal) -> Result<ExitStatus, CommandError> {
    let root = root::root(global)?;
    let project = source::read(&root)?;
    let is_changing = matches!(args.action, Some(TermsAction::Rename { .. } | TermsAction::Merge { .. }));
    let matters = |path: &FilePath| is_changing || unread::is_shared(path);
    let Some(documents) = unread::readable_or_report(read::read(&project), &project, matters, terminal) else {
        return Ok(ExitStatus::ContentErrors);
    };
    let edition = |with_drafts| Ok::<_, CommandError>(Edition { day: day::day(None)?, with_drafts, base: None });
    match &args.action {
        None | Some(TermsAction::List) => {
            terminal.result(&list(&assemble(&documents, &edition(false)?).value));
        }
        Some(TermsAction::Unused) => terminal.result(&unused(&assemble(&documents, &edition(true)?).value)),
        Some(TermsAction::Rename { vocabulary, old, new }) => {
            let edition = edition(true)?;
            let library = assemble(&documents, &edition).value;
            let (vocabulary, file) = find_vocabulary(&library, &documents, vocabulary)?;
            let [old, _] = renamed(vocabulary, old, new)?;
            let changes = edit::terms::rename(&documents, file, [old, new], |path| project.bytes(path))
                .ok_or_else(|| no_place(file))?;
            write_changes(&root, &project, &changes, &edition, terminal)?;
            terminal
                .note(&format!("the old id leads on to {new}; see that the term's label in {} suits it", file.path));
        }
        Some(TermsAction::Merge { vocabulary, from, into }) => {
            let edition = edition(true)?;
            let library = assemble(&documents, &edition).value;
            let (vocabulary, file) = find_vocabulary(&library, &documents, vocabulary)?;
            let [from, into] = merged(vocabulary, from, into)?;
            let id_of = |word: &str| vocabulary.id_of(word);
            let changes = edit::terms::merge(&documents, file, [from, into], id_of, |path| project.bytes(path))
                .ok_or_else(|| no_place(file))?;
            write_changes(&root, &project, &changes, &edition, terminal)?;
        }
    }
    Ok(ExitStatus::Done)
}

/// A block for each vocabulary: its name, then a line for each term with its count.
fn list(library: &Library) -> String {
    let blocks = library.vocabularies.iter().map(|vocabulary| {
        let width =
            |text: fn(&Term) -> &str| vocabulary.terms.iter().map(|term| text(term).chars().count()).max().unwrap_or(0);
        let (ids, labels) = (width(|term| term.id()), width(|term| &term.label));
        let line = |term: &Term| {
            format!("  {:ids$}  {:labels$}  {:>5}\n", term.id(), term.label, library.cases_by_term[term.key].len())
        };
        let lines: String = vocabulary.terms.iter().map(line).collect();
        let retired: String = vocabulary
            .retired
            .iter()
            .map(|(id, term)| format!("  {id}  now {}\n", vocabulary.terms[*term].id()))
            .collect();
        format!(
            "{} ({}): {}\n{lines}{retired}",
            vocabulary.file.label,
            vocabulary.file.id,
            counted(vocabulary.terms.len())
        )
    });
    blocks.collect::<Vec<_>>().join("\n")
}

fn counted(terms: usize) -> String {
    format!("{terms} term{}", if terms == 1 { "" } else { "s" })
}

/// A line for each term that neither a case nor a narrower term uses; empty if all are used.
fn unused(library: &Library) -> String {
    let mut lines = String::new();
    let withdrawn = library.withdrawn.iter().flat_map(|case| case.terms_with_broader.iter().copied());
    let withdrawn: HashSet<TermId> = withdrawn.collect();
    for vocabulary in &library.vocabularies {
        let is_unused = |term: &&Term| library.cases_by_term[term.key].is_empty() && !withdrawn.contains(&term.key);
        for term in vocabulary.terms.iter().filter(is_unused) {
            lines.push_str(&format!("{}  {}\n", vocabulary.file.id, term.id()));
        }
    }
    lines
}

/// The vocabulary with this id, and the file that it was read from.
fn find_vocabulary<'a>(
    library: &'a Library,
    documents: &'a Documents,
    id: &str,
) -> Result<(&'a Vocabulary, &'a Arc<VocabularyFile>), CommandError> {
    let vocabulary = library.vocabularies.iter().find(|vocabulary| vocabulary.file.id == id);
    let file =
        vocabulary.and_then(|vocabulary| documents.vocabularies.iter().find(|file| file.path == vocabulary.file.path));
    vocabulary.zip(file).ok_or_else(|| {
        let ids: Vec<&str> = library.vocabularies.iter().map(|vocabulary| vocabulary.file.id.as_str()).collect();
        CommandError::usage(format!("there is no vocabulary \"{id}\""), format!("choose from {}", ids.join(", ")))
    })
}

/// The id of a term that is not retired.
fn active_term<'a>(vocabulary: &'a Vocabulary, word: &str) -> Result<&'a str, CommandError> {
    match vocabulary.named(word) {
        Some(TermMatch::Id(term) | TermMatch::Synonym(term)) => Ok(vocabulary.terms[term].id()),
        Some(TermMatch::Retired(term)) => {
            let help = format!("it leads to \"{}\", which you may name", vocabulary.terms[term].id());
            Err(CommandError::usage(format!("\"{word}\" is retired already"), help))
        }
        None => Err(new::unknown_term(vocabulary, word)),
    }
}

/// The old and the new id, if the new one is free and valid.
fn renamed<'a>(vocabulary: &'a Vocabulary, old: &str, new: &'a str) -> Result<[&'a str; 2], CommandError> {
    let old = active_term(vocabulary, old)?;
    if !read::is_term_id(new) {
        let help = "use lower-case letters, digits and hyphens; the full name belongs in the term's `label`";
        return Err(CommandError::usage(format!("\"{new}\" cannot be a term's id"), help));
    }
    match vocabulary.named(new) {
        Some(TermMatch::Id(term) | TermMatch::Synonym(term)) if vocabulary.terms[term].id() == old && new != old => {
            Ok([old, new])
        }
        None => Ok([old, new]),
        Some(TermMatch::Id(term) | TermMatch::Synonym(term) | TermMatch::Retired(term)) => {
            let other = vocabulary.terms[term].id();
            let help = match other == old {
                true => "choose another".to_owned(),
                false => format!("to make the two one: casebook terms merge {} {old} {other}", vocabulary.file.id),
            };
            Err(CommandError::usage(format!("\"{new}\" is a name of \"{other}\" already"), help))
        }
    }
}

/// The two ids, if the first can be retired in favour of the second.
fn merged<'a>(vocabulary: &'a Vocabulary, from: &str, into: &str) -> Result<[&'a str; 2], CommandError> {
    let (from, into) = (active_term(vocabulary, from)?, active_term(vocabulary, into)?);
    if from == into {
        return Err(CommandError::usage(format!("\"{from}\" and \"{into}\" are one term"), "name two different terms"));
    }
    let target = vocabulary.terms.iter().find(|term| term.id() == into);
    let above = target.into_iter().flat_map(|term| vocabulary.with_broader(term.key));
    if above.into_iter().any(|term| vocabulary.terms[term].id() == from) {
        let help = format!("take away its `broader` in {} first", vocabulary.file.path);
        return Err(CommandError::usage(format!("\"{into}\" is a narrower term of \"{from}\""), help));
    }
    Ok([from, into])
}

/// The error of a vocabulary that has no place for a retired term.
fn no_place(file: &VocabularyFile) -> CommandError {
    let message = format!("the terms of {} are not a list, so there is no place to keep the old id", file.path);
    CommandError::usage(message, message::vocabulary::LIST_THE_TERMS)
}

/// Writes the changes, and names the files.
fn write_changes(
    root: &Path,
    project: &Project,
    changes: &Changes,
    edition: &Edition,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    refuse_new_errors(project, changes, edition)?;
    rewrite::write(root, project, changes, terminal)?.iter().for_each(|line| terminal.say(line));
    Ok(())
}

/// Refuses changes that would make an error that the library does not have, even if they removed another.
fn refuse_new_errors(project: &Project, changes: &Changes, edition: &Edition) -> Result<(), CommandError> {
    let errors = |project: &Project| {
        let made = pipeline::site(&pipeline::read(project), edition);
        let report = locate(made.problems, &made.value.library.config.checks, |path| project.bytes(path));
        report.problems.into_iter().filter(|problem| problem.severity == Severity::Error)
    };
    let key = |error: Reported| (error.place.file, error.code, error.message);
    let before: BTreeSet<_> = errors(project).map(key).collect();
    let mut after = errors(&rewrite::changed(project, changes)).map(key);
    match after.find(|error| !before.contains(error)) {
        Some((file, _, message)) => {
            let told = format!("this would make a new error in {file}, so nothing was changed: {message}");
            let help = "put right first what is in the way there, or change the files by hand and run `casebook check`";
            Err(CommandError::usage(told, help))
        }
        None => Ok(()),
    }
}
