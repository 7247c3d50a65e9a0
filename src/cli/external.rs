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
        addresses::{archived, linked, places},
        answered::AnsweredAddresses,
    },
    failure::Failure,
    output,
    problem::{Code, Problem},
    site::{Content, Site},
    source::Project,
};

/// The most addresses that are named in a note.
const MAX_NAMED: usize = 10;

/// A problem for each address that is dead or has moved. Addresses without a certain answer are named in a note.
pub(super) fn check(
    site: &Site,
    project: &Project,
    cache: Option<&Path>,
    day: Date,
    progress: &Progress,
    terminal: &mut Terminal,
) -> Result<Vec<Problem>, CommandError> {
    if site.library.config.checks.get(&Code::DeadLink) == Some(&None) {
        return Ok(Vec::new());
    }
    let known = cache.map(read_cache).transpose()?.unwrap_or_default();
    let files = project.files.keys().filter_map(|path| Some((path, project.bytes(path)?)));
    let sources = site.library.cases.iter().flat_map(|case| &case.file.sources);
    let mut outside = places(&addresses(site), &archived(sources), files);
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
        return Err(Failure::new("reach other sites", refused).with_help("look at this machine's connection").into());
    }
    if let Some(file) = cache {
        output::named_file::write(file, known.with(&found.working, day).text().as_bytes())?;
    }
    if !found.uncertain.is_empty() {
        let named: Vec<String> =
            found.uncertain.iter().take(MAX_NAMED).map(|(address, why)| format!("\n  {address} {why}")).collect();
        let count = found.uncertain.len();
        terminal.note(&format!(
            "{count} address{} may be well but will not answer a program; look at {} yourself:{}",
            if count == 1 { "" } else { "es" },
            if count == 1 { "it" } else { "them" },
            named.concat()
        ));
    }
    Ok(found.problems)
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

/// Every address of another site that a page links to. A page that cannot be made has been reported already.
fn addresses(site: &Site) -> BTreeSet<Url> {
    let base = &site.library.config.base;
    let own = base.origin.as_ref().map(|origin| format!("{origin}{}", base.path));
    let routes: Vec<_> = site.pages().filter(|(address, _)| address.output_path().ends_with(".html")).collect();
    let of_page = |(address, route)| match site.render(address, route) {
        Ok(Content::Bytes(bytes)) => linked(&String::from_utf8_lossy(&bytes), own.as_deref()),
        _ => Vec::new(),
    };
    routes.into_par_iter().flat_map_iter(of_page).collect()
}
