//! A place in the files of a project.
//!
//! A spot is cheap to make and to keep: it names a file and either bytes or a path of YAML keys. Turning it into a line
//! and a column needs the file's text and is left to the report, since most spots are never shown.

use std::{borrow::Borrow, fmt, ops::Range, sync::Arc};

/// A file's path relative to the library's root, with forward slashes: `content/cases/torbay.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FilePath(Arc<str>);

impl Borrow<str> for FilePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl FilePath {
    /// The path, from its text. The text is relative and has no `.` or `..`.
    pub fn new(path: impl AsRef<str>) -> FilePath {
        FilePath(Arc::from(path.as_ref()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: `torbay.md`.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part without its ending: `torbay`.
    pub fn stem(&self) -> &str {
        self.name().rsplit_once('.').map_or(self.name(), |(stem, _)| stem)
    }

    /// The extension in lower case, without the dot; empty if there is none.
    pub fn extension(&self) -> String {
        self.name().rsplit_once('.').map_or(String::new(), |(_, end)| end.to_lowercase())
    }

    /// The name that a case has by its file: `torbay.md` and `torbay/index.md` are both `torbay`.
    pub fn case_name(&self) -> &str {
        match self.stem() {
            stem if stem.eq_ignore_ascii_case("index") => self.folder().rsplit('/').next().unwrap_or(stem),
            stem => stem,
        }
    }

    /// The folder that contains it, without a closing slash; empty for the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Resolves a path with `.` and `..` in it, relative to a folder; none if it leaves the root.
    pub fn resolve(folder: &str, path: &str) -> Option<String> {
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }

    /// The relative path from a folder to a file below the same root.
    pub fn relative(folder: &str, file: &str) -> String {
        let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        let to: Vec<&str> = file.split('/').collect();
        let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
        format!("{}{}", "../".repeat(from.len() - shared), to[shared..].join("/"))
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Bytes of a file, end exclusive.
pub type Span = Range<usize>;

/// A file and a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The file.
    pub file: FilePath,
    /// The part of it.
    pub part: SpotPart,
}

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpotPart {
    /// The file itself; shown at line 1, column 1.
    Whole,
    /// Bytes of the file.
    Bytes(Span),
    /// A key or a value of the YAML in `block`.
    Yaml {
        /// The bytes of the YAML in the file.
        block: Span,
        /// The path from the top to it.
        path: Vec<Step>,
        /// The key or the value.
        side: Side,
    },
}

/// One step into YAML.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into a mapping, by its key.
    Key(String),
    /// Into a list by index, from 0; into a mapping by the index of the entry, if its key is not a text.
    Item(usize),
}

/// Which side of `key: value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The key.
    Key,
    /// The value.
    Value,
}

impl Spot {
    /// The whole of a file.
    pub fn whole(file: &FilePath) -> Spot {
        Spot { file: file.clone(), part: SpotPart::Whole }
    }

    /// Some bytes of a file.
    pub fn bytes(file: &FilePath, bytes: Span) -> Spot {
        Spot { file: file.clone(), part: SpotPart::Bytes(bytes) }
    }

    /// The value of another key in the mapping that has this key or value.
    pub fn beside(&self, key: &str) -> Spot {
        let SpotPart::Yaml { block, path, .. } = &self.part else { return self.clone() };
        let mut path = path.clone();
        path.pop();
        path.push(Step::Key(key.to_owned()));
        Spot { file: self.file.clone(), part: SpotPart::Yaml { block: block.clone(), path, side: Side::Value } }
    }

    /// Is it the whole value of a key of YAML, and not an item of a list?
    pub fn is_value_of_key(&self) -> bool {
        matches!(&self.part, SpotPart::Yaml { path, side: Side::Value, .. } if matches!(path.last(), Some(Step::Key(_))))
    }
}

/// A value with the place where it was written, for a later stage to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written<T> {
    /// The value.
    pub value: T,
    /// Where.
    pub spot: Spot,
}
