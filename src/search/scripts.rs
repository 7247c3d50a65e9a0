//! The scripts in `browser/` → the module that browsers load, and the parts of it that few queries need.
//!
//! The code that every first query needs is one file, since each file costs a request. Each other script is a part by
//! itself, named by its content: a function that takes what it imports from the module, and returns its exports.
//! `index.part(() => import("./phrases.js"))` in a script becomes, in the module, the address of the part and the
//! values that it takes. Comments, types, indentation, imports, and spaces and line breaks beside signs are removed.

use std::collections::BTreeMap;

use crate::search::pack::unpacked;

/// The scripts that every first query needs, each before those that import it. Only the last exports names for pages.
const MODULE: [&str; 13] = [
    include_str!("browser/words.js"),
    include_str!("browser/bytes.js"),
    include_str!("browser/load.js"),
    include_str!("browser/records.js"),
    include_str!("browser/query.js"),
    include_str!("browser/index.js"),
    include_str!("browser/units.js"),
    include_str!("browser/tally.js"),
    include_str!("browser/hits.js"),
    include_str!("browser/filters.js"),
    include_str!("browser/excerpt.js"),
    include_str!("browser/ranking.js"),
    include_str!("browser/answer.js"),
];

/// The script that opens a library.
const LAST: &str = include_str!("browser/search.js");

/// The scripts that few queries need, by name.
const PARTS: [(&str, &str); 7] = [
    ("names", include_str!("browser/names.js")),
    ("operators", include_str!("browser/operators.js")),
    ("orders", include_str!("browser/orders.js")),
    ("phrases", include_str!("browser/phrases.js")),
    ("spelling", include_str!("browser/spelling.js")),
    ("suggestions", include_str!("browser/suggestions.js")),
    ("years", include_str!("browser/years.js")),
];

/// A script without comments, types, indentation and imports.
#[derive(Debug, Default)]
struct Script {
    code: String,
    /// The names that it imports.
    imports: Vec<String>,
    /// The names that it exports.
    exports: Vec<String>,
}

/// The module and its parts, by their path below `/search/`.
pub fn scripts() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let module: String = MODULE.iter().map(|script| read(script).code).collect();
    // An archive copy makes plain scripts of these, and finds each export at the start of a line.
    let mut module = format!("{}\n{}", joined(&module), strip(LAST).0);
    for (name, script) in PARTS {
        let Script { code, imports, exports } = read(script);
        let needs = imports.join(", ");
        let part = format!(
            "export default ({{ {needs} }}) => {{\n{}return {{ {} }};\n}};\n",
            joined(&code),
            exports.join(", ")
        );
        let packed = unpacked(part.into_bytes());
        let path = format!("parts/{name}.{}.js", packed.name());
        let written = format!("()=>import(\"./{name}.js\")");
        debug_assert!(module.contains(&written), "nothing asks for {name}");
        module = module.replace(&written, &format!("\"{path}\", {{ {needs} }}"));
        files.insert(path, packed.bytes);
    }
    files.insert("search.js".to_owned(), module.into_bytes());
    files
}

fn read(script: &str) -> Script {
    let (code, imports) = strip(script);
    let mut read = Script { imports, ..Script::default() };
    for line in code.lines() {
        let exported = line.strip_prefix("export ");
        let name = exported.and_then(|rest| {
            let mut words = rest.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
            words.find(|word| !["async", "function", "class", "const"].contains(word))
        });
        read.exports.extend(name.map(str::to_owned));
        read.code.push_str(exported.unwrap_or(line));
        read.code.push('\n');
    }
    read
}

/// Removes comments, types, indentation and imports from a script. Gives the names that it imports.
fn strip(script: &str) -> (String, Vec<String>) {
    let (mut code, mut imports) = (String::new(), String::new());
    // The end of the comment or import that is being removed, if it continues on the next line.
    let mut until: Option<&str> = None;
    for line in script.lines() {
        let text = line.trim();
        if until.is_none() && text.starts_with("import ") {
            until = Some(";");
        } else if until.is_none() && text.starts_with("/**") && !text.contains("*/") {
            until = Some("*/");
        }
        match until {
            Some(end) => {
                if end == ";" {
                    imports.push_str(text);
                }
                until = until.filter(|_| !text.ends_with(end));
            }
            None if text.starts_with("//") => {}
            None => {
                let line =
                    if text.starts_with("export {") { line.to_owned() } else { without_spaces(&without_types(line)) };
                if !line.trim().is_empty() {
                    code.push_str(line.trim_start());
                    code.push('\n');
                }
            }
        }
    }
    let lists = imports.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    let names = lists.flat_map(|(names, _)| names.split(',')).map(|name| name.trim().to_owned());
    (code, names.filter(|name| !name.is_empty()).collect())
}

/// Signs that need no spaces around them. No text in the scripts has one between spaces.
const SIGNS: [&str; 17] =
    ["=>", "=", "===", "!==", "+=", "&&", "||", "??", "?", "+", "-", "*", "/", "<", ">", "<=", ">="];

/// Signs that need no space on one side. No text in the scripts has one of these pairs.
const SIDES: [(&str, &str); 7] =
    [(", ", ","), (" {", "{"), ("{ ", "{"), (" }", "}"), (") ", ")"), (" (", "("), (": ", ":")];

/// A line without the spaces that signs do not need.
fn without_spaces(line: &str) -> String {
    let line = SIGNS.iter().fold(line.to_owned(), |line, sign| line.replace(&format!(" {sign} "), sign));
    SIDES.iter().fold(line, |line, (written, kept)| line.replace(written, kept))
}

/// The lines of a script, joined where a sign ends a line, so that no line break is needed there.
fn joined(code: &str) -> String {
    [";", "{", ","].iter().fold(code.to_owned(), |code, end| code.replace(&format!("{end}\n"), end))
}

/// A line without type comments.
fn without_types(line: &str) -> String {
    let mut parts = line.split("/** ");
    let first = parts.next().unwrap_or_default().to_owned();
    let after = |part| part_after(part).unwrap_or(part);
    parts.fold(first, |before, part| before + after(part))
}

/// The rest of a line after a comment.
fn part_after(part: &str) -> Option<&str> {
    let (_, after) = part.split_once("*/")?;
    Some(after.strip_prefix(' ').unwrap_or(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(name: &str) -> String {
        let (_, bytes) = scripts().into_iter().find(|(path, _)| path.contains(name)).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_module_is_one_script_without_comments_and_types() {
        let module = published("search.js");
        assert!(!module.contains("/**") && !module.contains("import "), "{module}");
        let exports: Vec<&str> = module.lines().filter(|line| line.contains("export")).collect();
        assert_eq!(
            exports,
            ["export { fold, runs, SearchError, words };", "export async function openLibrary(address){"]
        );
        assert_eq!(without_types("f((/** @type {any} */ a, b) => a / b); // c"), "f((a, b) => a / b); // c");
    }

    #[test]
    fn the_module_names_each_part_by_its_content_and_passes_what_it_imports() {
        let module = published("search.js");
        assert!(!module.contains("import(\"./"), "{module}");
        let scripts = scripts();
        let phrases = scripts.keys().find(|path| path.starts_with("parts/phrases.")).unwrap();
        assert!(
            module.contains(&format!("index.part(\"{phrases}\", {{ bitReader, json, Reader, SearchError, levels }})"))
        );
        let part = published("phrases");
        assert!(part.starts_with("export default ({ bitReader, json, Reader, SearchError, levels }) => {\n"), "{part}");
        assert!(part.ends_with("return { holding, phraseForms, neighbours, together };\n};\n"), "{part}");
    }

    #[test]
    fn the_module_is_small_and_parts_are_loaded_when_they_are_needed() {
        let mut packer = crate::search::pack::Packer::new(9);
        let size = packer.pack(published("search.js").as_bytes()).bytes.len();
        assert!(size <= 10_000, "{size}");
    }
}
