//! The files of texts for a language, and how they override each other.
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
    let (mut merged, mut words) = (Mapping::new(), None);
    for name in files(language) {
        let (first, second) = (built_in.get(&name), theme.get(&name));
        let is_the_same = second.zip(first).is_some_and(|(second, first)| second.bytes == first.bytes);
        for file in first.into_iter().chain(second.filter(|_| !is_the_same)) {
            words = overlaid(&mut merged, file, &mut problems).or(words);
        }
    }
    Checked::new(words.expect("a test reads the built-in words"), problems)
}

/// The files of a language, from the last resort to the first choice: `en`, `cy`, `cy-GB`.
fn files(language: &str) -> Vec<String> {
    let parts: Vec<&str> = language.split(['-', '_']).collect();
    let mut tags: Vec<String> = (1..=parts.len()).map(|n| parts[..n].join("-").to_lowercase()).collect();
    tags.insert(0, "en".to_owned());
    tags.dedup();
    tags.into_iter().map(|tag| format!("strings/{tag}.yaml")).collect()
}

/// Lays a file's words over those so far, where the whole is still of the right form afterwards, and gives the whole.
fn overlaid(so_far: &mut Mapping, file: &ThemeFile, problems: &mut Vec<Problem>) -> Option<Words> {
    let layer = match serde_yaml::from_slice::<Option<Mapping>>(&file.bytes) {
        Ok(layer) => layer.unwrap_or_default(),
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index());
            problems.push(message::template::bad_words(&file.path, at, &error.to_string()));
            return None;
        }
    };
    let mut whole = so_far.clone();
    merge(&mut whole, layer);
    match Words::read(whole.clone()) {
        Ok(words) => {
            *so_far = whole;
            Some(words)
        }
        Err(error) => {
            problems.push(message::template::bad_words(&file.path, 0, &error.to_string()));
            None
        }
    }
}

fn merge(under: &mut Mapping, over: Mapping) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(Value::Mapping(kept)), Value::Mapping(value)) => merge(kept, value),
            (Some(_), Value::Null) => {}
            (Some(kept), value) => *kept = value,
            (None, value) => drop(under.insert(key, value)),
        }
    }
}
