//! A theme: templates, texts of the interface and assets.
//!
//! The built-in theme is the folder `themes/default/` of this crate, embedded whole: the folder is the only list of its
//! files. A library's `themes/<name>/` overrides it file by file, and may add files of its own. A theme with errors
//! gives problems, and the built-in templates are used, so that pages can always be made.

mod assets;
mod colour;
mod copied;
mod language;
mod phrases;
mod scripts;
mod styles;
mod templates;
mod unused;
mod words;

use std::{collections::BTreeMap, sync::Arc};

use include_dir::{Dir, include_dir};

pub use assets::Asset;
pub use colour::on_light_paper;
pub use copied::copy;
pub use phrases::{filled, in_sentence, plain_words};
pub use templates::{Globals, Html, Printer, Templates};
pub use words::{Plural, Words};

use crate::{
    model::Config,
    problem::{Checked, FilePath, Problem, Written, message},
};

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A loaded theme.
#[derive(Clone, Debug)]
pub struct Theme {
    /// The files and settings that it was loaded from.
    pub source: ThemeSource,
    /// The templates.
    pub templates: Templates,
    /// The words of the interface.
    pub words: Words,
    /// The files that are published for pages to use, by their path under the theme's `assets/`.
    pub assets: BTreeMap<String, Asset>,
}

/// Everything that a theme is loaded from.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeSource {
    /// The theme that the settings name.
    name: Written<String>,
    /// The accent colour of the settings.
    accent: Option<String>,
    /// The language of the interface.
    language: String,
    /// The library's files under `themes/`.
    files: BTreeMap<FilePath, Arc<[u8]>>,
    /// CSS that other code is responsible for (the highlighter), added to the style sheet.
    rules: &'static str,
}

impl ThemeSource {
    /// Collects what a theme is loaded from: the settings, the files under `themes/`, and more rules for the style
    /// sheet.
    pub fn new(config: &Config, files: BTreeMap<FilePath, Arc<[u8]>>, rules: &'static str) -> ThemeSource {
        let (name, accent, language) = (config.theme.clone(), config.accent.clone(), config.language.clone());
        ThemeSource { name, accent, language, files, rules }
    }
}

/// The files of a theme, by their path within it.
type ThemeFiles = BTreeMap<String, ThemeFile>;

/// A file of a theme.
#[derive(Clone, Debug)]
struct ThemeFile {
    /// The path of the file. A built-in file has its path in Casebook's own repository.
    path: FilePath,
    bytes: Arc<[u8]>,
    /// Is it a file of the library? A library's own file may have the path of the built-in one.
    is_own: bool,
}

/// Loads the theme that the settings name.
pub fn load(source: ThemeSource) -> Checked<Theme> {
    let mut problems = Vec::new();
    let theme = overlaid(&source, &mut problems);
    let accent = source.accent.as_deref().and_then(colour::accent_rules).unwrap_or_default();
    let (templates, words) = rayon::join(|| templates::compile(&theme), || language::words(&theme, &source.language));
    let value = Theme {
        templates: templates.into_value(&mut problems),
        words: words.into_value(&mut problems),
        assets: assets::assets(&theme, &[source.rules, &accent]).into_value(&mut problems),
        source,
    };
    Checked::new(value, problems)
}

/// The files of the built-in theme, by their path within it.
pub fn built_in_files() -> BTreeMap<String, Arc<[u8]>> {
    built_in().into_iter().map(|(name, file)| (name, file.bytes)).collect()
}

/// The embedded files of the built-in theme.
fn built_in() -> ThemeFiles {
    fn gather(dir: &Dir<'static>, files: &mut ThemeFiles) {
        for file in dir.files() {
            let name = file.path().to_string_lossy().replace('\\', "/");
            let path = FilePath::new(format!("themes/default/{name}"));
            files.insert(name, ThemeFile { path, bytes: file.contents().into(), is_own: false });
        }
        dir.dirs().for_each(|dir| gather(dir, files));
    }
    let mut files = ThemeFiles::new();
    gather(&BUILT_IN, &mut files);
    files
}

fn overlaid(source: &ThemeSource, problems: &mut Vec<Problem>) -> ThemeFiles {
    let folder = format!("themes/{}/", source.name.value);
    let mut theme = built_in();
    let mut found = source.name.value == "default";
    let mut added = Vec::new();
    for (path, bytes) in &source.files {
        if let Some(name) = path.as_str().strip_prefix(&folder) {
            let file = ThemeFile { path: path.clone(), bytes: bytes.clone(), is_own: true };
            added.extend(theme.insert(name.to_owned(), file).is_none().then_some(name));
            found = true;
        }
    }
    problems.extend(unused::unused(&added, &theme));
    problems.extend(copied::outdated(&theme));
    if !found {
        problems.push(message::template::no_such_theme(&source.name));
    }
    theme
}

#[cfg(test)]
mod tests;
