//! The preview of a library, started by a command of the editor and kept while the server runs.

use std::{
    net::{IpAddr, Ipv4Addr},
    path::Path,
    thread::JoinHandle,
};

use crossbeam_channel::Sender;
use jiff::civil::Date;
use lsp_server::{Message, Notification};
use lsp_types::{
    MessageType, ShowMessageParams, Url,
    notification::{Notification as _, ShowMessage},
};

use super::{catch_panic::catch_panic, library::LibraryState, links, open_library::ThreadResult};
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
    address: Option<Url>,
    /// The page to show once it answers: the one that was asked for last.
    page: String,
}

/// The address of a file's page, relative to that of the preview.
pub fn page(state: &LibraryState, path: &FilePath) -> Option<String> {
    let (_, address) = links::addresses(state).find(|(file, _)| *file == path)?;
    Some(address.href(""))
}

impl Preview {
    /// Gives the address of a page, to be shown in a browser. Starts the preview first, if none is running: then the
    /// server gets its address when it answers.
    pub fn open(
        &mut self,
        root: &Path,
        page: String,
        today: fn() -> Option<Date>,
        to_server: Sender<ThreadResult>,
        to_client: Sender<Message>,
    ) -> Option<Url> {
        if let Some(started) = self.started.as_mut().filter(|started| !started.thread.is_finished()) {
            started.page = page;
            return started.page_address();
        }
        let options = Options {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            // A free port, so that another preview is not disturbed.
            port: 0,
            allowed: Vec::new(),
            polls: false,
            edition: Edition { day: today()?, with_drafts: true, base: None },
            editor: None,
            reads_input: false,
            today,
        };
        let root = root.to_owned();
        let thread = std::thread::spawn(move || {
            let on_event = |event: PreviewEvent<'_>| {
                if let PreviewEvent::Open(address) = event
                    && let Ok(address) = Url::parse(address)
                {
                    to_server.send(ThreadResult::Preview { root: root.clone(), address }).unwrap_or_default();
                }
            };
            let ended = catch_panic("the preview", || preview(&root, &options, on_event));
            if let Err(message) = ended.and_then(|ended| ended.map_err(|failure| failure.to_string())) {
                let params = ShowMessageParams { typ: MessageType::ERROR, message };
                to_client.send(Notification::new(ShowMessage::METHOD.to_owned(), params).into()).unwrap_or_default();
            }
        });
        self.started = Some(Started { thread, address: None, page });
        None
    }

    /// Takes the address of the preview, and gives that of the page that was asked for last.
    pub fn take_address(&mut self, address: Url) -> Option<Url> {
        let started = self.started.as_mut()?;
        started.address = Some(address);
        started.page_address()
    }
}

impl Started {
    fn page_address(&self) -> Option<Url> {
        self.address.as_ref()?.join(&self.page).ok()
    }
}
