//! Messages about sources and citations.

use jiff::civil::Date;

use super::{MAX_SHOWN, shown};
use crate::problem::{Code, Problem, Spot, Written};

/// An id that citations cannot contain.
pub fn bad_id(id: &Written<String>) -> Problem {
    Problem::new(Code::BadValue, &id.spot, format!("\"{}\" cannot be the id of a source", shown(&id.value)))
        .help("use letters, digits and hyphens, without spaces: kings-fund; the text then cites it as [@kings-fund]")
}

/// An id that an earlier source has.
pub fn id_twice(id: &Written<String>, first: &Spot) -> Problem {
    Problem::new(Code::BadValue, &id.spot, format!("another source of this case has the id \"{}\"", shown(&id.value)))
        .help("give each source an id of its own")
        .related(first, "the first one")
}

/// An id that no source of the case has. `ids` are those that the sources have, `nearest` the most similar of them, and
/// `count` the number of sources.
pub fn unknown(id: &Written<String>, ids: &[&str], nearest: Option<&str>, count: usize) -> Problem {
    let found = shown(&id.value);
    let problem = Problem::new(Code::UnknownSource, &id.spot, format!("no source of this case has the id \"{found}\""));
    let problem = match (ids, count) {
        ([_, ..], _) => {
            let first = ids.iter().take(MAX_SHOWN).copied().collect::<Vec<_>>();
            problem.help(format!("the sources have these ids: {}", shown(&first.join(", "))))
        }
        ([], 0) => problem.help(format!("add it to `sources`: - {{ id: {found}, title: … }}")),
        ([], _) => problem.help(format!("give one of the `sources` this id: - {{ id: {found}, title: … }}")),
    };
    problem.did_you_mean(nearest)
}

/// An e-mail address in brackets, which could be read as a citation. `id` is its first part.
pub fn email_address(id: &Written<String>) -> Problem {
    let message =
        format!("an e-mail address cannot be cited: no source of this case has the id \"{}\"", shown(&id.value));
    Problem::new(Code::UnknownSource, &id.spot, message).help("write the address without the @ before it")
}

/// A citation on a page that has no sources of its own.
pub fn not_in_a_case(spot: &Spot, id: &str) -> Problem {
    Problem::new(Code::UnknownSource, spot, format!("\"{}\" cannot be cited here: only a case has sources", shown(id)))
        .help("write a link instead: [words](https://…)")
}

/// A citation whose bracket is never closed.
pub fn unclosed(spot: &Spot) -> Problem {
    Problem::new(Code::UnknownSource, spot, "this citation is never closed, and readers see its bracket")
        .help("put a ] after the id: [@kings-fund]")
        .as_warning()
}

/// Brackets that begin like a citation, but name no source.
pub fn not_a_citation(spot: &Spot) -> Problem {
    Problem::new(Code::UnknownSource, spot, "this citation names no source, and readers see its brackets")
        .help("write the id of a source after the @, and a page after a comma: [@kings-fund, p. 12]")
        .as_warning()
}

/// A text that names a source and is no citation: `[report]`, `(@report)`. `rest` is what follows the id.
pub fn near_citation(id: &Written<String>, rest: &str) -> Problem {
    let message =
        format!("this names the source \"{}\", but cites nothing, and readers see it as typed", shown(&id.value));
    Problem::new(Code::UnknownSource, &id.spot, message)
        .help(format!("write [@{}{}]", shown(&id.value), shown(rest)))
        .as_warning()
}

/// A citation in front matter, where text is printed as written.
pub fn not_read_here(spot: &Spot, key: &str, is_in_case: bool) -> Problem {
    let message = format!("`{}` is plain text, so readers see the brackets of its citation", shown(key));
    let help = match is_in_case {
        true => "cite the source in the text below the front matter",
        false => "delete it: only the text of a case cites sources",
    };
    Problem::new(Code::UnknownSource, spot, message).help(help).as_warning()
}

/// A citation in the alternative text of a picture, where it cannot be a link.
pub fn in_description(spot: &Spot) -> Problem {
    Problem::new(Code::UnknownSource, spot, "a picture's description cannot cite a source, so this was left out")
        .help("cite it in the text beside the picture")
        .as_warning()
}

/// A citation within HTML, where Markdown is not parsed.
pub fn in_html(spot: &Spot) -> Problem {
    Problem::new(Code::UnknownSource, spot, "Markdown is not read within HTML, so readers see this citation's brackets")
        .help("cite it in a paragraph of its own, with a blank line before and after")
        .as_warning()
}

/// A source that the page of its case never cites.
pub fn uncited(spot: &Spot, title: &str) -> Problem {
    Problem::new(Code::UncitedSource, spot, format!("nothing cites the source \"{}\"", shown(title)))
        .help("cite it in the text by its id, such as [@kings-fund], or delete it")
}

/// A sentence with a figure and without a source.
pub fn unsourced_figure(spot: &Spot) -> Problem {
    Problem::new(Code::UnsourcedFigure, spot, "this sentence has a figure and names no source")
        .help("put the id of the source behind it: [@kings-fund]")
}

/// A correction with a date before the publication.
pub fn corrected_too_early(spot: &Spot, corrected: Date, date: Date) -> Problem {
    let message = format!("this correction is dated {corrected}, before the case was first published on {date}");
    Problem::new(Code::BadDate, spot, message).help("write the day on which the page was put right")
}
