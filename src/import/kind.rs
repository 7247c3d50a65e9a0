//! The kinds of source, and how a source is recognised.

use super::{ImportSource, table};
use crate::problem::FilePath;

/// A kind of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    /// A Jekyll site.
    Jekyll,
    /// A Hugo site.
    Hugo,
    /// Markdown files with front matter from any other generator, WordPress or Obsidian.
    Markdown,
    /// Word documents.
    Docx,
    /// Spreadsheets: CSV files or workbooks.
    Spreadsheet,
    /// The files that the form at `/contribute/` makes.
    Form,
}

/// The reason why the kind of a source is unclear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// No file in it can be read.
    Nothing,
    /// It has files of several kinds, by their names on the command line.
    Several(Vec<&'static str>),
}

impl ImportKind {
    /// Every kind by its name on the command line.
    pub const ALL: [(&'static str, ImportKind); 6] = [
        ("docx", ImportKind::Docx),
        ("csv", ImportKind::Spreadsheet),
        ("jekyll", ImportKind::Jekyll),
        ("hugo", ImportKind::Hugo),
        ("markdown", ImportKind::Markdown),
        ("form", ImportKind::Form),
    ];

    /// The names of other programs with the kind as which their files are read.
    const PROGRAMS: [(&'static str, ImportKind); 5] = [
        ("zola", ImportKind::Hugo),
        ("eleventy", ImportKind::Markdown),
        ("astro", ImportKind::Markdown),
        ("wordpress", ImportKind::Markdown),
        ("obsidian", ImportKind::Markdown),
    ];

    /// Every name on the command line with its kind: those of the kinds, then those of other programs.
    pub fn names() -> impl Iterator<Item = (&'static str, ImportKind)> {
        ImportKind::ALL.into_iter().chain(ImportKind::PROGRAMS)
    }

    /// The kind with this name on the command line.
    pub fn named(name: &str) -> Option<ImportKind> {
        ImportKind::names().find(|(known, _)| *known == name).map(|(_, kind)| kind)
    }

    /// The kind's name on the command line.
    pub fn as_str(self) -> &'static str {
        ImportKind::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// Guesses the kind of a source: of a site by all its files, otherwise by those that were asked for.
    pub fn guess(source: &ImportSource<'_>) -> Result<ImportKind, Unclear> {
        let has = |name: &str| source.files.iter().any(|file| file.as_str() == name);
        let has_folder = |name: &str| source.files.iter().any(|file| file.as_str().starts_with(name));
        let has_ending =
            |endings: &[&str]| source.requested_files().any(|file| endings.contains(&file.extension().as_str()));
        if JEKYLL_SETTINGS.iter().any(|name| has(name)) || has_folder("_posts/") {
            return Ok(ImportKind::Jekyll);
        }
        let is_hugo = HUGO_SETTINGS.iter().any(|name| has(name)) || has_folder("config/_default/");
        if is_hugo && has_folder("content/") {
            return Ok(ImportKind::Hugo);
        }
        if source.only_file().is_some_and(|file| is_text_with_tabs(file, source)) {
            return Ok(ImportKind::Spreadsheet);
        }
        let found: Vec<ImportKind> = [ImportKind::Markdown, ImportKind::Docx, ImportKind::Spreadsheet]
            .into_iter()
            .filter(|kind| has_ending(kind.endings()))
            .collect();
        match found.as_slice() {
            [] => source.requested_files().find_map(convertible).map(|(kind, _)| kind).ok_or(Unclear::Nothing),
            [only] => Ok(*only),
            several => Err(Unclear::Several(several.iter().map(|kind| kind.as_str()).collect())),
        }
    }

    /// The extensions of the files that become items.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            ImportKind::Jekyll | ImportKind::Hugo => &MARKDOWN_AND_HTML,
            ImportKind::Markdown | ImportKind::Form => &MARKDOWN,
            ImportKind::Docx => &["docx", "docm"],
            ImportKind::Spreadsheet => &["csv", "tsv", "xlsx", "xlsm", "ods"],
        }
    }
}

/// Is it a table as Excel saves it under "Unicode Text" and "Text (Tab delimited)"?
fn is_text_with_tabs(file: &FilePath, source: &ImportSource<'_>) -> bool {
    file.extension() == "txt" && (source.bytes)(file).is_ok_and(|bytes| table::has_tabs(&bytes))
}

/// The kind and the extension that a file must be saved with to be imported, if it is of an office format that is not
/// read.
pub(super) fn convertible(file: &FilePath) -> Option<(ImportKind, &'static str)> {
    match file.extension().as_str() {
        "doc" | "odt" | "rtf" => Some((ImportKind::Docx, "docx")),
        "xls" | "xlsb" | "numbers" => Some((ImportKind::Spreadsheet, "xlsx")),
        _ => None,
    }
}

/// Is it a file that a system or a program makes for itself, such as the lock that Word keeps beside an open document?
pub(super) fn is_of_system(file: &FilePath) -> bool {
    let name = file.name().to_ascii_lowercase();
    name.starts_with("~$")
        || ["thumbs.db", "ehthumbs.db", "desktop.ini"].contains(&name.as_str())
        || ["lnk", "tmp"].contains(&file.extension().as_str())
}

/// Is it a file that no kind of source can read, and no case shows?
pub(super) fn is_unknown(file: &FilePath) -> bool {
    let kinds = [ImportKind::Markdown, ImportKind::Docx, ImportKind::Spreadsheet];
    let ending = file.extension();
    let is_read = kinds.iter().any(|kind| kind.endings().contains(&ending.as_str()));
    !is_read && !PICTURES.contains(&ending.as_str()) && convertible(file).is_none()
}

/// The extensions of pictures, which documents refer to.
const PICTURES: [&str; 14] =
    ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "tif", "tiff", "heic", "emf", "wmf", "ico"];

/// The extensions of Markdown files.
const MARKDOWN: [&str; 5] = ["md", "markdown", "mdown", "mkd", "mdx"];

/// The endings of posts: Jekyll and Hugo take HTML for text as well.
const MARKDOWN_AND_HTML: [&str; 7] = ["md", "markdown", "mdown", "mkd", "mdx", "html", "htm"];

/// Is a folder the root of a site, which has the settings and pictures of the folders below? `has` says whether a file
/// or folder is in it.
pub fn is_site(has: &dyn Fn(&str) -> bool) -> bool {
    // Other programs have a `config.toml` too.
    let is_certain = |name: &str| !name.starts_with("config.") || has("content");
    JEKYLL_SETTINGS.iter().chain(&HUGO_SETTINGS).any(|name| has(name) && is_certain(name))
}

/// The settings of a Jekyll site, the likeliest first.
pub(super) const JEKYLL_SETTINGS: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];

/// The settings of a Hugo site, the likeliest first. Zola has `config.toml` as well.
pub(super) const HUGO_SETTINGS: [&str; 16] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "config/_default/hugo.toml",
    "config/_default/hugo.yaml",
    "config/_default/hugo.yml",
    "config/_default/hugo.json",
    "config/_default/config.toml",
    "config/_default/config.yaml",
    "config/_default/config.yml",
    "config/_default/config.json",
];
