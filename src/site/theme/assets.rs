//! Assets: a theme's styles, pictures and scripts, published under names that contain a hash of their content.
//!
//! A name changes with the content, so a browser may cache the file for ever. The plain names of pictures and fonts in
//! style sheets are replaced by the published names; [`scripts`] does the same for scripts.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    model::Address,
    problem::Checked,
    site::theme::{ThemeFile, ThemeFiles, scripts},
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
    let own = files().find(|(name, _)| *name == OWN_RULES).map(|(name, file)| css(name, file, &assets));
    let added: Vec<&str> = own.as_deref().into_iter().chain(rules.iter().copied()).collect();
    let styles: Vec<(String, Asset)> = files()
        .filter(|(name, _)| is_style(name) && *name != OWN_RULES)
        .map(|(name, file)| {
            let rules = if name == STYLE { added.as_slice() } else { &[] };
            (name.to_owned(), asset(name, with_rules(css(name, file, &assets), rules)))
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

fn css(name: &str, file: &ThemeFile, others: &BTreeMap<String, Asset>) -> String {
    with_published_names(&without_comments(&String::from_utf8_lossy(&file.bytes)), name, others)
}

/// A style sheet without its comments, which make every page a kilobyte larger. Those that begin with `/*!` are kept:
/// they are used for licences.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(['/', '"', '\'', '(']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_address =
            rest.starts_with('(') && out.ends_with("url") && !rest[1..].trim_start().starts_with(['"', '\'']);
        let kept = match rest.as_bytes()[0] {
            b'/' if rest.starts_with("/*") => {
                let end = rest[2..].find("*/").map_or(rest.len(), |end| end + 4);
                if !rest.starts_with("/*!") {
                    rest = &rest[end..];
                    // The words on both sides of a comment stay separate words.
                    out.push_str(if out.is_empty() || out.ends_with(char::is_whitespace) { "" } else { " " });
                    continue;
                }
                end
            }
            b'(' if is_address => rest.find(')').unwrap_or(rest.len()),
            quote @ (b'"' | b'\'') => quoted_length(rest, quote),
            _ => 1,
        };
        out.push_str(&rest[..kept]);
        rest = &rest[kept..];
    }
    out + rest
}

/// The length of the quoted string at the start of `css`, with both quotation marks.
fn quoted_length(css: &str, quote: u8) -> usize {
    let mut is_escaped = false;
    let end = css.bytes().skip(1).position(|byte| {
        let is_end = byte == quote && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    });
    end.map_or(css.len(), |end| end + 2)
}

fn with_rules(mut style: String, rules: &[&str]) -> Arc<[u8]> {
    for rules in rules.iter().filter(|rules| !rules.trim().is_empty()) {
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
