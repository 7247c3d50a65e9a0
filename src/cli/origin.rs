//! The origin of a publication: a hash of all that its pages are made of.
//!
//! Takes the files as they were read, the edition and this very program, whose theme and code are in it. Everything between is
//! pure, so pages of one origin are the same to the byte, and a build whose origin is that of the site which stands in the
//! output has none to make. Files that are published as they are belong to no origin: they are compared with the output.

use crate::{
    model::Edition,
    source::{self, Project, SourceFile},
};

/// The origin of a publication; none where this program cannot be read, as when it has just been replaced.
pub(super) fn origin(project: &Project, edition: &Edition) -> Option<String> {
    let mut hasher = blake3::Hasher::new();
    // With its length before it, so that no two lists of parts look alike.
    let mut add = |part: &[u8]| {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    };
    add(&source::program().ok()?);
    add(format!("{edition:?}").as_bytes());
    for (path, file) in &project.files {
        add(path.as_str().as_bytes());
        match file {
            SourceFile::Text(bytes) => add(bytes),
            SourceFile::TooLarge(size) => add(&size.to_le_bytes()),
            SourceFile::Other(measured) => add(format!("{measured:?}").as_bytes()),
        }
    }
    Some(hasher.finalize().to_hex()[..32].to_owned())
}
