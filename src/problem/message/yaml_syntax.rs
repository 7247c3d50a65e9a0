//! Messages about YAML that cannot be read, each with the typing error that is behind it.

use super::pasted::help_for_unprintable;
use crate::problem::{Code, Problem, Span, Spot};

/// YAML that cannot be read. `reason` follows a colon.
fn unreadable(spot: &Spot, reason: &str) -> Problem {
    Problem::new(Code::BadYaml, spot, format!("this cannot be read as YAML: {reason}"))
}

/// The same problem with its fix: the new text at a place. `before` is the line up to there.
pub fn with_fix(problem: Problem, before: &str, was: &str, now: &str, at: Span) -> Problem {
    let place = Spot::bytes(&problem.spot.file, at);
    let problem = problem.fix_at(&place, was, now);
    if was.starts_with('[') && was.contains("](") && !now.starts_with('"') {
        return problem.help(format!("write the address alone: {}{now}", before.trim_start()));
    }
    let can_be_seen = |c: char| c == ' ' || !c.is_whitespace() && !c.is_control();
    // The whole value, as it must be written, says more than an example.
    if !now.starts_with('"') || now.len() > LONGEST_EXAMPLE || !now.chars().all(can_be_seen) {
        return problem;
    }
    let advice = match was.starts_with(['"', '\'', '“', '‘', '”']) {
        true => "write",
        false => "put quotation marks round all of it:",
    };
    problem.help(format!("{advice} {}{now}", before.trim_start()))
}

/// The longest value that is written out in a help line.
const LONGEST_EXAMPLE: usize = 90;

/// The parser's own message, for a typing error that is not known here.
pub fn unknown(spot: &Spot, parser_message: &str) -> Problem {
    unreadable(spot, parser_message).help("compare the line with its neighbours: `key: value`, indented by spaces")
}

/// More YAML than is read.
pub fn too_large(spot: &Spot) -> Problem {
    unreadable(spot, "there is more than 1 megabyte of it")
        .help("move long texts below the front matter, or split the file")
}

/// YAML that is nested too deep.
pub fn too_deep(spot: &Spot, deepest: usize) -> Problem {
    unreadable(spot, &format!("lists and mappings are nested more than {deepest} deep"))
        .help(format!("use fewer levels: at most {deepest}"))
}

/// A control character. `meant` is the character of Windows with its number.
pub fn control_character(spot: &Spot, character: char, meant: Option<char>) -> Problem {
    let number = u32::from(character);
    unreadable(spot, &format!("it holds a control character (U+{number:04X}), which nobody can see"))
        .help(help_for_unprintable(meant))
}

/// A NUL character.
pub fn nul(spot: &Spot) -> Problem {
    unreadable(spot, "it holds a NUL character").help("delete the character")
}

/// Conflict markers of git.
pub fn conflict_marker(spot: &Spot) -> Problem {
    unreadable(spot, "a git conflict marker was left in it")
        .help("two versions of this file were merged: keep one of the two, and delete the lines of <, = and >")
}

/// Aliases that stand for more text than is read.
pub fn too_many_aliases(spot: &Spot) -> Problem {
    unreadable(spot, "its aliases (`*name`) repeat too much").help("write the values out in full")
}

/// A line `---` in the middle of a file of YAML.
pub fn second_document(spot: &Spot) -> Problem {
    unreadable(spot, "there is a line `---` in the middle of it").help("delete the line")
}

/// A line `---` in the middle of front matter.
pub fn front_matter_goes_on(spot: &Spot) -> Problem {
    unreadable(spot, "there is a line `---` in the middle of it")
        .help("delete the line: the front matter goes on below")
}

/// A line separator, which is invisible and ends a line in YAML.
pub fn line_separator(spot: &Spot) -> Problem {
    unreadable(spot, "this line holds a line separator: nobody can see it, and YAML ends the line there")
        .help("delete it, and type a space: text pasted from slides and web pages holds such characters")
}

/// A no-break space before a key.
pub fn no_break_space_at_start(spot: &Spot) -> Problem {
    unreadable(spot, "this line begins with a no-break space, as Word makes them")
        .help("delete it; indent by spaces where the line belongs to the one above")
}

/// A no-break space after a colon.
pub fn no_break_space_after_colon(spot: &Spot) -> Problem {
    unreadable(spot, "the space after the colon is a no-break space, as Word makes them")
        .help("delete it, and type a space")
}

/// A tab after the hyphen of an item.
pub fn tab_after_hyphen(spot: &Spot) -> Problem {
    unreadable(spot, "there is a tab after the hyphen").help("type one space after the hyphen instead")
}

/// A tab at the start of a line.
pub fn tab_at_start(spot: &Spot) -> Problem {
    unreadable(spot, "there is a tab at the start of a line").help("use spaces instead of the tab")
}

/// A value that begins with an apostrophe.
pub fn apostrophe(spot: &Spot) -> Problem {
    unreadable(spot, "a value begins with an apostrophe, which is read as a quotation mark")
        .help("put double quotation marks round the whole value: \"'Tis the season\"")
}

/// A value that begins with a curly quotation mark.
pub fn curly_quotation_mark(spot: &Spot) -> Problem {
    unreadable(spot, "a value begins with a curly quotation mark")
        .help("curly quotation marks do not quote in YAML: use straight ones, \"…\", round the whole value")
}

/// A value that begins with a character that has a meaning in YAML.
pub fn first_character(spot: &Spot) -> Problem {
    unreadable(spot, "a value begins with a character that has a meaning of its own")
        .help("put quotation marks round a value that begins with one of @ ` % & * ! | > - ?")
}

const BEGIN_WITH_HYPHEN: &str = "begin each item of a list with a hyphen and a space: `- health`";

/// A list item with a bullet in place of a hyphen.
pub fn bullet(spot: &Spot) -> Problem {
    unreadable(spot, "there is a bullet at the start of a line").help(BEGIN_WITH_HYPHEN)
}

/// A list item without a space after its hyphen.
pub fn no_space_after_hyphen(spot: &Spot) -> Problem {
    unreadable(spot, "there is no space after the hyphen").help(BEGIN_WITH_HYPHEN)
}

/// A key without a space after its colon.
pub fn no_space_after_colon(spot: &Spot) -> Problem {
    unreadable(spot, "there is no space after the colon").help("put a space after the colon: `key: value`")
}

/// A key in bold letters of Markdown.
pub fn bold_key(spot: &Spot) -> Problem {
    unreadable(spot, "there is a key between asterisks").help("write the key alone: front matter is not Markdown")
}

/// A line without a colon.
pub fn no_colon(spot: &Spot) -> Problem {
    unreadable(spot, "a line has no colon after its key")
        .help("write each line as `key: value`; a text that goes on in the next line is indented there by two spaces")
}

/// A line without a colon under a key that has no value: an item of a list.
pub fn item_without_hyphen(spot: &Spot) -> Problem {
    unreadable(spot, "a line has neither a colon nor a hyphen")
        .help("write the items of a list in brackets after the key, with commas between them: sector: [health, police]")
}

/// A line of dashes or asterisks that was meant to end the front matter.
pub fn mistyped_closing(spot: &Spot) -> Problem {
    unreadable(spot, "this line does not end the front matter").help("make it exactly three hyphens: `---`")
}

/// A comma without a value before it.
pub fn comma_without_item(spot: &Spot) -> Problem {
    unreadable(spot, "there is nothing before this comma").help("delete the comma, or write what is missing before it")
}

/// A backslash within double quotation marks.
pub fn backslash(spot: &Spot) -> Problem {
    unreadable(spot, "there is a backslash in double quotation marks, where it has a meaning of its own")
        .help("put single quotation marks round the whole value, or write each backslash twice")
}

/// A link of Markdown within brackets or braces.
pub fn link_in_brackets(spot: &Spot) -> Problem {
    unreadable(spot, "this is a link of Markdown, and front matter is not Markdown").help(
        "write the words alone, or for an address the address alone; a link belongs in the text below the front matter",
    )
}

/// A second colon in a line.
pub fn second_colon(spot: &Spot) -> Problem {
    unreadable(spot, "there is a second colon in this line")
        .help("put quotation marks round a value that holds a colon: title: \"One: two\"; begin a new line before another key")
}

/// A second colon in a value within brackets.
pub fn second_colon_in_brackets(spot: &Spot) -> Problem {
    unreadable(spot, "there is a second colon in one value")
        .help("put a comma between the two parts, or quotation marks round a value that holds a colon")
}

/// A group in braces without an end, or without commas.
pub fn open_braces(spot: &Spot) -> Problem {
    unreadable(spot, "a group in braces is not finished")
        .help("a group in braces ends with `}`, and has commas between its parts: { from: 2006, to: 2013 }")
}

/// A list in brackets without an end, or without commas.
pub fn open_brackets(spot: &Spot) -> Problem {
    unreadable(spot, "a list in brackets is not finished")
        .help("a list in brackets ends with `]`, and its items have commas between them: [health, police]")
}

/// A quotation mark or a bracket that is never closed.
pub fn never_closed(spot: &Spot) -> Problem {
    unreadable(spot, "something that was opened is never closed")
        .help("close the quotation mark, or the bracket, that is open")
}

/// A closing bracket without an opening one.
pub fn closes_nothing(spot: &Spot) -> Problem {
    unreadable(spot, "this bracket closes nothing").help("delete it, or put quotation marks round the whole value")
}

/// Text after a value in single quotation marks.
pub fn text_after_single_quotes(spot: &Spot) -> Problem {
    unreadable(spot, "there is text after the closing quotation mark")
        .help("put double quotation marks round the whole value, in place of the single ones; write \\\" for a double one inside it")
}

/// Text after a value in double quotation marks.
pub fn text_after_double_quotes(spot: &Spot) -> Problem {
    unreadable(spot, "there is text after the closing quotation mark")
        .help("put double quotation marks round the whole value, and write \\\" for each double one inside it")
}

/// Text after a value in brackets.
pub fn text_after_brackets(spot: &Spot) -> Problem {
    unreadable(spot, "there is text after the closing bracket")
        .help("put quotation marks round the whole value: \"[Draft] A title\"")
}

/// A line that is indented further than the keys above it.
pub fn indented_too_far(spot: &Spot) -> Problem {
    unreadable(spot, "this line is indented too far")
        .help("begin it in the same column as the line above, unless it belongs to that line's text")
}

/// A line that should be indented further than the hyphen above it.
pub fn indented_too_little(spot: &Spot) -> Problem {
    unreadable(spot, "this line is indented no further than the hyphen above it")
        .help("indent it as far as the text after that hyphen")
}

/// An item in another column than the other items.
pub fn item_in_another_column(spot: &Spot) -> Problem {
    unreadable(spot, "this item begins in another column than those above it")
        .help("begin all items of a list in the same column")
}

/// A key in another column than the other keys.
pub fn key_in_another_column(spot: &Spot) -> Problem {
    unreadable(spot, "this line begins in another column than those around it")
        .help("begin all keys of a group in the same column")
}

/// A number with too many digits.
pub fn number_too_large(spot: &Spot) -> Problem {
    unreadable(spot, "a number in it is too large to be one").help("put quotation marks round it")
}
