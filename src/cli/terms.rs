//! `casebook terms`: reads the library, and calls [`mod@list`] to list terms or [`change`] to rename and merge them.

mod change;
mod list;
#[cfg(test)]
mod tests;

use std::path::Path;

use clap::{Args, Subcommand};

use self::{
    change::{LibraryToChange, TermChange, VocabularyAndFile, merge, rename},
    list::{list, unused},
};
use super::{ExitStatus, Global, day, error::CommandError, root, terminal::Terminal, unreadable};
use crate::{
    model::{Edition, Library, assemble, document::Documents},
    problem::FilePath,
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
    run_on(&root, &source::read(&root)?, args.action.as_ref(), terminal)
}

/// Runs an action on a library that was read.
fn run_on(
    root: &Path,
    project: &Project,
    action: Option<&TermsAction>,
    terminal: &mut Terminal,
) -> Result<ExitStatus, CommandError> {
    let is_changing = matches!(action, Some(TermsAction::Rename { .. } | TermsAction::Merge { .. }));
    let matters = |path: &FilePath| is_changing || read::is_shared(path);
    let Some(documents) = unreadable::readable_or_report(read::read(project), project, matters, terminal) else {
        return Ok(ExitStatus::ContentErrors);
    };
    let edition = |with_drafts| Ok::<_, CommandError>(Edition { day: day::day(None)?, with_drafts, base: None });
    let change_terms = |change: TermChange, id: &str, terms: [&str; 2], terminal: &mut Terminal| {
        let edition = edition(true)?;
        let library = assemble(&documents, &edition).value;
        let vocabulary = find_vocabulary(&library, &documents, id)?;
        change(
            &LibraryToChange { root, project, documents: &documents, edition: &edition },
            vocabulary,
            terms,
            terminal,
        )
    };
    match action {
        None | Some(TermsAction::List) => terminal.result(&list(&assemble(&documents, &edition(false)?).value)),
        Some(TermsAction::Unused) => terminal.result(&unused(&assemble(&documents, &edition(true)?).value)),
        Some(TermsAction::Rename { vocabulary, old, new }) => {
            return change_terms(rename, vocabulary, [old, new], terminal);
        }
        Some(TermsAction::Merge { vocabulary, from, into }) => {
            return change_terms(merge, vocabulary, [from, into], terminal);
        }
    }
    Ok(ExitStatus::Done)
}

/// The vocabulary with this id, and the file that it was read from.
fn find_vocabulary<'a>(
    library: &'a Library,
    documents: &'a Documents,
    id: &str,
) -> Result<VocabularyAndFile<'a>, CommandError> {
    let vocabulary = library.vocabularies.iter().find(|vocabulary| vocabulary.file.id == id);
    let file =
        vocabulary.and_then(|vocabulary| documents.vocabularies.iter().find(|file| file.path == vocabulary.file.path));
    vocabulary.zip(file.map(AsRef::as_ref)).ok_or_else(|| {
        let ids: Vec<&str> = library.vocabularies.iter().map(|vocabulary| vocabulary.file.id.as_str()).collect();
        CommandError::usage(format!("there is no vocabulary \"{id}\""), format!("choose from {}", ids.join(", ")))
    })
}
