//! Reads a post's name, date, language and published addresses from the path of its file.

use serde_yaml::{Mapping, Value};

use super::settings::Settings;
use crate::{import::ImportKind, model::address::slug, problem::FilePath};

/// The parts of a file name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FileNameParts {
    pub name: String,
    /// `2013-05-01`
    pub date: Option<String>,
    /// The language: `cy` in `about.cy.md`.
    pub language: Option<String>,
}

/// Reads the name of a post's file.
pub(super) fn file_name_parts(file: &FilePath, kind: ImportKind) -> FileNameParts {
    let stem = file.stem();
    let (stem, language) = match stem.rsplit_once('.') {
        Some((stem, tag)) if tag.len() == 2 && tag.bytes().all(|b| b.is_ascii_lowercase()) => {
            (stem, Some(tag.to_owned()))
        }
        _ => (stem, None),
    };
    // The page of a bundle is named after its folder.
    let is_bundle = stem.eq_ignore_ascii_case("index") && !file.folder().is_empty();
    let stem = if is_bundle { file.folder().rsplit('/').next().unwrap_or(stem) } else { stem };
    let (name, date) = match (without_date(stem), kind) {
        (Some((date, name)), ImportKind::Jekyll | ImportKind::Markdown | ImportKind::Hugo) => {
            (name, Some(date.to_owned()))
        }
        _ => (stem, None),
    };
    FileNameParts { name: name.to_owned(), date, language }
}

/// Splits `2013-05-01-hello` into the date and `hello`.
fn without_date(stem: &str) -> Option<(&str, &str)> {
    let (date, name) = stem.split_at_checked(10)?;
    let name = name.strip_prefix(['-', '_', ' ']).filter(|name| !name.is_empty())?;
    date.parse::<jiff::civil::Date>().is_ok().then_some((date, name))
}

/// The addresses of a post, the newest first.
pub(super) fn addresses(
    kind: ImportKind,
    settings: &Settings,
    file: &FilePath,
    parts_of_name: &FileNameParts,
    fields: &Mapping,
) -> Vec<String> {
    let own = match written_address(fields) {
        Some((_, pattern)) if pattern.contains(':') && !pattern.contains("://") => {
            Some(fill_pattern(pattern, file, parts_of_name, fields))
        }
        Some((_, address)) => path_of(address),
        None => generated_address(kind, settings, file, parts_of_name, fields),
    };
    own.into_iter().collect()
}

/// The field with the address of a post, and the address.
pub(super) fn written_address(fields: &Mapping) -> Option<(&'static str, &str)> {
    let address = |name: &'static str| Some((name, fields.get(name)?.as_str()?.trim()));
    ["permalink", "url", "path"].into_iter().filter_map(address).find(|(_, address)| !address.is_empty())
}

/// The path of an address; none if it needs a query, or is that of no page.
pub(in crate::import) fn path_of(address: &str) -> Option<String> {
    let path = match address.contains("://") {
        true => url::Url::parse(address).ok().filter(|url| url.query().is_none()).map(|url| url.path().to_owned()),
        false => (!address.contains("{{")).then(|| with_slash(address)),
    };
    path.filter(|path| path != "/")
}

/// An address with a slash at its start.
pub(super) fn with_slash(address: &str) -> String {
    if address.starts_with('/') { address.to_owned() } else { format!("/{address}") }
}

/// The address that the generator makes.
fn generated_address(
    kind: ImportKind,
    settings: &Settings,
    file: &FilePath,
    parts_of_name: &FileNameParts,
    fields: &Mapping,
) -> Option<String> {
    let in_posts = format!("/{file}").contains("/_posts/");
    match kind {
        ImportKind::Jekyll if in_posts => {
            Some(fill_pattern(&settings.permalinks.first()?.1, file, parts_of_name, fields))
        }
        ImportKind::Jekyll => {
            let (top, rest) = file.as_str().strip_prefix('_')?.split_once('/')?;
            let stem = rest.rsplit_once('.').map_or(rest, |(stem, _)| stem);
            settings.collections.iter().any(|name| name == top).then(|| format!("/{top}/{stem}.html"))
        }
        ImportKind::Hugo => {
            let path = file.as_str().strip_prefix("content/")?;
            let section = path.split_once('/').map_or("", |(section, _)| section);
            match settings.permalinks.iter().find(|(name, _)| name == section) {
                Some((_, pattern)) => Some(fill_pattern(pattern, file, parts_of_name, fields)),
                None => {
                    let folder = FilePath::new(path).folder().to_owned();
                    let folder =
                        if is_index(file) { folder.rsplit_once('/').map_or("", |(up, _)| up) } else { &folder };
                    let name =
                        fields.get("slug").and_then(Value::as_str).map_or_else(|| hugo_name(file), str::to_owned);
                    let parts = [folder, &name].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
                    Some(format!("/{}/", parts.join("/").to_lowercase()))
                }
            }
        }
        ImportKind::Markdown | ImportKind::Docx | ImportKind::Spreadsheet | ImportKind::Form => None,
    }
}

fn is_index(file: &FilePath) -> bool {
    file.stem().split('.').next() == Some("index")
}

/// The last part of an address in Hugo: the file's name with its date, in lower case and with hyphens.
fn hugo_name(file: &FilePath) -> String {
    let stem = if is_index(file) { file.folder().rsplit('/').next().unwrap_or_default() } else { file.stem() };
    stem.to_lowercase().replace(' ', "-")
}

/// Fills in the names of a pattern. An unknown name is left out with its slash.
fn fill_pattern(pattern: &str, file: &FilePath, parts_of_name: &FileNameParts, fields: &Mapping) -> String {
    let date = fields.get("date").and_then(Value::as_str).or(parts_of_name.date.as_deref()).unwrap_or_default();
    let day = date.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    let in_form = |form: &str| day.map_or_else(String::new, |day| day.strftime(form).to_string());
    let date_part = |range: std::ops::Range<usize>| date.get(range).unwrap_or_default().to_owned();
    let text = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
    let value = |name: &str| match name {
        "year" => date_part(0..4),
        "month" => date_part(5..7),
        "day" => date_part(8..10),
        "short_year" => date_part(2..4),
        "i_month" => date_part(5..7).trim_start_matches('0').to_owned(),
        "i_day" => date_part(8..10).trim_start_matches('0').to_owned(),
        "y_day" | "yearday" => in_form("%j"),
        "week" => in_form("%V"),
        "short_day" => in_form("%a"),
        "categories" | "section" => categories(fields, file),
        "title" | "slug" | "slugorfilename" | "filename" | "contentbasename" | "slugorcontentbasename" | "name" => {
            text("slug").unwrap_or_else(|| slug(&parts_of_name.name))
        }
        _ => String::new(),
    };
    let mut address = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(':') {
        address.push_str(&rest[..at]);
        let name = rest[at + 1..].split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or_default();
        address.push_str(&value(&name.to_ascii_lowercase()));
        rest = &rest[at + 1 + name.len()..];
    }
    address.push_str(rest);
    while address.contains("//") {
        address = address.replace("//", "/");
    }
    with_slash(&address)
}

/// The categories of a post in Jekyll's addresses, or its section in Hugo's.
fn categories(fields: &Mapping, file: &FilePath) -> String {
    let words: Vec<String> = match fields.get("categories").or_else(|| fields.get("category")) {
        Some(Value::String(text)) => text.split_whitespace().map(str::to_owned).collect(),
        Some(Value::Sequence(items)) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => match file.as_str().strip_prefix("content/").and_then(|path| path.split_once('/')) {
            Some((section, _)) => vec![section.to_owned()],
            None => Vec::new(),
        },
    };
    words.iter().map(|word| slug(word)).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::posts::settings::jekyll_pattern;

    fn of(kind: ImportKind, path: &str, pattern: &str, yaml: &str) -> Vec<String> {
        let file = FilePath::new(path);
        let fields: Mapping = serde_yaml::from_str(yaml).unwrap();
        let section = if kind == ImportKind::Hugo { "posts" } else { "" };
        let permalinks = if pattern.is_empty() { Vec::new() } else { vec![(section.to_owned(), pattern.to_owned())] };
        let settings = Settings { permalinks, collections: vec!["cases".to_owned()], ..Settings::default() };
        addresses(kind, &settings, &file, &file_name_parts(&file, kind), &fields)
    }

    #[test]
    fn addresses_are_those_of_the_generator() {
        let date = "/:categories/:year/:month/:day/:title.html";
        assert_eq!(of(ImportKind::Jekyll, "_posts/2013-05-01-hello.md", date, "{}"), ["/2013/05/01/hello.html"]);
        assert_eq!(
            of(ImportKind::Jekyll, "_posts/2013-05-01-hello.md", date, "{categories: [A b]}"),
            ["/a-b/2013/05/01/hello.html"]
        );
        assert_eq!(of(ImportKind::Jekyll, "_posts/2013-05-01-hello.md", date, "{permalink: old/}"), ["/old/"]);
        assert_eq!(of(ImportKind::Jekyll, "_cases/torbay.md", date, "{}"), ["/cases/torbay.html"]);
        assert_eq!(of(ImportKind::Hugo, "content/posts/a b/index.md", "", "{}"), ["/posts/a-b/"]);
        assert_eq!(of(ImportKind::Hugo, "content/posts/a.md", "", "{slug: B}"), ["/posts/b/"]);
        assert_eq!(
            of(ImportKind::Hugo, "content/posts/a.md", "/:year/:month/:slug/", "{date: 2013-05-01T10:00}"),
            ["/2013/05/a/"]
        );
        assert_eq!(of(ImportKind::Hugo, "content/posts/a.md", "", "{url: 'https://a.uk/x/'}"), ["/x/"]);
        assert!(of(ImportKind::Markdown, "a.md", "", "{}").is_empty());
    }

    #[test]
    fn every_style_of_jekyll_has_its_own_address() {
        for (style, address) in [
            ("date", "/2013/02/01/hello.html"),
            ("pretty", "/2013/02/01/hello/"),
            ("ordinal", "/2013/032/hello.html"),
            ("weekdate", "/2013/W05/Fri/hello.html"),
            ("none", "/hello.html"),
        ] {
            let pattern = jekyll_pattern(Some(style));
            assert_eq!(of(ImportKind::Jekyll, "_posts/2013-02-01-hello.md", &pattern, "{}"), [address], "{style}");
        }
    }

    #[test]
    fn a_file_name_gives_date_and_language() {
        let parts_of_name = |path: &str| file_name_parts(&FilePath::new(path), ImportKind::Markdown);
        assert_eq!(
            parts_of_name("2013-05-01-hello.md"),
            FileNameParts { name: "hello".into(), date: Some("2013-05-01".into()), language: None }
        );
        assert_eq!(
            parts_of_name("posts/torbay/index.cy.md"),
            FileNameParts { name: "torbay".into(), date: None, language: Some("cy".into()) }
        );
        assert_eq!(parts_of_name("2013-55-01-hello.md").date, None);
        assert_eq!(parts_of_name("2013-05-01.md").name, "2013-05-01");
    }
}
