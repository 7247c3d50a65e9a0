//! Where a publication works: the hidden folder, its lock, and whether folders can be exchanged here.
//!
//! The hidden folder stands beside the output, on the same disk and out of readers' sight, and stays there between
//! builds. A build in place has its stage within the output, since that is the one folder it may count on.

use std::{
    ffi::OsString,
    fs,
    fs::File,
    io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use rustix::{
    fs::{FlockOperation, flock},
    io::Errno,
};

use crate::{
    failure::Failure,
    output::{Reason, exchange, exchange::MARK, target::Target},
};

/// A place to work in, which no other build has while this value lives.
pub struct Place {
    output: PathBuf,
    next: PathBuf,
    reuses_stage: bool,
    reason: Option<Reason>,
    _locks: Vec<File>,
}

/// The stage of a build in place, at the top of the output.
const STAGE_WITHIN: &str = ".casebook-stage";

impl Place {
    /// Takes the place of a target, and first does what a killed build left undone.
    pub fn enter(target: &Target) -> Result<Place, Failure> {
        let output = target.folder();
        let hidden = hidden_folder(output);
        let beside = lock_beside(target, &hidden)?;
        let reason = reason(target, beside.is_some());
        if reason.is_some() {
            fs::create_dir_all(output).map_err(Failure::at("make", output))?;
        }
        let within = if output.is_dir() { lock(File::open(output), output)? } else { None };
        if beside.is_some() {
            exchange::recover(output, &hidden.join("next"))?;
        }
        let next = match reason {
            Some(_) => output.join(STAGE_WITHIN),
            None => hidden.join("next"),
        };
        if reason.is_some() {
            clear(&next);
        }
        let locks = beside.into_iter().chain(within).collect();
        Ok(Place { output: output.to_owned(), reuses_stage: next.is_dir(), next, reason, _locks: locks })
    }

    /// The folder that readers see. It may be absent.
    pub fn output(&self) -> &Path {
        &self.output
    }

    /// The stage: the next site is made here. It may be absent, or hold what an earlier build left.
    pub fn next(&self) -> &Path {
        &self.next
    }

    /// Did an earlier build leave a stage?
    pub fn reuses_stage(&self) -> bool {
        self.reuses_stage
    }

    /// Why this has to be done in place, if it has.
    pub fn reason(&self) -> Option<Reason> {
        self.reason
    }

    /// Throws away what is on the stage.
    pub fn clear(&self) {
        clear(&self.next);
    }
}

impl Drop for Place {
    /// A stage within the output is never left there.
    fn drop(&mut self) {
        if self.reason.is_some() {
            self.clear();
        }
    }
}

/// Removes a stage, unless someone's files wait in it to be moved back. What resists is left to the next build, which
/// takes nothing on a stage on trust.
fn clear(next: &Path) {
    if !next.join(MARK).exists() {
        fs::remove_dir_all(next).ok();
    }
}

fn hidden_folder(output: &Path) -> PathBuf {
    let mut name = OsString::from(".casebook-");
    name.push(output.file_name().unwrap_or_default());
    output.with_file_name(name)
}

fn reason(target: &Target, has_folder_beside: bool) -> Option<Reason> {
    match target {
        target if target.is_in_place() => Some(Reason::Asked),
        _ if !has_folder_beside => Some(Reason::ParentNotWritable),
        target if is_mount_point(target.folder()) => Some(Reason::MountPoint),
        _ => None,
    }
}

/// Locks the hidden folder beside the output. None where there is none to be had, or none is needed.
fn lock_beside(target: &Target, hidden: &Path) -> Result<Option<File>, Failure> {
    if target.is_in_place() && !hidden.exists() {
        return Ok(None);
    }
    let path = hidden.join("lock");
    let opened =
        fs::create_dir_all(hidden).and_then(|()| File::options().create(true).truncate(false).write(true).open(&path));
    match opened {
        Err(error) if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) => {
            Ok(None)
        }
        opened => lock(opened, target.folder()),
    }
}

/// Locks an opened file for this build. None where the disk has no locks: then it is the user's care not to build
/// twice.
fn lock(opened: io::Result<File>, output: &Path) -> Result<Option<File>, Failure> {
    let file = opened.map_err(Failure::at("lock", output))?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(file)),
        Err(Errno::WOULDBLOCK) => Err(Failure::at("publish to", output)(io::Error::new(
            io::ErrorKind::ResourceBusy,
            "another build is publishing there",
        ))
        .with_help("wait until it has ended, or build into another folder with `--output`")),
        Err(Errno::NOLCK | Errno::NOSYS | Errno::OPNOTSUPP | Errno::BADF) => Ok(None),
        Err(refused) => Err(Failure::at("lock", output)(refused.into())),
    }
}

/// A mount of another disk shows in the device; a mount of a folder of the same disk only in the attribute.
fn is_mount_point(folder: &Path) -> bool {
    let device = |path: &Path| fs::metadata(path).ok().map(|found| found.dev());
    let above = folder.parent().and_then(device);
    device(folder).is_some_and(|device| Some(device) != above) || is_mount_root(folder)
}

#[cfg(target_os = "linux")]
fn is_mount_root(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, folder, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty())
        .is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(target_os = "linux"))]
fn is_mount_root(_folder: &Path) -> bool {
    false
}
