//! Messages about YAML that can be read: its keys and the types of its values. Those about its syntax are in
//! [`super::yaml_syntax`].

use super::{is_the_same_word, nearest_word, one_of, shown};
use crate::{
    problem::{Code, FilePath, Problem, Span, Spot},
    yaml_text::{Context, scalar},
};

/// A file without front matter.
pub fn no_front_matter(file: &FilePath, is_empty: bool) -> Problem {
    let message = match is_empty {
        true => "this file is empty",
        false => "this file has no front matter",
    };
    Problem::new(Code::NoFrontMatter, &Spot::whole(file), message)
        .help("begin the file with a line `---`, then `title: …`, then another line `---`")
}

/// The opening line of front matter, mistyped or below other text.
pub fn mistyped_opening(file: &FilePath, line: Span) -> Problem {
    Problem::new(Code::NoFrontMatter, &Spot::bytes(file, line), "this line does not begin front matter")
        .help("make it the very first line of the file, and exactly three hyphens: `---`")
}

/// A line of dashes or asterisks that was meant to end the front matter.
pub fn mistyped_closing(file: &FilePath, line: Span) -> Problem {
    Problem::new(Code::NoFrontMatter, &Spot::bytes(file, line), "this line does not end the front matter")
        .help("make it exactly three hyphens: `---`")
}

/// A file whose lines end with a carriage return alone.
pub fn old_line_ends(file: &FilePath) -> Problem {
    Problem::new(Code::NoFrontMatter, &Spot::whole(file), "the line ends of this file are those of an old Mac (CR)")
        .help("save the file anew with the line ends of Unix (LF) or Windows (CRLF), which every editor can write")
}

/// Empty front matter.
pub fn blank_front_matter(file: &FilePath, opening: Span) -> Problem {
    Problem::new(Code::NoFrontMatter, &Spot::bytes(file, opening), "the front matter of this file is empty")
        .help("write `title: …` between the two lines `---`")
}

/// Front matter that is not closed. `opening` is its first line.
pub fn unclosed_front_matter(file: &FilePath, opening: Span) -> Problem {
    Problem::new(Code::NoFrontMatter, &Spot::bytes(file, opening), "the front matter that begins here has no end")
        .help("put a line `---` between the front matter and the text")
}

/// A comment that may have been meant for the rest of a text.
pub fn cut_text(file: &FilePath, comment: Span, key: &str) -> Problem {
    let message = format!("the `{}` ends before this: a # after a space begins a comment", shown(key));
    Problem::new(Code::SwallowedText, &Spot::bytes(file, comment), message)
        .help("put the whole text in quotation marks; a comment belongs on a line of its own")
}

/// A key that occurs twice in a mapping.
pub fn key_twice(key: &str, second: &Spot, first: &Spot) -> Problem {
    Problem::new(Code::BadYaml, second, format!("the key `{}` is written twice", shown(key)))
        .help("keep one of the two")
        .related(first, "the first one")
}

/// A value of the wrong type. `wanted` and `found` are noun phrases; `form` shows how the key is written.
pub fn wrong_type(spot: &Spot, key: &str, wanted: &str, found: &str, form: Option<String>) -> Problem {
    Problem::new(Code::WrongType, spot, format!("`{}` must be {wanted}, not {found}", shown(key)))
        .help_if_any(of_that_type(wanted, found).map(str::to_owned))
        .help_if_any(form.map(|form| in_this_form(&form)))
}

/// An entry of a list without the keys that it must have. `wanted` is one of them; `form` shows how an entry is
/// written.
pub fn bad_entry(spot: &Spot, key: &str, wanted: &str, form: Option<String>) -> Problem {
    let place = if key.is_empty() { "this file".to_owned() } else { format!("`{key}`") };
    Problem::new(Code::WrongType, spot, format!("{place} must be a list of entries, each with its own `{wanted}`"))
        .help_if_any(form.map(|form| in_this_form(&form)))
}

fn in_this_form(form: &str) -> String {
    format!("write it in this form: {form}")
}

/// How a value of the wanted type is written, if that is not obvious.
fn of_that_type(wanted: &str, found: &str) -> Option<&'static str> {
    match (wanted, found) {
        ("true or false", _) => Some("write true or false, without quotation marks"),
        ("a whole number", "text") => Some("write a number in figures, without quotation marks"),
        ("a whole number" | "a number", _) => Some("write a number in figures"),
        ("a date", _) => Some("write year, month and day, as in 2026-11-28"),
        ("text", "a list") => Some("write one text, without brackets or a hyphen before it"),
        ("text", "keys and values") => Some(
            "write one text beside the key, with quotation marks round it if it contains a colon or begins with `{`",
        ),
        ("keys and values", _) => Some("write each on a line of its own, as `key: value`"),
        ("text", "a value with a YAML tag") => Some("put quotation marks round a text that begins with `!`"),
        _ => None,
    }
}

/// A whole file, or all of its front matter, of the wrong type.
pub fn wrong_type_of_all(spot: &Spot, wanted: &str, found: &str) -> Problem {
    Problem::new(Code::WrongType, spot, format!("this must be {wanted}, not {found}"))
        .help("write each line as `key: value`")
}

/// A number, or true or false, in place of text.
pub fn unquoted(spot: &Spot, key: &str, found: &str, written: &str) -> Problem {
    let problem = match key {
        "" => Problem::new(Code::WrongType, spot, format!("this must be text, not {found}")),
        _ => wrong_type(spot, key, "text", found, None),
    };
    problem.help(format!("put quotation marks round it: \"{}\"", shown(written))).fix(written, written)
}

/// A text with a colon, which YAML takes for a key and its value.
pub fn text_with_colon(spot: &Spot, key: &str, written: &str) -> Problem {
    wrong_type(spot, key, "text", "keys and values", None)
        .help(format!("if the colon belongs to the text, put quotation marks round it: \"{}\"", shown(written)))
        .fix(written, written)
}

/// A text that looks like the lines of a list in another program.
pub fn lines_of_a_list(spot: &Spot, key: &str) -> Problem {
    Problem::new(Code::WrongType, spot, format!("`{key}` looks like a list, but it is one text"))
        .help("begin each of its lines with a hyphen and a space")
}

/// Where an unknown key can be written instead.
#[derive(Clone, Copy, Debug)]
pub enum Instead {
    /// In the front matter of a case, once `fields` of the settings names it.
    Fields,
    /// Under `extra`.
    Extra,
    /// Nowhere.
    Nowhere,
}

/// A key with a character that cannot be seen, or that only looks like a space.
pub fn invisible_in_key(spot: &Spot, key: &str, character: char) -> Problem {
    unread_key(spot, key).help(format!(
        "it holds a character that cannot be seen (U+{:04X}), as text pasted from Word does: type the line again",
        u32::from(character)
    ))
}

fn unread_key(spot: &Spot, key: &str) -> Problem {
    Problem::new(Code::UnknownField, spot, format!("nothing reads the key `{}`", shown(key)))
}

/// An unknown key. One without a value may be the rest of a text that was split at a comma.
pub fn unknown_field<'a>(
    spot: &Spot,
    key: &str,
    is_blank: bool,
    instead: Instead,
    known: impl Iterator<Item = &'a str>,
) -> Problem {
    mistyped_key(spot, key, known).unwrap_or_else(|| {
        unread_key(spot, key).help(match instead {
            _ if is_blank => {
                "delete it; if it belongs to the text before it, put quotation marks round that whole text"
            }
            Instead::Fields => {
                "delete it, or name it under `fields` in casebook.yaml, which shows it among the facts of the case"
            }
            Instead::Extra => "delete it, or put it under `extra`, which a theme may read",
            Instead::Nowhere => "delete it",
        })
    })
}

/// An unknown key that was mistyped: a colon without a space after it, or a typing error.
fn mistyped_key<'a>(spot: &Spot, key: &str, known: impl Iterator<Item = &'a str>) -> Option<Problem> {
    let problem = unread_key(spot, key);
    if let Some((name, value)) = key.split_once(':') {
        return Some(problem.help(format!("put a space after the colon: `{}: {}`", shown(name), shown(value))));
    }
    nearest_word(key, known).map(|near| problem.did_you_mean(Some(near)))
}

/// The kind of value of an unknown key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Words such as the ids of terms.
    Terms,
    /// A text.
    Text,
    /// A number.
    Number,
    /// A day.
    Date,
    /// A web address.
    Link,
    /// A list of texts.
    List,
}

/// An unknown key of a case, with a value: perhaps one of the library's own that is not declared yet.
pub fn own_key<'a>(spot: &Spot, key: &str, shape: Shape, known: impl Iterator<Item = &'a str>) -> Problem {
    if let Some(problem) = mistyped_key(spot, key, known) {
        return problem;
    }
    if !key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
        return unknown_field(spot, key, false, Instead::Fields, std::iter::empty());
    }
    let kind = match shape {
        Shape::Number => "number",
        Shape::Date => "date",
        Shape::Link => "link",
        Shape::List => "list",
        Shape::Terms | Shape::Text => "text",
    };
    let words = key.replace(['-', '_'], " ");
    let mut letters = words.chars();
    let label: String = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    let declared = format!("declare it in casebook.yaml: fields: {{ {key}: {{ label: {label}, kind: {kind} }} }}");
    unread_key(spot, key).help(match shape {
        Shape::Terms => format!(
            "to sort cases by it, add the file content/vocabularies/{}.yaml; to show it among the facts, {declared}",
            key.to_lowercase().replace('_', "-")
        ),
        _ => format!("to show it among the facts of a case, {declared}"),
    })
}

/// The name that a key of Casebook has in other tools. `here` is its name in Casebook, `example` a value, `own` the
/// value of the author if it can stand there.
pub fn key_of_another_tool(spot: &Spot, key: &str, here: &str, example: &str, own: Option<&str>) -> Problem {
    let message = format!("nothing reads the key `{}`: Casebook calls it `{here}`", shown(key));
    if let Some(own) = own {
        let value = scalar(own, Context::Block);
        return Problem::new(Code::UnknownField, spot, message).help(format!("write {here}: {}", shown(&value)));
    }
    let example = if example.starts_with("- ") { example.to_owned() } else { format!("{here}: {example}") };
    Problem::new(Code::UnknownField, spot, message).help(in_this_form(&example))
}

/// The same for a key that says what is so without it: `published: true`.
pub fn published_anyway(spot: &Spot, key: &str) -> Problem {
    let message = format!("nothing reads the key `{}`: Casebook calls it `status`", shown(key));
    Problem::new(Code::UnknownField, spot, message)
        .help("delete the line: what has no `status` is published, and `status: draft` keeps it back")
}

/// A key by which other tools sort pages. `ids` are those of the vocabularies, by which Casebook sorts cases.
pub fn sorted_by_vocabularies(spot: &Spot, key: &str, ids: &[&str]) -> Problem {
    let message = format!("nothing reads the key `{}`: cases are sorted by vocabularies", shown(key));
    Problem::new(Code::UnknownField, spot, message).help(format!(
        "put its words under {}, or add the file content/vocabularies/{}.yaml",
        one_of(ids),
        shown(key)
    ))
}

/// A key that is a number, true or false, nothing, or a list.
pub fn key_no_text(spot: &Spot) -> Problem {
    Problem::new(Code::UnknownField, spot, "nothing reads this key: it is not a word")
        .help("begin each line with one of the words that Casebook knows, such as `title:`; or delete it")
}

/// A required key that is absent or has no value.
pub fn missing_field(spot: &Spot, key: &str) -> Problem {
    Problem::new(Code::MissingField, spot, format!("`{key}` is missing")).help(format!("add a line `{key}: …`"))
}

/// A required key that is absent from a group in braces.
pub fn missing_in_braces(spot: &Spot, key: &str) -> Problem {
    Problem::new(Code::MissingField, spot, format!("`{key}` is missing"))
        .help(format!("add `{key}: …` within the braces, with a comma between it and the next"))
}

/// A required key that is there, with nothing after its colon.
pub fn empty_field(spot: &Spot, key: &str) -> Problem {
    Problem::new(Code::MissingField, spot, format!("`{key}` is missing: there is nothing after its colon")).help(
        "write it after the colon, on the same line; a text that begins with # or & needs quotation marks round it",
    )
}

/// A word that is not in a fixed list.
pub fn not_one_of(spot: &Spot, key: &str, found: &str, words: &[&str]) -> Problem {
    Problem::new(Code::BadValue, spot, format!("`{key}` cannot be \"{}\"", shown(found)))
        .help(format!("choose {}", one_of(words)))
        // Every figure is near every other one.
        .did_you_mean(nearest_word(found, words.iter().copied()).filter(|word| word.len() > 1))
        .fix_if_any(found, words.iter().copied().find(|word| is_the_same_word(word, found)))
}

/// An invalid value. `must` completes "`key` must …".
pub(super) fn bad_value(spot: &Spot, key: &str, must: &str) -> Problem {
    Problem::new(Code::BadValue, spot, format!("`{key}` must {must}"))
}

fn bad_date(spot: &Spot, key: &str, found: &str, help: &str) -> Problem {
    Problem::new(Code::BadDate, spot, format!("`{key}` is not a date: \"{}\"", shown(found))).help(help)
}

/// A text that is not a day.
pub fn not_a_day(spot: &Spot, key: &str, found: &str) -> Problem {
    bad_date(
        spot,
        key,
        found,
        "write it in figures with hyphens: four for the year, two for the month, two for the day",
    )
}

/// A month, or a year, where a day is needed.
pub fn day_is_missing(spot: &Spot, key: &str, found: &str, day: &str) -> Problem {
    bad_date(spot, key, found, &format!("write the day too; if it is not known, the first will do: {day}"))
}

/// A day that its month does not have. `month` is the month with its year.
pub fn no_such_day(spot: &Spot, key: &str, found: &str, month: &str, days: i8) -> Problem {
    bad_date(spot, key, found, &format!("write a day that there is: {month} has {days} days"))
}

/// A text that is neither a day nor a month nor a year.
pub fn not_a_partial_date(spot: &Spot, key: &str, found: &str) -> Problem {
    const NOT_DATED: [&str; 7] = ["n.d.", "n.d", "nd", "n. d.", "no date", "undated", "unknown"];
    let found_lower = found.to_lowercase();
    bad_date(
        spot,
        key,
        found,
        match NOT_DATED.contains(&found_lower.trim()) {
            true => "leave the key away: the page then says that the date is not stated",
            false => "write a year, a month or a day: 2013, 2013-03 or 2013-03-31",
        },
    )
}

/// A text that is not a year.
pub fn not_a_year(spot: &Spot, key: &str, found: &str) -> Problem {
    let help = match key {
        "to" => "write a year of four digits: 2013; leave `to` away where no end is known",
        _ => "write a year of four digits: 2013",
    };
    bad_date(spot, key, found, help)
}

/// A day in another form than the one that is read.
pub fn day_otherwise(spot: &Spot, key: &str, found: &str, day: &str) -> Problem {
    bad_date(spot, key, found, &format!("write {day}")).fix(found, day)
}

/// Numbers that are one day in Britain and another in America.
pub fn one_of_two_days(spot: &Spot, key: &str, found: &str, british: &str, american: &str) -> Problem {
    let help = format!("write {british} if the day comes first, or {american} if the month does");
    bad_date(spot, key, found, &help)
}

/// A text that is not an e-mail address. `meant` is the address in it.
pub fn bad_email(spot: &Spot, key: &str, found: &str, meant: Option<&str>) -> Problem {
    bad_value(spot, key, "be an e-mail address, such as name@example.org")
        .help_if_any(meant.map(|meant| format!("write {}", shown(meant))))
        .fix_if_any(found, meant)
}

/// A text that is not a language tag. `meant` is the tag of the language that it names.
pub fn bad_language(spot: &Spot, key: &str, found: &str, meant: Option<&str>) -> Problem {
    bad_value(spot, key, "be a language tag, such as en-GB or cy")
        .help_if_any(meant.map(|meant| format!("write {meant}")))
        .fix_if_any(found, meant)
}

/// A text over its limit, in Unicode characters.
pub fn too_long(spot: &Spot, key: &str, length: usize, limit: usize) -> Problem {
    Problem::new(Code::TooLong, spot, format!("`{key}` has {length} characters; {limit} is the most"))
        .help(format!("shorten it by {}", length - limit))
}
