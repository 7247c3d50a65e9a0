//! Preview: the library as it will be published, on this machine, a moment after each save.
//!
//! Modules in reading order. [`watch`] reports possible changes; [`held`] is the library between edits; [`showing`] is
//! a state of the preview, [`departed`] the pages that are no longer at their addresses, [`gaps`] the missing parts of
//! drafts; [`answer`] finds the response to a path, with the same bytes as in a build; [`hosts`] are the accepted host
//! names; [`overlay`] is added to each page, a [`bar`] with a [`row`] for each problem, and [`notice`] replaces a page
//! that cannot be shown; [`editor`] opens files; [`server`] is the only module with sockets. Nothing is ever written,
//! not even to `output/`.

pub mod watch;

pub mod departed;
pub mod gaps;
pub mod held;
pub mod showing;

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
    held::Held,
    hosts::Hosts,
    server::Server,
    showing::Showing,
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
    pub hears_lines: bool,
    /// Gives the current day, since a preview may run past midnight.
    pub today: fn() -> Option<Date>,
}

/// What the preview reports to its caller.
#[derive(Debug)]
pub enum PreviewEvent<'a> {
    /// The preview is ready at this address.
    Open(&'a str),
    /// A new state, after these files changed; at first, none.
    Shown(&'a Showing, &'a [FilePath], Duration),
    /// Somebody asks for a full report.
    Asked(&'a Showing),
    /// Changes are looked for at intervals from now on, for this reason.
    Polling(&'a str),
    /// The files could not be read; the earlier state stays.
    Unread(&'a Failure),
}

/// Serves a library until it is interrupted.
pub fn preview(root: &Path, options: &Options, mut report: impl FnMut(PreviewEvent<'_>)) -> Result<(), Failure> {
    let start = Instant::now();
    let root = source::true_path(root)?;
    let listener = listen(options)?;
    let watcher = FileWatcher::new(&root, options.polls);
    let held = Arc::new(Held::read(source::read_again(&root, &Snapshot::default(), |_| false)?));
    let runtime = Runtime::new().map_err(|error| Failure::new("start the preview", error))?;
    // The channel holds the only reference, so that an old state is freed as soon as a new one replaces it.
    let (sender, receiver) = channel::channel(Arc::new(Showing::new(held, &options.edition, None, &[], now())));
    let url = open(&runtime, listener, root.clone(), options, receiver)?;
    let stop = watcher.stopper();
    runtime.spawn(async move {
        signal::ctrl_c().await.unwrap_or_default();
        stop();
    });
    if options.hears_lines {
        let ask = watcher.asker();
        // The thread ends with standard input, or with the program.
        std::thread::spawn(move || io::stdin().lock().lines().map_while(Result::ok).for_each(|line| ask(&line)));
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
    showing: channel::Receiver<Arc<Showing>>,
) -> Result<String, Failure> {
    let failed = |error| Failure::new("start the preview", error);
    let at = listener.local_addr().map_err(failed)?;
    let named = match at.ip() {
        any if any.is_unspecified() => format!("localhost:{}", at.port()),
        _ => at.to_string(),
    };
    let url = format!("http://{named}{}", showing.borrow().site.library.config.base.path);
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let hosts = Hosts { address: options.address, allowed: options.allowed.clone() };
    // A browser on another machine cannot open files here, so it gets a button that copies the position.
    let editor = options.editor.clone().filter(|_| options.address.is_loopback());
    let file_links = FileLinks { root: root.to_string_lossy().into_owned(), editor };
    let server = Server { root, hosts, showing, run: format!("{:x}", since.as_nanos()), file_links };
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
    sender: &channel::Sender<Arc<Showing>>,
    report: &mut impl FnMut(PreviewEvent<'_>),
) {
    loop {
        let suspects = match watcher.wait() {
            WatchEvent::Changed(suspects) => suspects,
            WatchEvent::Polling(reason) => {
                report(PreviewEvent::Polling(&reason));
                HashSet::new()
            }
            WatchEvent::Asked => {
                report(PreviewEvent::Asked(&sender.borrow()));
                continue;
            }
            WatchEvent::Stop => return,
        };
        let start = Instant::now();
        let before = sender.borrow().clone();
        let mut after = after_changes(root, options, &before, &suspects);
        if let Some(later) = watcher.later_changes() {
            after = after_changes(root, options, &before, &union(suspects, later));
        }
        match after {
            Ok(Some((showing, changes))) => {
                let showing = Arc::new(showing);
                sender.send_replace(showing.clone());
                report(PreviewEvent::Shown(&showing, &changes, start.elapsed()));
            }
            Ok(None) => {}
            Err(failure) => {
                report(PreviewEvent::Unread(&failure));
                watcher.retry();
            }
        }
    }
}

/// Reads the files that may have changed, and makes the site if any of them did. Gives it with the files that changed.
fn after_changes(
    root: &Path,
    options: &Options,
    before: &Showing,
    suspects: &HashSet<PathBuf>,
) -> Result<Option<(Showing, Vec<FilePath>)>, Failure> {
    let snapshot = look(root, &before.held.snapshot, suspects)?;
    let mut changes = snapshot.changes_since(&before.held.snapshot);
    changes.retain(|path| !is_left_by_an_editor(path));
    if changes.is_empty() {
        return Ok(None);
    }
    let held = Arc::new(before.held.after(snapshot));
    let day = (options.today)().unwrap_or(options.edition.day);
    let edition = Edition { day, ..options.edition.clone() };
    let showing = Showing::new(held, &edition, Some(before), &changes, now());
    Ok(Some((showing, changes)))
}

/// The local time of day.
fn now() -> Time {
    Zoned::now().time()
}

/// Reads the files again. If the watcher names files, only these are read. It sends another event without names a
/// moment later, and then the whole tree is compared.
fn look(root: &Path, before: &Snapshot, suspects: &HashSet<PathBuf>) -> Result<Snapshot, Failure> {
    if !suspects.is_empty()
        && let Some(now) = source::read_touched(root, before, suspects)?
    {
        return Ok(now);
    }
    source::read_again(root, before, |path| suspects.contains(path))
}

/// Is it a temporary file of an editor? Names that begin with a dot are never read anyway.
fn is_left_by_an_editor(path: &FilePath) -> bool {
    let name = path.name();
    let endings = ["~", ".bck", ".bak", ".tmp", ".swp", ".swx", ".kate-swp", "___jb_tmp___", "___jb_old___"];
    name == "4913"
        || name.starts_with('#') && name.ends_with('#')
        || endings.iter().any(|ending| name.ends_with(ending))
}
