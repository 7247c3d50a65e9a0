//! Watches the files of a library and reports when some may have changed.
//!
//! An event says only that something may have changed: the caller compares the files with those it has read, so lost,
//! repeated and late events do no harm. If the operating system has no events, or cannot watch more folders, the caller
//! is woken at intervals. (The polling watcher of `notify` is not used: it compares modification times in whole seconds
//! and ignores files with an older time, so it would miss edits.)

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    time::{Duration, Instant},
};

use notify::{
    ErrorKind, EventKind, RecommendedWatcher, RecursiveMode,
    event::{AccessKind, AccessMode, ModifyKind},
};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use crate::source::{TOPS, is_folder};

/// The time without a change after which the event of a file counts, so that the steps of one write are one event.
const FILE_DEBOUNCE: Duration = Duration::from_millis(2);
/// How often the debouncer looks for files that stayed unchanged.
const DEBOUNCE_TICK: Duration = Duration::from_millis(2);
/// The time without an event after which changes are shown.
const DEBOUNCE: Duration = Duration::from_millis(8);
/// The shortest wait for further events: on a busy machine they come late.
const SHORTEST_DEBOUNCE: Duration = Duration::from_millis(1);
/// The longest delay of changes while events keep coming.
const LONGEST_DEBOUNCE: Duration = Duration::from_millis(250);
/// The time after a change when all files are compared once more: one may have been written in a new folder before that
/// was watched.
const RESCAN_AFTER: Duration = Duration::from_millis(400);
/// How often the files are compared where the operating system reports no changes.
const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// The reason why the caller is woken.
#[derive(Debug, PartialEq, Eq)]
pub enum WatchEvent {
    /// These files may have changed; if none is named, any may have.
    Changed(HashSet<PathBuf>),
    /// The operating system reports no changes from now on, for this reason.
    Polling(String),
    /// The author asks for a full report.
    ReportRequested,
    /// The preview must end.
    Stop,
}

/// The reason why the operating system cannot report changes below a root; none if it can. The root is a full path.
pub fn refusal(root: &Path) -> Option<String> {
    match FileWatcher::new(root, false).events.try_recv() {
        Ok(WatchEvent::Polling(reason)) => Some(reason),
        Ok(WatchEvent::Changed(_) | WatchEvent::ReportRequested | WatchEvent::Stop) | Err(_) => None,
    }
}

/// Watches the files of a library.
#[derive(Debug)]
pub struct FileWatcher {
    root: PathBuf,
    sender: Sender<WatchEvent>,
    events: Receiver<WatchEvent>,
    /// None while files are compared at intervals.
    watcher: Option<Debouncer<RecommendedWatcher, RecommendedCache>>,
    /// The time of the first change that is not shown yet.
    first_change: Instant,
    /// The time of the last change that is not shown yet.
    last_change: Instant,
    /// The interval after which files are compared without an event.
    timeout: Option<Duration>,
}

impl FileWatcher {
    /// Watches the library at a root, which is a full path. With `polls`, files are compared at intervals alone.
    pub fn new(root: &Path, polls: bool) -> FileWatcher {
        let (sender, events) = mpsc::channel();
        let mut this = FileWatcher {
            root: root.to_path_buf(),
            sender,
            events,
            watcher: None,
            first_change: Instant::now(),
            last_change: Instant::now(),
            timeout: Some(RESCAN_AFTER),
        };
        if polls {
            this.timeout = Some(POLL_INTERVAL);
            return this;
        }
        match this.start() {
            Ok(watcher) => this.watcher = Some(watcher),
            Err(error) => this.sender.send(WatchEvent::Polling(error.to_string())).unwrap_or_default(),
        }
        this
    }

    /// Wakes the caller again after a while, because the files could not be read.
    pub fn retry(&mut self) {
        self.timeout = Some(POLL_INTERVAL);
    }

    /// A function that ends the preview from another thread.
    pub fn stop_handle(&self) -> impl FnOnce() + Send + 'static {
        let sender = self.sender.clone();
        move || sender.send(WatchEvent::Stop).unwrap_or_default()
    }

    /// A function that takes a line of input on another thread: `r` asks for a full report.
    pub fn line_handler(&self) -> impl Fn(&str) + Send + 'static {
        let sender = self.sender.clone();
        move |line| {
            if line.trim().eq_ignore_ascii_case("r") {
                sender.send(WatchEvent::ReportRequested).unwrap_or_default();
            }
        }
    }

    /// Waits until files may have changed.
    pub fn wait(&mut self) -> WatchEvent {
        let first = match self.timeout {
            Some(timeout) => self.events.recv_timeout(timeout),
            None => self.events.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let polls = self.watcher.is_none();
        match first {
            Ok(WatchEvent::Changed(paths)) => {
                self.first_change = Instant::now();
                WatchEvent::Changed(self.rewatch_folders(paths))
            }
            Ok(WatchEvent::Polling(reason)) => {
                self.watcher = None;
                self.timeout = Some(POLL_INTERVAL);
                WatchEvent::Polling(reason)
            }
            Ok(WatchEvent::ReportRequested) => WatchEvent::ReportRequested,
            Ok(WatchEvent::Stop) | Err(RecvTimeoutError::Disconnected) => WatchEvent::Stop,
            Err(RecvTimeoutError::Timeout) => {
                self.timeout = polls.then_some(POLL_INTERVAL);
                WatchEvent::Changed(HashSet::new())
            }
        }
    }

    /// Waits until no more changes come, and gives those that came after the last call of `wait`, if any. The caller
    /// makes the site before it calls this, and again if there are later changes. So a half-written file is never
    /// shown, and the time of waiting is used.
    pub fn later_changes(&mut self) -> Option<HashSet<PathBuf>> {
        let mut later: Option<HashSet<PathBuf>> = None;
        while self.first_change.elapsed() < LONGEST_DEBOUNCE {
            let rest = DEBOUNCE.saturating_sub(self.last_change.elapsed()).max(SHORTEST_DEBOUNCE);
            match self.events.recv_timeout(rest) {
                Ok(WatchEvent::Changed(paths)) => {
                    let paths = self.rewatch_folders(paths);
                    later = Some(match later {
                        Some(before) => union(before, paths),
                        None => paths,
                    });
                }
                Ok(other) => {
                    // The next call of `wait` returns it.
                    self.sender.send(other).unwrap_or_default();
                    break;
                }
                Err(_) => break,
            }
        }
        later
    }

    /// Watches the folders among the changed paths again, since they may be new. Gives the paths; none if all files may
    /// have changed.
    fn rewatch_folders(&mut self, mut paths: HashSet<PathBuf>) -> HashSet<PathBuf> {
        self.last_change = Instant::now();
        // If another folder was put in place of the library, the old one is still watched.
        let is_root_new = paths.remove(&self.root);
        let folders: Vec<PathBuf> = self.folders().filter(|folder| is_root_new || paths.contains(folder)).collect();
        if let Some(watcher) = &mut self.watcher {
            if is_root_new {
                watcher.watch(&self.root, RecursiveMode::NonRecursive).unwrap_or_default();
            }
            for folder in &folders {
                watcher.watch(folder, RecursiveMode::Recursive).unwrap_or_default();
            }
        }
        if is_root_new {
            // Any file of the new folder may be different.
            paths.clear();
        }
        self.timeout = Some(RESCAN_AFTER);
        paths
    }

    /// The folders of the library, existing or not.
    fn folders(&self) -> impl Iterator<Item = PathBuf> + use<> {
        TOPS.map(|top| self.root.join(top)).into_iter().skip(1)
    }

    /// Watches the settings, the content and the themes, but nothing else in the folder.
    fn start(&self) -> notify::Result<Debouncer<RecommendedWatcher, RecommendedCache>> {
        let sender = self.sender.clone();
        let tops = TOPS.map(|top| self.root.join(top));
        let root = self.root.clone();
        let mut watcher = new_debouncer(FILE_DEBOUNCE, Some(DEBOUNCE_TICK), move |result: DebounceEventResult| {
            if let Some(event) = watch_event(result, &root, &tops) {
                sender.send(event).unwrap_or_default();
            }
        })?;
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        if let Some(above) = self.root.parent() {
            // Not essential: without this watch, a replaced folder is noticed at the next edit.
            watcher.watch(above, RecursiveMode::NonRecursive).unwrap_or_default();
        }
        for folder in self.folders().filter(|folder| is_folder(folder)) {
            watcher.watch(folder, RecursiveMode::Recursive)?;
        }
        Ok(watcher)
    }
}

/// Joins two sets of changed paths. An empty set means that any file may have changed.
pub fn union(paths: HashSet<PathBuf>, more: HashSet<PathBuf>) -> HashSet<PathBuf> {
    if paths.is_empty() || more.is_empty() { HashSet::new() } else { paths.into_iter().chain(more).collect() }
}

/// The meaning of an event of the operating system; none if it does not concern a file of the library.
fn watch_event(result: DebounceEventResult, root: &Path, tops: &[PathBuf]) -> Option<WatchEvent> {
    match result {
        Ok(events) => {
            let is_change = |kind: &EventKind| {
                !kind.is_access() || *kind == EventKind::Access(AccessKind::Close(AccessMode::Write))
            };
            let changes = events.into_iter().filter(|event| is_change(&event.kind) || event.need_rescan());
            let mut lost = false;
            let mut paths = HashSet::new();
            for event in changes {
                lost |= event.need_rescan();
                // An event of the root folder counts only if another folder took its place.
                let is_new = matches!(event.kind, EventKind::Create(_) | EventKind::Remove(_))
                    || matches!(event.kind, EventKind::Modify(ModifyKind::Name(_)));
                let concerns = |path: &PathBuf| tops.iter().any(|top| path.starts_with(top)) || is_new && path == root;
                paths.extend(event.event.paths.into_iter().filter(concerns));
            }
            (lost || !paths.is_empty()).then_some(WatchEvent::Changed(paths))
        }
        Err(errors) => {
            let limit = errors.iter().find(|error| matches!(error.kind, ErrorKind::MaxFilesWatch));
            Some(
                limit.map_or_else(
                    || WatchEvent::Changed(HashSet::new()),
                    |error| WatchEvent::Polling(error.to_string()),
                ),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use notify::{
        Error, Event,
        event::{CreateKind, Flag},
    };
    use notify_debouncer_full::DebouncedEvent;

    use super::*;

    fn event(kind: EventKind, path: &str) -> DebouncedEvent {
        DebouncedEvent::new(Event::new(kind).add_path(PathBuf::from(path)), Instant::now())
    }

    fn changed(paths: &[&str]) -> Option<WatchEvent> {
        Some(WatchEvent::Changed(paths.iter().map(PathBuf::from).collect()))
    }

    #[track_caller]
    fn check(result: DebounceEventResult, expected: Option<WatchEvent>) {
        assert_eq!(
            watch_event(result, Path::new("/l"), &[PathBuf::from("/l/content"), PathBuf::from("/l/casebook.yaml")]),
            expected
        );
    }

    #[test]
    fn a_change_of_a_file_of_the_library_is_an_event() {
        let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
        for kind in [EventKind::Create(CreateKind::Any), EventKind::Modify(ModifyKind::Any), written, EventKind::Any] {
            check(Ok(vec![event(kind, "/l/content/a.md")]), changed(&["/l/content/a.md"]));
        }
        check(Ok(vec![event(written, "/l/casebook.yaml")]), changed(&["/l/casebook.yaml"]));
    }

    #[test]
    fn a_new_folder_in_place_of_the_library_is_an_event() {
        check(Ok(vec![event(EventKind::Create(CreateKind::Folder), "/l")]), changed(&["/l"]));
        check(Ok(vec![event(EventKind::Modify(ModifyKind::Any), "/l")]), None);
        check(Ok(vec![event(EventKind::Create(CreateKind::Folder), "/other")]), None);
    }

    #[test]
    fn reading_a_file_and_changing_another_file_is_ignored() {
        check(Ok(vec![event(EventKind::Access(AccessKind::Open(AccessMode::Any)), "/l/content/a.md")]), None);
        check(Ok(vec![event(EventKind::Create(CreateKind::Any), "/l/output")]), None);
        check(Ok(Vec::new()), None);
    }

    #[test]
    fn lost_events_name_no_file() {
        let event = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        check(Ok(vec![DebouncedEvent::new(event, Instant::now())]), changed(&[]));
        check(Err(vec![Error::generic("lost")]), changed(&[]));
    }

    #[test]
    fn retry_wakes_the_caller_without_a_change() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut watcher = FileWatcher::new(&folder.path().canonicalize().expect("a path"), false);
        assert_eq!(watcher.wait(), WatchEvent::Changed(HashSet::new()));
        watcher.retry();
        assert_eq!(watcher.wait(), WatchEvent::Changed(HashSet::new()));
    }

    #[test]
    fn at_the_limit_of_watched_folders_files_are_polled() {
        let limit = Error::new(ErrorKind::MaxFilesWatch);
        let reason = limit.to_string();
        check(Err(vec![Error::generic("other"), limit]), Some(WatchEvent::Polling(reason)));
    }
}
