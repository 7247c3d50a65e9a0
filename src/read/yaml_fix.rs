//! The place of a syntax error in YAML → its fix, if there is only one.
//!
//! Takes the YAML and the place that [`super::yaml_mistake`] names. Each fix is tried on the whole text, and is
//! given only if the parser then reads past the line, so `check --fix` never makes a file worse and never changes a
//! line twice.

use serde_yaml::Value;

use super::yaml_mistake::BULLETS;
use crate::{model::keys, problem::Span};

/// Bytes of the YAML, and the text that replaces them.
pub(super) type YamlFix = (Span, String);

/// The only fix of a syntax error at this place.
pub(super) fn fix(yaml: &str, at: &Span) -> Option<YamlFix> {
    let found = yaml.get(at.clone())?;
    let space = |now: &str| Some((at.clone(), now.to_owned()));
    let is_after_mark = yaml[..at.start].ends_with([':', '-']);
    let candidate = match found {
        "\u{a0}" | "\t" if is_after_mark => space(" "),
        ":" if !yaml[at.end..].starts_with([' ', '\n']) && is_key(line_to(yaml, at.start)) => space(": "),
        "-" if !yaml[at.end..].starts_with(' ') => space("- "),
        _ if found.starts_with(BULLETS) && line_to(yaml, at.start).trim().is_empty() => {
            let blanks = yaml[at.end..].len() - yaml[at.end..].trim_start_matches([' ', '\t', '\u{a0}']).len();
            Some((at.start..at.end + blanks, "- ".to_owned()))
        }
        _ => quoted_value(yaml, at.start),
    };
    candidate.filter(|(at, now)| reads_on(yaml, at, now))
}

/// The line up to a place.
fn line_to(yaml: &str, at: usize) -> &str {
    yaml[..at].rsplit('\n').next().unwrap_or_default()
}

fn is_key(text: &str) -> bool {
    let key = text.trim_start().trim_start_matches("- ");
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// The value of the line around a place, and the same in double quotation marks. The end of a value is uncertain if it
/// continues in the next line or is one of several in brackets.
fn quoted_value(yaml: &str, at: usize) -> Option<YamlFix> {
    let start = yaml[..at].rfind('\n').map_or(0, |end| end + 1);
    let rest = &yaml[start..];
    let line = rest.lines().next()?.trim_end();
    let of_key = line.split_once(": ").filter(|(key, _)| is_key(key));
    let (key, value) = match line.trim_start().strip_prefix("- ") {
        Some(item) if !item.contains(": ") => ("", item),
        _ => of_key?,
    };
    let value_at = start + line.len() - value.trim_start().len();
    let value = value.trim();
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let next = rest.lines().skip(1).find(|line| !line.trim().is_empty());
    let goes_on = next.is_some_and(|next| indent(next) > indent(line) && !next.trim_start().starts_with("- "));
    let closed = value.rfind([']', '}']).map_or("", |end| &value[end + 1..]);
    let is_list = value.starts_with(['[', '{']) && !closed.contains(char::is_alphanumeric);
    if value.is_empty() || goes_on || is_list || value.contains(" #") {
        return None;
    }
    // In a value such as the id of a term, a colon is that of the next key, whose line break was lost.
    let has_colon = value.contains(": ") || value.ends_with(':');
    if has_colon && !is_prose(key.trim_start().trim_start_matches("- ")) || is_quoted_at_start(value, '\'') {
        return None;
    }
    let value_at = value_at..value_at + value.len();
    if let Some(address) = address_of_link(value).filter(|_| !is_prose(key.trim_start().trim_start_matches("- "))) {
        return Some((value_at, address.to_owned()));
    }
    if lacks_last_mark(value) {
        return Some((value_at, format!("{value}'")));
    }
    let inner = match is_quoted_at_start(value, '"') {
        true => &value[1..],
        false => within_quotes(value).or_else(|| after_open_mark(value)).unwrap_or(value),
    };
    // Spreadsheets double the quotation marks in a text.
    let is_doubled = value.starts_with('"') && !inner.replace("\"\"", "").contains('"');
    let inner = if is_doubled { inner.replace("\"\"", "\"") } else { inner.to_owned() };
    // JSON is YAML.
    Some((value_at, serde_json::json!(inner).to_string()))
}

/// The address in a value that is a link of Markdown as a whole.
fn address_of_link(value: &str) -> Option<&str> {
    let (_, address) = value.strip_prefix('[')?.strip_suffix(')')?.split_once("](")?;
    // Such an address needs no quotation marks.
    let is_plain = address.starts_with(char::is_alphanumeric) && !address.ends_with(':');
    (is_plain && !address.contains(char::is_whitespace)).then_some(address)
}

/// Can the value of a key of this name be prose?
fn is_prose(key: &str) -> bool {
    let tables = keys::FILES.iter().map(|file| file.keys).chain([keys::TERM_USE]);
    tables.into_iter().any(|keys| keys::names_of_texts(keys).contains(&key))
}

/// Does a value begin with a quotation mark that nothing closes? An apostrophe may belong to its word, as in `'Tis`.
fn is_quoted_at_start(value: &str, mark: char) -> bool {
    let Some(rest) = value.strip_prefix(mark).filter(|rest| !rest.contains(mark)) else { return false };
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    mark != '\'' || ELISIONS.iter().all(|elision| !word.eq_ignore_ascii_case(elision))
}

/// Is a value in single quotation marks, of which the last is absent? Only within them is an apostrophe doubled.
fn lacks_last_mark(value: &str) -> bool {
    let inner = value.strip_prefix('\'').filter(|inner| inner.contains("''"));
    inner.is_some_and(|inner| !inner.replace("''", "").contains('\''))
}

/// Words that begin with an apostrophe, without it.
const ELISIONS: [&str; 5] = ["tis", "twas", "til", "em", "cause"];

/// The text after a single quotation mark at its start, if all others are apostrophes within words.
fn after_open_mark(value: &str) -> Option<&str> {
    let inner = value.strip_prefix('\'').filter(|inner| inner.starts_with(char::is_alphabetic))?;
    let mut parts = inner.split('\'').peekable();
    let mut is_apostrophe = true;
    while let (Some(before), Some(after)) = (parts.next(), parts.peek()) {
        is_apostrophe &= before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric);
    }
    let word = inner.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    (is_apostrophe && ELISIONS.iter().all(|elision| !word.eq_ignore_ascii_case(elision))).then_some(inner)
}

/// The text within the quotation marks, if they enclose all of it.
fn within_quotes(text: &str) -> Option<&str> {
    [('“', '”'), ('‘', '’'), ('\'', '\''), ('"', '"')].into_iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.is_empty() && !inner.contains('\\') && !is_two_quotations(inner, open, close)).then_some(inner)
    })
}

/// Does a first quotation end in this text before a second begins, as in `One" and "two`?
fn is_two_quotations(inner: &str, open: char, close: char) -> bool {
    let (mut before, mut is_closed) = (' ', false);
    let mut letters = inner.chars().peekable();
    while let Some(c) = letters.next() {
        let is_before_word = letters.peek().is_some_and(|next| next.is_alphanumeric());
        let is_after_word = !before.is_whitespace() && !"([".contains(before);
        if c == open && !is_after_word && is_before_word {
            return is_closed;
        }
        is_closed |= c == close && is_after_word && !is_before_word;
        before = c;
    }
    false
}

/// Does the parser read past the line with this change?
fn reads_on(yaml: &str, at: &Span, now: &str) -> bool {
    let changed = [&yaml[..at.start], now, &yaml[at.end..]].concat();
    let line = yaml[..at.start].matches('\n').count() + 1;
    match serde_yaml::from_str::<Value>(&changed) {
        Ok(_) => true,
        Err(error) => error.location().is_some_and(|place| place.line() > line + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(yaml: &str, found: &str, expected: Option<&str>) {
        let at = yaml.find(found).unwrap();
        let made = fix(yaml, &(at..at + found.len()));
        let made = made.map(|(at, now)| [&yaml[..at.start], &now, &yaml[at.end..]].concat());
        assert_eq!(made.as_deref(), expected, "{yaml}");
    }

    #[test]
    fn a_value_that_needs_quotation_marks_gets_them() {
        check("title: One: two\ndate: x\n", ": two", Some("title: \"One: two\"\ndate: x\n"));
        check("title: “One: \"two\"”\n", "“", Some("title: \"One: \\\"two\\\"\"\n"));
        check("a: 'It's the council's'\n", "s the", Some("a: \"It's the council's\"\n"));
        check("a: 'It's the council's\nb: c\n", "s the", Some("a: \"It's the council's\"\nb: c\n"));
        check("a: 'Tis the council's\nb: c\n", "s\n", Some("a: \"'Tis the council's\"\nb: c\n"));
        check("a: \"One\" for the council's\n", "for", Some("a: \"\\\"One\\\" for the council's\"\n"));
        check("a: \"One\" for \"two\"\n", "for", Some("a: \"\\\"One\\\" for \\\"two\\\"\"\n"));
        check("a: \"One \"desk\" for two\"\n", "desk", Some("a: \"One \\\"desk\\\" for two\"\n"));
        check("a: 'King's Lynn' and 'Ely'\n", "s Lynn", Some("a: \"'King's Lynn' and 'Ely'\"\n"));
        check("a: 'Tis the season\nb: it's\n", "'Tis", Some("a: \"'Tis the season\"\nb: it's\n"));
        check("a: 'Who''s next\nb: c\n", "'Who", Some("a: 'Who''s next'\nb: c\n"));
        check("a: \"One desk\nb: c\n", "\"", Some("a: \"One desk\"\nb: c\n"));
        check("a: 'One desk\nb: it's\n", "'One", None);
        check("a: \"She said \"\"no\"\" twice\"\n", "\"no", Some("a: \"She said \\\"no\\\" twice\"\n"));
        check("a: [Draft] A title\n", "A title", Some("a: \"[Draft] A title\"\n"));
        check("tier: unitary barrier: political\n", ": political", None);
        check("- title: One: two\n  url: x\n", ": two", None);
        check("a:\n  - & Torbay\n  - b\n", "&", Some("a:\n  - \"& Torbay\"\n  - b\n"));
        check("title: One: two\n  and three\n", ": two", None);
    }

    #[test]
    fn spaces_and_hyphens_are_corrected() {
        check("tier:unitary\nb: c\n", ":", Some("tier: unitary\nb: c\n"));
        check("tier:\u{a0}unitary\nb: c\n", "\u{a0}", Some("tier: unitary\nb: c\n"));
        check("a:\n  •\tb\n  - c\n", "•", Some("a:\n  - b\n  - c\n"));
        check("a:\n  -b\n  - c\n", "-", Some("a:\n  - b\n  - c\n"));
    }

    #[test]
    fn fixes_that_do_not_help_are_not_made() {
        check("a: [b\nc: d\n", "[", None);
        check("a: [b]]\nc: d\n", "]]", None);
        check("a: [b\n", "[", None);
    }
}
