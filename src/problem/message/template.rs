//! Messages about themes: their templates and their words.

use crate::problem::{Code, FilePath, Problem, Spot, Written};

/// A template that cannot be read, whatever page it is for.
pub fn broken(spot: &Spot, cause: &str) -> Problem {
    Problem::new(Code::Template, spot, format!("this template does not work: {}", in_line(cause)))
}

/// A template that fails on this many pages, this one among them.
pub fn failed(spot: &Spot, cause: &str, page: &str, pages: usize) -> Problem {
    let where_ = match pages {
        1 => format!("the page {page}"),
        _ => format!("{pages} pages, {page} among them"),
    };
    broken(spot, cause).help(format!("it failed on {where_}; a page's view holds every name that its template may use"))
}

/// A file of a theme that replaces nothing and that nothing asks for.
pub fn unused(path: &FilePath, meant: Option<&str>) -> Problem {
    Problem::new(Code::MisplacedFile, &Spot::whole(path), "nothing in the theme uses this file")
        .help("a file replaces the built-in one of the same path; one of your own must be named in a template")
        .help_if_any(meant.map(|meant| format!("did you mean {meant}?")))
}

/// A copy of a built-in file of the theme, made before that file was changed.
pub fn outdated_copy(path: &FilePath, name: &str) -> Problem {
    let message = format!("the built-in {name} has changed since this copy was made of it");
    Problem::new(Code::OutdatedCopy, &Spot::bytes(path, 0..0), message).help(format!(
        "call this file something else, run `casebook theme copy {name}`, and make your changes again in the new copy; or take the first line away to keep it as it is"
    ))
}

/// The theme that the configuration names is not there.
pub fn no_such_theme(name: &Written<String>) -> Problem {
    Problem::new(Code::MissingFile, &name.spot, format!("there is no theme \"{}\"", super::shown(&name.value)))
        .help(format!("make the folder themes/{}/, or write `theme: default`", super::shown(&name.value)))
}

/// A theme's file of words that is not YAML, or whose words are not of the form that the built-in file has.
pub fn bad_words(path: &FilePath, at: usize, cause: &str) -> Problem {
    Problem::new(Code::BadYaml, &Spot::bytes(path, at..at), format!("these words cannot be used: {}", in_line(cause)))
        .help("keep the form of the built-in file; a word that is left out keeps its built-in text")
}

/// A cause in another library's words, in the form of ours: one line, lower-case start, no full stop.
fn in_line(cause: &str) -> String {
    let line = cause.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut letters = line.chars();
    match letters.next() {
        Some(first) => format!("{}{}", first.to_lowercase(), letters.as_str()),
        None => "no cause was given".to_owned(),
    }
}
