//! A library while its files are edited: what the disk says, what open editors say instead, and what comes of both.
//!
//! One thread keeps a library. It takes [`Job`]s as they come, in batches, goes down the corridor as a build does, with every
//! document kept that was not edited, and gives the [`LibraryState`] that comes of it. Requests are answered from that, on other
//! threads. What is wrong in the open file itself is told before, by [`super::open_file`].

use std::{
    collections::{BTreeMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use crossbeam_channel::Receiver;
use jiff::civil::Date;
use lsp_types::Diagnostic;

use super::{diagnostics, text::Encoding};
use crate::{
    model::{
        Documents, Edition,
        keys::{self, FileKind},
    },
    preview::held::Held,
    problem::{FilePath, Problem, Span, Spot, report::Report, report::locate},
    site::{Site, fault::template_problems_by_kind},
    source::{self, Snapshot, SourceFile},
};

/// A change of a library.
#[derive(Debug)]
pub enum Job {
    /// What an editor shows of a file now; none where it has closed the file.
    Text(FilePath, Option<Arc<[u8]>>),
    /// Files that may be others on the disk.
    Disk(Vec<PathBuf>),
}

/// Everything that is known of a library at one moment.
#[derive(Debug)]
pub struct LibraryState {
    /// Its folder.
    pub root: PathBuf,
    /// Its files, open ones as their editors show them, and what each says.
    pub held: Arc<Held>,
    /// The site that they make.
    pub site: Site,
    /// The day and the kind of site.
    pub edition: Edition,
    /// Everything that is wrong, as the stages found it.
    pub problems: Vec<Problem>,
    /// The same, with levels and places.
    pub report: Report,
    /// The same, file by file, as clients show it.
    pub diagnostics: BTreeMap<FilePath, Vec<Diagnostic>>,
    /// How many jobs it is the outcome of.
    pub jobs: usize,
}

impl LibraryState {
    /// What every file says.
    pub fn documents(&self) -> &Documents {
        self.held.documents()
    }

    /// The text of a file.
    pub fn text(&self, path: &FilePath) -> Option<&str> {
        self.held.project().text(path)
    }

    /// The bytes of a spot.
    pub fn span(&self, spot: &Spot) -> Option<Span> {
        self.spans(&[spot]).pop()?
    }

    /// The bytes of each spot.
    pub fn spans(&self, spots: &[&Spot]) -> Vec<Option<Span>> {
        locate::spans(spots, |path| self.held.project().bytes(path))
    }
}

/// The kind of a file that has keys.
pub fn kind_of(path: &FilePath) -> Option<&'static FileKind> {
    let is_markdown = path.extension() == "md";
    let name = match path.as_str() {
        "casebook.yaml" => "settings",
        text if text.starts_with("content/cases/") && is_markdown => "case",
        text if text.starts_with("content/pages/") && is_markdown => "page",
        text if text.starts_with("content/vocabularies/") && !is_markdown => "vocabulary",
        "content/index.md" => "home",
        "content/glossary.yaml" | "content/glossary.yml" => "glossary",
        _ => return None,
    };
    keys::FILES.iter().find(|file| file.name == name)
}

/// Keeps a library until nobody sends jobs any more. `today` is asked each time, since an editor stays open over midnight.
pub fn keep(
    root: &Path,
    (today, encoding): (fn() -> Option<Date>, Encoding),
    jobs: &Receiver<Job>,
    made: impl Fn(Arc<LibraryState>),
    log: impl Fn(String),
) {
    let mut disk = Snapshot::default();
    let mut open: BTreeMap<FilePath, Arc<[u8]>> = BTreeMap::new();
    let mut before: Option<Arc<Held>> = None;
    let mut touched: Option<HashSet<PathBuf>> = Some(HashSet::new());
    let mut faults = TemplateFaults::default();
    let mut done = 0;
    loop {
        if let Some(touched) = touched.take() {
            match source::read_again(root, &disk, |path| touched.contains(path)) {
                Ok(now) => disk = now,
                Err(failure) => log(format!("{failure}; going on with what was read before")),
            }
        }
        let mut snapshot = disk.clone();
        for (path, bytes) in &open {
            snapshot.project.files.insert(path.clone(), SourceFile::Text(bytes.clone()));
        }
        let held = Arc::new(match &before {
            Some(before) => before.after(snapshot),
            None => Held::read(snapshot),
        });
        match today() {
            Some(day) => made(Arc::new(known(root, &held, day, (&mut faults, encoding), done))),
            None => log("the day cannot be told".to_owned()),
        }
        before = Some(held);
        let Ok(first) = jobs.recv() else { return };
        for job in [first].into_iter().chain(jobs.try_iter()) {
            take(job, &mut open, &mut touched);
            done += 1;
        }
    }
}

fn take(job: Job, open: &mut BTreeMap<FilePath, Arc<[u8]>>, touched: &mut Option<HashSet<PathBuf>>) {
    match job {
        Job::Text(path, Some(bytes)) => drop(open.insert(path, bytes)),
        Job::Text(path, None) => drop(open.remove(&path)),
        Job::Disk(paths) => touched.get_or_insert_default().extend(paths),
    }
}

/// What is wrong with the library's own templates. To find out, pages are made, so it is done again only when one was edited.
#[derive(Default)]
struct TemplateFaults {
    theme: BTreeMap<FilePath, Arc<[u8]>>,
    problems: Vec<Problem>,
}

impl TemplateFaults {
    fn of(&mut self, site: &Site, theme: BTreeMap<FilePath, Arc<[u8]>>) -> &[Problem] {
        if theme != self.theme {
            self.problems = template_problems_by_kind(site);
            self.theme = theme;
        }
        &self.problems
    }
}

fn known(
    root: &Path,
    held: &Arc<Held>,
    day: Date,
    (faults, encoding): (&mut TemplateFaults, Encoding),
    jobs: usize,
) -> LibraryState {
    let edition = Edition { day, with_drafts: false, base: None };
    let made = held.site(&edition);
    let site = made.value;
    let mut problems = made.problems;
    problems.extend_from_slice(faults.of(&site, held.project().theme_files()));
    let report = locate::locate(problems.clone(), &site.library.config.checks, |path| held.project().bytes(path));
    let root = root.to_owned();
    let diagnostics = diagnostics::by_file(&report, &root, encoding, |path| held.project().text(path));
    LibraryState { root, held: held.clone(), site, edition, problems, report, diagnostics, jobs }
}
