//! The front matter of another generator → fields, comments and body.
//!
//! YAML is between lines of `---`, TOML between lines of `+++`, JSON in braces at the top. Dates stay text. Comments of
//! YAML belong to the key below or beside them. A file without front matter is all body.

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use serde_yaml::{Mapping, Value};

/// A post, split.
#[derive(Debug, Default)]
pub(super) struct Post<'a> {
    pub fields: Mapping,
    pub comments: BTreeMap<String, Vec<String>>,
    /// The entries whose key has another value further down, as they are written.
    pub replaced: Vec<String>,
    pub body: &'a str,
}

/// Reads a post. The error is that of the parser of the front matter.
pub(super) fn split(text: &str) -> Result<Post<'_>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let opening = text.lines().next().unwrap_or_default().trim_end();
    match opening {
        "---" => {
            let (yaml, body) = between(text, &["---", "..."]).ok_or_else(|| unclosed("---"))?;
            let (fields, replaced) = from_yaml(yaml)?;
            Ok(Post { fields, comments: comments(yaml), replaced, body })
        }
        "+++" => {
            let (toml, body) = between(text, &["+++"]).ok_or_else(|| unclosed("+++"))?;
            let table: toml::Table = toml.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
            Ok(Post { fields: mapping_of(toml_value(toml::Value::Table(table))), body, ..Post::default() })
        }
        line if line.starts_with('{') && !line.starts_with("{{") && !line.starts_with("{%") => {
            let mut json = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
            match json.next() {
                Some(Ok(value @ serde_json::Value::Object(_))) => {
                    let value = serde_yaml::to_value(value).map_err(|error| error.to_string())?;
                    Ok(Post { fields: mapping_of(value), body: &text[json.byte_offset()..], ..Post::default() })
                }
                Some(Err(error)) => Err(error.to_string()),
                _ => Ok(Post { body: text, ..Post::default() }),
            }
        }
        _ => Ok(Post { body: text, ..Post::default() }),
    }
}

/// The line of each front matter, if more than one stands at the top of a file. Text between two lines of `---` is
/// front matter if it has a key of the first.
pub(super) fn repeated(text: &str, first: &Post<'_>) -> Option<Vec<usize>> {
    let mut lines = vec![1];
    let mut body = first.body;
    loop {
        let next = body.trim_start();
        let again = split(next).ok().filter(|post| post.fields.keys().any(|key| first.fields.contains_key(key)));
        let Some(again) = again else { break };
        lines.push(1 + text[..text.len() - next.len()].matches('\n').count());
        body = again.body;
    }
    (lines.len() > 1).then_some(lines)
}

fn unclosed(mark: &str) -> String {
    format!("the front matter is not closed by a line of {mark}")
}

/// The lines up to one of these closing lines, and the rest.
fn between<'a>(text: &'a str, closings: &[&str]) -> Option<(&'a str, &'a str)> {
    let start = text.find('\n')? + 1;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if closings.contains(&line.trim_end()) {
            return Some((&text[start..at], &text[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

fn from_yaml(yaml: &str) -> Result<(Mapping, Vec<String>), String> {
    match lenient(yaml)? {
        (Value::Mapping(mapping), replaced) => Ok((mapping, replaced)),
        (Value::Null, replaced) => Ok((Mapping::new(), replaced)),
        _ => Err("the front matter is not made of keys and values".to_owned()),
    }
}

/// Parses YAML. If a key occurs twice, the last value counts, as in other generators; the others are given as written.
pub(super) fn lenient(yaml: &str) -> Result<(Value, Vec<String>), String> {
    let mut yaml = Cow::from(yaml);
    let mut replaced = Vec::new();
    loop {
        let error = match serde_yaml::from_str(&yaml) {
            Ok(value) => return Ok((untagged(value), replaced)),
            Err(error) => error.to_string(),
        };
        let key = error.split_once("duplicate entry with key \"").and_then(|(_, rest)| rest.split('"').next());
        match key.and_then(|key| first_of_two(&yaml, key)) {
            Some(first) => {
                replaced.push(yaml[first.clone()].trim().to_owned());
                yaml.to_mut().replace_range(first, "");
            }
            None => return Err(error),
        }
    }
}

/// A value without the tags of YAML. Old Ruby wrote `! 'text'` for a text with marks, so many sites of Jekyll have it.
fn untagged(value: Value) -> Value {
    match value {
        Value::Tagged(tagged) => untagged(tagged.value),
        Value::Sequence(items) => items.into_iter().map(untagged).collect(),
        Value::Mapping(mapping) => {
            Value::Mapping(mapping.into_iter().map(|(key, value)| (key, untagged(value))).collect())
        }
        other => other,
    }
}

/// The bytes of the first of two entries with this key.
fn first_of_two(yaml: &str, key: &str) -> Option<Range<usize>> {
    let lines: Vec<&str> = yaml.split_inclusive('\n').collect();
    let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let is_key = |line: &str| {
        let name = line.trim_start().trim_start_matches(['"', '\'']).strip_prefix(key);
        name.is_some_and(|rest| rest.trim_start_matches(['"', '\'']).starts_with(':'))
    };
    let is_within = |line: &&&str, of: &str| {
        line.trim().is_empty() || depth(line) > depth(of) || line.trim_start().starts_with("- ")
    };
    let first = (0..lines.len()).find(|&first| {
        let of_mapping =
            lines[first + 1..].iter().take_while(|line| line.trim().is_empty() || depth(line) >= depth(lines[first]));
        is_key(lines[first]) && of_mapping.into_iter().any(|line| is_key(line) && depth(line) == depth(lines[first]))
    })?;
    let length = lines[first + 1..].iter().take_while(|line| is_within(line, lines[first])).count();
    let bytes = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
    Some(bytes(&lines[..first])..bytes(&lines[..=first + length]))
}

fn mapping_of(value: Value) -> Mapping {
    match value {
        Value::Mapping(mapping) => mapping,
        _ => Mapping::new(),
    }
}

fn toml_value(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(flag) => Value::from(flag),
        toml::Value::Datetime(moment) => Value::String(moment.to_string()),
        toml::Value::Array(items) => Value::Sequence(items.into_iter().map(toml_value).collect()),
        toml::Value::Table(table) => {
            Value::Mapping(table.into_iter().map(|(key, value)| (Value::String(key), toml_value(value))).collect())
        }
    }
}

/// The comments of YAML, by the top-level key below or beside them.
fn comments(yaml: &str) -> BTreeMap<String, Vec<String>> {
    let mut comments: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if !yaml.contains('#') {
        return comments;
    }
    let mut above: Vec<String> = Vec::new();
    let mut last_key = String::new();
    for line in yaml.lines() {
        if let Some(comment) = line.strip_prefix('#') {
            above.push(comment.trim().to_owned());
        } else if let Some((key, rest)) =
            line.split_once(':').filter(|_| line.starts_with(|c: char| c.is_alphanumeric()))
        {
            last_key = key.trim().trim_matches(['"', '\'']).to_owned();
            let beside = comment_beside(rest).into_iter();
            let of_key: Vec<String> = above.drain(..).chain(beside).filter(|comment| !comment.is_empty()).collect();
            if !of_key.is_empty() {
                comments.entry(last_key.clone()).or_default().extend(of_key);
            }
        }
    }
    above.retain(|comment| !comment.is_empty());
    if !above.is_empty() {
        comments.entry(last_key).or_default().extend(above);
    }
    comments
}

/// The comment after a value. After a quoted value, it is searched for only after the quotation marks.
fn comment_beside(value: &str) -> Option<String> {
    let trimmed = value.trim_start();
    let from = match trimmed.chars().next() {
        Some(quote @ ('"' | '\'')) => trimmed[1..].rfind(quote).map_or(0, |end| end + 1),
        Some('|' | '>') => return None,
        _ => 0,
    };
    let at = if trimmed.starts_with('#') { 0 } else { trimmed[from..].find(" #")? + from + 1 };
    Some(trimmed[at..].trim_start_matches('#').trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, yaml: &str, body: &str) {
        let post = split(text).unwrap();
        assert_eq!(Value::Mapping(post.fields), serde_yaml::from_str::<Value>(yaml).unwrap(), "{text}");
        assert_eq!(post.body, body);
    }

    #[test]
    fn the_three_forms_of_front_matter_are_read() {
        check("---\ntitle: A\ntags: [x, y]\n---\nBody\n", "{title: A, tags: [x, y]}", "Body\n");
        check(
            "\u{feff}+++\r\ntitle = \"A\"\ndate = 2013-05-01T10:00:00Z\n[extra]\nn = 1\n+++\nBody",
            "{title: A, date: '2013-05-01T10:00:00Z', extra: {n: 1}}",
            "Body",
        );
        check("{\n \"title\": \"A\"\n}\nBody", "{title: A}", "\nBody");
        check("Only body", "{}", "Only body");
        check("{{< figure >}}", "{}", "{{< figure >}}");
        check("---\n---\n", "{}", "");
        check("---\na: 1\nb:\n  - x\nb: 2\n---\n", "{a: 1, b: 2}", "");
        check("---\na: {x: 1}\nb:\n  x: 1\n  y: 2\n  x: 3\n---\n", "{a: {x: 1}, b: {y: 2, x: 3}}", "");
    }

    #[test]
    fn broken_front_matter_is_reported() {
        for text in
            ["---\ntitle: A\n", "---\ntitle: [A\n---\n", "+++\ntitle = \n+++\n", "{ \"a\": }\n", "---\n- a\n---\n"]
        {
            assert!(split(text).is_err(), "{text}");
        }
    }

    #[test]
    fn comments_stay_with_their_key() {
        let found = comments("# about the post\ntitle: \"A # b\" # not final\ntags: x\n#last\n");
        assert_eq!(found["title"], ["about the post", "not final"]);
        assert_eq!(found["tags"], ["last"]);
    }
}
