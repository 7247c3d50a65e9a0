//! The preview of a library, started by a command of the editor and kept while the server runs.

use std::{
    net::{IpAddr, Ipv4Addr},
    path::Path,
    sync::{Arc, Mutex},
    thread::JoinHandle,
};

use crossbeam_channel::Sender;
use jiff::civil::Date;
use lsp_server::{Message, Notification, Request, RequestId};
use lsp_types::{
    MessageType, ShowDocumentParams, ShowMessageParams, Url,
    notification::{Notification as _, ShowMessage},
    request::{Request as _, ShowDocument},
};

use super::{catch_panic::catch_panic, library::LibraryState};
use crate::{
    model::Edition,
    preview::{Options, PreviewEvent, preview},
    problem::FilePath,
};

/// The preview of a library.
#[derive(Default)]
pub struct Preview {
    started: Option<Started>,
}

/// A preview that was started.
struct Started {
    thread: JoinHandle<()>,
    /// Its address, once it answers.
    at: Arc<Mutex<Option<String>>>,
}

/// The path of a file's page, without its first slash.
pub fn page(state: &LibraryState, path: &FilePath) -> Option<String> {
    let documents = state.documents();
    let case = documents.cases.iter().find(|case| case.path == *path).map(|case| format!("cases/{}/", case.slug.value));
    let page = documents.pages.iter().find(|page| page.path == *path);
    case.or_else(|| page.map(|page| page.address.value.as_str().trim_start_matches('/').to_owned()))
}

impl Preview {
    /// Opens a page in a browser. Starts the preview first, if none is running.
    pub fn open(&mut self, root: &Path, page: String, today: fn() -> Option<Date>, to_client: Sender<Message>) {
        if let Some(Started { at, .. }) = self.started.as_ref().filter(|started| !started.thread.is_finished()) {
            let at = at.lock().map(|at| at.clone()).unwrap_or_default();
            return show(at.as_deref(), &page, &to_client);
        }
        let Some(day) = today() else { return };
        let at = Arc::new(Mutex::new(None));
        let at_of_thread = at.clone();
        let root = root.to_owned();
        let options = Options {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            // A free port, so that another preview is not disturbed.
            port: 0,
            allowed: Vec::new(),
            polls: false,
            edition: Edition { day, with_drafts: true, base: None },
            editor: None,
            hears_lines: false,
            today,
        };
        let heard = move |event: PreviewEvent<'_>, to_client: &Sender<Message>| {
            if let PreviewEvent::Open(url) = event {
                if let Ok(mut at) = at_of_thread.lock() {
                    *at = Some(url.to_owned());
                }
                show(Some(url), &page, to_client);
            }
        };
        let thread = std::thread::spawn(move || {
            let ended = catch_panic("the preview", || preview(&root, &options, |event| heard(event, &to_client)));
            if let Err(message) = ended.and_then(|ended| ended.map_err(|failure| failure.to_string())) {
                let params = ShowMessageParams { typ: MessageType::ERROR, message };
                to_client.send(Notification::new(ShowMessage::METHOD.to_owned(), params).into()).unwrap_or_default();
            }
        });
        self.started = Some(Started { thread, at });
    }
}

fn show(at: Option<&str>, page: &str, to_client: &Sender<Message>) {
    let Some(uri) = at.and_then(|at| Url::parse(at).ok()?.join(page).ok()) else { return };
    let params = ShowDocumentParams { uri, external: Some(true), take_focus: None, selection: None };
    let request = Request::new(RequestId::from("preview".to_owned()), ShowDocument::METHOD.to_owned(), params);
    to_client.send(request.into()).unwrap_or_default();
}
