//! Reports files of a theme that override nothing and that nothing uses, which most often have a mistyped name.
//!
//! Takes the names of the files that the built-in theme does not have, and the whole theme; gives problems with the
//! most similar names. A theme may have files of its own: a file that its templates name is accepted, and so is a
//! picture or a page of notes that resembles no file of the built-in theme.

use std::{
    collections::{BTreeMap, HashSet},
    sync::LazyLock,
};

use super::{BUILT_IN, ThemeFile, ThemeFiles, built_in};
use crate::problem::{Problem, message, message::nearest};

/// A problem for each of the files `added` to the built-in theme that nothing uses.
pub(super) fn unused(added: &[&str], theme: &ThemeFiles) -> Vec<Problem> {
    if added.is_empty() {
        return Vec::new();
    }
    let (built_in, used) = (built_in(), used_names(added, theme));
    let others = added.iter().filter(|name| !used.contains(called(name)));
    others.filter_map(|name| problem(name, theme, &built_in)).collect()
}

/// The names in each file of the built-in theme, by its path within it. They are found once: a preview asks again after
/// each edit.
static BUILT_IN_NAMES: LazyLock<BTreeMap<String, HashSet<String>>> = LazyLock::new(|| {
    let names = |file: &ThemeFile| names(&String::from_utf8_lossy(&file.bytes)).map(str::to_owned).collect();
    built_in().into_iter().map(|(path, file)| (path, names(&file))).collect()
});

/// The files that a template, a style sheet or a script of the theme names. Each text is searched once.
fn used_names<'a>(added: &[&'a str], theme: &ThemeFiles) -> HashSet<&'a str> {
    let wanted: HashSet<&str> = added.iter().map(|name| called(name)).collect();
    let longest = wanted.iter().map(|name| name.len()).max().unwrap_or(0);
    let mut used = HashSet::new();
    for (own, file) in theme {
        let is_built_in = BUILT_IN.get_file(own).is_some_and(|built_in| built_in.contents() == &*file.bytes);
        if let Some(names) = BUILT_IN_NAMES.get(own).filter(|_| is_built_in) {
            used.extend(wanted.iter().filter(|wanted| names.contains(**wanted)));
            continue;
        }
        let text = String::from_utf8_lossy(&file.bytes);
        let names = names(&text).filter(|name| name.len() <= longest && *name != called(own));
        used.extend(names.filter_map(|name| wanted.get(name).copied()));
    }
    used
}

/// The name by which other files refer to it.
fn called(name: &str) -> &str {
    name.strip_prefix("assets/").unwrap_or(name)
}

/// The parts of a text that may be file names: quoted texts, their words, and the last parts of paths.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let ends_word = |c: char| c.is_whitespace() || "()<>{}[]=,;:?#&|".contains(c);
    let quoted = text.split(['"', '\'', '`']);
    let pieces = quoted.flat_map(move |piece| std::iter::once(piece).chain(piece.split(ends_word)));
    pieces.flat_map(|piece| std::iter::once(piece).chain(piece.match_indices('/').map(|(at, _)| &piece[at + 1..])))
}

fn problem(name: &str, theme: &ThemeFiles, built_in: &ThemeFiles) -> Option<Problem> {
    let (near, _) = nearest(last_part(name), built_in.keys().map(|name| last_part(name))).unzip();
    let meant = near.and_then(|near| built_in.keys().find(|name| last_part(name) == near));
    let is_template = name.ends_with(".html");
    let is_like_one = meant.is_some() || is_template;
    if !is_like_one || is_words(name) {
        return None;
    }
    let path = &theme.get(name)?.path;
    let folder = path.as_str().strip_suffix(name).unwrap_or_default();
    Some(message::template::unused(path, meant.map(|meant| format!("{folder}{meant}")).as_deref()))
}

/// Is it a file of texts for a language?
fn is_words(name: &str) -> bool {
    name.strip_prefix("strings/").is_some_and(|name| name.ends_with(".yaml") && !name.contains('/'))
}

fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
