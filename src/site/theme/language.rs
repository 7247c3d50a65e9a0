//! Languages: which files hold the words of a language, and how they are laid over each other.
//!
//! `strings/<language>.yaml` of a theme lies over the built-in file of that language, and that over English, word by
//! word; `en-GB` falls back to `en`. A file that would leave a word without its form is reported and passed over.

use serde_yaml::{Mapping, Value};

use crate::{
    problem::{Checked, Problem, message},
    site::theme::{ThemeFile, ThemeFiles, Words, built_in},
};

/// The words of a theme in a language.
pub fn words(theme: &ThemeFiles, language: &str) -> Checked<Words> {
    let mut problems = Vec::new();
    let built_in = built_in();
    let mut merged = Value::Mapping(Mapping::new());
    for name in files(language) {
        let files = [built_in.get(&name), theme.get(&name)].into_iter().flatten();
        for file in files {
            overlay(&mut merged, file, &mut problems);
        }
    }
    let words = serde_yaml::from_value(merged).expect("every layer was tried, and a test reads the built-in words");
    Checked::new(words, problems)
}

/// The files of a language, from the last resort to the first choice: `en`, `cy`, `cy-GB`.
fn files(language: &str) -> Vec<String> {
    let parts: Vec<&str> = language.split(['-', '_']).collect();
    let mut tags: Vec<String> = (1..=parts.len()).map(|n| parts[..n].join("-").to_lowercase()).collect();
    tags.insert(0, "en".to_owned());
    tags.dedup();
    tags.into_iter().map(|tag| format!("strings/{tag}.yaml")).collect()
}

/// Lays a file's words over those so far, where the whole is still of the right form afterwards.
fn overlay(words: &mut Value, file: &ThemeFile, problems: &mut Vec<Problem>) {
    let layer: Value = match serde_yaml::from_slice(&file.bytes) {
        Ok(layer) => layer,
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index());
            problems.push(message::template::bad_words(&file.path, at, &error.to_string()));
            return;
        }
    };
    let mut whole = words.clone();
    merge(&mut whole, layer);
    match serde_yaml::from_value::<Words>(whole.clone()) {
        Ok(_) => *words = whole,
        Err(error) => problems.push(message::template::bad_words(&file.path, 0, &error.to_string())),
    }
}

fn merge(under: &mut Value, over: Value) {
    match (under, over) {
        (Value::Mapping(under), Value::Mapping(over)) => {
            for (key, value) in over {
                match under.get_mut(&key) {
                    Some(kept) => merge(kept, value),
                    None => drop(under.insert(key, value)),
                }
            }
        }
        (_, Value::Null) => {}
        (under, over) => *under = over,
    }
}
