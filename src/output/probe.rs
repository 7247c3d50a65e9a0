//! Tests with two empty folders whether a site can be exchanged in one step.

use std::io;

use crate::{
    disk::{Folder, is_absent},
    failure::Failure,
    output::{InPlaceReason, own_name::own_name, target::OutputTarget, workspace},
};

/// The reason why files would be replaced one by one; none if the folder would be exchanged. Leaves no file.
pub fn why_in_place(target: &OutputTarget) -> Result<Option<InPlaceReason>, Failure> {
    let path = target.folder();
    // If the output does not exist yet, test the nearest existing folder above it.
    let above = path.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(path);
    let folder = Folder::open(above).map_err(Failure::at("read", above))?;
    // The name is always the same, so that the next probe removes what a killed one left.
    let trial = own_name("doctor");
    let (one, other) = (trial.join("one"), trial.join("other"));
    let tried = folder
        .make_folders(&one)
        .and_then(|()| folder.make_folders(&other))
        .and_then(|()| folder.exchange(&one, &folder, &other));
    for left in [&one, &other, &trial] {
        match folder.remove_folder(left) {
            Err(refused) if !is_absent(&refused) && tried.is_ok() => {
                return Err(Failure::at("remove", &above.join(left))(refused));
            }
            _ => {}
        }
    }
    let (may_write, can_exchange) = match tried {
        Ok(()) => (true, true),
        Err(refused) => match refused.kind() {
            io::ErrorKind::Unsupported => (true, false),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => (false, true),
            _ => return Err(Failure::at("write", &above.join(&trial))(refused)),
        },
    };
    let reason = workspace::in_place_reason(target, may_write, &folder, path.strip_prefix(above).unwrap_or(path));
    Ok(reason.or((!can_exchange).then_some(InPlaceReason::NoExchange)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::output::target;

    #[test]
    fn a_probe_leaves_no_file() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("casebook.yaml"), "title: Test\n").unwrap();
        let target = target::check(&root.path().join("output"), root.path(), &[]).unwrap();
        // What a killed probe left.
        fs::create_dir_all(root.path().join(".casebook-doctor/one")).unwrap();
        let why = why_in_place(&target).unwrap();
        assert_eq!(why.is_none(), crate::disk::CAN_EXCHANGE && !cfg!(casebook_portable));
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_in_which_nobody_may_make_one_is_a_reason() {
        let at = std::path::Path::new;
        let target = target::check(at("/sys/output"), at("/nowhere"), &[]).unwrap();
        assert_eq!(why_in_place(&target).unwrap(), Some(InPlaceReason::ParentNotWritable));
    }
}
