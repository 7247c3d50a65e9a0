//! Notifications of the client: files that it opens, edits, saves and closes, and files that others changed on the
//! disk.

use std::{path::PathBuf, sync::Arc};

use lsp_server::Notification;
use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams,
    notification::{
        DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument,
        Notification as _,
    },
};

use super::{LanguageServer, library::LibraryChange, log, text::edited};
use crate::{problem::FilePath, source};

/// An open file.
pub(super) struct OpenFile {
    /// The library that reads the file.
    pub(super) root: Option<PathBuf>,
    /// Its path in that library; if there is none, its path on the disk.
    pub(super) path: FilePath,
    pub(super) text: String,
    version: i32,
}

impl LanguageServer {
    /// Handles a notification of the client.
    pub(super) fn handle_notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        let handled = match method.as_str() {
            DidOpenTextDocument::METHOD => serde_json::from_value(params).map(|params| self.opened(params)),
            DidChangeTextDocument::METHOD => serde_json::from_value(params).map(|params| self.changed(&params)),
            DidCloseTextDocument::METHOD => serde_json::from_value(params).map(|params| self.closed(&params)),
            DidSaveTextDocument::METHOD => serde_json::from_value(params).map(|params| self.saved(&params)),
            DidChangeWatchedFiles::METHOD => serde_json::from_value(params).map(|params| self.watched(&params)),
            _ => Ok(()),
        };
        if let Err(error) = handled {
            self.send(log(format!("{method} could not be understood: {error}")));
        }
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let Ok(on_disk) = document.uri.to_file_path() else { return };
        // A file can be opened before its library exists.
        let root = source::find_root(on_disk.parent().unwrap_or(&on_disk)).unwrap_or_else(|failure| {
            self.send(log(failure.to_string()));
            None
        });
        let path_in_library = root.as_ref().and_then(|root| source::path_in_library(root, &on_disk));
        let root = root.filter(|_| path_in_library.is_some());
        let path = path_in_library.unwrap_or_else(|| FilePath::new(on_disk.to_string_lossy()));
        if let Some(root) = &root {
            let bytes = Arc::from(document.text.as_bytes());
            self.send_change(root, LibraryChange::Text(path.clone(), Some(bytes)));
        }
        self.open.insert(document.uri, OpenFile { root, path, text: document.text, version: document.version });
    }

    fn changed(&mut self, params: &DidChangeTextDocumentParams) {
        let (encoding, document) = (self.form.encoding, &params.text_document);
        let Some(open) = self.open.get_mut(&document.uri) else {
            self.send(log(format!("{} was edited without being opened", document.uri)));
            return;
        };
        let before = std::mem::replace(&mut open.version, document.version);
        open.text = edited(std::mem::take(&mut open.text), &params.content_changes, encoding);
        if let Some(root) = open.root.clone() {
            let change = LibraryChange::Text(open.path.clone(), Some(Arc::from(open.text.as_bytes())));
            self.send_change(&root, change);
        }
        if document.version <= before {
            let (uri, version) = (&document.uri, document.version);
            self.send(log(format!(
                "version {version} of {uri} came after version {before}; it was taken all the same"
            )));
        }
    }

    fn closed(&mut self, params: &DidCloseTextDocumentParams) {
        if let Some(OpenFile { root: Some(root), path, .. }) = self.open.remove(&params.text_document.uri) {
            self.send_change(&root, LibraryChange::Text(path, None));
        }
    }

    fn saved(&mut self, params: &DidSaveTextDocumentParams) {
        if let Ok(path) = params.text_document.uri.to_file_path() {
            self.on_disk(vec![path]);
        }
    }

    fn watched(&mut self, params: &DidChangeWatchedFilesParams) {
        self.on_disk(params.changes.iter().filter_map(|change| change.uri.to_file_path().ok()).collect());
    }

    /// Files that may have changed on the disk. One of them may be the settings of a new library.
    fn on_disk(&mut self, paths: Vec<PathBuf>) {
        for open in self
            .open
            .iter()
            .filter(|(_, open)| open.root.is_none())
            .map(|(uri, open)| (uri.clone(), open.version, open.text.clone()))
            .collect::<Vec<_>>()
        {
            let (uri, version, text) = open;
            let document = lsp_types::TextDocumentItem::new(uri, String::new(), version, text);
            self.opened(DidOpenTextDocumentParams { text_document: document });
        }
        let roots: Vec<PathBuf> = self.libraries.keys().cloned().collect();
        for root in roots {
            let within: Vec<PathBuf> = paths.iter().filter(|path| path.starts_with(&root)).cloned().collect();
            if !within.is_empty() {
                self.send_change(&root, LibraryChange::Disk(within));
            }
        }
    }
}
