//! Messages about the front matter of cases and pages.

use jiff::civil::Date;

use super::{
    shown,
    unpublished::{WhyUnpublished, way_out},
};
use crate::problem::{Code, FilePath, Problem, Spot, Written};

/// A web address whose scheme is neither http nor https.
pub fn unsafe_web_address(spot: &Spot, key: &str, found: &str) -> Problem {
    Problem::new(Code::UnsafeUrl, spot, format!("`{key}` is not a web address: \"{}\"", shown(found))).help(
        match is_on_this_computer(found) {
            true => "put the file beside the case, and write its name here: nobody else can read your disk",
            false => "only addresses that begin with http:// or https:// are published",
        },
    )
}

/// Is it an address of a file on the author's own disk: `C:\report.pdf`?
fn is_on_this_computer(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| scheme.len() == 1 || scheme.eq_ignore_ascii_case("file"))
}

/// A text that is not a web address.
pub fn bad_web_address(spot: &Spot, key: &str, found: &str) -> Problem {
    let problem = Problem::new(Code::BadValue, spot, format!("`{key}` is not a web address: \"{}\"", shown(found)));
    if found.ends_with(".md") || found.ends_with(".html") || found.starts_with('/') {
        return problem.help("a page of this site is not a web address: link to it in the text of the case");
    }
    let meant = meant_address(found).or_else(|| super::markdown::address_meant(found));
    match meant {
        Some(meant) => problem.help(format!("write it in full: {}", shown(&meant))).fix(found, &meant),
        None => problem.help("write one address and nothing else, in full, from https:// on"),
    }
}

/// The web address that a text was probably meant to be.
pub fn meant_address(found: &str) -> Option<String> {
    const FILES: [&str; 8] = ["pdf", "doc", "docx", "xlsx", "csv", "html", "htm", "md"];
    let bare = found.split_once("](").map_or(found, |(_, address)| address).trim_matches(['<', '>', '(', ')']);
    let doi = bare.get(..4).filter(|start| start.eq_ignore_ascii_case("doi:")).map_or(bare, |_| bare[4..].trim_start());
    if doi.starts_with("10.") && doi.contains('/') && !doi.contains(char::is_whitespace) {
        return Some(format!("https://doi.org/{doi}"));
    }
    let end = bare.find([':', '/', '\\']).filter(|&end| matches!(&bare[..end], "http" | "https")).unwrap_or(0);
    let rest = bare[end..].trim_start_matches([':', '/', '\\']);
    let host = rest.split(['/', '?', '#']).next()?;
    let (_, ending) = host.rsplit_once('.')?;
    let is_host = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
        && ending.len() > 1
        && ending.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !FILES.contains(&ending);
    let scheme = if bare.starts_with("http:") { "http" } else { "https" };
    (is_host && !rest.contains(char::is_whitespace)).then(|| format!("{scheme}://{rest}"))
}

/// A file of another kind in place of the picture of a case.
pub fn not_a_picture(src: &Written<String>) -> Problem {
    Problem::new(Code::BadValue, &src.spot, format!("\"{}\" is not a picture", shown(&src.value)))
        .help("name a picture here: a .jpg, .png, .webp, .avif or .gif; link to other files in the text")
}

/// An alias that is not an address of this site. `better` is the address that was probably meant.
pub fn bad_alias(written: &Written<String>, better: Option<&str>) -> Problem {
    let found = shown(&written.value);
    Problem::new(Code::BadValue, &written.spot, format!("\"{found}\" cannot be an old address of this site"))
        .help("write the part after the site's name: it begins with `/`, has none of `?`, `#`, `*`, `:` and `\\`, no tab, and no part that begins with `.` or `_`")
        .help_if_any(better.map(|path| format!("write only the part after the site's name: {path}")))
        .fix_if_any(&written.value, better)
}

/// Several old addresses in one text.
pub fn several_aliases(written: &Written<String>, key: &str, several: &[&str]) -> Problem {
    let list = format!("[{}]", several.join(", "));
    Problem::new(
        Code::BadValue,
        &written.spot,
        format!("`{key}` is a list, and these are several addresses in one text"),
    )
    .help(format!("write {key}: {}", shown(&list)))
    .fix_with_yaml(&written.value, &list)
}

/// A slug that is not in the form of an address.
pub fn bad_slug(written: &Written<String>, better: Option<&str>) -> Problem {
    let problem = Problem::new(
        Code::BadValue,
        &written.spot,
        format!("\"{}\" cannot be the last part of an address", shown(&written.value)),
    );
    match better {
        None => problem.help("use lower-case letters, digits and hyphens; `page` is kept for the pages of lists"),
        Some(better) if written.value.is_empty() => problem.help(format!("delete the line, or write `slug: {better}`")),
        Some(better) => problem.help(format!("write `slug: {better}`")).fix(&written.value, better),
    }
}

/// A file whose name has no letter or digit to make an address of.
pub fn no_slug(spot: &Spot, name: &str) -> Problem {
    Problem::new(
        Code::BadValue,
        spot,
        format!("the file name \"{}\" has no letter or digit to make an address from", shown(name)),
    )
    .help("add a line such as `slug: torbay-care-trust`, or give the file another name")
}

/// `content/pages/index.md`, which would take the address of the home page.
pub fn page_at_home(spot: &Spot) -> Problem {
    Problem::new(Code::BadValue, spot, "the home page's words do not belong under content/pages/")
        .help("move them to content/index.md")
}

/// A period that ends before it begins.
pub fn period_reversed(spot: &Spot, from: i16, to: i16) -> Problem {
    Problem::new(Code::BadValue, spot, format!("the period ends in {to}, before it begins in {from}"))
        .help("put the first year in `from` and the last in `to`")
}

/// A year of the partnership before it began or after it ended.
pub fn outside_period(spot: &Spot, key: &str, year: i16, from: Option<i16>, to: Option<i16>) -> Problem {
    let when = match (from.filter(|from| year < *from), to) {
        (Some(from), _) => format!("before the partnership began in {from}"),
        (None, Some(to)) => format!("after the partnership ended in {to}"),
        (None, None) => "outside the years of the partnership".to_owned(),
    };
    Problem::new(Code::BadValue, spot, format!("`{key}` is {year}, {when}")).help("check the years of `period`")
}

/// A place code that is not a letter and eight digits.
pub fn bad_place_code(spot: &Spot, found: &str) -> Problem {
    Problem::new(Code::BadValue, spot, format!("\"{}\" is not a place code", shown(found)))
        .help("a code has a letter and eight digits, such as E06000019; leave it out if you do not have it")
}

/// The alternative text of a picture that is only the name of a file.
pub fn file_name_as_alt(spot: &Spot, alt: &str) -> Problem {
    Problem::new(Code::MissingAlt, spot, format!("\"{}\" is the name of a file, and describes nothing", shown(alt)))
        .help("say what the picture shows, for readers who cannot see it")
        .as_warning()
}

/// A picture without an alternative text.
pub fn missing_alt(spot: &Spot) -> Problem {
    Problem::new(Code::MissingAlt, spot, "`image` has no `alt`")
        .help("say in `alt` what the picture shows, for readers who cannot see it")
}

/// A withdrawn case without its day and its reason.
pub fn withdrawn_without_why(spot: &Spot) -> Problem {
    Problem::new(Code::MissingField, spot, "`withdrawn` is missing: a withdrawn case says when and why")
        .help("add a line `withdrawn: { date: 2026-11-22, why: … }`")
}

/// A page with the front matter of a case.
pub fn case_among_pages(spot: &Spot, path: &FilePath) -> Problem {
    Problem::new(
        Code::UnknownField,
        spot,
        "this is the front matter of a case study, and a plain page has no such keys",
    )
    .help(format!("move the file to content/cases/{}", path.name()))
}

/// A case that gives the reason of a withdrawal, but has another status.
pub fn not_withdrawn(spot: &Spot) -> Problem {
    Problem::new(Code::BadValue, spot, "the case says why it was withdrawn, but its `status` does not say that it was")
        .help("write `status: withdrawn`, or delete `withdrawn`")
}

/// A change that is dated before the publication.
pub fn updated_too_early(spot: &Spot, updated: Date, date: Date) -> Problem {
    Problem::new(Code::BadDate, spot, format!("`updated` is {updated}, before the case was first published on {date}"))
        .help("write the day of the last change, or delete the line")
}

/// A withdrawal that is dated before the publication.
pub fn withdrawn_too_early(spot: &Spot, withdrawn: Date, date: Date) -> Problem {
    let message = format!("the withdrawal is dated {withdrawn}, before the case was first published on {date}");
    Problem::new(Code::BadDate, spot, message).help("write the day of the withdrawal")
}

/// A related case that does not exist.
pub fn unknown_case(written: &Written<String>, nearest: Option<&str>) -> Problem {
    Problem::new(Code::UnknownCase, &written.spot, format!("there is no case file \"{}\"", shown(&written.value)))
        .help("name the file of a case, without its folder and without .md")
        .did_you_mean(nearest)
}

/// A related case named by its path or with its extension. `name` is the form that is read.
pub fn case_by_path(written: &Written<String>, name: &str) -> Problem {
    unknown_case(written, Some(name)).fix(&written.value, name)
}

/// A related case named by its title. `name` is the form that is read.
pub fn case_by_title(written: &Written<String>, name: &str) -> Problem {
    unknown_case(written, None).help(format!("write the name of its file: {name}")).fix(&written.value, name)
}

/// Several related cases written as one text.
pub fn cases_in_one_text(written: &Written<String>, names: &[&str]) -> Problem {
    let list = format!("[{}]", names.join(", "));
    let problem =
        unknown_case(written, None).help(format!("write several in square brackets: related: {}", shown(&list)));
    match written.spot.is_value_of_key() {
        true => problem.fix_with_yaml(&written.value, &list),
        false => problem,
    }
}

/// The name of a related case that two files share.
pub fn two_cases(written: &Written<String>, files: [&FilePath; 2]) -> Problem {
    let found = shown(&written.value);
    Problem::new(Code::BadValue, &written.spot, format!("two case files are called \"{found}\""))
        .help("give one of the two files another name, and name the one that you mean here")
        .related(&Spot::whole(files[0]), "this one")
        .related(&Spot::whole(files[1]), "and this one")
}

/// A list of terms in braces instead of brackets.
pub fn terms_in_braces(spot: &Spot, key: &str, terms: &[&str]) -> Problem {
    Problem::new(Code::WrongType, spot, format!("`{key}` must be a term or a list of terms, not keys and values"))
        .help(format!("write terms in square brackets: {key}: [{}]", shown(&terms.join(", "))))
}

/// Terms as keys, each with what happened as its value.
pub fn terms_as_keys(spot: &Spot, terms: &[&str]) -> Problem {
    let first = terms.first().copied().unwrap_or("…");
    Problem::new(Code::MissingField, spot, "`term` is missing")
        .help(format!("write it in this form: - {{ term: {}, what: …, response: … }}", shown(first)))
}

/// A related case that is not published.
pub fn unpublished_case(written: &Written<String>, why: WhyUnpublished) -> Problem {
    Problem::new(Code::UnknownCase, &written.spot, format!("the case \"{}\" is not published", shown(&written.value)))
        .help(way_out(why, "this name"))
}

/// The years of a partnership, written as one text, one number or a list.
pub fn period_in_short(spot: &Spot, written: &str, from: &str, to: Option<&str>) -> Problem {
    let (first, last) = to.map_or((from, None), |to| (from.min(to), Some(from.max(to))));
    let meant = last.map_or_else(|| format!("{{ from: {first} }}"), |last| format!("{{ from: {first}, to: {last} }}"));
    let problem = Problem::new(Code::WrongType, spot, "`period` must be written as its first and last year")
        .help(format!("write period: {meant}"));
    // If the last year stands first, one of them may be mistyped.
    if first == from { problem.fix_with_yaml(written, &meant) } else { problem }
}

/// A case whose day of review has passed.
pub fn review_due(spot: &Spot, day: Date) -> Problem {
    Problem::new(Code::ReviewDue, spot, format!("the facts of this case were due for review by {day}"))
        .help("check the facts, then set `reviewed` to the day you did and `review_by` to the next")
}

/// The same problem of a draft: if something is missing, it is a warning, since a draft may be unfinished.
pub fn in_a_draft(problem: Problem) -> Problem {
    match problem.code {
        Code::MissingField => problem.as_warning(),
        _ => problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_address_is_corrected() {
        for (found, meant) in [
            ("www.example.org/a?b#c", Some("https://www.example.org/a?b#c")),
            ("https//www.example.org", Some("https://www.example.org")),
            ("//example.org", Some("https://example.org")),
            ("http://http://example.org/a", None),
            ("<https://example.org/a>", Some("https://example.org/a")),
            ("[report](https://example.org/a)", Some("https://example.org/a")),
            ("10.1000/xyz", Some("https://doi.org/10.1000/xyz")),
            ("doi:10.1000/xyz", Some("https://doi.org/10.1000/xyz")),
            ("DOI: 10.1000/xyz", Some("https://doi.org/10.1000/xyz")),
            ("httpbin.org", Some("https://httpbin.org")),
            ("report.pdf", None),
            ("nowhere", None),
            ("example.org and example.com", None),
        ] {
            assert_eq!(meant_address(found).as_deref(), meant, "{found}");
        }
    }
}
