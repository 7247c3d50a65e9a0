//! The corridor: a project's bytes → a site and its problems. Read this first.
//!
//! Every stage is pure, gives a value that is complete, and gathers the problems that it meets. Nothing here knows the disk,
//! the clock or a socket: whoever calls it brings a [`Project`] and an [`Edition`], and asks the [`Site`] for the pages it
//! wants.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    check,
    model::{Documents, Edition, assemble, document::Body, related::Kinship},
    problem::{Checked, FilePath, Problem},
    read, search,
    site::{self, Site},
    source::Project,
};

/// A stage that has just ended, for whoever measures or shows progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Every file has been read into a document.
    Read,
    /// The library, its plan and its links are known.
    Model,
}

/// Makes the site of a project.
pub fn site(project: &Project, edition: &Edition) -> Checked<Site> {
    let Checked { value: site, problems } = unsearched(project, edition, |_| {});
    Checked::new(searched(site, project), problems)
}

/// Makes the site of a project without the files that it is searched with. `ended` is told of each stage as it ends.
pub fn unsearched(project: &Project, edition: &Edition, mut ended: impl FnMut(Stage)) -> Checked<Site> {
    let documents = read::read(project);
    ended(Stage::Read);
    let site = site_of(documents, project, edition);
    ended(Stage::Model);
    site
}

/// The same site with the files that it is searched with.
pub fn searched(site: Site, project: &Project) -> Site {
    let files = search_files(&site, project);
    site.searched_with(files)
}

/// Makes the site of documents that have been read, of which a preview keeps those that were not edited.
pub fn site_of(documents: Checked<Documents>, project: &Project, edition: &Edition) -> Checked<Site> {
    let Checked { value: documents, mut problems } = documents;
    let theme = || site::theme::load(&documents.config, &project.theme_files(), read::highlight::stylesheet());
    let planned = || {
        let library = assemble(&documents, edition);
        let laid_out = || {
            let plan = site::plan::plan(&library.value);
            let links = site::links::links(&documents, &library.value, &plan.value, edition);
            (plan, links)
        };
        let (kinship, (plan, links)) = rayon::join(|| Kinship::of(&library.value), laid_out);
        (library, kinship, plan, links)
    };
    let alone = || (theme(), check::check(&documents, edition));
    let ((theme, checked), (library, kinship, plan, links)) = rayon::join(alone, planned);
    problems.extend(checked);
    let (library, theme) = (library.unload(&mut problems), theme.unload(&mut problems));
    let (plan, links) = (plan.unload(&mut problems), links.unload(&mut problems));
    let problems = check::unpublished::judged(problems, &documents, edition);
    Checked::new(site::frame::site(library, plan, theme, links, kinship), problems)
}

/// The files that a site is searched with, by their path under `search/`. A build makes them with the site, a preview when
/// they are first asked for.
pub fn search_files(site: &Site, project: &Project) -> BTreeMap<String, Vec<u8>> {
    search::files(&site.library, |path, body| prose(path, body, project))
}

/// The plain words of a body, line by line, and after an empty line those of its notes.
pub fn prose(path: &FilePath, body: &Body, project: &Project) -> String {
    let text = project.bytes(path).and_then(|bytes| std::str::from_utf8(bytes).ok());
    text.map_or(String::new(), |text| read::markdown::prose::prose(text, body.span.clone()))
}

/// Makes the site of a project and every page of it, for the sake of the problems alone.
pub fn checked(project: &Project, edition: &Edition) -> Checked<Site> {
    let Checked { value: site, mut problems } = unsearched(project, edition, |_| {});
    let routes: Vec<_> = site.routes().collect();
    let fault = |(address, route)| site.render(address, route).err().map(|fault| *fault);
    let faults: Vec<Problem> = routes.into_par_iter().filter_map(fault).collect();
    problems.extend(faults);
    Checked::new(site, problems)
}
