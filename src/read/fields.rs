//! The kinds of value that front matter and settings share: dates, years, web addresses, addresses of this site,
//! licences.
//!
//! Each reader takes a node of the YAML and gives a typed value, or nothing and a problem.

use std::borrow::Cow;

use jiff::civil::Date;

use super::{
    dates, unusable_address,
    yaml::{Map, Node},
};
use crate::{
    html::percent_encoded,
    model::{
        Address, address,
        document::{Licence, PartialDate},
        keys,
    },
    problem::{
        Problem, Written,
        message::{case as message, doubtful, yaml},
    },
};

/// A day: `2026-11-22`.
pub fn day(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<Date> {
    let text = node.scalar(problems)?;
    let date = exact_day(&text);
    if date.is_none() {
        problems.push(match dates::meant(&text) {
            Some(day) => day_otherwise(&node, &text, &day.to_string()),
            None => not_a_day(&node, &text),
        });
    }
    date
}

/// The problem of a text that is no day: without the day of the month, with one that the month does not have, or
/// another.
fn not_a_day(node: &Node<'_>, text: &str) -> Problem {
    let (spot, name) = (node.spot(), node.name());
    let month = match text.split_once('-') {
        Some((year, month)) => month_of(year, month).map(|_| text.to_owned()),
        None => dates::month_meant(text).or_else(|| Some(format!("{}-01", exact_year(text)?))),
    };
    if let Some(month) = month {
        return yaml::day_is_missing(&spot, name, text, &format!("{month}-01"));
    }
    match dates::length_of_month(text) {
        Some((month, days)) => yaml::no_such_day(&spot, name, text, &month, days),
        None => yaml::not_a_day(&spot, name, text),
    }
}

/// The problem of a day in another form. A day that can be read in two ways is not corrected.
fn day_otherwise(node: &Node<'_>, text: &str, meant: &str) -> Problem {
    match dates::both_meanings(text) {
        Some(days) => {
            let [first, second] = days.map(|day| day.to_string());
            yaml::one_of_two_days(&node.spot(), node.name(), text, &first, &second)
        }
        None => yaml::day_otherwise(&node.spot(), node.name(), text, meant),
    }
}

/// A date, as exactly as it is known: `2013`, `2013-03`, `2013-03-31`.
pub fn partial_date(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<PartialDate> {
    let text = node.scalar(problems)?;
    let date = match text.split('-').collect::<Vec<_>>()[..] {
        [year] => exact_year(year).map(PartialDate::Year),
        [year, month] => month_of(year, month),
        _ => exact_day(&text).map(PartialDate::Day),
    };
    if date.is_none() {
        let meant = dates::meant(&text).map(|day| day.to_string()).or_else(|| dates::month_meant(&text));
        problems.push(match meant {
            Some(meant) => day_otherwise(&node, &text, &meant),
            None => yaml::not_a_partial_date(&node.spot(), node.name(), &text),
        });
    }
    date
}

/// A year of four digits.
pub fn year(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<i16> {
    let text = node.scalar(problems)?;
    let year = exact_year(&text);
    if year.is_none() {
        let meant = year_meant(&text);
        problems.push(match meant {
            Some(meant) => yaml::day_otherwise(&node.spot(), node.name(), &text, &meant),
            None => yaml::not_a_year(&node.spot(), node.name(), &text),
        });
    }
    year
}

fn exact_day(text: &str) -> Option<Date> {
    let is_day = text.len() == 10
        && text.bytes().enumerate().all(|(n, b)| if n == 4 || n == 7 { b == b'-' } else { b.is_ascii_digit() });
    if is_day { text.parse().ok() } else { None }
}

fn exact_year(text: &str) -> Option<i16> {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// The year of a text that gives the month or the day too.
fn year_meant(text: &str) -> Option<String> {
    let month = dates::month_meant(text).and_then(|month| Some(month.split_once('-')?.0.to_owned()));
    month.or_else(|| Some(dates::meant(text)?.year().to_string()))
}

fn month_of(year: &str, month: &str) -> Option<PartialDate> {
    let number: i8 = (month.len() == 2).then(|| month.parse().ok())??;
    (1..=12).contains(&number).then(|| Some(PartialDate::Month(exact_year(year)?, number)))?
}

/// The address of a page on the web: http or https.
pub fn web_address(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<String> {
    let text = node.text(problems)?;
    match url::Url::parse(&text) {
        Ok(url) if is_of_the_web(&url) && has_two_slashes(&text) && !text.contains(char::is_whitespace) => {
            problems.extend(unusable_address::problem(&url, &text, &node.spot()).or_else(|| with_stop(&text, &node)));
            Some(percent_encoded(url.as_str()))
        }
        Ok(url) if !matches!(url.scheme(), "http" | "https" | "doi") => {
            problems.push(message::unsafe_web_address(&node.spot(), node.name(), &text));
            None
        }
        _ => {
            problems.push(message::bad_web_address(&node.spot(), node.name(), &text));
            None
        }
    }
}

/// The problem of an address with the punctuation of a sentence at its end. Articles of Wikipedia may end in a full
/// stop.
fn with_stop(address: &str, node: &Node<'_>) -> Option<Problem> {
    let now = address.trim_end_matches(['.', ',', ';']);
    (now.len() < address.len() && !address.contains("wikipedia.org"))
        .then(|| doubtful::address_with_stop(&node.spot(), address, now))
}

/// Does its host have a dot? `http://http://example.org` names the host "http".
fn is_of_the_web(url: &url::Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| host.contains(['.', ':']))
}

/// Do exactly two slashes follow the scheme? Browsers repair `http:/example.org`, other programs do not.
fn has_two_slashes(address: &str) -> bool {
    address.split_once("://").is_some_and(|(_, rest)| !rest.starts_with('/'))
}

/// An e-mail address.
pub fn email(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<String> {
    let text = node.text(problems)?;
    if is_email(&text) {
        return Some(text.into_owned());
    }
    let inner = text.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(&*text, |(inner, _)| inner);
    let bare: String = inner.trim().trim_start_matches("mailto:").chars().filter(|c| !c.is_whitespace()).collect();
    let meant = bare.replace(',', ".");
    problems.push(yaml::bad_email(&node.spot(), node.name(), &text, Some(&*meant).filter(|meant| is_email(meant))));
    None
}

fn is_email(text: &str) -> bool {
    let has_two_parts =
        text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
    let is_strange =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '?' | '&' | ':' | ',');
    has_two_parts && !text.contains(is_strange)
}

/// A language tag: `en-GB`, `cy`.
pub fn language(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<String> {
    let text = node.text(problems)?;
    if is_language(&text) {
        return Some(text.into_owned());
    }
    let tag = text.replace('_', "-");
    let named = LANGUAGES.iter().find(|(name, _)| name.eq_ignore_ascii_case(&text)).map(|&(_, tag)| tag);
    let meant = named.or_else(|| Some(&*tag).filter(|tag| is_language(tag)));
    problems.push(yaml::bad_language(&node.spot(), node.name(), &text, meant));
    None
}

/// Languages that editors write by name, with their tags.
const LANGUAGES: [(&str, &str); 10] = [
    ("English", "en-GB"),
    ("British English", "en-GB"),
    ("Welsh", "cy"),
    ("Cymraeg", "cy"),
    ("Irish", "ga"),
    ("Gaelic", "gd"),
    ("Scottish Gaelic", "gd"),
    ("French", "fr"),
    ("German", "de"),
    ("Spanish", "es"),
];

/// Is this a language, with a script, a region and variants if any? Browsers refuse other forms, such as `en-a`.
fn is_language(text: &str) -> bool {
    let is_of_letters = |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_of_digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_variant = |part: &&str| {
        part.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && matches!((part.len(), part.starts_with(|c: char| c.is_ascii_digit())), (5..=8, _) | (4, true))
    };
    let mut parts = text.split('-').peekable();
    let is_begun = parts.next_if(|part| matches!(part.len(), 2 | 3) && is_of_letters(part)).is_some();
    let _script = parts.next_if(|part| part.len() == 4 && is_of_letters(part));
    let _region = parts.next_if(|part| part.len() == 2 && is_of_letters(part) || part.len() == 3 && is_of_digits(part));
    is_begun && parts.all(|part| is_variant(&part))
}

/// An old address of this site. It may be percent-encoded; one without an extension is that of a page.
pub fn alias(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<Written<Address>> {
    let written = node.written(problems)?;
    let several: Vec<&str> = written.value.split([',', ';', ' ']).filter(|part| !part.is_empty()).collect();
    if several.len() > 1 && several.iter().all(|part| part.starts_with('/')) {
        problems.push(message::several_aliases(&written, node.name(), &several));
        return None;
    }
    match old_address(&written.value) {
        Some(address) => Some(Written { value: address, spot: written.spot }),
        None => {
            // In a path of Windows, backslashes stand for slashes.
            let typed = written.value.replace('\\', "/").replace(char::is_control, "");
            let path =
                typed.split_once("://").map_or(&*typed, |(_, rest)| rest.find('/').map_or("", |slash| &rest[slash..]));
            let path = format!("/{}", path.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/'));
            let better = old_address(&path).filter(|address| address.as_str() != "/");
            problems.push(message::bad_alias(&written, better.as_ref().map(Address::as_str)));
            None
        }
    }
}

fn old_address(text: &str) -> Option<Address> {
    let text = percent_encoding::percent_decode_str(text).decode_utf8().ok()?;
    let name = text.rsplit('/').next().unwrap_or_default();
    let as_page = if name.is_empty() || name.contains('.') { text.to_string() } else { format!("{text}/") };
    // Hosts read `*` and `:` in a redirect as patterns, and hidden names and `_headers` as their own.
    let is_plain = |part: &str| !part.starts_with(['.', '_']) && !part.contains(['*', ':']);
    Address::parse(&as_page).filter(|address| address.as_str().split('/').all(is_plain))
}

/// Reports a `slug` that is empty. `from_name` is what the name of the file gives.
pub fn no_blank_slug(map: Map<'_>, from_name: &str, problems: &mut Vec<Problem>) {
    let blank = map.read("slug", problems, |node, _| node.is_blank_text().then(|| node.spot()));
    let better = address::own_slug(from_name);
    problems.extend(blank.map(|spot| message::bad_slug(&Written { value: String::new(), spot }, better.as_deref())));
}

/// A licence: its name and its address.
pub fn licence(map: Map<'_>, problems: &mut Vec<Problem>) -> Option<Licence> {
    map.only_keys(keys::LICENCE, problems);
    let url = map.read("url", problems, web_address);
    Some(Licence { name: map.required_text("name", problems)?, url })
}

/// One of a fixed list of words.
pub fn word<T: Copy>(node: Node<'_>, words: &[(&str, T)], problems: &mut Vec<Problem>) -> Option<T> {
    let text = node.bare().or_else(|| node.text(problems).map(Cow::into_owned))?;
    let found = words.iter().find(|(word, _)| *word == text).map(|&(_, value)| value);
    if found.is_none() {
        let words: Vec<&str> = words.iter().map(|&(word, _)| word).collect();
        problems.push(yaml::not_one_of(&node.spot(), node.name(), &text, &words));
    }
    found
}

/// Reports a text with too many characters.
pub fn no_longer_than(node: Node<'_>, text: &str, most: usize, problems: &mut Vec<Problem>) {
    let length = text.chars().count();
    if length > most {
        problems.push(yaml::too_long(&node.spot(), node.name(), length, most));
    }
}
