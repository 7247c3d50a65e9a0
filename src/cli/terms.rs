//! `casebook terms`: lists vocabularies, and renames and merges terms.

use std::{
    collections::{BTreeSet, HashSet},
    path::Path,
    sync::Arc,
};

use clap::{Args, Subcommand};

use super::{ExitStatus, Global, day, error::CommandError, new, rewrite, root, terminal::Terminal, unread};
use crate::{
    edit::{
        self, Changes,
        terms::{TermRefusal, active_id, check_new_id, is_id},
    },
    model::{
        Edition, Library, TermId, assemble,
        document::{Documents, VocabularyFile},
        vocabulary::{Term, Vocabulary},
    },
    pipeline,
    problem::{
        FilePath, Severity,
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
    let matters = |path: &FilePath| is_changing || unread::is_shared(path);
    let Some(documents) = unread::readable_or_report(read::read(project), project, matters, terminal) else {
        return Ok(ExitStatus::ContentErrors);
    };
    let edition = |with_drafts| Ok::<_, CommandError>(Edition { day: day::day(None)?, with_drafts, base: None });
    match action {
        None | Some(TermsAction::List) => {
            terminal.result(&list(&assemble(&documents, &edition(false)?).value));
        }
        Some(TermsAction::Unused) => terminal.result(&unused(&assemble(&documents, &edition(true)?).value)),
        Some(TermsAction::Rename { vocabulary, old, new }) => {
            let edition = edition(true)?;
            let library = assemble(&documents, &edition).value;
            let (vocabulary, file) = find_vocabulary(&library, &documents, vocabulary)?;
            let library = LibraryToChange { root, project, documents: &documents, edition: &edition };
            if let Some(status) = library.finish(vocabulary, file, [old, new], terminal)? {
                return Ok(status);
            }
            let old = active_term(vocabulary, old)?;
            check_new_id(vocabulary, old, new).map_err(refused)?;
            let changes =
                edit::terms::rename(&documents, file, [old, new], |path| project.bytes(path)).map_err(refused)?;
            let is_old = |word: &str| is_id(word, old);
            let status = library.change(&changes, file, is_old, terminal)?;
            if status != ExitStatus::Done {
                return Ok(status);
            }
            terminal
                .note(&format!("the old id leads on to {new}; see that the term's label in {} suits it", file.path));
        }
        Some(TermsAction::Merge { vocabulary, from, into }) => {
            let edition = edition(true)?;
            let library = assemble(&documents, &edition).value;
            let (vocabulary, file) = find_vocabulary(&library, &documents, vocabulary)?;
            let library = LibraryToChange { root, project, documents: &documents, edition: &edition };
            if let Some(status) = library.finish(vocabulary, file, [from, into], terminal)? {
                return Ok(status);
            }
            let [from, into] = merged(vocabulary, from, into)?;
            let id_of = |word: &str| vocabulary.id_of(word);
            let changes = edit::terms::merge(&documents, file, [from, into], id_of, |path| project.bytes(path))
                .map_err(refused)?;
            return library.change(&changes, file, |word| id_of(word) == Some(from), terminal);
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
    active_id(vocabulary, word).map_err(refused)?.ok_or_else(|| new::unknown_term(vocabulary, word))
}

fn refused(refusal: TermRefusal) -> CommandError {
    CommandError::usage(refusal.message, refusal.help)
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

/// A library whose terms are to be changed.
struct LibraryToChange<'a> {
    root: &'a Path,
    project: &'a Project,
    documents: &'a Documents,
    edition: &'a Edition,
}

impl LibraryToChange<'_> {
    /// Finishes a rename or a merge that some cases lack, because they could not be written. None if the first term is
    /// not retired in favour of the second, or no case has it.
    fn finish(
        &self,
        vocabulary: &Vocabulary,
        file: &VocabularyFile,
        [from, into]: [&str; 2],
        terminal: &mut Terminal,
    ) -> Result<Option<ExitStatus>, CommandError> {
        let Some(target) = vocabulary.retired.get(from).map(|&term| vocabulary.terms[term].id()) else {
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

    /// Writes the changes, and names the files. `is_old` knows a word that no case should have afterwards. Not done if
    /// a file could not be written, or has such a word still.
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
            terminal.could_not(&format!("the old term is still in {}", named(&kept)), help);
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
/// The vocabulary is written first, and nothing is written without it: a case with an old id that is retired is sound,
/// but a case with a new id that the vocabulary does not have is not.
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
        terminal.say(&format!("changed {path} in {places} place{}", if places == 1 { "" } else { "s" }));
    }
    if done.left.contains(vocabulary) {
        terminal.could_not("nothing was changed, since the vocabulary was not", "run the command again");
    } else if !done.left.is_empty() {
        let help = "the old id is retired, so what is there stays valid; run the command again to finish it";
        terminal.could_not(&format!("the change is only half made: it is not in {}", named(&done.left)), help);
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
            let help = "put right first what is in the way there, or change the files by hand and run `casebook check`";
            Err(CommandError::usage(told, help))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::ColorChoice;

    use super::*;

    const VOCABULARY: &str = "content/vocabularies/sector.yaml";
    const CASE: &str = "content/cases/a.md";

    /// Renames health to wellness in a library in which a file was saved after it was read. Gives the status, the
    /// vocabulary and the case.
    fn renamed_after_a_save(saved: &str) -> (ExitStatus, String, String) {
        let library = tempfile::tempdir().unwrap();
        let root = library.path().canonicalize().unwrap();
        for (path, text) in [
            (VOCABULARY, "label: Sector\nterms:\n  - { id: health, label: Health }\n"),
            (CASE, "---\ntitle: A\nsummary: S.\ndate: 2026-01-02\nsector: health\n---\nText.\n"),
            ("casebook.yaml", "title: T\n"),
        ] {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), text).unwrap();
        }
        let project = source::read(&root).unwrap();
        let text = |path: &str| fs::read_to_string(root.join(path)).unwrap();
        fs::write(root.join(saved), text(saved) + "# mine\n").unwrap();
        let global = Global { root: None, quiet: true, verbose: false, color: ColorChoice::Never };
        let [vocabulary, old, new] = ["sector", "health", "wellness"].map(str::to_owned);
        let action = TermsAction::Rename { vocabulary, old, new };
        let status = run_on(&root, &project, Some(&action), &mut Terminal::new(&global)).unwrap();
        (status, text(VOCABULARY), text(CASE))
    }

    #[test]
    fn a_vocabulary_that_was_saved_since_it_was_read_stops_a_rename_before_any_case_is_changed() {
        let (status, vocabulary, case) = renamed_after_a_save(VOCABULARY);
        assert_eq!(status, ExitStatus::Refused);
        assert!(vocabulary.ends_with("# mine\n") && !vocabulary.contains("wellness"), "{vocabulary}");
        assert!(case.contains("sector: health\n"), "{case}");
    }

    #[test]
    fn a_case_that_was_saved_since_it_was_read_keeps_the_old_id_which_stays_valid() {
        let (status, vocabulary, case) = renamed_after_a_save(CASE);
        assert_eq!(status, ExitStatus::Refused);
        assert!(case.ends_with("# mine\n") && case.contains("sector: health\n"), "{case}");
        assert!(vocabulary.contains("{ id: health, replaced_by: wellness }"), "{vocabulary}");
    }

    const WITH_POLICE: &str = "label: Sector\nterms:\n  - { id: health, label: Health }\n  - id: police\n";

    /// Merges police into health in a library with these sectors of cases; those of "gone" are removed after the
    /// library was read. Gives the status, and the folder.
    fn merged_in(vocabulary: &str, sectors: &[(&str, &str)]) -> (ExitStatus, tempfile::TempDir) {
        let library = tempfile::tempdir().unwrap();
        let root = library.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("content/cases")).unwrap();
        fs::create_dir_all(root.join("content/vocabularies")).unwrap();
        fs::write(root.join("casebook.yaml"), "title: T\n").unwrap();
        fs::write(root.join(VOCABULARY), vocabulary).unwrap();
        for (name, sector) in sectors {
            let text = format!("---\ntitle: {name}\nsummary: S.\ndate: 2026-01-02\nsector: {sector}\n---\nText.\n");
            fs::write(root.join(format!("content/cases/{name}.md")), text).unwrap();
        }
        let project = source::read(&root).unwrap();
        fs::remove_file(root.join("content/cases/gone.md")).unwrap_or_default();
        let global = Global { root: None, quiet: true, verbose: false, color: ColorChoice::Never };
        let [vocabulary, from, into] = ["sector", "police", "health"].map(str::to_owned);
        let action = TermsAction::Merge { vocabulary, from, into };
        (run_on(&root, &project, Some(&action), &mut Terminal::new(&global)).unwrap(), library)
    }

    #[track_caller]
    fn assert_sector(library: &tempfile::TempDir, name: &str, sector: &str) {
        let case = fs::read_to_string(library.path().join(format!("content/cases/{name}.md"))).unwrap();
        assert!(case.contains(&format!("sector: {sector}\n")), "{case}");
    }

    #[test]
    fn a_case_that_cannot_be_written_does_not_keep_the_others_from_a_merge() {
        let (status, library) = merged_in(WITH_POLICE, &[("a", "police"), ("gone", "police"), ("z", "[police]")]);
        assert_eq!(status, ExitStatus::Refused);
        assert_sector(&library, "a", "health");
        assert_sector(&library, "z", "[health]");
    }

    #[test]
    fn a_merge_that_was_only_half_made_is_finished_by_the_same_command() {
        let retired = WITH_POLICE.replace("- id: police", "- { id: police, replaced_by: health }");
        let (status, library) = merged_in(&retired, &[("a", "health"), ("m", "[police, health]"), ("z", "Police")]);
        assert_eq!(status, ExitStatus::Done);
        assert_sector(&library, "m", "[health]");
        assert_sector(&library, "z", "health");
        assert_eq!(fs::read_to_string(library.path().join(VOCABULARY)).unwrap(), retired);
    }

    #[test]
    fn a_case_that_keeps_the_old_term_makes_a_merge_incomplete() {
        let (status, library) = merged_in(WITH_POLICE, &[("a", "&first police"), ("z", "police")]);
        assert_eq!(status, ExitStatus::Refused);
        assert_sector(&library, "a", "&first police");
        assert_sector(&library, "z", "health");
    }
}
