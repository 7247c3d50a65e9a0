//! YAML text → a tree of values, or the reason why there is none.
//!
//! Takes a file's text and the bytes of its YAML. The limits of size and depth that keep hostile input linear are here.
//! [`super::bad_yaml`] explains syntax errors, and [`super::yaml`] checks the values.

use serde_yaml::{Mapping, Value};

use super::{bad_yaml, yaml_mistake::anchor_in_text, yaml_walk};
use crate::problem::{FilePath, Problem, Span, Spot, SpotPart, message::yaml_syntax as message};

/// The largest front matter that is read, in bytes.
const LARGEST: usize = 1024 * 1024;
/// The most errors that are reported after the first, and the largest front matter in which they are searched for.
const MAX_FAULTS: usize = 20;
const SEARCHED: usize = 64 * 1024;
/// The deepest nesting of lists and mappings.
const DEEPEST: usize = 64;

/// The most open brackets that are parsed, because the parser's time grows with the square of their number.
const MAX_BRACKETS: usize = 1000;

/// Is YAML so small, and nested so little, that it is parsed in linear time?
pub fn can_be_parsed(yaml: &str) -> bool {
    yaml.len() <= LARGEST && opening(yaml, MAX_BRACKETS).is_none()
}

/// Parses the YAML in some bytes of a file: gives a tree, or the problem. Empty YAML is an empty mapping.
pub fn parse(file: &FilePath, text: &str, block: &Span) -> Result<Value, Box<Problem>> {
    if block.len() > LARGEST {
        return Err(Box::new(message::too_large(&Spot::bytes(file, block.start..block.start))));
    }
    let yaml = &text[block.clone()];
    if opening(yaml, MAX_BRACKETS).is_some() {
        return Err(Box::new(too_deep(file, yaml, block)));
    }
    match serde_yaml::from_str::<Value>(yaml) {
        Ok(Value::Null) => Ok(Value::Mapping(Mapping::new())),
        Ok(value) if deeper_than(&value, DEEPEST) => Err(Box::new(too_deep(file, yaml, block))),
        Ok(value) => match anchor_in_text(yaml) {
            Some(at) => {
                let spot = Spot::bytes(file, block.start + at.start..block.start + at.end);
                Err(Box::new(message::first_character(&spot)))
            }
            None => Ok(value),
        },
        Err(error) => Err(Box::new(bad_yaml::explain(file, text, block, &error))),
    }
}

/// The errors after one that was found, each in another entry, parsed as if those before it were correct. An error
/// whose place may be a consequence of another is not reported.
pub fn later(file: &FilePath, text: &str, block: &Span, first: &Problem) -> Vec<Problem> {
    let mut text = text.to_owned();
    let mut found: Vec<Problem> = Vec::new();
    let mut last = first.clone();
    for _ in 0..MAX_FAULTS {
        if block.len() > SEARCHED {
            break;
        }
        let SpotPart::Bytes(at) = &last.spot.part else { break };
        let at = at.start.saturating_sub(block.start);
        let yaml = &text[block.clone()];
        // Two versions of a text are one error, and either may contain others.
        let is_conflict = yaml.get(at..).and_then(|rest| rest.lines().next()).is_some_and(bad_yaml::is_conflict_marker);
        let Some(entry) = entry_at(yaml, at).filter(|_| !is_conflict) else { break };
        let entry = block.start + entry.start..block.start + entry.end;
        // Something with an anchor (`&name`) may be used below.
        let is_named = text[entry.clone()].contains(" &");
        if is_named || serde_yaml::from_str::<Value>(&text[block.start..entry.start]).is_err() {
            break;
        }
        text = with_comment(&text, &entry);
        match parse(file, &text, block) {
            Err(next) if matches!(&next.spot.part, SpotPart::Bytes(at) if at.start >= entry.end) => {
                // Each line of a list without hyphens has the same mistake.
                let is_next_line = matches!(&next.spot.part, SpotPart::Bytes(at) if at.start == entry.end);
                let is_same = is_next_line && next.fixes.is_empty() && next.message == last.message;
                last = *next;
                if !is_same {
                    found.push(last.clone());
                }
            }
            _ => break,
        }
    }
    found
}

/// The lines of the outermost entry that contains a byte.
fn entry_at(yaml: &str, at: usize) -> Option<Span> {
    // A key that was split continues with its colon.
    let is_first = |line: &str| !line.starts_with([' ', '\t', '#', '\r', '\n', ':']);
    let lines = yaml.split_inclusive('\n').scan(0, |end, line| {
        let start = *end;
        *end += line.len();
        Some((start, line))
    });
    let mut entries = lines.filter(|(_, line)| is_first(line)).map(|(start, _)| start).peekable();
    while let Some(start) = entries.next() {
        let end = entries.peek().copied().unwrap_or(yaml.len());
        if end > at {
            return (start <= at).then_some(start..end);
        }
    }
    None
}

/// A text with some lines turned into a comment, and all positions kept. A line that does not begin with an ASCII
/// character stays. Line separators, which would end the comment, become as many spaces as they have bytes.
fn with_comment(text: &str, lines: &Span) -> String {
    let line = |line: &str| match line.as_bytes().first() {
        Some(first) if first.is_ascii() && !line.trim().is_empty() => {
            format!("#{}", line[1..].replace(['\u{2028}', '\u{2029}'], "   ").replace('\u{85}', "  "))
        }
        _ => line.to_owned(),
    };
    let comment: String = text[lines.clone()].split_inclusive('\n').map(line).collect();
    [&text[..lines.start], &comment, &text[lines.end..]].concat()
}

/// The problem of YAML that is nested too deep, at the place where it becomes so.
pub(super) fn too_deep(file: &FilePath, yaml: &str, block: &Span) -> Problem {
    // The parser with positions stops before a thousand brackets, so they are counted, inside the outermost mapping.
    let counted = || opening(yaml, DEEPEST - 1).map_or(0..0, |bracket| bracket..bracket + 1);
    let walked = opening(yaml, MAX_BRACKETS).is_none().then(|| yaml_walk::too_deep(yaml, DEEPEST)).flatten();
    let at = walked.unwrap_or_else(counted);
    message::too_deep(&Spot::bytes(file, block.start + at.start..block.start + at.end), DEEPEST)
}

/// The first bracket that opens while this number of others is open.
fn opening(yaml: &str, others: usize) -> Option<usize> {
    let mut open = 0_usize;
    yaml.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > others
    })
}

fn deeper_than(value: &Value, depth: usize) -> bool {
    match value {
        Value::Sequence(items) => depth == 0 || items.iter().any(|item| deeper_than(item, depth - 1)),
        Value::Mapping(entries) => depth == 0 || entries.values().any(|value| deeper_than(value, depth - 1)),
        Value::Tagged(tagged) => deeper_than(&tagged.value, depth),
        _ => false,
    }
}
