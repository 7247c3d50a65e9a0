//! The origin of a publication: a hash of everything that its pages are made from.
//!
//! Takes the files as read, the edition, and this program, which contains the theme and the code. All stages are pure,
//! so pages of the same origin have the same bytes, and a build whose origin is that of the site in the output makes no
//! page. Files that are copied are not part of the origin: they are compared with the output.

use blake3::Hash;
use rayon::prelude::*;

use crate::{
    model::Edition,
    problem::FilePath,
    source::{self, Project, SourceFile},
};

/// The hash of this program; none if it cannot be read, for example because it has just been replaced.
pub(super) fn program() -> Option<Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(source::program().ok()?).ok()?;
    Some(hasher.finalize())
}

/// The origin of the site that the program with this hash would make.
pub(super) fn origin(project: &Project, edition: &Edition, program: Hash) -> String {
    let mut hasher = blake3::Hasher::new();
    // Prefixed by its length, so that different lists of parts have different hashes.
    let mut add = |part: &[u8]| {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    };
    add(program.as_bytes());
    add(format!("{edition:?}").as_bytes());
    let of_file = |file: &SourceFile| match file {
        SourceFile::Text(bytes) => blake3::hash(bytes),
        SourceFile::TooLarge(size) => blake3::hash(&size.to_le_bytes()),
        SourceFile::Other(measured) => blake3::hash(format!("{measured:?}").as_bytes()),
    };
    let files: Vec<(&FilePath, Hash)> = project.files.par_iter().map(|(path, file)| (path, of_file(file))).collect();
    for (path, hash) in files {
        add(path.as_str().as_bytes());
        add(hash.as_bytes());
    }
    hasher.finalize().to_hex()[..32].to_owned()
}
