//! Messages about links, anchors, pictures and other files that a page asks for.

use super::shown;
use crate::problem::{Code, FilePath, Problem, Spot};

/// A link to something that is not there.
pub fn broken(spot: &Spot, target: &str, nearest: Option<&str>) -> Problem {
    Problem::new(Code::BrokenLink, spot, format!("this link leads nowhere: \"{}\"", shown(target)))
        .help(
            "link to a file by its path from this one, such as ../pages/about.md, or to an address that begins with /",
        )
        .help_if_any(nearest.map(|path| format!("did you mean \"{path}\"?")))
}

/// A link to a file that is not published. `why` is a clause: "it is a draft".
pub fn unpublished(spot: &Spot, target: &str, why: &str) -> Problem {
    Problem::new(
        Code::BrokenLink,
        spot,
        format!("this link leads to a page that is not published: \"{}\"", shown(target)),
    )
    .help(why)
}

/// A link to a heading that is not there.
pub fn broken_anchor(spot: &Spot, anchor: &str, page: Option<&FilePath>, nearest: Option<&str>) -> Problem {
    let place = page.map_or("this page".to_owned(), ToString::to_string);
    Problem::new(Code::BrokenAnchor, spot, format!("{place} has no heading \"#{}\"", shown(anchor)))
        .help("an anchor is the heading in lower case, without punctuation, with hyphens for spaces")
        .help_if_any(nearest.map(|anchor| format!("did you mean \"#{anchor}\"?")))
}

/// A picture, a sound or a film that is not there.
pub fn missing_media(spot: &Spot, target: &str, nearest: Option<&str>) -> Problem {
    Problem::new(Code::MissingFile, spot, format!("there is no file \"{}\"", shown(target)))
        .help("put the file beside this one, or mend the path")
        .help_if_any(nearest.map(|path| format!("did you mean \"{path}\"?")))
}

/// A path that climbs out of `content/`.
pub fn outside(spot: &Spot, target: &str) -> Problem {
    Problem::new(Code::OutsideLibrary, spot, format!("this path leads out of the library: \"{}\"", shown(target)))
        .help("copy the file into content/, and link to it there")
}

/// A file of a type that could run code on the publisher's site, or that is not known.
pub fn unlisted_type(spot: &Spot, target: &str, listed: &[&str]) -> Problem {
    Problem::new(Code::BadValue, spot, format!("a file of this type is not published: \"{}\"", shown(target)))
        .help(format!("use one of these types: {}", listed.join(", ")))
}

/// A page where a picture is wanted.
pub fn not_media(spot: &Spot, target: &str) -> Problem {
    Problem::new(Code::BadValue, spot, format!("\"{}\" is not a picture, a sound or a film", shown(target)))
        .help("to link to it, take away the `!` before the bracket")
}

/// A file whose address a page of the site has.
pub fn file_at_page(spot: &Spot, address: &str) -> Problem {
    Problem::new(
        Code::DuplicateAddress,
        spot,
        format!("the file would be published at {address}, where the site has a page"),
    )
    .help("give the file another name")
}
