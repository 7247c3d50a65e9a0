//! An unchanged library about which nothing was reported: its site is published already, so the build repeats what it
//! said of it. Its files are hashed, and none of them is parsed.
//!
//! The manifest of the site keeps what is repeated. It is published with the site, so it has nothing of cases that are
//! not.

use std::{collections::BTreeMap, path::Path};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::summary::SiteFacts;
use crate::{
    output::{self, Published, Unpublished, manifest::Manifest, target::OutputTarget},
    problem::{FilePath, report::Report},
    site::Site,
    source::{self, Project},
};

/// What the manifest keeps of a site about which nothing was reported.
#[derive(Serialize, Deserialize)]
struct Kept {
    #[serde(flatten)]
    facts: SiteFacts,
    /// The file of the library from which each file of the output is copied. These are compared, since their bytes are
    /// not part of the inputs.
    copied: BTreeMap<String, String>,
}

/// What the manifest of a site keeps; none if there was something to report.
pub(super) fn kept(site: &Site, report: &Report) -> Option<Value> {
    let facts = SiteFacts::of(site);
    if !report.problems.is_empty() || facts.future_count > 0 || facts.only_drafts > 0 {
        return None;
    }
    let copied = site.links.files.iter().map(|(address, file)| (address.output_path(), file.as_str().to_owned()));
    serde_json::to_value(Kept { facts, copied: copied.collect() }).ok()
}

/// The site in the output, if it has these inputs, is complete, and nothing was reported about it.
pub(super) fn published_before<E>(
    manifest: &Manifest,
    inputs_hash: &str,
    project: &Project,
    target: &OutputTarget,
    root: &Path,
) -> Result<Option<(SiteFacts, Published)>, Unpublished<E>> {
    let summary = manifest
        .build_record()
        .filter(|record| record.inputs_hash == inputs_hash)
        .and_then(|record| record.summary.clone());
    let Some(Kept { facts, copied }) = summary.and_then(|summary| serde_json::from_value(summary).ok()) else {
        return Ok(None);
    };
    let copied: Vec<(String, FilePath)> = copied.into_iter().map(|(path, file)| (path, FilePath::new(file))).collect();
    // A manifest that was tampered with may name anything.
    if copied.iter().any(|(_, file)| !project.files.contains_key(file)) {
        return Ok(None);
    }
    let found = output::up_to_date(target, inputs_hash, &copied, |file| source::read_file(root, file))?;
    Ok(found.map(|published| (facts, published)))
}
