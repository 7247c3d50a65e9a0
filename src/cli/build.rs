//! `casebook build`: publishes the site.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use clap::Args;
use jiff::civil::Date;
use serde::Serialize;

use super::{
    Ending, Global, day,
    error::CommandError,
    origin::{self, origin},
    progress::Progress,
    terminal::Terminal,
};
use crate::{
    export,
    model::{Address, Edition, config::BaseUrl},
    output::{
        self, Published, Unpublished,
        manifest::{self, Manifest},
        target::{OutputTarget, Refusal},
    },
    pipeline,
    problem::{
        Checked, FilePath, Problem,
        report::{Report, locate::locate},
    },
    read::config::parse_base_url,
    site::{Content, FaultyPage, Site, fault, gone::gone, route::Route},
    source,
};

/// Publish the library as a website
#[derive(Args)]
#[command(after_help = "\
Publish into output/:               casebook build
For a site below a path:            casebook build --base-url https://example.org/casebook/
See it as editors do:               casebook build --drafts --output ../preview
In CI, where warnings must not be:  casebook build --deny-warnings
A copy to keep, in one file:        casebook build --archive casebook.zip

The whole site is made beside the old one, and replaces it in one step. If there is an error, the old site stays.")]
pub(super) struct BuildArgs {
    /// The folder of the site [default: output/ in the library]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Where it will be published, if not where casebook.yaml says: a full address, or only a path
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<BaseUrl>,
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
    /// Publish nothing if there are warnings, except about reviews that are due
    #[arg(long)]
    deny_warnings: bool,
    /// Print a summary as one JSON object
    #[arg(long)]
    json: bool,
}

/// What `--json` prints.
#[derive(Serialize)]
struct BuildSummary {
    cases: usize,
    pages: usize,
    files: usize,
    written: usize,
    unchanged: usize,
    removed: usize,
    bytes: u64,
    foreign: Vec<String>,
    errors: usize,
    warnings: usize,
    seconds: Seconds,
}

/// Seconds of each stage by the wall clock. Pages are made while the site is written, so `render` is a part of
/// `publish`.
#[derive(Clone, Copy, Default, Serialize)]
struct Seconds {
    read: f64,
    model: f64,
    render: f64,
    search: f64,
    publish: f64,
    total: f64,
}

pub(super) fn run(args: &BuildArgs, global: &Global, terminal: &mut Terminal) -> Result<Ending, CommandError> {
    let start = Instant::now();
    let root = root(global)?;
    let folder = args.output.clone().unwrap_or_else(|| root.join("output"));
    let target = output::target::check(&folder, &root).map_err(refused)?;
    args.archive.as_deref().map_or(Ok(()), output::archive::check).map_err(refused)?;
    let target = if args.in_place { target.in_place() } else { target };

    let edition = Edition { day: day::day(args.date)?, with_drafts: args.drafts, base: args.base_url.clone() };
    let progress = Progress::new(global);
    progress.stage("reading");
    let project = source::read(&root)?;
    let mut seconds = Seconds::default();
    let (program, contents) = rayon::join(origin::program, || pipeline::read(&project));
    seconds.read = start.elapsed().as_secs_f64();
    progress.stage("checking");
    let Checked { value: site, mut problems } = timed(&mut seconds.model, || pipeline::site(&contents, &edition));
    drop(contents);
    if !args.allow_gone {
        problems.extend(gone(&site, previous(args, &target)?.paths()));
    }
    let checks = site.library.config.checks.clone();
    let mut report = locate(problems, &checks, |path| project.bytes(path));
    let mut published = None;
    if !report.denied(args.deny_warnings) {
        let origin = program.map(|program| origin(&project, &edition, program));
        // An archive needs every page, even if the output is up to date.
        let asked = origin.as_deref().filter(|_| args.archive.is_none());
        let standing = asked.map_or(Ok(None), |origin| standing(&site, origin, &root, &target));
        if matches!(standing, Ok(None)) {
            progress.stage("making the search index");
            timed(&mut seconds.search, || site.search_files());
        }
        // The texts of files are not needed from here on; dropping them frees memory for the pages.
        let themes = project.theme_files();
        drop(project);
        let rendering = AtomicU64::new(0);
        let publishing = || publish(&site, origin.as_deref(), &root, &target, &rendering, &progress);
        let outcome = match standing {
            Ok(Some(done)) => Ok(done),
            Ok(None) => timed(&mut seconds.publish, publishing),
            Err(unpublished) => Err(unpublished),
        };
        progress.end();
        seconds.render = share(Duration::from_nanos(rendering.into_inner()));
        match outcome {
            Ok(done) => published = Some(done),
            Err(Unpublished::Refused(refusal)) => return Err(refused(refusal)),
            Err(Unpublished::Machine(failure)) => {
                terminal.note("nothing was published; what was published before is as it was");
                return Err(failure.into());
            }
            Err(Unpublished::Partly(failure)) => {
                terminal
                    .note("some files of the new site are published and some are not; the next build does the rest");
                return Err(failure.into());
            }
            Err(Unpublished::Content(faults)) => {
                report = report.joined(locate(collect(faults)?, &checks, |path| Some(themes.get(path)?)));
            }
        }
    }
    if let (Some(file), Some(_)) = (&args.archive, &published) {
        let progress = Progress::new(global);
        progress.stage("packing the archive");
        let packed = archive(&site, &root, file);
        progress.end();
        packed.inspect_err(|_| terminal.note("the site is published; only its archive is not"))?;
        terminal.note(&format!("the archive is in {}", file.display()));
    }
    progress.end();
    seconds.total = start.elapsed().as_secs_f64();
    terminal.problems(&report);
    let denied = report.denied(args.deny_warnings);
    let account = account(&site, &report, published.as_ref(), seconds);
    say(args, terminal, &account, &folder, denied);
    if let Some(published) = &published {
        say_how(terminal, published, &folder);
    }
    match site.library.waiting {
        0 => {}
        1 => terminal.note("1 case is not published yet: its `date` is after the day of this build"),
        more => {
            terminal.note(&format!("{more} cases are not published yet: their `date` is after the day of this build"))
        }
    }
    if !denied && site.library.config.base.origin.is_none() {
        terminal.note(
            "base_url has no host, so what needs full addresses is left out: sitemap, feeds, linked vocabularies",
        );
    }
    // The program ends here, and freeing ten thousand cases would only take time.
    std::mem::forget(site);
    Ok(if denied { Ending::ContentErrors } else { Ending::Done })
}

/// The library's folder: the one given, or the nearest upwards that has casebook.yaml.
pub(super) fn root(global: &Global) -> Result<PathBuf, CommandError> {
    let help = "go to a library's folder, name one with --root, or make one with `casebook init`";
    match &global.root {
        Some(root) if source::is_root(root)? => Ok(root.clone()),
        Some(root) => Err(CommandError::wrong_use(format!("{} has no casebook.yaml", root.display()), help)),
        None => {
            let here =
                std::env::current_dir().map_err(|error| crate::failure::Failure::new("find this folder", error))?;
            source::find_root(&here)?.ok_or_else(|| match source::is_misnamed_root(&here) {
                true => CommandError::wrong_use(
                    "casebook.yml is not the name of a library's settings",
                    "call it casebook.yaml",
                ),
                false => CommandError::wrong_use("there is no casebook.yaml here, nor in a folder above", help),
            })
        }
    }
}

/// The reason why a page could not be made.
enum PageFailure {
    Template(FaultyPage),
    Disk(crate::failure::Failure),
}

/// The site in the output, if it is up to date: it has the same origin, and every copied file is unchanged.
fn standing(
    site: &Site,
    origin: &str,
    root: &Path,
    target: &OutputTarget,
) -> Result<Option<Published>, Unpublished<PageFailure>> {
    let files: Vec<(String, &FilePath)> =
        site.links.files.iter().map(|(address, file)| (address.output_path(), file)).collect();
    output::up_to_date(target, origin, &files, |file| source::read_file(root, file))
}

fn publish(
    site: &Site,
    origin: Option<&str>,
    root: &Path,
    target: &OutputTarget,
    rendering: &AtomicU64,
    progress: &Progress,
) -> Result<Published, Unpublished<PageFailure>> {
    let routes: Vec<_> = site.routes().collect();
    let paths: Vec<String> = routes.iter().map(|(address, _)| address.output_path()).collect();
    progress.steps("publishing", paths.len());
    output::publish(target, origin, &paths, |n| {
        let start = Instant::now();
        let (address, route) = routes[n];
        let content = site.render(address, route).map_err(PageFailure::Template);
        let nanoseconds = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        rendering.fetch_add(nanoseconds, Ordering::Relaxed);
        progress.step();
        bytes(content?, root)
    })
}

fn bytes(content: Content, root: &Path) -> Result<Vec<u8>, PageFailure> {
    match content {
        Content::Bytes(bytes) => Ok(bytes),
        Content::File(path) => source::read_file(root, &path).map_err(PageFailure::Disk),
    }
}

/// The manifest of the last published site: from the file that was named, or from the output.
fn previous(args: &BuildArgs, target: &OutputTarget) -> Result<Manifest, CommandError> {
    let Some(file) = &args.previous else {
        return Ok(output::published(target)?.unwrap_or_default());
    };
    Manifest::read(file)?.ok_or_else(|| {
        let help = format!("name the file {} of the site that was published last", manifest::NAME);
        CommandError::wrong_use(format!("{} is not there, or is no manifest", file.display()), help)
    })
}

/// Writes the whole site into one file, without files that only hosts need.
fn archive(site: &Site, root: &Path, file: &Path) -> Result<(), CommandError> {
    let is_kept = |route: &Route| !matches!(route, Route::Redirects | Route::Headers | Route::NoJekyll);
    let mut routes: Vec<_> = site.routes().filter(|(_, route)| is_kept(route)).collect();
    routes.sort_by_cached_key(|(address, _)| address.output_path());
    let path = |(address, _): &(&Address, &Route)| {
        let path = address.output_path();
        if export::archive::is_index(&path) { path + ".js" } else { path }
    };
    let paths: Vec<String> = routes.iter().map(path).collect();
    let base = &site.library.config.base.path;
    let made = output::archive::write(file, &paths, |n| {
        let (address, route) = routes[n];
        let bytes = bytes(site.render(address, route).map_err(PageFailure::Template)?, root)?;
        if matches!(route, Route::SearchFile(_)) && export::archive::is_index(&address.output_path()) {
            return Ok(export::archive::handed_over(&bytes).into_bytes());
        }
        Ok(match String::from_utf8(bytes) {
            Ok(module) if export::archive::is_module(&paths[n]) => export::archive::script(&module).into_bytes(),
            Ok(html) if paths[n].ends_with(".html") => export::archive::page(&html, address, base).into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(binary) => binary.into_bytes(),
        })
    });
    match made {
        Ok(()) => Ok(()),
        Err(Unpublished::Machine(failure) | Unpublished::Partly(failure)) => Err(failure.into()),
        Err(Unpublished::Refused(refusal)) => Err(refused(refusal)),
        // The site was published a moment ago, so templates do not fail; but a file may have been removed since.
        Err(Unpublished::Content(faults)) => collect(faults).map(|_| ()),
    }
}

/// The template errors. An error of the disk ends the command.
fn collect(faults: Vec<PageFailure>) -> Result<Vec<Problem>, CommandError> {
    let mut pages = Vec::new();
    for fault in faults {
        match fault {
            PageFailure::Template(page) => pages.push(page),
            PageFailure::Disk(failure) => return Err(failure.into()),
        }
    }
    Ok(fault::problems(pages.iter().map(|page| (page, 1))))
}

/// Runs `work`, and stores its duration in `seconds`.
fn timed<T>(seconds: &mut f64, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let made = work();
    *seconds = start.elapsed().as_secs_f64();
    made
}

/// The time that all threads spent together, divided to compare with the wall clock.
fn share(all: Duration) -> f64 {
    all.as_secs_f64() / rayon::current_num_threads().max(1) as f64
}

fn account(site: &Site, report: &Report, published: Option<&Published>, seconds: Seconds) -> BuildSummary {
    let files = |count: fn(&Published) -> usize| published.map_or(0, count);
    BuildSummary {
        cases: site.library.cases.len(),
        pages: site.pages().filter(|(address, _)| address.output_path().ends_with(".html")).count(),
        files: files(|done| done.written + done.unchanged),
        written: files(|done| done.written),
        unchanged: files(|done| done.unchanged),
        removed: files(|done| done.removed),
        bytes: published.map_or(0, |done| done.bytes),
        foreign: published.map_or_else(Vec::new, |done| {
            done.foreign.iter().map(|path| path.to_string_lossy().into_owned()).collect()
        }),
        errors: report.errors(),
        warnings: report.warnings(),
        seconds,
    }
}

fn say(args: &BuildArgs, terminal: &mut Terminal, account: &BuildSummary, folder: &std::path::Path, denied: bool) {
    if args.json {
        let object = serde_json::to_string(account).expect("numbers under fixed keys are JSON");
        terminal.result(&format!("{object}\n"));
    } else if denied {
        terminal.conclude("Nothing was published. What was published before is as it was.");
    } else {
        let BuildSummary { cases, pages, written, unchanged, removed, .. } = account;
        let counted = |count: &usize, noun: &str| format!("{count} {noun}{}", if *count == 1 { "" } else { "s" });
        let (cases, pages) = (counted(cases, "case"), counted(pages, "page"));
        terminal.say(&format!("Published {cases} on {pages} in {}", folder.display()));
        terminal.say(&format!("{written} files written, {unchanged} unchanged, {removed} removed"));
    }
    let Seconds { read, model, render, search, publish, total } = account.seconds;
    terminal.tell(&format!(
        "read {read:.3} s, model {model:.3} s, search {search:.3} s, render {render:.3} s, publish {publish:.3} s, total {total:.3} s"
    ));
}

/// Notes for the publisher beside the numbers.
fn say_how(terminal: &mut Terminal, published: &Published, folder: &Path) {
    const NAMED: usize = 5;
    if let Some(reason) = published.in_place {
        terminal.tell(&format!("files were replaced one by one: {reason}"));
    }
    if let Some(failure) = &published.untidied {
        terminal.note(&format!("the site is published, but one thing was left to the next build: {failure}"));
    }
    if !published.foreign.is_empty() {
        let names: Vec<_> = published.foreign.iter().take(NAMED).map(|path| path.display().to_string()).collect();
        let more = match published.foreign.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let names = names.join(", ");
        terminal.note(&format!("in {} and not made by Casebook, so kept: {names}{more}", folder.display()));
    }
}

fn base_url(text: &str) -> Result<BaseUrl, String> {
    parse_base_url(text).ok_or_else(|| {
        "write a full address, such as https://example.org/casebook/, or only a path, such as /casebook/".to_owned()
    })
}

fn refused(refusal: Refusal) -> CommandError {
    CommandError::wrong_use(refusal.to_string(), refusal.help())
}
