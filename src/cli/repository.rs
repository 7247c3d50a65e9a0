//! The repository that a library is in.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::source;

/// The path of a library from the root of its repository, with forward slashes; empty at the root, and for a library in
/// no repository.
pub(super) fn path_in_repository(library: &Path) -> String {
    let path = || {
        let library = source::true_path(library).ok()?;
        let workspace = workspace();
        let repository = source::find_repository(&library).or(workspace.as_deref())?;
        let parts = library.strip_prefix(repository).ok()?.components();
        Some(parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
    };
    path().unwrap_or_default()
}

/// The folder of a job on GitHub, which is the root of a repository that was fetched without git.
fn workspace() -> Option<PathBuf> {
    source::true_path(Path::new(&env::var_os("GITHUB_WORKSPACE")?)).ok()
}
