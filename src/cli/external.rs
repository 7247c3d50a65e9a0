//! `casebook check --external`: requests each address of another site that pages link to, once.

use std::{collections::BTreeSet, path::Path};

use jiff::civil::Date;
use rayon::prelude::*;
use url::Url;

use super::{error::CommandError, progress::Progress, terminal::Terminal};
use crate::{
    external::{
        self,
        addresses::{archived, linked, places},
        answered::AnsweredAddresses,
    },
    failure::Failure,
    output,
    problem::{Code, Problem},
    site::{Content, Site},
    source::{self, Project},
};

/// The most addresses that are named in a note.
const NAMED: usize = 10;

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
    let known = match cache {
        Some(file) => {
            source::read_named(file)?.map_or_else(AnsweredAddresses::default, |bytes| AnsweredAddresses::parse(&bytes))
        }
        None => AnsweredAddresses::default(),
    };
    let files = project.files.keys().filter_map(|path| Some((path, project.bytes(path)?)));
    let sources = site.library.cases.iter().flat_map(|case| &case.file.sources);
    let mut outside = places(&addresses(site), &archived(sources), files);
    let all = outside.len();
    outside.retain(|one| !known.is_fresh(one.address.as_str(), day));
    progress.steps("asking other sites", outside.len());
    let found = external::check(&outside, &|| progress.step());
    progress.end();
    terminal.detail(&format!("{} of {all} addresses of other sites were asked", outside.len()));
    if found.unreached == outside.len() && outside.len() > 2 {
        let refused = std::io::Error::other("none of the addresses could be reached");
        return Err(Failure::new("reach other sites", refused).with_help("look at this machine's connection").into());
    }
    if let Some(file) = cache {
        output::named_file::write(file, known.with(&found.working, day).text().as_bytes())?;
    }
    if !found.uncertain.is_empty() {
        let named: Vec<String> =
            found.uncertain.iter().take(NAMED).map(|(address, why)| format!("\n  {address} {why}")).collect();
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

/// Every address of another site that a page links to. A page that cannot be made has been reported already.
fn addresses(site: &Site) -> BTreeSet<Url> {
    let base = &site.library.config.base;
    let own = base.origin.as_ref().map(|origin| format!("{origin}{}", base.path));
    let routes: Vec<_> = site.pages().filter(|(address, _)| address.output_path().ends_with(".html")).collect();
    let of_page = |(address, route)| match site.render(address, route) {
        Ok(Content::Bytes(bytes)) => linked(&String::from_utf8_lossy(&bytes), own.as_deref()).collect(),
        _ => Vec::new(),
    };
    routes.into_par_iter().flat_map_iter(of_page).collect()
}
