//! The origin of a publication: a hash of everything that it is made of.
//!
//! Takes the files, the edition and this very program, whose theme and code are in it. Two publications of one origin have the
//! same bytes, since everything between is pure; so a build whose origin is that of the site which stands in the output has
//! nothing to make.

use std::path::Path;

use rayon::prelude::*;

use crate::{
    failure::Failure,
    model::Edition,
    problem::FilePath,
    site::Site,
    source::{self, Project, SourceFile},
};

/// The origin of the publication of a site.
pub(super) fn origin(site: &Site, project: &Project, edition: &Edition, root: &Path) -> Result<String, Failure> {
    let mut hasher = blake3::Hasher::new();
    // With its length before it, so that no two lists of parts look alike.
    let mut add = |part: &[u8]| {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    };
    add(&source::program()?);
    add(format!("{edition:?}").as_bytes());
    for (path, file) in &project.files {
        add(path.as_str().as_bytes());
        if let SourceFile::Text(bytes) = file {
            add(bytes);
        }
    }
    let published: Vec<&FilePath> = site.links.files.values().collect();
    let hashes: Vec<_> = published.par_iter().map(|path| hash(root, path)).collect::<Result<_, _>>()?;
    hashes.iter().for_each(|hash| add(hash.as_bytes()));
    Ok(hasher.finalize().to_hex()[..32].to_owned())
}

/// The hash of a file that is published as it is. Such files are not held in memory.
fn hash(root: &Path, path: &FilePath) -> Result<blake3::Hash, Failure> {
    Ok(blake3::hash(&source::read_file(root, path)?))
}
