//! Files of another format with the name of a case, which are recognised by their first bytes.
//!
//! A word processor that saves "x.md" may write its own format under that name.

use crate::problem::{FilePath, Problem, message::file as message};

/// The problem of a file that is not plain text.
pub(super) fn disguised(path: &FilePath, bytes: &[u8]) -> Option<Problem> {
    const WEB: [&[u8]; 3] = [b"<!doctype html", b"<html", b"<?xml"];
    let start = &bytes[..bytes.len().min(16)];
    let is_web = || WEB.iter().any(|mark| start.to_ascii_lowercase().starts_with(mark));
    match start {
        [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(message::word_renamed(path)),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some(message::not_plain_text(path, "rich text of TextEdit or WordPad")),
        [b'%', b'P', b'D', b'F', ..] => Some(message::not_plain_text(path, "a PDF")),
        _ if is_web() => Some(message::not_plain_text(path, "a web page")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_other_formats_are_recognised_by_their_first_bytes() {
        let check = |bytes: &[u8]| disguised(&FilePath::new("a.md"), bytes).is_some();
        for bytes in ["PK\u{3}\u{4}x", "{\\rtf1 x", "%PDF-1.4", "<!DOCTYPE html><p>", "<html>"] {
            assert!(check(bytes.as_bytes()), "{bytes}");
        }
        for bytes in ["", "---\n", "PKI", "{ a }", "% PDF", "<p>x"] {
            assert!(!check(bytes.as_bytes()), "{bytes}");
        }
    }
}
