//! Converts values of a source to the kind that a key of a case has: dates, lists of names, sources, authors.
//!
//! A value that cannot be converted gives none, and the caller keeps it in `extra`. The reader of cases validates the
//! result, as in any other file.

use std::collections::HashSet;

use serde_yaml::{Mapping, Value};

use super::{
    apply::is_blank,
    values::{clean, items, text},
};
use crate::{
    model::{
        document::LONGEST_SUMMARY,
        keys::{self, AUTHOR},
        name::is_body,
        questions::kind_of_source,
    },
    problem::message::case::meant_address,
    read::{day_meant, month_meant},
};

/// A converted value, and what of the original value is not in it: in a list, only the items that did not fit.
pub(super) struct Shaped {
    pub value: Value,
    pub rest: Option<Value>,
}

fn whole(value: Value) -> Option<Shaped> {
    Some(Shaped { value, rest: None })
}

/// Converts a value for a key.
pub(super) fn shaped(key: &str, value: &Value) -> Option<Shaped> {
    match key {
        "summary" => Some(summary(&unescaped(&one_line(&text(value)?)))),
        "title" => whole(Value::from(unescaped(&one_line(&text(value)?)))),
        "date" | "updated" | "reviewed" | "review_by" | "withdrawn.date" => whole(Value::from(day(&text(value)?)?)),
        "period.from" | "period.to" | "period.changed" | "period.reported" => {
            let text = text(value)?;
            Some(Shaped { value: Value::from(year(&text)?), rest: (!is_certain_year(&text)).then(|| value.clone()) })
        }
        "partners" | "related" => list(value, |item| whole(Value::from(one_line(&text(item)?)))),
        "aliases" => list(value, |item| whole(alias(&text(item)?)?)),
        "authors" => list(&people(value), author),
        "sources" => list(value, source),
        "place" => list(value, |item| whole(place(item)?)).map(unwrap_single),
        "language" => whole(Value::from(text(value)?.replace('_', "-"))),
        "image" | "image.src" => whole(picture(value)?),
        _ if value.is_mapping() || is_list_of_mappings(value) => whole(value.clone()),
        _ if key.contains('.') => whole(Value::from(one_line(&text(value)?))),
        _ => whole(Value::from(text(value)?)),
    }
}

fn is_list_of_mappings(value: &Value) -> bool {
    matches!(value, Value::Sequence(items) if items.iter().any(Value::is_mapping))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Replaces HTML entities in a text. Text that only looks like an entity stays.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        match after.split_once(';').and_then(|(name, behind)| Some((entity(name)?, behind))) {
            Some((letters, behind)) => {
                plain.push_str(&letters);
                rest = behind;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain.replace('\u{a0}', " ")
}

/// The character of an entity, by the text between `&` and `;`.
fn entity(name: &str) -> Option<String> {
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(number) => u32::from_str_radix(number, 16).ok(),
        None => number.parse().ok(),
    });
    match number {
        Some(number) => char::from_u32(number).filter(|letter| !letter.is_control()).map(String::from),
        None => quick_xml::escape::resolve_html5_entity(name).map(str::to_owned),
    }
}

/// Cuts a summary that is too long after its last complete sentence, or word.
fn summary(text: &str) -> Shaped {
    let Some((limit, _)) = text.char_indices().nth(LONGEST_SUMMARY) else {
        return Shaped { value: Value::from(text), rest: None };
    };
    let sentences = text[..limit].rfind(". ").map(|at| text[..=at].to_owned());
    let cut = sentences.unwrap_or_else(|| {
        let room = text.char_indices().nth(LONGEST_SUMMARY - 2).map_or(0, |(at, _)| at);
        let end = text[..room].rfind(' ').unwrap_or(room);
        format!("{} …", text[..end].trim_end_matches([',', ';', ':']))
    });
    Shaped { value: Value::from(cut), rest: Some(Value::from(text)) }
}

/// Reads a date in any of the forms that generators write: with a time, with a zone, with the month as a word.
pub(in crate::import) fn day(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(day) = text.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok()) {
        return Some(day.to_string());
    }
    let before_time = text.split_once('T').filter(|(day, _)| day.contains('-')).map_or(text, |(day, _)| day);
    let is_time = |word: &str| {
        word.contains(':')
            || word.starts_with(['+', '-'])
            || word.eq_ignore_ascii_case("am")
            || word.eq_ignore_ascii_case("pm")
    };
    let is_weekday = |word: &str| {
        let word = word.trim_end_matches([',', '.']).to_ascii_lowercase();
        word.ends_with("day") || ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].contains(&word.as_str())
    };
    let words = before_time.split_whitespace().filter(|word| !is_weekday(word)).take_while(|word| !is_time(word));
    day_meant(&words.map(|word| word.trim_end_matches(',')).collect::<Vec<_>>().join(" ")).map(|day| day.to_string())
}

/// The year in a text.
fn year(text: &str) -> Option<i64> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    numbers.next()?.parse().ok()
}

/// Is a text a year, a day, or a month in words and its year? Others may say "about", or give several years.
fn is_certain_year(text: &str) -> bool {
    let is_month_in_words = || text.starts_with(char::is_alphabetic) && month_meant(text).is_some();
    text.parse::<f64>().is_ok() || day(text).is_some() || is_month_in_words()
}

fn list(value: &Value, shape: impl Fn(&Value) -> Option<Shaped>) -> Option<Shaped> {
    let (mut fitting, mut rest) = (Vec::new(), Vec::new());
    for item in items(value) {
        match shape(&item) {
            Some(shaped) => {
                fitting.push(shaped.value);
                rest.extend(shaped.rest);
            }
            None => rest.push(item),
        }
    }
    let rest = (!rest.is_empty()).then_some(Value::Sequence(rest));
    (!fitting.is_empty()).then_some(Shaped { value: Value::Sequence(fitting), rest })
}

/// Unwraps a list of one item.
fn unwrap_single(shaped: Shaped) -> Shaped {
    let value = match shaped.value {
        Value::Sequence(mut items) if items.len() == 1 => items.remove(0),
        value => value,
    };
    Shaped { value, ..shaped }
}

/// An old address as an alias: a path of this site.
fn alias(text: &str) -> Option<Value> {
    let path = match url::Url::parse(text) {
        Ok(url) if url.has_host() => url.path().to_owned(),
        _ => text.split(['?', '#']).next().unwrap_or_default().to_owned(),
    };
    let path = if path.starts_with('/') { path } else { format!("/{path}") };
    (path.len() > 1 && !text.contains(' ')).then(|| Value::from(path))
}

/// Splits names that are separated by commas or "and".
fn people(value: &Value) -> Value {
    match value {
        Value::String(text) if !text.contains([';', '|', '\n']) => {
            let groups = text.split(" and ").flat_map(|group| group.split(" & "));
            Value::from(groups.map(split_at_commas).collect::<Vec<_>>().join(";"))
        }
        other => other.clone(),
    }
}

/// Puts semicolons in the place of commas between names. The comma of "Smith, Ann" and "Ann Smith, MBE" is a part of
/// the name.
fn split_at_commas(names: &str) -> String {
    let is_whole_name = |name: &str| name.contains(' ') || is_body(name);
    match names.split(", ").collect::<Vec<_>>()[..] {
        [first, second] if !is_whole_name(first) || !is_whole_name(second) => names.to_owned(),
        ref names => names.join(";"),
    }
}

/// An author: a name, or a mapping as in a case, or as generators write it.
fn author(value: &Value) -> Option<Shaped> {
    let Value::Mapping(mapping) = value else { return whole(named(&one_line(&text(value)?))) };
    if is_author_of_case(mapping) {
        return whole(value.clone());
    }
    let field = |names: &[&str]| names.iter().find_map(|name| mapping.get(*name)).and_then(text);
    let name = field(&["name", "display_name", "title", "login"]);
    let organisation = field(&["organisation", "organization", "affiliation", "company"]);
    let taken = usize::from(name.is_some()) + usize::from(organisation.is_some());
    let author = match (name, organisation) {
        (Some(name), Some(organisation)) => {
            pairs([("name", Value::from(name)), ("organisation", Value::from(organisation))])
        }
        (Some(name), None) => named(&name),
        (None, Some(organisation)) => pairs([("organisation", Value::from(organisation))]),
        (None, None) => return None,
    };
    let is_whole = taken == mapping.values().filter(|value| !is_blank(value)).count();
    Some(Shaped { value: author, rest: (!is_whole).then(|| value.clone()) })
}

/// Is this an author that a case may have as it is?
fn is_author_of_case(author: &Mapping) -> bool {
    let is_known = |key: &Value| key.as_str().is_some_and(|key| keys::named(AUTHOR, key).is_some());
    let is_named = match author.contains_key("given") || author.contains_key("suffix") {
        true => author.contains_key("family"),
        false => !author.is_empty(),
    };
    is_named && author.iter().all(|(key, value)| is_known(key) && text(value).is_some() && !value.is_sequence())
}

/// An author by name alone. As plain text, it would be an organisation.
fn named(name: &str) -> Value {
    if is_body(name) { Value::from(name) } else { pairs([("name", Value::from(name))]) }
}

fn pairs<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    Value::Mapping(pairs.into_iter().map(|(key, value)| (Value::from(key), value)).collect())
}

/// A source: a mapping, or a line with a title and perhaps an address. The fields that do not fit are kept with its
/// title.
fn source(value: &Value) -> Option<Shaped> {
    let Value::Mapping(mapping) = value else { return whole(source_of_line(&one_line(&text(value)?))) };
    let address = || mapping.get("url").and_then(text);
    let title = mapping.get("title").cloned().or_else(|| Some(Value::from(host(&address()?))))?;
    let title = [(Value::from("title"), title)];
    let (mut fields, mut rest) = (Mapping::from_iter(title.clone()), Mapping::new());
    for (key, value) in mapping {
        let SourceField { fitting, is_whole } = source_field(key, value);
        fields.extend(fitting.map(|value| (key.clone(), value)));
        rest.extend((!is_whole).then(|| (key.clone(), value.clone())));
    }
    let rest = (!rest.is_empty()).then(|| Value::Mapping(title.into_iter().chain(rest).collect()));
    Some(Shaped { value: Value::Mapping(fields), rest })
}

fn source_of_line(line: &str) -> Value {
    let address = line.split_whitespace().find(|word| word.starts_with("http://") || word.starts_with("https://"));
    let Some(address) = address else { return pairs([("title", Value::from(line))]) };
    let address = without_marks_around(address, "<>()[],.;");
    let title = one_line(&line.replace(address, ""));
    let title = ["()", "( )", "[]", "[ ]"].iter().fold(title, |title, pair| title.replace(pair, ""));
    let title = without_marks_around(&title, "<>()[],:;–—-.");
    let title = if title.is_empty() { host(address) } else { title.to_owned() };
    pairs([("title", Value::from(title)), ("url", Value::from(address))])
}

/// A text without some marks at its ends. A bracket stays if its partner is in the text.
fn without_marks_around<'a>(text: &'a str, marks: &str) -> &'a str {
    let unpaired = unpaired_brackets(text);
    let is_paired = |at: usize, letter: char| "()[]<>".contains(letter) && !unpaired.contains(&at);
    let is_words =
        |(at, letter): &(usize, char)| !letter.is_whitespace() && (!marks.contains(*letter) || is_paired(*at, *letter));
    let Some((start, _)) = text.char_indices().find(is_words) else { return "" };
    let end = text.char_indices().rfind(is_words).map_or(start, |(at, letter)| at + letter.len_utf8());
    &text[start..end]
}

/// The places of the brackets whose partner is not in the text.
fn unpaired_brackets(text: &str) -> HashSet<usize> {
    let (mut open, mut unpaired): (Vec<(usize, char)>, HashSet<usize>) = (Vec::new(), HashSet::new());
    for (at, letter) in text.char_indices() {
        let partner = match letter {
            '(' | '[' | '<' => {
                open.push((at, letter));
                continue;
            }
            ')' => '(',
            ']' => '[',
            '>' => '<',
            _ => continue,
        };
        match open.last() {
            Some((_, opened)) if *opened == partner => drop(open.pop()),
            _ => drop(unpaired.insert(at)),
        }
    }
    unpaired.extend(open.into_iter().map(|(at, _)| at));
    unpaired
}

/// A field of a source: the value that fits, if any, and whether all of the original value is in it.
struct SourceField {
    fitting: Option<Value>,
    is_whole: bool,
}

/// A field of a source with a value that is valid there: kinds in words, dates in any form, addresses in full.
fn source_field(key: &Value, value: &Value) -> SourceField {
    match (key.as_str().unwrap_or_default(), text(value)) {
        ("kind", Some(words)) => {
            let kind = kind_of_source(&words);
            SourceField { is_whole: kind.is_some(), fitting: kind.map(Value::from) }
        }
        ("date", Some(written)) => date_of_source(&written),
        ("url", Some(written)) if !url::Url::parse(&written).is_ok_and(|url| url.has_host()) => {
            let meant = meant_address(&written);
            SourceField { fitting: Some(Value::from(meant.unwrap_or(written))), is_whole: true }
        }
        _ => SourceField { fitting: Some(value.clone()), is_whole: true },
    }
}

/// The date of a source: a day, a month, or the year alone. One that says that it has no date gets none.
fn date_of_source(written: &str) -> SourceField {
    let is_partial = written.len() <= 7 && written.chars().all(|c| c.is_ascii_digit() || c == '-');
    // `2005/06` may be a month, or two years.
    let month = || month_meant(written).filter(|month| !written.starts_with(&month[..4]));
    let certain = if is_partial { Some(written.to_owned()) } else { day(written).or_else(month) };
    let has_none = || ["n.d.", "nd", "n.d", "no date", "undated"].contains(&written.to_lowercase().as_str());
    match (certain, year(written)) {
        (Some(date), _) => SourceField { fitting: Some(Value::from(date)), is_whole: true },
        (None, Some(year)) => SourceField { fitting: Some(Value::from(year.to_string())), is_whole: false },
        (None, None) if has_none() => SourceField { fitting: None, is_whole: true },
        (None, None) => SourceField { fitting: None, is_whole: false },
    }
}

fn host(address: &str) -> String {
    let url = url::Url::parse(address).ok();
    url.and_then(|url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned()))
        .unwrap_or_else(|| address.to_owned())
}

/// A place: a mapping, or a name, perhaps with a region after a comma.
fn place(value: &Value) -> Option<Value> {
    if let Value::Mapping(mapping) = value {
        return mapping.contains_key("name").then(|| value.clone());
    }
    Some(Value::from(one_line(&text(value)?)))
}

/// The path of the main picture, under any of the keys that themes use.
fn picture(value: &Value) -> Option<Value> {
    match value {
        Value::Mapping(mapping) => {
            let field = |names: &[&str]| names.iter().find_map(|name| mapping.get(*name)).and_then(text);
            let source = field(&["src", "url", "path", "image", "feature", "file"])?;
            let mut picture = Mapping::new();
            picture.insert("src".into(), source.into());
            for (key, names) in [("alt", &["alt", "image_alt"][..]), ("credit", &["credit", "caption"][..])] {
                picture.extend(field(names).map(|words| (Value::from(key), Value::from(words))));
            }
            Some(Value::Mapping(picture))
        }
        _ => Some(pairs([("src", Value::from(clean(&text(value)?)))])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_all_their_forms() {
        for (written, day_then) in [
            ("2013-05-01", "2013-05-01"),
            ("2013-05-01 10:30:00 +0100", "2013-05-01"),
            ("2013-05-01T10:30:00Z", "2013-05-01"),
            ("2013-05-01T23:30:00-05:00", "2013-05-01"),
            ("May 1, 2013", "2013-05-01"),
            ("1 May 2013", "2013-05-01"),
            ("Wed, 01 May 2013 10:00:00 GMT", "2013-05-01"),
            ("03/04/2013", "2013-04-03"),
            ("2013-5-1", "2013-05-01"),
        ] {
            assert_eq!(day(written).as_deref(), Some(day_then), "{written}");
        }
        assert_eq!(day("last spring"), None);
    }

    #[test]
    fn a_year_is_certain_only_without_other_words() {
        let certain =
            |text: &str| shaped("period.from", &Value::from(text)).map(|year| (year.value, year.rest.is_none()));
        for text in ["2005", "2005-06-01", "June 2005", "1 June 2005", "06/01/2005"] {
            assert_eq!(certain(text), Some((Value::from(2005), true)), "{text}");
        }
        for text in ["c. 2005", "2005-21", "2005/06", "2005 or 2006", "before 2005", "2005?", "2005–2007", "2005s"] {
            assert_eq!(certain(text), Some((Value::from(2005), false)), "{text}");
        }
    }

    #[test]
    fn a_summary_that_is_too_long_is_cut_after_a_sentence_or_word() {
        let long = format!("{}. {}.", "a".repeat(100), "b ".repeat(150));
        let cut = summary(&long);
        assert_eq!((cut.value.as_str().unwrap().len(), cut.rest.is_none()), (101, false));
        let cut = summary(&"word ".repeat(80));
        assert!(cut.value.as_str().unwrap().chars().count() <= LONGEST_SUMMARY);
        assert!(summary("Short.").rest.is_none());
    }

    #[test]
    fn sources_and_people_are_read_from_lines() {
        let shaped_text =
            |key: &str, text: &str| serde_json::to_string(&shaped(key, &Value::from(text)).unwrap().value).unwrap();
        assert_eq!(
            shaped_text("sources", "Audit report: https://a.uk/x."),
            r#"[{"title":"Audit report","url":"https://a.uk/x"}]"#
        );
        assert_eq!(shaped_text("sources", "https://www.a.uk/x"), r#"[{"title":"a.uk","url":"https://www.a.uk/x"}]"#);
        for (line, title, url) in [
            ("Report (2013), https://ex.org/a", "Report (2013)", "https://ex.org/a"),
            ("A [draft] https://x.org", "A [draft]", "https://x.org"),
            ("[1] Report (p. 2) – https://x.org/a_(b).", "[1] Report (p. 2)", "https://x.org/a_(b)"),
            ("Report ( https://x.org/a )", "Report", "https://x.org/a"),
            ("Report: https://x.org/a)", "Report", "https://x.org/a"),
        ] {
            assert_eq!(shaped_text("sources", line), format!(r#"[{{"title":"{title}","url":"{url}"}}]"#));
        }
        let untitled = pairs([("url", Value::from("https://www.a.uk/x")), ("date", Value::from("2019"))]);
        let source = shaped("sources", &Value::Sequence(vec![untitled])).unwrap();
        assert_eq!(source.value[0]["title"], "a.uk");
        let shown = |fields: &[(&str, &str)]| {
            let source = fields.iter().map(|(key, value)| (Value::from(*key), Value::from(*value))).collect();
            let shaped = shaped("sources", &Value::Sequence(vec![Value::Mapping(source)])).unwrap();
            let json = |value: &Value| serde_json::to_string(value).unwrap();
            (json(&shaped.value[0]), shaped.rest.map(|rest| json(&rest[0])))
        };
        for (key, written, read, rest) in [
            ("date", "March 2013", r#","date":"2013-03""#, None),
            ("date", "03/2013", r#","date":"2013-03""#, None),
            ("date", "n.d.", "", None),
            ("date", "Spring 2013", r#","date":"2013""#, Some(r#","date":"Spring 2013""#)),
            ("date", "2005/06", r#","date":"2005""#, Some(r#","date":"2005/06""#)),
            ("date", "lately", "", Some(r#","date":"lately""#)),
            ("url", "www.example.org/a", r#","url":"https://www.example.org/a""#, None),
            ("url", "report.pdf", r#","url":"report.pdf""#, None),
            ("kind", "gossip", "", Some(r#","kind":"gossip""#)),
        ] {
            let with_title = |rest: &str| format!(r#"{{"title":"T"{rest}}}"#);
            let expected = (with_title(read), rest.map(with_title));
            assert_eq!(shown(&[("title", "T"), (key, written)]), expected, "{written}");
        }
        let people =
            |names: &[&str]| serde_json::to_string(&names.iter().map(|name| named(name)).collect::<Vec<_>>()).unwrap();
        assert_eq!(shaped_text("authors", "A B and C D"), r#"[{"name":"A B"},{"name":"C D"}]"#);
        assert_eq!(
            shaped_text("authors", "Kent County Council, Ann Smith"),
            r#"["Kent County Council",{"name":"Ann Smith"}]"#
        );
        assert_eq!(shaped_text("authors", "A B, C D & E F"), people(&["A B", "C D", "E F"]));
        assert_eq!(shaped_text("authors", "Smith, Ann"), people(&["Smith, Ann"]));
        assert_eq!(
            shaped_text("authors", "van der Berg, Ann and Ann Smith, MBE"),
            people(&["van der Berg, Ann", "Ann Smith, MBE"])
        );
        assert_eq!(shaped_text("period.from", "April 2009"), "2009");
        assert_eq!(shaped_text("title", "R&amp;D  &ndash; x"), "\"R&D – x\"");
    }
}
