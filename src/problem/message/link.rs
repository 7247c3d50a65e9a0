//! Messages about links, anchors, pictures and other files that a page uses.

use super::{
    markdown::ON_THIS_COMPUTER,
    shown,
    unpublished::{WhyUnpublished, way_out},
};
use crate::problem::{Code, FilePath, Problem, Spot};

/// A link to something that does not exist.
pub fn broken(spot: &Spot, target: &str, nearest: Option<&str>) -> Problem {
    if target.trim().is_empty() {
        return Problem::new(Code::BrokenLink, spot, "this link has no address")
            .help("write the address between the round brackets, or delete the link");
    }
    let elsewhere = elsewhere(target);
    let problem = Problem::new(Code::BrokenLink, spot, format!("this link leads nowhere: \"{}\"", shown(target)))
        .help(
            "link to a file by its path from this one, such as ../pages/about.md, or to an address that begins with /",
        )
        .help_if_any(
            is_file(target).then(|| "put the file beside this one, or correct its name or its path".to_owned()),
        )
        .did_you_mean(nearest);
    match elsewhere {
        Some((kind, now)) => problem.help(format!("{kind} {}", shown(&now))).fix(target, &now),
        None => problem.help_if_any(left_out(target)),
    }
}

/// Does it name a file to download, and no page?
fn is_file(target: &str) -> bool {
    const ENDINGS: [&str; 17] = [
        "pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "csv", "ppt", "pptx", "odp", "epub", "mp3", "mp4",
        "png", "jpg",
    ];
    let path = target.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// A link to a file that is made only for a site whose host is known.
pub fn needs_host(spot: &Spot, target: &str) -> Problem {
    let message = format!("\"{}\" is only made if `base_url` is a full address", shown(target));
    Problem::new(Code::BrokenLink, spot, message).help(
        "write the full address of the site as `base_url` into casebook.yaml, or give it to `check` and `build` with `--base-url`",
    )
}

/// A link to a folder that has pages, but no page of its own.
pub fn folder(spot: &Spot, target: &str) -> Problem {
    Problem::new(Code::BrokenLink, spot, format!("this link leads to a folder: \"{}\"", shown(target)))
        .help("link to a file in it, such as about.md")
}

/// For an address without its scheme: the start of the help, and the whole address.
fn elsewhere(target: &str) -> Option<(&'static str, String)> {
    /// The ends of host names that editors link to.
    const ENDS: [&str; 8] = [".uk", ".org", ".com", ".net", ".eu", ".int", ".wales", ".scot"];
    let host = target.split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('@') {
        return Some(("for an e-mail address write", format!("mailto:{target}")));
    }
    let is_site = host.starts_with("www.") || ENDS.iter().any(|end| host.ends_with(end));
    is_site.then(|| ("for another site write the address in full:", format!("https://{target}")))
}

/// The help for a path that no file of the library can have.
fn left_out(target: &str) -> Option<String> {
    // In Markdown the first two backslashes of `\\\\server\\share` are one.
    if target.starts_with('\\') {
        return Some(ON_THIS_COMPUTER.to_owned());
    }
    if target.contains('\\') {
        return Some(format!("write / in place of \\: {}", shown(&target.replace('\\', "/"))));
    }
    let is_hidden = |part: &str| part.starts_with('_') || part.starts_with('.') && !part.trim_matches('.').is_empty();
    let path = target.split(['?', '#']).next().unwrap_or_default();
    path.split('/').any(is_hidden).then(|| {
        "files whose names begin with `_` or `.` are left out of the site: give the file another name".to_owned()
    })
}

/// A link to a file that is not published.
pub fn unpublished(spot: &Spot, target: &str, why: WhyUnpublished) -> Problem {
    Problem::new(
        Code::BrokenLink,
        spot,
        format!("this link leads to a page that is not published: \"{}\"", shown(target)),
    )
    .help(way_out(why, "the link"))
}

/// A link to a heading that does not exist.
pub fn broken_anchor(spot: &Spot, anchor: &str, page: Option<&FilePath>, nearest: Option<&str>) -> Problem {
    let place = page.map_or("this page".to_owned(), ToString::to_string);
    let problem = Problem::new(Code::BrokenAnchor, spot, format!("{place} has no heading \"#{}\"", shown(anchor)));
    if page.is_none() && is_of_a_pasted_note(anchor) {
        return problem.help(
            "for a note write [^1] in the text, and on a line of its own with an empty line before it: [^1]: its words",
        );
    }
    problem
        .help("an anchor is the heading in lower case, without punctuation, with hyphens for spaces")
        .did_you_mean(nearest.map(|anchor| format!("#{anchor}")).as_deref())
}

/// Is it the anchor that Word, LibreOffice or Google Docs gives to a note?
fn is_of_a_pasted_note(anchor: &str) -> bool {
    ["_ftn", "_edn", "ftnt", "sdfootnote", "sdendnote"].iter().any(|start| anchor.starts_with(start))
}

/// An anchor that the glossary or the list of places does not have.
pub fn broken_anchor_of_list(spot: &Spot, address: &str, anchor: &str, nearest: Option<&str>) -> Problem {
    Problem::new(Code::BrokenAnchor, spot, format!("nothing in {address} has the anchor \"#{}\"", shown(anchor)))
        .help("open the page, follow the link of the entry or the place, and copy the address")
        .did_you_mean(nearest.map(|anchor| format!("#{anchor}")).as_deref())
}

/// A picture, a sound or a film that does not exist.
pub fn missing_media(spot: &Spot, target: &str, folder: &str, nearest: Option<&str>) -> Problem {
    Problem::new(Code::MissingFile, spot, format!("there is no file \"{}\"", shown(target)))
        .help(format!("put the file into {folder}/, or correct the path"))
        .did_you_mean(nearest)
        .help_if_any(left_out(target))
}

/// A path that leaves `content/`.
pub fn outside(spot: &Spot, target: &str) -> Problem {
    Problem::new(Code::OutsideLibrary, spot, format!("this path leads out of the library: \"{}\"", shown(target)))
        .help("copy the file into content/, and link to it there")
}

/// A file of a type that could run code on the publisher's site, or that is not known.
pub fn unlisted_type(spot: &Spot, target: &str, listed: &[&str]) -> Problem {
    let ending = target.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let instead = match ending.as_str() {
        "doc" | "rtf" | "pages" | "wpd" => Some("save it as a PDF or as .docx"),
        "xls" | "numbers" => Some("save it as .xlsx or .csv"),
        "ppt" | "key" => Some("save it as a PDF or as .pptx"),
        "heic" | "heif" | "tif" | "tiff" | "bmp" | "psd" => Some("save it as .jpg or .png"),
        "mov" | "avi" | "wmv" | "m4v" => Some("save it as .mp4"),
        "wav" | "m4a" | "wma" => Some("save it as .mp3"),
        "zip" | "rar" | "7z" => Some("unpack it, and link to the files in it one by one"),
        _ => None,
    };
    Problem::new(Code::BadValue, spot, format!("a file of this type is not published: \"{}\"", shown(target)))
        .help(format!("use one of these types: {}", listed.join(", ")))
        .help_if_any(instead.map(|instead| format!("{instead}, and name that file here")))
}

/// A page in place of a picture, a sound or a film.
pub fn not_media(spot: &Spot, target: &str) -> Problem {
    Problem::new(Code::BadValue, spot, format!("\"{}\" is not a picture, a sound or a film", shown(target)))
        .help("to link to it, delete the `!` before the bracket")
}

/// A file with the address of a page of the site.
pub fn file_at_page(spot: &Spot, address: &str) -> Problem {
    Problem::new(
        Code::DuplicateAddress,
        spot,
        format!("the file would be published at {address}, where the site has a page"),
    )
    .help("give the file another name")
}
