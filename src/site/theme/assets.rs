//! Assets: a theme's styles, pictures and scripts, published under names that contain a hash of their content.
//!
//! A name changes when the content does, so a browser may cache the file for ever. A style sheet refers to pictures and
//! fonts beside it by their plain names; these are replaced by the published names here.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    model::Address,
    site::theme::{ThemeFile, ThemeFiles},
};

/// A file that is published beside the pages.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its address: `/assets/style.0a1b2c3d.css`.
    pub address: Address,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

/// The style sheet to which generated rules are added.
const STYLE: &str = "style.css";

/// The assets of a theme, by their path under `assets/`; `rules` are added to the style sheet.
pub fn assets(theme: &ThemeFiles, rules: &[&str]) -> BTreeMap<String, Asset> {
    let files = || theme.iter().filter_map(|(name, file)| Some((name.strip_prefix("assets/")?, file)));
    let is_style = |name: &str| name.ends_with(".css");
    let mut assets: BTreeMap<String, Asset> = files()
        .filter(|(name, _)| !is_style(name))
        .map(|(name, file)| (name.to_owned(), asset(name, file.bytes.clone())))
        .collect();
    let styles: Vec<(String, Asset)> = files()
        .filter(|(name, _)| is_style(name))
        .map(|(name, file)| {
            let rules = if name == STYLE { rules } else { &[] };
            (name.to_owned(), asset(name, style(name, file, rules, &assets)))
        })
        .collect();
    assets.extend(styles);
    assets
}

fn asset(name: &str, bytes: Arc<[u8]>) -> Asset {
    let hash = blake3::hash(&bytes).to_hex();
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    Asset { address: Address::file(&format!("assets/{stem}.{}{ending}", &hash[..8])), bytes }
}

fn style(name: &str, file: &ThemeFile, rules: &[&str], others: &BTreeMap<String, Asset>) -> Arc<[u8]> {
    let text = String::from_utf8_lossy(&file.bytes);
    let mut style = with_published_names(&text, name, others);
    for rules in rules.iter().filter(|rules| !rules.is_empty()) {
        style.push('\n');
        style.push_str(rules);
    }
    style.into_bytes().into()
}

/// Replaces `url(picture.svg)` by the published name of that asset, relative to the style sheet. Folders are the same
/// in the theme and in the site.
fn with_published_names(text: &str, style: &str, others: &BTreeMap<String, Asset>) -> String {
    let folder = style.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("url(") {
        let (before, after) = rest.split_at(at + "url(".len());
        out.push_str(before);
        let end = after.find(')').unwrap_or(after.len());
        let written = after[..end].trim().trim_matches(['"', '\'']);
        let published = others.get(&format!("{folder}{written}")).map(|asset| asset.address.as_str());
        match published.and_then(|address| address.strip_prefix(&format!("/assets/{folder}"))) {
            Some(name) => out.push_str(&format!("\"{name}\"")),
            None => out.push_str(&after[..end]),
        }
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}
