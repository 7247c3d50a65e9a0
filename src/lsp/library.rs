//! A library while its files are edited: the files on the disk, with the texts of open editors in place of theirs.
//!
//! One thread keeps a library. It takes all [`LibraryChange`]s that have come, runs the same pipeline as a build, which
//! reads only changed documents, and publishes the new [`LibraryState`]. Other threads answer requests from that
//! state. The problems of the open file itself are published earlier, by [`super::open_file`].

use std::{
    collections::{BTreeMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use crossbeam_channel::Receiver;
use jiff::civil::Date;
use lsp_types::Diagnostic;

use super::{
    catch_panic::catch_panic,
    diagnostics::{self, DiagnosticForm},
};
use crate::{
    model::{Documents, Edition},
    preview::loaded_library::LoadedLibrary,
    problem::{FilePath, Problem, Span, Spot, report::Report, report::locate},
    site::{Site, fault::template_problems_by_kind},
    source::{self, Snapshot, SourceFile},
};

/// What happened to a library since it was last read.
#[derive(Debug)]
pub enum LibraryChange {
    /// The new text of a file in an editor; none if the editor has closed it.
    Text(FilePath, Option<Arc<[u8]>>),
    /// Files that may have changed on the disk.
    Disk(Vec<PathBuf>),
}

/// The state of a library at one moment.
#[derive(Debug)]
pub struct LibraryState {
    /// Its folder.
    pub root: PathBuf,
    /// Its files with the texts of open editors, and their documents.
    pub loaded: Arc<LoadedLibrary>,
    /// The site made from them.
    pub site: Site,
    /// The day, and whether drafts are shown.
    pub edition: Edition,
    /// All problems, as the stages found them.
    pub problems: Vec<Problem>,
    /// The same problems, with levels and places.
    pub report: Report,
    /// The same problems by file, in the form of the protocol.
    pub diagnostics: BTreeMap<FilePath, Vec<Diagnostic>>,
    /// The form of diagnostics that the client wants.
    pub form: DiagnosticForm,
    /// The number of changes that it includes.
    pub change_count: usize,
}

impl LibraryState {
    /// The documents of all files.
    pub fn documents(&self) -> &Documents {
        self.loaded.documents()
    }

    /// The text of a file.
    pub fn text(&self, path: &FilePath) -> Option<&str> {
        self.loaded.project().text(path)
    }

    /// The bytes of a spot.
    pub fn span(&self, spot: &Spot) -> Option<Span> {
        self.spans(&[spot]).pop()?
    }

    /// The bytes of each spot.
    pub fn spans(&self, spots: &[&Spot]) -> Vec<Option<Span>> {
        locate::spans(spots, |path| self.loaded.project().bytes(path))
    }
}

/// A reading of a library.
#[derive(Debug)]
pub struct Reading {
    /// The folder of the library.
    pub root: PathBuf,
    /// The number of changes that it includes.
    pub change_count: usize,
    /// The new state; none if the reading failed, which the log says.
    pub state: Option<Arc<LibraryState>>,
}

/// The options for reading a library.
#[derive(Clone, Debug)]
pub struct ReadingOptions {
    /// Gives the day; none if it is not known. Called for each reading, since an editor may stay open past midnight.
    pub today: fn() -> Option<Date>,
    /// The form of diagnostics that the client wants.
    pub form: DiagnosticForm,
}

/// Reads a library again after changes, until all senders are gone. If a reading fails, the state stays as it was, and
/// the next change starts another reading, also of the disk.
pub fn run(
    root: &Path,
    options: &ReadingOptions,
    changes: &Receiver<LibraryChange>,
    publish: impl Fn(Reading),
    log: impl Fn(String),
) {
    let mut library = EditedLibrary { touched: Some(HashSet::new()), ..EditedLibrary::default() };
    let mut done = 0;
    let what = format!("the check of the library in {}", root.display());
    loop {
        let state = catch_panic(&what, || library.read(root, options, done)).flatten();
        let state = state.map_err(|message| log(format!("{message}; going on with what was read before"))).ok();
        publish(Reading { root: root.to_owned(), change_count: done, state: state.map(Arc::new) });
        let Ok(first) = changes.recv() else { return };
        for change in [first].into_iter().chain(changes.try_iter()) {
            library.take(change);
            done += 1;
        }
    }
}

/// A library between two readings.
#[derive(Default)]
struct EditedLibrary {
    disk: Snapshot,
    /// The texts of the files that are open in the editor.
    open: BTreeMap<FilePath, Arc<[u8]>>,
    /// The files to read again from the disk, beside those that look changed; none if nothing changed there since it
    /// was last read.
    touched: Option<HashSet<PathBuf>>,
    loaded: Option<Arc<LoadedLibrary>>,
    faults: TemplateFaults,
}

impl EditedLibrary {
    fn take(&mut self, change: LibraryChange) {
        match change {
            LibraryChange::Text(path, Some(bytes)) => drop(self.open.insert(path, bytes)),
            LibraryChange::Text(path, None) => drop(self.open.remove(&path)),
            LibraryChange::Disk(paths) => self.touched.get_or_insert_default().extend(paths),
        }
    }

    /// The state that includes these changes, or the reason why there is none.
    fn read(&mut self, root: &Path, options: &ReadingOptions, change_count: usize) -> Result<LibraryState, String> {
        if let Some(touched) = &self.touched {
            let now = source::read_again(root, &self.disk, |path| touched.contains(path));
            self.disk = now.map_err(|failure| failure.to_string())?;
            self.touched = None;
        }
        let mut snapshot = self.disk.clone();
        for (path, bytes) in &self.open {
            snapshot.project.files.insert(path.clone(), SourceFile::Text(bytes.clone()));
        }
        let loaded = Arc::new(match &self.loaded {
            Some(before) => before.after(snapshot),
            None => LoadedLibrary::read(snapshot),
        });
        let day = (options.today)().ok_or("the day is not known")?;
        let state = make_state(root, &loaded, day, &mut self.faults, &options.form, change_count);
        self.loaded = Some(loaded);
        Ok(state)
    }
}

/// The errors of the library's own templates. Finding them needs pages to be made, so it is done again only while there
/// are some, or when there may be new ones.
#[derive(Default)]
struct TemplateFaults {
    /// The library in which they were found.
    found_in: Option<Arc<LoadedLibrary>>,
    problems: Vec<Problem>,
}

impl TemplateFaults {
    fn of(&mut self, site: &Site, loaded: &Arc<LoadedLibrary>) -> &[Problem] {
        let are_known = self.found_in.as_ref().is_some_and(|before| !loaded.may_templates_fail_since(before));
        if !are_known || !self.problems.is_empty() {
            self.problems = template_problems_by_kind(site);
            self.found_in = Some(loaded.clone());
        }
        &self.problems
    }
}

fn make_state(
    root: &Path,
    loaded: &Arc<LoadedLibrary>,
    day: Date,
    faults: &mut TemplateFaults,
    form: &DiagnosticForm,
    change_count: usize,
) -> LibraryState {
    let edition = Edition { day, with_drafts: false, base: None };
    let made = loaded.site(&edition);
    let site = made.value;
    let mut problems = made.problems;
    problems.extend_from_slice(faults.of(&site, loaded));
    let report = locate::locate(problems.clone(), &site.library.config.checks, |path| loaded.project().bytes(path));
    let root = root.to_owned();
    let diagnostics = diagnostics::by_file(&report, &root, form, |path| loaded.project().text(path));
    LibraryState {
        root,
        loaded: loaded.clone(),
        site,
        edition,
        problems,
        report,
        diagnostics,
        form: form.clone(),
        change_count,
    }
}
