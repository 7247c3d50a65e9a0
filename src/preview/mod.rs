//! Preview: the library as it will be published, on this machine, a moment after each save.
//!
//! Modules in reading order. [`watch`] reports which files may have changed. [`loaded_library`] keeps the library in
//! memory from edit to edit. [`state`] decides what is shown after an edit, [`former_pages`] finds the pages that are
//! no longer at their addresses, and [`gaps`] the missing parts of drafts. [`answer`] finds the response to a path,
//! with the same bytes as in a build. [`hosts`] are the accepted host names. [`overlay`] is added to each page: a
//! [`bar`] with a [`row`] for each problem. [`notice`] replaces a page that cannot be shown. [`editor`] opens files.
//! [`server`] is the only module with sockets. The preview writes no files.

pub mod watch;

pub mod former_pages;
pub mod gaps;
pub mod loaded_library;
pub mod state;

pub mod answer;
pub mod bar;
pub mod editor;
pub mod hosts;
pub mod notice;
pub mod overlay;
pub mod row;
pub mod server;

use std::{
    collections::HashSet,
    io::{self, BufRead},
    net::{IpAddr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use jiff::{
    Zoned,
    civil::{Date, Time},
};
use tokio::{runtime::Runtime, signal, sync::watch as channel};

use self::{
    bar::FileLinks,
    editor::Editor,
    hosts::Hosts,
    loaded_library::LoadedLibrary,
    server::Server,
    state::PreviewState,
    watch::{FileWatcher, WatchEvent, union},
};
use crate::{
    failure::Failure,
    model::Edition,
    problem::FilePath,
    source::{self, Snapshot},
};

/// The options of a preview.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address to listen on.
    pub address: IpAddr,
    /// The port; 0 takes any that is free.
    pub port: u16,
    /// Names, beside those of this machine, under which it answers.
    pub allowed: Vec<String>,
    /// Whether to look for changes at intervals.
    pub polls: bool,
    /// The edition that is shown.
    pub edition: Edition,
    /// The editor that browsers on this machine can open files in.
    pub editor: Option<Editor>,
    /// Whether a line `r` on standard input asks for a full report.
    pub reads_input: bool,
    /// Gives the current day, since a preview may run past midnight.
    pub today: fn() -> Option<Date>,
}

/// What the preview reports to its caller.
#[derive(Debug)]
pub enum PreviewEvent<'a> {
    /// The preview is ready at this address.
    Open(&'a str),
    /// A new state, after these files changed; at first, none.
    Shown(&'a PreviewState, &'a [FilePath], Duration),
    /// The author asks for a full report.
    ReportRequested(&'a PreviewState),
    /// Changes are looked for at intervals from now on, for this reason.
    Polling(&'a str),
    /// The files could not be read; the earlier state stays.
    ReadFailed(&'a Failure),
}

/// Serves a library until it is interrupted.
pub fn preview(root: &Path, options: &Options, mut report: impl FnMut(PreviewEvent<'_>)) -> Result<(), Failure> {
    let start = Instant::now();
    let root = source::true_path(root)?;
    let listener = listen(options)?;
    let watcher = FileWatcher::new(&root, options.polls);
    let loaded = Arc::new(LoadedLibrary::read(source::read_again(&root, &Snapshot::default(), |_| false)?));
    let runtime = Runtime::new().map_err(|error| Failure::new("start the preview", error))?;
    // The channel holds the only reference, so that an old state is freed as soon as a new one replaces it.
    let (sender, receiver) = channel::channel(Arc::new(PreviewState::new(loaded, &options.edition, None, &[], now())));
    let url = open(&runtime, listener, root.clone(), options, receiver)?;
    let stop = watcher.stop_handle();
    runtime.spawn(async move {
        signal::ctrl_c().await.unwrap_or_default();
        stop();
    });
    if options.reads_input {
        let handle_line = watcher.line_handler();
        // The thread ends with standard input, or with the program.
        std::thread::spawn(move || {
            io::stdin().lock().lines().map_while(Result::ok).for_each(|line| handle_line(&line))
        });
    }
    report(PreviewEvent::Open(&url));
    report(PreviewEvent::Shown(&sender.borrow(), &[], start.elapsed()));
    follow(&root, options, watcher, &sender, &mut report);
    runtime.shutdown_background();
    Ok(())
}

/// Binds the port.
fn listen(options: &Options) -> Result<TcpListener, Failure> {
    let at = SocketAddr::new(options.address, options.port);
    let failed = |error: io::Error| {
        let help = match error.kind() {
            io::ErrorKind::AddrInUse => {
                format!(
                    "another program has port {}; choose another with --port {}",
                    at.port(),
                    at.port().wrapping_add(1).max(1024)
                )
            }
            io::ErrorKind::PermissionDenied => "choose a port of 1024 or more with --port".to_owned(),
            _ => "choose an address of this machine with --host".to_owned(),
        };
        Failure::new(format!("listen on {at}"), error).with_help(help)
    };
    let listener = TcpListener::bind(at).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    Ok(listener)
}

/// Starts to serve requests. Gives the address of the home page.
fn open(
    runtime: &Runtime,
    listener: TcpListener,
    root: PathBuf,
    options: &Options,
    states: channel::Receiver<Arc<PreviewState>>,
) -> Result<String, Failure> {
    let failed = |error| Failure::new("start the preview", error);
    let at = listener.local_addr().map_err(failed)?;
    let named = match at.ip() {
        any if any.is_unspecified() => format!("localhost:{}", at.port()),
        _ => at.to_string(),
    };
    let url = format!("http://{named}{}", states.borrow().site.library.config.base.path);
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let hosts = Hosts { address: options.address, allowed: options.allowed.clone() };
    // A browser on another machine cannot open files here, so it gets a button that copies the position.
    let editor = options.editor.clone().filter(|_| options.address.is_loopback());
    let file_links = FileLinks { root: root.to_string_lossy().into_owned(), editor };
    let server = Server { root, hosts, states, run: format!("{:x}", since.as_nanos()), file_links };
    let _inside = runtime.enter();
    let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
    runtime.spawn(server::serve(listener, server));
    Ok(url)
}

/// Shows every change until the preview ends.
fn follow(
    root: &Path,
    options: &Options,
    mut watcher: FileWatcher,
    sender: &channel::Sender<Arc<PreviewState>>,
    report: &mut impl FnMut(PreviewEvent<'_>),
) {
    loop {
        let changed_paths = match watcher.wait() {
            WatchEvent::Changed(changed_paths) => changed_paths,
            WatchEvent::Polling(reason) => {
                report(PreviewEvent::Polling(&reason));
                HashSet::new()
            }
            WatchEvent::ReportRequested => {
                report(PreviewEvent::ReportRequested(&sender.borrow()));
                continue;
            }
            WatchEvent::Stop => return,
        };
        let start = Instant::now();
        let before = sender.borrow().clone();
        let mut after = after_changes(root, options, &before, &changed_paths);
        if let Some(later) = watcher.later_changes() {
            after = after_changes(root, options, &before, &union(changed_paths, later));
        }
        match after {
            Ok(Some((state, changes))) => {
                let state = Arc::new(state);
                sender.send_replace(state.clone());
                report(PreviewEvent::Shown(&state, &changes, start.elapsed()));
            }
            Ok(None) => {}
            Err(failure) => {
                report(PreviewEvent::ReadFailed(&failure));
                watcher.retry();
            }
        }
    }
}

/// Reads the files that may have changed, and makes the site if any of them did. Gives it with the files that changed.
fn after_changes(
    root: &Path,
    options: &Options,
    before: &PreviewState,
    changed_paths: &HashSet<PathBuf>,
) -> Result<Option<(PreviewState, Vec<FilePath>)>, Failure> {
    let snapshot = read_changes(root, &before.loaded.snapshot, changed_paths)?;
    let mut changes = snapshot.changes_since(&before.loaded.snapshot);
    changes.retain(|path| !is_temporary_file_of_editor(path));
    if changes.is_empty() {
        return Ok(None);
    }
    let loaded = Arc::new(before.loaded.after(snapshot));
    let day = (options.today)().unwrap_or(options.edition.day);
    let edition = Edition { day, ..options.edition.clone() };
    let state = PreviewState::new(loaded, &edition, Some(before), &changes, now());
    Ok(Some((state, changes)))
}

/// The local time of day.
fn now() -> Time {
    Zoned::now().time()
}

/// Reads the files at these paths, or all files if there is no path. A moment after it has named paths, the watcher
/// sends an event without any, so that all files are compared.
fn read_changes(root: &Path, before: &Snapshot, changed_paths: &HashSet<PathBuf>) -> Result<Snapshot, Failure> {
    if !changed_paths.is_empty()
        && let Some(now) = source::read_touched(root, before, changed_paths)?
    {
        return Ok(now);
    }
    source::read_again(root, before, |path| changed_paths.contains(path))
}

/// Is it a temporary file of an editor? `source` already leaves out names that begin with a dot.
fn is_temporary_file_of_editor(path: &FilePath) -> bool {
    let name = path.name();
    let endings = ["~", ".bck", ".bak", ".tmp", ".swp", ".swx", ".kate-swp", "___jb_tmp___", "___jb_old___"];
    name == "4913"
        || name.starts_with('#') && name.ends_with('#')
        || endings.iter().any(|ending| name.ends_with(ending))
}
