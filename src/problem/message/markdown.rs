//! Messages about the body of a page: its headings, links, pictures and HTML.

use super::shown;
use crate::problem::{Code, Problem, Spot};

/// A level-1 heading that repeats the title.
pub fn title_repeated(spot: &Spot, written: &str) -> Problem {
    Problem::new(Code::HeadingOrder, spot, "this repeats the title, which is above the text already")
        .help("delete this heading")
        .fix_by_removal(written)
}

/// A level-1 heading in the text. `has_level_two` says whether all levels were meant to be one lower.
pub fn level_one_heading(spot: &Spot, has_level_two: bool) -> Problem {
    Problem::new(
        Code::HeadingOrder,
        spot,
        "the title is the only level-1 heading, so all headings here were moved down one",
    )
    .help(match has_level_two {
        true => "give every heading of this file one more `#`",
        false => "begin it with `##`, and so every other heading of level 1 in this file",
    })
}

/// A heading more than one level below the one before. Both levels are as the author wrote them.
pub fn skipped_level(spot: &Spot, before: Option<u8>, level: u8) -> Problem {
    let message = match before {
        None => format!("the first heading has level {level}, but the title above it has level 1"),
        Some(before) => format!("a heading of level {level} follows one of level {before}"),
    };
    Problem::new(Code::HeadingOrder, spot, message).help(format!(
        "begin it with `{}`: readers who listen find their way by the levels",
        "#".repeat(usize::from(before.unwrap_or(1)) + 1)
    ))
}

/// An id of the author's choice that is taken already.
pub fn id_taken(spot: &Spot, id: &str) -> Problem {
    Problem::new(Code::BadValue, spot, format!("the id \"{}\" is taken already on this page", shown(id)))
        .help("choose another id; headings get one from their text, in lower case and with hyphens")
}

/// An id that no element can have.
pub fn not_an_id(spot: &Spot, id: &str) -> Problem {
    Problem::new(Code::BadValue, spot, format!("\"{}\" cannot be an id", shown(id)))
        .help("write at least one letter, and no spaces")
}

/// A picture without an alternative text.
pub fn missing_alt(spot: &Spot) -> Problem {
    Problem::new(Code::MissingAlt, spot, "this picture has no description")
        .help("say between the square brackets what it shows; for mere decoration write `<img src=\"…\" alt=\"\">`")
}

/// The same in HTML, where an empty `alt` means that the picture is decoration.
pub fn missing_alt_attribute(spot: &Spot) -> Problem {
    Problem::new(Code::MissingAlt, spot, "this picture has no description")
        .help("say in `alt=\"…\"` what it shows, or write `alt=\"\"` if it is mere decoration")
}

/// A link with a scheme that could run code, or that leads to the author's own computer.
pub fn unsafe_scheme(spot: &Spot, target: &str, scheme: &str) -> Problem {
    let problem =
        Problem::new(Code::UnsafeUrl, spot, format!("\"{}\" is not a safe address and was left out", shown(target)));
    match scheme {
        "file" | "content" => problem.help(ON_THIS_COMPUTER),
        drive if drive.len() == 1 => problem.help(ON_THIS_COMPUTER),
        "data" => problem.help("save the picture as a file beside this one, and name the file here"),
        _ => problem.help("links may begin with https:, http:, mailto: or tel:, or name a file of this library"),
    }
}

pub(super) const ON_THIS_COMPUTER: &str =
    "put the file beside this one and link to it by its name: nobody else can read your disk";

/// A link without a scheme: `//host/…`.
pub fn no_scheme(spot: &Spot, target: &str) -> Problem {
    let host = target.trim().trim_start_matches(['/', '\\']);
    let message = format!("\"{}\" does not say how to get there and was left out", shown(target));
    let problem = Problem::new(Code::UnsafeUrl, spot, message);
    // Windows writes the files of a network so: `\\\\server\\share`.
    if target.trim().starts_with("\\\\") {
        return problem.help(ON_THIS_COMPUTER);
    }
    problem.help(format!("write \"https://{}\"", shown(host))).fix(target, &format!("https://{host}"))
}

/// A picture, sound or film of another site.
pub fn media_elsewhere(spot: &Spot, target: &str) -> Problem {
    Problem::new(Code::UnsafeUrl, spot, format!("\"{}\" is on another site and was left out", shown(target)))
        .help("put the file beside this one and name it here: other sites would learn who reads this page")
}

/// `http:` with an invalid address.
pub fn not_an_address(spot: &Spot, target: &str) -> Problem {
    let problem =
        Problem::new(Code::BadValue, spot, format!("\"{}\" is not a web address and was left out", shown(target)));
    match (target.trim_start().split(':').next().unwrap_or_default(), address_meant(target)) {
        (_, Some(meant)) => problem.help(format!("write {}", shown(&meant))).fix(target, &meant),
        ("mailto", _) => problem.help("write the whole address: mailto:name@example.org"),
        ("tel", _) => problem.help("write the number: tel:+441632960000"),
        _ => problem.help("write it as the browser shows it, for example https://example.org/page"),
    }
}

/// The address that was meant by one with two schemes, or with a comma for a dot in its host.
pub(super) fn address_meant(target: &str) -> Option<String> {
    let (scheme, rest) = target.split_once("://")?;
    if rest.starts_with("http://") || rest.starts_with("https://") {
        return Some(rest.to_owned());
    }
    let host = rest.split(['/', '?', '#']).next()?;
    host.contains(',').then(|| format!("{scheme}://{}{}", host.replace(',', "."), &rest[host.len()..]))
}

/// A comment that is not closed.
pub fn unclosed_comment(spot: &Spot) -> Problem {
    Problem::new(Code::BadValue, spot, "this comment is never closed, so nobody would see the text after it")
        .help("write --> where the comment ends, with no space within the arrow")
}

/// Code that is not closed. `fence` is the mark that opened it.
pub fn unclosed_code(spot: &Spot, fence: &str) -> Problem {
    Problem::new(Code::SwallowedText, spot, "this code is never closed, so what follows is shown as code")
        .help(format!("put a line {fence} where the code ends"))
}

/// A conflict marker of git.
pub fn conflict(spot: &Spot) -> Problem {
    Problem::new(Code::BadValue, spot, "a git conflict marker was left in the text")
        .help("two versions of this file were merged: keep one of the two, and delete the lines of <, = and >")
}

/// Brackets that were meant as a link. `address` is the text in the round brackets.
pub fn not_a_link(spot: &Spot, address: &str) -> Problem {
    let problem = Problem::new(Code::BrokenLink, spot, "this was meant for a link, and readers see its brackets");
    let problem = match address.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) if inner.trim().contains(char::is_whitespace) => problem
            .help(format!("an address holds no spaces: put angle brackets round it, (<{}>)", shown(inner.trim()))),
        Some(_) => problem.help("write the words in square brackets and the address in round ones: [words](address)"),
        None => problem.help("close the round bracket after the address"),
    };
    problem.as_warning()
}

/// A reference to a footnote that does not exist.
pub fn no_footnote(spot: &Spot, name: &str) -> Problem {
    let name = shown(name);
    Problem::new(Code::BrokenAnchor, spot, format!("there is no footnote \"{name}\", and readers see its brackets"))
        .help(format!("write the note on a line of its own, with a blank line before it: [^{name}]: …"))
        .as_warning()
}

/// Hashes that were meant as a heading. They may be those of a number if no word follows.
pub fn not_a_heading(spot: &Spot, hashes: &str, is_before_word: bool) -> Problem {
    let problem = Problem::new(Code::HeadingOrder, spot, "this was meant for a heading, and readers see its hashes")
        .help(format!("put a space after {hashes}"));
    problem.fix_if_any(hashes, is_before_word.then(|| format!("{hashes} ")).as_deref())
}

/// One hash and no space before a line that was meant as a heading.
pub fn one_hash(spot: &Spot) -> Problem {
    Problem::new(Code::HeadingOrder, spot, "this looks like a heading, and readers see its hash")
        .help("begin a heading with ## and a space")
        .fix("#", "## ")
}

/// Seven hashes or more.
pub fn too_many_hashes(spot: &Spot) -> Problem {
    Problem::new(Code::HeadingOrder, spot, "this was meant for a heading, and readers see its hashes")
        .help("write six hashes at most: two begin a section, three a part of it")
}

/// A tag that is not allowed.
pub fn tag_left_out(spot: &Spot, name: &str) -> Problem {
    let problem = Problem::new(Code::UnsafeHtml, spot, format!("`<{}>` is not allowed and was left out", shown(name)));
    match name {
        "h1" => problem.help("the title is the only level-1 heading; begin with `<h2>`, or with `##` in Markdown"),
        "iframe" | "embed" | "object" => {
            problem.help("link to the video, map or form instead: [what it shows](https://…)")
        }
        _ => problem.help("write it in Markdown, or delete it"),
    }
}

/// `<a name>`, the old form of an anchor.
pub fn old_anchor(spot: &Spot, name: &str) -> Problem {
    Problem::new(Code::UnsafeHtml, spot, "`name` is the old way to write an anchor")
        .help("write id in its place")
        .fix(name, "id")
}

/// `<source>` or `<track>` outside of a sound or a film.
pub fn not_in_media(spot: &Spot, name: &str) -> Problem {
    Problem::new(
        Code::UnsafeHtml,
        spot,
        format!("`<{}>` means nothing outside `<audio>` and `<video>` and was left out", shown(name)),
    )
    .help("for a picture one `<img>` is enough, or `![what it shows](file.jpg)` in Markdown")
}

/// An attribute that is not allowed on its tag.
pub fn attribute_left_out(spot: &Spot, name: &str) -> Problem {
    Problem::new(Code::UnsafeHtml, spot, format!("`{}` is not allowed here and was left out", shown(name)))
        .help("delete it; the theme decides how a page looks")
}

/// An attribute that would hide the text of its element. It is removed, so the text is shown.
pub fn no_longer_hidden(spot: &Spot, name: &str) -> Problem {
    let message = format!("`{}` is not allowed here and was left out, so readers see what it hid", shown(name));
    Problem::new(Code::UnsafeHtml, spot, message)
        .help("delete what nobody should read, or write it as a comment: <!-- … -->, which no reader gets")
}
