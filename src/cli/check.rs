//! `casebook check`: reports all problems. Writes nothing, unless `--fix` is given.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{
    ExitStatus, Global,
    base_url::BaseUrlArgs,
    day, editors,
    error::CommandError,
    external::{self, Answers, LinkCheck},
    progress::Progress,
    repository::path_in_repository,
    rewrite, root,
    terminal::Terminal,
};
use crate::{
    edit,
    model::Edition,
    output::{self, manifest::Manifest},
    pipeline,
    problem::{
        Checked, FilePath,
        report::{Report, github, json, locate::locate, sarif},
    },
    site::{fault::template_problems, gone::gone},
    source::{self, Project},
};

/// Report all problems of the library
#[derive(Args)]
#[command(after_help = "\
The whole library:              casebook check
One case, or one folder:        casebook check content/cases/torbay.md
Correct what is certain first:  casebook check --fix
See what that would change:     casebook check --fix --dry-run
On each change, in GitHub CI:   casebook check --format github --deny-warnings
As a host will publish it:      casebook check --base-url https://example.org/casebook/
Links to other sites, weekly:   casebook check --external

A library that passes can be built: every page is made, and dropped. --fix makes only corrections
that are certain: those that the help of a problem gives word for word. It prints each change with
its file, line, old text and new text, and then the remaining problems.")]
pub(super) struct CheckArgs {
    /// Report only on these files and folders; all files are read
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The format of the report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Correct mistakes that have one certain correction, in the files themselves, and report the others
    #[arg(long)]
    fix: bool,
    /// With --fix: name each change, and write nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// Check the site with drafts and cases with a later date
    #[arg(long)]
    drafts: bool,
    #[command(flatten)]
    base: BaseUrlArgs,
    /// The day to take for today, in UTC [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "DAY", value_parser = day::parse)]
    date: Option<Date>,
    /// Request every address of another site that a page links to, once, and report those that are dead or have moved
    #[arg(long)]
    external: bool,
    /// With --external: a file that remembers which addresses worked, so that they are not requested again for a week
    #[arg(long, value_name = "FILE", requires = "external")]
    cache: Option<PathBuf>,
    /// Exit with status 1 for warnings too, except those of drafts and of cases with a later date, and about reviews
    /// that are due
    #[arg(long)]
    deny_warnings: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For a person, with the lines in question
    Human,
    /// An array, for editors' tools
    Json,
    /// Annotations on the lines of a pull request
    Github,
    /// For code scanning
    Sarif,
}

pub(super) fn run(args: &CheckArgs, global: &Global, terminal: &mut Terminal) -> Result<ExitStatus, CommandError> {
    let root = root::root(global)?;
    let paths =
        args.paths.iter().map(|path| path_in_library(&root, path)).collect::<Result<Vec<String>, CommandError>>()?;
    let edition = Edition { day: day::day(args.date)?, with_drafts: args.drafts, base: args.base.base_url.clone() };
    let mut project = source::read(&root)?;
    let mut is_refused = false;
    if args.fix {
        (project, is_refused) = fix(&root, project, &paths, &edition, args.dry_run, terminal)?;
    }
    let progress = Progress::new(global);
    progress.stage("checking files");
    let made = pipeline::site(&pipeline::read(&project), &edition);
    progress.stage("checking pages");
    let published = published(&root)?;
    let faults = template_problems(&made.value);
    let mut problems = [made.problems, faults, gone(&made.value, published.paths())].concat();
    problems.extend(editors::outdated(&root, &project, &made.value.library)?);
    let is_wanted = |file: &FilePath| paths.is_empty() || paths.iter().any(|path| contains_file(path, file.as_str()));
    let mut answers = Answers::default();
    if args.external {
        let (cache, day, is_wanted) = (args.cache.as_deref(), edition.day, &is_wanted);
        let check = LinkCheck { site: &made.value, project: &project, cache, day, is_wanted };
        answers = external::check(&check, &progress, terminal)?;
    }
    problems.extend(answers.problems);
    progress.end();
    let mut report = locate(problems, &made.value.library.config.checks, |path| project.bytes(path));
    report.problems.retain(|problem| is_wanted(&problem.place.file));
    show(&report, args.format, &root, terminal);
    terminal.note_denied(&report, args.deny_warnings);
    if let Some(failure) = answers.failure {
        return Err(failure.into());
    }
    Ok(match report.denied(args.deny_warnings) {
        _ if is_refused => ExitStatus::Refused,
        true => ExitStatus::ContentErrors,
        false => ExitStatus::Done,
    })
}

/// The manifest of the site in the output, as a build would read it: nothing if no build would publish there.
fn published(root: &Path) -> Result<Manifest, CommandError> {
    let Ok(target) = output::target::check(&root.join("output"), root, &source::FOLDERS) else {
        return Ok(Manifest::default());
    };
    Ok(output::published(&target)?.unwrap_or_default())
}

/// The most rounds of fixes. One fix can make another possible: a misspelt term may be a repetition once it is
/// corrected.
const ROUNDS: usize = 4;

/// Fixes the problems of these files in the files themselves, unless it is a dry run. Names each change on standard
/// error, since standard output is for the report. Gives the project to report on, that on the disk, and whether a file
/// could not be written.
fn fix(
    root: &Path,
    project: Project,
    paths: &[String],
    edition: &Edition,
    is_dry_run: bool,
    terminal: &mut Terminal,
) -> Result<(Project, bool), CommandError> {
    let (fixed, lines) = with_fixes(project.clone(), paths, edition);
    if is_dry_run {
        lines.iter().for_each(|(_, line)| terminal.note(line));
        terminal.note("nothing was written; this is what is left after these changes");
        return Ok((fixed, false));
    }
    let done = rewrite::write_all(root, &project, &fixed, None, terminal);
    lines.iter().filter(|(path, _)| done.written.contains(path)).for_each(|(_, line)| terminal.note(line));
    // A file that was left has its old text, or the text that somebody else wrote.
    let on_disk = if done.left.is_empty() { fixed } else { source::read(root)? };
    Ok((on_disk, done.is_refused))
}

/// The project with the problems of these files fixed that have one certain correction, and a line for each change
/// with its file.
fn with_fixes(mut project: Project, paths: &[String], edition: &Edition) -> (Project, Vec<(FilePath, String)>) {
    let mut lines = Vec::new();
    let is_wanted = |file: &str| paths.is_empty() || paths.iter().any(|path| contains_file(path, file));
    for _ in 0..ROUNDS {
        let Checked { value: site, mut problems } = pipeline::site(&pipeline::read(&project), edition);
        let checks = &site.library.config.checks;
        problems.retain(|problem| is_wanted(problem.spot.file.as_str()) && checks.get(&problem.code) != Some(&None));
        let changes = edit::fixes(&problems, |path| project.bytes(path));
        if changes.is_empty() {
            break;
        }
        for (path, changes) in &changes {
            let bytes = project.bytes(path).unwrap_or_default();
            lines.extend(edit::descriptions(path, bytes, changes).into_iter().map(|line| (path.clone(), line)));
        }
        project = rewrite::changed(&project, &changes);
    }
    (project, lines)
}

fn show(report: &Report, format: Format, root: &Path, terminal: &mut Terminal) {
    // Hosts look for files from the root of the repository.
    let in_repository = || report.clone().seen_from_above(&path_in_repository(root));
    match format {
        Format::Human => {
            terminal.problems(report);
            if report.problems.is_empty() {
                terminal.say(&report.summary());
            }
        }
        Format::Json => terminal.result(&json::render(report)),
        Format::Github => {
            terminal.result(&github::render(&in_repository()));
            terminal.note(&report.summary());
        }
        Format::Sarif => terminal.result(&sarif::render(&in_repository())),
    }
}

/// A path as typed, relative to the root with forward slashes; empty for the root itself.
fn path_in_library(root: &Path, path: &Path) -> Result<String, CommandError> {
    let full = source::true_path(path).map_err(|_| {
        CommandError::usage(format!("there is no {}", path.display()), "name a file or a folder of the library")
    })?;
    let true_root = source::true_path(root).unwrap_or_else(|_| root.to_path_buf());
    let inside = full.strip_prefix(&true_root).map_err(|_| {
        let help = format!("name a file or a folder under {}", root.display());
        CommandError::usage(format!("{} is outside the library", path.display()), help)
    })?;
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Ok(parts.join("/"))
}

fn contains_file(path: &str, file: &str) -> bool {
    path.is_empty() || file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::ColorChoice;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_file_that_was_saved_since_it_was_read_is_reported_on_as_it_was_saved() {
        let library = tempfile::tempdir().unwrap();
        let root = library.path().canonicalize().unwrap();
        let text =
            |sector: &str| format!("---\ntitle: A\nsummary: S.\ndate: 2026-01-02\nsector: {sector}\n---\nText.\n");
        for (path, text) in [
            ("casebook.yaml", "title: T\n".to_owned()),
            ("content/vocabularies/sector.yaml", "label: Sector\nterms:\n  - { id: health, label: Health }\n".into()),
            ("content/cases/a.md", text("HEALTH")),
            ("content/cases/b.md", text("HEALTH")),
        ] {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), text).unwrap();
        }
        let project = source::read(&root).unwrap();
        fs::write(root.join("content/cases/b.md"), text("HELTH")).unwrap();
        let edition = Edition { day: date(2026, 11, 22), with_drafts: false, base: None };
        let global = Global { root: None, quiet: true, verbose: false, color: ColorChoice::Never };
        let (found, _) = fix(&root, project, &[], &edition, false, &mut Terminal::new(&global)).unwrap();
        for (path, sector) in [("content/cases/a.md", "health"), ("content/cases/b.md", "HELTH")] {
            assert_eq!(fs::read_to_string(root.join(path)).unwrap(), text(sector));
            assert_eq!(found.bytes(&FilePath::new(path)), Some(text(sector).as_bytes()));
        }
        // A file that cannot be written does not keep the others from being corrected.
        fs::write(root.join("content/cases/c.md"), text("HEALTH")).unwrap();
        fs::write(root.join("content/cases/a.md"), text("HEALTH")).unwrap();
        let project = source::read(&root).unwrap();
        fs::remove_file(root.join("content/cases/a.md")).unwrap();
        let (_, is_refused) = fix(&root, project, &[], &edition, false, &mut Terminal::new(&global)).unwrap();
        assert!(is_refused);
        assert_eq!(fs::read_to_string(root.join("content/cases/c.md")).unwrap(), text("health"));
    }
}
