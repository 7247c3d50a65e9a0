//! Traces of other programs in pasted text: characters in the wrong encoding, fields of a word processor, marks of a
//! chat assistant, gaps to fill in, and the syntax of formulas and superscripts.
//!
//! Takes the text before and after a position in a run; gives the kind of mark and its bytes in the run.

use std::ops::Range;

use super::{StrayKind, marks::within_mark};
use crate::read::garbled;

/// The mark that begins at this byte, or that ends before it.
pub(super) fn pasted(before: &str, rest: &str) -> Option<(StrayKind, Range<usize>)> {
    let at = before.len();
    let mark = |kind, length: usize| Some((kind, at..at + length));
    match rest.as_bytes()[0] {
        b'!' => {
            let start = at - before.ends_with("Error").then_some("Error".len())?;
            let is_field = [" Reference source not found.", " Bookmark not defined."];
            let field = is_field.into_iter().find(|field| rest[1..].starts_with(field))?;
            Some((StrayKind::WordField, start..at + 1 + field.len()))
        }
        b'[' => {
            let end = within_mark(rest).find(']')? + 1;
            if rest.starts_with("[oaicite:") && before.ends_with(":contentReference") {
                let options = rest[end..]
                    .strip_prefix('{')
                    .and_then(|inner| within_mark(inner).find('}'))
                    .map_or(0, |close| close + 2);
                return Some((StrayKind::AssistantMark, at - ":contentReference".len()..at + end + options));
            }
            let is_gap = rest.get(1..8).is_some_and(|word| word.eq_ignore_ascii_case("insert "));
            is_gap.then(|| (StrayKind::Gap, at..at + end))
        }
        b'^' => power(before, rest).and_then(|(kind, length)| mark(kind, length)),
        b'~' => mark(
            StrayKind::Subscript,
            superscript_or_subscript('~', before, rest).filter(|_| before.ends_with(char::is_alphabetic))?,
        ),
        b'\\' => {
            let name = &rest[1..];
            let letters = name.len() - name.trim_start_matches(|c: char| c.is_ascii_lowercase()).len();
            let end = name[letters..].strip_prefix('{').and_then(|inner| within_mark(inner).find('}'))?;
            (letters > 2).then(|| (StrayKind::TexCommand, at..at + 1 + letters + 1 + end + 1))
        }
        0xc3 => mark(StrayKind::Garbled, garbled::at_start(rest)?.0),
        0xe3 => {
            let inner = rest.strip_prefix('【')?;
            let end = within_mark(inner).find('】').filter(|&end| inner[..end].contains('†'))?;
            mark(StrayKind::AssistantMark, rest.len() - inner.len() + end + '】'.len_utf8())
        }
        0xef if rest.starts_with('\u{fffd}') => mark(StrayKind::LostCharacter, '\u{fffd}'.len_utf8()),
        _ => None,
    }
}

/// A superscript (`10^2^`), the address of a block in Obsidian (`^merged`), or an inline note that is not closed.
fn power(before: &str, rest: &str) -> Option<(StrayKind, usize)> {
    let inner = &rest[1..];
    if inner.starts_with('[') {
        // A bracket in the text of a link is closed, so it is not an open note.
        return (!within_mark(inner).contains(']')).then_some((StrayKind::UnclosedNote, 2));
    }
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let name = inner.len() - inner.trim_start_matches(is_of_name).len();
    if name > 1 && inner[name..].trim().is_empty() && (before.is_empty() || before.ends_with([' ', '\n'])) {
        return Some((StrayKind::BlockAddress, 1 + name));
    }
    Some((StrayKind::Superscript, superscript_or_subscript('^', before, rest)?))
}

/// The length of a few letters or digits between two marks, directly after a word: `^2^`, `~2~`.
fn superscript_or_subscript(mark: char, before: &str, rest: &str) -> Option<usize> {
    let inner = &rest[1..];
    let name = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
    let is_it = (1..=6).contains(&name) && inner[name..].starts_with(mark) && before.ends_with(char::is_alphanumeric);
    is_it.then_some(name + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(run: &str, expected: Option<(StrayKind, &str)>) {
        let found = run.char_indices().find_map(|(at, _)| pasted(&run[..at], &run[at..]));
        assert_eq!(found.map(|(kind, at)| (kind, &run[at])), expected, "{run}");
    }

    #[test]
    fn traces_of_other_programs_are_found() {
        check(
            "See Error! Reference source not found. for it",
            Some((StrayKind::WordField, "Error! Reference source not found.")),
        );
        check("paid. 【4†source】 It", Some((StrayKind::AssistantMark, "【4†source】")));
        check(
            "a :contentReference[oaicite:1]{index=1}",
            Some((StrayKind::AssistantMark, ":contentReference[oaicite:1]{index=1}")),
        );
        check("on [INSERT DATE] they met", Some((StrayKind::Gap, "[INSERT DATE]")));
        check("they didnâ€™t", Some((StrayKind::Garbled, "â€™")));
        check("caf\u{fffd}", Some((StrayKind::LostCharacter, "\u{fffd}")));
    }

    #[test]
    fn formulas_and_addresses_of_blocks_are_found() {
        check("10m^2^ of floor", Some((StrayKind::Superscript, "^2^")));
        check("H~2~O", Some((StrayKind::Subscript, "~2~")));
        check("as said \\cite{smith2010}.", Some((StrayKind::TexCommand, "\\cite{smith2010}")));
        check("The boards merged. ^merged", Some((StrayKind::BlockAddress, "^merged")));
        check("It ended.^[a note", Some((StrayKind::UnclosedNote, "^[")));
        check("x^2 and y^2, 12~15~20, ^_^, C:\\temp, \\(x\\), café, An error! [sic] 【a】", None);
    }
}
