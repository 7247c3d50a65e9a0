//! The scripts of a theme → as they are published: without lines of comments, and with the published names of the scripts that
//! they import.

use std::collections::BTreeMap;

use crate::site::theme::{
    ThemeFile,
    assets::{Asset, asset},
};

/// What stands before the name of a script that another imports from the same folder, at once or when it needs it.
const IMPORTED: [&str; 2] = [" from \"./", "import(\"./"];

/// Adds scripts to the assets.
pub fn add(scripts: &BTreeMap<&str, &ThemeFile>, assets: &mut BTreeMap<String, Asset>) {
    for name in scripts.keys() {
        script(name, scripts, assets, &mut Vec::new());
    }
}

/// Publishes a script, and before it those that it imports: its name is made of their names too. `importing` are the scripts that
/// wait for it; of scripts that import each other, one keeps the plain name of the other, which no browser finds.
fn script(
    name: &str,
    scripts: &BTreeMap<&str, &ThemeFile>,
    assets: &mut BTreeMap<String, Asset>,
    importing: &mut Vec<String>,
) {
    let Some(file) = scripts.get(name).filter(|_| !assets.contains_key(name)) else { return };
    importing.push(name.to_owned());
    let text = without_comments(&String::from_utf8_lossy(&file.bytes));
    let folder = name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut published = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = IMPORTED.iter().filter_map(|before| Some(rest.find(before)? + before.len())).min() {
        let (before, after) = rest.split_at(at);
        let imported = after.split('"').next().unwrap_or_default();
        let path = format!("{folder}{imported}");
        if !importing.contains(&path) {
            script(&path, scripts, assets, importing);
        }
        let own = assets.get(&path).and_then(|asset| asset.address.as_str().rsplit('/').next());
        published.extend([before, own.unwrap_or(imported)]);
        rest = &after[imported.len()..];
    }
    published.push_str(rest);
    importing.pop();
    assets.insert(name.to_owned(), asset(name, published.into_bytes().into()));
}

/// A script without the lines that are comments; in a built-in script they hold its types. Comments that begin with `/*!`, `//!` or
/// `//#` are kept: they are used for licences and source maps. A script in which such a line may be part of a text stays as it is.
fn without_comments(script: &str) -> String {
    let mut kept = String::with_capacity(script.len());
    let mut lines = script.split_inclusive('\n');
    while let Some(line) = lines.next() {
        let text = line.trim();
        if text.starts_with("//") && !text.starts_with("//!") && !text.starts_with("//#") {
            continue;
        }
        let Some(comment) = text.strip_prefix("/*").filter(|comment| !comment.starts_with('!')) else {
            if may_continue(line) {
                return script.to_owned();
            }
            kept.push_str(line);
            continue;
        };
        let is_closed = comment.contains("*/");
        let last = if is_closed { line } else { lines.find(|line| line.contains("*/")).unwrap_or_default() };
        // Code may follow a comment.
        let code = last.split_once("*/").map_or("", |(_, code)| code);
        if may_continue(code) {
            return script.to_owned();
        }
        if !code.trim().is_empty() {
            kept.push_str(if is_closed { line } else { code });
        }
    }
    kept
}

/// May a text or a comment that begins on this line of code continue on the next? A template may, and a text before a backslash.
fn may_continue(line: &str) -> bool {
    let line = line.trim_end();
    let has_open_template = line.matches('`').count() % 2 == 1 || (line.contains('`') && line.ends_with("${"));
    let has_open_comment = line.rfind("/*").is_some_and(|at| !line[at..].contains("*/"));
    has_open_template || has_open_comment || line.ends_with('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(script: &str, published: &str) {
        assert_eq!(without_comments(script), published);
    }

    #[test]
    fn lines_of_comments_are_removed() {
        check("// a\nlet a = 1; // b\n  /** c */\n/**\n * d\n */\nlet b;\n", "let a = 1; // b\nlet b;\n");
        check("/** @type {A} */ (b).c();\n", "/** @type {A} */ (b).c();\n");
        check("/* a\n*/ let b;\n", " let b;\n");
        check("/*! A licence.\n */\n//# sourceMappingURL=a.map\n", "/*! A licence.\n */\n//# sourceMappingURL=a.map\n");
    }

    #[test]
    fn a_script_with_a_text_of_several_lines_stays_as_it_is() {
        for script in
            ["let a = `\n// b\n`;\n", "let a = 'b\\\n// c';\n", "let a; /* b\n// c */ let d;\n", "`${`${\n// a\n``}`}`"]
        {
            check(script, script);
        }
    }
}
