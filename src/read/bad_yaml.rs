//! Explains in plain words why some YAML cannot be read.
//!
//! Takes the text and the parser's own error, gives one problem at the place that an editor should look at. Limits and
//! keys that occur twice are reported here; mistakes within one line are recognised by [`super::yaml_mistake`].

use super::{
    garbled, yaml_fix,
    yaml_mistake::{self, ParserStop},
    yaml_tree::too_deep,
    yaml_walk,
};
use crate::problem::{
    FilePath, Problem, Span, Spot,
    message::{yaml::key_twice, yaml_syntax as message},
};

/// The problem for an error of the parser.
pub(super) fn explain(file: &FilePath, text: &str, block: &Span, error: &serde_yaml::Error) -> Problem {
    let yaml = &text[block.clone()];
    let at = |span: Span| block.start + span.start..block.start + span.end;
    let spot = |span: Span| Spot::bytes(file, at(span));
    let error_text = error.to_string();
    if let Some(nul) = yaml.find('\0') {
        return message::nul(&spot(nul..nul + 1));
    }
    if let Some((at, c)) = yaml.char_indices().find(|&(_, c)| is_control(c)) {
        return message::control_character(&spot(at..at + c.len_utf8()), c, garbled::of_windows(c));
    }
    if let Some(marker) = line_where(yaml, is_conflict_marker) {
        return message::conflict_marker(&spot(marker));
    }
    if error_text.contains("duplicate entry")
        && let Some((key, places)) = yaml_walk::key_twice(yaml)
    {
        let [first, second] = places.map(spot);
        return key_twice(&key, &second, &first);
    }
    if error_text.contains("repetition limit") {
        return message::too_many_aliases(&spot(yaml_walk::alias_too_many(yaml)));
    }
    if error_text.contains("recursion limit") {
        return too_deep(file, yaml, block);
    }
    if error_text.contains("more than one document") {
        let second = line_where(yaml, |line| line.trim_end() == "---" || line.starts_with("--- ")).unwrap_or(0..0);
        return message::second_document(&spot(second));
    }
    let stop = stop(yaml, error, &error_text);
    let mistake = yaml_mistake::recognise(yaml, &stop, &error_text);
    let place = mistake.as_ref().map_or_else(|| yaml_mistake::place(yaml, &stop), |mistake| mistake.at.clone());
    let problem = match mistake {
        Some(mistake) => (mistake.problem)(&spot(mistake.at)),
        None => message::unknown(&spot(place.clone()), error_text.split(" at line ").next().unwrap_or(&error_text)),
    };
    match yaml_fix::fix(yaml, &place) {
        Some((place, now)) => {
            let before = yaml[..place.start].rsplit('\n').next().unwrap_or_default();
            message::with_fix(problem, before, &yaml[place.clone()], &now, at(place))
        }
        None => problem,
    }
}

/// Where the parser stopped, and where the construct that it was reading began. It counts lines and characters from 1.
fn stop(yaml: &str, error: &serde_yaml::Error, error_text: &str) -> ParserStop {
    let end = yaml.trim_end().len();
    let stopped = error.location().map_or(0, |place| byte_at(yaml, place.line(), place.column()));
    let began = error_text.split_once("while ").and_then(|(_, context)| {
        let (line, column) = context.split_once(" at line ")?.1.split_once(" column ")?;
        Some(byte_at(yaml, line.parse().ok()?, column.trim().parse().ok()?))
    });
    // An error at the very end of the text belongs to the last line that holds something.
    ParserStop { at: stopped.min(end), began: began.map(|began| began.min(end)) }
}

fn byte_at(yaml: &str, line: usize, column: usize) -> usize {
    let start = yaml.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let rest = &yaml[start..];
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
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

/// Characters that YAML refuses.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}') || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Is this line a conflict marker of git?
pub(super) fn is_conflict_marker(line: &str) -> bool {
    let line = line.trim_end();
    line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") || line == "======="
}
