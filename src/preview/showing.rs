//! What the preview shows at one moment, and what of it changed.
//!
//! Takes the documents and what was shown before; gives the site, the report, and the earlier pages that are shown instead. A build
//! publishes nothing while there is an error; a preview goes on. An error in a case or a page affects that page alone,
//! which stays as it was before the error; an error in a file that all pages share (settings, vocabulary, theme) keeps the
//! whole site as it was. A page that had an error from the start is shown as it is.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Time;
use rayon::ThreadPoolBuilder;

use crate::{
    model::{Address, Edition},
    preview::{
        departed::{Departed, departed},
        held::Held,
    },
    problem::{
        Code, FilePath, Severity,
        report::{Report, locate::locate},
    },
    site::{Content, Site, fault::template_problems_by_kind, route::Route},
};

/// A state of the preview.
#[derive(Debug)]
pub struct Showing {
    /// The number of the state, from 1.
    pub number: u64,
    /// The time of day of this moment, where the editor is.
    pub at: Time,
    /// The library as it is now.
    pub held: Arc<Held>,
    /// The site.
    pub site: Arc<Site>,
    /// Everything that is wrong with the library as it is now.
    pub report: Report,
    /// The pages with files that were edited since the last moment, in the order of their files.
    pub edited: Vec<Edited>,
    /// The published addresses of pictures and other such files that changed since the last moment.
    pub files: Vec<Address>,
    /// The pages that were shown once and are no longer there, by their addresses.
    pub departed: BTreeMap<Address, Departed>,
    /// The whole site is an earlier one, from this time, since a file that all pages share has an error.
    pub held_back_since: Option<Time>,
    /// The last good pages of documents that have an error now.
    stand_ins: BTreeMap<Address, StandIn>,
    is_sound: bool,
}

/// The last good page of a document that has an error now.
#[derive(Clone, Debug)]
pub struct StandIn {
    /// The document's file.
    pub file: FilePath,
    /// The page.
    pub page: Arc<[u8]>,
    /// The time of the last moment at which it was good.
    pub from: Time,
}

/// A page whose file was edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// Its title.
    pub title: String,
    /// Where it is.
    pub address: Address,
}

/// More edits at once than this are not typed by a person: a branch was switched.
const MOST_EDITED: usize = 20;

impl Showing {
    /// What is shown of a library at a time of day: at first, or after these files changed, which are sorted.
    pub fn new(
        held: Arc<Held>,
        edition: &Edition,
        before: Option<&Showing>,
        changes: &[FilePath],
        at: Time,
    ) -> Showing {
        let mut made = held.site(edition);
        if before.is_none_or(|before| has_failed(&before.report)) || changes.iter().any(is_of_templates) {
            made.problems.extend(template_problems_by_kind(&made.value));
        }
        let project = held.project();
        let report = locate(made.problems, &made.value.library.config.checks, |path| project.bytes(path));
        let is_sound = !faulty(&report).any(is_shared);
        let edited = changes.iter().take(MOST_EDITED).filter_map(|file| edited(&made.value, file)).collect();
        let files = made.value.links.files.iter().filter(|(_, file)| changes.binary_search(file).is_ok());
        let files = files.map(|(address, _)| address.clone()).collect();
        let held_back = before.filter(|before| !is_sound && before.is_sound);
        Showing {
            held: held.clone(),
            number: before.map_or(1, |before| before.number + 1),
            at,
            departed: match (held_back, before) {
                (Some(before), _) => before.departed.clone(),
                (None, Some(before)) => departed(before, &made.value, &held, changes, at),
                (None, None) => BTreeMap::new(),
            },
            held_back_since: held_back.map(|before| before.held_back_since.unwrap_or(before.at)),
            stand_ins: match (held_back, before) {
                (Some(before), _) => before.stand_ins.clone(),
                (None, Some(before)) => stand_ins(before, &report),
                (None, None) => BTreeMap::new(),
            },
            is_sound: is_sound || held_back.is_some(),
            site: held_back.map_or_else(|| Arc::new(made.value), |before| before.site.clone()),
            report,
            edited,
            files,
        }
    }

    /// Makes the files with which the site is searched, unless they are made: on one thread of their own, so that no other page
    /// waits for them. The next edit begins anew.
    pub fn make_search(&self) {
        match ThreadPoolBuilder::new().num_threads(1).build() {
            Ok(one) => one.install(|| self.site.search_files()),
            Err(_) => self.site.search_files(),
        };
    }

    /// The last good page at an address, where that page's file has an error now.
    pub fn stand_in(&self, address: &Address) -> Option<&StandIn> {
        self.stand_ins.get(address)
    }

    /// The last good page that is made of a file, where that file has an error now.
    pub fn stand_in_of(&self, file: &FilePath) -> Option<&StandIn> {
        self.stand_ins.values().find(|stand_in| stand_in.file == *file)
    }

    /// Has the file of the page at an address an error, and was the page never good?
    pub fn is_unready(&self, address: &Address) -> bool {
        let has_error = |file: FilePath| !is_shared(&file) && faulty(&self.report).any(|faulty| *faulty == file);
        !self.stand_ins.contains_key(address) && self.file_of(address).is_some_and(has_error)
    }

    /// The file in which the words of the page at an address are written.
    pub fn file_of(&self, address: &Address) -> Option<FilePath> {
        if let Some(stand_in) = self.stand_ins.get(address) {
            return Some(stand_in.file.clone());
        }
        file_of(&self.site, self.site.route(address)?)
    }
}

/// Are pages made with it, so that a mistake in it may break any of them?
fn is_of_templates(file: &FilePath) -> bool {
    file.as_str().starts_with("themes/") || file.as_str() == "casebook.yaml"
}

fn has_failed(report: &Report) -> bool {
    report.problems.iter().any(|problem| problem.code == Code::Template)
}

/// The files that have an error.
fn faulty(report: &Report) -> impl Iterator<Item = &FilePath> {
    let errors = report.problems.iter().filter(|problem| problem.severity == Severity::Error);
    errors.map(|problem| &problem.place.file)
}

/// Do all pages depend on this file?
pub(super) fn is_shared(file: &FilePath) -> bool {
    let path = file.as_str();
    !(path.starts_with("content/cases/") || path.starts_with("content/pages/") || path == "content/index.md")
}

/// For each document that has an error now, its last good page.
fn stand_ins(before: &Showing, report: &Report) -> BTreeMap<Address, StandIn> {
    let mut faulty: Vec<&FilePath> = faulty(report).filter(|file| !is_shared(file)).collect();
    faulty.dedup();
    let mut stand_ins: BTreeMap<_, _> = BTreeMap::new();
    for (address, stand_in) in &before.stand_ins {
        if faulty.binary_search(&&stand_in.file).is_ok() {
            stand_ins.insert(address.clone(), stand_in.clone());
        }
    }
    let was_faulty: Vec<&FilePath> = self::faulty(&before.report).collect();
    for file in faulty.into_iter().filter(|file| was_faulty.binary_search(file).is_err()) {
        if let Some((address, route)) = page_of(&before.site, file)
            && let Ok(Content::Bytes(page)) = before.site.render(&address, &route)
        {
            stand_ins.insert(address, StandIn { file: file.clone(), page: page.into(), from: before.at });
        }
    }
    stand_ins
}

/// The page of a document.
fn page_of(site: &Site, file: &FilePath) -> Option<(Address, Route)> {
    let library = &site.library;
    if library.home.as_ref().is_some_and(|home| home.path == *file) {
        return Some((site.plan.home.clone(), Route::Home));
    }
    let case = library.cases.iter().find(|case| case.file.path == *file);
    let case = case.map(|case| (case.address.clone(), Route::Case(case.id)));
    let withdrawn = || {
        let case = library.withdrawn.iter().find(|case| case.file.path == *file)?;
        Some((case.address.clone(), Route::Withdrawn(case.id)))
    };
    let page = || {
        let page = library.pages.iter().find(|page| page.file.path == *file)?;
        Some((page.address.clone(), Route::Page(page.id)))
    };
    case.or_else(withdrawn).or_else(page)
}

/// What a file's page is called, and where it is.
pub(super) fn edited(site: &Site, file: &FilePath) -> Option<Edited> {
    let (address, route) = page_of(site, file)?;
    let title = match route {
        Route::Case(n) => &site.library.cases[n].file.title,
        Route::Withdrawn(n) => &site.library.withdrawn[n].file.title,
        Route::Page(n) => &site.library.pages[n].file.title,
        _ => &site.library.config.title,
    };
    Some(Edited { title: title.clone(), address })
}

/// The file in which the words of a page are written.
fn file_of(site: &Site, route: &Route) -> Option<FilePath> {
    let library = &site.library;
    match route {
        Route::Home => library.home.as_ref().map(|home| home.path.clone()),
        Route::Case(n) => Some(library.cases[*n].file.path.clone()),
        Route::Withdrawn(n) => Some(library.withdrawn[*n].file.path.clone()),
        Route::Page(n) => Some(library.pages[*n].file.path.clone()),
        Route::Vocabulary(of) => Some(library.vocabularies[*of].path.clone()),
        Route::Term(term, _) => Some(library.vocabularies.of(*term).path.clone()),
        Route::Glossary => Some(FilePath::new("content/glossary.yaml")),
        _ => None,
    }
}
