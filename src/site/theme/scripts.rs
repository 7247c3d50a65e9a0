//! The scripts of a theme → as they are published: without lines of comments, and with the published names of the scripts that
//! they import.

use std::collections::BTreeMap;

use crate::{
    javascript::without_comments,
    site::theme::{
        ThemeFile,
        assets::{Asset, asset},
    },
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
/// wait for it. In a circle of imports, one script keeps the unhashed name of another, which is a broken link.
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
