//! `casebook build`: publishes the site.

mod publication;
mod summary;
mod unchanged;

use std::{
    convert::Infallible,
    path::{Path, PathBuf},
    time::Instant,
};

use clap::Args;
use jiff::civil::Date;

use self::{
    publication::{Publication, template_problems, write_archive},
    summary::{BuildSummary, Seconds, SiteFacts, print_gaps, print_notes, timed},
};
use super::{
    ExitStatus, Global,
    base_url::BaseUrlArgs,
    day,
    error::CommandError,
    inputs::{PageInputs, SiteInputs},
    progress::Progress,
    root::root,
    terminal::Terminal,
};
use crate::{
    disk::is_no_file,
    failure::Failure,
    model::Edition,
    output::{
        self, Published, Unpublished,
        manifest::{self, Manifest},
        target::{OutputTarget, Refusal},
    },
    pipeline,
    problem::{
        Checked, Problem,
        report::{Report, locate::locate},
    },
    site::{Site, gone::gone},
    source::{self, Project},
};

/// Publish the library as a website
#[derive(Args)]
#[command(after_help = "\
Publish into output/:               casebook build
For a site below a path:            casebook build --base-url https://example.org/casebook/
See it as editors do:               casebook build --drafts --output ../preview
In CI, where a warning stops it:    casebook build --deny-warnings
A copy to keep, in one file:        casebook build --archive casebook.zip

The whole site is made beside the old one, and replaces it in one step. If there is an error, the old site stays.")]
pub(super) struct BuildArgs {
    /// The folder of the site [default: output/ in the library]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    base: BaseUrlArgs,
    /// Publish drafts and cases with a later date too, with a banner on every page
    #[arg(long)]
    drafts: bool,
    /// The day to take for today, in UTC [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "DAY", value_parser = day::parse)]
    date: Option<Date>,
    /// Replace files one by one, for folders that cannot be exchanged
    #[arg(long)]
    in_place: bool,
    /// The manifest of the last published site, whose addresses must not be lost [default: that in the output]
    #[arg(long, value_name = "FILE")]
    previous: Option<PathBuf>,
    /// Allow published addresses to be lost
    #[arg(long)]
    allow_gone: bool,
    /// Write the whole site into one zip file too, with links that work from a folder on disk
    #[arg(long, value_name = "FILE.zip")]
    archive: Option<PathBuf>,
    /// Publish nothing if there are warnings, except those of drafts and of cases with a later date, and about reviews
    /// that are due
    #[arg(long)]
    deny_warnings: bool,
    /// Print a summary as one JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &BuildArgs, global: &Global, terminal: &mut Terminal) -> Result<ExitStatus, CommandError> {
    let start = Instant::now();
    let progress = Progress::new(global);
    progress.stage("reading");
    let input = BuildInput::read(args, global)?;
    let folder = input.folder.clone();
    let done = match input.published_before(args, terminal)? {
        Some(done) => done,
        None => make_and_publish(input, args, global, &progress, terminal)?,
    };
    progress.end();
    let BuildResult { facts, report, published, mut seconds, archived } = done;
    seconds.total = start.elapsed().as_secs_f64();
    terminal.problems(&report);
    terminal.note_denied(&report, args.deny_warnings);
    let summary = BuildSummary::new(facts, &report, published.as_ref(), seconds);
    summary.print(terminal, &folder, args.json, published.is_none());
    if let Some(published) = &published {
        print_notes(terminal, published, &folder);
    }
    print_gaps(terminal, facts, published.is_none());
    if published.is_some() && terminal.has_write_error() {
        terminal.note("the site is published; only its summary could not be printed");
    }
    archived?;
    Ok(if report.denied(args.deny_warnings) { ExitStatus::ContentErrors } else { ExitStatus::Done })
}

/// What a build reads before it knows whether there is anything to do.
struct BuildInput {
    start: Instant,
    root: PathBuf,
    /// The folder of the site, as the user named it.
    folder: PathBuf,
    target: OutputTarget,
    edition: Edition,
    project: Project,
    /// None if this program cannot be read, for example because it has just been replaced. Then every page is made.
    site_inputs: Option<SiteInputs>,
    /// The manifest of the last published site.
    previous: Manifest,
}

/// What a build did.
struct BuildResult {
    facts: SiteFacts,
    report: Report,
    /// None if the problems prevented it.
    published: Option<Published>,
    seconds: Seconds,
    /// Whether the archive was written, if one was asked for. A site is published even if its archive fails, so its
    /// report and summary are printed all the same.
    archived: Result<(), CommandError>,
}

impl BuildInput {
    fn read(args: &BuildArgs, global: &Global) -> Result<BuildInput, CommandError> {
        let start = Instant::now();
        let root = root(global)?;
        let folder = args.output.clone().unwrap_or_else(|| root.join("output"));
        let target = output::target::check(&folder, &root, &source::FOLDERS).map_err(refused)?;
        if let Some(file) = &args.archive {
            output::archive::check(file, &target, &root, &source::FOLDERS).map_err(refused)?;
        }
        let target = if args.in_place { target.in_place() } else { target };
        let edition = Edition { day: day::day(args.date)?, with_drafts: args.drafts, base: args.base.base_url.clone() };
        let project = source::read(&root)?;
        let site_inputs = SiteInputs::of(&project, &edition).ok();
        let previous = previous(args, &target)?;
        Ok(BuildInput { start, root, folder, target, edition, project, site_inputs, previous })
    }

    /// The result of the last build, if this one would have the same and nothing to report. An archive needs every
    /// page, and the addresses of a site in another place have to be compared with those of this one.
    fn published_before(&self, args: &BuildArgs, terminal: &mut Terminal) -> Result<Option<BuildResult>, CommandError> {
        let is_comparable = args.archive.is_none() && args.previous.is_none();
        let Some(inputs) = self.site_inputs.as_ref().filter(|_| is_comparable) else {
            return Ok(None);
        };
        let Self { project, target, root, previous, .. } = self;
        let found = unchanged::published_before::<Infallible>(previous, &inputs.all, project, target, root);
        let found = found.or_else(|stopped| failed_pages(stopped, terminal).map(|_none| None))?;
        Ok(found.map(|(facts, published)| BuildResult {
            facts,
            report: Report::default(),
            published: Some(published),
            seconds: Seconds::default(),
            archived: Ok(()),
        }))
    }
}

/// Makes the site and publishes it, if no problem prevents that.
fn make_and_publish(
    input: BuildInput,
    args: &BuildArgs,
    global: &Global,
    progress: &Progress,
    terminal: &mut Terminal,
) -> Result<BuildResult, CommandError> {
    let BuildInput { start, root, target, edition, project, site_inputs, previous, .. } = input;
    let mut seconds = Seconds::default();
    let contents = pipeline::read(&project);
    seconds.read = start.elapsed().as_secs_f64();
    progress.stage("checking");
    let Checked { value: site, mut problems } = timed(&mut seconds.model, || pipeline::site(&contents, &edition));
    let documents = &contents.documents.value;
    let inputs = site_inputs.map(|inputs| PageInputs::of(inputs, &project, documents, &site.library, &edition));
    drop(contents);
    if !args.allow_gone {
        problems.extend(gone(&site, previous.paths()));
    }
    let checks = &site.library.config.checks;
    let mut report = locate(problems, checks, |path| project.bytes(path));

    let (mut published, mut archived) = (None, Ok(()));
    if !report.denied(args.deny_warnings) {
        // The texts of files are not needed from here on; dropping them frees memory for the index and the pages.
        let themes = project.theme_files();
        drop((project, previous));
        let publication = Publication { site: &site, root: &root, target: &target, progress };
        let summary_to_store = unchanged::kept(&site, &report);
        let outcome = publication.publish(inputs.as_ref(), summary_to_store, args.archive.is_some(), &mut seconds);
        progress.end();
        let problems = match outcome {
            Ok(done) => {
                published = Some(done);
                write_archive_if_asked(args, global, &site, &root, terminal)
            }
            Err(unpublished) => Ok(template_problems(failed_pages(unpublished, terminal)?)?),
        };
        match problems {
            Ok(problems) => report = report.joined(locate(problems, checks, |path| Some(themes.get(path)?))),
            Err(error) => archived = Err(error),
        }
    }
    let facts = SiteFacts::of(&site);
    // The program ends soon, and freeing ten thousand cases would only take time.
    std::mem::forget(site);
    Ok(BuildResult { facts, report, published, seconds, archived })
}

/// The pages that could not be made. Anything else that stopped a publication ends the command.
fn failed_pages<P>(unpublished: Unpublished<P>, terminal: &mut Terminal) -> Result<Vec<P>, CommandError> {
    match unpublished {
        Unpublished::Content(pages) => Ok(pages),
        Unpublished::Refused(refusal) => Err(refused(refusal)),
        Unpublished::Machine(failure) => {
            terminal.note("nothing was published; what was published before is as it was");
            Err(failure.into())
        }
        Unpublished::Partly(failure) => {
            terminal.note("some files of the new site are published and some are not; the next build does the rest");
            Err(failure.into())
        }
    }
}

/// Writes the archive, if one is asked for. If templates fail, it is not written, and their problems are given.
fn write_archive_if_asked(
    args: &BuildArgs,
    global: &Global,
    site: &Site,
    root: &Path,
    terminal: &mut Terminal,
) -> Result<Vec<Problem>, CommandError> {
    let Some(file) = &args.archive else { return Ok(Vec::new()) };
    let progress = Progress::new(global);
    progress.stage("packing the archive");
    let written = write_archive(site, root, file);
    progress.end();
    match &written {
        Ok(problems) if problems.is_empty() => terminal.note(&format!("the archive is in {}", file.display())),
        _ => terminal.note("the site is published; only its archive is not"),
    }
    written
}

/// The manifest of the last published site: from the file that was named, or from the output.
fn previous(args: &BuildArgs, target: &OutputTarget) -> Result<Manifest, CommandError> {
    let Some(file) = &args.previous else {
        return Ok(output::published(target)?.unwrap_or_default());
    };
    if args.allow_gone {
        return Ok(Manifest::default());
    }
    let (shown, help) =
        (file.display(), format!("name the file {} of the site that was published last", manifest::NAME));
    match Manifest::read(file) {
        Ok(Some(manifest)) => Ok(manifest),
        Ok(None) => Err(CommandError::usage(format!("{shown} is not there, or is not a manifest"), help)),
        Err(error) if is_no_file(&error) => Err(CommandError::usage(format!("{shown} is not a file"), help)),
        Err(error) => Err(Failure::at("read", file)(error).into()),
    }
}

fn refused(refusal: Refusal) -> CommandError {
    CommandError::usage(refusal.to_string(), refusal.help())
}
