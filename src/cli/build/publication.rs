//! Publishes a checked site: into the output and, if asked for, into an archive.

use std::{
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use serde_json::Value;

use super::{
    refused,
    summary::{Seconds, timed, wall_clock_share},
};
use crate::{
    cli::{error::CommandError, inputs::PageInputs, progress::Progress},
    export,
    failure::Failure,
    model::Address,
    output::{self, PlannedFile, Published, Unpublished, manifest::BuildRecord, target::OutputTarget},
    problem::{FilePath, Problem},
    site::{Content, FaultyPage, Site, fault, route::Route},
    source,
};

/// A checked site, and where it is published.
pub(super) struct Publication<'a> {
    pub(super) site: &'a Site,
    /// The library's folder, from which files are copied.
    pub(super) root: &'a Path,
    pub(super) target: &'a OutputTarget,
    pub(super) progress: &'a Progress,
}

/// The reason why a page could not be made.
pub(super) enum PageFailure {
    Template(FaultyPage),
    Disk(Failure),
}

impl<'s> Publication<'s> {
    /// Publishes the site, unless the output has it already. An archive needs every page, even if the output is up to
    /// date.
    pub(super) fn publish(
        &self,
        inputs: Option<&PageInputs>,
        summary: Option<Value>,
        with_archive: bool,
        seconds: &mut Seconds,
    ) -> Result<Published, Unpublished<PageFailure>> {
        if let Some(inputs) = inputs.filter(|_| !with_archive)
            && let Some(published) = self.up_to_date(inputs.all())?
        {
            return Ok(published);
        }
        self.progress.stage("making the search index");
        timed(&mut seconds.search, || self.site.search_files());
        let rendering = AtomicU64::new(0);
        let published = timed(&mut seconds.publish, || self.publish_pages(inputs, summary, &rendering));
        seconds.render = wall_clock_share(Duration::from_nanos(rendering.into_inner()));
        published
    }

    /// The site in the output, if it is up to date: it has the same inputs, and every copied file is unchanged.
    fn up_to_date(&self, inputs_hash: &str) -> Result<Option<Published>, Unpublished<PageFailure>> {
        let files = self.site.links.files.iter();
        let files: Vec<(String, &FilePath)> = files.map(|(address, file)| (address.output_path(), file)).collect();
        output::up_to_date(self.target, inputs_hash, &files, |file| source::read_file(self.root, file))
    }

    /// Makes every page and publishes the site. Adds the nanoseconds that all threads spent on pages to `rendering`.
    fn publish_pages(
        &self,
        inputs: Option<&PageInputs>,
        summary: Option<Value>,
        rendering: &AtomicU64,
    ) -> Result<Published, Unpublished<PageFailure>> {
        let planned = |source: (&'s Address, &'s Route)| PlannedFile {
            path: source.0.output_path(),
            inputs: inputs.and_then(|inputs| inputs.of_route(source.1, &self.site.library)),
            source,
        };
        let files: Vec<_> = self.site.routes().map(planned).collect();
        self.progress.steps("publishing", files.len());
        let record = inputs.map(|inputs| BuildRecord { inputs_hash: inputs.all().to_owned(), summary });
        output::publish(self.target, record.as_ref(), &files, |file| {
            let start = Instant::now();
            let (address, route) = file.source;
            let content = self.site.render(address, route).map_err(PageFailure::Template);
            let nanoseconds = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
            rendering.fetch_add(nanoseconds, Ordering::Relaxed);
            self.progress.step();
            bytes(content?, self.root)
        })
    }
}

fn bytes(content: Content, root: &Path) -> Result<Vec<u8>, PageFailure> {
    match content {
        Content::Bytes(bytes) => Ok(bytes),
        Content::File(path) => source::read_file(root, &path).map_err(PageFailure::Disk),
    }
}

/// Writes the whole site into one file, without files that only hosts need. If templates fail, no archive is written,
/// and their problems are given.
pub(super) fn write_archive<'s>(site: &'s Site, root: &Path, file: &Path) -> Result<Vec<Problem>, CommandError> {
    let is_kept = |route: &Route| !matches!(route, Route::Redirects | Route::Headers | Route::NoJekyll);
    let mut routes: Vec<_> = site.routes().filter(|(_, route)| is_kept(route)).collect();
    routes.sort_by_cached_key(|(address, _)| address.output_path());
    let planned = |source: (&'s Address, &'s Route)| {
        let path = source.0.output_path();
        let path = if export::archive::is_index(&path) { path + ".js" } else { path };
        PlannedFile { path, inputs: None, source }
    };
    let files: Vec<_> = routes.into_iter().map(planned).collect();
    let (base, notice) = (&site.library.config.base, &site.theme.words.archive_notice);
    let made = output::archive::write(file, &files, |entry| {
        let (address, route) = entry.source;
        let bytes = bytes(site.render(address, route).map_err(PageFailure::Template)?, root)?;
        if matches!(route, Route::SearchFile(_)) && export::archive::is_index(&address.output_path()) {
            return Ok(export::archive::index_script(&bytes).into_bytes());
        }
        Ok(match String::from_utf8(bytes) {
            Ok(module) if export::archive::is_module(&entry.path) => export::archive::script(&module).into_bytes(),
            Ok(html) if entry.path.ends_with(".html") => {
                export::archive::page(&html, address, base, notice).into_bytes()
            }
            Ok(text) => text.into_bytes(),
            Err(binary) => binary.into_bytes(),
        })
    });
    problems_of_archive(made)
}

/// The problems of templates, if they stopped the archive. Anything else that stopped it ends the command.
fn problems_of_archive(made: Result<(), Unpublished<PageFailure>>) -> Result<Vec<Problem>, CommandError> {
    match made {
        Ok(()) => Ok(Vec::new()),
        Err(Unpublished::Machine(failure) | Unpublished::Partly(failure)) => Err(failure.into()),
        Err(Unpublished::Refused(refusal)) => Err(refused(refusal)),
        Err(Unpublished::Content(failures)) => template_problems(failures),
    }
}

/// The problems of templates that failed. An error of the disk, such as a file that has been removed since it was read,
/// ends the command.
pub(super) fn template_problems(failures: Vec<PageFailure>) -> Result<Vec<Problem>, CommandError> {
    let mut pages = Vec::new();
    for failure in failures {
        match failure {
            PageFailure::Template(page) => pages.push(page),
            PageFailure::Disk(failure) => return Err(failure.into()),
        }
    }
    Ok(fault::problems(pages.iter().map(|page| (page, 1))))
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::{problem::Spot, site::TemplateFault};

    fn failed_template() -> PageFailure {
        let spot = Spot::whole(&FilePath::new("themes/own/page.html"));
        let faults = vec![TemplateFault { spot, cause: "there is no `titel`".to_owned() }];
        PageFailure::Template(FaultyPage { address: Address::page(["about"]), faults })
    }

    #[test]
    fn a_template_that_fails_for_the_archive_is_a_problem() {
        let made = problems_of_archive(Err(Unpublished::Content(vec![failed_template()])));
        let Ok(problems) = made else { panic!("problems do not end the command") };
        let files: Vec<&str> = problems.iter().map(|problem| problem.spot.file.as_str()).collect();
        assert_eq!(files, ["themes/own/page.html"]);
    }

    #[test]
    fn a_file_that_vanished_before_it_was_archived_ends_the_command() {
        let gone = Failure::at("read", Path::new("content/a.png"))(io::ErrorKind::NotFound.into());
        let failures = vec![failed_template(), PageFailure::Disk(gone)];
        assert!(problems_of_archive(Err(Unpublished::Content(failures))).is_err());
    }
}
