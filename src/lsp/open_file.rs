//! The problems of a file while somebody types in it, published when typing pauses, and several times a second while it
//! does not.
//!
//! Takes the changes of a library, each with the state of the library when it came; gives the problems of each edited
//! file, and passes the changes on to the library's own thread. Nothing here waits for that thread, for the pool, or
//! for a request. A problem that only the whole library shows stays as it was in that state.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use crossbeam_channel::{Receiver, Sender, after, select};
use lsp_types::Diagnostic;

use super::{
    catch_panic::catch_panic,
    cursor,
    diagnostics::{self, DiagnosticForm},
    library::{LibraryChange, LibraryState},
};
use crate::{
    problem::{FilePath, Problem, Span, SpotPart, report::locate::locate},
    source::SourceFile,
};

/// The pause in typing after which the edited files are read.
const DEBOUNCE: Duration = Duration::from_millis(30);
/// The longest time that they are not read while somebody types without a pause.
const MAX_DELAY: Duration = Duration::from_millis(150);

/// A change as it comes from the editor, with the state that the library then had.
pub struct IncomingChange {
    /// The change.
    pub change: LibraryChange,
    /// The state; none before the first.
    pub state: Option<Arc<LibraryState>>,
}

/// The problems of a file with the text of its editor.
pub struct FileState {
    /// The state of the library that was used.
    pub state: Arc<LibraryState>,
    /// The file.
    pub path: FilePath,
    /// Its problems, in the form of the protocol.
    pub diagnostics: Vec<Diagnostic>,
    /// The number of changes of the library that it includes.
    pub change_count: usize,
}

/// Reads each edited file when typing pauses, and then passes the changes on, until there are no more senders.
pub fn follow(
    incoming: &Receiver<IncomingChange>,
    library: &Sender<LibraryChange>,
    form: &DiagnosticForm,
    found: impl Fn(FileState),
    log: impl Fn(String),
) {
    // Checks run in parallel. In the shared pool they would wait for the checks of the whole library.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let mut change_count = 0;
    while let Ok(first) = incoming.recv() {
        let longest = after(MAX_DELAY);
        let mut state = None;
        let mut texts = BTreeMap::new();
        let mut received = Vec::new();
        let mut next = Some(first);
        while let Some(IncomingChange { change, state: state_then }) = next {
            if let LibraryChange::Text(path, text) = &change {
                texts.insert(path.clone(), text.clone());
            }
            state = state_then;
            received.push(change);
            next = select! {
                recv(incoming) -> change => change.ok(),
                recv(longest) -> _ => None,
                default(DEBOUNCE) => None,
            };
        }
        change_count += received.len();
        if let (Some(state), Ok(pool)) = (state, &pool) {
            for (path, text) in texts.into_iter().filter_map(|(path, text)| Some((path, text?))) {
                let read = catch_panic(&format!("the check of {path} while it is edited"), || {
                    let diagnostics = pool.install(|| diagnostics_of(&state, &path, text, form));
                    found(FileState { state: state.clone(), path: path.clone(), diagnostics, change_count });
                });
                read.unwrap_or_else(&log);
            }
        }
        for change in received {
            if library.send(change).is_err() {
                return;
            }
        }
    }
}

/// The problems of a file with this text, in the form of the protocol.
fn diagnostics_of(state: &LibraryState, path: &FilePath, text: Arc<[u8]>, form: &DiagnosticForm) -> Vec<Diagnostic> {
    let project = state.loaded.project();
    let problems_in =
        |file: &SourceFile, of_library| state.loaded.problems_in(path, file, of_library, (&state.site, &state.edition));
    let before = project.files.get(path).map_or_else(Vec::new, |file| problems_in(file, Vec::new()));
    let of_file = state.problems.iter().filter(|problem| problem.spot.file == *path);
    let of_library = of_file.filter(|problem| !before.contains(problem)).cloned();
    let is_markdown = path.extension() == "md";
    let yaml = cursor::yaml(&String::from_utf8_lossy(&text), is_markdown).unwrap_or(0..text.len());
    let of_library = of_library.map(|problem| in_yaml(problem, &yaml)).collect();
    let problems = problems_in(&SourceFile::Text(text.clone()), of_library);
    let checks = &state.site.library.config.checks;
    let report = locate(problems, checks, |file| if file == path { Some(&*text) } else { project.bytes(file) });
    let shown = |file: &FilePath| if file == path { std::str::from_utf8(&text).ok() } else { project.text(file) };
    let mut files = diagnostics::by_file(&report, &state.root, form, shown);
    files.remove(path).unwrap_or_default()
}

/// Moves a problem of an earlier text to the present one, whose YAML is at `yaml`. Keys and values are found again by
/// their paths.
fn in_yaml(mut problem: Problem, yaml: &Span) -> Problem {
    if let SpotPart::Yaml { block, .. } = &mut problem.spot.part {
        block.clone_from(yaml);
    }
    problem
}
