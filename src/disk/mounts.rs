//! The mount points that Linux lists. Other systems list none here: they have no mount point that is a file.

use std::path::PathBuf;
#[cfg(target_os = "linux")]
use std::{ffi::OsString, os::unix::ffi::OsStringExt};

/// The path of every mount point; none if they cannot be read.
#[cfg(target_os = "linux")]
pub fn mount_points() -> Vec<PathBuf> {
    let listed = std::fs::read("/proc/self/mountinfo").unwrap_or_default();
    listed.split(|byte| *byte == b'\n').filter_map(mount_point).collect()
}

#[cfg(not(target_os = "linux"))]
pub fn mount_points() -> Vec<PathBuf> {
    Vec::new()
}

/// The mount point of a line: its fifth field, in which spaces and the like are written as `\040`.
#[cfg(target_os = "linux")]
fn mount_point(line: &[u8]) -> Option<PathBuf> {
    let field = line.split(|byte| *byte == b' ').nth(4)?;
    let mut path = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((byte, after)) = rest.split_first() {
        let octal = after.get(..3).filter(|_| *byte == b'\\').and_then(|digits| std::str::from_utf8(digits).ok());
        match octal.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            Some(escaped) => {
                path.push(escaped);
                rest = &after[3..];
            }
            None => {
                path.push(*byte);
                rest = after;
            }
        }
    }
    Some(PathBuf::from(OsString::from_vec(path)))
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[test]
    fn the_mount_point_is_the_fifth_field_with_escapes() {
        let line = br"36 35 98:0 /mnt1 /my\040site/robots.txt rw,noatime master:1 - ext3 /dev/root rw";
        assert_eq!(mount_point(line), Some(PathBuf::from("/my site/robots.txt")));
        assert_eq!(mount_point(b""), None);
        assert!(mount_points().contains(&PathBuf::from("/proc")));
    }
}
