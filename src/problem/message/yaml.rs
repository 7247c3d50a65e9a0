//! Messages about YAML and the shape of what it holds.

use super::{did_you_mean, one_of, shown};
use crate::problem::{Code, FilePath, Problem, Span, Spot};

/// A file that must begin with front matter and does not.
pub fn no_front_matter(file: &FilePath, is_empty: bool) -> Problem {
    let message = match is_empty {
        true => "this file is empty",
        false => "this file has no front matter",
    };
    Problem::new(Code::NoFrontMatter, &Spot::whole(file), message)
        .help("begin the file with a line `---`, then `title: …`, then another line `---`")
}

/// Front matter whose end is not marked. `opening` is the first line.
pub fn unclosed_front_matter(file: &FilePath, opening: Span) -> Problem {
    Problem::new(Code::NoFrontMatter, &Spot::bytes(file, opening), "the front matter that begins here has no end")
        .help("put a line `---` between the front matter and the text")
}

/// YAML that cannot be read. `reason` follows a colon.
pub fn bad_yaml(file: &FilePath, at: Span, reason: &str, help: Option<&str>) -> Problem {
    Problem::new(Code::BadYaml, &Spot::bytes(file, at), format!("this cannot be read as YAML: {reason}"))
        .help_if_any(help.map(str::to_owned))
}

/// A key that stands twice in one mapping.
pub fn key_twice(key: &str, second: &Spot, first: &Spot) -> Problem {
    Problem::new(Code::BadYaml, second, format!("the key `{}` stands twice", shown(key)))
        .help("keep one of the two")
        .related(first, "the first one")
}

/// A value of another kind than is wanted. `wanted` and `found` are noun phrases.
pub fn wrong_type(spot: &Spot, key: &str, wanted: &str, found: &str) -> Problem {
    Problem::new(Code::WrongType, spot, format!("`{}` must be {wanted}, not {found}", shown(key)))
}

/// A whole file, or all of its front matter, of another kind than is wanted.
pub fn wrong_type_of_all(spot: &Spot, wanted: &str, found: &str) -> Problem {
    Problem::new(Code::WrongType, spot, format!("{wanted} are wanted here, not {found}"))
        .help("write each line as `key: value`")
}

/// A number, or true or false, where text is wanted.
pub fn unquoted(spot: &Spot, key: &str, found: &str, written: &str) -> Problem {
    wrong_type(spot, key, "text", found).help(format!("put quotation marks round it: \"{}\"", shown(written)))
}

/// A key that nothing reads.
pub fn unknown_field<'a>(spot: &Spot, key: &str, known: impl Iterator<Item = &'a str>) -> Problem {
    Problem::new(Code::UnknownField, spot, format!("nothing reads the key `{}`", shown(key)))
        .help("take it away, or put it under `extra`, which a theme may read")
        .help_if_any(did_you_mean(key, known))
}

/// A required key that is absent or has no value.
pub fn missing_field(spot: &Spot, key: &str) -> Problem {
    Problem::new(Code::MissingField, spot, format!("`{key}` is missing")).help(format!("add a line `{key}: …`"))
}

/// A required key that is there, with nothing after its colon.
pub fn empty_field(spot: &Spot, key: &str) -> Problem {
    Problem::new(Code::MissingField, spot, format!("`{key}` is missing: nothing stands after its colon"))
        .help("write it after the colon, on the same line")
}

/// A word that is not one of a fixed few.
pub fn not_one_of(spot: &Spot, key: &str, found: &str, words: &[&str]) -> Problem {
    Problem::new(Code::BadValue, spot, format!("`{key}` cannot be \"{}\"", shown(found)))
        .help(format!("choose {}", one_of(words)))
        .help_if_any(did_you_mean(found, words.iter().copied()))
}

/// A value that cannot be. `must` completes "`key` must …".
pub fn bad_value(spot: &Spot, key: &str, must: &str) -> Problem {
    Problem::new(Code::BadValue, spot, format!("`{key}` must {must}"))
}

/// A text that is not a day, or a day that does not exist.
pub fn bad_date(spot: &Spot, key: &str, found: &str, wanted: &str) -> Problem {
    Problem::new(Code::BadDate, spot, format!("`{key}` is not a date: \"{}\"", shown(found)))
        .help(format!("write {wanted}"))
}

/// A text over its limit, in Unicode characters.
pub fn too_long(spot: &Spot, key: &str, length: usize, limit: usize) -> Problem {
    Problem::new(Code::TooLong, spot, format!("`{key}` has {length} characters; {limit} is the most"))
        .help(format!("shorten it by {}", length - limit))
}
