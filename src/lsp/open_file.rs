//! A file that somebody types in: what is wrong in it, a moment after each key stroke.
//!
//! Takes the edits of a library and what was known of it when each came; gives the problems of every file that was edited, and
//! hands the edits on to the library's own thread. Nothing here waits for that thread, for the pool, or for a request. A problem
//! that only a look at the whole library finds stays as it was last known.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use crossbeam_channel::{Receiver, Sender, after, select};
use lsp_types::Diagnostic;

use super::{
    diagnostics,
    library::{Job, LibraryState},
    text::Encoding,
};
use crate::{
    problem::{FilePath, Problem, Span, SpotPart, report::locate::locate},
    read::front_matter::{self, Split},
    source::SourceFile,
};

/// How long nothing may be typed before the edited files are looked at.
const QUIET: Duration = Duration::from_millis(30);
/// How long somebody may type without a pause before they are looked at all the same.
const LONGEST: Duration = Duration::from_millis(150);

/// A change of a library, and what was known when it came; none before the first look at it.
pub struct Edit {
    /// The change.
    pub job: Job,
    /// What was known.
    pub known: Option<Arc<LibraryState>>,
}

/// What is wrong in a file as its editor shows it.
pub struct FileState {
    /// What was known of the library.
    pub known: Arc<LibraryState>,
    /// The file.
    pub path: FilePath,
    /// Its problems, as clients show them.
    pub diagnostics: Vec<Diagnostic>,
    /// How many jobs of the library it is the outcome of.
    pub jobs: usize,
}

/// Looks at each edited file when typing pauses, and then hands the edits on, until nobody sends any more.
pub fn follow(edits: &Receiver<Edit>, library: &Sender<Job>, encoding: Encoding, found: impl Fn(FileState)) {
    // Checks share work among the threads of a pool, and must not queue there behind a look at the whole library.
    let Ok(one) = rayon::ThreadPoolBuilder::new().num_threads(1).build() else { return };
    let mut jobs = 0;
    while let Ok(first) = edits.recv() {
        let longest = after(LONGEST);
        let mut known = None;
        let mut texts = BTreeMap::new();
        let mut batch = Vec::new();
        let mut next = Some(first);
        while let Some(edit) = next {
            if let Job::Text(path, text) = &edit.job {
                texts.insert(path.clone(), text.clone());
            }
            known = edit.known;
            batch.push(edit.job);
            next = select! {
                recv(edits) -> edit => edit.ok(),
                recv(longest) -> _ => None,
                default(QUIET) => None,
            };
        }
        jobs += batch.len();
        if let Some(known) = known {
            let open = texts.into_iter().filter_map(|(path, text)| Some((path, text?)));
            open.for_each(|(path, text)| {
                let diagnostics = one.install(|| diagnostics_of(&known, &path, text, encoding));
                found(FileState { known: known.clone(), path, diagnostics, jobs });
            });
        }
        for job in batch {
            if library.send(job).is_err() {
                return;
            }
        }
    }
}

/// The problems of a file with this text, as clients show them.
fn diagnostics_of(known: &LibraryState, path: &FilePath, text: Arc<[u8]>, encoding: Encoding) -> Vec<Diagnostic> {
    let project = known.held.project();
    let problems_in =
        |file: &SourceFile, of_all| known.held.problems_in(path, file, of_all, (&known.site, &known.edition));
    let before = project.files.get(path).map_or_else(Vec::new, |file| problems_in(file, Vec::new()));
    let of_this = known.problems.iter().filter(|problem| problem.spot.file == *path);
    let of_all = of_this.filter(|problem| !before.contains(problem)).cloned();
    let yaml = yaml(&String::from_utf8_lossy(&text));
    let of_all = of_all.map(|problem| in_yaml(problem, &yaml)).collect();
    let problems = problems_in(&SourceFile::Text(text.clone()), of_all);
    let checks = &known.site.library.config.checks;
    let report = locate(problems, checks, |file| if file == path { Some(&*text) } else { project.bytes(file) });
    let shown = |file: &FilePath| if file == path { std::str::from_utf8(&text).ok() } else { project.text(file) };
    let mut files = diagnostics::by_file(&report, &known.root, encoding, shown);
    files.remove(path).unwrap_or_default()
}

/// A problem of an earlier text of a file as one of the text that has its YAML here. Keys and values are found anew by their names.
fn in_yaml(mut problem: Problem, yaml: &Span) -> Problem {
    if let SpotPart::Yaml { block, .. } = &mut problem.spot.part {
        block.clone_from(yaml);
    }
    problem
}

/// Where the YAML of a text is: its front matter, or all of it.
fn yaml(text: &str) -> Span {
    match front_matter::split(text) {
        Split::Both { yaml, .. } => yaml,
        Split::NoFrontMatter { .. } | Split::Unclosed { .. } => 0..text.len(),
    }
}
