//! The old manifest and the files of the new site → the files that are new or changed, unchanged, and stale.

use std::path::Path;

use crate::{
    disk::FileStatus,
    output::{
        PlannedFile,
        manifest::{BuildRecord, Manifest, OutputState, Row},
        stage::MadeFile,
    },
};

/// The difference between the old site and the new one.
#[derive(Debug)]
pub struct SiteDiff {
    /// The new site.
    pub new: Manifest,
    /// Files that were written to the stage.
    pub fresh: Vec<String>,
    /// Files that the output has already, each with its status.
    pub kept: Vec<(String, FileStatus)>,
    /// Files of the old site that the new one does not have.
    pub stale: Vec<String>,
}

impl SiteDiff {
    /// The difference between the known state and these files, as planned and as made, with the record of this build.
    pub fn between<T>(
        old: &OutputState,
        files: &[PlannedFile<T>],
        made: Vec<MadeFile>,
        record: Option<&BuildRecord>,
    ) -> SiteDiff {
        let mut diff = SiteDiff { new: Manifest::default(), fresh: Vec::new(), kept: Vec::new(), stale: Vec::new() };
        let mut rows: Vec<(String, Row)> = Vec::with_capacity(files.len());
        for (PlannedFile { path, inputs, .. }, made) in files.iter().zip(made) {
            match made.kept {
                Some(found) => diff.kept.push((path.clone(), found)),
                None => diff.fresh.push(path.clone()),
            }
            rows.push((path.clone(), Row { fingerprint: made.fingerprint, inputs: inputs.clone() }));
        }
        diff.new = Manifest::new(rows).with_build_record(record);
        diff.stale = old.manifest.paths().filter(|path| !diff.new.lists(Path::new(path))).map(str::to_owned).collect();
        diff
    }

    /// Is the output up to date?
    pub fn is_up_to_date(&self) -> bool {
        self.fresh.is_empty() && self.stale.is_empty()
    }
}
