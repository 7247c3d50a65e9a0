//! The front matter of another generator → fields, comments and body.
//!
//! YAML is between lines of `---`, TOML between lines of `+++`, JSON in braces at the top. Dates stay text. Comments of
//! YAML belong to the key below or beside them. A file without front matter is all body.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};

use super::lenient_yaml::lenient;

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
            Ok(Post { fields: from_toml(toml)?, body, ..Post::default() })
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
    let (mut body, mut line, mut counted) = (first.body, 1, 0);
    loop {
        let next = body.trim_start();
        let again = split(next).ok().filter(|post| post.fields.keys().any(|key| first.fields.contains_key(key)));
        let Some(again) = again else { break };
        let start = text.len() - next.len();
        line += text[counted..start].matches('\n').count();
        counted = start;
        lines.push(line);
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

fn mapping_of(value: Value) -> Mapping {
    match value {
        Value::Mapping(mapping) => mapping,
        _ => Mapping::new(),
    }
}

/// Parses TOML. The error is that of the parser.
pub(super) fn from_toml(toml: &str) -> Result<Mapping, String> {
    let table: toml::Table = toml.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    Ok(mapping_of(toml_value(toml::Value::Table(table))))
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

/// The comment after a value. It is searched for only after the quotation marks of the value, or of texts within it.
fn comment_beside(value: &str) -> Option<String> {
    let trimmed = value.trim_start();
    let from = match trimmed.chars().next() {
        Some(quote @ ('"' | '\'')) => 1 + end_of_quoted(&trimmed[1..], quote)?,
        Some('|' | '>') => return None,
        Some('[' | '{') => end_of_quoted_texts(trimmed)?,
        _ => 0,
    };
    let at = if trimmed.starts_with('#') { 0 } else { trimmed[from..].find(" #")? + from + 1 };
    Some(trimmed[at..].trim_start_matches('#').trim().to_owned())
}

/// The byte after the last quoted text of a list or mapping in brackets, but before any comment; none if a text goes on
/// in the next line.
fn end_of_quoted_texts(value: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) =
        value[from..].find(['"', '\'']).map(|at| from + at).filter(|&at| !value[from..at].contains(" #"))
    {
        let opens = value[..at].ends_with([' ', ',', '[', '{', ':']);
        let quote = if value[at..].starts_with('"') { '"' } else { '\'' };
        from = if opens { at + 2 + end_of_quoted(&value[at + 1..], quote)? } else { at + 1 };
    }
    Some(from)
}

/// The byte of the mark that closes a quoted text; none if it goes on in the next line. Between double marks, a
/// backslash keeps the next character from closing; between single ones, two marks stand for one.
fn end_of_quoted(text: &str, quote: char) -> Option<usize> {
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let is_escape = letter == '\\' && quote == '"';
        let is_doubled = letter == quote && quote == '\'' && letters.peek().is_some_and(|(_, next)| *next == quote);
        if is_escape || is_doubled {
            letters.next();
        } else if letter == quote {
            return Some(at);
        }
    }
    None
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
        for (value, comment) in [
            ("'A' # don't publish", Some("don't publish")),
            ("\"A\" # the \"desk\" # of 2013", Some("the \"desk\" # of 2013")),
            ("'It''s # 1' # one", Some("one")),
            ("\"a \\\" # b\" # c", Some("c")),
            ("\"C:\\\\\" # d", Some("d")),
            ("'no' end # of it", Some("of it")),
            ("\"first # line", None),
            ("{ name: \"Ann #1\", email: x@e.org }", None),
            ("{ name: 'Ann #1', note: it's #2 }", Some("2 }")),
            ("[a, 'b #1'] # see 'c' #2", Some("see 'c' #2")),
            ("[\"a #1", None),
            ("'x'", None),
        ] {
            assert_eq!(comment_beside(value).as_deref(), comment, "{value}");
        }
    }
}
