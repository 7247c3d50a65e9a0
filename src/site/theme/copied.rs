//! Copies of built-in files in a library's theme: writes their first line, and reports copies of files that have
//! changed since.
//!
//! The first line of a copy names the file, the release, and a hash of the file at that time. If the hash differs from
//! that of the built-in file, the copy may lack newer parts of its page.

use super::{ThemeFiles, built_in};
use crate::problem::{Problem, message};

const SAYS: &str = "Copied from the built-in ";

/// A copy of a built-in file, with a first line on its origin if its format has comments.
pub fn copy(name: &str, bytes: &[u8]) -> Vec<u8> {
    let says = format!("{SAYS}{name} of Casebook {}; mark {}.", env!("CARGO_PKG_VERSION"), mark(bytes));
    let line = match name.rsplit('.').next() {
        Some("html" | "xml") => format!("{{# {says} #}}\n"),
        Some("css") => format!("/* {says} */\n"),
        Some("js") => format!("// {says}\n"),
        Some("yaml") => format!("# {says}\n"),
        _ => String::new(),
    };
    [line.as_bytes(), bytes].concat()
}

/// A problem for each copy of a built-in file that has changed since.
pub(super) fn outdated(theme: &ThemeFiles) -> Vec<Problem> {
    let copies: Vec<_> = theme.iter().filter_map(|(name, file)| Some((name, file, kept_mark(&file.bytes)?))).collect();
    if copies.is_empty() {
        return Vec::new();
    }
    let built_in = built_in();
    let is_outdated = |name: &str, kept: &str| built_in.get(name).is_some_and(|file| mark(&file.bytes) != kept);
    let outdated = copies.into_iter().filter(|(name, _, kept)| is_outdated(name, kept));
    outdated.map(|(name, file, _)| message::template::outdated_copy(&file.path, name)).collect()
}

/// The hash in the first line of a copy.
fn kept_mark(bytes: &[u8]) -> Option<&str> {
    let line = bytes.split(|byte| *byte == b'\n').next()?;
    let line = std::str::from_utf8(line).ok().filter(|line| line.contains(SAYS))?;
    line.split("; mark ").nth(1)?.split('.').next()
}

fn mark(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}
