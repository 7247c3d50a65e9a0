//! The texts of the interface in a language, and how files override each other.
//!
//! `strings/<language>.yaml` of a theme overrides the built-in file of that language, which overrides English, text by
//! text; `en-GB` falls back to `en`. Reports a text whose form differs from the built-in one, a text that nothing
//! reads, and a placeholder that is never filled in. A text that cannot be used is ignored, and the others are kept.

use std::collections::BTreeSet;

use serde_yaml::{Mapping, Value};

use crate::{
    problem::{Checked, FilePath, Problem, Side, Spot, SpotPart, Step, message::template as message},
    site::{
        theme::{ThemeFile, ThemeFiles, Words, built_in},
        view::contribute,
    },
};

/// Reads the texts of a theme in a language.
pub fn words(theme: &ThemeFiles, language: &str) -> Checked<Words> {
    let mut problems = Vec::new();
    let built_in = built_in();
    let english = built_in.get("strings/en.yaml").and_then(|file| serde_yaml::from_slice(&file.bytes).ok());
    let mut english: Mapping = english.unwrap_or_default();
    english.insert(Value::from("contribute_questions"), questions_in_english());
    let mut merged = english.clone();
    let mut has_own = is_english(language);
    for name in files(language) {
        // A theme may call its file cy-GB or cy-gb.
        let own = theme.iter().filter(|(path, file)| file.is_own && path.eq_ignore_ascii_case(&name));
        let own = own.map(|(_, file)| file);
        let known = built_in.get(&name).filter(|_| name != "strings/en.yaml");
        for file in known.into_iter().chain(own) {
            has_own |= name != "strings/en.yaml";
            override_texts(&mut merged, file, &english, theme, &mut problems);
        }
    }
    if !has_own {
        problems.push(message::no_words_of_language(&of_settings("language"), language));
    }
    let words =
        Words::read(merged).expect("each word has the form of the built-in one, and a test reads the built-in words");
    Checked::new(words, problems)
}

/// The questions of the form, which are in one table with those of the templates.
fn questions_in_english() -> Value {
    serde_yaml::to_value(contribute::questions_in_english()).expect("texts by their names")
}

fn is_english(language: &str) -> bool {
    language.split(['-', '_']).next().is_some_and(|first| first.eq_ignore_ascii_case("en"))
}

/// The spot of a key of the settings.
fn of_settings(key: &str) -> Spot {
    let part = SpotPart::Yaml { block: 0..usize::MAX, path: vec![Step::Key(key.to_owned())], side: Side::Value };
    Spot { file: FilePath::new("casebook.yaml"), part }
}

/// The files of a language in small letters, from the most general to the most specific: `en`, `cy`, `cy-gb`.
fn files(language: &str) -> Vec<String> {
    let parts: Vec<&str> = language.split(['-', '_']).collect();
    let mut tags: Vec<String> = (1..=parts.len()).map(|n| parts[..n].join("-").to_lowercase()).collect();
    tags.insert(0, "en".to_owned());
    tags.dedup();
    tags.into_iter().map(|tag| format!("strings/{tag}.yaml")).collect()
}

/// Overrides texts with those of a file, each if its form is that of the built-in one.
fn override_texts(
    words: &mut Mapping,
    file: &ThemeFile,
    english: &Mapping,
    theme: &ThemeFiles,
    problems: &mut Vec<Problem>,
) {
    let layer = match serde_yaml::from_slice(&file.bytes) {
        Ok(Value::Mapping(layer)) => layer,
        Ok(Value::Null) => return,
        Ok(_) => return problems.push(message::words_no_mapping(&file.path)),
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index());
            return problems.push(message::bad_words(&file.path, at, &error.to_string()));
        }
    };
    for (key, value) in layer {
        let Some(name) = key.as_str().filter(|_| !value.is_null()) else { continue };
        let spot = |side| {
            let path = vec![Step::Key(name.to_owned())];
            Spot { file: file.path.clone(), part: SpotPart::Yaml { block: 0..file.bytes.len(), path, side } }
        };
        let Some(built_in) = english.get(name) else {
            if !is_read(name, theme) {
                let known = english.keys().filter_map(Value::as_str);
                problems.push(message::unknown_word(&spot(Side::Key), name, known));
            }
            words.insert(key, value);
            continue;
        };
        match overridden(built_in, words.get(name).unwrap_or(built_in), &value) {
            Some(word) => {
                let known = placeholders(built_in);
                let strange = placeholders(&value).into_iter().find(|name| !known.contains(name));
                problems
                    .extend(strange.map(|one| message::unknown_placeholder(&spot(Side::Value), name, &one, &known)));
                words.insert(key, word);
            }
            None => problems.push(message::word_of_another_form(&spot(Side::Value), name, form(built_in))),
        }
    }
}

/// Does a template of the theme read a text of this name?
fn is_read(name: &str, theme: &ThemeFiles) -> bool {
    let own = format!("words.{name}");
    let asks = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        text.match_indices(&own).any(|(at, own)| !goes_on(&text[at + own.len()..]))
    };
    theme.iter().any(|(path, file)| path.ends_with(".html") && asks(&file.bytes))
}

/// A text overridden by another, if the other has the form of the built-in one. Parts that are left out are kept.
fn overridden(built_in: &Value, under: &Value, over: &Value) -> Option<Value> {
    match (built_in, over) {
        (_, Value::Null) => Some(under.clone()),
        (Value::String(_), Value::String(_)) => Some(over.clone()),
        (Value::Sequence(items), Value::Sequence(own)) => {
            let is_whole = items.len() == own.len() && own.iter().all(Value::is_string);
            is_whole.then(|| over.clone())
        }
        (Value::Mapping(parts), Value::Mapping(own)) => {
            let mut whole = under.as_mapping().cloned().unwrap_or_default();
            for (key, value) in own {
                let part = parts.get(key)?;
                let before = whole.get(key).unwrap_or(part).clone();
                whole.insert(key.clone(), overridden(part, &before, value)?);
            }
            Some(Value::Mapping(whole))
        }
        _ => None,
    }
}

/// The form of a built-in text, described for a person.
fn form(built_in: &Value) -> String {
    match built_in {
        Value::Sequence(items) => format!("a list of {} texts", items.len()),
        Value::Mapping(parts) if parts.contains_key("one") => {
            "two texts, `one` for a single thing and `other` for all other numbers: { one: …, other: … }".to_owned()
        }
        Value::Mapping(parts) => {
            let names: Vec<String> = parts.keys().filter_map(Value::as_str).map(|name| format!("`{name}`")).collect();
            format!("a group with these names: {}", names.join(", "))
        }
        _ => "one text".to_owned(),
    }
}

/// The names in braces in a text and all its parts.
fn placeholders(word: &Value) -> BTreeSet<String> {
    match word {
        Value::String(text) => {
            let after_brace = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
            after_brace.map(|(name, _)| name.to_owned()).collect()
        }
        Value::Sequence(items) => items.iter().flat_map(placeholders).collect(),
        Value::Mapping(parts) => parts.values().flat_map(placeholders).collect(),
        _ => BTreeSet::new(),
    }
}
