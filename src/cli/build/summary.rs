//! What a build prints at its end: numbers for people or as JSON, and notes for the publisher.
//!
//! What it says of the site itself, apart from the problems, are the [`SiteFacts`]. They are also kept in the manifest,
//! so that a build of an unchanged library can say the same without reading it.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

use crate::{
    cli::{
        terminal::Terminal,
        wording::{count_of, first_names},
    },
    output::Published,
    problem::report::Report,
    site::Site,
};

/// What a build says of a site, however much of it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SiteFacts {
    cases: usize,
    pages: usize,
    /// The number of cases with a date in the future. Not stored in the manifest, which is published.
    #[serde(skip)]
    pub(super) future_count: usize,
    /// The number of drafts, if there is nothing but drafts. Not stored either.
    #[serde(skip)]
    pub(super) only_drafts: usize,
    /// Whether the address of the site is known with its host.
    has_host: bool,
    /// Whether drafts are shown.
    has_drafts: bool,
}

impl SiteFacts {
    /// The facts of a site.
    pub(super) fn of(site: &Site) -> SiteFacts {
        SiteFacts {
            cases: site.library.cases.len(),
            pages: site.pages().filter(|(address, _)| address.output_path().ends_with(".html")).count(),
            future_count: site.library.future_count,
            only_drafts: if site.library.cases.is_empty() { site.library.draft_count } else { 0 },
            has_host: site.library.config.base.origin.is_some(),
            has_drafts: site.library.with_drafts,
        }
    }
}

/// The numbers of a build: what `--json` prints.
#[derive(Serialize)]
pub(super) struct BuildSummary {
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
pub(super) struct Seconds {
    pub(super) read: f64,
    pub(super) model: f64,
    pub(super) render: f64,
    pub(super) search: f64,
    pub(super) publish: f64,
    pub(super) total: f64,
}

impl BuildSummary {
    /// The numbers of a site, of its problems, and of what was published of it.
    pub(super) fn new(
        site: SiteFacts,
        report: &Report,
        published: Option<&Published>,
        seconds: Seconds,
    ) -> BuildSummary {
        let files = |count: fn(&Published) -> usize| published.map_or(0, count);
        BuildSummary {
            cases: site.cases,
            pages: site.pages,
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

    /// Prints the numbers. `is_refused` says that nothing was published because of the problems.
    pub(super) fn print(&self, terminal: &mut Terminal, folder: &Path, as_json: bool, is_refused: bool) {
        if as_json {
            let object = serde_json::to_string(self).expect("numbers under fixed keys are JSON");
            terminal.result(&format!("{object}\n"));
        } else if is_refused {
            terminal.say_not_done("Nothing was published. What was published before is as it was.");
        } else {
            let BuildSummary { cases, pages, written, unchanged, removed, .. } = self;
            let (cases, pages) = (count_of(*cases, "case"), count_of(*pages, "page"));
            terminal.say(&format!("Published {cases} on {pages} in {}", folder.display()));
            let written = count_of(*written, "file");
            terminal.say(&format!("{written} written, {unchanged} unchanged, {removed} removed"));
        }
        let Seconds { read, model, render, search, publish, total } = self.seconds;
        terminal.detail(&format!(
            "read {read:.3} s, model {model:.3} s, search {search:.3} s, render {render:.3} s, publish {publish:.3} s, total {total:.3} s"
        ));
    }
}

/// Runs `work`, and stores its duration in `seconds`.
pub(super) fn timed<T>(seconds: &mut f64, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let made = work();
    *seconds = start.elapsed().as_secs_f64();
    made
}

/// The time that all threads spent together, divided to compare with the wall clock.
pub(super) fn wall_clock_share(all: Duration) -> f64 {
    all.as_secs_f64() / rayon::current_num_threads().max(1) as f64
}

/// Notes on how the site was published, and on files that others have put into its folder.
pub(super) fn print_notes(terminal: &mut Terminal, published: &Published, folder: &Path) {
    const MAX_NAMED: usize = 5;
    if let Some(reason) = published.in_place {
        terminal.detail(&format!("files were replaced one by one: {reason}"));
    }
    if let Some(failure) = &published.cleanup_failure {
        terminal.note(&format!("the site is published, but one thing was left to the next build: {failure}"));
    }
    if !published.foreign.is_empty() {
        let names = first_names(published.foreign.iter().map(|path| path.display().to_string()), MAX_NAMED);
        terminal.note(&format!("in {} and not made by Casebook, so kept: {names}", folder.display()));
        if published.foreign.len() > MAX_NAMED {
            published.foreign.iter().for_each(|path| terminal.detail(&format!("kept: {}", path.display())));
        }
    }
}

/// Notes on what the site of this edition lacks, such as cases whose day has not come, or has too much: drafts.
pub(super) fn print_gaps(terminal: &mut Terminal, site: SiteFacts, is_refused: bool) {
    match site.future_count {
        0 => {}
        1 => terminal.note("1 case is not published yet: its `date` is after the day of this build"),
        more => {
            terminal.note(&format!("{more} cases are not published yet: their `date` is after the day of this build"))
        }
    }
    if site.only_drafts > 0 {
        let drafts = count_of(site.only_drafts, "draft");
        terminal.note(&format!(
            "{drafts} left out: delete the line `status: draft` of a case to publish it; `casebook serve` shows drafts"
        ));
    }
    if !is_refused && site.has_drafts {
        terminal.note("drafts are shown, and a notice on every page says so: this site is not for the public");
    }
    if !is_refused && !site.has_host {
        terminal.note(
            "base_url has no host, so what needs full addresses is left out: sitemap, feeds, linked vocabularies",
        );
    }
}
