//! The scripts in `browser/` → the module that browsers load, and the parts of it that few queries need.
//!
//! The code that every first query needs is one file, since each file costs a request. The other scripts are parts,
//! named by their content: a function that takes what it imports from the module, and returns its exports. Most parts
//! are one script.
//! `index.part(() => import("./phrases.js"))` in a script becomes, in the module, the address of the part and the
//! values that it takes. Lines of comments and imports are removed; else the code is as it is written.

use std::collections::BTreeMap;

use crate::{javascript::without_comments, search::pack::unpacked};

/// The scripts that every first query needs, each before those that import it. Only the last exports names for pages.
const MODULE: [&str; 12] = [
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
    include_str!("browser/ranking.js"),
    include_str!("browser/answer.js"),
];

/// The script that opens a library.
const LAST: &str = include_str!("browser/search.js");

/// The parts that few queries need, or that are loaded while the index is: the name of each, and its scripts, each
/// before those that import it.
const PARTS: [(&str, &[&str]); 10] = [
    ("excerpt", &[include_str!("browser/nearness.js"), include_str!("browser/excerpt.js")]),
    ("explain", &[include_str!("browser/explain.js")]),
    ("names", &[include_str!("browser/names.js")]),
    ("operators", &[include_str!("browser/operators.js")]),
    ("orders", &[include_str!("browser/orders.js")]),
    ("partial", &[include_str!("browser/partial.js")]),
    ("phrases", &[include_str!("browser/phrases.js")]),
    ("spelling", &[include_str!("browser/spelling.js")]),
    ("suggestions", &[include_str!("browser/suggestions.js")]),
    ("years", &[include_str!("browser/years.js")]),
];

/// A script without comments and imports.
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
    let mut module: String = MODULE.iter().map(|script| without_exports(read(script)).code).collect();
    // An archive copy makes plain scripts of these, and finds each export at the start of a line.
    module.push_str(&read(LAST).code);
    for (name, scripts) in PARTS {
        let Script { code, imports, exports } = joined(scripts.iter().map(|script| without_exports(read(script))));
        let needs = imports.join(", ");
        let part = format!("export default ({{ {needs} }}) => {{\n{code}return {{ {} }};\n}};\n", exports.join(", "));
        let packed = unpacked(part.into_bytes());
        let path = format!("parts/{name}.{}.js", packed.name());
        let written = format!("() => import(\"./{name}.js\")");
        debug_assert!(module.contains(&written), "nothing asks for {name}");
        module = module.replace(&written, &format!("\"{path}\", {{ {needs} }}"));
        files.insert(path, packed.bytes);
    }
    files.insert("search.js".to_owned(), module.into_bytes());
    files
}

/// The scripts of a part as one. What one imports from another is not an import of the part.
fn joined(scripts: impl Iterator<Item = Script>) -> Script {
    let mut part = Script::default();
    for script in scripts {
        let is_new = |name: &String| !part.imports.contains(name) && !part.exports.contains(name);
        let imports: Vec<String> = script.imports.into_iter().filter(is_new).collect();
        part.imports.extend(imports);
        part.exports.extend(script.exports);
        part.code.push_str(&script.code);
    }
    part
}

/// Removes comments, imports, and exports of what another script exports.
fn read(script: &str) -> Script {
    let code = without_comments(script);
    let mut read = Script::default();
    let mut lines = code.lines().filter(|line| !line.is_empty());
    while let Some(line) = lines.next() {
        if line.starts_with("export { ") && line.contains(" from ") {
            continue;
        }
        if !line.starts_with("import ") {
            read.code.push_str(line);
            read.code.push('\n');
            continue;
        }
        let mut import = line.to_owned();
        while !import.ends_with(';') {
            import.push_str(lines.next().unwrap_or(";"));
        }
        let (_, names) = import.split_once('{').unwrap_or_default();
        let (names, _) = names.split_once('}').unwrap_or_default();
        read.imports.extend(names.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()));
    }
    read
}

/// Turns exports into declarations.
fn without_exports(script: Script) -> Script {
    let Script { code, imports, mut exports } = script;
    let declaration = |line: &str| {
        let Some(declaration) = line.strip_prefix("export ") else { return line.to_owned() + "\n" };
        let words = declaration.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        let name = words.into_iter().find(|word| !["async", "function", "class", "const"].contains(word));
        exports.extend(name.map(str::to_owned));
        declaration.to_owned() + "\n"
    };
    Script { code: code.lines().map(declaration).collect(), imports, exports }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn published(name: &str) -> String {
        let (_, bytes) = scripts().into_iter().find(|(path, _)| path.contains(name)).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_module_is_the_scripts_as_they_are_written_without_lines_of_comments() {
        let module = published("search.js");
        let is_comment = |line: &str| line.trim().starts_with("//") || line.trim().starts_with("/*");
        assert!(!module.lines().any(|line| is_comment(line) || line.starts_with("import ")), "{module}");
        let scripts = MODULE.iter().chain([&LAST]).flat_map(|script| script.lines());
        let written: BTreeSet<&str> = scripts.map(|line| line.strip_prefix("export ").unwrap_or(line)).collect();
        for line in module.lines() {
            let line = line.strip_prefix("export ").unwrap_or(line);
            assert!(written.contains(line) || line.contains(".part(\"parts/"), "{line}");
        }
        let exports: Vec<&str> = module.lines().filter(|line| line.contains("export")).collect();
        assert_eq!(
            exports,
            ["export { fold, runs, SearchError, words };", "export async function openLibrary(address) {"]
        );
    }

    #[test]
    fn the_module_names_each_part_by_its_content_and_passes_what_it_imports() {
        let module = published("search.js");
        assert!(!module.contains("import(\"./"), "{module}");
        let scripts = scripts();
        let phrases = scripts.keys().find(|path| path.starts_with("parts/phrases.")).unwrap();
        assert!(
            module.contains(&format!(
                "this.part(\"{phrases}\", {{ bitReader, json, Reader, SearchError, levels, words }})"
            ))
        );
        let part = published("phrases");
        assert!(
            part.starts_with("export default ({ bitReader, json, Reader, SearchError, levels, words }) => {\n"),
            "{part}"
        );
        assert!(part.ends_with("return { documentsWith, phraseForms, neighbours, together };\n};\n"), "{part}");
    }

    #[test]
    fn a_part_of_two_scripts_has_the_exports_of_both_and_takes_only_what_the_module_has() {
        let part = published("parts/excerpt.");
        let start = "export default ({ text, dated, COMPLETE, TITLED, runs }) => {\n";
        assert!(part.starts_with(start) && !part.contains("nearness.js"), "{part}");
        let end = "return { findMatches, nearness, cardWithText, withNearness, excerpt };\n};\n";
        assert!(part.ends_with(end), "{part}");
    }

    #[test]
    fn the_module_is_small_and_parts_are_loaded_when_they_are_needed() {
        let mut packer = crate::search::pack::Packer::new(9);
        let size = packer.pack(published("search.js").as_bytes()).bytes.len();
        // Less than 10,000 bytes by gzip, which gives about as many.
        assert!(size <= 9_985, "{size}");
    }
}
