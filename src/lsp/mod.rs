//! A language server: another front end over the same pipeline, for editors that support the Language Server Protocol.
//!
//! [`serve`] takes a connection and answers until the client leaves. Its thread owns the texts of open files and never
//! works for long. Each library has two more threads: when typing pauses, the first reads only the edited files
//! ([`open_file`]), and passes the edits on to the second, which makes the whole library ([`library`]). So the problems
//! of the open file do not wait for the library, and neither waits for requests, which run in the pool on the latest
//! state. A panic in any of these threads becomes a line of the log, and the server goes on (`catch_panic`). After a
//! panic in its own thread the server goes on if it was handling a request, and ends otherwise, since a text may be
//! half changed: editors start it again and send their texts anew. Every request has one response, also when the client
//! asks the server to shut down. Nothing is written to the disk: clients make the edits.

pub mod text;

pub mod cursor;

pub mod library;

pub mod open_file;

pub mod links;

pub mod cursor_query;

pub mod diagnostics;

pub mod completion;

pub mod hover;

pub mod navigation;

pub mod rename;

pub mod actions;

pub mod outline;

pub mod semantic_tokens;

pub mod pasted_list;

mod catch_panic;

mod open_library;

mod notifications;

mod capabilities;

mod answer;

mod preview;

pub mod stdio;

use std::{
    collections::BTreeMap,
    convert::Infallible,
    path::{Path, PathBuf},
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender, bounded, select, unbounded};
use jiff::civil::Date;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, InitializeParams, LogMessageParams,
    MessageType, Registration, RegistrationParams, ShowDocumentParams, ShowMessageParams, Url,
    notification::{DidChangeWatchedFiles, Exit, LogMessage, Notification as _, ShowMessage},
    request::{RegisterCapability, Request as _, ShowDocument, Shutdown},
};

use self::{
    answer::ClientSettings,
    capabilities::{can_watch, capabilities, encoding, folders, library_globs, with_snippets},
    catch_panic::catch_panic,
    diagnostics::DiagnosticForm,
    library::{LibraryChange, ReadingOptions},
    notifications::OpenFile,
    open_library::{OpenLibrary, ThreadResult},
};
use crate::{failure::Failure, problem::FilePath, source};

/// The command that opens a page in the preview.
const OPEN_PREVIEW: &str = "casebook.openPreview";
/// The command, without arguments, that starts the preview of the library.
const START_PREVIEW: &str = "casebook.startPreview";

/// The longest wait for the next message of a client that has asked the server to shut down.
const EXIT_TIMEOUT: Duration = Duration::from_secs(30);

struct LanguageServer {
    to_client: Sender<Message>,
    form: DiagnosticForm,
    with_snippets: bool,
    today: fn() -> Option<Date>,
    libraries: BTreeMap<PathBuf, OpenLibrary>,
    open: BTreeMap<Url, OpenFile>,
    to_server: Sender<ThreadResult>,
    requests_sent: i32,
    pool_requests: PoolRequests,
}

/// The requests that the thread pool is answering: each has a copy of `running`, so `ended` is disconnected after the
/// last.
struct PoolRequests {
    running: Sender<Infallible>,
    ended: Receiver<Infallible>,
}

impl PoolRequests {
    fn new() -> PoolRequests {
        let (running, ended) = bounded(0);
        PoolRequests { running, ended }
    }

    fn wait(self) {
        drop(self.running);
        let Err(_) = self.ended.recv();
    }
}

/// How a client left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientLeft {
    /// It asked the server to shut down first, or closed the connection.
    Properly,
    /// It told the server to exit without a request to shut down.
    WithoutShutdown,
}

/// Serves a client until it leaves. `today` is called for each reading of a library.
pub fn serve(connection: &Connection, today: fn() -> Option<Date>) -> Result<ClientLeft, Failure> {
    let failed = |error: lsp_server::ProtocolError| Failure::new("speak with the editor", std::io::Error::other(error));
    let (id, params) = connection.initialize_start().map_err(failed)?;
    let params: InitializeParams = serde_json::from_value(params).unwrap_or_default();
    let encoding = encoding(&params);
    let explained_at = diagnostics::explained_at(params.initialization_options.as_ref());
    let capabilities = serde_json::json!({
        "capabilities": capabilities(encoding),
        "serverInfo": { "name": "casebook", "version": env!("CARGO_PKG_VERSION") },
    });
    connection.initialize_finish(id, capabilities).map_err(failed)?;
    let (to_server, results) = unbounded();
    let mut server = LanguageServer {
        to_client: connection.sender.clone(),
        form: DiagnosticForm { encoding, explained_at },
        with_snippets: with_snippets(&params),
        today,
        libraries: BTreeMap::new(),
        open: BTreeMap::new(),
        to_server,
        requests_sent: 0,
        pool_requests: PoolRequests::new(),
    };
    if can_watch(&params) {
        server.watch();
    }
    for folder in folders(&params) {
        if source::is_root(&folder).unwrap_or(false) {
            server.library(&folder);
        }
    }
    server.run(connection, &results)
}

impl LanguageServer {
    /// Handles messages, and publishes the problems that the threads of the libraries find, until the client leaves.
    fn run(mut self, connection: &Connection, results: &Receiver<ThreadResult>) -> Result<ClientLeft, Failure> {
        loop {
            select! {
                recv(connection.receiver) -> message => match message {
                    Ok(Message::Request(request)) if request.method == Shutdown::METHOD => {
                        self.shut_down(connection, request.id);
                        return Ok(ClientLeft::Properly);
                    }
                    Ok(Message::Request(request)) => self.answer_or_report_panic(request),
                    Ok(Message::Notification(notification)) if notification.method == Exit::METHOD => {
                        return Ok(ClientLeft::WithoutShutdown);
                    }
                    Ok(Message::Notification(notification)) => {
                        let what = format!("the handling of {}", notification.method);
                        self.end_on_failure(&what, |server| server.handle_notification(notification))?;
                    }
                    Ok(Message::Response(_)) => {}
                    Err(_) => return Ok(ClientLeft::Properly),
                },
                recv(results) -> result => match result {
                    Ok(result) => self.end_on_failure("the publishing of problems", |server| server.handle_result(result))?,
                    Err(_) => return Ok(ClientLeft::Properly),
                },
            }
        }
    }

    /// Answers the requests that came before, and then the request to shut down. Waits for the client to leave, and
    /// refuses requests that come after. Those that wait for a library are refused too: the client has no use for them.
    fn shut_down(mut self, connection: &Connection, id: RequestId) {
        let refused =
            |id, code: ErrorCode| Response::new_err(id, code as i32, "the server is shutting down".to_owned());
        let waiting: Vec<Request> = self.libraries.values_mut().flat_map(OpenLibrary::take_waiting).collect();
        waiting.into_iter().for_each(|request| self.send(refused(request.id, ErrorCode::RequestCanceled).into()));
        self.pool_requests.wait();
        let send = |response: Response| self.to_client.send(response.into()).unwrap_or_default();
        send(Response::new_ok(id, serde_json::Value::Null));
        loop {
            match connection.receiver.recv_timeout(EXIT_TIMEOUT) {
                Ok(Message::Request(request)) => send(refused(request.id, ErrorCode::InvalidRequest)),
                Ok(Message::Notification(notification)) if notification.method == Exit::METHOD => return,
                Ok(Message::Notification(_) | Message::Response(_)) => {}
                Err(_) => return,
            }
        }
    }

    /// Handles a request. A panic becomes its response: a request changes no text.
    fn answer_or_report_panic(&mut self, request: Request) {
        let (id, what) = (request.id.clone(), format!("the answer to {}", request.method));
        if let Err(message) = catch_panic(&what, || self.answer_request(request)) {
            self.send(Response::new_err(id, ErrorCode::InternalError as i32, message).into());
        }
    }

    /// Does work that may change a text. A panic is reported in the client's log and to its user, and ends the server.
    fn end_on_failure(&mut self, what: &str, work: impl FnOnce(&mut Self)) -> Result<(), Failure> {
        catch_panic(what, || work(self)).map_err(|message| {
            self.send(log(message.clone()));
            // The writer takes a second message when the first is written.
            let params = ShowMessageParams { typ: MessageType::ERROR, message: message.clone() };
            self.send(Notification::new(ShowMessage::METHOD.to_owned(), params).into());
            Failure::new("go on serving the editor", std::io::Error::other(message))
                .with_help("start the language server again in your editor, and report this")
        })
    }

    /// Asks the client to report changes of files by others.
    fn watch(&mut self) {
        let watchers =
            library_globs().map(|glob| FileSystemWatcher { glob_pattern: GlobPattern::String(glob), kind: None });
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers.collect() };
        let registration = Registration {
            id: "files".to_owned(),
            method: DidChangeWatchedFiles::METHOD.to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        let params = RegistrationParams { registrations: vec![registration] };
        self.send_request(RegisterCapability::METHOD, params);
    }

    /// Sends the client a request whose response is ignored.
    fn send_request(&mut self, method: &str, params: impl serde::Serialize) {
        self.requests_sent += 1;
        let request = Request::new(RequestId::from(self.requests_sent), method.to_owned(), params);
        self.send(request.into());
    }

    fn send(&self, message: Message) {
        // If the client is gone, the loop that waits for its messages ends.
        self.to_client.send(message).unwrap_or_default();
    }

    /// The library in a folder. Its threads are started if it is new.
    fn library(&mut self, root: &Path) -> &mut OpenLibrary {
        let (to_server, to_client) = (self.to_server.clone(), self.to_client.clone());
        let options = ReadingOptions { today: self.today, form: self.form.clone() };
        self.libraries.entry(root.to_owned()).or_insert_with(|| OpenLibrary::start(root, options, to_server, to_client))
    }

    fn send_change(&mut self, root: &Path, change: LibraryChange) {
        self.library(root).send_change(change);
    }

    /// Sends the problems that a thread found, and answers the requests that waited for it; or shows the page that
    /// waited for the preview.
    fn handle_result(&mut self, result: ThreadResult) {
        let root = match &result {
            ThreadResult::Library(reading) => &reading.root,
            ThreadResult::File(file) => &file.state.root,
            ThreadResult::Preview { root, .. } => root,
        };
        let Some(library) = self.libraries.get_mut(root) else { return };
        let (messages, waiting) = match result {
            ThreadResult::Library(reading) => library.take_library(reading),
            ThreadResult::File(file) => (library.take_file(&file).into_iter().collect(), Vec::new()),
            ThreadResult::Preview { address, .. } => {
                let page = library.preview.take_address(address);
                return self.show(page);
            }
        };
        messages.into_iter().for_each(|message| self.send(message));
        waiting.into_iter().for_each(|request| self.answer_or_report_panic(request));
    }

    fn answer_request(&mut self, mut request: Request) {
        if request.method == "workspace/executeCommand" {
            return self.run_command(request);
        }
        let client =
            ClientSettings { encoding: self.form.encoding, with_snippets: self.with_snippets, today: self.today };
        let uri = answer::file_of(&request);
        let root = uri.as_ref().and_then(|uri| self.open.get(uri)?.root.clone());
        let root = root.or_else(|| self.libraries.keys().next().cloned());
        if let Some(library) = root.and_then(|root| self.libraries.get_mut(&root)) {
            let Some(ready) = library.hold_back(request) else { return };
            request = ready;
            if answer::needs_places(&request.method) && !library.is_current() {
                let message = "the library could not be read as it is now; the log says why".to_owned();
                let response = Response::new_err(request.id, ErrorCode::RequestFailed as i32, message);
                return self.send(response.into());
            }
        }
        let open = uri.as_ref().and_then(|uri| self.open.get(uri));
        let found = open.and_then(|open| Some((self.libraries.get(open.root.as_ref()?)?.state.clone()?, open)));
        let (state, path, text) = match found {
            Some((state, open)) => (Some(state), open.path.clone(), open.text.clone()),
            None => {
                (self.libraries.values().find_map(|library| library.state.clone()), FilePath::new(""), String::new())
            }
        };
        let (to_client, running) = (self.to_client.clone(), self.pool_requests.running.clone());
        rayon::spawn(move || {
            let response = answer::answer(&client, request, state.as_deref(), &path, &text);
            to_client.send(response.into()).unwrap_or_default();
            drop(running);
        });
    }

    /// Opens a page in the preview, and starts the preview if none is running.
    fn run_command(&mut self, request: Request) {
        let command = request.params["command"].as_str().unwrap_or_default();
        let opened = match command {
            OPEN_PREVIEW | START_PREVIEW => self.open_preview(&request.params["arguments"][0]),
            _ => Err(format!("there is no command {command}; this server has {OPEN_PREVIEW} and {START_PREVIEW}")),
        };
        let response = match opened {
            Ok(()) => Response::new_ok(request.id, serde_json::Value::Null),
            Err(message) => Response::new_err(request.id, ErrorCode::InvalidParams as i32, message),
        };
        self.send(response.into());
    }

    /// Opens the page of an open file; without one, the home page.
    fn open_preview(&mut self, file: &serde_json::Value) -> Result<(), String> {
        let uri = file.as_str().and_then(|uri| Url::parse(uri).ok());
        let open = uri.as_ref().and_then(|uri| self.open.get(uri));
        let path = open.map(|open| open.path.clone());
        let root = open.and_then(|open| open.root.clone()).or_else(|| self.libraries.keys().next().cloned());
        let root = root.ok_or("no library is open; open a folder that has a casebook.yaml")?;
        let (today, to_server, to_client) = (self.today, self.to_server.clone(), self.to_client.clone());
        let library = self.library(&root);
        let page = path.zip(library.state.as_ref()).and_then(|(path, state)| preview::page(state, &path));
        let to_show = library.preview.open(&root, page.unwrap_or_default(), today, to_server, to_client);
        self.show(to_show);
        Ok(())
    }

    /// Asks the client to show a page in a browser.
    fn show(&mut self, page: Option<Url>) {
        if let Some(uri) = page {
            let params = ShowDocumentParams { uri, external: Some(true), take_focus: None, selection: None };
            self.send_request(ShowDocument::METHOD, params);
        }
    }
}

/// A line of the client's log.
fn log(message: String) -> Message {
    let params = LogMessageParams { typ: MessageType::WARNING, message };
    Notification::new(LogMessage::METHOD.to_owned(), params).into()
}

#[cfg(test)]
mod tests {
    use super::{text::Encoding, *};

    #[test]
    fn a_panic_in_the_thread_of_the_server_is_logged_shown_and_ends_it() {
        let ((to_client, client), (to_server, _results)) = (unbounded(), unbounded());
        let form = DiagnosticForm { encoding: Encoding::Utf8, explained_at: None };
        let (libraries, open) = (BTreeMap::new(), BTreeMap::new());
        let mut server = LanguageServer {
            to_client,
            form,
            with_snippets: false,
            today: || None,
            libraries,
            open,
            to_server,
            requests_sent: 0,
            pool_requests: PoolRequests::new(),
        };
        assert!(server.end_on_failure("the edit", |_| ()).is_ok() && client.is_empty());
        let ended = server.end_on_failure("the edit", |_| panic!("no such line")).unwrap_err().to_string();
        let said = "the edit failed; this is a mistake in Casebook (no such line)";
        assert_eq!(ended, format!("cannot go on serving the editor: {said}"));
        let notifications = client.try_iter().map(|message| match message {
            Message::Notification(notification) => {
                (notification.method, notification.params["message"].as_str().unwrap_or_default().to_owned())
            }
            other => panic!("{other:?}"),
        });
        let notifications: Vec<(String, String)> = notifications.collect();
        assert_eq!(
            notifications,
            [LogMessage::METHOD, ShowMessage::METHOD].map(|method| (method.to_owned(), said.to_owned()))
        );
    }
}
