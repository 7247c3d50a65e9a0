//! The scripts of a theme → as they are published: without lines of comments, and with the published names of the
//! scripts that they import. Reports imports that lead to no file, and scripts that import each other.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    javascript::without_comments,
    problem::{Problem, Spot, message::template as message},
    site::theme::{
        ThemeFile,
        assets::{Asset, asset, last_part, resolved},
    },
};

/// Adds scripts to the assets.
pub fn add(scripts: &BTreeMap<&str, &ThemeFile>, assets: &mut BTreeMap<String, Asset>, problems: &mut Vec<Problem>) {
    let mut publisher = ScriptPublisher { scripts, assets, problems, importing: Vec::new() };
    for name in scripts.keys() {
        publisher.publish(name);
    }
}

/// Publishes scripts, each after those that it imports.
struct ScriptPublisher<'a> {
    scripts: &'a BTreeMap<&'a str, &'a ThemeFile>,
    assets: &'a mut BTreeMap<String, Asset>,
    problems: &'a mut Vec<Problem>,
    /// The scripts that wait for one that they import.
    importing: Vec<String>,
}

impl ScriptPublisher<'_> {
    /// Publishes a script, and before it those that it imports: its name is made of their names too. So of scripts that
    /// import each other, one keeps a name of another that is not published.
    fn publish(&mut self, name: &str) {
        let Some(file) = self.scripts.get(name).filter(|_| !self.assets.contains_key(name)) else { return };
        self.importing.push(name.to_owned());
        let text = without_comments(&String::from_utf8_lossy(&file.bytes));
        let mut published = String::with_capacity(text.len());
        let mut from = 0;
        for at in imports(&text) {
            let written = &text[at.clone()];
            let Some(path) = resolved(name, written) else { continue };
            let is_in_circle = self.importing.contains(&path);
            if !is_in_circle {
                self.publish(&path);
            }
            let Some(asset) = self.assets.get(&path) else {
                let spot = spot(file, written);
                self.problems.push(match is_in_circle {
                    true => message::circle_of_scripts(&spot, written),
                    false => message::no_such_script(&spot, written, &path, self.scripts.keys().copied()),
                });
                continue;
            };
            // The folders are the same in the theme and in the site.
            published.push_str(&text[from..at.end - last_part(written).len()]);
            published.push_str(last_part(asset.address.as_str()));
            from = at.end;
        }
        published.push_str(&text[from..]);
        self.importing.pop();
        self.assets.insert(name.to_owned(), asset(name, published.into_bytes().into()));
    }
}

/// The paths of other scripts of the theme that a script imports, at once or when it needs them.
fn imports(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("./").filter_map(|(at, _)| {
        let start = if text[..at].ends_with('.') { at - 1 } else { at };
        let quote = text[..start].chars().next_back().filter(|quote| ['"', '\''].contains(quote))?;
        let code = text[..start - 1].trim_end();
        let is_import = code.ends_with("from") || code.trim_end_matches('(').trim_end().ends_with("import");
        let line = text[..start].rsplit('\n').next().unwrap_or_default().trim_start();
        // A comment of a script that keeps its comments. It may name types of another.
        let is_comment = ["//", "/*", "*"].iter().any(|mark| line.starts_with(mark));
        let length = text[start..].find(quote)?;
        (is_import && !is_comment).then_some(start..start + length)
    })
}

/// The spot of an imported path in a file, which has comments too.
fn spot(file: &ThemeFile, written: &str) -> Spot {
    let text = std::str::from_utf8(&file.bytes).unwrap_or_default();
    let at = imports(text).find(|at| text[at.clone()] == *written);
    Spot::bytes(&file.path, at.unwrap_or(0..0))
}
