//! A library with open files, as the thread of the server sees it.
//!
//! Starts the two threads of the library and passes the changes on to them. Takes what they find, and gives the
//! messages for the client: the problems of those files whose problems have changed. Holds back requests that need a
//! newer state than there is.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use crossbeam_channel::{Sender, unbounded};
use lsp_server::{Message, Notification, Request};
use lsp_types::{
    Diagnostic, PublishDiagnosticsParams, Url,
    notification::{Notification as _, PublishDiagnostics},
};

use super::{
    answer, cursor_query,
    library::{self, LibraryChange, LibraryState, Reading, ReadingOptions},
    log,
    open_file::{FileState, IncomingChange, follow},
    preview,
};
use crate::problem::FilePath;

/// The result of one of the threads of a library.
pub enum ThreadResult {
    /// A reading of the whole library.
    Library(Reading),
    /// The problems of an edited file.
    File(FileState),
    /// The preview of a library answers at this address.
    Preview {
        /// The folder of the library.
        root: PathBuf,
        /// The address.
        address: Url,
    },
}

/// A library with open files.
pub struct OpenLibrary {
    incoming: Sender<IncomingChange>,
    /// The number of changes sent.
    sent: usize,
    /// The number of changes that the last reading included, also if it failed; none before the first.
    included: Option<usize>,
    /// The last state.
    pub state: Option<Arc<LibraryState>>,
    /// Requests that wait for a state as new as the text that they are about.
    waiting: Vec<Request>,
    published: BTreeMap<FilePath, Vec<Diagnostic>>,
    /// The files with published problems newer than the state of the library, each with the number of changes that they
    /// include.
    published_ahead: BTreeMap<FilePath, usize>,
    /// The preview, if it was started.
    pub preview: preview::Preview,
}

impl OpenLibrary {
    /// Starts the threads of a library. They end with the server.
    pub fn start(
        root: &Path,
        options: ReadingOptions,
        results: Sender<ThreadResult>,
        to_client: Sender<Message>,
    ) -> OpenLibrary {
        let ((incoming, to_check), (changes, to_read)) = (unbounded(), unbounded());
        let root = root.to_owned();
        let (file_results, form) = (results.clone(), options.form.clone());
        let log = move |text| to_client.send(log(text)).unwrap_or_default();
        let log_of_files = log.clone();
        // The receivers live as long as the server.
        std::thread::spawn(move || {
            let found = |file| file_results.send(ThreadResult::File(file)).unwrap_or_default();
            follow(&to_check, &changes, &form, found, log_of_files);
        });
        std::thread::spawn(move || {
            let made = |reading| results.send(ThreadResult::Library(reading)).unwrap_or_default();
            library::run(&root, &options, &to_read, made, log);
        });
        OpenLibrary {
            incoming,
            sent: 0,
            included: None,
            state: None,
            waiting: Vec::new(),
            published: BTreeMap::new(),
            published_ahead: BTreeMap::new(),
            preview: preview::Preview::default(),
        }
    }

    /// Passes on a change.
    pub fn send_change(&mut self, change: LibraryChange) {
        self.sent += 1;
        // The thread of a library lives as long as the server.
        self.incoming.send(IncomingChange { change, state: self.state.clone() }).unwrap_or_default();
    }

    /// Keeps a request that needs a newer state than there is; otherwise gives it back.
    pub fn hold_back(&mut self, request: Request) -> Option<Request> {
        let needed = if answer::needs_places(&request.method) { self.sent } else { 0 };
        if self.included.is_some_and(|included| included >= needed) {
            return Some(request);
        }
        self.waiting.push(request);
        None
    }

    /// The requests that wait, which get no answer from a state.
    pub fn take_waiting(&mut self) -> Vec<Request> {
        std::mem::take(&mut self.waiting)
    }

    /// Is the state as new as the open texts? It is not if the last reading failed.
    pub fn is_current(&self) -> bool {
        self.state.as_ref().is_some_and(|state| state.change_count == self.sent)
    }

    /// The problems of a file that is being edited, if they have changed.
    pub fn take_file(&mut self, file: &FileState) -> Option<Message> {
        self.published_ahead.insert(file.path.clone(), file.change_count);
        let before = self.published.remove(&file.path).unwrap_or_default();
        if !file.diagnostics.is_empty() {
            self.published.insert(file.path.clone(), file.diagnostics.clone());
        }
        let has_changed = before != file.diagnostics;
        has_changed.then(|| publish_message(&file.state, &file.path, file.diagnostics.clone()))?
    }

    /// The problems of each file of the library, if they have changed, and the requests that wait no longer.
    pub fn take_library(&mut self, reading: Reading) -> (Vec<Message>, Vec<Request>) {
        let messages = reading.state.map_or_else(Vec::new, |state| self.take_state(state));
        self.included = Some(reading.change_count);
        let waiting = if reading.change_count < self.sent { Vec::new() } else { self.take_waiting() };
        (messages, waiting)
    }

    fn take_state(&mut self, state: Arc<LibraryState>) -> Vec<Message> {
        self.published_ahead.retain(|_, change_count| *change_count > state.change_count);
        let mut now = state.diagnostics.clone();
        for path in self.published_ahead.keys() {
            now.remove(path);
            now.extend(self.published.get_key_value(path).map(|(path, published)| (path.clone(), published.clone())));
        }
        let before = std::mem::replace(&mut self.published, now);
        let mut messages = Vec::new();
        for path in before.keys().filter(|path| !self.published.contains_key(*path)) {
            messages.extend(publish_message(&state, path, Vec::new()));
        }
        for (path, diagnostics) in self.published.iter().filter(|(path, now)| before.get(*path) != Some(now)) {
            messages.extend(publish_message(&state, path, diagnostics.clone()));
        }
        self.state = Some(state);
        messages
    }
}

fn publish_message(state: &LibraryState, path: &FilePath, diagnostics: Vec<Diagnostic>) -> Option<Message> {
    let params = PublishDiagnosticsParams::new(cursor_query::url(&state.root, path)?, diagnostics, None);
    Some(Notification::new(PublishDiagnostics::METHOD.to_owned(), params).into())
}
