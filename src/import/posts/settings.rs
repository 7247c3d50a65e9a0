//! Reads the settings of another generator's site that concern addresses.
//!
//! Takes the bytes of the settings; gives the address of the site and the form of its addresses. Settings that cannot
//! be read are ignored, since they are not imported themselves.

use serde_yaml::{Mapping, Value};

use super::{
    super::{ImportKind, ImportSource, kind},
    address::with_slash,
    front_matter::from_toml,
    lenient_yaml::lenient,
    sections::indexes_of_drafts,
};
use crate::problem::FilePath;

/// The settings of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// The address of the site, without a slash at the end: `https://example.org/blog`.
    pub published_at: Option<String>,
    /// The path of that address, without a slash at the end: `/blog`.
    pub base_path: String,
    /// The patterns of addresses, by the first folder; the empty name is for all others.
    pub permalinks: Vec<(String, String)>,
    /// Jekyll's collections, apart from posts and drafts.
    pub collections: Vec<String>,
    /// The files of Hugo that make the pages of their sections drafts.
    pub indexes_of_drafts: Vec<FilePath>,
}

/// Reads the settings of a source.
pub(super) fn settings(kind: ImportKind, source: &ImportSource<'_>) -> Settings {
    let names: &[&str] = match kind {
        ImportKind::Jekyll => &kind::JEKYLL_SETTINGS,
        ImportKind::Hugo | ImportKind::Markdown => &kind::HUGO_SETTINGS,
        ImportKind::Docx | ImportKind::Spreadsheet | ImportKind::Form => &[],
    };
    let file = names.iter().map(FilePath::new).find(|name| source.files.contains(name));
    let read = file.and_then(|file| parse(&file.extension(), &(source.bytes)(&file).ok()?));
    let settings = read.map_or_else(Settings::default, |values| of(kind, &values));
    Settings { indexes_of_drafts: indexes_of_drafts(kind, source), ..settings }
}

fn parse(ending: &str, bytes: &[u8]) -> Option<Mapping> {
    let text = std::str::from_utf8(bytes).ok()?;
    match ending {
        "toml" => from_toml(text).ok(),
        // JSON is YAML.
        _ => lenient(text).ok()?.0.as_mapping().cloned(),
    }
}

fn of(kind: ImportKind, values: &Mapping) -> Settings {
    let text = |names: &[&str]| {
        let found = values
            .iter()
            .find(|(key, _)| key.as_str().is_some_and(|key| names.iter().any(|name| name.eq_ignore_ascii_case(key))));
        found.and_then(|(_, value)| value.as_str()).map(str::to_owned)
    };
    let path = || text(&["baseurl"]).filter(|path| !path.is_empty()).map(|path| with_slash(&path)).unwrap_or_default();
    let base = match kind {
        ImportKind::Jekyll => text(&["url"]).map(|url| format!("{}{}", url.trim_end_matches('/'), path())),
        _ => text(&["baseURL", "base_url", "url"]),
    };
    let published = base.filter(|base| !base.is_empty()).and_then(|base| url::Url::parse(&base).ok());
    let base_path = match (&published, kind) {
        (Some(url), _) => url.path().trim_end_matches('/').to_owned(),
        (None, ImportKind::Jekyll) => path().trim_end_matches('/').to_owned(),
        _ => String::new(),
    };
    let permalinks = match kind {
        ImportKind::Jekyll => vec![(String::new(), jekyll_pattern(text(&["permalink"]).as_deref()))],
        ImportKind::Hugo => hugo_patterns(values),
        ImportKind::Markdown | ImportKind::Docx | ImportKind::Spreadsheet | ImportKind::Form => Vec::new(),
    };
    let collections = values.get("collections").filter(|_| kind == ImportKind::Jekyll).map_or_else(Vec::new, names);
    let published_at = published.map(|url| url.as_str().trim_end_matches('/').to_owned());
    Settings { published_at, base_path, permalinks, collections, ..Settings::default() }
}

/// A list of names, or the keys of a mapping.
fn names(value: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match value {
        Value::Sequence(items) => items.iter().filter_map(text).collect(),
        Value::Mapping(mapping) => mapping.keys().filter_map(text).collect(),
        _ => Vec::new(),
    }
}

/// The pattern of a permalink of Jekyll.
pub(super) fn jekyll_pattern(permalink: Option<&str>) -> String {
    match permalink.unwrap_or("date") {
        "date" => "/:categories/:year/:month/:day/:title.html",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title.html",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title.html",
        "none" => "/:categories/:title.html",
        pattern => return with_slash(pattern),
    }
    .to_owned()
}

/// Hugo's `permalinks`, by section; newer sites have them below `page`.
fn hugo_patterns(values: &Mapping) -> Vec<(String, String)> {
    let pages = values.get("permalinks").map(|links| links.get("page").unwrap_or(links));
    let Some(Value::Mapping(pages)) = pages else { return Vec::new() };
    let pair =
        |(section, pattern): (&Value, &Value)| Some((section.as_str()?.to_owned(), pattern.as_str()?.to_owned()));
    pages.iter().filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: ImportKind, yaml: &str) -> Settings {
        of(kind, &parse("yaml", yaml.as_bytes()).unwrap())
    }

    #[test]
    fn the_settings_of_jekyll_give_the_address_of_the_site() {
        let site = read(
            ImportKind::Jekyll,
            "url: https://a.uk\nbaseurl: /blog\npermalink: pretty\ncollections: {cases: {output: true}}",
        );
        assert_eq!(site.published_at.as_deref(), Some("https://a.uk/blog"));
        assert_eq!(site.base_path, "/blog");
        assert_eq!(site.permalinks[0].1, "/:categories/:year/:month/:day/:title/");
        assert_eq!(site.collections, ["cases"]);
        assert_eq!(read(ImportKind::Jekyll, "baseurl: blog").base_path, "/blog");
    }

    #[test]
    fn the_settings_of_hugo_give_the_patterns_of_addresses() {
        let site = read(ImportKind::Hugo, "baseURL: https://a.uk/\npermalinks: {page: {posts: '/:year/:slug/'}}");
        assert_eq!(site.published_at.as_deref(), Some("https://a.uk"));
        assert_eq!(site.permalinks, [("posts".to_owned(), "/:year/:slug/".to_owned())]);
    }

    #[test]
    fn broken_settings_are_ignored() {
        assert_eq!(parse("yaml", b"a: [").map(|values| values.len()), None);
        assert_eq!(parse("toml", b"= ="), None);
    }
}
