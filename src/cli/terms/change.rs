//! Renames and merges terms.
//!
//! Takes a library that was read and two terms; writes the vocabulary and every case with the old term, and names the
//! files. Refuses a change that would make a new error. What is changed in each file is decided by
//! [`edit::terms`].

use std::{collections::BTreeSet, path::Path};

use crate::{
    cli::{ExitStatus, error::CommandError, new, rewrite, terminal::Terminal, wording::count_of},
    edit::{
        self, Changes,
        terms::{TermRefusal, active_id, check_new_id, is_id},
    },
    model::{
        Edition,
        document::{Documents, VocabularyFile},
        vocabulary::Vocabulary,
    },
    pipeline,
    problem::{
        FilePath, Severity,
        report::{Reported, locate::locate},
    },
    read,
    source::Project,
};

/// The vocabulary of a term to be changed, and the file that it was read from.
pub(super) type VocabularyAndFile<'a> = (&'a Vocabulary, &'a VocabularyFile);

/// A function that changes two terms of a vocabulary.
pub(super) type TermChange =
    fn(&LibraryToChange<'_>, VocabularyAndFile<'_>, [&str; 2], &mut Terminal) -> Result<ExitStatus, CommandError>;

/// Gives a term another id in its vocabulary and in every case.
pub(super) fn rename(
    library: &LibraryToChange<'_>,
    (vocabulary, file): VocabularyAndFile<'_>,
    [old, new]: [&str; 2],
    terminal: &mut Terminal,
) -> Result<ExitStatus, CommandError> {
    if let Some(status) = library.finish(vocabulary, file, [old, new], terminal)? {
        return Ok(status);
    }
    let old = active_term(vocabulary, old)?;
    check_new_id(vocabulary, old, new).map_err(refused)?;
    let changes = edit::terms::rename(library.documents, file, [old, new], |path| library.project.bytes(path))
        .map_err(refused)?;
    let status = library.change(&changes, file, |word| is_id(word, old), terminal)?;
    if status == ExitStatus::Done {
        terminal.note(&match edit::terms::changed_label(file, [old, new]) {
            Some([before, after]) => format!(
                "the old id leads on to {new}, and the label \"{before}\" is now \"{after}\": write in {} what readers should see",
                file.path
            ),
            None => format!("the old id leads on to {new}; check that the term's label in {} suits it", file.path),
        });
    }
    Ok(status)
}

/// Retires a term in favour of another, which its cases get instead.
pub(super) fn merge(
    library: &LibraryToChange<'_>,
    (vocabulary, file): VocabularyAndFile<'_>,
    [from, into]: [&str; 2],
    terminal: &mut Terminal,
) -> Result<ExitStatus, CommandError> {
    if let Some(status) = library.finish(vocabulary, file, [from, into], terminal)? {
        return Ok(status);
    }
    let [from, into] = ids_to_merge(vocabulary, from, into)?;
    let id_of = |word: &str| vocabulary.id_of(word);
    let changes = edit::terms::merge(library.documents, file, [from, into], id_of, |path| library.project.bytes(path))
        .map_err(refused)?;
    library.change(&changes, file, |word| id_of(word) == Some(from), terminal)
}

/// The id of a term that is not retired.
fn active_term<'a>(vocabulary: &'a Vocabulary, word: &str) -> Result<&'a str, CommandError> {
    active_id(vocabulary, word).map_err(refused)?.ok_or_else(|| new::unknown_term(vocabulary, word))
}

fn refused(refusal: TermRefusal) -> CommandError {
    CommandError::usage(refusal.message, refusal.help)
}

/// The two ids, if the first can be retired in favour of the second.
fn ids_to_merge<'a>(vocabulary: &'a Vocabulary, from: &str, into: &str) -> Result<[&'a str; 2], CommandError> {
    let (from, into) = (active_term(vocabulary, from)?, active_term(vocabulary, into)?);
    if from == into {
        return Err(CommandError::usage(format!("\"{from}\" and \"{into}\" are one term"), "name two different terms"));
    }
    let target = vocabulary.terms.iter().find(|term| term.slug() == into);
    let above = target.into_iter().flat_map(|term| vocabulary.with_broader(term.id));
    if above.into_iter().any(|term| vocabulary.terms[term].slug() == from) {
        let help = format!("delete its `broader` in {} first", vocabulary.file.path);
        return Err(CommandError::usage(format!("\"{into}\" is a narrower term of \"{from}\""), help));
    }
    Ok([from, into])
}

/// A library whose terms are to be changed.
pub(super) struct LibraryToChange<'a> {
    pub(super) root: &'a Path,
    pub(super) project: &'a Project,
    pub(super) documents: &'a Documents,
    pub(super) edition: &'a Edition,
}

impl LibraryToChange<'_> {
    /// Finishes a rename or a merge that could not be written to some cases. None if the first term is not retired in
    /// favour of the second, or no case has it.
    fn finish(
        &self,
        vocabulary: &Vocabulary,
        file: &VocabularyFile,
        [from, into]: [&str; 2],
        terminal: &mut Terminal,
    ) -> Result<Option<ExitStatus>, CommandError> {
        let Some(target) = vocabulary.retired.get(from).map(|&term| vocabulary.terms[term].slug()) else {
            return Ok(None);
        };
        let is_old = |word: &str| is_id(word, from);
        let id_of = |word: &str| if is_old(word) { Some(from) } else { vocabulary.id_of(word) };
        let bytes = |path: &FilePath| self.project.bytes(path);
        let changes = edit::terms::finish(self.documents, file, [from, target], id_of, bytes);
        if vocabulary.id_of(into) != Some(target) || changes.is_empty() {
            return Ok(None);
        }
        self.change(&changes, file, is_old, terminal).map(Some)
    }

    /// Writes the changes, and names the files. `is_old` recognises a word that no case should have afterwards. The
    /// status is `Refused` if a file could not be written, or still has such a word.
    fn change(
        &self,
        changes: &Changes,
        vocabulary: &VocabularyFile,
        is_old: impl Fn(&str) -> bool,
        terminal: &mut Terminal,
    ) -> Result<ExitStatus, CommandError> {
        refuse_new_errors(self.project, changes, self.edition)?;
        let changed = rewrite::changed(self.project, changes);
        let kept = edit::terms::cases_with(&read::read(&changed).value, vocabulary, is_old);
        let is_written = write_changes(self.root, self.project, changes, &vocabulary.path, terminal);
        if is_written && !kept.is_empty() {
            let help = "change it there by hand: its form in the file is one that Casebook does not change";
            terminal.error(&format!("the old term is still in {}", named(&kept)), help);
        }
        Ok(if is_written && kept.is_empty() { ExitStatus::Done } else { ExitStatus::Refused })
    }
}

fn named(files: &BTreeSet<FilePath>) -> String {
    files.iter().map(FilePath::as_str).collect::<Vec<_>>().join(", ")
}

/// Writes the changes, and names the files. False if files were left: they changed since they were read, or cannot be
/// written.
///
/// The vocabulary is written first, and if it cannot be written, nothing is: a retired id in a case is valid, but an id
/// that the vocabulary does not have is an error.
fn write_changes(
    root: &Path,
    project: &Project,
    changes: &Changes,
    vocabulary: &FilePath,
    terminal: &mut Terminal,
) -> bool {
    let changed = rewrite::changed(project, changes);
    let done = rewrite::write_all(root, project, &changed, Some(vocabulary), terminal);
    for path in &done.written {
        let places = changes.get(path).map_or(0, Vec::len);
        terminal.say(&format!("changed {path} in {}", count_of(places, "place")));
    }
    if done.left.contains(vocabulary) {
        terminal.error("nothing was changed, since the vocabulary was not", "run the command again");
    } else if !done.left.is_empty() {
        let help = "the old id is retired, so what is there stays valid; run the command again to finish it";
        terminal.error(&format!("the change is only half made: it is not in {}", named(&done.left)), help);
    }
    done.left.is_empty()
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
            let help = "first correct what is in the way there, or change the files by hand and run `casebook check`";
            Err(CommandError::usage(told, help))
        }
        None => Ok(()),
    }
}
