//! A syntax error of YAML → the mistake that caused it.
//!
//! Takes the text, the position where the parser stopped, and its message; gives the place that an editor should look
//! at, and the message for it. Only common mistakes are recognised. Spans are bytes of the YAML.

mod line;

use std::collections::BTreeSet;

use self::line::YamlLine;
use super::front_matter::is_line_of_dashes;
use crate::problem::{Problem, Span, Spot, message::yaml_syntax as message};

/// The position where a parser stopped, and the start of the construct that it was reading, in bytes of the YAML.
pub(super) struct ParserStop {
    pub(super) at: usize,
    pub(super) began: Option<usize>,
}

/// A mistake in YAML: its place, and the message for it.
pub(super) struct YamlMistake {
    pub(super) at: Span,
    pub(super) problem: fn(&Spot) -> Problem,
}

impl YamlMistake {
    fn new(at: Span, problem: fn(&Spot) -> Problem) -> YamlMistake {
        YamlMistake { at, problem }
    }
}

/// Characters that cannot begin a value, since they have a meaning in YAML.
const MARKS: &str = "@`%&*!|>";
const CURLY: [char; 4] = ['“', '”', '‘', '’'];
/// Bullets that word processors write in place of a hyphen.
pub(super) const BULLETS: [char; 7] = ['•', '·', '◦', '▪', '●', '–', '—'];

/// Recognises the mistake behind a parser's error, if it is a common one.
pub(super) fn recognise(yaml: &str, stop: &ParserStop, error_text: &str) -> Option<YamlMistake> {
    let line = YamlLine::at(yaml, stop.at);
    line_separator(yaml, stop)
        .or_else(|| no_break_space(&line))
        .or_else(|| no_break_space(&line.above()?))
        .or_else(|| tab(&line))
        .or_else(|| apostrophe(&line, stop))
        .or_else(|| opened_above(&line, stop))
        .or_else(|| text_after_quotes(&line, stop))
        .or_else(|| asterisks(&line))
        .or_else(|| bullet(&line).filter(|_| error_text.contains("alias")))
        .or_else(|| first_character(&line, stop))
        .or_else(|| by_message(yaml, &line, stop, error_text))
}

/// The mistake that corresponds to a parser's message, if it is a common one.
fn by_message(yaml: &str, line: &YamlLine<'_>, stop: &ParserStop, error_text: &str) -> Option<YamlMistake> {
    if error_text.starts_with("mapping values are not allowed") {
        Some(second_colon(yaml, line, stop))
    } else if error_text.starts_with("could not find expected ':'") {
        Some(no_key(&YamlLine::at(yaml, stop.began?)))
    } else if error_text.contains("unknown escape character") || error_text.contains("expected hexdecimal") {
        let at = yaml[..stop.at].rfind('\\').unwrap_or(stop.at);
        Some(YamlMistake::new(YamlLine::at(yaml, at).character(at), message::backslash))
    } else if error_text.contains("did not find expected node content") && yaml[stop.at..].starts_with(',') {
        Some(YamlMistake::new(line.character(stop.at), message::comma_without_item))
    } else if error_text.contains("while scanning a quoted scalar") {
        Some(never_closed(yaml, stop.began?))
    } else if error_text.contains("flow sequence") || error_text.contains("flow mapping") {
        Some(in_brackets(yaml, stop))
    } else if error_text.contains("expected key") {
        Some(after_the_value(yaml, line, stop))
    } else if error_text.contains("expected '-' indicator") {
        Some(YamlMistake::new(line.word(stop.at), message::indented_too_little))
    } else if error_text.contains("invalid type: integer") || error_text.contains("i128") {
        Some(YamlMistake::new(line.word(stop.at), message::number_too_large))
    } else {
        None
    }
}

/// A line separator, which is invisible and ends a line in YAML: where the parser stopped, where its construct began,
/// or in the line above that.
fn line_separator(yaml: &str, stop: &ParserStop) -> Option<YamlMistake> {
    const SEPARATORS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];
    let began = YamlLine::at(yaml, stop.began.unwrap_or(stop.at));
    let from = began.above().map_or(began.start, |above| above.start);
    let last = YamlLine::at(yaml, stop.at);
    let around = yaml.get(from..last.start + last.text.len())?;
    let (at, separator) = around.match_indices(SEPARATORS).next()?;
    Some(YamlMistake::new(from + at..from + at + separator.len(), message::line_separator))
}

/// A no-break space before a key.
fn no_break_space(line: &YamlLine<'_>) -> Option<YamlMistake> {
    let at = line.whole().start;
    let text = line.text.trim_start_matches(' ');
    let start = line.start + line.text.len() - text.len();
    let blanks = text.len() - text.trim_start_matches('\u{a0}').len();
    (blanks > 0 && at <= start + blanks)
        .then(|| YamlMistake::new(start..start + blanks, message::no_break_space_at_start))
}

/// A value that begins with an apostrophe, which YAML reads as a quotation mark, closed by the next one in a line
/// below.
fn apostrophe(line: &YamlLine<'_>, stop: &ParserStop) -> Option<YamlMistake> {
    let is_closed_here = line.yaml.get(line.start..stop.at)?.contains('\'');
    let open = std::iter::successors(line.above(), YamlLine::above)
        .take(8)
        .find_map(|above| {
            let (start, value) = above.value();
            (value.starts_with('\'') && value.matches('\'').count() == 1).then_some(start)
        })
        .filter(|_| is_closed_here)?;
    Some(YamlMistake::new(open..open + 1, message::apostrophe))
}

/// A double quotation mark in a line above, which is not closed there, so that one in this line closes it.
fn opened_above(line: &YamlLine<'_>, stop: &ParserStop) -> Option<YamlMistake> {
    line.text.find('"').filter(|close| line.start + close < stop.at)?;
    let above = std::iter::successors(line.above(), YamlLine::above).find(|above| above.text.contains('"'))?;
    let open = above.text.rfind('"').filter(|_| above.text.matches('"').count() % 2 == 1)?;
    let (before, after) = (&above.text[..open], &above.text[open + 1..]);
    let begins_value = before.ends_with([' ', '[', '{', ',']) && after.starts_with(|c: char| !c.is_whitespace());
    // A text in several lines is indented.
    let next = YamlLine::at(line.yaml, above.start + above.text.len() + 1);
    (begins_value && next.indent() <= above.indent()).then(|| never_closed(line.yaml, above.start + open))
}

/// Text after a value in quotation marks, in brackets or after a hyphen too.
fn text_after_quotes(line: &YamlLine<'_>, stop: &ParserStop) -> Option<YamlMistake> {
    let (before, after) = (line.yaml.get(line.start..stop.at)?, &line.yaml[stop.at..]);
    let quote = before.chars().next_back().filter(|quote| matches!(quote, '"' | '\''))?;
    let is_closed = before.matches(quote).count() == 2 && after.starts_with(char::is_alphanumeric);
    let problem = if quote == '"' { message::text_after_double_quotes } else { message::text_after_single_quotes };
    is_closed.then(|| YamlMistake::new(line.word(stop.at), problem))
}

/// A key in bold letters of Markdown.
fn asterisks(line: &YamlLine<'_>) -> Option<YamlMistake> {
    let whole = line.whole();
    line.yaml[whole.clone()]
        .starts_with("**")
        .then(|| YamlMistake::new(whole.start..whole.start + 2, message::bold_key))
}

/// An anchor of YAML that nothing refers to and text follows: it was meant as text, which would be lost. Only a look at
/// the start of each value keeps the time linear.
pub(super) fn anchor_in_text(yaml: &str) -> Option<Span> {
    if ![": &", "- &"].iter().any(|start| yaml.contains(start)) {
        return None;
    }
    let ends_name = |c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}');
    let aliases: BTreeSet<&str> = yaml.split('*').skip(1).filter_map(|rest| rest.split(ends_name).next()).collect();
    let mut start = 0;
    yaml.split_inclusive('\n').find_map(|text| {
        let line = YamlLine { yaml, start, text: text.trim_end() };
        start += text.len();
        let item = line.text.trim_start().strip_prefix("- ").filter(|item| item.starts_with('&'));
        let value = item.unwrap_or_else(|| line.value().1);
        let at = line.start + line.text.len() - value.len();
        let (name, text) = value.strip_prefix('&')?.split_once(' ')?;
        let is_in_brackets = yaml[line.start..at].contains(['[', '{']);
        let text = if is_in_brackets { text.split([',', ']', '}']).next()?.trim_end() } else { text };
        // One word may have an anchor that nothing refers to any more.
        let is_text = text.starts_with(char::is_alphanumeric) && text.contains(' ');
        (is_text && !aliases.contains(name)).then(|| at..at + 1)
    })
}

/// A tab where only spaces are allowed.
fn tab(line: &YamlLine<'_>) -> Option<YamlMistake> {
    let item = line.text.trim_start_matches(' ');
    if item.starts_with("-\t") {
        let at = line.start + line.text.len() - item.len() + 1;
        return Some(YamlMistake::new(at..at + 1, message::tab_after_hyphen));
    }
    let indent = line.text.len() - line.text.trim_start_matches([' ', '\t']).len();
    let at = line.start + line.text[..indent].find('\t')?;
    Some(YamlMistake::new(at..at + 1, message::tab_at_start))
}

/// A list item with a bullet in place of a hyphen.
fn bullet(line: &YamlLine<'_>) -> Option<YamlMistake> {
    let start = line.whole().start;
    let text = &line.yaml[line.whole()];
    let bullet = text.chars().next().filter(|c| BULLETS.contains(c) || text.starts_with("* "))?;
    Some(YamlMistake::new(start..start + bullet.len_utf8(), message::bullet))
}

/// A value that begins with a character that has a meaning in YAML.
fn first_character(line: &YamlLine<'_>, stop: &ParserStop) -> Option<YamlMistake> {
    let (start, value) = line.value_or_item();
    let first = value.chars().next()?;
    let at = start..start + first.len_utf8();
    if CURLY.contains(&first) {
        return Some(YamlMistake::new(at, message::curly_quotation_mark));
    }
    let is_mark = MARKS.contains(first) || value.starts_with("- ") || value.starts_with("? ");
    (is_mark && stop.at >= start).then(|| YamlMistake::new(at, message::first_character))
}

/// A colon that is not allowed: in a value, after a line whose own colon has no space, or in a line that is indented
/// too far.
fn second_colon(yaml: &str, line: &YamlLine<'_>, stop: &ParserStop) -> YamlMistake {
    if let Some(mistake) = line.above().and_then(|above| no_space_after_colon(&above)) {
        return mistake;
    }
    let is_first = !yaml[line.start..stop.at].contains(": ");
    let is_further = line.above().is_some_and(|above| above.indent() < line.indent() && !above.value().1.is_empty());
    let before = yaml.get(line.whole().start..stop.at).unwrap_or_default();
    if is_first && is_further && !before.contains(' ') {
        return YamlMistake::new(line.whole(), message::indented_too_far);
    }
    YamlMistake::new(line.character(stop.at), message::second_colon)
}

/// A line that should be `key: value`.
fn no_key(line: &YamlLine<'_>) -> YamlMistake {
    if let Some(mistake) = bullet(line) {
        return mistake;
    }
    let whole = line.whole();
    let text = &line.yaml[whole.clone()];
    if text.starts_with('-') && !text.starts_with("--") {
        return YamlMistake::new(whole.start..whole.start + 1, message::no_space_after_hyphen);
    }
    if is_line_of_dashes(text) {
        return YamlMistake::new(whole, message::mistyped_closing);
    }
    if is_item_without_hyphen(line) {
        return YamlMistake::new(whole, message::item_without_hyphen);
    }
    no_space_after_colon(line).unwrap_or_else(|| YamlMistake::new(whole, message::no_colon))
}

/// The most lines of a list without hyphens that are searched for its key.
const LONGEST_LIST: usize = 20;

/// Is a line without a colon below a key that has no value? Other such lines may stand between.
fn is_item_without_hyphen(line: &YamlLine<'_>) -> bool {
    let above = std::iter::successors(line.above(), YamlLine::above).take(LONGEST_LIST);
    let is_item = |line: &YamlLine<'_>| !line.text.contains(':') && !line.text.trim().is_empty();
    let key = above.map(|above| (above.text.trim().trim_start_matches('#').trim().to_owned(), is_item(&above)));
    let mut rest = key.skip_while(|(_, is_item)| *is_item).map(|(text, _)| text);
    is_item(line) && rest.next().is_some_and(|text| text.ends_with(':') && !text.contains(' '))
}

/// `tier:unitary`, or with a no-break space after the colon.
fn no_space_after_colon(line: &YamlLine<'_>) -> Option<YamlMistake> {
    let whole = line.whole();
    let (key, value) = line.yaml[whole.clone()].split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let after = value.chars().next().filter(|&c| c != ' ' && c != '\t' && c != '/')?;
    let colon = whole.start + key.len();
    match after {
        _ if !is_key => None,
        '\u{a0}' => {
            Some(YamlMistake::new(colon + 1..colon + 1 + after.len_utf8(), message::no_break_space_after_colon))
        }
        _ => Some(YamlMistake::new(colon..colon + 1, message::no_space_after_colon)),
    }
}

/// A quotation mark that is never closed.
fn never_closed(yaml: &str, began: usize) -> YamlMistake {
    let at = YamlLine::at(yaml, began).character(began);
    let value = yaml[began..].lines().next().unwrap_or_default();
    let is_word = value.strip_prefix('\'').and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric);
    if is_word && value.matches('\'').count() == 1 {
        return YamlMistake::new(began..began + 1, message::apostrophe);
    }
    YamlMistake::new(at, message::never_closed)
}

/// A mistake within brackets or braces.
fn in_brackets(yaml: &str, stop: &ParserStop) -> YamlMistake {
    let line = YamlLine::at(yaml, stop.at);
    let began = stop.began.unwrap_or(stop.at);
    if yaml[stop.at..].starts_with(':') && began >= line.start {
        return YamlMistake::new(line.character(stop.at), message::second_colon_in_brackets);
    }
    if yaml[..stop.at].ends_with(']') && yaml[stop.at..].starts_with('(') {
        let start = yaml[line.start..stop.at].rfind('[').map_or(stop.at, |open| line.start + open);
        return YamlMistake::new(YamlLine::at(yaml, start).character(start), message::link_in_brackets);
    }
    let is_group = yaml[began..].starts_with('{');
    YamlMistake::new(line.character(began), if is_group { message::open_braces } else { message::open_brackets })
}

/// Text after a value in its line, or a line with a wrong indentation.
fn after_the_value(yaml: &str, line: &YamlLine<'_>, stop: &ParserStop) -> YamlMistake {
    let (start, value) = line.value();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    match yaml[stop.at..].chars().next() {
        Some('\t') => YamlMistake::new(line.character(stop.at), message::tab_at_start),
        Some(']' | '}') => YamlMistake::new(line.character(stop.at), message::closes_nothing),
        _ if stop.at > start && quote == Some('\'') => {
            YamlMistake::new(line.word(stop.at), message::text_after_single_quotes)
        }
        _ if stop.at > start && quote == Some('"') => {
            YamlMistake::new(line.word(stop.at), message::text_after_double_quotes)
        }
        _ if stop.at > start && value.starts_with(['[', '{']) => {
            YamlMistake::new(line.word(stop.at), message::text_after_brackets)
        }
        _ if line.text.trim_start().starts_with("- ") => {
            YamlMistake::new(line.whole(), message::item_in_another_column)
        }
        _ => YamlMistake::new(line.whole(), message::key_in_another_column),
    }
}

/// The place where the parser stopped.
pub(super) fn place(yaml: &str, stop: &ParserStop) -> Span {
    YamlLine::at(yaml, stop.at).character(stop.at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::{problem::FilePath, read::yaml_tree::parse};

    proptest! {
        #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

        #[test]
        fn every_syntax_error_has_a_place(yaml in "((  |- |\t|• )?[a-cé]{0,2}(: ?|:\u{a0}|)(“|\"|'|\\[|\\{|\\]|\\}|&a|\\*a|!|>|\\||- |, |#|%|)[a-cé ]{0,3}(“|\"|'|\\[|\\{|\\]|\\}|: x|,|)\n){0,6}") {
            let text = format!("---\n{yaml}---\n");
            let block = 4..4 + yaml.len();
            if let Err(problem) = parse(&FilePath::new("a.md"), &text, &block) {
                let crate::problem::SpotPart::Bytes(at) = problem.spot.part else { panic!("no place") };
                prop_assert!(block.start <= at.start && at.end <= text.len() && text.get(at).is_some());
            }
        }
    }
}
