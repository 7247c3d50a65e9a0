//! Settings for editors' tools, made from this library's vocabularies and the [table of keys](crate::model::keys).
//!
//! Takes the library and the forms in which its cases are [written](WrittenForms); gives the files of each tool. The
//! caller decides which existing files may be replaced: the mark in each shows whether it was changed since Casebook
//! wrote it.

mod decap;
mod field;
mod in_terminal;
mod mark;
mod obsidian;
mod pages_cms;
mod vscode;
mod written;

pub use mark::{SettingsState, made_for, state_of};
pub use written::WrittenForms;

use serde_json::Value;

use crate::model::Library;

/// A file of settings, with its mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsFile {
    /// Its path below the library's root.
    pub path: String,
    /// Its content.
    pub text: String,
}

/// A tool that has settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Visual Studio Code.
    VsCode,
    /// Zed.
    Zed,
    /// Neovim.
    Neovim,
    /// Pages CMS.
    PagesCms,
    /// Sveltia CMS.
    Sveltia,
    /// Decap CMS.
    Decap,
    /// Obsidian.
    Obsidian,
}

impl Tool {
    /// Every tool, in the order of the help.
    pub const ALL: [Tool; 7] =
        [Tool::VsCode, Tool::Zed, Tool::Neovim, Tool::PagesCms, Tool::Sveltia, Tool::Decap, Tool::Obsidian];

    /// The tool of that name.
    pub fn named(name: &str) -> Option<Tool> {
        Tool::ALL.into_iter().find(|tool| tool.name() == name)
    }

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Tool::VsCode => "vscode",
            Tool::Zed => "zed",
            Tool::Neovim => "neovim",
            Tool::PagesCms => "pages-cms",
            Tool::Sveltia => "sveltia",
            Tool::Decap => "decap",
            Tool::Obsidian => "obsidian",
        }
    }

    /// A description for somebody who does not know it.
    pub fn about(self) -> &'static str {
        match self {
            Tool::VsCode => "Visual Studio Code: tasks, snippets, completion in YAML files",
            Tool::Zed => "Zed: tasks",
            Tool::Neovim => "Neovim: starts the language server in this library",
            Tool::PagesCms => "Pages CMS: forms in the browser for a library on GitHub",
            Tool::Sveltia => "Sveltia CMS: forms in the browser, also for a folder on this computer",
            Tool::Decap => "Decap CMS: forms in the browser, for most git hosts",
            Tool::Obsidian => "Obsidian: kinds of properties, a template for a case",
        }
    }

    /// Its files. `folder` is the place for a page that runs the tool, below the root.
    pub fn files(self, library: &Library, written: &WrittenForms, folder: &str) -> Vec<SettingsFile> {
        let files = match self {
            Tool::VsCode => vscode::files(library),
            Tool::Zed => in_terminal::zed(),
            Tool::Neovim => in_terminal::neovim(),
            Tool::PagesCms => pages_cms::files(library, written),
            Tool::Sveltia => decap::files(&decap::SVELTIA, library, written, folder),
            Tool::Decap => decap::files(&decap::DECAP, library, written, folder),
            Tool::Obsidian => obsidian::files(library),
        };
        files.into_iter().map(|file| mark::marked(self, file)).collect()
    }

    /// The first steps for its user, one to a line.
    pub fn first_steps(self, folder: &str) -> String {
        match self {
            Tool::VsCode => vscode::FIRST_STEPS.to_owned(),
            Tool::Zed => in_terminal::ZED_FIRST_STEPS.to_owned(),
            Tool::Neovim => in_terminal::NEOVIM_FIRST_STEPS.to_owned(),
            Tool::PagesCms => pages_cms::FIRST_STEPS.to_owned(),
            Tool::Sveltia => decap::first_steps(&decap::SVELTIA, folder),
            Tool::Decap => decap::first_steps(&decap::DECAP, folder),
            Tool::Obsidian => obsidian::FIRST_STEPS.to_owned(),
        }
    }

    /// A line for each key that some cases write in a form that the tool does not show.
    pub fn not_shown(self, library: &Library, written: &WrittenForms) -> Vec<String> {
        match self {
            Tool::PagesCms | Tool::Sveltia | Tool::Decap => field::not_shown(library, written),
            Tool::VsCode | Tool::Zed | Tool::Neovim | Tool::Obsidian => Vec::new(),
        }
    }
}

/// The keys that come first, in this order; others follow alphabetically, and `fields` comes last.
const FIRST: [&str; 9] =
    ["backend", "media", "settings", "name", "label", "label_singular", "type", "widget", "folder"];

/// Settings as YAML, with the keys in a readable order.
fn yaml(settings: &Value) -> String {
    serde_yaml::to_string(&in_order(settings)).expect("plain values can be written")
}

fn in_order(value: &Value) -> serde_yaml::Value {
    match value {
        Value::Object(fields) => {
            let mut keys: Vec<&String> = fields.keys().collect();
            let place = |key: &str| FIRST.iter().position(|first| *first == key).unwrap_or(FIRST.len());
            keys.sort_by_key(|key| (matches!(key.as_str(), "fields" | "field"), place(key), *key));
            let entries = keys.into_iter().map(|key| (serde_yaml::Value::from(key.as_str()), in_order(&fields[key])));
            serde_yaml::Value::Mapping(entries.collect())
        }
        Value::Array(items) => serde_yaml::Value::Sequence(items.iter().map(in_order).collect()),
        plain => serde_yaml::to_value(plain).expect("plain values are YAML"),
    }
}

#[cfg(test)]
mod tests;
