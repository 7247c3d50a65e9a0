//! Files of a theme that replace nothing and that nothing asks for: most often a name that was mistyped.
//!
//! Takes the name of a file that the built-in theme does not have, and the whole theme; gives a problem with the name that
//! was probably meant. A theme may have files of its own, so one that its templates name is fine, and so is a picture or a
//! page of notes that resembles no file of the built-in theme.

use super::{ThemeFiles, built_in};
use crate::problem::{Problem, message, message::nearest};

/// The problem of a file that the built-in theme does not have, if nothing uses it.
pub(super) fn unused(name: &str, theme: &ThemeFiles) -> Option<Problem> {
    let is_template = |name: &str| name.ends_with(".html") || name.ends_with(".xml");
    let file = &theme[name];
    if is_words(name) || is_asked_for(name, theme) {
        return None;
    }
    let built_in = built_in();
    let own = last_part(name);
    let (near, _) = nearest(own, built_in.keys().map(|name| last_part(name))).unzip();
    let meant = near.and_then(|near| built_in.keys().find(|name| last_part(name) == near));
    let folder = file.path.as_str().strip_suffix(name).unwrap_or_default();
    let meant = meant.map(|meant| format!("{folder}{meant}"));
    (meant.is_some() || is_template(name)).then(|| message::template::unused(&file.path, meant.as_deref()))
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
