//! The corridor: a project's files → a site and its problems. Read this first.
//!
//! Every stage is pure, gives a value that is complete, and gathers the problems that it meets. Reading comes before: it is
//! the one stage of which a preview repeats only a part. Nothing here knows the disk,
//! the clock or a socket: whoever calls it brings a [`Project`] and an [`Edition`], and asks the [`Site`] for the pages it
//! wants.

use crate::{
    check,
    model::{Documents, Edition, assemble},
    problem::Checked,
    read,
    site::{self, Site},
    source::Project,
};

/// Makes the site of a project whose files have been read: all of them by a build, and by a preview those that were edited.
pub fn site(project: &Project, documents: Checked<Documents>, edition: &Edition) -> Checked<Site> {
    let Checked { value: documents, mut problems } = documents;
    let theme = || site::theme::load(&documents.config, &project.theme_files(), read::highlight::stylesheet());
    let planned = || {
        let library = assemble(&documents, edition);
        let plan = site::plan::plan(&library.value);
        let links = site::links::links(&documents, &library.value, &plan.value, edition);
        (library, plan, links)
    };
    let alone = || (theme(), check::check(&documents, edition));
    let ((theme, checked), (library, plan, links)) = rayon::join(alone, planned);
    problems.extend(checked);
    let (library, theme) = (library.unload(&mut problems), theme.unload(&mut problems));
    let (plan, links) = (plan.unload(&mut problems), links.unload(&mut problems));
    problems.extend(site::unread::unread(&documents, &links.named));
    let problems = check::unpublished::judged(problems, &documents, edition);
    Checked::new(Site::new(library, plan, theme, links), problems)
}
