//! The folders that a publication uses: the one above the output, the hidden one and their locks; and whether folders
//! can be exchanged here.
//!
//! The hidden folder is beside the output, on the same disk, invisible to readers, and stays between builds. A build in
//! place has its stage inside the output, the only folder that it can rely on. All these folders are opened once and
//! never through a link, since a repository may contain a link in any of these places.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
};

use crate::{
    disk::{CAN_EXCHANGE, EntryKind, Folder, HeldLock, Lock, is_absent},
    failure::Failure,
    output::{
        InPlaceReason, Unpublished, exchange,
        manifest::OutputState,
        own_name::own_name,
        remove, stage,
        target::{OutputTarget, Refusal},
    },
};

/// The folders of one publication, locked against other builds as long as this value lives.
pub struct Workspace {
    parent: Folder,
    name: OsString,
    hidden: Option<Folder>,
    output: Option<Folder>,
    reason_for_in_place: Option<InPlaceReason>,
    _locks: Vec<HeldLock>,
}

/// The stage in the hidden folder.
const STAGE_BESIDE: &str = "next";

/// The stage of a build in place, at the top of the output.
pub const STAGE_WITHIN: &str = ".casebook-stage";

impl Workspace {
    /// Opens and locks the folders of a target. Finishes the work of a killed build first, and tidies up after it.
    pub fn enter<E>(target: &OutputTarget) -> Result<Workspace, Unpublished<E>> {
        let path = target.folder();
        let name = path.file_name().unwrap_or_default().to_owned();
        let parent = path.parent().unwrap_or(path);
        let parent = Folder::open_or_make(parent).map_err(Failure::at("make", parent))?;
        let (hidden, beside) = match make_hidden(target, &parent, &name)? {
            Some(LockedFolder { folder, lock }) => (Some(folder), lock),
            None => (None, None),
        };
        let reason = in_place_reason(target, hidden.is_some(), &parent, Path::new(&name));
        let output = match open_own_folder(&parent, Path::new(&name))? {
            None if reason.is_some() => {
                parent.make_folders(Path::new(&name)).map_err(Failure::at("make", path))?;
                open_own_folder(&parent, Path::new(&name))?
            }
            output => output,
        };
        let within = output.as_ref().map(|output| lock_or_refuse(output.lock(), path)).transpose()?.flatten();
        let locks = beside.into_iter().chain(within).collect();
        let workspace = Workspace { parent, name, hidden, output, reason_for_in_place: reason, _locks: locks };
        workspace.recover()?;
        workspace.remove_stage_within()?;
        Ok(workspace)
    }

    /// The output, if it exists.
    pub fn output(&self) -> Option<&Folder> {
        self.output.as_ref()
    }

    /// The path of the output, for messages.
    pub fn path(&self) -> PathBuf {
        self.parent.path().join(&self.name)
    }

    /// The folder that contains the output, and the name of the output.
    pub fn parent(&self) -> (&Folder, &Path) {
        (&self.parent, Path::new(&self.name))
    }

    /// The folder that contains the stage, and the name of the stage.
    pub fn stage(&self) -> Option<(&Folder, &Path)> {
        match self.reason_for_in_place {
            Some(_) => self.output.as_ref().map(|output| (output, Path::new(STAGE_WITHIN))),
            None => self.hidden.as_ref().map(|hidden| (hidden, Path::new(STAGE_BESIDE))),
        }
    }

    /// The reason why the site must be published in place, if there is one.
    pub fn reason_for_in_place(&self) -> Option<InPlaceReason> {
        self.reason_for_in_place
    }

    /// Removes the stage, if it is Casebook's.
    pub fn clear(&self) {
        if let Some((folder, name)) = self.stage()
            && let Ok(stage) = folder.folder(name)
        {
            clear(folder, name, &stage);
        }
    }

    /// Moves foreign files from the stage back to the output, if a build was killed during an exchange.
    fn recover<E>(&self) -> Result<(), Unpublished<E>> {
        let Some(hidden) = &self.hidden else { return Ok(()) };
        let next = open_own_folder(hidden, Path::new(STAGE_BESIDE))?;
        if let (Some(output), Some(next)) = (&self.output, &next) {
            exchange::recover(output, next)?;
        }
        Ok(())
    }

    /// Removes the stage that a killed build in place left in the output, where it would be published, and would become
    /// a part of the next stage.
    fn remove_stage_within<E>(&self) -> Result<(), Unpublished<E>> {
        let (None, Some(output)) = (self.reason_for_in_place, &self.output) else { return Ok(()) };
        let name = Path::new(STAGE_WITHIN);
        let Some(left) = open_own_folder(output, name)? else { return Ok(()) };
        if let Some(first_foreign) = stage::first_foreign(&left, &OutputState::default())? {
            return Err(Refusal::HiddenFolder(left.path().join(first_foreign)).into());
        }
        clear(output, name, &left);
        Ok(())
    }
}

impl Drop for Workspace {
    /// A stage inside the output is always removed, unless it is foreign.
    fn drop(&mut self) {
        if self.reason_for_in_place.is_some()
            && let Some((folder, name)) = self.stage()
            && let Ok(stage) = folder.folder(name)
            && stage::first_foreign(&stage, &OutputState::default()).is_ok_and(|found| found.is_none())
        {
            clear(folder, name, &stage);
        }
    }
}

/// Removes a stage, unless it contains foreign files that must be moved back. Files that cannot be removed are left to
/// the next build.
fn clear(folder: &Folder, name: &Path, stage: &Folder) {
    let is_marked = exchange::is_marked(stage).unwrap_or(true);
    stage.let_owner_write().ok();
    // The list goes last, so that a build killed here, or a disk that stops here, leaves no unlisted file.
    if !is_marked && stage::list_by_manifest(stage).is_ok() && remove::all_except(stage, stage::LIST).is_ok() {
        stage.remove_file(Path::new(stage::LIST)).ok();
        folder.remove_folder(name).ok();
    }
}

/// Opens a folder of Casebook's own, if it exists. Anything else in its place is refused.
pub fn open_own_folder<E>(parent: &Folder, name: &Path) -> Result<Option<Folder>, Unpublished<E>> {
    let path = || parent.path().join(name);
    match parent.status(name) {
        Ok(found) if found.kind == EntryKind::Folder => {
            Ok(Some(parent.folder(name).map_err(|error| Failure::at("open", &path())(error))?))
        }
        Ok(_) => Err(Refusal::HiddenFolder(path()).into()),
        Err(gone) if is_absent(&gone) || gone.kind() == io::ErrorKind::InvalidFilename => Ok(None),
        Err(refused) => Err(Failure::at("open", &path())(refused).into()),
    }
}

/// The reason why a site must be published in place into the folder of this name, if there is one.
pub fn in_place_reason(
    target: &OutputTarget,
    has_folder_beside: bool,
    parent: &Folder,
    name: &Path,
) -> Option<InPlaceReason> {
    match target {
        target if target.is_in_place() => Some(InPlaceReason::Requested),
        _ if !has_folder_beside => Some(InPlaceReason::ParentNotWritable),
        _ if parent.is_mounted(name).unwrap_or(false) => Some(InPlaceReason::MountPoint),
        _ if !CAN_EXCHANGE => Some(InPlaceReason::NoExchange),
        _ => None,
    }
}

/// A folder with its lock; none if the file system has no locks.
struct LockedFolder {
    folder: Folder,
    lock: Option<HeldLock>,
}

/// Makes and locks the hidden folder beside the output. None if it is not possible, or not needed.
fn make_hidden<E>(
    target: &OutputTarget,
    parent: &Folder,
    name: &OsString,
) -> Result<Option<LockedFolder>, Unpublished<E>> {
    let name = own_name(name);
    let is_refused =
        |error: &io::Error| matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem);
    let folder = match open_own_folder(parent, &name)? {
        Some(folder) => folder,
        None if target.is_in_place() => return Ok(None),
        None => match parent.make_folders(&name).and_then(|()| parent.folder(&name)) {
            Ok(folder) => folder,
            Err(refused) if is_refused(&refused) => return Ok(None),
            Err(refused) if refused.kind() == io::ErrorKind::InvalidFilename => {
                return Err(Refusal::LongName(target.folder().to_owned()).into());
            }
            Err(refused) => return Err(Failure::at("make", &parent.path().join(&name))(refused).into()),
        },
    };
    match folder.lock_file(Path::new("lock")) {
        Err(refused) if is_refused(&refused) => Ok(None),
        Err(_) if folder.status(Path::new("lock")).is_ok_and(|found| found.kind != EntryKind::File) => {
            Err(Refusal::HiddenFolder(folder.path().join("lock")).into())
        }
        locked => Ok(Some(LockedFolder { lock: lock_or_refuse(locked, target.folder())?, folder })),
    }
}

/// The lock. None if the file system has no locks; then two builds at once are not prevented.
fn lock_or_refuse(locked: io::Result<Lock>, output: &Path) -> Result<Option<HeldLock>, Failure> {
    match locked.map_err(Failure::at("lock", output))? {
        Lock::Held(file) => Ok(Some(file)),
        Lock::Unavailable => Ok(None),
        Lock::Taken => Err(Failure::at("publish to", output)(io::Error::new(
            io::ErrorKind::ResourceBusy,
            "another build is publishing there",
        ))
        .with_help("wait until it has ended, or build into another folder with `--output`")),
    }
}

#[cfg(test)]
#[cfg(all(target_os = "linux", not(casebook_portable)))]
mod tests {
    use super::*;
    use crate::output::target;

    #[test]
    fn the_reason_for_publishing_in_place_is_the_first_that_holds() {
        let root = tempfile::tempdir().unwrap();
        let target = target::check(&root.path().join("output"), root.path(), &[]).unwrap();
        let (top, mount) = (Folder::open(Path::new("/")).unwrap(), Path::new("proc"));
        assert_eq!(in_place_reason(&target, true, &top, Path::new("output")), None);
        assert_eq!(in_place_reason(&target, true, &top, mount), Some(InPlaceReason::MountPoint));
        assert_eq!(in_place_reason(&target, false, &top, mount), Some(InPlaceReason::ParentNotWritable));
        assert_eq!(in_place_reason(&target.in_place(), false, &top, mount), Some(InPlaceReason::Requested));
    }

    #[test]
    fn without_a_hidden_folder_the_output_itself_is_made() {
        // Nobody may make folders here, not even the administrator.
        let target = target::check(Path::new("/sys/output"), Path::new("/nowhere"), &[]).unwrap();
        let Err(Unpublished::Machine(failure)) = Workspace::enter::<String>(&target) else {
            panic!("a folder was made")
        };
        assert!(failure.to_string().starts_with("cannot make /sys/output: "), "{failure}");
    }
}
