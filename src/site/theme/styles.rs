//! The style sheets of a theme → as they are published: without comments, and with the published names of the pictures
//! and fonts that they show. Reports addresses that lead to no file of the theme.
//!
//! Addresses that lead out of the folder of assets, such as `data:` and full addresses, stay as they are.

use std::{collections::BTreeMap, ops::Range};

use percent_encoding::percent_decode_str;

use crate::{
    problem::{Problem, Spot, message::template as message},
    site::theme::{
        ThemeFile,
        assets::{Asset, last_part, resolved},
    },
};

/// What a part of a style sheet is.
enum Part {
    Code,
    Comment,
    /// What is written in `url(…)`, or a string that is an address. It includes quotation marks.
    Address,
}

/// A style sheet as it is published. `others` are the assets that it may show.
pub fn published(
    name: &str,
    file: &ThemeFile,
    others: &BTreeMap<String, Asset>,
    problems: &mut Vec<Problem>,
) -> String {
    let css = String::from_utf8_lossy(&file.bytes);
    let mut out = String::with_capacity(css.len());
    for (part, range) in parts(&css) {
        match part {
            Part::Code => out.push_str(&css[range]),
            // The words on both sides of a comment stay separate words.
            Part::Comment => out.push_str(if out.is_empty() || out.ends_with(char::is_whitespace) { "" } else { " " }),
            Part::Address => {
                let path = path(&css, &range);
                let target = target(name, &css[path.clone()]);
                match target.as_ref().and_then(|target| others.get(target)) {
                    // Folders are the same in the theme and in the site, so only the last part changes.
                    Some(asset) => {
                        let folder = &css[range.start..path.end - last_part(&css[path.clone()]).len()];
                        out.extend([folder, last_part(&asset.address.href("/")), &css[path.end..range.end]]);
                    }
                    None => {
                        problems.extend(target.map(|target| lost(file, &css, path, &target, others)));
                        out.push_str(&css[range]);
                    }
                }
            }
        }
    }
    out
}

/// The parts of a style sheet, in order. Comments that begin with `/*!` count as code: they are used for licences.
fn parts(css: &str) -> Vec<(Part, Range<usize>)> {
    let mut parts = Vec::new();
    // Of each open bracket, whether the strings in it are addresses.
    let mut brackets = Vec::new();
    let mut from = 0;
    while let Some(at) = css[from..].find(['/', '"', '\'', '(', ')']).map(|found| from + found) {
        let (before, rest) = css.split_at(at);
        let (part, length) = match rest.as_bytes()[0] {
            b'/' if rest.starts_with("/*") => {
                let length = rest[2..].find("*/").map_or(rest.len(), |end| end + 4);
                (if rest.starts_with("/*!") { Part::Code } else { Part::Comment }, length)
            }
            b'(' => {
                brackets.push(is_name_of(before, "url") || is_name_of(before, "image-set"));
                match is_name_of(before, "url") && !rest[1..].trim_start().starts_with(['"', '\'']) {
                    true => (Part::Address, rest.find(')').unwrap_or(rest.len())),
                    false => (Part::Code, 1),
                }
            }
            b')' => {
                brackets.pop();
                (Part::Code, 1)
            }
            quote @ (b'"' | b'\'') => {
                let is_address = brackets.last() == Some(&true) || before.trim_end().ends_with("@import");
                (if is_address { Part::Address } else { Part::Code }, quoted_length(rest, quote))
            }
            _ => (Part::Code, 1),
        };
        parts.extend([(Part::Code, from..at), (part, at..at + length)]);
        from = at + length;
    }
    parts.push((Part::Code, from..css.len()));
    parts
}

/// Does the code before a bracket end with the name of this function?
fn is_name_of(before: &str, function: &str) -> bool {
    let start = before.len().saturating_sub(function.len());
    before.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(function))
}

/// The length of the quoted string at the start of `css`, with both quotation marks.
fn quoted_length(css: &str, quote: u8) -> usize {
    let mut is_escaped = false;
    let end = css.bytes().skip(1).position(|byte| {
        let is_end = byte == quote && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    });
    end.map_or(css.len(), |end| end + 2)
}

/// The path within an address: without quotation marks, query and fragment.
fn path(css: &str, address: &Range<usize>) -> Range<usize> {
    let is_around = |c: char| c.is_whitespace() || "(\"'".contains(c);
    let text = css[address.clone()].trim_start_matches(is_around);
    let start = address.end - text.len();
    let path = text.trim_end_matches(is_around).split(['?', '#']).next().unwrap_or_default();
    start..start + path.len()
}

/// The file under `assets/` that a path leads to; none if it leads out of that folder.
fn target(style: &str, path: &str) -> Option<String> {
    let is_relative = !path.is_empty() && !path.starts_with('/') && !path.contains(':');
    let path = percent_decode_str(path).decode_utf8().ok().filter(|_| is_relative)?;
    resolved(style, &path)
}

/// The problem of a path that leads to no file.
fn lost(file: &ThemeFile, css: &str, path: Range<usize>, target: &str, others: &BTreeMap<String, Asset>) -> Problem {
    let written = &css[path.clone()];
    // Places in a file that is not UTF-8 are not those in its text.
    let spot = match std::str::from_utf8(&file.bytes) {
        Ok(_) => Spot::bytes(&file.path, path),
        Err(_) => Spot::whole(&file.path),
    };
    match target.ends_with(".css") {
        true => message::style_that_loads_another(&spot, written, target),
        false => message::no_such_asset(&spot, written, target, others.keys().map(String::as_str)),
    }
}
