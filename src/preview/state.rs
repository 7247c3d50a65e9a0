//! The state of the preview after an edit: what is shown until the next edit.
//!
//! Takes the documents and the state before; gives the site, the report, and the last good pages that are shown in
//! place of faulty ones. A build publishes nothing while there is an error; a preview continues. A draft with errors is
//! shown as it is, so that its author sees what is typed, unless its file cannot be read. Any other page with an error
//! stays as it was before the error. An error in a file that all pages share (settings, vocabulary, theme) keeps the
//! whole site as it was.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};

use jiff::civil::Time;
use rayon::ThreadPoolBuilder;

use crate::{
    model::{Address, Edition, Library, document::Status},
    preview::{
        former_pages::{FormerPage, former_pages},
        loaded_library::LoadedLibrary,
    },
    problem::{
        Code, FilePath, Severity,
        report::{Report, Reported, locate::locate},
    },
    read::is_shared,
    site::{Content, Site, fault::template_problems_by_kind, route::Route},
};

/// A state of the preview.
#[derive(Debug)]
pub struct PreviewState {
    /// The number of the state, from 1.
    pub number: u64,
    /// The local time of day.
    pub at: Time,
    /// The library as it is now.
    pub loaded: Arc<LoadedLibrary>,
    /// The site.
    pub site: Arc<Site>,
    /// The library that the site was made from: an earlier one while the site is held back.
    pub made_from: Arc<LoadedLibrary>,
    /// All problems of the library as it is now.
    pub report: Report,
    /// The pages whose files were edited since the state before, in the order of their files.
    pub edited: Vec<PageLink>,
    /// The published addresses of pictures and other files that changed since the state before.
    pub files: Vec<Address>,
    /// The pages that were shown once and are no longer at their addresses.
    pub former_pages: BTreeMap<Address, FormerPage>,
    /// The time of the site that is shown, if it is an earlier one because a file that all pages share has an error.
    pub held_back_since: Option<Time>,
    /// The last good pages of faulty documents.
    last_good_pages: BTreeMap<Address, LastGoodPage>,
    /// The faulty files when the site was made. Sorted.
    faulty_when_made: Vec<FilePath>,
    /// Whether the site can be shown: it is an earlier one, or no file that all pages share has an error.
    is_sound: bool,
}

/// The last good page of a faulty document.
#[derive(Clone, Debug)]
pub struct LastGoodPage {
    /// The document's file.
    pub file: FilePath,
    /// The page.
    pub page: Arc<[u8]>,
    /// The time of the last state in which the file could be read.
    pub from: Time,
}

/// The title and the address of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLink {
    /// Its title.
    pub title: String,
    /// Its address.
    pub address: Address,
}

/// The most files that count as edited by hand. If more change at once, a branch was probably switched.
const MAX_EDITED: usize = 20;

impl PreviewState {
    /// The state of a library at a time of day: at first, or after these files changed. The files are sorted.
    pub fn new(
        loaded: Arc<LoadedLibrary>,
        edition: &Edition,
        before: Option<&PreviewState>,
        changes: &[FilePath],
        at: Time,
    ) -> PreviewState {
        let mut made = loaded.site(edition);
        let may_fail =
            |before: &PreviewState| has_failed(&before.report) || loaded.may_templates_fail_since(&before.loaded);
        if before.is_none_or(may_fail) {
            made.problems.extend(template_problems_by_kind(&made.value));
        }
        let project = loaded.project();
        let report = locate(made.problems, &made.value.library.config.checks, |path| project.bytes(path));
        let faulty = faulty(&report, &made.value.library);
        let is_sound = !report.problems.iter().any(holds_back_all);
        let edited = changes.iter().take(MAX_EDITED).filter_map(|file| page_link(&made.value, file)).collect();
        let files = made.value.links.files.iter().filter(|(_, file)| changes.binary_search(file).is_ok());
        let files = files.map(|(address, _)| address.clone()).collect();
        let held_back = before.filter(|before| !is_sound && before.is_sound);
        PreviewState {
            loaded: loaded.clone(),
            number: before.map_or(1, |before| before.number + 1),
            at,
            former_pages: match (held_back, before) {
                (Some(before), _) => before.former_pages.clone(),
                (None, Some(before)) => former_pages(before, &made.value, &loaded, changes, at),
                (None, None) => BTreeMap::new(),
            },
            held_back_since: held_back.map(|before| before.held_back_since.unwrap_or(before.at)),
            last_good_pages: match (held_back, before) {
                (Some(before), _) => before.last_good_pages.clone(),
                (None, Some(before)) => last_good_pages(before, &faulty),
                (None, None) => BTreeMap::new(),
            },
            faulty_when_made: held_back.map_or(faulty, |before| before.faulty_when_made.clone()),
            is_sound: is_sound || held_back.is_some(),
            site: held_back.map_or_else(|| Arc::new(made.value), |before| before.site.clone()),
            made_from: held_back.map_or(loaded, |before| before.made_from.clone()),
            report,
            edited,
            files,
        }
    }

    /// Makes the search index of the site, unless it exists. Uses one thread, so that other pages do not have to wait.
    /// The next edit needs a new one.
    pub fn make_search(&self) {
        match ThreadPoolBuilder::new().num_threads(1).build() {
            Ok(one) => one.install(|| self.site.search_files()),
            Err(_) => self.site.search_files(),
        };
    }

    /// The last good page at an address, if its file is faulty now.
    pub fn last_good_page(&self, address: &Address) -> Option<&LastGoodPage> {
        self.last_good_pages.get(address)
    }

    /// The last good page of a file, if it is faulty now.
    pub fn last_good_page_of(&self, file: &FilePath) -> Option<&LastGoodPage> {
        self.last_good_pages.values().find(|last_good_page| last_good_page.file == *file)
    }

    /// Has the file of the page been faulty since it was first read, so that there is no good version to show?
    pub fn is_unready(&self, address: &Address) -> bool {
        let was_faulty = |file: FilePath| !is_shared(&file) && self.faulty_when_made.binary_search(&file).is_ok();
        !self.last_good_pages.contains_key(address) && self.file_of(address).is_some_and(was_faulty)
    }

    /// The file of the page at an address.
    pub fn file_of(&self, address: &Address) -> Option<FilePath> {
        if let Some(last_good_page) = self.last_good_pages.get(address) {
            return Some(last_good_page.file.clone());
        }
        file_of(&self.site, self.site.route(address)?)
    }
}

fn has_failed(report: &Report) -> bool {
    report.problems.iter().any(|problem| problem.code == Code::Template)
}

/// The files whose pages are not shown as they are: those with an error, unless it is a draft that can be read. Sorted.
fn faulty(report: &Report, library: &Library) -> Vec<FilePath> {
    let drafts = drafts(library);
    let errors = report.problems.iter().filter(|problem| problem.severity == Severity::Error);
    let holding = errors.filter(|error| error.code.leaves_file_unread() || !drafts.contains(&error.place.file));
    let files: BTreeSet<&FilePath> = holding.map(|error| &error.place.file).collect();
    files.into_iter().cloned().collect()
}

/// The files of drafts, if the library has drafts.
pub(super) fn drafts(library: &Library) -> HashSet<&FilePath> {
    let cases = library.cases.iter().map(|case| (&case.file.path, case.file.status));
    let pages = library.pages.iter().map(|page| (&page.file.path, page.file.status));
    cases.chain(pages).filter(|(_, status)| *status == Status::Draft).map(|(path, _)| path).collect()
}

/// Does a problem hold back every page?
pub(super) fn holds_back_all(problem: &Reported) -> bool {
    problem.severity == Severity::Error && is_shared(&problem.place.file)
}

/// The last good page of each document that is faulty now. `faulty` are the faulty files, sorted.
fn last_good_pages(before: &PreviewState, faulty: &[FilePath]) -> BTreeMap<Address, LastGoodPage> {
    let mut last_good_pages = before.last_good_pages.clone();
    last_good_pages.retain(|_, page| faulty.binary_search(&page.file).is_ok());
    let was_good = |file: &&FilePath| !is_shared(file) && before.faulty_when_made.binary_search(file).is_err();
    let from = before.held_back_since.unwrap_or(before.at);
    for file in faulty.iter().filter(was_good) {
        if let Some((address, route)) = page_of(&before.site, file)
            && let Ok(Content::Bytes(page)) = before.site.render(&address, &route)
        {
            last_good_pages.insert(address, LastGoodPage { file: file.clone(), page: page.into(), from });
        }
    }
    last_good_pages
}

/// The page that is made from a file.
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

/// The title and the address of a file's page.
pub(super) fn page_link(site: &Site, file: &FilePath) -> Option<PageLink> {
    let (address, route) = page_of(site, file)?;
    let title = match route {
        Route::Case(n) => &site.library.cases[n].file.title,
        Route::Withdrawn(n) => &site.library.withdrawn[n].file.title,
        Route::Page(n) => &site.library.pages[n].file.title,
        _ => &site.library.config.title,
    };
    Some(PageLink { title: title.clone(), address })
}

/// The file that a page is made from.
fn file_of(site: &Site, route: &Route) -> Option<FilePath> {
    let library = &site.library;
    match route {
        Route::Home => library.home.as_ref().map(|home| home.path.clone()),
        Route::Case(n) => Some(library.cases[*n].file.path.clone()),
        Route::Withdrawn(n) => Some(library.withdrawn[*n].file.path.clone()),
        Route::Page(n) => Some(library.pages[*n].file.path.clone()),
        Route::Vocabulary(vocabulary) => Some(library.vocabularies[*vocabulary].file.path.clone()),
        Route::Term(term, _) => Some(library.vocabularies.of(*term).file.path.clone()),
        Route::Glossary => Some(FilePath::new("content/glossary.yaml")),
        _ => None,
    }
}
