//! The stages in order: the files of a project → a site and its problems. Read this first.
//!
//! Every stage is pure, returns a complete value, and collects the problems that it finds. [`read()`] is separate from
//! [`site()`] because a preview reads only the files that changed, and then makes the whole site. Nothing here uses the
//! disk, the clock or a socket: the caller passes a [`Project`] and an [`Edition`], and asks the [`Site`] for the pages
//! that it needs.

use std::sync::Arc;

use crate::{
    check,
    model::{Config, Documents, Edition, assemble, related::RelatedIndex},
    problem::{Checked, Code, FilePath, Problem, Severity, report::locate::level},
    read::{self, Document},
    site::{
        self, Site,
        theme::{Theme, ThemeSource},
    },
    source::Project,
};

/// The documents of a project, and the theme that it has chosen.
#[derive(Clone, Debug)]
pub struct Contents {
    /// Every document, and the problems of each file by itself.
    pub documents: Checked<Documents>,
    /// The templates, styles and texts of the interface.
    pub theme: Checked<Arc<Theme>>,
}

/// Reads every file of a project.
pub fn read(project: &Project) -> Contents {
    let documents = read::read(project);
    let theme = theme(theme_source(project, &documents.value.config));
    Contents { documents, theme }
}

/// The files and settings that the theme is loaded from. While they are the same, so is the theme.
pub fn theme_source(project: &Project, config: &Config) -> ThemeSource {
    ThemeSource::new(config, project.theme_files(), site::highlight::stylesheet())
}

/// Loads a theme.
pub fn theme(source: ThemeSource) -> Checked<Arc<Theme>> {
    let Checked { value, problems } = site::theme::load(source);
    Checked::new(Arc::new(value), problems)
}

/// Makes the site from documents and theme.
pub fn site(contents: &Contents, edition: &Edition) -> Checked<Site> {
    let documents = &contents.documents.value;
    let planned = || {
        let library = assemble(documents, edition);
        let plan_and_links = || {
            let plan = site::plan::plan(&library.value);
            let links = site::links::links(documents, &library.value, &plan.value, edition);
            (plan, links)
        };
        let (plan_and_links, related) = rayon::join(plan_and_links, || RelatedIndex::of(&library.value));
        (library, plan_and_links, related)
    };
    let (checked, (library, (plan, links), related)) = rayon::join(|| check::check(documents, edition), planned);
    let mut problems = [&contents.documents.problems[..], &checked, &contents.theme.problems].concat();
    let (library, plan) = (library.into_value(&mut problems), plan.into_value(&mut problems));
    let links = links.into_value(&mut problems);
    problems.extend(site::unused_files::unused_files(documents, &links.named));
    problems.extend(site::unused_files::pictures(documents, &links.named));
    let problems = check::unpublished::marked(problems, documents, edition);
    let checks = &library.config.checks;
    let errors = problems.iter().filter(|problem| level(problem, checks) == Some(Severity::Error));
    let faulty = errors.map(|error| error.spot.file.clone()).collect();
    Checked::new(Site::new(library, plan, contents.theme.value.clone(), links, related, faulty), problems)
}

/// The problems of one document that was edited after a site was made, found quickly for an editor in which somebody
/// types. Terms and links are looked up in that site and its documents. Problems that only a look at all documents
/// shows are left out: two cases with one title or one address, a missing related case.
pub fn document(
    path: &FilePath,
    edited: Checked<Document>,
    documents: &Documents,
    site: &Site,
    edition: &Edition,
) -> Vec<Problem> {
    let mut problems = edited.problems;
    let alone = read::documents_of_file(path, edited.value, documents);
    problems.extend(check::check(&alone, edition));
    problems.extend(assemble(&alone, edition).problems.into_iter().filter(|problem| problem.code != Code::UnknownCase));
    problems.extend(site::links::problems_of(&alone, documents, &site.library, &site.plan, edition));
    problems.retain(|problem| problem.spot.file == *path);
    check::unpublished::marked(problems, &alone, edition)
}
