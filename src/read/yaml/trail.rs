//! The path to a value in YAML: the keys and list items that lead to it from the top.
//!
//! A trail lives on the stack and borrows the one above it, so that reading a file without mistakes allocates nothing.
//! It becomes a [`Spot`] only when a problem, or a value that is checked later, needs one.

use std::cell::OnceCell;

use crate::{
    model::keys::{self, Key, ValueKind},
    problem::{FilePath, Side, Span, Spot, SpotPart, Step, report::Outline},
};

/// The YAML of a file, and the keys that it may have.
pub struct YamlBlock<'t> {
    file: &'t FilePath,
    text: &'t str,
    block: &'t Span,
    keys: &'static [Key],
    /// The keys inside a key that is the id of a vocabulary.
    keys_of_terms: &'static [Key],
    /// The places of its values, found when the first is needed.
    outline: OnceCell<Outline>,
}

impl<'t> YamlBlock<'t> {
    /// The YAML at these bytes of a file with this text, with the keys at its top and inside an id of a vocabulary.
    pub fn new(
        file: &'t FilePath,
        text: &'t str,
        block: &'t Span,
        [keys, keys_of_terms]: [&'static [Key]; 2],
    ) -> YamlBlock<'t> {
        YamlBlock { file, text, block, keys, keys_of_terms, outline: OnceCell::new() }
    }

    /// The value at a path, as it is written.
    fn source(&self, path: &[Step]) -> &'t str {
        let outline = self.outline.get_or_init(|| Outline::of(self.text, self.block));
        outline.find(path, Side::Value).and_then(|span| self.text.get(span)).unwrap_or_default()
    }
}

/// The path of keys to a value.
#[derive(Clone, Copy)]
pub enum Trail<'t> {
    /// The top of the YAML.
    Top(&'t YamlBlock<'t>),
    /// The value of a key.
    Key(&'t Trail<'t>, &'t str),
    /// An item of a list.
    Item(&'t Trail<'t>, usize),
}

impl Trail<'_> {
    /// The spot at the end of the trail.
    pub fn spot(&self, side: Side) -> Spot {
        let (top, path) = self.path();
        Spot { file: top.file.clone(), part: SpotPart::Yaml { block: top.block.clone(), path, side } }
    }

    /// The value at the end of the trail, as it is written in the file.
    pub(super) fn source(&self) -> &str {
        let (top, path) = self.path();
        top.source(&path)
    }

    fn path(&self) -> (&YamlBlock<'_>, Vec<Step>) {
        let mut path = Vec::new();
        let mut trail = self;
        loop {
            match trail {
                Trail::Key(up, key) => {
                    path.push(Step::Key((*key).to_owned()));
                    trail = up;
                }
                Trail::Item(up, n) => {
                    path.push(Step::Item(*n));
                    trail = up;
                }
                Trail::Top(top) => {
                    path.reverse();
                    return (*top, path);
                }
            }
        }
    }

    /// The number of the item at the end of the trail, if it is one of a list.
    pub fn item(&self) -> Option<usize> {
        if let Trail::Item(_, n) = self { Some(*n) } else { None }
    }

    /// The row of the nearest key above in the table of keys; none at the top, and for the id of a vocabulary.
    fn key(&self) -> Option<&'static Key> {
        match self {
            Trail::Key(up, _) if up.has_chosen_names() => None,
            Trail::Key(up, name) => keys::named(up.keys(), name),
            Trail::Item(up, _) => up.key(),
            Trail::Top(..) => None,
        }
    }

    /// Is this a mapping whose keys are names that the library chooses?
    fn has_chosen_names(&self) -> bool {
        self.key().is_some_and(|key| matches!(key.kind, ValueKind::Named(_)))
    }

    /// Is the value prose of the author by the table of keys?
    pub(super) fn is_prose(&self) -> bool {
        self.key().is_some_and(|key| key.kind.is_prose())
    }

    /// The keys that a mapping here may have.
    pub(super) fn keys(&self) -> &'static [Key] {
        match self {
            Trail::Top(top) => top.keys,
            Trail::Item(up, _) => up.keys(),
            Trail::Key(up, _) if up.has_chosen_names() => up.key().map_or(&[], |key| key.kind.keys()),
            // In a case, another key at the top is the id of a vocabulary.
            Trail::Key(Trail::Top(top), _) if self.key().is_none() => top.keys_of_terms,
            Trail::Key(..) => self.key().map_or(&[], |key| key.kind.keys()),
        }
    }

    /// How the value of the nearest key above is written, or an entry of a file that is a list.
    pub(super) fn form(&self) -> Option<String> {
        match self {
            Trail::Item(Trail::Top(top), _) | Trail::Top(top) => Some(keys::entry(top.keys)),
            _ => self.key().and_then(Key::form),
        }
    }

    /// The nearest key above, for messages: an item of `sector` is called `sector`.
    pub(super) fn name(&self) -> &str {
        match self {
            Trail::Key(_, key) => key,
            Trail::Item(up, _) => up.name(),
            Trail::Top(..) => "",
        }
    }
}
