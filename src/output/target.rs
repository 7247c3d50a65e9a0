//! An output as the user names it → a folder that may be published to, or a refusal with a way out.
//!
//! Reads the disk and changes nothing, so the check comes before all other work.

use std::{
    env, fmt, fs, io,
    path::{Component, Path, PathBuf},
};

use crate::output::{manifest, own_name::OWN_PREFIX};

/// A folder that Casebook may publish to. It need not exist yet.
#[derive(Clone, Debug)]
pub struct OutputTarget {
    folder: PathBuf,
    in_place: bool,
}

impl OutputTarget {
    /// The folder's true path: absolute, without links.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes it a target for publishing file by file.
    #[must_use]
    pub fn in_place(self) -> OutputTarget {
        OutputTarget { in_place: true, ..self }
    }

    /// Is it published to file by file?
    pub fn is_in_place(&self) -> bool {
        self.in_place
    }
}

/// The reason why a folder may not be written. Shown as one sentence; [`Refusal::help`] is the way out.
#[derive(Debug)]
pub enum Refusal {
    /// It cannot be reached: a broken link, a file in place of a folder above it, or no permission.
    Unreachable(PathBuf, io::Error),
    /// It is a file.
    File(PathBuf),
    /// The name of the hidden folder beside it, which is longer than its own, is too long for the disk.
    LongName(PathBuf),
    /// It is, or contains, the library.
    HoldsLibrary(PathBuf),
    /// It is, or contains, the user's home folder.
    HoldsHome(PathBuf),
    /// It is in one of the library's own folders.
    InSource(PathBuf, &'static str),
    /// It contains files that Casebook did not make.
    NotOurs(PathBuf),
    /// It contains a site, but no manifest.
    NoManifest(PathBuf),
    /// Its manifest cannot be read, and it contains these files or folders, which the site does not have; at least one.
    DamagedManifest(PathBuf, Vec<PathBuf>),
    /// The hidden folder contains something that Casebook did not put there.
    HiddenFolder(PathBuf),
    /// The archive cannot be reached: the folder that is to hold it does not exist, or there is no permission.
    ArchiveUnreachable(PathBuf, io::Error),
    /// The archive is in one of the library's own folders.
    ArchiveInSource(PathBuf, &'static str),
    /// The archive would replace a file that is not an archive of Casebook's.
    NotAnArchive(PathBuf),
    /// A file of the site is a mount point, which can be neither replaced nor moved.
    MountedFile(PathBuf),
    /// These foreign files are at paths of the site; at least one.
    Foreign(Vec<PathBuf>),
}

impl Refusal {
    /// The way out.
    pub fn help(&self) -> &'static str {
        match self {
            Refusal::NotOurs(_) => "empty the folder, or give another with `--output`",
            Refusal::NoManifest(_) | Refusal::DamagedManifest(..) => {
                "put the file `.casebook-manifest` of the last build back, or move your own files out and empty the folder"
            }
            Refusal::LongName(_) => "give the folder a shorter name, or publish into it with `--in-place`",
            Refusal::HiddenFolder(_) => {
                "look at what it is, move it away, and build again; nothing that it holds or leads to was touched"
            }
            Refusal::ArchiveUnreachable(..) => {
                "make the folder that is to hold the archive, or give another place with `--archive`"
            }
            Refusal::ArchiveInSource(..) => "give another place with `--archive`",
            Refusal::NotAnArchive(_) => "give the archive another name with `--archive`",
            Refusal::MountedFile(_) => "unmount it, or change the address of the page there",
            Refusal::Foreign(_) => "move it out of the folder, or change the address of the page there",
            _ => "give another folder with `--output`",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Unreachable(path, error) => write!(f, "the output {} cannot be reached: {error}", path.display()),
            Refusal::File(path) => write!(f, "the output {} is a file, not a folder", path.display()),
            Refusal::LongName(path) => {
                let longer = OWN_PREFIX.len();
                write!(
                    f,
                    "the name of the output {} is too long: the folder that a build makes beside it has a name that is {longer} bytes longer",
                    path.display()
                )
            }
            Refusal::HoldsLibrary(path) => {
                write!(f, "the output {} holds the library itself, which a build would replace", path.display())
            }
            Refusal::HoldsHome(path) => write!(f, "the output {} holds your home folder", path.display()),
            Refusal::InSource(path, of) => {
                write!(f, "the output {} lies in {of}/, which is the library's own", path.display())
            }
            Refusal::NotOurs(path) => {
                write!(f, "the output {} holds files, and Casebook did not make it", path.display())
            }
            Refusal::NoManifest(path) => {
                let place = path.display();
                write!(
                    f,
                    "the output {place} holds a site, but no `{}` that says which files Casebook made",
                    manifest::NAME
                )
            }
            Refusal::DamagedManifest(path, left) => {
                let (place, name) = (path.display(), manifest::NAME);
                let first = left.first().map(|path| path.display().to_string()).unwrap_or_default();
                let others = others(left);
                write!(
                    f,
                    "`{name}` in the output {place} is damaged, or of another version of Casebook, so nothing says whether {first}{others} is an old page"
                )
            }
            Refusal::HiddenFolder(path) => {
                let place = path.display();
                write!(f, "{place} is where the next site is prepared, and Casebook did not put it there")
            }
            Refusal::ArchiveUnreachable(path, error) => {
                write!(f, "the archive {} cannot be reached: {error}", path.display())
            }
            Refusal::ArchiveInSource(path, of) => {
                write!(f, "the archive {} lies in {of}/, which is the library's own", path.display())
            }
            Refusal::NotAnArchive(path) => {
                let place = path.display();
                write!(f, "{place} is there already and is not an archive of a site, so it was left as it is")
            }
            Refusal::MountedFile(path) => {
                write!(f, "{} is a mount point, and the site needs its place", path.display())
            }
            Refusal::Foreign(paths) => {
                let first = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
                let others = others(paths);
                write!(f, "{first}{others} was not made by Casebook, and the site needs its place")
            }
        }
    }
}

/// How many paths there are beside the first.
fn others(paths: &[PathBuf]) -> String {
    match paths.len() {
        0 | 1 => String::new(),
        count => format!(" (and {} more like it)", count - 1),
    }
}

/// Files that every site has, and hardly any other folder.
const SITE: [&str; 2] = [".nojekyll", "search/meta.json"];

/// Checks whether an output may be published to, for the library at `root` with these folders.
pub fn check(output: &Path, root: &Path, folders: &[&'static str]) -> Result<OutputTarget, Refusal> {
    check_with_home(output, root, folders, env::home_dir().as_deref())
}

fn check_with_home(
    output: &Path,
    root: &Path,
    folders: &[&'static str],
    home: Option<&Path>,
) -> Result<OutputTarget, Refusal> {
    let folder = resolve(output).map_err(|error| Refusal::Unreachable(output.to_owned(), error))?;
    let root = true_path(root);
    if root.starts_with(&folder) {
        return Err(Refusal::HoldsLibrary(folder));
    }
    if home.is_some_and(|home| true_path(home).starts_with(&folder)) {
        return Err(Refusal::HoldsHome(folder));
    }
    if let Some(source) = source_of(&folder, &root, folders) {
        return Err(Refusal::InSource(folder, source));
    }
    match is_free_or_ours(&folder) {
        Ok(true) => Ok(OutputTarget { folder, in_place: false }),
        Ok(false) if SITE.iter().all(|file| folder.join(file).is_file()) => Err(Refusal::NoManifest(folder)),
        Ok(false) => Err(Refusal::NotOurs(folder)),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Err(Refusal::File(folder)),
        Err(error) => Err(Refusal::Unreachable(folder, error)),
    }
}

/// The one of these folders of the library at a true path that contains a true path.
pub(super) fn source_of(path: &Path, true_root: &Path, folders: &[&'static str]) -> Option<&'static str> {
    let contains = |source: &&str| {
        let own = true_root.join(source);
        path.starts_with(&own) || path.starts_with(true_path(&own))
    };
    folders.iter().copied().find(contains)
}

/// The true path of a file or folder that may not exist: links are resolved as far as it exists, and the rest is added
/// as written.
pub(super) fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut resolved = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        if part == Component::ParentDir {
            resolved.pop();
            continue;
        }
        resolved.push(part);
        match fs::symlink_metadata(&resolved) {
            Ok(_) => resolved = resolved.canonicalize()?,
            Err(gone) if gone.kind() == io::ErrorKind::NotFound => {}
            Err(refused) => return Err(refused),
        }
    }
    Ok(resolved)
}

pub(super) fn true_path(path: &Path) -> PathBuf {
    resolve(path).unwrap_or_else(|_| path.to_owned())
}

/// Is it absent, empty, or a folder with a manifest? A build in place that was killed early leaves only its stage.
fn is_free_or_ours(folder: &Path) -> io::Result<bool> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(refused) => return Err(refused),
    };
    // A link or a pipe under the manifest's name is not Casebook's.
    if let Ok(found) = fs::symlink_metadata(folder.join(manifest::NAME)) {
        return Ok(found.is_file());
    }
    for entry in entries {
        if !entry?.file_name().to_string_lossy().starts_with(OWN_PREFIX) {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use tempfile::TempDir;

    use super::*;

    /// A home folder with a library, an output of Casebook's, and other files.
    fn home() -> TempDir {
        let home = tempfile::tempdir().unwrap();
        let at = |path: &str| home.path().join(path);
        let begun = "begun/.casebook-stage";
        for folder in ["library/content/cases", "library/themes", "ours", "empty", "theirs", begun, "lost/search"] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        let ours = ["ours/.casebook-manifest", "ours/index.html", "lost/.nojekyll", "lost/search/meta.json"];
        for file in ours.into_iter().chain(["library/casebook.yaml", "theirs/letter.txt"]) {
            fs::write(at(file), "x").unwrap();
        }
        symlink(at("library/content"), at("to-content")).unwrap();
        symlink(at("ours"), at("to-ours")).unwrap();
        symlink(at("nowhere"), at("to-nowhere")).unwrap();
        symlink(at("round"), at("round")).unwrap();
        home
    }

    fn check_at(home: &TempDir, output: &str) -> Result<OutputTarget, Refusal> {
        check_with_home(
            &home.path().join(output),
            &home.path().join("library"),
            &["content", "themes"],
            Some(home.path()),
        )
    }

    #[track_caller]
    fn check_allowed(output: &str, folder: &str) {
        let home = home();
        let target = check_at(&home, output).unwrap();
        assert_eq!(target.folder(), home.path().canonicalize().unwrap().join(folder));
    }

    #[track_caller]
    fn check_refused(output: &str, message: &str) {
        let home = home();
        let refusal = check_at(&home, output).unwrap_err();
        let shown = refusal.to_string();
        assert!(shown.contains(message), "{shown}");
        assert!(!refusal.help().is_empty());
    }

    #[test]
    fn a_new_empty_or_published_folder_is_allowed() {
        check_allowed("library/output", "library/output");
        check_allowed("library/output/", "library/output");
        check_allowed("absent/../library/./more/output", "library/more/output");
        check_allowed("empty", "empty");
        check_allowed("ours", "ours");
        check_allowed("to-ours", "ours");
        check_allowed("to-content/../output", "library/output");
        check_allowed("begun", "begun");
        check_allowed("library/contents", "library/contents");
    }

    #[test]
    fn a_folder_whose_files_would_be_lost_is_refused() {
        check_refused("library", "holds the library");
        check_refused("library/", "holds the library");
        check_refused("library/content/..", "holds the library");
        check_refused("to-content/..", "holds the library");
        check_refused("", "holds the library");
        check_refused("/", "holds the library");
        check_refused("library/content", "lies in content/");
        check_refused("library/content/cases/new", "lies in content/");
        check_refused("to-content/new", "lies in content/");
        check_refused("library/themes/mine", "lies in themes/");
        check_refused("theirs", "Casebook did not make it");
        check_refused("lost", "holds a site, but no `.casebook-manifest`");
        check_refused("theirs/letter.txt", "is a file");
        check_refused("theirs/letter.txt/output", "cannot be reached");
        check_refused("to-nowhere", "cannot be reached");
        check_refused("round", "cannot be reached");
        check_refused(&"deep/".repeat(3000), "cannot be reached");
        check_refused(&"a".repeat(5000), "cannot be reached");
    }

    #[test]
    fn the_home_folder_is_refused_without_a_library() {
        let (home, library) = (home(), tempfile::tempdir().unwrap());
        let refusal = check_with_home(home.path(), library.path(), &[], Some(&home.path().join("empty"))).unwrap_err();
        assert!(matches!(refusal, Refusal::HoldsHome(_)));
        let refusal = check_with_home(home.path(), library.path(), &[], Some(home.path())).unwrap_err();
        assert!(matches!(refusal, Refusal::HoldsHome(_)));
    }

    #[test]
    fn the_content_is_refused_by_its_own_name_and_by_that_of_a_link_to_it() {
        let home = home();
        let at = |path: &str| home.path().join(path);
        fs::create_dir_all(at("linked")).unwrap();
        symlink(at("library/content"), at("linked/content")).unwrap();
        for output in ["linked/content/new", "library/content/new"] {
            let refused = check_with_home(&at(output), &at("linked"), &["content", "themes"], Some(home.path()));
            assert!(matches!(refused, Err(Refusal::InSource(_, "content"))), "{output}: {refused:?}");
        }
    }

    #[test]
    fn every_refusal_has_its_own_way_out() {
        let path = || PathBuf::from("a");
        for (refusal, help) in [
            (Refusal::File(path()), "another folder with `--output`"),
            (Refusal::NotOurs(path()), "empty the folder"),
            (Refusal::NoManifest(path()), "of the last build back"),
            (Refusal::DamagedManifest(path(), vec![path()]), "of the last build back"),
            (Refusal::HiddenFolder(path()), "move it away, and build again"),
            (Refusal::ArchiveUnreachable(path(), io::ErrorKind::NotFound.into()), "another place with `--archive`"),
            (Refusal::NotAnArchive(path()), "another name with `--archive`"),
            (Refusal::MountedFile(path()), "unmount it"),
            (Refusal::Foreign(vec![path()]), "change the address of the page"),
        ] {
            assert!(refusal.help().contains(help), "{refusal}");
        }
    }

    #[test]
    fn a_link_is_no_manifest() {
        let home = home();
        symlink(home.path().join("ours/.casebook-manifest"), home.path().join("theirs/.casebook-manifest")).unwrap();
        assert!(matches!(check_at(&home, "theirs"), Err(Refusal::NotOurs(_))));
    }
}
