//! Why some YAML cannot be read, in an editor's words.
//!
//! Takes the text and the parser's own error, gives one problem at the place that an editor should look at. The slips that
//! people really make (a conflict marker, a tab, a curly quotation mark, a bare colon, a key twice) each get a way out of
//! their own; the parser's words are the last resort.

use saphyr_parser::{Event, Parser};

use super::yaml::too_deep;
use crate::problem::{FilePath, Problem, Span, Spot, message::yaml as message};

/// The problem that a parser's error stands for.
pub(super) fn explain(file: &FilePath, text: &str, block: &Span, error: &serde_yaml::Error) -> Problem {
    let yaml = &text[block.clone()];
    let at = |span: Span| block.start + span.start..block.start + span.end;
    let said = error.to_string();
    if let Some(nul) = yaml.find('\0') {
        return message::bad_yaml(file, at(nul..nul + 1), "it holds a NUL character", Some("delete the character"));
    }
    if let Some(marker) = line_where(yaml, is_conflict_marker) {
        let help = "two versions of this file were merged: keep one of the two, and delete the lines of <, = and >";
        return message::bad_yaml(file, at(marker), "a git conflict marker was left in it", Some(help));
    }
    if let Some(key) = said.strip_prefix("duplicate entry with key \"").and_then(|rest| rest.split('"').next()) {
        return twice(file, yaml, block, key);
    }
    if said.contains("repetition limit") {
        let reason = "its aliases (`*name`) repeat too much";
        return message::bad_yaml(file, at(0..0), reason, Some("write the values out in full"));
    }
    if said.contains("recursion limit") {
        return too_deep(file, block);
    }
    if said.contains("more than one document") {
        let second = line_where(yaml, |line| line.trim_end() == "---" || line.starts_with("--- ")).unwrap_or(0..0);
        return message::bad_yaml(file, at(second), "a line `---` stands in the middle of it", Some("delete the line"));
    }
    let here = place(yaml, error, &said);
    let line = line_at(yaml, here.start);
    let (span, reason, help) = slip(yaml, here, line, &said);
    message::bad_yaml(file, at(span), &reason, help)
}

/// The slip behind a syntax error: where, what and the way out.
fn slip(yaml: &str, here: Span, line: Span, said: &str) -> (Span, String, Option<&'static str>) {
    let text = &yaml[line.clone()];
    let indent = text.len() - text.trim_start_matches([' ', '\t']).len();
    if let Some(tab) = text[..indent].find('\t') {
        let at = line.start + tab;
        return (at..at + 1, "a tab stands at the start of a line".into(), Some("use spaces instead of the tab"));
    }
    let value = text.split_once(": ").map_or("", |(_, value)| value.trim_start());
    if value.starts_with(['“', '”', '‘', '’']) {
        let quote = line.start + (text.len() - value.len());
        let help = "curly quotation marks do not quote in YAML: use straight ones, \"…\", round the whole value";
        return (quote..quote + '“'.len_utf8(), "a value begins with a curly quotation mark".into(), Some(help));
    }
    if said.starts_with("mapping values are not allowed") {
        let help = "put quotation marks round a value that holds a colon: title: \"One: two\"";
        return (here, "a second colon stands in this line, or the line is indented too far".into(), Some(help));
    }
    if said.contains("while scanning a quoted scalar") || said.contains("unexpected end of stream") {
        let help = "close the quotation mark, or the bracket, that is open";
        return (here, "something that was opened is never closed".into(), Some(help));
    }
    if said.contains("flow sequence") || said.contains("flow mapping") {
        let help = "a list in brackets ends with `]`, and its items have commas between them: [health, police]";
        return (here, "a list in brackets is not finished".into(), Some(help));
    }
    if said.contains("cannot start any token") {
        let help = "put quotation marks round a value that begins with one of @ ` % & * ! | > or a tab";
        return (here, "a value begins with a character that has a meaning of its own".into(), Some(help));
    }
    if said.contains("invalid type: integer") || said.contains("i128") {
        let help = "put quotation marks round it";
        return (here, "a number in it is too large to be one".into(), Some(help));
    }
    if said.contains("could not find expected ':'") {
        return (here, "a line has no colon after its key".into(), Some("write each line as `key: value`"));
    }
    let plain = said.split(" at line ").next().unwrap_or(said).to_owned();
    (here, plain, Some("compare the line with its neighbours: `key: value`, indented by spaces"))
}

/// Line and character of what was opened and never closed, which is where an editor should look.
fn opened(said: &str) -> Option<(usize, usize)> {
    let scanning = ["while scanning a quoted scalar", "while parsing a flow sequence", "while parsing a flow mapping"];
    let (_, place) = scanning.iter().find_map(|words| said.split_once(words))?;
    let (line, character) = place.trim_start().strip_prefix("at line ")?.split_once(" column ")?;
    Some((line.parse().ok()?, character.trim().parse().ok()?))
}

/// The one character to look at; the parser counts lines and characters from 1. Errors at the very end of the text are
/// placed on the last line that holds something.
fn place(yaml: &str, error: &serde_yaml::Error, said: &str) -> Span {
    let stopped = error.location().map(|location| (location.line(), location.column()));
    let Some((number, character)) = opened(said).or(stopped) else { return 0..0 };
    let line = yaml.split_inclusive('\n').take(number.saturating_sub(1)).map(str::len).sum::<usize>();
    let rest = &yaml[line.min(yaml.len())..];
    if rest.trim().is_empty() {
        let end = yaml.trim_end().len();
        let start = yaml[..end].rfind('\n').map_or(0, |newline| newline + 1);
        return start..end;
    }
    let column = rest.char_indices().nth(character.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    let width = rest[column..].chars().next().map_or(0, char::len_utf8);
    line + column..line + column + width
}

fn line_at(yaml: &str, at: usize) -> Span {
    let start = yaml[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = yaml[at..].find('\n').map_or(yaml.len(), |newline| at + newline);
    start..end
}

fn line_where(yaml: &str, is: impl Fn(&str) -> bool) -> Option<Span> {
    let mut start = 0;
    for line in yaml.split_inclusive('\n') {
        let shown = line.trim_end();
        if is(line) {
            return Some(start..start + shown.len());
        }
        start += line.len();
    }
    None
}

fn is_conflict_marker(line: &str) -> bool {
    let line = line.trim_end();
    line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") || line == "======="
}

/// Finds the second of two equal keys, which the parser reports without a place.
fn twice(file: &FilePath, yaml: &str, block: &Span, key: &str) -> Problem {
    let [first, second] = key_spans(yaml, key).map(|span| block.start + span.start..block.start + span.end);
    message::key_twice(key, &Spot::bytes(file, second), &Spot::bytes(file, first))
}

/// The places of the first mapping key of that name that has an equal before it in its mapping, and of that equal.
fn key_spans(yaml: &str, key: &str) -> [Span; 2] {
    let bytes: Vec<usize> = yaml.char_indices().map(|(at, _)| at).chain([yaml.len()]).collect();
    let byte = |characters: usize| bytes[characters.min(bytes.len() - 1)];
    // For each open collection: is it a mapping, is a key expected next, and the key's earlier place.
    let mut open: Vec<(bool, bool, Option<Span>)> = Vec::new();
    let mut parser = Parser::new_from_str(yaml);
    while let Some(Ok((event, span))) = parser.next_event() {
        let is_key = open.last().is_some_and(|&(is_map, at_key, _)| is_map && at_key);
        if let (true, Event::Scalar(value, ..)) = (is_key, &event)
            && value == key
        {
            let here = byte(span.start.index())..byte(span.end.index());
            match open.last_mut() {
                Some((_, _, Some(first))) => return [first.clone(), here],
                Some((_, _, first)) => *first = Some(here),
                None => {}
            }
        }
        match event {
            Event::MappingStart(..) => open.push((true, true, None)),
            Event::SequenceStart(..) => open.push((false, false, None)),
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                turn(&mut open);
            }
            Event::Scalar(..) | Event::Alias(_) => turn(&mut open),
            _ => {}
        }
    }
    [0..0, 0..0]
}

/// After a whole node in a mapping, a key is followed by a value and a value by a key.
fn turn(open: &mut [(bool, bool, Option<Span>)]) {
    if let Some((true, at_key, _)) = open.last_mut() {
        *at_key = !*at_key;
    }
}
