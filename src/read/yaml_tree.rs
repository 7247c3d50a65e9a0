//! YAML text → a tree of values, or the one reason why there is none.
//!
//! Takes a file's text and where its YAML lies. The limits of size and depth that keep hostile input linear are here; what a
//! syntax error means is for [`super::bad_yaml`], and what the values should be for [`super::yaml`].

use serde_yaml::{Mapping, Value};

use super::{bad_yaml, yaml_walk};
use crate::problem::{FilePath, Problem, Span, message::yaml as message};

/// Front matter over this many bytes is not read.
const LARGEST: usize = 1024 * 1024;
/// Lists and mappings may stand inside one another this deep.
const DEEPEST: usize = 64;

/// More brackets than this left open are not parsed at all: the parser's time grows with the square of their number.
const MOST_BRACKETS: usize = 1000;

/// The YAML in some bytes of a file: a tree, or the problem why not. Nothing written is an empty mapping.
pub fn parse(file: &FilePath, text: &str, block: &Span) -> Result<Value, Box<Problem>> {
    if block.len() > LARGEST {
        return Err(Box::new(message::bad_yaml(
            file,
            block.start..block.start,
            "there is more than 1 MiB of it",
            None,
        )));
    }
    let yaml = &text[block.clone()];
    if opening(yaml, MOST_BRACKETS).is_some() {
        return Err(Box::new(too_deep(file, yaml, block)));
    }
    match serde_yaml::from_str::<Value>(yaml) {
        Ok(Value::Null) => Ok(Value::Mapping(Mapping::new())),
        Ok(value) if deeper_than(&value, DEEPEST) => Err(Box::new(too_deep(file, yaml, block))),
        Ok(value) => Ok(value),
        Err(error) => Err(Box::new(bad_yaml::explain(file, text, block, &error))),
    }
}

/// YAML that is nested too deep, at the place where it becomes so.
pub(super) fn too_deep(file: &FilePath, yaml: &str, block: &Span) -> Problem {
    // The parser with marks gives up before a thousand brackets; they are counted, within the mapping around all.
    let counted = || opening(yaml, DEEPEST - 1).map_or(0..0, |bracket| bracket..bracket + 1);
    let walked = opening(yaml, MOST_BRACKETS).is_none().then(|| yaml_walk::too_deep(yaml, DEEPEST)).flatten();
    let at = walked.unwrap_or_else(counted);
    message::too_deep(file, block.start + at.start..block.start + at.end, DEEPEST)
}

/// The first bracket that opens while so many others are open, whatever they stand in.
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
