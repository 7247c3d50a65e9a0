//! Assets: a theme's styles, pictures and scripts, published under names that contain a hash of their content.
//!
//! A name changes with the content, so a browser may cache the file for ever. The plain names in style sheets and
//! scripts are replaced by the published ones, in [`styles`] and [`scripts`].

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    model::Address,
    problem::Checked,
    site::theme::{ThemeFiles, scripts, styles},
};

/// A file that is published beside the pages.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its address: `/assets/style.0a1b2c3d.css`.
    pub address: Address,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

/// The style sheet to which a theme's own rules and generated rules are added.
const STYLE: &str = "style.css";

/// Rules that a theme adds to the built-in style sheet instead of copying it. Empty in the built-in theme.
const OWN_RULES: &str = "own.css";

/// The assets of a theme, by their path under `assets/`. The theme's own rules are added to the style sheet, then
/// `rules`.
pub fn assets(theme: &ThemeFiles, rules: &[&str]) -> Checked<BTreeMap<String, Asset>> {
    let mut problems = Vec::new();
    let files = || theme.iter().filter_map(|(name, file)| Some((name.strip_prefix("assets/")?, file)));
    let is_style = |name: &str| name.ends_with(".css");
    let is_script = |name: &str| name.ends_with(".js");
    let mut assets: BTreeMap<String, Asset> = files()
        .filter(|(name, _)| !is_style(name) && !is_script(name))
        .map(|(name, file)| (name.to_owned(), asset(name, file.bytes.clone())))
        .collect();
    scripts::add(&files().filter(|(name, _)| is_script(name)).collect(), &mut assets, &mut problems);
    let own = files().find(|(name, _)| *name == OWN_RULES);
    let own = own.map(|(name, file)| styles::published(name, file, &assets, &mut problems));
    let added: Vec<&str> = own.as_deref().into_iter().chain(rules.iter().copied()).collect();
    let styles: Vec<(String, Asset)> = files()
        .filter(|(name, _)| is_style(name) && *name != OWN_RULES)
        .map(|(name, file)| {
            let rules = if name == STYLE { added.as_slice() } else { &[] };
            let css = styles::published(name, file, &assets, &mut problems);
            (name.to_owned(), asset(name, with_rules(css, rules)))
        })
        .collect();
    assets.extend(styles);
    Checked::new(assets, problems)
}

/// The asset of a file, named by its content.
pub fn asset(name: &str, bytes: Arc<[u8]>) -> Asset {
    let hash = blake3::hash(&bytes).to_hex();
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    Asset { address: Address::file(&format!("assets/{stem}.{}{ending}", &hash[..8])), bytes }
}

fn with_rules(mut style: String, rules: &[&str]) -> Arc<[u8]> {
    for rules in rules.iter().filter(|rules| !rules.trim().is_empty()) {
        style.push('\n');
        style.push_str(rules);
    }
    style.into_bytes().into()
}

/// The path of a file that another names by a relative path, both from the folder of assets on; none if the path leads
/// out of that folder.
pub fn resolved(from: &str, written: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in written.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The last part of a path.
pub fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
