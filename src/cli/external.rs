//! `casebook check --external`: requests each address of another site that pages link to, once.

use std::{collections::BTreeSet, path::Path, time::Instant};

use jiff::civil::Date;
use rayon::prelude::*;
use url::Url;

use super::{error::CommandError, progress::Progress, terminal::Terminal};
use crate::{
    disk::is_absent,
    external::{
        self, Limits,
        addresses::{archived, linked, of_setting, places},
        answered::AnsweredAddresses,
    },
    failure::Failure,
    model::config::SettingsLink,
    output,
    problem::{
        Code, FilePath, Problem,
        report::locate::{Checks, locate},
    },
    site::{Content, Site},
    source::Project,
};

/// The most addresses that are named in a note.
const MAX_NAMED: usize = 10;

/// What is to be asked, and what is known already.
pub(super) struct LinkCheck<'a> {
    pub(super) site: &'a Site,
    pub(super) project: &'a Project,
    /// The file of the addresses that worked in earlier runs.
    pub(super) cache: Option<&'a Path>,
    pub(super) day: Date,
    /// Whether problems of a file are reported. An address that stands in no such file is not asked.
    pub(super) is_wanted: &'a dyn Fn(&FilePath) -> bool,
}

/// What the addresses of other sites answered.
#[derive(Default)]
pub(super) struct Answers {
    /// A problem for each address that is dead or has moved.
    pub(super) problems: Vec<Problem>,
    /// The failure, if none of them could be reached. Then nothing is known about them.
    pub(super) failure: Option<Failure>,
}

/// Asks every address. Those without a certain answer are named in a note.
pub(super) fn check(
    check: &LinkCheck<'_>,
    progress: &Progress,
    terminal: &mut Terminal,
) -> Result<Answers, CommandError> {
    let LinkCheck { site, project, cache, day, is_wanted } = *check;
    if site.library.config.checks.get(&Code::DeadLink) == Some(&None) {
        return Ok(Answers::default());
    }
    let known = cache.map(read_cache).transpose()?.unwrap_or_default();
    let files = project.files.keys().filter_map(|path| Some((path, project.bytes(path)?)));
    let sources = site.library.cases.iter().flat_map(|case| &case.file.sources);
    let mut outside = places(&addresses(site), &archived(sources), files);
    // A problem is reported at its first place.
    outside.iter_mut().for_each(|one| one.spots.sort_by_key(|spot| !is_wanted(&spot.file)));
    outside.retain(|one| one.spots.first().is_some_and(|spot| is_wanted(&spot.file)));
    let all = outside.len();
    outside.retain(|one| !known.is_fresh(one.address.as_str(), day));
    if let Some(file) = cache {
        // The cache is written unchanged first, so that a refusal comes before any request.
        output::named_file::write(file, known.text().as_bytes())?;
    }
    progress.steps("asking other sites", outside.len());
    let begun = Instant::now();
    let found = external::check(&outside, Limits::default(), &|| begun.elapsed(), &|| progress.step());
    progress.end();
    terminal.detail(&format!("{} of {all} addresses of other sites were asked", outside.len()));
    if !found.has_reached && outside.len() > 2 {
        let refused = std::io::Error::other("none of the addresses could be reached");
        let failure = Failure::new("reach other sites", refused).with_help("look at this machine's connection");
        return Ok(Answers { problems: Vec::new(), failure: Some(failure) });
    }
    if let Some(file) = cache {
        output::named_file::write(file, known.with(&found.working, day).text().as_bytes())?;
    }
    note_uncertain(found.uncertain, project, terminal);
    Ok(Answers { problems: found.problems, failure: None })
}

/// Names the addresses that refuse programs, each with its place: the first few, and all if details are wanted.
fn note_uncertain(uncertain: Vec<Problem>, project: &Project, terminal: &mut Terminal) {
    let report = locate(uncertain, &Checks::new(), |path| project.bytes(path));
    let count = report.problems.len();
    if count == 0 {
        return;
    }
    let lines: Vec<String> = report
        .problems
        .iter()
        .map(|one| format!("\n  {}:{}:{} {}", one.place.file, one.place.line, one.place.column, one.message))
        .collect();
    let (named, others) = lines.split_at(count.min(MAX_NAMED));
    let more = match others.len() {
        0 => String::new(),
        more => format!("\n  and {more} more, which `--verbose` names"),
    };
    terminal.note(&format!(
        "{count} address{} may be well but will not answer a program; look at {} yourself:{}{more}",
        if count == 1 { "" } else { "es" },
        if count == 1 { "it" } else { "them" },
        named.concat()
    ));
    others.iter().for_each(|line| terminal.detail(line.trim_start_matches('\n')));
}

/// The addresses that worked in earlier runs. The file will be replaced, so one that Casebook did not write is refused.
fn read_cache(file: &Path) -> Result<AnsweredAddresses, CommandError> {
    let shown = file.display();
    let bytes = match output::named_file::read(file) {
        Ok(bytes) => bytes.unwrap_or_default(),
        Err(error) if is_absent(&error) => {
            let message = format!("the folder that is to hold the cache {shown} does not exist");
            return Err(CommandError::usage(message, "make the folder, or name another file with `--cache`"));
        }
        Err(error) => {
            let message = format!("the cache {shown} cannot be used: {error}");
            return Err(CommandError::usage(message, "name another file with `--cache`"));
        }
    };
    AnsweredAddresses::parse(&bytes).ok_or_else(|| {
        let message = format!("{shown} is not a cache that `check --external` wrote, so it was left as it is");
        CommandError::usage(message, "name another file with `--cache`, or delete this one")
    })
}

/// Every address of another site that a page links to, and those of the settings that only some libraries show or that
/// only scripts use. A page that cannot be made has been reported already.
fn addresses(site: &Site) -> BTreeSet<Url> {
    let base = &site.library.config.base;
    let own = base.origin.as_ref().map(|origin| format!("{origin}{}", base.path));
    let routes: Vec<_> = site.pages().filter(|(address, _)| address.output_path().ends_with(".html")).collect();
    let of_page = |(address, route)| match site.render(address, route) {
        Ok(Content::Bytes(bytes)) => linked(&String::from_utf8_lossy(&bytes), own.as_deref()),
        _ => Vec::new(),
    };
    let mut found: BTreeSet<Url> = routes.into_par_iter().flat_map_iter(of_page).collect();
    let config = &site.library.config;
    let events = config.events.iter().filter_map(|event| match &event.url {
        Some(SettingsLink::Elsewhere(address)) => Some(address.as_str()),
        _ => None,
    });
    let repository = config.contribute.iter().filter_map(|contribute| contribute.repository.as_deref());
    found.extend(events.chain(repository).filter_map(of_setting));
    found
}
