//! Watch: a doorbell. It says that something may have changed, never what: whoever hears it compares the tree with what is
//! held, so an event that is lost, doubled or late makes nothing wrong.
//!
//! The system's events are used where it has them. Otherwise, or when it can watch no more, the bell rings by the clock. (The
//! watcher that polls compares whole seconds and takes no older file for a change, so it would miss edits; the tree itself
//! is compared to the nanosecond.)

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

/// How long a file must be left alone: editors write in several steps.
const SETTLED: Duration = Duration::from_millis(4);
/// How often that is looked at.
const TICK: Duration = Duration::from_millis(2);
/// How long nothing else may happen before the bell rings.
const QUIET: Duration = Duration::from_millis(8);
/// How long the bell is held back in a storm.
const PATIENCE: Duration = Duration::from_millis(250);
/// After a change the tree is looked at once more: a file may have been written in a new folder before it was watched.
const SECOND_LOOK: Duration = Duration::from_millis(400);
/// How often the tree is looked at where the system tells nothing.
const POLL: Duration = Duration::from_millis(500);

/// Why whoever listens is woken.
#[derive(Debug, PartialEq, Eq)]
pub enum Ring {
    /// Something may have changed; these files above all.
    Look(HashSet<PathBuf>),
    /// The system will not say what changes, from now on; the reason.
    Polling(String),
    /// It is time to end.
    Stop,
}

/// Why the system would not say what changes below a root, which is a full path; nothing where it would.
pub fn refusal(root: &Path) -> Option<String> {
    match Bell::new(root, false).rings.try_recv() {
        Ok(Ring::Polling(reason)) => Some(reason),
        Ok(Ring::Look(_) | Ring::Stop) | Err(_) => None,
    }
}

/// The bell on a library's tree.
#[derive(Debug)]
pub struct Bell {
    root: PathBuf,
    sender: Sender<Ring>,
    rings: Receiver<Ring>,
    /// None where the tree is polled.
    watcher: Option<Debouncer<RecommendedWatcher, RecommendedCache>>,
    /// How long until the tree is looked at though nothing was heard.
    wait: Option<Duration>,
}

impl Bell {
    /// A bell on the tree at a root, which is a full path. With `polls`, by the clock alone.
    pub fn new(root: &Path, polls: bool) -> Bell {
        let (sender, rings) = mpsc::channel();
        let mut bell = Bell { root: root.to_path_buf(), sender, rings, watcher: None, wait: Some(SECOND_LOOK) };
        if polls {
            bell.wait = Some(POLL);
            return bell;
        }
        match bell.watched() {
            Ok(watcher) => bell.watcher = Some(watcher),
            Err(error) => bell.sender.send(Ring::Polling(error.to_string())).unwrap_or_default(),
        }
        bell
    }

    /// Rings once more in a while, since the files could not be read just now.
    pub fn ring_again(&mut self) {
        self.wait = Some(POLL);
    }

    /// Something that ends the wait.
    pub fn stopper(&self) -> impl FnOnce() + Send + 'static {
        let sender = self.sender.clone();
        move || sender.send(Ring::Stop).unwrap_or_default()
    }

    /// Waits until there is a reason to look.
    pub fn wait(&mut self) -> Ring {
        let first = match self.wait {
            Some(wait) => self.rings.recv_timeout(wait),
            None => self.rings.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let polls = self.watcher.is_none();
        match first {
            Ok(Ring::Look(paths)) => self.settled(paths),
            Ok(Ring::Polling(reason)) => {
                self.watcher = None;
                self.wait = Some(POLL);
                Ring::Polling(reason)
            }
            Ok(Ring::Stop) | Err(RecvTimeoutError::Disconnected) => Ring::Stop,
            Err(RecvTimeoutError::Timeout) => {
                self.wait = polls.then_some(POLL);
                Ring::Look(HashSet::new())
            }
        }
    }

    /// Waits for a short quiet, but not for ever.
    fn settled(&mut self, mut paths: HashSet<PathBuf>) -> Ring {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            match self.rings.recv_timeout(QUIET) {
                Ok(Ring::Look(more)) => paths.extend(more),
                Ok(other) => {
                    // It is heard at the next wait, after the change at hand.
                    self.sender.send(other).unwrap_or_default();
                    break;
                }
                Err(_) => break,
            }
        }
        // A folder that was put back is not the one that was watched, and nor are those in it.
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
            // Every file of it may be another.
            paths.clear();
        }
        self.wait = Some(SECOND_LOOK);
        Ring::Look(paths)
    }

    /// The folders of the library, whether they are there or not.
    fn folders(&self) -> impl Iterator<Item = PathBuf> + use<> {
        TOPS.map(|top| self.root.join(top)).into_iter().skip(1)
    }

    /// Watches the settings, the content and the themes, and nothing else of what lies in the folder.
    fn watched(&self) -> notify::Result<Debouncer<RecommendedWatcher, RecommendedCache>> {
        let sender = self.sender.clone();
        let tops = TOPS.map(|top| self.root.join(top));
        let root = self.root.clone();
        let mut watcher = new_debouncer(SETTLED, Some(TICK), move |heard: DebounceEventResult| {
            if let Some(ring) = ring(heard, &root, &tops) {
                sender.send(ring).unwrap_or_default();
            }
        })?;
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        if let Some(above) = self.root.parent() {
            // Where it may not be watched, a library whose folder is replaced is looked at again only when it is edited.
            watcher.watch(above, RecursiveMode::NonRecursive).unwrap_or_default();
        }
        for folder in self.folders().filter(|folder| is_folder(folder)) {
            watcher.watch(folder, RecursiveMode::Recursive)?;
        }
        Ok(watcher)
    }
}

/// What is to be made of what was heard, if anything: only what may change a file counts.
fn ring(heard: DebounceEventResult, root: &Path, tops: &[PathBuf]) -> Option<Ring> {
    match heard {
        Ok(events) => {
            let is_change = |kind: &EventKind| {
                !kind.is_access() || *kind == EventKind::Access(AccessKind::Close(AccessMode::Write))
            };
            let told = events.into_iter().filter(|event| is_change(&event.kind) || event.need_rescan());
            let mut lost = false;
            let mut paths = HashSet::new();
            for event in told {
                lost |= event.need_rescan();
                // What is said of the root's own folder while it stays the same one is that a name in it changed, or its times.
                let is_new = matches!(event.kind, EventKind::Create(_) | EventKind::Remove(_))
                    || matches!(event.kind, EventKind::Modify(ModifyKind::Name(_)));
                let concerns = |path: &PathBuf| tops.iter().any(|top| path.starts_with(top)) || is_new && path == root;
                paths.extend(event.event.paths.into_iter().filter(concerns));
            }
            (lost || !paths.is_empty()).then_some(Ring::Look(paths))
        }
        Err(errors) => {
            let limit = errors.iter().find(|error| matches!(error.kind, ErrorKind::MaxFilesWatch));
            Some(limit.map_or_else(|| Ring::Look(HashSet::new()), |error| Ring::Polling(error.to_string())))
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

    fn look(paths: &[&str]) -> Option<Ring> {
        Some(Ring::Look(paths.iter().map(PathBuf::from).collect()))
    }

    #[track_caller]
    fn check(heard: DebounceEventResult, expected: Option<Ring>) {
        assert_eq!(
            ring(heard, Path::new("/l"), &[PathBuf::from("/l/content"), PathBuf::from("/l/casebook.yaml")]),
            expected
        );
    }

    #[test]
    fn what_may_change_a_file_of_the_library_rings() {
        let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
        for kind in [EventKind::Create(CreateKind::Any), EventKind::Modify(ModifyKind::Any), written, EventKind::Any] {
            check(Ok(vec![event(kind, "/l/content/a.md")]), look(&["/l/content/a.md"]));
        }
        check(Ok(vec![event(written, "/l/casebook.yaml")]), look(&["/l/casebook.yaml"]));
    }

    #[test]
    fn a_folder_in_place_of_the_library_rings() {
        check(Ok(vec![event(EventKind::Create(CreateKind::Folder), "/l")]), look(&["/l"]));
        check(Ok(vec![event(EventKind::Modify(ModifyKind::Any), "/l")]), None);
        check(Ok(vec![event(EventKind::Create(CreateKind::Folder), "/other")]), None);
    }

    #[test]
    fn reading_and_what_lies_elsewhere_do_not() {
        check(Ok(vec![event(EventKind::Access(AccessKind::Open(AccessMode::Any)), "/l/content/a.md")]), None);
        check(Ok(vec![event(EventKind::Create(CreateKind::Any), "/l/output")]), None);
        check(Ok(Vec::new()), None);
    }

    #[test]
    fn events_that_were_lost_ring_without_a_name() {
        let event = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        check(Ok(vec![DebouncedEvent::new(event, Instant::now())]), look(&[]));
        check(Err(vec![Error::generic("lost")]), look(&[]));
    }

    #[test]
    fn files_that_could_not_be_read_are_looked_at_again_though_nothing_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut bell = Bell::new(&folder.path().canonicalize().expect("a path"), false);
        assert_eq!(bell.wait(), Ring::Look(HashSet::new()));
        bell.ring_again();
        assert_eq!(bell.wait(), Ring::Look(HashSet::new()));
    }

    #[test]
    fn at_the_limit_of_the_system_the_tree_is_polled() {
        let limit = Error::new(ErrorKind::MaxFilesWatch);
        let reason = limit.to_string();
        check(Err(vec![Error::generic("other"), limit]), Some(Ring::Polling(reason)));
    }
}
