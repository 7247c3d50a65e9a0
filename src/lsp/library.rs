//! A library while its files are edited: what the disk says, what open editors say instead, and what comes of both.
//!
//! One thread keeps a library. It takes [`Job`]s, waits until they pause, goes down the corridor as a build does, with every
//! document kept that was not edited, and gives what is [`LibraryState`] now. Requests are answered from that, on other threads, so
//! that nothing that is typed waits for them.

use std::{
    collections::{BTreeMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender};
use jiff::civil::Date;

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

/// How long nothing may be typed before the library is looked at.
const QUIET: Duration = Duration::from_millis(30);
/// The most jobs that are taken before it is looked at all the same.
const MOST_JOBS: usize = 200;

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
    pub held: Held,
    /// Everything that is wrong, as the stages found it.
    pub problems: Vec<Problem>,
    /// The same, with levels and places.
    pub report: Report,
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
        std::str::from_utf8(self.held.project().bytes(path)?).ok()
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
    today: fn() -> Option<Date>,
    jobs: &Receiver<Job>,
    made: &Sender<Arc<LibraryState>>,
    log: impl Fn(String),
) {
    let mut disk = Snapshot::default();
    let mut open: BTreeMap<FilePath, Arc<[u8]>> = BTreeMap::new();
    let mut before: Option<Held> = None;
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
        let held = match &before {
            Some(before) => before.after(snapshot),
            None => Held::read(snapshot),
        };
        match today() {
            Some(day) => {
                if made.send(Arc::new(known(root, &held, day, &mut faults, done))).is_err() {
                    return;
                }
            }
            None => log("the day cannot be told".to_owned()),
        }
        before = Some(held);
        let Ok(first) = jobs.recv() else { return };
        let mut next = Some(first);
        let mut taken = 0;
        while let Some(job) = next {
            take(job, &mut open, &mut touched);
            taken += 1;
            done += 1;
            // Whoever types without a pause sees what is wrong all the same.
            next = if taken < MOST_JOBS { jobs.recv_timeout(QUIET).ok() } else { None };
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

fn known(root: &Path, held: &Held, day: Date, faults: &mut TemplateFaults, jobs: usize) -> LibraryState {
    let edition = Edition { day, with_drafts: false, base: None };
    let made = held.site(&edition);
    let checks = &made.value.library.config.checks;
    let mut problems = made.problems.clone();
    problems.extend_from_slice(faults.of(&made.value, held.project().theme_files()));
    let report = locate::locate(problems.clone(), checks, |path| held.project().bytes(path));
    LibraryState { root: root.to_owned(), held: held.clone(), problems, report, jobs }
}
