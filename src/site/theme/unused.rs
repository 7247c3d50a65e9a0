//! Files of a theme that replace nothing and that nothing asks for: most often a name that was mistyped.
//!
//! Takes the names of the files that the built-in theme does not have, and the whole theme; gives problems with the names
//! that were probably meant. A theme may have files of its own, so one that its templates name is fine, and so is a picture or a
//! page of notes that resembles no file of the built-in theme.

use super::{ThemeFiles, built_in};
use crate::problem::{Problem, message, message::nearest};

/// A problem for each of these files, which the built-in theme does not have, if nothing uses it.
pub(super) fn unused(added: &[&str], theme: &ThemeFiles) -> Vec<Problem> {
    if added.is_empty() {
        return Vec::new();
    }
    let built_in = built_in();
    added.iter().filter_map(|name| problem(name, theme, &built_in)).collect()
}

fn problem(name: &str, theme: &ThemeFiles, built_in: &ThemeFiles) -> Option<Problem> {
    let (near, _) = nearest(last_part(name), built_in.keys().map(|name| last_part(name))).unzip();
    let meant = near.and_then(|near| built_in.keys().find(|name| last_part(name) == near));
    let is_template = name.ends_with(".html") || name.ends_with(".xml");
    let is_like_one = meant.is_some() || is_template;
    if !is_like_one || is_words(name) || is_asked_for(name, theme) {
        return None;
    }
    let path = &theme.get(name)?.path;
    let folder = path.as_str().strip_suffix(name).unwrap_or_default();
    Some(message::template::unused(path, meant.map(|meant| format!("{folder}{meant}")).as_deref()))
}

/// Are they the words of a language?
fn is_words(name: &str) -> bool {
    name.strip_prefix("strings/").is_some_and(|name| name.ends_with(".yaml") && !name.contains('/'))
}

/// Does a template, a style sheet or a script of the theme name the file?
fn is_asked_for(name: &str, theme: &ThemeFiles) -> bool {
    let asked = name.strip_prefix("assets/").unwrap_or(name);
    let others = theme.iter().filter(|(other, _)| *other != name);
    others.into_iter().any(|(_, file)| String::from_utf8_lossy(&file.bytes).contains(asked))
}

fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
